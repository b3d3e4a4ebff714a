"""Worked examples: the paragraph with ``|`` where a sentence is to end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import split_sentences


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
