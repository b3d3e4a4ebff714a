"""What one sentence says to a question: yes, no or neither, and the exact words of a short answer.

The reader finds the sentence; read once more by itself, it tells more. That is another task, and is
learnt as one: ``sentence.safetensors`` holds low-rank changes of the reader's layers
(``qa.reader.lowrank``), its own heads for spans, and the weights of a softmax over what is said.
They fit the weights that they were trained on, and name these by their SHA-256.

Example::

    reader = SentenceReader.open(Path("sentence.safetensors"), Path("reader.safetensors"))
    reader("京东支付的份额过半了吗？", Text("京东支付仅占1%。")).no
    reader("京东支付占多少？", Text("京东支付仅占1%。")).spans[0].text
"""

from __future__ import annotations

import hashlib
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from corpus.errors import ModelChanged, ModelMissing
from index.packed import Packed
from index.precision import half_precision_where_it_pays
from qa.reader.batch import Input, assemble, collate
from qa.reader.lowrank import merge
from qa.reader.network import NO_SPAN, Network
from qa.reader.read import load_weights
from qa.reader.reading import SentenceReading, Span, Text
from qa.reader.spans import tidy
from qa.reader.tokens import Pieces, Tokenizer
from qa.reader.words import packaged_words

LONGEST = 160  # tokens of the sentence; what is longer is cut
HEADS = ("edges", "left", "right")  # of spans, its own
BEST = 3  # spans
LOOKED_AT = 24  # spans before they are tidied, of which some fall together


class Says(IntEnum):
    """What a sentence says to a question of yes or no."""

    YES = 0
    NO = 1
    NEITHER = 2


class Said(NamedTuple):
    """What the network gives."""

    says: Tensor  # [batch, 3] log-odds of ``Says``, but for a constant
    spans: Tensor  # [batch, length, length] log-odds of spans, but for a constant


class SentenceNetwork(nn.Module):
    """A reader's network and a softmax over what may be said."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.says = nn.Linear(network.summary.in_features, len(Says))

    def forward(self, words: Tensor, parts: Tensor, real: Tensor, open_: Tensor) -> Said:
        """What is said; the arguments are those of ``Network``."""
        x = self.network.hidden(words, parts, real)
        summary = self.network.summarised(x)
        return Said(self.says(summary), self.network.spans(x, summary, open_))


class SentenceReader:
    """Thread-safe: nothing changes after it is opened."""

    def __init__(self, network: SentenceNetwork, packed: Packed, tokenizer: Tokenizer) -> None:
        self._network = network.eval()
        self._packed = packed
        self._tokenizer = tokenizer

    @classmethod
    def open(cls, changes: Path, reader: Path, *, sha256: str | None = None) -> SentenceReader:
        """Open it: the weights of ``reader``, and the changes to them.

        Args:
            changes: what training wrote.
            reader: the weights these were trained on.
            sha256: of ``changes``, where it is to be checked.

        Raises:
            ModelMissing: there is no such file.
            ModelChanged: it is damaged, not the one expected, or made for another reader.
        """
        packed, tokenizer = packaged_words()
        with torch.device("meta"):
            network = Network(packed.shape, dropout=0.0)
        network = network.to_empty(device="cpu")
        load_weights(network, reader)
        whole = SentenceNetwork(network)
        try:
            raw = changes.read_bytes()
            if sha256 is not None and hashlib.sha256(raw).hexdigest() != sha256:
                raise ModelChanged(path=str(changes))
            with safe_open(changes, framework="pt") as file:
                metadata = file.metadata() or {}
                state = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
            if metadata.get("reader") != digest(reader):
                raise ModelChanged(path=str(changes))
            merge(network, state)
            load_heads(whole, state)
        except FileNotFoundError as error:
            raise ModelMissing(model="sentence", detail=str(changes)) from error
        except (OSError, SafetensorError, RuntimeError, KeyError, ValueError) as error:
            raise ModelChanged(path=str(changes)) from error
        return cls(whole, packed, tokenizer)

    @torch.inference_mode()
    def __call__(self, question: str, text: Text) -> SentenceReading:
        """What a sentence says to a question; of an empty one, nothing."""
        if not (question.strip() and text.text.strip()):
            return SentenceReading(0.0, 0.0)
        made = put_together(self._tokenizer, question, text)
        batch = collate(self._packed, [made])
        with half_precision_where_it_pays():
            said = self._network(batch.words, batch.parts, batch.real, batch.open_)
        chances = said.says.float().softmax(1)[0].tolist()
        spans = _spans(text.text, made, said.spans[0].float())
        return SentenceReading(chances[Says.YES], chances[Says.NO], spans)


def heads(network: SentenceNetwork) -> dict[str, nn.Module]:
    """The layers that are its own, by their name in the file."""
    found: dict[str, nn.Module] = {name: getattr(network.network, name) for name in HEADS}
    return {**found, "says": network.says}


def load_heads(network: SentenceNetwork, state: dict[str, Tensor]) -> None:
    """Fill these layers from a file's tensors.

    Raises:
        KeyError: one of them is missing.
        RuntimeError: one is of another shape.
    """
    for name, layer in heads(network).items():
        layer.load_state_dict({one: state[f"{name}.{one}"] for one in ("weight", "bias")})


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put_together(tokenizer: Tokenizer, question: str, text: Text) -> Input:
    """The tokens of a question and the sentence it is held against."""
    heading = tokenizer(text.heading) if text.heading else Pieces((), (), ())
    passage = tokenizer(text.text)
    most = slice(LONGEST)
    cut = Pieces(passage.ids[most], passage.starts[most], passage.ends[most])
    return assemble(tokenizer, tokenizer(question), heading, cut)


def _spans(text: str, made: Input, scores: Tensor) -> tuple[Span, ...]:
    """The best spans of a sentence, tidied, none overlapping a better one."""
    length = scores.shape[1]
    flat = scores.flatten()
    shares = flat.softmax(0)
    top = flat.topk(min(LOOKED_AT, len(flat)))
    chance: dict[tuple[int, int], float] = {}
    for score, at in zip(top.values.tolist(), top.indices.tolist(), strict=True):
        if score <= NO_SPAN:
            break
        first, last = (one - made.offset for one in divmod(at, length))
        start, end = made.passage.starts[first], made.passage.ends[last]
        if not text[start:end].strip():
            continue
        place = tidy(text, start, end)
        chance[place] = chance.get(place, 0.0) + shares[at].item()
    ranked = sorted(chance.items(), key=lambda item: (-item[1], item[0]))
    found: list[Span] = []
    for (start, end), probability in ranked:
        if len(found) < BEST and not any(start < one.end and end > one.start for one in found):
            around = sum(share for (a, b), share in ranked if a < end and b > start)
            found.append(Span(start, end, text[start:end], probability, min(around, 1.0)))
    return tuple(found)
