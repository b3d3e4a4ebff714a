"""The exact words of an answer in the sentence that holds it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import Span, fold, simplified
from qa.clause import clause
from qa.enumerations import NUMBERED
from qa.question.inquiry import Inquiry, is_idle
from qa.question.kinds import Asked
from qa.reader import Text, shipped_sentence_reader
from qa.search.windows import Found
from qa.short.frames import sort_named
from qa.texts import Place, Reading, Texts

# A particle that opens a clause is none of the answer, nor is 仅仅作为.
_OPENING = re.compile(
    r"(?:(?:也|都|均|皆|就|只|仅仅?|主要|大多|基本上?)?(?:作为|是|为|在于)|[如而即则在由以从将也都就被把和与及]|(?<=[换改变])成|(?:担任|出任|当(?![地代时年天日月今前初归局事选阳涂中晚下]))[了过]?(?=[\u4e00-\u9fff]{2}))"
)
# … nor is what only says that a reason, an end or a meaning follows: 这是因为|它的|色轮转速偏低
_REASON = re.compile(
    r"(?:(?:这|那|即|原因|主要|多半|大多|都|目的)*(?:是因为|是由于|因为|由于|是指|指的是|是为了|为了|以便|从而|目的是|原因是|在于)|是(?!否)|以(?=[扩加提降减缓防避保实促推方便满增]))"
    r"(?:(?:后者|前者|它们?|其)的?)?"
)
# … but where it says of whom, where or with what the rest is done, it is: 为各业务提供账户支持.
_DOES = re.compile(
    r"(?:作?为|给|向)[^,，]{1,16}?(?:提供|带来|创造|打下|奠定|增添|解决)|在[^,，]{1,14}?[中上里下内][^,，的]{2}|[将把][^,，]{1,12}?[为成到入给在]|从[^,，]{1,12}?[到向]|以[^,，]{1,12}?为"
)
# Who it is that does a thing: 「物业费由|甲方|承担」.
_BY = re.compile(
    r"由(?P<who>[^,，。;；、的由]{2,12}?)(?:来|共同|统一|代为)?(?:承担|负责|(?<![主责信])任(?!何)|支付|缴纳|主持|组织|牵头|担任|出资|提供|审批|主办|承办|保管|管理|"
    r"执行|签发|制定|编写|设计|创办|参加|出席|主讲|赔偿|施工|建设|维修)(?![院部所局]|公司)"
)
_WHOSE_TURN = re.compile(
    r"谁(?:来)?(?:负责|修|承担|出|付|缴|交|管|维护|保养|赔|买单|掏)|[找归]谁(?:修|管|负责)"
)
# A time or a figure is nobody.
_NOBODY = re.compile(
    r"[\d.,%％万亿元年月日多]+|(?:[东西南北]?[唐宋元明清汉晋周]|民国|战国|春秋)(?:代|朝|时期)?(?:[初末中]年?)?"
)
# What somebody does is none of who it is: 郎志勇|会同设计院.
_ACTS = re.compile(r"会同|带领|率领|组织(?!$)|牵头|主持(?!人)|负责(?!人)")
_SAID = re.compile(
    r"(?P<subject>[^,，。;；:：是]{2,24}?)(?:主要)?(?:指的是|是指|就是|是|则|(?<![成作认分因以称])为|[:：])"
)
# 「甲是乙,主要包括……」: what it is, to the end of that clause.
_IS = re.compile(
    r"(?P<subject>[^,，。;；:：是]{2,24}?)(?:主要|就|便|即)?(?:在于|是(?!指|否|因为?|由于?|为了?))(?P<what>[^,，。;；:：?？!！]{2,})"
)
_ASKED_OF = re.compile(
    r"的(?P<noun>[\u4e00-\u9fff]{2,8}?)(?:主要)?(?:是|属于|为)(?:什么|啥|谁|哪(?:一)?[个家项种款块类])(?:业务|产品|公司|平台|项目|部门)?$"
)
SAME_SUBJECT = 0.8  # share of the characters of what such a clause is about that the question has
_CHOOSES = re.compile(r"哪|谁|何者|之间|两者|二者|还是")
_QUOTES = re.compile(r"[“”‘’「」『』《》\"]")
_HANGING = re.compile(
    r"(?:[只也却]|(?<![首成故古])都|(?<![成造])就|(?<![归偿])还|(?<![原规法守准细通总])则|(?<=[取而])代)$"
)
# 「向财务部薪资专员柯敏|查询」: what is done is none of whom it is done with.
_FROM_WHOM = re.compile(
    r"[向跟找](?P<who>[^,，。;；:：向跟找]{2,16}?)(?P<does>查询|咨询|申请|报告|反映|提出|报备|请教|领取|索取|办理)$"
)
# 「不是因为项目优秀,而是投资者看中了信用背书」
_RATHER = re.compile(
    r"(?:不(?:仅仅)?(?:是|在于)|并非(?:是)?)(?:因为|由于|出于)?(?P<not>[^,，。;；]{2,30})[,，]?而(?:是|在于)"
    r"(?:因为|由于|出于)?(?P<but>[^,，。;；]{2,40})"
)
FAR = 20  # characters before the end of such a span in which it may begin
# 「……」的趋势, “三位一体”模式
_OWN_HEAD = re.compile(r"(?:的|(?<=[”’』」》]))(?P<head>[\u4e00-\u9fff]{2,4})$")
# 「众筹业务表现了京东|什么样的趋势」
_WHICH = re.compile(r"(?:一种|一个)?(?:什么样|怎样|怎么样|什么|啥|哪(?:一)?[个种类家项条款块])")
REPEATED = 3  # characters before that, at least, for a span to begin with them again
_HEAD = re.compile(r"(?<=的)[^,，;；。的]{2,10}(?=。?$)")
# 「所谓甲，是指……的设备，不包括乙」: what a thing is, up to what else is said of it.
_DEFINES = re.compile(
    r"[“‘《]?(?P<term>[^,，。；;：:“”‘’]{2,20})[”’》]?[,，]?(?:则|就|即|主要)?(?:是指|指的是|指|就是)"
    r"(?P<what>[^。；;]{6,})"
)
_ITSELF = re.compile(
    r"[^的]*的[^,，]+(?=[,，])"
)  # to the end of the first clause that names a thing
SHORT_SPAN = 24  # characters; what is longer is the sentence's own business
NEXT = 0.1  # of the surest span's probability, at least, for another to be given in its place
SURE = 0.8  # … of one that does not look like it
STATED = 0.5  # probability of a clause that says why, how or what for, to be given by itself
LONGEST = 40  # characters of such a clause
LONG_DEFINITION = 70  # … of what a term is said to mean


def against(inquiry: Inquiry, reading: Reading, sentence: int) -> tuple[str, Text]:
    """A question and the sentence it is held against, as ``SentenceReader`` is given them.

    Without its headings: of 500 short answers as many are found with them, and of yes and no more
    were told rightly without.
    """
    return simplified(inquiry.text), Text(simplified(reading.text(sentence)))


def says_by_whom(plain: str) -> bool:
    """Whether a folded sentence names who does a thing as the one it is done by."""
    return _BY.search(plain) is not None


def read_again(texts: Texts, inquiry: Inquiry, place: Place) -> list[Found]:
    """The spans of a sentence that is read by itself, surest first: it is known to answer."""
    reading = texts.reading(place.document)
    said = shipped_sentence_reader()(*against(inquiry, reading, place.sentence))
    return [Found(place, span.start, span.end, span.probability) for span in said.spans]


def read_span(inquiry: Inquiry, plain: str, spans: Sequence[Found]) -> Span | None:
    """The reader's surest span in a sentence, when it is short enough to be one thing.

    What the question itself says answers it only where it names those to choose from.
    """
    responsible = _responsible(inquiry, plain)
    if responsible:
        return responsible
    mark = NUMBERED.match(plain)
    for span in spans:
        if span.probability < NEXT * spans[0].probability:
            break
        rather = _instead(plain, span.start, span.end)
        if rather and rather.end - rather.start <= SHORT_SPAN:
            return rather
        if says_again(inquiry.text, plain[span.start : span.end]):
            continue
        if _OPENING.fullmatch(plain, span.start, span.end) or (mark and span.end <= mark.end()):
            continue
        if inquiry.asked is Asked.WHO and _NOBODY.fullmatch(plain, span.start, span.end):
            continue
        by = _BY.search(plain, span.start, span.end) if inquiry.asked is Asked.WHO else None
        if by:
            return Span(*by.span("who"))
        start = _after_subject(inquiry, plain, span)
        acts = _ACTS.search(plain, start + 2, span.end) if inquiry.asked is Asked.WHO else None
        end = acts.start() if acts else span.end
        if end - start <= SHORT_SPAN:
            opening = _OPENING.match(plain, start, end - 2)
            if opening and not _DOES.match(plain, start, end):
                start = opening.end()
            if end - start > 3 and _HANGING.search(plain, start, end):  # 岚影M1|只有
                end -= 1
            told = _FROM_WHOM.search(plain, max(start - FAR, 0), end)
            if told and told.start("who") == start:
                end = told.start("does")
            return Span(start, _before_head(inquiry, plain, start, end))
    return None


def _responsible(inquiry: Inquiry, plain: str) -> Span | None:
    """「灯坏了谁修」: 「屋面由甲方负责；灯具的维修由|乙方|负责」, of the part that names it."""
    if inquiry.asked is not Asked.WHO or not _WHOSE_TURN.search(inquiry.text):
        return None
    words = [key.word for key in inquiry.keys if not is_idle(key.word)]
    told = []
    for one in _BY.finditer(plain):
        here = clause(plain, one.start())
        told.append((sum(word in here for word in words), Span(*one.span("who"))))
    most = max((said for said, _ in told), default=0)
    own = [who for said, who in told if said == most]
    return own[0] if most and len(own) == 1 else None


def _instead(plain: str, start: int, end: int) -> Span | None:
    """What a sentence says it is, where a span is what it says it is not."""
    for one in _RATHER.finditer(plain):
        if one.start() <= start and end <= one.end("not"):
            return Span(*one.span("but"))
    return None


def says_again(question: str, words: str) -> bool:
    """Whether words say nothing that the question has not said: “小白卡和钢镚”业务."""
    pieces = [one for one in _QUOTES.split(words) if one]
    return not _CHOOSES.search(question) and all(one in question for one in pieces)


def _before_head(inquiry: Inquiry, plain: str, start: int, end: int) -> int:
    """Where a span ends without the word that the question asks with: 「甲到乙再到丙」|的趋势."""
    head = _OWN_HEAD.search(plain, start + 2, end)
    return head.start() if head and head["head"] in inquiry.text else end


def what_it_is(inquiry: Inquiry, plain: str) -> Span | None:
    """What the sentence says that the question's subject is, in its first clause."""
    said = _IS.match(plain)
    if said is None or len(said["what"]) > LONGEST or said["what"][-1] in "下中上里时后":
        return None
    subject = set(said["subject"])
    same = len(subject & set(inquiry.text)) >= SAME_SUBJECT * len(subject)
    return Span(*said.span("what")) if same else None


def what_has_it(inquiry: Inquiry, plain: str) -> Span | None:
    """「甲，作为……，是圈子的核心业务」: 甲, where the 核心业务 of something is asked for."""
    asked = _ASKED_OF.search(inquiry.text)
    if asked is None:
        return None
    said = re.match(
        rf"(?:[而如但]|其中|例如)?(?P<what>[^,，。;；:：是的]{{2,12}})(?:[,，].*?)?[,，]?是[^,，。;；]*?"
        rf"{re.escape(asked['noun'])}(?=[。,，;；]|$)",
        plain,
    )
    return Span(*said.span("what")) if said and said["what"] not in inquiry.text else None


def _after_subject(inquiry: Inquiry, plain: str, span: Found) -> int:
    """Where a span begins to say more than the question does: 京东金融的核心竞争力是|…; 1. |…"""
    mark = NUMBERED.match(plain, span.start, span.end - 1)
    start = mark.end() if mark else span.start
    said = _SAID.match(plain, start, span.end - 1)
    if said and set(said["subject"]) <= set(inquiry.text):
        return said.end()
    which = _WHICH.search(inquiry.text)
    before = inquiry.text[: which.start()] if which else ""
    for many in range(min(len(before), span.end - start - 2), REPEATED - 1, -1):
        if plain.startswith(before[-many:], start):
            return start + many
    return start


def stated(texts: Texts, inquiry: Inquiry, place: Place) -> str | None:
    """The clause of that sentence that the reader is sure of, when it is short.

    Of 「甲是在乙中，以丙，做丁的业务」, whatever ends before 的业务 does not say what it is.
    """
    reading = texts.reading(place.document)
    text = reading.text(place.sentence)
    if inquiry.asked is Asked.DEFINITION:
        defined = _DEFINES.search(text)
        if defined and any(key.word in fold(defined["term"]) for key in inquiry.keys):
            what = _ITSELF.match(defined["what"])
            said = what[0] if what else defined["what"]
            return said if len(said) <= LONG_DEFINITION else None
        plain = reading.plain(place.sentence)
        told = (
            what_has_it(inquiry, plain)
            or what_it_is(inquiry, plain)
            or sort_named(inquiry.text, plain, fold(reading.document.title))
        )
        if told and not says_again(inquiry.text, plain[told.start : told.end]):
            return text[told.start : told.end]
    head = _HEAD.search(text) if inquiry.asked is Asked.DEFINITION else None
    for span in read_again(texts, inquiry, place):
        before = head and span.start < head.start() and span.end < head.end()
        if before and span.probability < SURE:
            continue
        if span.probability >= STATED:
            rather = _instead(reading.plain(place.sentence), span.start, span.end)
            if rather:
                return text[rather.start : rather.end]
            start = _after_subject(inquiry, reading.plain(place.sentence), span)
            if span.end - start <= min(LONGEST, len(text) - 2):
                opening = _REASON.match(text, start, span.end - 4)
                said = text[opening.end() if opening else start : span.end]
                return None if says_again(inquiry.text, fold(said)) else said
    return None
