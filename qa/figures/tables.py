"""A cell of a table that a question names by its row and its column, and the row that has a value.

「柳河的年径流量是多少」 「R20的噪声多大」 「哪条河最长」 「发源于大岭山的河流有哪些」: a row says
little by itself, and what a cell is of stands in another line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus import fold
from qa.compose import Draft, Part
from qa.figures.compare import IS_DIFFERENCE
from qa.figures.ranks import FIRST, LAST
from qa.figures.rows import every_row, rows_with, with_feature
from qa.figures.table import NAMED, SURE, Row, cells_of, speaks_of, table_at
from qa.quantities import quantities
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.search.rank import Sight
from qa.texts import Place, Reading, Texts

LOOKED_AT = 12  # best candidates among which rows are looked for
_LEAST = re.compile(
    rf"{LAST.pattern}|最(?:安静|矮|薄|近|早|省)|(?:(?<!大)小|(?<!多)少|(?<!长)短|[低轻慢矮薄早]|便宜|安静)$"
)
_VALUES = frozenset({Asked.NUMBER, Asked.DATE, Asked.FACT, Asked.WHO, Asked.DEFINITION})
_FIGURES = frozenset({Asked.NUMBER, Asked.COUNT})


def from_table(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """What a table near the best candidates has in the place that is asked for, or None."""
    seen: set[Place] = set()
    for place in _lines(texts, inquiry, sight):
        reading = texts.reading(place.document)
        if place in seen or not cells_of(reading, place.sentence):
            continue
        table = table_at(reading, place.sentence)
        seen |= {Place(place.document, row.sentence) for row in table}
        if len(table) > 2:
            head, rows = table[0], table[1:]
            found = (
                rows_with(inquiry, reading, head, rows)
                or with_feature(inquiry, reading, head, rows)
                or _between(inquiry, reading, head, rows)
                or _cell(inquiry, reading, head, rows)
                or _extreme(inquiry, reading, head, rows)
                or every_row(inquiry, reading, head, rows)
            )
            if found is not None:
                return found
    return None


def _lines(texts: Texts, inquiry: Inquiry, sight: Sight) -> Iterator[Place]:
    """Lines that may be of the table meant.

    「哪款最便宜」 has hardly a word of it: then they are all those of the nearest document.
    """
    near = [one.place for one in sight.candidates[:LOOKED_AT]]
    yield from near
    if near and (FIRST.search(inquiry.text) or _LEAST.search(inquiry.text)):
        nearest = near[0].document
        for number in range(len(texts.reading(nearest).document.sentences)):
            yield Place(nearest, number)


def with_header(texts: Texts, inquiry: Inquiry, draft: Draft) -> Draft:
    """A draft that cites one row of a table, with the header that says what its cells are.

    No cell of it is given as the short answer, which one is meant not being known, unless each row
    has a name and a value, and it is the value that is asked for, or a figure is, and one cell has
    one.
    """
    places = [place for part in draft.parts for place in part.places]
    if (
        draft.items
        or len(places) != 1
        or not cells_of(texts.reading(places[0].document), places[0].sentence)
    ):
        return draft
    reading = texts.reading(places[0].document)
    table = table_at(reading, places[0].sentence)
    if len(table) < 3 or table[0].sentence == places[0].sentence:
        return draft
    head = Place(places[0].document, table[0].sentence)
    header = Part(f"\n表头：{reading.text(head.sentence)}", (head,))
    known = draft.short if draft.short in {"是", "否", None} else None
    cells = cells_of(reading, places[0].sentence)
    told = [cell for cell in cells[1:] if quantities(fold(cell))]
    if inquiry.asked in _FIGURES and len(told) == 1 and _names(inquiry, cells[0]):
        known = told[0]
    elif len(cells) == 2 and inquiry.asked in _VALUES and cells[1]:
        inside = draft.short and fold(draft.short) in fold(cells[1])
        known = cells[1] if inside or (not draft.short and _names(inquiry, cells[0])) else known
    return replace(draft, parts=(*draft.parts, header), short=known)


def _names(inquiry: Inquiry, heading: str) -> bool:
    """Whether a question has two characters in a row of what heads a line: 水箱|容量."""
    bare = fold(heading)
    if len(bare) == 1:  # 盐
        return bare in inquiry.text
    return any(bare[at : at + 2] in inquiry.text for at in range(len(bare) - 1))


def _cell(inquiry: Inquiry, reading: Reading, head: Row, rows: Sequence[Row]) -> Draft | None:
    """Where the one row and the one column cross that the question speaks of."""
    if inquiry.asked is Asked.LIST:
        return None
    columns = [speaks_of(inquiry, cell) for cell in head.cells]
    best: list[tuple[float, Row, int]] = []
    for row in rows:
        named = speaks_of(inquiry, row.cells[0])
        for at in range(1, len(head.cells)):
            if named >= NAMED and columns[at] >= NAMED and max(named, columns[at]) == 1.0:
                best.append((named + columns[at], row, at))
    best.sort(key=lambda one: -one[0])
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    _, row, at = best[0]
    return _draft(reading, head, row, row.cells[at])


def _extreme(inquiry: Inquiry, reading: Reading, head: Row, rows: Sequence[Row]) -> Draft | None:
    """「哪条河最长」: the thing with the largest figure, or the smallest, of what is meant.

    Whether each thing has a row or, 「哪款最便宜」, a column.
    """
    least = bool(_LEAST.search(inquiry.text))
    if not (least or FIRST.search(inquiry.text)) or not re.search("哪|谁|什么", inquiry.text):
        return None
    return _of_column(inquiry, reading, head, rows, least=least) or _of_row(
        inquiry, reading, head, rows, range(1, len(head.cells)), least=least
    )


def _of_column(
    inquiry: Inquiry, reading: Reading, head: Row, rows: Sequence[Row], *, least: bool
) -> Draft | None:
    """What begins the row with the largest figure, or the smallest, in the column meant."""
    columns = [speaks_of(inquiry, cell) for cell in head.cells]
    at = max(range(1, len(columns)), key=lambda one: columns[one])
    if columns[at] < NAMED:
        return None
    figures = [(_figure(row.cells[at]), row) for row in rows]
    known = [(value, row) for value, row in figures if value is not None]
    if len(known) < len(rows):
        return None
    row = (min if least else max)(known, key=lambda one: one[0])[1]
    return _draft(reading, head, row, row.cells[0])


def _between(inquiry: Inquiry, reading: Reading, head: Row, rows: Sequence[Row]) -> Draft | None:
    """「甲和乙哪个吸力大」 「甲比乙贵吗」, of two that have a column each."""
    if IS_DIFFERENCE.search(inquiry.text):
        return None
    named = [at for at in range(1, len(head.cells)) if speaks_of(inquiry, head.cells[at]) == 1.0]
    bare = inquiry.text.replace(" ", "")
    named.sort(key=lambda at: bare.find(fold(head.cells[at]).replace(" ", "")))
    confirmed = inquiry.asked is Asked.YESNO and len(named) == 2 and "比" in bare
    if len(named) < 2 or not (confirmed or inquiry.asked is Asked.COMPARISON):
        return None
    least = bool(_LEAST.search(re.sub(r"[吗么嘛]$", "", inquiry.text)))
    found = _of_row(inquiry, reading, head, rows, named, least=least)
    if found is None or not confirmed:
        return found
    return replace(found, short="是" if found.short == head.cells[named[0]] else "否")


def _of_row(
    inquiry: Inquiry,
    reading: Reading,
    head: Row,
    rows: Sequence[Row],
    columns: Sequence[int],
    *,
    least: bool,
) -> Draft | None:
    """What heads the column with the largest figure, or the smallest, in the row meant."""
    row = max(rows, key=lambda one: speaks_of(inquiry, one.cells[0]))
    if speaks_of(inquiry, row.cells[0]) < NAMED:
        return None
    figures = [(_figure(row.cells[at]), at) for at in columns]
    known = [(value, at) for value, at in figures if value is not None]
    if len(known) < len(figures) or len({value for value, _ in known}) < 2:
        return None
    at = (min if least else max)(known, key=lambda one: one[0])[1]
    return _draft(reading, head, row, head.cells[at])


def _figure(cell: str) -> float | None:
    found = quantities(fold(cell))
    return found[0].value if found else None


def _draft(reading: Reading, head: Row, row: Row, short: str) -> Draft:
    """The row, and the header that says what its cells are."""
    parts = tuple(
        Part(opening + reading.text(one.sentence), (Place(reading.document.id, one.sentence),))
        for opening, one in (("", row), ("\n表头：", head))
    )
    return Draft(parts, short or None, confidence=SURE, placed=True)
