"""A list as an answer: every item with the sentence it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import Document, Span, fold
from qa.clause import clause_start
from qa.compose import Draft, Part
from qa.doubt.another import of_another
from qa.enumerations import Entry, Form
from qa.lists.choice import LIST_BAR, Listed, choose, ranked
from qa.lists.names import asks_for_names, names_none
from qa.question.inquiry import Inquiry
from qa.question.kinds import EXPLAIN, Asked
from qa.question.sorts import sort_asked, sort_of
from qa.search.best import best_sentence
from qa.search.rank import Sight
from qa.search.windows import Found
from qa.short.exact import SHORT_SPAN, read_again
from qa.short.quotes import balanced
from qa.texts import Place, Texts

# A list of the best sentence's own that fits so well is given where a list is asked for: else that
# sentence would be, uncut. Of the bars 0.2 to 0.5, on the lists of ``jd_finance.dev9``: items F1
# 0.416, 0.395, 0.395, 0.331; no change on ``dev6`` and ``dev7``, nor of any citation.
OWN_BAR = 0.3
SEVERAL = 0.7  # a list that fits as much is what was asked for, whatever the question's form
# Probability of one span from which a list beside it is not what is asked for; where a list is.
SINGLE, SINGLE_OF_LIST = 0.9, 0.98
SAME = 0.8  # a span and a list that share so much (F1 in characters) are the same
COUNTED_AS = 8  # characters after a list in which it is counted
MOST_OF_IT = 0.8  # share of a sentence
_ALL = re.compile(r"哪(?:些|几)|(?:什么|啥)(?:情况|情形|条件|时候|场合)")
_FOLLOWING = re.compile(r"(?:下列|以下|如下)[^：:。]*[：:]")
# 「主要体现在以下几个方面。」 above the headings that tell them.
_IN_WHAT_FOLLOWS = re.compile(
    r"(?:以下|下列|如下|下面)(?:的)?(?:几|[二三四五六七八九十两\d]+)[个点种类项条大]?(?:方面|问题|原因|特点|部分)?[。:：]?$"
)
_OF_THOSE = re.compile(r"[^的]{3}的$")
_PAIR = re.compile(r"(?![是什有哪的])[\u4e00-\u9fff]{2}(?=[\u4e00-\u9fff])")
_BODY = re.compile(r"(?:局|[^内外一]部|委|厅|委员会|办公室)$")
_BESIDES = re.compile(r"除了?|之外|以外|另外还|不算")


def listed(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The list that fits best, of those that speak of what is asked about.

    Where none does, the best all the same: it is refused later, and what else is found would be
    of another thing, too.
    """
    fitting = [
        one for one in ranked(texts, inquiry, sight) if one.score >= _bar(inquiry, sight, one)
    ]
    if _BESIDES.search(inquiry.text):
        rest = next((rest for one in fitting if (rest := _others(inquiry, one))), None)
        if rest is not None:
            return rest
    sort = sort_asked(inquiry.text)
    for one in fitting:
        draft = list_draft(one)
        another = has_for_item(inquiry, one) or of_another(texts, inquiry, draft)
        if not another and (one is fitting[0] or sort_of(fold(one.enumeration.about)) == sort):
            return draft
    return list_draft(fitting[0]) if fitting else None


def _bar(inquiry: Inquiry, sight: Sight, one: Listed) -> float:
    """How well a list must fit to be given; of the best sentence's own, when one is asked for."""
    best = next((other.place for other in sight.candidates if not other.features.heading), None)
    inside = {Place(one.document, entry.sentence) for entry in one.enumeration.entries}
    own = inquiry.asked is Asked.LIST and inside == {best}
    return OWN_BAR if own else LIST_BAR


def list_at(texts: Texts, inquiry: Inquiry, place: Place) -> Draft | None:
    """The list of lines or points that a sentence leads to, or is one of where all are asked for.

    「治理措施包括：」 alone says nothing, and one of the cases is not all of them.
    """
    reading = texts.reading(place.document)
    plain = reading.plain(place.sentence)
    leads = plain.rstrip().endswith(("：", ":")) or bool(_FOLLOWING.search(plain))
    if _IN_WHAT_FOLLOWS.search(plain):
        for one in reading.lists:
            if one.form is Form.HEADINGS and one.lead < place.sentence < one.entries[0].sentence:
                return list_draft(Listed(place.document, one, LIST_BAR, whole=True))
    for one in reading.lists:
        if one.form not in {Form.LINES, Form.ORDINALS, Form.CLAUSES}:
            continue
        if asks_for_names(inquiry.text) and names_none(one, texts.snapshot.tokenizer):
            continue
        inside = [entry for entry in one.entries if entry.sentence == place.sentence]
        several = one.form is not Form.CLAUSES and (
            _ALL.search(inquiry.text)
            or (inquiry.asked in EXPLAIN and len(inside) > 1 and _is_most(plain, inside))
        )
        if (leads and one.lead == place.sentence) or (inside and several):
            return list_draft(Listed(place.document, one, LIST_BAR))
    return None


def is_of_one(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether just one entry of a sentence's list is asked about: 「后端业务是干什么的」."""
    items = [fold(item.text) for item in draft.items]
    first = next((place for item in draft.items for place in item.places), None)
    alone = len({place for item in draft.items for place in item.places}) == 1
    if len(items) < 2 or first is None or not alone or _ALL.search(inquiry.text):
        return False
    plain = texts.reading(first.document).plain(first.sentence)
    lead = plain.split(items[0])[0]
    words = [key.word for key in inquiry.keys if key.names]
    if inquiry.asked is Asked.DEFINITION:  # 后端, which taggers cut
        opening = _PAIR.match(inquiry.text)
        words += [opening[0]] if opening else []
    return any(word not in lead and sum(word in item for item in items) == 1 for word in words)


def is_of_sibling(texts: Texts, inquiry: Inquiry, place: Place, span: Span) -> bool:
    """Whether a span stands in a clause on another entry of the list that the subject is one of.

    「包括小金库和东家财富，前者……，而东家财富主要针对高净值人群」: that is not what 小金库 is for.
    """
    reading = texts.reading(place.document)
    plain = reading.plain(place.sentence)
    start = clause_start(plain, span.start)
    before = re.sub(r"^(?:而|但|则|其中)", "", plain[start : span.start])
    for one in reading.lists:
        names = [fold(entry.text) for entry in one.entries if entry.sentence == place.sentence]
        asked = [name for name in names if name in inquiry.text]
        others = [name for name in names if name not in inquiry.text]
        if asked and any(before.startswith(name) for name in others):
            return not any(name in plain[start : span.end] for name in asked)
    return False


def _is_most(sentence: str, entries: Sequence[Entry]) -> bool:
    """Whether a sentence is a list by and large: 「一是甲，二是乙。」"""
    return entries[-1].end - entries[0].start >= MOST_OF_IT * len(sentence)


def has_for_item(inquiry: Inquiry, chosen: Listed) -> bool:
    """Whether what is asked about is itself an entry: 「东家财富有哪些服务」, in a list of such."""
    entries = {fold(entry.text) for entry in chosen.enumeration.entries}
    return any(key.word in entries for key in inquiry.keys)


def _others(inquiry: Inquiry, chosen: Listed) -> Draft | None:
    """「除了甲还有哪些」: the entries that the question does not name, where it names some."""
    entries = chosen.enumeration.entries
    rest = tuple(one for one in entries if fold(one.text) not in inquiry.text)
    if not 0 < len(rest) < len(entries):
        return None
    others = replace(chosen, enumeration=replace(chosen.enumeration, entries=rest))
    return list_draft(others, f"此外文中还列出 {len(rest)} 项：")


def list_draft(chosen: Listed, opening: str = "") -> Draft:
    """A list as an answer: how many the text gives, then each with the sentence it stands in."""
    entries = chosen.enumeration.entries
    texts = [entry.text for entry in entries]
    if all(_OF_THOSE.search(text) for text in texts):  # 未接入平台的；使用二手设备的
        texts = [text[:-1] for text in texts]
    items = tuple(
        Part(text, (Place(chosen.document, entry.sentence),))
        for text, entry in zip(texts, entries, strict=True)
    )
    one_sentence = len({item.places for item in items}) == 1
    said = opening or f"文中列出 {len(items)} 项："
    first = Part(said, items[0].places if one_sentence else ())
    lines = tuple(
        Part(f"\n{number}. {item.text}", () if one_sentence else item.places)
        for number, item in enumerate(items, 1)
    )
    return Draft((first, *lines), items=items, confidence=chosen.score, placed=chosen.whole)


def several(
    texts: Texts,
    inquiry: Inquiry,
    sight: Sight,
    best: Place,
    spans: Sequence[Found],
) -> Draft | None:
    """「靠什么出行」 may have several answers: the list that fits well, or that is pointed at."""
    found = choose(texts, inquiry, sight)
    if found is None or has_for_item(inquiry, found) or _is_of_whom(inquiry, found):
        return None
    if _is_one_body(found):
        return None
    counted = _is_counted_as(texts, inquiry, found)
    if found.score < LIST_BAR and not counted:
        return None
    document = texts.reading(found.document).document
    first, last = found.enumeration.entries[0], found.enumeration.entries[-1]
    here = found.document == best.document and first.sentence == last.sentence == best.sentence
    span = spans[0] if here and spans else None
    meant = span is not None and _is_list(document, span, first, last)
    if span and span.probability >= SINGLE and not _holds(document, span, first, last):
        return None
    if found.score < SEVERAL and not meant and not counted:
        return None
    draft = list_draft(found)
    if first.sentence != last.sentence:
        return draft
    start, end = balanced(document.text, first.start, last.end)
    short = document.text[start:end]
    return replace(draft, short=short if len(short) <= SHORT_SPAN else None)


def is_beside(texts: Texts, inquiry: Inquiry, sight: Sight, draft: Draft) -> bool:
    """Whether a list of the best sentence is not what answers there, but what stands beside it.

    「双寡头是哪两家」: 「从“双寡头”|支付宝微信|成功经验来看，应尝试刷脸支付和NFC支付」.
    """
    best = best_sentence(texts, sight.candidates)
    if best is None or {place for one in draft.items for place in one.places} != {best.place}:
        return False
    spans = read_again(texts, inquiry, best.place)
    if not spans or spans[0].probability < SINGLE_OF_LIST:
        return False
    said = texts.reading(best.place.document).text(best.place.sentence)
    said = said[spans[0].start : spans[0].end]
    if fold(said) in inquiry.text:
        return False
    return not any(one.text in said or said in one.text for one in draft.items)


def _is_one_body(found: Listed) -> bool:
    """Whether two entries are the name of one body: 人力资源|和|社会保障局."""
    entries = [fold(entry.text) for entry in found.enumeration.entries]
    ends = [bool(_BODY.search(entry)) for entry in entries]
    return ends == [False, True] and len(entries[0]) > 3  # 张三和教育局 are two


def _is_of_whom(inquiry: Inquiry, found: Listed) -> bool:
    """Whether who it is for is asked of an entry of the list: 「白条面向谁」, of 京东白条."""
    return inquiry.asked is Asked.WHO and any(
        fold(entry.text).endswith(key.word)
        for entry in found.enumeration.entries
        for key in inquiry.keys
    )


def _is_counted_as(texts: Texts, inquiry: Inquiry, found: Listed) -> bool:
    """Whether the text counts a list as what is asked for: 业务板块, of 甲、乙……八大板块."""
    if not found.enumeration.declared or found.score < OWN_BAR:
        return False
    last = found.enumeration.entries[-1].end
    after = texts.reading(found.document).folded[last : last + COUNTED_AS]
    return inquiry.text[-2:] in after


def _holds(document: Document, span: Found, first: Entry, last: Entry) -> bool:
    """Whether a span has most of a list in it."""
    offset = document.sentences[span.place.sentence].start
    shared = min(offset + span.end, last.end) - max(offset + span.start, first.start)
    return 2 * shared >= last.end - first.start


def _is_list(document: Document, span: Found, first: Entry, last: Entry) -> bool:
    """Whether a span is just the list from ``first`` to ``last`` in its sentence."""
    offset = document.sentences[span.place.sentence].start
    shared = min(offset + span.end, last.end) - max(offset + span.start, first.start)
    return 2 * shared >= SAME * (span.end - span.start + last.end - first.start)
