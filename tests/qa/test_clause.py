"""Clauses of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.clause import BREAK, clause, clause_start


@pytest.mark.parametrize(
    ("at", "own"),
    [
        (0, "支付宝占52.3%"),
        (8, "支付宝占52.3%"),
        (10, "财付通占33.7%"),
        (22, "而京东支付仅占1%"),
    ],
)
def test_the_clause_a_place_is_in(at: int, own: str) -> None:
    assert clause("支付宝占52.3%,财付通占33.7%;而京东支付仅占1%。", at) == own


@given(st.text(alphabet="甲乙丙丁,，;；。:：", min_size=1), st.data())
def test_a_clause_has_its_place_and_no_mark_before_it(sentence: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(sentence) - 1))
    start = clause_start(sentence, at)
    assert 0 <= start <= at
    assert not BREAK.search(sentence, start, at)
    assert start == 0 or BREAK.fullmatch(sentence[start - 1])
    assert sentence.startswith(clause(sentence, at), start)
    assert not BREAK.search(clause(sentence, at))
