"""Two things asked how they differ: refused where the text only lists them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant
from qa.doubt.contrast import asked_to_differ

TEXT = (
    "澄湖驾校设有白班、夜班和周末班。学车的车型有手动挡、自动挡。"
    "手动挡学费3200元，要练离合器，而自动挡学费3600元，不用换挡。教练共26名。"
)


@pytest.mark.parametrize(
    ("question", "both"),
    [
        ("京小贷和京保贝有啥区别", ("京小贷", "京保贝")),
        ("小金库跟余额宝有什么不一样", ("小金库", "余额宝")),
        ("快船与慢船在票价上有何不同", ("快船", "慢船")),
        ("两者有什么区别", None),
        ("快船和慢船哪个贵", None),
    ],
)
def test_which_two_are_to_be_told_apart(question: str, both: tuple[str, str] | None) -> None:
    assert asked_to_differ(question) == both


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    index: Path = tmp_path_factory.mktemp("school") / "index"
    build([Document.from_text(TEXT, title="澄湖驾校")], index=index)
    return Assistant.open(index)


def test_what_is_only_listed_is_not_told_apart(school: Assistant) -> None:
    answer = school.answer("夜班和周末班有什么区别？")
    assert answer.refused
    assert answer.reason == "文中没有说到“夜班”和“周末班”有什么不同，无法回答。"


def test_what_is_told_of_each_is(school: Assistant) -> None:
    answer = school.answer("手动挡和自动挡有什么区别？")
    assert not answer.refused
    assert "3600元" in answer.citations[0].quote


def test_one_the_text_does_not_know_is_named(article: Assistant) -> None:
    answer = article.answer("京东小金库跟余额宝有什么不一样？")
    assert answer.refused
    assert answer.reason == "文中没有提到“余额宝”，无法回答。"


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (
            "正式工和临时工的区别在于是否签订长期合同。",
            "正式工和临时工有什么区别？",
            "是否签订长期合同",
        ),
        ("白班与夜班不同，前者八小时，后者十小时。", "白班和夜班有什么不同？", "前者八小时"),
        ("甲车间和乙车间没有区别。", "甲车间和乙车间有区别吗？", "没有区别"),
        (
            "停车位分为月租车位、临停车位。前者每月300元，后者每小时5元。",
            "月租车位和临停车位有什么区别？",
            "后者每小时5元",
        ),
        (
            "电梯分客梯、货梯，前者限载1吨，后者限载3吨。从客梯出来左转，能看到货梯的机房。",
            "客梯和货梯有什么区别？",
            "前者限载1吨",
        ),
        (
            "实际面积和合同面积有差异时，多退少补。",
            "实际面积和合同面积有差异怎么办？",
            "多退少补",
        ),
    ],
)
def test_ways_of_telling_apart(text: str, question: str, told: str, tmp_path: Path) -> None:
    build([Document.from_text(f"{text}全厂有300人。", title="厂")], index=tmp_path / "index")
    assert told in Assistant.open(tmp_path / "index").answer(question).text
