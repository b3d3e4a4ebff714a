"""What is no argument of the right kind is said so, in one error."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.errors import WrongArgument
from qa import Assistant, answer


@pytest.mark.parametrize("question", [None, 5, [], b"", {"text": "甲？"}])
def test_a_question_is_a_string(question: Any, article: Assistant) -> None:
    for ask in (article.answer, article.search, answer):
        with pytest.raises(WrongArgument, match="question"):
            ask(question)


@pytest.mark.parametrize(
    "history", [5, "甲？", ["甲？"], [("甲？", "乙。")], {"role": "user"}, [{}]]
)
@pytest.mark.parametrize("question", ["", "你好", "京东支付的市场份额是多少？"])
def test_a_history_of_another_shape_is_said_so(
    question: str, history: Any, article: Assistant
) -> None:
    with pytest.raises(WrongArgument, match="history"):
        article.answer(question, history)


def test_no_history_can_be_none(article: Assistant) -> None:
    assert article.answer("你好", None) == article.answer("你好")
    assert answer("你好", None) == answer("你好")


@pytest.mark.parametrize("most", ["3", 2.5, -1, None, True])
def test_how_many_is_a_number(most: Any, article: Assistant) -> None:
    with pytest.raises(WrongArgument, match="most"):
        article.search("京东支付的份额", most)


@pytest.mark.parametrize("index", [5, "", b"x", []])
def test_an_index_is_named_by_a_path(index: Any) -> None:
    with pytest.raises(WrongArgument, match="index"):
        Assistant.open(index)
    with pytest.raises(WrongArgument, match="index"):
        answer("你好", index=index)


def test_a_documents_id_is_a_string(article: Assistant) -> None:
    with pytest.raises(WrongArgument, match="id"):
        article.document([])  # type: ignore[arg-type]
