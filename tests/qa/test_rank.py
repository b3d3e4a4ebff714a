"""The final order of candidates, and the choice among a text's lists."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import lists, rank
from qa.inquiry import inquire
from qa.lists import Fitness, choose, stated_count
from qa.rank import Standing, blend, standings
from qa.retrieve import retrieve
from qa.texts import Texts
from qa.windows import Found, View

SHARE = st.floats(0, 1)


@given(st.builds(Standing, **{field.name: SHARE for field in fields(Standing)}))
def test_a_score_is_a_share(standing: Standing) -> None:
    assert 0 <= blend(standing) <= 1


@given(st.builds(Standing, **{field.name: SHARE for field in fields(Standing)}), SHARE)
def test_the_more_the_reader_holds_a_sentence_the_higher_it_stands(
    standing: Standing, held: float
) -> None:
    low, high = sorted((standing.held, held))
    assert blend(replace(standing, held=low)) <= blend(replace(standing, held=high))


def test_what_the_reader_saw_is_given_to_its_sentence_alone(texts: Texts) -> None:
    candidates = retrieve(texts, inquire("京东支付的市场份额是多少？", texts))
    place = candidates[0].place
    view = View((place,), (Found(place, 0, 4, 0.6),), (0.8,), 3.0)
    found = standings(candidates, [view])
    assert (found[0].held, found[0].read) == (0.8, 1.0)
    assert found[0].sure == pytest.approx(0.75)
    assert all((one.held, one.sure, one.read) == (0.0, 0.0, 0.0) for one in found[1:])


@pytest.mark.parametrize(
    ("module", "kind"), [(rank, Standing), (lists, Fitness)], ids=["ranking", "lists"]
)
def test_every_feature_has_a_weight(module: object, kind: type) -> None:
    assert set(module.WEIGHTS) == {field.name for field in fields(kind)}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("有哪四大业务？", 4),
        ("哪12个县？", 12),
        ("哪十个县？", 10),
        ("这一块有哪些问题？", 0),
        ("有哪些业务？", 0),
    ],
)
def test_the_count_a_question_states(question: str, count: int) -> None:
    assert stated_count(question) == count


def test_the_problems_of_the_article_are_its_four_headings(texts: Texts) -> None:
    inquiry = inquire("京东金融存在哪些问题？", texts)
    listed = choose(texts, inquiry, retrieve(texts, inquiry))
    assert listed is not None
    assert len(listed.enumeration.entries) == 4
    assert "支付起步晚" in listed.enumeration.entries[0].text
