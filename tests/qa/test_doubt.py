"""What of a question its answer must speak of, and the signs that it does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Document, fold
from index import build
from qa.assistant import Assistant
from qa.compose import Draft, Part
from qa.doubt import (
    LEAST,
    all_unknown,
    compares_unknown,
    of_another,
    of_another_time,
    of_variant,
    signs,
    tells_effect,
)
from qa.figures.compare import pointed_at
from qa.question.inquiry import inquire
from qa.read import read
from qa.search.rank import Sight
from qa.search.retrieve import retrieve
from qa.search.windows import Found
from qa.short.spans import other_unit
from qa.summary.overview import section
from qa.texts import Place, Texts


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("京东白条的利率是多少？", "利率"),
        ("京东众筹有多少投资者？", "投资者"),
        ("京东支付是谁创办的？", "创办"),
    ],
)
def test_what_is_wanted_of_the_subject(question: str, focus: str, texts: Texts) -> None:
    assert inquire(question, texts).focus == focus


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
    ("question", "numbers"),
    [
        ("二号冷库多大？", ("二号",)),
        ("第十五条怎么规定？", ("第十五条",)),
        ("2016年一季度的份额是多少？", ("一季度",)),
        ("京东支付的份额是多少？", ()),
    ],
)
def test_figures_other_than_years(question: str, numbers: tuple[str, ...], texts: Texts) -> None:
    assert inquire(question, texts).numbers == numbers


@pytest.mark.parametrize(
    ("question", "years"),
    [("16年的份额是多少？", ("2016",)), ("近16年的份额是多少？", ()), ("16年来怎样？", ())],
)
def test_a_year_said_short(question: str, years: tuple[str, ...], texts: Texts) -> None:
    assert inquire(question, texts).years == years


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("毛利率是多少？", "收入4.5亿元。", True),
        ("毛利率是多少？", "毛利率为36.2%。", False),
        ("注册资本有多少？", "共有八大板块。", True),
        ("这个数字是多少？", "共有八大板块。", False),
    ],
)
def test_another_unit_than_the_one_asked_for(question: str, sentence: str, other: bool) -> None:
    assert other_unit(fold(question), fold(sentence)) is other


def test_the_readers_doubt_is_bounded_where_all_that_is_asked_is_said(texts: Texts) -> None:
    def read_short(question: str) -> float:
        inquiry = inquire(question, texts)
        sight = Sight(tuple(retrieve(texts, inquiry)), (), -8.0)
        draft = read(texts, inquiry, sight)
        assert draft is not None
        return signs(texts, inquiry, sight, draft).read_short

    assert read_short("京东支付的市场份额是多少？") == LEAST
    assert read_short("京东支付的注册资本是多少？") == -8.0


def test_a_side_the_reader_points_at_without_figures(texts: Texts) -> None:
    place, named = _pointing("小金库和东家财富，哪个更受年轻人欢迎？", texts)
    assert named("东家财富") == "东家财富"
    assert named("小金库") == "小金库"
    assert named("私募基金") is None
    inquiry = inquire("小金库和东家财富，哪个更受年轻人欢迎？", texts)
    assert pointed_at(texts, inquiry, Place(place.document, 0), ()) is None


def test_the_side_beside_what_is_asked_wins_over_what_is_pointed_at(texts: Texts) -> None:
    _, named = _pointing("小金库和东家财富，哪个面向高净值人群？", texts)
    assert named("小金库") == "东家财富"
    assert named("私募基金") == "东家财富"


def _pointing(question: str, texts: Texts) -> tuple[Place, Callable[[str], str | None]]:
    """The sentence on both sides, and which side it is when the reader points at some words."""
    inquiry = inquire(question, texts)
    place = next(
        one.place
        for one in retrieve(texts, inquiry)
        if "高净值" in texts.reading(one.place.document).plain(one.place.sentence)
    )
    plain = texts.reading(place.document).plain(place.sentence)

    def named(words: str) -> str | None:
        at = plain.rindex(words)
        return pointed_at(texts, inquiry, place, (Found(place, at, at + len(words), 0.5),))

    return place, named


def test_a_section_is_told_by_its_openings(texts: Texts) -> None:
    inquiry = inquire("讲讲京东众筹这个业务", texts)
    draft = section(texts, inquiry, retrieve(texts, inquiry))
    assert draft is not None
    assert draft.parts[0].text.startswith("2014年7月1日成立的京东众筹业务")
    inquiry = inquire("讲讲天气", texts)
    assert section(texts, inquiry, retrieve(texts, inquiry)) is None


@pytest.mark.parametrize(
    ("question", "sentence", "effect"),
    [
        ("支付业务市场份额为什么小", "支付业务市场份额小,导致京东支付铺展不开。", True),
        ("京东支付为什么铺展不开", "支付业务市场份额小,导致京东支付铺展不开。", False),
        ("支付业务市场份额为什么小", "由于起步晚,支付业务市场份额小,制约了全局。", False),
        ("支付业务市场份额为什么小", "支付业务市场份额小。", False),
    ],
)
def test_what_came_of_a_thing_is_not_why_it_is_so(
    question: str, sentence: str, effect: bool, texts: Texts
) -> None:
    assert tells_effect(inquire(question, texts), sentence) is effect


def test_what_is_feared_is_a_reason(texts: Texts) -> None:
    sentence = "反对者担心建闸会阻断洄游,并使候鸟失去浅滩。"
    assert not tells_effect(inquire("为什么反对建闸", texts), sentence)


def test_the_effect_alone_does_not_answer_why(article: Assistant) -> None:
    assert article.answer("京东为什么缺银行牌照？").refused


def test_no_weight_for_a_price(tmp_path: Path) -> None:
    text = "红烧肉要用五花肉800克，切成3厘米见方的块。酱油放20毫升，一瓶酱油12元。冰糖放30克。"
    build([Document.from_text(text, title="红烧肉")], index=tmp_path / "index")
    assistant = Assistant.open(tmp_path / "index")
    assert assistant.answer("五花肉多少钱？").short is None
    assert assistant.answer("冰糖多少钱？").short is None
    assert assistant.answer("一瓶酱油多少钱？").short == "12元"
    assert assistant.answer("五花肉放多少克？").short == "800克"


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
