"""The numbers in front of headings and items: 第二章, 一、, （一）, 1., (1), 2.1, ①."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CJK = "[〇零一二三四五六七八九十百两]+"
_COUNT = rf"(?P<n>{_CJK}|\d{{1,3}})"
# A label in words must be set off from what follows; 第一章讲述了… is a sentence.
_SET_OFF = r"(?:[ \t\u3000]+|[：:、][ \t\u3000]*|$)"

_SCHEMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("第编", rf"第{_COUNT}(?:[编編篇卷部]|部分){_SET_OFF}"),
        ("第章", rf"第{_COUNT}[章回讲講]{_SET_OFF}"),
        ("第节", rf"第{_COUNT}[节節课課]{_SET_OFF}"),
        ("第条", rf"第{_COUNT}[条條]{_SET_OFF}"),
        ("一、", rf"(?P<n>{_CJK})[、．.][ \t\u3000]*(?!{_CJK}[、，,])"),  # not 一、二、三，开始
        ("（一）", rf"[（(](?P<n>{_CJK})[）)][、]?[ \t\u3000]*"),
        ("[1]", r"\[(?P<n>\d{1,3})\][ \t\u3000]*"),
        ("(1)", r"[（(](?P<n>\d{1,3})[）)][、.]?[ \t\u3000]*"),
        ("1)", r"(?P<n>\d{1,3})[）)][、.]?[ \t\u3000]*"),
        ("1、", r"(?P<n>\d{1,3})、[ \t\u3000]*"),
        ("1.1.1", r"(?:\d{1,2}[.．]){2,4}(?P<n>\d{1,2})[.．、]?(?:[ \t\u3000]+|(?=[^\x00-\x7f]))"),
        ("1.1", r"\d{1,2}[.．](?P<n>\d{1,2})[、.．]?(?:[ \t\u3000]+|(?=[\u4e00-\u9fff]))"),
        ("01", r"(?P<n>0\d)[ \t\u3000.、．]+(?=\D)"),
        ("1.", r"(?P<n>\d{1,3})[.．](?![\d])[ \t\u3000]*"),
        ("①", r"(?P<n>[①-⑳])[、.]?[ \t\u3000]*"),
        ("I.", r"(?P<n>[IVX]{1,5}|[Ⅰ-Ⅻ])[.、．][ \t\u3000]*"),
        ("A.", r"(?P<n>[A-Z])[.、．)）][ \t\u3000]*(?=[^\x00-\x7f])"),
        ("【】", r"【(?=[^【】]{1,30}】$)"),
    )
)
_BARE = re.compile(r"(?P<n>\d{1,2})[ \t\u3000]+(?=\S)")  # "2 主要结果": only where it is a heading

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Label:
    """A number in front of a line."""

    scheme: str
    number: int  # 0 where the scheme has none
    text: str  # as written, without white space around
    length: int  # of the label and the white space behind it


def find_label(text: str, *, heading: bool = False) -> Label | None:
    """The label ``text`` begins with. ``heading``: markup calls it one, so a bare number is it."""
    for scheme, pattern in _SCHEMES:
        match = pattern.match(text)
        if match:
            number = 0 if scheme == "【】" else _value(match["n"])
            label = "" if scheme == "【】" else match[0].strip()
            return Label(scheme, number, label, match.end())
    match = _BARE.match(text) if heading else None
    return Label("1.", int(match["n"]), match["n"], match.end()) if match else None


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    if "Ⅰ" <= numeral <= "Ⅻ":
        return ord(numeral) - ord("Ⅰ") + 1
    if numeral.isascii() and set(numeral) <= set("IVX"):
        values = [{"I": 1, "V": 5, "X": 10}[char] for char in numeral]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(-one if one < after else one for one, after in pairs)
    if numeral.isascii():
        return ord(numeral) - ord("A") + 1
    total, current = 0, 0
    for char in numeral:
        if char in "十百":
            total += (current or 1) * (10 if char == "十" else 100)
            current = 0
        else:
            current = current * 10 + _DIGITS[char]
    return total + current
