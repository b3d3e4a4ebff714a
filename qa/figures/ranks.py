"""Who is first, second or last of those whose figures a sentence gives one after another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.compose import Draft, Part
from qa.figures.compare import several, sides
from qa.quantities import Quantity, quantities
from qa.question.inquiry import Inquiry
from qa.search.rank import Sight
from qa.texts import Place, Texts

_ASKS = re.compile(r"谁|哪(?:一)?[家个款种项类方块座支]|(?:叫|是)(?:什么|啥)")
# 「1%是谁的份额」 「占33.7%的是哪家」
_WHOSE = re.compile(r"\d[^,，]{0,8}(?:是|属于)(?:谁|哪(?:一)?[家个])")
_SEVERAL = re.compile(r"前[二三两几]|哪[些几两二三]|[两二三几][家个]|分别|各")
_NUMERAL = "二三四五六七八九"
FIRST = re.compile(
    r"最(?:大|高|多|强|长|贵|重|快|久|吵|厚|远|晚)|老大|龙头|(?<!数)第一(?=$|名|位|[大高多]|的?(?:是|[,，]))|居首|榜首|头名"
)
LAST = re.compile(r"最(?:小|低|少|短|便宜|轻|慢|弱)|垫底|末位|最后一名|倒数第一|最末")
_NTH = re.compile(
    rf"(?P<back>倒数)?第(?P<n>[{_NUMERAL}2-9])(?=$|名|位|[大高多小低少]|的?(?:是|[,，]))|老(?P<old>[{_NUMERAL}])(?=$|是|的)"
)
# A place among several, in a question or a follow-up.
PLACE = (
    rf"(?:排名?|位居|位列)?(?:{FIRST.pattern}|{LAST.pattern}"
    rf"|第[{_NUMERAL}2-9](?:名|位|[大高多小低少])|老[{_NUMERAL}])"
)
_RIGHT_AFTER = re.compile(
    r"(?:仅?次于|紧随|紧跟|排在)(?P<name>[^,，的]{2,10}?)(?:之后|后面|后)?(?=$|的|是|[,，])"
)
_CLAUSE = re.compile(r"[^,，;；。、:：]+")
# What stands between a name and its figure: 市场份额|为, 仅|占, 达到.
_JOINT = re.compile(
    r"(?:分别|大约|达到?|仅仅?|只|约|近|占比?|为|是|有|至|到|超过?|超|突破|高达|的|以|卖出?|收入)$"
)
_LEADING = re.compile(r"^(?:其中|而且?|和|及|以及|则|另外|此外|当年|据统计)+")
_OF = re.compile(
    r"的?(?:(?:市场|全年|年度?|净|总|毛|平均|累计|销售|交易|营业|用户|员工)*(?:份额|占有率|占比|比例|规模|收入|营收|利润|金额|总额|数量|人数|[率额量价值费]))$"
)
_SHARE = re.compile(r"份额|占比|占有率|市占|比例|比重|几成|百分")
_ASPECT = re.compile(r"(?:份额|占有率|占比|规模|收入|营收|利润|金额|人数|[率额量价费])$")
LOOKED_AT = 4  # best candidates whose sentences are looked through
LONGEST = 12  # characters of a name


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of those a sentence gives figures of."""

    name: str
    figure: Quantity  # by offsets into its clause


def placed_by_figure(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The one that has the place asked for, by the figures that one sentence gives of several.

    None where no such place is asked for, where a better sentence says itself who has it, and
    where no sentence of the best gives such figures of as many as the place needs.
    """
    text = inquiry.text
    held = several(text) or sides(text) or ()
    if not _ASKS.search(text) or _SEVERAL.search(text):
        return None
    given = [one for one in quantities(text) if one.unit] if _WHOSE.search(text) else []
    if not given and not any(cue.search(text) for cue in (FIRST, LAST, _NTH, _RIGHT_AFTER)):
        return None
    for candidate in sight.candidates[:LOOKED_AT]:
        reading = texts.reading(candidate.place.document)
        plain = reading.plain(candidate.place.sentence)
        found = series(plain)
        if held and all(any(one.name in side for one in found) for side in held):
            return None  # those to choose from are named: ``qa.figures.compare``
        if given:
            chosen = _with_figure(given[0], found)
        else:
            chosen = _at_place(text, found) if _is_meant(inquiry, plain, found) else None
        if chosen is not None:
            part = Part(reading.text(candidate.place.sentence), (candidate.place,))
            at = plain.find(chosen.name)
            short = part.text[at : at + len(chosen.name)]
            scores: tuple[tuple[Place, float], ...] = ((candidate.place, candidate.score),)
            return Draft((part,), short, confidence=candidate.score, scores=scores, placed=True)
        if FIRST.search(plain) or LAST.search(plain):
            return None
    return None


def series(plain: str) -> list[Ranked]:
    """Those whose figures of one unit follow each other in a folded sentence, one in a clause."""
    best: list[Ranked] = []
    run: list[Ranked] = []
    for clause in _CLAUSE.finditer(plain):
        one = _named(clause[0])
        if one is None or (run and run[0].figure.unit != one.figure.unit):
            run = []
        if one is not None:
            run = [*run, one]
        if len(run) > len(best):
            best = run
    names = [one.name for one in best]
    apart = len(set(names)) == len(names)
    return best if len(best) > 1 and apart else []


def _named(clause: str) -> Ranked | None:
    """「其中支付宝市场份额为52.3%」: 支付宝 and its figure; None where a clause gives no such."""
    figures = [one for one in quantities(clause) if one.unit]
    if not figures:
        return None
    figure = figures[-1]
    name = _LEADING.sub("", clause[: figure.start])
    while (shorter := _OF.sub("", _JOINT.sub("", name))) != name:
        name = shorter
    if not 2 <= len(name) <= LONGEST or quantities(name):
        return None
    return Ranked(name, figure)


def _is_meant(inquiry: Inquiry, plain: str, found: list[Ranked]) -> bool:
    """Whether what the figures are of is what is asked about."""
    if not found:
        return False
    share = found[0].figure.unit == "%"
    aspects = [key.word for key in inquiry.keys if _ASPECT.search(key.word)]
    if any(year not in plain for year in inquiry.years):
        return False
    said = all(word in plain or (share and _SHARE.search(word)) for word in aspects)
    others = [key for key in inquiry.keys if key.names and key.word not in aspects]
    spoken = [key for key in others if key.word in plain]
    return said and bool(aspects or spoken) and 2 * len(spoken) >= len(others) - 1


def _with_figure(given: Quantity, found: list[Ranked]) -> Ranked | None:
    """「1%是谁的份额」: the one that has that figure."""
    same = [
        one for one in found if one.figure.value == given.value and one.figure.unit == given.unit
    ]
    return same[0] if len(same) == 1 else None


def _at_place(text: str, found: list[Ranked]) -> Ranked | None:
    ordered = sorted(found, key=lambda one: -one.figure.value)
    values = [one.figure.value for one in ordered]
    after = _RIGHT_AFTER.search(text)
    nth = _NTH.search(text)
    if after:
        known = [at for at, one in enumerate(ordered) if one.name in after["name"]]
        at = known[0] + 1 if known else len(ordered)
    elif nth:
        numeral = nth["n"] or nth["old"]
        number = int(numeral) if numeral.isdigit() else _NUMERAL.index(numeral) + 2
        at = len(ordered) - number if nth["back"] else number - 1
    else:
        at = len(ordered) - 1 if LAST.search(text) else 0
    if not 0 <= at < len(ordered) or values.count(values[at]) > 1:
        return None
    return ordered[at]
