"""How two things stand to each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa import Answer, Assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("京东金融和京东商城是什么关系？", "强大的京东商城平台效应"),
        ("跟京东商城什么关系", "强大的京东商城平台效应"),
        ("支付宝和微信是什么关系", "支付宝微信成功经验"),
        ("小金库和东家财富有什么关系", "两者相辅相成"),
        ("农村金融与京东其他金融业务是什么关系", "映射与延伸"),
        ("京东金融跟商业银行是竞争还是合作？", "银行"),
    ],
)
def test_a_sentence_that_names_both_is_cited(
    article: Assistant, check_answer: Callable[[Assistant, Answer], None], question: str, said: str
) -> None:
    answer = article.answer(question)
    check_answer(article, answer)
    assert not answer.refused
    assert said in answer.citations[0].quote
    assert answer.short is None


@pytest.mark.parametrize(
    "question",
    ["众安保险跟京东金融是什么关系", "蚂蚁金服和京东金融是什么关系", "花呗和京东白条有什么关系"],
)
def test_what_the_text_does_not_know_stands_in_no_relation(
    article: Assistant, question: str
) -> None:
    assert article.answer(question).refused


@pytest.mark.parametrize(
    "question",
    [
        "京东金融和京东有什么关联交易？",
        "京东金融和京东商城有什么联系方式？",
        "京东金融和京东商城的关系是什么时候确立的",
    ],
)
def test_what_else_has_the_word_is_not_asked_so(article: Assistant, question: str) -> None:
    assert "说到两者的是" not in article.answer(question).text


def test_a_difference_is_no_relation(article: Assistant) -> None:
    """Other rules are for that."""
    answer = article.answer("京东支付和支付宝的市场份额相差多少？")
    assert "说到两者的是" not in answer.text
