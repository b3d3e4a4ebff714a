"""What the rest of the project knows of a text: documents, sections, sentences, passages.

Every piece carries ``start`` and ``end``: code points into ``Document.text``, half open, so that
``document.text[piece.start:piece.end]`` is the piece, character for character.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a citable piece of text is."""

    SENTENCE = "sentence"
    HEADING = "heading"  # with its number: "(2)京东支付"
    ITEM = "item"  # a list item or table row that stands on a line of its own
    CAPTION = "caption"  # "图1 京东金融生态圈内部结构图"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text, in code points, half open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and everything below it, up to the next heading of its level or above.

    Section 0 of a document is the whole document under its title: level 0, no parent.
    """

    parent: int | None  # index into Document.sections
    level: int
    label: str  # the heading's own number as written, "2、" or "(1)"; "" without one
    title: str  # the heading without its number, Markdown signs and trailing marks
    start: int  # the heading line, number included; start == end where no line holds it
    end: int
    until: int  # where the section ends, its subsections included


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit that is cited."""

    start: int
    end: int
    section: int  # index into Document.sections
    paragraph: int  # counts blocks of the text; sentences of one paragraph share it
    kind: Kind = Kind.SENTENCE


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its layout. ``id`` is stable for a source, ``digest`` changes with the text."""

    id: str
    title: str
    source: str  # the path as given, or "" for text handed over directly
    date: str  # "2022-10-19" as found in the text or its markup; "" when unknown
    text: str
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]  # in text order, headings among them, boilerplate left out
    boilerplate: tuple[Span, ...]  # in text order, whole lines, never searched, never cited

    @classmethod
    def from_text(cls, text: str, *, title: str | None = None, source: str = "") -> Document:
        """Read ``text`` that is already in memory.

        Raises:
            EmptyText, TextTooLong, SourceUnnameable, WrongArgument: see ``corpus.errors``.
        """
        from corpus.load import read_text  # noqa: PLC0415  (load builds Documents)

        return read_text(text, title=title, source=source)

    @property
    def digest(self) -> str:
        """SHA-256 of title and text: equal digests need no new reading."""
        return hashlib.sha256(f"{self.title}\n{self.text}".encode()).hexdigest()

    def heading_path(self, section: int) -> tuple[str, ...]:
        """Titles from the outermost heading down to ``section``, the document's own left out."""
        path: list[str] = []
        at: int | None = section
        while at:  # section 0 is the document
            path.append(self.sections[at].title)
            at = self.sections[at].parent
        return tuple(reversed(path))


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is retrieved: a few whole sentences of one section."""

    document: str  # Document.id
    section: int  # index into Document.sections
    first: int  # sentences[first:last] of the document
    last: int
    start: int
    end: int
    headings: tuple[str, ...]  # heading path, outermost first
