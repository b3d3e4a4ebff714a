"""Fit the weights of ``qa.rank``: ``python -m tests.benchmarks.fit_ranking``.

Prints the weights, scaled to add up to 1 where they speak for a sentence, and on each development
set the share of questions with the evidence on top when fitted on the others.
"""

from __future__ import annotations

from dataclasses import astuple, fields

import numpy as np

from qa.evaluate import normal
from qa.kinds import Asked
from qa.rank import Standing, standings
from qa.retrieve import retrieve
from qa.windows import read_windows
from tests.benchmarks.development import development, halves_from_arguments
from tests.benchmarks.softmax import Choice, fitted, hits


def main() -> None:
    """Fit and print."""
    chosen: dict[str, list[Choice]] = {}
    with development(halves_from_arguments(__doc__)) as sets:
        for name, questions in sets.items():
            for one in questions:
                case, texts, inquiry = one.case, one.texts, one.inquiry
                if case.refuse or inquiry.asked is Asked.OVERVIEW:
                    continue
                candidates = retrieve(texts, inquiry)
                views = read_windows(one.reader, texts, inquiry, candidates)
                rows = [astuple(standing) for standing in standings(candidates, views)]
                pieces = [normal(option) for piece in case.evidence for option in piece]
                said = [
                    normal(texts.reading(found.place.document).text(found.place.sentence))
                    for found in candidates
                ]
                right = np.array([any(piece in text for piece in pieces) for text in said])
                chosen.setdefault(name, []).append(Choice(np.array(rows), right))
    total = 0
    for held, choices in chosen.items():
        weights = fitted([one for name in chosen if name != held for one in chosen[name]])
        right = hits(choices, weights)
        total += right
        print(f"{held}: {right}/{len(choices)} = {right / len(choices):.3f}")
    everything = [one for choices in chosen.values() for one in choices]
    print(f"held out: {total / len(everything):.3f}")
    weights = fitted(everything)
    print(f"fitted on: {hits(everything, weights) / len(everything):.3f}")
    scale = float(weights[weights > 0].sum())
    for field, weight in zip(fields(Standing), weights / scale, strict=True):
        print(f'    "{field.name}": {weight:.3f},')


if __name__ == "__main__":
    main()
