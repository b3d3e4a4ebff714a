"""The one entry of a list that a question is about: 「支付业务有什么问题」, of four problems."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus import Kind, fold
from qa.compose import Draft, Part
from qa.doubt.causes import advises
from qa.enumerations import Entry, Form
from qa.lists.choice import LIST_BAR, Listed, ranked
from qa.lists.listing import list_draft
from qa.lists.scope import beyond
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.question.sorts import REMEDY_VERBS, sort_asked, sort_of
from qa.search.best import best_sentence
from qa.search.rank import Sight
from qa.search.retrieve import coverage
from qa.texts import Place, Texts

_FROM_TO = re.compile(r"从.+到")
ENOUGH = 0.2  # how well a list fits, at least, where an entry of it speaks of just what is asked
# … which headings of advice need not: 「牌照不全怎么解决」 is nearest to where that is told of.
ENOUGH_ADVICE = 0.05  # set by hand
LONGEST = 40  # characters of an entry that is given as the short answer
SEVERAL = 3  # entries from which such a part's own list is the answer
_DOES_WHAT = re.compile(r"(?:做|干|提供|负责|管|承担)(?:些|的是)?(?:什么|啥)")
MOST = 3  # sentences given of what stands below a heading
ALL = 0.99  # share of the key words in a heading from which all it advises is what is asked for
ANSWERS = 0.0  # log-odds of answering from which one of them is given


def entry_about(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The entry that alone speaks of the one thing whose problems, or advice on which, are asked.

    Where the text says one by one what is wrong with each business, or has a heading for each
    problem, who asks about one of them wants that one. None where nothing of the kind is asked,
    where it is asked of the whole text's subject, or where no list has such an entry.
    """
    wanted = sort_asked(inquiry.text)
    if not wanted:
        return None
    lists = ranked(texts, inquiry, sight)
    for chosen in lists:
        form = chosen.enumeration.form
        enough = ENOUGH_ADVICE if wanted < 0 and form is Form.HEADINGS else ENOUGH
        if chosen.score < enough or form not in {Form.CLAUSES, Form.HEADINGS}:
            continue
        clauses = form is Form.CLAUSES  # which stand below headings of any sort
        about = chosen.enumeration.about
        if sort_of(fold(about) if clauses else _introduction(texts, chosen)) != wanted:
            continue
        found: list[Entry] = []
        for word in _owners(texts, inquiry, chosen):
            if _is_about(texts, lists[0], word, inquiry, wanted):
                return None
            own = [one for one in chosen.enumeration.entries if word in fold(one.text)]
            if len(own) == 1 and own[0] not in found:
                found.append(own[0])
        if len(found) == 1:
            return _draft(texts, inquiry, sight, chosen, found[0])
        if len(found) > 1:  # 「白条和理财各有什么毛病」; 「从白条到量化平台」 is all of them
            every = chosen.enumeration.entries
            kept = every if _FROM_TO.search(inquiry.text) else found
            entries = tuple(one for one in every if one in kept)
            return list_draft(
                replace(chosen, enumeration=replace(chosen.enumeration, entries=entries))
            )
    return None


def part_about(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """「后端业务做什么」: the one part (一是…，二是…) of the best sentence that is on it, or None.

    None, too, where that part has a list of its own.
    """
    best = best_sentence(texts, sight.candidates)
    if best is None or not _DOES_WHAT.search(inquiry.text):
        return None
    reading = texts.reading(best.place.document)
    for one in reading.lists:
        here = all(entry.sentence == best.place.sentence for entry in one.entries)
        if one.form is not Form.ORDINALS or not here:
            continue
        said = [fold(entry.text) for entry in one.entries]
        opening = beyond(inquiry.text, fold(one.about))[:2]
        own = [at for at, text in enumerate(said) if opening in text]
        if len(own) != 1:
            continue
        entry = one.entries[own[0]]
        if any(
            inner is not one and entry.start <= inner.entries[0].start < entry.end
            for inner in reading.lists
            if len(inner.entries) >= SEVERAL
        ):
            return None
        short = entry.text if len(entry.text) <= LONGEST else None
        part = Part(reading.text(best.place.sentence), (best.place,))
        return Draft((part,), short, confidence=best.score)
    return None


def _owners(texts: Texts, inquiry: Inquiry, chosen: Listed) -> list[str]:
    """Words for the one thing asked about: names, and the words in them, the longest first.

    What the title or the list's introduction speaks of is what all the entries are about.
    """
    reading = texts.reading(chosen.document)
    common = fold(reading.document.title) + _introduction(texts, chosen)
    words = {
        word
        for key in inquiry.keys
        if not sort_of(key.word) and key.word not in REMEDY_VERBS
        for word in (key.word, *_parts(texts, key.word))
    }
    apart = [word for word in words if len(word) > 1 and word not in common]
    return sorted(apart, key=lambda word: (-len(word), word))


def _parts(texts: Texts, word: str) -> list[str]:
    """京东 and 支付 of 京东支付; but no 支付 of 支付宝, which is another thing."""
    terms = texts.snapshot.tokenizer.terms(word)
    return [] if word in terms else terms


def _is_about(texts: Texts, best: Listed, word: str, inquiry: Inquiry, wanted: int) -> bool:
    """Whether the list that fits best is, as a whole, of the one thing: its headings say so.

    What has a list of just another sort may still be an entry: 「牌照方面有哪些问题」, where those
    there are are told one by one.
    """
    names = best.enumeration.form in {Form.INLINE, Form.TOGETHER, Form.MARKED, Form.SPAN}
    how = inquiry.asked is Asked.HOW
    if (wanted > 0 or how) and names and sort_of(fold(best.enumeration.about)) != wanted:
        return False
    first = best.enumeration.entries[0].sentence
    headings = texts.reading(best.document).headings(first)
    inside = best.enumeration.form is not Form.HEADINGS
    return inside and best.score >= LIST_BAR and word in _introduction(texts, best) + headings


def _introduction(texts: Texts, chosen: Listed) -> str:
    lead = chosen.enumeration.lead
    return fold(chosen.enumeration.about) + texts.reading(chosen.document).headings(lead)


def _draft(texts: Texts, inquiry: Inquiry, sight: Sight, chosen: Listed, entry: Entry) -> Draft:
    place = Place(chosen.document, entry.sentence)
    if chosen.enumeration.form is Form.CLAUSES:
        short = entry.text if len(entry.text) <= LONGEST else None
        return Draft((Part(entry.text, (place,)),), short, confidence=chosen.score)
    reading = texts.reading(chosen.document)
    below = _below(texts, chosen.document, entry.sentence)
    whole = coverage(inquiry.keys, fold(entry.text)) >= ALL  # 「怎么提高信息透明度」
    said = [
        one
        for one in below
        if sight.answers(one) >= ANSWERS or (whole and advises(reading.plain(one.sentence)))
    ] or below
    advised = [one for one in below if advises(reading.plain(one.sentence))]
    if sort_asked(inquiry.text) < 0 and advised:  # the sentences that advise, without the heading
        said = advised
    parts = tuple(
        Part(reading.text(one.sentence), (one,)) for one in sorted(said[:MOST], key=_by_sentence)
    )
    if said is advised:
        return Draft(parts, confidence=chosen.score)
    heading = Part(f"{entry.text}：" if parts else entry.text, (place,))
    return Draft((heading, *parts), entry.text, confidence=chosen.score)


def _by_sentence(place: Place) -> int:
    return place.sentence


def _below(texts: Texts, document: str, heading: int) -> list[Place]:
    """The sentences between a heading and the next."""
    found: list[Place] = []
    sentences = texts.reading(document).document.sentences
    for number in range(heading + 1, len(sentences)):
        if sentences[number].kind is Kind.HEADING:
            break
        if sentences[number].kind is Kind.SENTENCE:
            found.append(Place(document, number))
    return found
