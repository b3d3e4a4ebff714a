"""The signs a refusal is weighed on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa.assistant import Assistant
from qa.doubt.signs import FEW, LEAST, Signs, signs
from qa.question.inquiry import inquire
from qa.read import read
from qa.refuse import likelihood
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


def _signs(texts: Texts, question: str) -> Signs:
    inquiry = inquire(question, texts)
    sight = Sight(tuple(retrieve(texts, inquiry)), (), 1.0)
    draft = read(texts, inquiry, sight)
    assert draft is not None
    return signs(texts, inquiry, sight, draft)


def test_a_name_that_stands_nowhere_is_told_from_other_strange_words(texts: Texts) -> None:
    named = _signs(texts, "京东支付在火星的市场份额是多少？")
    coined = _signs(texts, "京东支付和花呗的市场份额是多少？")
    assert _signs(texts, "京东支付的市场份额是多少？").strange_names == 0
    assert 0 < named.strange_names <= named.strange
    assert named.coined == 0  # 火星 is in every dictionary
    assert 0 < coined.coined <= coined.strange


@pytest.mark.parametrize(("documents", "many"), [(1, 0.0), (FEW, 0.0), (FEW + 1, None)])
def test_more_than_a_few_documents_are_many(
    documents: int, many: float | None, tmp_path: Path
) -> None:
    build(
        [
            Document.from_text(f"第{n}号仓库存放{n}吨大米。", title=f"仓库{n}")
            for n in range(documents)
        ],
        index=tmp_path / "some",
    )
    found = _signs(Assistant.open(tmp_path / "some").texts, "第0号仓库存放多少吨大米？").many
    assert found == many if many is not None else 0 < found < 1


def test_strange_words_weigh_against_an_answer_where_texts_are_many(texts: Texts) -> None:
    few = _signs(texts, "京东支付的市场份额是多少？")

    def loss(many: float) -> float:
        own = replace(few, many=many)
        return likelihood(own) - likelihood(replace(own, strange=0.5, elsewhere=0.5))

    assert loss(1.0) > max(loss(0.0), 0.1)
    assert likelihood(replace(few, many=1.0, near=0.5)) < likelihood(replace(few, near=0.5))
