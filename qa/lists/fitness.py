"""How well a list of the text fits what is asked: what speaks for it and against it, weighed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean

from corpus import fold, numerals
from qa.enumerations import Entry, Enumeration, Form, marked, split
from qa.question.inquiry import Inquiry
from qa.question.sorts import is_advice, opposed, sort_asked, sort_of
from qa.reader import Mark
from qa.search.rank import Sight, scaled
from qa.search.retrieve import coverage
from qa.search.windows import Found
from qa.texts import Place, Reading, Texts

CONSIDERED = 12  # best candidate sentences whose documents are looked through
_STATED = re.compile(
    r"(?<![这那每第])(\d{1,2}|十[一二三四五]?|[二三四五六七八九两])(?:个|大|种|类|项|点|条|方面|家|部分|款|样|位|块|剂)"
)
_LACKS = re.compile(
    r"缺(?!点|陷|口)|没有|没(?=[^收])|不(?!同|断|满|仅|但|只|足|少|错|良|利)|未(?!来)|无(?!线|限|人)|非(?!常)|禁|除了|以外|之外"
)
_WORKS = re.compile(r"报告|书|文件|论文|著作|作品|法规|条例|杂志|期刊|专辑|歌|电影|小说|文献|刊物")
# The headings of the whole text are its outline, never the list of anything in it.
OUTLINE = re.compile(r"全文|正文|文章|本文|通篇|大纲|提纲|目录|章|部分|这篇|原文|摘要")
# 「文章指出了几个问题」 names the text only as the one who says it.
_SAYING = re.compile(
    r"(?:这篇|本|全)?(?:文章?|报告|通篇)(?:中|里|总|一)?共?"
    r"(?:指出|提出|提到|提及|列出|列举|谈到|谈及|讲到|说到|分析|总结|归纳|给出|引用|认为)"
)


@dataclass(frozen=True, slots=True)
class Fitness:
    """What is known of a list with regard to an inquiry."""

    list: float  # 1: what any list has over none
    lead: float  # score of the best sentence it stands in
    first: float  # 1 when that is the best sentence of all
    read: float  # how far the reader's spans are just this list, by their probability
    marked: float  # how far the tokens the reader marked are just its entries (F1 of chances)
    begun: float  # how far those that it says begin an item are just the first of its entries
    said: float  # how far the reader says that its sentences answer, 0 to 1, their mean
    echo: float  # share of the key words in its entries, their mean
    narrow: float  # share of the key words in the words that introduce it
    wide: float  # … in those, its lead sentence and the headings above
    as_stated: float  # 1 when it has as many entries as the question says, -1 when not
    as_counted: float  # 1 when the text counts it with the question's classifier
    declared: float  # 1 when the text counts it
    denies: float  # 1 when question and clause both say no (缺少哪些), -1 when just one does
    sort: float  # 1 for problems where they are asked for, or advice; -1 for the other of them
    asked_item: float  # 1 when one of its entries is what the question is about
    many: float  # logarithm of the number of entries
    headings: float  # 1 for headings below one, or the outline when that is asked for
    named: float  # for such headings, the share of the key words in the one above them
    outline: float  # 1 for the outline when it is not asked for
    together: float  # 1 for all the lists of a sentence as one
    part: float  # 1 for a list that is part of another one
    lines: float  # 1 for list lines
    ordinals: float  # 1 for 一是…二是…
    clauses: float  # 1 for clauses
    span: float  # 1 for a span of the reader's, cut at its marks
    advice: float  # 1 for sentences that say what should be done
    titles: float  # 1 for titles of works
    marks: float  # 1 for what the reader has marked


# Softmax over the lists of a question and "none of them" (0), by ``tests.benchmarks.fit``,
# which prints these lines; ``denies`` and ``sort`` came later, fitted with the others held: items
# F1 0.81 -> 0.83 on the 134 lists of ``dev6``, the article's and the others'.
WEIGHTS: Mapping[str, float] = {
    "list": -3.990,
    "lead": 0.964,
    "first": 0.668,
    "read": 0.367,
    "marked": 2.168,
    "begun": 3.286,
    "said": 2.062,
    "echo": -0.985,
    "narrow": 1.647,
    "wide": 0.618,
    "as_stated": 0.031,
    "as_counted": 0.283,
    "declared": 0.054,
    "denies": 1.197,
    "sort": 0.547,
    "asked_item": 0.102,
    "many": -0.120,
    "headings": 2.291,
    "named": 0.861,
    "outline": -0.342,
    "together": -1.091,
    "part": 0.013,
    "lines": 1.470,
    "ordinals": 1.008,
    "clauses": -0.535,
    "span": -0.779,
    "advice": -0.030,
    "titles": 1.225,
    "marks": -2.620,
}


def likelihood(fitness: Fitness) -> float:
    """The weighed features, from 0 to 1."""
    odds = sum(weight * getattr(fitness, name) for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-odds))


def considered(
    texts: Texts, inquiry: Inquiry, sight: Sight
) -> Iterator[tuple[str, Enumeration, Fitness]]:
    """Every list near the candidates, and those that the reader's spans and marks are."""
    candidates = sight.candidates
    score_of = {one.place: one.score for one in candidates}
    first = next((one.place for one in candidates if not one.features.heading), None)
    for document in dict.fromkeys(one.place.document for one in candidates[:CONSIDERED]):
        reading = texts.reading(document)
        here = [span for span in sight.spans if span.place.document == document]
        marks = sorted(
            (
                mark
                for view in sight.views
                if view.places[0].document == document
                for mark in view.marks
            ),
            key=lambda mark: mark.start,
        )
        pointed = (
            split(reading.document, span.place.sentence, span.start, span.end) for span in here
        )
        lists = (
            *reading.lists,
            *(one for one in pointed if one),
            *marked(reading.document, marks),
        )
        for enumeration in lists:
            if not _of_the_sort(inquiry, reading, enumeration):
                continue
            places = {Place(document, enumeration.lead)}
            if enumeration.form is not Form.HEADINGS:
                places |= {Place(document, entry.sentence) for entry in enumeration.entries}
            scores = [score_of[place] for place in places if place in score_of]
            if scores:
                part = any(is_part(enumeration, other) for other in lists)
                rated = replace(
                    fit(inquiry, reading, enumeration, here, marks),
                    lead=max(scores),
                    first=float(first in places),
                    said=mean(
                        scaled(sight.answers(Place(document, entry.sentence)))
                        for entry in enumeration.entries
                    ),
                    part=float(part),
                )
                yield document, enumeration, rated


def _of_the_sort(inquiry: Inquiry, reading: Reading, enumeration: Enumeration) -> bool:
    """Advice and titles of works are lists only for those who ask for such.

    Merits are none for those who ask for problems, nor the other way round.
    """
    pointed = enumeration.form in {Form.SPAN, Form.MARKED}
    about = clause_before(reading, enumeration) if pointed else fold(enumeration.about)
    if opposed(inquiry.text, about):
        return False
    if enumeration.form is Form.ADVICE:
        return is_advice(inquiry.text)
    return enumeration.form is not Form.TITLES or bool(_WORKS.search(inquiry.text))


def is_part(one: Enumeration, other: Enumeration) -> bool:
    """Whether a list is part of another that the sentence has."""
    a, b = one.entries, other.entries
    inline = one.form is other.form is Form.INLINE
    return inline and len(a) < len(b) and b[0].start <= a[0].start and a[-1].end <= b[-1].end


def fit(
    inquiry: Inquiry,
    reading: Reading,
    enumeration: Enumeration,
    spans: Sequence[Found],
    marks: Sequence[Mark],
) -> Fitness:
    """What speaks for and against a list in itself; where it stands is for ``considered``."""
    about = fold(enumeration.about)
    form = enumeration.form
    narrow = coverage(inquiry.keys, about)
    above = f"{reading.plain(enumeration.lead)}\n{reading.above(enumeration.lead)}"
    stated = stated_count(inquiry.text)
    counted = _measure(inquiry.text)
    named = form is Form.HEADINGS and bool(enumeration.lead or asks_outline(inquiry.text))
    entries = enumeration.entries
    is_item = any(key.word == fold(one.text) for key in inquiry.keys for one in entries)
    return Fitness(
        list=1.0,
        lead=0.0,
        first=0.0,
        read=_pointed_at(reading, enumeration, spans),
        marked=_agreement(
            [mark.inside for mark in marks],
            [any(one.start <= mark.start < one.end for one in entries) for mark in marks],
        ),
        begun=_agreement(
            [mark.begins for mark in marks],
            _first_marks(entries, marks),
        ),
        said=0.0,
        echo=mean(coverage(inquiry.keys, fold(one.text)) for one in entries),
        narrow=narrow,
        wide=coverage(inquiry.keys, f"{about}\n{above}"),
        as_stated=(1.0 if stated == len(entries) else -1.0) if stated else 0.0,
        as_counted=float(bool(counted) and counted == _measure(enumeration.declared)),
        declared=float(bool(enumeration.declared)),
        denies=_denies(inquiry, reading, enumeration),
        sort=_of_sort(inquiry, reading, enumeration),
        asked_item=float(is_item),
        many=math.log(len(entries)),
        headings=float(named),
        named=narrow if named else 0.0,
        outline=float(form is Form.HEADINGS and not named),
        together=float(form is Form.TOGETHER),
        part=0.0,
        lines=float(form is Form.LINES),
        ordinals=float(form is Form.ORDINALS),
        clauses=float(form is Form.CLAUSES),
        span=float(form is Form.SPAN),
        advice=float(form is Form.ADVICE),
        titles=float(form is Form.TITLES),
        marks=float(form is Form.MARKED),
    )


def _denies(inquiry: Inquiry, reading: Reading, enumeration: Enumeration) -> float:
    """Whether a list is of what there is not, held against whether that is asked for."""
    names = [key.word for key in inquiry.keys if key.names]  # 非生物环境 denies nothing
    asked = bool(_LACKS.search(_without(inquiry.text, names)))
    first, last = enumeration.entries[0], enumeration.entries[-1]
    if first.sentence != last.sentence:
        said = bool(_LACKS.search(_without(fold(enumeration.about), names)))
    else:
        said = bool(_LACKS.search(_without(clause_before(reading, enumeration), names)))
    return float(asked and said) - float(asked != said)


def clause_before(reading: Reading, enumeration: Enumeration) -> str:
    """What of its own clause stands before the first entry, folded."""
    first = enumeration.entries[0]
    sentence = reading.document.sentences[first.sentence]
    return re.split(r"[,，;；。:：]", reading.folded[sentence.start : first.start])[-1]


def _without(text: str, words: Sequence[str]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text


def _of_sort(inquiry: Inquiry, reading: Reading, enumeration: Enumeration) -> float:
    """Whether a list is of problems or of advice, held against which of them is asked for."""
    asked = sort_asked(inquiry.text)
    first = enumeration.entries[0].sentence
    below = [fold(enumeration.about)]
    if enumeration.form is not Form.HEADINGS:  # … whose own heading is what they are about
        below += reversed(reading.headings(first).split())
    said = next((sort for text in below if (sort := sort_of(text))), 0)
    return float(asked * said)


def _agreement(chances: Sequence[float], own: Sequence[bool]) -> float:
    """F1 of tokens with some chance of being wanted against those that a list has."""
    shared = sum(chance for chance, mine in zip(chances, own, strict=True) if mine)
    total = sum(chances) + sum(own)
    return 2 * shared / total if total else 0.0


def _first_marks(entries: Sequence[Entry], marks: Sequence[Mark]) -> list[bool]:
    """Which tokens are the first of an entry."""
    first = [False] * len(marks)
    for entry in entries:
        at = next((n for n, mark in enumerate(marks) if mark.end > entry.start), None)
        if at is not None and marks[at].start < entry.end:
            first[at] = True
    return first


def _pointed_at(reading: Reading, enumeration: Enumeration, spans: Sequence[Found]) -> float:
    """Sum over the spans of probability times overlap with the list (F1 in characters)."""
    first, last = enumeration.entries[0], enumeration.entries[-1]
    if first.sentence != last.sentence:
        return 0.0
    total = 0.0
    for span in spans:
        if span.place.sentence == first.sentence:
            offset = reading.document.sentences[first.sentence].start
            start, end = offset + span.start, offset + span.end
            shared = min(end, last.end) - max(start, first.start)
            total += span.probability * max(
                0.0, 2 * shared / (end - start + last.end - first.start)
            )
    return total


def asks_outline(text: str) -> bool:
    """Whether folded ``text`` speaks of a text as a whole, or of its parts."""
    return bool(OUTLINE.search(_SAYING.sub("", text)))


def stated_count(text: str) -> int:
    """The number of things the question says there are (哪四大业务), or 0."""
    match = _STATED.search(text)
    if not match:
        return 0
    written = numerals(f"{match[1]}个").rstrip("个")
    return int(written) if written.isdigit() else 0


def _measure(text: str) -> str:
    """The classifier things are counted with: 大, 种, 个 …"""
    match = re.search(
        r"[几多少哪一二三四五六七八九十两\d](个|大|种|类|项|点|条|方面|家|部分|款|样|位|块|份)",
        text,
    )
    return match[1] if match else ""
