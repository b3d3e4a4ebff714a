"""Whole answers to development questions: ``python -m tests.benchmarks.whole_answers SET …``.

``SET`` is a development set, ``SET.otherwise`` its questions in other words. What the reader read
is kept in ``--readings``, so that what stands on it is measured again in a minute. ``--out`` takes
what came of each question; ``--against`` an earlier such file: printed are the questions that have
since been won or lost. The test sets are never read.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from qa import once
from qa.evaluate import Outcome, Report, measure, report_on
from qa.reader import WEIGHTS
from qa.reader.read import Reader
from tests.benchmarks.development import Asked, development
from tests.benchmarks.remembering import Remembering

Rows = Mapping[str, Mapping[str, Any]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", help="names of development sets")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="of the reader")
    parser.add_argument("--readings", type=Path, required=True, help="folder outside of here")
    parser.add_argument("--news", type=Path, help="news articles, one a line")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--against", type=Path)
    given = parser.parse_args()
    before: Rows = json.loads(given.against.read_text("utf-8")) if given.against else {}
    reader = Reader.open(given.weights)
    rows: dict[str, dict[str, Any]] = {}
    names = {name.removesuffix(".otherwise") for name in given.sets}
    with development(given.news, names=names) as sets:
        for name in given.sets:
            remembering = Remembering(reader, given.weights, given.readings, name)
            report = asked_of(sets[name], remembering, name)
            remembering.keep()
            print(line(report), flush=True)
            rows |= {f"{name}|{key}": row for key, row in _rows(report.outcomes)}
    for change in changes(before, rows):
        print(change)
    if given.out:
        given.out.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")


def asked_of(questions: Sequence[Asked], reader: Remembering, name: str) -> Report:
    """What comes of a set's questions with this reader."""
    once.shipped_reader = lambda: cast("Reader", reader)
    outcomes: list[Outcome] = []
    for _, asked in groupby(questions, key=lambda one: id(one.assistant)):
        together = list(asked)
        cases = [one.case for one in together]
        outcomes += measure(together[0].assistant, cases, name).outcomes
    return report_on(outcomes, name)


def line(report: Report) -> str:
    """The measures of a set, in one line."""
    shares = {name: f"{one.hits}/{one.total}" for name, one in report.shares.items() if one.total}
    wanted = ("first_citation", "refused_when_it_should", "wrongly_refused", "short_exact")
    said = "  ".join(f"{name} {shares[name]}" for name in wanted if name in shares)
    precision = report.shares["citation_precision"].rate
    return f"{report.source}: {said}  precision {precision:.3f}  items {report.items_f1:.3f}"


def _rows(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in outcomes:
        case, answer = one.case, one.answer
        good = answer.refused if case.refuse else one.first
        yield (
            "|".join((*case.history, case.question)),
            {
                "good": good,
                "short": one.short if case.short else None,
                "items_f1": round(one.items_f1, 2) if case.items else None,
                "refused": answer.refused,
                "confidence": round(answer.confidence, 2),
                "answer": [answer.short, [item.text for item in answer.items], answer.text],
                "cited": [citation.quote for citation in answer.citations],
                "wanted": [case.short, case.items, case.evidence, case.refuse],
                "type": case.type,
            },
        )


def changes(before: Rows, now: Rows) -> Iterator[str]:
    """Lines on what is no longer as it was."""
    for key, row in now.items():
        old = before.get(key)
        if old is None:
            continue
        for measure_ in ("good", "short", "items_f1"):
            if old[measure_] != row[measure_]:
                was, is_ = old["answer"], row["answer"]
                yield f"{key}: {measure_} {old[measure_]} -> {row[measure_]}\n  {was}\n  {is_}"


if __name__ == "__main__":
    main()
