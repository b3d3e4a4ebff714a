"""Lists by layout: under headings, line by line, paragraphs that open with a label, titles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus import Document, Kind, fold, numerals
from qa.enumerations.enumeration import Entry, Enumeration, Form, declared_in

_BULLET = re.compile(
    r"^\s*(?:[-*+•·●○▪■◆]\s*|—+\s*|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]\s*|[①-⑳]\s*|第[一二三四五六七八九十\d]+(?:[，,：:、]|条\s)\s*)"
)


# 「甲：」, or where Markdown has it in bold or as code 「**甲**：」.
_LABEL = re.compile(r"[*_`]*([^：:，,。]{1,16}?)[*_`]*(?=[：:])")
_PARAGRAPH_LABEL = re.compile(r"([\u4e00-\u9fffA-Za-z0-9]{2,12})[：:](?=.{8})")


def bare(text: str) -> str:
    """A list line without its bullet or number and without closing marks."""
    return _BULLET.sub("", text).strip().rstrip("。.；;，,、：:")


def under_headings(document: Document) -> Iterator[Enumeration]:
    """The headings below a heading, or below the document's title."""
    heading_of = {
        sentence.section: number
        for number, sentence in enumerate(document.sentences)
        if sentence.kind is Kind.HEADING
    }
    children: dict[int, list[int]] = {}
    for number, section in enumerate(document.sections):
        if section.parent is not None and number in heading_of:
            children.setdefault(section.parent, []).append(number)
    for parent, below in children.items():
        if len(below) < 2:
            continue
        entries = tuple(
            Entry(
                document.sections[child].title,
                document.sections[child].start,
                document.sections[child].end,
                heading_of[child],
            )
            for child in below
        )
        title = document.sections[parent].title
        declared = declared_in(fold(title))
        yield Enumeration(
            Form.HEADINGS,
            heading_of.get(parent, entries[0].sentence),
            title,
            entries,
            declared,
        )


def lines(document: Document) -> Iterator[Enumeration]:
    """Runs of list lines of one section marked alike, under the sentence before them.

    Numbered lines go on after sentences that tell more of one of them: 「1.甲。甲是……。2.乙。」
    """
    run: list[int] = []
    sentences = document.sentences
    for number in range(len(sentences) + 1):
        item = number < len(sentences) and sentences[number].kind is Kind.ITEM
        item = item and not _is_row(document, number)
        if item and (not run or _go_together(document, run, number)):
            run.append(number)
            continue
        if run and not item and number < len(sentences) and _tells_more(document, run[-1], number):
            continue
        if len(run) >= 2:
            lead = max(run[0] - 1, 0)
            about = document.text[sentences[lead].start : sentences[lead].end]
            entries = _labels(tuple(_line(document, at) for at in run))
            yield Enumeration(Form.LINES, lead, about, entries, declared_in(fold(about)))
        run = [number] if item else []


def led_to(document: Document) -> Iterator[Enumeration]:
    """「措施包括：——甲；——乙；——丙。」, each a sentence, after one that ends in a colon."""
    sentences = document.sentences
    texts = [document.text[one.start : one.end].rstrip() for one in sentences]
    for lead, sentence in enumerate(sentences):
        if not texts[lead].endswith(("：", ":")) or sentence.kind is Kind.HEADING:
            continue
        run = []
        for number in range(lead + 1, len(sentences)):
            here = sentences[number]
            if here.kind is not Kind.SENTENCE or here.section != sentence.section:
                break
            run.append(number)
            if not texts[number].endswith(("；", ";")):
                break
        if len(run) > 1:
            entries = tuple(_line(document, number) for number in run)
            yield Enumeration(
                Form.LINES, lead, texts[lead], entries, declared_in(fold(texts[lead]))
            )


def labelled_paragraphs(document: Document) -> Iterator[Enumeration]:
    """「甲风险：……。」「乙风险：……。」, paragraphs of one section that open with a label each."""
    run: list[tuple[int, re.Match[str]]] = []
    openings = [*_openings(document), (len(document.sentences), None)]
    for number, label in openings:
        same = run and number < len(document.sentences) and _one_section(document, run, number)
        if label and (not run or same):
            run.append((number, label))
            continue
        if len(run) > 1:
            lead = max(run[0][0] - 1, 0)
            about = document.text[document.sentences[lead].start : document.sentences[lead].end]
            entries = tuple(_label(document, at, found) for at, found in run)
            yield Enumeration(Form.LINES, lead, about, entries, declared_in(fold(about)))
        run = [(number, label)] if label else []


def _openings(document: Document) -> Iterator[tuple[int, re.Match[str] | None]]:
    """The first sentences of paragraphs, and the labels these begin with."""
    for number, sentence in enumerate(document.sentences):
        opens = (
            number == 0
            or "\n" in document.text[document.sentences[number - 1].end - 1 : sentence.start]
        )
        if opens:
            text = document.text[sentence.start : sentence.end]
            prose = sentence.kind is Kind.SENTENCE
            yield number, _PARAGRAPH_LABEL.match(text) if prose else None


def _one_section(document: Document, run: list[tuple[int, re.Match[str]]], number: int) -> bool:
    return document.sentences[run[0][0]].section == document.sentences[number].section


def _label(document: Document, number: int, found: re.Match[str]) -> Entry:
    start = document.sentences[number].start
    return Entry(found[1], start + found.start(1), start + found.end(1), number)


def _is_row(document: Document, number: int) -> bool:
    """Whether a line is a row of a table: its cells are no item, and its head is none either."""
    sentence = document.sentences[number]
    return "|" in document.text[sentence.start : sentence.end].strip("|")


def _tells_more(document: Document, line: int, number: int) -> bool:
    """Whether sentence ``number`` may stand between two numbered lines of a list."""
    here = document.sentences[number]
    same = here.section == document.sentences[line].section and here.kind is Kind.SENTENCE
    on_line = _one_line(document, line, number)
    return same and (on_line or _ordinal(document, line) is not None)


def _one_line(document: Document, first: int, last: int) -> bool:
    """Whether sentences stand on one line: 「- 甲：……。……。」."""
    start, end = document.sentences[first].end, document.sentences[last].start
    return "\n" not in document.text[start - 1 : end]


def _go_together(document: Document, run: list[int], number: int) -> bool:
    first, last = run[0], run[-1]
    same = document.sentences[first].section == document.sentences[number].section
    if not same or _mark(document, first) != _mark(document, number):
        return False
    before, here = _ordinal(document, last), _ordinal(document, number)
    next_line = number == last + 1 or _one_line(document, last, number - 1)
    return next_line or (before is not None and here == before + 1)


def _ordinal(document: Document, at: int) -> int | None:
    """The number a line is marked with, or None."""
    sentence = document.sentences[at]
    bullet = _BULLET.match(document.text[sentence.start : sentence.end])
    number = re.search(r"\d+|[一二三四五六七八九十]+", fold(bullet[0])) if bullet else None
    # 一 is written as a figure only where it counts something.
    digits = numerals(f"{number[0]}个").rstrip("个") if number else ""
    return int(digits) if digits.isdigit() else None


def _mark(document: Document, number: int) -> str:
    """How a line is marked: its bullet or number, with every numeral alike."""
    sentence = document.sentences[number]
    bullet = _BULLET.match(document.text[sentence.start : sentence.end])
    return re.sub(r"[\d一二三四五六七八九十①-⑳]+", "1", bullet[0].strip()) if bullet else ""


def _labels(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """「甲：……」 on every line: the items are what stands before the colon."""
    cut = [_LABEL.match(entry.text) for entry in entries]
    if not all(cut):
        return entries
    return tuple(
        Entry(label[1], entry.start + label.start(1), entry.start + label.end(1), entry.sentence)
        for entry, label in zip(entries, cut, strict=True)
        if label
    )


def _line(document: Document, number: int) -> Entry:
    sentence = document.sentences[number]
    text = document.text[sentence.start : sentence.end]
    kept = bare(text)
    at = sentence.start + text.find(kept)
    return Entry(kept, at, at + len(kept), number)


def titles(document: Document) -> Iterator[Enumeration]:
    """The works a text names: all 《…》, and those that end in the same word (《…报告》)."""
    found: dict[str, Entry] = {}
    for number, sentence in enumerate(document.sentences):
        if sentence.kind is Kind.HEADING:
            continue
        text = document.text[sentence.start : sentence.end]
        for match in re.finditer(r"《[^《》]{2,40}》", text):
            start = sentence.start + match.start()
            found.setdefault(match[0], Entry(match[0], start, start + len(match[0]), number))
    endings: dict[str, list[Entry]] = {}
    for title, entry in found.items():
        endings.setdefault(title[-3:-1], []).append(entry)
    groups = [(ending, tuple(group)) for ending, group in endings.items() if len(group) > 1]
    if len(found) > 1 and len(groups[:1] and groups[0][1]) < len(found):
        groups.append(("书 作品 著作 论文 文件", tuple(found.values())))
    for about, entries in groups:
        yield Enumeration(Form.TITLES, entries[0].sentence, about, entries)
