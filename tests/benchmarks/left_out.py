"""Questions of the public sets that nothing answers, because what would is left out.

One half of a part's paragraphs is put in an index, and questions on both halves are asked of it:
of CMRC any half, whose questions are about other things; of DRCD every other paragraph of each
article, so that the rest of the article stays, in two indexes, so that every question is asked both
of what has its paragraph and of what has only the siblings. ``small`` does so with what a visitor
has: a few texts, or one.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Document
from index import build
from qa.assistant import Assistant
from qa.reader.training.corpora import Corpus


@dataclass(frozen=True, slots=True)
class Half:
    """Some of a part's paragraphs, open, and the numbers of the questions put to them."""

    assistant: Assistant
    inside: tuple[int, ...]  # of those whose paragraph is there
    outside: tuple[int, ...]


def documents(corpus: Corpus, name: str) -> list[Document]:
    """Every paragraph as a document whose source is its number."""
    return [
        Document.from_text(one.text, title=one.title or None, source=f"{name}#{number}")
        for number, one in enumerate(corpus.paragraphs)
    ]


def halves(corpus: Corpus, numbers: Sequence[int], name: str, *, siblings: bool) -> Iterator[Half]:
    """Each half with the questions ``numbers``; it is there until the next one is asked for.

    Args:
        corpus: a part of a public set.
        numbers: of the questions to ask.
        name: the set's, for the sources of its documents.
        siblings: every other paragraph of each article, in two halves; otherwise one at random.
    """
    every = documents(corpus, name)
    group = _alternating(corpus) if siblings else _at_random(corpus)
    for half in (0, 1) if siblings else (0,):
        with tempfile.TemporaryDirectory() as folder:
            build([one for n, one in enumerate(every) if group[n] == half], index=folder)
            there = [group[corpus.questions[number].paragraph] == half for number in numbers]
            yield Half(
                Assistant.open(Path(folder)),
                tuple(n for n, is_there in zip(numbers, there, strict=True) if is_there),
                tuple(n for n, is_there in zip(numbers, there, strict=True) if not is_there),
            )


def small(corpus: Corpus, name: str, *, siblings: bool, count: int) -> Iterator[Half]:
    """The same with small indexes: eight paragraphs of sixteen, or half an article as one document.

    Two questions a paragraph; no more once ``count`` have been asked.
    """
    asked: dict[int, list[int]] = {}
    for number, question in enumerate(corpus.questions):
        asked.setdefault(question.paragraph, []).append(number)
    jobs = list(_articles(corpus) if siblings else _sixteens(corpus, name))
    random.Random(3).shuffle(jobs)
    total = 0
    for documents_, there, others in jobs:
        if total > count:
            return
        inside, outside = (
            tuple(n for paragraph in some for n in asked.get(paragraph, [])[:2])
            for some in (there, others)
        )
        total += len(inside) + len(outside)
        with tempfile.TemporaryDirectory() as folder:
            build(documents_, index=folder)
            yield Half(Assistant.open(Path(folder)), inside, outside)


Job = tuple[list[Document], list[int], list[int]]  # what is there; paragraphs of it, and others


def _articles(corpus: Corpus) -> Iterator[Job]:
    articles: dict[str, list[int]] = {}
    for number, one in enumerate(corpus.paragraphs):
        articles.setdefault(one.title, []).append(number)
    for title, numbers in articles.items():
        for half in (0, 1):
            there, others = numbers[half::2], numbers[1 - half :: 2]
            if there:
                text = "\n\n".join(corpus.paragraphs[number].text for number in there)
                yield [Document.from_text(text, title=title)], there, others


def _sixteens(corpus: Corpus, name: str) -> Iterator[Job]:
    every = documents(corpus, name)
    order = list(range(len(every)))
    random.Random(7).shuffle(order)
    for at in range(0, len(order), 16):
        there, others = order[at : at + 8], order[at + 8 : at + 16]
        yield [every[number] for number in there], there, others


def _at_random(corpus: Corpus) -> list[int]:
    order = list(range(len(corpus.paragraphs)))
    random.Random(6).shuffle(order)
    return [order[number] % 2 for number in range(len(order))]


def _alternating(corpus: Corpus) -> list[int]:
    """Every other paragraph of each article."""
    seen: dict[str, int] = {}
    found = []
    for one in corpus.paragraphs:
        found.append(seen.get(one.title, 0) % 2)
        seen[one.title] = seen.get(one.title, 0) + 1
    return found
