"""Single signs that are enough not to answer."""

from __future__ import annotations

from qa.compose import Draft
from qa.doubt.another import (
    of_another,
    of_another_time,
    of_namesake,
    of_opposite,
    of_strange_holder,
    of_variant,
)
from qa.doubt.causes import of_effect, of_problem
from qa.doubt.contrast import of_no_difference
from qa.doubt.known import all_unknown, compares_unknown, named
from qa.doubt.measures import (
    of_another_dimension,
    of_another_measure,
    of_another_unit,
    of_no_money,
)
from qa.doubt.mention import of_mere_mention
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.search.rank import Sight
from qa.texts import Texts

# The reader's log-odds from which a text may answer in words all others than the question's; and
# where the question names nothing at all (有什么用). Of 4,283 development questions, 1,208
# of them fitted on, the first at 0 in place of 2 answers eleven more, and one in vain.
SEEN, SEEN_UNNAMED = 0.0, 2.0
# What tells a figure, or whether, has a form of its own, whatever the words: 平均34分钟送达 of
# 「多久能送到」. Of 35 answers to ``general.dev12``, ``dev15``, ``dev17`` and ``dev18`` that come
# without ``all_unknown`` 14 are right: of these kinds eight of nine, of all others six of 26.
_BY_FORM = frozenset({Asked.NUMBER, Asked.YESNO})


def in_vain(texts: Texts, inquiry: Inquiry, sight: Sight, draft: Draft) -> bool:
    """Whether a single sign is enough not to answer, whatever the others are."""
    return (
        (
            not draft.placed
            and inquiry.asked not in _BY_FORM
            and sight.odds < (SEEN if named(inquiry) else SEEN_UNNAMED)
            and all_unknown(texts, inquiry, sight)
        )
        or (not draft.placed and compares_unknown(texts, inquiry, sight))
        or of_no_difference(texts, inquiry, draft)
        or of_mere_mention(texts, inquiry, draft)
        or of_strange_holder(texts, inquiry)
        or of_another(texts, inquiry, draft)
        or of_namesake(texts, inquiry, draft)
        or of_effect(texts, inquiry, draft)
        or of_problem(texts, inquiry, draft)
        or of_variant(texts, inquiry, draft)
        or of_another_time(texts, inquiry, draft)
        or of_another_measure(texts, inquiry, draft)
        or of_no_money(texts, inquiry, draft)
        or of_another_unit(texts, inquiry, draft)
        or of_another_dimension(texts, inquiry, draft)
        or of_opposite(texts, inquiry, draft)
    )
