"""What the reader is given and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A passage and, if known, the headings above it, outermost first, joined."""

    text: str
    heading: str = ""
    sentences: tuple[tuple[int, int], ...] = ()  # ``text[start:end]``, where one wants to know


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` of the passage answers with ``probability``.

    ``probability`` is that of this very span; ``around`` adds those of the spans that overlap it,
    so it says that the answer is here, whatever its exact edges.
    """

    start: int
    end: int
    text: str
    probability: float
    around: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A token ``text[start:end]`` and how likely it is part of the list asked for."""

    start: int
    end: int
    begins: float  # probability that an item begins with it
    inside: float  # … that it is in one


@dataclass(frozen=True, slots=True)
class Reading:
    """What a passage says to a question. ``odds`` is the calibrated log-odds that it answers."""

    spans: tuple[Span, ...]  # best first, not overlapping
    absent: float  # probability that the passage holds no answer
    odds: float
    sentences: tuple[float, ...] = ()  # log-odds of each of ``Text.sentences`` that it answers
    marks: tuple[Mark, ...] = ()  # in order; of a text read in windows, each token once
    affirms: float = 0.0  # log-odds that a question of yes or no is answered with yes


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """What one sentence says to a question.

    ``yes`` and ``no`` are how likely it says so to a question of yes or no; the rest is neither.
    The spans are where a short answer stands, given that one does.
    """

    yes: float
    no: float
    spans: tuple[Span, ...] = ()  # best first, not overlapping
