"""What came of a thing where its cause is asked for, what is wrong where advice is."""

from __future__ import annotations

import re

from qa.compose import Draft
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.question.sorts import sort_asked, sort_of
from qa.search.retrieve import coverage
from qa.texts import Place, Texts

# Shares of the key words before 导致, at least, and after it, at most, for their effect to be told.
TOLD, LEFT = 0.7, 0.3
_ADVISES = re.compile(
    r"应(?![收用链])|建议|必须|当务之急|亟[待需]|急需|请(?!求|示)|可以通过|(?:要|需)(?:加[强快]|完善|提[高升]|改[进善])"
)
# What comes of a thing, and what it comes of.
_RESULT = re.compile(r"导致|使得|使(?![用命者])|造成|以致|致使|制约")
_CAUSE = re.compile(
    r"担心|认为|考虑到|害怕|由于|因为|因(?![此而])|源于|得益|归因|原因|为了|鉴于|在于|加上|凭借|依托|所致"
)


def of_effect(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether it is asked why a thing is so, and what is cited says what came of it alone."""
    return inquiry.asked is Asked.WHY and all(
        tells_effect(inquiry, texts.reading(place.document).plain(place.sentence))
        for part in draft.parts
        for place in part.places
    )


def of_problem(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether it is asked what to do about a thing, and what is cited says what is wrong alone."""
    places = [place for part in draft.parts for place in part.places]
    remedy = inquiry.asked is Asked.HOW and sort_asked(inquiry.text) < 0
    return remedy and bool(places) and all(tells_problem(texts, place) for place in places)


def tells_problem(texts: Texts, place: Place) -> bool:
    """Whether a sentence stands where a text tells its problems, and advises nothing."""
    reading = texts.reading(place.document)
    problems = sort_of(reading.headings(place.sentence)) > 0
    return problems and not _ADVISES.search(reading.plain(place.sentence))


def tells_effect(inquiry: Inquiry, sentence: str) -> bool:
    """Whether a sentence has what is asked about as a cause, and gives none of it.

    「支付业务市场份额小，导致支付铺展不开」 does not say why it is small.
    """
    result = _RESULT.search(sentence)
    if result is None or _CAUSE.search(sentence, 0, result.start()):
        return False
    before, after = sentence[: result.start()], sentence[result.end() :]
    return coverage(inquiry.keys, before) >= TOLD and coverage(inquiry.keys, after) < LEFT


def advises(sentence: str) -> bool:
    """Whether a folded sentence says what should be done."""
    return _ADVISES.search(sentence) is not None
