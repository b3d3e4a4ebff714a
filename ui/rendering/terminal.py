"""Answers as plain text for a terminal, where control characters are commands.

A document may hold escape sequences that recolour the screen, rename the window or fake a prompt;
``plain`` takes them out of everything that is printed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from qa.answer import Answer, Citation
from ui.rendering.markup import is_rewritten, whereabouts
from ui.words import Language, say

# C0 and C1 controls other than tab and line feed, and what changes the direction of writing. A
# lone surrogate cannot be encoded.
_COMMANDS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def plain(text: str) -> str:
    """``text`` without anything a terminal would obey."""
    return _COMMANDS.sub("", text)


def to_json(value: dict[str, Any], indent: int | None = 2) -> str:
    """``value`` as JSON that reads as Chinese; what a terminal would obey is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def answer_text(reply: Answer, language: Language) -> str:
    """Show the short answer, the text with its marks, the numbered sources; or the refusal."""
    lines = _refusal(reply, language) if reply.refused else _said(reply, language)
    return plain("\n".join(lines))


def _said(reply: Answer, language: Language) -> Iterator[str]:
    if is_rewritten(reply):
        yield say(language, "understood") + reply.question
        yield ""
    if reply.short and reply.short != reply.text:
        yield reply.short
        yield ""
    yield reply.text
    for item in reply.items:
        marks = "".join(f"[{number}]" for number in item.citations)
        if item.text not in reply.text:
            yield f"  · {item.text}{marks}"
    if reply.citations:
        yield ""
        yield say(language, "cli_sources")
        for citation in reply.citations:
            yield from _source(citation)
    if reply.suggestions:
        yield ""
        yield from _suggestions(reply, language)


def _source(citation: Citation) -> Iterator[str]:
    yield f"[{citation.number}] {' '.join(citation.quote.split())}"
    yield f"    —— {whereabouts(citation)}"


def _refusal(reply: Answer, language: Language) -> Iterator[str]:
    yield say(language, "cli_refused", reason=reply.reason or reply.text)
    if reply.nearest:
        yield ""
        yield say(language, "cli_nearest")
        yield f"  {' '.join(reply.nearest.quote.split())}"
        yield f"    —— {whereabouts(reply.nearest)}"
    if reply.suggestions:
        yield ""
        yield from _suggestions(reply, language)


def _suggestions(reply: Answer, language: Language) -> Iterator[str]:
    yield say(language, "cli_suggestions")
    for question in reply.suggestions:
        yield f"  · {question}"
