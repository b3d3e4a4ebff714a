"""Train the reader: ``python -m qa.reader.train --train a.json b.json --minutes 70 --out folder``.

The run ends after so many passes over the questions, or when its time is over, whatever else the
machine is doing; the learning rate follows. It can be stopped and started again: ``last.pt`` in
the folder (its own, never shipped) holds everything. ``reader.safetensors`` beside it is what
ships: fp16, without the word table. Of DRCD, 60 % of the titles are trained on.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from index.e5 import checked_weights
from index.precision import half_precision_where_it_pays
from qa.reader.batch import Input, assemble, collate, padded
from qa.reader.examples import Example, Kind, Sampler, join, load
from qa.reader.network import LONGEST, Network
from qa.reader.packed import Packed, unpack
from qa.reader.read import Calibration, load_weights
from qa.reader.tokens import Tokenizer

log = logging.getLogger("reader.train")

RATE = 2e-4  # of the top layer; each one below has DECAY of the one above it
DECAY = 0.9
HEAD_RATE = 1e-3
WARM = 0.06  # share of the run
TOKENS = 2048  # in a batch, padding included
MOST = 24  # examples in a batch
POOL = 480  # examples sorted by length together
SCALE = 18.0  # examples a batch holds on average: the loss is their sum over this
SHOW = 25  # steps between lines of the log
SAVE = 600  # seconds between checkpoints


@dataclass(frozen=True, slots=True)
class Target:
    """An example in tokens. first == last == -1: the window does not answer."""

    input: Input
    first: int
    last: int


class Encoder:
    """Examples → targets; texts seen before are not split again."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer

    def __call__(self, example: Example) -> Target | None:
        """None when the answer is longer than any span the network scores."""
        split = self.tokenizer
        passage = split(example.window)
        heading = split(example.heading) if example.heading else split("")
        made = assemble(split, split(example.question), heading, passage)
        if len(made) > 384:
            return None
        if example.kind is not Kind.HOLDS:
            return Target(made, -1, -1)
        inside = [
            n
            for n, (a, b) in enumerate(zip(passage.starts, passage.ends, strict=True))
            if a < example.end and b > example.start
        ]
        if not inside or len(inside) > LONGEST:
            return None
        return Target(made, made.offset + inside[0], made.offset + inside[-1])


def loss_of(scores: Tensor, targets: Sequence[Target]) -> tuple[Tensor, Tensor]:
    """Negative log-likelihoods, summed: of there being an answer or not, and of its place."""
    flat = scores.flatten(1)
    mass = torch.logsumexp(flat, 1)  # log-odds that the window answers
    holds = torch.tensor([target.first >= 0 for target in targets], dtype=torch.float32)
    presence = torch.nn.functional.binary_cross_entropy_with_logits(mass, holds, reduction="sum")
    length = scores.shape[1]
    index = torch.tensor([max(t.first, 0) * length + max(t.last, 0) for t in targets])
    place = mass - flat.gather(1, index[:, None]).squeeze(1)
    return presence, torch.where(holds > 0, place, 0.0).sum()


def batches(targets: Sequence[Target], rng: random.Random) -> Iterator[list[Target]]:
    """Batches of like length, in random order."""
    ordered = sorted(targets, key=lambda target: len(target.input))
    made: list[list[Target]] = []
    for target in reversed(ordered):  # the longest first: it sets the width
        if made:
            width = padded(len(made[-1][0].input))
            if len(made[-1]) < MOST and (len(made[-1]) + 1) * width <= TOKENS:
                made[-1].append(target)
                continue
        made.append([target])
    rng.shuffle(made)
    yield from made


def stream(sampler: Sampler, encode: Encoder, rng: random.Random) -> Iterator[list[Target]]:
    """Endless passes over the questions, each with fresh windows."""
    while True:
        order = list(range(len(sampler.corpus.questions)))
        rng.shuffle(order)
        pool: list[Target] = []
        for number in order:
            example = sampler.draw(number)
            target = encode(example) if example is not None else None
            if target is not None:
                pool.append(target)
            if len(pool) == POOL:
                yield from batches(pool, rng)
                pool = []


def groups(network: Network) -> list[dict[str, object]]:
    """Parameter groups with their rate as a share of ``RATE``."""
    depth = len(network.layers)
    rates: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if name.startswith("layers."):
            rate = DECAY ** (depth - 1 - int(name.split(".")[1]))
        elif name.startswith(("positions", "norm.")):
            rate = DECAY**depth
        else:
            rate = HEAD_RATE / RATE
        decay = 0.01 if parameter.ndim > 1 else 0.0
        rates.setdefault((rate, decay), []).append(parameter)
    return [
        {"params": tensors, "share": rate, "weight_decay": decay, "lr": 0.0}
        for (rate, decay), tensors in rates.items()
    ]


def schedule(progress: float) -> float:
    """Share of the peak rate at ``progress`` of the run: up, then straight down to nothing."""
    return progress / WARM if progress < WARM else max(1 - progress, 0.0) / (1 - WARM)


@torch.no_grad()
def check(network: Network, packed: Packed, targets: Sequence[Target]) -> dict[str, float]:
    """Quick figures on development examples: exact spans, and right on whether there is one."""
    network.eval()
    exact = found = right = 0
    total = 0.0
    answerable: list[float] = []
    not_answerable: list[float] = []
    ordered = sorted(targets, key=lambda target: len(target.input))
    for at in range(0, len(ordered), 16):
        part = ordered[at : at + 16]
        batch = collate(packed, [target.input for target in part])
        scores = network(batch.words, batch.parts, batch.real, batch.open_)
        presence, place = loss_of(scores, part)
        total += float(presence + place)
        mass = torch.logsumexp(scores.flatten(1), 1)
        best = scores.flatten(1).argmax(1)
        for row, target in enumerate(part):
            held = target.first >= 0
            right += (float(mass[row]) > 0) == held
            (answerable if held else not_answerable).append(float(mass[row]))
            if held:
                found += 1
                exact += int(best[row]) == target.first * scores.shape[1] + target.last
    network.train()
    wins = sum((a > b) + 0.5 * (a == b) for a in answerable for b in not_answerable)
    return {
        "loss": total / len(targets),
        "exact": exact / found,
        "right": right / len(targets),
        "auc": wins / max(len(answerable) * len(not_answerable), 1),
    }


def export(network: Network, path: Path, calibration: Calibration | None = None) -> None:
    """Write the weights that ship: fp16, which keeps three bits more of them than bf16."""
    kept = {"calibration": json.dumps(asdict(calibration))} if calibration else None
    state = {
        name: tensor.detach().to(torch.float16).contiguous()
        for name, tensor in network.state_dict().items()
    }
    save_file(state, path, kept)


@dataclass(slots=True)
class Run:
    """A training run: what a checkpoint holds, and how far it is."""

    network: Network
    optimizer: torch.optim.Optimizer
    out: Path
    passes: float  # over the questions, after which it ends
    minutes: float  # … or after so long
    questions: int
    steps: int = 0
    seen: int = 0  # examples
    spent: float = 0.0  # seconds

    @property
    def progress(self) -> float:
        """0 at the beginning, 1 or more when it is over."""
        return max(self.seen / (self.passes * self.questions), self.spent / (60 * self.minutes))

    def step(
        self, packed: Packed, part: Sequence[Target], slower: float = 1.0
    ) -> tuple[float, float]:
        """Learn from a batch; the summed losses of presence and place.

        ``slower`` is the share of the learning rate that is used.

        Raises:
            FloatingPointError: the loss is no number.
        """
        for group in self.optimizer.param_groups:
            group["lr"] = slower * RATE * group["share"] * schedule(self.progress)
        batch = collate(packed, [target.input for target in part])
        with half_precision_where_it_pays():  # 1.7 times as fast there
            scores = self.network(batch.words, batch.parts, batch.real, batch.open_)
        presence, place = loss_of(scores.float(), part)
        loss = (presence + place) / SCALE
        if not math.isfinite(loss.item()):
            raise FloatingPointError(f"loss {loss.item()} at step {self.steps}")
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.steps += 1
        self.seen += len(part)
        return presence.item(), place.item()

    def keep(self) -> None:
        """Write the state aside, then put it in place; export the weights."""
        aside = self.out / "last.tmp"
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "steps": self.steps,
            "spent": self.spent,
            "seen": self.seen,
        }
        torch.save(state, aside)
        aside.replace(self.out / "last.pt")
        export(self.network, self.out / "reader.safetensors")

    def resume(self) -> None:
        """Go on from ``keep``'s file if there is one."""
        if not (self.out / "last.pt").exists():
            return
        state = torch.load(self.out / "last.pt", weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.steps, self.spent, self.seen = state["steps"], state["spent"], state["seen"]
        log.info("going on after step %d, %.1f minutes", self.steps, self.spent / 60)


@dataclass(slots=True)
class Tally:
    """Means between two lines of the log."""

    since: float  # Run.spent when it began
    presence: float = 0.0
    place: float = 0.0
    examples: int = 0
    spans: int = 0
    tokens: int = 0

    def add(self, part: Sequence[Target], presence: float, place: float) -> None:
        """Count a batch."""
        self.presence += presence
        self.place += place
        self.examples += len(part)
        self.spans += sum(target.first >= 0 for target in part)
        self.tokens += sum(len(target.input) for target in part)

    def show(self, run: Run) -> None:
        """Write the line."""
        took = run.spent - self.since
        log.info(
            "step %d  %.1f min  %.2f done  presence %.3f  place %.3f  %.2f s/step  %.0f tokens/s",
            run.steps,
            run.spent / 60,
            run.progress,
            self.presence / self.examples,
            self.place / max(self.spans, 1),
            took / SHOW,
            self.tokens / took,
        )


def development(encode: Encoder, trial: Path, train: Sequence[Path]) -> list[Target]:
    """Draw the examples a run is watched on, always the same ones."""
    corpora = [load(trial, high=0.5, by_order=True)]
    corpora += [load(path, low=0.6, high=0.8) for path in train if "drcd" in path.name]
    sampler = Sampler(join(corpora), seed=7)
    numbers = random.Random(7).sample(range(len(sampler.corpus.questions)), 400)
    drawn = [sampler.draw(number) for number in numbers]
    return [target for example in drawn if example and (target := encode(example))]


def train_reader(
    train: Sequence[Path],
    trial: Path,
    out: Path,
    *,
    passes: float,
    minutes: float,
    seed: int,
    start_from: Path | None,
    dropout: float,
) -> None:
    """Train until ``passes`` or ``minutes`` are over, however often interrupted."""
    torch.manual_seed(seed)
    packed = unpack(checked_weights())
    encode = Encoder(Tokenizer(packed.vocabulary))
    corpora = [load(path, high=0.6 if "drcd" in path.name else 1.0) for path in train]
    corpus = join(corpora)
    watched = development(encode, trial, train)
    network = Network.from_packed(packed, dropout)
    if start_from is not None:
        load_weights(network, start_from)
    optimizer = torch.optim.AdamW(groups(network), betas=(0.9, 0.98), eps=1e-6)
    run = Run(network, optimizer, out, passes, minutes, len(corpus.questions))
    run.resume()
    # A resumed run draws other windows than those it has seen.
    sampler = Sampler(corpus, seed + run.steps)
    log.info("%d questions to learn from", run.questions)
    network.train()
    saved = run.spent
    tally = Tally(run.spent)
    for part in stream(sampler, encode, random.Random(seed + run.steps)):
        clock = time.monotonic()
        tally.add(part, *run.step(packed, part))
        run.spent += time.monotonic() - clock
        if run.steps % SHOW == 0:
            tally.show(run)
            tally = Tally(run.spent)
        if run.progress >= 1 or run.spent - saved > SAVE:
            saved = run.spent
            run.keep()
            log.info("watched: %s", json.dumps(check(network, packed, watched)))
        if run.progress >= 1:
            break


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m qa.reader.train", description=__doc__)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--trial", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=float, default=3, help="over the questions")
    parser.add_argument("--minutes", type=float, default=120, help="an end before that")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--start-from", type=Path)
    given = parser.parse_args(argv)
    given.out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.FileHandler(given.out / "train.log"), logging.StreamHandler(sys.stderr)],
    )
    torch.set_num_threads(2)
    train_reader(
        given.train,
        given.trial,
        given.out,
        passes=given.passes,
        minutes=given.minutes,
        seed=given.seed,
        start_from=given.start_from,
        dropout=given.dropout,
    )


if __name__ == "__main__":
    main()
