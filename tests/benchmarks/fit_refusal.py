"""Fit the weights of ``qa.refuse``: ``python -m tests.benchmarks.fit_refusal``.

Prints the weights, and for several bars the share of answerable questions refused and of
unanswerable ones refused: of each development set by weights fitted on the others, and of all by
weights fitted on all. The test sets are never read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from qa import kinds
from qa.doubt import Signs, signs
from qa.read import read
from tests.benchmarks.development import Asked, development, halves_from_arguments

Table = tuple[NDArray[np.float64], NDArray[np.bool_]]  # signs [questions, signs], answerable
BARS = np.arange(0.3, 0.85, 0.05)


def examples(questions: Sequence[Asked]) -> Iterator[tuple[bool, Signs]]:
    """The signs of every question whose refusal they decide, and whether it is answerable."""
    for one in questions:
        inquiry, sight = one.seen()
        draft = read(one.texts, inquiry, sight.candidates, sight.spans)
        if draft is not None and inquiry.asked is not kinds.Asked.OVERVIEW:
            yield not one.case.refuse, signs(one.texts, inquiry, sight, draft)


def fitted(tables: Sequence[Table]) -> LogisticRegression:
    """Logistic regression on the rows of all ``tables``."""
    x, y = (np.concatenate(parts) for parts in zip(*tables, strict=True))
    return LogisticRegression(max_iter=5000).fit(x, y)


def report(likely: NDArray[np.float64], answerable: NDArray[np.bool_]) -> None:
    """What each bar would refuse."""
    for bar in BARS:
        wrongly, rightly = (likely[answerable] < bar).mean(), (likely[~answerable] < bar).mean()
        print(f"bar {bar:.2f}: wrongly refused {wrongly:.3f}, refused when it should {rightly:.3f}")


def main() -> None:
    """Fit and print."""
    tables: dict[str, Table] = {}
    with development(halves_from_arguments(__doc__)) as sets:
        for name, questions in sets.items():
            rows = list(examples(questions))
            tables[name] = (
                np.array([astuple(sign) for _, sign in rows]),
                np.array([answerable for answerable, _ in rows]),
            )
    held_out = []
    for held, (x, _) in tables.items():
        model = fitted([table for name, table in tables.items() if name != held])
        held_out.append(model.predict_proba(x)[:, 1])
    answerable = np.concatenate([y for _, y in tables.values()])
    print("held out")
    report(np.concatenate(held_out), answerable)
    model = fitted(list(tables.values()))
    print("fitted on")
    report(model.predict_proba(np.concatenate([x for x, _ in tables.values()]))[:, 1], answerable)
    for field, weight in zip(fields(Signs), model.coef_[0], strict=True):
        print(f'    "{field.name}": {weight:.2f},')
    print(f"BIAS = {model.intercept_[0]:.2f}")


if __name__ == "__main__":
    main()
