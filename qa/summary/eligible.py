"""Who may apply, where a text has a part on it: 「谁可以申请」, of 补贴对象, 申请条件, 适用范围."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import Kind, fold
from qa.compose import Draft, Part
from qa.question.inquiry import Inquiry
from qa.search.retrieve import Candidate, spoken
from qa.texts import Place, Texts

LOOKED_AT = 12  # best candidates, whose documents are looked through
SURE = 0.9  # confidence in what stands under such a heading
MOST = 4  # sentences
_ASKS = re.compile(
    r"^(?:谁|哪[些类]人|什么(?:样的)?人|啥人|(?:要|需要)?(?:符合|满足)?什么条件)(?:都|才)?"
    r"(?:可以?|能够?|有资格|才能)(?:来)?(?:申请|申领|领取?|享受|参加|报名|办理?|加入|入会|借)"
)
_ON_WHO = re.compile(
    r"对象|资格|适用范围|适用人群|(?:申请|申领|报名|入会|参加|参与|领取|办理|享受|准入|借阅)[^,，]{0,4}条件|^条件$"
)
SPEAKS = 0.5  # how far title and part must speak of what is asked for


def eligible(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Draft | None:
    """What stands under the one heading on who may, or None where it is not asked, or none has it.

    None, too, where a list stands there. Nothing is left to the reader, which takes whoever the
    text says does something for it.
    """
    asked = _ASKS.match(inquiry.text)
    if asked is None:
        return None
    wanted = inquiry.text[asked.end() :]
    for document in dict.fromkeys(one.place.document for one in candidates[:LOOKED_AT]):
        reading = texts.reading(document)
        sections = [
            number
            for number, one in enumerate(reading.document.sections)
            if one.parent is not None and _ON_WHO.search(fold(one.title))
        ]
        if len(sections) != 1:
            continue
        said = [
            number
            for number, one in enumerate(reading.document.sentences)
            if one.section == sections[0] and one.kind in {Kind.SENTENCE, Kind.ITEM}
        ][:MOST]
        if any(reading.document.sentences[at].kind is Kind.ITEM for at in said):
            return None  # a list is given as one
        over = "\n".join(
            [fold(reading.document.title), fold(reading.document.sections[sections[0]].title)]
            + [reading.plain(at) for at in said]
        )
        if said and (not wanted or spoken(wanted, over) > SPEAKS):
            parts = tuple(Part(reading.text(at), (Place(document, at),)) for at in said)
            return Draft(parts, confidence=SURE, placed=True)
    return None
