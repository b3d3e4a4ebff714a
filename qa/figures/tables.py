"""A cell of a table that a question names by its row and its column, and the row that has a value.

「柳河的年径流量是多少」 「R20的噪声多大」 「哪条河最长」 「发源于大岭山的河流有哪些」: a row says
little by itself, and what a cell is of stands in another line. Tables are lines of as many cells
each, parted by ``|`` or tabs, the first of them the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus import fold
from qa.compose import Draft, Part
from qa.figures.compare import IS_DIFFERENCE
from qa.figures.ranks import FIRST, LAST
from qa.quantities import quantities
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.search.rank import Sight
from qa.texts import Place, Reading, Texts

LOOKED_AT = 12  # best candidates among which rows are looked for
SURE = 0.9  # confidence in a cell
NAMED = 0.5  # how far a question must speak of a heading that it does not name whole
BY_HEAD = 0.8  # … where it says the noun at its end
BY_UNIT = 0.6  # … where it asks for its unit
_RULE = re.compile(r"[\s|:：—-]+")
_UNIT = re.compile(r"[(（](?P<unit>[^()（）]{1,8})[)）]")
_LEAST = re.compile(
    rf"{LAST.pattern}|最(?:安静|矮|薄|近|早|省)|(?:(?<!大)小|(?<!多)少|(?<!长)短|[低轻慢矮薄早]|便宜|安静)$"
)
_VALUES = frozenset({Asked.NUMBER, Asked.DATE, Asked.FACT, Asked.WHO, Asked.DEFINITION})
_ALL = re.compile(r"哪[些几]|(?:多少|几)[个种款类样项家条名位]?|什么")
_OF_SOME = re.compile(r"最|超过|不[到足]|[高低多少大小]于|以[上下内外]|除")
_WHICH = re.compile(r"哪[些几]|哪一?[个款种台家]|[有都]哪")
_NOT = re.compile(r"不(?:支持|能|可以?|带|含|具备)|没有?")
_HAS = re.compile(r"(?:支持|有|是|可以?|能|具备|含|[√✓✔●○])(?:[(（].*[)）])?")
_HAS_NOT = re.compile(r"(?:不支持|无|没有|否|不可以?|不能|不具备|不含|[×✗✘xX—-])(?:[(（].*[)）])?")
_FIGURES = frozenset({Asked.NUMBER, Asked.COUNT})
_OPEN = re.compile("哪里|哪儿|何时|什么时候|哪一?年|谁")
# What is asked for without the noun that heads a column.
_ASKED_AS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(question), re.compile(heading))
    for question, heading in (
        (r"多长|最[长短]|[长短]多少", r"长|距离|里程"),
        (r"多高|最[高矮]", r"高"),
        (r"多大|最[大小]|[大小]$", r"面积|大小|直径|容量|尺寸"),
        (r"多重|最[重轻]|[更哪]个?[重轻]", r"重"),
        (
            r"多少钱|几块钱|多贵|[更最](?:贵|便宜)|哪[个款种]{0,2}(?:贵|便宜)|比.+(?:贵|便宜)",
            r"价|费|金额",
        ),
        (r"多快|最[快慢]", r"速"),
        (r"多久|多长时间|最[久长短]", r"时间|时长|续航|周期|期限"),
        (r"几年|多少年|保修", r"质保|保修|年限|期限|保质期"),
        (r"(?:多|最|更|哪[个款种]{0,2})(?:吵|响|安静)", r"噪|音"),
        (r"多少人|几个人", r"人"),
        (r"在哪", r"地(?!铁)|位置|出处"),
        (r"(?:什么|啥)意思|(?:代表|表示)(?:什么|啥)", r"含义|意思|说明|原因|故障"),
        (r"怎么(?:办|处理|解决|修)", r"处理|解决|办法|对策|措施"),
    )
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    sentence: int
    cells: tuple[str, ...]  # as the text writes them


def from_table(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """What a table near the best candidates has in the place that is asked for, or None."""
    seen: set[Place] = set()
    for place in _lines(texts, inquiry, sight):
        reading = texts.reading(place.document)
        if place in seen or not _cells(reading, place.sentence):
            continue
        table = table_at(reading, place.sentence)
        seen |= {Place(place.document, row.sentence) for row in table}
        if len(table) > 2:
            head, rows = table[0], table[1:]
            found = (
                _rows_with(inquiry, reading, head, rows)
                or _with_feature(inquiry, reading, head, rows)
                or _between(inquiry, reading, head, rows)
                or _cell(inquiry, reading, head, rows)
                or _extreme(inquiry, reading, head, rows)
                or _every_row(inquiry, reading, head, rows)
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
        or not _cells(texts.reading(places[0].document), places[0].sentence)
    ):
        return draft
    reading = texts.reading(places[0].document)
    table = table_at(reading, places[0].sentence)
    if len(table) < 3 or table[0].sentence == places[0].sentence:
        return draft
    head = Place(places[0].document, table[0].sentence)
    header = Part(f"\n表头：{reading.text(head.sentence)}", (head,))
    known = draft.short if draft.short in {"是", "否", None} else None
    cells = _cells(reading, places[0].sentence)
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


def table_at(reading: Reading, sentence: int) -> list[Row]:
    """The lines of the table that a line is one of, the header first."""
    width = len(_cells(reading, sentence))
    last = len(reading.document.sentences) - 1
    first = after = sentence
    while first > 0 and len(_cells(reading, first - 1)) == width:
        first -= 1
    while after < last and len(_cells(reading, after + 1)) == width:
        after += 1
    rows = (Row(number, _cells(reading, number)) for number in range(first, after + 1))
    return [row for row in rows if not all(_RULE.fullmatch(cell) for cell in row.cells)]


def _cells(reading: Reading, sentence: int) -> tuple[str, ...]:
    text = reading.text(sentence).strip()
    parts = text.strip("|").split("|") if text.startswith("|") else text.split("\t")
    return tuple(part.strip() for part in parts) if len(parts) > 1 else ()


def _cell(inquiry: Inquiry, reading: Reading, head: Row, rows: Sequence[Row]) -> Draft | None:
    """Where the one row and the one column cross that the question speaks of."""
    if inquiry.asked is Asked.LIST:
        return None
    columns = [_speaks_of(inquiry, cell) for cell in head.cells]
    best: list[tuple[float, Row, int]] = []
    for row in rows:
        named = _speaks_of(inquiry, row.cells[0])
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
    columns = [_speaks_of(inquiry, cell) for cell in head.cells]
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
    named = [at for at in range(1, len(head.cells)) if _speaks_of(inquiry, head.cells[at]) == 1.0]
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
    row = max(rows, key=lambda one: _speaks_of(inquiry, one.cells[0]))
    if _speaks_of(inquiry, row.cells[0]) < NAMED:
        return None
    figures = [(_figure(row.cells[at]), at) for at in columns]
    known = [(value, at) for value, at in figures if value is not None]
    if len(known) < len(figures) or len({value for value, _ in known}) < 2:
        return None
    at = (min if least else max)(known, key=lambda one: one[0])[1]
    return _draft(reading, head, row, head.cells[at])


def _rows_with(inquiry: Inquiry, reading: Reading, head: Row, rows: Sequence[Row]) -> Draft | None:
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


def _every_row(inquiry: Inquiry, reading: Reading, head: Row, rows: Sequence[Row]) -> Draft | None:
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
    another = any(_speaks_of(inquiry, cell) == 1.0 for cell in head.cells[1:])
    one_row = any(fold(row.cells[0]) in inquiry.text for row in rows)
    if not meant or another or one_row:
        return None
    found = _listed(reading, rows)
    return replace(found, short=str(len(rows))) if inquiry.asked is Asked.COUNT else found


def _with_feature(
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
    return told and _speaks_of(inquiry, name) >= NAMED


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


def _speaks_of(inquiry: Inquiry, heading: str) -> float:
    """How far a question speaks of what heads a row or a column, 0 to 1."""
    folded = fold(heading)
    unit = _UNIT.search(folded)
    bare = re.sub(r"(?<=..)(?:人数|总数|数量|数)$", "", _UNIT.sub("", folded).strip())  # 员工|人数
    bare = bare.replace(" ", "")  # 小舟 Mini
    if not bare:
        return 0.0
    if bare in inquiry.text.replace(" ", ""):
        return 1.0
    if len(bare) > 2 and bare[-2:] in inquiry.text:  # 额定|功率
        return BY_HEAD
    if any(q.search(inquiry.text) and h.search(bare) for q, h in _ASKED_AS):
        return BY_HEAD + 0.1 if bare[:2] in inquiry.text else BY_UNIT + 0.1  # 尘盒|容量
    if unit and re.search(rf"[多几]少?{re.escape(unit['unit'])}", inquiry.text):
        return BY_UNIT
    pairs = [bare[at : at + 2] for at in range(len(bare) - 1)]
    if not pairs or not (pairs[-1] in inquiry.text or _OPEN.search(inquiry.text)):
        return 0.0  # 原水箱|容量 is not what goes into the 原水箱
    return sum(pair in inquiry.text for pair in pairs) / len(pairs)


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
