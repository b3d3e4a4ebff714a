"""Terms, searched by BM25."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final, Protocol, Self

import numpy as np

from index.vectors import Hit, ranked

if TYPE_CHECKING:
    import numpy.typing as npt

#: Lucene's variant with its usual parameters (Kamphuis et al., ECIR 2020).
K1 = 1.2
B = 0.75


class TermStore(Protocol):
    """Lists of terms, numbered from 0, that never change once made."""

    def __len__(self) -> int: ...

    def search(self, terms: Sequence[str], k: int) -> list[Hit]:
        """The best ``k`` that hold at least one of ``terms``, by BM25, best first.

        A term given twice counts twice. Equal scores come in the order of their numbers.
        """
        ...

    def frequency(self, term: str) -> int:
        """How many of the lists hold ``term``."""
        ...

    def terms(self) -> Collection[str]:
        """Every term that one of the lists holds, each once."""
        ...

    def to_files(self) -> dict[str, bytes]:
        """What the store's ``from_files`` reads back, by file name."""
        ...


class BM25Store:
    """bm25s: every weight worked out at build time, one sparse column a term.

    A search adds up a few columns, which is what ``bm25s.BM25.get_scores`` does; it is done here
    on the stored columns because importing bm25s brings scipy with it, a third of a second that a
    single question would pay for nothing.
    """

    FILES: Final = ("terms.json", "terms.weights.npy", "terms.rows.npy", "terms.starts.npy")

    def __init__(
        self,
        vocabulary: dict[str, int],
        weights: npt.NDArray[np.float32],
        rows: npt.NDArray[np.int32],
        starts: npt.NDArray[np.int64],
        size: int,
    ) -> None:
        self.vocabulary = vocabulary  # term → number of its column
        self._weights = weights  # column after column
        self._rows = rows  # whose weight it is
        self._starts = starts  # column t is [starts[t]:starts[t + 1]]
        self._size = size

    @classmethod
    def from_terms(cls, lists: Sequence[Sequence[str]]) -> Self:
        """One list of terms a passage, repeated terms included."""
        # In order of first appearance: bm25s would number a set, differently in every process.
        vocabulary: dict[str, int] = {}
        numbered = [[vocabulary.setdefault(t, len(vocabulary)) for t in terms] for terms in lists]
        if not vocabulary:  # bm25s divides by the mean length
            nothing = np.empty(0, np.int32)
            return cls({}, np.empty(0, np.float32), nothing, np.zeros(1, np.int64), len(lists))
        import bm25s  # noqa: PLC0415  (see the class)

        engine = bm25s.BM25(k1=K1, b=B, method="lucene", backend="numpy", csc_backend="numpy")
        engine.index((numbered, vocabulary), create_empty_token=False, show_progress=False)
        return cls(
            vocabulary,
            engine.scores["data"].astype(np.float32, copy=False),
            engine.scores["indices"].astype(np.int32, copy=False),
            engine.scores["indptr"].astype(np.int64, copy=False),
            len(lists),
        )

    @classmethod
    def from_files(cls, files: dict[str, bytes]) -> Self:
        """Read ``to_files``.

        Raises:
            ValueError: the files do not fit each other.
            KeyError: one is missing.
        """
        head = json.loads(files["terms.json"])
        weights, rows, starts = (
            np.load(io.BytesIO(files[name]), allow_pickle=False)
            for name in ("terms.weights.npy", "terms.rows.npy", "terms.starts.npy")
        )
        vocabulary = {term: number for number, term in enumerate(head["terms"])}
        if len(starts) != len(vocabulary) + 1 or not len(weights) == len(rows) == starts[-1]:
            raise ValueError("the columns do not fit the vocabulary")
        return cls(vocabulary, weights, rows, starts, int(head["size"]))

    def to_files(self) -> dict[str, bytes]:
        """See ``TermStore``."""
        head = {"size": self._size, "terms": list(self.vocabulary)}
        return {
            "terms.json": json.dumps(head, ensure_ascii=False).encode(),
            "terms.weights.npy": npy(self._weights),
            "terms.rows.npy": npy(self._rows),
            "terms.starts.npy": npy(self._starts),
        }

    def __len__(self) -> int:
        return self._size

    def search(self, terms: Sequence[str], k: int) -> list[Hit]:
        """See ``TermStore``."""
        scores = np.zeros(self._size, np.float32)
        touched = np.zeros(self._size, np.bool_)
        for term in terms:
            column = self._column(term)
            scores[self._rows[column]] += self._weights[column]  # a row is in a column once
            touched[self._rows[column]] = True
        found = np.flatnonzero(touched)
        # Stable, so that equal scores at the cut are taken in order too.
        best = found[np.argsort(-scores[found], kind="stable")[: max(k, 0)]]
        return ranked(best.tolist(), scores[best].tolist())

    def frequency(self, term: str) -> int:
        """See ``TermStore``."""
        column = self._column(term)
        return int(column.stop - column.start)

    def terms(self) -> Collection[str]:
        """See ``TermStore``."""
        return self.vocabulary.keys()

    def _column(self, term: str) -> slice:
        number = self.vocabulary.get(term)
        if number is None:
            return slice(0, 0)
        return slice(int(self._starts[number]), int(self._starts[number + 1]))


def npy(array: npt.NDArray[np.generic]) -> bytes:
    """An array as the bytes of an ``.npy`` file."""
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()
