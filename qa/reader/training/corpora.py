"""Questions on paragraphs, as SQuAD-style JSON has them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import simplified

SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]+[”’』」）)\"]*|[^。！？!?\n]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A context of a data set."""

    title: str
    text: str
    traditional: bool
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answer's place, ``paragraph.text[start:end]``."""

    id: str
    text: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """Paragraphs and the questions on them."""

    paragraphs: tuple[Paragraph, ...]
    questions: tuple[Question, ...]


def share(title: str) -> float:
    """Map ``title`` to a number from 0 to 1, always the same: for splits by article."""
    return int.from_bytes(hashlib.sha256(title.encode()).digest()[:4], "big") / 2**32


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of ``text`` begin and end; together they are all of it."""
    return tuple(match.span() for match in SENTENCE.finditer(text))


def load(path: Path, *, low: float = 0.0, high: float = 1.0, by_order: bool = False) -> Corpus:
    """Read SQuAD-style JSON; keep the articles whose share is in [low, high).

    Wrong offsets are mended by taking the occurrence of the answer nearest to them. Questions
    whose answer is not in the text are left out.

    ``by_order`` splits by the position in the file in place of the title's hash.
    """
    data = json.loads(path.read_text("utf-8"))["data"]
    paragraphs: list[Paragraph] = []
    questions: list[Question] = []
    for index, article in enumerate(data):
        title = article.get("title", "").replace("_", " ")
        at = index / len(data) if by_order else share(article["title"])
        if not low <= at < high:
            continue
        for entry in article["paragraphs"]:
            text = entry["context"]
            traditional = simplified(text) != text and "drcd" in path.name
            for asked in entry["qas"]:
                answer = asked["answers"][0]
                start = nearest(text, answer["text"], answer["answer_start"])
                if start >= 0 and answer["text"]:
                    end = start + len(answer["text"])
                    questions.append(
                        Question(asked["id"], asked["question"], len(paragraphs), start, end)
                    )
            paragraphs.append(Paragraph(title, text, traditional, sentences(text)))
    return Corpus(tuple(paragraphs), tuple(questions))


def nearest(text: str, piece: str, guess: int) -> int:
    """Find the occurrence of ``piece`` nearest to ``guess``, or -1."""
    if text.startswith(piece, guess):
        return guess
    found = [match.start() for match in re.finditer(re.escape(piece), text)]
    return min(found, key=lambda at: abs(at - guess), default=-1)


def join(corpora: Sequence[Corpus]) -> Corpus:
    """Several corpora as one."""
    paragraphs: list[Paragraph] = []
    questions: list[Question] = []
    for corpus in corpora:
        shift = len(paragraphs)
        questions += [replace(q, paragraph=q.paragraph + shift) for q in corpus.questions]
        paragraphs += corpus.paragraphs
    return Corpus(tuple(paragraphs), tuple(questions))
