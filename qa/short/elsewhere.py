"""Where the text names a thing twice, and differently: both places, so that nobody is misled.

The article calls 支付 the core business in one place and 保险、证券、基金 in another; an answer
that quotes only one of them would be true to the letter and wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.compose import Draft, Part
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.search.retrieve import Candidate
from qa.texts import Texts

_NAMING_KINDS = frozenset({Asked.FACT, Asked.WHO, Asked.DEFINITION, Asked.LIST})
AS_GOOD = 0.9  # share of the first place's words that the second must speak of


def with_other_place(
    texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate], draft: Draft
) -> Draft:
    """``draft``, with the sentence of another section that names the same thing, if any."""
    if inquiry.asked not in _NAMING_KINDS or not inquiry.keys:
        return draft
    name = inquiry.keys[-1].word
    cited = {place for part in (*draft.parts, *draft.items) for place in part.places}
    here = [one for one in candidates if one.place in cited]
    if not here or not _names(texts, here[0], name):
        return draft
    for other in candidates:
        document = texts.reading(other.place.document).document
        section = document.sentences[other.place.sentence].section
        apart = all(
            one.place.document == other.place.document
            and document.sentences[one.place.sentence].section != section
            for one in here
        )
        if (
            apart
            and other.features.own >= AS_GOOD * here[0].features.own
            and _names(texts, other, name)
        ):
            text = texts.reading(other.place.document).text(other.place.sentence)
            return Draft(
                (*draft.parts, Part("\n文中另一处说："), Part(text, (other.place,))),
                draft.short,
                draft.items,
                draft.confidence,
                (*draft.scores, (other.place, other.score)),
            )
    return draft


def _names(texts: Texts, candidate: Candidate, name: str) -> bool:
    """Whether a sentence says what ``name`` is: 「核心业务如保险」, 「是生态圈的核心业务」."""
    sentence = texts.reading(candidate.place.document).plain(candidate.place.sentence)
    word = re.escape(name)
    return bool(
        re.search(rf"{word}(?:如|是|为|即|包括|主要)", sentence)
        or re.search(rf"(?:是|作为|成为)[^,，。;；]{{0,12}}{word}(?=[,，。;；]|$)", sentence)
    )
