"""Answers, greetings and reports as HTML.

Everything that came from a document or a visitor passes through ``safe`` on its way in. The chat
is a ``gr.Chatbot`` with Markdown off, the article a ``gr.HTML`` whose *value* this is (never its
template, which Gradio evaluates); ``safe`` would hold in either of them with Markdown or a
template on, too.

Links within the page carry what the script needs in their address, because the chat's sanitiser
takes ``data-`` attributes away: ``#at-START-END-DOCUMENT`` shows a stretch of a document, ``#ask``
asks the questions it wraps in ``.q``, ``#own`` turns to the visitor's own texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from corpus import clean
from qa.answer import Answer, Citation, Item, Segment
from ui.rendering.copying import as_markdown, as_text
from ui.rendering.escape import BREAK, lines, safe
from ui.words import Language, say

# ---- the chat -------------------------------------------------------------------------------


def question(text: str) -> str:
    """Show a visitor's question, as typed."""
    return f'<div class="asked">{lines(text)}</div>'


def notice(text: str, *, waiting: bool = False) -> str:
    """Say a word of the page's own: it is getting ready, or something went wrong."""
    return f'<div class="notice{" waiting" if waiting else ""}">{lines(text)}</div>'


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
    if is_rewritten(reply):
        parts.append(
            f'<div class="understood">{safe(say(language, "understood"))}'
            f'<a href="#edit" title="{safe(say(language, "edit"))}">'
            f"<span>{lines(reply.question)}</span></a></div>"
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


def is_rewritten(reply: Answer) -> bool:
    """Whether a question was understood otherwise than it reads as typed."""
    return "".join(reply.question.split()) != "".join(clean(reply.asked).split())


def _said(reply: Answer, language: Language, *, several: bool) -> Iterator[str]:
    """Short answer, text, list, sources."""
    marks = _Marks(reply.citations, language, named=several)
    if reply.short:
        yield f'<div class="short">{lines(reply.short)}</div>'
    prose = [
        f"{_emphasised(segment.text.rstrip(), reply.short)}{marks(segment.citations)}"
        + "<br>" * segment.text.endswith("\n")
        for segment in _without_items(reply.segments, reply.items)
    ]
    if prose:
        yield f'<div class="said">{"".join(prose).removesuffix("<br>")}</div>'
    if reply.items:
        entries = "".join(
            f"<li>{lines(item.text)}{marks(item.citations)}</li>" for item in reply.items
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
        return lines(text)
    before, _, after = text.partition(short)
    return f"{lines(before)}<strong>{lines(short)}</strong>{lines(after)}"


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
        f'<div class="source"><div class="quote">{lines(citation.quote)}'
        f"{_Marks((citation,), language)((citation.number,))}</div>"
        f'<div class="where">{safe(whereabouts(citation))}</div></div>'
    )


def _refusal(reply: Answer, language: Language) -> Iterator[str]:
    """Tell what is missing, and the nearest sentence, which is not an answer."""
    yield f'<div class="verdict">{safe(say(language, "refused"))}</div>'
    missing = reply.reason or reply.text
    if missing:
        yield f'<div class="reason">{lines(missing)}</div>'
    if reply.nearest:
        yield (
            f'<div class="nearest"><div class="label">{safe(say(language, "not_answer"))}</div>'
            f'<div class="quote">{lines(reply.nearest.quote)}</div>'
            f'<div class="where">{safe(whereabouts(reply.nearest))}'
            f' <a class="look" href="{place(reply.nearest)}">'
            f"{safe(say(language, 'see_in_text'))}</a></div></div>"
        )


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
    return BREAK.sub("&#10;", safe(text))


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
