"""Whole answers on the article: the contract, whatever is asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import fold, writable
from corpus.articles import jd_finance
from qa import Answer, Assistant, answer

Check = Callable[[Assistant, Answer], None]

QUESTIONS = [
    "京东支付的市场份额是多少？",
    "京東支付的市場份額是多少？",
    "支付宝和财付通谁的市场份额大？",
    "京东众筹和京东白条谁更早？",
    "京东金融什么时候独立运营？",
    "京东金融存在哪些问题？",
    "京东金融有几大业务板块？",
    "都有哪些业务",
    "京東金融有哪些業務板塊？",
    "作者有什么建议？",
    "应该怎么解决牌照问题",
    "京东为什么要做白条？",
    "什么是互联网金融生态圈？",
    "京东白条有什么作用？",
    "京东有银行牌照吗？",
    "京东是不是没有保险牌照",
    "京东支付有没有风险",
    "这篇文章主要讲了什么？",
    "概括一下",
    "第三部分讲了什么？",
    "第九十九部分讲了什么？",
    "文章有几个部分？",
    "京东金融的战略是什么？",
    "京东金融的CEO是谁？",
    "2021年京东支付的市场份额是多少？",
    "蚂蚁金服的员工有多少人？",
    "数据来自哪份报告？",
    "图1 是什么？",
    "相关阅读",
    "责任编辑是谁？",
    "版权声明",
    "量子力学的基本方程是什么？",
    "What is the market share of JD Pay?",
    "jd",
    "京",
    "的",
    "多少",
    "吗",
    "为什么",
    "它有什么问题？",
    "第二个",
    "谢谢",
    "你好",
    "你能做什么？",
]

ODD = [
    "",
    " \n\t　",
    "？",
    "？！。……",
    "😀😀😀",
    "👨‍👩‍👧‍👦京东支付的份额是多少",
    "\x00",
    "京东\x00支付\x07的\x1b[31m份额",
    "\ud800",
    "京东\udfff支付的份额",
    "\ufeff\u200b\u200e",
    "\u202e؟كم حصة السوق",
    "מהו נתח השוק של 京东支付",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>京东支付的份额",
    "{{7*7}} ${alert(1)} %s %(x)s {0}",
    "'; DROP TABLE passages; --",
    "../../etc/passwd",
    "[1][2]",
    "a" * 500,
    "京东" * 250,
    "京" * 501,
    "？" * 10_000,
    "京东支付的市场份额是多少？" * 800,
    "e\u0301" * 100,
    "①②③",
    "(((((((([[[[[",
    "\\",
    "1/0",
    "9" * 400,
    "一" * 400,
    "万亿" * 200,
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_keeps_the_contract(
    question: str, article: Assistant, check_answer: Check
) -> None:
    reply = article.answer(question)
    check_answer(article, reply)
    assert reply.asked == question
    assert article.answer(question) == reply


@pytest.mark.parametrize("question", ODD)
def test_any_text_can_be_asked(question: str, article: Assistant, check_answer: Check) -> None:
    reply = article.answer(question)
    check_answer(article, reply)
    assert reply.asked == writable(question)
    assert article.answer(question) == reply


# Words of the article among what nobody types; lone surrogates, too.
ANYTHING = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.lists(
        st.one_of(
            st.sampled_from(
                "京东 支付 份额 多少 哪些 问题 为什么 谁 更 大 吗 和 第二 2016年 ？ 战略".split()
            ),
            st.text(st.characters(exclude_categories=()), max_size=3),
        ),
        max_size=10,
    ).map("".join),
)


@settings(max_examples=30)
@given(question=ANYTHING, earlier=st.lists(ANYTHING, max_size=2))
def test_nothing_that_can_be_typed_breaks_the_contract(
    question: str, earlier: list[str], article: Assistant, check_answer: Check
) -> None:
    reply = article.answer(question, [{"role": "user", "content": one} for one in earlier])
    check_answer(article, reply)
    assert reply.asked == writable(question)
    json.dumps(reply.to_dict(), ensure_ascii=False).encode()


@pytest.mark.parametrize("unseen", ["\u200b", "\u200c", "\u200d", "\ufeff", "\xad", "\x00", "\x1b"])
def test_a_word_is_understood_with_what_nobody_sees_in_it(unseen: str, article: Assistant) -> None:
    typed = unseen.join("京东支付的市场份额是多少？")
    reply, seen = article.answer(typed), article.answer("京东支付的市场份额是多少？")
    assert not seen.refused
    assert reply.asked == typed
    assert replace(reply, asked=seen.asked) == seen
    assert article.search(typed) == article.search("京东支付的市场份额是多少？")
    history = [{"role": "user", "content": typed}]
    assert article.answer(f"那支付{unseen}宝呢？", history).short == "52.3%"  # type: ignore[arg-type]


def test_half_a_character_can_be_sent_back(article: Assistant) -> None:
    reply = article.answer("京东支付\udced\udcb3的市场份额是多少？")
    assert reply.asked == reply.question == "京东支付\ufffd的市场份额是多少？"
    assert Answer.from_dict(json.loads(json.dumps(reply.to_dict()))) == reply


@pytest.mark.parametrize("question", ["", "   ", "？！", "京" * 501, "😀"])
def test_what_is_no_question_is_refused(question: str, article: Assistant) -> None:
    reply = article.answer(question)
    assert reply.refused
    assert reply.reason == reply.text


def test_script_and_width_do_not_change_what_is_cited(article: Assistant) -> None:
    plain, *others = (
        article.answer(question)
        for question in (
            "京东支付的市场份额是多少？",
            "京東支付的市場份額是多少？",
            "  请问，京东支付的市场份额是多少 ",
            "京东支付的市场份额是多少?\n",
        )
    )
    assert not plain.refused
    for other in others:
        assert other.citations[0].quote == plain.citations[0].quote
        assert other.short == plain.short


def test_what_is_stated_in_so_many_words_is_found(article: Assistant) -> None:
    reply = article.answer("京东支付的市场份额是多少？")
    assert reply.short == "1%"
    assert "京东支付" in reply.citations[0].quote


def test_a_follow_up_is_understood_from_the_history(article: Assistant) -> None:
    first = article.answer("京东支付的市场份额是多少？")
    reply = article.answer(
        "那支付宝呢？",
        [
            {"role": "user", "content": [{"type": "text", "text": first.asked}]},
            {"role": "assistant", "content": [{"type": "text", "text": first.text}]},
        ],
    )
    assert reply.asked == "那支付宝呢？"
    assert "支付宝" in reply.question
    assert "份额" in reply.question
    assert reply.short == "52.3%"


def test_a_follow_up_is_read_together_with_the_question_before(article: Assistant) -> None:
    alone = article.answer("那大家为什么投")
    asked = {"role": "user", "content": "众筹项目能成功，是因为项目本身优秀吗"}
    found = article.answer("那大家为什么投", [asked])
    assert "信用背书" not in alone.text
    assert "信用背书" in found.citations[0].quote
    assert "众筹" in found.question


def test_another_year_is_not_answered_with_the_one_before(article: Assistant) -> None:
    asked = {"role": "user", "content": "2016年京东产品众筹金额是多少"}
    assert article.answer("15年呢", [asked]).refused


def test_an_ordinal_asks_for_the_item_that_was_given(article: Assistant) -> None:
    listed = article.answer("京东金融存在哪些问题？")
    assert len(listed.items) > 1
    history = [
        {"role": "user", "content": listed.asked},
        {"role": "assistant", "content": listed.text},
    ]
    reply = article.answer("第二个问题具体是什么？", history)
    assert fold(listed.items[1].text) in fold(reply.question)


def test_the_assistants_own_words_are_not_asked(article: Assistant) -> None:
    said_by_it = [{"role": "assistant", "content": "京东白条是什么？"}]
    assert article.answer("它有什么问题？", said_by_it) == article.answer("它有什么问题？")


def test_many_threads_get_the_answers_of_one(article: Assistant) -> None:
    questions = QUESTIONS[:5]
    expected = [article.answer(question) for question in questions]
    fresh = Assistant.open()  # nothing read yet: every thread is the first
    start = threading.Barrier(8)

    def ask(_: int) -> list[Answer]:
        start.wait()
        return [fresh.answer(question) for question in questions]

    with ThreadPoolExecutor(8) as pool:
        assert all(answers == expected for answers in pool.map(ask, range(8)))


def test_the_article_is_the_default(article: Assistant) -> None:
    question = "京东支付的市场份额是多少？"
    assert answer(question) == article.answer(question)
    assert answer(question, index=None) == answer(question, (), None)
    [source] = article.sources
    assert article.document(source.id).text == jd_finance().text
    assert (source.title, source.source) == (jd_finance().title, jd_finance().source)


def test_passages_are_found_with_their_place(article: Assistant) -> None:
    found = article.search("京东支付的市场份额", most=3)
    assert [one.number for one in found] == [1, 2, 3]
    assert any("仅占1%" in one.quote for one in found)
    for one in found:
        assert article.document(one.document.id).text[one.start : one.end] == one.quote
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert article.search("😀") == ()


def test_the_title_is_an_answer(article: Assistant, check_answer: Check) -> None:
    reply = article.answer("这篇文章的标题叫什么？")
    check_answer(article, reply)
    assert reply.short == "京东金融生态圈业务模式构建与优化"


def test_what_is_missing_is_named_as_it_was_typed(article: Assistant) -> None:
    assert "CEO" in article.answer("京东金融的CEO是谁？").reason


def test_what_the_text_is_about_has_its_title_above_the_outline(article: Assistant) -> None:
    reply = article.answer("这篇文章讲了什么？")
    assert reply.citations[2].quote == "京东金融生态圈业务模式构建与优化"
    assert reply.citations[3].quote.endswith(reply.items[0].text)
    assert len(reply.items) == 4
    outline = article.answer("全文大纲")
    assert outline.citations[0].quote.endswith(outline.items[0].text)


def test_the_conclusion_is_what_the_author_advises(article: Assistant) -> None:
    reply = article.answer("作者的主要结论是什么？")
    assert "提升支付地位" in reply.items[0].text


def test_a_list_is_given_where_none_is_asked_for_by_name(article: Assistant) -> None:
    assert len(article.answer("京东金融业务板块").items) == 8


def test_a_follow_up_passes_over_greetings_and_what_was_turned_away(article: Assistant) -> None:
    history = [
        {"role": "user", "content": text}
        for text in ("京东支付的市场份额是多少？", "谢谢", "😀😀", "长" * 501)
    ]
    assert article.answer("那支付宝呢？", history).short == "52.3%"  # type: ignore[arg-type]


def test_a_difference_has_no_winner(article: Assistant) -> None:
    answer = article.answer("京东支付和支付宝的市场份额相差多少？")
    assert answer.short is None
    assert "52.3%" in answer.text


def test_one_of_two_that_the_question_names(article: Assistant) -> None:
    assert article.answer("众筹金额最高的是产品众筹还是股票众筹？").short == "产品众筹"
    assert article.answer("京东白条面向个人还是企业？").short == "个人"
    assert article.answer("京东支付的份额超过支付宝了吗？").short == "否"
    assert article.answer("白条是给个人用的还是企业用的？").short == "个人"
    assert article.answer("移动流量价格现在涨还是跌？").short == "涨"
    assert article.answer("钢镚面向B端还是C端？").short is None  # both


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("京东保险用户是不是没到1亿人？", "否"),
        ("京东注册用户不到两亿吧？", "否"),
        ("会员不足2亿吗？", "否"),
        ("供应链金融服务企业是不是不足十万家？", "否"),
        ("京东注册用户超过一亿吗？", "是"),
        ("保险是核心业务吗？", "是"),  # 核心业务如保险、证券
    ],
)
def test_yes_or_no_of_figures_and_examples(question: str, short: str, article: Assistant) -> None:
    assert article.answer(question).short == short


def test_what_it_is_not_is_not_what_it_is(article: Assistant) -> None:
    said = article.answer("众筹项目为啥能成功？")
    assert said.short == "投资者看中了京东信用背书"  # 不是因为项目优秀,而是…


def test_one_part_is_not_told_by_the_list_of_another(article: Assistant) -> None:
    back = article.answer("后端业务做什么？")
    assert back.short == "为各种支付方式和支付流程提供底层技术支持的后端业务"
    assert len(article.answer("前端业务做什么？").items) == 4


def test_which_report_said_it(article: Assistant) -> None:
    history = [{"role": "user", "content": "股票众筹金额是多少？"}]
    said = article.answer("哪个报告说的？", history)  # type: ignore[arg-type]
    assert said.short == "《2016年中国互联网众筹年度报告》"


def test_another_of_the_same_head(article: Assistant) -> None:
    history = [{"role": "user", "content": "京东有银行牌照吗？"}]
    assert article.answer("支付的呢？", history).short == "是"  # type: ignore[arg-type]


def test_a_reason_names_no_measure_word(article: Assistant) -> None:
    assert "“篇”" not in article.answer("这篇文章的作者是谁？").reason


@pytest.mark.parametrize("question", ["京东白条可以提现吗", "京东金融会倒闭吗"])
def test_yes_or_no_of_what_stands_nowhere_is_left_open(article: Assistant, question: str) -> None:
    assert article.answer(question).refused


def test_a_reason_has_names_to_their_end(article: Assistant) -> None:
    assert "财付通" in article.answer("财付通属于哪家公司？").reason


def test_who_asks_in_english_is_told_to_ask_in_chinese(article: Assistant) -> None:
    answer = article.answer("What is JD Finance about?")
    assert answer.refused
    assert "中文" in answer.reason
    assert "Chinese" in answer.reason


def test_what_two_things_have_apart_is_nothing_of_another_question(article: Assistant) -> None:
    history = [
        {"role": "user", "content": "东家财富是什么？"},
        {"role": "user", "content": "跟小金库有什么区别"},
    ]
    assert article.answer("收益高吗", history).refused


@pytest.mark.parametrize(
    "question",
    [
        "京东金融生态圈由哪些部分组成？",
        "京东金融生态圈由什么构成？",
        "京东金融生态圈的构成要素主要包括哪些方面？",
    ],
)
def test_what_a_thing_is_made_of(article: Assistant, question: str) -> None:
    items = [item.text for item in article.answer(question).items]
    assert items == ["非生物环境", "生产者", "消费者", "分解者"]


def test_what_nothing_says_is_made_of_stays_refused(article: Assistant) -> None:
    assert article.answer("京东商城由哪些部分组成？").refused
