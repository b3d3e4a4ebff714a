"""Cells of a table, found by row and column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Answer, Assistant

RIVERS = """青湖的河流

注入青湖的河流有四条，它们的情况如下表。

河流	长度（公里）	年径流量（亿立方米）	发源地
青江	412	186	大岭山
柳河	205	54	云台山
沙溪	138	31	石门高原
乌石河	96	22	大岭山

湖水经北端的铜口流出。
"""
DEVICES = """# 净饮机的规格

| 项目 | R30 | R20 |
|---|---|---|
| 额定功率 | 2200W | 45W |
| 原水箱容量 | 5升 | 4升 |
| 净重 | 6.8千克 | 5.1千克 |

原水箱只能加入自来水，严禁加入井水、牛奶和茶水。
"""
ROBOTS = """# 三款扫地机器人

| 项目 | 云帆 X2 | 石墨 S9 | 小舟 Mini |
|---|---|---|---|
| 价格 | 4299元 | 3599元 | 1499元 |
| 吸力 | 12000Pa | 18000Pa | 6000Pa |
| 电池容量 | 6400mAh | 5200mAh | 3200mAh |
| 续航时间 | 180分钟 | 150分钟 | 90分钟 |
| 噪音 | 55分贝 | 67分贝 | 60分贝 |
| 质保 | 三年 | 两年 | 一年 |

云帆 X2 的吸力虽然不是第一，毛发却不会缠住。避障测试中云帆 X2 撞上3次，石墨 S9 撞上5次。
"""
HUMIDIFIER = """# 雨岸 H9 加湿器说明书

| 项目 | 数值 |
|---|---|
| 日加湿量 | 9升 |
| 适用面积 | 20至35平方米 |
| 水箱容量 | 3.8升 |
| 睡眠模式噪声 | 31分贝 |

## 故障代码

| 代码 | 含义 | 处理办法 |
|---|---|---|
| E1 | 水位传感器异常 | 擦净浮子后重新开机 |
| E2 | 电机过热 | 关机半小时 |

## 运行模式

- **自动**：保持湿度在55%，适合日常使用。
- **强力**：不看湿度，全速加湿。两小时后转回自动。
- **睡眠**：风速最低，屏幕熄灭。
"""


@pytest.fixture(scope="module")
def humidifier(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("humidifier") / "index"
    build([Document.from_text(HUMIDIFIER, title="加湿器", source="加湿器.md")], folder)
    return Assistant.open(folder)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("水箱多大？", "3.8升"),
        ("一天能加多少湿", "9升"),
        ("睡眠模式噪声多少分贝", "31分贝"),
        ("E1是什么意思？", "水位传感器异常"),
        ("E2代表什么", "电机过热"),
        ("E2怎么处理？", "关机半小时"),
    ],
)
def test_the_value_of_a_row_answers_by_itself(
    humidifier: Assistant,
    check_answer: Callable[[Assistant, Answer], None],
    question: str,
    short: str,
) -> None:
    answer = humidifier.answer(question)
    check_answer(humidifier, answer)
    assert answer.short == short


def test_the_name_of_a_row_does_not(humidifier: Assistant) -> None:
    """Which row has the value is asked for, not the value."""
    assert humidifier.answer("哪个代码是电机过热？").short != "电机过热"


def test_lines_with_more_than_a_sentence_are_all_of_the_list(
    humidifier: Assistant, check_answer: Callable[[Assistant, Answer], None]
) -> None:
    answer = humidifier.answer("有哪些运行模式？")
    check_answer(humidifier, answer)
    assert [item.text for item in answer.items] == ["自动", "强力", "睡眠"]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("tables") / "index"
    texts = (("河流", RIVERS, "txt"), ("规格", DEVICES, "md"), ("机器人", ROBOTS, "md"))
    build(
        [Document.from_text(text, title=t, source=f"{t}.{end}") for t, text, end in texts], folder
    )
    return Assistant.open(folder)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("柳河的年径流量是多少？", "54"),
        ("沙溪发源于哪里", "石门高原"),
        ("柳河长多少公里？", "205"),
        ("青江有多长", "412"),
        ("R20的净重是多少", "5.1千克"),
        ("R30功率多大？", "2200W"),
        ("小舟Mini多少钱？", "1499元"),
        ("石墨S9能跑多久？", "150分钟"),
        ("小舟Mini电池多大？", "3200mAh"),
        ("石墨S9保修几年？", "两年"),
        ("石墨S9和云帆X2哪个吸力大？", "石墨 S9"),
        ("云帆X2和石墨S9哪个便宜？", "石墨 S9"),
        ("哪款扫地机器人续航最长？", "云帆 X2"),
        ("哪款扫地机器人最便宜？", "小舟 Mini"),
        ("哪款扫地机器人噪音最小？", "云帆 X2"),
        ("哪条河最长？", "青江"),
        ("哪条河流最短？", "乌石河"),
    ],
)
def test_a_cell_is_found_by_its_row_and_column(
    tables: Assistant, check_answer: Callable[[Assistant, Answer], None], question: str, short: str
) -> None:
    answer = tables.answer(question)
    check_answer(tables, answer)
    assert answer.short == short
    assert any(short in one.quote for one in answer.citations)


def test_the_header_is_cited_after_the_row(tables: Assistant) -> None:
    answer = tables.answer("柳河的年径流量是多少？")
    assert [one.quote.split()[0] for one in answer.citations] == ["柳河", "河流"]


def test_one_column_against_another_is_confirmed_or_denied(tables: Assistant) -> None:
    assert tables.answer("石墨S9比小舟Mini贵吗？").short == "是"
    assert tables.answer("小舟Mini比石墨S9贵吗？").short == "否"


def test_a_row_without_a_column_has_the_header_beside_it(tables: Assistant) -> None:
    answer = tables.answer("三款扫地机器人的质保分别是几年？")
    assert answer.short is None
    assert len(answer.citations) == 2
    assert "小舟 Mini" in answer.citations[1].quote


def test_rows_are_found_by_a_value(tables: Assistant) -> None:
    answer = tables.answer("发源于大岭山的河流有哪些？")
    assert [one.text for one in answer.items] == ["青江", "乌石河"]


def test_how_much_is_no_least(tables: Assistant) -> None:
    assert tables.answer("哪款扫地机器人的吸力是多少？").short != "小舟 Mini"


@pytest.mark.parametrize("question", ["黑河的年径流量是多少？", "青江的水温是多少？"])
def test_what_no_cell_holds_is_not_told_by_one(tables: Assistant, question: str) -> None:
    short = tables.answer(question).short
    assert short not in {"412", "186", "54"}


def test_a_part_of_a_heading_does_not_make_it_the_one_asked_for(tables: Assistant) -> None:
    answer = tables.answer("R30的原水箱里哪些东西不能加？")
    assert [one.text for one in answer.items] == ["井水", "牛奶", "茶水"]


SHOPS = """各门店经营情况

门店	面积（平方米）	员工人数	全年营业额（万元）	开业年份
东湖店	320	18	860	2016
西站店	210	12	540	2018
北苑店	450	25	1120	2013
南山店	180	9	390	2021
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("哪家店员工最多？", "北苑店"),
        ("员工最少的是哪家店？", "南山店"),
        ("四家门店一共有多少员工？", None),  # no cell says it, and 万元 is no number
    ],
)
def test_a_column_that_counts_people(question: str, short: str | None, tmp_path: Path) -> None:
    build([Document.from_text(SHOPS)], index=tmp_path)
    assert Assistant.open(tmp_path).answer(question).short == short


MOPS = """# 三款拖地机

| 项目 | 净风S2 | 小跃X5 | 洁宝Pro |
|---|---|---|---|
| 自动集尘 | 不支持 | 支持 | 支持 |
| 尘盒容量 | 400毫升 | 350毫升 | 300毫升 |
| 电池容量 | 3200mAh | 5200mAh | 6400mAh |
"""
SPICES = """# 红烧牛腩

## 调料

| 名称 | 用量 | 可否替换 |
|---|---|---|
| 老抽 | 1汤匙 | 不可 |
| 冰糖 | 20克 | 可用白糖 |
| 盐 | 5克 | 不可 |

## 做法

先焯水，再小火炖90分钟。
"""


@pytest.fixture(scope="module")
def mops(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("mops")
    build(Document.from_text(MOPS, source="mops.md"), folder)
    return Assistant.open(folder)


@pytest.fixture(scope="module")
def spices(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("spices")
    build(Document.from_text(SPICES, source="spices.md"), folder)
    return Assistant.open(folder)


@pytest.mark.parametrize(
    ("question", "items"),
    [("哪几款能自动集尘？", ["小跃X5", "洁宝Pro"]), ("哪款不支持自动集尘？", ["净风S2"])],
)
def test_what_has_a_feature_is_listed(question: str, items: list[str], mops: Assistant) -> None:
    assert [item.text for item in mops.answer(question).items] == items


@pytest.mark.parametrize(
    ("question", "short"),
    [("尘盒最小的是哪款？", "洁宝Pro"), ("净风S2和小跃X5哪个尘盒大？", "净风S2")],
)
def test_of_two_rows_alike_the_one_that_is_named(
    question: str, short: str, mops: Assistant
) -> None:
    assert mops.answer(question).short == short


@pytest.mark.parametrize(("question", "short"), [("老抽放多少？", "1汤匙"), ("盐放多少？", "5克")])
def test_the_one_figure_of_a_row(question: str, short: str, spices: Assistant) -> None:
    assert spices.answer(question).short == short


def test_what_begins_the_rows_under_a_heading(spices: Assistant) -> None:
    assert [item.text for item in spices.answer("要哪些调料？").items] == ["老抽", "冰糖", "盐"]
    assert spices.answer("有几种调料？").short == "3"


def test_the_most_of_a_column_is_not_all_of_it(spices: Assistant) -> None:
    assert len(spices.answer("哪些调料最多？").items) != 3
