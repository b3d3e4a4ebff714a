"""The headings of a text, or of a part of it, as the list they are."""

from __future__ import annotations

from collections.abc import Sequence

from qa.compose import Draft, Part
from qa.enumerations import Enumeration, Form
from qa.search.retrieve import Candidate
from qa.texts import Place, Reading, Texts


def outline(texts: Texts, candidates: Sequence[Candidate]) -> Draft | None:
    """The top headings of the likeliest text, or None when it has none."""
    reading = texts.reading(candidates[0].place.document)
    top = top_headings(reading)
    return as_list(reading, top, "全文分 {count} 部分：") if top else None


def top_headings(reading: Reading) -> Enumeration | None:
    """The list of a text's top headings, None where it has fewer than two."""
    for one in reading.lists:
        if one.form is Form.HEADINGS and _level(reading, one) == 1:
            return one
    return None


def as_list(reading: Reading, enumeration: Enumeration, lead: str) -> Draft:
    """A list's entries, a line each, below ``lead``, in which ``{count}`` is how many there are."""
    items = tuple(
        Part(entry.text, (Place(reading.document.id, entry.sentence),))
        for entry in enumeration.entries
    )
    lines = tuple(
        Part(f"\n{number}. {item.text}", item.places) for number, item in enumerate(items, 1)
    )
    return Draft((Part(lead.format(count=len(items))), *lines), items=items, confidence=0.9)


def _level(reading: Reading, enumeration: Enumeration) -> int:
    entry = enumeration.entries[0]
    section = reading.document.sentences[entry.sentence].section
    return len(reading.document.heading_path(section))
