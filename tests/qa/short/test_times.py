"""When: which of several times of a sentence, and where it begins and ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant

CONTRACT = (
    "开发期自2025年3月1日起至2025年6月30日止，共四个月；维护期自验收合格之日起三年。\n\n"
    "本合同一式四份，自双方签字盖章之日起生效。\n\n"
    "补贴在每季度首月1日至20日集中受理。补贴期间离职的，自离职次月起停发。"
)
BRIDGE = (
    "13日凌晨2时40分，建于1987年的柳河大桥两个桥墩被洪水冲毁。\n\n"
    "公园全年开放，4月至10月为6:00—19:00，11月至次年3月为7:00—17:30。"
)


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("contract")
    build(Document.from_text(CONTRACT, title="技术服务合同", source="合同.txt"), folder)
    return Assistant.open(folder)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("什么时候开始开发？", "2025年3月1日"),
        ("开发期到什么时候？", "2025年6月30日"),
        ("维护期从什么时候算起？", "验收合格之日"),
        ("合同什么时候生效？", "双方签字盖章之日"),
        ("什么时候受理？", "每季度首月1日至20日"),
        ("停发从什么时候开始？", "离职次月"),
        ("开发期是多久？", "四个月"),
        ("维护期多久？", "三年"),
    ],
)
def test_the_time_of_what_is_asked(question: str, short: str, contract: Assistant) -> None:
    assert contract.answer(question).short == short


@pytest.mark.parametrize(
    ("text", "question", "short"),
    [
        ("园区每天6:00—22:00开放，法定节假日照常营业。", "园区几点关闭？", "22:00"),
        ("纪念馆于2019年闭馆，展品已移交。", "纪念馆什么时候关闭的？", "2019年"),
        ("音乐会将于2024年4月12日举行。", "音乐会几月几号举行？", "2024年4月12日"),
        ("当月工资于次月15日发放。", "5月份的工资哪天发放？", "次月15日"),
    ],
)
def test_an_end_and_a_day_are_told(text: str, question: str, short: str, tmp_path: Path) -> None:
    build(Document.from_text(text, title="须知", source="一.txt"), tmp_path)
    assert Assistant.open(tmp_path).answer(question).short == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("桥是什么时候被冲毁的？", "13日凌晨2时40分"),
        ("柳河大桥建于哪一年？", "1987年"),
        ("公园哪年开放的？", None),  # 4月 and 全年 are no year
    ],
)
def test_how_old_a_thing_is_is_not_when_something_happened_to_it(
    question: str, short: str | None, tmp_path: Path
) -> None:
    build(Document.from_text(BRIDGE, title="柳河大桥", source="桥.txt"), tmp_path)
    assert Assistant.open(tmp_path).answer(question).short == short
