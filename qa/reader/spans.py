"""Tidying a span: no half numbers, no half quotations, no marks at its edges."""

from __future__ import annotations

import re
from itertools import chain

# A number with what it counts, as far as a fixed list knows: 2500亿元, 46.8%, 1,200万人, 3月, 5届.
# A date's parts stay apart: who asks for the year wants 2016年 out of 2016年3月.
QUANTITY = re.compile(
    r"(?:[\d０-９]+(?:[.,．，][\d０-９]+)*)"
    r"\s?(?:[%％‰℃°]|[十百千万萬亿億兆]*(?:多|余|餘)?"
    r"(?:年代|世纪|世紀|周岁|年|月|日|号|時|时|分钟|分鐘|分|秒|小时|小時|天|周|週|个月|個月|岁|歲"
    r"|[亿億万萬千百]?(?:美元|日元|欧元|歐元|港元|人民币|元|块)|人次|人|名|位|家|个|個|只|隻|部|本|次|届|屆|项|項"
    r"|座|所|条|條|种|種|倍|票|集|首|层|層|支|台|辆|輛|艘|架|枚|篇|章|户|戶"
    r"|平方公里|平方千米|平方米|立方米|公里|千米|公尺|厘米|公分|毫米|米|海里|英里|英尺|公顷|公頃|亩|畝"
    r"|公斤|千克|克|吨|噸|磅|升|瓦|度)?)"
)
# … or a name of Latin letters and figures, or a number in Chinese: 5MB, IPX4, 一百四十六.
# Figures alone are no name (2016-2018), and of 唯一一家 or 周一二十人 the first is a word's end.
WHOLE = re.compile(
    r"(?=[\d.\-]*[A-Za-z])[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*"
    r"|(?<![唯统单专周期第初])(?!一一)[零〇一二两三四五六七八九十百千万亿]{2,}"
)
LONGEST_WHOLE = 16  # characters of such a name; what is longer is a sentence of another language
PAIRS = {"《": "》", "「": "」", "『": "』", "“": "”", "‘": "’", "（": "）", "(": ")", "〈": "〉"}
EDGE = " \t\r\n\u3000，。、；：！？,.;:!?"


def tidy(text: str, start: int, end: int) -> tuple[int, int]:
    """``text[start:end]`` with its edges put right; never empty when it was not.

    A number is completed with its digits and unit, an opened or closed bracket with its partner
    if that stands right outside, and marks at the edges go. Of a span over several lines, the
    longest stays: a heading and what is below it are no answer together.
    """
    start, end = _trim(text, *_line(text, start, end))
    before = max(start - 24, 0)
    for match in chain(QUANTITY.finditer(text, before), WHOLE.finditer(text, before)):
        a, b = match.span()
        if a >= end or (match.re is WHOLE and b - a > LONGEST_WHOLE):
            continue
        if a < start < b:
            start = a
        if a < end < b:
            end = b
    return _pair(text, *_trim(text, start, end))


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    best = (start, start)
    at = start
    for line in text[start:end].split("\n"):
        if len(line) > best[1] - best[0]:
            best = (at, at + len(line))
        at += len(line) + 1
    return best if best[1] > best[0] else (start, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    a, b = start, end
    while a < b and text[a] in EDGE:
        a += 1
    while b > a and text[b - 1] in EDGE:
        b -= 1
    return (a, b) if a < b else (start, end)


def _pair(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    for opening, closing in PAIRS.items():
        missing = inside.count(opening) - inside.count(closing)
        if missing == 1 and text.startswith(closing, end):
            return start, end + 1
        if missing == 1 and inside.startswith(opening) and len(inside) > 1:
            return start + 1, end
        if missing == -1 and start > 0 and text[start - 1] == opening:
            return start - 1, end
        if missing == -1 and inside.endswith(closing) and len(inside) > 1:
            return start, end - 1
    return start, end
