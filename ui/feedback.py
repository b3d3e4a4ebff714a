"""What people thought of answers: kept as JSON lines, and made into questions to evaluate with.

A line holds ids and places only. The question, the answer and its quotes are kept where the
visitor said so. A later line with the same id takes the place of an earlier one: a comment comes
after its verdict, and minds change.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self

from corpus.errors import DatasetError
from qa.answer import Answer

Verdict = Literal["good", "bad"]
VERDICTS: tuple[Verdict, ...] = ("good", "bad")

FILE = "feedback.jsonl"  # in the user's folder

LONGEST_COMMENT = 2000  # characters

BUILT_IN = "built-in"
"""Stands for the article that comes along, where otherwise an index's folder stands."""

VISITOR = "visitor"
"""Stands for an index that was made on the page."""


@dataclass(frozen=True, slots=True)
class Place:
    """A citation, without its words."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a question and its answer, kept because the visitor agreed."""

    question: str  # as understood, so that it needs no conversation before it
    text: str
    short: str | None
    items: tuple[str, ...]
    quotes: tuple[str, ...]

    @classmethod
    def of(cls, reply: Answer) -> Self:
        """Take them from an answer."""
        return cls(
            reply.question,
            reply.reason if reply.refused else reply.text,
            reply.short,
            tuple(item.text for item in reply.items),
            tuple(citation.quote for citation in reply.citations),
        )


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thought of one answer."""

    id: str
    time: str  # ISO, UTC
    verdict: Verdict
    index: str  # a folder, BUILT_IN or VISITOR
    generation: str
    refused: bool
    confidence: float
    citations: tuple[Place, ...]
    comment: str = ""
    words: Words | None = None

    @classmethod
    def of(cls, id: str, verdict: Verdict, reply: Answer, index: str, generation: str) -> Self:  # noqa: A002
        """What is kept of an answer without asking: no word of it."""
        places = (Place(one.document.id, one.start, one.end) for one in reply.citations)
        return cls(
            id,
            datetime.now(UTC).isoformat(timespec="seconds"),
            verdict,
            index,
            generation,
            reply.refused,
            reply.confidence,
            tuple(places),
        )


class Feedback:
    """The file that opinions are kept in. Safe to use from several threads of one process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def keep(self, opinion: Opinion) -> None:
        """Add one. A line is written whole or, where a crash cut it short, passed over by ``read``.

        Raises:
            OSError: it cannot be written.

        """
        line = json.dumps(asdict(opinion), ensure_ascii=False).encode("utf-8", "replace")
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                size = os.fstat(file).st_size
                cut = size and os.pread(file, 1, size - 1) != b"\n"
                os.write(file, b"\n" * bool(cut) + line + b"\n")
                os.fsync(file)
            finally:
                os.close(file)


def read(path: Path) -> list[Opinion]:
    """Every opinion in its latest form, oldest first; none where there is no file yet.

    Raises:
        DatasetError: the file cannot be read.

    """
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise DatasetError(source=str(path), detail=detail) from error
    opinions: dict[str, Opinion] = {}
    for line in lines:
        try:
            opinion = _opinion(json.loads(line))
        except (ValueError, KeyError, TypeError):  # cut short by a crash
            continue
        opinions[opinion.id] = opinion
    return list(opinions.values())


def _opinion(row: dict[str, Any]) -> Opinion:
    words = row["words"]
    if words is not None:
        words = Words(**{**words, "items": tuple(words["items"]), "quotes": tuple(words["quotes"])})
    places = tuple(Place(**place) for place in row["citations"])
    return Opinion(**{**row, "citations": places, "words": words})


def questions(opinions: Iterable[Opinion]) -> Iterator[dict[str, Any]]:
    """Give the questions of answers found good, as lines of a question set (``qa.evaluate``).

    What was found bad, or kept without its words, makes none; of one question asked again, the
    latest counts.
    """
    latest = {one.words.question: one for one in opinions if one.words is not None}
    for question, opinion in latest.items():
        words = opinion.words
        if opinion.verdict != "good" or words is None or not (words.quotes or opinion.refused):
            continue
        row: dict[str, Any] = {"question": question, "type": "feedback"}
        if words.short:
            row["short"] = [words.short]
        if words.items:
            row["items"] = list(words.items)
        if opinion.refused:
            row["refuse"] = True
        else:
            row["evidence"] = list(words.quotes)
        yield row
