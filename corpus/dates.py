"""The day a text was published, as its own lines or its markup write it."""

from __future__ import annotations

import datetime
import re

DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[ \t]*[-/.年][ \t]*(?P<m>\d{1,2})[ \t]*[-/.月]"
    r"[ \t]*(?P<d>\d{1,2})(?!\d)日?"
)
_CJK_DATE = re.compile(
    r"(?P<y>[一二][〇零○Ｏ一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,2})月"
    r"(?P<d>[一二三四五六七八九十]{1,3})日"
)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)$")
_LABEL = re.compile(
    r"(?:时间|時間|日期|发布|發布|发表|發表|更新|编辑于|published|posted|updated|date)\s*(?:于|於|on|at)?\s*[:：]?",
    re.I,
)
_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_DIGITS |= {"○": "0", "Ｏ": "0"}


def iso(text: str) -> str:
    """The first date in ``text`` as ``2022-10-19``; "" without a possible one."""
    for pattern in (DATE, _CJK_DATE, _COMPACT):
        for match in pattern.finditer(text):
            try:
                return datetime.date(*map(_number, match.group("y", "m", "d"))).isoformat()
            except ValueError:
                continue
    return ""


def is_date_line(line: str) -> bool:
    """Whether ``line`` is there to say when: a date alone, one with a label, or a byline."""
    if len(line) > 80 or not iso(line):
        return False
    rest = _CJK_DATE.sub("", DATE.sub("", line))
    if _LABEL.search(line) and len(rest) <= 60 and not rest.rstrip().endswith(("。", "！", "？")):
        return True
    rest = re.sub(r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?|星期.|周.|[\s（）()\[\]|/·,，]", "", rest)
    if not rest:
        return True
    return bool(re.match(r"(?:来源|來源|作者|编辑|編輯|记者|記者|阅读|浏览|点击|by)", rest, re.I))


def _number(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    if len(numeral) == 4:
        return int("".join(_DIGITS[char] for char in numeral))
    if "十" in numeral:
        tens, ones = numeral.split("十", 1)
        return int(_DIGITS[tens] if tens else "1") * 10 + int(_DIGITS[ones] if ones else "0")
    return int(_DIGITS[numeral])
