"""Lists that say of these and no others."""

from __future__ import annotations

import pytest

from qa import Assistant
from qa.yesno.closed import settled_by_list

SENTENCE = "目前云溪只有制糖、酿酒、榨油三项业务有许可证,缺乏制药、烟草等许可证。"
TITLE = "云溪实业的许可"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("云溪有酿酒许可证吗", "是"),
        ("云溪实业有没有制药许可证", "否"),
        ("有采矿许可证吗", "否"),
        ("云溪没有榨油许可证吗", "否"),
        ("云溪缺采矿许可证吗", "是"),
        ("云溪的业务是不是都有许可证", "否"),
        ("云溪的许可证不齐吗", "是"),
        ("云溪的许可证都是花钱买的吗", None),
        ("云溪物流有没有许可证", "否"),
        ("云溪有许可证吗", None),  # … it has some
        ("远山集团有许可证吗", None),  # of somebody else nothing is said
        ("云溪有酿酒厂吗", None),
        ("远山集团有酿酒许可证吗", None),
        ("酿酒许可证会被吊销吗", None),
        ("酿酒业务的许可证是2012年拿到的吗", None),
        ("云溪未取得制药许可证吗", "是"),
    ],
)
def test_a_closed_list_settles_it(question: str, said: str | None) -> None:
    assert settled_by_list(question, SENTENCE, TITLE) == said


def test_a_list_that_is_not_closed_does_not() -> None:
    assert (
        settled_by_list("云溪有制药许可证吗", "云溪的制糖、酿酒三项业务有许可证。", TITLE) is None
    )


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("有消费金融牌照吗", "否"),
        ("京东有没有自己的第三方支付牌照？", "是"),
        ("京东金融的业务是不是都有牌照？", "否"),
        ("京东金融有基金销售牌照吗", "是"),
    ],
)
def test_the_article_has_one(article: Assistant, question: str, short: str) -> None:
    answer = article.answer(question)
    assert answer.short == short
    assert "只有小贷、保理、基金销售、支付几项业务有牌照" in answer.citations[0].quote
