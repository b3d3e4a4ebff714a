"""Text that came from a document or a visitor, as HTML: never markup, never script."""

from __future__ import annotations

import re

# What HTML reads as markup, and what Markdown, LaTeX and template languages would.
_MARKUP = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\"'`*_{}[]$\\~|#"}
# Control characters show nothing; direction overrides show text in an order it does not have;
# half a surrogate pair cannot be sent at all.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")


def safe(text: str) -> str:
    """``text`` as characters, whatever it would mean to HTML, Markdown, LaTeX or a template."""
    return _UNSHOWN.sub("", text).translate(_MARKUP)


def lines(text: str) -> str:
    """``safe``, with line breaks kept. One line of HTML: a blank line would end a block."""
    return "<br>".join(safe(line) for line in BREAK.split(text))
