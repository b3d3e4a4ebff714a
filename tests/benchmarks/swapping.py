"""Near misses made of questions that are answered: the same question asked of another subject.

A list of headings answers 「京东金融存在哪些问题」 and none of it 「百度金融存在哪些问题」. What a
question is about is taken from its key words, and what else it could be about from those of the
other questions.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus import fold
from qa.inquiry import Key
from qa.reader.examples import Example, Kind

SHORTEST = 3  # characters of what can be a subject
UNLIKE = 0.3  # share of swaps with a subject that does not end as the question's own does


class Swaps:
    """Asks the questions of a set of something else."""

    def __init__(self, asked: Iterable[Sequence[Key]], rng: random.Random) -> None:
        self._random = rng
        self._subjects = sorted({key.word for keys in asked for key in keys if _can_be_one(key)})
        self._alike: dict[str, list[str]] = defaultdict(list)
        for subject in self._subjects:
            self._alike[subject[-1]].append(subject)

    def make(self, keys: Sequence[Key], example: Example) -> Example | None:
        """``example`` under its question asked of a subject that its window does not speak of.

        None when the question has no subject that the window or its headings name.
        """
        said = fold(f"{example.heading}\n{example.window}")
        own = [key.word for key in keys if _can_be_one(key) and key.word in said]
        own = [word for word in own if word in example.question]
        if not own:
            return None
        old = self._random.choice(own)
        unlike = self._random.random() < UNLIKE
        pool = self._subjects if unlike else self._alike[old[-1]]
        new = self._random.choice(pool)
        if new in said or new in example.question or old in new or new in old:
            return None
        return unanswered(example, example.question.replace(old, new))


def unanswered(example: Example, question: str) -> Example:
    """The window of ``example`` under a question that it does not answer."""
    return replace(
        example,
        question=question,
        start=0,
        end=0,
        kind=Kind.CHANGED,
        evidence=(),
        items=(),
        affirms=None,
    )


def _can_be_one(key: Key) -> bool:
    return len(key.word) >= SHORTEST and not any(char.isdigit() for char in key.word)
