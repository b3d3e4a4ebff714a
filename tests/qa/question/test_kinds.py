from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import fold
from qa.question.kinds import EXPLAIN, SHORT, SOCIAL, Asked, asked, plain

QUESTIONS = {
    Asked.GREETING: [
        "你好",
        "您好呀",
        "嗨",
        "Hi!",
        "hello",
        "在吗？",
        "早上好",
        "晚上好！",
        "大家好",
    ],
    Asked.THANKS: ["谢谢", "谢谢你！", "多謝", "感谢", "thank you", "再见", "辛苦了"],
    Asked.HELP: [
        "你能做什么？",
        "你是谁",
        "请问你可以做什么",
        "怎么用你",
        "帮助",
        "help",
        "你會做什麼",
    ],
    Asked.OVERVIEW: [
        "这篇文章讲了什么？",
        "本文主要讲什么",
        "概括一下全文",
        "帮我总结一下全文",
        "这篇文章概括一下",
        "总结一下",
        "帮我总结一下这篇文章",
        "给我讲讲这篇文章",
        "这份通知说了什么？",
        "本手册主要讲了些什么？",
        "说说主要内容",
        "總結一下這篇文章",
        "全文大纲",
        "第三部分讲了什么",
        "请帮我总结一下",
        "文章的结构是什么",
        "文章是按什么顺序展开的？",
        "主要分哪几大部分来写",
        "标题是什么？",
    ],
    Asked.COMPARISON: [
        "甲基金和乙基金，哪个面向学生？",
        "支付宝和财付通哪个份额大",
        "京东众筹和京东白条谁更早？",
        "支付寶和財付通誰的份額更高",
        "两家公司相比谁的用户多",
        "两者差多少",
    ],
    Asked.COUNT: [
        "京东金融有几大业务板块？",
        "一共有多少种产品",
        "有幾個部分",
        "本手册分几章？",
        "存在多少个问题",
        "请问有几类众筹",
    ],
    Asked.LIST: [
        "这个模式是哪三位？",
        "京东金融存在哪些问题？",
        "都有哪些业务",
        "有哪四大业务",
        "列出所有的产品",
        "京東金融有哪些業務板塊",
        "包括什么",
        "分为哪几类",
        "对策有哪些",
        "分别是什么",
        "业务板块有几个，分别是什么",
        "转型中碰到了什么问题？",
        "冷库按温度怎么分类",
        "新支付场景举例",
        "总结一下京东金融的问题",
        "作者开出的对策概括一下",
        "把文章的建议归纳归纳",
    ],
    Asked.WHY: [
        "支付推不开，根子在哪儿？",
        "热起来跟什么有关？",
        "这样说依据何在？",
        "京东为什么要做白条？",
        "为何京东支付份额低",
        "為什麼份額這麼低",
        "是什么原因造成的",
        "怎么会这样",
    ],
    Asked.DATE: [
        "在哪个季度的财报里公布？",
        "京东金融什么时候独立运营？",
        "白条是哪一年推出的",
        "众筹何时成立",
        "京東眾籌是哪年成立的",
        "几月上线的",
        "周几休息？",
        "上线时间是",
    ],
    Asked.NUMBER: [
        "平均得等多久？",
        "京东支付的市场份额是多少？",
        "总交易额是多少",
        "占比多少",
        "京東支付的市場份額是多少",
        "请问，它的占比是多少呢",
        "规模多大",
    ],
    Asked.WHO: ["作者是谁？", "谁提出的", "創始人是誰", "哪位专家说的", "根据文章内容，作者是谁"],
    Asked.PURPOSE: [
        "加大力度是想防什么？",
        "最终想达到什么效果？",
        "白条有什么作用",
        "这样做的目的是什么",
        "有什么意义",
        "生態圈的意義是什麼",
    ],
    Asked.DEFINITION: [
        "何谓生态圈？请概括说明",
        "讲讲众筹这个业务",
        "供应链金融是怎么一回事？",
        "什么是白条？",
        "京东白条是什么",
        "金融生态圈指的是什么",
        "解释一下生态圈",
        "什麼是互聯網金融生態圈",
        "请问什么是ABS",
        "ＡＢＳ是什么",
    ],
    Asked.HOW: [
        "京东怎么控制风险",
        "如何优化生态圈",
        "怎樣解決牌照問題",
        "通过什么方式融资",
        "请问如何申请",
    ],
    Asked.YESNO: [
        "京东有银行牌照吗？",
        "是否有保险牌照",
        "京東支付有沒有牌照",
        "白条是不是信用卡",
        "能不能分期",
        "京东会不会倒闭",
        "白条收手续费么",
    ],
    Asked.FACT: ["京东白条的合作银行", "总部在哪里", "哪家机构发布了该报告", "京东金融的英文名"],
}


@pytest.mark.parametrize(
    ("question", "kind"),
    [(question, kind) for kind, questions in QUESTIONS.items() for question in questions],
)
def test_the_kind_of_a_question(question: str, kind: Asked) -> None:
    assert asked(question) is kind


@pytest.mark.parametrize(
    "opening", ["请问", "请问一下，", "我想知道", "想问一下 ", "麻烦告诉我", "嗯，那个，"]
)
@pytest.mark.parametrize("ending", ["", "？", "?", " 。", "呢？", "！！", "……"])
def test_courtesies_and_marks_do_not_change_the_kind(opening: str, ending: str) -> None:
    assert asked(f"{opening}京东支付的市场份额是多少{ending}") is Asked.NUMBER
    assert asked(f"{opening}京东金融存在哪些问题{ending}") is Asked.LIST


@pytest.mark.parametrize("kind", Asked)
def test_every_kind_is_met_in_the_table(kind: Asked) -> None:
    assert QUESTIONS[kind]


def test_groups_of_kinds_do_not_overlap() -> None:
    assert not SOCIAL & SHORT
    assert not SHORT & EXPLAIN
    assert not EXPLAIN & SOCIAL


def test_what_is_left_of_a_question() -> None:
    assert plain("  请问，京東支付　是什麼？？ ") == "京东支付是什么"
    assert plain("ＪＤ　Ｐａｙ 是什麼?") == "jd pay是什么"  # as texts write it


@pytest.mark.parametrize("question", ["请问", "？", "。。", "嗯", "请问？"])
def test_a_question_of_courtesies_alone_is_not_emptied(question: str) -> None:
    assert plain(question)


@given(st.text())
def test_any_text_has_a_kind(text: str) -> None:
    assert asked(text) in Asked
    assert len(plain(text)) <= len(fold(text))
    assert bool(plain(text)) == bool("".join(fold(text).split()))
    assert plain(plain(text)) == plain(text)
