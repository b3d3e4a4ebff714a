"""Worked examples: the paragraph with ``|`` where a sentence is to end."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import LONGEST, bounded, split_sentences


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "marked",
    [
        "今天下雨。|明天晴！|后天呢？",
        "近年来,行业热潮不断。|京东金融后来居上,成为巨头。",  # ASCII commas, full-width stops
        "什么？！|他走了……|没有回来",
        "图1为京东金融结构图,反映了该生态圈的实现",  # no stop at all
        "限制了业务;误导客户；本末倒置。",  # semicolons do not end anything
        # emphasis of Markdown
        "**没有黄酒怎么办？**|可以用啤酒代替。",
        "__能用吗？__|可以。|**不要用白酒**，味道太冲。",
        # numbers, versions, units
        "市场份额为52.3%,总额57.9万亿。|京东支付仅占1%。",
        "体积比为1.5:2.0，约1.5亿元。|完。",
        "升级到4.2.1版。|随后停用。",
        "2020 年升级到 4.2. |到 2022 年底, 订单达到 1.5亿 条.",
        "P99 降到 480 ms. |存储缩小到 1.9 TB.",
        # English inside Chinese
        "该公司在 U.S. 市场由 Dr. Smith 负责，见 Fig. 3。|下同。",
        "Apple Inc. 发布了 iOS 17.2. |It sells well. |中国用户很多。",
        "J. K. Rowling 写的。|她是英国人。",
        "有人问为什么不用 MySQL 8.0. |我们测过.",
        "他来了.|我走了.",
        # addresses
        "见 https://a.example/x?y=1.2&z=3 的说明。|谢谢。",
        "发邮件到 dba@kiwi.example, 或者在 https://f.example/t/1024. |再见。",
        "见图![图](a.png)。|完。",
        "文件 data.v2.csv 在 www.a.example 上。|下载即可。",
        # quotes and brackets
        "他常说：「鐘壞了可以修。」|後來真的修好了。",
        "他说：“走吧。”|然后离开了。",
        "“走吧。”他说，“天黑了。”|大家起身。",
        "“机器断电后会丢数据。”瑞金厂工程师毛恩强介绍。|现场很安静。",
        "他回答说：“报错一次，更伤人心。”|他认为，应当先盖好房子。",
        "“可靠吗？”的疑问一直都在。|“可靠！”众人回答。|散会。",
        "有“订单融资”、“入库单融资”和“京保贝”服务。|还有别的。",
        "《谁动了我的奶酪？》很畅销。|《你好！李焕英》也是。",
        "结果有三种（见表2。其余从略。），都很好。|完。",
        "（这是一段注。|注有两句。）|正文开始。",
        "一条平台端 (B端) 到消费端 (C端) 的业务链。|下一句。",
        '老王的原话是: "MySQL 也有 JSON." |大家同意.',
        "括号没有闭合（就这样。|下一句还在。",
        # item numbers inside a line
        "步骤如下：1. 开机；2. 关机。|完毕。",
        "2.打开微信→查找",
        # stops that are not
        "他问：“去不去？”，没有人回答。|散会。",
        "等等……，我再想想。|好。",
    ],
)
def test_where_sentences_end(marked: str) -> None:
    text = marked.replace("|", "")
    assert parts(text) == [piece.strip() for piece in marked.split("|")]


def test_space_around_sentences_is_left_out() -> None:
    text = "　　第一句。  第二句。\n　"
    assert parts(text) == ["第一句。", "第二句。"]


def test_a_hard_wrapped_sentence_keeps_its_line_end() -> None:
    assert parts("这一句被\n折成两行。下一句。") == ["这一句被\n折成两行。", "下一句。"]


alphabet = st.sampled_from("他说好人1a.Z。！？!?…；，,、：“”「」（）()《》\"' \n\u3000")


@given(st.text(alphabet, max_size=60))
def test_every_visible_character_is_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text, 0, len(text))
    covered = [place for start, end in spans for place in range(start, end)]
    assert covered == sorted(set(covered))
    assert {n for n, char in enumerate(text) if not char.isspace()} <= set(covered)
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""


def test_a_sentence_that_is_long_enough_to_be_one_stays_whole() -> None:
    text = "条件如下：" + "甲方应当遵守，" * 55 + "乙方也是。"
    assert len(text) <= LONGEST
    assert parts(text) == [text]


@pytest.mark.parametrize(
    ("clause", "ends"),
    [
        ("第一条规定甲乙双方应当遵守，", "守，"),
        ("甲方交货，乙方付款；", "款；"),  # at the better mark
        ("北京、上海、", "、"),
        ("只有空格没有逗号 ", "号"),
        ("he said nothing of it, and ", ","),
        ("（注释，在括号里）然后，", "后，"),  # outside of brackets
        ("他说“好，那么就这样吧”，", "”，"),
        ("共计1,000,000元或1 000 000元，", "元，"),
        ("見 https://a.example/x,y;z,w 一文，", "，"),
    ],
)
def test_one_that_goes_on_and_on_is_cut_at_its_best_marks(clause: str, ends: str) -> None:
    text = clause * 400 + "完。"
    pieces = parts(text)
    assert max(map(len, pieces)) <= LONGEST
    assert min(map(len, pieces)) >= LONGEST // 4
    assert {piece[-len(ends) :] for piece in pieces[:-1]} == {ends}
    assert pieces[-1].endswith("完。")


@pytest.mark.parametrize(
    ("unit", "never"),  # what no piece begins with
    [
        ("字", ""),
        ("1907年出版", "907年"),
        ("covid-19疫苗", "ovid-19疫"),
        ("共7%", "%"),
        ("👨\u200d👩\u200d👧", "\u200d👩"),
        ("👍🏽", "🏽"),
        ("🇨🇳", "🇳"),
        ("e\u0301", "\u0301"),
        ("二〇一六年", "〇一六年"),
    ],
)
def test_without_any_mark_no_number_or_character_is_cut(unit: str, never: str) -> None:
    for piece in parts("甲" + unit * 900):
        assert len(piece) <= LONGEST
        assert piece[0] not in never


def test_what_stands_around_a_long_sentence_is_split_as_ever() -> None:
    long = "一条又一条的规定，" * 100 + "完。"
    assert parts("先说一句。" + long + "再说一句。")[:: len(parts(long)) + 1] == [
        "先说一句。",
        "再说一句。",
    ]


_UNBROKEN = st.lists(
    st.one_of(
        st.sampled_from("，；、 （）“”「」1a,;.\u0301\u200d👍🏽"),
        st.sampled_from(["https://a.b/c,d", "1,000", "甲乙丙丁戊己庚辛，"]),
        st.characters(),
    ),
    min_size=1,
    max_size=12,
).flatmap(lambda units: st.integers(1, 300).map(lambda times: "".join(units) * times))


@given(_UNBROKEN)
def test_no_sentence_is_too_long_and_nothing_is_lost(text: str) -> None:
    spans = split_sentences(text, 0, len(text))
    assert all(0 < end - start <= LONGEST for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""


@given(st.text("字文，、", min_size=LONGEST + 1, max_size=5 * LONGEST))
def test_pieces_are_no_fragments(text: str) -> None:
    spans = bounded(text, 0, len(text))
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]
    assert all(LONGEST // 4 <= end - start <= LONGEST for start, end in spans)


@given(st.text("字a1\u0301\ufe0f", min_size=LONGEST + 1, max_size=3 * LONGEST))
def test_a_character_keeps_its_signs(text: str) -> None:
    text = "字".join(text[at : at + 40] for at in range(0, len(text), 40))
    for start, _ in bounded(text, 0, len(text))[1:]:
        assert unicodedata.category(text[start])[0] != "M"
