"""Whether a sentence has the form an answer of the asked kind would have."""

from __future__ import annotations

import re

from qa.quantities import moments, quantities
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked

_CUES = {
    Asked.WHY: re.compile(
        r"因为|由于|因此|因而|所以|导致|致使|使得?|从而|为了|是为|此举|以便|之所以|原因|源于|在于|制约|为此|缘于|因|而是|故|为抢占|为[^了]{2,10}而"
    ),
    Asked.HOW: re.compile(
        r"通过|以.{1,16}(?:方式|形式)|应(?:当|该)?|凭借|依托|借助|利用|采用|采取|首先|先.{1,20}再|运用|需要?|可(?:以)?|方法|步骤|关系"
    ),
    Asked.PURPOSE: re.compile(
        r"为了|以便|从而|作用|目的|目标|能够|可以|促进|让|使|防止|避免|实现|提供|提高|意义|启示|体现|旨在|用于|用来|供|方便|保护|致力"
    ),
    Asked.DEFINITION: re.compile(r"是|指|即|所谓|称为|叫做|属于|表示"),
}


def form(inquiry: Inquiry, sentence: str) -> float:
    """1 when folded ``sentence`` holds what the kind of question asks for, 0 when not.

    0.5 for kinds whose answers have no form of their own.
    """
    match inquiry.asked:
        case Asked.NUMBER:
            return float(bool(quantities(sentence)))
        case Asked.DATE:
            return float(bool(moments(sentence)))
        case Asked.DEFINITION:
            return _defines(inquiry, sentence)
        case _:
            cue = _CUES.get(inquiry.asked)
            return 0.5 if cue is None else float(bool(cue.search(sentence)))


def _defines(inquiry: Inquiry, sentence: str) -> float:
    """Whether what is asked about stands right before 是, 指 or after 的 of 「…的X」."""
    for key in inquiry.keys:
        at = sentence.find(key.word)
        if at >= 0 and re.match(
            r"[^,，。]{0,8}(?:是|指|即|则|被?称)", sentence[at + len(key.word) :]
        ):
            return 1.0
    return 0.5 if _CUES[Asked.DEFINITION].search(sentence) else 0.0
