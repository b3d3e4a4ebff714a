"""The development questions, each with the texts it is asked of.

The reader is taught with some of the sets (``tests.benchmarks.adapt_reader``) and so knows their
answers. What is fitted on top of it (ranking, lists, refusal) is fitted on the others.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus import Document
from index import build
from qa.assistant import Assistant
from qa.evaluate import Case, read_jsonl
from qa.question.inquiry import Inquiry, inquire
from qa.texts import Texts
from qa.understood import standalone_in

QUALITY = Path(__file__).parents[1] / "quality"
NEWS = Path(__file__).parent / "news"
OTHERWISE = (
    Path(__file__).parent / "otherwise.jsonl"
)  # questions of the sets in two other ways of saying them
ARTICLE = None


class Role(StrEnum):
    """What a set is for."""

    TAUGHT = "taught"
    FITTED = "fitted"  # fitted on by what stands on the reader, and never taught
    WATCHED = "watched"  # … and looked at while it is taught
    HELD = "held"  # rules are made with it, no weights


@dataclass(frozen=True, slots=True)
class Set:
    """A development set: its questions, what they are asked of, what it is for."""

    name: str
    questions: Path
    texts: Path | None  # a folder; ARTICLE; or, of news questions, nothing here
    role: Role
    apart: bool = False  # each question is asked of one text of the folder, which it names


SETS = (
    Set("jd_finance.dev", QUALITY / "jd_finance.dev.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev2", QUALITY / "jd_finance.dev2.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev3", QUALITY / "jd_finance.dev3.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev4", QUALITY / "jd_finance.dev4.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev5", QUALITY / "jd_finance.dev5.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev6", QUALITY / "jd_finance.dev6.jsonl", ARTICLE, Role.FITTED),
    Set("jd_finance.dev7", QUALITY / "jd_finance.dev7.jsonl", ARTICLE, Role.FITTED),
    Set("general.dev", QUALITY / "general.dev.jsonl", QUALITY / "texts", Role.TAUGHT),
    Set("general.dev2", QUALITY / "general.dev2.jsonl", QUALITY / "texts2", Role.TAUGHT),
    Set("general.dev3", QUALITY / "general.dev3.jsonl", QUALITY / "texts3", Role.TAUGHT),
    Set("general.dev4", QUALITY / "general.dev4.jsonl", QUALITY / "texts4", Role.TAUGHT),
    Set("general.dev5", QUALITY / "general.dev5.jsonl", QUALITY / "texts6", Role.TAUGHT),
    Set("general.dev6", QUALITY / "general.dev6.jsonl", QUALITY / "texts7", Role.WATCHED),
    Set("jd_finance.dev9", QUALITY / "jd_finance.dev9.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev10", QUALITY / "jd_finance.dev10.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev11", QUALITY / "jd_finance.dev11.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev12", QUALITY / "jd_finance.dev12.jsonl", ARTICLE, Role.HELD),
    Set("jd_finance.dev13", QUALITY / "jd_finance.dev13.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev14", QUALITY / "jd_finance.dev14.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev15", QUALITY / "jd_finance.dev15.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev16", QUALITY / "jd_finance.dev16.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev17", QUALITY / "jd_finance.dev17.jsonl", ARTICLE, Role.HELD),
    Set("jd_finance.dev18", QUALITY / "jd_finance.dev18.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev19", QUALITY / "jd_finance.dev19.jsonl", ARTICLE, Role.HELD),
    Set("general.dev8", QUALITY / "general.dev8.jsonl", QUALITY / "texts8", Role.TAUGHT),
    Set("jd_finance.dev8", QUALITY / "jd_finance.dev8.jsonl", ARTICLE, Role.HELD),
    Set("general.dev7", QUALITY / "general.dev7.jsonl", QUALITY / "texts7", Role.HELD),
    Set("general.dev9", QUALITY / "general.dev9.jsonl", QUALITY / "texts9", Role.TAUGHT),
    Set("general.dev10", QUALITY / "general.dev10.jsonl", QUALITY / "texts10", Role.TAUGHT),
    Set("jd_finance.dev20", QUALITY / "jd_finance.dev20.jsonl", ARTICLE, Role.TAUGHT),
    Set("general.dev11", QUALITY / "general.dev11.jsonl", QUALITY / "texts11", Role.TAUGHT),
    Set("general.dev13", QUALITY / "general.dev13.jsonl", QUALITY / "texts11", Role.TAUGHT),
    Set("general.dev12", QUALITY / "general.dev12.jsonl", QUALITY / "texts12", Role.HELD),
    Set("jd_finance.dev21", QUALITY / "jd_finance.dev21.jsonl", ARTICLE, Role.HELD),
    Set("jd_finance.dev22", QUALITY / "jd_finance.dev22.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev23", QUALITY / "jd_finance.dev23.jsonl", ARTICLE, Role.HELD),
    Set("jd_finance.dev24", QUALITY / "jd_finance.dev24.jsonl", ARTICLE, Role.FITTED),
    Set("jd_finance.dev25", QUALITY / "jd_finance.dev25.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev26", QUALITY / "jd_finance.dev26.jsonl", ARTICLE, Role.HELD),
    Set("general.dev14", QUALITY / "general.dev14.jsonl", QUALITY / "texts13", Role.TAUGHT),
    Set("general.dev15", QUALITY / "general.dev15.jsonl", QUALITY / "texts14", Role.HELD),
    Set("jd_finance.dev27", QUALITY / "jd_finance.dev27.jsonl", ARTICLE, Role.TAUGHT),
    Set("jd_finance.dev28", QUALITY / "jd_finance.dev28.jsonl", ARTICLE, Role.HELD),
    Set("jd_finance.dev29", QUALITY / "jd_finance.dev29.jsonl", ARTICLE, Role.FITTED),
    Set("general.dev16", QUALITY / "general.dev16.jsonl", QUALITY, Role.TAUGHT, apart=True),
    Set("general.dev17", QUALITY / "general.dev17.jsonl", QUALITY, Role.HELD, apart=True),
    Set("jd_finance.dev30", QUALITY / "jd_finance.dev30.jsonl", ARTICLE, Role.FITTED),
    Set("general.dev18", QUALITY / "general.dev18.jsonl", QUALITY, Role.FITTED, apart=True),
    Set("jd_finance.pairs", QUALITY / "jd_finance.pairs.jsonl", ARTICLE, Role.TAUGHT),
    Set("general.pairs", QUALITY / "general.pairs.jsonl", QUALITY / "texts", Role.TAUGHT),
    Set("general.pairs2", QUALITY / "general.pairs2.jsonl", QUALITY / "texts2", Role.TAUGHT),
    Set("general.pairs3", QUALITY / "general.pairs3.jsonl", QUALITY / "texts3", Role.TAUGHT),
    Set("general.pairs4", QUALITY / "general.pairs4.jsonl", QUALITY / "texts4", Role.TAUGHT),
    Set("general.pairs5", QUALITY / "general.pairs5.jsonl", QUALITY / "texts6", Role.TAUGHT),
    Set("news.first", NEWS / "first.jsonl", None, Role.TAUGHT),
    Set("news.second", NEWS / "second.jsonl", None, Role.TAUGHT),
    Set("news.third", NEWS / "third.jsonl", None, Role.TAUGHT),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a development set."""

    case: Case
    texts: Texts
    assistant: Assistant  # that has them open, as long as their index is there

    @property
    def inquiry(self) -> Inquiry:
        """What is asked, taken apart."""
        question = standalone_in(self.texts, self.case.question, self.case.history)
        return inquire(question, self.texts)


@contextmanager
def development(
    news: Path | None = None,
    *,
    roles: Collection[Role] = tuple(Role),
    names: Collection[str] | None = None,
) -> Iterator[dict[str, list[Asked]]]:
    """Each set's questions, and as ``NAME.otherwise`` those that are said in other words too.

    Args:
        news: the news articles, one a line, of which some sets ask; without it these are left out.
        roles: only the sets of these.
        names: only these sets.
    """
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, list[Asked]] = {}
        for one in SETS:
            if one.role not in roles or (names is not None and one.name not in names):
                continue
            index: Path | None = Path(folder) / one.name
            if one.apart:
                found[one.name] = list(_apart(one, Path(folder) / one.name))
                continue
            if one.questions.parent == NEWS:
                if news is None:
                    continue
                documents, cases = news_questions(one.questions, news)
                build(documents, index=index)
            else:
                cases = list(read_jsonl(one.questions))
                if one.texts is ARTICLE:
                    index = None
                else:
                    build([one.texts], index=index)
            assistant = Assistant.open(index)
            found[one.name] = [Asked(case, assistant.texts, assistant) for case in cases]
            other = [
                Asked(case, assistant.texts, assistant) for case in said_otherwise(one.name, cases)
            ]
            if other:
                found[f"{one.name}.otherwise"] = other
        yield found


def _apart(one: Set, folder: Path) -> Iterator[Asked]:
    """The questions of a set, each asked of its own text alone, as of a document just opened."""
    assert one.texts is not None
    opened: dict[str, Assistant] = {}
    lines = [line for line in one.questions.read_text("utf-8").splitlines() if line.strip()]
    for case, line in zip(read_jsonl(one.questions), lines, strict=True):
        text = json.loads(line)["text"]
        if text not in opened:
            index = folder / str(len(opened))
            build([one.texts / text], index=index)
            opened[text] = Assistant.open(index)
        yield Asked(case, opened[text].texts, opened[text])


def said_otherwise(name: str, cases: Sequence[Case]) -> Iterator[Case]:
    """The questions of set ``name`` that ``OTHERWISE`` has in other words, once for each way."""
    known = {case.question: case for case in cases}
    for line in OTHERWISE.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["set"] == name:
            for way in row["ways"]:
                yield replace(known[row["question"]], question=way)


def news_questions(path: Path, news: Path) -> tuple[list[Document], list[Case]]:
    """The articles that are asked about, and the questions.

    The articles are not ours to keep here, so what the questions quote is kept as places in them:
    ``"@start:end"`` of the line ``doc``.
    """
    lines = news.read_text("utf-8").split("\n")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    documents = [
        Document.from_text(lines[number], source=f"news#{number}")
        for number in dict.fromkeys(row["doc"] for row in rows)
    ]
    return documents, [_case(row, lines[row["doc"]]) for row in rows]


def _case(row: dict[str, Any], text: str) -> Case:
    def said(quote: str) -> str:
        if not quote.startswith("@"):
            return quote
        start, end = map(int, quote[1:].split(":"))
        return text[start:end]

    def pieces(name: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(map(said, options)) for options in row.get(name, []))

    return Case(
        question=row["question"],
        type=row["type"],
        short=tuple(map(said, row.get("short", []))),
        items=pieces("items"),
        evidence=pieces("evidence"),
        refuse=row.get("refuse", False),
    )
