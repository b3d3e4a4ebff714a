from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Hit
from qa.question.inquiry import Key, inquire
from qa.search.retrieve import coverage, fuse, retrieve, spoken
from qa.texts import Texts


def hits(draw: st.DrawFn, low: float, high: float) -> list[Hit]:
    """What a store returns: each passage once, best first."""
    numbers = draw(st.lists(st.integers(0, 30), unique=True, max_size=12))
    scores = draw(
        st.lists(st.floats(low, high), min_size=len(numbers), max_size=len(numbers)).map(
            lambda found: sorted(found, reverse=True)
        )
    )
    return [Hit(number, score) for number, score in zip(numbers, scores, strict=True)]


NEAR = st.composite(hits)(-1.0, 1.0)
MATCHING = st.composite(hits)(0.0, 40.0)


@given(NEAR, MATCHING)
def test_fused_scores_are_shares(near: list[Hit], matching: list[Hit]) -> None:
    fused = fuse(near, matching)
    assert set(fused) <= {hit.number for hit in (*near, *matching)}
    assert set(fused) >= {hit.number for hit in near}
    assert all(0.0 <= score <= 1.0 for score in fused.values())


@given(NEAR, MATCHING)
def test_each_search_keeps_its_order(near: list[Hit], matching: list[Hit]) -> None:
    for found in (fuse(near, []), fuse([], matching)):
        scores = list(found.values())
        assert scores == sorted(scores, reverse=True)


def test_first_in_both_searches_is_first_of_all() -> None:
    near = [Hit(3, 0.9), Hit(1, 0.85), Hit(2, 0.8)]
    matching = [Hit(3, 12.0), Hit(2, 6.0)]
    fused = fuse(near, matching)
    assert max(fused, key=lambda number: fused[number]) == 3
    assert fused[3] == pytest.approx(1.0)


def test_nothing_found_is_nothing_fused() -> None:
    assert fuse([], []) == {}


KEYS = (Key("支付宝", 3.0), Key("份额", 1.0))


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("支付宝的份额为52.3%", 1.0),
        ("支付宝起步早", 0.75),
        ("份额为1%", 0.25),
        ("天气很好", 0.0),
        ("", 0.0),
    ],
)
def test_coverage_is_the_share_of_weight(text: str, share: float) -> None:
    assert coverage(KEYS, text) == pytest.approx(share)


def test_without_key_words_nothing_is_covered() -> None:
    assert coverage((), "支付宝") == 0.0


def test_a_long_word_is_partly_spoken_of_by_its_parts() -> None:
    assert spoken("市场份额", "市场上的份额") == pytest.approx(0.8 * 2 / 3)
    assert spoken("市场份额", "市场份额") == 1.0
    assert spoken("份额", "份") == 0.0


@given(st.text(min_size=1, max_size=12), st.text(max_size=40))
def test_spoken_is_a_share(word: str, text: str) -> None:
    assert 0.0 <= spoken(word, text) <= 1.0
    assert spoken(word, f"{text}{word}{text}") == 1.0


@pytest.mark.parametrize("question", ["京东支付的市场份额是多少？", "量子力学", "的", "？", "a"])
def test_candidates_come_best_first_and_once_a_passage(question: str, texts: Texts) -> None:
    candidates = retrieve(texts, inquire(question, texts))
    assert candidates
    scores = [one.score for one in candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert len({(one.place, one.passage) for one in candidates}) == len(candidates)
    for one in candidates:
        passage = texts.snapshot.passages[one.passage]
        assert passage.document == one.place.document
        assert passage.first <= one.place.sentence < passage.last


def test_words_of_the_text_bring_their_sentence(texts: Texts) -> None:
    candidates = retrieve(texts, inquire("量化投资平台有什么实际用处？", texts))
    best = candidates[:5]
    said = [texts.reading(one.place.document).plain(one.place.sentence) for one in best]
    assert any("量化投资平台" in sentence for sentence in said)
