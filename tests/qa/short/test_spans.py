"""Short answers of a form."""

from __future__ import annotations

import pytest

from corpus import fold
from qa.short.units import is_bare_unit, other_unit


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("毛利率是多少？", "收入4.5亿元。", True),
        ("毛利率是多少？", "毛利率为36.2%。", False),
        ("注册资本有多少？", "共有八大板块。", True),
        ("这个数字是多少？", "共有八大板块。", False),
    ],
)
def test_another_unit_than_the_one_asked_for(question: str, sentence: str, other: bool) -> None:
    assert other_unit(fold(question), fold(sentence)) is other


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("万元", True),
        ("元", True),
        ("1万元", False),
        ("三千", False),
        ("半数", False),
        ("免费", False),
    ],
)
def test_a_unit_without_its_figure_is_no_number(words: str, bare: bool) -> None:
    assert is_bare_unit(words) is bare
