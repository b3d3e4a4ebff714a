"""What a list is: its form, the words that introduce it, and its entries where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus import Document, fold

_NUMERAL = "一二三四五六七八九十两百\\d"
DECLARED = re.compile(
    rf"(?<![\d.进同逐初])(?P<n>[{_NUMERAL}]{{1,3}}|几|多|数|各)(?P<m>大|个|种|类|项|点|条|方面|家|部分|款|样|位|名|所|座|层|步|道|起|支|门|台|处|块|站|档|条件|环节|步骤)(?:[\u4e00-\u9fff]{{0,2}}(?:方面|类型|种类|层级))?"
)
# A first clause that names what the others explain.
_LABEL = re.compile(
    r"([^,，。；;:：、]{3,14})[,，:：](?=.{4})|([^,，。；;:：、\d]{3,14})(?=1[.．、]\D)", re.DOTALL
)


# How an item is numbered within a sentence: (一), 2), ①, 3. but not the 3. of 3.5.
NUMBERED = re.compile(
    r"[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[①-⑳]"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、．)）]|\d{1,2}\.(?!\d)"
)
# 等, 等问题, 等多个领域; but not 中等, 平等, 等级.
_AND_SO_ON = (
    r"(?<![中高初同平特优均上一二三四五六七八九十])等(?![级待于候同额边])[\u4e00-\u9fff]{0,6}$"
)
# What follows the last item and says what all of them are: 五类, 三个部分, 组成, 等.
_SUMMED_UP = re.compile(
    rf"(?:这|共)?(?:{DECLARED.pattern}|[{_NUMERAL}]{{1,2}}(?:级|科|人|岗|色)).{{0,6}}$|{_AND_SO_ON}|(?:组成|构成|为主)$"
)

# What only joins an item to the one before it.
_JOINING = re.compile(r"(?:同时|并且|而且|以及|此外|另外)[,，]?")
# 「自愿、有偿、互助的原则」
_OF_THESE = re.compile(
    r"的(?:原则|方针|理念|方式|形式|方法|模式|策略|特点|特征|优点|优势|功能|服务|态度|格局|目标|要求|作用)$"
)


# 应, 应当, 应该; but not 应对, 应用, 应急 …
SHOULD = re.compile(r"应当?该?(?![对用急付邀聘届变有])")


class Form(StrEnum):
    """How the text writes the list."""

    HEADINGS = "headings"
    LINES = "lines"
    INLINE = "inline"
    TOGETHER = "together"  # all the inline lists of a sentence as one
    ORDINALS = "ordinals"
    CLAUSES = "clauses"
    ADVICE = "advice"
    SPAN = "span"
    MARKED = "marked"  # what a reader has marked
    TITLES = "titles"


@dataclass(frozen=True, slots=True)
class Entry:
    """One item; ``text`` is what stands at ``start:end`` of the document."""

    text: str
    start: int
    end: int
    sentence: int  # index into Document.sentences


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list, complete as the text gives it."""

    form: Form
    lead: int  # the sentence (or heading) that says what it is a list of
    about: str  # the words that say so
    entries: tuple[Entry, ...]
    declared: str = ""  # "八大", when the text counts it


def declared_in(text: str) -> str:
    """The count that folded ``text`` declares (八大, 三种), or ""."""
    match = DECLARED.search(text)
    return match[0] if match else ""


def entry_at(text: str, start: int, end: int, number: int, offset: int) -> Entry:
    """The stretch ``start:end`` of a sentence, trimmed, as an entry without its number."""
    while start < end and (text[start] in " \u3000,，、。；;：:" or text.startswith("的", start)):
        start += 1
    while end > start and text[end - 1] in " \u3000,，、。；;：:":
        end -= 1
    for opening in (NUMBERED, _JOINING):
        found = opening.match(text, start, end - 1)
        start = found.end() if found else start
    return Entry(text[start:end], offset + start, offset + end, number)


def without_sum(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """A list whose last item goes without the words that sum all of them up: 工艺伞|五类."""
    last = entries[-1]
    found = _SUMMED_UP.search(fold(last.text))
    if found is None and not any("的" in entry.text for entry in entries[:-1]):
        found = _OF_THESE.search(fold(last.text))
    if found is None or found.start() < 2:
        return entries
    return (*entries[:-1], _cut(last, found.start()))


def without_rest(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """A list whose last item goes without 等问题 and the like."""
    last = entries[-1]
    found = re.search(_AND_SO_ON, fold(last.text))
    if found is None or found.start() < 2 or "、" in last.text:  # 网筛、清洁刷等易损件 is one item
        return entries
    return (*entries[:-1], _cut(last, found.start()))


def _cut(entry: Entry, length: int) -> Entry:
    return Entry(entry.text[:length], entry.start, entry.start + length, entry.sentence)


def labelled(text: str, start: int, end: int, number: int, offset: int) -> Entry:
    """``entry_at``, but of 「技术积累深厚，累计拥有…」 only the label before the first comma."""
    entry = entry_at(text, start, end, number, offset)
    label = _LABEL.match(entry.text)
    if label is None:
        return entry
    return _cut(entry, len(label[1] or label[2]))


def whole(document: Document, number: int) -> Entry:
    """A sentence without its closing mark, as an entry."""
    sentence = document.sentences[number]
    text = document.text[sentence.start : sentence.end].rstrip("。.；;!！")
    return Entry(text, sentence.start, sentence.start + len(text), number)
