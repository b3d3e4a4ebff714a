"""Lists by ordinal words: 一是…二是…, 首先…其次…, 第一，…第二，…, (1)…(2)…."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
)

# 首先 and 一方面 open whole thoughts; the others often a label and what there is to say of it.
_THOUGHTS = ("首先", "一方面")
# 「首先是赔付率偏高」, 「其次要确保安全，…」: what follows names the point.
_NAMES = re.compile(r"(?:首先|其次|再次|然后|接着|第[三四]|最后)(?:就?是|要)(?=..)")
_ORDINALS = tuple(
    tuple(re.compile(pattern) for pattern in series)
    for series in (
        ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是"),
        ("首先", "其次", "再次|然后|接着|第三|最后", "最后|第四", "最后"),
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
        ("①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧"),
    )
)


def across_sentences(document: Document) -> Iterator[Enumeration]:
    """首先…。其次…。最后…。 as the openings of sentences of one section."""
    openings: list[tuple[int, int, int]] = []  # series, step, sentence
    for number, sentence in enumerate(document.sentences):
        if sentence.kind is not Kind.SENTENCE:
            continue
        text = document.text[sentence.start : sentence.end]
        for series, steps in enumerate(_ORDINALS):
            step = next((at for at, mark in enumerate(steps) if mark.match(text)), None)
            if step is not None:
                openings.append((series, step, number))
                break
    at = 0
    while at < len(openings):
        run = [openings[at]]
        for series, step, number in openings[at + 1 :]:
            last = run[-1]
            near = document.sentences[number].section == document.sentences[last[2]].section
            if series != run[0][0] or step <= last[1] or not near:
                break
            run.append((series, step, number))
        if len(run) >= 2 and run[0][1] == 0:
            first = document.sentences[run[0][2]]
            lead = max(run[0][2] - 1, 0)
            if document.sentences[lead].section != first.section:
                lead = run[0][2]
            about = document.text[document.sentences[lead].start : document.sentences[lead].end]
            entries = tuple(
                _opened(document, _ORDINALS[run[0][0]][step], number) for _, step, number in run
            )
            yield Enumeration(Form.ORDINALS, lead, about, entries)
        at += len(run)


def _opened(document: Document, mark: re.Pattern[str], number: int) -> Entry:
    """What the sentence lists after its ordinal: all of a thought, else its label."""
    if mark.pattern.startswith(("首先", "其次", "再次", "最后", "一方面", "另一方面")):
        thought = whole(document, number)
        named = _NAMES.match(thought.text)
        if named is None:
            return thought
        return labelled(thought.text, named.end(), len(thought.text), number, thought.start)
    sentence = document.sentences[number]
    text = document.text[sentence.start : sentence.end]
    opening = mark.match(text)
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
        yield Enumeration(Form.ORDINALS, number, about or text, entries, declared)
        return
