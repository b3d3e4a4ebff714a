"""What a thing is, asked of a text that names it in passing."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant


@pytest.mark.parametrize(
    "question", ["什么叫金融科技？", "金融科技是什么意思？", "什么是资产证券化？"]
)
def test_a_word_in_passing_is_not_explained(article: Assistant, question: str) -> None:
    answer = article.answer(question)
    assert answer.refused
    assert "没有说它是什么" in answer.reason


def test_what_is_explained_is_answered(tmp_path: Path) -> None:
    text = (
        "公司以冷链物流为核心，从干线运输到城市配送都自己做。"
        "冷链物流是指全程保持低温的运输和储存。去年营业收入3亿元。"
    )
    build([Document.from_text(text, title="寒江冷运")], index=tmp_path / "index")
    bot = Assistant.open(tmp_path / "index")
    assert "全程保持低温" in bot.answer("什么是冷链物流？").text
    assert bot.answer("什么是城市配送？").refused


def test_what_is_explained_in_the_same_breath_is_answered(tmp_path: Path) -> None:
    text = "宠物登记由智能门禁，就是刷脸开门的系统来完成。小区有12栋楼。"
    build([Document.from_text(text, title="社区")], index=tmp_path / "index")
    assert "刷脸开门" in Assistant.open(tmp_path / "index").answer("什么是智能门禁？").text


@pytest.mark.parametrize(
    ("text", "question", "refused"),
    [
        ("API 是应用程序编程接口，供程序之间调用。", "API是什么？", False),
        ("KPI主要是指关键绩效指标，用来考核员工。", "KPI是什么意思？", False),
        ("公司是中国最大的自营式B2C电商平台，有两亿会员。", "B2C是什么意思？", True),
    ],
)
def test_letters_that_only_modify_are_not_explained(
    text: str, question: str, refused: bool, tmp_path: Path
) -> None:
    build(Document.from_text(text, title="说明", source="一.txt"), tmp_path)
    assert Assistant.open(tmp_path).answer(question).refused is refused
