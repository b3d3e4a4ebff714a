"""Candidate sentences: passages by vector and by term, fused, then their sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus import Kind, fold
from index import Hit
from qa.question.inquiry import Inquiry, Key
from qa.search.forms import form
from qa.texts import Place, Reading, Texts

Vector = NDArray[np.float32]
SEARCHED = 60  # hits taken from each of the two searches
READ = 24  # passages whose sentences are weighed


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of a sentence with regard to an inquiry; each between 0 and 1."""

    sentence: float  # cosine of question and sentence, rescaled
    behind: float  # how far its cosine is behind the best sentence's; 0 for the best
    passage: float  # fused score of its passage
    own: float  # share of the key words (by weight) in the sentence itself
    around: float  # … in the sentence, the headings above, the sentence before and the title
    form: float  # whether it has the form of an answer of this kind
    heading: float  # 1 for a heading
    asks: float  # 1 for a sentence that asks and so answers nothing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer."""

    place: Place
    passage: int
    score: float
    features: Features


def retrieve(
    texts: Texts, inquiry: Inquiry, within: Collection[str] | None = None
) -> list[Candidate]:
    """Candidates, best first; empty only when the index is.

    Args:
        texts: what is searched.
        inquiry: what for.
        within: ids of the documents to look in; None is all of them.
    """
    question = texts.snapshot.encode(inquiry.text)
    fused = passages(texts, inquiry, question)
    if within is not None:
        here = [number for document in sorted(within) for number in texts.passages_of(document)]
        found_here = set(fused) & set(here)
        fused = {number: score for number, score in fused.items() if number in found_here} | {
            number: 0.0 for number in here if number not in found_here
        }
    best = list(fused)[:READ]
    cosines = {
        number: np.asarray(texts.snapshot.sentence_vectors(number), dtype=np.float32) @ question
        for number in best
    }
    top = max((float(values.max()) for values in cosines.values()), default=0.0)
    found = []
    for number in best:
        found += _weigh(texts, inquiry, number, fused[number], cosines[number], top)
    return sorted(found, key=lambda one: (-one.score, one.place.document, one.place.sentence))


def passages(texts: Texts, inquiry: Inquiry, question: Vector) -> dict[int, float]:
    """Passage number → fused score of both searches, best first; ``question`` is its vector."""
    fused = fuse(
        texts.snapshot.near(question, SEARCHED),
        texts.snapshot.matching(list(inquiry.terms), SEARCHED),
    )
    return dict(sorted(fused.items(), key=lambda one: (-one[1], one[0])))


def fuse(near: Sequence[Hit], matching: Sequence[Hit]) -> dict[int, float]:
    """Passage number → score, 0 to 1: the mean of both searches' scores, each scaled to its range.

    Scores, not ranks: how far a hit is ahead of the next says something. Cosines are scaled from
    the lowest hit to the highest, BM25 from nothing to the highest.
    """
    fused: dict[int, float] = {}
    if near:
        top, low = near[0].score, min(hit.score for hit in near)
        for hit in near:
            fused[hit.number] = 0.5 * (hit.score - low) / ((top - low) or 1.0)
    if matching and matching[0].score > 0:
        for hit in matching:
            fused[hit.number] = fused.get(hit.number, 0.0) + 0.5 * hit.score / matching[0].score
    return fused


def _weigh(
    texts: Texts,
    inquiry: Inquiry,
    number: int,
    fused: float,
    cosines: Vector,
    top: float,
) -> list[Candidate]:
    passage = texts.snapshot.passages[number]
    reading = texts.reading(passage.document)
    found = []
    for sentence, cosine in zip(range(passage.first, passage.last), cosines, strict=True):
        if reading.document.sentences[sentence].kind is Kind.CAPTION:
            continue
        features = Features(
            sentence=rescale(float(cosine)),
            behind=min(1.0, (top - float(cosine)) / 0.1),
            passage=fused,
            own=_own(reading, inquiry.keys, sentence),
            around=_around(reading, inquiry.keys, sentence),
            form=form(inquiry, reading.plain(sentence)),
            heading=float(reading.document.sentences[sentence].kind is Kind.HEADING),
            asks=float(bool(QUESTION.search(reading.plain(sentence)))),
        )
        found.append(
            Candidate(Place(passage.document, sentence), number, blend(features), features)
        )
    return found


WEIGHTS: Mapping[str, float] = {
    "sentence": 0.40,
    "behind": -0.10,
    "passage": 0.15,
    "own": 0.30,
    "around": 0.15,
    "form": 0.08,
    "heading": -0.08,
    "asks": -0.3,
}


def blend(features: Features) -> float:
    """One number between 0 and 1 for how well a sentence fits."""
    total = sum(weight * float(getattr(features, name)) for name, weight in WEIGHTS.items())
    return min(1.0, max(0.0, total))


def rescale(cosine: float) -> float:
    """e5 cosines live between 0.7 (nothing in common) and 0.95 (the same words)."""
    return min(1.0, max(0.0, (cosine - 0.7) / 0.25))


def coverage(keys: Sequence[Key], text: str) -> float:
    """Share of the key words' weight that folded ``text`` speaks of, 0 to 1."""
    total = sum(key.weight for key in keys)
    if not total:
        return 0.0
    return sum(key.weight * spoken(key.word, text) for key in keys) / total


_SHARES = frozenset(("占比", "比重", "比例"))  # one word for what is told in per cent


def spoken(word: str, text: str) -> float:
    """How far ``text`` speaks of ``word``: 1 as it stands, else the share of its bigrams."""
    if word in text or (word in _SHARES and any(one in text for one in _SHARES)):
        return 1.0
    if len(word) < 3:
        return 0.0
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return 0.8 * sum(pair in text for pair in pairs) / len(pairs)


_ANAPHORA = re.compile(r"(?:此举|这|该|其(?!中|他|它|余)|它|此外?|前者|后者|为此|因此|对此)")


QUESTION = re.compile(r"[?？]$|^问[:：]")


def _own(reading: Reading, keys: Sequence[Key], sentence: int) -> float:
    """Coverage by the sentence; one that points back (此举…, 其…) speaks of the one before too."""
    text = reading.plain(sentence)
    title = fold(reading.document.title)
    own = coverage(keys, f"{title}\n{text}")
    before = reading.before(sentence)
    if _ANAPHORA.match(text) or QUESTION.search(before):
        own = max(own, 0.9 * coverage(keys, f"{title}\n{before}\n{text}"))
    return own


def _around(reading: Reading, keys: Sequence[Key], sentence: int) -> float:
    near = reading.plain(sentence)
    wide = f"{near}\n{reading.above(sentence)}\n{reading.before(sentence)}"
    return coverage(keys, wide)
