"""Vectors, searched by inner product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

import faiss
import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, by its number in the index."""

    number: int
    score: float


class VectorStore(Protocol):
    """Rows of unit vectors, numbered from 0, that never change once made."""

    def __len__(self) -> int: ...

    def search(self, vector: npt.NDArray[np.float32], k: int) -> list[Hit]:
        """The ``k`` rows nearest to ``vector`` (shape (dimension,)), or all when there are fewer.

        Scores are inner products, descending; equal scores come in row order.
        """
        ...

    def to_bytes(self) -> bytes:
        """What the store's ``from_bytes`` reads back."""
        ...


class FaissStore:
    """FAISS, flat: exact, and fast enough to some 10^5 passages.

    Searching is read-only and safe from many threads.
    """

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def from_vectors(cls, vectors: npt.NDArray[np.float32]) -> Self:
        """``vectors`` of shape (n, dimension), rows of length 1."""
        index = faiss.IndexFlatIP(vectors.shape[1])  # the default would be L2
        if len(vectors):
            index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read ``to_bytes``. FAISS trusts what it reads: check the bytes first.

        Raises:
            ValueError: not a flat inner-product index.
        """
        try:
            index = faiss.deserialize_index(np.frombuffer(data, np.uint8))
        except RuntimeError as error:
            raise ValueError(str(error)) from error
        flat = isinstance(index, faiss.IndexFlat)
        if not flat or index.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise ValueError(f"not a flat inner-product index: {type(index).__name__}")
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def search(self, vector: npt.NDArray[np.float32], k: int) -> list[Hit]:
        """See ``VectorStore``."""
        k = min(k, len(self))
        if k <= 0:
            return []
        scores, rows = self._index.search(np.ascontiguousarray(vector[None], np.float32), k)
        return ranked(rows[0].tolist(), scores[0].tolist())

    def to_bytes(self) -> bytes:
        """Bytes rather than a file: FAISS cannot open some Unicode paths on Windows."""
        return bytes(faiss.serialize_index(self._index).tobytes())


def ranked(numbers: Sequence[int], scores: Sequence[float]) -> list[Hit]:
    """Best first; equal scores in the order of their numbers, so that results never waver."""
    hits = [Hit(number, score) for number, score in zip(numbers, scores, strict=True)]
    return sorted(hits, key=lambda hit: (-hit.score, hit.number))
