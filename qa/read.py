"""What of the text answers: for each kind of question, the draft a careful person would write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import Kind, fold
from qa.compose import Draft, Part
from qa.doubt.causes import tells_effect, tells_problem
from qa.doubt.contrast import asked_to_differ, each_told, goes_on, tells_apart
from qa.figures.compare import pointed_at
from qa.figures.ranks import placed_by_figure
from qa.figures.tables import from_table, with_header
from qa.lists.counting import counted
from qa.lists.entry import entry_about, part_about
from qa.lists.listing import is_beside, is_of_one, is_of_sibling, list_at, listed, several
from qa.lists.steps import steps
from qa.question.inquiry import Inquiry
from qa.question.kinds import EXPLAIN, SHORT, Asked
from qa.question.sorts import sort_asked
from qa.search.best import best_sentence
from qa.search.rank import Sight
from qa.search.retrieve import Candidate
from qa.short.elsewhere import with_other_place
from qa.short.exact import (
    STATED,
    read_again,
    read_span,
    says_again,
    says_by_whom,
    stated,
    what_has_it,
    what_it_is,
)
from qa.short.frames import framed
from qa.short.labelled import labelled
from qa.short.quotes import balanced
from qa.short.spans import has_none, is_of_each, short_span
from qa.short.times import names_year
from qa.short.units import is_bare_unit
from qa.summary import overview
from qa.summary.advice import on_the_whole
from qa.summary.gist import bare, gist, in_general, shown
from qa.summary.located import locate
from qa.summary.relation import related
from qa.summary.weakness import made_weak
from qa.texts import Texts
from qa.yesno.settle import compared, settled

_ONE = re.compile(r"哪一?[个家块项种款类]|哪一")  # asks for one of several
_OF_ONE = re.compile(r"一[个种家](?:什么|怎样|啥)|由(?:什么|谁)")  # no list answers it
_APART = re.compile(r"区别|不同|差异|差别")  # no clause about one of them says it
# … nor is a figure of one how far it is from the other's.
_BETWEEN_TWO = re.compile(
    r"相差|差(?:了)?多少|比[^,，]{1,12}(?:[大高多早晚小低少快慢短贵]|(?<!增)长)(?:了|出)?(?:多少|几)"
)
# … nor one of two figures what both come to.
_ADDED_UP = re.compile(r"[和与跟及、].*(?:加起来|合起来|合计|总共|一共|共(?:占|有))")
_IN_ALL = re.compile(r"共(?!同)|合计|总计|加起来|累计")
_OPEN = re.compile(r"谁|什么|啥|哪|多少|几|怎")
_COUNTS = frozenset({Asked.NUMBER, Asked.COUNT})
_WANTS = r"(?:多少|什么时候|哪一?[年天月个家]|谁|几[个家年月])"
_TWICE = re.compile(
    rf"{_WANTS}.*[,，、和与及].*{_WANTS}|分别.*{_WANTS}|各自?.*{_WANTS}"
    r"|(?:几|多少)(?![月点年室])[\u4e00-\u9fff]{1,4}(?:几|多少)(?:个|家|名)?[\u4e00-\u9fff]"
)
_MERE_REPLY = re.compile(
    r"\W*(?:答[:：])?\W*(?:不?(?:需要|可以|能|是的?|会|行|用)|没?有|对|否)的?\W*"
)
_MAY_BE_LISTS = EXPLAIN | {Asked.LIST, Asked.FACT}
_TOPIC = re.compile(r"(?:而|但)?(?:在|就)?(?P<topic>[^,，。;；:：]{2,14}?)(?:方面|上)[,，]")
ALSO = 2.0  # log-odds of answering from which a sentence near the best one is cited too
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
    first = from_table(texts, inquiry, sight) or placed_by_figure(texts, inquiry, sight)
    first = first or labelled(texts, inquiry, sight) or steps(texts, inquiry, sight)
    first = first or overview.ahead(texts, inquiry, candidates)
    first = first or on_the_whole(texts, inquiry, candidates)
    first = first or shown(texts, inquiry, sight) or related(texts, inquiry, sight)
    first = first or made_weak(texts, inquiry, sight) or _told_apart(texts, inquiry, sight)
    if first is not None:
        return first
    draft: Draft | None = None
    match inquiry.asked:
        case Asked.OVERVIEW:
            draft = overview.read(texts, inquiry, sight)
        case Asked.COMPARISON:
            draft = compared(texts, inquiry, sight)
        case Asked.COUNT if not _TWICE.search(inquiry.text):
            draft = counted(texts, inquiry, sight)
        case Asked.LIST:
            draft = entry_about(texts, inquiry, sight) or part_about(texts, inquiry, sight)
            draft = draft or _on_that(texts, inquiry, sight)
            draft = draft or listed(texts, inquiry, sight)
            if draft is not None and is_beside(texts, inquiry, sight, draft):
                draft = None
        case Asked.HOW if sort_asked(inquiry.text) < 0:
            draft = _below_heading(entry_about(texts, inquiry, sight))
        case Asked.YESNO:
            draft = settled(texts, inquiry, sight)
        case Asked.DEFINITION if overview.GENERAL.search(inquiry.text):
            draft = _in_general(texts, inquiry, sight) or overview.section(
                texts, inquiry, candidates
            )
        case Asked.DEFINITION if _no_sentence_says(texts, inquiry, candidates):
            draft = gist(texts, inquiry, sight)
        case Asked.DEFINITION | Asked.FACT | Asked.HOW | Asked.NUMBER:
            draft = _in_general(texts, inquiry, sight)
    if draft is None and inquiry.asked in _MAY_BE_LISTS:
        best = best_sentence(texts, candidates)
        draft = list_at(texts, inquiry, best.place) if best else None
        if draft is not None and is_of_one(texts, inquiry, draft):
            draft = None
    if draft is None and inquiry.asked in EXPLAIN:
        draft = _explained(texts, inquiry, sight)
    draft = draft or _told(texts, inquiry, sight)
    draft = with_header(texts, inquiry, draft) if draft else None
    return with_other_place(texts, inquiry, candidates, draft) if draft else None


def _told_apart(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The sentence that says how two things differ, where the best only lists them.

    Or that list with the sentence after it: 「分为甲、乙。前者……，后者……。」
    """
    both = asked_to_differ(inquiry.text)
    best = best_sentence(texts, sight.candidates) if both else None
    if both is None or best is None:
        return None
    reading = texts.reading(best.place.document)
    plain = reading.plain(best.place.sentence)
    if not all(side in plain for side in both) or tells_apart(plain, *both):
        return None
    if goes_on(reading, best.place.sentence):
        places = (best.place, replace(best.place, sentence=best.place.sentence + 1))
        parts = tuple(Part(reading.text(place.sentence), (place,)) for place in places)
        return Draft(parts, confidence=best.score, scores=((best.place, best.score),), placed=True)
    for one in sight.candidates:
        reading = texts.reading(one.place.document)
        plain = reading.plain(one.place.sentence)
        told = tells_apart(plain, *both) and each_told(plain, *both)
        if told and not one.features.heading:
            part = Part(reading.text(one.place.sentence), (one.place,))
            return Draft((part,), confidence=one.score, scores=((one.place, one.score),))
    return None


def _on_that(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """「在衍生业务方面，……」: the sentence that says it is about just what is asked for."""
    names = [key.word for key in inquiry.keys if key.names]
    for one in sight.candidates:
        reading = texts.reading(one.place.document)
        topic = _TOPIC.match(reading.plain(one.place.sentence))
        if topic is None or topic["topic"] not in inquiry.text:
            continue
        if names and all(word in topic["topic"] for word in names):
            part = Part(reading.text(one.place.sentence), (one.place,))
            return Draft((part,), confidence=one.score, placed=True)
    return None


def _in_general(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """What is asked about in general: its gist; a strategy as the text tells it."""
    if not in_general(inquiry.text):
        return None
    if overview.OF_STRATEGY.search(bare(inquiry.text)):
        return overview.read(texts, inquiry, sight)
    return gist(texts, inquiry, sight)


def _no_sentence_says(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> bool:
    """Whether the text's own subject is asked for, and the best sentence does not say what it is.

    「甲的竞争力是……」 says it of something of 甲.
    """
    best = best_sentence(texts, candidates)
    subject = bare(inquiry.text)
    if best is None or len(subject) < 2:
        return False
    reading = texts.reading(best.place.document)
    says = re.compile(rf"{re.escape(subject)}[^,，。;；的]{{0,8}}(?:是|指|为|即|[:：])")
    return subject in fold(reading.document.title) and not says.search(
        reading.plain(best.place.sentence)
    )


def _below_heading(entry: Draft | None) -> Draft | None:
    """The sentences that say how, without the heading they stand under; of several entries all."""
    if entry is None or entry.items:
        return entry
    if entry.short is None:  # it has none
        return replace(entry, placed=True)
    if len(entry.parts) == 1:
        return None
    return replace(entry, parts=entry.parts[1:], short=None, placed=True)


def _told(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The best sentence, and the exact span in it."""
    best = best_sentence(texts, sight.candidates)
    if best is None:
        return None
    plain = texts.reading(best.place.document).plain(best.place.sentence)
    # Figures are told by what stands around the sentence, too: of a table, its first row.
    told = [span for span in sight.spans if span.place == best.place]
    figure = inquiry.asked in {Asked.NUMBER, Asked.DATE, Asked.COUNT}
    here = told if figure else read_again(texts, inquiry, best.place)
    who = inquiry.asked is Asked.WHO and not says_by_whom(plain)
    left_open = None
    if inquiry.asked in {Asked.FACT, Asked.WHO}:
        left_open = framed(inquiry.text, plain) or what_has_it(inquiry, plain)
    either = "还是" in inquiry.text  # one of two that the question itself names
    one = either or _ONE.search(inquiry.text) or _OF_ONE.search(inquiry.text)
    if not one and not left_open and (inquiry.asked is Asked.FACT or who):
        of_several = several(texts, inquiry, sight, best.place, here)
        if of_several is not None:
            return of_several
    reading = texts.reading(best.place.document)
    text = reading.text(best.place.sentence)
    # One of several answers would pass for all of them.
    for_one = not (
        _TWICE.search(inquiry.text)
        or _APART.search(inquiry.text)
        or _BETWEEN_TWO.search(inquiry.text)
        or (
            inquiry.asked in _COUNTS
            and _ADDED_UP.search(inquiry.text)
            and not _IN_ALL.search(plain)
        )
        or has_none(inquiry.text, plain)
        or is_of_each(inquiry, plain)
    )
    span = left_open or short_span(inquiry, plain, here) if for_one else None
    sure = inquiry.asked is Asked.LIST and bool(here) and here[0].probability >= STATED
    if span is None and for_one and (sure or inquiry.asked in SHORT):
        span = read_span(inquiry, plain, here)
    if span is None and for_one and inquiry.asked is Asked.FACT:
        span = what_it_is(inquiry, plain)
    named = pointed_at(texts, inquiry, best.place, here) if either else None
    if span is not None and not named:
        words = plain[span.start : span.end]
        again = says_again(inquiry.text, words) or is_bare_unit(words)
        # Of two that the question names, what has no word in common with it is neither.
        pairs = (words[at : at + 2] for at in range(len(words) - 1))
        choice = either and not _OPEN.search(inquiry.text)
        neither = choice and not any(pair in inquiry.text for pair in pairs)
        neither = neither or (inquiry.asked is Asked.DATE and not names_year(inquiry, words))
        if again or neither or is_of_sibling(texts, inquiry, best.place, span):
            span = None
    words = ""
    if span is not None:
        start, end = balanced(text, span.start, span.end)
        words = text[start:end]
    return Draft(
        parts=(Part(text, (best.place,)),),
        short=(inquiry.as_typed(named) if named else words) or None,
        confidence=best.score,
        scores=((best.place, best.score),),
    )


def _explained(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The sentence that says it, with near ones that the reader says answer too, in order."""
    first = best_sentence(texts, sight.candidates)
    if first is None:
        return None
    first = _after_reply(texts, first)
    if inquiry.asked is Asked.WHY:
        first = _cause(texts, inquiry, sight, first)
    if inquiry.asked is Asked.HOW and sort_asked(inquiry.text) < 0:
        first = _remedy(texts, sight, first)
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
        short=None if _APART.search(inquiry.text) else stated(texts, inquiry, first.place),
        confidence=first.score,
        scores=tuple((one.place, one.score) for one in chosen),
    )


def _after_reply(texts: Texts, first: Candidate) -> Candidate:
    """The best sentence, or where it is a mere 「答：需要。」, the next: how is told in that."""
    reading, place = texts.reading(first.place.document), first.place
    following = place.sentence + 1
    if not _MERE_REPLY.fullmatch(reading.plain(place.sentence)):
        return first
    sentences = reading.document.sentences
    if following == len(sentences) or sentences[following].kind is not Kind.SENTENCE:
        return first
    return replace(first, place=replace(place, sentence=following))


def _cause(texts: Texts, inquiry: Inquiry, sight: Sight, first: Candidate) -> Candidate:
    """The best sentence, or where that tells the effect the next that the reader says answers."""
    for one in (first, *sight.candidates):
        plain = texts.reading(one.place.document).plain(one.place.sentence)
        fits = one is first or (not one.features.heading and sight.answers(one.place) >= 0)
        if fits and not tells_effect(inquiry, plain):
            return one
    return first


def _remedy(texts: Texts, sight: Sight, first: Candidate) -> Candidate:
    """The best sentence, or where that tells what is wrong the next that answers and does not."""
    for one in (first, *sight.candidates):
        fits = one is first or (not one.features.heading and sight.answers(one.place) >= 0)
        if fits and not tells_problem(texts, one.place):
            return one
    return first
