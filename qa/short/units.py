"""The unit that a question asks for, and the figures of a sentence that have it."""

from __future__ import annotations

import re

from qa.clause import clause
from qa.quantities import Quantity, quantities
from qa.question.inquiry import Inquiry, is_idle

_PEOPLE = re.compile(r"用户|会员|客户|消费者|员工|居民|读者|农户|商户|住户|家庭")
BESIDE = 6  # characters after a figure in which that stands which it counts
_HAS_NUMBER = re.compile(r"[\d零〇一二三四五六七八九十两半几]")
_ASKS_HOW_LONG = re.compile(r"多久|多长时间|(?:要|需要?|花)几(?:天|个?小时|分钟)")
_ASKS_HOW_OFTEN = re.compile(r"(?:多久|多长时间|几[天个月年周]{1,3})[^,，]{0,6}一次")
_HOW_OFTEN = re.compile(
    r"(?:[按每](?:\d+|[一二两三四五六半])?个?|逐)(?:季度?|月|年|周|星期|天|日|小时|学期|半年)(?:度)?(?:[一两二三\d]+次)?"
    r"|(?:\d+|[一二两三四五六七八九十半]+)个?(?:季度|月|年|周|星期|天|日|小时)(?=[^,，;；。]{0,4}[一1]次)"
)
_COUNTED = re.compile(r"(?:多少|几)(?P<unit>[\u4e00-\u9fff])")
# 几期, 几折, whatever the measure; behind 多少 mostly a noun stands: 多少部著作, but 多少部门.
_COUNTS_BY = re.compile(
    r"(?:(?<![第好])几|多少(?=[期集轮首幕]|部(?![门分委])|场(?![景所次地])))"
    r"(?P<by>(?![十百千万亿])[\u4e00-\u9fff])"
)
_MANY = r"(?<![第\d.零一二三四五六七八九十百千万两])(?:\d+|[一二三四五六七八九十百千万两]+)"
# What the words around 多少 say of the unit of the answer.
_UNITS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(question), re.compile(unit))
    for question, unit in (
        (r"份额|占比|比例|比重|占有率|市占|百分|几成|[率占]|几个点", r"%|成|倍|个百分点"),
        (
            r"钱|金额|贷款|元|工资|薪|待遇|报酬|[租押定罚奖]金|资金|资本|资产|收入|营收|利润|价|费|投资|额|款|估值|市值",
            r"元|块|人民币|币|欧|镑",
        ),
        (r"多少人|几人|人数|用户|会员|客户|消费者|员工(?!资)|居民|读者|户", r"人|名|位|户|人次|$"),
        (
            r"多久|多长时间|几天|几年|期限|时长|期(?=多长|是|有)",
            r"个(?:半)?月|个小时|个星期|个季度|个?工作日|个自然日|天|日|年|月|小时|分钟|秒|周|毫秒",
        ),
        (
            r"多高|多长|多远|多宽|多深|多厚|[长高宽深厚]度|里程|距离|(?:多少|几)(?:公里|千米|厘米|毫米|米)",
            r"米|公里|千米|厘米|毫米|m|km|cm|mm",
        ),
        (
            r"多重|重量|(?:多少|几)(?:吨|公斤|千克|毫克|克|斤)",
            r"公?吨|公斤|千克|毫?克|斤|kg|g|mg|t",
        ),
        (r"(?:多少|几)(?:毫升|升(?!级))", r"毫升|升|m[lL]"),
        (r"面积|(?<![率量度压流力距径声])多大", r"平方|亩|公顷|元|"),
    )
)


def other_unit(question: str, sentence: str) -> bool:
    """Whether folded ``question`` asks for a unit that no figure of ``sentence`` has."""
    unit = _unit_asked(question)
    return unit is not None and not any(
        (one.unit and unit.match(one.unit)) or _counts_people(question, sentence, one)
        for one in quantities(sentence)
    )


def _unit_asked(question: str) -> re.Pattern[str] | None:
    """What units a question allows: of 「慢船的钱，要多久」 those of a time."""
    last, found = -1, None
    for cue, unit in _UNITS:
        for one in cue.finditer(question):
            if one.start() > last and (found is None or question[last : one.start()].count(",")):
                last, found = one.start(), unit
    return found


def _counts_people(question: str, sentence: str, one: Quantity) -> bool:
    """「超过2亿|注册会员」, where 多少会员 are asked for: a figure without a unit."""
    people = _PEOPLE.search(sentence, one.end, one.end + BESIDE)
    return one.unit in {"", "个"} and people is not None and people[0] in question


def is_bare_unit(words: str) -> bool:
    """Whether folded ``words`` are a unit without its figure, as in the head of a table: 万元."""
    found = quantities(f"1{words}")
    whole = bool(found) and (found[0].start, found[0].end) == (0, len(words) + 1)
    return whole and not _HAS_NUMBER.search(words)


def how_often(inquiry: Inquiry, sentence: str) -> list[Quantity]:
    """「租金多久付一次」: 按季度, where a clause of a folded sentence says it of the thing.

    None elsewhere: 「滤芯12个月更换,每年保养2次」.
    """
    if not _ASKS_HOW_OFTEN.search(inquiry.text):
        return []
    words = [key for key in inquiry.keys if not is_idle(key.word) and key.word in sentence]
    words = [key for key in words if not key.word.endswith("次")]
    things = [key.word for key in words if key.names] or [key.word for key in words]
    return [
        Quantity(*one.span(), 0.0, "次")
        for one in _HOW_OFTEN.finditer(sentence)
        if any(word in clause(sentence, one.start()) for word in things)
    ]


def of_unit(question: str, sentence: str, found: list[Quantity]) -> list[Quantity]:
    """Those figures of a folded sentence whose unit is asked for; all when none has it."""
    unit = _unit_asked(question)
    if unit is not None:
        fitting = [
            one
            for one in found
            if unit.fullmatch(one.unit)
            or (one.unit and unit.match(one.unit))
            or _counts_people(question, sentence, one)
        ]
        if fitting or _ASKS_HOW_LONG.search(question):
            return fitting
    asked_after = _COUNTED.search(question)
    if asked_after:
        fitting = [one for one in found if one.unit == asked_after["unit"]]
        if fitting:
            return fitting
    return found


def counted_by(question: str, sentence: str) -> list[Quantity]:
    """「分几期付款」: the figures of a folded sentence before that measure, if it is rare."""
    by = _COUNTS_BY.search(question)
    if by is None or any(one.unit for one in quantities(f"1{question[by.start('by') :]}")):
        return []  # 几|分钟, 几|千元
    counted = re.finditer(rf"{_MANY}{by['by']}", sentence)
    return [Quantity(*one.span(), 0.0, by["by"]) for one in counted]
