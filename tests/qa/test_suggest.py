"""What is offered to be asked: of a text's headings, its counted lists and its definitions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus import Document
from index import build, open_index
from qa.suggest import suggestions
from qa.texts import Texts


@pytest.fixture
def offered(tmp_path: Path) -> Any:
    def of(text: str) -> tuple[str, ...]:
        build(Document.from_text(text, title="文"), index=tmp_path / "index")
        return suggestions(Texts(open_index(tmp_path / "index")))

    return of


def test_a_counted_list_is_asked_for_where_it_is_counted(offered: Any) -> None:
    text = (
        "保护站每年都做调查。调查采用三种方法：一是样线法，走过每一条样线；"
        "二是定点计数法，守在观察点数；三是红外相机法，看相机拍到什么。"
    )
    assert "调查采用哪些方法？" in offered(text)


def test_a_subject_that_stands_a_clause_before_is_kept(offered: Any) -> None:
    text = (
        "大桥通车以后路口很堵。交警队长马骁回应，将采取三项措施：一是调整信号灯的时间，"
        "二是早晚高峰设置潮汐车道，三是增派警力驻守路口。"
    )
    assert "交警队长马骁回应，将采取哪些措施？" in offered(text)


@pytest.mark.parametrize(
    "text",
    [
        # an ordinal, not a count
        "第五条有下列情形的，不予办理：\n\n1. 没有身份证；\n2. 材料不全；\n3. 已经办过。\n",
        # a count of something else than what is listed
        "他来了三次。公司销售苹果、香蕉、西瓜等水果。",
    ],
)
def test_what_is_no_count_of_a_list_is_not_asked_for(offered: Any, text: str) -> None:
    assert not any("哪些" in question for question in offered(text))


def test_what_is_defined_is_asked_for(offered: Any) -> None:
    text = "前置仓是指设在居民区三公里以内的小型仓库。它只接受线上订单。它是指望不上的。"
    assert "什么是前置仓？" in offered(text)
    assert len([one for one in offered(text) if one.startswith("什么是")]) == 1


def test_headings_come_first_and_three_are_offered(offered: Any) -> None:
    text = (
        "# 平台\n\n## 存在的问题\n\n### 成本高\n\n很高。\n\n### 损耗大\n\n很大。\n\n"
        "## 什么是前置仓\n\n前置仓是指设在居民区的仓库。骑手是指送货的人。货损是指坏掉的货。\n"
    )
    found = offered(text)
    assert found[0] == "存在的问题有哪些？"
    assert len(found) == 3
