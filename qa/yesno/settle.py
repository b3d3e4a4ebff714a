"""What a sentence settles: a question of yes or no, and which of two things it is."""

from __future__ import annotations

from corpus import fold
from qa.compose import Draft, Part
from qa.figures.compare import IS_COMPARED, IS_DIFFERENCE, Comparison, compare, pointed_at
from qa.quantities import quantities
from qa.question.inquiry import Inquiry
from qa.reader import SentenceReading, shipped_sentence_reader
from qa.search.best import best_sentence
from qa.search.rank import Sight
from qa.search.retrieve import coverage
from qa.short.exact import against, read_again
from qa.texts import Reading, Texts
from qa.yesno.claims import Said, not_yet
from qa.yesno.closed import settled_by_list
from qa.yesno.hours import open_on
from qa.yesno.polarity import bounds, doubtful, polarity

# Share of what is held against a figure that the sentence and its surroundings must speak of, to
# answer though the figure itself (超过30亿) is nowhere in the text. Set by hand.
HELD = 0.95
SAID = 0.7  # probability of yes, or of no, to be said where no rule tells


def settled(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The sentence that settles it, with 是 or 否 where its form says so clearly."""
    both = compare(texts, inquiry, sight.candidates) if IS_COMPARED.search(inquiry.text) else None
    if both is not None:
        return _by_figures(texts, both, "是" if both.winner == both.figures[0].name else "否")
    best = best_sentence(texts, sight.candidates)
    if best is None:
        return None
    reading = texts.reading(best.place.document)
    here = [span for span in sight.spans if span.place == best.place]
    lead = reading.introduced(best.place.sentence)
    said = as_said(reading, best.place.sentence)
    part = Part(reading.text(best.place.sentence), (best.place,))
    scores = ((best.place, best.score),)
    listed = settled_by_list(inquiry.text, said.text, said.title)
    if listed is not None:
        return Draft((part,), listed, confidence=best.score, scores=scores, placed=True)
    short: str | None = open_on(inquiry.text, said.text) or polarity(inquiry, said, lead, here)
    unsettled = 0.0
    if short is None:
        found = shipped_sentence_reader()(*against(inquiry, reading, best.place.sentence))
        unsettled = 1 - found.yes - found.no
        short = None if bounds(inquiry.text) else _said(found)
    if short == "是" and not_yet(inquiry.text, reading.plain(best.place.sentence)):
        short = None
    if short == "否" and doubtful(inquiry.text) and not bounds(inquiry.text):
        short = None
    return Draft(
        (part,),
        short,
        confidence=best.score,
        scores=scores,
        placed=short is not None and _held_against(inquiry, reading, best.place.sentence),
        unsettled=unsettled,
    )


def _held_against(inquiry: Inquiry, reading: Reading, sentence: int) -> bool:
    """Whether what a sentence tells is held against a figure of the question's own."""
    said = as_said(reading, sentence)
    spoken = [key for key in inquiry.keys if key.names and not quantities(key.word)]
    return bounds(inquiry.text) and coverage(spoken, f"{said.around}\n{said.text}") >= HELD


def _said(found: SentenceReading) -> str | None:
    """是 or 否 where a sentence is likely enough to say so."""
    if max(found.yes, found.no) < SAID:
        return None
    return "是" if found.yes > found.no else "否"


def as_said(reading: Reading, sentence: int) -> Said:
    """A sentence with what may name its subject."""
    around = f"{reading.headings(sentence)}\n{reading.before(sentence)}"
    return Said(reading.plain(sentence), fold(reading.document.title), around)


def compared(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """By the figures of both sides; without such, by the side that the reader points at."""
    found = compare(texts, inquiry, sight.candidates)
    if found is not None:
        difference = IS_DIFFERENCE.search(inquiry.text)
        return _by_figures(texts, found, None if difference else inquiry.as_typed(found.winner))
    best = best_sentence(texts, sight.candidates)
    if best is None:
        return None
    spans = read_again(texts, inquiry, best.place)
    named = pointed_at(texts, inquiry, best.place, spans)
    if named is None or IS_DIFFERENCE.search(inquiry.text):
        return None
    part = Part(texts.reading(best.place.document).text(best.place.sentence), (best.place,))
    return Draft(
        (part,), inquiry.as_typed(named), confidence=best.score, scores=((best.place, best.score),)
    )


def _by_figures(texts: Texts, found: Comparison, short: str | None) -> Draft:
    """The sentences that both figures stand in."""
    places = tuple(dict.fromkeys(figure.place for figure in found.figures))
    parts = tuple(
        Part(texts.reading(place.document).text(place.sentence), (place,)) for place in places
    )
    return Draft(parts, short, confidence=min(figure.score for figure in found.figures))
