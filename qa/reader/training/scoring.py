"""Exact match and F1 as CMRC 2018's own program counts them.

Characters for Chinese, words for the rest, marks ignored; F1 is over the longest common
substring, not over the bag of words. The original splits words with NLTK; here a word is a run of
letters, digits and the points inside numbers.
"""

from __future__ import annotations

import re

MARKS = frozenset("-:_*^/\\~`+=，。：？！“”；’《》……·、「」（）－～『』")
UNIT = re.compile(r"[\u4e00-\u9fa5]|[a-z0-9]+(?:[.,'][a-z0-9]+)*|\S")


def segments(text: str) -> list[str]:
    """Lower case, without marks, in units of counting."""
    kept = "".join(" " if c in MARKS else c for c in text.lower())
    return UNIT.findall(kept)


def exact(given: str, gold: str) -> bool:
    """Equal but for case, marks and space at the ends."""
    return _bare(given) == _bare(gold)


def _bare(text: str) -> str:
    return "".join(c for c in text.lower().strip() if c not in MARKS)


def f1(given: str, gold: str) -> float:
    """Harmonic mean of what the longest common run covers of each."""
    ours, theirs = segments(given), segments(gold)
    common = _longest_run(ours, theirs)
    if common == 0:
        return 0.0
    precision, recall = common / len(ours), common / len(theirs)
    return 2 * precision * recall / (precision + recall)


def _longest_run(a: list[str], b: list[str]) -> int:
    best = 0
    above = [0] * (len(b) + 1)
    for x in a:
        row = [0] * (len(b) + 1)
        for j, y in enumerate(b):
            if x == y:
                row[j + 1] = above[j] + 1
                best = max(best, row[j + 1])
        above = row
    return best
