"""Low-rank changes to a network's layers: a second task at a fortieth of the weights.

What is added to a layer's weights is the product of two narrow matrices (Hu et al., "LoRA:
Low-Rank Adaptation of Large Language Models", 2021). Only these are trained and kept; to read with
them they are added to the weights once (``merge``), so that reading costs what it did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import torch
from torch import Tensor, nn

from qa.reader.network import Layer, Network

RANK = 12
BELOW = 4  # layers nearest to the words that stay as they are
CHANGED = ("mix", "out", "rise", "fall")


class Narrow(nn.Module):
    """A linear layer, kept as it is, and the product of ``up`` and ``down`` beside it."""

    def __init__(self, whole: nn.Linear, rank: int) -> None:
        super().__init__()
        self.whole = whole.requires_grad_(requires_grad=False)
        self.down = nn.Parameter(torch.randn(rank, whole.in_features) / whole.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(whole.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        """As ``whole``, changed."""
        changed: Tensor = self.whole(x) + (x @ self.down.T) @ self.up.T
        return changed


def narrow(network: Network, rank: int = RANK) -> None:
    """Make the changes to ``network`` trainable, and nothing else of it."""
    network.requires_grad_(requires_grad=False)
    for layer, name, linear in _linears(network):
        setattr(layer, name, Narrow(linear, rank))


def changes(network: Network) -> dict[str, Tensor]:
    """What ``narrow`` made trainable, by name: ``layers.7.mix.up`` and so on."""
    return {
        name: parameter.detach()
        for name, parameter in network.named_parameters()
        if name.endswith((".down", ".up"))
    }


def merge(network: Network, changed: Mapping[str, Tensor]) -> None:
    """Add to the weights of a plain network the changes that were trained.

    Raises:
        KeyError: one of them is missing.
    """
    with torch.no_grad():
        for number, layer in enumerate(network.layers):
            if number < BELOW:
                continue
            for name in CHANGED:
                at = f"layers.{number}.{name}"
                weight = getattr(layer, name).weight
                weight += changed[f"{at}.up"].float() @ changed[f"{at}.down"].float()


def _linears(network: Network) -> Iterator[tuple[Layer, str, nn.Linear]]:
    for layer in network.layers[BELOW:]:
        assert isinstance(layer, Layer)
        for name in CHANGED:
            yield layer, name, getattr(layer, name)
