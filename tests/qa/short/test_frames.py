from __future__ import annotations

import pytest

from corpus import fold
from qa.short.frames import framed, sort_named

SIGNED = fold("京东支付以与各大银行签约的方式,在用户和银行之间建立连接。")
PARTED = fold("2016年第三季度京东财报将京东金融从整个集团分离出来。")
LITTLE = fold("京东财富管理包括“宝宝”类理财产品小金库、基金超市和东家财富。")
LARGE = fold("京东集团作为中国最大的自营式B2C电商平台,拥有超过2亿注册会员。")
CHANNEL = fold("京东金融应建立自下而上的举报渠道,让投资者帮助平台监管。")
FOR_BOTH = fold("面向个人消费的“京东白条”、面向企业赊购的“京东金采”和B端C端结合的“小白卡”业务。")
CORE = fold("而京东支付,作为各业务资金的进出口,是生态圈的核心业务。")


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("京东支付要跟谁签约", SIGNED, "各大银行"),
        ("京东支付与哪些机构签约", SIGNED, "各大银行"),
        ("京东金融是从哪儿分离出来的", PARTED, "整个集团"),
        ("互金产品拼的是什么样的竞争", "已经进入了产品、服务等综合性竞争。", "综合性竞争"),
        ("众筹表现了什么样的趋势", "表现了“消费者到平台”的趋势。", "消费者到平台"),
        ("京东支付在生态圈里属于哪类业务", CORE, "生态圈的核心业务"),
        ("京东支付算什么性质的业务", CORE, "生态圈的核心业务"),
        ("该建一个什么样的举报渠道", CHANNEL, "自下而上的举报渠道"),
        ("举报渠道该是什么方向的", CHANNEL, "自下而上"),
        ("小白卡是面向谁的", FOR_BOTH, fold("B端C端结合")),
        ("京东金采是面向谁的", FOR_BOTH, "企业赊购"),
        ("源代码归谁", "源代码的著作权归甲方所有,乙方保留署名权。", "甲方"),
        ("韩颖是干什么的", "首席风险官韩颖表示,逾期率已降到2.5%以下。", "首席风险官"),
        ("书是哪家出版社出的", "该书1963年由人民交通出版社出版,先后印刷六次。", "人民交通出版社"),
        ("专利申请权归谁", "版权归甲方所有,专利申请权归乙方所有。", "乙方"),
        ("陈华考上了哪所大学", "2015年,陈华考入北京大学。", "北京大学"),
        ("有争议去哪个法院", "协商不成的,向商铺所在地人民法院起诉。", "商铺所在地人民法院"),
        ("小金库属于什么产品", LITTLE, fold("“宝宝”类理财产品")),
        ("京东集团属于什么类型的电商平台", LARGE, fold("中国最大的自营式B2C电商平台")),
    ],
)
def test_what_the_question_leaves_open_is_found(question: str, sentence: str, answer: str) -> None:
    span = framed(question, sentence)
    assert span is not None
    assert sentence[span.start : span.end] == answer


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("京东支付什么时候签约", SIGNED),
        ("京东支付跟谁合作", SIGNED),
        ("跟谁签约的各大银行", SIGNED),  # what the question says itself
        ("京东支付属于哪个集团", CORE),
        ("", CORE),
        ("京东支付跟谁签约", ""),
    ],
)
def test_nothing_is_found_where_the_sentence_has_no_such_place(
    question: str, sentence: str
) -> None:
    assert framed(question, sentence) is None


CARDS = "公司打造了自己的出行产品——面向学生的“轻风卡”、面向企业的“远行卡”。"
PURSE = "理财包括“活期”类储蓄产品小钱袋、基金市集和臻选会。"


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("轻风卡是什么", CARDS, "自己的出行产品"),
        ("远行卡到底是个什么东西", CARDS, "自己的出行产品"),
        ("什么是小钱袋", PURSE, "“活期”类储蓄产品"),
        ("青山小钱袋是什么产品呀", PURSE, "“活期”类储蓄产品"),
        ("白水小钱袋是什么产品呀", PURSE, None),  # somebody else's
        ("基金市集是什么", PURSE, None),
        ("小钱袋是什么时候推出的", PURSE, None),
    ],
)
def test_what_a_thing_is_stands_before_its_name(
    question: str, sentence: str, answer: str | None
) -> None:
    plain = fold(sentence)
    found = sort_named(fold(question), plain, fold("青山金融的产品"))
    assert (found and plain[found.start : found.end]) == (answer and fold(answer))
