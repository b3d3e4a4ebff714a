"""Examples → tensors: ``<s> question </s> headings </s> passage </s>``, padded to few lengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from index.packed import Packed
from qa.reader.tokens import Pieces, Tokenizer

STEP = 16  # lengths are multiples of this: every new shape costs memory in oneDNN's caches
QUESTION, HEADING, PASSAGE = 0, 1, 2
QUESTION_TOKENS = 64  # a question is cut after so many, headings after half of them


@dataclass(frozen=True, slots=True)
class Input:
    """One question with one window, in tokens. ``offset`` is where the passage's tokens begin."""

    ids: tuple[int, ...]
    offset: int
    passage: Pieces

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors for ``Network.forward``."""

    words: Tensor
    parts: Tensor
    real: Tensor
    open_: Tensor


def assemble(tokenizer: Tokenizer, question: Pieces, heading: Pieces, passage: Pieces) -> Input:
    """Put the three texts in their order."""
    ids = [tokenizer.start, *question.ids[:QUESTION_TOKENS], tokenizer.end]
    if len(heading):
        ids += [*heading.ids[: QUESTION_TOKENS // 2], tokenizer.end]
    offset = len(ids)
    return Input((*ids, *passage.ids, tokenizer.end), offset, passage)


def padded(length: int) -> int:
    """``length`` rounded up to a multiple of ``STEP``."""
    return -(-length // STEP) * STEP


def collate(packed: Packed, inputs: Sequence[Input]) -> Batch:
    """Stack ``inputs``, padded to the longest."""
    length = padded(max(map(len, inputs)))
    ids = np.full((len(inputs), length), packed.padding, np.int64)
    parts = np.zeros((len(inputs), length), np.int64)
    open_ = np.zeros((len(inputs), length), bool)
    for row, item in enumerate(inputs):
        ids[row, : len(item)] = item.ids
        first_end = item.ids.index(packed.end)
        parts[row, first_end + 1 : item.offset] = HEADING
        parts[row, item.offset : len(item)] = PASSAGE
        open_[row, item.offset : item.offset + len(item.passage)] = True
    return Batch(
        torch.from_numpy(packed.embed(ids)),
        torch.from_numpy(parts),
        torch.from_numpy(ids != packed.padding),
        torch.from_numpy(open_),
    )
