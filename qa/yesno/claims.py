"""What a question of yes or no claims, and where a sentence claims it.

A sentence says several things of several subjects. A yes stands on firm ground only where all that
the question says of its subject is said in one clause, or one item of a list, and of that subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Parts of a sentence that say one thing each: clauses, and in a list of quoted names those that
# share what is said of them: 有银行参与的“订单融资”、“入库单融资”|以自有资金运作的“京保贝”.
_CLAIM = re.compile(r"[^,，;；。!！?？:：]+")
_GROUP = re.compile(r"(?<=[”」』》\"])[、和与及](?=[^“「『《\"、])")
_ASKS = re.compile(
    r"(?:[,，](?:对吗|对吧|对不对|是吗|是吧|是不是|对么))$|(?:吗|么|嘛|呢|吧|啊|呀|没有|没|了没)+$|请问|到底|究竟"
)
_CHOICE = re.compile(
    r"(?P<word>[\u4e00-\u9fff])[不没](?P=word)|(?P<or_not>[有是能可])[无否]|有没有"
)
# What parts that of which something is asked from what is asked of it.
_TURN = re.compile(
    r"属于|过(?=半|\d)|是|算(?!盘)|叫|可以|能(?![源力量耗])|会(?![员议计社])|应(?![链收用])|需要?|要(?!求)|已经|有(?![率机限效关])|"
    r"包括|包含|面向|针对|支持|提供|负责|超过|达到|主要|大多|只|都|最|由|向|对(?!象)|现在|目前|给|用(?![户品途处])"
)
# Words that a claim can do without: they say nothing of their own.
_IDLE = re.compile(
    r"属于|可以|能够|已经|需要|应该|应当|现在|目前|真的|作为|进行|是|算|有|能|会|要|了|的|得|地|吗|在|被|给|"
    r"手里|过|着|里|中|个|也|就|和|与|跟|可|到|来|把|将|让|去|上|用(?![处户品途])|自己|做|为|由|以|向|对|从|,|，|“|”|\"|「|」"
)
# The same, said in other words.
_SAME = (
    (re.compile(r"最为"), "最"),
    (re.compile(r"绝?大多数|大多数?|大部分|占?多数|(?<!\d)为主"), "大多"),
    (re.compile(r"自己的?(?:钱|资金)|自有资金"), "自有资金"),
    (re.compile(r"(?:行业|业界|业内)(?:里|内)?(?:是|排|排名)?(?:头一名|首位|第一)"), "第一"),
    (re.compile(r"头一名|首位|居首"), "第一"),
    (re.compile(r"不花钱|不收费|不要钱"), "免费"),
    (re.compile(r"赚钱|扭亏为盈"), "盈利"),
    (re.compile(r"银行的?(?:钱|资金)"), "银行资金"),
    (re.compile(r"水洗|用水洗"), "水清洗"),
    (re.compile(r"没有|缺乏"), "没有"),
)
WHOLE = 0.9  # share of its characters from which a phrase counts as said
NAMED = 0.8  # … from which a subject does that is named around the claim
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Claimed:
    """A question of yes or no, taken apart."""

    subject: str  # what is asked about
    predicate: str  # what is asked of it
    modal: str  # the word that asks whether one may: 可以, 能, or ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A part of a sentence that says one thing."""

    start: int
    end: int
    text: str
    goes_on: bool  # about the subject of the one before


# A clause that goes on about the subject of the one before, or names it by what it is.
_GOES_ON = re.compile(
    r"[而但]?(?:并|且|也|还|又|均|都|是|为|有|已|可|能|会|须|需|要|应|将|把|由|被|在|从|以|则|却|仍|只|不|无|未|没|缺|"
    r"绝?大多数|多数|大部分|这些|其中|"
    r"包括|主要|实现|获|具|拥|达|超|提供|支持|面向|促进|建立|基本|正|曾|最|作为|构建|导致|新增|平台|公司|本|该|其|它|系统)"
)
# What takes some out of what is said, or says it of some only.
_LIMITS = re.compile(
    r"除外|例外|除[^,，]*外|除非|不含|不包括|有些|满|以上|以下|以内|(?<!不)仅(?!仅|次于)|只(?![有要占])|部分|有的|个别|"
    r"一些|一般|通常|可能|原则上|凭|的用户|的员工|的情况"
)
# What is to be, is not yet.
_DUE = re.compile(r"应当?|须")
_TO_BE = re.compile(
    r"应(?![链收用对])|建议|计划|拟|预计|尝试|力争|争取|希望|目标|将(?!其|这|支|京|业)"
)
_ASKS_WHAT_IS_DUE = re.compile(r"应|该|须|必|要|建议|计划|打算|准备|将|拟|目标|希望")
# Beyond what a sentence allows: 超过30天|逾期不予受理, 初中|限小学阶段.
_BEYOND = re.compile(r"逾期|[,，](?:只|仅)?限(?!制|度|公司)|除外")
_ADVISED = re.compile(
    r"应(?:当|该)?(?=尝试|加强|加快|建立|完善|提高|推进|开展|尽快|考虑)|建议|拟(?!合)|将(?:于|会)"
)
_ALL_OF_THEM = re.compile(r"[而但]?[均都皆]")
_QUOTED = re.compile(r"[“”\"「」]|.*的(?=[“「\"])")
_CLAUSE_END = re.compile(r"[,，;；。!！?？:：]")
_IS = re.compile(r"属于|是|算|作为")
_COPULA = re.compile(r"是指|包括|包含|主要有|是|有")
# What the question says and the claim has to say too, in some form.
_STRICT = tuple(
    (re.compile(asked), re.compile(said))
    for asked, said in (
        (r"现在还|还(?!是|有|款|本|能)|仍", r"还|仍|依旧|依然"),
        (r"之?前|之?后|先|早", r"前|后|先|早"),
        (r"最|第一|头一|老大", r"最|第一|头一|首|冠军|榜首"),
        (r"所有|全部|全都|都|一律|每", r"所有|全|都|均|一律|每|各|皆"),
        (r"只|仅|唯一|光", r"只|仅|唯一|单"),
        (r"大多|多数|大部分|为主|主要", r"大多|多数|大部分|为主|主要|八成|九成|七成"),
        (r"没有?(?=.)|不(?!是|对)|无|未", r"不|没|无|未|缺"),
    )
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as it is found in a text."""

    text: str  # folded
    title: str = ""  # of the document, folded
    around: str = ""  # headings above and the sentence before, folded: they may name the subject


def asserting(question: str, said: Said) -> Claim | None:
    """The claim that says what a folded question asks, of what it asks it of.

    It may say so with another sign before it: whether one of both says no is not looked at.
    """
    asked = taken_apart(question)
    found = claims(said.text)
    for at, claim in enumerate(found):
        if _unlimited(asked, claim.text) and (
            (
                # A title may complete what is asked, but not say all of it.
                share_said(asked.predicate, claim.text) >= HALF
                and share_said(asked.predicate, f"{claim.text}\n{said.title}") >= WHOLE
                and _of_subject(asked.subject, said, found, at)
            )
            or _is_member(asked, said, found, at)
        ):
            return claim
    return None


def _unlimited(asked: Claimed, claim: str) -> bool:
    """Whether a claim is as wide and as sure as what is asked."""
    if any(a.search(asked.predicate) and not b.search(claim) for a, b in _STRICT):
        return False
    whole = asked.subject + asked.predicate
    claim = _DUE.sub("", claim) if asked.modal else claim  # what one should do one may
    return not any(one.search(claim) and not one.search(whole) for one in (_LIMITS, _TO_BE))


def _of_subject(subject: str, said: Said, found: Sequence[Claim], at: int) -> bool:
    """Whether a claim is made of a subject: named in it, or before it and not left since."""
    here = found[at].text
    if share_said(subject, here) >= HALF and share_said(subject, here + said.title) >= WHOLE:
        return True
    head = _head(found, at)
    if head is None:
        return share_said(subject, f"{said.around}\n{said.title}\n{here}") >= NAMED
    return head < at and share_said(subject, f"{chain(found, at)}\n{said.title}") >= NAMED


def chain(found: Sequence[Claim], at: int) -> str:
    """A claim with those before it whose subject it goes on about."""
    head = _head(found, at)
    return "\n".join(one.text for one in found[head or 0 : at + 1])


def _head(found: Sequence[Claim], at: int) -> int | None:
    """Number of the claim whose subject a claim goes on about; None when it is none of these.

    「甲达…，乙达…，均为第一」 goes on about all of them.
    """
    if at and found[at].goes_on and _ALL_OF_THEM.match(found[at].text):
        return 0
    while at >= 0 and found[at].goes_on:
        at -= 1
    return at if at >= 0 else None


def _is_member(asked: Claimed, said: Said, found: Sequence[Claim], at: int) -> bool:
    """Whether a claim names what is asked about among what the predicate's word opens.

    「生产者…，还包括银行」 makes 银行 one of 生产者.
    """
    if not _IS.match(asked.predicate) or share_said(asked.subject, found[at].text) < WHOLE:
        return False
    head = _head(found, at)
    opened = found[at if head is None else head].text
    subject = _COPULA.split(opened, maxsplit=1)
    return (
        len(subject) > 1
        and share_said(asked.predicate, subject[0] + said.title) >= WHOLE
        and not share_said(asked.predicate, said.title) >= WHOLE
        and share_said(asked.subject, subject[0]) < HALF
    )


def parted(question: str, said: Said) -> bool:
    """Whether a list says of other members what is asked of one, and something else of that one.

    「面向个人的“甲”、面向企业的“乙”」 says that 乙 is not 面向个人.
    """
    asked = taken_apart(question)
    found = claims(said.text)
    subject = _QUOTED.sub("", asked.subject)
    own = [one for one in found if f"“{subject}”" in one.text]
    others = [
        one
        for one in found
        if own and one not in own and "”" in one.text and _adjoin(said.text, one, own[0])
    ]
    return (
        len(own) == 1
        and share_said(asked.predicate, own[0].text) < WHOLE
        and any(share_said(asked.predicate, one.text) >= WHOLE for one in others)
    )


def _adjoin(sentence: str, one: Claim, other: Claim) -> bool:
    """Whether two claims stand in one clause."""
    first, last = sorted((one, other), key=lambda claim: claim.start)
    return not _CLAUSE_END.search(sentence, first.end, last.start)


@lru_cache(maxsize=256)
def taken_apart(question: str) -> Claimed:
    """What a folded question asks of what: 「银行属于分解者吗」 asks 分解者 of 银行."""
    text = _CHOICE.sub(lambda found: found["word"] or found["or_not"] or "有", question)
    text = _ASKS.sub("", text)
    turn = next((one for one in _TURN.finditer(text) if one.start() >= 2), None)
    start = turn.start() if turn else 0
    modal = re.search(r"可以|能(?!源|力|量)|可(?!能|靠)|允许", text)
    return Claimed(text[:start], text[start:], modal[0] if modal else "")


def claims(sentence: str) -> list[Claim]:
    """The parts of a folded sentence that say one thing each."""
    return list(_parts(sentence))


def _parts(sentence: str) -> Iterator[Claim]:
    for clause in _CLAIM.finditer(sentence):
        start = clause.start()
        for cut in [*_GROUP.finditer(sentence, *clause.span()), None]:
            end = cut.start() if cut else clause.end()
            text = sentence[start:end]
            first = start == clause.start()
            stopped = sentence[start - 1 : start] in set(";；。!！?？") if start else False
            yield Claim(start, end, text, first and not stopped and bool(_GOES_ON.match(text)))
            start = cut.end() if cut else end


def share_said(asked: str, text: str) -> float:
    """Share of the characters of ``asked`` that ``text`` says, in runs of two and more.

    1 where nothing of weight is asked.
    """
    said = same_words(text)
    pieces = [piece for piece in _IDLE.split(same_words(asked)) if piece]
    total = sum(map(len, pieces))
    return sum(_said(piece, said) for piece in pieces) / total if total else 1.0


def _said(piece: str, text: str) -> int:
    """How many characters of ``piece`` stand in ``text``, in runs of two and more."""
    if len(piece) == 1:
        return int(piece in text)
    held = set[int]()
    for at in range(len(piece) - 1):
        if piece[at : at + 2] in text:
            held |= {at, at + 1}
    return len(held)


def same_words(text: str) -> str:
    """A text in one of several wordings."""
    for pattern, word in _SAME:
        text = pattern.sub(word, text)
    return text


def not_yet(question: str, sentence: str) -> bool:
    """Whether a folded sentence only advises or limits what a folded question asks as a fact.

    「京东应加强与银联的合作」 does not say that it has any.
    """
    advised = _ADVISED.search(sentence)
    limited = _BEYOND.search(sentence)
    return bool((advised and not _ASKS_WHAT_IS_DUE.search(question)) or limited)
