"""Questions for a list, asked in other words where their own find none.

「众筹包括哪些」 names no sort of thing, and a text says 构成 where it is asked what 组成 a thing.
"""

from __future__ import annotations

import re

from corpus import fold
from qa.answer import Answer
from qa.doubt.known import known, named
from qa.lists.names import asks_for_names
from qa.once import answer_once
from qa.question.inquiry import inquire
from qa.question.kinds import plain
from qa.texts import Texts

# Confidence from which a list is given whose sort was not asked for, and one in other words; both
# set by hand.
SURELY, LIKELY = 0.9, 0.7
_BARE_LIST = re.compile(r"..(?:包括|包含|涵盖|囊括|分为|有)了?(?:哪些|什么|啥|哪几个)$")
_MADE_OF = re.compile(
    r"^(?P<whole>.{2,16}?)(?:由(?:什么|啥|哪些)(?:组成|构成)|的?(?:构成|组成)(?:要素|部分|成分)"
    r"(?:主要|都|具体)?(?:包括|包含|有|是)(?:哪些|什么|啥))$"
)
_SORTS = ("部分", "业务", "内容")


def listed_in_other_words(
    texts: Texts, typed: str, understood: str, found: Answer
) -> Answer | None:
    """The list that ``understood`` asks for, in other words; None where ``found`` is one already.

    Also None where it asks for none, and where other words find none of its subject.
    """
    if not found.refused and found.items and _names_its_subject(texts, found):
        return None
    return _of_what_sort(texts, typed, understood) or _of_its_parts(texts, typed, understood)


def _of_what_sort(texts: Texts, typed: str, understood: str) -> Answer | None:
    """「众筹包括哪些」, asked as 「众筹包括哪些业务」: with the sort that is surely answered.

    Not where it has its own sort (竞争对手有哪些), nor of what the texts know nothing of.
    """
    if not _BARE_LIST.search(plain(understood)) or asks_for_names(plain(understood)):
        return None
    if not all(known(texts, key.word) for key in named(inquire(understood, texts))):
        return None
    for sort in _SORTS:
        found = answer_once(texts, typed, f"{plain(understood)}{sort}？")
        if not found.refused and found.items and found.confidence >= SURELY:
            return found
    return None


def _of_its_parts(texts: Texts, typed: str, understood: str) -> Answer | None:
    """「由什么组成」 and 「构成要素包括哪些」, asked as 「由什么构成」, where that is a list."""
    made_of = _MADE_OF.search(plain(understood))
    if made_of is None:
        return None
    whole = made_of["whole"].removesuffix("的")
    for verb in ("构成", "组成"):
        found = answer_once(texts, typed, f"{whole}由什么{verb}？")
        listed = not found.refused and found.items and found.confidence >= LIKELY
        if listed and _names_its_subject(texts, found):
            return found
    return None


def _names_its_subject(texts: Texts, found: Answer) -> bool:
    """Whether what is cited, or a heading above it, has a name that the question has."""
    names = [key.word for key in named(inquire(found.question, texts))]
    said = fold("\n".join(f"{one.quote}\n{''.join(one.section)}" for one in found.citations))
    return not names or any(word in said for word in names)
