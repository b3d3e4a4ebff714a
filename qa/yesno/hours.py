"""Whether a place is open on a day of the week: 「周一开门吗」, of 周二至周日开放，周一闭馆."""

from __future__ import annotations

import re
from typing import Literal

_WEEK = "一二三四五六日"
_DAYS = re.compile(
    r"(?:周|星期|礼拜)(?P<first>[一二三四五六日天])"
    r"(?:[至到~～—–-]+(?:周|星期|礼拜)?(?P<last>[一二三四五六日天]))?"
)
_WEEKEND = re.compile("周末|双休日")
_OPENS = re.compile(r"开门|开放|开馆|开园|开着|营业|上班|接待")
_CLOSED = re.compile(
    r"闭馆|闭园|休馆|休息|关门|关闭|歇业|停业|闭店|放假|不(?:对外)?(?:开|营业|上班|接待)"
)
_HOURS = re.compile(r"\d[:：点时]|营业时间|开放时间|办公时间|工作时间")


def open_on(question: str, sentence: str) -> Literal["是", "否"] | None:
    """What a folded sentence says to a folded question whether a place is open on some day.

    None where no day of the week is asked about, or the sentence tells no days.
    """
    asked = _days(question)
    if not asked or not _OPENS.search(question) or _CLOSED.search(question):
        return None
    told = False
    for clause in re.split(r"[,，;；。]", sentence):
        days = _days(clause)
        closed = bool(_CLOSED.search(clause))
        opens = not closed and bool(_OPENS.search(clause) or _HOURS.search(clause))
        if asked <= days and (closed or opens):
            return "否" if closed else "是"
        if asked & days:
            return None  # one of two days
        told = told or (bool(days) and opens)
    return "否" if told else None


def _days(text: str) -> set[int]:
    """The days of the week that a text names, 0 for Monday; of a range all."""
    found = {5, 6} if _WEEKEND.search(text) else set()
    for one in _DAYS.finditer(text):
        first, last = _number(one["first"]), _number(one["last"] or one["first"])
        found |= {day % 7 for day in range(first, last + 1 if last >= first else last + 8)}
    return found


def _number(day: str) -> int:
    return _WEEK.index(day.replace("天", "日"))
