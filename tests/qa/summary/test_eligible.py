"""Who may apply."""

from __future__ import annotations

import pytest

from corpus import Document
from index import build
from qa import Assistant

NOTICE = """云岭县2025年就业补贴申领办法

一、补贴对象
毕业两年内、在云岭县企业就业的高校毕业生。机关在编人员不享受本补贴。

二、补贴标准
硕士每月1200元，本科每月800元。

三、办理流程
申请人登录小程序提交申请，县人社局在7个工作日内初审。
"""


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("notice")
    build(Document.from_text(NOTICE, source="办法.txt"), folder)
    return Assistant.open(folder)


@pytest.mark.parametrize("question", ["谁可以申请补贴？", "哪些人能申请？", "什么人可以领？"])
def test_who_may_is_told_under_its_heading(question: str, notice: Assistant) -> None:
    said = notice.answer(question)
    assert said.short is None
    assert [one.section for one in said.citations] == [said.citations[0].section] * 2
    assert "毕业两年内" in said.citations[0].quote


def test_who_does_a_thing_is_another_question(notice: Assistant) -> None:
    assert "人社局" in (notice.answer("谁来初审？").short or "")


def test_what_is_under_the_heading_is_of_nothing_else(notice: Assistant) -> None:
    lottery = notice.answer("谁可以参加抽奖？")
    assert lottery.refused or "毕业两年内" not in lottery.text
