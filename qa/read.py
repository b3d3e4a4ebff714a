"""What of the text answers: for each kind of question, the draft a careful person would write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import Document, Kind, Span, fold, simplified
from qa import overview
from qa.claims import Said
from qa.compare import IS_COMPARED, IS_DIFFERENCE, Comparison, compare, pointed_at
from qa.compose import Draft, Part
from qa.counting import counted
from qa.doubt import tells_effect
from qa.elsewhere import with_other_place
from qa.entry import entry_about
from qa.enumerations import NUMBERED, Entry
from qa.frames import framed
from qa.gist import bare, gist, in_general
from qa.inquiry import Inquiry
from qa.kinds import EXPLAIN, SHORT, Asked
from qa.listing import OWN_BAR, has_for_item, list_at, list_draft, listed
from qa.lists import LIST_BAR, Listed, choose
from qa.located import locate
from qa.polarity import bounds, doubtful, polarity
from qa.rank import Sight
from qa.reader import Entailment, Text, shipped_entailer
from qa.retrieve import Candidate
from qa.sorts import sort_asked
from qa.spans import has_none, short_span
from qa.texts import Place, Reading, Texts
from qa.windows import Found

SEVERAL = 0.7  # a list that fits as much is what was asked for, whatever the question's form
# A particle that opens a clause is none of the answer, nor is 仅仅作为.
_OPENING = re.compile(
    r"(?:(?:也|都|均|皆|就|只|仅仅?|主要|大多|基本上?)?(?:作为|是|为|在于)|[如而即则在由以从将也都就被把和与及])"
)
# … nor is what only says that a reason, an end or a meaning follows: 这是因为|它的|色轮转速偏低
_REASON = re.compile(
    r"(?:(?:这|那|原因|主要|多半|大多|都|目的)*(?:是因为|是由于|因为|由于|是指|指的是|是为了|为了|以便|从而|目的是|原因是|在于)|是(?!否)|以(?=[扩加提降减缓防避保实促推方便满增]))"
    r"(?:(?:后者|前者|它们?|其)的?)?"
)
# … but where it says of whom, where or with what the rest is done, it is: 为各业务提供账户支持.
_DOES = re.compile(
    r"(?:作?为|给|向)[^,，]{1,16}?(?:提供|带来|创造|打下|奠定|增添|解决)|在[^,，]{1,14}?[中上里下内][^,，的]{2}|[将把][^,，]{1,12}?[为成到入给在]|从[^,，]{1,12}?[到向]|以[^,，]{1,12}?为"
)
# Who it is that does a thing: 「物业费由|甲方|承担」.
_BY = re.compile(
    r"由(?P<who>[^,，。;；、的由]{2,12}?)(?:来|共同|统一|代为)?(?:承担|负责|任|支付|缴纳|主持|组织|牵头|担任|出资|提供|审批|主办|承办|保管|管理|"
    r"执行|签发|制定|编写|设计|创办|参加|出席|主讲)"
)
# What somebody does is none of who it is: 郎志勇|会同设计院.
_ACTS = re.compile(r"会同|带领|率领|组织(?!$)|牵头|主持(?!人)|负责(?!人)")
_SAID = re.compile(
    r"(?P<subject>[^,，。;；:：是]{2,24}?)(?:主要)?(?:指的是|是指|就是|是|则|(?<![成作认分因以称])为|[:：])"
)
# 「甲是乙,主要包括……」: what it is, to the end of that clause.
_IS = re.compile(
    r"(?P<subject>[^,，。;；:：是]{2,24}?)(?:主要|就|便|即)?(?:在于|是(?!指|否|因为?|由于?|为了?))(?P<what>[^,，。;；:：?？!！]{2,})"
)
SAME_SUBJECT = 0.8  # share of the characters of what such a clause is about that the question has
_ONE = re.compile(r"哪一?[个家块项种款类]|哪一")  # asks for one of several
_OF_ONE = re.compile(r"一[个种家](?:什么|怎样|啥)|由(?:什么|谁)")  # no list answers it
_CHOOSES = re.compile(r"哪|谁|何者|之间|两者|二者|还是")
_APART = re.compile(r"区别|不同|差异|差别")  # no clause about one of them says it
_HANGING = "只也都就还却则代"
# 「……」的趋势, “三位一体”模式
_OWN_HEAD = re.compile(r"(?:的|(?<=[”’』」》]))(?P<head>[\u4e00-\u9fff]{2})$")
_HEAD = re.compile(r"(?<=的)[^,，;；。的]{2,10}(?=。?$)")
# 「所谓甲，是指……的设备，不包括乙」: what a thing is, up to what else is said of it.
_DEFINES = re.compile(
    r"[“‘《]?(?P<term>[^,，。；;：:“”‘’]{2,20})[”’》]?[,，]?(?:则|就|即|主要)?(?:是指|指的是|指|就是)"
    r"(?P<what>[^。；;]{6,})"
)
_ITSELF = re.compile(
    r"[^的]*的[^,，]+(?=[,，])"
)  # to the end of the first clause that names a thing
_WANTS = r"(?:多少|什么时候|哪一?[年天月个家]|谁|几[个家年月])"
_TWICE = re.compile(rf"{_WANTS}.*[,，、和与及].*{_WANTS}|分别.*{_WANTS}|各自?.*{_WANTS}")
_MAY_BE_LISTS = EXPLAIN | {Asked.LIST, Asked.FACT}
_ASKS = re.compile(r"^\W*(?:问|q)[:：]|[?？]\W*$")  # 问:…?, **Q:…?**, …?
SHORT_SPAN = 24  # characters; what is longer is the sentence's own business
SAME = 0.8  # a span and a list that share so much (F1 in characters) are the same
ALSO = 2.0  # log-odds of answering from which a sentence near the best one is cited too
COUNTED_AS = 8  # characters after a list in which it is counted
ENTAILED = 0.7  # probability of yes, or of no, to be said where no rule tells
STATED = 0.25  # probability of a clause that says why, how or what for, to be given by itself
LONGEST = 40  # characters of such a clause
LONG_DEFINITION = 70  # … of what a term is said to mean
NEAR = 2  # sentences from the best one, at most
MOST = 3  # sentences that say it


def read(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """A draft, or None when nothing was found that could be one."""
    candidates = sight.candidates
    if not candidates:
        return None
    located = locate(texts, inquiry, candidates)
    if located is not None:
        return located.draft
    draft: Draft | None = None
    match inquiry.asked:
        case Asked.OVERVIEW:
            draft = overview.read(texts, inquiry, sight)
        case Asked.COMPARISON:
            draft = _compared(texts, inquiry, sight)
        case Asked.COUNT:
            draft = counted(texts, inquiry, sight)
        case Asked.LIST:
            draft = entry_about(texts, inquiry, sight) or listed(texts, inquiry, sight)
        case Asked.HOW if sort_asked(inquiry.text) < 0:
            draft = _below_heading(entry_about(texts, inquiry, sight))
        case Asked.YESNO:
            draft = _settled(texts, inquiry, sight)
        case Asked.DEFINITION if overview.GENERAL.search(inquiry.text):
            draft = _in_general(texts, inquiry, sight) or overview.section(
                texts, inquiry, candidates
            )
        case Asked.DEFINITION | Asked.FACT | Asked.HOW | Asked.NUMBER:
            draft = _in_general(texts, inquiry, sight)
    if draft is None and inquiry.asked in _MAY_BE_LISTS:
        best = _body(texts, candidates)
        draft = list_at(texts, inquiry, best.place) if best else None
    if draft is None and inquiry.asked in EXPLAIN:
        draft = _explained(texts, inquiry, sight)
    draft = draft or _told(texts, inquiry, sight)
    return with_other_place(texts, inquiry, candidates, draft) if draft else None


def _in_general(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """What is asked about in general: its gist; a strategy as the text tells it."""
    if in_general(inquiry.text) and overview.OF_STRATEGY.search(bare(inquiry.text)):
        return overview.read(texts, inquiry, sight)
    return gist(texts, inquiry, sight)


def _below_heading(entry: Draft | None) -> Draft | None:
    """The sentences that say how, without the heading they stand under; of several entries all."""
    if entry is None or entry.items:
        return entry
    if len(entry.parts) == 1:
        return None
    return replace(entry, parts=entry.parts[1:], short=None, placed=True)


def _told(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The best sentence, and the exact span in it."""
    best = _body(texts, sight.candidates)
    if best is None:
        return None
    plain = texts.reading(best.place.document).plain(best.place.sentence)
    doer = _BY.search(plain)
    who = inquiry.asked is Asked.WHO and doer is None
    left_open = framed(inquiry.text, plain) if inquiry.asked in {Asked.FACT, Asked.WHO} else None
    either = "还是" in inquiry.text  # one of two that the question itself names
    one = either or _ONE.search(inquiry.text) or _OF_ONE.search(inquiry.text)
    if not one and not left_open and (inquiry.asked is Asked.FACT or who):
        several = _several(texts, inquiry, sight, best.place)
        if several is not None:
            return several
    reading = texts.reading(best.place.document)
    text = reading.text(best.place.sentence)
    here = [span for span in sight.spans if span.place == best.place]
    # One of several answers would pass for all of them.
    for_one = not (
        _TWICE.search(inquiry.text) or _APART.search(inquiry.text) or has_none(inquiry.text, plain)
    )
    span = left_open or short_span(inquiry, plain, here) if for_one else None
    if span is None and for_one and inquiry.asked in SHORT:
        span = _read_span(inquiry, plain, here)
    if span is None and for_one and inquiry.asked is Asked.FACT:
        span = _what_it_is(inquiry, plain)
    named = pointed_at(texts, inquiry, best.place, sight.spans) if either else None
    return Draft(
        parts=(Part(text, (best.place,)),),
        short=inquiry.as_typed(named) if named else text[span.start : span.end] if span else None,
        confidence=best.score,
        scores=((best.place, best.score),),
    )


def _several(
    texts: Texts,
    inquiry: Inquiry,
    sight: Sight,
    best: Place,
) -> Draft | None:
    """「靠什么出行」 may have several answers: the list that fits well, or that is pointed at."""
    found = choose(texts, inquiry, sight)
    if found is None or has_for_item(inquiry, found):
        return None
    counted = _is_counted_as(texts, inquiry, found)
    if found.score < LIST_BAR and not counted:
        return None
    document = texts.reading(found.document).document
    first, last = found.enumeration.entries[0], found.enumeration.entries[-1]
    here = found.document == best.document and first.sentence == last.sentence == best.sentence
    span = next((one for one in sight.spans if one.place == best), None)
    meant = here and span is not None and _is_list(document, span, first, last)
    if found.score < SEVERAL and not meant and not counted:
        return None
    draft = list_draft(found)
    if first.sentence != last.sentence:
        return draft
    short = document.text[first.start : last.end]
    return replace(draft, short=short if len(short) <= SHORT_SPAN else None)


def _is_counted_as(texts: Texts, inquiry: Inquiry, found: Listed) -> bool:
    """Whether the text counts a list as what is asked for: 业务板块, of 甲、乙……八大板块."""
    if not found.enumeration.declared or found.score < OWN_BAR:
        return False
    last = found.enumeration.entries[-1].end
    after = texts.reading(found.document).folded[last : last + COUNTED_AS]
    return inquiry.text[-2:] in after


def _is_list(document: Document, span: Found, first: Entry, last: Entry) -> bool:
    """Whether a span is just the list from ``first`` to ``last`` in its sentence."""
    offset = document.sentences[span.place.sentence].start
    shared = min(offset + span.end, last.end) - max(offset + span.start, first.start)
    return 2 * shared >= SAME * (span.end - span.start + last.end - first.start)


def _read_span(inquiry: Inquiry, plain: str, spans: Sequence[Found]) -> Span | None:
    """The reader's surest span in a sentence, when it is short enough to be one thing.

    What the question itself says answers it only where it names those to choose from.
    """
    for span in spans:
        if plain[span.start : span.end] in inquiry.text and not _CHOOSES.search(inquiry.text):
            continue
        if _OPENING.fullmatch(plain, span.start, span.end):
            continue
        by = _BY.search(plain, span.start, span.end) if inquiry.asked is Asked.WHO else None
        if by:
            return Span(*by.span("who"))
        start = _after_subject(inquiry, plain, span)
        acts = _ACTS.search(plain, start + 2, span.end) if inquiry.asked is Asked.WHO else None
        end = acts.start() if acts else span.end
        if end - start <= SHORT_SPAN:
            opening = _OPENING.match(plain, start, end - 2)
            if opening and not _DOES.match(plain, start, end):
                start = opening.end()
            if end - start > 3 and plain[end - 1] in _HANGING:  # 岚影M1|只有
                end -= 1
            return Span(start, _before_head(inquiry, plain, start, end))
    return None


def _before_head(inquiry: Inquiry, plain: str, start: int, end: int) -> int:
    """Where a span ends without the word that the question asks with: 「甲到乙再到丙」|的趋势."""
    head = _OWN_HEAD.search(plain, start + 2, end)
    return head.start() if head and head["head"] in inquiry.text else end


def _what_it_is(inquiry: Inquiry, plain: str) -> Span | None:
    """What the sentence says that the question's subject is, in its first clause."""
    said = _IS.match(plain)
    if said is None or len(said["what"]) > LONGEST:
        return None
    subject = set(said["subject"])
    same = len(subject & set(inquiry.text)) >= SAME_SUBJECT * len(subject)
    return Span(*said.span("what")) if same else None


def _after_subject(inquiry: Inquiry, plain: str, span: Found) -> int:
    """Where a span begins to say more than the question does: 京东金融的核心竞争力是|…; 1. |…"""
    mark = NUMBERED.match(plain, span.start, span.end - 1)
    start = mark.end() if mark else span.start
    said = _SAID.match(plain, start, span.end - 1)
    return said.end() if said and set(said["subject"]) <= set(inquiry.text) else start


def _body(texts: Texts, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best candidate that is no heading, or what answers it where it asks itself.

    For a heading, the best below it.
    """
    for candidate in candidates:
        document = texts.reading(candidate.place.document).document
        if document.sentences[candidate.place.sentence].kind is not Kind.HEADING:
            return _answering(texts, candidate)
    return None


def _answering(texts: Texts, candidate: Candidate) -> Candidate:
    """The sentence after one that only asks (问：…？): what asks answers nothing."""
    reading = texts.reading(candidate.place.document)
    sentences = reading.document.sentences
    here, after = candidate.place.sentence, candidate.place.sentence + 1
    if not _ASKS.search(reading.plain(here)) or after == len(sentences):
        return candidate
    same = sentences[here].section == sentences[after].section
    if not same or sentences[after].kind is Kind.HEADING or _ASKS.search(reading.plain(after)):
        return candidate
    return replace(candidate, place=Place(candidate.place.document, after))


def _explained(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The sentence that says it, with near ones that the reader says answer too, in order."""
    first = _body(texts, sight.candidates)
    if first is None:
        return None
    if inquiry.asked is Asked.WHY:
        first = _cause(texts, inquiry, sight, first)
    chosen = [first]
    for other in sight.candidates:
        near = (
            other.place.document == first.place.document
            and 0 < abs(other.place.sentence - first.place.sentence) <= NEAR
            and not other.features.heading
        )
        if near and sight.answers(other.place) >= ALSO and len(chosen) < MOST:
            chosen.append(other)
    chosen.sort(key=lambda one: one.place.sentence)
    parts = tuple(
        Part(texts.reading(one.place.document).text(one.place.sentence), (one.place,))
        for one in chosen
    )
    return Draft(
        parts=parts,
        short=None if _APART.search(inquiry.text) else _stated(texts, inquiry, first.place, sight),
        confidence=first.score,
        scores=tuple((one.place, one.score) for one in chosen),
    )


def _cause(texts: Texts, inquiry: Inquiry, sight: Sight, first: Candidate) -> Candidate:
    """The best sentence, or where that tells the effect the next that the reader says answers."""
    for one in (first, *sight.candidates):
        plain = texts.reading(one.place.document).plain(one.place.sentence)
        fits = one is first or (not one.features.heading and sight.answers(one.place) >= 0)
        if fits and not tells_effect(inquiry, plain):
            return one
    return first


def _stated(texts: Texts, inquiry: Inquiry, place: Place, sight: Sight) -> str | None:
    """The clause of that sentence that the reader is sure of, when it is short.

    Of 「甲是在乙中，以丙，做丁的业务」, whatever ends before 的业务 does not say what it is.
    """
    reading = texts.reading(place.document)
    text = reading.text(place.sentence)
    if inquiry.asked is Asked.DEFINITION:
        defined = _DEFINES.search(text)
        if defined and any(key.word in fold(defined["term"]) for key in inquiry.keys):
            what = _ITSELF.match(defined["what"])
            said = what[0] if what else defined["what"]
            return said if len(said) <= LONG_DEFINITION else None
        told = _what_it_is(inquiry, reading.plain(place.sentence))
        if told:
            return text[told.start : told.end]
    head = _HEAD.search(text) if inquiry.asked is Asked.DEFINITION else None
    for span in sight.spans:
        if head and span.start < head.start() and span.end < head.end():
            continue
        if span.place == place and span.probability >= STATED:
            start = _after_subject(inquiry, reading.plain(place.sentence), span)
            if span.end - start <= min(LONGEST, len(text) - 2):
                opening = _REASON.match(text, start, span.end - 4)
                return text[opening.end() if opening else start : span.end]
    return None


def _settled(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The sentence that settles it, with 是 or 否 where its form says so clearly."""
    found = compare(texts, inquiry, sight.candidates) if IS_COMPARED.search(inquiry.text) else None
    if found is not None:
        return _by_figures(texts, found, "是" if found.winner == found.figures[0].name else "否")
    best = _body(texts, sight.candidates)
    if best is None:
        return None
    reading = texts.reading(best.place.document)
    here = [span for span in sight.spans if span.place == best.place]
    lead = reading.introduced(best.place.sentence)
    short: str | None = polarity(inquiry, as_said(reading, best.place.sentence), lead, here)
    if short is None and not bounds(inquiry.text):
        short = _entailed(shipped_entailer()(*against(inquiry, reading, best.place.sentence)))
    if short == "否" and doubtful(inquiry.text):
        short = None
    part = Part(reading.text(best.place.sentence), (best.place,))
    return Draft((part,), short, confidence=best.score, scores=((best.place, best.score),))


def against(inquiry: Inquiry, reading: Reading, sentence: int) -> tuple[str, Text]:
    """A question of yes or no, and the sentence it is held against.

    Without its headings: of 210 development questions that the rules leave open 110 of 125 are told
    rightly so, from ``ENTAILED`` on, with them 84 of 97.
    """
    return simplified(inquiry.text), Text(simplified(reading.text(sentence)))


def _entailed(found: Entailment) -> str | None:
    """是 or 否 where a sentence is likely enough to say so."""
    if max(found.yes, found.no) < ENTAILED:
        return None
    return "是" if found.yes > found.no else "否"


def as_said(reading: Reading, sentence: int) -> Said:
    """A sentence with what may name its subject."""
    around = f"{reading.headings(sentence)}\n{reading.before(sentence)}"
    return Said(reading.plain(sentence), fold(reading.document.title), around)


def _compared(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """By the figures of both sides; without such, by the side that the reader points at."""
    found = compare(texts, inquiry, sight.candidates)
    if found is not None:
        difference = IS_DIFFERENCE.search(inquiry.text)
        return _by_figures(texts, found, None if difference else inquiry.as_typed(found.winner))
    best = _body(texts, sight.candidates)
    named = pointed_at(texts, inquiry, best.place, sight.spans) if best else None
    if best is None or named is None:
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
