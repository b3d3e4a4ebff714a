"""A document in the pane beside the chat, as HTML: all of it, each sentence with its place.

Sentences carry their place in the text in code points, counted here: a browser counts in UTF-16
units and would be wrong after every 😀.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from urllib.parse import quote

from corpus.document import Document, Kind, Span
from ui.rendering.escape import lines, safe
from ui.words import Language, say

MOST_HEADINGS = 120  # of an outline

_LINE = re.compile(r"[^\r\n]+")
_MARKDOWN_SIGNS = re.compile(r"#{1,6}[ \t]+")


def article(document: Document, language: Language) -> str:
    """Show the whole document, each sentence wrapped with its place in the text.

    What was set aside as boilerplate is folded away where it stands.
    """
    about = " · ".join(
        part for part in (document.date, PurePath(document.source).name) if part.strip()
    )
    body = "".join(_blocks(document, language))
    # Tells the script one text from another of the same id, in another set.
    text = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return (
        f'<div class="pane-head"><div><div class="pane-title">{safe(document.title)}</div>'
        f'<div class="pane-about">{safe(about)}</div></div>'
        f"{_outline(document, language)}{_tour(language)}"
        f"{_close_button(language)}</div>"
        f'<article data-document="{safe(document.id)}" data-text="{text}" lang="zh"'
        f' data-ask="{safe(say(language, "ask_this"))}">{body}</article>'
    )


def no_article(text: str, language: Language, *, waiting: bool = False) -> str:
    """Fill the pane while there is no document to show."""
    return (
        f'<div class="pane-head"><div></div>{_close_button(language)}</div>'
        f'<div class="notice{" waiting" if waiting else ""}">{lines(text)}</div>'
    )


def _outline(document: Document, language: Language) -> str:
    """The headings, each leading to its place; of many, those of the upper levels."""
    headings = [one for one in document.sections if one.level and one.start < one.end]
    while len(headings) > MOST_HEADINGS:
        deepest = max(one.level for one in headings)
        if deepest == min(one.level for one in headings):
            break
        headings = [one for one in headings if one.level < deepest]
    if len(headings) < 2:
        return ""
    entries = "".join(
        f'<li class="level{min(one.level, 3)}">'
        f'<a href="#at-{one.start}-{one.end}-{quote(document.id, safe="", errors="replace")}">'
        f"{safe(f'{one.label}{one.title}')}</a></li>"
        for one in headings
    )
    label = safe(say(language, "outline"))
    return (
        f'<details class="outline"><summary>{label}</summary>'
        f'<nav aria-label="{label}"><ul>{entries}</ul></nav></details>'
    )


def _tour(language: Language) -> str:
    """From one citation of the answer to the next; shown when there are several."""
    return (
        '<div class="tour" hidden>'
        f'<button type="button" class="step" data-by="-1"'
        f' aria-label="{safe(say(language, "previous_place"))}">↑</button>'
        '<span class="which"></span>'
        f'<button type="button" class="step" data-by="1"'
        f' aria-label="{safe(say(language, "next_place"))}">↓</button></div>'
    )


def _close_button(language: Language) -> str:
    return (
        f'<button type="button" class="close-article"'
        f' aria-label="{safe(say(language, "close_article"))}">✕</button>'
    )


def _blocks(document: Document, language: Language) -> Iterator[str]:
    """One element a line of the text, in order, boilerplate lines gathered."""
    aside: list[str] = []
    levels = _heading_levels(document)
    pieces = _Pieces(document)
    for line in _LINE.finditer(document.text):
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        end = line.start() + len(line[0].rstrip())
        if start >= end:
            continue
        if _covers(document.boilerplate, start):
            aside.append(f"<p>{safe(document.text[start:end])}</p>")
            continue
        if aside:
            yield _folded(aside, language)
            aside = []
        level = levels.get(end)
        if level:
            signs = _MARKDOWN_SIGNS.match(document.text, start, end)
            inside, _ = pieces.of(signs.end() if signs else start, end)
            yield f"<h{level}>{inside}</h{level}>"
        else:
            inside, kind = pieces.of(start, end)
            yield f'<p class="{kind.value}">{inside}</p>'
    if aside:
        yield _folded(aside, language)


def _heading_levels(document: Document) -> dict[int, int]:
    """Where heading lines end → their HTML level. The title is the first, its sections follow.

    A heading that its text follows on the same line ("第一条 房租…") stays a paragraph.
    """
    text = document.text
    return {
        section.start + len(text[section.start : section.end].rstrip()): min(section.level + 1, 6)
        for section in document.sections
        if section.start < section.end
    }


def _covers(spans: Sequence[Span], at: int) -> bool:
    found = bisect_right(spans, at, key=lambda span: span.start) - 1
    return found >= 0 and at < spans[found].end


def _folded(lines: Sequence[str], language: Language) -> str:
    label = safe(say(language, "set_aside", count=len(lines)))
    return f'<details class="aside"><summary>{label}</summary>{"".join(lines)}</details>'


class _Pieces:
    """A document's sentences, cut where its lines end."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._sentences = document.sentences
        self._starts = [sentence.start for sentence in document.sentences]

    def of(self, start: int, end: int) -> tuple[str, Kind]:
        """``text[start:end]`` with its sentences wrapped, and the kind of the first of them.

        A sentence that runs over several lines is wrapped on each of them, under one place.
        """
        html: list[str] = []
        kind: Kind | None = None
        at = start
        for sentence in self._sentences[max(bisect_right(self._starts, start) - 1, 0) :]:
            if sentence.start >= end:
                break
            if sentence.end <= at:
                continue
            opens, closes = max(sentence.start, at), min(sentence.end, end)
            html.append(safe(self._text[at:opens]))
            html.append(
                f'<span class="s" data-start="{sentence.start}" data-end="{sentence.end}">'
                f"{safe(self._text[opens:closes])}</span>"
            )
            kind = kind or sentence.kind
            at = closes
        html.append(safe(self._text[at:end]))
        return "".join(html), kind or Kind.SENTENCE
