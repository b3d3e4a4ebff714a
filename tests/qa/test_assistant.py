"""Whole answers, on the article and on a reader's own texts: the contract, whatever is asked."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, fold, writable
from corpus.articles import jd_finance
from corpus.errors import DocumentNotFound, IndexNotFound, WrongArgument
from index import build, current_generation, remove
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


@settings(max_examples=50)
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
    questions = QUESTIONS[:12]
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


# ---- indexes of a reader's own ----


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def index_of(folder: Path, *texts: str | Document) -> Assistant:
    sources = [
        text
        if isinstance(text, Document)
        else Document.from_text(text, title=f"第{number}篇", source=f"{number}.txt")
        for number, text in enumerate(texts, 1)
    ]
    build(sources, folder)
    return Assistant.open(folder)


LIGHTHOUSE = "望海灯塔建于1907年。灯塔高32米，由石匠周怀山设计。灯塔下有一座小庙。"
BRIDGE = "清溪桥长128米，2003年重修。桥上有六座石狮。桥的两头各有一家茶馆。"


def test_a_new_generation_is_seen_at_the_next_question(folder: Path, check_answer: Check) -> None:
    assistant = index_of(folder, LIGHTHOUSE)
    question = "清溪桥有多长？"
    before = assistant.answer(question)
    check_answer(assistant, before)
    assert "清溪桥" not in "".join(one.quote for one in before.citations)
    assert len(assistant.sources) == 1

    build(Document.from_text(BRIDGE, title="桥", source="桥.txt"), folder)
    after = assistant.answer(question)
    check_answer(assistant, after)
    assert after.short == "128米"
    assert {source.title for source in assistant.sources} == {"第1篇", "桥"}


def test_a_removed_document_is_not_found_any_more(folder: Path, check_answer: Check) -> None:
    assistant = index_of(folder, LIGHTHOUSE, BRIDGE)
    question = "灯塔高多少米？"
    cited = assistant.answer(question).citations[0].document.id
    assert assistant.document(cited).text == LIGHTHOUSE

    remove(folder, [cited])
    with pytest.raises(DocumentNotFound):
        assistant.document(cited)
    reply = assistant.answer(question)
    check_answer(assistant, reply)
    assert cited not in {one.document.id for one in reply.citations}


def test_an_id_that_never_was(article: Assistant) -> None:
    for id_ in ("", "没有", "../x"):
        with pytest.raises(DocumentNotFound):
            article.document(id_)


def test_an_assistant_is_kept_open_for_the_next_call(folder: Path) -> None:
    index_of(folder, LIGHTHOUSE)
    question = "望海灯塔建于哪一年？"
    first = answer(question, index=folder)
    assert first.short == "1907年"
    # Opening it again would need what is deleted here.
    shutil.rmtree(folder / "generations" / current_generation(folder))
    assert answer(question, index=folder) == first
    assert answer(question, index=str(folder / ".." / folder.name)) == first


def test_where_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound):
        Assistant.open(tmp_path)
    with pytest.raises(IndexNotFound):
        answer("有吗？", index=tmp_path)
    index_of(tmp_path / "later", LIGHTHOUSE)  # a failure is not remembered
    build(Document.from_text(LIGHTHOUSE, source="1.txt"), tmp_path / "now")
    assert answer("望海灯塔建于哪一年？", index=tmp_path / "now").citations


def test_two_assistants_side_by_side(folder: Path, article: Assistant, tmp_path: Path) -> None:
    lighthouse, bridge = index_of(folder, LIGHTHOUSE), index_of(tmp_path / "other", BRIDGE)
    assert lighthouse.answer("灯塔高多少米？").short == "32米"
    assert bridge.answer("清溪桥有多长？").short == "128米"
    assert article.answer("京东支付的市场份额是多少？").short == "1%"


def ask_all(assistant: Assistant, check: Check, questions: Sequence[str]) -> list[Answer]:
    replies = [assistant.answer(question) for question in questions]
    for reply in replies:
        check(assistant, reply)
    return replies


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("crlf.txt", "望海灯塔\r\n\r\n望海灯塔建于1907年。\r\n灯塔高32米，\r\n很高。\r\n".encode()),
        ("bom.txt", ("\ufeff" + LIGHTHOUSE).encode()),
        ("utf16.txt", LIGHTHOUSE.encode("utf-16")),
        ("gb.txt", LIGHTHOUSE.encode("gb18030")),
        ("cr.txt", "望海灯塔建于1907年。\r灯塔高32米，很高。\r".encode()),
        ("😀.md", ("# 😀灯塔\n\n😀" + LIGHTHOUSE).encode()),
        (
            "page.html",
            "<html><body><nav>首页</nav><h1>灯塔</h1><p>望海灯塔建于1907年。"
            "灯塔高32米&amp;很高。</p><script>x=1</script></body></html>".encode(),
        ),
    ],
)
def test_files_of_any_make_are_quoted_to_the_character(
    name: str, data: bytes, folder: Path, tmp_path: Path, check_answer: Check
) -> None:
    (tmp_path / name).write_bytes(data)
    build(tmp_path / name, folder)
    assistant = Assistant.open(folder)
    year, height, *_ = ask_all(
        assistant,
        check_answer,
        ["望海灯塔建于哪一年？", "灯塔高多少米？", "这篇文章讲了什么？", "灯塔是谁设计的？"],
    )
    assert year.short == "1907年"
    assert height.short == "32米"
    assert year.citations[0].document.source.endswith(name)


TRADITIONAL = (
    "臺灣銀行設立於1899年，總部位於臺北。銀行經營存款、貸款與匯兌。"
    "當時的總裁為柳生一義。銀行發行的紙幣面額共有四種。"
)


def test_traditional_characters_are_quoted_as_written(folder: Path, check_answer: Check) -> None:
    assistant = index_of(folder, TRADITIONAL)
    for question in ("台湾银行设立于哪一年？", "臺灣銀行設立於哪一年？"):
        [reply] = ask_all(assistant, check_answer, [question])
        assert reply.short == "1899年"
        assert reply.citations[0].quote == "臺灣銀行設立於1899年，總部位於臺北。"
    ask_all(assistant, check_answer, ["银行经营哪些业务？", "紙幣有幾種面額？", "总裁是谁？"])


@pytest.mark.parametrize(
    "text",
    [
        "一",
        "？",
        "1907",
        "## 只有标题",
        "- 甲\n- 乙\n- 丙\n",
        "没有标点也没有换行的一行字" * 40,
        "句。" * 600,
        "第一条规定甲乙双方应当遵守，" * 300 + "违约金为合同总额的7%。",
        "😀😀😀。😀。",
        "<script>alert(1)</script>。{{ 7*7 }}。",
        "a\u0301b。\u202e倒着写。\u200b零宽。",
        "only english text. with two sentences.",
    ],
)
def test_texts_of_any_shape_can_be_asked(text: str, folder: Path, check_answer: Check) -> None:
    assistant = index_of(folder, text)
    ask_all(
        assistant,
        check_answer,
        [
            "这篇文章讲了什么？",
            "有哪些？",
            "有几个？",
            "是多少？",
            "为什么？",
            "是吗？",
            "甲和乙谁大？",
        ],
    )


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


def test_what_the_text_is_about_begins_with_its_title(article: Assistant) -> None:
    reply = article.answer("这篇文章讲了什么？")
    assert reply.citations[0].quote == "京东金融生态圈业务模式构建与优化"
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


def test_a_reason_names_no_measure_word(article: Assistant) -> None:
    assert "“篇”" not in article.answer("这篇文章的作者是谁？").reason


@pytest.mark.parametrize("question", [None, 5, [], b"", {"text": "甲？"}])
def test_a_question_is_a_string(question: Any, article: Assistant) -> None:
    for ask in (article.answer, article.search, answer):
        with pytest.raises(WrongArgument, match="question"):
            ask(question)


@pytest.mark.parametrize(
    "history", [5, "甲？", ["甲？"], [("甲？", "乙。")], {"role": "user"}, [{}]]
)
@pytest.mark.parametrize("question", ["", "你好", "京东支付的市场份额是多少？"])
def test_a_history_of_another_shape_is_said_so(
    question: str, history: Any, article: Assistant
) -> None:
    with pytest.raises(WrongArgument, match="history"):
        article.answer(question, history)


def test_no_history_can_be_none(article: Assistant) -> None:
    assert article.answer("你好", None) == article.answer("你好")
    assert answer("你好", None) == answer("你好")


@pytest.mark.parametrize("most", ["3", 2.5, -1, None, True])
def test_how_many_is_a_number(most: Any, article: Assistant) -> None:
    with pytest.raises(WrongArgument, match="most"):
        article.search("京东支付的份额", most)


@pytest.mark.parametrize("index", [5, "", b"x", []])
def test_an_index_is_named_by_a_path(index: Any) -> None:
    with pytest.raises(WrongArgument, match="index"):
        Assistant.open(index)
    with pytest.raises(WrongArgument, match="index"):
        answer("你好", index=index)


def test_a_documents_id_is_a_string(article: Assistant) -> None:
    with pytest.raises(WrongArgument, match="id"):
        article.document([])  # type: ignore[arg-type]
