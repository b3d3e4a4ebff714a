"""The contract of a VectorStore, with NumPy as the oracle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.vectors import FaissStore, Hit, VectorStore


def units(rows: int, dimension: int = 8, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def make(vectors: np.ndarray) -> VectorStore:
    return FaissStore.from_vectors(vectors)


@given(rows=st.integers(0, 60), k=st.integers(0, 70), seed=st.integers(0, 1000))
def test_finds_what_numpy_finds(rows: int, k: int, seed: int) -> None:
    vectors = units(rows, seed=seed)
    question = units(1, seed=seed + 1)[0]
    scores = vectors @ question
    expected = sorted(range(rows), key=lambda row: -scores[row])[:k]
    hits = make(vectors).search(question, k)
    assert [hit.number for hit in hits] == expected
    assert np.allclose([hit.score for hit in hits], scores[expected], atol=1e-6)


@given(arrays.arrays(np.float32, (12, 4), elements=st.sampled_from([0.0, 0.5, 1.0])))
def test_equal_scores_come_in_row_order(vectors: np.ndarray) -> None:
    hits = make(vectors).search(np.array([1, 0, 0, 0], np.float32), 12)
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.number))
    assert {hit.number for hit in hits} == set(range(12))


def test_the_same_after_bytes() -> None:
    vectors = units(20)
    store = FaissStore.from_bytes(FaissStore.from_vectors(vectors).to_bytes())
    assert len(store) == 20
    assert store.dimension == 8
    best = store.search(vectors[7], 1)
    assert best == [Hit(7, pytest.approx(1.0, abs=1e-6))]


@pytest.mark.parametrize("data", [b"", b"nonsense", b"\0" * 200])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        FaissStore.from_bytes(data)


def test_another_metric_is_refused() -> None:
    import faiss

    data = faiss.serialize_index(faiss.IndexFlatL2(8)).tobytes()
    with pytest.raises(ValueError, match="inner-product"):
        FaissStore.from_bytes(data)
