"""What an answer is made of: segments and items standing on citations, or a refusal.

The invariants that hold for every answer are checked where an ``Answer`` is made, so that no path
through the code can produce one that breaks them.
"""

from __future__ import annotations

from collections.abc import Mapping
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

    asked: str  # as typed; U+FFFD for what UTF-8 cannot hold: halves of surrogate pairs
    question: str  # as understood, after rewriting, without what cannot be seen
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

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Answer:
        """Make an answer of what ``to_dict`` made of one, wherever it has been since.

        Raises:
            ValueError: this is not an answer, or breaks an invariant.
        """
        try:
            nearest = values["nearest"]
            return cls(
                asked=_text(values["asked"]),
                question=_text(values["question"]),
                segments=tuple(
                    Segment(_text(one["text"]), _numbers(one["citations"]))
                    for one in values["segments"]
                ),
                short=None if values["short"] is None else _text(values["short"]),
                items=tuple(
                    Item(_text(one["text"]), _numbers(one["citations"])) for one in values["items"]
                ),
                refused=bool(values["refused"]),
                reason=_text(values["reason"]),
                nearest=None if nearest is None else _citation(nearest),
                suggestions=tuple(map(_text, values["suggestions"])),
                confidence=float(values["confidence"]),
                citations=tuple(map(_citation, values["citations"])),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not an answer: {error!r}") from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("number expected")
    return value


def _numbers(values: list[object]) -> tuple[int, ...]:
    return tuple(map(_number, values))


def _citation(values: Mapping[str, Any]) -> Citation:
    source = values["document"]
    return Citation(
        number=_number(values["number"]),
        quote=_text(values["quote"]),
        start=_number(values["start"]),
        end=_number(values["end"]),
        document=Source(*(_text(source[name]) for name in ("id", "title", "source"))),
        section=tuple(map(_text, values["section"])),
        score=float(values["score"]),
    )
