"""Train the reader: ``python -m qa.reader.training.train --train a.json --minutes 70 --out F``.

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
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from index.packed import Packed
from index.precision import half_precision_where_it_pays
from qa.reader.batch import Input, assemble, collate, padded
from qa.reader.network import BEGINS, EVIDENCE, LONGEST, Network, Scores
from qa.reader.read import Calibration, load_weights
from qa.reader.tokens import Pieces, Tokenizer
from qa.reader.training.corpora import join, load, sentences
from qa.reader.training.examples import Example, Kind, Sampler
from qa.reader.words import packaged_words

log = logging.getLogger("reader.train")

RATE = 2e-4  # of the top layer; each one below has DECAY of the one above it
DECAY = 0.9
HEAD_RATE = 1e-3
WARM = 0.06  # share of the run
TOKENS = 2048  # in a batch, padding included
MOST = 24  # examples in a batch
POOL = 480  # examples sorted by length together
SCALE = 18.0  # examples a batch holds on average: the loss is their sum over this
MARKS = 0.5  # what the marks' loss counts
SHOW = 25  # steps between lines of the log
SAVE = 600  # seconds between checkpoints


@dataclass(frozen=True, slots=True)
class Target:
    """An example in tokens. first == last == -1: the window does not answer."""

    input: Input
    first: int
    last: int
    sentences: tuple[tuple[int, int, bool], ...]  # tokens, half open; whether it answers
    items: tuple[tuple[int, int], ...] | None  # tokens, half open; None: no list is asked for
    affirms: bool | None  # whether the answer is yes; None: that is not asked, or not answered


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
        parts = tuple(
            (*tokens, any(a < end and b > start for a, b in example.evidence))
            for start, end in example.bounds or sentences(example.window)
            if (tokens := covered(passage, made.offset, start, end))
        )
        items = None
        if example.items is not None:
            cover = (covered(passage, made.offset, start, end) for start, end in example.items)
            items = tuple(tokens for tokens in cover if tokens)
        if example.kind is not Kind.HOLDS:
            return Target(made, -1, -1, parts, items, None)
        span = covered(passage, made.offset, example.start, example.end)
        if span is None or span[1] - span[0] > LONGEST:
            return None
        return Target(made, span[0], span[1] - 1, parts, items, example.affirms)


def loss_of(scores: Scores, targets: Sequence[Target]) -> tuple[Tensor, Tensor, Tensor]:
    """Negative log-likelihoods, summed: of there being an answer, of its place, of the rest."""
    flat = scores.spans.float().flatten(1)
    mass = torch.logsumexp(flat, 1)  # log-odds that the window answers
    holds = torch.tensor([target.first >= 0 for target in targets], dtype=torch.float32)
    presence = torch.nn.functional.binary_cross_entropy_with_logits(mass, holds, reduction="sum")
    length = scores.spans.shape[1]
    index = torch.tensor([max(t.first, 0) * length + max(t.last, 0) for t in targets])
    place = mass - flat.gather(1, index[:, None]).squeeze(1)
    rest = marks_loss(scores.marks, targets)
    asked = [row for row, target in enumerate(targets) if target.affirms is not None]
    if asked:
        rest = rest + torch.nn.functional.binary_cross_entropy_with_logits(
            scores.affirms.float()[asked],
            torch.tensor([float(bool(targets[row].affirms)) for row in asked]),
            reduction="sum",
        )
    return presence, torch.where(holds > 0, place, 0.0).sum(), rest


def marks_loss(marks: Tensor, targets: Sequence[Target]) -> Tensor:
    """Of which sentences answer (the mean of a sentence's tokens says so), and of the items."""
    odds: list[Tensor] = []
    truth: list[float] = []
    listed: list[Tensor] = []
    marks = marks.float()
    for row, target in zip(marks, targets, strict=True):
        for start, end, answers in target.sentences:
            odds.append(row[start:end, EVIDENCE].mean())
            truth.append(float(answers))
        if target.items is not None:
            wanted = torch.zeros(len(row), 2)
            for start, end in target.items:
                wanted[start, 0] = 1.0
                wanted[start:end, 1] = 1.0
            first = target.input.offset
            given = row[first : first + len(target.input.passage), BEGINS:]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                given, wanted[first : first + len(given)], reduction="none"
            )
            listed.append(loss.sum() / max(2 * len(target.items), 4))
    found = torch.nn.functional.binary_cross_entropy_with_logits(
        torch.stack(odds), torch.tensor(truth), reduction="sum"
    )
    return found + sum(listed, torch.zeros(()))


def covered(passage: Pieces, offset: int, start: int, end: int) -> tuple[int, int] | None:
    """The tokens that characters ``start:end`` of the passage touch, half open, or None."""
    first = bisect_right(passage.ends, start)
    last = bisect_left(passage.starts, end)
    return (offset + first, offset + last) if first < last else None


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
    exact = found = right = settled = agreed = 0
    total = marked = 0.0
    answerable: list[float] = []
    not_answerable: list[float] = []
    ordered = sorted(targets, key=lambda target: len(target.input))
    for at in range(0, len(ordered), 16):
        part = ordered[at : at + 16]
        batch = collate(packed, [target.input for target in part])
        scores = network(batch.words, batch.parts, batch.real, batch.open_)
        presence, place, marks = loss_of(scores, part)
        total += float(presence + place)
        marked += float(marks)
        mass = torch.logsumexp(scores.spans.flatten(1), 1)
        best = scores.spans.flatten(1).argmax(1)
        for row, target in enumerate(part):
            if target.affirms is not None:
                settled += 1
                agreed += (float(scores.affirms[row]) > 0) == target.affirms
            held = target.first >= 0
            right += (float(mass[row]) > 0) == held
            (answerable if held else not_answerable).append(float(mass[row]))
            if held:
                found += 1
                exact += int(best[row]) == target.first * scores.spans.shape[1] + target.last
    network.train()
    wins = sum((a > b) + 0.5 * (a == b) for a in answerable for b in not_answerable)
    return {
        "loss": total / len(targets),
        "marks": marked / len(targets),
        "exact": exact / found,
        "right": right / len(targets),
        "yes": agreed / max(settled, 1),
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
    ) -> tuple[float, float, float]:
        """Learn from a batch; the summed losses of presence, place and marks.

        ``slower`` is the share of the learning rate that is used.

        Raises:
            FloatingPointError: the loss is no number.
        """
        for group in self.optimizer.param_groups:
            group["lr"] = slower * RATE * group["share"] * schedule(self.progress)
        batch = collate(packed, [target.input for target in part])
        with half_precision_where_it_pays():
            scores = self.network(batch.words, batch.parts, batch.real, batch.open_)
        presence, place, marks = loss_of(scores, part)
        loss = (presence + place + MARKS * marks) / SCALE
        if not math.isfinite(loss.item()):
            raise FloatingPointError(f"loss {loss.item()} at step {self.steps}")
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.steps += 1
        self.seen += len(part)
        return presence.item(), place.item(), marks.item()

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
    marks: float = 0.0
    examples: int = 0
    spans: int = 0
    tokens: int = 0

    def add(self, part: Sequence[Target], presence: float, place: float, marks: float) -> None:
        """Count a batch."""
        self.marks += marks
        self.presence += presence
        self.place += place
        self.examples += len(part)
        self.spans += sum(target.first >= 0 for target in part)
        self.tokens += sum(len(target.input) for target in part)

    def show(self, run: Run, steps: int) -> None:
        """Write the line for the last ``steps``."""
        took = run.spent - self.since
        log.info(
            "step %d  %.1f min  %.2f done  presence %.3f  place %.3f  marks %.3f  "
            "%.2f s/step  %.0f tokens/s",
            run.steps,
            run.spent / 60,
            run.progress,
            self.presence / self.examples,
            self.place / max(self.spans, 1),
            self.marks / self.examples,
            took / steps,
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
    slower: float,
) -> None:
    """Train until ``passes`` or ``minutes`` are over, however often interrupted."""
    torch.manual_seed(seed)
    packed, tokenizer = packaged_words()
    encode = Encoder(tokenizer)
    corpora = [load(path, high=0.6 if "drcd" in path.name else 1.0) for path in train]
    corpus = join(corpora)
    watched = development(encode, trial, train)
    network = Network.from_packed(packed, dropout)
    if start_from is not None:
        load_weights(network, start_from, young=True)
    optimizer = torch.optim.AdamW(groups(network), betas=(0.9, 0.98), eps=1e-6)
    run = Run(network, optimizer, out, passes, minutes, len(corpus.questions))
    run.resume()
    # A resumed run draws other windows than those it has seen.
    sampler = Sampler(corpus, seed + run.steps)
    log.info("%d questions to learn from", run.questions)
    drawn = stream(sampler, encode, random.Random(seed + run.steps))
    for _ in learn(run, packed, drawn, slower=slower, show=SHOW, every=SAVE):
        run.keep()
        log.info("watched: %s", json.dumps(check(network, packed, watched)))


def learn(
    run: Run,
    packed: Packed,
    drawn: Iterator[list[Target]],
    *,
    slower: float,
    show: int,
    every: float,
) -> Iterator[None]:
    """Learn until the run is over; yields each time ``every`` seconds have been spent, and then.

    ``show`` is how many steps there are between two lines of the log.
    """
    run.network.train()
    yielded = run.spent
    tally = Tally(run.spent)
    for part in drawn:
        clock = time.monotonic()
        tally.add(part, *run.step(packed, part, slower))
        run.spent += time.monotonic() - clock
        if run.steps % show == 0:
            tally.show(run, show)
            tally = Tally(run.spent)
        if run.progress >= 1 or run.spent - yielded > every:
            yielded = run.spent
            yield
        if run.progress >= 1:
            return


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m qa.reader.training.train", description=__doc__)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--trial", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=float, default=3, help="over the questions")
    parser.add_argument("--minutes", type=float, default=120, help="an end before that")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--slower", type=float, default=1.0, help="share of the learning rate")
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
        slower=given.slower,
    )


if __name__ == "__main__":
    main()
