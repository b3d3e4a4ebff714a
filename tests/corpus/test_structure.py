import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout_checks import check, quotes, tree

from corpus import Document, Kind

BODY = "这里是一段正文，讲的是标题下面的事情。"


def outline(text: str) -> list[tuple[int, str, str]]:
    document = Document.from_text(text.replace("~", BODY))
    check(document)
    return tree(document)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "办法\n\n第一章 总则\n\n第一节 目的\n\n~\n\n第二节 范围\n\n~\n\n第二章 附则\n\n~",
            [
                (1, "第一章", "总则"),
                (2, "第一节", "目的"),
                (2, "第二节", "范围"),
                (1, "第二章", "附则"),
            ],
        ),
        (
            "一、背景\n~\n（一）过去\n~\n1. 古代\n~\n2. 近代\n~\n（二）现在\n~\n二、结论\n~",
            [
                (1, "一、", "背景"),
                (2, "（一）", "过去"),
                (3, "1.", "古代"),
                (3, "2.", "近代"),
                (2, "（二）", "现在"),
                (1, "二、", "结论"),
            ],
        ),
        (  # the order of appearance decides, not the kind of number
            "(1)上层\n~\n一、下层\n~\n二、下层二\n~\n(2)上层二\n~",
            [(1, "(1)", "上层"), (2, "一、", "下层"), (2, "二、", "下层二"), (1, "(2)", "上层二")],
        ),
        (  # a level may be skipped in one place
            "一、甲\n~\n（一）乙\n~\n1、丙\n~\n2、丁\n~\n二、戊\n~\n1、己\n~\n2、庚\n~",
            [
                (1, "一、", "甲"),
                (2, "（一）", "乙"),
                (3, "1、", "丙"),
                (3, "2、", "丁"),
                (1, "二、", "戊"),
                (2, "1、", "己"),
                (2, "2、", "庚"),
            ],
        ),
        (
            "1 总述\n\n~\n\n1.1 目的\n\n~\n\n1.2 范围\n\n~\n\n1.2.1 时间\n\n~",
            [(1, "1", "总述"), (2, "1.1", "目的"), (2, "1.2", "范围"), (3, "1.2.1", "时间")],
        ),
        (
            "# 书\n\n## 1 起 ##\n\n~\n\n### **要点**\n\n~\n\n## 2、承：\n\n~",
            [(1, "1", "起"), (2, "", "要点"), (1, "2、", "承")],
        ),
        (  # a table of contents is a list
            "目录\n第一章 起\n第二章 承\n\n第一章 起\n~\n第二章 承\n~",
            [(1, "第一章", "起"), (1, "第二章", "承")],
        ),
        ("**一、起**\n\n~\n\n**二、承**\n\n~", [(1, "一、", "起"), (1, "二、", "承")]),
        ("题目\n====\n\n~\n\n小节\n----\n\n~", [(1, "", "小节")]),
        ("①起因\n~\n②经过\n~", [(1, "①", "起因"), (1, "②", "经过")]),
        (
            "论文\n\n摘要\n\n~\n\n一、引论\n\n~\n\n参考文献\n\n[1] 张三. 论支付. 2020.",
            [(1, "", "摘要"), (1, "一、", "引论"), (1, "", "参考文献")],
        ),
        ("縣志\n\n沿革\n\n~\n\n物產\n\n~", [(1, "", "沿革"), (1, "", "物產")]),
        ("【开头】\n~\n【结尾】\n~", [(1, "", "开头"), (1, "", "结尾")]),
    ],
)
def test_heading_trees(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "要买的东西如下。\n1. 牛奶\n2. 鸡蛋\n3. 面包\n买完就回来。",
            ["1. 牛奶", "2. 鸡蛋", "3. 面包"],
        ),
        (
            "三类：\n1. 居民型。由住户种植。\n2. 学校型。由学校种植。",
            ["1. 居民型。", "2. 学校型。"],
        ),
        (
            "第一条 凡市民均可借书。\n第二条 每次限借八册。",
            ["第一条 凡市民均可借书。", "第二条 每次限借八册。"],
        ),
        ("- 甲项\n* 乙项\n• 丙项", ["- 甲项", "* 乙项", "• 丙项"]),
        ("| 名 | 数 |\n| --- | --- |\n| 鹤 | 39 |", ["| 名 | 数 |", "| 鹤 | 39 |"]),
        (
            "（一）尚有欠款的；\n（二）两年内违规的。",
            ["（一）尚有欠款的；", "（二）两年内违规的。"],
        ),
    ],
)
def test_items(text: str, items: list[str]) -> None:
    document = Document.from_text(text)
    check(document)
    assert quotes(document, Kind.ITEM) == items
    assert tree(document) == []


@pytest.mark.parametrize(
    "text",
    [
        "2016. 年终\n\n~\n\n75. 年初\n\n~",  # no sequence
        "第一章讲述了他的童年。\n\n~",
        "1.5亿元的投资\n\n~\n\n2.3亿元的贷款\n\n~",
        "一、二、三，开始！\n\n~",
        "1. 先做甲\n   - 细节\n2. 再做乙\n   - 细节",
        "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。",
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert outline(text) == []


@pytest.mark.parametrize(
    "caption", ["图1 结构图", "表2-1：收支情况", "圖三 路線", "Figure 3. Sales"]
)
def test_captions(caption: str) -> None:
    document = Document.from_text(f"{BODY}\n\n{caption}\n\n{BODY}")
    assert quotes(document, Kind.CAPTION) == [caption]


@pytest.mark.parametrize("line", ["图1为结构图，反映了现状", "表2显示收支平衡", "图书馆开放时间"])
def test_sentences_about_figures_are_no_captions(line: str) -> None:
    assert quotes(Document.from_text(f"{BODY}\n\n{line}\n\n{BODY}"), Kind.CAPTION) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("题目\n\n发布时间：2021年3月5日\n\n~", "2021-03-05"),
        ("题目\n\n2021/3/5 08:00 来源：某报\n\n~", "2021-03-05"),
        ("题目\n\n~\n\n某某公司\n二〇二一年十二月二十五日", "2021-12-25"),
        ("---\ntitle: 题目\ndate: 2020-02-29\n---\n\n~", "2020-02-29"),
        ("题目\n\n发布时间：2021年2月30日\n\n~", ""),  # there was no such day
        ("题目\n\n公司成立于2013年10月5日，总部在北京。", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    document = Document.from_text(text.replace("~", BODY))
    assert document.date == date
    assert document.title == "题目"


def test_hard_wrapped_paragraphs_are_joined() -> None:
    wrapped = (
        "    京东金融集团自二零一三年十月独立运营起，短短四年时间内，\n"
        "已发展成为以金融科技为核心，包含供应链业务、支付业务、消费金\n"
        "融、证券业务、财富管理、众筹业务、保险业务、农村金融八大板块\n"
        "的互联网金融生态圈。其从金融本质出发，致力于降低金融服务成本。\n"
        "    从生态圈角度分析，可以清晰认识到京东金融各业务角色定位及业\n"
        "务间的协同效应。"
    )
    document = Document.from_text(wrapped)
    check(document)
    assert [one.replace("\n", "") for one in quotes(document)] == [
        "京东金融集团自二零一三年十月独立运营起，短短四年时间内，已发展成为以金融科技为核心，包含供应链业务、"
        "支付业务、消费金融、证券业务、财富管理、众筹业务、保险业务、农村金融八大板块的互联网金融生态圈。",
        "其从金融本质出发，致力于降低金融服务成本。",
        "从生态圈角度分析，可以清晰认识到京东金融各业务角色定位及业务间的协同效应。",
    ]
    assert [one.paragraph for one in document.sentences] == [0, 0, 1]


def test_lines_that_are_paragraphs_are_not_joined() -> None:
    document = Document.from_text("问：有几种\n答：有三种\n问：哪三种\n答：甲、乙、丙")
    assert [one.paragraph for one in document.sentences] == [0, 1, 2, 3]


def test_code_is_neither_heading_nor_cut() -> None:
    document = Document.from_text("说明\n\n```python\n# 注释\nprint(1.5. 2)\n```\n\n完了。")
    check(document)
    assert tree(document) == []
    assert "print(1.5. 2)" in quotes(document)


pieces = st.sampled_from(
    [
        "第一章 总则",
        "第二章",
        "一、背景",
        "二、结论",
        "（一）",
        "1. 甲",
        "2. 乙",
        "1、丙",
        "(1)丁",
        "①",
        "# 题",
        "### 节",
        "- 项",
        "| a | b |",
        "---",
        "```",
        "图1 结构",
        "摘要",
        BODY,
        "短行",
        "2021年3月5日",
        "首页 > 正文",
        "版权所有 ©",
        "电话：010-12345678",
        "上一篇：无",
        "",
        "　　" + BODY,
        "a" * 40,
        "。",
        "***",
        "====",
        "【节】",
        "\t\t",
    ]
)


@given(st.lists(pieces, max_size=25))
def test_invariants_hold_for_any_mixture(lines: list[str]) -> None:
    text = "\n".join(["有字", *lines])
    check(Document.from_text(text))
    check(Document.from_text(text, title="给定的题目", source="a.txt"))


@given(st.text(min_size=1))
def test_invariants_hold_for_any_text(text: str) -> None:
    check(Document.from_text("字" + text))
