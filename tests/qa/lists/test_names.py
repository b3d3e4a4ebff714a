"""Who is asked for is not answered with what is done."""

from __future__ import annotations

import pytest

from corpus import Tokenizer
from qa import Assistant
from qa.enumerations import Entry, Enumeration, Form
from qa.lists.names import asks_for_names, names_none


@pytest.mark.parametrize(
    "question", ["竞争对手有哪些", "它有哪些合作伙伴", "生态圈里都有谁", "投资了哪些公司"]
)
def test_questions_that_ask_for_names(question: str) -> None:
    assert asks_for_names(question)


@pytest.mark.parametrize("question", ["公司有哪些问题", "有哪些产品", "对企业有什么建议"])
def test_questions_that_ask_for_something_else(question: str) -> None:
    assert not asks_for_names(question)


@pytest.mark.parametrize(
    ("items", "none"),
    [
        (("支付起步晚,账户体系弱", "牌照不齐全,监管风险高"), True),
        (("提高直接融资比重", "降低金融服务成本"), True),
        (("个人用户", "一般企业", "银行", "券商"), False),
        (("需资金周转的供应商", "赊购用户"), False),
        (("生产校服的服装厂家", "经营连锁酒店的集团"), False),
    ],
)
def test_lists_that_name_nobody(items: tuple[str, ...], none: bool, tokenizer: Tokenizer) -> None:
    entries = tuple(Entry(item, 0, len(item), 0) for item in items)
    found = Enumeration(Form.INLINE, 0, "", entries)
    assert names_none(found, tokenizer) == none


def test_no_advice_for_rivals(article: Assistant) -> None:
    assert not article.answer("京东金融的竞争对手有哪些？").items
