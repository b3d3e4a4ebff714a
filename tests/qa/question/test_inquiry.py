"""What of a question its answer must speak of: focus, figures, years."""

from __future__ import annotations

import pytest

from qa.question.inquiry import inquire
from qa.texts import Texts


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("京东白条的利率是多少？", "利率"),
        ("京东众筹有多少投资者？", "投资者"),
        ("京东支付是谁创办的？", "创办"),
    ],
)
def test_what_is_wanted_of_the_subject(question: str, focus: str, texts: Texts) -> None:
    assert inquire(question, texts).focus == focus


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("二号冷库多大？", ("二号",)),
        ("第十五条怎么规定？", ("第十五条",)),
        ("2016年一季度的份额是多少？", ("一季度",)),
        ("京东支付的份额是多少？", ()),
    ],
)
def test_figures_other_than_years(question: str, numbers: tuple[str, ...], texts: Texts) -> None:
    assert inquire(question, texts).numbers == numbers


@pytest.mark.parametrize(
    ("question", "years"),
    [("16年的份额是多少？", ("2016",)), ("近16年的份额是多少？", ()), ("16年来怎样？", ())],
)
def test_a_year_said_short(question: str, years: tuple[str, ...], texts: Texts) -> None:
    assert inquire(question, texts).years == years
