"""Which stretches of a corpus are most like a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

from corpus import simplified
from qa.reader.training.corpora import Corpus


class Neighbours:
    """For each question, the windows most like it by BM25 over character pairs."""

    def __init__(self, corpus: Corpus, size: int = 80) -> None:
        self.windows: list[tuple[int, int, int]] = []  # paragraph, start, end
        for number, paragraph in enumerate(corpus.paragraphs):
            begin = 0
            for start, end in paragraph.sentences:
                if end - begin > size and start > begin:
                    self.windows.append((number, begin, start))
                    begin = start
            self.windows.append((number, begin, len(paragraph.text)))
        self._vocabulary: dict[str, int] = {}
        plain = [simplified(p.text) for p in corpus.paragraphs]
        counts = self._count([plain[n][a:b] for n, a, b in self.windows], grow=True)
        self._frequency = frequency = np.bincount(counts.indices, minlength=counts.shape[1])
        weight = np.log1p((len(self.windows) - frequency + 0.5) / (frequency + 0.5))
        length = np.asarray(counts.sum(1)).ravel()
        rows = np.repeat(np.arange(len(length)), np.diff(counts.indptr))
        k1, b = 1.2, 0.75
        norm = k1 * (1 - b + b * length[rows] / length.mean())
        counts.data = weight[counts.indices] * counts.data * (k1 + 1) / (counts.data + norm)
        self._matrix = counts.T.tocsr()

    def _count(self, texts: Sequence[str], *, grow: bool) -> csr_matrix:
        vocabulary = self._vocabulary
        rows, columns = [], []
        for row, text in enumerate(texts):
            for pair in map("".join, pairwise(text)):
                column = vocabulary.get(pair)
                if column is None:
                    if not grow:
                        continue
                    column = vocabulary[pair] = len(vocabulary)
                rows.append(row)
                columns.append(column)
        ones = np.ones(len(rows), np.float32)
        return csr_matrix((ones, (rows, columns)), (len(texts), len(vocabulary)))

    def rarest(self, text: str, most: int = 3) -> list[str]:
        """The character pairs of ``text`` that the fewest windows hold, of those any does."""
        pairs = {"".join(pair) for pair in pairwise(simplified(text))}
        known = [pair for pair in pairs if pair in self._vocabulary]
        return sorted(known, key=lambda pair: (self._frequency[self._vocabulary[pair]], pair))[
            :most
        ]

    def top(self, texts: Sequence[str], best: int) -> Iterator[list[int]]:
        """For each text the numbers of its ``best`` windows, best first."""
        for at in range(0, len(texts), 256):
            queries = self._count([simplified(t) for t in texts[at : at + 256]], grow=False)
            queries.data[:] = 1
            scores = (queries @ self._matrix).toarray()
            order = np.argpartition(-scores, best, axis=1)[:, :best]
            for row, columns in zip(scores, order, strict=True):
                yield [int(c) for c in columns[np.argsort(-row[columns], kind="stable")]]
