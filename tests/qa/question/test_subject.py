"""Questions without a subject, asked of what the one text is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build, open_index
from qa import Assistant
from qa.question.subject import with_subject
from qa.texts import Texts


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("一共有几块业务？", "京东金融生态圈有几大业务？"),
        ("他们有几条业务线", "京东金融生态圈有几大业务？"),
        ("公司主要做什么业务？", "京东金融生态圈有哪些业务？"),
        ("有哪些业务板块", "京东金融生态圈有哪些业务板块？"),
        ("京东众筹有几块业务", "京东众筹有几块业务"),
        ("有几个问题", "有几个问题"),
    ],
)
def test_what_the_text_is_about(texts: Texts, typed: str, meant: str) -> None:
    assert with_subject(typed, texts) == meant


def test_of_several_texts_none_is_meant(tmp_path: Path) -> None:
    documents = [
        Document.from_text(f"{name}有三块业务。", title=name) for name in ("甲公司", "乙公司")
    ]
    build(documents, index=tmp_path / "index")
    assert with_subject("有几块业务", Texts(open_index(tmp_path / "index"))) == "有几块业务"


def test_it_is_counted(article: Assistant) -> None:
    assert len(article.answer("有几块业务？").items) == 8


def test_a_year_is_no_subject(tmp_path: Path) -> None:
    title = "2023年度海棠小区物业报告"
    text = "2023年度公司做了三块业务。2023年度收入不错。2023年度没有投诉。"
    build([Document.from_text(text, title=title)], index=tmp_path / "index")
    assert with_subject("有几块业务", Texts(open_index(tmp_path / "index"))) == "有几块业务"
