"""Words: folding for matching, and the only place that imports jieba.

Everything here is for finding and counting. Nothing that is shown or cited has been folded:
``fold`` keeps every code point where it was, so a place found in folded text is the same place in
the original.
"""

from __future__ import annotations

import re
import threading
import unicodedata
import warnings
from collections import ChainMap
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import opencc

if TYPE_CHECKING:
    import jieba

# Pure grammar: no question and no sentence is about them. Nothing else is ever dropped.
FUNCTION_WORDS = frozenset("的了吗呢")

# A number keeps its decimals, per cent sign, magnitude and calendar unit (52.3%, 1.5亿, 2016年),
# a Latin word its inner signs (covid-19, pool_mode, c++). jieba cuts both apart. The negative
# lookaheads leave 年度, 月份, 日本, 千克 … to jieba. All of it on folded text.
_NUMBER = (
    r"(?P<digits>\d+(?:,\d{3}(?!\d))*(?:\.\d+)*(?::\d{2})*(?:%|‰)?)"
    r"(?:万亿|[亿万]|千(?![克米瓦卡帕])万?|百(?!分)万?)?(?:年(?![度代级底初末])|月(?![份球亮底初末])"
    r"|日(?![本元语常均]))?"
)
_LATIN = r"[a-z][a-z0-9]*(?:[-_.&'][a-z0-9]+)*[+#]*"

_BITE = re.compile(r".{1,400}(?![\w])|.{1,400}", re.DOTALL)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]+")


@cache
def _folding() -> dict[int, int]:
    """One character to one character, each image being its own image (so folding twice is once).

    Traditional to simplified is OpenCC's character table; where a character has several readings
    it gives the commonest. Phrases are not looked at: they could change the length.
    """
    table: dict[int, int] = {0x3000: 0x20}
    table.update({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    for start, stop in ((0x2F00, 0x2FD6), (0xF900, 0xFB00)):  # Kangxi radicals, compatibility Han
        for code in range(start, stop):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1:
                table[code] = ord(plain)

    han = [chr(code) for code in (*range(0x3400, 0xA000), *range(0x20000, 0x323B0))]
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    simple = {
        ord(before): ord(after)
        for before, after in zip(han, simplified, strict=True)
        if len(after) == 1 and before != after
    }
    lower = {
        code: ord(small)
        for code in range(0x41, 0x1E944)
        if len(small := chr(code).lower()) == 1 and small != chr(code)
    }

    def settle(code: int) -> int:
        for step in (table, simple, lower):
            code = step.get(code, code)
        return code

    folded: dict[int, int] = {}
    for code in {*table, *simple, *lower}:
        image = settle(code)
        while settle(image) != image:
            image = settle(image)
        folded[code] = image
    return folded


def fold(text: str) -> str:
    """Simplified, half-width, lower-case ``text``, of the same length, place for place."""
    return text.translate(_folding())


@cache
def _simplifying() -> dict[int, int]:
    return {code: image for code, image in _folding().items() if 0x2E80 <= code < 0xFF00}


def simplified(text: str) -> str:
    """``text`` with every Han character simplified, of the same length, place for place."""
    return text.translate(_simplifying())


_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_COUNTED = "个项条点种类大家年月日号次章节名人位份元所座台只本部件篇集代届期倍成天周岁户"
_NUMERAL = re.compile(
    r"[〇零一二三四五六七八九]{2,}(?=年|[〇零一二三四五六七八九]*$)"  # 二〇一六年: digit by digit
    r"|[一二三四五六七八九两]?[十百千][〇零一二三四五六七八九十百千]*"  # 十二, 一百零五
    rf"|第?[一二三四五六七八九两](?=[{_COUNTED}])"
)


def numerals(text: str) -> str:
    """Folded ``text`` with Chinese numerals under ten thousand in digits: 二〇一六年, 十二家, 八大.

    For comparing only. Lengths change, so no offset survives it.
    """

    def digits(match: re.Match[str]) -> str:
        word = match[0].removeprefix("第")
        ordinal = match[0][: len(match[0]) - len(word)]
        if not any(char in _POWERS for char in word):
            return ordinal + "".join(str(_DIGITS[char]) for char in word)
        total, current = 0, 0
        for char in word:
            if char in _POWERS:
                total += (current or 1) * _POWERS[char]
                current = 0
            else:
                current = _DIGITS[char]
        return ordinal + str(total + current)

    return _NUMERAL.sub(digits, fold(text))


@cache
def _dictionary() -> tuple[dict[str, int], int]:
    """jieba's prefix dictionary and its total, read once in a process.

    jieba would keep it in a file of a fixed name in the shared temporary folder, where another
    user could put a different one; reading that file is no faster than reading the dictionary.
    """
    module = _jieba()
    with module.Tokenizer().get_dict_file() as file:
        return module.Tokenizer.gen_pfdict(file)  # type: ignore[no-any-return]


@cache
def _jieba() -> Any:
    with (
        warnings.catch_warnings()
    ):  # invalid escapes in its source, pkg_resources where there is one
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415  (costs a noticeable part of a second)

    jieba.setLogLevel(60)  # above CRITICAL: it talks to the terminal through a handler of its own
    return jieba


@cache
def _posseg() -> Any:
    _jieba()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from jieba import posseg  # noqa: PLC0415  (another second)

    return posseg


def _cutter() -> jieba.Tokenizer:
    """A jieba tokenizer that reads the shared dictionary; copy ``FREQ`` before adding to it."""
    cutter = _jieba().Tokenizer()
    cutter.FREQ, cutter.total = _dictionary()
    cutter.initialized = True
    return cutter


class Tokenizer:
    """Chinese words, with a vocabulary of its own: what one learns, no other one sees.

    Safe to use from several threads: ``add_words`` makes a new vocabulary aside and swaps it in.
    The dictionary (some 15 MB) is shared by all tokenizers until one is given words of its own.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._lock = threading.Lock()
        self._own: frozenset[str] = frozenset()
        self._cutter: jieba.Tokenizer | None = None
        self._tagger: Any = None
        self._solid = _solid(())
        self.add_words(words)

    def add_words(self, words: Iterable[str]) -> None:
        """Keep each of ``words`` (a name, a product) in one piece from now on."""
        new = {fold(word).strip() for word in words}
        with self._lock:
            own = self._own | {word for word in new if len(word) > 1}
            if own == self._own:
                return
            cutter = _cutter()
            cutter.FREQ = dict(cutter.FREQ)
            for word in sorted(own):
                cutter.add_word(word)
            self._own, self._cutter, self._tagger = own, cutter, None
            self._solid = _solid(own)

    def words(self, text: str, *, guess: bool = True) -> list[tuple[str, int, int]]:
        """The words of ``text`` with their places; white space is in none of them.

        Cut on the folded text, so that traditional script and full-width letters are understood;
        each word is given as ``text`` writes it. Words the dictionary does not know are guessed,
        or with ``guess`` false left as single characters.
        """
        folded = fold(text)
        cutter = self._current()
        found = []
        for start, end, solid in self._pieces(folded):
            if solid:
                found.append((text[start:end], start, end))
                continue
            at = start
            for word in cutter.cut(folded[start:end], HMM=guess):
                if not word.isspace():
                    found.append((text[at : at + len(word)], at, at + len(word)))
                at += len(word)
        return found

    def tokens(self, text: str) -> list[str]:
        """The words alone, punctuation among them: their number is the size of ``text``."""
        return [word for word, _, _ in self.words(text)]

    def knows(self, word: str) -> bool:
        """Whether folded ``word`` is one of the dictionary's, or of one's own."""
        return bool(self._current().FREQ.get(word))

    def tagged(self, text: str) -> list[tuple[str, str, int, int]]:
        """Words with ictclas part-of-speech flags and their places.

        Numbers are ``m``, dates ``t``, Latin words ``eng``, added words ``nz``. Words the
        dictionary does not know may be cut otherwise than by ``words``: the tagger's own model
        decides about word and flag together.
        """
        folded = fold(text)
        tagger = self._tagging()
        found = []
        for start, end, solid in self._pieces(folded):
            if solid:
                found.append((text[start:end], _flag(folded[start:end], self._own), start, end))
                continue
            at = start
            for pair in tagger.cut(folded[start:end]):
                word, flag = pair.word, pair.flag
                if not word.isspace():
                    found.append((text[at : at + len(word)], flag, at, at + len(word)))
                at += len(word)
        return found

    def terms(self, text: str) -> list[str]:
        """What a search index stores and a query asks for, folded, in text order, with repeats.

        Every word; the shorter dictionary words inside a long one; the character bigrams of a long
        word the dictionary does not know; the bare digits of 1.5亿 and the parts of covid-19.
        Punctuation and pure grammar are left out.
        """
        folded = fold(text)
        known = self._current().FREQ
        terms: list[str] = []
        for start, end, solid in self._pieces(folded):
            if solid:
                terms += _solid_terms(folded[start:end])
                continue
            for word in self._current().cut(folded[start:end]):
                if word in FUNCTION_WORDS or not any(char.isalnum() for char in word):
                    continue
                terms += _inner_terms(word, known)
                terms.append(word)
        return terms

    def _current(self) -> jieba.Tokenizer:
        cutter = self._cutter
        if cutter is None:  # not before the first text: reading the dictionary takes a second
            with self._lock:
                if self._cutter is None:
                    self._cutter = _cutter()
                cutter = self._cutter
        return cutter

    def _tagging(self) -> Any:
        tagger = self._tagger
        if tagger is None:
            cutter = self._current()
            posseg = _posseg()

            class Tagger(posseg.POSTokenizer):  # type: ignore[misc, name-defined]
                def load_word_tag(self, f: Any) -> None:
                    # jieba reads its dictionary once more for every tagger; the flags it has read
                    # for its own default one are the same, and ours go in front of them.
                    f.close()
                    self.word_tag_tab = ChainMap({}, posseg.dt.word_tag_tab)

            tagger = Tagger(cutter)
            tagger.word_tag_tab.update(
                {word: "nz" for word in self._own if word not in posseg.dt.word_tag_tab}
            )
            with self._lock:
                if self._cutter is cutter:
                    self._tagger = tagger
        return tagger

    def _pieces(self, folded: str) -> Iterator[tuple[int, int, bool]]:
        """The text in turn: solid words (numbers, Latin, own mixed words) and what jieba cuts."""
        at = 0
        for match in self._solid.finditer(folded):
            yield from _bites(folded, at, match.start())
            yield match.start(), match.end(), True
            at = match.end()
        yield from _bites(folded, at, len(folded))


def _solid(own: Iterable[str]) -> re.Pattern[str]:
    """Numbers, Latin words, and those of one's own words that have digits or Latin in them."""
    mixed = sorted((word for word in own if re.search(r"[a-z0-9]", word)), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, mixed), _NUMBER, _LATIN]))


def _bites(folded: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Cut a stretch for jieba at signs: its model takes quadratic time for one unbroken run."""
    for match in _BITE.finditer(folded, start, end):
        yield match.start(), match.end(), False


def _solid_terms(word: str) -> list[str]:
    number = re.fullmatch(_NUMBER, word)
    if number:
        plain = word.replace(",", "")
        digits = number["digits"].replace(",", "").rstrip("%‰")
        return [plain] if digits == plain else [digits, plain]
    parts = re.findall(r"[a-z0-9]+|[^\W\da-z_]+", word)
    return [*parts, word] if len(parts) > 1 else [word]


def _inner_terms(word: str, known: dict[str, int]) -> list[str]:
    if len(word) < 3:
        return []
    if not known.get(word) and _HAN.fullmatch(word):
        return [word[at : at + 2] for at in range(len(word) - 1)]
    return [
        gram
        for size in (2, 3)
        if len(word) > size
        for at in range(len(word) - size + 1)
        if known.get(gram := word[at : at + size])
    ]


def _flag(word: str, own: frozenset[str]) -> str:
    if word in own:
        return "nz"
    if word[0].isdigit():
        return "t" if word[-1] in "年月日" else "m"
    return "eng"
