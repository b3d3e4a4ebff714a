"""When a no, or a verdict on a figure, is not said."""

from __future__ import annotations

import pytest

from corpus import fold
from qa import Assistant
from qa.figures.compare import sides
from qa.yesno.polarity import bounds, doubtful


@pytest.mark.parametrize(
    ("question", "doubted"),
    [
        ("京东缺银行牌照吗", True),
        ("京东缺不缺银行牌照", True),
        ("京东支付起步晚吗", True),
        ("白条的使用场景少吗", True),
        ("京东有银行牌照吗", False),
        ("京东是不是有银行牌照", False),
        ("京东有没有银行牌照", False),
        ("京东不是没有支付牌照吗", False),
    ],
)
def test_a_no_is_doubted_where_the_question_speaks_of_a_lack(question: str, doubted: bool) -> None:
    assert doubtful(fold(question)) is doubted


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("众筹金额超过20亿吗", True),
        ("份额不到30%吗", True),
        ("众筹金额是20亿吗", False),
        ("份额过半吗", False),
    ],
)
def test_what_is_held_against_a_figure(question: str, held: bool) -> None:
    assert bounds(fold(question)) is held


def test_what_is_compared_is_no_part_of_a_name() -> None:
    assert sides("京东支付的份额比财付通低,对吗") == ("京东支付", "财付通")


@pytest.mark.parametrize(
    "question",
    ["京东缺银行牌照吗？", "京东牌照不齐全吗？", "京东支付起步晚吗？", "京东理财项目误导客户吗？"],
)
def test_what_the_text_says_is_not_denied(article: Assistant, question: str) -> None:
    reply = article.answer(question)
    assert reply.citations
    assert reply.short != "否"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("京东支付的份额低于财付通吗？", "是"),
        ("支付宝的市场份额过半了吗？", "是"),
        ("京东有银行牌照吗？", "否"),
        ("京东支付占了一半以上的市场吗？", "否"),  # the 52.3% are another's
        ("支付宝2016年占了一半以上的市场，对吗？", "是"),
        ("财付通的份额有没有超过三成？", "是"),
        # The money that stands before it is no number of them.
        ("2016年京东上众筹的产品有没有超过三千个？", "是"),
        ("京东众筹的产品超过四千个了吗？", "否"),
        ("京东众筹的金额超过30亿了吗？", "否"),
    ],
)
def test_what_is_clear_is_said(article: Assistant, question: str, short: str) -> None:
    assert article.answer(question).short == short
