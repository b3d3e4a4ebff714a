"""An answer to take along: its text and, of each citation, quote, title, section and date."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qa.answer import Answer, Citation
from ui.words import Language, say

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~])")


def as_text(reply: Answer, dates: Mapping[str, str], language: Language) -> str:
    """Plain text; ``dates`` are the documents' own, by their ids, where they have one."""
    lines = [reply.short, ""] if reply.short and reply.short != reply.text else []
    lines += [reply.text, "", say(language, "copied_from")]
    lines += [
        f"[{one.number}] {_line(one.quote)} —— {_where(one, dates)}" for one in reply.citations
    ]
    return "\n".join(lines)


def as_markdown(reply: Answer, dates: Mapping[str, str], language: Language) -> str:
    """Markdown in which the texts' own signs mean nothing; quotes are block quotes."""
    lines = [f"**{_escaped(reply.short)}**", ""] if reply.short else []
    lines += [_marked(reply), "", f"**{say(language, 'copied_from')}**", ""]
    for one in reply.citations:
        lines += [f"> [{one.number}] {_escaped(_line(one.quote))}", ">"]
        lines += [f"> —— *{_escaped(_where(one, dates))}*", ""]
    return "\n".join(lines).rstrip()


def _marked(reply: Answer) -> str:
    """Give the text escaped, with our marks plain: ``[1]`` alone is no link …"""
    text = ""
    for segment in reply.segments:
        said = _escaped(segment.text)
        if text.endswith("]") and said.startswith(("(", ":")):  # … but [1](…) and [1]: … are
            said = f"\\{said}"
        text += said + "".join(f"[{number}]" for number in segment.citations)
    return text


def _where(citation: Citation, dates: Mapping[str, str]) -> str:
    path = " › ".join((citation.document.title, *citation.section))
    date = dates.get(citation.document.id)
    return f"{path}，{date}" if date else path


def _line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
