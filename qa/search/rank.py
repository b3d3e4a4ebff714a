"""The final order of the candidates: what retrieval knows of them, and what the reader says."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from qa.quantities import quantities
from qa.question.inquiry import Inquiry, Key
from qa.question.kinds import SHORT, Asked
from qa.search.retrieve import Candidate
from qa.search.windows import Found, View, read_windows
from qa.texts import Place, Texts

if TYPE_CHECKING:
    from qa.reader.read import Reader

UNREAD = -math.inf
SUREST = 6.0  # log-odds beyond which the reader is as sure as can be


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a candidate once the reader has read around the best."""

    sentence: float  # this and the next seven: see ``qa.search.retrieve.Features``
    behind: float
    passage: float
    own: float
    around: float
    form: float
    heading: float
    asks: float
    held: float  # the reader's probability that the answer is in the sentence
    sure: float  # its log-odds that the stretch around it answers, scaled to 0 to 1
    read: float  # 1 when it was read at all
    answers: float  # its log-odds that this very sentence answers, scaled likewise
    foremost: float  # 1 for the sentence of which it is surest that it does


# Softmax over the candidates of a question, by ``python -m tests.benchmarks.fit``, which
# prints these lines; those that speak for a sentence add up to 1.
WEIGHTS: Mapping[str, float] = {
    "sentence": 0.137,
    "behind": -0.341,
    "passage": 0.212,
    "own": -0.021,
    "around": 0.124,
    "form": 0.054,
    "heading": -0.032,
    "asks": -0.059,
    "held": 0.107,
    "sure": 0.146,
    "read": -0.043,
    "answers": 0.208,
    "foremost": 0.012,
}


TOLD_IN_ITS_WORDS = SHORT | {Asked.COUNT, Asked.LIST, Asked.DEFINITION}
LIKELY = 4  # best candidates of which one may be preferred for its words
LITTLE = 0.12  # of score; set by hand
AROUND = 8  # characters between a figure and what it is of


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen: candidates in their final order, the reader's spans, and how sure it is."""

    candidates: tuple[Candidate, ...]
    spans: tuple[Found, ...]  # surest first
    odds: float  # log-odds that one of the stretches read answers, -10 to 10
    views: tuple[View, ...] = ()

    def answers(self, place: Place) -> float:
        """The reader's log-odds that a sentence answers; ``UNREAD`` when it was not read."""
        return answers(self.views).get(place, UNREAD)


def look(reader: Reader, texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Sight:
    """Read around the best candidates and rank all of them anew."""
    sight = rank(candidates, read_windows(reader, texts, inquiry, candidates))
    return replace(sight, candidates=in_its_words(texts, inquiry, sight.candidates))


def rank(candidates: Sequence[Candidate], views: tuple[View, ...]) -> Sight:
    """Order the candidates by what retrieval and the reader know of them."""
    ranked = [
        replace(one, score=blend(standing))
        for one, standing in zip(candidates, standings(candidates, views), strict=True)
    ]
    ranked.sort(key=lambda one: (-one.score, one.place.document, one.place.sentence))
    spans = sorted(
        (span for view in views for span in view.spans), key=lambda one: -one.probability
    )
    odds = max((view.odds for view in views), default=-10.0)
    return Sight(tuple(ranked), tuple(spans), max(-10.0, min(10.0, odds)), views)


def answers(views: Sequence[View]) -> dict[Place, float]:
    """The log-odds that a sentence answers, -10 to 10, of each that was read."""
    found: dict[Place, float] = {}
    for view in views:
        for place, odds in zip(view.places, view.answers, strict=True):
            found[place] = max(-10.0, min(10.0, odds))
    return found


def standings(candidates: Sequence[Candidate], views: Sequence[View]) -> list[Standing]:
    """The features of each candidate."""
    held: dict[Place, float] = {}
    sure: dict[Place, float] = {}
    said = answers(views)
    best = max(said.values(), default=0.0)
    for view in views:
        for place in view.places:
            sure[place] = scaled(view.odds)
        for span, share in zip(view.spans, view.shares, strict=True):
            held[span.place] = max(held.get(span.place, 0.0), share)
    return [
        Standing(
            **asdict(one.features),
            held=held.get(one.place, 0.0),
            sure=sure.get(one.place, 0.0),
            read=float(one.place in sure),
            answers=scaled(said[one.place]) if one.place in said else 0.0,
            foremost=float(said.get(one.place) == best),
        )
        for one in candidates
    ]


def scaled(odds: float) -> float:
    """Log-odds from 0 (surely not, or unread) to 1 (surely)."""
    return (max(-SUREST, min(SUREST, odds)) / SUREST + 1) / 2


def blend(standing: Standing) -> float:
    """One number between 0 and 1 for how well a sentence fits."""
    total = sum(weight * float(getattr(standing, name)) for name, weight in WEIGHTS.items())
    return min(1.0, max(0.0, total))


def in_its_words(
    texts: Texts, inquiry: Inquiry, candidates: tuple[Candidate, ...]
) -> tuple[Candidate, ...]:
    """The candidates; before a little better one, one that has what is asked for in so many words.

    「核心业务」 is asked for, and the best sentence speaks of 核心 and of 业务; 「多少用户」, and
    its figure is of something else. Reasons, ways and comparisons are told in other words.
    """
    if inquiry.asked not in TOLD_IN_ITS_WORDS or "还是" in inquiry.text:
        return candidates
    names = [key for key in inquiry.keys if key.names]
    focus = next((key for key in names if key.word == inquiry.focus), None)
    if focus is None and len(names) == 1 and inquiry.asked is Asked.NUMBER:  # 老抽|要放多少
        focus = names[0]
    if focus is None or len(focus.word) < 2 or not candidates:
        return candidates
    best = next((one for one in candidates if not one.features.heading), candidates[0])
    if _speaks(texts, inquiry, focus, best):
        return candidates
    for one in candidates[:LIKELY]:
        near = not one.features.heading and one.score >= best.score - LITTLE
        if near and _speaks(texts, inquiry, focus, one):
            rest = [other for other in candidates if other is not one]
            return (replace(one, score=best.score), *rest)
    return candidates


def _speaks(texts: Texts, inquiry: Inquiry, focus: Key, candidate: Candidate) -> bool:
    """Whether a sentence has the word that says what is wanted; of a figure, right beside it."""
    reading = texts.reading(candidate.place.document)
    plain = reading.plain(candidate.place.sentence)
    if inquiry.asked not in {Asked.NUMBER, Asked.COUNT}:
        return focus.word in plain
    owners = [plain.find(key.word) for key in inquiry.keys if key.names and key is not focus]
    return any(
        focus.word in plain[max(0, one.start - AROUND) : one.end + AROUND]
        and all(at < one.start for at in owners)  # or it is not said of what is asked about
        for one in quantities(plain)
    )
