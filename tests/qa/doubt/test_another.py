"""What is said of another than the one asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa.assistant import Assistant
from qa.compose import Draft, Part
from qa.doubt.another import of_another, of_another_time, of_variant
from qa.question.inquiry import inquire
from qa.read import read
from qa.search.rank import Sight
from qa.search.retrieve import retrieve
from qa.texts import Texts


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("支付宝存在哪些问题？", True),
        ("京东金融存在哪些问题？", False),
        ("京东支付有哪些板块？", False),
        ("花呗存在哪些问题？", False),  # the texts do not know it: that is another sign
    ],
)
def test_what_is_said_of_another(question: str, other: bool, texts: Texts) -> None:
    inquiry = inquire(question, texts)
    sight = Sight(tuple(retrieve(texts, inquiry)), (), 0.0)
    draft = read(texts, inquiry, sight)
    assert draft is not None
    assert of_another(texts, inquiry, draft) is other


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("P5 Max的亮度是多少？", True),
        ("P5青春版的亮度是多少？", True),
        ("P5 Pro的亮度是多少？", False),
        ("P5的亮度是多少？", False),
        ("X9 Max的亮度是多少？", False),  # nothing of it is spoken of: that is told elsewhere
    ],
)
def test_a_variant_the_text_does_not_speak_of(question: str, other: bool, tmp_path: Path) -> None:
    text = "昼光P5的亮度为1120流明，P5 Pro的亮度为1500流明。"
    build(Document.from_text(text, source="1.txt"), tmp_path)
    texts = Assistant.open(tmp_path).texts
    inquiry = inquire(question, texts)
    draft = read(texts, inquiry, Sight(tuple(retrieve(texts, inquiry)), (), 0.0))
    assert draft is not None
    assert of_variant(texts, inquiry, draft) is other


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("2016年第一季度京东金融做了什么？", True),  # the text tells of the third
        ("2016年第三季度京东金融做了什么？", False),
        ("2016年京东金融做了什么？", False),
    ],
)
def test_what_is_said_of_another_quarter(question: str, other: bool, texts: Texts) -> None:
    inquiry = inquire(question, texts)
    candidates = retrieve(texts, inquiry)
    told = next(
        one
        for one in candidates
        if "第三季度" in texts.reading(one.place.document).plain(one.place.sentence)
    )
    draft = Draft((Part("", (told.place,)),))
    assert of_another_time(texts, inquiry, draft) is other


@pytest.mark.parametrize("question", ["刘强东怎么看京东金融？", "马云对京东金融有什么看法？"])
def test_the_view_of_somebody_the_text_has_never_heard_of(
    article: Assistant, question: str
) -> None:
    answer = article.answer(question)
    assert answer.refused
    assert question[:2] in answer.reason


def test_the_authors_view_is_the_texts_own(article: Assistant) -> None:
    assert not article.answer("作者怎么看京东支付？").refused


def test_whoever_it_is_may_be_called_something_else(tmp_path: Path) -> None:
    text = "业主普遍认为物业费偏高。李强表示京海市场明年会下滑。小区有12栋楼。"
    build([Document.from_text(text, title="小区")], index=tmp_path / "index")
    bot = Assistant.open(tmp_path / "index")
    assert "偏高" in bot.answer("居民对物业费有什么意见？").text
    assert "李强" in bot.answer("李总怎么看京海市场下滑？").text


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("2023年的营业额是多少？", None),
        ("2024年的营业额是多少？", "2910万元"),
        ("营业额比2023年增长了多少？", "7.8%"),
        ("第二季度下载量是多少？", None),
        ("第三季度下载量是多少？", "52万次"),
        ("用户投诉有多少件？", "140件"),
    ],
)
def test_a_time_that_another_is_held_against(
    question: str, short: str | None, tmp_path: Path
) -> None:
    text = (
        "门店经营情况\n2024年四家门店合计营业额为2910万元，比2023年增长7.8%。\n"
        "第三季度下载量达到52万次，比第二季度增加8万次；用户投诉共140件，主要集中在闪退和扣费不清两类。"
    )
    build([Document.from_text(text)], index=tmp_path)
    answer = Assistant.open(tmp_path).answer(question)
    assert answer.short == short
    assert answer.refused == (short is None)
