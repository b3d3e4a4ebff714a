"""Why a thing fares badly: what has made it the weak part."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant


@pytest.mark.parametrize(
    "question",
    ["京东支付为什么市场份额低？", "支付为啥做得这么烂？", "为什么京东支付没几个人用？"],
)
def test_the_cause_and_not_what_came_of_it(article: Assistant, question: str) -> None:
    assert article.answer(question).citations[0].quote.startswith("京东支付起步晚")


def test_in_another_text_and_of_another_thing(tmp_path: Path) -> None:
    text = (
        "外卖部门订单少，导致骑手收入低。外卖部门入行太晚又没有自己的骑手，使其成为公司最薄弱的一块。"
        "堂食部门开在学校旁边，客人一直很多。"
    )
    build([Document.from_text(text, title="桥头面馆")], index=tmp_path / "index")
    bot = Assistant.open(tmp_path / "index")
    assert "入行太晚" in bot.answer("外卖部门为什么做得差？").citations[0].quote
    assert "入行太晚" not in bot.answer("堂食部门为什么客人多？").text


@pytest.mark.parametrize(
    "question", ["京东为什么推出小白卡？", "京东为什么降低贷款门槛？", "京东支付为什么能降低成本？"]
)
def test_what_is_not_asked_of_a_weakness(article: Assistant, question: str) -> None:
    assert "起步晚" not in article.answer(question).text


def test_what_is_liked_is_not_weak(tmp_path: Path) -> None:
    text = (
        "小程序受欢迎是因为下单快。公司有员工50人。"
        "小程序上线太晚又没有宣传，导致滨江公司线上业务落后。"
    )
    build([Document.from_text(text, title="滨江公司")], index=tmp_path / "index")
    answer = Assistant.open(tmp_path / "index").answer("小程序为什么受欢迎？")
    assert answer.citations[0].quote == "小程序受欢迎是因为下单快。"
