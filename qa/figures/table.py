"""A table: its rows, and how far a question speaks of what heads a row or a column.

Tables are lines of as many cells each, parted by ``|`` or tabs, the first of them the header.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus import fold
from qa.question.inquiry import Inquiry
from qa.texts import Reading

SURE = 0.9  # confidence in a cell
NAMED = 0.5  # how far a question must speak of a heading that it does not name whole
BY_HEAD = 0.8  # … where it says the noun at its end
BY_UNIT = 0.6  # … where it asks for its unit
_RULE = re.compile(r"[\s|:：—-]+")
_UNIT = re.compile(r"[(（](?P<unit>[^()（）]{1,8})[)）]")
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


def table_at(reading: Reading, sentence: int) -> list[Row]:
    """The lines of the table that a line is one of, the header first."""
    width = len(cells_of(reading, sentence))
    last = len(reading.document.sentences) - 1
    first = after = sentence
    while first > 0 and len(cells_of(reading, first - 1)) == width:
        first -= 1
    while after < last and len(cells_of(reading, after + 1)) == width:
        after += 1
    rows = (Row(number, cells_of(reading, number)) for number in range(first, after + 1))
    return [row for row in rows if not all(_RULE.fullmatch(cell) for cell in row.cells)]


def cells_of(reading: Reading, sentence: int) -> tuple[str, ...]:
    """The cells of a line, as the text writes them; none of a line that has but one."""
    text = reading.text(sentence).strip()
    parts = text.strip("|").split("|") if text.startswith("|") else text.split("\t")
    return tuple(part.strip() for part in parts) if len(parts) > 1 else ()


def speaks_of(inquiry: Inquiry, heading: str) -> float:
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
