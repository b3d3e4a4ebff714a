"""A text as lines: where each begins and ends, and what its markup, if any, says it is.

Markdown signs stay in the text; HTML has been rendered already (``corpus.html``) and hands its
tags over as ``Mark`` objects, one a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise


class Role(StrEnum):
    """What markup says of a line; ``PLAIN`` where it says nothing."""

    PLAIN = "plain"
    HEADING = "heading"
    ITEM = "item"  # a bullet or <li>
    ROW = "row"  # a table row
    CAPTION = "caption"
    CODE = "code"  # never cut into sentences
    RULE = "rule"  # signs only: ---, ```, | --- |; no reader reads them
    META = "meta"  # a line of front matter


@dataclass(frozen=True, slots=True)
class Mark:
    """What HTML knows of a line."""

    role: Role = Role.PLAIN
    level: int = 0  # 1 to 6 for headings
    aside: bool = False  # inside <nav>, <footer> and their like
    links: float = 0.0  # share of the line's characters inside links


@dataclass(frozen=True, slots=True)
class Line:
    """A line that has something on it; white space around it is not part of it."""

    start: int
    end: int
    text: str  # document.text[start:end]
    indent: int  # columns of white space in front; a full-width space is two
    gap: bool  # whether a blank line, or nothing, stands before it
    mark: Mark

    @property
    def role(self) -> Role:
        """What the markup says of it."""
        return self.mark.role


# A full stop of any kind, with the brackets and quotes that close after it.
ENDED = re.compile(r"[。！？!?…；;.．｡][”’」』）)】》〉］\]\"']*$")

_ATX = re.compile(r"(#{1,6})[ \t\u3000]+\S|(#{1,6})(?=[^\s#\d])")
_UNDERLINE = re.compile(r"={3,}$|-{3,}$")
_BULLET = re.compile(r"(?:[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|[•·▪●◦■◆○★☆◇□※►▶][ \t\u3000]*)(?=\S)")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_ROW = re.compile(r"\|.*\|$")
_ROW_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?$")
# A line of nothing but drawing signs. Dots and ellipses may be a writer's silence: not these.
_DRAWN = re.compile(r"(?:[-=_*~#+|─━—═┄┅·●○◆◇■□★☆※^＊－＝～]\s*){3,}$")
_FRONT_MATTER = re.compile(r"[A-Za-z_]+:(?:\s|$)|\s*- |\s+\S")


def split_lines(text: str, marks: Sequence[Mark] | None = None) -> list[Line]:
    """The non-blank lines of ``text``. ``marks``: one for every line, blank ones included."""
    lines: list[Line] = []
    gap, at = True, 0
    fence = ""
    front = marks is None and text.startswith("---\n")
    for number, raw in enumerate(text.split("\n")):
        start, at = at, at + len(raw) + 1
        content = raw.strip()
        if not content:
            gap = True
            continue
        lead = raw[: len(raw) - len(raw.lstrip())]
        indent = sum(4 if c == "\t" else 2 if c == "\u3000" else 1 for c in lead)
        if marks is not None:
            mark = marks[number]
            gap = mark.role is not Role.CODE  # blocks stand apart
            if _DRAWN.match(content):
                mark = Mark(Role.RULE, aside=mark.aside)
        elif front:
            mark = Mark(Role.RULE if content == "---" else Role.META)
            if content == "---" and number:
                front = False
            elif content != "---" and not _FRONT_MATTER.match(raw):
                front, mark = False, Mark()
        else:
            opening = _FENCE.match(content)
            if fence:
                mark = Mark(Role.CODE)
                if content.startswith(fence) and not content.strip(fence[0]):
                    fence, mark = "", Mark(Role.RULE)
            elif opening:
                fence, mark = opening[1], Mark(Role.RULE)
            else:
                mark = _plain_mark(content)
                if _UNDERLINE.match(content) and lines and not gap and _can_be_title(lines[-1]):
                    level = 1 if content[0] == "=" else 2
                    lines[-1] = replace(lines[-1], mark=Mark(Role.HEADING, level))
        begin = start + len(lead)
        lines.append(Line(begin, begin + len(content), content, indent, gap, mark))
        gap = False
    return _set_apart(lines)


def _set_apart(lines: list[Line]) -> list[Line]:
    """Where nearly no blank lines part the paragraphs, the line ends do."""
    plain = [line for line in lines[1:] if line.role is Role.PLAIN]
    if sum(line.gap for line in plain) * 5 > len(plain) or wrap_width(lines):
        return lines
    return [line if line.role is Role.CODE else replace(line, gap=True) for line in lines]


def _can_be_title(line: Line) -> bool:
    return (
        line.role is Role.PLAIN
        and line.gap
        and len(line.text) <= 40
        and not ENDED.search(line.text)
    )


def _plain_mark(content: str) -> Mark:
    atx = _ATX.match(content)
    if atx:
        return Mark(Role.HEADING, len(atx[1] or atx[2]))
    if _ROW_RULE.match(content) or _DRAWN.match(content):
        return Mark(Role.RULE)
    if _ROW.match(content) and content.count("|") > 2:
        return Mark(Role.ROW)
    if _BULLET.match(content):
        return Mark(Role.ITEM)
    return Mark()


def columns(text: str) -> int:
    """How wide ``text`` stands on a terminal: two columns for Han and full-width signs."""
    return sum(2 if ord(char) > 0x2E7F or char in "“”‘’…—" else 1 for char in text)


def wrap_width(lines: Sequence[Line]) -> int:
    """The width in columns to which the text was hard-wrapped; 0 for one paragraph a line.

    Wrapped means: of the plain lines that have another one right below, most break off without a
    stop, and nearly all of those are about equally long. Verse breaks off as well, but its lines
    are short: under 36 columns nothing counts as wrapped.
    """
    above = [
        line
        for line, below in pairwise(lines)
        if not below.gap and line.role is Role.PLAIN and below.role is Role.PLAIN
    ]
    broken = sorted(
        columns(line.text) + line.indent for line in above if not ENDED.search(line.text)
    )
    if len(broken) < 2 or len(broken) * 2 < len(above):
        return 0
    width = broken[int(len(broken) * 0.9)]  # a few lines stand out
    near = sum(width * 0.85 <= one <= width * 1.1 for one in broken)
    return width if 36 <= width <= 160 and near >= len(broken) * 0.8 else 0
