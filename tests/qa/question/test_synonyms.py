"""Everyday nouns in the texts' own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document
from index import build, open_index
from qa import Assistant
from qa.question.synonyms import in_their_words
from qa.texts import Texts

REPORT = (
    "禾湾面点有门店86家，2024年营业收入5.3亿元，在两市排名第二。报废多，一年就损失约2300万元。"
    "它所在的云溪县2022年生产总值168.5亿元。公司的房租每平方米每月40元。"
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "index"
    build([Document.from_text(REPORT, title="面点")], index=folder)
    return folder


@pytest.fixture(scope="module")
def theirs(index: Path) -> Texts:
    return Texts(open_index(index))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("禾湾面点营收多少", "禾湾面点营业收入多少"),
        ("云溪县GDP多少？", "云溪县生产总值多少？"),
        ("租金一个月多少", "房租一个月多少"),
        ("营业收入多少", "营业收入多少"),
        ("门店有多少家", "门店有多少家"),
        ("坏账率是多少", "坏账率是多少"),  # the text has no other word for it either
    ],
)
def test_a_noun_is_as_the_text_has_it(theirs: Texts, typed: str, meant: str) -> None:
    assert in_their_words(typed, theirs) == meant


def test_it_is_found_by_that(index: Path) -> None:
    answer = Assistant.open(index).answer("禾湾面点营收多少？")
    assert answer.short == "5.3亿元"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("京东金融的优势是什么？", "京东金融的核心竞争力是什么？"),
        ("京东金融最大的优势在哪", "京东金融核心竞争力在哪"),
        ("京东众筹的优势是什么", "京东众筹的优势是什么"),  # nothing is stated of it so
        ("他们最大的短板是什么", "他们最薄弱的一环是什么"),
        ("最差的是哪块业务", "最薄弱的是哪块业务"),
        ("最大的问题是什么", "最大的问题是什么"),
        ("白条最大的短板是什么", "白条最大的短板是什么"),
        ("京东金融的发展策略有哪些", "京东金融的发展对策有哪些"),
        ("京东白条的发展策略是什么", "京东白条的发展策略是什么"),
        ("京东金融有分红吗", "京东金融有分红吗"),
        ("最差的情况是什么", "最差的情况是什么"),
        ("在证券业务上有哪些举措", "在证券业务上有哪些举措"),
    ],
)
def test_what_is_stated_under_another_noun(texts: Texts, typed: str, meant: str) -> None:
    assert in_their_words(typed, texts) == meant


def test_what_is_weakest_is_found(article: Assistant) -> None:
    for question in ("他们最大的短板是什么", "最拖后腿的是哪块业务"):
        assert article.answer(question).short == "京东支付"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="gGＧ"), max_size=20))
def test_nothing_is_lost_around_it(theirs: Texts, around: str) -> None:
    assert in_their_words(f"{around} GDP", theirs) == f"{around} 生产总值"
