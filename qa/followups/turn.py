"""A follow-up question, and what it can lean on: the questions before it and what answered them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.question.kinds import Asked, asked
from qa.question.slots import Lore, Parts, topic

LISTING = frozenset({Asked.LIST, Asked.COUNT, Asked.OVERVIEW})
ItemsOf = Callable[[str], Sequence[str]]
ShortOf = Callable[[str], str | None]

# 「哪个业务是基础业务」 「谁的份额最大」: what is asked for is a thing, not a figure of one.
_ASKS_WHICH = re.compile(
    r"哪(?:一)?(?:个|家|款|种|项|类|块|座|支)(?!人|月|季)|谁.{0,8}(?:最|第[一二三])|最.{1,8}是谁"
)
THEN = re.compile(r"^(?:那么?|所以|但是?|可是|不过)")  # what joins a question to what was said
LONGEST_NAME = 12  # characters of a short answer that is a name


@dataclass(frozen=True, slots=True)
class Turn:
    """A follow-up and what it can lean on."""

    typed: str
    text: str  # … folded, without courtesies
    before: Sequence[str]  # earlier questions, standing alone, oldest first
    last: str  # the newest of them, folded
    parts: Parts  # … and taken apart
    lore: Lore
    items_of: ItemsOf
    short_of: ShortOf

    @property
    def topic(self) -> str:
        """What the last question is about, aspect included."""
        return topic(self.last, self.lore)

    @property
    def subject(self) -> str:
        """The thing that a question without one is about: what was asked for, or asked about.

        After 「哪个业务是基础业务」 that is the one which answers it.
        """
        return self.named or self.parts.subject

    @property
    def named(self) -> str:
        """The one of several that the last question asked for, as its answer names it, or ""."""
        if asked(self.last) in LISTING or not _ASKS_WHICH.search(self.last):
            return ""
        name = self.short_of(self.before[-1]) or ""
        return name if 2 <= len(name) <= LONGEST_NAME and name not in {"是", "否"} else ""


def without_then(text: str) -> str:
    """A folded question without 那, 所以 … in front; one that is nothing else is left."""
    return THEN.sub("", text) or text
