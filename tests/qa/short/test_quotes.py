"""Spans and their quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.short.quotes import balanced


@pytest.mark.parametrize(
    ("span", "whole"),
    [
        ("京保贝”、“京小贷”、“网商贷", "“京保贝”、“京小贷”、“网商贷”"),
        ("钢镚”业务", "“小白卡和钢镚”业务"),
        ("京小贷", "京小贷"),
        ("“京小贷”", "“京小贷”"),
        ("以“京保贝", "以“京保贝”"),
    ],
)
def test_a_span_is_widened_to_its_marks(span: str, whole: str) -> None:
    text = "运作的、以“京保贝”、“京小贷”、“网商贷”服务和“小白卡和钢镚”业务。"
    start = text.index(span)
    first, last = balanced(text, start, start + len(span))
    assert text[first:last] == whole


def test_marks_that_are_far_off_are_left() -> None:
    text = f"“{'长' * 30}末”"
    assert balanced(text, 31, 33) == (31, 33)


@given(st.text(alphabet="甲乙“”「」《》()（）", max_size=30), st.data())
def test_a_span_only_grows(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = balanced(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)
