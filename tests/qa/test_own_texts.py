"""Assistants of a reader's own texts: generations, several at once, files of any make."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from corpus import Document
from corpus.errors import DocumentNotFound, IndexNotFound
from index import build, current_generation, remove
from qa import Answer, Assistant, answer

Check = Callable[[Assistant, Answer], None]


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


FARMS = (
    "山北农场每年每亩产蜜桃96千克，河东果园为123千克。研究所完成了三项新产品：果醋、果干和冻干粉。"
    "精耕细作的时代已经过去了。东山县总人口36万人，农村人口21万人。"
    "云杉公司的营业额为1000万元，比上年增长了200万元。三家作坊推出了三款点心：绿豆糕、云片糕和桃酥。"
)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("河东果园一亩一年能收多少蜜桃？", "123千克"),
        ("山北农场一亩一年能收多少蜜桃？", "96千克"),
        ("研究所完成了几项新产品？", "三项"),
        ("东山县农村人口有多少？", "21万人"),
        ("云杉公司的营业额增长了多少万元？", "200万元"),
        ("作坊推出了几款点心？", "三款"),
    ],
)
def test_the_figure_of_the_thing_asked_about(
    question: str, short: str, folder: Path, check_answer: Check
) -> None:
    assistant = index_of(folder, FARMS)
    reply = assistant.answer(question)
    check_answer(assistant, reply)
    assert reply.short == short


LIBRARY = """读者常见问题

问：怎样办理借书证？
答：年满6周岁的本市居民凭身份证到一楼服务台办理，押金100元，退证时退还。

问：图书馆几点开门？
答：周二至周日9:00至20:30开放，周一闭馆。

问：自习室需要预约吗？
答：需要。读者可以提前一天在公众号上预约，迟到30分钟自动取消。
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [("几岁可以办证？", "6周岁"), ("周一开门吗？", "否"), ("周六开门吗？", "是")],
)
def test_questions_that_readers_have(question: str, short: str, tmp_path: Path) -> None:
    build([Document.from_text(LIBRARY)], index=tmp_path)
    assert Assistant.open(tmp_path).answer(question).short == short


def test_how_is_told_after_the_mere_reply(tmp_path: Path) -> None:
    build([Document.from_text(LIBRARY)], index=tmp_path)
    answer = Assistant.open(tmp_path).answer("怎么预约自习室？")
    assert "提前一天在公众号上预约" in answer.citations[0].quote


def test_what_is_the_rest_has_no_figure_of_its_own(tmp_path: Path) -> None:
    text = "产品构成\n渔网收入占总收入的46%，缆绳占31%，其余为救生器材。"
    build([Document.from_text(text)], index=tmp_path)
    assistant = Assistant.open(tmp_path)
    assert assistant.answer("救生器材占多少？").short is None
    assert assistant.answer("缆绳占多少？").short == "31%"


MANUAL = """电饭煲使用说明
额定电压220V，额定功率860W，容量4升。
请勿用钢丝球擦洗内胆，以免损坏涂层。
整机保修一年，加热盘保修三年，内胆不在保修范围内。
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("功率多大？", "860W"),
        ("电压是多少？", "220V"),
        ("可以用钢丝球吗？", "否"),
        ("整机保修多久？", "一年"),
        ("保修多久？", None),  # of the whole one year, of a part three
    ],
)
def test_what_a_manual_says(question: str, short: str | None, tmp_path: Path) -> None:
    build([Document.from_text(MANUAL)], index=tmp_path)
    assert Assistant.open(tmp_path).answer(question).short == short
