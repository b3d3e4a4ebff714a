"""Where the text's own subject is to go, and what is advised on one side of it."""

from __future__ import annotations

import re

import pytest

from qa import Assistant
from qa.question.kinds import plain


@pytest.mark.parametrize(
    "question",
    [
        "京东金融的未来发展方向是什么？",
        "京东金融今后该往哪里走？",
        "京东金融的出路在哪里？",
        "往后看,文章认为京东金融应当朝哪里走？",
    ],
)
def test_what_lies_ahead_is_what_the_author_advises(question: str, article: Assistant) -> None:
    reply = article.answer(question)
    assert len(reply.items) == 4
    assert reply.items[0].text == "提升支付地位,走出生态体系"


def test_nothing_lies_ahead_of_what_the_text_is_not_about(article: Assistant) -> None:
    assert article.answer("支付宝的发展方向是什么？").refused


def test_an_outlook_is_what_the_text_says_of_it_and_then_what_is_advised(
    article: Assistant,
) -> None:
    reply = article.answer("京东金融的前景怎么样？")
    assert re.search("升级|空间", reply.citations[0].quote)
    assert reply.citations[-1].quote.endswith("致力于后红利时代科技与生态圈的对外输出")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("关于支付业务，作者有什么主张", "京东的当务之急是加速京东支付走出京东生态体系"),
        ("针对支付业务,作者提了哪些建议?", "京东的当务之急是加速京东支付走出京东生态体系"),
        ("信息透明度方面文章有什么主张", "针对各业务,京东应加强平台监管"),
    ],
)
def test_advice_on_one_side_is_the_sentences_that_give_it(
    question: str, begins: str, article: Assistant
) -> None:
    reply = article.answer(question)
    assert reply.citations[0].quote.startswith(begins)
    assert len(reply.citations) == 3


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("京东支付做得怎么样啊", "京东支付仅占1%"),
        ("京东众筹做得怎么样", "均为业界第一"),
        ("供应链金融发展得如何", "2500亿元贷款"),
    ],
)
def test_how_a_thing_fares_is_told_by_figures(question: str, said: str, article: Assistant) -> None:
    assert said in article.answer(question).text


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("这篇东西主要在讲什么?几句话说清楚。", "这篇东西主要在讲什么"),
        ("京东金融有哪些业务板块?文章怎么说的?", "京东金融有哪些业务板块"),
        ("农村金融的目标,文中有没有谈到?", "农村金融的目标"),
        ("文中有没有提到花呗?", "有没有提到花呗"),
    ],
)
def test_what_is_added_to_a_question_asks_nothing(question: str, alone: str) -> None:
    assert plain(question).removeprefix("文中") == alone
