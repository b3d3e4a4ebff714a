"""How two things stand to each other: 「甲和乙是什么关系」 「甲跟乙是竞争还是合作」.

Hardly a text says 关系 where it says what two things have to do with each other. What it has are
sentences that name both of them; or, of what the whole text is about, those that name the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus import fold
from qa.compose import Draft, Part
from qa.question.inquiry import Inquiry
from qa.search.rank import UNREAD, Sight
from qa.search.retrieve import Candidate
from qa.texts import Texts

_NAME = r"[^,，;；。:：是有]{2,14}?"
_STANDS = r"(?:竞争|合作|对手|伙伴|上下级|从属|并列|敌对|互补)(?:关系)?"
_ASKED = re.compile(
    rf"^(?:那么?)?(?P<one>{_NAME})?(?:和|与|跟|同)(?P<other>{_NAME})(?:之间|二者|两者|他们|它们)*"
    r"(?:到底|究竟)?(?:的关系(?:是(?:什么|啥|怎样的?|怎么样的?)?|怎么样|如何|怎样)?"
    r"|(?:是|有|属于|存在)*(?:一?[种个])?(?:什么|啥|怎样|怎么样|何种|哪种|什么样)?的?(?:关系|关联|联系)"
    rf"|(?:是|属于)?{_STANDS}(?:还是|抑或|或者?)(?:是)?{_STANDS})(?:的)?[呀啊呢]?$"
)
_ASKS = re.compile(r"什么|啥|怎样|怎么样|何种|哪种|还是|抑或|或者|如何|关系$")
# What a name may be dressed in that the texts leave out: 传统|商业|银行.
_DRESS = re.compile(r"^(?:传统|商业|各大|各家|其他|别的|外部|一般|普通)+的?")
MOST = 2  # sentences
ALSO = 0.0  # log-odds of answering from which a second one is cited
CONFIDENCE = 0.6


def related(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The sentences near the question that name both things, likeliest to answer first, or None."""
    asked = _ASKED.match(inquiry.text)
    if asked is None or not _ASKS.search(inquiry.text):
        return None
    one, other = _known(asked["one"] or "", texts), _known(asked["other"], texts)
    if not other or (asked["one"] and not one):
        return None
    found = sorted(
        _naming(texts, sight, one, other),
        key=lambda told: (-told[0], -sight.answers(told[1].place)),
    )
    if not found:
        return None
    both = found[0][0]
    first, *others = [candidate for named, candidate in found if named == both]
    also = [two for two in others if sight.answers(two.place) >= ALSO][: MOST - 1]
    parts = tuple(
        Part(texts.reading(told.place.document).text(told.place.sentence), (told.place,))
        for told in (first, *also)
    )
    opening = "文中说到两者的是：" if both else "文中没有同时说到两者，相关的是："
    return Draft((Part(opening), *parts), confidence=CONFIDENCE, placed=True)


def _naming(texts: Texts, sight: Sight, one: str, other: str) -> Iterator[tuple[bool, Candidate]]:
    """The candidates that name both; or the other, where the first is a text's own subject.

    With each, whether it names both.
    """
    for candidate in sight.candidates:
        reading = texts.reading(candidate.place.document)
        said = reading.plain(candidate.place.sentence)
        if candidate.features.heading or sight.answers(candidate.place) <= UNREAD:
            continue
        title = fold(reading.document.title)
        names = [name in said for name in (one, other) if name]
        subject = [not name or name in title for name in (one, other)]
        if all(names) and len(names) == 2:
            yield True, candidate
        elif (subject[0] and other in said) or (subject[1] and one and one in said):
            yield False, candidate


def _known(name: str, texts: Texts) -> str:
    """A name as the texts have it, or ""."""
    folded = fold(name)
    bare = _DRESS.sub("", folded)
    return next((form for form in (folded, bare) if len(form) > 1 and form in texts.whole), "")
