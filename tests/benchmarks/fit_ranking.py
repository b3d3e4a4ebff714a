"""Fit the weights of ``qa.rank``: ``python -m tests.benchmarks.fit_ranking``.

Prints the weights, scaled to add up to 1 where they speak for a sentence, and on each development
set the share of questions with the evidence on top when fitted on the others.
"""

from __future__ import annotations

from dataclasses import astuple, fields

import numpy as np

from qa.assistant import standalone_in
from qa.evaluate import normal
from qa.inquiry import inquire
from qa.kinds import Asked
from qa.rank import Standing, standings
from qa.reader import shipped_reader
from qa.retrieve import retrieve
from qa.windows import read_windows
from tests.benchmarks.development import development
from tests.benchmarks.softmax import Choice, fitted, hits


def main() -> None:
    """Fit and print."""
    found: dict[str, list[Choice]] = {}
    with development() as sets:
        for name, (texts, cases) in sets.items():
            for case in cases:
                inquiry = inquire(standalone_in(texts, case.question, case.history), texts)
                if case.refuse or inquiry.asked is Asked.OVERVIEW:
                    continue
                candidates = retrieve(texts, inquiry)
                views = read_windows(shipped_reader(), texts, inquiry, candidates)
                rows = [astuple(one) for one in standings(candidates, views)]
                pieces = [normal(option) for piece in case.evidence for option in piece]
                said = [
                    normal(texts.reading(one.place.document).text(one.place.sentence))
                    for one in candidates
                ]
                right = np.array([any(piece in text for piece in pieces) for text in said])
                found.setdefault(name, []).append(Choice(np.array(rows), right))
    total = 0
    for held, choices in found.items():
        weights = fitted([one for name in found if name != held for one in found[name]])
        right = hits(choices, weights)
        total += right
        print(f"{held}: {right}/{len(choices)} = {right / len(choices):.3f}")
    everything = [one for choices in found.values() for one in choices]
    print(f"held out: {total / len(everything):.3f}")
    weights = fitted(everything)
    print(f"fitted on: {hits(everything, weights) / len(everything):.3f}")
    scale = float(weights[weights > 0].sum())
    for field, weight in zip(fields(Standing), weights / scale, strict=True):
        print(f'    "{field.name}": {weight:.3f},')


if __name__ == "__main__":
    main()
