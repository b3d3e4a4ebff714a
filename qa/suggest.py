"""Questions to try, made from the text's own headings, counted lists and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import fold
from qa.enumerations import Enumeration, Form
from qa.question.kinds import plain
from qa.search.retrieve import Candidate
from qa.texts import Reading, Texts

# A heading that ends so has its items below it: 「存在的问题」 has 有哪些 for an answer.
_PLURAL = re.compile(
    r"(?:问题|建议|对策|措施|原因|因素|方法|特点|优势|条件|规定|要求|业务|产品|服务|教训|影响)$"
)
# 「调查采用三种方法」 says how many and not yet which.
_COUNTED = re.compile(r"[二三四五六七八九十两]")
_MEASURED = re.compile(r"(?:方面|条件|环节|步骤|部分)$")  # nouns, which stay in the question
_CLAUSE = re.compile(r"[,，;；]")
_NO_SUBJECT = re.compile(r"(?:将|会|已|并|也|还|又|其|这|那|该|分|共|有|为|是|以|在|从|被|把)")
_SORTED = re.compile(r"(?:有|是|为|包括|分成)$")  # 分为三种|
# Not a count but an ordinal, names before it, or two sentences in one.
_UNFIT = re.compile(r"第$|[“”、：:.。\d]|连续$|短期内$|而是|的?原因$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_DEFINED = re.compile(r"(?:所谓)?(?P<what>[^，。,、；：:“”\s]{2,10}?)是指")
# Headings that every text has: no one would ask 「其他是怎么回事」.
_GENERAL = re.compile(
    r"(?:其他|其它|附则|总则|附录|附件|附注|备注|注释?|说明|总结|小结|总论|引言|引论|绪论|绪言|导言|导语|概述|概要|综述|概况|简介|"
    r"前言|序言?|结语|结论|结束语|后记|尾声|正文|摘要|目录|背景|参考文献|参考资料|致谢|介绍|相关阅读|更多|联系我们)"
    r"(?:说明|事项|规定|内容|条款|要求|问题|部分|情况)?"
)
OFFERED = 3
SHORTEST, LONGEST = 6, 32  # characters of a question made of a sentence
LONGEST_CLAUSE = 24
SCRIPT_SAMPLE = 2000  # characters that tell the script of a text
TRADITIONAL = 0.05  # share of them that simplified script writes otherwise
MOST_SENTENCES = 200  # looked at for definitions


@dataclass(frozen=True, slots=True)
class _Words:
    """How a question is asked, in one of the scripts."""

    thing: str
    clause: str
    listed: str
    whole: str
    defined: str


_SIMPLIFIED = _Words(
    "{}是怎么回事？", "“{}”具体指什么？", "{}有哪些？", "这篇文章主要讲了什么？", "什么是{}？"
)
_TRADITIONAL = _Words(
    "{}是怎麼回事？", "「{}」具體指什麼？", "{}有哪些？", "這篇文章主要講了什麼？", "什麼是{}？"
)


def _is_traditional(reading: Reading) -> bool:
    """Whether a text is in traditional script."""
    written, folded = reading.document.text[:SCRIPT_SAMPLE], reading.folded[:SCRIPT_SAMPLE]
    han = [(one, other) for one, other in zip(written, folded, strict=True) if _HAN.match(one)]
    return sum(one != other for one, other in han) > TRADITIONAL * len(han)


def suggestions(
    texts: Texts, candidates: Sequence[Candidate] = (), asked: str = ""
) -> tuple[str, ...]:
    """Up to three questions, those near the candidates first, and none that was just asked."""
    documents = [one.place.document for one in candidates[:3]]
    documents += [one.id for one in texts.snapshot.documents[:3]]
    found: dict[str, None] = {}
    for document in dict.fromkeys(documents):
        reading = texts.reading(document)
        sections = [
            reading.document.sentences[one.place.sentence].section
            for one in candidates[:5]
            if one.place.document == document
        ]
        for question in _questions(reading, sections):
            if plain(question) != plain(asked):
                found[question] = None
    return tuple(found)[:OFFERED]


def _questions(reading: Reading, sections: Sequence[int]) -> Iterator[str]:
    """Questions in the script of the text: its own words stand among those of the question."""
    words = _TRADITIONAL if _is_traditional(reading) else _SIMPLIFIED
    document = reading.document
    listed = {one.about for one in reading.lists if _is_asked_for(one)}
    for section in dict.fromkeys(sections):
        title = document.sections[section].title
        if not section or title in listed or _GENERAL.fullmatch(fold(title)):
            continue
        if _CLAUSE.search(title) and "”" not in title and len(title) <= LONGEST_CLAUSE:
            yield words.clause.format(title)
        elif 2 <= len(title) <= 12:
            yield words.thing.format(title)
    for enumeration in reading.lists:
        if enumeration.about in listed and enumeration.form is Form.HEADINGS:
            yield words.listed.format(enumeration.about)
    if document.title:
        yield words.whole
    for enumeration in reading.lists:
        asked = _which(enumeration)
        if asked:
            yield asked
    for number in range(min(len(document.sentences), MOST_SENTENCES)):
        defined = _DEFINED.match(reading.plain(number))
        if defined and not _NO_SUBJECT.match(defined["what"]):
            yield words.defined.format(reading.text(number)[slice(*defined.span("what"))])


def _is_asked_for(enumeration: Enumeration) -> bool:
    """Whether a heading with others below it names what they are: 「存在的问题」."""
    about = enumeration.about
    plural = enumeration.form is Form.HEADINGS and bool(_PLURAL.search(about))
    return plural and len(about) <= LONGEST_CLAUSE and not _GENERAL.match(fold(about))


def _which(enumeration: Enumeration) -> str:
    """The words that count a list, as a question for its items: Chinese asks in place. Or ""."""
    declared = enumeration.declared
    if enumeration.form not in {Form.LINES, Form.ORDINALS, Form.CLAUSES} or not declared:
        return ""
    about = enumeration.about.strip(" :：,，。#*-")
    if not _COUNTED.match(declared) or about.count(declared) != 1:
        return ""
    before, _, after = about.partition(declared)
    clauses = _CLAUSE.split(before)
    asked = clauses.pop()
    while clauses and (not asked or _NO_SUBJECT.match(asked)):
        asked = f"{clauses.pop()}，{asked}"
    noun = _MEASURED.search(declared)
    rest = _CLAUSE.split(after)[0]
    whole = (rest or noun or _SORTED.search(asked)) and not (
        _UNFIT.search(asked) or _UNFIT.search(rest)
    )
    asked = f"{asked}哪些{noun[0] if noun else ''}{rest}"
    fits = whole and SHORTEST <= len(asked) <= LONGEST and not _NO_SUBJECT.match(asked)
    return f"{asked}？" if fits else ""
