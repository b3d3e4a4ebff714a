"""The gist of a thing: 「介绍一下京东众筹」「一句话，京东金融是个啥」「农村金融做得怎么样」.

What is asked about in general has no one sentence that answers it. Where a section is about it, the
section's own sentences do; where the whole text is, those in which authors say what a text comes
to: its opening and the sentences right below its main headings. The ones nearest to the middle
of all that is said there are taken, by the mean of the sentences' vectors (Radev et al.,
"Centroid-based summarization of multiple documents", 2000), in the order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus import Kind, fold
from qa.compose import Draft, Part
from qa.question.inquiry import Inquiry
from qa.search.rank import Sight
from qa.texts import Place, Reading, Texts

MOST = 3  # sentences
OPENING = 2  # of them for a text as a whole, beside its outline
SHORTEST = 2  # characters of a name
NAME = 4  # characters of a long name that are one
FIRST = 0.01  # of cosine: what begins a section says more often than not what it is about
LOOKED_AT = 4  # best candidates, whose documents may be about it
AROUND = 400  # sentences of a text whose middle is taken
BELOW = 2  # sentences right below a main heading
FEW = 6  # sentences that name a thing, at most, for the thing to be told by them
CONFIDENCE = 0.8

_TELL = r"(?:介绍|概述|概括|总结|归纳|梳理|简述|综述|评述|讲讲|说说|谈谈|聊聊|讲清楚?|说清楚?|了解)"
# What asks for the gist of something.
_ASKS = re.compile(
    rf"{_TELL}|(?:讲|说|谈)(?:一下|下)|[一两几三]句话|怎么(?:一)?回事|咋回事|来龙去脉|概[况貌]|全貌|简介|[状情现]况|现状|处境"
    r"|(?:做|发展|经营|运作|运营|开展|混)得?(?:怎么样|怎样|如何|咋样|到什么程度)|(?:什么|啥)样子?$"
    r"|(?:总体|整体)(?:上|来看|评价)?|关于.{2,16}(?:说|讲|写|谈|提)(?:了|到)?(?:些)?(?:什么|啥)"
    r"|(?:怎么|如何)评价|对.{2,12}(?:怎么看|如何看|有(?:什么|何|啥)看法|(?:的)?(?:看法|评价)(?:是|如何|怎么样|怎样|$))"
)
# 「京东支付做得怎么样」 「混得咋样」: how it fares, not what it is.
_FARES = re.compile(
    r"(?:做|发展|经营|运作|运营|开展|混)得?(?:怎么样|怎样|如何|咋样|到什么程度)(?:了|啊|呀)?$|现状|处境|(?:目前|眼下)的?状况"
)
_FIGURES = re.compile(r"\d[\d.,]*(?:%|[万亿多余个家元]|倍)|第一|首位")
_JUDGES = re.compile(r"薄弱|短缺|不足|市场份额|弱|风险|制约|限制|误导|领先|优势|增长|下降|不符")
IN_ONE = re.compile(r"一句话")
# 「信息不透明具体表现在哪些方面」: what a section says of what its heading states.
_SHOWS = re.compile(
    r"^(?P<subject>.{3,16}?)(?:的问题|问题|这一?[点块])?(?:主要|具体|到底|究竟|都)*(?:表现|体现|反映|显示)(?:为|在|于|出)*(?:哪|什么|啥|何处).{0,6}$"
)
# What such a question, or a heading, is dressed in beside the name of the thing.
_DRESS = re.compile(
    rf"(?:做个?|作一?个?)?(?:简单|简要|简短|大概|大致|大体|粗略)?地?{_TELL}(?:介绍|总结|概括)?(?:一下|下|一遍)?"
    r"|(?:讲|说|谈)(?:一下|下)|用?[一两几三]句话(?:讲清楚?|说清楚?)?|怎么(?:一)?回事|咋回事|来龙去脉|概[况貌]|全貌|简介|怎么评价"
    r"|(?:做|发展|经营|运作|运营|开展|混)?得?(?:怎么样|怎样|如何|咋样|到什么程度)|做到什么程度"
    r"|(?:总体|整体|总的|全面)(?:上|来看|来说|而言|的)?|(?:开展|运作|发展|经营|运营)?(?:的)?(?:状况|情况|现况|现状|处境|地位|评价)"
    r"|何谓|(?:是)?(?:做|干)(?:什么|啥|嘛)(?:的|业务)?$|(?:是)?(?:一)?[个家种]?(?:什么样|怎样|怎么样)的?(?:一[个家种])?(?:公司|企业|平台|东西|产品|业务|机构)$|(?:是)?(?:一)?[个家]?(?:什么|啥)(?:样子?|东西|情况|公司|平台|企业)?|(?:能不能|可以|能否|请|麻烦|给我|帮我|我想|想)"
    r"|(?:怎么|如何)看(?:待)?|有?(?:什么|何|啥)看法|看法"
    r"|(?:说|讲|写|谈|提)(?:了|到)(?:些)?(?:什么|啥)|目前|眼下|现在|(?:这|那)(?:家|个|块|种|项)(?:公司|企业|平台|业务|产品|东西)?|那(?=部分|段)|到底|究竟|简单|简要|简短|大概|大致|大体|主要|基本|关于|对于|作者|文章|文中|原文|这一?块|这个|方面|业务"
    r"|具体|详细|展开|仔细|[的了吧呢呗吗啊地对是,，、:：\s]"
)
_COMMA = re.compile(r"[,，]")
_NUMBER = re.compile(r"^第[\d一二三四五六七八九十百]+[章节部编]分?")
# 「公司的休假制度」, which a chapter named 休假 is about.
_OF_RULES = re.compile(
    r"^(?:本|我们?|这家|该)?(?:公司|单位|企业|学校|员工)|(?:制度|规定|政策|办法|安排|规则|要求)$"
)
_IS = re.compile(r"(?:发展)?成为|作为|是(?!否)|指")
# Says what the text does, not what it is about.
_META = re.compile(
    r"^(?:基于|综合|综上|根据)?(?:以上|上述|所述)|^(?:本文|本节|本章|下面|下文|研究)"
)
_TIME_ONLY = re.compile(r"^[^,，]{4,14}[,，][^,，]{2,16}(?:上线|成立|推出|发布|开业)[。.]?$")


def gist(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The sentences that sum up what is asked about, or None where no section or text is of it."""
    subject = bare(inquiry.text)
    if len(subject) < SHORTEST:
        return None
    documents = dict.fromkeys(one.place.document for one in sight.candidates[:LOOKED_AT])
    if _FARES.search(inquiry.text):
        for document in documents:
            told = _told_of(texts.reading(document), subject)
            if told:
                return told
    for look in (_of_section_or_text, _mentions):
        for document in documents:
            reading = texts.reading(document)
            named = look(reading, subject)
            if not named:
                continue
            chosen = _central(texts, reading, named, 1 if IN_ONE.search(inquiry.text) else MOST)
            places = [Place(document, number) for number in chosen]
            parts = tuple(Part(reading.text(place.sentence), (place,)) for place in places)
            return Draft(parts, confidence=CONFIDENCE, placed=True)
    return None


def shown(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """What stands below the heading whose words are asked how they show, or None."""
    asked = _SHOWS.match(inquiry.text)
    if asked is None:
        return None
    subject = bare(asked["subject"])
    for document in dict.fromkeys(one.place.document for one in sight.candidates[:LOOKED_AT]):
        reading = texts.reading(document)
        for number, section in enumerate(reading.document.sections):
            said = {bare(piece) for piece in _COMMA.split(section.title)}
            if section.parent is None or subject not in said:
                continue
            nearest = [
                one.place
                for one in sight.candidates
                if one.place.document == document
                and reading.document.sentences[one.place.sentence].section == number
                and not one.features.heading
            ]
            if nearest:
                chosen = sorted(nearest[:MOST], key=lambda place: place.sentence)
                parts = tuple(Part(reading.text(place.sentence), (place,)) for place in chosen)
                return Draft(parts, confidence=CONFIDENCE, placed=True)
    return None


def in_general(question: str) -> bool:
    """Whether a folded question asks for the gist of something."""
    return bool(_ASKS.search(question))


def _told_of(reading: Reading, subject: str) -> Draft | None:
    """How a thing fares: the sentences on it that give figures or judge, in order, or None."""
    if bare(reading.document.title).startswith(subject):  # the whole text tells how that fares
        return None
    own = {at for group in _of_section(reading, subject) for at in group}
    rated = [
        (-bool(_FIGURES.search(plain)) - bool(_JUDGES.search(plain)), at)
        for at, one in enumerate(reading.document.sentences)
        if one.kind is Kind.SENTENCE
        for plain in [reading.plain(at)]
        if at in own or subject in plain
    ]
    best = sorted(at for rate, at in sorted(rated)[:MOST] if rate < 0)
    if not best:
        return None
    parts = tuple(Part(reading.text(at), (Place(reading.document.id, at),)) for at in best)
    return Draft(parts, confidence=CONFIDENCE, placed=True)


def is_meta(sentence: str) -> bool:
    """Whether a folded sentence says what the text does, not what it is about."""
    return _META.search(sentence) is not None


def of_the_whole(texts: Texts, reading: Reading, most: int = OPENING) -> list[Part]:
    """What a text comes to, in its own sentences: at most so many of them, or none."""
    groups = _of_text(reading, bare(reading.document.title))
    chosen = _central(texts, reading, groups, most) if groups else []
    return [Part(reading.text(at), (Place(reading.document.id, at),)) for at in chosen]


def bare(text: str) -> str:
    """What is left of a question or a heading: the name of the thing."""
    return _DRESS.sub("", fold(text))


def _of_section_or_text(reading: Reading, subject: str) -> list[list[int]]:
    return _of_section(reading, subject) or _of_text(reading, subject)


def _mentions(reading: Reading, subject: str) -> list[list[int]]:
    """The sentences that name what no section is about, where these are some and not many."""
    if len(subject) < SHORTEST:
        return []
    found = [
        at
        for at, one in enumerate(reading.document.sentences)
        if one.kind is not Kind.HEADING and subject in reading.plain(at)
    ]
    return [found] if 1 < len(found) <= FEW else []


def _of_section(reading: Reading, subject: str) -> list[list[int]]:
    """The sentences of the section about the subject; of a section on several things, its own."""
    document = reading.document
    for number, section in enumerate(document.sections):
        title = bare(section.title)
        several = "、" in section.title or "和" in section.title
        if section.parent is None or not title:
            continue
        own = _NUMBER.sub("", title) == _OF_RULES.sub("", subject)
        if not (title.endswith(subject) or own or (several and subject in title)):
            continue
        inside = [
            at
            for at, one in enumerate(document.sentences)
            if one.kind is Kind.SENTENCE
            and one.section == number
            and (not several or subject in bare(reading.plain(at)))
        ]
        if inside:
            return [inside]
    return []


def _of_text(reading: Reading, subject: str) -> list[list[int]]:
    """What a text that is about the subject opens with, and says right below its main headings.

    One list for the opening, and one for each of the headings; only sentences that name it.
    """
    document = reading.document
    if len(subject) < SHORTEST or subject not in bare(document.title):
        return []
    groups: dict[int, list[int]] = {}
    for at, one in enumerate(document.sentences):
        main = not document.heading_path(one.section)[1:]
        if one.kind is Kind.SENTENCE and main:
            groups.setdefault(one.section, []).append(at)
    return [
        named
        for section, inside in groups.items()
        if (
            named := [
                at
                for at in (inside if not document.heading_path(section) else inside[:BELOW])
                if _names(reading.plain(at), subject) and not _META.search(reading.plain(at))
            ]
        )
    ]


def _names(sentence: str, subject: str) -> bool:
    """Whether a sentence has the subject, or of a long one ``NAME`` characters."""
    least = min(NAME, len(subject))
    return any(subject[at : at + least] in sentence for at in range(len(subject) - least + 1))


def _central(
    texts: Texts, reading: Reading, groups: Sequence[Sequence[int]], most: int
) -> list[int]:
    """Of one group its ``most`` central sentences, of several the central one of each, in order."""
    document = reading.document
    every = [at for group in groups for at in group]
    around = [at for at, one in enumerate(document.sentences) if one.kind is Kind.SENTENCE]
    middle = _vectors(texts, document.id, around[:AROUND]).mean(0)
    vectors = _vectors(texts, document.id, every)
    near = dict(zip(every, (vectors @ middle / np.linalg.norm(middle)).tolist(), strict=True))
    first = every[0]
    if len(groups) == 1 and not _TIME_ONLY.match(reading.plain(first)):
        near[first] += FIRST
    if most == 1:
        for at in every:
            near[at] += FIRST * bool(_IS.search(reading.plain(at)))
    if len(groups) == 1:
        best = sorted(every, key=lambda at: (-near[at], at))[:most]
    else:
        firsts = [max(group, key=lambda at: (near[at], -at)) for group in groups]
        best = firsts[:most] if most > 1 else [max(firsts, key=lambda at: (near[at], -at))]
    return sorted(best)


def _vectors(texts: Texts, document: str, sentences: Sequence[int]) -> NDArray[np.float32]:
    """Their vectors, shape (sentences, dim)."""
    return np.stack([texts.vector(Place(document, at)) for at in sentences])
