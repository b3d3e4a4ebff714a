"""Figures that count something else than what is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant


@pytest.mark.parametrize(
    "question",
    [
        "京东有多少供应商？",  # 2亿多活跃用户
        "京东平台有多少商家？",  # 超过2亿注册会员
        "农村金融多少个城市？",  # 30万个行政村
        "车险有多少人买？",  # of all six
        "2016年支付宝交易额多少？",  # of all, 其中支付宝
        "2016年支付宝用户数？",  # a share
        "2016年财付通交易笔数？",
        "京东注册会员占全国多少？",  # no share
        "2016年京东GMV？",
        "2016年8月京东做了什么？",
        "京东股票APP什么时候下线？",  # when it was begun
        "B2C是什么意思？",
    ],
)
def test_what_the_article_counts_something_else_for(question: str, article: Assistant) -> None:
    assert article.answer(question).refused


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("京东有多少用户？", "2亿多"),
        ("京东有多少注册会员？", "超过2亿"),
        ("京东保险有多少消费者？", "超过1亿人"),
        ("2016年第三方支付总交易额是多少？", "57.9万亿人民币"),
        ("2016年支付宝的市场份额是多少？", "52.3%"),
        ("服务了多少个涉农企业？", "40多个"),
    ],
)
def test_what_it_does_count(question: str, short: str, article: Assistant) -> None:
    assert article.answer(question).short == short


@pytest.mark.parametrize(
    ("question", "refused"),
    [("上柳村转移了多少人？", True), ("两个村一共转移了多少村民？", False)],
)
def test_a_sum_of_two_is_of_neither(question: str, refused: bool, tmp_path: Path) -> None:
    text = "镇长带领干部连夜转移了上柳村和马家坳两个村共236名村民。"
    build(Document.from_text(text, title="抢险", source="一.txt"), tmp_path)
    assert Assistant.open(tmp_path).answer(question).refused is refused
