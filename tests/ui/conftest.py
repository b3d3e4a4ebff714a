"""A scripted assistant over a small document made by hand, so that nothing else need work."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.document import Document, Kind, Section, Sentence, Span
from corpus.errors import DocumentNotFound
from qa.answer import Answer, Citation, Item, Segment, Source
from ui.indexes.library import Library

TEXT = """站点首页
电话 000

😀生态圈

  支付仅占1%。支付起步晚。

1、问题

  牌照不齐全，
监管风险高。

图1 结构图

关闭
"""


def make_document(text: str = TEXT, *, title: str = "生态圈") -> Document:
    """Sentences end at 。 or a blank line; a line that starts with a number and 、 is a heading."""
    aside = tuple(
        Span(found.start(), found.end()) for found in re.finditer("站点首页\n电话 000|关闭", text)
    )
    sections = [Section(None, 0, "", title, 0, 0, len(text))]
    sentences = []
    for found in re.finditer(r"[^\s。][^。]*?(?:。|(?=\n\n)|\Z)", text):
        start, end = found.span()
        if any(span.start <= start < span.end for span in aside) or not found[0].strip():
            continue
        heading = re.match(r"(\d、)(.+)", found[0])
        if heading:
            sections.append(Section(0, 1, heading[1], heading[2], start, end, len(text)))
        kind = Kind.HEADING if heading else Kind.SENTENCE
        sentences.append(Sentence(start, end, len(sections) - 1, 0, kind))
    return Document(
        "d1", title, "dir/文章.txt", "2022-10-19", text, tuple(sections), tuple(sentences), aside
    )


@dataclass
class FakeAssistant:
    """Answers what it was told to; remembers what it was asked."""

    documents: Sequence[Document]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, Sequence[Mapping[str, str]]]] = field(default_factory=list)

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(Source(d.id, d.title, d.source) for d in self.documents)

    @property
    def generation(self) -> str:
        return "00000001-12345678"

    def document(self, id: str) -> Document:  # noqa: A002
        for document in self.documents:
            if document.id == id:
                return document
        raise DocumentNotFound(id=id)

    def answer(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        return self.answers.get(question) or refusal(question)


def cite(
    document: Document, quote: str, number: int = 1, section: tuple[str, ...] = ()
) -> Citation:
    start = document.text.index(quote)
    source = Source(document.id, document.title, document.source)
    return Citation(number, quote, start, start + len(quote), source, section, 0.9)


def refusal(question: str, **parts: object) -> Answer:
    return Answer(
        question,
        question,
        (Segment("文中没有提到这件事。"),),
        refused=True,
        reason="文中没有提到这件事。",
        suggestions=("支付占多少？",),
        **parts,
    )


@pytest.fixture
def document() -> Document:
    return make_document()


@pytest.fixture
def document_of() -> Callable[..., Document]:
    """Makes a document of any text."""
    return make_document


@pytest.fixture
def fact(document: Document) -> Answer:
    """A short answer in one sentence."""
    return Answer(
        "支付占多少？",
        "支付占多少？",
        (Segment("支付仅占1%。", (1,)),),
        short="1%",
        citations=(cite(document, "支付仅占1%。"),),
    )


@pytest.fixture
def listing(document: Document) -> Answer:
    """A list of two items, each with its citation."""
    texts = ("支付起步晚", "牌照不齐全")
    return Answer(
        "有哪些问题？",
        "有哪些问题？",
        (
            Segment("文中列出 2 点："),
            *(Segment(f"{text}；", (n,)) for n, text in enumerate(texts, 1)),
        ),
        items=tuple(Item(text, (n,)) for n, text in enumerate(texts, 1)),
        citations=(
            cite(document, "支付起步晚。"),
            cite(document, "牌照不齐全，\n监管风险高。", 2, ("问题",)),
        ),
    )


@pytest.fixture
def refused(document: Document) -> Answer:
    """A refusal with its nearest sentence."""
    return refusal("CEO 是谁？", nearest=cite(document, "支付起步晚。", 0))


@pytest.fixture
def assistant(document: Document, fact: Answer, listing: Answer, refused: Answer) -> FakeAssistant:
    return FakeAssistant([document], {a.asked: a for a in (fact, listing, refused)})


@dataclass
class FakeBuild:
    """Remembers what it was to build."""

    built: list[tuple[Sequence[Document], Path]] = field(default_factory=list)
    error: Exception | None = None

    def __call__(
        self, sources: Sequence[Document], index: Path, *, progress: Any = None
    ) -> SimpleNamespace:
        if self.error:
            raise self.error
        if progress:
            progress(SimpleNamespace(stage="reading", done=1, total=1))
        self.built.append((tuple(sources), index))
        index.mkdir(exist_ok=True)
        return SimpleNamespace(documents=len(sources), passages=7)


@pytest.fixture
def build() -> FakeBuild:
    return FakeBuild()


@dataclass
class FakeRemove:
    """Remembers what it was to remove."""

    removed: list[tuple[Path, list[str]]] = field(default_factory=list)

    def __call__(self, index: Path, ids: Sequence[str]) -> SimpleNamespace:
        self.removed.append((index, list(ids)))
        return SimpleNamespace(documents=1, passages=1)


@pytest.fixture
def remove() -> FakeRemove:
    return FakeRemove()


@pytest.fixture
def library(tmp_path: Path, assistant: Any, build: FakeBuild, remove: FakeRemove) -> Library:
    return Library(tmp_path / "visitors", lambda _folder: assistant, build, remove)
