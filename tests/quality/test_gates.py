"""The answers are as good as they have been: every measure of every question set has a gate.

``gates.json`` holds a minimum for each, as a share; ``wrongly_refused`` is a maximum.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from index import build
from qa import Answer, Assistant
from qa.evaluate import Report, evaluate, normal, read_jsonl

HERE = Path(__file__).parent
OTHERWISE = HERE.parent / "benchmarks" / "otherwise.jsonl"
ASKED_OF: dict[str, str | None] = {
    "jd_finance.test": None,
    "jd_finance.test2": None,
    "jd_finance.test3": None,
    "jd_finance.test4": None,
    "general.test": "texts",
    "general.test2": "texts5",
}  # question set → folder of the texts it is asked of; None is the article
EVERY = sorted(path.name.removesuffix(".jsonl") for path in HERE.glob("*.jsonl"))
SLOW = {"jd_finance.test2", "jd_finance.test3", "jd_finance.test4", "general.test2"}
SETS = [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in ASKED_OF]
GATES: dict[str, dict[str, float]] = json.loads((HERE / "gates.json").read_text("utf-8"))
MOST = {"wrongly_refused"}  # of these, less is better


@pytest.fixture(scope="session")
def index_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path | None]:
    """The index that a question set is asked of; each folder of texts is built once."""

    @cache
    def built(texts: str) -> Path:
        folder = tmp_path_factory.mktemp(texts)
        report = build([HERE / texts], folder)
        assert report.documents == len(list((HERE / texts).iterdir()))
        assert not report.failed
        return folder

    def index(name: str) -> Path | None:
        texts = ASKED_OF[name]
        return built(texts) if texts else None

    return index


@pytest.fixture(scope="session")
def report_on(index_of: Callable[[str], Path | None]) -> Callable[[str], Report]:
    """The report on a question set; each is asked once in a session."""
    return cache(lambda name: evaluate(HERE / f"{name}.jsonl", index=index_of(name)))


def measures(report: Report) -> dict[str, float]:
    """Every measure that the set has questions for."""
    found = {name: share.rate for name, share in report.shares.items() if share.total}
    return {**found, **({"items_f1": report.items_f1} if report.items_questions else {})}


@pytest.mark.parametrize("name", SETS)
def test_every_measure_passes_its_gate(name: str, report_on: Callable[[str], Report]) -> None:
    report = report_on(name)
    found = measures(report)
    failed = [
        f"{measure} {found[measure]:.3f}, gate {gate}"
        for measure, gate in GATES[name].items()
        if (found[measure] > gate if measure in MOST else found[measure] < gate)
    ]
    assert not failed, f"{failed}\n{report.table()}"


@pytest.mark.parametrize("name", SETS)
def test_every_measure_has_a_gate(name: str, report_on: Callable[[str], Report]) -> None:
    assert set(GATES[name]) == set(measures(report_on(name)))
    assert all(0.0 <= gate <= 1.0 for gate in GATES[name].values())


@pytest.mark.parametrize("name", SETS)
def test_every_answer_to_a_question_set_keeps_the_contract(
    name: str,
    report_on: Callable[[str], Report],
    index_of: Callable[[str], Path | None],
    check_answer: Callable[[Assistant, Answer], None],
) -> None:
    assistant = Assistant.open(index_of(name))
    for outcome in report_on(name).outcomes:
        check_answer(assistant, outcome.answer)


def test_no_development_question_is_a_test_question() -> None:
    asked: dict[bool, set[tuple[str, ...]]] = {True: set(), False: set()}
    for name in EVERY:
        for case in read_jsonl(HERE / f"{name}.jsonl"):
            asked[".test" not in name].add((*map(normal, case.history), normal(case.question)))
    for row in map(json.loads, OTHERWISE.read_text("utf-8").splitlines()):
        asked[True].update((normal(way),) for way in row["ways"])
    assert not asked[True] & asked[False]


@pytest.mark.parametrize("name", EVERY)
def test_a_question_set_is_sound(name: str) -> None:
    cases = list(read_jsonl(HERE / f"{name}.jsonl"))
    assert cases
    for case in cases:
        assert case.refuse != bool(case.evidence)
        assert not (case.refuse and (case.short or case.items))
        assert all(normal(option) for piece in case.evidence for option in piece)
