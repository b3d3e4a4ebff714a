"""Where the reader looks: a few short stretches of text around the likeliest sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Found:
    """A span the reader gives, by offsets into its sentence."""

    place: Place
    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class View:
    """What the reader makes of one stretch of text."""

    places: tuple[Place, ...]  # its sentences
    spans: tuple[Found, ...]  # surest first
    shares: tuple[float, ...]  # for each span, the probability that the answer is about there
    odds: float  # log-odds that the stretch answers


@dataclass(frozen=True, slots=True)
class _Window:
    document: str
    sentences: tuple[int, ...]
    start: int
    end: int


def read_windows(
    reader: Reader, texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]
) -> tuple[View, ...]:
    """Read around the best candidates, best first."""
    windows = _windows(texts, candidates)
    readings = reader.read(inquiry.text, [_text(texts, window) for window in windows])
    views = []
    for window, reading in zip(windows, readings, strict=True):
        placed = list(_placed(texts, window, reading))
        views.append(
            View(
                tuple(Place(window.document, number) for number in window.sentences),
                tuple(found for found, _ in placed),
                tuple(share for _, share in placed),
                reading.odds,
            )
        )
    return tuple(views)


def stretches(
    texts: Texts, candidates: Sequence[Candidate]
) -> list[tuple[Text, tuple[tuple[int, int], ...]]]:
    """What would be read, best first, each with where its sentences begin and end in it."""
    found = []
    for window in _windows(texts, candidates):
        sentences = texts.reading(window.document).document.sentences
        bounds = tuple(
            (sentences[number].start - window.start, sentences[number].end - window.start)
            for number in window.sentences
        )
        found.append((_text(texts, window), bounds))
    return found


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


def _placed(texts: Texts, window: _Window, reading: Reading) -> Iterator[tuple[Found, float]]:
    """The window's spans in their sentences; one that runs over a sentence's end is cut there."""
    sentences = texts.reading(window.document).document.sentences
    for span in reading.spans:
        at = window.start + span.start
        for number in window.sentences:
            sentence = sentences[number]
            if sentence.start <= at < sentence.end:
                end = min(window.start + span.end, sentence.end) - sentence.start
                place = Place(window.document, number)
                if end > at - sentence.start:
                    yield Found(place, at - sentence.start, end, span.probability), span.around
