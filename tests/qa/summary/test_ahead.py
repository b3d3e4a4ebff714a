"""Where the text's own subject is to go, and what is advised on one side of it."""

from __future__ import annotations

import pytest

from qa import Assistant


@pytest.mark.parametrize(
    "question",
    [
        "京东金融的未来发展方向是什么？",
        "京东金融今后该往哪里走？",
        "京东金融的出路在哪里？",
        "京东金融的前景怎么样",
    ],
)
def test_what_lies_ahead_is_what_the_author_advises(question: str, article: Assistant) -> None:
    reply = article.answer(question)
    assert len(reply.items) == 4
    assert reply.items[0].text == "提升支付地位,走出生态体系"


def test_nothing_lies_ahead_of_what_the_text_is_not_about(article: Assistant) -> None:
    assert article.answer("支付宝的发展方向是什么？").refused


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("关于支付业务，作者有什么主张", "提升支付地位,走出生态体系"),
        ("信息透明度方面文章有什么主张", "完善各业务建设,提高信息透明度"),
    ],
)
def test_advice_on_one_side_is_one_entry(question: str, short: str, article: Assistant) -> None:
    assert article.answer(question).short == short
