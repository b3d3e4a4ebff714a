"""The contract of a TermStore, with BM25 written out as the oracle."""

from __future__ import annotations

import math
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.postings import K1, B, BM25Store, TermStore

WORDS = ["京东", "支付", "市场", "份额", "白条", "保险", "a", "1%"]
lists_of_terms = st.lists(st.lists(st.sampled_from(WORDS), max_size=12), max_size=12)


def make(lists: list[list[str]]) -> TermStore:
    return BM25Store.from_terms(lists)


def bm25(lists: list[list[str]], query: list[str]) -> list[tuple[int, float]]:
    """Lucene's BM25, as in Kamphuis et al. (ECIR 2020), one term at a time."""
    mean = sum(map(len, lists)) / len(lists) if lists else 0
    scores: dict[int, float] = {}
    for term in query:
        holders = sum(term in one for one in lists)
        idf = math.log(1 + (len(lists) - holders + 0.5) / (holders + 0.5))
        for number, one in enumerate(lists):
            if count := Counter(one)[term]:
                length = 1 - B + B * len(one) / mean
                scores[number] = scores.get(number, 0) + idf * count / (count + K1 * length)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


@given(lists_of_terms, st.lists(st.sampled_from([*WORDS, "没有"]), max_size=5))
def test_scores_as_written_out(lists: list[list[str]], query: list[str]) -> None:
    hits = make(lists).search(query, 100)
    expected = bm25(lists, query)
    assert {hit.number for hit in hits} == {number for number, _ in expected}
    for hit in hits:
        assert hit.score == pytest.approx(dict(expected)[hit.number], rel=1e-4)
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.number))


@given(lists_of_terms, st.integers(0, 12))
def test_k_is_the_head_of_the_whole_ranking(lists: list[list[str]], k: int) -> None:
    store = make(lists)
    assert store.search(WORDS, k) == store.search(WORDS, 100)[:k]


@given(lists_of_terms)
def test_frequency_counts_lists(lists: list[list[str]]) -> None:
    store = make(lists)
    assert len(store) == len(lists)
    for term in [*WORDS, "没有", ""]:
        assert store.frequency(term) == sum(term in one for one in lists)
    assert sorted(store.terms()) == sorted({term for one in lists for term in one})


@given(lists_of_terms)
def test_the_same_after_files(lists: list[list[str]]) -> None:
    store = BM25Store.from_terms(lists)
    files = store.to_files()
    assert set(files) == set(BM25Store.FILES)
    again = BM25Store.from_files(files)
    assert again.search(WORDS, 9) == store.search(WORDS, 9)
    assert again.to_files() == files


def test_files_that_do_not_fit_are_refused() -> None:
    one = BM25Store.from_terms([["京东"], ["支付"]]).to_files()
    other = BM25Store.from_terms([["京东", "支付", "白条"]]).to_files()
    with pytest.raises(ValueError, match="vocabulary"):
        BM25Store.from_files({**one, "terms.json": other["terms.json"]})
    with pytest.raises(ValueError, match="vocabulary"):
        BM25Store.from_files({**one, "terms.rows.npy": other["terms.rows.npy"]})


def test_files_do_not_depend_on_the_process() -> None:
    """Sets of strings are ordered differently in every process; these files are not."""
    program = (
        "from index.postings import BM25Store\n"
        "import hashlib\n"
        "files = BM25Store.from_terms([list('京东支付'), list('白条支付')]).to_files()\n"
        "print([hashlib.sha256(files[name]).hexdigest() for name in sorted(files)])\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
