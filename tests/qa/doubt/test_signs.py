"""The signs a refusal is weighed on."""

from __future__ import annotations

from qa.doubt.signs import LEAST, signs
from qa.question.inquiry import inquire
from qa.read import read
from qa.search.rank import Sight
from qa.search.retrieve import retrieve
from qa.texts import Texts


def test_the_readers_doubt_is_bounded_where_all_that_is_asked_is_said(texts: Texts) -> None:
    def read_short(question: str) -> float:
        inquiry = inquire(question, texts)
        sight = Sight(tuple(retrieve(texts, inquiry)), (), -8.0)
        draft = read(texts, inquiry, sight)
        assert draft is not None
        return signs(texts, inquiry, sight, draft).read_short

    assert read_short("京东支付的市场份额是多少？") == LEAST
    assert read_short("京东支付的注册资本是多少？") == -8.0
