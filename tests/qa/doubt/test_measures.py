"""Figures of another measure than the one asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa.assistant import Assistant


def test_no_weight_for_a_price(tmp_path: Path) -> None:
    text = "红烧肉要用五花肉800克，切成3厘米见方的块。酱油放20毫升，一瓶酱油12元。冰糖放30克。"
    build([Document.from_text(text, title="红烧肉")], index=tmp_path / "index")
    assistant = Assistant.open(tmp_path / "index")
    assert assistant.answer("五花肉多少钱？").short is None
    assert assistant.answer("冰糖多少钱？").short is None
    assert assistant.answer("一瓶酱油多少钱？").short == "12元"
    assert assistant.answer("要用多少克五花肉？").short == "800克"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("柳埠大桥有多长？", "612米"),
        ("柳埠大桥有多宽？", None),
        ("榨菜厂2022年的产值是多少？", "6200万元"),
        ("榨菜厂2022年收了多少吨榨菜？", None),
    ],
)
def test_another_measure_than_the_one_asked_for(
    question: str, short: str | None, tmp_path: Path
) -> None:
    text = (
        "2011年柳埠大桥通车，桥长612米，为双塔斜拉桥。镇上的榨菜厂有职工135人，2022年产值6200万元。"
    )
    build([Document.from_text(text, title="柳埠镇")], index=tmp_path / "index")
    assert Assistant.open(tmp_path / "index").answer(question).short == short


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("公司盈利了吗？", True),
        ("2022年营收多少？", True),
        ("公司市值多少？", True),
        ("2022年众筹筹了多少钱？", False),
    ],
)
def test_profit_and_turnover_are_said_in_so_many_words(
    question: str, refused: bool, tmp_path: Path
) -> None:
    text = "公司2022年众筹金额达到2.4亿元，参加的有3200人。公司只作渠道，不保证投资人的收益。"
    build([Document.from_text(text, title="渡云公司")], index=tmp_path / "index")
    assert Assistant.open(tmp_path / "index").answer(question).refused == refused


@pytest.mark.parametrize(
    ("text", "question", "short"),
    [
        ("招聘保洁员2名，每月3500元，包吃住。", "保洁员工资多少？", "3500元"),
        ("搬运工每小时25元。", "搬运工工资是多少？", "25元"),
        ("2023年公司收入为5.2亿元，员工86人。", "公司2023年营收多少？", "5.2亿元"),
        ("手续费为合同金额的0.6%，三日到账。", "手续费率是多少？", "0.6%"),
        ("毛利占收入的三成，门店12家。", "毛利率是多少？", "三成"),
        ("今年种了800亩。2023年用化肥30吨。", "今年化肥用了多少吨？", "30吨"),
    ],
)
def test_measures_in_other_words(text: str, question: str, short: str, tmp_path: Path) -> None:
    build([Document.from_text(text, title="滨江")], index=tmp_path / "index")
    assert Assistant.open(tmp_path / "index").answer(question).short == short
