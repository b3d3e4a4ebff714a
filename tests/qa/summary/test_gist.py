"""What is asked about in general: the gist of a part, or of a text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Answer, Assistant
from qa.summary.gist import bare, in_general

Check = Callable[[Assistant, Answer], None]

ORCHARD = """青石果园经营报告

青石果园建于1998年，如今是县里最大的果园。
青石果园靠三种水果养活了四十户人家。

一、青石果园的经营

青石果园把种植、加工和观光连成了一条线。

1. 梨园

2005年3月，梨园开园。
梨园用滴灌浇水，亩产比邻村高出三成。
梨园的梨大多卖给城里的超市。

2. 桃园

桃园以采摘为主，每年七月最忙。

二、青石果园的困难

青石果园缺少冷库，雨季损失不小。
"""


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("简单介绍一下梨园", "梨园"),
        ("一句话，京东金融是个啥", "京东金融"),
        ("京东农村金融做得怎么样,大致情况说说", "京东农村金融"),
        ("请对京东供应链金融的整体运作情况作一简要综述", "京东供应链金融"),
        ("麻烦介绍一下京东金融这家公司", "京东金融"),
        ("文章关于京东众筹说了什么", "京东众筹"),
    ],
)
def test_the_name_of_the_thing_is_what_is_left(question: str, subject: str) -> None:
    assert in_general(question)
    assert bare(question) == subject


@pytest.mark.parametrize("question", ["梨园亩产多少", "谁设计了灯塔", "为什么缺少冷库"])
def test_what_asks_for_one_thing_asks_for_no_gist(question: str) -> None:
    assert not in_general(question)


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("orchard")
    build(Document.from_text(ORCHARD, source="果园.txt"), folder)
    return Assistant.open(folder)


def test_a_part_is_told_by_its_own_section(orchard: Assistant, check_answer: Check) -> None:
    reply = orchard.answer("介绍一下梨园")
    check_answer(orchard, reply)
    assert reply.citations
    assert all("梨园" in one.quote for one in reply.citations)


def test_a_text_is_told_by_its_opening_and_below_its_headings(
    orchard: Assistant, check_answer: Check
) -> None:
    reply = orchard.answer("青石果园的情况总结一下")
    check_answer(orchard, reply)
    assert len(reply.citations) == 3
    starts = [one.start for one in reply.citations]
    assert starts == sorted(starts)
    assert all("青石果园" in one.quote for one in reply.citations)


def test_one_sentence_is_one_sentence(orchard: Assistant, check_answer: Check) -> None:
    reply = orchard.answer("用一句话介绍青石果园")
    check_answer(orchard, reply)
    assert len(reply.citations) == 1


def test_what_the_text_does_not_speak_of_has_no_gist(orchard: Assistant) -> None:
    assert orchard.answer("介绍一下苹果园").refused


def test_a_whole_text_is_told_with_its_outline(article: Assistant, check_answer: Check) -> None:
    reply = article.answer("这篇文章主要讲了什么？")
    check_answer(article, reply)
    quotes = [one.quote for one in reply.citations]
    assert any("八大板块" in quote for quote in quotes)
    assert len(reply.items) == 4


def test_a_section_that_is_named_is_told(article: Assistant) -> None:
    reply = article.answer("“业务不完善,信息不透明”那一段说的啥")
    assert reply.citations[0].quote == "京东金融各业务存在不少问题。"


def test_the_strategy_of_the_whole_is_no_part_s(article: Assistant) -> None:
    reply = article.answer("京东金融的整体战略是什么？")
    assert reply.citations[0].quote.startswith("其从金融本质出发,致力于")


def test_risks_in_short_are_the_headings_that_name_them(article: Assistant) -> None:
    reply = article.answer("京东金融的主要风险,给个摘要")
    assert reply.items[1].text == "牌照不齐全,监管风险高"


def test_what_no_section_is_about_is_told_by_the_sentences_that_name_it(
    article: Assistant,
) -> None:
    reply = article.answer("京东白条是怎么回事")
    assert 2 <= len(reply.citations) <= 3
    assert all("京东白条" in one.quote for one in reply.citations)


def test_in_one_sentence_is_one_sentence(article: Assistant) -> None:
    reply = article.answer("一句话概括这篇文章")
    assert len(reply.citations) == 1
    assert "京东金融" in reply.citations[0].quote


def test_what_the_author_thinks_of_all_is_no_sentence_that_hangs(article: Assistant) -> None:
    reply = article.answer("作者对京东金融怎么看")
    assert not any(one.quote.startswith("此举") for one in reply.citations)
