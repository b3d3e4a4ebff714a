"""Which of two named things has the larger (earlier, …) figure, when the text gives both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from qa.clause import clause
from qa.quantities import moments, quantities
from qa.question.inquiry import Inquiry
from qa.search.retrieve import Candidate, coverage
from qa.search.windows import Found
from qa.texts import Place, Texts

_PAIR = re.compile(
    r"(?P<a>[^,，。？?!！:：、]{2,20}?)(?:和|与|跟|同|及|、|还是|,|，|比|相比于?|相较于?|对比|超过|高于|低于|大于|小于|多于|少于|早于|晚于)(?P<b>[^,，。？?!！:：、]{2,20}?)"
    r"(?=相比|相较|比较|比起来|之间|之中|中|里|两者|二者|,|，|:|：|谁|何者|哪|更|比|在|\d{4}年|$"
    # 财付通|的市场份额, but 老顾修的白石堰
    r"|的(?=[^,，。？?的]{0,6}(?:[率额量度数比价费龄期重高长速值积容力]|份额|规模|收入|利润|时间|成本|人数|水平"
    r"|区别|差别|差异|差距|不同|关系)))"
)
# 「按时间顺序，」, 「就规模而言，」: by what they are compared.
_BY_WHAT = re.compile(r"(?:按照?|就|论|从|依照?|以)[^,，、和与跟]{2,12}[,，]")
# 「甲、乙、丙(三台)当中哪台最…」
_BETWEEN = re.compile(r"[、和与及跟]|还是")
_SEVERAL = re.compile(
    r"(?P<names>[^,，。？?!！:：、的]{2,12}(?:(?:、|[和与及跟]|还是)[^,，。？?!！:：、的]{2,12}?){2,})"
    r"(?:这?[三四五六几][个家台款种条座只]|当中|之中|中|里|[,，]|[谁哪]).*最"
)
_THAN = re.compile(r"(?<=..)(?:更|还|要)?(?:[大高多强早晚小低少快慢长短贵]|便宜)$")
MOST = 6  # figures of a side that are tried together with those of the others
# 「先有供应链金融还是先有众筹」
_DONE = "(?:有|做|推出|出|上线|成立|开展|搞)(?:了|的)?"
_FIRST_OF = re.compile(rf"先{_DONE}(?P<a>[^,，]{{2,12}}?)[,，]?还是先{_DONE}(?P<b>[^,，]{{2,12}})$")
# A comparison that is asked to be confirmed: 「京东支付的份额是不是比财付通高」.
IS_COMPARED = re.compile(r"比|高于|低于|大于|小于|多于|少于|早于|晚于|超过")
# Two things held against each other, whatever is asked of them.
IS_CONTRAST = re.compile(r"相比|相较|比起来|对比")
_SMALL = re.compile(r"小|低|少|短|轻|便宜|慢|弱|落后|差")
_EARLY = re.compile(r"早|先|在前|靠前")
_LATE = re.compile(r"晚|后|(?<!延)迟|在后|靠后")
_TITLE = re.compile(r"《[^《》]*》")
_OF = re.compile(r"(?<=..)的[^的]{2,}$")
# How far apart they are is asked for, not which of them is ahead: no arithmetic is done.
IS_DIFFERENCE = re.compile(
    r"相差|差距|差(?:了)?多少|(?:高|多|低|少|早|晚|快|慢)(?:出|了)?多少"
    r"|比[^,，]{1,12}[大高多早晚小低少快慢长短贵](?:了|出)?(?:多少|几)"
)
# What one thing has more of than another: 毛利率, 产量, 票价, 份额, but no thing itself.
_ASPECT = re.compile(
    r"(?:[率额量度数比价费龄期重高长速值积容力]|份额|规模|收入|利润|时间|成本|人数|水平)$"
)
_TIME = re.compile(r"天|日|年|月|小时|分钟|秒|周|毫秒|个(?:半)?月|个小时|个星期|个季度")
_PIECE = re.compile(r"[^、，,；;。]+")
_YEARS = re.compile(r"(?:19|20)\d\d年?")
# What stands around the one thing or the other in such a question.
_TRIMMED = re.compile(r"^(?:是?(?:给|为|面向|针对|服务于?|卖给|属于|靠))|(?:用|使用|服务|准备)?的$")
_WAYS = re.compile(
    r"(?P<a>(?:上|增)?[涨升增加多高]+|下?[跌降减少低滑]+)(?:了|的)?(?:还是|或者?)(?:是)?(?P<b>(?:上|增)?[涨升增加多高]+|下?[跌降减少低滑]+)(?:了|的)?(?:呢|啊)?$"
)
_UP = re.compile(r"[涨升增]|提高|走高|攀高")
_DOWN = re.compile(r"[跌降减]|下滑|走低|缩水")
_MOVED = re.compile(rf"{_UP.pattern}|{_DOWN.pattern}")
_CLAUSE = re.compile(r"[^,，;；。]+")
_NEAR = 24  # characters between a name and its figure
_FAR = 80  # … where its clause speaks of what is asked
SAID = 0.99  # share of what is asked that such a clause must speak of
_FIGURES = 2  # figures looked at after a name


@dataclass(frozen=True, slots=True)
class Figure:
    """What the text says of one side, comparable with others of its unit."""

    name: str  # as the question writes it
    value: tuple[float, ...]
    unit: str
    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures, in the order the question names what they are of, and the name that answers."""

    winner: str
    figures: tuple[Figure, ...]


def sides(text: str) -> tuple[str, str] | None:
    """The two things a folded question compares."""
    first_of = _FIRST_OF.search(text)
    if first_of:
        return first_of["a"], first_of["b"]
    measure = _BY_WHAT.match(text)
    match = _PAIR.search(text, measure.end() if measure else 0) or _PAIR.search(text)
    if not match:
        return None
    trim = re.compile(
        r"^(?:请问|想知道|\d{4}年|在|就|按|从|论|.{0,10}的?是(?=..))+|(?:更|还|要)?[大高多强早晚小低少快慢](?:吗|么|不)$|(?:了)?(?:吗|么|嘛|没有|没|不)$|(?:相比|比较|比起来|之间|两者|二者|这?(?:俩|两(?:个|家|样|种|项|款)))+$"
    )
    first, second = _bare(trim.sub("", match["a"]), trim.sub("", match["b"]))
    if "还是" in match[0] and len(first) > len(second) + 2:  # 「京东白条面向|个人|还是企业」
        first = first[-len(second) :]
    if text[match.end("a") : match.start("b")] == "比":  # 「…比财付通低，对吗」
        second = _THAN.sub("", second)
    if _is_figure(second):  # 「份额超过30%」 compares with a figure, not with a thing
        return None
    return (first, second) if len(first) >= 2 and len(second) >= 2 else None


def _is_figure(text: str) -> bool:
    """Whether a side is a number with its unit, and no name that has one in it (3号线)."""
    bare = re.sub(r"(?:以上|以下|左右|了)+$", "", text)
    return any(one.start == 0 and one.end == len(bare) for one in quantities(bare))


def _bare(first: str, second: str) -> tuple[str, str]:
    """Both names without what is compared of them (甲|的份额) or whose they are (京东的|众筹)."""
    found = _OF.search(first)
    if found is None:
        other = _OF.search(second)
        return first, other[0][1:] if other and not _ASPECT.search(other[0]) else second
    said = found[0][1:]
    if second.endswith(found[0]):
        return first[: found.start()], second[: -len(found[0])]
    if _ASPECT.search(said):
        return first[: found.start()], second
    return said, second


def several(text: str) -> tuple[str, ...]:
    """The three things or more that a folded question names to choose one from, or none."""
    match = _SEVERAL.search(text)
    if match is None:
        return ()
    return tuple(one for one in _BETWEEN.split(match["names"]) if one)


def compare(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Comparison | None:
    """All sides' figures of one unit, from the best sentences; None when one is missing.

    Of two things they may stand apart; those of three and more are given together.
    """
    named: tuple[str, ...] = several(inquiry.text) or sides(inquiry.text) or ()
    if not named:
        return None
    asked = inquiry.text
    for name in named:  # 小吃 is not small
        asked = asked.replace(name, "□")
    by_time = bool(_EARLY.search(asked) or _LATE.search(asked))
    figures = [
        list(_figures(texts, inquiry, name, [n for n in named if n != name], candidates, by_time))
        for name in named
    ]
    alike = [
        group
        for group in product(*(sorted(own, key=_score, reverse=True)[:MOST] for own in figures))
        if len({one.unit for one in group}) == 1
        and len({one.value for one in group}) > 1
        and (len(group) == 2 or len({one.place for one in group}) == 1)
    ]
    if not alike:
        return None
    chosen = max(alike, key=_together)
    unit = chosen[0].unit
    least = bool(_EARLY.search(asked)) if by_time else _wants_least(asked, unit)
    ordered = sorted(chosen, key=lambda figure: figure.value)
    return Comparison(ordered[0 if least else -1].name, chosen)


def _score(figure: Figure) -> float:
    return figure.score


def _together(figures: tuple[Figure, ...]) -> float:
    """How well figures fit, better so where they stand in one sentence."""
    return sum(map(_score, figures)) + 0.3 * (len({one.place for one in figures}) == 1)


def _wants_least(text: str, unit: str) -> bool:
    """Whether the smaller figure answers; the faster is done in less time."""
    if _TIME.match(unit) and re.search("[快慢]", text):
        return "快" in text
    return bool(_SMALL.search(text))


def pointed_at(texts: Texts, inquiry: Inquiry, best: Place, spans: Sequence[Found]) -> str | None:
    """The side that is named with the subject, or in the reader's surest span, of those naming one.

    「面向个人的“甲”、面向企业的“乙”」: of 甲 it is 个人, whatever the reader points at.
    """
    sentence = texts.reading(best.document).plain(best.sentence)
    which_way = _which_way(inquiry, sentence)
    if which_way:
        return which_way
    named = sides(inquiry.text)
    if named is None or all(_YEARS.fullmatch(side) for side in named):
        return None
    bare = (_TRIMMED.sub("", named[0]), _TRIMMED.sub("", named[1]))
    if all(len(one) > 1 for one in bare):  # 给|个人|用的
        named = bare
    subject = [
        key.word
        for key in inquiry.keys
        if key.names and key.word in sentence and not any(key.word in side for side in named)
    ]
    beside = [
        part[0]
        for part in _PIECE.finditer(sentence)
        if subject and all(word in part[0] for word in subject)
    ]
    if any(all(_mentions(part, *held) for held in _each(named)) for part in beside):
        return None  # 「甲端乙端结合的“丙”」 is neither alone
    pointed = [sentence[span.start : span.end] for span in spans if span.place == best]
    for text in (*beside, *pointed):
        one, other = (bool(_mentions(text, *held)) for held in _each(named))
        if one != other:
            return named[0] if one else named[1]
    return None


def _which_way(inquiry: Inquiry, sentence: str) -> str | None:
    """「净利润涨了还是跌了」: the way that all clauses with its name say it went."""
    asked = _WAYS.search(inquiry.text)
    if asked is None:
        return None
    subject = [key.word for key in inquiry.keys if key.names and key.word in sentence]
    clauses = [one[0] for one in _CLAUSE.finditer(sentence)]
    about = [
        said
        for at, own in enumerate(clauses)
        if any(word in own for word in subject)
        for said in clauses[at : at + (1 if _MOVED.search(own) else 2)]  # 「净利润9亿,下降3%」
    ]
    about = [one for one in about if _MOVED.search(one)]
    up = any(_UP.search(one) for one in about)
    down = any(_DOWN.search(one) for one in about)
    if up == down:
        return None
    return next(side for side in asked.groups() if bool(_UP.search(side)) == up)


def _each(named: tuple[str, str]) -> tuple[tuple[str, list[str]], ...]:
    """Either side with the other."""
    return (named[0], [named[1]]), (named[1], [named[0]])


def _figures(
    texts: Texts,
    inquiry: Inquiry,
    name: str,
    others: Sequence[str],
    candidates: Sequence[Candidate],
    by_time: bool,
) -> Iterator[Figure]:
    """What the text gives for ``name``, and for none of the others."""
    both = "".join((name, *others))
    for candidate in candidates[:16]:
        reading = texts.reading(candidate.place.document)
        # The year in a title (《2016年…报告》) is no date of anything the sentence speaks of.
        text = _TITLE.sub(lambda m: "□" * len(m[0]), reading.plain(candidate.place.sentence))
        wanted = [key for key in inquiry.keys if key.word in text and key.word not in both]
        for at in _mentions(text, name, others):
            found: list[tuple[int, tuple[float, ...], str]]
            if by_time:
                found = [(one.start, tuple(map(float, one.order)), "time") for one in moments(text)]
                found = [min(found, key=lambda one: _apart(text, one[0], at))] if found else []
            else:
                until = _until(text, at, others)
                found = [(one.start, (one.value,), one.unit) for one in quantities(text)]
                found = [one for one in found if at <= one[0] < until]
                # 「甲的优势在于…，进入2300家门店，费用率为5.2%」: what is asked is told there.
                aspect = [key for key in wanted if _ASPECT.search(key.word)]
                told = [one for one in found if coverage(aspect, clause(text, one[0])) > SAID]
                near = [one for one in found if one[0] <= at + _NEAR][:_FIGURES]
                found = (told if aspect else []) or near
            for place, value, unit in found:
                distance = min(abs(place - at), _NEAR) / 100
                words = coverage(inquiry.keys, text) + coverage(wanted, clause(text, place))
                yield Figure(
                    name, value, unit, candidate.place, candidate.score + 0.3 * words - distance
                )


def _until(text: str, at: int, others: Sequence[str]) -> int:
    """How far what follows a name may be told of it: to the next name, or where a part ends."""
    stops = re.compile("|".join(("[;；。]", *map(re.escape, others))))
    ends = [found.start() for found in stops.finditer(text, at)]
    return min([*ends, len(text), at + _FAR])


def _apart(text: str, one: int, other: int) -> int:
    """Characters between two places; a clause mark between counts as many."""
    between = text[min(one, other) : max(one, other)]
    return len(between) + 20 * sum(mark in ",，;；。" for mark in between)


def _mentions(text: str, name: str, others: Sequence[str]) -> list[int]:
    """Where a side is spoken of: by its whole name, else by the longest end of it the text has.

    What names have in common (京东 of 京东众筹 and 京东白条) speaks of neither; nor
    does a year.
    """
    longer = [other for other in others if name in other]  # L3 and L3 Pro
    taken = [match.span() for other in longer for match in re.finditer(re.escape(other), text)]
    for size in range(len(name), 1, -1):
        for piece in (name[-size:], name[:size]):
            found = [
                match.end()
                for match in re.finditer(re.escape(piece), text)
                if not any(start <= match.start() < end for start, end in taken)
            ]
            in_common = size < len(name) and any(piece in other for other in others)
            shared = in_common or bool(moments(piece))
            if found and size * 2 >= len(name) and not shared:
                return found
    return []
