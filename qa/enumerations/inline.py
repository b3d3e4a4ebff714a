"""Lists within a clause: items between 、, the last after 和, 与, 及 or 或."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus import Tokenizer, fold
from qa.enumerations.edges import (
    DOES,
    DOING,
    after_sort,
    after_trigger,
    before_done,
    before_verb,
    without_modifiers,
)
from qa.enumerations.enumeration import DECLARED, Entry, Enumeration, Form, entry_at, without_sum
from qa.enumerations.marks import (
    CONJUNCTION,
    QUOTED,
    clauses_of,
    even_halves,
    mask,
    split_conjunction,
)

_SUM = re.compile(rf"(?:[这共]|以?上)?(?P<count>{DECLARED.pattern})")
_SUMMED = re.compile(rf"等(?!级|待|于|候|同)|{_SUM.pattern}")
_BETWEEN = re.compile(r"、|(?<=[”》])(?=[“《])")  # GB/T 15834: no mark between 《甲》《乙》
_PIECE = re.compile(r"[^、]+")
SHORT = 8  # characters of an item within quotes, at most
_COMMA = re.compile(r"[,，]")
_GOES_ON = re.compile(r"(?<=、)[^、,，;；。]{2,20}(?:[,，][^、,，;；。]{2,20})+[,，](?=以及)")
_MORE = re.compile(r"(?:而且|并且|同时|也|另外)?还(?:包括|包含|有|涉及|涵盖)")
# 「甲的工地、乙的旧货集，还有|同行之间交换」: one more, in a clause of its own.
_ONE_MORE = re.compile(
    r"(?:还有(?![^、,，;；。]*[就要没了不天时])(?!很多|许多|不少)"
    r"|(?P<can>还能|还可以?|也可以))(?=[^、,，;；。]{2,20}$)"
)
# What goes on behind the sum of a list: 「银行、券商等金融机构|甚至|京东集团自己」.
_EVEN = re.compile(r"(?:甚至|乃至)(?:是|于)?(?=[^甚乃]{2,12}$)")


def inline(text: str, number: int, offset: int, tokenizer: Tokenizer) -> Iterator[Enumeration]:
    """、-lists of one sentence, clause by clause."""
    masked = mask(fold(text))  # the words around a list are known in simplified
    # A list that goes on, not a new clause: 「包括甲、乙，丙，以及丁」.
    masked = _GOES_ON.sub(lambda match: _COMMA.sub("、", match[0]), masked)
    masked = re.sub(r"[,，](?=以及)", "、", masked)
    before: list[Enumeration] = []  # of the clause before
    for start, end in clauses_of(masked):
        here = list(_clause(text, masked, start, end, number, offset, tokenizer))
        if len(before) == len(here) == 1 and _MORE.match(masked, start):
            here = [_joined(before[0], here[0])]
        elif (
            len(before) == 1
            and not here
            and (at := _one_more(masked, start, end, before[0], offset, tokenizer))
        ):
            entry = entry_at(text, at, end, number, offset)
            here = [replace(before[0], entries=(*before[0].entries, entry))]
        else:
            yield from before
        before = here
    yield from before


def _one_more(
    masked: str, start: int, end: int, before: Enumeration, offset: int, tokenizer: Tokenizer
) -> int:
    """Where one begins that a clause adds to the list that the clause before ends with; or 0.

    What can be done is one more of what can be done: verbs open all of them.
    """
    one = _ONE_MORE.match(masked, start, end)
    if one is None or before.declared or before.entries[-1].end - offset != start - 1:
        return 0
    opening = (tokenizer.tagged(fold(entry.text))[0][1] for entry in before.entries)
    return one.end() if not one["can"] or all(flag == "v" for flag in opening) else 0


def within_quotes(text: str, number: int, offset: int) -> Iterator[Enumeration]:
    """「“看、摸、听、判”四字法」: what is quoted is a list by itself."""
    for match in QUOTED.finditer(text):
        inside = match.span(next(group for group in range(1, 6) if match[group] is not None))
        pieces = [part.span() for part in _PIECE.finditer(text, *inside)]
        if len(pieces) > 2 and not match[0].startswith("《"):
            entries = tuple(entry_at(text, a, b, number, offset) for a, b in pieces)
            if all(0 < len(entry.text) <= SHORT for entry in entries):
                about = f"{text[: match.start()]} {text[match.end() :]}"
                yield Enumeration(Form.INLINE, number, about, entries)


def _joined(first: Enumeration, second: Enumeration) -> Enumeration:
    """「不仅包括甲和乙，还包括丙和丁」 is one list."""
    return replace(first, entries=(*first.entries, *second.entries))


def together(lists: Sequence[Enumeration]) -> Iterator[Enumeration]:
    """All the lists of one sentence as one, when none of them already is that."""
    if len({one.entries[0].start for one in lists}) < 2:
        return
    entries = {entry.start: entry for one in lists for entry in one.entries}
    about = " ".join(dict.fromkeys(one.about for one in lists))
    union = tuple(entries[start] for start in sorted(entries))
    if all(len(one.entries) < len(union) for one in lists):
        yield Enumeration(Form.TOGETHER, lists[0].lead, about, union)


def _clause(
    text: str, masked: str, start: int, end: int, number: int, offset: int, tokenizer: Tokenizer
) -> Iterator[Enumeration]:
    marks = [match.span() for match in _BETWEEN.finditer(masked, start, end)]
    tail = _tail(masked, marks[-1][1] if marks else start, end)
    if not marks and not (tail < end and CONJUNCTION.search(masked, start, tail)):
        return
    bounds = [start, *[after for _, after in marks]]
    stops = [*[at for at, _ in marks], tail]
    chunks = [(a, b) for a, b in zip(bounds, stops, strict=True) if b > a]
    if not chunks:
        return
    last = chunks.pop()
    chunks = [half for chunk in chunks for half in _alike_halves(masked, *chunk)]
    chunks += split_conjunction(masked, *last, several=bool(chunks))
    if len(chunks) < 2:
        return
    quoted = [_quotes(text, *chunk) for chunk in chunks]
    about = text[start : chunks[0][1]]
    declared = _SUM.match(masked, tail)
    count = declared["count"] if declared else ""
    after = text[tail:end]
    if sum(1 for quotes in quoted if quotes) >= max(2, len(chunks) - 1):
        words = (start, quoted[0][0][0] if quoted[0] else chunks[0][1])
        cut = after_trigger(masked, *words, (), tokenizer) - start
        yield from _quoted_lists(text, cut, chunks, quoted, after, count, number, offset)
        return
    if DOES.search(masked, start, chunks[0][1]):
        chunks[-1] = (chunks[-1][0], before_done(masked, *chunks[-1], chunks[1:-1]))
    first = after_trigger(masked, *chunks[0], chunks[1:], tokenizer)
    chunks[0] = (first, chunks[0][1])
    if DOING.search(masked, start, first):
        chunks = without_modifiers(masked, chunks, tokenizer)
        first = chunks[0][0]
    if len(chunks) > 2:  # 「环境与生产者、消费者和分解者」: the first chunk may be two as well
        chunks[:1] = even_halves(masked, *chunks[0], chunks[1:])
    chunks[-1] = (chunks[-1][0], before_verb(masked, *chunks[-1], chunks[:-1], tokenizer))
    chunks = [(after_sort(text, a, b), b) for a, b in chunks]
    even = _EVEN.search(masked, tail, end)
    if even:
        chunks.append((even.end(), end))
    entries = tuple(entry_at(text, a, b, number, offset) for a, b in chunks)
    if any(not entry.text or len(entry.text) > 40 for entry in entries):
        return
    lead = f"{about[: first - start]} {after}"
    yield Enumeration(Form.INLINE, number, lead, without_sum(entries), count)


def _tail(masked: str, start: int, end: int) -> int:
    """Where the last item ends: before 等, 八大板块, 六种类型的产品 …

    「和一种溪蟹」 sums up nothing.
    """
    for cut in _SUMMED.finditer(masked, start + 1, end):
        if masked[cut.start() - 1] not in "和与及或跟" or cut["count"] is None:
            return cut.start()
    return end


def _alike_halves(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """「强大的体系和长期的数据」 as two, both with 的; but not 「丰富的供应商和合作伙伴」."""
    for cut in CONJUNCTION.finditer(masked, start + 1, end - 1):
        halves = [(start, cut.start()), (cut.end(), end)]
        if all(0 < masked.find("的", a, b) - a < b - a - 1 for a, b in halves):
            return halves
    return [(start, end)]


def _quotes(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """Quoted pieces of a chunk: start, end, and the length of the words before each."""
    found = []
    before = start
    for match in QUOTED.finditer(text, start, end):
        group = next(number for number in range(1, 6) if match[number] is not None)
        title = match[0].startswith("《")
        span = match.span(0) if title else match.span(group)
        found.append((span[0], span[1], match.start() - before))
        before = match.end()
    return found


def _quoted_lists(
    text: str,
    cut: int,
    chunks: Sequence[tuple[int, int]],
    quoted: Sequence[Sequence[tuple[int, int, int]]],
    after: str,
    count: str,
    number: int,
    offset: int,
) -> Iterator[Enumeration]:
    """A list of quoted names, and the parts of it that have words of their own before them.

    「有银行参与的“甲”、“乙”和以自有资金运作的“丙”、“丁”」 is one list of four and two of two.
    """
    groups: list[tuple[str, list[Entry]]] = []
    for (chunk, _), quotes in zip(chunks, quoted, strict=True):
        before = chunk
        for begin, end, distance in quotes:
            if not groups or distance >= 4:
                groups.append((text[before:begin], []))
            groups[-1][1].append(Entry(text[begin:end], offset + begin, offset + end, number))
            before = end
    entries = [entry for _, group in groups for entry in group]
    if len(entries) < 2:
        return
    lead, own = groups[0][0][:cut], groups[0][0][cut:]
    yield Enumeration(Form.INLINE, number, f"{lead} {after}", tuple(entries), count)
    if len(groups) > 1 and all(len(group) > 1 for _, group in groups):
        for words, group in ((own, groups[0][1]), *groups[1:]):
            yield Enumeration(Form.INLINE, number, words, tuple(group))
