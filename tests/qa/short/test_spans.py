"""Short answers of a form."""

from __future__ import annotations

import pytest

from corpus import fold
from qa.short.spans import other_unit


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
