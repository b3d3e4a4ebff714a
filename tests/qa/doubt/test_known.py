"""What the texts know nothing of."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant
from qa.doubt.known import all_unknown, compares_unknown, of_strange_letters
from qa.question.inquiry import inquire
from qa.search.rank import Sight
from qa.search.retrieve import retrieve
from qa.texts import Texts


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("花呗是什么？", True),
        ("京东白条是什么？", False),
        ("京东白条的花呗是什么？", False),
    ],
)
def test_nothing_that_is_named_is_known(question: str, unknown: bool, texts: Texts) -> None:
    inquiry = inquire(question, texts)
    sight = Sight(tuple(retrieve(texts, inquiry)), (), 0.0)
    assert all_unknown(texts, inquiry, sight) is unknown


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("花呗和京东白条哪个用户更多？", True),
        ("支付宝和财付通哪个份额更高？", False),
        ("京东金融和阿里巴巴相比有什么优势？", True),
        ("花呗有什么优势？", False),  # nothing is compared
        ("京东支付的份额，2015年高还是2016年高？", False),
    ],
)
def test_one_of_two_that_the_texts_do_not_know(question: str, unknown: bool, texts: Texts) -> None:
    inquiry = inquire(question, texts)
    sight = Sight(tuple(retrieve(texts, inquiry)), (), 0.0)
    assert compares_unknown(texts, inquiry, sight) is unknown


@pytest.mark.parametrize(
    ("question", "strange"),
    [
        ("2016年京东GMV？", True),
        ("GMV是多少？", True),
        ("重量是多少kg？", False),
        ("2016年推出的APP？", False),
        ("怎么连接WiFi？", False),
    ],
)
def test_an_abbreviation_nobody_knows(question: str, strange: bool, tmp_path: Path) -> None:
    build(
        [Document.from_text("公司2016年推出了手机应用。", title="公司")], index=tmp_path / "index"
    )
    texts = Assistant.open(tmp_path / "index").texts
    assert of_strange_letters(texts, inquire(question, texts)) is strange
