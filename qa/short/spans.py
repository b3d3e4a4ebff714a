"""The exact short answer inside a sentence, for questions whose form says what it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus import Span
from qa.clause import BREAK, clause
from qa.quantities import Quantity, quantities
from qa.question.inquiry import Inquiry, is_idle
from qa.question.kinds import Asked
from qa.search.windows import Found
from qa.short.nearest import TO, in_part, nearest
from qa.short.times import TITLE, when
from qa.short.units import counted_by, how_often, of_unit

_BETWEEN = re.compile(r"[、和与及]")
_PART_OF_TIME = re.compile(
    r"(?:十[一二]|[一二三四五六七八九])月|1?\d月|[早晚]高峰|平峰|[春夏秋冬]季|白天|夜间|周末|工作日|平日|节假日"
)
_FROM = re.compile(
    rf"(?:\d[\d,.]*|[零一二三四五六七八九十百千万两]+)[\u4e00-\u9fff%℃]{{0,2}}?(?:{TO.pattern})$"
)
_RATIO = re.compile(r"[∶:：比]\d+(?:\.\d+)?(?![\d年月日点时分])")
_ASKS_TELEPHONE = re.compile(r"电话|热线|号码|手机|联系方式")
_TELEPHONE = re.compile(r"(?<![\d-])(?:\d{3,4}-\d{3,4}-\d{3,4}|\d{3,4}-\d{7,8}|1\d{10})(?![\d-])")
# A clause that says more of what the one before it speaks of: 「…，比上年增长了200亿元」.
_GOES_ON = re.compile(
    r"(?:比|较|同比|环比|其中|并|且|又|再|也|约|共|超|增|降|减|提|达|占|为|是|到|即|高于|低于|上升|下降)"
)
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
# What makes another figure of one: 超过|1亿人, but not 不得|超过|0.6元.
_BOUND = re.compile(r"(?<![不未得能应宜可要])(?:超过|接近|将近|逾|不足|不到|至少)$")
# 「最高多少」 asks for the bound, 「总额不超过10万元」, and for no other figure.
_ASKS_MOST = re.compile(r"最(?:高|多|长|大)|上限|封顶|至多")
_ASKS_LEAST = re.compile(r"最(?:低|少|短|小)|下限|至少|起码")
_AT_MOST = re.compile(
    r"(?:不得?超过|不高于|不多于|最高|最多|最长|上限|封顶|至多)[^\d,，。;；]{0,4}$"
)
_AT_LEAST = re.compile(
    r"(?:不得?少于|不得?低于|不足|最低|最少|最短|下限|至少|起码)[^\d,，。;；]{0,4}$"
)
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
_SPEED = re.compile(r"(?:时速|每小时)[^\d,，;；。]{0,3}$")


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
    figures = of_unit(inquiry.text, sentence, quantities(sentence))
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
        title = TITLE.search(sentence)
        if title:
            return Span(*title.span())
    if inquiry.asked is Asked.DATE:
        return when(inquiry, sentence, read)
    if _ASKS_RANK.search(inquiry.text):
        places = [Quantity(*one.span(), 0.0, "") for one in _RANK.finditer(sentence)]
        return nearest(inquiry, sentence, places, read)
    if inquiry.asked in {Asked.NUMBER, Asked.COUNT}:
        telephone = _TELEPHONE.search(sentence) if _ASKS_TELEPHONE.search(inquiry.text) else None
        if telephone:
            return Span(*telephone.span())
        figures = _of_themselves(inquiry.text, sentence, quantities(sentence))
        figures = (
            counted_by(inquiry.text, sentence)
            or how_often(inquiry, sentence)
            or of_unit(inquiry.text, sentence, figures)
        )
        figures = _bounds(inquiry.text, sentence, figures)
        fitting = in_part(inquiry, sentence, _of_which(inquiry, sentence, figures))
        own = (
            _respective(inquiry, sentence, fitting)
            or _after_name(inquiry, sentence, fitting)
            or _of_whom(inquiry, sentence, fitting)
        )
        one = own or nearest(inquiry, sentence, fitting, read)
        return with_bound(inquiry, sentence, _whole_range(sentence, one)) if one else None
    return None


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


def with_bound(inquiry: Inquiry, sentence: str, span: Span) -> Span:
    """「超过1亿人」 of 1亿人: without it the figure is another, unless the question says so.

    ``sentence`` is folded, and ``span`` one of its figures.
    """
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
    if at + 1 < len(every) and TO.fullmatch(sentence, end, every[at + 1].start):
        end = every[at + 1].end
    return Span(start, end)


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


def _of_which(inquiry: Inquiry, sentence: str, found: list[Quantity]) -> list[Quantity]:
    """「著作23部,其中小说6部」: of 小说 those behind 其中, where it is named there alone."""
    mark = sentence.find("其中")
    after = [one for one in found if one.start > mark]
    named = any(
        key.names and key.word in sentence[mark:] and key.word not in sentence[:mark]
        for key in inquiry.keys
    )
    return after if mark >= 0 and named and after else found


def _bounds(question: str, sentence: str, found: list[Quantity]) -> list[Quantity]:
    """Those that bound something, where the bound is asked for, and not as the sentence puts it.

    「最大功率为120瓦,待机功率不超过0.5瓦」 says itself what is 最大.
    """
    for asks, says in ((_ASKS_MOST, _AT_MOST), (_ASKS_LEAST, _AT_LEAST)):
        asked = asks.search(question)
        bounds = [one for one in found if says.search(sentence, 0, one.start)]
        if asked and bounds and asked[0] not in sentence:
            return bounds
    return found


def _former(sentence: str, found: list[Quantity]) -> Iterator[Quantity]:
    for one, following in pairwise(found):
        if one.unit == following.unit and _BECOMES.fullmatch(sentence, one.end, following.start):
            yield one
