"""The list that a stretch of a sentence is: 「风速、振动和索力」 where a reader has pointed."""

from __future__ import annotations

import re

from corpus import Document
from qa.enumerations.enumeration import Entry, Enumeration, Form, entry_at, without_sum
from qa.enumerations.marks import even_halves

_JOIN = re.compile(r"以及|和|与|及|或")
_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》|「[^「」]*」|『[^『』]*』|[(（][^()（）]*[)）]")
_OPENING = re.compile(r"以及|和|与|及|或|而(?![^，,]{0,2}[已言])|其中")
_PAIRS = (("“", "”"), ("《", "》"), ("「", "」"), ("『", "』"), ("（", "）"), ("(", ")"))
SHORTEST = 2  # characters of an item
LONGEST = 48


def split(document: Document, sentence: int, start: int, end: int) -> Enumeration | None:
    """``start:end`` of a sentence as a list, or None when it is not one.

    Cut at 、 where there is one, else at ；, else at commas; the last item also at 和, 与, 及, 或.
    """
    whole = document.sentences[sentence]
    text = document.text[whole.start : whole.end]
    if any(text.count(a, start, end) != text.count(b, start, end) for a, b in _PAIRS):
        return None  # 京东金采”和B端: half of a name
    hidden = _QUOTED.sub(lambda match: "\u25a1" * len(match[0]), text)
    mark = next(
        (mark for mark in ("、", "；;", "，,") if re.search(f"[{mark}]", hidden[start:end])), ""
    )
    if mark:
        bounds = [start, *(m.end() for m in re.compile(f"[{mark}]").finditer(hidden, start, end))]
        pieces = list(zip(bounds, [*(at - 1 for at in bounds[1:]), end], strict=True))
    else:
        pieces = [(start, end)]
    if mark in {"", "、"}:
        last, stop = pieces.pop()
        joints = list(_JOIN.finditer(hidden, last + 1, max(stop - 1, last + 1)))
        if joints:
            pieces += [(last, joints[-1].start()), (joints[-1].end(), stop)]
        else:
            pieces.append((last, stop))
    if len(pieces) > 2:  # 「环境与生产者、消费者和分解者」: the first may be two as well
        pieces[:1] = even_halves(hidden, *pieces[0], pieces[1:])
    entries = tuple(_item(text, a, b, sentence, whole.start) for a, b in pieces)
    if len(entries) < 2 or any(not SHORTEST <= len(entry.text) <= LONGEST for entry in entries):
        return None
    return Enumeration(Form.SPAN, sentence, text, without_sum(entries))


def _item(text: str, start: int, end: int, number: int, offset: int) -> Entry:
    joint = _OPENING.match(text, start, end)
    entry = entry_at(text, joint.end() if joint else start, end, number, offset)
    quoted = re.fullmatch(r"[“「『\"]([^”」』\"]+)[”」』\"]", entry.text)
    if quoted:
        return Entry(quoted[1], entry.start + 1, entry.end - 1, number)
    return entry
