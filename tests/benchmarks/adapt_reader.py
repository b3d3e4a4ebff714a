"""Adapt the reader to windows as retrieved and to near misses: a short second training.

``python -m tests.benchmarks.adapt_reader --weights base.safetensors --train cmrc2018_train.json
drcd_dev.json --out FOLDER`` trains on the development questions, each with the stretches of text
that retrieval gives for it, mixed with half as many examples of the first training. Written are
``reader.safetensors``, adapted to all of them, and ``half0`` and ``half1``, adapted to one half
each (see ``tests.benchmarks.development``); the calibration is that of the weights they start
from. The test sets are never read.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from index.e5 import checked_weights
from qa.evaluate import Case
from qa.reader.examples import Example, Kind, Sampler, join, load
from qa.reader.network import Network
from qa.reader.packed import Packed, unpack
from qa.reader.read import load_weights
from qa.reader.tokens import Tokenizer
from qa.reader.train import Encoder, Run, Target, batches, export, groups
from qa.retrieve import retrieve
from qa.windows import stretches
from tests.benchmarks.development import Asked, development

PASSES = 2
SLOWER = 0.35  # share of the first training's learning rate
MISSES = 2  # windows without the answer drawn for a question on each pass


def main() -> None:
    """Adapt three times and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    packed = unpack(checked_weights())
    encode = Encoder(Tokenizer(packed.vocabulary))
    with development() as sets:
        questions = [(one.half, _examples(one)) for asked in sets.values() for one in asked]
    corpora = [load(path, high=0.6 if "drcd" in path.name else 1.0) for path in given.train]
    sampler = Sampler(join(corpora), seed=11)
    for name, keep in (("half0", {0}), ("half1", {1}), ("reader", {0, 1})):
        chosen = [examples for half, examples in questions if half in keep and any(examples)]
        network = _adapted(packed, encode, sampler, chosen, given.weights)
        calibration = load_weights(Network.from_packed(packed), given.weights)
        export(network, given.out / f"{name}.safetensors", calibration)
        print(f"{name}: {len(chosen)} questions", flush=True)


def _adapted(
    packed: Packed,
    encode: Encoder,
    sampler: Sampler,
    questions: Sequence[tuple[list[Example], list[Example]]],
    weights: Path,
) -> Network:
    torch.manual_seed(0)
    rng = random.Random(0)
    network = Network.from_packed(packed, 0.05)
    load_weights(network, weights)
    optimizer = torch.optim.AdamW(groups(network), betas=(0.9, 0.98), eps=1e-6)
    drawn = [target for _ in range(PASSES) for target in _pass(questions, sampler, encode, rng)]
    run = Run(network, optimizer, Path(), passes=1, minutes=1e9, questions=len(drawn))
    network.train()
    began, spent = time.monotonic(), 0.0
    for at in range(0, len(drawn), 480):
        for part in batches(drawn[at : at + 480], rng):
            presence, place = run.step(packed, part, SLOWER)
            spent += presence + place
        minutes = (time.monotonic() - began) / 60
        print(
            f"{run.progress:.2f} done, loss {spent / run.seen:.3f}, {minutes:.1f} min", flush=True
        )
    return network


def _pass(
    questions: Sequence[tuple[list[Example], list[Example]]],
    sampler: Sampler,
    encode: Encoder,
    rng: random.Random,
) -> list[Target]:
    """One pass: every window with an answer, some without, and examples of the first training."""
    examples: list[Example] = []
    for held, missed in questions:
        examples += held
        examples += missed[:1]  # the likeliest to mislead
        examples += rng.sample(missed[1:], min(MISSES - 1, len(missed[1:])))
    again = len(examples) // 2
    while again:
        example = sampler.draw(rng.randrange(len(sampler.corpus.questions)))
        if example is not None:
            examples.append(example)
            again -= 1
    rng.shuffle(examples)
    return [target for example in examples if (target := encode(example)) is not None]


def _examples(asked: Asked) -> tuple[list[Example], list[Example]]:
    """The windows retrieved for a question: those with its answer, those without."""
    inquiry = asked.inquiry
    held: list[Example] = []
    missed: list[Example] = []
    if asked.case.type == "overview":
        return held, missed
    for text, sentences in stretches(asked.texts, retrieve(asked.texts, inquiry)):
        place = None if asked.case.refuse else _answer(asked.case, text.text, sentences)
        kind = Kind.SIBLING if place is None else Kind.HOLDS
        example = Example(inquiry.text, text.heading, text.text, *(place or (0, 0)), kind)
        (missed if place is None else held).append(example)
    return held, missed


def _answer(case: Case, text: str, sentences: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Where a window answers: the short answer, the whole list, or the piece of evidence."""
    for piece in (option for pieces in case.evidence for option in pieces):
        at = text.find(piece)
        if at < 0:
            continue
        start, end = next((a, b) for a, b in sentences if a <= at < b)
        found = list(_places(case, text, start, end))
        return min(found) if found else (at, at + len(piece))
    return None


def _places(case: Case, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the sentence ``start:end`` has the items, or the longest accepted short answer."""
    if case.items:
        inside = [
            (at, at + len(option))
            for item in case.items
            for option in item
            if (at := text.find(option, start, end)) >= 0
        ]
        if len({a for a, _ in inside}) > 1:
            yield min(a for a, _ in inside), max(b for _, b in inside)
        return
    for option in sorted(case.short, key=len, reverse=True):
        at = text.find(option, start, end)
        if at >= 0 and len(option) > 1:
            yield at, at + len(option)
            return


if __name__ == "__main__":
    main()
