"""What stands beside a label."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant

CONTRACT = (
    "甲方（委托方）：青禾市文化馆\n乙方（受托方）：北岭软件有限公司\n\n"
    "平台源代码的著作权归甲方所有，乙方保留署名权。\n\n"
    "甲方联系人：宋敏，电话0371-6655880\n乙方联系人：邓志强，电话13800990012\n"
)


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("contract")
    build(Document.from_text(CONTRACT, title="技术服务合同", source="合同.txt"), folder)
    return Assistant.open(folder)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("甲方是谁？", "青禾市文化馆"),
        ("乙方是哪家公司？", "北岭软件有限公司"),
        ("甲方联系人是谁？", "宋敏"),
        ("源代码归谁？", "甲方"),
        ("邓志强的电话是多少？", "13800990012"),
    ],
)
def test_a_label_tells_what_is_asked(question: str, short: str, contract: Assistant) -> None:
    assert contract.answer(question).short == short


def test_a_telephone_is_no_address(contract: Assistant) -> None:
    assert contract.answer("宋敏的邮箱是多少？").refused


@pytest.mark.parametrize(
    ("question", "short"),
    [("灯坏了谁修？", "乙方"), ("屋顶漏水找谁修？", "甲方"), ("水费谁付？", "乙方")],
)
def test_whose_turn_it_is(question: str, short: str, tmp_path: Path) -> None:
    text = (
        "水费、电费由乙方承担；房屋租赁税费由甲方承担。\n\n屋面漏水的维修由甲方负责，甲方应在3日内"
        "派人维修；门窗、灯具的维修由乙方负责。"
    )
    build(Document.from_text(text, title="租赁合同", source="租.txt"), tmp_path)
    assert Assistant.open(tmp_path).answer(question).short == short


def test_whose_turn_it_is_of_clauses_side_by_side(tmp_path: Path) -> None:
    text = "质量问题由制造商承担责任，运输损坏由物流方赔偿。"
    build(Document.from_text(text, title="约定", source="约.txt"), tmp_path)
    assert Assistant.open(tmp_path).answer("运输损坏谁赔？").short == "物流方"


def test_whom_to_reach_and_how(contract: Assistant) -> None:
    history = [{"role": "user", "content": "甲方联系人是谁？"}]
    assert contract.answer("电话呢？", history).short == "0371-6655880"  # type: ignore[arg-type]
