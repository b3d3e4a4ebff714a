"""Fit the weights of ``qa.refuse``: ``python -m tests.benchmarks.fit_refusal``.

Prints the weights, and for several bars the share of answerable questions refused and of
unanswerable ones refused. The test halves are never read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from index import build
from qa.assistant import Assistant, standalone_in
from qa.doubt import Signs, signs
from qa.evaluate import Case, read_jsonl
from qa.inquiry import inquire
from qa.kinds import Asked
from qa.rank import look
from qa.read import read
from qa.reader import shipped_reader
from qa.retrieve import retrieve

QUALITY = Path(__file__).parents[1] / "quality"


def examples(assistant: Assistant, dataset: Path) -> Iterator[tuple[Case, Signs]]:
    """The signs of every question whose refusal they decide."""
    texts = assistant.texts
    for case in read_jsonl(dataset):
        inquiry = inquire(standalone_in(texts, case.question, case.history), texts)
        sight = look(shipped_reader(), texts, inquiry, retrieve(texts, inquiry))
        draft = read(texts, inquiry, sight.candidates, sight.spans)
        if draft is not None and inquiry.asked is not Asked.OVERVIEW:
            yield case, signs(texts, inquiry, sight, draft)


def main() -> None:
    """Fit and print."""
    found = list(examples(Assistant.open(), QUALITY / "jd_finance.dev.jsonl"))
    with tempfile.TemporaryDirectory() as folder:
        build([QUALITY / "texts"], index=folder)
        found += examples(Assistant.open(folder), QUALITY / "general.dev.jsonl")
    x = np.array([astuple(sign) for _, sign in found])
    y = np.array([not case.refuse for case, _ in found])
    fitted = LogisticRegression(max_iter=1000).fit(x, y)
    for field, weight in zip(fields(Signs), fitted.coef_[0], strict=True):
        print(f'    "{field.name}": {weight:.2f},')
    print(f"BIAS = {fitted.intercept_[0]:.2f}")
    likely = fitted.predict_proba(x)[:, 1]
    for bar in np.arange(0.3, 0.8, 0.05):
        wrongly, rightly = (likely[y] < bar).mean(), (likely[~y] < bar).mean()
        print(f"bar {bar:.2f}: wrongly refused {wrongly:.3f}, refused when it should {rightly:.3f}")


if __name__ == "__main__":
    main()
