"""Spoken forms as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Assistant
from qa.assistant import Turn
from qa.question.spoken import written


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("开店能贷到钱不", "开店能贷到钱吗"),
        ("手机上能用不呀？", "手机上能用吗？"),
        ("保险是自家出的不", "保险是自家出的吗"),
        ("支付宝占了六成多，对不", "支付宝占了超过六成，对吗"),
        ("股权那边筹了多少", "股权筹了多少"),
        ("那股权那边呢", "那股权呢"),
        ("京东金融到底是做什么的呢？", "京东金融是做什么的？"),
        ("小白卡究竟是个啥玩意儿呀", "小白卡是什么"),
        ("生态圈由哪些部分组成", "生态圈由什么组成"),
        ("问题主要包括哪些方面？", "问题主要包括哪些？"),
    ],
)
def test_what_only_speech_has_is_left_out(typed: str, meant: str) -> None:
    assert written(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "为什么不",
        "那支付宝呢",
        "到底呢",
        "干嘛不",
        "要不",
        "哪块业务最大",
        "这块业务是什么",
        "京东支付这边是什么",
        "另外那边呢",
        "三成多元化投资在哪",
        "农场里那头牛几岁",
        "院子这边界在哪",
        "借不借",
        "有几成多少",
    ],
)
def test_what_asks_otherwise_stays(typed: str) -> None:
    assert written(typed) == typed


@given(st.text(max_size=30))
def test_nothing_else_is_lost(typed: str) -> None:
    if not set(typed) & set("不边块头成"):
        assert written(typed) == typed


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("京东支付手机上能用不", "是"),
        ("支付宝占了六成多，对不", "否"),
        ("哪年成立的", "2013年10月"),
    ],
)
def test_it_is_answered_as_the_written_form_is(
    article: Assistant, question: str, short: str
) -> None:
    assert article.answer(question).short == short


def test_a_follow_up_asks_of_what_was_spoken_of(article: Assistant) -> None:
    history: list[Turn] = [{"role": "user", "content": "京东众筹是什么业务？"}]
    assert article.answer("什么时候成立的？", history=history).short == "2014年7月1日"


def test_a_follow_up_may_point_at_its_topic(article: Assistant) -> None:
    history: list[Turn] = [{"role": "user", "content": "京东农村金融铺到多少个县了"}]
    assert article.answer("村子呢", history=history).short == "30万个"
