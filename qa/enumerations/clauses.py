"""Lists of clauses: between ；, after a colon, after 导致 or 能够, and what should be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from corpus import Document, Kind, Tokenizer, fold
from qa.enumerations.enumeration import (
    SHOULD,
    Entry,
    Enumeration,
    Form,
    declared_in,
    entry_at,
    whole,
    without_rest,
)

_COLON = re.compile(r"：|:(?![\d/])")  # but not in 8:30 or https://
_PARTS = re.compile(r"[^,，;；。]+")
_SEMICOLON_PARTS = re.compile(r"[^;；。]+")
# What is brought about, or can be: the clauses that follow say it one by one.
_EFFECT = re.compile(r"导致|造成|致使|使得|引发|带来了?|能够|可以|有助于|有利于|旨在|致力于")
_TRAIT = re.compile(
    r"(?:优点|缺点|不足|短板|好处|坏处|优势|劣势|问题|原因|难点|弊端|特点)(?:主要)?(?:是|有|在于|包括)"
)
_STOP = re.compile(r"[;；。]|[,，](?=[^,，;；。]{0,4}(?:优点|缺点|不足|好处|坏处|优势|劣势))")
# What should be done, clause by clause: 「京东应尽到义务，严格履行提示，并做到跟进」.
_DUTY = re.compile(rf"(?<![供响相反顺适对效感呼照接]){SHOULD.pattern}")
_FIGURE = re.compile(r"(?<![\d.])\d+(?:[.,]\d+)*(?P<unit>[%％‰]|[万亿]?[\u4e00-\u9fff]{1,2})")
_ACTING = ("v", "a", "d", "p")  # flags of a word that opens what is to be done
_LED = re.compile(
    r"[^\d,，]{0,6}(?:来源|构成|组成|分布|明细|占比|分工)(?:为|是|有|包括|：|:)(?=[^\d]{2,})"
)
_AMONG = re.compile(r"(?:其中|同时|另外|此外|并且|而且|而|且|并)")
_JOINED = re.compile(r"(?:并且|并|从而|以及|同时|进而|而且|且|(?:还|也)(?:可以?|能够?)?)")
_OF_ALL = re.compile(r"这(?:些|几|[一二三四五六]|也?[是将使让])")  # 这些优势将…: no further item
_SHOULD = frozenset("应 应当 应该 需要 必须 务必 有必要 当务之急".split())
SHORTEST = 4  # characters of a clause that is an item of its own


def between_semicolons(document: Document, number: int) -> Iterator[Enumeration]:
    """Three clauses or more with ； between them."""
    text, offset = _of(document, number)
    parts = [part.span() for part in _SEMICOLON_PARTS.finditer(text) if part[0].strip()]
    if len(parts) < 3:
        return
    colon = _COLON.search(text, *parts[0])
    if colon and colon.end() < parts[0][1]:  # 「有下列情形之一的：甲；乙；丙」
        parts[0] = (colon.end(), parts[0][1])
        about, lead = text[: colon.start()], number
    else:
        lead = _before(document, number)
        about = _of(document, lead)[0]
    entries = without_rest(tuple(entry_at(text, a, b, number, offset) for a, b in parts))
    yield Enumeration(Form.CLAUSES, lead, about, entries, declared_in(fold(about)))


def after_colon(document: Document, number: int) -> Iterator[Enumeration]:
    """「采取三项措施：甲，乙，丙。」: clauses after a colon, each an item."""
    text, offset = _of(document, number)
    colon = _COLON.search(text)
    if colon is None or re.search(r"[“\"「『]$", text[: colon.end() + 1]) or "；" in text:
        return
    entries = _entries(text, colon.end(), number, offset)
    if len(entries) >= 2:
        about = text[: colon.start()]
        yield Enumeration(Form.CLAUSES, number, about, entries, declared_in(fold(about)))


def effects(document: Document, number: int) -> Iterator[Enumeration]:
    """「……，导致甲，乙，丙。」: what is brought about, clause by clause."""
    text, offset = _of(document, number)
    for cue in _EFFECT.finditer(fold(text)):
        entries = _entries(text, cue.end(), number, offset)
        if len(entries) >= 2:
            yield Enumeration(Form.CLAUSES, number, text[: cue.end()], entries)


def traits(document: Document, number: int) -> Iterator[Enumeration]:
    """「优点是甲，乙，缺点是丙，丁。」: the clauses that tell of the one or the other."""
    text, offset = _of(document, number)
    for cue in _TRAIT.finditer(fold(text)):
        stop = _STOP.search(text, cue.end())
        told = text[: stop.start()] if stop else text
        entries = _entries(told, cue.end(), number, offset)
        if len(entries) >= 2 and not any("、" in one.text for one in entries):
            yield Enumeration(Form.CLAUSES, number, cue[0], entries)


def duties(document: Document, number: int, tokenizer: Tokenizer) -> Iterator[Enumeration]:
    """「甲方应……，……，并……。」: three or more clauses that say what should be done.

    The list ends before a clause that speaks of something else: one that no verb opens.
    """
    text, offset = _of(document, number)
    cue = _DUTY.search(fold(text))
    if cue is None or _COLON.search(text) or "；" in text:
        return
    entries = tuple(
        takewhile(
            lambda one: tokenizer.tagged(fold(one.text))[0][1].startswith(_ACTING),
            _entries(text, cue.end(), number, offset),
        )
    )
    if len(entries) >= 3:
        yield Enumeration(Form.CLAUSES, number, text[: cue.end()], entries)


def figures(document: Document, number: int) -> Iterator[Enumeration]:
    """「其中甲占52.3%，乙为33.7%，而丙仅1%」: clauses of one figure each, of one unit."""
    text, offset = _of(document, number)
    run: list[tuple[int, int]] = []
    kept = ""  # the unit of the run
    for part in (*_PARTS.finditer(text), None):
        if part and part[0].startswith("其中") and len(run) == 1:
            run = []  # what they add up to: 总投资4.86亿元，其中…
        found = list(_FIGURE.finditer(part[0])) if part else []
        unit = found[0]["unit"][:1] if len(found) == 1 else ""
        if part and unit and unit == (kept or unit):
            run.append(_after_among(part))
            kept = unit
            continue
        if len(run) >= 3:
            run[0] = (_after_whole(text, run), run[0][1])
            entries = tuple(entry_at(text, a, b, number, offset) for a, b in run)
            yield Enumeration(Form.CLAUSES, number, text[: run[0][0]] or text, entries)
        # Of another unit: another list may begin with it.
        run, kept = ([_after_among(part)] if part and unit else []), unit


def _after_among(part: re.Match[str]) -> tuple[int, int]:
    """Where a clause stands, without the word that joins it to the one before."""
    among = _AMONG.match(part[0])
    return part.start() + (among.end() if among else 0), part.end()


def _after_whole(text: str, run: list[tuple[int, int]]) -> int:
    """Where the first of some figures begins, after what they are all of: 资金来源为|省级补助…"""
    (start, end), *others = run
    led = _LED.match(text, start, end)
    if led is None or any(_LED.match(text, a, b) for a, b in others):
        return start
    return led.end()


def advice(document: Document, tokenizer: Tokenizer) -> Iterator[Enumeration]:
    """The sentences of a section that say what should be done."""
    found: dict[int, list[int]] = {}
    for number, sentence in enumerate(document.sentences):
        if sentence.kind is not Kind.SENTENCE:
            continue
        text = fold(document.text[sentence.start : sentence.end])
        if any(word in _SHOULD for word, _, _ in tokenizer.words(text)):
            found.setdefault(sentence.section, []).append(number)
    for section, numbers in found.items():
        if len(numbers) > 1:
            about = document.sections[section].title
            entries = tuple(whole(document, number) for number in numbers)
            yield Enumeration(Form.ADVICE, numbers[0], about, entries)


def _entries(text: str, start: int, number: int, offset: int) -> tuple[Entry, ...]:
    """The clauses from ``start`` on, or none when one of them is too short to be an item."""
    found: list[Entry] = []
    for part in _PARTS.finditer(text, start):
        joined = _JOINED.match(part[0])
        entry = entry_at(
            text, part.start() + (joined.end() if joined else 0), part.end(), number, offset
        )
        if found and _OF_ALL.match(entry.text):
            break
        if len(entry.text) < SHORTEST:
            return ()
        found.append(entry)
    return without_rest(tuple(found)) if found else ()


def _of(document: Document, number: int) -> tuple[str, int]:
    sentence = document.sentences[number]
    return document.text[sentence.start : sentence.end], sentence.start


def _before(document: Document, number: int) -> int:
    """The sentence before, of the same section, or this one."""
    same = number and document.sentences[number - 1].section == document.sentences[number].section
    return number - 1 if same else number
