"""Single signs that are enough not to answer."""

from __future__ import annotations

from qa.compose import Draft
from qa.doubt.another import (
    of_another,
    of_another_month,
    of_another_time,
    of_its_beginning,
    of_namesake,
    of_opposite,
    of_strange_holder,
    of_time_held_against,
    of_variant,
)
from qa.doubt.causes import of_effect, of_problem
from qa.doubt.contrast import of_no_difference
from qa.doubt.counts import of_all_of_which, of_all_together, of_no_heads, of_other_heads
from qa.doubt.known import all_unknown, compares_unknown, named, of_strange_letters
from qa.doubt.measures import (
    of_another_address,
    of_another_dimension,
    of_another_figure,
    of_another_measure,
    of_another_unit,
    of_no_money,
)
from qa.doubt.mention import of_mere_mention
from qa.question.inquiry import Inquiry, is_idle
from qa.question.kinds import Asked
from qa.search.rank import Sight
from qa.texts import Texts

# The reader's log-odds from which a text may answer in words all others than the question's; and
# where the question names nothing at all (有什么用). Of 4,283 development questions, 1,208
# of them fitted on, the first at 0 in place of 2 answers eleven more, and one in vain.
SEEN, SEEN_UNNAMED = 0.0, 2.0
# A character of a strange word in what is cited is enough for a figure, and for yes or no: 送达 for
# 送到. Strange words alone keep 35 answers to ``general.dev12``, ``dev15``, ``dev17``, ``dev18``
# back, of which 14 are right; of these kinds and with such a character all five, else nine of 30.
_IN_PART = frozenset({Asked.NUMBER, Asked.YESNO})


def in_vain(texts: Texts, inquiry: Inquiry, sight: Sight, draft: Draft) -> bool:
    """Whether a single sign is enough not to answer, whatever the others are."""
    return (
        (
            not draft.placed
            and sight.odds < (SEEN if named(inquiry) else SEEN_UNNAMED)
            and all_unknown(texts, inquiry, sight)
            and not _said_in_part(texts, inquiry, draft)
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
        or of_time_held_against(texts, inquiry, draft)
        or of_another_figure(texts, inquiry, draft)
        or of_another_measure(texts, inquiry, draft)
        or of_another_address(texts, inquiry, draft)
        or of_no_money(texts, inquiry, draft)
        or of_another_unit(texts, inquiry, draft)
        or of_another_dimension(texts, inquiry, draft)
        or of_opposite(texts, inquiry, draft)
        or of_other_heads(texts, inquiry, draft)
        or of_all_together(texts, inquiry, draft)
        or of_all_of_which(texts, inquiry, draft)
        or of_no_heads(texts, inquiry, draft)
        or of_another_month(texts, inquiry, draft)
        or of_its_beginning(texts, inquiry, draft)
        or of_strange_letters(texts, inquiry)
    )


def _said_in_part(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether what is cited has a character of a word of the question, where that is enough."""
    places = {place for part in draft.parts for place in part.places}
    said = "".join(texts.reading(one.document).plain(one.sentence) for one in places)
    words = (key.word for key in inquiry.keys if not is_idle(key.word))
    return inquiry.asked in _IN_PART and any(set(word) & set(said) for word in words)
