"""Bytes to text: which encoding, and what of the decoded characters is no text.

Strict UTF-8 and byte order marks settle nearly every file. What is left is judged by the text that
each encoding makes of the bytes: the right one gives everyday characters, a wrong one gives rare
ones. Statistical detectors need some hundred bytes for that; a title in GBK has ten.
"""

from __future__ import annotations

import codecs
import re

from corpus.errors import BinaryText, UndecodableText

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Files people take for texts, by their first bytes.
_BINARY: tuple[bytes, ...] = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
)
_BINARY += (b"GIF8", b"\x1f\x8b", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"SQLite format 3", b"RIFF")

_META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.I
)

# The commonest characters of running text, simplified and traditional, most frequent first.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政"
    "美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员"
    "解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件"
    "计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象"
    "完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运付支份额银"
    "這個們來為國說時會對後過發裡種經學現當沒動還進樣從實無與長機間問應戰頭體見產將兩關點業數變題處義條"
    "東聲門員論幾認系氣開報結總電務場計資統區許隊決書聽達強難權設記類據邊張該規萬覺術領確傳師觀讓識導爭運"
    "額銀號館縣鎮臺灣"
)


def decode(data: bytes, *, source: str, markup: bool = False) -> str:
    """The text of ``data``. ``markup``: believe a charset that HTML declares, if it fits.

    Raises:
        BinaryText: the bytes are no text in any encoding.
        UndecodableText: they may be, but nothing we know makes sense of them.
    """
    if data.startswith(_BINARY):
        raise BinaryText(source=source)
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(name)
            except UnicodeDecodeError as error:
                raise UndecodableText(source=source) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _cut_short(data, error):
            return data[: error.start].decode("utf-8")
    else:
        if not _is_binary(text):
            return text

    if markup and (declared := _declared(data)) is not None:
        return declared
    ranked = sorted(
        ((_plausibility(text), text) for text in _candidates(data)), key=lambda pair: -pair[0]
    )
    if ranked and ranked[0][0] >= 0.5:
        return ranked[0][1]
    if _is_binary(data.decode("latin-1")):
        raise BinaryText(source=source)
    from charset_normalizer import from_bytes  # noqa: PLC0415  (hardly ever needed)

    other = from_bytes(data, threshold=0.1).best()
    if other is not None and other.encoding not in ("utf_8", "ascii"):
        text = str(other)
        # A detector always finds something; Chinese it finds has been weighed above already.
        if _plausibility(text) >= 0.5:
            return text
    raise UndecodableText(source=source)


def _cut_short(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether this is UTF-8 whose last character is incomplete, as after a broken download."""
    return (
        error.start > 64
        and len(data) - error.start < 4
        and error.reason == "unexpected end of data"
    )


def _is_binary(text: str) -> bool:
    """Control characters in numbers: a stray one is dirt, more than one in a hundred is data."""
    sample = text[:100_000]
    odd = sum(1 for char in sample if char < " " and char not in "\t\n\r\f\v\x1b")
    return odd * 100 > len(sample)


def _declared(data: bytes) -> str | None:
    match = _META_CHARSET.search(data[:4096])
    if not match:
        return None
    name = match[1].decode("ascii").lower()
    # Pages that say gb2312 or big5 mean the larger sets browsers read for them.
    name = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}.get(name, name)
    try:
        text = data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None
    return text if not _is_binary(text) else None


def _candidates(data: bytes) -> list[str]:
    names = ["gb18030", "cp950", "big5hkscs"]  # of two that fit equally, the first
    if len(data) % 2 == 0:
        names += ["utf-16-le", "utf-16-be"]
    texts = []
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text):
            texts.append(text)
    return texts


def _plausibility(text: str) -> float:
    """How much like a text people write, 0 to 1: the mean weight of its non-ASCII characters.

    The commonest characters count 1, those of the first rank of GB 2312 or of Big5 0.6 (both
    standards sort everyday characters before rare ones), Chinese punctuation 0.8, other Han 0.1,
    anything else nothing, and private or unassigned code points count against it.
    """
    sample = [char for char in text[:20_000] if char > "\x7f"]
    if not sample:
        return 1.0
    return sum(map(_weight, sample)) / len(sample)


def _weight(char: str) -> float:
    if char in _COMMON:
        return 1.0
    if char in "，。、；：？！“”‘’（）《》「」『』【】…—·　％～":
        return 0.8
    code = ord(char)
    if 0xE000 <= code < 0xF900 or code >= 0xF0000 or code < 0xA0:
        return -2.0  # private use, or a C1 control
    if 0x4E00 <= code < 0xA000:
        return 0.6 if _everyday(char) else 0.1
    if 0xFF01 <= code <= 0xFF5E or 0x2460 <= code <= 0x24FF or 0x2010 <= code <= 0x22FF:
        return 0.4  # full-width forms, circled numbers, signs
    if 0xA0 <= code < 0x250:
        return 0.2  # accented Latin
    return 0.0


def _everyday(char: str) -> bool:
    """First rank of GB 2312 (rows B0 to D7) or of Big5 (A4 to C6)."""
    try:
        gb = char.encode("gb2312")
    except UnicodeEncodeError:
        gb = b""
    if gb and 0xB0 <= gb[0] <= 0xD7:
        return True
    try:
        big = char.encode("big5")
    except UnicodeEncodeError:
        return False
    return 0xA4 <= big[0] <= 0xC6


# Invisible characters that would break words apart or turn text around.
_INVISIBLE = (
    *(range(start, stop) for start, stop in ((0x00, 0x09), (0x0E, 0x20), (0x7F, 0xA0))),
    *(range(start, stop) for start, stop in ((0x200E, 0x2010), (0x202A, 0x202F), (0x2066, 0x206A))),
    (0xAD, 0x200B, 0x2060, 0xFEFF),
)
# Joiners belong to emoji, Persian and Indic scripts; behind Chinese or Latin they say nothing.
_JOINERS = re.compile(
    "(?<![^\x00-\u02ff\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U000323af])"
    "[\u200c\u200d]+"
)
_DROPPED = {code: None for codes in _INVISIBLE for code in codes}
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEWLINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """One kind of line end, no control or invisible characters, nothing UTF-8 cannot write.

    Texts are read so, and questions are: a word is found however it was copied together.
    """
    visible = _JOINERS.sub("", _NEWLINE.sub("\n", text).translate(_DROPPED))
    return _SURROGATE.sub("\ufffd", visible)
