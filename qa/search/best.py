"""The sentence that an answer stands on: the best candidate that says something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import Kind
from qa.search.retrieve import Candidate
from qa.texts import Place, Texts

_ASKS = re.compile(r"^\W*(?:问|q)[:：]|[?？]\W*$")  # 问:…?, **Q:…?**, …?

_LABEL = re.compile(
    r"\s*(?:\d{1,2}[.、)]|[(（]?[一二三四五六七八九十]{1,2}[、)）])\s*[^,，。;；:：、]{2,12}[。:：]\s*"
)


def best_sentence(texts: Texts, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best candidate that is no heading, or what answers it where it asks itself.

    For a heading, the best below it.
    """
    for candidate in candidates:
        document = texts.reading(candidate.place.document).document
        if document.sentences[candidate.place.sentence].kind is not Kind.HEADING:
            return _answering(texts, candidate)
    return None


def _answering(texts: Texts, candidate: Candidate) -> Candidate:
    """The sentence after one that only asks (问：…？) or names what follows (3. 智能风控。)."""
    reading = texts.reading(candidate.place.document)
    sentences = reading.document.sentences
    here, after = candidate.place.sentence, candidate.place.sentence + 1
    plain = reading.plain(here)
    if not (_ASKS.search(plain) or _LABEL.fullmatch(plain)) or after == len(sentences):
        return candidate
    same = sentences[here].section == sentences[after].section
    if not same or sentences[after].kind is Kind.HEADING or _ASKS.search(reading.plain(after)):
        return candidate
    return replace(candidate, place=Place(candidate.place.document, after))
