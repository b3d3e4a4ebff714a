"""Two things asked how they differ: whether a sentence tells them apart, or only lists them."""

from __future__ import annotations

import re

from qa.compose import Draft
from qa.question.inquiry import Inquiry
from qa.texts import Texts

_DIFFER = r"(?:区别|不同|差异|差别|不一样|异同)"
# 「京小贷和京保贝在额度上有什么区别」
_PAIR = re.compile(
    r"^(?P<a>[^,，。;；、]{2,14}?)(?:和|与|跟|同|、)(?P<b>[^,，。;；、]{2,14}?)"
    r"(?:这?[两俩二][\u4e00-\u9fff]?|二者|之间|相比|比|在[^,，]{1,8}上|的[^,，的]{1,6})*[,，]?"
    rf"(?:主要|具体|又|都)*(?:存?在|有|是|体现在)?(?:着|了)?(?:什么|啥|哪些|何|多大)?的?{_DIFFER}"
)
_QUOTES = re.compile("[“”「」『』《》\"'‘’]")
# What stands between two entries of one list: 、, or 、another one、
_LISTED = re.compile(r"(?:[、和与及]|以及)(?:[^,，。;；:：的是、]{2,12}、)*")


def asked_to_differ(question: str) -> tuple[str, str] | None:
    """The two things that a folded question asks to be told apart."""
    found = _PAIR.match(question)
    return (found["a"], found["b"]) if found else None


def tells_apart(sentence: str, a: str, b: str) -> bool:
    """Whether a folded sentence has both, and either of them outside of a list of both."""
    rest = _without_list(_QUOTES.sub("", sentence), a, b)
    return a in sentence and b in sentence and (a in rest or b in rest)


def of_no_difference(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether what is cited has both in one list, and says nothing of either by itself.

    「有“京保贝”、“京小贷”、“网商贷”服务」 does not say how the first differs from the second.
    """
    both = asked_to_differ(inquiry.text)
    places = {place for part in (*draft.parts, *draft.items) for place in part.places}
    said = [texts.reading(place.document).plain(place.sentence) for place in places]
    return (
        both is not None
        and any(all(one in sentence for one in both) for sentence in said)
        and not any(
            one in _without_list(_QUOTES.sub("", sentence), *both)
            for sentence in said
            for one in both
        )
    )


def _without_list(sentence: str, a: str, b: str) -> str:
    """A sentence without the list that has both, where it has one."""
    for first, second in ((a, b), (b, a)):
        pair = re.compile(rf"{re.escape(first)}(?P<between>.*?){re.escape(second)}")
        for found in pair.finditer(sentence):
            if _LISTED.fullmatch(found["between"]):
                return sentence[: found.start()] + sentence[found.end() :]
    return sentence
