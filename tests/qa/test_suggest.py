"""What is offered to be asked: of a text's headings, its counted lists and its definitions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus import Document
from index import build, open_index
from qa import Assistant
from qa.question.inquiry import inquire
from qa.search.retrieve import retrieve
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


def _near(text: str, folder: Path, asked: str) -> tuple[str, ...]:
    """What is offered where every sentence of a text is near the question."""
    build(Document.from_text(text, title="文"), index=folder)
    texts = Texts(open_index(folder))
    return suggestions(texts, retrieve(texts, inquire(asked, texts)), asked)


RULES = "# 社团守则\n\n## 入社\n\n填表即可入社。\n\n## 其他\n\n本守则由社团解释。\n"


def test_headings_that_every_text_has_are_not_offered(tmp_path: Path) -> None:
    offered = _near(RULES, tmp_path / "index", "守则由谁解释？")
    assert "入社是怎么回事？" in offered
    assert not any("其他" in one for one in offered)


def test_the_question_just_asked_is_not_offered(tmp_path: Path) -> None:
    assert "入社是怎么回事？" not in _near(RULES, tmp_path / "index", "入社是怎么回事")


def test_a_heading_that_is_a_clause_is_asked_as_one(article: Assistant) -> None:
    reply = article.answer("京东的员工有多少人？")
    assert not any("," in one and "怎么回事" in one for one in reply.suggestions)
    told = article.answer("“支付起步晚,账户体系弱”具体指什么？")
    assert {one.section[-1] for one in told.citations} == {"支付起步晚,账户体系弱"}


def test_a_text_in_traditional_script_is_asked_in_it(tmp_path: Path) -> None:
    text = (
        "# 圖書館規則\n\n## 借閱\n\n讀者憑證借閱圖書，期限為三十天。\n\n"
        "## 賠償\n\n遺失圖書應當賠償。\n"
    )
    offered = _near(text, tmp_path / "index", "遗失怎么办？")
    assert "賠償是怎麼回事？" in offered
    assert "這篇文章主要講了什麼？" in offered
