"""Fit yes and no: ``python -m tests.benchmarks.fit_polarity``.

The weights of ``qa.yesno.polarity`` on all development questions of yes or no, each with the
sentence that its evidence stands in: the reader has no part in it. Those on news are left out:
their sentences are long, and what they say to such a question is seldom a matter of form. Printed
are the weights, to be put in place, and for each set, when fitted on the others, how often it is
right, and how often of what it is surest of. The test sets are never read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, fields

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from qa.evaluate import Case, normal
from qa.texts import Place, Texts
from qa.yesno.polarity import Stance, stance
from tests.benchmarks.development import Asked, development

SURE = (0.3, 0.5, 0.7, 0.85, 1.0)  # shares of the questions, the surest first
Table = tuple[NDArray[np.float64], NDArray[np.bool_]]


def main() -> None:
    """Fit and print."""
    with development() as asked:
        fit(asked)


def fit(asked: Mapping[str, Sequence[Asked]]) -> None:
    """Fit on every set, and on all but each."""
    tables = {name: table for name, one in asked.items() if len((table := _table(one))[1])}
    sure: list[tuple[float, bool]] = []
    for held, (x, y) in tables.items():
        model = _fitted([table for name, table in tables.items() if name != held])
        odds = model.decision_function(x)
        right = (odds > 0) == y
        sure += zip(np.abs(odds).tolist(), right.tolist(), strict=True)
        print(f"{held}: {int(right.sum())}/{len(y)}")
    sure.sort(reverse=True)
    for share in SURE:
        kept = sure[: int(len(sure) * share)]
        print(f"surest {share:.0%}: {np.mean([ok for _, ok in kept]):.3f}, from {kept[-1][0]:.2f}")
    model = _fitted(list(tables.values()))
    for field, weight in zip(fields(Stance), model.coef_[0], strict=True):
        print(f'    "{field.name}": {weight:.3f},')
    print(f"BIAS = {model.intercept_[0]:.3f}")


def _fitted(tables: Sequence[Table]) -> LogisticRegression:
    x, y = (np.concatenate(parts) for parts in zip(*tables, strict=True))
    return LogisticRegression(max_iter=5000, class_weight="balanced").fit(x, y)


def _table(questions: Sequence[Asked]) -> Table:
    rows, yes = [], []
    for one in questions:
        if one.case.refuse or not {"是", "否"} & set(one.case.short):
            continue
        place = _settled_by(one.case, one.texts)
        if place is not None:
            reading = one.texts.reading(place.document)
            lead = reading.introduced(place.sentence)
            rows.append(astuple(stance(one.inquiry, reading.plain(place.sentence), lead)))
            yes.append("是" in one.case.short)
    return np.array(rows), np.array(yes)


def _settled_by(case: Case, texts: Texts) -> Place | None:
    """The sentence that holds the first piece of evidence."""
    pieces = [normal(option) for option in case.evidence[0]] if case.evidence else []
    return next(
        (place for place, text in _sentences(texts) if any(p in text for p in pieces)), None
    )


def _sentences(texts: Texts) -> Iterator[tuple[Place, str]]:
    for entry in texts.snapshot.documents:
        reading = texts.reading(entry.id)
        for number in range(len(reading.document.sentences)):
            yield Place(entry.id, number), normal(reading.text(number))


if __name__ == "__main__":
    main()
