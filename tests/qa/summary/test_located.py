"""What a question names by its place, on the article, a notice and a manual."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant

NOTICE = """关于调整差旅报销办法的通知

各部门：

为规范差旅报销，经研究，现将有关事项通知如下。

一、适用范围

本办法适用于全体正式员工。实习生另行规定。

二、报销标准

住宿费每晚不超过400元，伙食补助每天100元。超出部分由本人承担。

三、报销流程

员工应在出差结束后15个工作日内提交报销单，并附发票、行程单和审批表。财务部收到后5个工作日内付款。

四、其他

本通知自2024年3月1日起实行，原办法同时废止。本办法由财务部负责解释。
"""
MANUAL = """# 云帆路由器使用手册

## 概述

云帆路由器是一款家用无线路由器，支持双频。

## 产品的历史

云帆第一代路由器诞生于2012年。它只有一根天线。此后每两年更新一代。

## 指示灯

指示灯有三种颜色：绿灯表示工作正常，黄灯表示正在连接，红灯表示网络中断。图1为指示灯的位置。

## 常见问题

### 无法上网

检查网线是否插好。若仍无法上网，请重启路由器。

### 信号弱

把路由器放在高处。远离微波炉。

### 忘记密码

按住复位键十秒，恢复出厂设置。

## 售后

客服电话为400-123-4567，工作时间为周一至周五，周六周日休息。
"""


def _open(text: str, title: str, folder: Path) -> Assistant:
    build(Document.from_text(text, title=title), index=folder)
    return Assistant.open(folder)


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return _open(NOTICE, "关于调整差旅报销办法的通知", tmp_path_factory.mktemp("notice") / "index")


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return _open(MANUAL, "云帆路由器使用手册", tmp_path_factory.mktemp("manual") / "index")


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("第三个问题是什么？", "业务不完善,信息不透明"),
        ("京东金融的第二个问题是什么？", "牌照不齐全,监管风险高"),
        ("最后一个问题是什么？", "互联网红利结束,京东金融亟待升级"),
        ("第二条建议的具体内容是什么？", "加速牌照申请,守住政策底线"),
        ("第一个对策讲了什么", "提升支付地位,走出生态体系"),
        ("第3条对策是什么", "完善各业务建设,提高信息透明度"),
    ],
)
def test_the_nth_entry_is_given_with_what_stands_below_it(
    question: str, entry: str, article: Assistant
) -> None:
    reply = article.answer(question)
    assert reply.short == entry
    assert entry in reply.citations[0].quote
    assert len(reply.citations) > 1
    assert {one.section for one in reply.citations} == {reply.citations[0].section}


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("第五个问题是什么？", "共 4 项，没有第五个问题"),
        ("第五条建议是什么？", "共 4 项，没有第五条建议"),
        ("第六部分讲了什么？", "分 4 部分，没有第六部分"),
        ("图2讲的是什么？", "没有图2"),
        ("表1是什么？", "没有表1"),
    ],
)
def test_what_is_beyond_the_last_is_refused_with_how_many_there_are(
    question: str, reason: str, article: Assistant
) -> None:
    reply = article.answer(question)
    assert reply.refused
    assert reason in reply.reason


def test_a_question_about_an_entry_is_not_answered_with_the_entry(article: Assistant) -> None:
    assert article.answer("第四个问题的原因是什么？").short != "互联网红利结束,京东金融亟待升级"


def test_a_figure_is_its_caption_and_what_is_said_of_it(
    article: Assistant, manual: Assistant
) -> None:
    reply = article.answer("图1是什么？")
    assert reply.short == "京东金融生态圈内部结构图"
    assert [one.quote[:2] for one in reply.citations] == ["图1", "图1"]
    assert "图1为指示灯的位置" in manual.answer("图1是什么？").text  # without a caption


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("历史部分讲了什么？", "诞生于2012年"),
        ("指示灯这一部分讲什么", "三种颜色"),
        ("常见问题部分说了什么？", "信号弱"),
        ("第二个问题是什么？", "把路由器放在高处"),
    ],
)
def test_a_part_is_found_by_its_name(question: str, said: str, manual: Assistant) -> None:
    reply = manual.answer(question)
    assert not reply.refused
    assert said in reply.text


@pytest.mark.parametrize("question", ["蓝牙部分讲了什么？", "第四个问题是什么？", "图2是什么？"])
def test_what_the_manual_has_not_is_refused(question: str, manual: Assistant) -> None:
    assert manual.answer(question).refused


@pytest.mark.parametrize(
    "question",
    [
        "总结一下",
        "帮我总结一下全文",
        "给我讲讲这份通知",
        "这份通知说了什么？",
        "说说主要内容",
        "这份通知分几部分？",
        "本通知分为几个部分？",
    ],
)
def test_the_whole_is_told_however_it_is_asked_for(question: str, notice: Assistant) -> None:
    reply = notice.answer(question)
    assert not reply.refused
    assert "2. 报销标准" in reply.text


def test_the_parts_are_counted_and_so_are_the_problems(article: Assistant) -> None:
    assert article.answer("文章有几部分？").items[0].text == "互联网金融生态圈"
    assert article.answer("文章分为几个部分？").short == "4"
    assert article.answer("文章指出了几个问题？").items[0].text == "支付起步晚,账户体系弱"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("这份通知什么时候开始实行？", "2024年3月1日"),
        ("这份通知什么时候生效？", "2024年3月1日"),
        ("报销要在多长时间内提交？", "15个工作日"),
    ],
)
def test_words_that_only_ask_or_point_are_no_names(
    question: str, short: str, notice: Assistant
) -> None:
    assert notice.answer(question).short == short


def test_words_cut_across_are_cut_anew(notice: Assistant) -> None:
    reply = notice.answer("报销单要附哪些材料？")
    assert [one.text for one in reply.items] == ["发票", "行程单", "审批表"]


def test_weekdays_are_dates(manual: Assistant) -> None:
    assert manual.answer("工作时间是周几到周几？").short == "周一至周五"
    assert manual.answer("周几休息？").short == "周六周日"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("花呗是什么？", "文中没有提到“花呗”，无法回答。"),
        ("金融生态圈是什么时候提出的？", "文中没有说到这一点，无法回答。"),
        ("文章有几个作者？", "文中没有说到这一点，无法回答。"),
    ],
)
def test_reasons_name_real_words_and_not_what_all_is_about(
    question: str, reason: str, article: Assistant
) -> None:
    reply = article.answer(question)
    assert reply.refused
    assert reply.reason == reason


@pytest.mark.parametrize("question", ["蓝灯代表什么？", "蓝牙怎么连接？", "说明书怎么下载？"])
def test_what_is_unknown_stays_refused(question: str, manual: Assistant) -> None:
    assert manual.answer(question).refused


@pytest.mark.parametrize(
    "question",
    [
        "这篇文章是什么时候发的",
        "文章什么时候写的",
        "文章的发布时间是什么时候",
        "这篇稿子哪天上传的",
    ],
)
def test_when_the_text_was_published_is_told_by_its_page_alone(
    question: str, article: Assistant, notice: Assistant
) -> None:
    reply = article.answer(question)
    assert reply.refused
    assert "2022-10-19" in reply.reason
    assert "正文没有写明" in notice.answer(question).reason


def test_a_list_of_references_is_not_made_up(article: Assistant) -> None:
    reply = article.answer("作者列了哪些参考文献？")
    assert reply.refused
    assert "没有列出参考文献" in reply.reason
