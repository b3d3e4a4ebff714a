"""The marks of a sentence: where its clauses end, what is quoted, what joins two things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

CONJUNCTION = re.compile(
    r"以及|甚至|乃至|和|与|(?<![不涉触顾遍])及(?!以[上下前后内外]|时(?!间|长)|格(?!式|栅))(?:其(?![他它中余]))?|或者?"
)
_CLAUSE_END = re.compile(r"(?<!\d)[,，]|[,，](?!\d{3}(?!\d))|[;；。！？!?\n]|\.(?=\s|$)")
QUOTED = re.compile(r"“([^“”]+)”|《([^《》]+)》|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\"")


def mask(text: str) -> str:
    """The text with the inside of quotes and brackets blanked, so that no mark there cuts."""
    masked = list(text)
    for match in re.finditer(
        r"“[^“”]*”|《[^《》]*》|「[^「」]*」|『[^『』]*』|[(（][^()（）]*[)）]", text
    ):
        for at in range(match.start() + 1, match.end() - 1):
            masked[at] = "\u25a1"
    return "".join(masked)


def clauses_of(masked: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of a sentence stand; none is empty."""
    start = 0
    for end in [match.start() for match in _CLAUSE_END.finditer(masked)] + [len(masked)]:
        if end > start:
            yield start, end
        start = end + 1


def split_conjunction(masked: str, start: int, end: int, several: bool) -> list[tuple[int, int]]:
    """「技术及金融」 as two items; the last conjunction counts when there are more."""
    found = [
        m for m in CONJUNCTION.finditer(masked, start, end) if start < m.start() and m.end() < end
    ]
    if not found:
        return [(start, end)]
    cut = found[-1]
    if several and end - cut.end() > 24:
        return [(start, end)]
    return [(start, cut.start()), (cut.end(), end)]


def even_halves(
    masked: str, start: int, end: int, others: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """A chunk cut at its conjunction, when both halves are about as long as the other items."""
    size = median(b - a for a, b in others)
    halves = split_conjunction(masked, start, end, several=False)
    if all(0.6 * size <= b - a <= 1.7 * size for a, b in halves):
        return halves
    return [(start, end)]
