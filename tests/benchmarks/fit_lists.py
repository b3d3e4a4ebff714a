"""Fit the weights of ``qa.lists``: ``python -m tests.benchmarks.fit_lists``.

Prints the weights, and the mean F1 of the items on each development set when fitted on the others.
"""

from __future__ import annotations

from dataclasses import astuple, fields

import numpy as np

from qa import kinds
from qa.evaluate import _items_f1 as items_f1
from qa.lists import Fitness, considered
from tests.benchmarks.development import development, halves_from_arguments
from tests.benchmarks.softmax import Choice, fitted

GOOD = 0.5  # a list with a lower F1 is not the one asked for


def main() -> None:
    """Fit and print."""
    found: dict[str, list[tuple[Choice, list[float]]]] = {}
    with development(halves_from_arguments(__doc__)) as sets:
        for name, questions in sets.items():
            for one in questions:
                case, texts = one.case, one.texts
                inquiry, sight = one.seen()
                if case.refuse or inquiry.asked not in {kinds.Asked.LIST, kinds.Asked.COUNT}:
                    continue
                if inquiry.asked is kinds.Asked.COUNT and not case.items:
                    continue
                rows, scores = [np.zeros(len(fields(Fitness)))], [0.0]
                for _, made, fitness in considered(texts, inquiry, sight.candidates, sight.spans):
                    rows.append(np.array(astuple(fitness)))
                    scores.append(items_f1(case.items, [entry.text for entry in made.entries]))
                best = max(scores)
                right = (
                    np.array(scores) >= best - 0.01 if best >= GOOD else np.arange(len(rows)) == 0
                )
                found.setdefault(name, []).append((Choice(np.array(rows), right), scores))
    total = []
    for held, choices in found.items():
        weights = fitted([one for name in found if name != held for one, _ in found[name]])
        f1 = [scores[int((one.features @ weights).argmax())] for one, scores in choices]
        oracle = [max(scores) for _, scores in choices]
        total += f1
        print(f"{held}: F1 {np.mean(f1):.3f} of {np.mean(oracle):.3f} ({len(f1)} lists)")
    print(f"held out: {np.mean(total):.3f}")
    weights = fitted([one for choices in found.values() for one, _ in choices])
    every = [s[int((one.features @ weights).argmax())] for c in found.values() for one, s in c]
    print(f"fitted on: {np.mean(every):.3f}")
    for field, weight in zip(fields(Fitness), weights, strict=True):
        print(f'    "{field.name}": {weight:.2f},')


if __name__ == "__main__":
    main()
