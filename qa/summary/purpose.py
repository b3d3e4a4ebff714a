"""What a text was written for: 「写这篇文章有什么意义」 「研究目的是什么」.

Authors say it of their own work in a few set ways: 本文旨在…, 研究…可以得出…的启示. A question of
it has hardly a word in common with such a sentence, and many with others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.compose import Draft, Part
from qa.question.inquiry import Inquiry
from qa.search.retrieve import Candidate
from qa.texts import Place, Reading, Texts

LOOKED_AT = 4  # best candidates, whose documents are looked through
SURE = 0.9
MOST = 2  # sentences

_TEXT = (
    r"(?:(?:这|本|该|此)(?:一)?(?:篇|份|个|项)?(?:文章?|报告|论文|研究|东西|稿子?|课题)?|文章|全文)"
)
_AIM = r"(?:意义|价值|目的|用意|初衷|用处|意图|出发点)"
_WHAT = r"(?:是|有|在于|有着?|都有)?(?:什么|啥|何|哪些|哪里|哪儿)?(?:样的)?"
_ASKS = re.compile(
    rf"^(?:作者)?(?:撰?写|研究)(?:这|{_TEXT})(?:的)?{_WHAT}(?:学术|现实|理论|实际)?{_AIM}{_WHAT}$"
    rf"|^{_TEXT}(?:的)?(?:写作|研究|撰写)(?:的)?{_AIM}{_WHAT}$"
    rf"|^(?:写作|研究)(?:的)?{_AIM}{_WHAT}$"
    rf"|^(?:作者)?(?:为什么|为何|为啥)(?:要)?(?:撰?写|研究)(?:这|{_TEXT})$"
    rf"|^(?:作者)?(?:撰?写|研究)(?:这|{_TEXT})(?:是)?(?:想|要|为了?|图)(?:说明|表达|干|做)?(?:什么|啥)$"
)
# What the author says of the work, and what is to come of it.
_OWN = re.compile(
    r"^(?:因此|所以|为此|基于此|鉴于此)?[,，]?(?:本文|本研究|本报告|本课题|笔者|(?:对.{2,30}(?:进行)?)?研究(?!表明|显示|发现|院|所|员|人员|中心|生))"
)
_COMES = re.compile(r"意义|价值|旨在|目的|启示|借鉴|参考|思路|以期|为了|提供|有助于|希望")


def purpose(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Draft | None:
    """What the text says it was written for, or None where it is not asked, or does not say."""
    if not _ASKS.match(inquiry.text):
        return None
    for document in dict.fromkeys(one.place.document for one in candidates[:LOOKED_AT]):
        reading = texts.reading(document)
        said = _said(reading)[:MOST]
        if said:
            parts = tuple(Part(reading.text(at), (Place(document, at),)) for at in said)
            return Draft(parts, confidence=SURE)
    return None


def _said(reading: Reading) -> list[int]:
    """The sentences in which the author says what the work is for, in order."""
    return [
        at
        for at in range(len(reading.document.sentences))
        if _OWN.match(reading.plain(at)) and _COMES.search(reading.plain(at))
    ]
