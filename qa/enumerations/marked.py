"""The list whose items a reader has marked token by token."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus import Document
from qa.enumerations.enumeration import Entry, Enumeration, Form, entry_at, without_sum
from qa.reader import Mark

BAR = 0.5  # probability from which a token begins an item, or is inside one
SHORTEST = 2  # characters of an item
_JOINT = re.compile(r"^(?:以及|和|与|及(?![时早格其])|或|等)(?=.{2})")
# What parts two items; the end of what is read as one is moved to it when it is near.
_PARTING = re.compile(
    r"[、，,；;。：:！？!?“”《》「」『』\n]|以及|和|与|及(?![时早格其])|或|并(?![且行购])|等"
)
_NEAR = 4  # characters
_FIGURE = re.compile(r"[\dA-Za-z.]+$")
_QUOTED = re.compile(r"[“「『\"]([^”」』\"“「『]+)[”」』\"]?")


def marked(document: Document, marks: Sequence[Mark]) -> Iterator[Enumeration]:
    """The marked items as one list; and those of each sentence with several, when there are more.

    ``marks`` are in the text's order, their places offsets into the document.
    """
    found = _entries(document, marks)
    sentences = list(dict.fromkeys(entry.sentence for entry in found))
    groups = [found] if len(sentences) > 1 else []
    groups += [[entry for entry in found if entry.sentence == one] for one in sentences]
    for group in groups:
        if len(group) > 1:
            lead = group[0].sentence
            sentence = document.sentences[lead]
            about = document.text[sentence.start : sentence.end]
            yield Enumeration(Form.MARKED, lead, about, without_sum(tuple(group)))


def _entries(document: Document, marks: Sequence[Mark]) -> list[Entry]:
    found: list[Entry] = []
    for number, sentence in enumerate(document.sentences):
        here = [mark for mark in marks if sentence.start <= mark.start < sentence.end]
        if not here:
            continue
        text = document.text[sentence.start : sentence.end]
        pieces = [
            (start - sentence.start, min(end, sentence.end) - sentence.start)
            for start, end in _stretches(here)
        ]
        for start, end in _parted(text, pieces):
            entry = _entry(text, start, end, number, sentence.start)
            if len(entry.text) >= SHORTEST:
                found.append(entry)
    return found


def _stretches(marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """From each beginning on, as long as the tokens are inside."""
    found: list[tuple[int, int]] = []
    on = False
    for mark in marks:
        if mark.begins >= BAR or (mark.inside >= BAR and not on):
            found.append((mark.start, mark.end))
            on = True
        elif on and mark.inside >= BAR:
            found[-1] = (found[-1][0], mark.end)
        else:
            on = False
    return found


def _parted(text: str, pieces: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces with their ends where the text parts them: tokens are no words.

    What nothing parts is one item (抢险|设备), an end is moved to the mark or conjunction just
    behind it (国家|保卫者日), and a beginning before its figure (100|个项目).
    """
    found: list[tuple[int, int]] = []
    for start, end in pieces:
        if found and start - found[-1][1] <= _NEAR and not _parts(text, found[-1][1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    moved: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(found):
        following = found[number + 1][0] if number + 1 < len(found) else len(text)
        figure = _FIGURE.search(text[:start], moved[-1][1] if moved else 0)
        after = _PARTING.search(text, end, min(end + _NEAR + 1, following + 1))
        moved.append((figure.start() if figure else start, after.start() if after else end))
    return moved


def _parts(text: str, end: int, start: int) -> bool:
    """Whether a mark or a conjunction stands between an end and a beginning, or just at them."""
    at = _PARTING.search(text, max(end - 1, 0), start + 2)
    return at is not None and at.start() <= start


def _entry(text: str, start: int, end: int, number: int, offset: int) -> Entry:
    entry = entry_at(text, start, end, number, offset)
    joint = _JOINT.match(entry.text)
    if joint:
        entry = entry_at(text, entry.start - offset + joint.end(), end, number, offset)
    quoted = _QUOTED.fullmatch(entry.text)
    if quoted:
        return Entry(quoted[1], entry.start + 1, entry.start + 1 + len(quoted[1]), number)
    return entry
