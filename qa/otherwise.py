"""A question asked in another way, where the first way finds nothing, or a conversation does."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from corpus import fold
from qa import compose
from qa.answer import Answer
from qa.doubt.known import known, named
from qa.followups.rewrite import beside
from qa.followups.turn import LISTING
from qa.lists.names import asks_for_names
from qa.once import answer_once, items_of
from qa.question.inquiry import inquire
from qa.question.kinds import asked, plain
from qa.texts import Texts
from qa.typed import legible
from qa.understood import as_written, standalone_in

# Confidence from which a follow-up is answered together with the question before it, where what the
# rules make of it is refused. Of 114 follow-ups and other turns of conversations (``dev14``) 81
# were answered rightly without this and the newest rules, 89 with them, 91 from any confidence on;
# of 22 that nothing answers 21, 19 and 18 were refused.
TOGETHER = 0.7
# … of a list from which it is given though its sort was not asked for; set by hand.
SURELY = 0.9
_BARE_LIST = re.compile(r"..(?:包括|包含|涵盖|囊括|分为|有)了?(?:哪些|什么|啥|哪几个)$")
_MADE_OF = re.compile(
    r"^(?P<whole>.{2,16}?)(?:由(?:什么|啥|哪些)(?:组成|构成)|的?(?:构成|组成)(?:要素|部分|成分)"
    r"(?:主要|都|具体)?(?:包括|包含|有|是)(?:哪些|什么|啥))$"
)
_SORTS = ("部分", "业务", "内容")
COMPLETE = 0.9  # confidence that a list is all there is; set by hand
_ASKS_FOR_MORE = re.compile(
    r"^(?:那么?|然后)?(?:除此之外|除了这些)?[,，]?还有(?:呢|吗|没有|(?:别|其他|其它|更多)的?(?:呢|吗|没有)?)$"
)


def no_more(texts: Texts, typed: str, earlier: Sequence[str]) -> Answer | None:
    """「还有呢」 after a list that was given whole: that there is no more of it."""
    if not earlier or not _ASKS_FOR_MORE.match(plain(legible(typed))):
        return None
    last = standalone_in(texts, earlier[-1], earlier[:-1])
    number = len(items_of(texts, last)) if asked(last) in LISTING else 0
    if not number:
        return None
    reason = f"文中列出的就是这 {number} 项，没有更多。"
    return compose.refusal(texts, typed, last, reason, confidence=COMPLETE)


def spoken_of(texts: Texts, understood: str, earlier: Sequence[str]) -> frozenset[str]:
    """The documents that answered the question before, where they may answer this one as well.

    They have every name of it that the texts know; of a single document there is no choice.
    """
    if not earlier or len(texts.snapshot.documents) == 1:
        return frozenset()
    last = standalone_in(texts, earlier[-1], earlier[:-1])
    told = answer_once(texts, last, last)
    here = frozenset(one.document.id for one in told.citations)
    names = [key.word for key in inquire(understood, texts).keys if key.names and len(key.word) > 1]
    said = "\n".join(texts.reading(one).folded for one in here)
    return here if all(word in said for word in names if texts.occurs(word)) else frozenset()


def of_the_same(texts: Texts, typed: str, understood: str, found: Answer) -> Answer:
    """What was found; where it is no list of its subject, what is found asked in other words."""
    if not found.refused and found.items and _names_its_subject(texts, found):
        return found
    return (
        _of_what_sort(texts, typed, understood) or _of_its_parts(texts, typed, understood) or found
    )


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


def _names_its_subject(texts: Texts, found: Answer) -> bool:
    """Whether what is cited, or a heading above it, has a name that the question has."""
    names = [key.word for key in named(inquire(found.question, texts))]
    said = fold("\n".join(f"{one.quote}\n{''.join(one.section)}" for one in found.citations))
    return not names or any(word in said for word in names)


def _of_its_parts(texts: Texts, typed: str, understood: str) -> Answer | None:
    """「由什么组成」 and 「构成要素包括哪些」, asked as 「由什么构成」, where that is a list."""
    made_of = _MADE_OF.search(plain(understood))
    if made_of is None:
        return None
    whole = made_of["whole"].removesuffix("的")
    for verb in ("构成", "组成"):
        found = answer_once(texts, typed, f"{whole}由什么{verb}？")
        listed = not found.refused and found.items and found.confidence >= TOGETHER
        if listed and _names_its_subject(texts, found):
            return found
    return None


def together(
    texts: Texts,
    typed: str,
    understood: str,
    earlier: Sequence[str],
    within: Collection[str],
    found: Answer,
) -> Answer:
    """What was found, or where that is in doubt, what is surely answered with the question before.

    In doubt is what no rule has made a question of, and is answered as typed by chance at best.
    """
    alone = plain(understood).endswith(plain(legible(typed))[1:])
    if not earlier or not (found.refused or (found.confidence < TOGETHER and alone)):
        return found
    last = standalone_in(texts, earlier[-1], earlier[:-1])
    both = beside(as_written(legible(typed), texts), last)
    if not both:
        return found
    for documents in (within, None) if within else (None,):
        surely = answer_once(texts, typed, both, documents)
        if not surely.refused and surely.confidence >= TOGETHER:
            return surely
    return found
