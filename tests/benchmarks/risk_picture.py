"""Draw the curves that ``tests.benchmarks.open_reading --curve`` wrote, as one SVG.

``python -m tests.benchmarks.risk_picture risk.svg "name=file.json" …``. Needs matplotlib,
which nothing else here does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(target: str, *curves: str) -> None:
    """One line a curve: the share of wrong answers among those given, by the share answered."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4))
    for curve in curves:
        name, _, file = curve.partition("=")
        points = json.loads(Path(file).read_text("utf-8"))
        shown = [point for point in points if point[0] > 0.02]  # a handful of answers says nothing
        axes.plot(*zip(*shown, strict=True), label=name)
    axes.set_xlabel("share of the questions answered, surest first")
    axes.set_ylabel("of these, wrong or unanswerable")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, None)
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
