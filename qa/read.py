"""What of the text answers: for each kind of question, the draft a careful person would write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import Kind, Span
from qa import overview
from qa.compare import compare, pointed_at
from qa.compose import Draft, Part
from qa.elsewhere import with_other_place
from qa.inquiry import Inquiry
from qa.kinds import EXPLAIN, SHORT, Asked
from qa.lists import OUTLINE, Listed, choose
from qa.polarity import polarity
from qa.quantities import quantities
from qa.retrieve import Candidate
from qa.spans import short_span
from qa.texts import Place, Texts
from qa.windows import Found

LIST_BAR = 0.5  # a list that fits less is likelier not to be what was asked for
# A particle that opens a clause is none of the answer.
_OPENING = re.compile(r"[如而即则是为在由以从将也都就被把和与及]")
SHORT_SPAN = 24  # characters; what is longer is the sentence's own business
SAME = 0.8  # a span and a list that share so much (F1 in characters) are the same
SECOND_BAR = 0.93  # a second sentence is cited when it fits at least this share of the first


def read(
    texts: Texts,
    inquiry: Inquiry,
    candidates: Sequence[Candidate],
    spans: Sequence[Found] = (),
) -> Draft | None:
    """A draft, or None when nothing was found that could be one.

    Args:
        texts: what is read.
        inquiry: what is asked.
        candidates: best first.
        spans: the reader's, surest first.
    """
    if not candidates:
        return None
    draft: Draft | None = None
    match inquiry.asked:
        case Asked.OVERVIEW:
            draft = overview.read(texts, inquiry, candidates)
        case Asked.COMPARISON:
            draft = _compared(texts, inquiry, candidates, spans)
        case Asked.COUNT:
            draft = _counted(texts, inquiry, candidates, spans)
        case Asked.LIST:
            draft = _listed(texts, inquiry, candidates, spans)
        case Asked.YESNO:
            draft = _settled(texts, inquiry, candidates, spans)
        case Asked.DEFINITION if overview.GENERAL.search(inquiry.text):
            draft = overview.section(texts, inquiry, candidates)
    if draft is None and inquiry.asked in EXPLAIN:
        draft = _explained(texts, candidates)
    draft = draft or _told(texts, inquiry, candidates, spans)
    return with_other_place(texts, inquiry, candidates, draft) if draft else None


def _told(
    texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate], spans: Sequence[Found]
) -> Draft | None:
    """The best sentence, and the exact span in it."""
    best = _body(texts, candidates)
    if best is None:
        return None
    if inquiry.asked in {Asked.FACT, Asked.WHO}:
        several = _several(texts, inquiry, candidates, best.place, spans)
        if several is not None:
            return several
    reading = texts.reading(best.place.document)
    text = reading.text(best.place.sentence)
    span = short_span(inquiry, reading.plain(best.place.sentence))
    if span is None and inquiry.asked in SHORT:
        span = _read_span(best.place, reading.plain(best.place.sentence), spans)
    return Draft(
        parts=(Part(text, (best.place,)),),
        short=text[span.start : span.end] if span else None,
        confidence=best.score,
        scores=((best.place, best.score),),
    )


def _several(
    texts: Texts,
    inquiry: Inquiry,
    candidates: Sequence[Candidate],
    best: Place,
    spans: Sequence[Found],
) -> Draft | None:
    """「靠什么出行」 may have several answers: the list in the sentence, if the reader means it."""
    span = next((one for one in spans if one.place == best), None)
    listed = choose(texts, inquiry, candidates, spans)
    if span is None or listed is None or listed.score < LIST_BAR:
        return None
    document = texts.reading(best.document).document
    first, last = listed.enumeration.entries[0], listed.enumeration.entries[-1]
    if listed.document != best.document or {first.sentence, last.sentence} != {best.sentence}:
        return None
    offset = document.sentences[best.sentence].start
    shared = min(offset + span.end, last.end) - max(offset + span.start, first.start)
    if 2 * shared < SAME * (span.end - span.start + last.end - first.start):
        return None
    short = document.text[first.start : last.end]
    return replace(list_draft(listed), short=short if len(short) <= SHORT_SPAN else None)


def _read_span(place: Place, plain: str, spans: Sequence[Found]) -> Span | None:
    """The reader's surest span in that sentence, when it is short enough to be one thing."""
    for span in spans:
        if span.place == place and span.end - span.start <= SHORT_SPAN:
            opening = _OPENING.match(plain, span.start, span.end - 2)
            return Span(opening.end() if opening else span.start, span.end)
    return None


def _body(texts: Texts, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best candidate that is no heading; for a heading, the best below it."""
    for candidate in candidates:
        document = texts.reading(candidate.place.document).document
        if document.sentences[candidate.place.sentence].kind is not Kind.HEADING:
            return candidate
    return None


def _explained(texts: Texts, candidates: Sequence[Candidate]) -> Draft | None:
    """The sentence that says it, with a neighbour that fits nearly as well, in the text's order."""
    first = _body(texts, candidates)
    if first is None:
        return None
    chosen = [first]
    for other in candidates:
        near = (
            other.place.document == first.place.document
            and abs(other.place.sentence - first.place.sentence) == 1
            and not other.features.heading
        )
        if near and other.score >= SECOND_BAR * first.score:
            chosen.append(other)
            break
    chosen.sort(key=lambda one: one.place.sentence)
    parts = tuple(
        Part(texts.reading(one.place.document).text(one.place.sentence), (one.place,))
        for one in chosen
    )
    return Draft(
        parts=parts,
        confidence=first.score,
        scores=tuple((one.place, one.score) for one in chosen),
    )


def _settled(
    texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate], spans: Sequence[Found]
) -> Draft | None:
    best = _body(texts, candidates)
    if best is None:
        return None
    reading = texts.reading(best.place.document)
    here = [span for span in spans if span.place == best.place]
    said = polarity(inquiry, reading.plain(best.place.sentence), here)
    part = Part(reading.text(best.place.sentence), (best.place,))
    return Draft((part,), said, confidence=best.score, scores=((best.place, best.score),))


def _compared(
    texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate], spans: Sequence[Found]
) -> Draft | None:
    """By the figures of both sides; without such, by the side that the reader points at."""
    found = compare(texts, inquiry, candidates)
    if found is not None:
        places = tuple(dict.fromkeys(figure.place for figure in found.figures))
        parts = tuple(
            Part(texts.reading(place.document).text(place.sentence), (place,)) for place in places
        )
        score = min(figure.score for figure in found.figures)
        return Draft(parts, found.winner, confidence=score)
    best = _body(texts, candidates)
    named = pointed_at(texts, inquiry, best.place, spans) if best else None
    if best is None or named is None:
        return None
    part = Part(texts.reading(best.place.document).text(best.place.sentence), (best.place,))
    return Draft((part,), named, confidence=best.score, scores=((best.place, best.score),))


def _listed(
    texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate], spans: Sequence[Found]
) -> Draft | None:
    listed = choose(texts, inquiry, candidates, spans)
    return list_draft(listed) if listed and listed.score >= LIST_BAR else None


def list_draft(listed: Listed) -> Draft:
    """A list as an answer: how many the text gives, then each with the sentence it stands in."""
    enumeration = listed.enumeration
    items = tuple(
        Part(entry.text, (Place(listed.document, entry.sentence),)) for entry in enumeration.entries
    )
    one_sentence = len({item.places for item in items}) == 1
    opening = Part(f"文中列出 {len(items)} 项：", items[0].places if one_sentence else ())
    lines = tuple(
        Part(f"\n{number}. {item.text}", () if one_sentence else item.places)
        for number, item in enumerate(items, 1)
    )
    return Draft((opening, *lines), items=items, confidence=listed.score)


_MEASURE = re.compile(
    r"(?:多少|几)(?P<m>个|大|种|类|项|点|条|方面|家|部分|款|样|块|步|阶段|层|名|位|处|座|次)(?:大)?"
    r"(?P<noun>[\u4e00-\u9fff]{0,2})"
)
COUNTED = 5  # best sentences looked through for a declared number


def _counted(
    texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate], spans: Sequence[Found]
) -> Draft | None:
    """The number the text declares, or how many entries its list has."""
    listed = choose(texts, inquiry, candidates, spans)
    if OUTLINE.search(inquiry.text) and re.search(r"部分|章|节|段", inquiry.text):
        outline = overview.outline(texts, candidates)
        if outline:
            return replace(outline, short=f"{len(outline.items)}个")
    asked = _MEASURE.search(inquiry.text)
    if asked:
        counted = asked["noun"] or (inquiry.keys[-1].word if inquiry.keys else "")
        told = _declared(texts, asked["m"], counted, candidates) if counted else None
        if told:
            return told
    if listed is None or listed.score < LIST_BAR:
        return None
    enumeration = listed.enumeration
    measure = asked["m"] if asked else "个"
    draft = list_draft(listed)
    return Draft(
        parts=draft.parts,
        short=f"{len(enumeration.entries)}{measure if measure != '大' else '个'}",
        items=draft.items,
        confidence=listed.score,
    )


def _declared(
    texts: Texts, measure: str, noun: str, candidates: Sequence[Candidate]
) -> Draft | None:
    """A number of just what is counted, written beside it: 三大业务, 5 名工程师, 蜂类17种."""
    for candidate in [one for one in candidates if not one.features.heading][:COUNTED]:
        reading = texts.reading(candidate.place.document)
        plain = reading.plain(candidate.place.sentence)
        for one in quantities(plain):
            after = noun in plain[one.end : one.end + 6]
            before = noun in plain[max(0, one.start - 4) : one.start] and one.unit == measure
            bare = not one.unit and plain.startswith(noun, one.end)  # 10万|企业
            if one.unit != "%" and (bare or (one.unit and (after or before))):
                text = reading.text(candidate.place.sentence)
                return Draft(
                    (Part(text, (candidate.place,)),),
                    short=text[one.start : one.end],
                    confidence=candidate.score,
                    scores=((candidate.place, candidate.score),),
                )
    return None
