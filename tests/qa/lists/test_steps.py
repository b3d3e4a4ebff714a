"""Numbered steps: all, how many, the n-th."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import build
from qa import Assistant

RECIPE = """# 红烧牛腩

## 做法

1. 牛腩切成4厘米见方的块，冷水浸泡30分钟。
2. 冷水下锅，加姜片和料酒，大火煮开后焯3分钟。
3. 锅里放少许油，小火炒化冰糖，下牛腩翻炒上色。
4. 倒入没过牛肉的开水，小火炖90分钟。

## 保存

放冰箱冷藏，三天内吃完。
"""
LOCK = """# K3门锁使用说明

## 添加指纹

1. 按住“设置”键3秒。
2. 输入管理员密码。
3. 把手指放在指纹头上五次。

## 更换电池

1. 推开电池盖。
2. 装入4节新的5号碱性电池。
"""


def opened(folder: Path, text: str) -> Assistant:
    (folder / "text.md").write_text(text, encoding="utf-8")
    build(folder / "text.md", folder / "index")
    return Assistant.open(folder / "index")


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("recipe")
    return opened(folder, RECIPE)


@pytest.fixture(scope="module")
def lock(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("lock")
    return opened(folder, LOCK)


@pytest.mark.parametrize("question", ["怎么做红烧牛腩？", "牛腩怎么做？"])
def test_how_is_told_by_all_the_steps(question: str, recipe: Assistant) -> None:
    assert len(recipe.answer(question).items) == 4


def test_steps_are_counted_and_numbered(recipe: Assistant) -> None:
    assert recipe.answer("做法有几步？").short == "4"
    third = recipe.answer("第三步做什么？")
    assert third.short == "锅里放少许油，小火炒化冰糖，下牛腩翻炒上色"
    assert recipe.answer("第八步做什么？").refused


def test_one_step_is_not_all_of_them(recipe: Assistant) -> None:
    said = recipe.answer("怎么切牛腩？")
    assert not said.items
    assert "4厘米见方" in said.citations[0].quote


@pytest.mark.parametrize(("question", "many"), [("怎么添加指纹？", 3), ("怎么换电池？", 2)])
def test_the_steps_of_a_deed_stand_under_its_name(
    question: str, many: int, lock: Assistant
) -> None:
    assert len(lock.answer(question).items) == many


def test_a_figure_within_the_steps_is_no_count_of_them(lock: Assistant) -> None:
    assert lock.answer("用几节电池？").short == "4节"
