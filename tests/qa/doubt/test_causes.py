"""What came of a thing is no reason for it."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant
from qa.doubt.causes import tells_effect
from qa.question.inquiry import inquire
from qa.texts import Texts


@pytest.mark.parametrize(
    ("question", "sentence", "effect"),
    [
        ("支付业务市场份额为什么小", "支付业务市场份额小,导致京东支付铺展不开。", True),
        ("京东支付为什么铺展不开", "支付业务市场份额小,导致京东支付铺展不开。", False),
        ("支付业务市场份额为什么小", "由于起步晚,支付业务市场份额小,制约了全局。", False),
        ("支付业务市场份额为什么小", "支付业务市场份额小。", False),
    ],
)
def test_what_came_of_a_thing_is_not_why_it_is_so(
    question: str, sentence: str, effect: bool, texts: Texts
) -> None:
    assert tells_effect(inquire(question, texts), sentence) is effect


def test_what_is_feared_is_a_reason(texts: Texts) -> None:
    sentence = "反对者担心建闸会阻断洄游,并使候鸟失去浅滩。"
    assert not tells_effect(inquire("为什么反对建闸", texts), sentence)


def test_the_effect_alone_does_not_answer_why(article: Assistant) -> None:
    assert article.answer("京东为什么缺银行牌照？").refused
