"""Questions to try, made from the text's own headings, counted lists and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.enumerations import Enumeration, Form
from qa.retrieve import Candidate
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
_DEFINED = re.compile(r"(?:所谓)?(?P<what>[^，。,、；：:“”\s]{2,10}?)是指")
OFFERED = 3
SHORTEST, LONGEST = 6, 32  # characters of a question made of a sentence
MOST_SENTENCES = 200  # looked at for definitions


def suggestions(texts: Texts, candidates: Sequence[Candidate] = ()) -> tuple[str, ...]:
    """Up to three questions, those near the candidates first."""
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
            found[question] = None
    return tuple(found)[:OFFERED]


def _questions(reading: Reading, sections: Sequence[int]) -> Iterator[str]:
    document = reading.document
    for section in dict.fromkeys(sections):
        title = document.sections[section].title
        if section and 2 <= len(title) <= 12:
            yield f"{title}是怎么回事？"
    for enumeration in reading.lists:
        listed = enumeration.form is Form.HEADINGS and _PLURAL.search(enumeration.about)
        if listed and len(enumeration.about) <= 24:
            yield f"{enumeration.about}有哪些？"
    if document.title:
        yield "这篇文章主要讲了什么？"
    for enumeration in reading.lists:
        asked = _which(enumeration)
        if asked:
            yield asked
    for number in range(min(len(document.sentences), MOST_SENTENCES)):
        defined = _DEFINED.match(reading.plain(number))
        if defined and not _NO_SUBJECT.match(defined["what"]):
            yield f"什么是{reading.text(number)[slice(*defined.span('what'))]}？"


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
