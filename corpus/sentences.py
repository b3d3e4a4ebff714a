"""Where sentences end, in Chinese with English, numbers and addresses inside it.

``。！？`` end a sentence, so do ``! ? …`` and, by rules, the ASCII full stop; ``；`` and ``：`` do
not. What closes after the stop (quotes, brackets) belongs to the sentence. The end of the
paragraph ends it in any case: headings, items and lines before a figure have no stop.

A sentence is what is cited, so none is longer than anybody would read as a quote: one that goes on
and on, with commas for stops or with none at all, is cut in pieces at the best marks it has.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from operator import itemgetter

_STOP = re.compile(r"[。！？!?｡]+[。！？!?…｡.]*|…+[。！？!?]*|\.{3,}|[.．]")
_CLOSERS = "”’」』）)】》〉］]"
_STRONG = ("**", "__")
_QUOTES = {"”": "“", "’": "‘", "」": "「", "』": "『", '"': '"'}
_BRACKETS = {"）": "（", ")": "(", "》": "《", "〉": "〈", "】": "【", "]": "["}
_BRACKET = re.compile(r"[（）()《》〈〉【】\[\]]")
_DEEPEST = 20  # brackets in brackets; what opens deeper is not looked at
_FARTHEST = 1000  # characters back to a quote's opening sign

# Of a sentence, in characters. The reader learned from stretches little longer than this, and the
# lists that a careful author makes in one sentence fit into it: cut, they would be incomplete.
LONGEST = 400
# Where a longer one is cut, the best first; what closes behind a mark goes with it. The comma of
# 1,000 and the space of 1 000 are no marks.
_MARK = re.compile(
    r"(?:(?P<stop>[。！？；;]+)"
    r"|(?P<comma>(?<!\d)[，,]|[，,](?!\d{3}(?!\d)))"
    r"|(?P<least>、|(?<!\d)\s|\s(?!\d{3}(?!\d))))"
    rf"[{re.escape(_CLOSERS)}]*"
)
_JOINER = "\u200d"  # between the parts of one emoji
_ATTACHED = frozenset((_JOINER, *map(chr, range(0x1F3FB, 0x1F400))))  # … and shades of skin
_FLAGS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))  # two make a flag
_WORDLY = re.compile(r"[\w.%@/'-]{2}", re.ASCII)
_GRADES = ("stop", "comma", "least")
_QUOTED = re.compile(r"“[^“”]*”|「[^「」]*」|『[^『』]*』")

# Addresses, in which no stop ends anything.
_ADDRESS = re.compile(
    r"(?:(?:https?|ftp)://|www\.)[^\s\u2e80-\uffef<>\"“”]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
    re.ASCII | re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?:M(?:r|s|rs)|Dr|Prof|St|Jr|Sr|Nos?|Figs?|Vol|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|Inc|INC|Ltd|LTD|Co|CO|Corp|Dept|Est|vs|etc|pp|eds?|al|cf|ca|approx|ibid|[Ee]\.g|[Ii]\.e|[ap]\.m"
    r"|[A-Z](?:\.[A-Z])+|Ph\.D)"
)
_WORD_BEFORE = re.compile(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*$")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")

# After a quoted sentence the one around it goes on when it says only now who spoke: “……。”他说 …
_SAYS = (
    r"(?:说|道|表示|称|问|答|认为|指出|透露|介绍|回忆|坦言|解释|强调|告诉记者"
    r"|說|稱|問|認為|介紹|回憶|解釋|強調|告訴記者)"
)
_SPOKEN = re.compile(
    rf"[ \t]?[^\s，。！？；：“”「」\"]{{1,12}}?{_SAYS}(?![明法服话話])"
    rf"|[ \t]?[^\s，。！？；：“”「」\"]{{1,30}}?{_SAYS}[道]?。"
)
# … or when a quoted question or cry is a part of it: “可靠吗？”的疑问.
_GOES_ON = re.compile(r"[ \t]?[的地这這那之等和与與或及為为是]")


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Part the paragraph ``text[start:end]`` into sentences, white space around them left out.

    Every character that is not white space is in exactly one of them, and none has more than
    ``LONGEST`` characters.
    """
    paragraph = text[start:end]
    addresses = [match.span() for match in _ADDRESS.finditer(paragraph)]
    brackets = _bracketed(paragraph)
    found: list[tuple[int, int]] = []
    begin = _skip_space(paragraph, 0)
    for match in _STOP.finditer(paragraph):
        if match.start() < begin:
            continue
        address = _around(addresses, match.start())
        if address and match.end() < address[1]:  # a last stop is not the address's own
            continue
        bracket = _around(brackets, match.start())
        # A bracket opened within the sentence is a part of it; one that the sentence begins with
        # may hold several. A title never does: 《你好！李焕英》.
        if bracket and (bracket[0] > begin or paragraph[bracket[0]] in "《〈"):
            continue
        if match[0] in ".．" and not _is_full_stop(paragraph, begin, match.start()):
            continue
        closed = _after_closers(paragraph, begin, match.end())
        if not _ends(paragraph, match.start(), match.end(), closed):
            continue
        _append(found, paragraph, begin, closed)
        begin = _skip_space(paragraph, closed)
    _append(found, paragraph, begin, len(paragraph))
    return [piece for first, last in found for piece in bounded(text, start + first, start + last)]


def bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """``text[start:end]``, or its pieces where it is longer than ``LONGEST``.

    They are about as long as each other, and none is a fragment: each but for white space at least
    a quarter of ``LONGEST``.
    """
    if end - start <= LONGEST:
        return [(start, end)]
    sentence = text[start:end]
    whole = (
        [(match.start(), match.end() - 1) for match in _ADDRESS.finditer(sentence)],
        _bracketed(sentence),
        [(match.start(), match.end() - 1) for match in _QUOTED.finditer(sentence)],
    )
    bounds = [0]
    while (left := len(sentence) - bounds[-1]) > LONGEST:
        bounds.append(_cut(sentence, bounds[-1], left / -(-left // LONGEST), whole))
    bounds.append(len(sentence))
    found = []
    for first, last in pairwise(bounds):
        piece = sentence[first:last]
        if piece.strip():
            begin = start + first + len(piece) - len(piece.lstrip())
            found.append((begin, begin + len(piece.strip())))
    return found


def _cut(sentence: str, begin: int, size: float, whole: Sequence[list[tuple[int, int]]]) -> int:
    """Where the piece from ``begin`` on, best of ``size`` characters, is to end.

    At the best mark, the nearest of them to that size; at one within ``whole`` (addresses,
    brackets, quotes) only where there is no other; between any two characters only without a mark.
    """
    low = begin + ceil(size / 2)
    high = min(begin + LONGEST, len(sentence) - ceil(size / 2))

    def inside(end: int) -> bool:
        return any(_around(spans, end - 1) for spans in whole)

    def far(end: int) -> float:
        return abs(end - begin - size)

    marks = [
        (inside(match.end()), _GRADES.index(match.lastgroup or ""), far(match.end()), match.end())
        for match in _MARK.finditer(sentence, low - 1, high + 4)  # it looks four characters ahead
        if low <= match.end() <= high
    ]
    if marks:
        return min(marks)[-1]
    hurts = [
        (_joint(sentence, begin, end), inside(end), far(end), end) for end in range(low, high + 1)
    ]
    return min(hurts)[-1]


def _joint(sentence: str, begin: int, at: int) -> int:
    """How badly a cut before ``at`` would hurt: 0 not at all, 2 a character, 1 a word or number."""
    before, after = sentence[at - 1], sentence[at]
    if (
        unicodedata.category(after)[0] == "M"  # combining signs, variation selectors
        or after in _ATTACHED
        or before == _JOINER
        or ("\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff")
        or (after in _FLAGS and _is_half(sentence, begin, at))
    ):
        return 2
    latin = before.isascii() and after.isascii() and _WORDLY.fullmatch(before + after)
    # A number keeps its unit: 1907年, 7%.
    figure = _is_figure(before) and (_is_figure(after) or after.isalnum())
    return int(bool(latin) or figure)


def _is_half(sentence: str, begin: int, at: int) -> bool:
    """Whether ``at`` is within a pair of flag letters; ``begin`` never is."""
    first = at
    while first > begin and sentence[first - 1] in _FLAGS:
        first -= 1
    return (at - first) % 2 == 1


def _is_figure(char: str) -> bool:
    return char.isnumeric() or char in ".．,，%％‰"


def _skip_space(paragraph: str, at: int) -> int:
    while at < len(paragraph) and paragraph[at].isspace():
        at += 1
    return at


def _append(found: list[tuple[int, int]], paragraph: str, begin: int, end: int) -> None:
    piece = paragraph[begin:end].rstrip()
    if not piece:
        return
    last = begin + len(piece)
    if found and not any(char.isalnum() for char in piece):
        found[-1] = (found[-1][0], last)  # stray signs go with what they follow
    else:
        found.append((begin, last))


def _around(spans: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The span around ``at``. The spans are in order and do not overlap."""
    place = bisect_right(spans, at, key=itemgetter(0)) - 1
    return spans[place] if place >= 0 and at < spans[place][1] else None


def _bracketed(paragraph: str) -> list[tuple[int, int]]:
    """Outermost bracketed stretches, each from its opening sign up to its closing one.

    A bracket that never closes holds nothing: one wrong sign must not swallow a paragraph.
    """
    spans: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(paragraph):
        sign = match[0]
        if sign not in _BRACKETS:
            opened.append((sign, match.start()))
            del opened[:-_DEEPEST]
            continue
        for depth in range(len(opened) - 1, -1, -1):
            opening, place = opened[depth]
            if opening == _BRACKETS[sign] or (opening in "（(" and sign in "）)"):
                del opened[depth:]
                while spans and spans[-1][0] > place:
                    spans.pop()
                spans.append((place, match.start()))
                break
    return spans


def _after_closers(paragraph: str, begin: int, stop: int) -> int:
    """Step over the quotes and brackets that close behind a stop."""
    at = stop
    while at < len(paragraph):
        char = paragraph[at]
        # A straight quote closes when it is the second of its pair.
        pair = char in "\"'" and paragraph.count(char, max(begin, at - _FARTHEST), at) % 2 == 1
        spaced = char == " " and paragraph[at + 1 : at + 2] in tuple("”’」』")
        mark = paragraph[at : at + 2]  # of Markdown: **没有黄酒怎么办？** 可以用啤酒代替。
        strong = mark in _STRONG and paragraph.count(mark, max(begin, at - _FARTHEST), at) % 2 == 1
        if char not in _CLOSERS and not pair and not spaced and not strong:
            break
        at += 2 if strong else 1
    return at


def _is_full_stop(paragraph: str, begin: int, at: int) -> bool:
    """Whether the single ``.`` is one, and no decimal point, abbreviation or item number."""
    after = paragraph[at + 1 : at + 2]
    before = paragraph[at - 1] if at > begin else " "
    if after and after.isascii() and (after.isalnum() or after in "_/-@%&=~\\"):
        return False  # 1.5, U.S., v2.0, a.csv
    if before.isspace():
        return False
    if not (before.isascii() and before.isalnum()):
        return True  # after Han or a bracket it is a 。 typed in the wrong width
    match = _WORD_BEFORE.search(paragraph, max(begin, at - 40), at)
    word = match[0] if match else before
    if _ABBREVIATION.fullmatch(word):
        return False
    ahead = paragraph[max(begin, at - len(word) - 20) : at - len(word)].rstrip()
    if word.isdigit() and len(word) <= 2 and (not ahead or ahead[-1] in "：:；;。.，,、"):
        return False  # 1. in front of an item
    if len(word) == 1 and word.isupper() and after:
        return False  # an initial
    if after and _HAN.match(after):
        return not word.isdigit()  # 2.打开 is an item, too
    return True


def _ends(paragraph: str, at: int, stop: int, closed: int) -> bool:
    """Whether the stop ``paragraph[at:stop]``, closed at ``closed``, ends the sentence."""
    rest = paragraph[closed : closed + 40]
    if not rest.strip():
        return True
    if rest[0] in "，,、；;：:":
        return False
    sign = paragraph[stop - 1]
    quote = next((char for char in paragraph[stop:closed] if char in _QUOTES), "")
    if quote:
        opened = paragraph.rfind(_QUOTES[quote], max(0, at - _FARTHEST), at)
        introduced = opened > 0 and paragraph[opened - 1] in "：:，,"  # 他说：“……。”
        if not introduced and _SPOKEN.match(rest):
            return False
        if sign in "！？!?…" and _GOES_ON.match(rest):
            return False
    if sign in "!?" and stop - at == 1 and closed == stop:
        # index?page=2 is one word, ![…](…) a Markdown image
        if rest[0] == "[":
            return False
        return not (rest[0].isascii() and rest[0].isalnum() and paragraph[at - 1 : at].isascii())
    return True
