"""Whether a sentence says yes or no to a question, or neither: the reader's layers, changed for it.

The reader finds the sentence that a question of yes or no is about; what it says to the question is
another task, and is learnt as one: ``entailment.safetensors`` holds low-rank changes of its
layers (``qa.reader.lowrank``) and the weights of a softmax. They fit the weights that they
were trained on, and name these by their SHA-256.

Example::

    entailer = Entailer.open(Path("entailment.safetensors"), Path("reader.safetensors"))
    entailer("京东支付的份额过半了吗？", Text("京东支付仅占1%。")).no
"""

from __future__ import annotations

import hashlib
from enum import IntEnum
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from corpus.errors import ModelChanged, ModelMissing
from index.e5 import checked_weights
from index.precision import half_precision_where_it_pays
from qa.reader.batch import Input, assemble, collate
from qa.reader.lowrank import merge
from qa.reader.network import Network
from qa.reader.packed import Packed, unpack
from qa.reader.read import load_weights
from qa.reader.reading import Entailment, Text
from qa.reader.tokens import Pieces, Tokenizer

LONGEST = 160  # tokens of the sentence; what is longer is cut


class Says(IntEnum):
    """What a sentence says to a question of yes or no."""

    YES = 0
    NO = 1
    NEITHER = 2


class EntailmentNetwork(nn.Module):
    """A reader's network and a softmax over what may be said."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.says = nn.Linear(network.summary.in_features, len(Says))

    def forward(self, words: Tensor, parts: Tensor, real: Tensor) -> Tensor:
        """Log-odds [batch, 3], but for a constant; the arguments are those of ``Network``."""
        x = self.network.hidden(words, parts, real)
        summary = torch.tanh(self.network.summary(x[:, 0]))
        found: Tensor = self.says(summary)
        return found


class Entailer:
    """Thread-safe: nothing changes after it is opened."""

    def __init__(self, network: EntailmentNetwork, packed: Packed, tokenizer: Tokenizer) -> None:
        self._network = network.eval()
        self._packed = packed
        self._tokenizer = tokenizer

    @classmethod
    def open(cls, changes: Path, reader: Path, *, sha256: str | None = None) -> Entailer:
        """Open it: the weights of ``reader``, and the changes to them.

        Args:
            changes: what training wrote.
            reader: the weights these were trained on.
            sha256: of ``changes``, where it is to be checked.

        Raises:
            ModelMissing: there is no such file.
            ModelChanged: it is damaged, not the one expected, or made for another reader.
        """
        packed = unpack(checked_weights())
        with torch.device("meta"):
            network = Network(packed.shape, dropout=0.0)
        network = network.to_empty(device="cpu")
        load_weights(network, reader)
        whole = EntailmentNetwork(network)
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
            whole.says.load_state_dict({"weight": state["says.weight"], "bias": state["says.bias"]})
        except FileNotFoundError as error:
            raise ModelMissing(model="entailment", detail=str(changes)) from error
        except (OSError, SafetensorError, RuntimeError, KeyError, ValueError) as error:
            raise ModelChanged(path=str(changes)) from error
        return cls(whole, packed, Tokenizer(packed.vocabulary))

    @torch.inference_mode()
    def __call__(self, question: str, text: Text) -> Entailment:
        """What a sentence says to a question of yes or no; of an empty one, neither."""
        if not (question.strip() and text.text.strip()):
            return Entailment(0.0, 0.0)
        batch = collate(self._packed, [put_together(self._tokenizer, question, text)])
        with half_precision_where_it_pays():
            odds = self._network(batch.words, batch.parts, batch.real)
        chances = odds.float().softmax(1)[0].tolist()
        return Entailment(chances[Says.YES], chances[Says.NO])


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
