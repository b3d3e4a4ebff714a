"""What a text was written for, and how it begins and ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant

TEXT = """城东旧书摊调查

城东的旧书摊已经摆了四十年。摊主多是退休教师。

一、现状

每逢周六，河边有三十多个书摊。每个摊位一天能卖出二十本书。

本文旨在弄清旧书为什么还有人买，以期为城管部门安排摊位提供参考。

二、结语

旧书摊不会消失。它们需要的是一个不下雨的角落。
"""


@pytest.fixture(scope="module")
def stalls(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("stalls") / "index"
    build(Document.from_text(TEXT, title="城东旧书摊调查"), index=folder)
    return Assistant.open(folder)


@pytest.mark.parametrize(
    "question",
    ["写这篇文章有什么意义？", "本文的写作目的是什么？", "作者为什么写这篇文章？", "研究意义"],
)
def test_what_a_text_was_written_for(question: str, stalls: Assistant) -> None:
    [cited] = stalls.answer(question).citations
    assert cited.quote.startswith("本文旨在弄清")


def test_the_article_says_it_of_its_research(article: Assistant) -> None:
    [cited] = article.answer("写这篇文章有什么价值").citations
    assert cited.quote.startswith("研究京东金融生态圈的构建")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("文章开头讲了什么？", "城东的旧书摊已经摆了四十年"),
        ("文章最后怎么说的", "旧书摊不会消失"),
        ("全文结尾说了什么", "旧书摊不会消失"),
    ],
)
def test_a_text_is_told_by_its_edges(question: str, begins: str, stalls: Assistant) -> None:
    reply = stalls.answer(question)
    assert reply.citations[0].quote.startswith(begins)
    assert len(reply.citations) == 2


def test_the_last_of_a_list_is_no_end_of_the_text(article: Assistant) -> None:
    assert article.answer("最后一个问题是什么？").short == "互联网红利结束,京东金融亟待升级"
