"""Whether a sentence says yes or no to a question, where it settles the question at all.

A yes is said where one claim of the sentence says all that is asked (``qa.yesno.claims``); what
tells a no is a sign: a negation that only one of the two has, another figure of the same unit, a
share below the one asked about, 第二 where 最 is asked about. Where no sign speaks clearly,
neither is said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa.quantities import Moment, Quantity, moments, quantities
from qa.question.inquiry import Inquiry
from qa.search.retrieve import coverage
from qa.search.windows import Found
from qa.yesno.claims import Claim, Said, asserting, claims, parted, share_said, taken_apart

_CLAUSE = re.compile(r"[^,，;；。!！?？:：]+")
_NOT = re.compile(
    r"不(?!仅|但|只|断|同|错|少|久|论|管|过|忘|妨|禁|光|单|止|到\d|低于|少于|高于)|没有|没(?=[^收])|无(?!线|限|论|人机|忧|形|数)|"
    r"未(?!来)|缺乏|缺少|短缺|欠缺|不足|禁止|严禁|谢绝|勿(?!忘)|并非|非(?=自有|.{0,2}业务)|免(?=收|费|除)|拒绝|"
    r"停止|取消|(?<!票)反对|落空|流拍|失败|所剩无几"
)
_CHOICE = re.compile(
    r"([\u4e00-\u9fff])不\1|有没有|有无|是否|能否|可否|对不对|是不是|会不会|能不能|(?:没有|没|不)过?$"
)
_IS_A = re.compile(r"^(?P<one>[^,，是]{2,8})(?:是|算|属于)(?P<sort>[^,，是不]{2,8})吗$")
_IS_NO = re.compile(r"(?:并非|并不是)(?P<what>[^,，。;；的]{2,12})$")
# What is below 「乙方不得有下列行为」 is said with a no before it.
FORBIDS = re.compile(r"不得|请勿|切勿|禁止|严禁|不可|不能|不准|不允许|不包括|不予|除外")
_EXCEPT = re.compile(r"除外|例外|除(?!了|此|非|尘|湿|霜|草|去|法|以)[^,，。;；]{1,20}外")
_IN_PASSING = re.compile(r"(?P<of>[^不]+)(?:不[\u4e00-\u9fff]{2,4})+的[\u4e00-\u9fff]{2}")
# A reply to the question before it: 答：不可以。
_REPLY = re.compile(
    r"\W*(?:答|a)[:：]\W*(?:(?P<no>不可以|不能|不行|不是|不会|不用|不需要|没有|否)|可以|能|是的|会|有|需要)(?=[,，。.!！]|$)"
)
REPLIED = 0.7  # share of what is asked that the question before a reply says
OF = 4  # characters before a no said in passing that tell what it is said of
_BOUND = re.compile(r"以[上下内]|及以[上下]|之[上下内]")
_AT_LEAST = re.compile(r"(?:超过|逾|突破|不低于|不少于|至少|高于|多于|大于)了?(?=$|\d)")
_ALL = re.compile(r"都|全|只(?!有)|仅|唯一|最|所有|完全|一直|从来|每|各|大部分|主要|普遍")
_PART = re.compile(r"部分|有的|一些|个别|之一|其中|除外|例外|但|却|不过|而是|而非|(?<!不)[仅只]")
_SOME = re.compile(r"部分|有的|一些|个别|少数")
_BEST = re.compile(r"最|第一|头一|首|老大|冠军|榜首|唯一|独家")
_BEHIND = re.compile(
    r"第[二三四五六七八九十]|仅次于|次于|之一|不及|不如|落后|后来|其次|排名第(?!一)"
)
_ABOVE = re.compile(
    r"超过|过(?=半|\d|[一二三四五六七八九十百千万亿])|高于|大于|多于|不止|(?<!不)以上|突破|大半|多数|大部分|"
    r"至少|不低于|不少于|达到"
)
_BELOW = re.compile(r"不到|没到|不足|低于|小于|少于|不满|以下|未满|至多|不超过|不高于")
_HALF = re.compile(r"过半|一半以上|大半|大部分|多数|超过一半|半数以上")
# What a question says that sentences say with a no of their own: 缺银行牌照, 起步晚, 误导客户.
_ADVERSE = re.compile(
    r"缺(?!席)|晚(?!上)|误导|欺诈|骗|结束|没了|(?:很|较|太|偏)?少(?:吗|么|$|[,，])|不齐全|不足|不完善|短缺|最小"
)
BARE = 1e4  # from where a bare number (20亿) is held against amounts of any unit
HALF = 50.0  # percent
READ = 0.4  # what the reader's word on the clause counts beside the share of the key words
SETTLED = 0.3  # share of the key words that the sentence must speak of
# Log-odds from which a sign of no counts where no claim of the sentence settles it. With what a
# claim must say for a yes, 32 of 67 questions of dev6, dev7 and general.dev6 are told yes or no, 31
# rightly (56 and 50 by the log-odds alone).
CLEAR = 0.28


@dataclass(frozen=True, slots=True)
class Stance:
    """What in a sentence speaks for yes or for no; 0 or 1 where nothing else is said."""

    echoed: float  # share of the key words in the sentence
    negated: float  # just one of question and clause says no (and what introduces the clause)
    denied: float  # the question says no
    doubted: float  # somewhere the sentence says a no that the question does not
    other_figure: float  # it gives a figure or date of the kind asked about, and another one
    compared: float  # 1 when its figure is on the side asked about (过半, 超过30%), -1 when not
    all_asked: float  # the question says 都, 全, 只, 最; the sentence does not
    part: float  # the sentence limits what it says: 部分, 但, 而是
    behind: float  # the question says 最, 第一; the sentence 第二, 仅次于
    best: float  # both say 最, 第一


# Logistic regression on the development questions of yes or no and the sentences that settle
# them, by ``python -m tests.benchmarks.fit_polarity``, which prints these lines; two that are rare
# there, ``other_figure`` and ``compared``, are of a fit on 793 questions on news besides.
WEIGHTS: Mapping[str, float] = {
    "echoed": 1.253,
    "negated": -1.798,
    "denied": 1.703,
    "doubted": -0.964,
    "other_figure": -1.700,
    "compared": 1.300,
    "all_asked": -0.783,
    "part": -0.275,
    "behind": -1.614,
    "best": 1.054,
}
BIAS = -0.015


def polarity(
    inquiry: Inquiry, said: Said, lead: str = "", spans: Sequence[Found] = ()
) -> Literal["是", "否"] | None:
    """是 or 否 when a sentence clearly says so, else None.

    是 only where a claim of the sentence says all that is asked, of what it is asked of, without
    exception; or where its figure is on the side asked about. A person would rather have the
    sentence alone than a wrong 是.

    Args:
        inquiry: a question of yes or no.
        said: the sentence that may settle it.
        lead: folded, what introduces the list that the sentence is an entry of, or "".
        spans: the reader's in the sentence: the clause that settles it is likelier where they are.

    """
    asked = _CHOICE.sub("", inquiry.text)
    reply = _REPLY.match(said.text)
    before = said.around.rpartition("\n")[2]
    if reply and share_said(inquiry.text, before) >= REPLIED:
        return "否" if reply["no"] else "是"
    found = stance(inquiry, said.text, lead, spans)
    # The figure that things are held against is seldom in the text: 超过四千个.
    spoken = [key for key in inquiry.keys if not quantities(key.word)]
    if found.compared and coverage(spoken, said.text) >= SETTLED:
        return "是" if found.compared > 0 else "否"
    if _exemplified(inquiry.text, said.text):
        return "是"
    claim = asserting(inquiry.text, said)
    if claim is not None:
        return _asserted(asked, said, claim, lead)
    if parted(inquiry.text, said):
        return "否"
    other_figure = found.other_figure and not _AT_LEAST.search(_of_figures(inquiry, said.text))
    signs = found.negated or other_figure or found.behind
    if coverage(inquiry.keys, said.text) < SETTLED or not signs or leaning(found) > -CLEAR:
        return None
    clause = _settling(inquiry, said.text, spans)
    if found.negated and not _denied(asked, clause, lead):
        return None
    return "否"


def _exemplified(question: str, sentence: str) -> bool:
    """「保险是核心业务吗」: 「核心业务如保险、证券」."""
    asked = _IS_A.match(question)
    if asked is None:
        return False
    sort, one = re.escape(asked["sort"]), re.escape(asked["one"])
    gives = rf"(?<![非不]){sort}(?:例?如|包括|包含|有)[^,，;；。:：不非无没]{{0,30}}?"
    return re.search(rf"{gives}{one}(?=[、和与及等，,。；;]|$)", sentence) is not None


def doubtful(question: str) -> bool:
    """Whether a no to a folded question is too easily found to be said.

    A question that itself speaks of a lack or a fault is told yes by the very words that deny
    others: 缺乏, 不齐全, 不符.
    """
    return bool(_ADVERSE.search(_CHOICE.sub(r"\1", question)))


def bounds(question: str) -> bool:
    """Whether a folded question holds a thing against a figure (超过20亿): the figures tell."""
    compared = _ABOVE.search(question) or _BELOW.search(question)
    return bool(compared and quantities(question))


def _asserted(asked: str, said: Said, claim: Claim, lead: str) -> Literal["是", "否"] | None:
    """What a claim comes to that says what is asked, or its contrary."""
    if _EXCEPT.search(said.text) and not _EXCEPT.search(asked):
        return None
    if _other_figure(asked, claim.text, said.text):
        return "否"
    if (_denies(claim.text, asked) != bool(FORBIDS.search(lead))) == _denies(asked, claim.text):
        return "是"
    return "否" if _denied(asked, claim.text, lead) else None


def _denied(asked: str, claim: str, lead: str) -> bool:
    """Whether a claim denies just what is asked, not of something else (不健全的状况)."""
    passing = _IN_PASSING.search(claim)
    if passing and passing["of"][-OF:] not in asked:
        return False
    if _bounded(asked, claim):
        return False
    other = _IS_NO.search(claim)
    if other and not set(other["what"]) & set(asked):  # 核心业务…并非|自营
        return False
    return (_denies(claim, asked) != bool(FORBIDS.search(lead))) != _denies(asked, claim)


def _bounded(asked: str, claim: str) -> bool:
    """Whether a claim holds up to (or from) a figure that is not the one asked about: 8岁以下."""
    bounds = [one for one in quantities(claim) if _BOUND.match(claim, one.end)]
    return bool(bounds) and bool(quantities(asked))


def leaning(found: Stance) -> float:
    """Log-odds of yes."""
    return BIAS + sum(weight * float(getattr(found, name)) for name, weight in WEIGHTS.items())


def stance(inquiry: Inquiry, sentence: str, lead: str = "", spans: Sequence[Found] = ()) -> Stance:
    """Hold a sentence against a question; the arguments are those of ``polarity``."""
    asked = _CHOICE.sub("", inquiry.text)
    clause = _settling(inquiry, sentence, spans)
    denied = _denies(asked, clause)
    says_no = _denies(clause, asked) != bool(FORBIDS.search(lead))
    compared = _compared(inquiry, asked, sentence)
    best = bool(_BEST.search(asked))
    return Stance(
        echoed=coverage(inquiry.keys, sentence),
        negated=float(says_no != denied),
        denied=float(denied),
        doubted=float(_denies(sentence, asked)),
        other_figure=float(not compared and _other_figure(asked, clause, sentence)),
        compared=compared,
        all_asked=float(bool(_ALL.search(asked)) and not _ALL.search(sentence)),
        part=float(bool(_PART.search(sentence))),
        behind=float(best and bool(_BEHIND.search(sentence)) and not _BEST.search(clause)),
        best=float(best and bool(_BEST.search(sentence))),
    )


def _settling(inquiry: Inquiry, sentence: str, spans: Sequence[Found]) -> str:
    """The clause that speaks most of what is asked, and that the reader points at."""
    clauses = list(_CLAUSE.finditer(sentence))
    if not clauses:
        return sentence
    return max(
        (coverage(inquiry.keys, clause[0]) + READ * _read(clause, spans), -number, clause[0])
        for number, clause in enumerate(clauses)
    )[2]


def _read(clause: re.Match[str], spans: Sequence[Found]) -> float:
    """Share of the spans' probability that lies in a clause."""
    total = sum(span.probability for span in spans)
    held = sum(
        span.probability
        * max(0, min(span.end, clause.end()) - max(span.start, clause.start()))
        / (span.end - span.start)
        for span in spans
    )
    return held / total if total else 0.0


def _denies(text: str, other: str) -> bool:
    """Whether a text says a no that the other one does not say in the same words (免费)."""
    return any(
        text[found.start() : found.start() + 2] not in other for found in _NOT.finditer(text)
    )


def _compared(inquiry: Inquiry, asked: str, sentence: str) -> float:
    """Whether the subject's figures are above (or below) the one asked about, as asked: 1 or -1.

    0 when nothing is compared, or the figures lie on both sides, or one is itself no more than a
    bound (超过1亿).
    """
    if _HALF.search(asked):
        return _on_one_side(inquiry, sentence, Quantity(0, 0, HALF, "%"), above=True)
    above, below = bool(_ABOVE.search(asked)), bool(_BELOW.search(asked))
    if above == below:
        return 0.0
    for bound in quantities(asked):
        if (_ABOVE if above else _BELOW).search(asked[max(0, bound.start - 4) : bound.end + 3]):
            side = _on_one_side(inquiry, sentence, _in_percent(bound), above=above)
            if side:
                return side
    return 0.0


def _on_one_side(inquiry: Inquiry, sentence: str, bound: Quantity, *, above: bool) -> float:
    alike = not bound.unit and bound.value >= BARE

    def fits(one: Quantity) -> bool:
        bare = not one.unit and one.value >= BARE  # 2亿|注册会员
        return alike or bare or _in_percent(one).unit == bound.unit

    clause = _of_figures(inquiry, sentence, fits)
    if _SOME.search(clause) and not _SOME.search(inquiry.text):
        return 0.0
    given = [_in_percent(one) for one in quantities(clause) if fits(one)]
    sides = {one.value >= bound.value for one in given}
    open_ended = any(_AT_LEAST.search(clause[: one.start]) for one in given)
    if len(sides) != 1 or (open_ended and sides == {False}):
        return 0.0
    return 1.0 if sides == {above} else -1.0


def _in_percent(one: Quantity) -> Quantity:
    """三成 as 30%."""
    return replace(one, value=10 * one.value, unit="%") if one.unit == "成" else one


def _of_figures(
    inquiry: Inquiry, sentence: str, fits: Callable[[Quantity], bool] = lambda _: True
) -> str:
    """The clause whose figures are the subject's, or the sentence where no clause stands out.

    Of those that have a figure which ``fits``: the one that alone has a name of the question, or
    that speaks most of its subject.
    """
    given = [one.text for one in claims(sentence) if any(map(fits, quantities(one.text)))]
    alone = set()
    for key in inquiry.keys:
        having = [text for text in given if key.names and key.word in text]
        if len(having) == 1 and not key.word[0].isdigit():
            alone.add(having[0])
    if len(alone) == 1:
        return alone.pop()
    parts = taken_apart(inquiry.text)
    subject = parts.subject or parts.predicate
    named = [share_said(subject, text) for text in given]
    if not given or named.count(max(named)) > 1:
        return sentence
    return given[named.index(max(named))]


def _other_figure(asked: str, clause: str, sentence: str) -> bool:
    """Whether figures or dates are given such as the question names, and none of them.

    Those of the clause count before those of the whole sentence.
    """
    for one in quantities(asked):
        alike = [
            [other for other in quantities(text) if other.unit == one.unit and one.unit]
            for text in (clause, sentence)
        ]
        given = alike[0] or alike[1]
        if given and not any(math.isclose(other.value, one.value) for other in given):
            return True
    dates = moments(clause) or moments(sentence)
    return bool(dates) and any(
        not any(_same(one, other) for other in dates) for one in moments(asked)
    )


def _same(one: Moment, other: Moment) -> bool:
    """Whether two dates can be one: as far as both say."""
    return all(a == b or not a or not b for a, b in zip(one.order, other.order, strict=True))
