"""The exact short answer inside a sentence, for questions whose form says what it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus import Span
from qa.clause import BREAK, clause
from qa.quantities import Moment, Quantity, moments, quantities
from qa.question.inquiry import Inquiry, is_idle
from qa.question.kinds import Asked
from qa.search.retrieve import spoken
from qa.search.windows import Found

_BETWEEN = re.compile(r"[、和与及]")
_PART_OF_TIME = re.compile(
    r"(?:十[一二]|[一二三四五六七八九])月|1?\d月|[早晚]高峰|平峰|[春夏秋冬]季|白天|夜间|周末|工作日|平日|节假日"
)
_PEOPLE = re.compile(r"用户|会员|客户|消费者|员工|居民|读者")
BESIDE = 6  # characters after a figure in which that stands which it counts
READ = 2.0  # what a sure span of the reader counts beside the question's words standing near
_TO = re.compile(r"至|到|[~～—–－-]{1,2}")
_FROM = re.compile(
    rf"(?:\d[\d,.]*|[零一二三四五六七八九十百千万两]+)[\u4e00-\u9fff%℃]{{0,2}}?(?:{_TO.pattern})$"
)
_RATIO = re.compile(r"[∶:：比]\d+(?:\.\d+)?(?![\d年月日点时分])")
_ASKS_TELEPHONE = re.compile(r"电话|热线|号码|手机|联系方式")
_TELEPHONE = re.compile(r"(?<![\d-])(?:\d{3,4}-\d{3,4}-\d{3,4}|\d{3,4}-\d{7,8}|1\d{10})(?![\d-])")
_TITLE = re.compile(r"《[^《》]+》")
# A clause that says more of what the one before it speaks of: 「…，比上年增长了200亿元」.
_GOES_ON = re.compile(
    r"(?:比|较|同比|环比|其中|并|且|又|再|也|约|共|超|增|降|减|提|达|占|为|是|到|即|高于|低于|上升|下降)"
)
_HAS_NUMBER = re.compile(r"[\d零〇一二三四五六七八九十两半几]")
# 「由65天升至118天」: what was is asked for only in words of that.
_BECOMES = re.compile(
    r"[^,，;；。]{0,4}?(?:升|降|增|减|涨|跌|提高|提升|下降|上升|下调|上调|缩短|延长|扩大|推迟|提前|改|变|调整)"
    r"[^,，;；。]{0,3}?[至到为成]"
)
_ASKS_FORMER = re.compile(r"原来|原先|原本|之前|以前|从前|此前|起初|最初|当初|去年|上年|[由从]多少")
# 「比预算少用2万余元」「同比增长14%」: how far apart, no figure of the thing itself.
_APART = re.compile(
    r"(?:比[^,，;；。]{1,12}?|同比|环比|较[^,，;；。]{1,8}?)"
    r"(?:少|多|高|低|贵|便宜|快|慢|增|减|涨|跌|超出?|提高|提升|下降|上升)[^\d,，;；。]{0,3}$"
)
_ASKS_APART = re.compile(
    r"比|较|差|增|减|涨|跌|降(?!水)|超[了出过]|高[了出]|低[了出]|多[了出]|少[了用]|提高|提升|下降|上升|幅|速"
)
_ASKS_HOW_FAR = re.compile(
    r"(?:增[长加]|上升|上涨|提高|提升|减少|下降|下跌|降低|缩短|[高低多少贵快慢]出?)了?(?:多少|几)"
)
_ASKS_TITLE = re.compile(
    r"报告|书|文件|论文|著作|作品|法规|规定|条例|杂志|期刊|专辑|歌|电影|小说|出处|来源"
    r"|谁(?:说|讲|统计|给出|发布|公布|得出)的"
)
# 「几点」 asks for a time of day: no date is one.
_CLOCK = re.compile(
    r"(?:[上下]午|早[上晨]?|晚[上间]?|夜[里间]|凌晨|中午|傍晚)?(?<![\d第])"
    r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
    r"(?:[点时](?:\d{1,2}分?|半|整|[一三]刻)?(?![间长候常代点要建措意])|[:：]\d{2}(?!\d))"
)
_ENDS = re.compile(r"到几点|几点(?:钟)?(?:关|结束|收|打烊|下班|放学|截止|停|闭|散)")
_BEGINS = re.compile(r"几点(?:钟)?(?:开|上班|上学|起|入场)")
# What makes another figure of one: 超过|1亿人, but not 不得|超过|0.6元.
_BOUND = re.compile(r"(?<![不未得能应宜可要])(?:超过|接近|将近|逾|不足|不到|至少)$")
# 「在行业里排第几」 asks for a place, 「是……的几倍」 for a quotient: no other figure is one.
_ASKS_RANK = re.compile(
    r"排名?(?:到|在|第)?(?:了)?(?:第)?(?:几|多少)|第几(?:名|位|大|$)|(?:名次|位次|排名)(?:是|为|呢|$)"
)
_RANK = re.compile(
    r"第[一二三四五六七八九十\d]+(?![季届期批条章节步方])(?:大|名|位)?|(?:业界|行业|世界|全球|全国|国内|全省|全市)第一|首位|榜首|居首|冠军|亚军|季军|末位|首家"
)
_REST = re.compile(
    r"(?:其余|其他|其它|剩余|剩下|余下)的?(?:部分)?(?:都|均|则)?(?:为|是|来自|属于)(?P<what>[^\d,，。;；、]{2,12})(?=[,，。;；、]|$)"
)
_ASKS_TIMES = re.compile(r"(?:多少|几)倍")
_ASKS_HOW_LONG = re.compile(r"多久|多长时间|(?:要|需要?|花)几(?:天|个?小时|分钟)")
_SPEED = re.compile(r"(?:时速|每小时)[^\d,，;；。]{0,3}$")
_ASKS_YEAR = re.compile(r"(?:哪(?:一)?年(?!度|代)|何年|(?:什么|哪个)年份)(?!.*[月日天])")
_YEAR = re.compile(r"(?:19|20)\d\d年")
# What the words around 多少 say of the unit of the answer.
_UNITS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(question), re.compile(unit))
    for question, unit in (
        (r"份额|占比|比例|比重|占有率|市占|百分|几成|[率占]|几个点", r"%|成|倍|个百分点"),
        (
            r"钱|金额|贷款|元|资金|资本|资产|收入|营收|利润|价|费|投资|额|款|估值|市值",
            r"元|块钱|人民币|币|欧|镑",
        ),
        (r"多少人|几人|人数|用户|会员|客户|消费者|员工|居民|读者|户", r"人|名|位|户|人次|"),
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
    return not one.unit and people is not None and people[0] in question


def is_bare_unit(words: str) -> bool:
    """Whether folded ``words`` are a unit without its figure, as in the head of a table: 万元."""
    found = quantities(f"1{words}")
    whole = bool(found) and (found[0].start, found[0].end) == (0, len(words) + 1)
    return whole and not _HAS_NUMBER.search(words)


def has_none(question: str, sentence: str) -> bool:
    """Whether folded ``question`` asks for a place, a quotient or a rest, and none is given.

    「渔网占46%，缆绳占31%，其余为救生器材」 says no figure of 救生器材.
    """
    if _ASKS_RANK.search(question):
        return not _RANK.search(sentence)
    if any(rest["what"] in question for rest in _REST.finditer(sentence)):
        return True
    return bool(_ASKS_TIMES.search(question)) and "倍" not in sentence


def is_of_each(inquiry: Inquiry, sentence: str) -> bool:
    """Whether two clauses of a folded sentence have a figure each, and all that is asked about.

    「整机保修一年，加热盘保修三年」 gives no one answer to 「保修多久」.
    """
    words = [key.word for key in inquiry.keys if len(key.word) > 1 and not is_idle(key.word)]
    figures = _of_unit(inquiry.text, quantities(sentence))
    clauses = {clause(sentence, one.start) for one in figures}
    having = [own for own in clauses if all(word in own for word in words)]
    alike = len({one.unit for one in figures}) == 1
    return inquiry.asked is Asked.NUMBER and bool(words) and alike and len(having) > 1


def short_span(inquiry: Inquiry, sentence: str, read: Sequence[Found] = ()) -> Span | None:
    """Where in folded ``sentence`` the short answer stands, or None when its form does not tell.

    ``read`` are the reader's spans in that sentence: of several figures it is likelier the one
    that they are about.
    """
    if _ASKS_TITLE.search(inquiry.text) and inquiry.asked in {Asked.FACT, Asked.WHO, Asked.LIST}:
        title = _TITLE.search(sentence)
        if title:
            return Span(*title.span())
    if inquiry.asked is Asked.DATE and "几点" in inquiry.text:
        return _time_of_day(inquiry, sentence, read)
    if inquiry.asked is Asked.DATE:
        found = _nearest(inquiry, sentence, moments(sentence), read)
        if found and _ASKS_YEAR.search(inquiry.text):
            found = _with_year(sentence, found)
        return _whole_time(sentence, found) if found else None
    if _ASKS_RANK.search(inquiry.text):
        places = [Quantity(*one.span(), 0.0, "") for one in _RANK.finditer(sentence)]
        return _nearest(inquiry, sentence, places, read)
    if inquiry.asked in {Asked.NUMBER, Asked.COUNT}:
        telephone = _TELEPHONE.search(sentence) if _ASKS_TELEPHONE.search(inquiry.text) else None
        if telephone:
            return Span(*telephone.span())
        figures = _of_themselves(inquiry.text, sentence, quantities(sentence))
        fitting = _of_unit(inquiry.text, figures)
        own = (
            _respective(inquiry, sentence, fitting)
            or _after_name(inquiry, sentence, fitting)
            or _of_whom(inquiry, sentence, fitting)
        )
        one = own or _nearest(inquiry, sentence, fitting, read)
        return _with_bound(inquiry, sentence, _whole_range(sentence, one)) if one else None
    return None


def _time_of_day(inquiry: Inquiry, sentence: str, read: Sequence[Found]) -> Span | None:
    """「营业到几点」: 23时, and no 11月15日; of 「17时至22时30分」 the end asked for, or both."""
    times = [Quantity(*one.span(), 0.0, "") for one in _CLOCK.finditer(sentence)]
    found = _nearest(inquiry, sentence, times, read)
    if found is None:
        return None
    for one, other in pairwise(times):
        if found.start in {one.start, other.start} and _TO.fullmatch(
            sentence, one.end, other.start
        ):
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
    untitled = _TITLE.sub(lambda title: "□" * len(title[0]), sentence)
    years = list(_YEAR.finditer(untitled, 0, span.start))
    return Span(*years[-1].span()) if years else span


def _respective(inquiry: Inquiry, sentence: str, found: Sequence[Quantity]) -> Span | None:
    """「1号线和2号线，日均客流分别为38万和45万人次」: the figure of the one asked about."""
    mark = sentence.find("分别")
    if mark < 0:
        return None
    clauses = re.split(r"[;；。]", sentence[:mark])[-1].split(",")[-2:]
    names = [one for one in _BETWEEN.split(",".join(clauses)) if one]
    figures = [one for one in found if one.start > mark]
    asked = [at for at, name in enumerate(names) if _names(inquiry, name, names)]
    if len(names) != len(figures) or len(asked) != 1:
        return None
    one = figures[asked[0]]
    return Span(one.start, one.end)


def _names(inquiry: Inquiry, name: str, others: Sequence[str]) -> bool:
    """Whether a question has the part of a name that tells it from the others: 2号线."""
    bare = re.sub(r"[,，].*$", "", name)
    for size in range(len(bare), 1, -1):
        piece = bare[-size:]
        if not any(piece in other for other in others if other != name):
            return any(bare[at:] in inquiry.text for at in range(len(bare) - size + 1))
    return False


def _after_name(inquiry: Inquiry, sentence: str, found: Sequence[Quantity]) -> Span | None:
    """「七月最热，平均28.7℃」: of figures of one unit the first after the rarest name asked about.

    None where that is named more than once, or only one figure has the unit.
    """
    if len(found) < 2 or len({one.unit for one in found}) > 1:
        return None
    times = [match[0] for match in _PART_OF_TIME.finditer(inquiry.text)]
    told = [word for word in times if sentence.count(word) == 1]
    if len(told) != 1:
        return None
    at = sentence.find(told[0])
    after = [one for one in found if one.start >= at]
    breaks = len(BREAK.findall(sentence[at : after[0].start])) if after else 9
    return Span(after[0].start, after[0].end) if breaks <= 1 else None


def _with_bound(inquiry: Inquiry, sentence: str, span: Span) -> Span:
    """「超过1亿人」 of 1亿人: without it the figure is another, unless the question says so."""
    bound = _BOUND.search(sentence, 0, span.start)
    if bound is None or bound[0] in inquiry.text:
        return span
    return Span(bound.start(), span.end)


def _of_whom(inquiry: Inquiry, sentence: str, found: Sequence[Quantity]) -> Span | None:
    """「支付宝占52.3%，财付通占33.7%，而京东支付仅占1%」: of 京东 the one in whose clause it is.

    Of figures of one unit that have a clause each, where just one of these has such a name, or
    begins with one.
    """
    if len(found) < 2 or len({one.unit for one in found}) > 1:
        return None
    clauses = [clause(sentence, one.start) for one in found]
    if len(set(clauses)) < len(clauses):
        return None
    if len(found) == 2 and any(_GOES_ON.match(own) for own in clauses):
        return None
    meant, opening = set(), set()
    for key in inquiry.keys:
        having = [at for at, own in enumerate(clauses) if key.word in own]
        if key.names and len(having) == 1 and sentence.count(key.word) == 1:
            one = found[having[0]]
            meant.add((one.start, one.end))
            if clauses[having[0]].startswith(key.word):
                opening.add((one.start, one.end))
    sure = meant if len(meant) == 1 else opening
    return Span(*sure.pop()) if len(sure) == 1 else None


def _whole_time(sentence: str, span: Span) -> Span:
    """「11月至次年3月」 of 次年3月, 「1955年和2008年」 of 2008年: a stretch, or all of them."""
    every = moments(sentence)
    for one, following in pairwise(every):
        between = sentence[one.end : following.start]
        joined = _TO.fullmatch(between) or between in {"和", "、", "及", "与"}
        if joined and span.start in {one.start, following.start}:
            return Span(one.start, following.end)
    return span


def _whole_range(sentence: str, span: Span) -> Span:
    """「40至60平方米」 of 60平方米 or of 40: a range is one answer."""
    every = quantities(sentence)
    at = next((n for n, one in enumerate(every) if one.start == span.start), None)
    if at is None:
        return span
    ratio = _RATIO.match(sentence, span.end)
    if ratio:  # 15.6∶1
        return Span(span.start, ratio.end())
    lower = _FROM.search(sentence, 0, span.start)
    if lower and at and _BECOMES.fullmatch(sentence, every[at - 1].end, span.start):
        lower = None
    start, end = lower.start() if lower else span.start, span.end
    if at + 1 < len(every) and _TO.fullmatch(sentence, end, every[at + 1].start):
        end = every[at + 1].end
    return Span(start, end)


def _of_unit(question: str, found: list[Quantity]) -> list[Quantity]:
    """Those whose unit the question asks for; all of them when none has it."""
    unit = _unit_asked(question)
    if unit is not None:
        fitting = [
            one for one in found if unit.fullmatch(one.unit) or (one.unit and unit.match(one.unit))
        ]
        if fitting or _ASKS_HOW_LONG.search(question):
            return fitting
    asked_after = re.search(
        r"(?:多少|几)([个家件项种类次倍岁名位条台辆套本册篇份户间座所支县区层级吨天年月米度元])",
        question,
    )
    if asked_after:
        fitting = [one for one in found if one.unit == asked_after[1]]
        if fitting:
            return fitting
    return found


def _of_themselves(question: str, sentence: str, found: list[Quantity]) -> list[Quantity]:
    """Without what a figure was before (由65天|升至118天), and how far it is from another.

    Only that where it is asked for: 「增长了多少」.
    """
    if _ASKS_HOW_FAR.search(question):
        far = [one for one in found if _APART.search(sentence, 0, one.start)]
        if far:
            return far
    former = set() if _ASKS_FORMER.search(question) else set(_former(sentence, found))
    apart = (
        set()
        if _ASKS_APART.search(question)
        else {one for one in found if _APART.search(sentence, 0, one.start)}
    )
    fast = (
        set()
        if "速" in question
        else {one for one in found if _SPEED.search(sentence, 0, one.start)}
    )
    return [one for one in found if one not in former | apart | fast] or found


def _former(sentence: str, found: list[Quantity]) -> Iterator[Quantity]:
    for one, following in pairwise(found):
        if one.unit == following.unit and _BECOMES.fullmatch(sentence, one.end, following.start):
            yield one


def _nearest(
    inquiry: Inquiry,
    sentence: str,
    found: Sequence[Quantity | Moment],
    read: Sequence[Found],
) -> Span | None:
    """The one whose own stretch of the sentence speaks most of the question's words.

    A figure's stretch runs from the end of the figure before it to a few characters after itself;
    words further off count less the more clause marks stand between.
    """
    best: tuple[float, Span] | None = None
    before = 0
    total = sum(key.weight for key in inquiry.keys) or 1.0
    opening = sentence[: found[0].start] if found else ""
    for number, one in enumerate(found):
        end = found[number + 1].start if number + 1 < len(found) else len(sentence)
        score = 0.0
        for key in inquiry.keys:
            # What opens the sentence is said of every figure in it, of the first a little more.
            shared = 0.8 if number and key.word in opening else 0.0
            measure = _after_date if isinstance(one, Moment) else _closeness
            close = measure(sentence, key.word, before, one.start, one.end, end)
            score += key.weight * max(shared, close) / total
        score += READ * sum(span.probability * _overlap(span, one.start, one.end) for span in read)
        if best is None or score > best[0] + 1e-9:
            best = (score, Span(one.start, one.end))
        before = one.end
    return best[1] if best else None


def _overlap(span: Found, start: int, end: int) -> float:
    """F1 in characters of a reader's span and a figure."""
    shared = min(span.end, end) - max(span.start, start)
    return max(0.0, 2 * shared / (span.end - span.start + end - start))


def _after_date(sentence: str, word: str, before: int, start: int, end: int, until: int) -> float:
    """``_closeness`` of a date, which stands before what happened on it, up to the next date."""
    after = sentence[end:until]
    if word in after:
        return 1.0 / (1 + 0.5 * len(BREAK.findall(after[: after.index(word)])))
    own = sentence[before:start]
    if word in own:
        gap = own[own.rindex(word) + len(word) :]
        return 0.9 / (1 + 1.5 * len(BREAK.findall(gap)) + len(gap) / 12)
    return 0.3 * spoken(word, sentence[:start]) if word in sentence else 0.2 * spoken(word, after)


def _closeness(sentence: str, word: str, before: int, start: int, end: int, until: int) -> float:
    own = sentence[before:start]
    if word in own:
        # Each clause mark between word and figure makes it less likely that they belong together.
        return 1.0 / (1 + 0.5 * len(BREAK.findall(own[own.rindex(word) :])))
    after = sentence[end:until]
    if word in after:
        gap = after[: after.index(word)]
        return 0.9 / (1 + 1.5 * len(BREAK.findall(gap)) + len(gap) / 12)
    return 0.3 * spoken(word, sentence[:start]) if word in sentence else 0.2 * spoken(word, own)
