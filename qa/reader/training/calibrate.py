"""Fit the probabilities on the developing parts of the public sets.

On the developing parts only: the log-odds of there being an answer by logistic regression, the
sharpness of the spans' softmax by likelihood. Both are written into the file's own metadata.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import save_file
from scipy.optimize import minimize

from qa.reader.batch import collate
from qa.reader.network import Network
from qa.reader.read import Calibration, load_weights
from qa.reader.training.corpora import join, load
from qa.reader.training.evaluate import parts
from qa.reader.training.examples import Sampler
from qa.reader.training.train import Encoder
from qa.reader.words import packaged_words

PAIRS = 900  # examples, drawn with the training's shares of kinds


@torch.inference_mode()
def fit(weights: Path, data: Path) -> Calibration:
    """Find the calibration of ``weights``; print its likelihoods before and after."""
    packed, tokenizer = packaged_words()
    network = Network(packed.shape, dropout=0.0).eval()
    load_weights(network, weights)
    encode = Encoder(tokenizer)
    corpora = [part.corpus for part in parts(data, "develop")]
    own = sum(len(corpus.questions) for corpus in corpora)
    sampler = Sampler(join([*corpora, load(data / "cmrc2018_train.json", high=0.5)]), 5)
    numbers = random.Random(5).sample(range(own), min(PAIRS, own))
    drawn = [sampler.draw(number) for number in numbers]
    targets = [target for example in drawn if example and (target := encode(example))]
    targets.sort(key=lambda target: len(target.input))
    sharps = np.linspace(0.4, 1.4, 21)
    losses = np.zeros(len(sharps))
    masses: list[float] = []
    for at in range(0, len(targets), 16):
        part = targets[at : at + 16]
        batch = collate(packed, [target.input for target in part])
        scores = network(batch.words, batch.parts, batch.real, batch.open_).spans
        flat = scores.flatten(1)
        masses += torch.logsumexp(flat, 1).tolist()
        for row, target in enumerate(part):
            if target.first >= 0:
                gold = flat[row, target.first * scores.shape[1] + target.last]
                losses += [float(torch.logsumexp(s * flat[row], 0) - s * gold) for s in sharps]
    sharpness = float(sharps[losses.argmin()])
    raw = np.array(masses)
    sign = np.where([target.first >= 0 for target in targets], 1.0, -1.0)

    def loss(at: Sequence[float]) -> float:
        return float(np.logaddexp(0, -sign * (at[0] * raw + at[1])).mean())

    best = minimize(loss, [1.0, 0.0], method="Nelder-Mead").x
    one = losses[np.abs(sharps - 1).argmin()]
    held = float((sign > 0).sum())
    print(  # noqa: T201
        f"presence {loss([1.0, 0.0]):.4f} -> {loss(best):.4f}; "
        f"place {one / held:.4f} -> {losses.min() / held:.4f}; {len(targets)} examples"
    )
    return Calibration(float(best[0]), float(best[1]), sharpness)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.reader.training.calibrate", description=__doc__
    )
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(argv)
    torch.set_num_threads(2)
    calibration = fit(given.weights, given.data)
    with safe_open(given.weights, framework="pt") as file:
        state = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  (no mapping)
    save_file(state, given.out, {"calibration": json.dumps(asdict(calibration))})
    print(calibration)  # noqa: T201


if __name__ == "__main__":
    main()
