"""What speaks for and against the text answering a question: the signs a refusal is weighed on."""

from __future__ import annotations

import math
from dataclasses import dataclass

from corpus import fold
from qa.compose import Draft
from qa.doubt.known import SPOKEN, known
from qa.question.inquiry import Inquiry
from qa.question.kinds import SHORT, Asked
from qa.search.forms import form
from qa.search.rank import UNREAD, Sight
from qa.search.retrieve import coverage, spoken
from qa.short.units import other_unit
from qa.texts import Place, Texts

SAID = 0.99  # share of the key words that a sentence must have to speak of all that is asked
# The reader's log-odds count for no less where such a sentence has a figure of the unit asked for.
# Set by hand: taught many near misses about shares, it doubts 京东支付的市场份额, said there.
LEAST = 3.0
LEAST_WHO = 1.0  # … or of who it is, which has no form of its own
# Documents: from the first to the second, by their logarithm, a text is less and less weighed as if
# it stood alone. With more than the second nothing was fitted.
FEW, MANY = 12, 150


@dataclass(frozen=True, slots=True)
class Signs:
    """Between 0 and 1 but for those of the reader."""

    fit: float  # how well the draft fits the question
    near: float  # rescaled cosine of the best sentence
    around: float  # share of the key words where the answer stands
    strange: float  # share of the key words that stand nowhere in the index
    strange_names: float  # … and name a thing
    coined: float  # … and that no dictionary has either: somebody's or something's own name
    elsewhere: float  # … that stand in the index, but not where the answer does
    unfocused: float  # how far what is cited does not speak of what is wanted of the subject
    other_year: float  # 1 when the question names a year and the answer's surroundings do not
    other_number: float  # share of the question's other figures that they do not name
    other_unit: float  # 1 when nothing cited has the unit asked for
    formless: float  # 1 when nothing cited has the form of an answer of the asked kind
    read_short: float  # the reader's log-odds that a window answers, where one thing is asked for
    read_long: float  # … where a list or sentences are
    short: float  # 1 where one thing is asked for
    said: float  # the reader's log-odds that a sentence cited answers; 0 where none was read
    here: float  # its log-odds that the stretch around it does
    span: float  # its probability of the surest span in what is cited
    unread: float  # 1 when no sentence cited was read, as headings never are
    many: float  # whether the documents are few (0) or many (1), and how nearly


def signs(texts: Texts, inquiry: Inquiry, sight: Sight, draft: Draft) -> Signs:
    """Weigh ``draft`` against what was asked."""
    candidates = sight.candidates
    places = {place for part in (*draft.parts, *draft.items) for place in part.places}
    # In the order of the candidates; what a whole text was looked through for is none of them.
    found = [one.place for one in candidates]
    cited = [one for one in found if one in places] or list(places) or found[:1]
    said = "\n".join(_surroundings(texts, one) for one in cited[:4])
    own = "\n".join(texts.reading(one.document).plain(one.sentence) for one in cited[:4])
    total = sum(key.weight for key in inquiry.keys) or 1.0
    strange = [key for key in inquiry.keys if not known(texts, key.word)]
    elsewhere = [
        key for key in inquiry.keys if key not in strange and spoken(key.word, said) < SPOKEN
    ]
    figure = inquiry.asked in {Asked.NUMBER, Asked.COUNT}
    one_thing = inquiry.asked in SHORT or inquiry.asked is Asked.COUNT
    declared = inquiry.asked is Asked.COUNT and bool(draft.short) and fold(draft.short or "") in own
    of_form = declared or form(inquiry, own) == 1
    fits = (figure and of_form and not other_unit(inquiry.text, own)) or (
        inquiry.asked is Asked.DATE and of_form
    )
    odds = sight.odds
    if coverage(inquiry.keys, own) > SAID and (fits or inquiry.asked is Asked.WHO):
        odds = max(odds, LEAST if fits else LEAST_WHO)
    heard = [one for one in map(sight.answers, places) if one > UNREAD]
    around = [view for view in sight.views if places & set(view.places)]
    return Signs(
        fit=draft.confidence,
        near=max((one.features.sentence for one in candidates[:8]), default=0.0),
        around=coverage(inquiry.keys, said),
        strange=sum(key.weight for key in strange) / total,
        strange_names=sum(k.weight for k in strange if k.names and len(k.word) > 1) / total,
        coined=sum(k.weight for k in strange if not texts.snapshot.tokenizer.knows(k.word)) / total,
        elsewhere=sum(key.weight for key in elsewhere) / total,
        unfocused=1 - spoken(inquiry.focus, own) if inquiry.focus else 0.0,
        other_year=float(bool(inquiry.years) and not any(year in said for year in inquiry.years)),
        other_number=sum(number not in said for number in inquiry.numbers)
        / max(1, len(inquiry.numbers)),
        other_unit=float(figure and other_unit(inquiry.text, own)),
        formless=float(form(inquiry, own) == 0),
        read_short=odds if one_thing else 0.0,
        read_long=0.0 if one_thing else odds,
        short=float(one_thing),
        said=max(heard, default=0.0),
        here=max((max(-10.0, min(10.0, view.odds)) for view in around), default=0.0),
        span=max((one.probability for one in sight.spans if one.place in places), default=0.0),
        unread=float(not heard),
        many=_many(len(texts.snapshot.documents)),
    )


def _many(documents: int) -> float:
    return math.log(max(FEW, min(MANY, documents)) / FEW) / math.log(MANY / FEW)


def _surroundings(texts: Texts, place: Place) -> str:
    reading = texts.reading(place.document)
    at = place.sentence
    return f"{reading.above(at)}\n{reading.before(at)}\n{reading.plain(at)}"
