"""The reader's network: e5's transformer, a softmax over spans and "no answer", marks, and yes.

The marks say of every token how likely it is part of a sentence that answers, begins an item of
the list asked for, or is inside of one. Spans are for what is short; marks for what is not. A
question of yes or no is answered with yes or not.

Layer names in the state dict follow this module, not Hugging Face. The word table is no part of
the state: it is frozen, and looked up in the packaged container (``Packed.embed``).
"""

from __future__ import annotations

from typing import NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from index.packed import Packed, Shape

PAIR = 64  # width of the start-end agreement
LONGEST = 64  # tokens in a span, at most
NO_SPAN = -1e4
EVIDENCE, BEGINS, INSIDE = 0, 1, 2  # what a token may be marked as


class Scores(NamedTuple):
    """What the network gives, as log-odds."""

    spans: Tensor  # [batch, length, length] of the span from one token to another, against none
    marks: Tensor  # [batch, length, 3] of each token being EVIDENCE, BEGINS, INSIDE
    affirms: Tensor  # [batch] of a question of yes or no being answered with yes


class Layer(nn.Module):
    """One transformer layer, normalised after each half, as BERT does."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.mix = nn.Linear(shape.hidden, 3 * shape.hidden)  # query, key, value
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.rise = nn.Linear(shape.hidden, shape.inner)
        self.fall = nn.Linear(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Map x [batch, length, hidden]; mask [batch, 1, 1, length] is true where attended."""
        batch, length, hidden = x.shape
        mixed = self.mix(x).view(batch, length, 3, self.heads, hidden // self.heads)
        query, key, value = mixed.permute(2, 0, 3, 1, 4)
        # Written out: PyTorch's own takes 1.2 times as long to train on a CPU.
        agree = query @ key.transpose(-1, -2) * (hidden // self.heads) ** -0.5
        weight = torch.softmax(agree.masked_fill(~mask, NO_SPAN), -1, dtype=torch.float32)
        read = weight.to(value.dtype) @ value
        read = read.transpose(1, 2).reshape(batch, length, hidden)
        x = self.norm1(x + self.dropout(self.out(read)))
        x = x + self.dropout(self.fall(F.gelu(self.rise(x))))
        return cast(Tensor, self.norm2(x))


class Network(nn.Module):
    """Word vectors → scores of spans, and of there being none."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.parts = nn.Embedding(3, shape.hidden)  # question, headings, passage
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)
        self.edges = nn.Linear(shape.hidden, 2)  # start, end
        self.left = nn.Linear(shape.hidden, PAIR)
        self.right = nn.Linear(shape.hidden, PAIR)
        self.summary = nn.Linear(shape.hidden, shape.hidden)
        self.absent = nn.Linear(shape.hidden, 1)
        self.marks = nn.Linear(shape.hidden, 3)
        self.affirms = nn.Linear(shape.hidden, 1)

    @classmethod
    def from_packed(cls, packed: Packed, dropout: float = 0.1) -> Network:
        """Make the network with e5's own layers and untrained heads."""
        network = cls(packed.shape, dropout)
        shape = packed.shape
        with torch.no_grad():

            def fill(target: Tensor, *names: str) -> None:
                joined = torch.cat([torch.from_numpy(packed.tensor(name)) for name in names])
                target.copy_(joined.view_as(target))

            fill(network.positions.weight, "emb.pos")
            kind = torch.from_numpy(packed.tensor("emb.type"))[: shape.hidden]
            network.parts.weight.copy_(kind.expand(3, -1))
            fill(network.norm.weight, "emb.ln.w")
            fill(network.norm.bias, "emb.ln.b")
            for number, layer in enumerate(network.layers):
                assert isinstance(layer, Layer)
                at = f"l{number}."
                fill(layer.mix.weight, at + "q.w", at + "k.w", at + "v.w")
                fill(layer.mix.bias, at + "q.b", at + "k.b", at + "v.b")
                for module, name in (
                    (layer.out, "ao"),
                    (layer.norm1, "aln"),
                    (layer.rise, "fi"),
                    (layer.fall, "fo"),
                    (layer.norm2, "oln"),
                ):
                    fill(module.weight, f"{at}{name}.w")
                    fill(module.bias, f"{at}{name}.b")
            for head in (network.left, network.right):
                nn.init.normal_(head.weight, std=0.02)
                nn.init.zeros_(head.bias)
        return network

    def forward(self, words: Tensor, parts: Tensor, real: Tensor, open_: Tensor) -> Scores:
        """Log-odds of every span against none, and of every token's marks.

        Args:
            words: [batch, length, hidden] word vectors.
            parts: [batch, length] 0 question, 1 headings, 2 passage.
            real: [batch, length] false on padding.
            open_: [batch, length] true on the passage's tokens, where a span may lie.

        Returns:
            Spans from token i to token j, both inside it, relative to no span, which is 0;
            ``NO_SPAN`` where no span may lie. Marks of every token, wherever it stands.
        """
        x = self.hidden(words, parts, real)
        summary = self.summarised(x)
        spans = self.spans(x, summary, open_)
        return Scores(spans, self.marks(x), self.affirms(summary).squeeze(1))

    def spans(self, x: Tensor, summary: Tensor, open_: Tensor) -> Tensor:
        """``Scores.spans`` of what ``hidden`` and ``summarised`` give; ``open_`` as ``forward``."""
        place = torch.arange(x.shape[1])
        start, end = self.edges(x).unbind(-1)
        agree = self.left(x) @ self.right(x).transpose(1, 2) / PAIR**0.5
        absent = self.absent(summary)
        distance = place[None, :] - place[:, None]
        allowed = (distance >= 0) & (distance < LONGEST)
        allowed = allowed & open_[:, :, None] & open_[:, None, :]
        # Untrained, a passage of n possible spans should be as likely as none to hold the answer.
        spread = allowed.sum((1, 2)).clamp(min=1).log()[:, None, None]
        scores = start[:, :, None] + end[:, None, :] + agree - absent[:, :, None] - spread
        spans: Tensor = scores.masked_fill(~allowed, NO_SPAN)
        return spans

    def summarised(self, x: Tensor) -> Tensor:
        """A vector of the whole, [batch, hidden], of what ``hidden`` gives."""
        summary: Tensor = torch.tanh(self.summary(x[:, 0]))
        return summary

    def hidden(self, words: Tensor, parts: Tensor, real: Tensor) -> Tensor:
        """What the layers make of the words, [batch, length, hidden]; arguments as ``forward``."""
        place = torch.arange(words.shape[1])
        x: Tensor = self.norm(words + self.positions(place) + self.parts(parts))
        x = self.dropout(x)
        mask = real[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x
