"""Which of the text's own lists a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import fold, numerals
from qa.enumerations import Enumeration, Form
from qa.inquiry import Inquiry
from qa.retrieve import Candidate, coverage
from qa.texts import Place, Reading, Texts

CONSIDERED = 12  # best candidate sentences whose documents and sections are looked through

# The headings of the whole text are its outline, never the list of anything in it.
OUTLINE = re.compile(r"全文|正文|文章|本文|通篇|大纲|提纲|目录|章|部分|这篇|原文|摘要")
_STATED = re.compile(
    r"哪?(\d{1,2}|[一二三四五六七八九十两]{1,2})(?:个|大|种|类|项|点|条|方面|家|部分|款|样|位|块|剂)"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list and how well it fits the question."""

    document: str
    enumeration: Enumeration
    score: float


def choose(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Listed | None:
    """The list that answers best, or None when no list is near."""
    return max(_scored(texts, inquiry, candidates), key=lambda one: one.score, default=None)


def _scored(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> list[Listed]:
    score_of = {one.place: one.score for one in candidates}
    documents = dict.fromkeys(one.place.document for one in candidates[:CONSIDERED])
    found = []
    for document in documents:
        reading = texts.reading(document)
        for enumeration in reading.lists:
            places = {Place(document, enumeration.lead)}
            if enumeration.form is not Form.HEADINGS:
                places |= {Place(document, entry.sentence) for entry in enumeration.entries}
            best = max((score_of.get(place, 0.0) for place in places), default=0.0)
            if best:
                score = fit(inquiry, reading, enumeration, best)
                found.append(Listed(document, enumeration, score))
    return found


def fit(inquiry: Inquiry, reading: Reading, enumeration: Enumeration, lead: float) -> float:
    """0 to 1: how well a list fits, from its lead's score and the words that introduce it."""
    about = fold(enumeration.about)
    narrow = coverage(inquiry.keys, about)
    wide = coverage(
        inquiry.keys,
        f"{about}\n{reading.plain(enumeration.lead)}\n{reading.above(enumeration.lead)}",
    )
    score = 0.8 * lead + 0.15 * narrow + 0.1 * wide
    stated = stated_count(inquiry.text)
    if stated:
        score += 0.1 if stated == len(enumeration.entries) else -0.05
    if enumeration.form is Form.HEADINGS:
        score += 0.12 if enumeration.lead or OUTLINE.search(inquiry.text) else -0.3
    score -= 0.001 * len(enumeration.entries)  # of two lists that fit alike, the narrower one
    if enumeration.declared:
        score += 0.1 if _measure(inquiry.text) == _measure(enumeration.declared) else 0.03
    if enumeration.form is Form.TITLES:
        score += 0.2 if narrow else -0.3  # asked for by name only: 哪些报告, 哪些书
    if any(key.word == fold(entry.text) for key in inquiry.keys for entry in enumeration.entries):
        score -= 0.15  # what is asked about is one of the things listed, not what they are
    return score


def stated_count(text: str) -> int:
    """The number of things the question says there are (哪四大业务), or 0."""
    match = _STATED.search(text)
    if not match:
        return 0
    written = numerals(f"{match[1]}个").rstrip("个")
    return int(written) if written.isdigit() else 0


def _measure(text: str) -> str:
    """The classifier things are counted with: 大, 种, 个 …"""
    match = re.search(
        r"[几多少哪一二三四五六七八九十两\d](个|大|种|类|项|点|条|方面|家|部分|款|样|块|份)", text
    )
    return match[1] if match else ""
