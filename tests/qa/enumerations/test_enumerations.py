from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document, Tokenizer, fold
from corpus.articles import jd_finance
from corpus.errors import EmptyText
from qa.enumerations import Enumeration, Form, bare, enumerations, split


def lists(text: str, tokenizer: Tokenizer) -> tuple[Enumeration, ...]:
    return enumerations(Document.from_text(text, title="文"), tokenizer)


def of_form(text: str, form: Form, tokenizer: Tokenizer) -> list[list[str]]:
    found = [one for one in lists(text, tokenizer) if one.form is form]
    return [[entry.text for entry in one.entries] for one in found]


HEADINGS = """# 生态圈

## 一、三大问题

开头一句话。

### 1、起步晚

支付起步晚。

### 2、牌照少

牌照不齐全。

## 二、对策

应当努力。
"""


def test_headings_below_a_heading_are_a_list(tokenizer: Tokenizer) -> None:
    assert ["起步晚", "牌照少"] in of_form(HEADINGS, Form.HEADINGS, tokenizer)
    [problems] = [one for one in lists(HEADINGS, tokenizer) if one.about == "三大问题"]
    assert problems.declared == "三大"


def test_list_lines_are_a_list_without_their_numbers(tokenizer: Tokenizer) -> None:
    text = "申请需要提交以下材料：\n\n1. 身份证；\n2. 户口本；\n3. 申请表。\n\n办理时间为三天。\n"
    [found] = [one for one in lists(text, tokenizer) if one.form is Form.LINES]
    assert [entry.text for entry in found.entries] == ["身份证", "户口本", "申请表"]
    assert found.about == "申请需要提交以下材料："


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("公司业务包括支付、众筹、保险和证券。", ["支付", "众筹", "保险", "证券"]),
        ("公司销售苹果、香蕉、西瓜等水果。", ["苹果", "香蕉", "西瓜"]),
        (
            "系统推出了“京保贝”、“京小贷”和《动产融资》等产品。",
            ["京保贝", "京小贷", "《动产融资》"],
        ),
    ],
)
def test_a_list_within_a_sentence(text: str, entries: list[str], tokenizer: Tokenizer) -> None:
    assert entries in of_form(text, Form.INLINE, tokenizer)


@pytest.mark.parametrize(
    "text",
    [
        "公司經營支付、眾籌、保險三種業務。",
        "公司銷售蘋果、香蕉、西瓜等水果。",
        "平臺有支付、理財、證券三個板塊。",
        "其業務分為支付、眾籌和保險。",
    ],
)
def test_a_list_in_traditional_characters_is_cut_like_one_in_simplified(
    text: str, tokenizer: Tokenizer
) -> None:
    written, folded = (
        [[(entry.start, entry.end) for entry in one.entries] for one in lists(version, tokenizer)]
        for version in (text, fold(text))
    )
    assert written == folded


def test_the_count_a_text_declares_is_kept(tokenizer: Tokenizer) -> None:
    found = lists("平台有支付、理财、众筹、保险、证券五大业务板块。", tokenizer)
    assert [one.declared for one in found if len(one.entries) == 5] == ["五大"]


def test_quoted_names_with_words_of_their_own_are_lists_in_a_list(tokenizer: Tokenizer) -> None:
    text = "产品包括有银行参与的“甲贷”、“乙贷”和以自有资金运作的“丙贷”、“丁贷”。"
    found = of_form(text, Form.INLINE, tokenizer)
    assert ["甲贷", "乙贷", "丙贷", "丁贷"] in found
    assert ["甲贷", "乙贷"] in found
    assert ["丙贷", "丁贷"] in found


def test_marks_inside_quotes_and_brackets_do_not_cut(tokenizer: Tokenizer) -> None:
    text = "书目有《红、黄》、《蓝》和《绿》。"
    assert ["《红、黄》", "《蓝》", "《绿》"] in of_form(text, Form.INLINE, tokenizer)


@pytest.mark.parametrize(
    "text",
    [
        "存在的问题有：一是起步晚，二是牌照少，三是风险高。",
        "问题如下：（1）起步晚；（2）牌照少；（3）风险高。",
        "问题如下：①起步晚；②牌照少；③风险高。",
        "下列问题应予重视：（一）起步晚；（二）牌照少；（三）风险高。",
    ],
)
def test_ordinals_within_a_sentence(text: str, tokenizer: Tokenizer) -> None:
    assert ["起步晚", "牌照少", "风险高"] in of_form(text, Form.ORDINALS, tokenizer)


def test_ordinals_across_sentences(tokenizer: Tokenizer) -> None:
    text = "公司有几点做法。首先，降低成本。其次，提高效率。最后，保证质量。天气很好。"
    [entries] = of_form(text, Form.ORDINALS, tokenizer)
    assert len(entries) == 3
    parts = ("降低成本", "提高效率", "保证质量")
    assert all(part in entry for part, entry in zip(parts, entries, strict=True))


def test_the_last_of_any_number_ends_a_series(tokenizer: Tokenizer) -> None:
    text = (
        "建议如下。首先，降低成本。其次，提高效率。再次，保证质量。第四，建立制度。最后，培养人才。"
    )
    [entries] = of_form(text, Form.ORDINALS, tokenizer)
    assert entries == ["降低成本", "提高效率", "保证质量", "建立制度", "培养人才"]


def test_paragraphs_that_open_with_a_label_each(tokenizer: Tokenizer) -> None:
    text = (
        "一、业务\n\n公司经营平稳。\n\n二、可能面对的风险\n\n"
        "食品安全风险：供应商超过四百家，任何疏漏都可能损害品牌。公司已派人驻厂。\n\n"
        "价格波动风险：原料约占成本的六成，公司签订了锁价协议。\n\n"
        "应收账款风险：期末余额较大，账期也有所延长。\n"
    )
    assert of_form(text, Form.LINES, tokenizer) == [
        ["食品安全风险", "价格波动风险", "应收账款风险"]
    ]


def test_one_paragraph_with_a_label_is_no_list(tokenizer: Tokenizer) -> None:
    text = "风险\n\n食品安全风险：供应商超过四百家，疏漏可能损害品牌。\n\n公司已派人驻厂。\n"
    assert of_form(text, Form.LINES, tokenizer) == []


@pytest.mark.parametrize(
    "text",
    [
        "准备在东门、北路和医院三站加装候车亭。",
        "出水可在东门、北路、医院三档之间切换。",
        "公司现有东门、北路和医院三个基地。",
        "标签须标明东门、北路和医院三项。",
    ],
)
def test_what_leads_to_items_and_sums_them_up_is_none_of_them(
    text: str, tokenizer: Tokenizer
) -> None:
    assert ["东门", "北路", "医院"] in of_form(text, Form.INLINE, tokenizer)


def test_good_and_bad_are_told_clause_by_clause(tokenizer: Tokenizer) -> None:
    text = "这台机器适合客厅，优点是画面明亮，没有广告，缺点是音箱单薄，不带电池。"
    found = of_form(text, Form.CLAUSES, tokenizer)
    assert ["画面明亮", "没有广告"] in found
    assert ["音箱单薄", "不带电池"] in found


def test_what_an_ordinal_names_is_the_item(tokenizer: Tokenizer) -> None:
    text = "会上提了要求。首先要抢抓工期，增加人手。其次要确保安全，避让渔船。再次是加强沟通。"
    [entries] = of_form(text, Form.ORDINALS, tokenizer)
    assert entries == ["抢抓工期", "确保安全", "加强沟通"]


def test_what_joins_an_item_to_the_one_before_is_none_of_it(tokenizer: Tokenizer) -> None:
    text = "希望是：一是先行开放泊位，二是同时减免停泊费。"
    assert ["先行开放泊位", "减免停泊费"] in of_form(text, Form.ORDINALS, tokenizer)


def test_rows_of_a_table_are_no_items(tokenizer: Tokenizer) -> None:
    text = "规格如下：\n\n- 型号|售价\n- X1|499元\n- X2|799元\n"
    assert of_form(text, Form.LINES, tokenizer) == []


def test_an_ordinal_series_begins_at_its_beginning(tokenizer: Tokenizer) -> None:
    text = "公司有做法。其次，提高效率。最后，保证质量。"
    assert of_form(text, Form.ORDINALS, tokenizer) == []


@pytest.mark.parametrize("text", ["见图中①、②、③处。", "首先，其次，再说吧。"])
def test_no_item_is_empty(text: str, tokenizer: Tokenizer) -> None:
    entries = [entry for one in lists(text, tokenizer) for entry in one.entries]
    assert all(entry.text for entry in entries)


def test_clauses_between_semicolons(tokenizer: Tokenizer) -> None:
    text = "员工应当准时上班；不得迟到早退；离开时要关灯。"
    assert of_form(text, Form.CLAUSES, tokenizer) == [
        ["员工应当准时上班", "不得迟到早退", "离开时要关灯"]
    ]


def test_clauses_after_a_colon(tokenizer: Tokenizer) -> None:
    text = "交警将采取三项措施：调整信号灯的配时，设置一条潮汐车道，增派警力驻守。"
    assert ["调整信号灯的配时", "设置一条潮汐车道", "增派警力驻守"] in of_form(
        text, Form.CLAUSES, tokenizer
    )


def test_what_is_brought_about(tokenizer: Tokenizer) -> None:
    text = "份额太小，导致支付铺展不开，体系十分薄弱，并且严重制约全局。"
    assert ["支付铺展不开", "体系十分薄弱", "严重制约全局"] in of_form(
        text, Form.CLAUSES, tokenizer
    )


def test_advice_is_what_a_section_says_should_be_done(tokenizer: Tokenizer) -> None:
    text = "# 对策\n\n公司应加强监管。供应链很长。用户反应热烈。企业应当公开信息。\n"
    assert of_form(text, Form.ADVICE, tokenizer) == [["公司应加强监管", "企业应当公开信息"]]


def test_a_label_is_the_item_and_not_what_explains_it(tokenizer: Tokenizer) -> None:
    text = "优势有三：一是技术积累深厚，累计拥有专利213项；二是客户黏性强，合作都超过6年。"
    assert ["技术积累深厚", "客户黏性强"] in of_form(text, Form.ORDINALS, tokenizer)


def test_numbered_lines_go_on_after_sentences_about_one_of_them(tokenizer: Tokenizer) -> None:
    text = "主要产品如下。\n\n1.伺服系统。收入最高。\n2.控制器。增长最快。\n3.减速器。占比较小。\n"
    assert ["伺服系统", "控制器", "减速器"] in of_form(text, Form.LINES, tokenizer)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("系统可实时采集风速、振动、索力和温度等数据。", ["风速", "振动", "索力", "温度"]),
        ("产品主要用于包装机械、纺织机械和锂电设备。", ["包装机械", "纺织机械", "锂电设备"]),
        ("变更必须经过申请、评估、验证、批准五个步骤。", ["申请", "评估", "验证", "批准"]),
    ],
)
def test_words_that_lead_to_a_list_are_none_of_it(
    text: str, entries: list[str], tokenizer: Tokenizer
) -> None:
    assert entries in of_form(text, Form.INLINE, tokenizer)


@pytest.mark.parametrize(
    ("text", "stretch", "entries"),
    [
        ("可测风速、振动和索力等。", "风速、振动和索力", ["风速", "振动", "索力"]),
        ("政策趋紧，资本收缩。", "政策趋紧，资本收缩", ["政策趋紧", "资本收缩"]),
        ("包括“甲类”、“乙类”。", "“甲类”、“乙类”", ["甲类", "乙类"]),
        ("只有一个。", "只有一个", []),
        ("分为甲伞、乙伞、丙伞三类。", "甲伞、乙伞、丙伞三类", ["甲伞", "乙伞", "丙伞"]),
        ("坚持自愿、有偿、互助的原则。", "自愿、有偿、互助的原则", ["自愿", "有偿", "互助"]),
        ("由主机、料斗组成。", "主机、料斗组成", ["主机", "料斗"]),
        (
            "不予保修：（一）自行拆修；（二）无发票。",
            "（一）自行拆修；（二）无发票",
            ["自行拆修", "无发票"],
        ),
    ],
)
def test_a_stretch_cut_at_its_marks(text: str, stretch: str, entries: list[str]) -> None:
    document = Document.from_text(text, title="文")
    start = text.index(stretch)
    found = split(document, 0, start, start + len(stretch))
    assert [entry.text for entry in (found.entries if found else ())] == entries


def test_titles_of_works(tokenizer: Tokenizer) -> None:
    text = "他写了《春天的报告》。后来又写了《夏天的报告》，很多人读过。"
    assert ["《春天的报告》", "《夏天的报告》"] in of_form(text, Form.TITLES, tokenizer)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("主要客户是农户和合作社。", ["农户", "合作社"]),
        ("仓单融资面向粮食经纪人与合作社。", ["粮食经纪人", "合作社"]),
        ("它落后于“天驰宝”和“信达付”。", ["天驰宝", "信达付"]),
    ],
)
def test_two_things_at_a_clauses_end_are_a_list(
    text: str, entries: list[str], tokenizer: Tokenizer
) -> None:
    assert entries in of_form(text, Form.INLINE, tokenizer)


@pytest.mark.parametrize(
    "text",
    [
        "费用由爪安与医院直接结算。",  # who does it, together
        "温控达标率与司机奖金挂钩。",
        "门诊由副主任医师及以上专家坐诊。",
        "设计方案应在单元入口和公告栏公示。",
    ],
)
def test_two_that_act_are_none(text: str, tokenizer: Tokenizer) -> None:
    assert of_form(text, Form.INLINE, tokenizer) == []


def test_a_list_goes_on_after_a_comma(tokenizer: Tokenizer) -> None:
    text = "平台已有基础，包括2亿用户、丰富的车辆和司机，强大的仓库和长期的数据，以及稳定的网络。"
    assert ["2亿用户", "丰富的车辆和司机", "强大的仓库", "长期的数据", "稳定的网络"] in of_form(
        text, Form.INLINE, tokenizer
    )


def test_a_list_goes_on_with_what_else_it_includes(tokenizer: Tokenizer) -> None:
    text = "参与者不仅包括个人、农户和商户，还包括银行、券商等机构甚至平台自己。"
    assert ["个人", "农户", "商户", "银行", "券商", "平台自己"] in of_form(
        text, Form.INLINE, tokenizer
    )


def test_what_is_said_of_the_first_item_is_none(tokenizer: Tokenizer) -> None:
    text = "生产者包括在商城购买物品、使用金融服务的个人用户和一般企业。"
    assert ["个人用户", "一般企业"] in of_form(text, Form.INLINE, tokenizer)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("体系实现了资金存、贷、转的打通。", ["存", "贷", "转"]),
        ("业务构建于物流、支付和营销渠道。", ["物流", "支付", "营销渠道"]),
        ("包括“宝宝”类理财产品小金库、基金超市和财富。", ["小金库", "基金超市", "财富"]),
        ("奖金依次为3,000元、2,000元和1,000元。", ["3,000元", "2,000元", "1,000元"]),
    ],
)
def test_what_surrounds_the_items_is_none_of_them(
    text: str, entries: list[str], tokenizer: Tokenizer
) -> None:
    assert entries in of_form(text, Form.INLINE, tokenizer)


def test_a_count_after_the_list_is_its_count(tokenizer: Tokenizer) -> None:
    found = lists("公司在证券、理财、保险这三种传统业务上发力。", tokenizer)
    assert [one.declared for one in found if len(one.entries) == 3] == ["三种"]


def test_clauses_with_one_figure_each(tokenizer: Tokenizer) -> None:
    text = "总额为57.9万亿元，其中甲占52.3%，乙占33.7%，而丙仅占1%。"
    assert ["甲占52.3%", "乙占33.7%", "丙仅占1%"] in of_form(text, Form.CLAUSES, tokenizer)
    assert of_form("其中甲占52.3%，乙有33人，丙值1元。", Form.CLAUSES, tokenizer) == []


def test_what_should_be_done_clause_by_clause(tokenizer: Tokenizer) -> None:
    text = "投资者投资时，平台应尽到义务，严格履行提示，并做到服务跟进，资金很重要。"
    assert ["尽到义务", "严格履行提示", "做到服务跟进"] in of_form(text, Form.CLAUSES, tokenizer)
    assert of_form("供应商很多，做到了服务，提供了资金。", Form.CLAUSES, tokenizer) == []


@pytest.mark.parametrize("text", ["今天天气很好。我们去公园。", "一个字。", "只有《一本书》。"])
def test_a_text_without_lists(text: str, tokenizer: Tokenizer) -> None:
    assert lists(text, tokenizer) == ()


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("1. 身份证；", "身份证"),
        ("（2）户口本。", "户口本"),
        ("- 申请表，", "申请表"),
        ("• 照片", "照片"),
        ("③ 证明", "证明"),
        ("二、 费用：", "费用"),
        ("没有标记", "没有标记"),
    ],
)
def test_a_list_line_without_its_marks(line: str, kept: str) -> None:
    assert bare(line) == kept


def hold_together(document: Document, found: tuple[Enumeration, ...]) -> None:
    assert [one.lead for one in found] == sorted(one.lead for one in found)
    for one in found:
        assert 0 <= one.lead < len(document.sentences)
        assert len(one.entries) > 1
        starts = [entry.start for entry in one.entries]
        assert starts == sorted(starts)
        for entry in one.entries:
            sentence = document.sentences[entry.sentence]
            assert sentence.start <= entry.start <= entry.end <= sentence.end
            written = document.text[entry.start : entry.end]
            # A heading's entry spans its number, too.
            assert entry.text in written if one.form is Form.HEADINGS else entry.text == written


def test_lists_of_the_article_are_as_written(tokenizer: Tokenizer) -> None:
    article = jd_finance()
    found = enumerations(article, tokenizer)
    assert {Form.HEADINGS, Form.INLINE} <= {one.form for one in found}
    hold_together(article, found)


# Built of what lists are written with, so that most examples hold some.
LISTLIKE = st.lists(
    st.sampled_from(
        [
            *"、，,。；;：:\n和与及或等“”《》「」（）()\"'一二①②12.#-* \u3000",
            *("一是", "二是", "三是", "首先，", "其次，", "最后，", "第一，", "第二，", "一方面"),
            *(
                "（1）",
                "（2）",
                "1. ",
                "2. ",
                "- ",
                "## ",
                "\n\n",
                "\r\n",
                "以及",
                "包括",
                "等三种",
            ),
            *(
                "支付",
                "众筹",
                "保险业务",
                "京东的",
                "“甲”",
                "《乙报告》",
                "😀",
                "眾籌",
                "abc",
                "的",
            ),
        ]
    ),
    max_size=60,
).map("".join)


@given(st.one_of(LISTLIKE, st.text(max_size=80)))
def test_entries_stand_where_they_say(text: str) -> None:
    try:
        document = Document.from_text(text)
    except EmptyText:
        return
    hold_together(document, enumerations(document, Tokenizer()))


def test_sentences_that_a_colon_leads_to(tokenizer: Tokenizer) -> None:
    text = (
        "此后的治理措施包括：\n\n——关闭造纸厂19家；\n\n——拆除围网；\n\n——设立巡查队。\n\n效果很好。"
    )
    assert ["关闭造纸厂19家", "拆除围网", "设立巡查队"] in of_form(text, Form.LINES, tokenizer)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("岛屿沦为“火药桶”“弹药库”“地雷岛”。", ["火药桶", "弹药库", "地雷岛"]),
        ("当晚演奏了《春江》《步步高》、《十面》。", ["《春江》", "《步步高》", "《十面》"]),
        ("他提炼出“看、摸、听、判”四字检查法。", ["看", "摸", "听", "判"]),
        ("赶来的有他的母亲和表哥。", ["母亲", "表哥"]),
    ],
)
def test_quoted_things_side_by_side_and_owners(
    text: str, entries: list[str], tokenizer: Tokenizer
) -> None:
    assert entries in of_form(text, Form.INLINE, tokenizer)


@pytest.mark.parametrize(
    "text",
    [
        "将做到以下三点：第一，始终坚持方向。为此学习。第二，始终坚持创新。第三，始终坚持清廉。",
        "首先，始终坚持方向。其次，始终坚持创新。第三，始终坚持清廉。",
        "鉴定意见有：一、始终坚持方向；二、始终坚持创新；三、始终坚持清廉。",
        "意见是1.始终坚持方向；2.始终坚持创新；3.始终坚持清廉。",
    ],
)
def test_ordinals_in_running_text(text: str, tokenizer: Tokenizer) -> None:
    wanted = ["始终坚持方向", "始终坚持创新", "始终坚持清廉"]
    assert wanted in of_form(text, Form.ORDINALS, tokenizer)


def test_numerals_within_a_phrase_are_no_ordinals(tokenizer: Tokenizer) -> None:
    assert (
        of_form("十一、二月的一、二、三等奖都已颁发，共2.5万元。", Form.ORDINALS, tokenizer) == []
    )


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("检查发现：部分项目没有开工，一些单位存在乱收费现象等问题。", "一些单位存在乱收费现象"),
        (
            "不保修的有：自行拆修造成损坏的；无有效发票的；网筛、清洁刷等易损件。",
            "网筛、清洁刷等易损件",
        ),
        ("他获得过：全国技术能手称号，省科技进步二等奖。", "省科技进步二等奖"),
        ("优势有：算力切分十分灵活，支持配额管理，这些优势将提升效率。", "支持配额管理"),
    ],
)
def test_where_the_last_clause_of_a_list_ends(
    text: str, entries: str, tokenizer: Tokenizer
) -> None:
    assert entries in [found[-1] for found in of_form(text, Form.CLAUSES, tokenizer)]
