"""Where sentences end, in Chinese with English, numbers and addresses inside it.

``。！？`` end a sentence, so do ``! ? …`` and, between rules, the ASCII full stop; ``；`` and ``：``
do not. What closes after the stop (quotes, brackets) belongs to the sentence. The end of the
paragraph ends the sentence in any case: headings, items and lines before a figure have no stop.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_STOP = re.compile(r"[。！？!?｡]+[。！？!?…｡.]*|…+[。！？!?]*|\.{3,}|[.．]")
_CLOSERS = "”’」』）)】》〉］]"
_ATTACHED = re.compile(rf"[{_CLOSERS}]+")

# Addresses and file names, in which no stop ends anything.
_ADDRESS = re.compile(
    r"(?:https?|ftp)://[^\s\u2e80-\uffef<>\"“”]+|www\.[^\s\u2e80-\uffef<>\"“”]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.A | re.I,
)
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st jr sr vs etc inc ltd co corp no nos fig figs vol pp ed eds al cf approx "
    "dept est ca op ibid jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e u.s u.k u.n a.m "
    "p.m ph.d d.c".split()
)
_WORD_BEFORE = re.compile(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*$")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")

# After a stop inside quotes the sentence goes on when it says who spoke (“……。”他说) …
_SPOKEN = re.compile(
    r"[ \t]?[^\s，。！？；：、“”「」\"]{1,12}?(?:说|道|表示|称|問|问|答|认为|指出|透露|回忆|坦言|解释|强调|說|認為|稱)"
    r"(?![明法服话])"
)
# … or when the quoted question or cry is a part of it (“可靠吗？”的疑问).
_GOES_ON = re.compile(r"[ \t]?[的地这這那之等和与與或及為为是，,、；;：:。]")
_OPENING = {"（": "）", "(": ")", "《": "》", "〈": "〉", "【": "】", "[": "]"}
_BRACKET = re.compile(r"[（）()《》〈〉【】\[\]]")


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of the paragraph ``text[start:end]``, white space around them left out.

    Every character that is not white space is in exactly one of them.
    """
    paragraph = text[start:end]
    addresses = [match.span() for match in _ADDRESS.finditer(paragraph)]
    address_starts = [span[0] for span in addresses]
    brackets = _bracketed(paragraph)
    bracket_starts = [span[0] for span in brackets]
    found: list[tuple[int, int]] = []
    begin = 0
    for match in _STOP.finditer(paragraph):
        if match.start() < begin:
            continue
        at = bisect_right(address_starts, match.start()) - 1
        if (
            at >= 0
            and match.start() < addresses[at][1]
            and not _trails(paragraph, addresses[at], match)
        ):
            continue
        stop = match.end()
        inside = bisect_right(bracket_starts, match.start()) - 1
        if inside >= 0:
            opened, closed = brackets[inside]
            # A bracket opened within the sentence is a part of it; one that the sentence begins
            # with may hold several.
            if match.start() < closed and paragraph[begin:opened].strip():
                continue
        if match[0] in ".．" and not _full_stop_ends(paragraph, begin, match.start()):
            continue
        closed = _closed(paragraph, begin, stop)
        if not _ends(paragraph, match[0], stop, closed):
            continue
        _append(found, paragraph, begin, closed)
        begin = closed
    _append(found, paragraph, begin, len(paragraph))
    return [(start + first, start + last) for first, last in found]


def _append(found: list[tuple[int, int]], paragraph: str, begin: int, end: int) -> None:
    piece = paragraph[begin:end]
    stripped = piece.strip()
    if not stripped:
        return
    first = begin + len(piece) - len(piece.lstrip())
    if found and not any(char.isalnum() for char in stripped):
        found[-1] = (found[-1][0], first + len(stripped))  # stray signs go with what they follow
    else:
        found.append((first, first + len(stripped)))


def _trails(paragraph: str, address: tuple[int, int], match: re.Match[str]) -> bool:
    """Whether the stop is the last sign of what looks like an address: ``见 https://a.cn/b.``"""
    return match.end() >= address[1]


def _bracketed(paragraph: str) -> list[tuple[int, int]]:
    """Outermost bracketed stretches, each from its opening to its closing sign.

    A bracket that never closes holds nothing: one wrong sign must not swallow a paragraph.
    """
    spans: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(paragraph):
        char = match[0]
        if char in _OPENING:
            stack.append((_OPENING[char], match.start()))
            continue
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth][0] == char or {stack[depth][0], char} == {"）", ")"}:
                opened = stack[depth][1]
                del stack[depth:]
                while spans and spans[-1][0] > opened:
                    spans.pop()
                spans.append((opened, match.start()))
                break
    return spans


def _closed(paragraph: str, begin: int, stop: int) -> int:
    """The place after the quotes and brackets that close behind a stop."""
    at = stop
    while at < len(paragraph):
        char = paragraph[at]
        if char in _CLOSERS:
            at += 1
        # A straight quote closes when it is the second of its pair.
        elif char in "\"'" and paragraph.count(char, begin, at) % 2 == 1:
            at += 1
        else:
            break
    return at


def _full_stop_ends(paragraph: str, begin: int, at: int) -> bool:
    """Whether the single ``.`` at ``at`` is a full stop, not a decimal point or an abbreviation."""
    after = paragraph[at + 1 : at + 2]
    before = paragraph[at - 1 : at] if at > begin else ""
    if after and after.isascii() and (after.isalnum() or after in "_/-@%&=~\\"):
        return False  # 1.5, U.S., v2.0, a.csv
    if not before or before.isspace():
        return False
    if paragraph[at] == "．" and before.isdigit() and after.isdigit():
        return False
    if not (before.isascii() and before.isalnum()):
        return True  # after Han or a bracket it is a 。 typed in the wrong width
    word_match = _WORD_BEFORE.search(paragraph, max(begin, at - 40), at)
    word = word_match[0] if word_match else before
    ahead = paragraph[begin : at - len(word)].rstrip()
    if word.isdigit() and len(word) <= 2 and (not ahead or ahead[-1] in "：:；;。.，,、"):
        return False  # 1. in front of an item
    if word.lower() in _ABBREVIATIONS:
        return False
    if len(word) == 1 and word.isupper() and after:
        return False  # an initial
    if after and _HAN.match(after):
        return not word.isdigit()  # 2.打开 is an item's number
    return True


def _ends(paragraph: str, stop_sign: str, stop: int, closed: int) -> bool:
    rest = paragraph[closed : closed + 24]
    if not rest.strip():
        return True
    if rest[0] in "，,、；;：:" or rest[0] in _CLOSERS:
        return False
    quoted = any(char in "”’」』\"'" for char in paragraph[stop:closed])
    if quoted and _SPOKEN.match(rest):
        return False
    if quoted and stop_sign[-1] in "！？!?…" and _GOES_ON.match(rest):
        return False
    if stop_sign[0] in "!?" and len(stop_sign) == 1 and closed == stop:
        # file?query and Yahoo!新闻 do not end anything; 真的?他问 does
        before = paragraph[stop - 2 : stop - 1]
        return not (rest[0].isascii() and rest[0].isalnum() and before.isascii())
    return True
