"""Spans, yes and no, and comparisons: what is read out of a sentence once it is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document, fold
from index import build, open_index
from qa.assistant import Assistant
from qa.figures.compare import compare, sides
from qa.question.inquiry import inquire
from qa.question.kinds import plain
from qa.search.retrieve import retrieve
from qa.search.windows import Found, stretches
from qa.short.spans import short_span
from qa.texts import Place, Texts
from qa.yesno.claims import Said
from qa.yesno.polarity import polarity, stance

SHARES = "支付宝市场份额为52.3%，财付通市场份额为33.7%，京东支付仅占1%。"
FOUNDED = "2014年7月1日成立的京东众筹业务，2016年已有500个项目。"


def span(question: str, sentence: str, texts: Texts) -> str | None:
    found = short_span(inquire(question, texts), fold(sentence))
    return sentence[found.start : found.end] if found else None


@pytest.mark.parametrize(
    ("question", "sentence", "short"),
    [
        ("支付宝的市场份额是多少？", SHARES, "52.3%"),
        ("财付通的市场份额是多少？", SHARES, "33.7%"),
        ("京东支付的市场份额是多少？", SHARES, "1%"),
        ("京東支付的市場份額是多少？", SHARES, "1%"),
        ("京东众筹是什么时候成立的？", FOUNDED, "2014年7月1日"),
        ("京东众筹有多少个项目？", FOUNDED, "500个"),
        ("整机保修期多长？", "整机保修18个月，长1.2米。", "18个月"),
        # what was before, and how far it is from something else, is asked for in such words
        ("周转现在要多少天？", "周转天数由65天升至118天，今年更长。", "118天"),
        ("周转原来要多少天？", "周转天数由65天升至118天，今年更长。", "65天"),
        ("费率降到多少？", "费率已由2019年的0.42%降到0.27%。", "0.27%"),
        ("修闸花了多少银元？", "水闸造价31万银元，比预算少用2万银元。", "31万银元"),
        ("修闸比预算少用多少银元？", "水闸造价31万银元，比预算少用2万银元。", "2万银元"),
    ],
)
def test_the_span_that_belongs_to_what_is_asked(
    question: str, sentence: str, short: str, texts: Texts
) -> None:
    assert span(question, sentence, texts) == short


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("京东支付的市场份额是多少？", "京东支付起步晚。"),
        ("京东支付什么时候推出的？", "京东支付仅占1%。"),
        ("京东支付的市场份额是多少？", ""),
    ],
)
def test_no_span_where_there_is_none_of_its_form(
    question: str, sentence: str, texts: Texts
) -> None:
    assert span(question, sentence, texts) is None


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("京东有支付牌照吗？", "京东有支付牌照。", "是"),
        ("京东有银行牌照吗？", "京东缺乏银行牌照。", "否"),
        ("京东有没有银行牌照？", "京东没有银行牌照。", "否"),
        ("京東有銀行牌照嗎？", "京東沒有銀行牌照。", "否"),
        ("京东承担责任吗？", "京东不承担任何责任。", "否"),
        ("京东没有银行牌照吗？", "京东没有银行牌照。", "是"),
        ("京东有支付牌照吗？", "京东不仅有支付牌照，还有基金牌照。", "是"),
        ("天气好吗？", "京东不承担任何责任。", None),
        ("京东有银行牌照吗？", "", None),
    ],
)
def test_yes_no_or_not_settled(
    question: str, sentence: str, said: str | None, texts: Texts
) -> None:
    assert polarity(inquire(question, texts), Said(fold(sentence))) == said


def test_a_negative_question_that_ends_in_no_particle(texts: Texts) -> None:
    assert polarity(inquire("京东是否不承担责任？", texts), Said("京东不承担任何责任。")) == "是"


def test_the_clause_the_reader_points_at_settles(texts: Texts) -> None:
    sentence = "京东平台有用处，量化平台无实际用处。"
    place = Place("x", 0)
    inquiry = inquire("京东平台有用处吗？", texts)
    assert not stance(inquiry, sentence, spans=[Found(place, 0, 7, 0.9)]).negated
    inquiry = inquire("用处有没有？", texts)
    assert stance(inquiry, sentence, spans=[Found(place, 8, 17, 0.9)]).negated


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("京东金融是2014年独立运营的吗？", "京东金融集团自2013年10月独立运营。", "否"),
        ("支付宝的份额过半了吗？", "支付宝市场份额为52.3%。", "是"),
        ("京东支付的份额超过30%了吗？", "京东支付的份额仅为1%。", "否"),
        ("京东支付的份额不到2%吗？", "京东支付的份额仅为1%。", "是"),
        ("苍珥湖是最大的湖吗？", "苍珥湖是第二大湖。", "否"),
        ("支付是最薄弱的一环吗？", "支付成为生态圈中最为薄弱的一环。", "是"),
        ("会员可以免费参加吗？", "会员可免费参加。", "是"),
    ],
)
def test_a_figure_a_date_and_a_rank_settle(
    question: str, sentence: str, said: str, texts: Texts
) -> None:
    assert polarity(inquire(question, texts), Said(fold(sentence))) == said


def test_what_stands_below_a_prohibition_is_forbidden(texts: Texts) -> None:
    inquiry = inquire("可以转租吗？", texts)
    assert polarity(inquiry, Said("(1)擅自转租;"), "乙方不得有下列行为:") == "否"
    assert polarity(inquiry, Said("(1)转租;"), "乙方可以:") == "是"


def test_where_no_sign_is_clear_neither_is_said(texts: Texts) -> None:
    inquiry = inquire("京东平台有用处吗？", texts)
    assert polarity(inquiry, Said("京东平台有些用处,但量化平台没有。")) is None


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("周一可以远程办公吗？", "员工可以远程办公,但周一和周五除外。", None),
        ("试用期员工可以远程办公吗？", "试用期满的员工可以远程办公。", None),
        ("春茶用来做红茶吗？", "春茶则多半用来制作绿茶。", None),
        ("消费者是资金提供方吗？", "消费者是资金需求方。", None),
        ("壳状地衣对污染最敏感吗？", "枝状地衣对污染最敏感,壳状地衣最耐受。", None),
        ("京东已经加强了与银联的合作吗？", "京东应加强与银联的合作。", None),
        ("会员超过3亿了吗？", "京东拥有超过2亿注册会员。", None),
        ("财付通的份额过半了吗？", "支付宝份额为52.3%,财付通份额为33.7%。", "否"),
        ("京东白条是面向企业的吗？", "有面向个人的“京东白条”、面向企业的“京东金采”。", "否"),
        ("京东金采是面向企业的吗？", "有面向个人的“京东白条”、面向企业的“京东金采”。", "是"),
        ("京东有支付牌照吗？", "京东只有小贷、支付几项业务有牌照,缺乏银行牌照。", "是"),
        ("京东有银行牌照吗？", "京东只有小贷、支付几项业务有牌照,缺乏银行牌照。", "否"),
        ("银行属于生产者吗？", "生产者是指使用者,还包括银行、券商。", "是"),
        ("银行属于分解者吗？", "生产者是指使用者,还包括银行、券商。", None),
    ],
)
def test_a_yes_is_said_only_of_what_the_clause_asserts(
    question: str, sentence: str, said: str | None, texts: Texts
) -> None:
    assert polarity(inquire(question, texts), Said(fold(sentence))) == said


def test_a_reply_answers_the_question_before_it(texts: Texts) -> None:
    inquiry = inquire("浴室里可以使用吗？", texts)
    asked = "问:可以在浴室里使用吗?"
    assert polarity(inquiry, Said("答:不可以。", around=asked)) == "否"
    assert polarity(inquiry, Said("答:可以。", around=asked)) == "是"
    assert polarity(inquiry, Said("答:可以。", around="问:多久充一次电?")) is None


@given(sentence=st.text(max_size=60))
def test_any_sentence_can_be_read(sentence: str, texts: Texts) -> None:
    folded = fold(sentence)
    for question in ("市场份额是多少？", "什么时候成立？", "有几个项目？", "哪本书说的？"):
        found = short_span(inquire(question, texts), folded)
        assert found is None or 0 <= found.start < found.end <= len(folded)
    assert polarity(inquire("京东有牌照吗？", texts), Said(folded)) in {"是", "否", None}


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        ("支付宝和财付通哪个份额大？", ("支付宝", "财付通")),
        ("支付寶與財付通誰的市場份額更高", ("支付宝", "财付通")),
        ("地铁的2号线跟3号线比，谁更长？", ("2号线", "3号线")),
        ("京东支付的份额超过支付宝了吗？", ("京东支付", "支付宝")),
        ("京东支付的份额超过30%了吗？", None),
        ("众筹金额最高的是产品众筹还是股票众筹？", ("产品众筹", "股票众筹")),
        ("京东众筹与京东白条相比谁更早？", ("京东众筹", "京东白条")),
        ("请问支付宝、财付通谁的市场份额大", ("支付宝", "财付通")),
        ("支付宝的份额和财付通的份额谁大", ("支付宝", "财付通")),
        ("京东支付的份额比财付通高吗", ("京东支付", "财付通")),
        ("书店的咖啡和图书，毛利率哪个高", ("咖啡", "图书")),
        ("哪个更大？", None),
        ("", None),
    ],
)
def test_the_two_things_compared(question: str, pair: tuple[str, str] | None) -> None:
    assert sides(plain(question)) == pair


@pytest.mark.parametrize(
    ("question", "winner"),
    [
        ("支付宝和财付通哪个市场份额大？", "支付宝"),
        ("财付通和支付宝哪个市场份额大？", "支付宝"),
        ("支付宝和财付通哪个市场份额小？", "财付通"),
        ("支付宝和京东支付谁的市场份额低？", "京东支付"),
    ],
)
def test_the_larger_or_the_smaller_wins_whatever_the_order(
    question: str, winner: str, texts: Texts
) -> None:
    inquiry = inquire(question, texts)
    found = compare(texts, inquiry, retrieve(texts, inquiry))
    assert found is not None
    assert found.winner == winner
    assert len({figure.unit for figure in found.figures}) == 1
    for figure in found.figures:
        reading = texts.reading(figure.place.document)
        assert f"{figure.value[0]:g}" in reading.plain(figure.place.sentence)


def test_things_the_text_does_not_know_are_not_compared(texts: Texts) -> None:
    inquiry = inquire("张三丰和李四光谁的市场份额大？", texts)
    assert compare(texts, inquiry, retrieve(texts, inquiry)) is None


@pytest.mark.parametrize(
    ("text", "question", "short"),
    [
        ("数据来自对68家企业的问卷调查、海关记录和电商监测。", "调查了几家储能企业？", "68家"),
        ("清河闸共有九孔，每孔净宽5.5米。", "清河闸有几个孔？", "九孔"),
        ("产品已有车险、健康险和财产险三种类型，客户过亿。", "产品有几种类型？", "三种"),
        ("河有芦江、青石河、泮水等11条，其中芦江最大。", "河共有多少条？", "11条"),
        ("支付体系有两个板块，一是前端业务，二是后端业务。", "支付体系由几部分组成？", "两个"),
    ],
)
def test_what_is_counted(text: str, question: str, short: str, tmp_path: Path) -> None:
    build([Document.from_text(text, title="文")], index=tmp_path / "one")
    assert Assistant.open(tmp_path / "one").answer(question).short == short


@pytest.mark.parametrize(
    ("text", "question", "short"),
    [
        (
            "海草是指能够完全在海水中开花和结果的单子叶植物，祖先大约在一亿年前返回海洋。",
            "什么是海草？",
            "能够完全在海水中开花和结果的单子叶植物",
        ),
        (
            "所谓“流量折损”，则指线上观看人数很多，而转化为线下观演、购票行为的比例很低的现象。",
            "流量折损是什么意思？",
            "线上观看人数很多，而转化为线下观演、购票行为的比例很低的现象",
        ),
    ],
)
def test_what_a_term_is_said_to_mean(text: str, question: str, short: str, tmp_path: Path) -> None:
    build([Document.from_text(text, title="文")], index=tmp_path / "one")
    assert Assistant.open(tmp_path / "one").answer(question).short == short


def test_what_somebody_does_is_none_of_who_it_is(tmp_path: Path) -> None:
    text = "郎志勇会同设计院在5月20日前拿出排烟管道的新方案，报消防部门备案后施工。"
    build([Document.from_text(text, title="纪要")], index=tmp_path / "one")
    answer = Assistant.open(tmp_path / "one").answer("排烟管道的新方案由谁拿出来？")
    assert answer.short == "郎志勇"


@pytest.mark.parametrize(
    ("text", "question", "winner"),
    [
        # the faster is done in less time
        ("竹浦一般7天即可交货，双溪需要15天。", "竹浦和双溪谁交货更快？", "竹浦"),
        ("竹浦一般7天即可交货，双溪需要15天。", "竹浦和双溪谁交货更慢？", "双溪"),
        # of two figures after a name, the one of what is compared
        (
            "甲公司有仓库98座，冷藏车3200辆，而乙公司有仓库126座，冷藏车1800辆。",
            "甲公司和乙公司谁的冷藏车多？",
            "甲公司",
        ),
        ("咖啡业务的毛利率为61%，远高于图书的28%。", "书店的咖啡和图书毛利率哪个高？", "咖啡"),
        # … however far behind the name it stands
        (
            "甲森的份额为17.8%，乙驰为12.4%。甲森的优势在于渠道，已进入2300家门店，研发费用率为"
            "5.2%；乙驰从电源转型而来，研发费用率为6.7%。",
            "甲森跟乙驰比，谁的研发费用率高？",
            "乙驰",
        ),
        # one of three, all told in one sentence
        (
            "看延迟：极屿为22毫秒，昼光为35毫秒，岚影为58毫秒。",
            "极屿、昼光、岚影哪个延迟最低？",
            "极屿",
        ),
        (
            "看延迟：极屿为22毫秒，昼光为35毫秒，岚影为58毫秒。",
            "极屿、昼光和岚影哪台延迟最高？",
            "岚影",
        ),
        # a maker is no part of the name
        (
            "清河闸1926年竣工，造价31万银元。老顾修建的白石堰只有五孔，造价却达到38万银元。",
            "清河闸和老顾修的白石堰，哪个造价更高？",
            "白石堰",
        ),
    ],
)
def test_what_is_compared(text: str, question: str, winner: str, tmp_path: Path) -> None:
    build([Document.from_text(text, title="文")], index=tmp_path / "one")
    texts = Texts(open_index(tmp_path / "one"))
    inquiry = inquire(question, texts)
    found = compare(texts, inquiry, retrieve(texts, inquiry))
    assert found is not None
    assert found.winner == winner


def test_one_of_three_is_not_told_from_two(tmp_path: Path) -> None:
    text = "看延迟：极屿为22毫秒，昼光为35毫秒。岚影没有测。"
    build([Document.from_text(text, title="文")], index=tmp_path / "one")
    texts = Texts(open_index(tmp_path / "one"))
    inquiry = inquire("极屿、昼光、岚影哪个延迟最低？", texts)
    assert compare(texts, inquiry, retrieve(texts, inquiry)) is None


def test_each_side_has_its_own_date(texts: Texts) -> None:
    inquiry = inquire("京东众筹和京东白条谁成立得更早？", texts)
    found = compare(texts, inquiry, retrieve(texts, inquiry))
    assert found is None  # the text gives 京东白条 no date


@pytest.mark.parametrize(
    ("question", "sentence", "short"),
    [
        ("适用面积是多少？", "本机适用面积为40至60平方米。", "40至60平方米"),
        ("萎凋要多久？", "萎凋通常需要十六至二十小时。", "十六至二十小时"),
        ("客服电话是多少？", "客服电话为400-820-5566，周末休息。", "400-820-5566"),
        ("最大噪声是多少？", "最大噪声不超过62分贝。", "62分贝"),
        (
            "京东什么时候把京东金融分离出来？",
            "2016年第三季度京东财报将京东金融从整个集团分离出来，并在2017年实现“去京东化”。",
            "2016年第三季度",
        ),
        (
            "什么时候实现去京东化？",
            "2016年第三季度京东财报将京东金融从整个集团分离出来，并在2017年实现去京东化。",
            "2017年",
        ),
    ],
)
def test_the_whole_of_what_is_asked_for(
    question: str, sentence: str, short: str, texts: Texts
) -> None:
    found = short_span(inquire(question, texts), fold(sentence))
    assert found is not None
    assert sentence[found.start : found.end] == short


@pytest.mark.parametrize("asks", ["**问：可以在浴室里使用吗？**", "问：可以在浴室里使用吗？"])
def test_what_asks_is_no_answer_the_next_sentence_is(asks: str, tmp_path: Path) -> None:
    other = "问：多久换一次电池？\n\n答：一年一次。"
    text = f"传感器常见问题\n\n{other}\n\n{asks}\n\n答：不可以。浴室湿度过高。\n"
    (tmp_path / "faq.txt").write_text(text, encoding="utf-8")
    build([tmp_path / "faq.txt"], index=tmp_path / "index")
    answer = Assistant.open(tmp_path / "index").answer("浴室里可以使用吗？")
    assert not any("问" in one.quote for one in answer.citations)
    assert answer.short in {None, "否"}


def test_the_reader_is_given_a_traditional_text_simplified(tmp_path: Path) -> None:
    text = "霧峰嶺紅茶\n\n田中正雄於1931年育成抗病品種「霧一號」，產量比原有品種高出三成。\n"
    (tmp_path / "茶.txt").write_text(text, encoding="utf-8")
    build([tmp_path / "茶.txt"], index=tmp_path / "index")
    assistant = Assistant.open(tmp_path / "index")
    inquiry = inquire("霧一號哪一年育成？", assistant.texts)
    read = stretches(assistant.texts, inquiry, retrieve(assistant.texts, inquiry))
    assert any("育成抗病品种" in one.text for one in read)
    answer = assistant.answer("霧一號哪一年育成？")
    assert answer.short == "1931年"
    assert "育成抗病品種「霧一號」" in answer.citations[0].quote


def test_what_a_sibling_is_for_is_not_what_is_asked(article: Assistant) -> None:
    assert article.answer("小金库针对什么人群？").short is None  # 高净值人群, of 东家财富


def test_whom_an_entry_is_for_is_no_list_of_entries(article: Assistant) -> None:
    answer = article.answer("白条面向谁？")
    assert (answer.short, answer.items) == ("面向个人消费借贷", ())


def test_a_sentence_that_says_it_is_about_that_is_cited_whole(article: Assistant) -> None:
    answer = article.answer("在衍生业务方面有哪些做法？")
    assert not answer.items
    assert answer.citations[0].quote.startswith("在衍生业务方面")
