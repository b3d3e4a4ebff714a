"""Which of two it is, by what the reader points at."""

from __future__ import annotations

from collections.abc import Callable

from qa.figures.compare import pointed_at
from qa.question.inquiry import inquire
from qa.search.retrieve import retrieve
from qa.search.windows import Found
from qa.texts import Place, Texts


def test_a_side_the_reader_points_at_without_figures(texts: Texts) -> None:
    place, named = _pointing("小金库和东家财富，哪个更受年轻人欢迎？", texts)
    assert named("东家财富") == "东家财富"
    assert named("小金库") == "小金库"
    assert named("私募基金") is None
    inquiry = inquire("小金库和东家财富，哪个更受年轻人欢迎？", texts)
    assert pointed_at(texts, inquiry, Place(place.document, 0), ()) is None


def test_the_side_beside_what_is_asked_wins_over_what_is_pointed_at(texts: Texts) -> None:
    _, named = _pointing("小金库和东家财富，哪个面向高净值人群？", texts)
    assert named("小金库") == "东家财富"
    assert named("私募基金") == "东家财富"


def _pointing(question: str, texts: Texts) -> tuple[Place, Callable[[str], str | None]]:
    """The sentence on both sides, and which side it is when the reader points at some words."""
    inquiry = inquire(question, texts)
    place = next(
        one.place
        for one in retrieve(texts, inquiry)
        if "高净值" in texts.reading(one.place.document).plain(one.place.sentence)
    )
    plain = texts.reading(place.document).plain(place.sentence)

    def named(words: str) -> str | None:
        at = plain.rindex(words)
        return pointed_at(texts, inquiry, place, (Found(place, at, at + len(words), 0.5),))

    return place, named
