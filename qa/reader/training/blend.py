"""Average two readers: ``python -m qa.reader.training.blend ONE OTHER --out FILE``.

Weights of one beginning that went on learning different things average to a reader that is better
than either, at no cost when reading (Wortsman et al., "Model soups", 2022). The calibration is the
first one's: what stands on the reader was fitted with it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file


def blended(one: Path, other: Path, share: float) -> dict[str, torch.Tensor]:
    """The mean of two files' weights, ``share`` of it the other's.

    Raises:
        ValueError: they are not weights of one network.
    """
    first, second = load_file(one), load_file(other)
    if {name: tensor.shape for name, tensor in first.items()} != {
        name: tensor.shape for name, tensor in second.items()
    }:
        raise ValueError(f"{one} and {other} are not weights of one network")
    return {
        name: torch.lerp(tensor.float(), second[name].float(), share).half().contiguous()
        for name, tensor in first.items()
    }


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m qa.reader.training.blend", description=__doc__)
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("--share", type=float, default=0.5, help="of the other")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(argv)
    with safe_open(given.one, framework="pt") as file:
        calibration = file.metadata()
    save_file(blended(given.one, given.other, given.share), given.out, calibration)


if __name__ == "__main__":
    main()
