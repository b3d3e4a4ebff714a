"""Rows of a table as a list: those with a value or a feature, or all of them.

「发源于大岭山的河流有哪些」 「哪几款能自动集尘」 「要哪些调料」: what begins the rows answers, or,
where each thing has a column, what heads the columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import fold
from qa.compose import Draft, Part
from qa.figures.table import NAMED, SURE, Row, speaks_of
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.texts import Place, Reading

_ALL = re.compile(r"哪[些几]|(?:多少|几)[个种款类样项家条名位]?|什么")
_OF_SOME = re.compile(r"最|超过|不[到足]|[高低多少大小]于|以[上下内外]|除")
_WHICH = re.compile(r"哪[些几]|哪一?[个款种台家]|[有都]哪")
_NOT = re.compile(r"不(?:支持|能|可以?|带|含|具备)|没有?")
_HAS = re.compile(r"(?:支持|有|是|可以?|能|具备|含|[√✓✔●○])(?:[(（].*[)）])?")
_HAS_NOT = re.compile(r"(?:不支持|无|没有|否|不可以?|不能|不具备|不含|[×✗✘xX—-])(?:[(（].*[)）])?")


def rows_with(inquiry: Inquiry, reading: Reading, head: Row, rows: Sequence[Row]) -> Draft | None:
    """「发源于大岭山的河流有哪些」: the rows that have a value the question names."""
    if inquiry.asked not in {Asked.LIST, Asked.COUNT, Asked.FACT, Asked.COMPARISON}:
        return None
    if fold(head.cells[0]) not in inquiry.text:
        return None
    for at in range(1, len(head.cells)):
        having = [row for row in rows if _is_value(inquiry, row.cells[at])]
        if having and not any(fold(row.cells[0]) in inquiry.text for row in rows):
            return _listed(reading, having)
    return None


def every_row(inquiry: Inquiry, reading: Reading, head: Row, rows: Sequence[Row]) -> Draft | None:
    """「要哪些调料」: what all rows are of, under a heading 调料 or one such column."""
    if inquiry.asked not in {Asked.LIST, Asked.COUNT} or not _ALL.search(inquiry.text):
        return None
    if _OF_SOME.search(inquiry.text) or not all(key.names for key in inquiry.keys):
        return None  # 最便宜, 卖得好
    names = [key.word for key in inquiry.keys]
    headings = reading.headings(head.sentence).splitlines()
    own = f"{headings[-1] if headings else ''}\n{fold(head.cells[0])}"
    above = "\n".join([fold(reading.document.title), *headings, own])
    meant = any(word in own for word in names) and all(word in above for word in names)
    another = any(speaks_of(inquiry, cell) == 1.0 for cell in head.cells[1:])
    one_row = any(fold(row.cells[0]) in inquiry.text for row in rows)
    if not meant or another or one_row:
        return None
    found = _listed(reading, rows)
    return replace(found, short=str(len(rows))) if inquiry.asked is Asked.COUNT else found


def with_feature(
    inquiry: Inquiry, reading: Reading, head: Row, rows: Sequence[Row]
) -> Draft | None:
    """「哪几款能自动集尘」: what has 支持 in the row, or the column, of that."""
    if not _WHICH.search(inquiry.text):
        return None
    wanted = _HAS_NOT if _NOT.search(inquiry.text) else _HAS
    for row in rows:
        told = row.cells[1:]
        if _is_feature(inquiry, row.cells[0], told):
            items = tuple(
                Part(name, (Place(reading.document.id, head.sentence),))
                for name, cell in zip(head.cells[1:], told, strict=True)
                if wanted.fullmatch(cell)
            )
            where = Part(f"表中列出 {len(items)} 项：", (Place(reading.document.id, row.sentence),))
            return _with_lines(where, items) if items else None
    for at, name in enumerate(head.cells[1:], 1):
        if _is_feature(inquiry, name, [row.cells[at] for row in rows]):
            having = [row for row in rows if wanted.fullmatch(row.cells[at])]
            return _listed(reading, having) if having else None
    return None


def _is_feature(inquiry: Inquiry, name: str, cells: Sequence[str]) -> bool:
    """Whether a row or a column says of each whether it has what the question names."""
    told = all(_HAS.fullmatch(cell) or _HAS_NOT.fullmatch(cell) for cell in cells)
    return told and speaks_of(inquiry, name) >= NAMED


def _listed(reading: Reading, rows: Sequence[Row]) -> Draft:
    """What begins each of some rows, as a list."""
    items = tuple(Part(row.cells[0], (Place(reading.document.id, row.sentence),)) for row in rows)
    return _with_lines(Part(f"表中列出 {len(items)} 项："), items)


def _with_lines(opening: Part, items: tuple[Part, ...]) -> Draft:
    lines = tuple(
        Part(f"\n{number}. {one.text}", one.places) for number, one in enumerate(items, 1)
    )
    return Draft((opening, *lines), items=items, confidence=SURE, placed=True)


def _is_value(inquiry: Inquiry, cell: str) -> bool:
    return len(cell) > 1 and not cell[0].isdigit() and fold(cell) in inquiry.text
