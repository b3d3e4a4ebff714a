"""Reading: question and passages in, spans with probabilities out, and how likely there is none.

Example::

    reader = Reader.open(Path("reader.safetensors"))
    [reading] = reader.read("京东支付的市场份额是多少？", [Text("京东支付仅占1%。")])
    reading.absent, reading.spans[0].probability
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from corpus.errors import ModelChanged, ModelMissing
from index.packed import Packed
from index.precision import half_precision_where_it_pays
from qa.reader.batch import Input, assemble, collate
from qa.reader.network import BEGINS, EVIDENCE, INSIDE, NO_SPAN, Network, Scores
from qa.reader.reading import Mark, Reading, Span, Text
from qa.reader.spans import tidy
from qa.reader.tokens import Pieces, Tokenizer
from qa.reader.words import packaged_words

WINDOW = 160  # tokens of a passage read at once, about 210 characters: what training showed most
NEW = ("marks", "affirms")  # layers that the first training had none of
TOKENS = 4096  # in one pass of the network
SENTENCE_ENDS = "。！？!?；;\n"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Scores → probabilities, fitted on development data.

    An answer is present with log-odds ``slope * raw + shift``; given that, spans share the
    probability by a softmax of ``sharpness * score``.
    """

    slope: float = 1.0
    shift: float = 0.0
    sharpness: float = 1.0


@dataclass(frozen=True, slots=True)
class Raw:
    """A window's scores before calibration: characters of the best spans, and the total."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    scores: tuple[float, ...]
    mass: float  # log-odds that the window answers
    spread: float  # logsumexp of sharpness * score over all spans
    marks: tuple[tuple[int, int, float, float, float], ...]  # of each token: place, log-odds
    affirms: float  # log-odds of yes


def load_weights(
    network: Network, path: Path, *, sha256: str | None = None, young: bool = False
) -> Calibration:
    """Fill ``network`` from ``path``; its layers only, the word table is not in the file.

    ``young``: weights trained without the layers of ``NEW``, to train these on top of.

    Raises:
        ModelMissing: there is no such file.
        ModelChanged: it is damaged, not the one expected, or made for another network.
    """
    try:
        if sha256 is not None:
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                    raise ModelChanged(path=str(path))
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            state = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
        if young:
            state = {
                **{k: v for k, v in network.state_dict().items() if k.startswith(NEW)},
                **state,
            }
        network.load_state_dict(state)
        return Calibration(**json.loads(metadata.get("calibration", "{}")))
    except FileNotFoundError as error:
        raise ModelMissing(model="reader", detail=str(path)) from error
    except (OSError, SafetensorError, RuntimeError, TypeError, ValueError) as error:
        raise ModelChanged(path=str(path)) from error


class Reader:
    """Thread-safe: nothing changes after it is opened."""

    def __init__(
        self, network: Network, packed: Packed, tokenizer: Tokenizer, calibration: Calibration
    ) -> None:
        self.calibration = calibration
        self._network = network.eval()
        self._packed = packed
        self._tokenizer = tokenizer

    @classmethod
    def open(cls, weights: Path, *, sha256: str | None = None) -> Reader:
        """Open the reader: its own layers from ``weights`` the word table of the package.

        Raises:
            ModelMissing, ModelChanged: the weights, or the package with the word table.
        """
        packed, tokenizer = packaged_words()
        with torch.device("meta"):
            network = Network(packed.shape, dropout=0.0)
        network = network.to_empty(device="cpu")
        calibration = load_weights(network, weights, sha256=sha256)
        return cls(network, packed, tokenizer, calibration)

    def read(self, question: str, texts: Sequence[Text], best: int = 3) -> list[Reading]:
        """One reading for each of ``texts``, each with at most ``best`` spans.

        A text longer than ``WINDOW`` tokens is read in overlapping windows. An empty text, or an
        empty question, has no spans and is certainly no answer.
        """
        return self.read_pairs([(question, text) for text in texts], best)

    def read_pairs(self, pairs: Sequence[tuple[str, Text]], best: int = 3) -> list[Reading]:
        """As ``read``, with a question for each text."""
        windows: list[Input] = []
        owners: list[int] = []
        split: dict[str, Pieces] = {}
        for owner, (question, text) in enumerate(pairs):
            if not (question.strip() and text.text.strip()):
                continue
            for piece in (question, text.heading):
                split.setdefault(piece, self._tokenizer(piece))
            pieces = self._tokenizer(text.text)
            heading = split[text.heading] if text.heading else Pieces((), (), ())
            for window in cut(text.text, pieces, WINDOW):
                windows.append(assemble(self._tokenizer, split[question], heading, window))
                owners.append(owner)
        found: list[list[Raw]] = [[] for _ in pairs]
        for number, raw in self._score(windows, 16 * best):
            found[owners[number]].append(raw)
        return [
            self._combine(text, raws, best) for (_, text), raws in zip(pairs, found, strict=True)
        ]

    @torch.inference_mode()
    def _score(self, windows: Sequence[Input], best: int) -> Iterator[tuple[int, Raw]]:
        """Each window's number and scores. Windows of like length are read together."""
        order = sorted(range(len(windows)), key=lambda n: -len(windows[n]))
        at = 0
        while at < len(order):
            count = max(TOKENS // len(windows[order[at]]), 1)
            numbers = order[at : at + count]
            at += count
            batch = collate(self._packed, [windows[n] for n in numbers])
            with half_precision_where_it_pays():
                scores = self._network(batch.words, batch.parts, batch.real, batch.open_)
            raws = self._raw([windows[n] for n in numbers], scores, best)
            yield from zip(numbers, raws, strict=True)

    def _raw(self, windows: Sequence[Input], scores: Scores, best: int) -> Iterator[Raw]:
        length = scores.spans.shape[1]
        flat = scores.spans.float().flatten(1)
        marks = scores.marks.float()
        affirms = scores.affirms.tolist()
        mass = torch.logsumexp(flat, 1).tolist()
        spread = torch.logsumexp(self.calibration.sharpness * flat, 1).tolist()
        top = flat.topk(min(best, flat.shape[1]), 1)
        for row, window in enumerate(windows):
            kept = [
                (score, index)
                for score, index in zip(
                    top.values[row].tolist(), top.indices[row].tolist(), strict=True
                )
                if score > NO_SPAN
            ]
            places = [divmod(index, length) for _, index in kept]
            yield Raw(
                tuple(window.passage.starts[i - window.offset] for i, _ in places),
                tuple(window.passage.ends[j - window.offset] for _, j in places),
                tuple(score for score, _ in kept),
                mass[row],
                spread[row],
                _marks(window, marks[row]),
                affirms[row],
            )

    def _combine(self, text: Text, raws: Sequence[Raw], best: int) -> Reading:
        """Windows of one text → one reading: the surest window says whether there is an answer."""
        if not raws:
            return Reading((), 1.0, -math.inf, (-math.inf,) * len(text.sentences))
        setting = self.calibration
        odds = setting.slope * max(raw.mass for raw in raws) + setting.shift
        present = 1 / (1 + math.exp(-odds))
        chance: dict[tuple[int, int], float] = {}
        for raw in raws:
            mine = 1 / (1 + math.exp(-(setting.slope * raw.mass + setting.shift)))
            for start, end, score in zip(raw.starts, raw.ends, raw.scores, strict=True):
                place = tidy(text.text, start, end)
                share = math.exp(setting.sharpness * score - raw.spread)
                # Two windows may see one span; spans tidied into one add up within a window.
                chance[place] = chance.get(place, 0.0) + mine * share / len(raws)
        total = sum(
            1 / (1 + math.exp(-(setting.slope * raw.mass + setting.shift))) for raw in raws
        ) / len(raws)
        scale = present / total
        ranked = sorted(chance.items(), key=lambda item: (-item[1], item[0]))
        spans: list[Span] = []
        for (start, end), probability in ranked:
            if any(start < span.end and end > span.start for span in spans):
                continue
            around = sum(p for (a, b), p in ranked if a < end and b > start)
            spans.append(
                Span(
                    start, end, text.text[start:end], probability * scale, min(around * scale, 1.0)
                )
            )
            if len(spans) == best:
                break
        marks = {mark[0]: mark for raw in raws for mark in raw.marks}
        return Reading(
            tuple(spans),
            1 - present,
            odds,
            tuple(_evidence(raws, start, end) for start, end in text.sentences),
            tuple(
                Mark(start, end, _chance(begins), _chance(inside))
                for start, end, _, begins, inside in (marks[at] for at in sorted(marks))
            ),
            max(raws, key=lambda raw: raw.mass).affirms,
        )


def _marks(window: Input, marks: Tensor) -> tuple[tuple[int, int, float, float, float], ...]:
    own = marks[window.offset : window.offset + len(window.passage)].tolist()
    return tuple(
        (start, end, odds[EVIDENCE], odds[BEGINS], odds[INSIDE])
        for start, end, odds in zip(window.passage.starts, window.passage.ends, own, strict=True)
    )


def _evidence(raws: Sequence[Raw], start: int, end: int) -> float:
    """The log-odds of a sentence: the mean over its tokens, in the window that is surest of it."""
    means = []
    for raw in raws:
        own = [mark[2] for mark in raw.marks if mark[0] < end and mark[1] > start]
        if own:
            means.append(sum(own) / len(own))
    return max(means, default=-math.inf)


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def cut(text: str, pieces: Pieces, size: int) -> list[Pieces]:
    """Windows of at most ``size`` tokens, each beginning and ending with a sentence if it can.

    Neighbours overlap by about half, so that every sentence has company on both sides once.
    """
    total = len(pieces)
    if total <= size:
        return [pieces]
    ends = [n + 1 for n in range(total) if text[pieces.starts[n]] in SENTENCE_ENDS]
    windows: list[Pieces] = []
    begin = 0
    while True:
        # Not before the middle: a tiny window would leave no room to step forward in.
        good = [e for e in ends if begin + size // 2 < e <= begin + size]
        stop = good[-1] if good else begin + size
        stop = total if begin + size >= total else stop
        windows.append(
            Pieces(pieces.ids[begin:stop], pieces.starts[begin:stop], pieces.ends[begin:stop])
        )
        if stop >= total:
            return windows
        half = begin + (stop - begin) // 2
        following = [e for e in ends if begin < e and half <= e < stop]
        begin = following[0] if following else max(stop - size // 4, begin + 1)
