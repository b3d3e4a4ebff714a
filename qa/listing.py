"""A list as an answer: every item with the sentence it stands in, or the one item asked about."""

from __future__ import annotations

from corpus import fold
from qa.compose import Draft, Part
from qa.doubt import of_another
from qa.enumerations import Form
from qa.inquiry import Inquiry
from qa.lists import LIST_BAR, Listed, ranked
from qa.rank import Sight
from qa.texts import Place, Texts

LONGEST = 40  # characters of an item that is given as the short answer


def listed(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The list that fits best, of those that speak of what is asked about.

    Where none does, the best all the same: it is refused later, and what else is found would be
    of another thing, too.
    """
    fitting = [one for one in ranked(texts, inquiry, sight) if one.score >= LIST_BAR]
    for one in fitting:
        draft = list_draft(one)
        if not of_another(texts, inquiry, draft):
            return _one_of(texts, inquiry, one) or draft
    return list_draft(fitting[0]) if fitting else None


def _one_of(texts: Texts, inquiry: Inquiry, chosen: Listed) -> Draft | None:
    """The one clause of a list of clauses that speaks of what is asked about, and no other does.

    「京东白条有什么问题」, where the text says one by one what is wrong with each business.
    """
    enumeration = chosen.enumeration
    if enumeration.form is not Form.CLAUSES:
        return None
    above = texts.reading(chosen.document).introduced(enumeration.lead) + fold(enumeration.about)
    for key in inquiry.keys:
        if not key.names or len(key.word) < 2 or key.word in above:
            continue
        own = [entry for entry in enumeration.entries if key.word in fold(entry.text)]
        if len(own) == 1:
            part = Part(own[0].text, (Place(chosen.document, own[0].sentence),))
            short = own[0].text if len(own[0].text) <= LONGEST else None
            return Draft((part,), short, confidence=chosen.score)
    return None


def list_draft(chosen: Listed) -> Draft:
    """A list as an answer: how many the text gives, then each with the sentence it stands in."""
    enumeration = chosen.enumeration
    items = tuple(
        Part(entry.text, (Place(chosen.document, entry.sentence),)) for entry in enumeration.entries
    )
    one_sentence = len({item.places for item in items}) == 1
    opening = Part(f"文中列出 {len(items)} 项：", items[0].places if one_sentence else ())
    lines = tuple(
        Part(f"\n{number}. {item.text}", () if one_sentence else item.places)
        for number, item in enumerate(items, 1)
    )
    return Draft((opening, *lines), items=items, confidence=chosen.score)
