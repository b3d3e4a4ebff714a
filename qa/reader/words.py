"""The package's words: their vectors, and text split into them. What readers have in common."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from index.e5 import checked_weights
from index.packed import Packed
from qa.reader.tokens import Tokenizer


class Words(NamedTuple):
    """A frozen table of word vectors, and the tokenizer that goes with it."""

    packed: Packed
    tokenizer: Tokenizer


@cache
def packaged_words() -> Words:
    """Open them, once a process.

    Raises:
        ModelMissing, ModelChanged: of the package.
    """
    packed = Packed(checked_weights())
    return Words(packed, Tokenizer(packed))
