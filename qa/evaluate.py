"""How good the answers are: measures over a question set, with counts and intervals.

Two formats are read. JSONL, a question a line (see ``Case``), is asked of the index given.
SQuAD-style JSON (CMRC 2018, DRCD) brings its own texts: every context becomes a document of one
index, made in a temporary folder, and every question is asked over all of them.

Comparison ignores script (traditional = simplified), width, case, space and punctuation.
"""

from __future__ import annotations

import json
import math
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from corpus import Document, fold
from corpus.errors import Both, DatasetError, Language
from index import build
from qa.answer import Answer
from qa.assistant import Assistant, Turn

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what a right answer holds. Alternatives of one piece stand in one tuple."""

    question: str
    type: str
    short: tuple[str, ...] = ()  # any of these
    items: tuple[tuple[str, ...], ...] = ()  # all of these
    evidence: tuple[tuple[str, ...], ...] = ()  # each to be inside a citation
    refuse: bool = False
    history: tuple[str, ...] = ()  # earlier questions, oldest first
    context: str = ""  # source of the document that holds the answer, where the set says so


@dataclass(frozen=True, slots=True)
class Share:
    """A share of cases, with its Wilson score interval (Wilson 1927) at 95 %."""

    hits: int
    total: int

    @property
    def rate(self) -> float:
        """Between 0 and 1; 0 when there were no cases."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound."""
        if not self.total:
            return 0.0, 1.0
        z, n, p = 1.959964, self.total, self.rate
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case."""

    case: Case
    answer: Answer
    seconds: float
    first: bool  # the first citation holds a piece of evidence
    complete: bool  # every piece of evidence is inside a citation
    short: bool  # the short answer is one of the accepted ones
    items_f1: float
    cited_right: int  # citations that hold evidence


@dataclass(frozen=True, slots=True)
class Report:
    """The measures of one question set."""

    source: str
    questions: int
    shares: dict[str, Share]
    items_f1: float
    items_questions: int
    p50_ms: float
    p95_ms: float
    by_type: dict[str, Share]  # first citation right (or refused, for questions to refuse)
    outcomes: tuple[Outcome, ...] = field(repr=False, default=())

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; the outcomes as the answers given."""
        return {
            "source": self.source,
            "questions": self.questions,
            "measures": {name: _share(share) for name, share in self.shares.items()},
            "items_f1": {"mean": self.items_f1, "questions": self.items_questions},
            "latency_ms": {"p50": self.p50_ms, "p95": self.p95_ms},
            "by_type": {name: _share(share) for name, share in self.by_type.items()},
            "outcomes": [
                {
                    "question": outcome.case.question,
                    "type": outcome.case.type,
                    "first": outcome.first,
                    "complete": outcome.complete,
                    "short": outcome.short,
                    "items_f1": outcome.items_f1,
                    "answer": outcome.answer.to_dict(),
                }
                for outcome in self.outcomes
            ],
        }

    def table(self, language: Language = "zh") -> str:
        """The measures as lines of text."""
        titles = _TITLES[language]
        lines = [f"{self.source}: {self.questions} {titles['questions']}"]
        for name, share in self.shares.items():
            if share.total:
                low, high = share.interval
                lines.append(
                    f"  {titles[name]:<32} {share.rate:6.1%}  {share.hits}/{share.total}"
                    f"  [{low:.1%}, {high:.1%}]"
                )
        if self.items_questions:
            lines.append(
                f"  {titles['items_f1']:<32} {self.items_f1:6.1%}  ({self.items_questions})"
            )
        lines.append(
            f"  {titles['latency']:<32} p50 {self.p50_ms:.0f} ms, p95 {self.p95_ms:.0f} ms"
        )
        lines += [
            f"    {name:<12} {share.hits}/{share.total}"
            for name, share in sorted(self.by_type.items())
        ]
        return "\n".join(lines)


_TITLES: dict[Language, dict[str, str]] = {
    "zh": {
        "questions": "题",
        "first_citation": "首条引用正确",
        "all_evidence": "证据齐全",
        "short_exact": "短答案准确",
        "right_context": "首条引用的文档正确",
        "refused_when_it_should": "该拒则拒",
        "wrongly_refused": "误拒",
        "citation_precision": "引用精确率",
        "items_f1": "列表项 F1",
        "latency": "用时",
    },
    "en": {
        "questions": "questions",
        "first_citation": "first citation right",
        "all_evidence": "all evidence cited",
        "short_exact": "short answer exact",
        "right_context": "right document cited first",
        "refused_when_it_should": "refused when it should",
        "wrongly_refused": "wrongly refused",
        "citation_precision": "citation precision",
        "items_f1": "items F1",
        "latency": "latency",
    },
}


def evaluate(
    dataset: str | Path,
    *,
    index: str | Path | None = None,
    progress: OnProgress | None = None,
) -> Report:
    """Ask every question of ``dataset`` and measure.

    Args:
        dataset: ``.jsonl`` in our format, or ``.json`` in SQuAD style.
        index: the index to ask; for SQuAD-style sets it is made from their contexts instead.
        progress: called with questions done and questions in all.

    Raises:
        DatasetError: the file is missing, is not in one of the two formats, or asks nothing.
    """
    path = Path(dataset)
    if path.suffix == ".jsonl":
        cases = _some(list(read_jsonl(path)), path)
        return measure(Assistant.open(index), cases, str(path), progress)
    documents, cases = read_squad(path)
    _some(cases, path)
    with tempfile.TemporaryDirectory(prefix="chuchu-eval-") as folder:
        build(documents, index=folder)
        return measure(Assistant.open(folder), cases, str(path), progress)


def measure(
    assistant: Assistant,
    cases: Sequence[Case],
    source: str,
    progress: OnProgress | None = None,
) -> Report:
    """Ask ``cases`` one after another."""
    outcomes = []
    for done, case in enumerate(cases, 1):
        history: list[Turn] = [{"role": "user", "content": earlier} for earlier in case.history]
        started = time.perf_counter()
        answer = assistant.answer(case.question, history=history)
        outcomes.append(_judge(case, answer, time.perf_counter() - started))
        if progress:
            progress(done, len(cases))
    return report_on(outcomes, source)


def read_jsonl(path: Path) -> Iterator[Case]:
    """Cases of our own format.

    Raises:
        DatasetError: no such file, or a line that is not a case.
    """
    for number, line in enumerate(_read(path).splitlines(), 1):
        if not line.strip():
            continue
        where = Both(f"第 {number} 行", f"line {number}")
        try:
            row = json.loads(line)
        except ValueError as error:
            raise _wrong(path, where, "不是 JSON", "is no JSON") from error
        if not isinstance(row, dict):
            raise _wrong(path, where, "不是 {…} 这样的一题", "is no question, as in {…}")
        if "question" not in row:
            raise _wrong(path, where, "缺少 question", "lacks question")
        for name, (fits, zh, en) in _FIELDS.items():
            if name in row and not fits(row[name]):
                raise _wrong(path, where, f"的 {name} 应为{zh}", f": {name} must be {en}")
        yield Case(
            question=row["question"],
            type=row.get("type", ""),
            short=tuple(row.get("short", [])),
            items=_alternatives(row.get("items", [])),
            evidence=_alternatives(row.get("evidence", [])),
            refuse=bool(row.get("refuse", False)),
            history=tuple(row.get("history", [])),
        )


def read_squad(path: Path) -> tuple[list[Document], list[Case]]:
    """Contexts as documents and questions as cases, from SQuAD-style JSON.

    A question without answers is to be refused; blank contexts are passed over with theirs.

    Raises:
        DatasetError: no such file, or not of this form.
    """
    documents: list[Document] = []
    cases: list[Case] = []
    try:
        data = json.loads(_read(path))
    except ValueError as error:
        where = Both("文件", "it")
        if isinstance(error, json.JSONDecodeError):
            where = Both(f"第 {error.lineno} 行", f"line {error.lineno}")
        zh = "不是 JSON（一行一题的题集，文件名要以 .jsonl 结尾）"
        en = "is no JSON (a set with a question a line must be named .jsonl)"
        raise _wrong(path, where, zh, en) from error
    for entry, at in _each(path, data, "data", ""):
        for paragraph, here in _each(path, entry, "paragraphs", at):
            context = _string(path, paragraph, "context", here)
            asked = _each(path, paragraph, "qas", here)
            if not context.strip():
                continue
            source = f"{path.name}#{len(documents)}"
            title = _string(path, entry, "title", at) if entry.get("title") else None
            documents.append(Document.from_text(context, title=title, source=source))
            for qa, there in asked:
                question = _string(path, qa, "question", there)
                answers = tuple(
                    dict.fromkeys(
                        _string(path, answer, "text", place)
                        for answer, place in _each(path, qa, "answers", there)
                    )
                )
                if not answers:  # SQuAD 2.0's way to say that the text has no answer
                    cases.append(Case(question=question, type="squad", refuse=True))
                    continue
                cases.append(
                    Case(
                        question=question,
                        type="squad",
                        short=answers,
                        evidence=(answers,),
                        context=source,
                    )
                )
    return documents, cases


def normal(text: str) -> str:
    """What is compared: letters, digits and the signs % and . between digits, folded."""
    folded = fold(text)
    kept = []
    for at, char in enumerate(folded):
        inside_number = (
            char == "."
            and 0 < at < len(folded) - 1
            and folded[at - 1].isdigit()
            and folded[at + 1].isdigit()
        )
        if char.isalnum() or char == "%" or inside_number:
            kept.append(char)
    return "".join(kept)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        detail = Both("没有这个文件。请检查路径。", "there is no such file. Check the path.")
        raise DatasetError(source=str(path), detail=detail) from error
    except OSError as error:
        said = error.strerror or type(error).__name__
        detail = Both(f"打不开（{said}）。", f"it cannot be opened ({said}).")
        raise DatasetError(source=str(path), detail=detail) from error
    except UnicodeDecodeError as error:
        detail = Both("不是 UTF-8。请另存为 UTF-8。", "it is not UTF-8. Save it as UTF-8.")
        raise DatasetError(source=str(path), detail=detail) from error


def _some(cases: list[Case], path: Path) -> list[Case]:
    if not cases:
        detail = Both("里面一题也没有。请写进题目。", "it holds no question. Put some in.")
        raise DatasetError(source=str(path), detail=detail)
    return cases


def _wrong(path: Path, where: Both, zh: str, en: str) -> DatasetError:
    """What is wrong at a place in a question set, and where its form is described."""
    gap = "" if en.startswith(":") else " "
    detail = Both(
        f"{where.zh}{zh}。请对照 tests/quality/README.md 改好。",
        f"{where.en}{gap}{en}. Correct it; tests/quality/README.md describes the form.",
    )
    return DatasetError(source=str(path), detail=detail)


def _each(path: Path, holder: object, name: str, at: str) -> list[tuple[Any, str]]:
    """The objects in a list of SQuAD-style JSON, each with its place in the file."""
    values = holder.get(name) if isinstance(holder, dict) else None
    here = f"{at}.{name}".lstrip(".")
    if not isinstance(values, list):
        raise _wrong(path, Both(here, here), " 缺少或不是列表", "is missing or is no list")
    for number, value in enumerate(values):
        if not isinstance(value, dict):
            place = f"{here}[{number}]"
            raise _wrong(path, Both(place, place), " 应为 {…}", "must be {…}")
    return [(value, f"{here}[{number}]") for number, value in enumerate(values)]


def _string(path: Path, holder: dict[str, Any], name: str, at: str) -> str:
    value = holder.get(name)
    if not isinstance(value, str):
        here = f"{at}.{name}"
        raise _wrong(path, Both(here, here), " 缺少或不是字符串", "is missing or is no string")
    return value


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_alternatives(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(o, str) or _is_texts(o) for o in value)


_STRING = (lambda value: isinstance(value, str), "字符串", "a string")
_TEXTS = (_is_texts, '字符串的列表，如 ["一"]', 'a list of strings, as ["一"]')
_ALTERNATIVES = (
    _is_alternatives,
    '列表，各项为字符串或几种说法的列表，如 ["一", ["二", "两"]]',
    'a list of strings or of lists of alternatives, as ["一", ["二", "两"]]',
)
_FIELDS: dict[str, tuple[Callable[[object], bool], str, str]] = {
    "question": _STRING,
    "type": _STRING,
    "short": _TEXTS,
    "items": _ALTERNATIVES,
    "evidence": _ALTERNATIVES,
    "history": _TEXTS,
}


def _alternatives(value: Sequence[Any]) -> tuple[tuple[str, ...], ...]:
    return tuple((one,) if isinstance(one, str) else tuple(one) for one in value)


def _judge(case: Case, answer: Answer, seconds: float) -> Outcome:
    quotes = [normal(citation.quote) for citation in answer.citations]
    evidence = [[normal(option) for option in piece] for piece in case.evidence]
    right = [
        any(option and option in quote for piece in evidence for option in piece)
        for quote in quotes
    ]
    found = [
        any(option in quote for quote in quotes for option in piece if option) for piece in evidence
    ]
    return Outcome(
        case=case,
        answer=answer,
        seconds=seconds,
        first=bool(right) and right[0],
        complete=bool(evidence) and all(found),
        short=normal(answer.short or "") in {normal(option) for option in case.short},
        items_f1=items_f1(case.items, [item.text for item in answer.items]),
        cited_right=sum(right),
    )


def items_f1(expected: Sequence[Sequence[str]], given: Sequence[str]) -> float:
    """Harmonic mean of precision and recall; an item is right when it equals an alternative."""
    if not expected or not given:
        return 0.0
    options = [{normal(option) for option in item} for item in expected]
    got = [normal(item) for item in given]
    recall = sum(any(item in option for item in got) for option in options) / len(options)
    precision = sum(any(item in option for item in set(got)) for option in options) / len(got)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def report_on(outcomes: Sequence[Outcome], source: str) -> Report:
    """The measures of what came of each case."""
    answerable = [outcome for outcome in outcomes if not outcome.case.refuse]
    unanswerable = [outcome for outcome in outcomes if outcome.case.refuse]
    shorts = [outcome for outcome in answerable if outcome.case.short]
    listed = [outcome for outcome in answerable if outcome.case.items]
    placed = [outcome for outcome in answerable if outcome.case.context]
    cited = [outcome for outcome in answerable if outcome.case.evidence]
    milliseconds = sorted(outcome.seconds * 1000 for outcome in outcomes)
    types: dict[str, list[bool]] = {}
    for outcome in outcomes:
        hit = outcome.answer.refused if outcome.case.refuse else outcome.first
        types.setdefault(outcome.case.type, []).append(hit)
    return Report(
        source=source,
        questions=len(outcomes),
        shares={
            "first_citation": _count(outcome.first for outcome in cited),
            "all_evidence": _count(outcome.complete for outcome in cited),
            "short_exact": _count(outcome.short for outcome in shorts),
            "right_context": _count(_in_context(outcome) for outcome in placed),
            "refused_when_it_should": _count(outcome.answer.refused for outcome in unanswerable),
            "wrongly_refused": _count(outcome.answer.refused for outcome in answerable),
            "citation_precision": Share(
                sum(outcome.cited_right for outcome in cited),
                sum(len(outcome.answer.citations) for outcome in cited),
            ),
        },
        items_f1=sum(outcome.items_f1 for outcome in listed) / len(listed) if listed else 0.0,
        items_questions=len(listed),
        p50_ms=median(milliseconds) if milliseconds else 0.0,
        p95_ms=milliseconds[int(0.95 * (len(milliseconds) - 1))] if milliseconds else 0.0,
        by_type={name: _count(hits) for name, hits in types.items()},
        outcomes=tuple(outcomes),
    )


def _in_context(outcome: Outcome) -> bool:
    citations = outcome.answer.citations
    return bool(citations) and citations[0].document.source == outcome.case.context


def _count(hits: Iterable[bool]) -> Share:
    found = list(hits)
    return Share(sum(found), len(found))


def _share(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {**asdict(share), "rate": share.rate, "low": low, "high": high}
