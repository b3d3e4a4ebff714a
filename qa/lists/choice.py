"""Which of the text's own lists a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus import fold
from qa.enumerations import Entry, Enumeration, Form
from qa.lists.fitness import Fitness, clause_before, considered, is_part, likelihood
from qa.lists.names import asks_for_names, names_none
from qa.lists.scope import finer, of_the_whole
from qa.question.inquiry import Inquiry
from qa.question.sorts import sort_asked
from qa.search.rank import Sight
from qa.texts import Texts

LIST_BAR = 0.5  # a list that fits less is likelier not to be what was asked for
LEAST = 0.2  # … at least, of a list of what there is not, or of advice, where that is asked for
SURE, CLOSE = 0.9, 0.05  # how well a list fits that is all of which the best is a part
LONGEST_MODIFIER = 8  # characters before a list that set it apart from the rest
SAME_PLACE = 0.6  # share of a stretch that two lists of it have in common
LONGEST_WORD = 6  # characters before an item in which the word may begin that it cuts
SHORTEST = 2  # characters of an item that something has been cut off
# How much longer than the others an item must be for what leads to it, or follows, to be cut off.
LONGER, FAR_LONGER = 1.25, 1.5


@dataclass(frozen=True, slots=True)
class Listed:
    """A list and how well it fits the question."""

    document: str
    enumeration: Enumeration
    score: float  # 0 to 1; over 0.5 it is likelier to be what was asked for than no list is
    whole: bool = False  # where it stands tells that it is of all that is asked about


def choose(texts: Texts, inquiry: Inquiry, sight: Sight) -> Listed | None:
    """The list that answers best, or None when no list is near."""
    return next(iter(ranked(texts, inquiry, sight)), None)


def ranked(texts: Texts, inquiry: Inquiry, sight: Sight) -> list[Listed]:
    """The lists that are near, best first."""
    names = asks_for_names(inquiry.text)
    tokenizer = texts.snapshot.tokenizer
    rated = [
        (Listed(document, enumeration, likelihood(fitness)), fitness)
        for document, enumeration, fitness in considered(texts, inquiry, sight)
        if enumeration.form is not Form.HEADINGS or fitness.sort >= 0  # problems are no advice
        if not (names and names_none(enumeration, tokenizer))
    ]
    rated.sort(key=lambda one: -one[0].score)
    found = _of_the_sort(inquiry, rated) or _of_what_there_is_not(rated)
    wider = next((one for one in found[1:] if _is_all(texts, inquiry, found[0], one)), None)
    if wider is not None:
        found.remove(wider)
        found.insert(0, wider)
    within = next((one for one in found[1:] if _asked_within(inquiry, found[0], one)), None)
    if within is not None:
        found.remove(within)
        found.insert(0, within)
    if found:
        found = _widened(texts, inquiry, found)
    if found and _cut_across_clauses(found[0].enumeration):
        own = next((one for one in found[1:] if _same_place(found[0], one)), None)
        if own is not None and own.score >= LIST_BAR:  # the text's own marks, better cut
            found.remove(own)
            found.insert(0, own)
    if found:
        found[0] = _of_whole_words(texts, tightened(texts, found[0], found[1:]))
    return found


def _of_the_sort(inquiry: Inquiry, rated: Sequence[tuple[Listed, Fitness]]) -> list[Listed]:
    """The lists, headings of advice first where the best are headings of no sort, or none.

    「为优化生态圈开出了哪几条药方」: 生态圈业务模式构建 has all its words but the one that counts.
    """
    asked = sort_asked(inquiry.text)
    if not asked or not rated or rated[0][1].sort or not rated[0][1].headings:
        return []
    found = [one for one, _ in rated]
    first = next((one for one, fitness in rated if fitness.sort > 0 and fitness.headings), None)
    if first is None or first.score < LEAST:
        return []
    as_sure = replace(first, score=found[0].score)
    return [as_sure, *(one for one in found if one is not first)]


def _of_what_there_is_not(rated: Sequence[tuple[Listed, Fitness]]) -> list[Listed]:
    """The lists; where it is asked what there is not, one of that before one of what there is."""
    found = [one for one, _ in rated]
    if not rated or rated[0][1].denies >= 0:
        return found
    denied = [one for one, fitness in rated if fitness.denies > 0 and one.score >= LEAST]
    first = next((one for one in denied if _in_one_sentence(one, found[0])), None)
    return [first, *(one for one in found if one is not first)] if first else found


def _in_one_sentence(one: Listed, other: Listed) -> bool:
    a, b = one.enumeration.entries[0], other.enumeration.entries[0]
    return one.document == other.document and a.sentence == b.sentence


def _is_all(texts: Texts, inquiry: Inquiry, best: Listed, other: Listed) -> bool:
    """Whether a list is part of another as good, and what sets it apart is not asked for.

    「有银行参与的“甲”、“乙”和以自有资金运作的“丙”」: who asks for all does not speak of 银行.
    """
    part, whole = best.enumeration, other.enumeration
    within = best.document == other.document and is_part(part, whole)
    if not within or other.score < max(SURE, best.score - CLOSE):
        return False
    before = clause_before(texts.reading(best.document), part)[-LONGEST_MODIFIER:]
    pairs = (before[at : at + 2] for at in range(len(before) - 1))
    return not any(pair in inquiry.text for pair in pairs)


def _widened(texts: Texts, inquiry: Inquiry, found: list[Listed]) -> list[Listed]:
    """The lists, that of the whole before one of a part of it, and the finer of two before that."""
    best = found[0]
    reading = texts.reading(best.document)
    here = [one for one in found if one.document == best.document and one.score >= LIST_BAR]
    whole = of_the_whole(inquiry, reading, best.enumeration, [one.enumeration for one in here])
    whole = whole or best.enumeration
    more = finer(inquiry, reading, whole) if whole.form is Form.HEADINGS else None
    if more is None and whole is best.enumeration:
        return found
    first = Listed(best.document, more or whole, best.score, whole=True)
    return [first, *(one for one in found if one.enumeration is not first.enumeration)]


def _asked_within(inquiry: Inquiry, outer: Listed, inner: Listed) -> bool:
    """Whether a line of a list leads to one of its own, in more of the question's words.

    「第四章 不予报销的情形 / 第十二条 下列费用不予报销：（一）…；（二）… / 第十三条 …」
    """
    lines, own = outer.enumeration, inner.enumeration
    if lines.form is not Form.LINES or inner.score < LIST_BAR or own.form is Form.LINES:
        return False
    here = {entry.sentence for entry in own.entries} | {own.lead}
    led = outer.document == inner.document and len(here) == 1
    inside, outside = (
        sum(key.word in fold(one.about) for key in inquiry.keys) for one in (own, lines)
    )
    return led and here <= {entry.sentence for entry in lines.entries} and inside > outside


def _cut_across_clauses(enumeration: Enumeration) -> bool:
    """Whether a stretch that was pointed at was cut at 、 only, though clauses end in it, too."""
    entries = enumeration.entries
    pointed = enumeration.form in {Form.SPAN, Form.MARKED}
    return pointed and any(re.search("[,，]", one.text) for one in entries)


def _same_place(pointed: Listed, own: Listed) -> bool:
    """Whether a list within a sentence is, by and large, the stretch that was pointed at.

    Or just its end, from within the first item: 「支付体系,已经连接起|支付、白条、小金库」.
    """
    if own.enumeration.form is not Form.INLINE or own.document != pointed.document:
        return False
    theirs, ours = pointed.enumeration.entries, own.enumeration.entries
    (a, b), (c, d) = ((one[0].start, one[-1].end) for one in (theirs, ours))
    if theirs[0].end == ours[0].end and b == d:
        return True
    return min(b, d) - max(a, c) >= SAME_PLACE * max(b - a, d - c)


def tightened(texts: Texts, chosen: Listed, others: Sequence[Listed]) -> Listed:
    """A list within a sentence, cut as closely as it or its likeness is.

    The text's marks do not say where the first item begins and the last one ends, and the reader
    takes in too much as often as they do: 制作|琵琶背板, 主要有|东南亚, 饮料|进入展厅. Of two
    such cuts the closer one is right, where it makes the item more like the others in length.
    """
    for other in others:
        if _alike(chosen, other):
            mine, theirs = chosen.enumeration.entries, other.enumeration.entries
            first = _cut(texts, chosen.document, mine[0], (theirs[0].start, mine[0].end))
            last = _cut(texts, chosen.document, mine[-1], (mine[-1].start, theirs[-1].end))
            sizes = [len(one.text) for one in mine]
            entries = (
                first if sizes[0] > LONGER * median(sizes[1:]) else mine[0],
                *mine[1:-1],
                last if sizes[-1] >= FAR_LONGER * median(sizes[:-1]) else mine[-1],
            )
            chosen = replace(chosen, enumeration=replace(chosen.enumeration, entries=entries))
    return chosen


def _of_whole_words(texts: Texts, chosen: Listed) -> Listed:
    """A list that the reader pointed at, none of whose items begins within a word: 应|届毕业生."""
    if chosen.enumeration.form not in {Form.SPAN, Form.MARKED}:
        return chosen
    text = texts.reading(chosen.document).document.text
    entries: list[Entry] = []
    for entry in chosen.enumeration.entries:
        first = max(entry.start - LONGEST_WORD, entries[-1].end if entries else 0)
        words = texts.snapshot.tokenizer.words(text[first : entry.end], guess=False)
        inside = (first + a for _, a, b in words if first + a < entry.start < first + b)
        start = next(inside, entry.start)
        entries.append(Entry(text[start : entry.end], start, entry.end, entry.sentence))
    return replace(chosen, enumeration=replace(chosen.enumeration, entries=tuple(entries)))


def _alike(one: Listed, other: Listed) -> bool:
    """Whether two lists differ by no more than where they begin and end."""
    forms = {one.enumeration.form, other.enumeration.form}
    if one.document != other.document or Form.INLINE not in forms or len(forms) == 1:
        return False
    if not forms <= {Form.INLINE, Form.SPAN, Form.MARKED}:
        return False
    mine, theirs = one.enumeration.entries, other.enumeration.entries
    return (
        len(mine) == len(theirs)
        and mine[0].sentence == mine[-1].sentence
        and mine[1:-1] == theirs[1:-1]
        and mine[0].end == theirs[0].end
        and mine[-1].start == theirs[-1].start
    )


def _cut(texts: Texts, document: str, entry: Entry, within: tuple[int, int]) -> Entry:
    """What of an item lies within two places, unless that would cut a word apart."""
    whole = texts.reading(document).document
    begin = whole.sentences[entry.sentence].start
    words = texts.snapshot.tokenizer.tagged(whole.text[begin : whole.sentences[entry.sentence].end])
    edges = {begin + edge for _, _, *both in words for edge in both}
    start, end = max(entry.start, within[0]), min(entry.end, within[1])
    if end - start < SHORTEST or not {start, end} <= {*edges, entry.start, entry.end}:
        return entry
    return Entry(whole.text[start:end], start, end, entry.sentence)
