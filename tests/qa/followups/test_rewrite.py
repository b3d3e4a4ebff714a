from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Tokenizer
from corpus.errors import WrongArgument
from qa.followups.history import REMEMBERED, earlier_questions
from qa.followups.rewrite import beside, standalone

TOKENIZER = Tokenizer()
PROBLEMS = "京东金融存在哪些问题？"
MODELS = "昼光p5 岚影m1 栖安 l3 l3 pro"
ITEMS = {PROBLEMS: ("支付起步晚", "牌照不齐全", "监管风险高")}
WHO_MOST = "第三方支付里谁份额最大？"
RICH = "京东金融的问题中哪个是给有钱人的？"
SHORT = {WHO_MOST: "支付宝", "哪个业务是基础业务？": "供应链金融", RICH: "监管风险高"}
NAMES = (
    "京东支付 京东白条 京东众筹 京东金融 支付宝 财付通 生产者 消费者 生物环境 非生物环境 内部环境"
)
SHARE = "京东支付的市场份额是多少？"


def resolve(question: str, *history: str, text: str = NAMES) -> str:
    """The question as understood after ``history``, with ``text`` for all that the texts say."""
    return standalone(
        question,
        history,
        tokenizer=TOKENIZER,
        items_of=lambda earlier: ITEMS.get(earlier, ()),
        short_of=SHORT.get,
        occurs=lambda piece: piece in text,
    )


@pytest.mark.parametrize(
    ("question", "before", "understood"),
    [
        # a new subject, a new year
        ("那支付宝呢？", SHARE, "支付宝的市场份额是多少？"),
        ("支付宝呢", SHARE, "支付宝的市场份额是多少？"),
        ("那支付寶呢？", SHARE, "支付宝的市场份额是多少？"),
        ("那2015年呢？", "2016年京东支付的市场份额是多少？", "2015年京东支付的市场份额是多少？"),
        # a pronoun
        ("它有什么问题？", "京东白条是什么？", "京东白条有什么问题？"),
        ("它是什么时候推出的？", "京东白条是什么？", "京东白条是什么时候推出的？"),
        ("它有什麼問題？", "京東白條是什麼？", "京东白条有什么问题？"),
        ("其战略是什么？", "京东金融是什么？", "京东金融的战略是什么？"),
        ("其中支付宝是谁的？", "京东支付有哪两个对手？", "京东支付的支付宝是谁的？"),
        ("这会造成什么后果？", "京东支付的份额是多少？", "京东支付的份额会造成什么后果？"),
        ("那它有什么问题？", "京东白条是什么？", "京东白条有什么问题？"),
        ("那白条呢？", "京东支付有没有白条？", "白条是怎么回事？"),
        # the question before, asked for more
        ("具体说说", PROBLEMS, PROBLEMS),
    ],
)
def test_a_follow_up_stands_alone(question: str, before: str, understood: str) -> None:
    assert resolve(question, before) == understood


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("第二个问题具体是什么？", 1),
        ("第2个呢", 1),
        ("第一点是什么", 0),
        ("那第三个问题呢？", 2),
        ("最后一个是什么", 2),
        ("前者是什么", 0),
    ],
)
def test_an_ordinal_is_the_item_of_the_list_given(question: str, item: int) -> None:
    assert resolve(question, PROBLEMS).startswith(ITEMS[PROBLEMS][item])


def test_an_ordinal_is_of_the_newest_list() -> None:
    assert resolve("第一个问题具体是什么？", PROBLEMS, SHARE).startswith("支付起步晚")


def test_an_ordinal_after_a_question_about_an_item_is_of_the_list() -> None:
    understood = resolve("那第三个呢", PROBLEMS, "第一个问题具体是什么？")
    assert understood.startswith("监管风险高")


def test_a_verb_that_looks_like_a_noun_is_no_subject() -> None:
    assert resolve("金采呢？", "京东白条面向谁？") == "金采面向谁？"


def test_an_ordinal_beyond_the_list_is_none_of_its_items() -> None:
    understood = resolve("第九个问题是什么？", PROBLEMS)
    assert not any(item in understood for item in ITEMS[PROBLEMS])


@pytest.mark.parametrize("question", ["为什么？", "为什么", "為什麼？", "为什么会这样呢？"])
def test_a_bare_why_asks_for_the_reason_of_what_was_asked(question: str) -> None:
    understood = resolve(question, SHARE)
    assert understood.startswith("为什么")
    assert "京东支付" in understood
    assert "市场份额" in understood


@pytest.mark.parametrize("question", ["怎么解决？", "如何应对", "怎么办？", "这些问题怎么解决？"])
def test_a_bare_remedy_is_for_what_was_asked(question: str) -> None:
    understood = resolve(question, PROBLEMS)
    assert "京东金融" in understood
    assert "问题" in understood


def test_follow_ups_of_follow_ups() -> None:
    assert resolve("那财付通呢？", SHARE, "那支付宝呢？") == "财付通的市场份额是多少？"
    assert "支付宝" in resolve("为什么？", SHARE, "那支付宝呢？")


@pytest.mark.parametrize("before", [SHARE, PROBLEMS, "京东白条是什么？"])
@pytest.mark.parametrize(
    "question",
    [
        "京东众筹是哪年成立的？",
        "支付宝的市场份额是多少？",
        "什么是互联网金融生态圈？",
        "文章的作者是谁？",
        "京东金融为什么要做白条？",
        "区块链有什么作用？",
        "苹果多少钱？",
    ],
)
def test_a_new_subject_is_not_dragged_back(question: str, before: str) -> None:
    assert resolve(question, before) == question


@pytest.mark.parametrize("question", ["那财付通的呢？", "财付通的怎么样"])
def test_a_possessive_subject_alone(question: str) -> None:
    assert resolve(question, SHARE) == "财付通的市场份额是多少？"


def test_a_cue_with_a_verb_takes_the_subject_before() -> None:
    assert "京东众筹" in resolve("什么时候成立的？", "京东众筹是什么？")


@pytest.mark.parametrize(
    ("question", "before", "understood"),
    [
        ("那消费者呢？", "生态圈里的生产者有哪些？", "生态圈里的消费者有哪些？"),
        ("那内部环境呢？", "生态圈的非生物环境包括哪些？", "生态圈的内部环境包括哪些？"),
        ("支付宝呢？", "京东支付的份额是多少？", "支付宝的份额是多少？"),
    ],
)
def test_a_sibling_takes_the_place_of_what_ends_as_it_does(
    question: str, before: str, understood: str
) -> None:
    assert resolve(question, before) == understood


@pytest.mark.parametrize(
    "question",
    ["换个话题，财付通占多少？", "不说白条了，财付通占多少？", "好，换个问题：财付通占多少？"],
)
def test_what_is_said_to_be_another_matter_stands_alone(question: str) -> None:
    assert resolve(question, "京东白条是什么？") == "财付通占多少？"


def test_attributes_alone_are_of_the_subject_before() -> None:
    assert resolve("利息最高多少？", "京东白条是什么？") == "京东白条利息最高多少？"
    assert resolve("财付通又是多少？", SHARE) == "财付通的市场份额是多少？"
    assert resolve("支付宝呢，份额多少？", "京东白条是什么？") == "支付宝份额多少？"


def test_what_was_done_is_what_it_was_for() -> None:
    understood = resolve("这么做是为了什么？", "京东金融什么时候从集团里分离出来的？")
    assert understood == "京东金融从集团里分离出来是为了什么？"


def test_an_ordinal_beyond_the_list_is_no_subject() -> None:
    assert "第九个存在" not in resolve("第九个呢？", PROBLEMS)


@pytest.mark.parametrize(
    "question", ["它有什么问题？", "为什么？", "第二个呢？", "那支付宝呢？", "", "？"]
)
def test_without_history_a_question_is_as_typed(question: str) -> None:
    assert resolve(question) == question


FARMS = "农村金融覆盖了1700个县、30万个行政村。京东供应链金融服务了10万家企业。分解者 生产者"
PAID = "第三方支付总额为57.9万亿，其中支付宝市场份额为52.3%，京东仅占1%。产品众筹的数据出自报告。"
FACTORY = "甲厂有3个车间、20个班组，额定功率300瓦，最大噪声40分贝，报错E07和E12。"


@pytest.mark.parametrize(
    ("question", "before", "text", "understood"),
    [
        # an attribute is replaced whole, or asked of the subject before, as it is asked for
        ("最大噪声呢？", "额定功率是多少？", FACTORY, "最大噪声是多少？"),
        ("重量呢？", "额定功率是多少？", FACTORY, "重量是多少？"),
        ("那消费者数量呢？", "京东保险有哪些产品？", NAMES, "京东保险的消费者数量是多少？"),
        ("押金呢？", "展览馆什么时候开门？", "", "展览馆的押金是多少？"),
        ("负责人呢？", "京东众筹是什么时候成立的？", NAMES, "京东众筹的负责人是谁？"),
        ("它的金额呢？", "京东众筹是什么时候成立的？", NAMES, "京东众筹的金额是多少？"),
        ("那它的地址呢？", "展览馆什么时候开门？", "", "展览馆的地址在哪里？"),
        ("它2017年的呢？", "2016年京东众筹的金额是多少？", NAMES, "2017年京东众筹的金额是多少？"),
        ("2015年支付宝的呢？", f"2016年{SHARE}", NAMES, "2015年支付宝的市场份额是多少？"),
        ("保修期呢？", "展览馆什么时候开门？", "", "展览馆的保修期是多少？"),
        # a subject is replaced whole, and the verb stays
        (
            "农村金融呢？",
            "京东供应链金融服务了多少企业？",
            FARMS,
            "农村金融服务了多少企业？",
        ),
        # what is counted takes the place of what was
        ("行政村呢？", "农村金融覆盖了多少个县？", FARMS, "农村金融覆盖了多少个行政村？"),
        ("行政村有多少？", "农村金融覆盖了多少个县？", FARMS, "农村金融覆盖了多少个行政村？"),
        ("行政村呢", "农村金融在多少个县开展？", FARMS, "农村金融在多少个行政村开展？"),
        ("那班组呢？", "甲厂有多少个车间？", FACTORY, "甲厂有多少个班组？"),
        ("那乙厂呢？", "甲厂有多少个车间？", FACTORY, "乙厂有多少个车间？"),
        # a code takes the place of a code made like it
        ("那E12呢？", "报错E07是什么意思？", FACTORY, "报错e12是什么意思？"),
        ("如果显示E12呢？", "报错E07怎么办？", FACTORY, "报错e12怎么办？"),
        # … and a model the place of a model
        ("岚影M1呢？", "横评里昼光P5的功耗是多少？", MODELS, "横评里岚影m1的功耗是多少？"),
        ("那L3 Pro呢？", "栖安L3有几种颜色？", MODELS, "栖安l3 pro有几种颜色？"),
        # another one of the same owner
        ("那分解者又是谁？", "生态圈的生产者有哪些？", FARMS, "生态圈的分解者是谁？"),
        ("还有分解者呢？", "生态圈的生产者是谁？", FARMS, "生态圈的分解者是谁？"),
        # what the texts themselves say is 其中, and what points at nothing before
        ("其中支付宝占多少？", "第三方支付总共有多大？", PAID, "支付宝占多少？"),
        ("京东自己呢？", "支付宝占多少？", PAID, "京东占多少？"),
        ("这反映了什么？", "支付宝成立于何时？", PAID, "支付宝成立反映了什么？"),
        ("产品众筹的那些数据出自哪？", "京东占多少？", PAID, "产品众筹的那些数据出自哪？"),
        ("这些产品有什么问题？", "小金库面向什么人？", PAID, "小金库有什么问题？"),
        ("都有什么产品？", "为什么要做农村金融？", FARMS, "农村金融都有什么产品？"),
        ("需要什么证明？", "婚假有几天？", PAID, "婚假需要什么证明？"),
        ("还有一个呢？", "谁是生产者？", FARMS, "还有一个呢？"),
        # another thing counted
        ("那行政村呢？", "农村金融开展到多少个县了？", FARMS, "农村金融开展到多少个行政村了？"),
        # all that was asked
        ("证据呢？", SHARE, NAMES, "京东支付的市场份额的证据是什么？"),
        ("这是哪份报告说的？", SHARE, NAMES, "京东支付的市场份额是哪份报告说的？"),
        ("这个数据是谁统计的？", SHARE, NAMES, "京东支付的市场份额是谁统计的？"),
        ("那它们的关系呢？", "衍生业务有哪些？", "", "衍生业务的关系是什么？"),
        ("她今年多大？", "展览馆的馆长是谁？", "", "展览馆的馆长今年多大？"),
        ("怎么办？", "京东支付有哪些问题？", NAMES, "京东支付的问题怎么办？"),
        ("这个该咋解决?", "牌照不全具体是怎么回事?", NAMES, "牌照不全该咋解决？"),
        ("那怎么解决呢？", "京东金融有哪些牌照问题？", NAMES, "京东金融的牌照问题怎么解决呢？"),
        ("这些企业的不良率呢？", "京东服务了多少企业？", "", "京东服务的企业的不良率是多少？"),
    ],
)
def test_a_new_word_takes_the_place_it_is_made_for(
    question: str, before: str, text: str, understood: str
) -> None:
    assert resolve(question, before, text=text) == understood


@pytest.mark.parametrize("question", ["真的吗？", "是吗", "你确定吗？", "真的假的", "这可靠吗？"])
def test_a_doubt_asks_again(question: str) -> None:
    assert resolve(question, SHARE) == SHARE


def test_an_idle_then_is_left_out_and_one_that_points_is_not() -> None:
    assert resolve("那区块链有什么作用？", SHARE) == "区块链有什么作用？"
    assert resolve("那台机器有什么作用？", SHARE) == "那台机器有什么作用？"


def test_the_first_of_two_is_the_first() -> None:
    assert resolve("第一个呢？", PROBLEMS).startswith("支付起步晚")
    assert resolve("最后那个面向谁？", PROBLEMS) == "监管风险高 面向谁？"


def test_a_word_that_begins_like_a_filler_is_kept_whole() -> None:
    assert resolve("为什么？", "额定功率是多少？") == "为什么额定功率？"


PRODUCTS = "京东的消费金融产品有哪些？"


@pytest.mark.parametrize(
    ("question", "history", "understood"),
    [
        # one of what was listed, and a comparison with it
        ("哪个是给企业用的", [PRODUCTS], "京东的消费金融产品中哪个是给企业用的？"),
        ("哪个是给企业用的", [SHARE], "哪个是给企业用的"),
        ("比支付宝早吗", ["京东众筹是什么时候成立的"], "京东众筹成立比支付宝早吗？"),
        # two things
        (
            "两者有什么区别",
            ["生产者指什么", "那消费者指什么"],
            "生产者和消费者有什么区别？",
        ),
        ("前者也包括银行吗", ["生产者是谁？", "消费者是谁？"], "生产者也包括银行吗？"),
        ("后者呢", ["生产者是谁？", "消费者是谁？"], "消费者呢？"),
        ("俩加一块过八成了吗", [SHARE, "财付通呢"], "京东支付和财付通加一块过八成了吗？"),
        # what was stated, not its subject
        ("谁说的", ["消费金融市场接近6万亿？"], "消费金融市场接近6万亿是谁说的？"),
        ("截止到什么时候的数据", ["一共提供了多少贷款"], "一共提供的贷款是截止到什么时候的？"),
        ("为什么这么低？", [SHARE], "为什么京东支付的市场份额这么低？"),
        ("比如？", ["京东金融有新场景吗？"], "京东金融有新场景，有哪些例子？"),
        # as much as another, with 有 for 是
        ("京东支付有多少", ["财付通的市场份额是多少"], "京东支付的市场份额是多少？"),
        ("这块业务有啥毛病", ["京东众筹是什么"], "京东众筹有啥毛病？"),
        ("什么要摆在第一位", [SHARE], "什么要摆在第一位"),
    ],
)
def test_what_is_left_out_is_found(question: str, history: list[str], understood: str) -> None:
    assert resolve(question, *history) == understood


def test_another_thing_is_counted_where_nothing_else_is_named() -> None:
    text = f"{NAMES} 1700个县 30万个行政村"
    assert resolve("县呢？", "覆盖了多少个行政村", text=text) == "覆盖了多少个县？"


@pytest.mark.parametrize("question", ["那大家为什么投", "他们为这个做了啥"])
def test_what_no_rule_understands_is_put_beside_the_question_before(question: str) -> None:
    together = beside(question, "京东众筹有哪些问题？")
    assert together.startswith("京东众筹")
    assert question.removeprefix("那") in together


@pytest.mark.parametrize("question", ["2017年呢", "15年呢", ""])
def test_another_year_is_put_beside_nothing(question: str) -> None:
    assert beside(question, "2016年产品众筹多少钱") == ""


# What people type after a question, and what nobody does.
FOLLOW_UPS = st.lists(
    st.sampled_from(
        "那 呢 它 其 第二个 最后 的 为什么 2015年 支付宝 这些 问题 怎么 ？ 是 多少 有".split()
    ),
    max_size=8,
).map("".join)
QUESTIONS = st.one_of(FOLLOW_UPS, st.text(max_size=30), st.sampled_from([SHARE, PROBLEMS]))


@given(QUESTIONS, st.lists(QUESTIONS, max_size=4))
def test_anything_can_follow_anything(question: str, history: list[str]) -> None:
    understood = resolve(question, *history)
    assert resolve(question, *history) == understood
    assert understood.strip() or not question.strip()
    assert len(understood) <= len(question) + sum(map(len, history)) + 60


def user(content: Any) -> dict[str, Any]:
    return {"role": "user", "content": content}


@pytest.mark.parametrize(
    ("history", "questions"),
    [
        ([], []),
        ([user("甲？")], ["甲？"]),
        ([user("  甲？\n")], ["甲？"]),
        ([user([{"type": "text", "text": "甲"}, {"type": "text", "text": "乙"}])], ["甲乙"]),
        ([user({"type": "text", "text": "甲"})], ["甲"]),
        ([user(("甲",))], ["甲"]),
        ([user("甲"), {"role": "assistant", "content": "不是问题"}, user("乙")], ["甲", "乙"]),
        ([{"role": "system", "content": "不是问题"}], []),
        # what a chat interface may hold besides text
        ([user(""), user("   "), user(None), user([])], []),
        ([user([{"type": "file", "file": {"path": "图.png"}}])], []),
        ([{"role": "assistant", "content": {"component": "plot", "value": 7}}], []),
        ([{**user("甲？"), "metadata": None, "options": [{"value": "乙"}]}], ["甲？"]),
        (None, []),
    ],
)
def test_earlier_questions_are_what_the_user_typed(
    history: Sequence[object], questions: list[str]
) -> None:
    assert earlier_questions(history) == questions


def test_a_long_conversation_is_remembered_from_its_newest_questions() -> None:
    history = [{"role": "user", "content": f"第{number}个问题"} for number in range(500)]
    remembered = earlier_questions(history)
    assert len(remembered) == REMEMBERED
    assert remembered[-1] == "第499个问题"


@pytest.mark.parametrize(
    "history",
    [
        "甲？",
        b"",
        5,
        user("甲？"),
        ["甲？"],
        [("甲？", "乙。")],
        [None],
        [user("甲？"), 7],
        [{"role": "user"}],
        [{"content": "甲？"}],
        [{"role": "", "content": "甲？"}],
        [{"role": 1, "content": "甲？"}],
        [user(7)],
        [user([7])],
        [user({"text": 7})],
    ],
)
def test_what_is_no_history_is_said_so(history: Any) -> None:
    with pytest.raises(WrongArgument, match="history") as caught:
        earlier_questions(history)
    assert "a list of" in caught.value.say("en")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("哪个更早", "供应链金融和众筹，哪个上线更早？"),
        ("那谁早一些呢", "供应链金融和众筹，谁上线早一些？"),
    ],
)
def test_which_of_two_that_were_asked_about(question: str, understood: str) -> None:
    history = ("供应链金融什么时候上线？", "众筹什么时候上线？")
    assert resolve(question, *history, text="供应链金融 众筹") == understood


@pytest.mark.parametrize(
    ("question", "history", "understood"),
    [
        # what was asked for, and not what it was asked of
        ("它占多少", (WHO_MOST,), "支付宝占多少？"),
        ("什么时候上线的", ("哪个业务是基础业务？",), "供应链金融什么时候上线的？"),
        # a place among those
        ("第二名是谁", (WHO_MOST,), "第三方支付里谁份额第二名？"),
        ("垫底的是哪家", (WHO_MOST,), "第三方支付里谁份额垫底？"),
        ("第三呢", (WHO_MOST,), "第三方支付里谁份额第三？"),
        ("谁最大", (SHARE,), "谁的市场份额最大？"),
        # the others of a list
        ("另外两个是干嘛的", (PROBLEMS, "哪个是给有钱人的？"), "支付起步晚、牌照不齐全是干嘛的？"),
        ("另外五个是干嘛的", (PROBLEMS, "哪个是给有钱人的？"), "另外五个是干嘛的"),
        # a name alone
        ("那分解者？", ("生产者是什么？",), "分解者是什么？"),
        ("支付宝", (SHARE,), "支付宝的市场份额是多少？"),
        ("支付宝", (), "支付宝是什么？"),
        ("支付宝多少", (), "支付宝多少"),
        # another time, the deed, a correction
        ("现在呢", ("宋代湖面有多大？",), "湖面有多大？"),
        ("1978年呢", ("宋代湖面有多大？",), "1978年湖面有多大？"),
        ("目的是什么", ("京东众筹什么时候成立的？",), "京东众筹成立的目的是什么？"),
        ("不是，我问的是支付宝", (SHARE,), "支付宝的市场份额是多少？"),
        ("有什么影响", ("为什么京东支付的份额低？",), "京东支付的份额低有什么影响？"),
        ("图什么呢", ("京东众筹成立了",), "京东众筹成立是为了什么？"),
        ("村呢", ("农村金融覆盖多少个县？",), "农村金融覆盖多少个村？"),
        ("没有哪些", ("京东支付有哪些牌照？",), "京东支付没有哪些牌照？"),
    ],
)
def test_what_people_ask_next(question: str, history: Sequence[str], understood: str) -> None:
    text = f"{NAMES} 分解者 供应链金融 农村金融 监管风险高"
    assert resolve(question, *history, text=text) == understood
