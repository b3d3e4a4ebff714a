"""Candidate sentences for an inquiry: passages by vector and by term, fused, then their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus import Kind
from index import Hit
from qa.forms import form
from qa.inquiry import Inquiry, Key
from qa.texts import Place, Reading, Texts

SEARCHED = 60  # hits taken from each of the two searches
READ = 24  # passages whose sentences are weighed


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of a sentence with regard to an inquiry; each between 0 and 1."""

    sentence: float  # cosine of question and sentence, rescaled
    passage: float  # fused score of its passage
    own: float  # share of the key words (by weight) in the sentence itself
    around: float  # … in the sentence, the headings above, the sentence before and the title
    form: float  # whether it has the form of an answer of this kind
    heading: float  # 1 for a heading


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer."""

    place: Place
    passage: int
    score: float
    features: Features


def retrieve(texts: Texts, inquiry: Inquiry) -> list[Candidate]:
    """Candidates, best first; empty only when the index is."""
    question = texts.snapshot.encode(inquiry.text)
    fused = fuse(
        texts.snapshot.near(question, SEARCHED),
        texts.snapshot.matching(list(inquiry.terms), SEARCHED),
    )
    best = sorted(fused, key=lambda number: -fused[number])[:READ]
    found = []
    for number in best:
        found += _weigh(texts, inquiry, number, fused[number], question)
    return sorted(found, key=lambda one: (-one.score, one.place.document, one.place.sentence))


def fuse(near: Sequence[Hit], matching: Sequence[Hit]) -> dict[int, float]:
    """Passage number → score, 0 to 1: the mean of both searches' scores, each scaled to its range.

    Fusing scores beat fusing ranks on our development questions; cosines are scaled from the
    lowest hit to the highest, BM25 from nothing to the highest.
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
    question: NDArray[np.float32],
) -> list[Candidate]:
    passage = texts.snapshot.passages[number]
    reading = texts.reading(passage.document)
    vectors = np.asarray(texts.snapshot.sentence_vectors(number), dtype=np.float32)
    cosines = vectors @ question
    found = []
    for sentence, cosine in zip(range(passage.first, passage.last), cosines, strict=True):
        if reading.document.sentences[sentence].kind is Kind.CAPTION:
            continue
        features = Features(
            sentence=rescale(float(cosine)),
            passage=fused,
            own=coverage(inquiry.keys, reading.plain(sentence)),
            around=_around(reading, inquiry.keys, sentence),
            form=form(inquiry, reading.plain(sentence)),
            heading=float(reading.document.sentences[sentence].kind is Kind.HEADING),
        )
        found.append(
            Candidate(Place(passage.document, sentence), number, blend(features), features)
        )
    return found


WEIGHTS: Mapping[str, float] = {
    "sentence": 0.40,
    "passage": 0.15,
    "own": 0.30,
    "around": 0.15,
    "form": 0.08,
    "heading": -0.08,
}


def blend(features: Features) -> float:
    """One number between 0 and 1 for how well a sentence fits."""
    total = sum(weight * getattr(features, name) for name, weight in WEIGHTS.items())
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


def spoken(word: str, text: str) -> float:
    """How far ``text`` speaks of ``word``: 1 as it stands, else the share of its bigrams."""
    if word in text:
        return 1.0
    if len(word) < 3:
        return 0.0
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return 0.8 * sum(pair in text for pair in pairs) / len(pairs)


def _around(reading: Reading, keys: Sequence[Key], sentence: int) -> float:
    near = reading.plain(sentence)
    wide = f"{near}\n{reading.above(sentence)}\n{reading.before(sentence)}"
    return coverage(keys, wide)
