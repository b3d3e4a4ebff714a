"""Where the reader looks: short stretches around the likeliest sentences, and some headings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from corpus import Kind, simplified
from qa.enumerations import Form
from qa.question.inquiry import Inquiry
from qa.question.kinds import SHORT, Asked
from qa.reader import Mark, Reading, Span, Text
from qa.search.retrieve import Candidate
from qa.texts import Place, Texts

if TYPE_CHECKING:
    from qa.reader.read import Reader

WINDOWS = 4  # stretches read for a question
FURTHER = 4  # … and these, where none of the first seems to answer: it may be said otherwise
DOUBTFUL = 0.0  # log-odds that one of the first answers, below which the further ones are read
OUTLINES = 2  # … and lists of headings, for all but what one span answers
NEAR = 12  # best candidates whose documents' headings are looked at
SURE = 2.0  # log-odds that a stretch answers from which, where one place answers, no more is read
LENGTH = 180  # characters of one, at most, but for a longer sentence
_SEVERAL = frozenset({Asked.LIST, Asked.COUNT, Asked.OVERVIEW})


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
    answers: tuple[float, ...]  # of each of its sentences, log-odds that it answers
    marks: tuple[Mark, ...]  # by offsets into the document: the tokens of a list asked for


@dataclass(frozen=True, slots=True)
class _Window:
    document: str
    sentences: tuple[int, ...]
    text: str
    starts: tuple[int, ...]  # where each of the sentences begins in ``text``


def read_windows(
    reader: Reader, texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]
) -> tuple[View, ...]:
    """Read around the best candidates, best first, then the likeliest headings.

    What may be answered in several places is read whole. Otherwise it is read until a stretch
    surely answers: a third less to read, and of 673 development questions no more were answered
    wrongly. Where nothing seems to answer, it is looked for a little further.
    """
    around = _around_best(texts, candidates)
    windows = around[:WINDOWS]
    if inquiry.asked not in SHORT:
        windows += _outlines(texts, candidates)
    views = _read_until_sure(reader, texts, inquiry, windows)
    if max((view.odds for view in views), default=0.0) < DOUBTFUL:
        views += _read_until_sure(reader, texts, inquiry, around[WINDOWS:])
    return views


def _read_until_sure(
    reader: Reader, texts: Texts, inquiry: Inquiry, windows: Sequence[_Window]
) -> tuple[View, ...]:
    if inquiry.asked in _SEVERAL:
        return _read(reader, texts, inquiry, windows)
    views: tuple[View, ...] = ()
    for window in windows:
        views += _read(reader, texts, inquiry, [window])
        if views[-1].odds >= SURE:
            break
    return views


def _read(
    reader: Reader, texts: Texts, inquiry: Inquiry, windows: Sequence[_Window]
) -> tuple[View, ...]:
    readings = reader.read(inquiry.text, [_text(texts, window) for window in windows])
    return tuple(
        _view(texts, window, reading) for window, reading in zip(windows, readings, strict=True)
    )


def stretches(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> list[Text]:
    """What would be read first, in the same order, if nothing were sure before."""
    windows = _around_best(texts, candidates)[:WINDOWS]
    if inquiry.asked not in SHORT:
        windows += _outlines(texts, candidates)
    return [_text(texts, window) for window in windows]


def _around_best(texts: Texts, candidates: Sequence[Candidate]) -> list[_Window]:
    """Stretches around the best candidates, none around one that is in another already."""
    seen: set[Place] = set()
    found: list[_Window] = []
    for candidate in candidates:
        if candidate.place in seen or candidate.features.heading:
            continue
        window = _around(texts, candidate)
        seen |= {Place(window.document, number) for number in window.sentences}
        found.append(window)
        if len(found) == WINDOWS + FURTHER:
            break
    return found


def _around(texts: Texts, candidate: Candidate) -> _Window:
    """The candidate with its neighbours of the same passage, as far as they fit."""
    passage = texts.snapshot.passages[candidate.passage]
    document = texts.reading(candidate.place.document).document
    sentences = document.sentences
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
    numbers = tuple(body[low : high + 1])
    start = sentences[numbers[0]].start
    return _Window(
        candidate.place.document,
        numbers,
        document.text[start : sentences[numbers[-1]].end],
        tuple(sentences[number].start - start for number in numbers),
    )


def _outlines(texts: Texts, candidates: Sequence[Candidate]) -> list[_Window]:
    """The headings below one heading, a line each: where the likeliest such headings are."""
    score_of = {one.place: one.score for one in candidates}
    rated: list[tuple[float, int, _Window]] = []
    for document in dict.fromkeys(one.place.document for one in candidates[:NEAR]):
        reading = texts.reading(document)
        for one in reading.lists:
            if one.form is Form.HEADINGS:
                numbers = tuple(entry.sentence for entry in one.entries)
                lines = [reading.text(number) for number in numbers]
                ends = accumulate(len(line) + 1 for line in lines)
                window = _Window(document, numbers, "\n".join(lines), (0, *ends)[:-1])
                score = max(score_of.get(Place(document, at), 0.0) for at in (one.lead, *numbers))
                rated.append((-score, len(rated), window))
    return [window for _, _, window in sorted(rated)[:OUTLINES]]


def _text(texts: Texts, window: _Window) -> Text:
    """What the reader is given: simplified like the question, offsets as in the text."""
    document = texts.reading(window.document).document
    first = document.sentences[window.sentences[0]]
    path = document.heading_path(first.section)
    above = path[:-1] if first.kind is Kind.HEADING else path
    return Text(
        simplified(window.text),
        simplified(" ".join((document.title, *above))),
        tuple(
            (start, start + document.sentences[number].end - document.sentences[number].start)
            for number, start in zip(window.sentences, window.starts, strict=True)
        ),
    )


def _view(texts: Texts, window: _Window, reading: Reading) -> View:
    sentences = texts.reading(window.document).document.sentences
    placed = list(_placed(texts, window, reading))
    marks = []
    for mark in reading.marks:
        at = bisect_right(window.starts, mark.start) - 1
        moved = sentences[window.sentences[at]].start - window.starts[at]
        marks.append(replace(mark, start=mark.start + moved, end=mark.end + moved))
    return View(
        tuple(Place(window.document, number) for number in window.sentences),
        tuple(found for found, _ in placed),
        tuple(share for _, share in placed),
        reading.odds,
        reading.sentences,
        tuple(marks),
    )


def _placed(texts: Texts, window: _Window, reading: Reading) -> Iterator[tuple[Found, float]]:
    """The window's spans in their sentences."""
    for span in reading.spans:
        found = _in_sentence(texts, window, span)
        if found is not None:
            yield found, span.around


def _in_sentence(texts: Texts, window: _Window, span: Span) -> Found | None:
    """A span of the window in its sentence; one that runs over the sentence's end is cut there."""
    at = bisect_right(window.starts, span.start) - 1
    sentence = texts.reading(window.document).document.sentences[window.sentences[at]]
    start = span.start - window.starts[at]
    end = min(span.end - window.starts[at], sentence.end - sentence.start)
    if start >= end:
        return None
    return Found(Place(window.document, window.sentences[at]), start, end, span.probability)
