"""When: a date, a time of day, or a stretch of time, as a sentence tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus import Span
from qa.quantities import Moment, Quantity, moments
from qa.question.inquiry import Inquiry
from qa.search.windows import Found
from qa.short.nearest import TO, in_part, nearest

# 「几点」 asks for a time of day: no date is one.
_CLOCK = re.compile(
    r"(?:[上下]午|早[上晨]?|晚[上间]?|夜[里间]|凌晨|中午|傍晚)?(?<![\d第])"
    r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
    r"(?:[点时](?:\d{1,2}分?|半|整|[一三]刻)?(?![间长候常代点要建措意])|[:：]\d{2}(?!\d))"
)
_ENDS = re.compile(r"到几点|几点(?:钟)?(?:关|结束|收|打烊|下班|放学|截止|停|闭|散)")
_BEGINS = re.compile(r"几点(?:钟)?(?:开|上班|上学|起|入场)")
_ASKS_YEAR = re.compile(r"(?:哪(?:一)?年(?!度|代)|何年|(?:什么|哪个)年份)(?!.*[月日天])")
_YEAR = re.compile(r"(?:19|20)\d\d年")
TITLE = re.compile(r"《[^《》]+》")
# 「自验收合格之日起」: a day that is told by what happens on it.
_DAY_OF = re.compile(
    r"(?<=[自从于以])[^,，。;；:：、自从于以\d]{2,16}?(?:之日(?=起|$|[,，。;；])|[次当][日月年](?=起))"
)
_TO_DAY = re.compile(rf"(?:{TO.pattern})\d{{1,2}}[日号]")  # 每月1日|至20日
_MADE = re.compile(r"(?:[始兴修重创]?建|成立|创[立办]|生|出版|发表|落成|投产|上市|投入使用)[于在]$")
_ASKS_MADE = re.compile(
    r"建|成立|创|生|出版|发表|落成|投产|上市|投入|开(?:始|业|办|放|通)|多久|历史"
)
_OF_A_YEAR = re.compile(
    r"[\d一二三四五六七八九〇零○十]年|[去今前明当同次翌]年|\d{4}[-/.]|[一二三四五六七八九十\d]年(?:前|后)"
)
# 「自3月1日起至6月30日止」
_STRETCH = re.compile(rf"起?[,，]?(?:{TO.pattern})")
_SINCE = re.compile(
    r"(?:什么时候|何时|哪[天年月]|几[月号]|啥时候)(?:就|才|正式)*(?:开始|起|启动|动工|开工|开幕|生效|上班|开放|开馆|开学)|从(?:什么时候|何时|哪[天年月]|几[月号])|[起开]始(?:时间|日期)"
)
_UNTIL = re.compile(
    r"(?:到|至|止于)(?:什么时候|何时|哪[天年月]|几[月号])|(?:什么时候|何时|哪[天年月]|几[月号])(?:就|才)*(?:结束|截止|到期|为止|闭幕|完[成工])|(?:截止|结束)(?:时间|日期)"
)


def when(inquiry: Inquiry, sentence: str, read: Sequence[Found]) -> Span | None:
    """The time that folded ``sentence`` gives for what happens, or None where it gives none.

    None, too, where a year is asked for and the time has none.
    """
    if "几点" in inquiry.text:
        return _time_of_day(inquiry, sentence, read)
    told = [Span(*one.span()) for one in _DAY_OF.finditer(sentence)]
    times: list[Moment | Span] = sorted([*moments(sentence), *told], key=lambda one: one.start)
    itself = [one for one in times if not _in_passing(inquiry, sentence, one)] or times
    found = nearest(inquiry, sentence, in_part(inquiry, sentence, itself), read)
    if found and _ASKS_YEAR.search(inquiry.text):
        found = _with_year(sentence, found)
        if not names_year(inquiry, sentence[found.start : found.end]):
            return None
    return _whole_time(inquiry, sentence, found) if found else None


def names_year(inquiry: Inquiry, words: str) -> bool:
    """Whether folded ``words`` have a year, if one is asked for: 4月 and 全年 are none."""
    return not _ASKS_YEAR.search(inquiry.text) or bool(_OF_A_YEAR.search(words))


def _in_passing(inquiry: Inquiry, sentence: str, one: Moment | Span) -> bool:
    """Whether a date only tells how old a thing is: 建于1987年的桥, where it is another event."""
    made = _MADE.search(sentence, 0, one.start)
    return (
        made is not None
        and sentence.startswith("的", one.end)
        and not _ASKS_MADE.search(inquiry.text)
    )


def _time_of_day(inquiry: Inquiry, sentence: str, read: Sequence[Found]) -> Span | None:
    """「营业到几点」: 23时, and no 11月15日; of 「17时至22时30分」 the end asked for, or both."""
    times = [Quantity(*one.span(), 0.0, "") for one in _CLOCK.finditer(sentence)]
    found = nearest(inquiry, sentence, times, read)
    if found is None:
        return None
    for one, other in pairwise(times):
        if found.start in {one.start, other.start} and TO.fullmatch(sentence, one.end, other.start):
            if _ENDS.search(inquiry.text):
                return Span(other.start, other.end)
            if _BEGINS.search(inquiry.text):
                return Span(one.start, one.end)
            return Span(one.start, other.end)
    return found


def _with_year(sentence: str, span: Span) -> Span:
    """「9月份」 where the year is asked for: the year is the one last named before it."""
    if _YEAR.search(sentence, span.start, span.end):
        return span
    untitled = TITLE.sub(lambda title: "□" * len(title[0]), sentence)
    years = list(_YEAR.finditer(untitled, 0, span.start))
    return Span(*years[-1].span()) if years else span


def _whole_time(inquiry: Inquiry, sentence: str, span: Span) -> Span:
    """「11月至次年3月」 of 次年3月, 「1955年和2008年」 of 2008年: a stretch, or all of them.

    Of a stretch its beginning or its end, where that is asked for.
    """
    for one, following in pairwise(moments(sentence)):
        between = sentence[one.end : following.start]
        stretch = _STRETCH.fullmatch(between)
        if span.start not in {one.start, following.start}:
            continue
        if stretch and _SINCE.search(inquiry.text):
            return Span(one.start, one.end)
        if stretch and _UNTIL.search(inquiry.text):
            return Span(following.start, following.end)
        if stretch or between in {"和", "、", "及", "与"}:
            return Span(one.start, following.end)
    until = _TO_DAY.match(sentence, span.end)
    return Span(span.start, until.end()) if until else span
