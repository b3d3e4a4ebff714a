"""Cells of a table, found by row and column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Answer, Assistant

RIVERS = """青湖的河流

注入青湖的河流有四条，它们的情况如下表。

河流	长度（公里）	年径流量（亿立方米）	发源地
青江	412	186	大岭山
柳河	205	54	云台山
沙溪	138	31	石门高原
乌石河	96	22	大岭山

湖水经北端的铜口流出。
"""
DEVICES = """# 净饮机的规格

| 项目 | R30 | R20 |
|---|---|---|
| 额定功率 | 2200W | 45W |
| 原水箱容量 | 5升 | 4升 |
| 净重 | 6.8千克 | 5.1千克 |

原水箱只能加入自来水，严禁加入井水、牛奶和茶水。
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("tables") / "index"
    texts = (("河流", RIVERS, "txt"), ("规格", DEVICES, "md"))
    build(
        [Document.from_text(text, title=t, source=f"{t}.{end}") for t, text, end in texts], folder
    )
    return Assistant.open(folder)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("柳河的年径流量是多少？", "54"),
        ("沙溪发源于哪里", "石门高原"),
        ("柳河长多少公里？", "205"),
        ("青江有多长", "412"),
        ("R20的净重是多少", "5.1千克"),
        ("R30功率多大？", "2200W"),
        ("哪条河最长？", "青江"),
        ("哪条河流最短？", "乌石河"),
    ],
)
def test_a_cell_is_found_by_its_row_and_column(
    tables: Assistant, check_answer: Callable[[Assistant, Answer], None], question: str, short: str
) -> None:
    answer = tables.answer(question)
    check_answer(tables, answer)
    assert answer.short == short
    assert short in answer.citations[0].quote


def test_the_header_is_cited_after_the_row(tables: Assistant) -> None:
    answer = tables.answer("柳河的年径流量是多少？")
    assert [one.quote.split()[0] for one in answer.citations] == ["柳河", "河流"]


def test_rows_are_found_by_a_value(tables: Assistant) -> None:
    answer = tables.answer("发源于大岭山的河流有哪些？")
    assert [one.text for one in answer.items] == ["青江", "乌石河"]


@pytest.mark.parametrize("question", ["黑河的年径流量是多少？", "青江的水温是多少？"])
def test_what_no_cell_holds_is_not_told_by_one(tables: Assistant, question: str) -> None:
    short = tables.answer(question).short
    assert short not in {"412", "186", "54"}


def test_a_part_of_a_heading_does_not_make_it_the_one_asked_for(tables: Assistant) -> None:
    answer = tables.answer("R30的原水箱里哪些东西不能加？")
    assert [one.text for one in answer.items] == ["井水", "牛奶", "茶水"]
