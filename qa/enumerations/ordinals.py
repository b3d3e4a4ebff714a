"""Lists by ordinal words: 一是…二是…, 首先…其次…, 第一，…第二，…, (1)…(2)…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus import Document, Kind, fold
from qa.enumerations.enumeration import (
    SHOULD,
    Entry,
    Enumeration,
    Form,
    declared_in,
    entry_at,
    labelled,
    whole,
    without_rest,
)

# 首先 and 一方面 open whole thoughts; the others often a label and what there is to say of it.
_THOUGHTS = ("首先", "一方面")
_OF_THOUGHTS = ("首先", "其次", "再次", "最后", "一方面", "另一方面")
# 「首先是赔付率偏高」, 「其次要确保安全，…」: what follows names the point.
_NAMES = re.compile(r"(?:首先|其次|再次|然后|接着|第[三四]|最后)(?:就?是|要)(?=..)")
_FRESH = r"(?<![\u4e00-\u9fff\w])"  # 一、 where something begins; not in 十一、二月
_ORDINALS = tuple(
    tuple(re.compile(pattern) for pattern in series)
    for series in (
        ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是"),
        ("首先", "其次", "再次|然后|接着|第三|最后", "最后|第四", "最后|第五", "最后|第六", "最后"),
        (
            "第一[，,、是：:]",
            "第二[，,、是：:]",
            "第三[，,、是：:]",
            "第四[，,、是：:]",
            "第五[，,、是：:]",
            "第六[，,、是：:]",
        ),
        ("其一", "其二", "其三", "其四", "其五"),
        ("一方面", "另一方面"),
        (
            "[(（]1[)）]",
            "[(（]2[)）]",
            "[(（]3[)）]",
            "[(（]4[)）]",
            "[(（]5[)）]",
            "[(（]6[)）]",
            "[(（]7[)）]",
            "[(（]8[)）]",
        ),
        tuple(rf"[(（]{numeral}[)）]" for numeral in "一二三四五六七八"),
        tuple(rf"{_FRESH}{numeral}、" for numeral in "一二三四五六七八"),
        tuple(rf"(?<![\d.]){number}[.．、](?!\d)" for number in range(1, 9)),
        ("①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧"),
    )
)


_Opening = tuple[dict[int, tuple[int, ...]], int]  # series → steps; the sentence that opens so


def across_sentences(document: Document) -> Iterator[Enumeration]:
    """首先…。其次…。最后…。 as the openings of sentences of one section."""
    openings: list[_Opening] = [
        (steps, number)
        for number, sentence in enumerate(document.sentences)
        if sentence.kind is Kind.SENTENCE
        and (steps := _openings(document.text[sentence.start : sentence.end]))
    ]
    at = 0
    while at < len(openings):
        run = _run(document, openings[at:])
        if len(run) > 1:
            (series, _), first = run[0]
            lead, about = _introduced(document, _ORDINALS[series][0], first)
            entries = tuple(
                _opened(document, _ORDINALS[series][step], number) for (_, step), number in run
            )
            yield Enumeration(Form.ORDINALS, lead, about, without_rest(entries))
        at += max(len(run), 1)


def _run(document: Document, openings: Sequence[_Opening]) -> list[tuple[tuple[int, int], int]]:
    """The longest beginning of ``openings`` that is one series from its first step on."""
    longest: list[tuple[tuple[int, int], int]] = []
    section = document.sentences[openings[0][1]].section
    for series, first in openings[0][0].items():
        if first[0]:
            continue
        run: list[tuple[tuple[int, int], int]] = [((series, 0), openings[0][1])]
        for steps, number in openings[1:]:
            following = [step for step in steps.get(series, ()) if step > run[-1][0][1]]
            if not following or document.sentences[number].section != section:
                break
            run.append(((series, following[0]), number))
        if len(run) > len(longest):
            longest = run
    return longest


def _openings(text: str) -> dict[int, tuple[int, ...]]:
    """The series a sentence may go on with, and the steps of each that it may be.

    「…以下四点：第一，…。」 begins one; 「第三，…」 goes on with 第二，… and with 其次…, and
    「最后，…」 ends one of any length.
    """
    found: dict[int, tuple[int, ...]] = {}
    for series, steps in enumerate(_ORDINALS):
        may_be = tuple(
            step
            for step, mark in enumerate(steps)
            if mark.match(text, 0 if step else _led(text)) or (not step and mark.match(text))
        )
        if may_be:
            found[series] = may_be
    return found


def _introduced(document: Document, mark: re.Pattern[str], number: int) -> tuple[int, str]:
    """What introduces the list whose first item sentence ``number`` has: it, or the one before."""
    first = document.sentences[number]
    text = document.text[first.start : first.end]
    if not mark.match(text):
        return number, text[: _led(text)]
    before = document.sentences[max(number - 1, 0)]
    if before.section != first.section:
        return number, text
    return max(number - 1, 0), document.text[before.start : before.end]


def _led(text: str) -> int:
    """Where what a colon leads to begins."""
    return max(text.find("："), text.find(":")) + 1


def _opened(document: Document, mark: re.Pattern[str], number: int) -> Entry:
    """What the sentence lists after its ordinal: all of a thought, else its label."""
    sentence = document.sentences[number]
    text = document.text[sentence.start : sentence.end]
    opening = mark.match(text)
    if opening and mark.pattern.startswith(_OF_THOUGHTS):
        thought = whole(document, number)
        named = _NAMES.match(thought.text)
        if named is None:
            return entry_at(text, opening.end(), len(text), number, sentence.start)
        return labelled(thought.text, named.end(), len(thought.text), number, thought.start)
    opening = opening or mark.match(text, _led(text))
    return labelled(text, opening.end() if opening else 0, len(text), number, sentence.start)


def within_sentence(text: str, number: int, offset: int) -> Iterator[Enumeration]:
    """「一是…，二是…」 in one sentence."""
    folded = fold(text)
    for steps in _ORDINALS:
        starts: list[tuple[int, int]] = []
        position = 0
        for mark in steps:
            match = mark.search(folded, position)
            if not match:
                break
            should = SHOULD.match(folded, match.end())
            starts.append((match.start(), should.end() if should else match.end()))
            position = match.end()
        if len(starts) < 2:
            continue
        bounds = [start for start, _ in starts[1:]] + [len(text)]
        entry_of = entry_at if steps[0].pattern in _THOUGHTS else labelled
        entries = tuple(
            entry_of(text, after, end, number, offset)
            for (_, after), end in zip(starts, bounds, strict=True)
        )
        if not all(entry.text for entry in entries):  # 见图中①、②、③处
            continue
        about = text[: starts[0][0]]
        declared = declared_in(fold(about))
        yield Enumeration(Form.ORDINALS, number, about or text, without_rest(entries), declared)
        return
