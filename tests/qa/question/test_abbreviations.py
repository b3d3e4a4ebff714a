"""Short forms spelled out as the texts write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document
from index import build, open_index
from qa import Assistant
from qa.question.abbreviations import spelled_out
from qa.texts import Texts

RULES = (
    "员工每年享有年休假5天。年休假可以分次使用。未休的年休假不折算工资。"
    "公司2023年营业收入为3亿元。营业收入比上年增长一成。营业收入主要来自门店。"
)


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    build([Document.from_text(RULES, title="手册")], index=tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("消金业务有哪些产品", "消费金融业务有哪些产品"),
        ("京东消金是什么", "京东消费金融是什么"),
        ("供链金融服务了多少企业", "供应链金融服务了多少企业"),
        ("互金是什么", "互联网金融是什么"),
    ],
)
def test_a_short_form_is_what_the_text_writes_out(typed: str, meant: str, texts: Texts) -> None:
    assert spelled_out(typed, texts) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "京东金融有哪些业务",
        "蚂蚁金服是什么",  # one name, and 蚂蚁 is not spoken of
        "京东的竞品是谁",
        "花呗和白条",
        "银保监会怎么说",
        "",
        "？",
    ],
)
def test_what_is_short_for_nothing_stays(typed: str, texts: Texts) -> None:
    assert spelled_out(typed, texts) == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("公司的年假怎么算", "公司的年休假怎么算"),  # a word of its own, but for one character
        ("公司的营收是多少", "公司的营业收入是多少"),
        ("公司的年终奖是多少", "公司的年终奖是多少"),
    ],
)
def test_a_word_that_the_text_writes_longer(typed: str, meant: str, handbook: Path) -> None:
    assert spelled_out(typed, Texts(open_index(handbook))) == meant


def test_the_answer_shows_how_the_question_was_understood(handbook: Path) -> None:
    answer = Assistant.open(handbook).answer("公司2023年的营收是多少？")
    assert answer.question == "公司2023年的营业收入是多少？"
    assert answer.short == "3亿元"


def test_what_the_texts_have_is_never_touched(tmp_path: Path) -> None:
    text = RULES + "年假另有规定。"
    build([Document.from_text(text, title="手册")], index=tmp_path / "index")
    assert spelled_out("公司的年假呢", Texts(open_index(tmp_path / "index"))) == "公司的年假呢"


@given(st.text(alphabet="京东金融消费供应链互联网年休假的有多少?ab1，", max_size=24))
def test_only_what_stands_nowhere_is_replaced(texts: Texts, question: str) -> None:
    found = spelled_out(question, texts)
    if found != question:
        assert len(found) > len(question)
        longer = len(found) - len(question)
        start = next(at for at in range(len(found)) if question[: at + 1] != found[: at + 1])
        # What was put in stands in the texts, with what it was put in between.
        around = range(max(0, start - 6), start + 1)
        assert any(
            texts.occurs(found[a:b])
            for a in around
            for b in range(start + longer, start + longer + 8)
        )
