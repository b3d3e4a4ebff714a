"""Numbers with their units, and dates, as they are written in Chinese text.

Spans take in what belongs to the number (2亿多, 46.8%, 10多万, 1500个) and leave out what only
leads to it (约, 超过, 仅占).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWER = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "兆": 10**12}
_CN = "零〇一二三四五六七八九十百千万亿两"

_MEASURES = (
    "个百分点|个(?:半)?月|个小时|个季度|个星期|人民币|平方公里|平方千米|平方米|平米|立方米|千瓦时|千卡|千焦|大卡|卡路里|个工作日|个自然日|工作日|小时|分钟|公里|千米|公斤|千克|毫米|厘米|毫秒|"
    "分贝|公吨|毫升|毫安|千瓦|瓦|伏|赫兹|美元|港元|新台币|台币|日元|欧元|英镑|欧|块钱|银元|元|角|人次|人|个|家|件|项|种|类|次|倍|周岁|岁|名|位|条|台|辆|套|本|册|篇|份|户|间|座|所|支|"
    "具|艘|笔|例|杆|张|票|级|层|楼|吨|克|米|秒|周(?!岁)|天|日|年|月|点|号|亩|公顷|升|度|股|款|站|列|头|只|棵|株|枚|幅|卷|页|字|行|"
    "GB|MB|KB|TB|kWh|kW|mAh|kV|V(?![a-z0-9])|Wh|W|mL|ml|dB|GHz|MHz|Hz|kg|km|cm|mm|ms|m|g|t|QPS|qps|℃|°C|万元"
)
# … and with digits alone: 三包, 一把 and 一片 are words.
_SMALL = (
    "汤匙|茶匙|大勺|小勺|勺|匙|片|根|小段|瓣|颗|粒|撮|杯|碗|盒|袋|瓶|罐|包|滴|毫克|微克|转|组|桶|箱|班|趟|课时|学分|桌|扇|双|盏|节|块(?!钱)|"
    "kPa|MPa|Pa|mg"
)
# 3 862: GB/T 15835 groups digits by spaces.
# … but in iPhone 15 128GB and 400 800 1234 they part numbers.
_ARABIC = (
    r"(?:(?<!\d)(?<![A-Za-z] )\d{1,3}(?: \d{3}){1,2}(?! ?[\dA-Za-z])|\d+(?:,\d{3})*)(?:\.\d+)?"
)
_NUMBER = re.compile(
    rf"(?P<number>{_ARABIC})(?P<more>[多余几])?(?P<power>(?:千(?![卡焦])|[十百万亿兆])*)(?P<more2>[多余])?"
    rf"(?P<unit>%|％|‰|{_MEASURES}|{_SMALL})?(?P<unit2>人民币|美元)?(?P<more3>[多余])?"
    rf"|(?P<percent>(?P<of>[十百千万亿]+)分之[{_CN}]+(?:点[{_CN}]+)?)"
    rf"|(?P<cn>[{_CN}]+(?:点[{_CN}]+)?)(?P<cnmore>[多余几])?(?P<cnunit>{_MEASURES}|大|成|届|(?<=[十百千万])块|(?:(?<=[一二两三四五六七八九十百][万亿])|(?<=[一二两三四五六七八九]千[万亿]))(?!分之))",
    re.IGNORECASE,  # 860w, folded
)
_YEAR = (
    r"(?:1[0-9]|2[01])\d{2}年|[〇零一二三四五六七八九○]{4}年"
    r"|民[国國][\d一二三四五六七八九十]{1,4}年"
)
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九正腊])月(?:份)?"
_DAY = r"(?:[12]\d|3[01]|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号號]"
_DATE = re.compile(
    rf"(?:{_YEAR})(?:第?[一二三四1-4]季度|[上下]半年|[初底末]|中(?![国央华东西小外超考标秋心科文])|(?:{_MONTH})(?:(?:{_DAY})|[初底末中旬上下]{{1,2}})?)?"
    rf"|(?:同年|次年|翌年|当年|去年|今年|前年|明年)(?:(?:{_MONTH})(?:{_DAY})?|[初底末]|[春夏秋冬](?:季|天)?)?"
    rf"|(?:{_MONTH})(?:(?:{_DAY})|[初底末中旬]{{1,2}})?"
    rf"|(?:每季度?|次|当|首|末)(?:首|末|个)?月(?:{_DAY}|[初底末中旬上下]{{1,2}})"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}[-/]\d{1,2}(?!\d)"
    r"|(?<!\d)(?:[12]\d|3[01]|[1-9])日(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上?|夜间|深夜)?\d{1,2}[时点](?:\d{1,2}分|半)?"
    r"|(?:周|星期|礼拜)[一二三四五六日天](?:[至到、和及~—-]?(?:周|星期|礼拜)[一二三四五六日天])*|(?:上午|下午|凌晨|晚上?|早上?)?\d{1,2}[:：]\d{2}"
    r"|(?:上午|下午|凌晨|晚上?|早上?|中午)[\d一二三四五六七八九十两]{1,3}[点时點](?:半|\d{1,2}分)?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text, by offsets into it."""

    start: int
    end: int
    value: float
    unit: str  # "" when the number stands alone; "%" for every way of writing a percentage


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or time of day in a text, by offsets into it."""

    start: int
    end: int
    order: tuple[int, int, int]  # year, month, day; 0 where the text does not say


def quantities(text: str) -> list[Quantity]:
    """Every number of folded ``text`` that is not part of a date, left to right."""
    taken = [(one.start, one.end) for one in moments(text)]
    found = []
    for match in _NUMBER.finditer(text):
        inside = any(start <= match.start() < end for start, end in taken)
        # What follows a letter or a point is part of a name or version; after a hyphen it is only
        # when no number stands before it: 5-10 is a range, E-10 is not.
        glued = re.search(r"(?:[A-Za-z._/]|(?<!\d)-)$", text[: match.start()])
        if inside or (glued and match["number"]):
            continue
        found.append(_quantity(match))
    return found


def _quantity(match: re.Match[str]) -> Quantity:
    start, end = match.span()
    if match["number"]:
        value = float(re.sub("[, ]", "", match["number"]))
        for power in match["power"] or "":
            value *= _POWER[power]
        unit = match["unit"] or ""
        unit = "%" if unit in {"%", "％"} else unit
        return Quantity(start, end, value, unit or (match["unit2"] or ""))
    if match["percent"]:
        hundredths = 100 / chinese_number(match["of"])
        return Quantity(
            start, end, chinese_number(match["percent"].partition("之")[2]) * hundredths, "%"
        )
    words = match["cn"]
    return Quantity(start, end, chinese_number(words), match["cnunit"])


def chinese_number(words: str) -> float:
    """一百二十三 → 123, 二点五 → 2.5, 二〇一六 → 2016, 两亿 → 200000000."""
    whole, _, decimals = words.partition("点")
    total, section, digit = 0, 0, 0
    if all(char in _DIGIT for char in whole) and len(whole) > 1:
        total = int("".join(str(_DIGIT[char]) for char in whole))
    else:
        for char in whole:
            if char in _DIGIT:
                digit = _DIGIT[char]
            elif _POWER[char] >= 10_000:
                below = (section + digit) or 1
                # 一万亿 multiplies what stands before it, 一亿二千万 adds to it.
                raised = total > 0 and section + digit == 0
                total = total * _POWER[char] if raised else total + below * _POWER[char]
                section = digit = 0
            else:
                section += (digit or 1) * _POWER[char]
                digit = 0
        total += section + digit
    fraction = "".join(str(_DIGIT[char]) for char in decimals if char in _DIGIT)
    return float(f"{total}.{fraction}") if fraction else float(total)


def _year(digits: str) -> int:
    """2016, 二〇一六; 民国23 is 1934."""
    republic = re.match(r"民[国國](.+)", digits)
    number = republic[1] if republic else digits
    year = int(number) if number.isdigit() else int(chinese_number(number.replace("○", "〇")))
    return 1911 + year if republic else year


def moments(text: str) -> list[Moment]:
    """Every date of folded ``text``, left to right; 同年7月 takes the year named before it."""
    found = []
    year = 0
    for match in _DATE.finditer(text):
        written = match[0]
        own = re.match(rf"(?:{_YEAR})|\d{{4}}(?=[-/.])", written)
        if own:
            digits = own[0].rstrip("年")
            year = _year(digits)
        elif year and re.match(r"次年|翌年", written):
            year += 1
        parts = re.findall(r"(\d{1,2}|[一二三四五六七八九十]{1,3})([月日号])", written)
        numbers = [int(part) if part.isdigit() else int(chinese_number(part)) for part, _ in parts]
        if parts and parts[0][1] != "月":  # 次月15日
            numbers = [0, *numbers]
        dashed = re.match(r"\d{4}[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", written)
        if dashed:
            numbers = [int(part) for part in dashed.groups() if part]
        month, day = ([*numbers, 0, 0])[:2]
        found.append(Moment(match.start(), match.end(), (year, month, day)))
    return found
