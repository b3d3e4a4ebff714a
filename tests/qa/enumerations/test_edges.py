"""Where the items of a list begin and end."""

from __future__ import annotations

import pytest

from corpus import Document, Tokenizer
from qa.enumerations import Form, enumerations


def of_form(text: str, form: Form, tokenizer: Tokenizer) -> list[list[str]]:
    found = enumerations(Document.from_text(text, title="文"), tokenizer)
    return [[entry.text for entry in one.entries] for one in found if one.form is form]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("缴费可通过网站、电话或大厅一楼的自助机办理。", ["网站", "电话", "大厅一楼的自助机"]),
        ("她做出了算盘、镇纸和给孩子玩的小风车。", ["算盘", "镇纸", "给孩子玩的小风车"]),
        ("报到须带录取通知书、照片和体检表。", ["录取通知书", "照片", "体检表"]),
        ("业务包括存款、贷款和信用卡办理。", ["存款", "贷款", "信用卡办理"]),
        ("合同约定了价格、交期和费用承担方式。", ["价格", "交期", "费用承担方式"]),
        ("工程分为准备工作、实施阶段和总结阶段。", ["准备工作", "实施阶段", "总结阶段"]),
        ("花园、泳池和餐厅禁止宠物入内。", ["花园", "泳池", "餐厅"]),
        ("天敌有水貂、鱼鸮和一种大型的蟹。", ["水貂", "鱼鸮", "一种大型的蟹"]),
        ("市民可在手机上查询余额、缴纳电费、报修。", ["查询余额", "缴纳电费", "报修"]),
        (
            "木料来自拆房的工地、乡下的集市，还有同行之间交换。",
            ["拆房的工地", "乡下的集市", "同行之间交换"],
        ),
        (
            "应用可以查看曲线、设定时间、接收提醒，还能远程开锁。",
            ["查看曲线", "设定时间", "接收提醒", "远程开锁"],
        ),
    ],
)
def test_an_item_is_whole_and_no_more(text: str, entries: list[str], tokenizer: Tokenizer) -> None:
    assert entries in of_form(text, Form.INLINE, tokenizer)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        (
            "总投资4.9亿元，其中购车2.1亿元，修路1.4亿元，充电桩0.9亿元。",
            ["购车2.1亿元", "修路1.4亿元", "充电桩0.9亿元"],
        ),
        (
            "资金来源为省级补助1.2亿元，市财政2.3亿元，公司自筹1.4亿元。",
            ["省级补助1.2亿元", "市财政2.3亿元", "公司自筹1.4亿元"],
        ),
    ],
)
def test_what_figures_add_up_to_is_none_of_them(
    text: str, entries: list[str], tokenizer: Tokenizer
) -> None:
    assert of_form(text, Form.CLAUSES, tokenizer)[0] == entries


@pytest.mark.parametrize(
    "text",
    [
        "商场里有超市、药店和菜场，还有三天就要开业了。",
        "镇上建了图书馆、体育馆和食堂，还有很多问题没有解决。",
        "医院设有内科、外科和儿科，还能24小时接诊。",
    ],
)
def test_what_is_said_besides_is_no_item(text: str, tokenizer: Tokenizer) -> None:
    assert [len(entries) for entries in of_form(text, Form.INLINE, tokenizer)] == [3]


def test_a_first_clause_with_a_subject_keeps_it(tokenizer: Tokenizer) -> None:
    text = "一班有学生45人，二班42人，三班40人。"
    assert of_form(text, Form.CLAUSES, tokenizer)[0][0] == "一班有学生45人"
