"""What the reader is given and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A passage and, if known, the headings above it, outermost first, joined."""

    text: str
    heading: str = ""


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
class Reading:
    """What a passage says to a question. ``odds`` is the calibrated log-odds that it answers."""

    spans: tuple[Span, ...]  # best first, not overlapping
    absent: float  # probability that the passage holds no answer
    odds: float
