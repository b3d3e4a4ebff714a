"""Two things asked how they differ: whether a sentence tells them apart, or only lists them."""

from __future__ import annotations

import re

from qa.compose import Draft
from qa.question.inquiry import Inquiry
from qa.texts import Reading, Texts

_DIFFER = r"(?:区别|不同|差异|差别|不一样|异同)"
# 「京小贷和京保贝在额度上有什么区别」
_PAIR = re.compile(
    r"^(?P<a>[^,，。;；、]{2,14}?)(?:和|与|跟|同|、)(?P<b>[^,，。;；、]{2,14}?)"
    r"(?:这?[两俩二][\u4e00-\u9fff]?|二者|之间|相比|比|在[^,，]{1,8}上|的[^,，的]{1,6})*[,，]?"
    rf"(?:主要|具体|又|都)*(?:存?在|有没有|有|是|体现在)?(?:着|了)?(?:什么|啥|哪些|何|多大)?的?{_DIFFER}"
    r"(?:的地方|之处)?(?:都|主要|究竟)*(?:是|在|体现在)?(?:什么|啥|吗|呢|么|哪些?里?|哪儿|何在|有多大|有哪些)*$"
)
_QUOTES = re.compile("[“”「」『』《》\"'‘’]")
# What says that two things are held against each other, wherever these stand.
_TELLS = re.compile(rf"{_DIFFER}|相同|一样|前者|后者|前二者|分别")
_GOES_ON = re.compile(r"^\W*(?:其中)?(?:前者|后者|前二者|[二两]者)")
# What stands between two entries of one list: 、, or 、another one、
_LISTED = re.compile(r"(?:[、和与及]|以及)(?:[^,，。;；:：的是、]{2,12}、)*")


def asked_to_differ(question: str) -> tuple[str, str] | None:
    """The two things that a folded question asks to be told apart."""
    found = _PAIR.match(question)
    return (found["a"], found["b"]) if found else None


def tells_apart(sentence: str, a: str, b: str) -> bool:
    """Whether a folded sentence has both, and does more than list them.

    It says that they differ, or has 前者 or 后者, or one of them outside of a list of both.
    """
    if a not in sentence or b not in sentence:
        return False
    rest = _without_list(_QUOTES.sub("", sentence), a, b)
    return a in rest or b in rest or _TELLS.search(sentence) is not None


def each_told(sentence: str, a: str, b: str) -> bool:
    """Whether a folded sentence has something to say of each: it begins a clause with either."""
    begins = (rf"(?:^|[,，;；:：])(?:而|但|其中)?[“「『]?{re.escape(name)}" for name in (a, b))
    return _TELLS.search(sentence) is not None or all(re.search(one, sentence) for one in begins)


def of_no_difference(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether what is cited has both in one list, and says nothing of either by itself.

    「有“京保贝”、“京小贷”、“网商贷”服务」 does not say how the first differs from the second,
    unless the next sentence goes on with 前者.
    """
    both = asked_to_differ(inquiry.text)
    places = {place for part in (*draft.parts, *draft.items) for place in part.places}
    if both is None or any(goes_on(texts.reading(at.document), at.sentence) for at in places):
        return False
    said = [texts.reading(place.document).plain(place.sentence) for place in places]
    with_both = [one for one in said if all(side in one for side in both)]
    return bool(with_both) and not any(
        tells_apart(one, *both) or (one not in with_both and any(side in one for side in both))
        for one in said
    )


def goes_on(reading: Reading, sentence: int) -> bool:
    """Whether the next sentence tells apart what this one has listed: 前者……，后者……."""
    after = sentence + 1
    return after < len(reading.document.sentences) and bool(_GOES_ON.match(reading.plain(after)))


def _without_list(sentence: str, a: str, b: str) -> str:
    """A sentence without the list that has both, where it has one."""
    for first, second in ((a, b), (b, a)):
        pair = re.compile(rf"{re.escape(first)}(?P<between>.*?){re.escape(second)}")
        for found in pair.finditer(sentence):
            if _LISTED.fullmatch(found["between"]):
                return sentence[: found.start()] + sentence[found.end() :]
    return sentence
