"""Whether a list is of the whole that is asked about, or of one part of it alone.

「京东金融有哪些业务」: three of them stand in a sentence of one section, all in the headings, and
in a sentence that counts them, more finely than the headings do.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus import fold
from qa.enumerations import Enumeration, Form
from qa.question.inquiry import Inquiry
from qa.search.retrieve import coverage
from qa.texts import Reading

ALL = 0.99  # share of the key words that what a list is of must speak of
ALIKE = 2  # characters that an entry has in common with its like


def of_the_whole(
    inquiry: Inquiry, reading: Reading, inner: Enumeration, lists: Sequence[Enumeration]
) -> Enumeration | None:
    """The list of headings, one of whose sections ``inner`` stands in, or None.

    None, too, where the question speaks of more than what those headings are of: it may be about
    that section.
    """
    first = inner.entries[0].sentence
    for outer in lists:
        if outer.form is not Form.HEADINGS or not outer.lead or outer is inner:
            continue
        above = f"{fold(outer.about)}\n{fold(reading.document.title)}"
        if _over(reading, outer, first) and coverage(inquiry.keys, above) >= ALL:
            return outer
    return None


def beyond(question: str, about: str) -> str:
    """A folded question without what it begins with that ``about`` speaks of: 京东支付|后端……."""
    many = next((n for n in range(len(question), 1, -1) if question[:n] in about), 0)
    return question[many:].removeprefix("的")


def finer(inquiry: Inquiry, reading: Reading, headings: Enumeration) -> Enumeration | None:
    """The list that a sentence above counts and gives, of the same things but more, or None."""
    for one in reading.lists:
        longer = (
            one.form is Form.INLINE and one.declared and len(one.entries) > len(headings.entries)
        )
        if not longer or _over(reading, headings, one.lead):
            continue
        said = f"{reading.plain(one.lead)}\n{fold(reading.document.title)}"
        like = all(_has_like(fold(entry.text), one) for entry in headings.entries)
        if like and coverage(inquiry.keys, said) >= ALL:
            return one
    return None


def _over(reading: Reading, headings: Enumeration, sentence: int) -> bool:
    """Whether a sentence stands below one of some headings."""
    above = reading.headings(sentence)
    return any(
        entry.sentence < sentence and fold(entry.text) in above for entry in headings.entries
    )


def _has_like(text: str, other: Enumeration) -> bool:
    pieces = {text[at : at + ALIKE] for at in range(len(text) - ALIKE + 1)}
    return any(piece in fold(entry.text) for piece in pieces for entry in other.entries)
