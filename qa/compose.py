"""From what was read to an Answer: numbers citations, cuts quotes, keeps the invariants.

Nothing else in the project makes an ``Answer``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Answer, Citation, Item, Segment, Source
from qa.texts import Place, Texts


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the answer's text and the sentences it stands on."""

    text: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its citations are numbered."""

    parts: tuple[Part, ...]
    short: str | None = None
    items: tuple[Part, ...] = ()
    confidence: float = 0.0
    scores: tuple[tuple[Place, float], ...] = ()  # how well each place fits, where known
    unsettled: float = 0.0  # of a question of yes or no: that the sentence says neither
    placed: bool = False  # where it stands tells that it answers: the advice on just that problem


def answered(texts: Texts, asked: str, question: str, draft: Draft) -> Answer:
    """The answer a draft stands for; citations are numbered as they first appear."""
    numbers: dict[Place, int] = {}
    for part in (*draft.parts, *draft.items):
        for place in part.places:
            numbers.setdefault(place, len(numbers) + 1)
    scores = dict(draft.scores)
    return Answer(
        asked=asked,
        question=question,
        segments=tuple(Segment(part.text, _numbers(part, numbers)) for part in draft.parts),
        short=draft.short,
        items=tuple(Item(part.text, _numbers(part, numbers)) for part in draft.items),
        confidence=round(draft.confidence, 3),
        citations=tuple(
            cite(texts, place, number, scores.get(place, draft.confidence))
            for place, number in numbers.items()
        ),
    )


def refusal(
    texts: Texts,
    asked: str,
    question: str,
    reason: str,
    *,
    nearest: Place | None = None,
    score: float = 0.0,
    suggestions: Sequence[str] = (),
    confidence: float = 1.0,
) -> Answer:
    """A refusal: the reason is its text, and nothing is cited."""
    return Answer(
        asked=asked,
        question=question,
        segments=(Segment(reason),),
        refused=True,
        reason=reason,
        nearest=cite(texts, nearest, 0, score) if nearest else None,
        suggestions=tuple(suggestions),
        confidence=round(confidence, 3),
    )


def said(asked: str, text: str, suggestions: Sequence[str]) -> Answer:
    """A friendly word that needs no source."""
    return Answer(
        asked=asked,
        question=asked,
        segments=(Segment(text),),
        suggestions=tuple(suggestions),
        confidence=1.0,
    )


def cite(texts: Texts, place: Place, number: int, score: float) -> Citation:
    """The sentence at ``place`` as a citation."""
    return _cite(texts, place.document, place.sentence, place.sentence, number, score)


def cite_passage(texts: Texts, passage: int, number: int, score: float) -> Citation:
    """A whole passage as a citation."""
    found = texts.snapshot.passages[passage]
    return _cite(texts, found.document, found.first, found.last - 1, number, score)


def _cite(texts: Texts, id: str, first: int, last: int, number: int, score: float) -> Citation:  # noqa: A002
    """Sentences ``first`` to ``last`` of a document."""
    document = texts.reading(id).document
    start, end = document.sentences[first].start, document.sentences[last].end
    return Citation(
        number=number,
        quote=document.text[start:end],
        start=start,
        end=end,
        document=Source(document.id, document.title, document.source),
        section=document.heading_path(document.sentences[first].section),
        score=round(min(1.0, max(0.0, score)), 3),
    )


def _numbers(part: Part, numbers: dict[Place, int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers[place] for place in part.places))
