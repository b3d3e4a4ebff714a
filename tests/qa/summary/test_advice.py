"""All that a text advises, where the whole is to be bettered."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant

ALL = (
    "提升支付地位,走出生态体系",
    "加速牌照申请,守住政策底线",
    "完善各业务建设,提高信息透明度",
    "致力于后红利时代科技与生态圈的对外输出",
)


@pytest.mark.parametrize(
    "question",
    [
        "怎么优化生态圈？",
        "京东金融怎么改进？",
        "京东金融该怎么办？",
        "这些问题怎么解决？",
        "有什么解决办法？",
        "作者针对京东金融业务模式提出了怎样的优化路径？",
    ],
)
def test_advice_on_the_whole_is_given_whole(article: Assistant, question: str) -> None:
    assert tuple(item.text for item in article.answer(question).items) == ALL


def test_problems_asked_before_are_solved_by_all_of_it(article: Assistant) -> None:
    history = [{"role": "user", "content": "京东金融存在什么问题？"}]
    answer = article.answer("那该怎么解决呢？", history)  # type: ignore[arg-type]
    assert tuple(item.text for item in answer.items) == ALL


@pytest.mark.parametrize("question", ["还不上钱怎么办？", "怎么解决牌照问题？", "白条怎么改进？"])
def test_of_a_part_not_all_of_it(article: Assistant, question: str) -> None:
    assert tuple(item.text for item in article.answer(question).items) != ALL


def test_the_outline_is_no_advice(tmp_path: Path) -> None:
    text = (
        "# 临泽果业的现状与对策\n\n## 企业概况\n\n公司成立于2009年，种苹果。\n\n"
        "## 存在的问题\n\n冷库不够，苹果放不到春节。\n\n## 发展对策\n\n公司应当再建两座冷库。\n"
    )
    build([Document.from_text(text, title="临泽果业的现状与对策")], index=tmp_path / "index")
    answer = Assistant.open(tmp_path / "index").answer("怎么改进？")
    assert "企业概况" not in [item.text for item in answer.items]


@pytest.mark.parametrize("question", ["怎么升级？", "手表怎么升级？", "怎么办？"])
def test_what_a_manual_advises_is_on_something_else(question: str, tmp_path: Path) -> None:
    text = (
        "# 手表说明书\n\n固件升级请连接手机应用，点击检查更新。\n\n## 异常应对措施\n\n"
        "### 屏幕不亮\n\n请充电十分钟。\n\n### 表带断裂\n\n请联系售后。\n"
    )
    build([Document.from_text(text, title="手表说明书")], index=tmp_path / "index")
    answer = Assistant.open(tmp_path / "index").answer(question)
    assert "表带断裂" not in [item.text for item in answer.items]
