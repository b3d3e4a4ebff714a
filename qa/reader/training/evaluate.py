"""Figures for a reader: ``python -m qa.reader.training.evaluate --weights FILE --part test``.

Nothing here tunes anything. The parts: CMRC trial's first half of paragraphs and the DRCD titles
with share 0.6 to 0.8 develop; trial's second half and the last fifth of DRCD's titles test.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from corpus import simplified
from qa.reader.read import Reader
from qa.reader.reading import Reading, Text
from qa.reader.training.corpora import Corpus, join, load
from qa.reader.training.examples import LONG_ANSWER, Example, Kind, Sampler
from qa.reader.training.scoring import exact, f1

CHUNK = 48  # pairs read in one call


@dataclass(frozen=True, slots=True)
class Part:
    """One data set's share for developing or testing."""

    name: str
    corpus: Corpus


def parts(data: Path, which: str) -> list[Part]:
    """CMRC trial and DRCD of ``which``: "develop" or "test"."""
    low, high = (0.0, 0.5) if which == "develop" else (0.5, 1.0)
    cmrc = load(data / "cmrc2018_trial.json", low=low, high=high, by_order=True)
    low, high = (0.6, 0.8) if which == "develop" else (0.8, 1.0)
    drcd = load(data / "drcd_dev.json", low=low, high=high)
    return [Part("cmrc", cmrc), Part("drcd", drcd)]


def draw(part: Part, distractors: Corpus, count: int, seed: int) -> list[Example]:
    """One example of each kind for ``count`` questions; retrieval is over all paragraphs.

    Half of the traditional ones come folded, as in training.
    """
    sampler = Sampler(join([part.corpus, distractors]), seed)
    total = len(part.corpus.questions)
    numbers = random.Random(seed).sample(range(total), min(count, total))
    drawn = [sampler.draw(number, kind) for number in numbers for kind in Kind]
    return [example for example in drawn if example is not None]


def read_all(reader: Reader, pairs: Sequence[tuple[str, Text]]) -> list[Reading]:
    """Read ``pairs``, in order."""
    readings: list[Reading] = []
    for at in range(0, len(pairs), CHUNK):
        readings += reader.read_pairs(pairs[at : at + CHUNK])
    return readings


def gold_paragraph(
    reader: Reader, corpus: Corpus, *, folded: bool, count: int | None = None
) -> dict[str, float]:
    """EM and F1 with the whole paragraph given, the best span taken whatever its probability."""
    fold = simplified if folded else str
    asked = list(corpus.questions)
    if count is not None and count < len(asked):
        asked = random.Random(2).sample(asked, count)
    pairs, golds = [], []
    for question in asked:
        paragraph = corpus.paragraphs[question.paragraph]
        pairs.append((fold(question.text), Text(fold(paragraph.text), fold(paragraph.title))))
        golds.append(fold(paragraph.text[question.start : question.end]))
    return spans(read_all(reader, pairs), golds)


def spans(readings: Sequence[Reading], golds: Sequence[str]) -> dict[str, float]:
    """EM and F1 of the best spans, apart for answers of up to ``LONG_ANSWER`` characters."""
    given = [reading.spans[0].text if reading.spans else "" for reading in readings]
    hits = np.array([exact(g, gold) for g, gold in zip(given, golds, strict=True)])
    overlaps = np.array([f1(g, gold) for g, gold in zip(given, golds, strict=True)])
    short = np.array([len(gold) <= LONG_ANSWER for gold in golds])
    top3 = np.array(
        [
            any(exact(span.text, gold) for span in reading.spans)
            for reading, gold in zip(readings, golds, strict=True)
        ]
    )
    return {
        "questions": len(golds),
        "em": 100 * float(hits.mean()),
        "f1": 100 * float(overlaps.mean()),
        "em_short": 100 * float(hits[short].mean()),
        "f1_short": 100 * float(overlaps[short].mean()),
        "em_top3": 100 * float(top3.mean()),
    }


def auc(yes: Iterable[float], no: Iterable[float]) -> float:
    """Chance that one of ``yes`` is above one of ``no``."""
    above, below = np.asarray(list(yes)), np.sort(np.asarray(list(no)))
    lower = np.searchsorted(below, above, "left")
    upper = np.searchsorted(below, above, "right")
    return float((lower + upper).mean() / 2 / len(below))


def calibration_error(chances: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Measure the expected calibration error over ``bins`` of equal count."""
    order = np.argsort(chances)
    groups = np.array_split(order, bins)
    p, y = np.asarray(chances), np.asarray(right, float)
    return float(sum(len(g) * abs(p[g].mean() - y[g].mean()) for g in groups) / len(order))


def refusal(reader: Reader, examples: Sequence[Example]) -> dict[str, float]:
    """How well the probability of there being an answer tells windows that hold one."""
    readings = read_all(reader, [(e.question, Text(e.window, e.heading)) for e in examples])
    odds = {kind: [] for kind in Kind}  # type: dict[Kind, list[float]]
    for example, reading in zip(examples, readings, strict=True):
        odds[example.kind].append(reading.odds)
    holds = odds[Kind.HOLDS]
    threshold = float(np.quantile(holds, 0.05))  # refuses 5 % of the answerable ones wrongly
    figures: dict[str, float] = {}
    none: list[float] = []
    for kind in Kind:
        if kind is not Kind.HOLDS and odds[kind]:
            figures[f"auc_{kind}"] = auc(holds, odds[kind])
            figures[f"refused_{kind}"] = float((np.array(odds[kind]) < threshold).mean())
            none += odds[kind]
    figures["auc"] = auc(holds, none)
    figures["refused"] = float((np.array(none) < threshold).mean())
    figures["threshold"] = threshold
    chances = [1 - reading.absent for reading in readings]
    truth = [example.kind is Kind.HOLDS for example in examples]
    figures["present_ece"] = calibration_error(chances, truth)
    held = [(e, r) for e, r in zip(examples, readings, strict=True) if e.kind is Kind.HOLDS]
    tops = [r.spans[0] for _, r in held if r.spans]
    wanted = [e.answer for e, r in held if r.spans]
    right = [exact(top.text, gold) for top, gold in zip(tops, wanted, strict=True)]
    close = [f1(top.text, gold) > 0 for top, gold in zip(tops, wanted, strict=True)]
    figures["exact_ece"] = calibration_error([top.probability for top in tops], right)
    figures["around_ece"] = calibration_error([top.around for top in tops], close)
    window = spans([r for _, r in held], [e.answer for e, _ in held])
    figures |= {f"window_{name}": value for name, value in window.items()}
    return figures


def open_choice(reader: Reader, part: Part, pool: Corpus, count: int) -> dict[str, float]:
    """Let the reader re-rank ten windows: one with the answer and nine best-retrieved ones.

    Reports how often the right one comes first, and EM and F1 of its best span.
    """
    sampler = Sampler(join([part.corpus, pool]), 3, near=40)
    total = len(part.corpus.questions)
    right, readings, golds = 0, [], []
    for number in random.Random(3).sample(range(total), min(count, total)):
        held = sampler.draw(number, Kind.HOLDS)
        if held is None:
            continue
        others: dict[str, Example] = {}
        for _ in range(60):
            other = sampler.draw(number, Kind.RETRIEVED)
            if other is not None and len(others) < 9:
                others[simplified(other.window)] = other
        held = replace(held, question=simplified(held.question), window=simplified(held.window))
        texts = [Text(held.window, simplified(held.heading))]
        texts += [Text(window, simplified(o.heading)) for window, o in others.items()]
        found = reader.read(held.question, texts)
        best = max(range(len(texts)), key=lambda n: found[n].odds)
        right += best == 0
        readings.append(found[best])
        golds.append(held.answer)
    return {"first": right / len(golds), **spans(readings, golds)}


def cost(reader: Reader, corpus: Corpus, passages: int = 8) -> dict[str, float]:
    """Median time of a question with ``passages`` windows of about 120 characters."""
    rng = random.Random(0)
    took = []
    for question in rng.sample(list(corpus.questions), 20):
        texts = [Text(p.text[:120], p.title) for p in rng.sample(list(corpus.paragraphs), passages)]
        before = time.perf_counter()
        reader.read(question.text, texts)
        took.append(time.perf_counter() - before)
    return {"passages": passages, "median_ms": 1000 * float(np.median(took))}


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.reader.training.evaluate", description=__doc__
    )
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=["develop", "test"], default="develop")
    parser.add_argument("--count", type=int, default=300, help="questions for the refusal figures")
    parser.add_argument("--gold", type=int, help="questions for the gold-paragraph figures")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args(argv)
    torch.set_num_threads(2)
    reader = Reader.open(given.weights)
    distractors = load(given.data / "cmrc2018_train.json", high=0.5)
    report: dict[str, object] = {"weights": str(given.weights), "part": given.part}
    for part in parts(given.data, given.part):
        figures: dict[str, object] = {
            "gold": gold_paragraph(reader, part.corpus, folded=False, count=given.gold),
            "refusal": refusal(reader, draw(part, distractors, given.count, seed=11)),
            "open": open_choice(reader, part, distractors, given.count // 3),
        }
        if part.name == "drcd":
            figures["gold_folded"] = gold_paragraph(
                reader, part.corpus, folded=True, count=given.gold
            )
        report[part.name] = figures
        print(part.name, json.dumps(figures, indent=1), flush=True)  # noqa: T201
        report["cost"] = cost(reader, part.corpus)
    print(json.dumps(report["cost"]))  # noqa: T201
    if given.out is not None:
        given.out.write_text(json.dumps(report, indent=1, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
