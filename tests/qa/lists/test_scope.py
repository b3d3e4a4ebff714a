"""Lists of the whole and of a part of it; what is there and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant
from qa.question.inquiry import inquire
from qa.texts import Texts

EIGHT = [
    "供应链业务",
    "支付业务",
    "消费金融",
    "证券业务",
    "财富管理",
    "众筹业务",
    "保险业务",
    "农村金融",
]

ADVICE = ["提升", "加速", "完善", "致力"]  # how its headings begin


@pytest.mark.parametrize(
    "question",
    [
        *("京东金融有哪些业务", "京东金融的业务有哪些？", "京东金融包括哪些业务"),
        *("京东金融有什么业务", "京东金融那八块业务分别是啥", "京东的业务分成哪八块？"),
    ],
)
def test_a_list_of_the_whole_comes_before_one_of_a_part(article: Assistant, question: str) -> None:
    assert [one.text for one in article.answer(question).items] == EIGHT


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("京东农村金融有哪些产品？", ["京农贷", "乡村白条", "农村理财"]),
        ("京东没有哪些牌照？", ["银行", "证券", "保险", "基金"]),
        ("京东有哪些牌照？", ["小贷", "保理", "基金销售", "支付"]),
        ("外部的非生物环境有哪些？", ["互联网金融环境", "政策环境", "科技水平"]),
    ],
)
def test_a_list_of_a_part_where_that_is_asked_for(
    article: Assistant, question: str, items: list[str]
) -> None:
    assert [one.text for one in article.answer(question).items] == items


@pytest.mark.parametrize(
    "question", ["京东金融一共分几大块业务", "京东金融有几块业务？", "京东金融分几大块"]
)
def test_how_many_blocks_there_are(article: Assistant, question: str) -> None:
    answer = article.answer(question)
    assert answer.short == "八"
    assert [one.text for one in answer.items] == EIGHT


def test_blocks_of_money_are_none_of_business(texts: Texts) -> None:
    assert "几块" in inquire("一斤几块钱？", texts).text
    assert "三块" in inquire("涨了三块钱吗？", texts).text


@pytest.mark.parametrize("question", ["京东金融未来怎么走？", "京东金融的出路在哪里？"])
def test_where_to_go_from_here_is_what_the_author_advises(
    article: Assistant, question: str
) -> None:
    assert [one.text[:2] for one in article.answer(question).items] == ADVICE


def test_how_a_heading_is_done_is_all_that_is_advised_below_it(article: Assistant) -> None:
    quotes = [one.quote for one in article.answer("怎么提高信息透明度？").citations]
    assert len(quotes) == 3
    assert all("应" in one for one in quotes)


def test_a_list_whose_sort_is_left_out(article: Assistant) -> None:
    for question in ("京东众筹包括哪些？", "众筹包括哪些？"):
        answer = article.answer(question)
        assert [one.text for one in answer.items] == ["产品众筹", "股权众筹", "众创生态圈"]


def test_one_of_a_list_where_one_is_asked_about(article: Assistant) -> None:
    answer = article.answer("京东支付体系中的后端业务是干什么的？")
    assert not answer.items
    assert "后端业务" in answer.citations[0].quote


def test_advice_is_asked_for_whatever_else_the_question_says(article: Assistant) -> None:
    answer = article.answer("作者为优化京东金融生态圈开出了哪几条药方？")
    assert [one.text[:4] for one in answer.items] == [
        "提升支付",
        "加速牌照",
        "完善各业",
        "致力于后",
    ]


@pytest.mark.parametrize("question", ["京东金融的问题是什么？", "京东金融最大的问题是什么？"])
def test_problems_are_listed_whatever_the_form_of_the_question(
    article: Assistant, question: str
) -> None:
    assert len(article.answer(question).items) == 4


def test_all_of_a_sentence_where_no_part_of_it_is_asked_for(article: Assistant) -> None:
    assert len(article.answer("B端的融资服务有哪几种？").items) == 7
    assert len(article.answer("有银行参与的融资服务有哪几种？").items) == 4


def test_a_list_given_whole_has_no_more(article: Assistant) -> None:
    history = [{"role": "user", "content": "京东金融有哪些业务？"}]
    answer = article.answer("还有呢", history)
    assert answer.refused
    assert "8 项" in answer.reason


@pytest.mark.parametrize("question", ["京东怎么提高利润？", "如何提高白条额度？"])
def test_what_is_done_to_a_thing_is_not_the_thing(article: Assistant, question: str) -> None:
    assert article.answer(question).refused


def test_a_request_is_no_question_of_yes_or_no(article: Assistant) -> None:
    asked = article.answer("能不能简单说说京东众筹？")
    assert asked.short is None
    assert asked.citations == article.answer("简单说说京东众筹").citations


def test_what_is_opposite_is_no_answer(article: Assistant) -> None:
    assert article.answer("外部环境有哪些？").refused


def test_what_is_wrong_is_no_remedy(article: Assistant) -> None:
    assert article.answer("京东白条的缺点怎么改进？").refused
    assert not article.answer("牌照不全该怎么解决？").refused


def test_there_is_no_more_of_a_list_of_one_sentence(tmp_path: Path) -> None:
    text = (
        "缴费通知\n业主可以到服务中心前台刷卡缴费，也可以通过银行转账。收款单位为青松苑物业公司。"
    )
    build([Document.from_text(text)], index=tmp_path)
    history = [{"role": "user", "content": "有哪些缴费方式？"}]
    answer = Assistant.open(tmp_path).answer("还有呢？", history)
    assert answer.refused
    assert "没有更多" in answer.reason
