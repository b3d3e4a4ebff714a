"""What was asked before a question changes about its answer, beyond what the question means."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from qa import compose
from qa.answer import Answer
from qa.followups.rewrite import beside
from qa.followups.turn import LISTING
from qa.once import answer_once
from qa.question.inquiry import inquire
from qa.question.kinds import asked, plain
from qa.texts import Texts
from qa.understood import as_written, standalone_in

# Confidence from which a follow-up is answered together with the question before it, where what the
# rules make of it is refused; below it, an answer to what no rule has made a question of is in
# doubt. Of 114 follow-ups and other turns of conversations (``dev14``) 81 were answered rightly
# without this and the newest rules, 89 with them, 91 from any confidence on; of 22 that nothing
# answers 21, 19 and 18 were refused.
TOGETHER = 0.7
COMPLETE = 0.9  # confidence that a list is all there is; set by hand
_ASKS_FOR_MORE = re.compile(
    r"^(?:那么?|然后)?(?:除此之外|除了这些)?[,，]?还有(?:呢|吗|没有|(?:别|其他|其它|更多)的?(?:呢|吗|没有)?)$"
)


def no_more(texts: Texts, typed: str, question: str, earlier: Sequence[str]) -> Answer | None:
    """「还有呢」 after a list that was given whole: that there is no more of it. Otherwise None."""
    if not earlier or not _ASKS_FOR_MORE.match(plain(question)):
        return None
    last = standalone_in(texts, earlier[-1], earlier[:-1])
    if asked(last) not in LISTING:
        return None
    number = len(answer_once(texts, last, last).items)
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
    documents = frozenset(one.document.id for one in told.citations)
    names = [key.word for key in inquire(understood, texts).keys if key.names and len(key.word) > 1]
    said = "\n".join(texts.reading(one).folded for one in documents)
    known = [word for word in names if texts.occurs(word)]
    return documents if all(word in said for word in known) else frozenset()


def in_doubt(found: Answer, question: str, understood: str) -> bool:
    """Whether a follow-up was refused, or answered, at best by chance, as no rule understood it."""
    as_typed = plain(understood).endswith(plain(question)[1:])  # but for a 那 that it begins with
    return found.refused or (found.confidence < TOGETHER and as_typed)


def together(
    texts: Texts, typed: str, question: str, earlier: Sequence[str], documents: Collection[str]
) -> Answer | None:
    """What surely answers a follow-up that is read together with the question before it, or None.

    In ``documents`` first, where there are any; then in all.
    """
    last = standalone_in(texts, earlier[-1], earlier[:-1])
    both = beside(as_written(question, texts), last)
    if not both:
        return None
    for within in (documents, None) if documents else (None,):
        found = answer_once(texts, typed, both, within)
        if not found.refused and found.confidence >= TOGETHER:
            return found
    return None
