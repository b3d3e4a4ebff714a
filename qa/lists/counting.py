"""How many there are: the number the text declares, or the count of the list it gives."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus import Span
from qa.compose import Draft, Part
from qa.enumerations import DECLARED
from qa.lists.choice import LIST_BAR, Listed, choose
from qa.lists.fitness import asks_outline, stated_count
from qa.lists.listing import list_draft
from qa.lists.outline import outline
from qa.quantities import Quantity, quantities
from qa.question.inquiry import Inquiry
from qa.question.kinds import WHOLE, Asked
from qa.search.rank import Sight
from qa.search.retrieve import Candidate, coverage
from qa.short.spans import with_bound
from qa.texts import Place, Reading, Texts

_MEASURE = re.compile(
    r"(?:多少|几)(?P<m>个|大|种|类|项|点|条|方面|家|部分|款|样|块|步|阶段|层|名|位|处|座|次)(?:大)?"
    r"(?P<noun>(?:(?![呀啊呢吗了的])[\u4e00-\u9fff]){0,2})"
)
_UNIT = re.compile(r"(?:多少|几)(?P<unit>[\u4e00-\u9fff])")
_OF_TEXT = re.compile(rf"{WHOLE}.*(?:部分|章|节|段)|(?:章|小?节|段落?)(?:组成|构成)?$")
SAID = 0.99  # share of the subject that a sentence must speak of
GREAT = 0.9  # how well 八大业务 fits who asks for 几大业务
# 「文章分为几个部分」: nothing else of the question could be in the text or not.
_PARTS = re.compile(
    rf"^(?:{WHOLE})?(?:的)?(?:正文|内容|结构)?(?:是|一共|总共|共|主要|可以|大致)*"
    r"(?:分|有|写|由|包括|包含)?(?:成|为|作|了)?(?:几|多少)个?大?(?:部分|章节?|小?节)(?:组成|构成|内容)?$"
)
COUNTED_BEFORE = 12  # characters between what is counted and its number
COUNTED_AFTER = 6  # … between a number and what it counts
PHRASE = 8  # characters of what is counted, at most
COUNTED = 5  # best sentences looked through for a declared number


def counted(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The number the text declares, or how many entries its list has."""
    chosen = choose(texts, inquiry, sight)
    if of_parts(inquiry) or (asks_outline(inquiry.text) and _OF_TEXT.search(inquiry.text)):
        parts = outline(texts, sight.candidates)
        if parts:
            return replace(parts, short=str(len(parts.items)))
    asked = _MEASURE.search(inquiry.text)
    if asked:
        counted = asked["noun"] or (inquiry.keys[-1].word if inquiry.keys else "")
        if inquiry.focus and counted.startswith(inquiry.focus):  # 多少个|县|开展
            counted = inquiry.focus
        great = _great(texts, inquiry, sight, counted) if asked["m"] == "大" else None
        if great:
            return great
        for noun in _heads(inquiry, asked, counted):
            told = _declared(texts, inquiry, asked["m"], noun, sight)
            if told:
                return told
        told = _named_first(texts, inquiry, asked, sight)
        if told:
            return told
    if (
        chosen is None
        or chosen.score < LIST_BAR
        or (not asked and _is_told(texts, inquiry, chosen))
    ):
        return None
    return _counting(texts, chosen)


def _is_told(texts: Texts, inquiry: Inquiry, chosen: Listed) -> bool:
    """Whether a list's own sentences have a figure of the unit asked for: 140件, of two sorts."""
    unit = _UNIT.search(inquiry.text)
    reading = texts.reading(chosen.document)
    said = {reading.plain(entry.sentence) for entry in chosen.enumeration.entries}
    figures = [one for sentence in said for one in quantities(sentence)]
    return unit is not None and any(one.unit == unit["unit"] for one in figures)


def _heads(inquiry: Inquiry, asked: re.Match[str], counted: str) -> list[str]:
    """What is counted, and what it ends in: 储能企业 is counted as 68家企业 too."""
    phrase = inquiry.text[asked.start("noun") : asked.start("noun") + PHRASE]
    names = [key.word for key in inquiry.keys if key.names]
    ends = [word for word in names if word in phrase]
    return [noun for noun in dict.fromkeys((counted, *ends[-1:])) if noun]


def _great(texts: Texts, inquiry: Inquiry, sight: Sight, noun: str) -> Draft | None:
    """「有几大业务」: a sentence of the subject with 八大业务, and the list of as many, if any.

    八大 is no number that anything else is counted with, so it is looked for in whole documents.
    """
    subject = [key for key in inquiry.keys if key.names and key.word not in noun]
    counted = re.compile(rf"[二三四五六七八九十]+大[\u4e00-\u9fff]{{0,4}}?{re.escape(noun)}")
    for document in dict.fromkeys(one.place.document for one in sight.candidates):
        reading = texts.reading(document)
        for number in range(len(reading.document.sentences)):
            found = counted.search(reading.plain(number))
            if found and subject and coverage(subject, reading.plain(number)) > SAID:
                return _of_as_many(texts, Place(document, number), found)
    return None


def _of_as_many(texts: Texts, place: Place, found: re.Match[str]) -> Draft:
    """The list that the text counts so, or the sentence that says how many there are."""
    reading = texts.reading(place.document)
    many = found[0][: found[0].index("大") + 1]
    chosen = next(
        (
            one
            for one in reading.lists
            if one.declared.startswith(many) and len(one.entries) == stated_count(one.declared)
        ),
        None,
    )
    if chosen is None:
        said = reading.text(place.sentence)[found.start() : found.end()]
        return Draft((Part(reading.text(place.sentence), (place,)),), said, confidence=GREAT)
    fitting = Listed(place.document, chosen, GREAT)
    return _counting(texts, fitting)


def _counting(texts: Texts, chosen: Listed) -> Draft:
    """A list, and how many entries it has."""
    draft = list_draft(chosen)
    return replace(draft, short=_as_said(texts, chosen) or str(len(draft.items)))


def _as_said(texts: Texts, chosen: Listed) -> str:
    """The number where the text counts the list: 六种 of 六种类型; "" when it does not.

    Of a list that the reader has marked: a number of as many beside it in its sentence.
    """
    entries = chosen.enumeration.entries
    reading = texts.reading(chosen.document)
    last = entries[-1].sentence
    plain = reading.plain(last)
    declared = DECLARED.match(chosen.enumeration.declared)
    if declared:
        found = re.search(re.escape(declared[0]), plain)
    elif {entry.sentence for entry in entries} == {last}:
        offset = reading.document.sentences[last].start
        first, end = entries[0].start - offset, entries[-1].end - offset
        told = [one for one in DECLARED.finditer(plain) if stated_count(one[0]) == len(entries)]
        before = [one for one in told if one.end() <= first]
        after = [one for one in told if one.start() >= end]
        sum_up = [one for one in after if one.start() == end]  # 甲、乙和丙|三大业务
        found = declared = next(iter((*sum_up, *before[::-1], *after)), None)
    else:
        found = None
    if found is None or declared is None or stated_count(declared[0]) != len(entries):
        return ""
    said = declared["n"] if declared["m"] == "大" else declared["n"] + declared["m"]  # not 八|大
    return reading.text(last)[found.start() : found.start() + len(said)]


def of_parts(inquiry: Inquiry) -> bool:
    """Whether it is the parts of the text itself that are counted."""
    return inquiry.asked is Asked.COUNT and bool(_PARTS.match(inquiry.text))


def _clause_before(text: str, at: int) -> str:
    """What stands in the same clause before a place, as far as it is near."""
    near = text[max(0, at - COUNTED_BEFORE) : at]
    return re.split(r"[,，;；。:：]", near)[-1]


def _clause_after(text: str, at: int) -> str:
    """What follows in the same clause, as far as it is near."""
    return re.split(r"[,，;；。:：]", text[at : at + COUNTED_AFTER])[0]


def _declared(
    texts: Texts, inquiry: Inquiry, measure: str, noun: str, sight: Sight
) -> Draft | None:
    """A number of just what is counted, written beside it: 三大业务, 5 名工程师, 蜂类17种.

    In the best sentence, or in one of the next that the reader says answers.
    """
    body = [one for one in sight.candidates if not one.features.heading][:COUNTED]
    for candidate in [one for one in body if one == body[0] or sight.answers(one.place) > 0]:
        reading = texts.reading(candidate.place.document)
        plain = reading.plain(candidate.place.sentence)
        named = re.search(rf"(?:\d+|[一二三四五六七八九十两百]+){re.escape(noun)}", plain)
        if named and not any(one.start == named.start() for one in quantities(plain)):  # 九孔
            text = reading.text(candidate.place.sentence)
            return _saying(texts, candidate, text[named.start() : named.end()])
        fitting = [one for one in quantities(plain) if _counts(plain, one, measure, noun)]
        if fitting:
            # 「摊位186个，其中小吃摊位112个」: the one beside most of what is asked.
            one = max(
                fitting,
                key=lambda one: (
                    plain.startswith(noun, one.end),
                    coverage(inquiry.keys, _around(plain, one)),
                ),
            )
            listed = _list_of(reading, candidate, one.value)
            if listed is not None:
                return _counting(texts, listed)
            text = reading.text(candidate.place.sentence)
            span = with_bound(inquiry, plain, Span(one.start, one.end))
            return _saying(texts, candidate, text[span.start : span.end])
    return None


def _counts(plain: str, one: Quantity, measure: str, noun: str) -> bool:
    """Whether a figure counts just that, and its own words say so."""
    counts = bool(one.unit) and noun.startswith(one.unit)  # 几个|人, 14人
    after = counts or noun in _clause_after(plain, one.end)
    before = one.unit == measure and noun in _clause_before(plain, one.start)
    bare = not one.unit and plain.startswith(noun, one.end)  # 10万|企业
    return one.unit != "%" and (bare or (bool(one.unit) and (after or before)))


def _around(plain: str, one: Quantity) -> str:
    return f"{_clause_before(plain, one.start)}\n{_clause_after(plain, one.end)}"


def _named_first(
    texts: Texts, inquiry: Inquiry, asked: re.Match[str], sight: Sight
) -> Draft | None:
    """「涉农企业用它的有多少家」: the number right before a word of the question."""
    best = next((one for one in sight.candidates if not one.features.heading), None)
    if asked["noun"] or best is None:
        return None
    reading = texts.reading(best.place.document)
    plain = reading.plain(best.place.sentence)
    for one in quantities(plain):
        if any(plain.startswith(key.word, one.end) for key in inquiry.keys):
            return _saying(texts, best, reading.text(best.place.sentence)[one.start : one.end])
    return None


def _list_of(reading: Reading, candidate: Candidate, many: float) -> Listed | None:
    """The list of as many entries that stands in the sentence, if just one does."""
    place = candidate.place
    found = [
        one
        for one in reading.lists
        if len(one.entries) == many and {e.sentence for e in one.entries} == {place.sentence}
    ]
    return Listed(place.document, found[0], candidate.score) if len(found) == 1 else None


def _saying(texts: Texts, candidate: Candidate, short: str) -> Draft:
    """The sentence, and the number in it."""
    text = texts.reading(candidate.place.document).text(candidate.place.sentence)
    return Draft(
        (Part(text, (candidate.place,)),),
        short=short.removesuffix("大"),  # 四|大方面
        confidence=candidate.score,
        scores=((candidate.place, candidate.score),),
    )
