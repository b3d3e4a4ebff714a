"""The place that a question leaves open in the sentence that answers it.

「京东支付跟谁签约」 leaves it open between a preposition and a verb, and 「以与各大银行签约的方式」
has one there; 「京东支付属于哪类业务」 leaves open what comes before 业务: 「是生态圈的核心业务」.
"""

from __future__ import annotations

import re

from corpus import Span

_WHAT = (
    r"(?:谁|什么|啥|哪(?:儿|里|些|几|个|家|类|种|一个|一家)?)"
    r"(?:样的)?(?:人|公司|企业|机构|单位|部门|地方|平台|方式|技术|渠道)?(?:来)?"
)
# Prepositions of a question, and those that say the same in a text.
_PREPOSITIONS = {
    "从": "从",
    "由": "由",
    "与": "与|和|跟|同",
    "和": "与|和|跟|同",
    "跟": "与|和|跟|同",
    "同": "与|和|跟|同",
    "向": "向|对",
    "对": "对|向",
    "为": "为|给",
    "给": "给|为",
    "把": "将|把",
    "将": "将|把",
    "被": "被|由",
    "通过": "通过|借助|利用|以|凭借|依靠",
    "用": "用|以|通过|利用|借助",
    "靠": "依靠|靠|凭借|通过|借助|以",
}
_ASKED = re.compile(
    rf"(?P<prep>{'|'.join(sorted(_PREPOSITIONS, key=len, reverse=True))}){_WHAT}"
    r"(?P<verb>[\u4e00-\u9fff]{2})"
)
_KIND = re.compile(
    r"(?:属于?|算(?:是|作)?|是|充当|扮演)(?:了|着)?(?:个|一个|一种)?(?:什么|啥|哪(?:一)?)(?:类型|类别|种类|类|种|样|性质|个)?"
    r"(?:性质)?的?(?P<noun>[\u4e00-\u9fff]{2,4})$"
)
LONGEST = 18  # characters of what stands in such a place


def framed(question: str, sentence: str) -> Span | None:
    """Where folded ``sentence`` has what folded ``question`` leaves open, or None.

    What the question says itself is no answer to it.
    """
    asked = _ASKED.search(question)
    if asked:
        words = _PREPOSITIONS[asked["prep"]]
        place = (
            rf"(?:{words})(?P<what>[^,，。;；:：]{{2,{LONGEST}}}?)(?:来|进行|的)?{asked['verb']}"
        )
        return _span(question, re.search(place, sentence))
    kind = _KIND.search(question)
    if kind:
        what = rf"[^,，。;；:：是]{{2,{LONGEST}}}?{kind['noun']}"
        place = rf"(?:是|属于|作为)(?P<what>{what})(?=[,，。;；]|$)"
        found = _span(question, re.search(place, sentence))
        tail = rf"的(?P<what>[^的,，。;；:：]{{2,{LONGEST}}}?{kind['noun']})(?=[。;；]|$)"
        return (
            found
            or _before_the_name(question[: kind.start()], kind["noun"], sentence)
            or _span(question, re.search(tail, sentence))
        )
    return None


def _before_the_name(name: str, noun: str, sentence: str) -> Span | None:
    """「“宝宝”类理财产品|小金库」: what a thing is, told right before its name."""
    if len(name) < 2:
        return None
    place = rf"(?P<what>[^,，。;；:：、括有是的为]{{1,{LONGEST}}}?{noun})(?={re.escape(name)})"
    found = re.search(place, sentence)
    return Span(*found.span("what")) if found else None


def _span(question: str, found: re.Match[str] | None) -> Span | None:
    if found is None or found["what"] in question:
        return None
    return Span(*found.span("what"))
