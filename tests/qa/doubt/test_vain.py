"""When a single sign is enough not to answer, and when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant

DELIVERY = """外卖骑手的一天
平台的骑手接单后平均34分钟送达，最远不超过5公里。骑手每周工作六天，每天跑40单上下。
申请退款的，应当在下单后24小时内提出，逾期不予受理。平台建议骑手佩戴头盔。
平台为骑手购买了意外险，保额为60万元。店主说，去年赚了十八万元。
"""


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    index = tmp_path_factory.mktemp("delivery")
    build([Document.from_text(DELIVERY)], index=index)
    return Assistant.open(index)


def test_a_figure_beside_part_of_the_word_is_the_answer(delivery: Assistant) -> None:
    assert delivery.answer("多久能送到？").short == "34分钟"


@pytest.mark.parametrize(
    "question", ["多久到账？", "打车要多久？", "多久能办好？", "要多少钱？", "猫会游泳吗？"]
)
def test_a_figure_of_something_else_is_none(question: str, delivery: Assistant) -> None:
    assert delivery.answer(question).refused


@pytest.mark.parametrize("question", ["超过24小时还能退款吗？", "骑手戴头盔吗？"])
def test_what_is_advised_or_ruled_out_is_no_yes(question: str, delivery: Assistant) -> None:
    assert delivery.answer(question).short != "是"


def test_what_should_be_is_not_what_is(article: Assistant) -> None:
    answer = article.answer("京东和银联合作了吗？")
    assert answer.short is None
    assert "应加强与银联的合作" in answer.text


def test_the_figure_of_the_other_unit_is_of_something_else(article: Assistant) -> None:
    assert article.answer("股票众筹产品有多少个？").refused


def test_a_price_asked_in_the_texts_words_is_given(tmp_path: Path) -> None:
    build([Document.from_text("搬家说明\n搬一次家收费300元，楼层高的加收50元。")], index=tmp_path)
    assert Assistant.open(tmp_path).answer("搬一次家多少钱？").short == "300元"
