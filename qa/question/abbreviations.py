"""Short forms spelled out as the texts write them: 消金 is 消费金融, 年假 is 年休假.

A stretch of the question that stands nowhere in the texts is read as a phrase that they have often
and that it is made from: a character of each of its words, from the front, in order; or that is the
same but for one character in the middle. A word that the dictionary knows has a meaning of its own:
it is spelled out in the second way alone. In very many texts nothing is looked for.
"""

from __future__ import annotations

import re
from collections import Counter

from corpus import fold
from qa.question.inquiry import asks
from qa.question.spelling import OFTEN, suspects
from qa.texts import Texts

SHORTEST, LONGEST = 2, 5  # characters of a short form
FILLING = 2  # characters of a word, at most, between two that the short form has
AROUND = 8  # characters beside a stretch by which its words are told
CLEARLY = 2  # times as often as any other phrase it could be made from
_LINKS = "rdpcuyem"  # flags of words that name nothing
_HAN = "[\u4e00-\u9fff]"


def spelled_out(question: str, texts: Texts) -> str:
    """``question`` with its short forms as the texts write them out."""
    folded = fold(question)
    words = texts.snapshot.tokenizer.tagged(folded)
    places = list(suspects(folded, texts))
    places += [
        (start, end)
        for word, flag, start, end in words
        if end - start == SHORTEST and flag[0] not in _LINKS and not asks(word)
    ]
    for start, end in places:
        piece = folded[start:end]
        before = next((word for word, _, _, stop in words if stop == start), "")
        strange = len(before) > 1 and not texts.occurs(before)  # 蚂蚁|金服 is one name
        if SHORTEST <= len(piece) <= LONGEST and not strange and not texts.occurs(piece):
            whole = _whole(piece, texts)
            if whole:
                return question[:start] + whole + question[end:]
    return question


def _whole(piece: str, texts: Texts) -> str:
    """The phrase that ``piece`` is short for, or ""."""
    middle = re.compile(f"{re.escape(piece[0])}{_HAN}{re.escape(piece[1:])}")
    filling = f"{_HAN}{{0,{FILLING}}}"
    made = re.compile("".join(re.escape(char) + filling for char in piece))
    known = texts.snapshot.tokenizer.knows(piece)
    found: Counter[str] = Counter()
    plain = texts.whole
    if len(piece) == SHORTEST:
        found.update(
            one[0] for one in middle.finditer(plain) if _whole_words(plain, *one.span(), texts)
        )
    if not known:
        found.update(filter(None, (_made_of(piece, one[0], texts) for one in made.finditer(plain))))
    ranked = found.most_common(2)
    if not ranked or ranked[0][1] < OFTEN:
        return ""
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= CLEARLY * ranked[1][1] else ""


def _whole_words(plain: str, start: int, end: int, texts: Texts) -> bool:
    """Whether a stretch begins where a word does, and ends where one does."""
    first = max(0, start - AROUND)
    words = texts.snapshot.tokenizer.words(plain[first : end + AROUND], guess=False)
    edges = [(first + a, first + b) for _, a, b in words]
    return any(a == start for a, _ in edges) and any(b == end for _, b in edges)


def _made_of(piece: str, text: str, texts: Texts) -> str:
    """The words that ``text`` begins with, each giving characters of ``piece`` from its front."""
    left, end = piece, 0
    for word, start, stop in texts.snapshot.tokenizer.words(text, guess=False):
        if start != end or not left or word[0] != left[0]:
            break
        for char in word:
            left = left[1:] if left and char == left[0] else left
        end = stop
        if not left:
            return text[:end] if len(text[:end]) > len(piece) else ""
    return ""
