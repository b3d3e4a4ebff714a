"""Two things at a clause's end: 「源头是用户和流量」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus import Tokenizer, fold
from qa.enumerations.edges import after_trigger, before_verb
from qa.enumerations.enumeration import Enumeration, Form, entry_at, without_sum
from qa.enumerations.marks import CONJUNCTION, QUOTED, clauses_of, mask, split_conjunction

LONGEST_OF_PAIR = 16  # characters of each of two
_TWO = re.compile(rf"(?:{CONJUNCTION.pattern})$")  # the first of two is two things itself
_NAME = re.compile(r"(?!的)[^“”「」『』]{2,}(?<![（(的])")


def pairs(text: str, number: int, offset: int, tokenizer: Tokenizer) -> Iterator[Enumeration]:
    """「源头是用户和流量」: two things that end a clause, with no 、 in it."""
    masked = mask(fold(text))
    for start, end in clauses_of(masked):
        if "、" not in masked[start:end]:
            yield from _pair(text, masked, start, end, number, offset, tokenizer)


def _pair(
    text: str, masked: str, start: int, end: int, number: int, offset: int, tokenizer: Tokenizer
) -> Iterator[Enumeration]:
    halves = split_conjunction(masked, start, end, several=False)
    if len(halves) < 2:
        return
    (a, b), (c, d) = halves
    d = before_verb(masked, c, d, [(a, b)], tokenizer)
    first = thing = after_trigger(masked, a, b, [(c, d)], tokenizer)
    if _TWO.search(masked, a, first):  # 「是风险控制与|定价能力及其科技实力」
        first = after_trigger(masked, a, b, [], tokenizer)
    one, other = b - first, d - c
    longest = LONGEST_OF_PAIR if first == thing else 2 * LONGEST_OF_PAIR
    led = first > a and max(one, other) <= min(longest, 3 * min(one, other))
    if led and all(_is_thing(tokenizer.tagged(masked[x:y])) for x, y in ((thing, b), (c, d))):
        places = [(first, b), (c, d)]
        entries = tuple(entry_at(text, *_unquoted(text, x, y), number, offset) for x, y in places)
        if all(_NAME.fullmatch(entry.text) for entry in entries):
            about = f"{text[start:first]} {text[d:end]}"
            yield Enumeration(Form.INLINE, number, about, without_sum(entries))


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Inside of the quotation marks that a stretch stands in."""
    quoted = QUOTED.fullmatch(text, start, end)
    return quoted.span(quoted.lastindex or 0) if quoted and text[start] != "《" else (start, end)


def _is_thing(words: Sequence[tuple[str, str, int, int]]) -> bool:
    """Whether a stretch names a thing: it ends with no verb, and nothing in it acts."""
    flags = [flag for _, flag, _, _ in words]
    return (
        bool(flags)
        and flags[-1].startswith(("n", "vn", "j", "l", "i", "x", "eng", "an", "t", "s"))
        and not any(flag in {"p", "d", "r", "c", "ul", "ug"} for flag in flags)
    )
