"""Words that were typed as they sound: 京东金溶 is 京东金融, 总筹 is 众筹, where the texts say so.

A stretch of the question that is no word, and stands nowhere in the texts, is read as the one of
the texts' own words that sounds the same and shares its other characters. Input methods make this
mistake; a word that the dictionary or the texts have is never touched. Another person may sound
like one whom the texts speak of often: the answer shows how the question was understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus import fold
from qa.question.inquiry import asks
from qa.texts import Texts

LONGEST = 6  # characters of a word that is looked for
# Passages that a word must stand in: what the texts speak of now and then may be another word than
# the one typed, which no dictionary has (营收 is not 应收).
OFTEN = 3
# 有那些问题: which, and not those, unless it is asked whether it is so.
_WHICH = re.compile(r"(?<=有|是|括|含|为)那(?=些|几[个种类项家点])(?!.*[吗么])")
_LINKS = ("u", "p")  # particles and prepositions part words, whatever they sound like
_HAN = re.compile(r"[\u4e00-\u9fff]+")
# Sounds that many speakers, and the input methods that serve them, do not tell apart.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_NASAL = re.compile(r"(?<=[aei])ng$")


def respelled(question: str, texts: Texts) -> str:
    """``question`` with its misspelt words as the texts write them, of the same length."""
    folded = _WHICH.sub("哪", fold(question))
    meant = list(folded)
    pieces = list(suspects(folded, texts))
    done = 0
    for start, end in pieces:
        word = _meant(folded[start:end], texts) if start >= done else None
        if word is None:
            continue
        around = [(a, b) for a, b in pieces if a <= start and end <= b]
        if not any(texts.occurs(folded[a:b]) for a, b in around):
            meant[start:end] = word
            done = end
    typed = fold(question)
    return "".join(
        char if typed[at] == meant[at] else meant[at] for at, char in enumerate(question)
    )


def suspects(folded: str, texts: Texts) -> Iterator[tuple[int, int]]:
    """Stretches with a character in them that makes no word with what is beside it.

    From left to right, and of those that begin together, the longest first.
    """
    tokenizer = texts.snapshot.tokenizer
    runs: list[list[tuple[int, int]]] = [[]]
    for word, start, end in tokenizer.words(folded, guess=False):
        if runs[-1] and start != runs[-1][-1][1]:
            runs.append([])
        links = end - start == 1 and tokenizer.tagged(word)[0][1].startswith(_LINKS)
        if _HAN.fullmatch(word) and not (links or asks(word)):
            runs[-1].append((start, end))
    for run in runs:
        for first, (start, _) in enumerate(run):
            for last in range(len(run), first + 1, -1):
                words = run[first:last]
                end = words[-1][1]
                if end - start <= LONGEST and any(b - a == 1 for a, b in words):
                    yield start, end


def _meant(piece: str, texts: Texts) -> str | None:
    """The word of the texts that ``piece`` sounds like, the most frequent of several, or None."""
    if texts.snapshot.tokenizer.knows(piece):
        return None
    often = texts.snapshot.frequency
    found = [
        term for term in texts.alike(piece) if often(term) >= OFTEN and _sounds_like(piece, term)
    ]
    return max(found, key=lambda term: (often(term), term), default=None)


def _sounds_like(piece: str, term: str) -> bool:
    return all(
        one == other or _readings(one) & _readings(other)
        for one, other in zip(piece, term, strict=True)
    )


@cache
def _readings(character: str) -> frozenset[str]:
    """How a character is read, tones and what is easily confused left out."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  (its tables take a moment to read)

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(_plain(reading) for readings in found for reading in readings)


def _plain(reading: str) -> str:
    for sound, other in _ALIKE:
        if reading.startswith(sound):
            reading = other + reading[len(sound) :]
    return _NASAL.sub("n", reading)
