"""What an answer is made of: segments and items standing on citations, or a refusal.

The invariants that hold for every answer are checked where an ``Answer`` is made, so that no path
through the code can produce one that breaks them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """The document a citation comes from."""

    id: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One sentence (or heading) an answer stands on.

    ``document.text[start:end] == quote``, in code points of the document's own text.
    """

    number: int  # 1, 2, 3 … in order of appearance; 0 for Answer.nearest
    quote: str
    start: int
    end: int
    document: Source
    section: tuple[str, ...]  # heading path, outermost first
    score: float  # 0 to 1, how well the sentence fits the question


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the answer's text and the numbers of the citations it stands on."""

    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list answer and the numbers of the citations it stands on."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to one question.

    Raises:
        ValueError: a number without its citation, a citation nobody uses, or a refusal that cites.
    """

    asked: str  # as typed
    question: str  # as understood, after rewriting
    segments: tuple[Segment, ...]
    short: str | None = (
        None  # the exact span, a substring of one of the quotes; or 是 / 否 / a count
    )
    items: tuple[Item, ...] = ()
    refused: bool = False
    reason: str = ""  # for the reader: what is missing; "" when answered
    nearest: Citation | None = None  # when refused: the closest sentence, which is not an answer
    suggestions: tuple[str, ...] = ()  # questions that this text answers
    confidence: float = 0.0  # 0 to 1: that this answer, or this refusal, is right
    citations: tuple[Citation, ...] = ()

    def __post_init__(self) -> None:
        pieces: tuple[Segment | Item, ...] = (*self.segments, *self.items)
        used = {number for piece in pieces for number in piece.citations}
        numbers = [citation.number for citation in self.citations]
        if numbers != list(range(1, len(numbers) + 1)) or used != set(numbers):
            raise ValueError(f"citations {numbers} but used {sorted(used)}")
        if self.refused and self.citations:
            raise ValueError("a refusal cites nothing")

    @property
    def text(self) -> str:
        """The segments as one string, each followed by its marks: ``京东支付仅占1%。[1]``."""
        return "".join(
            segment.text + "".join(f"[{number}]" for number in segment.citations)
            for segment in self.segments
        )

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain JSON values, with ``text`` rendered."""
        return {"text": self.text, **asdict(self)}
