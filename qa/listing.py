"""A list as an answer: every item with the sentence it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import fold
from qa.compose import Draft, Part
from qa.doubt import of_another
from qa.enumerations import Entry, Form
from qa.inquiry import Inquiry
from qa.kinds import EXPLAIN, Asked
from qa.lists import LIST_BAR, Listed, ranked
from qa.rank import Sight
from qa.sorts import sort_asked, sort_of
from qa.texts import Place, Texts

# A list of the best sentence's own that fits so well is given where a list is asked for: else that
# sentence would be, uncut. Of the bars 0.2 to 0.5, on the lists of ``jd_finance.dev9``: items F1
# 0.416, 0.395, 0.395, 0.331; no change on ``dev6`` and ``dev7``, nor of any citation.
OWN_BAR = 0.3
MOST_OF_IT = 0.8  # share of a sentence
_ALL = re.compile(r"哪(?:些|几)|(?:什么|啥)(?:情况|情形|条件|时候|场合)")
_FOLLOWING = re.compile(r"(?:下列|以下|如下)[^：:。]*[：:]")
_OF_THOSE = re.compile(r"[^的]{3}的$")
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
    for one in reading.lists:
        if one.form not in {Form.LINES, Form.ORDINALS, Form.CLAUSES}:
            continue
        inside = [entry for entry in one.entries if entry.sentence == place.sentence]
        several = one.form is not Form.CLAUSES and (
            _ALL.search(inquiry.text)
            or (inquiry.asked in EXPLAIN and len(inside) > 1 and _is_most(plain, inside))
        )
        if (leads and one.lead == place.sentence) or (inside and several):
            return list_draft(Listed(place.document, one, LIST_BAR))
    return None


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
    return Draft((first, *lines), items=items, confidence=chosen.score)
