"""Answers, documents and reports as HTML.

Everything that came from a document or a visitor passes through ``safe`` on its way in. The chat
is a ``gr.Chatbot`` with Markdown off, the article a ``gr.HTML`` whose *value* this is (never its
template, which Gradio evaluates); ``safe`` would hold in either of them with Markdown or a
template on, too.

Links within the page carry what the script needs in their address, because the chat's sanitiser
takes ``data-`` attributes away: ``#at-START-END-DOCUMENT`` shows a stretch of a document, ``#ask``
asks the questions it wraps in ``.q``, ``#own`` turns to the visitor's own texts. Sentences of the
article carry their own place in the text, in code points, counted here: a browser counts in UTF-16
units and would be wrong after every 😀.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from urllib.parse import quote

from corpus.document import Document, Kind, Span
from qa.answer import Answer, Citation, Item, Segment
from ui.copying import as_markdown, as_text
from ui.words import Language, say

# What HTML reads as markup, and what Markdown, LaTeX and template languages would.
_MARKUP = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\"'`*_{}[]$\\~|#"}
# Control characters show nothing; direction overrides show text in an order it does not have;
# half a surrogate pair cannot be sent at all.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LINE = re.compile(r"[^\r\n]+")
_MARKDOWN_SIGNS = re.compile(r"#{1,6}[ \t]+")
_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")


def safe(text: str) -> str:
    """``text`` as characters, whatever it would mean to HTML, Markdown, LaTeX or a template."""
    return _UNSHOWN.sub("", text).translate(_MARKUP)


def _lines(text: str) -> str:
    """``safe``, with line breaks kept. One line of HTML: a blank line would end a block."""
    return "<br>".join(safe(line) for line in _BREAK.split(text))


# ---- the chat -------------------------------------------------------------------------------


def question(text: str) -> str:
    """Show a visitor's question, as typed."""
    return f'<div class="asked">{_lines(text)}</div>'


def notice(text: str, *, waiting: bool = False) -> str:
    """Say a word of the page's own: it is getting ready, or something went wrong."""
    return f'<div class="notice{" waiting" if waiting else ""}">{_lines(text)}</div>'


def answer(
    reply: Answer,
    language: Language,
    dates: Mapping[str, str] | None = None,
    *,
    turn: str = "",
    given: str = "",
    changed: bool = False,
    several: bool = False,
) -> str:
    """Show an answer or a refusal in the chat.

    ``dates`` are those of the documents cited, by id, for who copies the answer. ``turn`` names the
    answer to who gives an opinion on it, ``given`` is the verdict there is. ``changed`` says that a
    sentence it stands on is no longer where it was. With ``several`` texts to answer from, it says
    which of them each sentence is from.
    """
    parts: list[str] = []
    if changed:
        parts.append(f'<div class="changed">{safe(say(language, "text_changed"))}</div>')
    if _is_rewritten(reply):
        parts.append(
            f'<div class="understood">{safe(say(language, "understood"))}'
            f'<a href="#edit" title="{safe(say(language, "edit"))}">'
            f"<span>{_lines(reply.question)}</span></a></div>"
        )
    parts.extend(
        _refusal(reply, language) if reply.refused else _said(reply, language, several=several)
    )
    if reply.citations or reply.refused:
        parts.append(_tools(reply, language, dates or {}, turn, given))
    if reply.suggestions:
        parts.append(f'<div class="label">{safe(say(language, "try_these"))}</div>')
        parts.append(_choices(reply.suggestions))
    kind = "refusal" if reply.refused else "reply"
    return f'<div class="{kind}">{"".join(parts)}</div>'


def _is_rewritten(reply: Answer) -> bool:
    return "".join(reply.question.split()) != "".join(reply.asked.split())


def _said(reply: Answer, language: Language, *, several: bool) -> Iterator[str]:
    """Short answer, text, list, sources."""
    marks = _Marks(reply.citations, language, named=several)
    if reply.short:
        yield f'<div class="short">{_lines(reply.short)}</div>'
    prose = [
        f"{_emphasised(segment.text.rstrip(), reply.short)}{marks(segment.citations)}"
        + "<br>" * segment.text.endswith("\n")
        for segment in _without_items(reply.segments, reply.items)
    ]
    if prose:
        yield f'<div class="said">{"".join(prose).removesuffix("<br>")}</div>'
    if reply.items:
        entries = "".join(
            f"<li>{_lines(item.text)}{marks(item.citations)}</li>" for item in reply.items
        )
        yield f'<ol class="items">{entries}</ol>'
    if reply.citations:
        entries = "".join(_source(citation, language) for citation in reply.citations)
        label = safe(say(language, "sources", count=len(reply.citations)))
        yield (
            f'<details class="sources"><summary>{label}</summary>'
            f'<div class="source-list">{entries}</div></details>'
        )


def _without_items(segments: Sequence[Segment], items: Sequence[Item]) -> list[Segment]:
    """Leave out the segments that are shown as list entries anyway."""
    entries = {_bare(item.text) for item in items}
    return [segment for segment in segments if _bare(segment.text) not in entries]


def _bare(text: str) -> str:
    """``text`` without the numbering and punctuation that join a list into a sentence."""
    return re.sub(r"^[\s\d(（]*[.、)）]?\s*|[\s；;。，,、]+$", "", text)


def _emphasised(text: str, short: str | None) -> str:
    """``text`` with the short answer in it stressed, so that the eye finds it again.

    A single character (是, 否) says what the text says, but is not what stands there.
    """
    if not short or len(short) == 1 or short not in text:
        return _lines(text)
    before, _, after = text.partition(short)
    return f"{_lines(before)}<strong>{_lines(short)}</strong>{_lines(after)}"


class _Marks:
    """Citation numbers as links to their place in the text."""

    def __init__(
        self, citations: Iterable[Citation], language: Language, *, named: bool = False
    ) -> None:
        self._by_number = {citation.number: citation for citation in citations}
        self._language = language
        self._named = named
        self._last: tuple[str, ...] = ()  # the titles named last: not said again right after

    def __call__(self, numbers: Sequence[int]) -> str:
        return self._links(numbers) + (self._titles(numbers) if self._named else "")

    def _titles(self, numbers: Sequence[int]) -> str:
        titles = tuple(dict.fromkeys(self._by_number[one].document.title for one in numbers))
        if not titles or titles == self._last:
            return ""
        self._last = titles
        return f'<span class="from">{safe("".join(f"《{title}》" for title in titles))}</span>'

    def _links(self, numbers: Sequence[int]) -> str:
        return "".join(
            f'<a class="cite" href="{place(self._by_number[number])}"'
            f' title="{safe(say(self._language, "open_source", number=number))}">{number}</a>'
            for number in numbers
        )


def place(citation: Citation) -> str:
    """Give the address of a citation within the page."""
    document = quote(citation.document.id, safe="", errors="replace")
    return f"#at-{citation.start}-{citation.end}-{document}"


def whereabouts(citation: Citation) -> str:
    """Title › heading › heading, as plain text."""
    return " › ".join((citation.document.title, *citation.section))


def _source(citation: Citation, language: Language) -> str:
    return (
        f'<div class="source"><div class="quote">{_lines(citation.quote)}'
        f"{_Marks((citation,), language)((citation.number,))}</div>"
        f'<div class="where">{safe(whereabouts(citation))}</div></div>'
    )


def _refusal(reply: Answer, language: Language) -> Iterator[str]:
    """Tell what is missing, and the nearest sentence, which is not an answer."""
    yield f'<div class="verdict">{safe(say(language, "refused"))}</div>'
    missing = reply.reason or reply.text
    if missing:
        yield f'<div class="reason">{_lines(missing)}</div>'
    if reply.nearest:
        yield (
            f'<div class="nearest"><div class="label">{safe(say(language, "not_answer"))}</div>'
            f'<div class="quote">{_lines(reply.nearest.quote)}</div>'
            f'<div class="where">{safe(whereabouts(reply.nearest))}'
            f' <a class="look" href="{place(reply.nearest)}">'
            f"{safe(say(language, 'see_in_text'))}</a></div></div>"
        )


MOST_HEADINGS = 120  # of an outline
SURE, FAIRLY_SURE = 0.9, 0.7  # confidence from which an answer is called so


def _tools(
    reply: Answer, language: Language, dates: Mapping[str, str], turn: str, given: str
) -> str:
    """A way to the text, how sure an answer is, copies of it for the script to take, and votes."""
    parts = []
    if reply.citations:
        level = "high" if reply.confidence >= SURE else "fair"
        level = level if reply.confidence >= FAIRLY_SURE else "low"
        see, sure = (safe(say(language, word)) for word in ("see_in_text", f"sure_{level}"))
        parts.append(f'<a class="look" href="{place(reply.citations[0])}">{see}</a>')
        parts.append(f'<span class="sure {level}">{sure}</span>')
        ways = (("copy", as_text), ("copy_markdown", as_markdown))
        parts += [
            f'<a class="copy" href="#copy">{safe(say(language, word))}'
            f'<span class="done">{safe(say(language, "copied"))}</span>'
            f'<span class="taken">{_kept(way(reply, dates, language))}</span></a>'
            for word, way in ways
        ]
    if turn:
        votes = "".join(
            f'<a class="vote {verdict}{" given" if verdict == given else ""}"'
            f' href="#vote-{verdict}-{turn}" title="{word}">{word}</a>'
            for verdict in ("good", "bad")
            for word in [safe(say(language, f"vote_{verdict}"))]
        )
        parts.append(f'<span class="votes">{votes}</span>')
    return f'<div class="tools">{"".join(parts)}</div>' if parts else ""


def _kept(text: str) -> str:
    """``safe``, with line breaks as the script reads them again: one line of HTML."""
    return _BREAK.sub("&#10;", safe(text))


def _choices(questions: Iterable[str]) -> str:
    links = "".join(
        f'<a class="choice" href="#ask"><span class="q">{safe(text)}</span></a>'
        for text in questions
    )
    return f'<div class="choices">{links}</div>'


def welcome(examples: Iterable[tuple[str, Sequence[str]]], language: Language) -> str:
    """Greet: what this is, and questions to try.

    ``examples`` are (kind of question, one question, or several asked one after the other).
    """
    cards: list[str] = []
    for kind, asked in examples:
        then = f'<span class="then">{safe(say(language, "then"))}</span>'
        questions = then.join(f'<span class="q">{safe(text)}</span>' for text in asked)
        cards.append(
            f'<a class="card {safe(kind)}" href="#ask">'
            f'<span class="kind">{safe(say(language, f"kind_{kind}"))}</span>{questions}</a>'
        )
    return (
        f'<div class="welcome"><div class="greeting">{safe(say(language, "welcome"))}</div>'
        f'<div class="lead">{safe(say(language, "welcome_lead"))}</div>'
        f'<div class="cards">{"".join(cards)}'
        f'<a class="card own" href="#own">{safe(say(language, "own_invite"))}</a></div></div>'
    )


def welcome_to(titles: Sequence[str], suggestions: Sequence[str], language: Language) -> str:
    """Greet over texts of which we know no more than the questions they suggest."""
    return (
        f'<div class="welcome"><div class="greeting">{safe(say(language, "welcome_own"))}</div>'
        f'<div class="lead">{"<br>".join(safe(title) for title in titles)}</div>'
        f"{_choices(suggestions)}</div>"
    )


def talks(language: Language) -> str:
    """Make the bar over the chat: a new conversation, and the earlier ones, which the script lists.

    Words that the script needs stand where it finds them.
    """
    new, earlier, keep, delete, surely, title, lost = (
        safe(say(language, word))
        for word in (
            "new_talk",
            "earlier_talks",
            "talks_kept",
            "delete_talk",
            "delete_surely",
            "lost_title",
            "lost",
        )
    )
    return (
        f'<div class="talks" lang="{language}" data-lost-title="{title}" data-lost="{lost}">'
        f'<button type="button" class="earlier" hidden aria-expanded="false">{earlier}</button>'
        f'<button type="button" class="new">{new}</button>'
        f'<div class="kept" hidden data-delete="{delete}" data-surely="{surely}">'
        f'<ul></ul><div class="label">{keep}</div></div></div>'
    )


# ---- the article ----------------------------------------------------------------------------


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
        f'<div class="notice{" waiting" if waiting else ""}">{_lines(text)}</div>'
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


# ---- one's own texts ------------------------------------------------------------------------


def progress(done: int, total: int, what: str) -> str:
    """Show how far a build has come; without any of it done, only that it is under way."""
    known = 0 < done <= total
    count = f'<span class="count">{done} / {total}</span>' if known else ""
    value = f' value="{done}" max="{total}"' if known else ""
    return (
        f'<div class="progress"><span role="status">{safe(what)}</span>{count}'
        f'<progress{value} aria-label="{safe(what)}"></progress></div>'
    )


def report(read: Sequence[tuple[str, int]], failed: Sequence[str], language: Language) -> str:
    """Report what a build read: titles and characters, and for each failed text why it failed."""
    parts: list[str] = []
    characters = f"{sum(length for _, length in read):,}"
    if len(read) == 1:
        done = say(language, "report_one", title=read[0][0], characters=characters)
        parts.append(f'<div class="done">{safe(done)}</div>')
    elif read:
        done = say(language, "report_done", documents=len(read), characters=characters)
        titles = "".join(f"<li>{safe(title)}</li>" for title, _ in read)
        parts.append(f'<div class="done">{safe(done)}</div><ul>{titles}</ul>')
    if failed:
        missed = say(language, "report_failed", count=len(failed)) if read else None
        reasons = "".join(f"<li>{safe(line)}</li>" for line in failed)
        parts.append(
            f'<div class="missed">{safe(missed or say(language, "report_none"))}</div>'
            f"<ul>{reasons}</ul>"
        )
    return f'<div class="report" role="status">{"".join(parts)}</div>'
