"""Questions about one of the things that a list speaks of one by one."""

from __future__ import annotations

import pytest

from index import build
from qa import Assistant

REPORT = """# 云帆旅行分析

## 一、云帆旅行的业务

云帆旅行有机票、酒店、租车和保险四大业务。

## 二、云帆旅行存在的问题

### 1. 租车网点少，取还不便

云帆旅行的租车网点只有三十个。偏远地区的用户要走很远才能取车。

### 2. 会员权益单薄

会员只能享受九五折。会员续费率逐年下降。

### 3. 各产品良莠不齐

各产品存在不少问题。机票退改规则复杂，用户常常看不懂；酒店图片与实际不符，误导客人；保险理赔流程长，平台不承担责任。

## 三、对云帆旅行的建议

### 1. 增加租车网点，方便取还

云帆旅行应在县城增设租车网点。

### 2. 充实会员权益

会员应当能够免费退票。

### 3. 统一产品标准

平台应当为酒店建立审核制度。
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("report") / "index"
    (folder.parent / "云帆.md").write_text(REPORT, "utf-8")
    build([folder.parent / "云帆.md"], folder)
    return Assistant.open(folder)


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("云帆旅行的酒店有什么问题？", "图片与实际不符", "退改"),
        ("机票有哪些问题？", "退改规则复杂", "理赔"),
        ("租车有什么问题？", "网点", "会员"),
        ("针对会员问题有哪些建议？", "会员应当能够免费退票", "租车"),
    ],
)
def test_what_is_wrong_with_one_of_them(
    question: str, said: str, not_said: str, report: Assistant
) -> None:
    answer = report.answer(question)
    assert not answer.refused
    assert said in answer.text
    assert not_said not in answer.text


def test_what_is_wrong_with_all_of_it(report: Assistant) -> None:
    answer = report.answer("云帆旅行存在哪些问题？")
    assert [item.text for item in answer.items] == [
        "租车网点少，取还不便",
        "会员权益单薄",
        "各产品良莠不齐",
    ]


@pytest.mark.parametrize("question", ["京东白条有什么问题？", "量化投资平台有哪些问题？"])
def test_one_clause_of_the_articles(question: str, article: Assistant) -> None:
    answer = article.answer(question)
    assert not answer.refused
    assert answer.text.startswith(("京东白条", "量化投资平台"))
    assert "保险理赔" not in answer.text


@pytest.mark.parametrize(
    "question", ["百度金融存在哪些问题？", "腾讯金融的战略是什么？", "支付宝生态圈存在哪些问题？"]
)
def test_problems_of_another_are_not_those_of_this_one(question: str, article: Assistant) -> None:
    assert article.answer(question).refused


@pytest.mark.parametrize("question", ["京东金融有几大业务？", "京东金融一共分成几大块？"])
def test_great_parts_are_counted_where_the_text_counts_them(
    question: str, article: Assistant
) -> None:
    answer = article.answer(question)
    assert answer.short == "八"
    assert len(answer.items) == 8


def test_items_that_the_question_names_are_left_out(article: Assistant) -> None:
    answer = article.answer("京保贝、京小贷之外还有哪些以自有资金运作的服务？")
    assert [item.text for item in answer.items] == ["网商贷"]


def test_a_thing_is_no_list_that_it_stands_in(article: Assistant) -> None:
    answer = article.answer("东家财富提供哪些产品？")
    assert "东家财富" not in [item.text for item in answer.items]


@pytest.mark.parametrize(
    "question", ["作者建议京东怎么解决牌照问题", "牌照问题怎么解决", "京东怎样提升支付地位"]
)
def test_how_a_problem_is_solved_is_said_in_the_advice(question: str, article: Assistant) -> None:
    first = article.answer(question).citations[0]
    assert "对策建议" in "".join(first.section)
