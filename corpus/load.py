"""Bytes, files and strings to Documents."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus import dates
from corpus.boilerplate import set_aside
from corpus.decode import clean, decode
from corpus.document import Document, Kind, Sentence, Span
from corpus.errors import (
    Both,
    EmptyText,
    SourceNotFound,
    SourceUnnameable,
    SourceUnreadable,
    TextTooLong,
    UnsupportedFormat,
    check_string,
)
from corpus.lines import Line, Mark, Role, columns, split_lines, wrap_width
from corpus.sentences import bounded, split_sentences
from corpus.structure import Outline, outline

MAXIMUM_LENGTH = 2_000_000  # characters of a document's text
_MAXIMUM_BYTES = 32_000_000  # more than that many characters in any encoding, with markup

_SURROGATES = re.compile("[\ud800-\udfff]+")  # how Python holds bytes of a name that are no UTF-8

_HTML = frozenset({".html", ".htm"})
SUFFIXES = frozenset({".txt", ".md", ".markdown", *_HTML})


def files_under(
    path: Path | str, unreadable: Callable[[SourceUnreadable], None] | None = None
) -> list[Path]:
    """The readable files in a folder and the folders below it, sorted; ``path`` itself if a file.

    Skipped are hidden files, all that is in hidden folders (``.git``), and files of other types.

    Args:
        path: the folder.
        unreadable: told of each folder that cannot be looked into, and each file of which nothing
            can be known; the walk goes on. Without it the first one is raised.

    Raises:
        SourceNotFound: nothing is there.
        SourceUnreadable: see ``unreadable``.
    """
    path = Path(path)
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise SourceNotFound(source=path)

    def passed_over(place: Path | str, error: OSError) -> None:
        fault = SourceUnreadable(source=str(place), detail=_detail(error))
        if unreadable is None:
            raise fault from error
        unreadable(fault)

    files: list[Path] = []
    # Not Path.rglob: it passes over what it may not read without a word.
    for folder, below, names in os.walk(path, onerror=lambda e: passed_over(e.filename, e)):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in names:
            file = Path(folder, name)
            if name.startswith(".") or file.suffix.lower() not in SUFFIXES:
                continue
            try:
                regular = stat.S_ISREG(file.stat().st_mode)
            except FileNotFoundError:  # a link to nothing, or deleted this very moment
                continue
            except OSError as error:
                passed_over(file, error)
                continue
            if regular:
                files.append(file)
    return sorted(files)


def read_file(path: Path | str, *, name: str | None = None) -> Document:
    """Read a file. ``name``: what to call its source, where ``path`` is a temporary one.

    Raises:
        SourceNotFound, SourceUnreadable, SourceUnnameable, UnsupportedFormat, EmptyText,
        BinaryText, UndecodableText, TextTooLong: see ``corpus.errors``.
    """
    source = str(path) if name is None else name
    if writable(source) != source:
        raise SourceUnnameable(source=writable(source))
    path = Path(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for, without end
            detail = Both("不是普通文件", "not a regular file")
            raise SourceUnreadable(source=source, detail=detail)
        if status.st_size > _MAXIMUM_BYTES:
            raise TextTooLong(source=source, length=status.st_size // 4, limit=MAXIMUM_LENGTH)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceNotFound(source=source) from error
    except OSError as error:
        raise SourceUnreadable(source=source, detail=_detail(error)) from error
    return read_bytes(data, source=source, suffix=Path(source).suffix or path.suffix)


def writable(name: str) -> str:
    """A name or a question as UTF-8 can hold it: what is not valid in it becomes U+FFFD."""
    return _SURROGATES.sub("\ufffd", name)


def _detail(error: OSError) -> str:
    return error.strerror or type(error).__name__


def read_bytes(data: bytes, *, source: str, suffix: str) -> Document:
    """Read the contents of a file; ``suffix`` says of what type: ".txt", ".md" or ".html".

    Raises:
        UnsupportedFormat, EmptyText, BinaryText, UndecodableText, TextTooLong: see
        ``corpus.errors``.
    """
    suffix = suffix.lower()
    if suffix not in SUFFIXES:
        raise UnsupportedFormat(source=source, suffix=suffix or "?")
    if not data.strip():
        raise EmptyText(source=source)
    text = clean(decode(data, source=source, markup=suffix in _HTML))
    if suffix not in _HTML:
        return _document(text, title=None, source=source, name=source)
    from corpus.html import render  # noqa: PLC0415  (its parser takes a while to import)

    page = render(text)
    return _document(
        page.text,
        title=None,
        source=source,
        name=source,
        marks=page.marks,
        page_title=page.title,
        date=dates.iso(page.date),
    )


def read_text(text: str, *, title: str | None = None, source: str = "") -> Document:
    """Read a text that is in memory already; Markdown in it is understood.

    Raises:
        EmptyText, TextTooLong, SourceUnnameable, WrongArgument: see ``corpus.errors``.
    """
    check_string("text", text)
    check_string("source", source)
    if title is not None:
        check_string("title", title)
        title = writable(title)
    if writable(source) != source:
        raise SourceUnnameable(source=writable(source))
    name = source or (title or "").strip() or "text"
    return _document(clean(text), title=title, source=source, name=name)


def _document(
    text: str,
    *,
    title: str | None,
    source: str,
    name: str,
    marks: Sequence[Mark] | None = None,
    page_title: str = "",
    date: str = "",
) -> Document:
    """``name`` is for messages and, when it is a path, the last resort for a title."""
    if len(text) > MAXIMUM_LENGTH:
        raise TextTooLong(source=name, length=len(text), limit=MAXIMUM_LENGTH)
    if not text.strip():
        raise EmptyText(source=name)
    lines = split_lines(text, marks)
    aside = set_aside(lines, page_title)
    kept = [line for number, line in enumerate(lines) if number not in aside]
    if not kept:  # nothing but what looks like furniture: then it is what the reader wants
        aside, kept = frozenset(), lines
    layout = outline(kept, length=len(text), page_title=page_title)
    found = (title or "").strip() or _front_matter(lines, "title") or layout.title
    sentences = _sentences(text, kept, layout)
    found = found or _site_free(page_title) or Path(source).stem or _opening(text, sentences)
    key = source or (title or "").strip() or text
    root = layout.sections[0]
    sections = (
        type(root)(None, 0, "", found, root.start, root.end, root.until),
        *layout.sections[1:],
    )
    return Document(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        title=found,
        source=source,
        date=date or dates.iso(_front_matter(lines, "date")) or _date(lines, kept),
        text=text,
        sections=sections,
        sentences=sentences,
        boilerplate=tuple(_spans(lines, aside)),
    )


def _sentences(text: str, lines: Sequence[Line], layout: Outline) -> tuple[Sentence, ...]:
    width = wrap_width(lines)
    sentences: list[Sentence] = []
    paragraph = -1
    at = 0
    while at < len(lines):
        paragraph += 1
        last = at
        while last + 1 < len(lines) and _goes_on(lines, layout, last, width):
            last += 1
        kind, home, start, end = (
            layout.kinds[at],
            layout.homes[at],
            lines[at].start,
            lines[last].end,
        )
        whole = kind in (Kind.HEADING, Kind.CAPTION) or lines[at].role in (Role.CODE, Role.ROW)
        pieces = (bounded if whole else split_sentences)(text, start, end)
        for number, (first, stop) in enumerate(pieces):
            # Of an item with several sentences the first names it; the others explain. A heading
            # that has to be cut is more than a heading.
            named = number and kind in (Kind.ITEM, Kind.HEADING)
            piece_kind = Kind.SENTENCE if named else kind
            sentences.append(Sentence(first, stop, home, paragraph, piece_kind))
        at = last + 1
    return tuple(sentences)


def _goes_on(lines: Sequence[Line], layout: Outline, at: int, width: int) -> bool:
    """Whether the next line continues this one, in a text hard-wrapped at ``width`` columns."""
    line, below = lines[at], lines[at + 1]
    return (
        width > 0
        and not below.gap
        and layout.kinds[at] in (Kind.SENTENCE, Kind.ITEM)
        and layout.kinds[at + 1] is Kind.SENTENCE
        and line.role in (Role.PLAIN, Role.ITEM)
        and below.role is Role.PLAIN
        and columns(line.text) + line.indent >= width * 0.8
        and below.indent <= max(line.indent, 1)
    )


def _front_matter(lines: Sequence[Line], key: str) -> str:
    for line in lines:
        if line.role is Role.META and line.text.lower().startswith(f"{key}:"):
            return line.text[len(key) + 1 :].strip().strip("\"'")
        if line.role not in (Role.META, Role.RULE):
            break
    return ""


def _site_free(page_title: str) -> str:
    """<title> without the site's name: ``题目 - 某某网`` and ``题目_频道_某某网`` are 题目."""
    return re.split(r"\s+[-–—|·]\s+|_|\|", page_title)[0].strip()


def _date(lines: Sequence[Line], kept: Sequence[Line]) -> str:
    """From a dated line near the top, in the article or just set aside, else one at the end."""
    top = [line for line in lines if line.end <= _top(kept)]
    for line in top:
        if dates.is_date_line(line.text):
            return dates.iso(line.text)
    for line in kept[1:3]:  # （2021年9月3日馆务会议通过）
        if line.text[0] in "（(" and len(line.text) <= 60:
            return dates.iso(line.text)
    for line in reversed(kept[-4:]):
        if dates.is_date_line(line.text):
            return dates.iso(line.text)
    return ""


def _top(kept: Sequence[Line]) -> int:
    """Where the first paragraph of running text begins to be out of a dateline's reach."""
    for line in kept[:8]:
        if len(line.text) > 80:
            return line.start
    return kept[min(7, len(kept) - 1)].end


def _opening(text: str, sentences: Sequence[Sentence]) -> str:
    first = " ".join(text[sentences[0].start : sentences[0].end].split()).strip("#*_ ")
    return first if len(first) <= 20 else first[:20] + "…"


def _spans(lines: Sequence[Line], aside: frozenset[int]) -> list[Span]:
    """Lines set aside next to each other are one span."""
    spans: list[Span] = []
    before = -2
    for number in sorted(aside):
        line = lines[number]
        if number == before + 1:
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            spans.append(Span(line.start, line.end))
        before = number
    return spans
