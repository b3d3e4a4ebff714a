"""Where a text has its facts from, when all of that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant

TEXT = """城南菜市场调查

据市商务局统计，城南有菜市场十二家。《2023年城南消费调查报告》显示，七成居民每周去三次。

按照管理办法的要求，摊位每月检查一次。另据城南晚报报道，两家将搬迁。
"""


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("market") / "index"
    build(Document.from_text(TEXT, title="城南菜市场调查"), index=folder)
    return Assistant.open(folder)


@pytest.mark.parametrize(
    "question", ["文章的数据来源有哪些", "这篇文章用了哪些数据", "数据来自哪里"]
)
def test_all_sources_are_listed_where_they_are_named(question: str, market: Assistant) -> None:
    reply = market.answer(question)
    assert [one.text for one in reply.items] == [
        "市商务局",
        "《2023年城南消费调查报告》",
        "城南晚报",
    ]
    for item in reply.items:
        [cited] = [one for one in reply.citations if one.number in item.citations]
        assert item.text in cited.quote


def test_reports_are_titles_of_reports_and_are_counted(article: Assistant) -> None:
    reply = article.answer("这篇文章引用了几份报告")
    assert reply.short == "3"
    assert all(one.text.endswith("报告》") for one in reply.items)


def test_where_one_figure_is_from_is_another_question(article: Assistant) -> None:
    reply = article.answer("第三方支付的份额数据来自哪份报告？")
    assert reply.short == "《2016中国第三方移动支付市场发展报告》"
