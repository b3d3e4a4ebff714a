"""Where the short answer begins and ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("量化投资平台目前只能当什么用？", "学习平台"),
        ("自然生态系统中的分解者起什么作用？", "将生物分解为无机物回归环境"),
        ("文中所谓生态圈里的“消费者”,其本质属性是什么?", "资金需求方"),
        ("新型消费金融的核心任务在于什么?", "在各个消费场景中深化消费金融服务"),
        ("众筹那个新模式叫啥名", "“三位一体”"),
    ],
)
def test_only_what_answers_is_said(article: Assistant, question: str, short: str) -> None:
    assert article.answer(question).short == short


@pytest.mark.parametrize(
    ("text", "question", "short"),
    [
        ("截至2023年底，全市公共充电桩7420个，车桩比为15.6∶1。", "车桩比是多少？", "15.6∶1"),
        (
            "本计划所称“僵尸桩”，是指连续90日没有充电记录的公共充电桩。",
            "“僵尸桩”怎么界定？",
            "连续90日没有充电记录的公共充电桩",
        ),
        ("2023年，单台均价由上年的3446元下降到3123元。", "2023年 单台均价", "3123元"),
    ],
)
def test_a_short_answer_on_another_text(
    text: str, question: str, short: str, tmp_path: Path
) -> None:
    build([Document.from_text(text, title="文")], index=tmp_path / "one")
    assert Assistant.open(tmp_path / "one").answer(question).short == short


def test_a_list_begins_where_its_own_items_do(article: Assistant) -> None:
    answer = article.answer("京东支付体系已经打通了哪些产品？")
    assert [item.text for item in answer.items] == ["支付", "白条", "小金库"]


def test_items_that_end_in_of_those_go_without_it(tmp_path: Path) -> None:
    text = (
        "有下列情形之一的，不予补贴：\n1. 未接入平台的；\n2. 使用二手设备的；\n3. 占用消防通道的。"
    )
    build([Document.from_text(text, title="办法")], index=tmp_path / "one")
    answer = Assistant.open(tmp_path / "one").answer("哪些情形不予补贴？")
    assert [item.text for item in answer.items] == ["未接入平台", "使用二手设备", "占用消防通道"]
