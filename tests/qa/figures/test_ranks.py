"""Who is first, second or last by the figures of a sentence."""

from __future__ import annotations

import pytest

from corpus import fold
from qa import Assistant
from qa.figures.ranks import series

SHARES = fold("其中支付宝市场份额为52.3%,财付通市场份额为33.7%,而京东支付仅占1%。")


def test_those_with_figures_of_one_unit_are_a_series() -> None:
    assert [(one.name, one.figure.value) for one in series(SHARES)] == [
        ("支付宝", 52.3),
        ("财付通", 33.7),
        ("京东支付", 1.0),
    ]
    quarters = fold("一季度营收12亿元，二季度营收15亿元，三季度14.2亿元。")
    assert [one.name for one in series(quarters)] == ["一季度", "二季度", "三季度"]


@pytest.mark.parametrize(
    "sentence",
    ["公司有3个部门，120名员工。", "京东支付仅占1%。", "", "甲占1%，乙占2元。", "甲占1%，甲占2%。"],
)
def test_other_figures_are_none(sentence: str) -> None:
    assert series(fold(sentence)) == []


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("第三方支付里谁份额最大？", "支付宝"),
        ("谁的市场份额排第二", "财付通"),
        ("第三方支付里占比排第二的是哪家", "财付通"),
        ("仅次于支付宝的是谁", "财付通"),
        ("哪家支付份额最低", "京东支付"),
        ("第三方支付市场谁垫底", "京东支付"),
        ("1%是谁的份额", "京东支付"),
    ],
)
def test_a_place_is_told_by_the_figures(article: Assistant, question: str, short: str) -> None:
    assert article.answer(question).short == short


def test_a_place_in_another_year_is_not(article: Assistant) -> None:
    assert article.answer("2018年第三方支付里谁份额最大？").short != "支付宝"
