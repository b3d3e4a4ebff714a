"""Questions that the text does answer, made from its own headings and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.enumerations import Form
from qa.retrieve import Candidate
from qa.texts import Reading, Texts

# A heading that ends so has its items below it: 「存在的问题」 has 有哪些 for an answer.
_PLURAL = re.compile(
    r"(?:问题|建议|对策|措施|原因|因素|方法|特点|优势|条件|规定|要求|业务|产品|服务|教训|影响)$"
)
OFFERED = 3


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
