"""Words typed as they sound."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import build, open_index
from qa import Assistant
from qa.question.spelling import respelled
from qa.texts import Texts


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("京东金溶有哪些业务", "京东金融有哪些业务"),
        ("京东总筹是什么", "京东众筹是什么"),
        ("花呗和白跳", "花呗和白条"),
        ("供应连金融", "供应链金融"),
        ("京東金溶有哪些業務", "京東金融有哪些業務"),
        ("京东金融有那些问题", "京东金融有哪些问题"),
    ],
)
def test_a_word_is_read_as_it_sounds(typed: str, meant: str, texts: Texts) -> None:
    assert respelled(typed, texts) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "京东支付的份额是多少",
        "2016年第三季度京东金融的营收是多少",  # a word no dictionary has, like 应收 in sound
        "支付为什么是最弱的一环",
        "京东金采的账期有多长",
        "刘强冬是谁",  # nobody of that sound
        "京东金融有那些问题吗",  # asks whether it has those
        "白云是什么",
    ],
)
def test_what_is_not_misspelt_stays(typed: str, texts: Texts) -> None:
    assert respelled(typed, texts) == typed


def test_a_name_that_the_text_writes_is_never_touched(tmp_path: Path) -> None:
    said = "预冷链由总仓安排。"
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(said + f"这是第{number}份。", "utf-8")
    build([tmp_path], tmp_path / "index")
    texts = Texts(open_index(tmp_path / "index"))
    question = "远屿冷链怎么安排车辆"
    assert "预冷链" in respelled(question, texts)  # it sounds like what is often said
    (tmp_path / "name.txt").write_text("远屿冷链安排车辆。", "utf-8")
    build([tmp_path], tmp_path / "index")
    assert respelled(question, Texts(open_index(tmp_path / "index"))) == question


LIKELY = "京东金溶融总众筹只支付白百跳条农村消费保现险正证券有那哪些问题的是吗A1 ？"


@given(typed=st.text(LIKELY, max_size=16) | st.text(max_size=40))
def test_the_length_stays(typed: str, texts: Texts) -> None:
    assert len(respelled(typed, texts)) == len(typed)


def test_a_misspelt_question_is_answered_and_shown_as_understood(article: Assistant) -> None:
    answer = article.answer("京东总筹是什么？")
    assert answer.question == "京东众筹是什么？"
    assert not answer.refused
    assert "众筹" in answer.citations[0].quote


def test_a_misspelt_question_can_be_followed_up(article: Assistant) -> None:
    history = [{"role": "user", "content": "京东总筹有什么问题？"}]
    assert "众筹" in article.answer("为什么？", history).question
