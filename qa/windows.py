"""Where the reader looks: a few short stretches of text around the likeliest sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus import Kind
from qa.inquiry import Inquiry
from qa.reader import Reading, Text
from qa.retrieve import Candidate
from qa.texts import Place, Texts

if TYPE_CHECKING:
    from qa.reader.read import Reader

WINDOWS = 4  # stretches read for a question
LENGTH = 180  # characters of one, at most, but for a longer sentence
TRUST = 0.2  # what the reader's word counts beside a candidate's score; chosen on development sets


@dataclass(frozen=True, slots=True)
class Found:
    """A span the reader gives, by offsets into its sentence."""

    place: Place
    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Sight:
    """What the reader saw: candidates in their new order, its spans, and how sure it is of any."""

    candidates: tuple[Candidate, ...]
    spans: tuple[Found, ...]  # surest first
    odds: float  # log-odds that one of the windows answers


@dataclass(frozen=True, slots=True)
class _Window:
    document: str
    sentences: tuple[int, ...]
    start: int
    end: int


def look(reader: Reader, texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Sight:
    """Read around the best candidates and rank all of them anew."""
    windows = _windows(texts, candidates)
    readings = reader.read(inquiry.text, [_text(texts, window) for window in windows])
    spans: list[Found] = []
    held: dict[Place, float] = {}
    for window, reading in zip(windows, readings, strict=True):
        for place, found, share in _placed(texts, window, reading):
            spans.append(found)
            held[place] = max(held.get(place, 0.0), share)
    ranked = [
        replace(one, score=min(1.0, one.score + TRUST * held.get(one.place, 0.0)))
        for one in candidates
    ]
    ranked.sort(key=lambda one: (-one.score, one.place.document, one.place.sentence))
    spans.sort(key=lambda one: -one.probability)
    odds = max((reading.odds for reading in readings), default=-10.0)
    return Sight(tuple(ranked), tuple(spans), max(-10.0, min(10.0, odds)))


def _windows(texts: Texts, candidates: Sequence[Candidate]) -> list[_Window]:
    seen: set[Place] = set()
    found: list[_Window] = []
    for candidate in candidates:
        if candidate.place in seen or candidate.features.heading:
            continue
        window = _around(texts, candidate)
        seen |= {Place(window.document, number) for number in window.sentences}
        found.append(window)
        if len(found) == WINDOWS:
            break
    return found


def _around(texts: Texts, candidate: Candidate) -> _Window:
    """The candidate with its neighbours of the same passage, as far as they fit."""
    passage = texts.snapshot.passages[candidate.passage]
    sentences = texts.reading(candidate.place.document).document.sentences
    body = [
        number
        for number in range(passage.first, passage.last)
        if sentences[number].kind is not Kind.HEADING
    ]
    low = high = body.index(candidate.place.sentence)
    if low > 0 and sentences[body[high]].end - sentences[body[low - 1]].start <= LENGTH:
        low -= 1
    if (
        high + 1 < len(body)
        and sentences[body[high + 1]].end - sentences[body[low]].start <= LENGTH
    ):
        high += 1
    return _Window(
        candidate.place.document,
        tuple(body[low : high + 1]),
        sentences[body[low]].start,
        sentences[body[high]].end,
    )


def _text(texts: Texts, window: _Window) -> Text:
    document = texts.reading(window.document).document
    section = document.sentences[window.sentences[0]].section
    headings = " ".join((document.title, *document.heading_path(section)))
    return Text(document.text[window.start : window.end], headings)


def _placed(texts: Texts, window: _Window, reading: Reading) -> list[tuple[Place, Found, float]]:
    """The window's spans in their sentences; one that runs over a sentence's end is cut there."""
    sentences = texts.reading(window.document).document.sentences
    found = []
    for span in reading.spans:
        at = window.start + span.start
        for number in window.sentences:
            sentence = sentences[number]
            if sentence.start <= at < sentence.end:
                place = Place(window.document, number)
                end = min(window.start + span.end, sentence.end) - sentence.start
                found.append(
                    (place, Found(place, at - sentence.start, end, span.probability), span.around)
                )
    return found
