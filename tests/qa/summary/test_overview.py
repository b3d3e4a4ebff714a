"""What a part of a text is about."""

from __future__ import annotations

from qa.question.inquiry import inquire
from qa.search.retrieve import retrieve
from qa.summary.overview import section
from qa.texts import Texts


def test_a_section_is_told_by_its_openings(texts: Texts) -> None:
    inquiry = inquire("讲讲京东众筹这个业务", texts)
    draft = section(texts, inquiry, retrieve(texts, inquiry))
    assert draft is not None
    assert draft.parts[0].text.startswith("2014年7月1日成立的京东众筹业务")
    inquiry = inquire("讲讲天气", texts)
    assert section(texts, inquiry, retrieve(texts, inquiry)) is None
