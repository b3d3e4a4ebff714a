"""Which of several figures, or dates, of a sentence a question is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from corpus import Span
from qa.clause import BREAK
from qa.quantities import Moment, Quantity
from qa.question.inquiry import Inquiry, is_idle
from qa.search.retrieve import spoken
from qa.search.windows import Found

READ = 2.0  # what a sure span of the reader counts beside the question's words standing near
TO = re.compile(r"至|到|[~～—–－-]{1,2}")
_PART = re.compile(r"[^;；]+")


class Standing(Protocol):
    """What stands somewhere in a text."""

    @property
    def start(self) -> int:
        """The offset it begins at."""
        ...


Told = TypeVar("Told", bound=Standing)


def in_part(inquiry: Inquiry, sentence: str, found: Sequence[Told]) -> Sequence[Told]:
    """「开发期……，共四个月；维护期……三年」: those in the part that has the question's words.

    Only where one of the parts with a figure has all that the others have of them, and more.
    """
    words = [key.word for key in inquiry.keys if not is_idle(key.word)]
    parts = []
    for part in _PART.finditer(sentence):
        own = [one for one in found if part.start() <= one.start < part.end()]
        if own:
            parts.append((frozenset(word for word in words if word in part[0]), own))
    for said, own in parts:
        if all(said > others for others, that in parts if that is not own):
            return own
    return found


def nearest(
    inquiry: Inquiry,
    sentence: str,
    found: Sequence[Quantity | Moment | Span],
    read: Sequence[Found],
) -> Span | None:
    """The one whose own stretch of the sentence speaks most of the question's words.

    A figure's stretch runs from the end of the figure before it to where the next begins;
    words further off count less the more clause marks stand between.
    """
    best: tuple[float, Span] | None = None
    before = 0
    total = sum(key.weight for key in inquiry.keys) or 1.0
    opening = sentence[: found[0].start] if found else ""
    for number, one in enumerate(found):
        end = found[number + 1].start if number + 1 < len(found) else len(sentence)
        score = 0.0
        for key in inquiry.keys:
            # What opens the sentence is said of every figure in it, of the first a little more.
            shared = 0.8 if number and key.word in opening else 0.0
            measure = _after_date if isinstance(one, Moment | Span) else _closeness
            close = measure(sentence, key.word, before, one.start, one.end, end)
            score += key.weight * max(shared, close) / total
        score += READ * sum(span.probability * _overlap(span, one.start, one.end) for span in read)
        if best is None or score > best[0] + 1e-9:
            best = (score, Span(one.start, one.end))
        before = one.end
    return best[1] if best else None


def _overlap(span: Found, start: int, end: int) -> float:
    """F1 in characters of a reader's span and a figure."""
    shared = min(span.end, end) - max(span.start, start)
    return max(0.0, 2 * shared / (span.end - span.start + end - start))


def _after_date(sentence: str, word: str, before: int, start: int, end: int, until: int) -> float:
    """``_closeness`` of a date, which stands before what happened on it, up to the next date."""
    after = sentence[end:until]
    if word in after:
        return 1.0 / (1 + 0.5 * len(BREAK.findall(after[: after.index(word)])))
    own = sentence[before:start]
    if word in own:
        gap = own[own.rindex(word) + len(word) :]
        return 0.9 / (1 + 1.5 * len(BREAK.findall(gap)) + len(gap) / 12)
    return 0.3 * spoken(word, sentence[:start]) if word in sentence else 0.2 * spoken(word, after)


def _closeness(sentence: str, word: str, before: int, start: int, end: int, until: int) -> float:
    own = sentence[before:start]
    if word in own:
        # Each clause mark between word and figure makes it less likely that they belong together.
        return 1.0 / (1 + 0.5 * len(BREAK.findall(own[own.rindex(word) :])))
    after = sentence[end:until]
    if word in after:
        gap = after[: after.index(word)]
        return 0.9 / (1 + 1.5 * len(BREAK.findall(gap)) + len(gap) / 12)
    return 0.3 * spoken(word, sentence[:start]) if word in sentence else 0.2 * spoken(word, own)
