"""Where the short answer begins and ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("量化投资平台目前只能当什么用？", "学习平台"),
        ("自然生态系统中的分解者起什么作用？", "将生物分解为无机物回归环境"),
        ("文中所谓生态圈里的“消费者”,其本质属性是什么?", "资金需求方"),
        ("新型消费金融的核心任务在于什么?", "在各个消费场景中深化消费金融服务"),
        ("众筹那个新模式叫啥名", "“三位一体”"),
        ("京东金融的核心业务是什么？", "京东支付"),
        ("京东金融的基础业务是什么？", "供应链金融"),
        ("京东有多少用户？", "2亿多"),
        ("京东该把什么放在头一位", "客户体验"),
        ("文章说京东该把什么放第一位？", "客户体验"),
        ("说消费金融市场发展旺盛，这是哪份报告讲的？", "《2017年中国消费金融创新报告》"),
        ("众筹业务表现了京东什么样的趋势？", "消费者到平台再到消费者"),
        ("小金库是一种什么产品？", "“宝宝”类理财产品"),
        ("涉农企业用京东农村金融的有多少家呀", "40多个"),
        ("京东供应链金融融合了自身几大方面的业务？", "四"),
        ("有银行参与的融资服务列出了几种？", "4"),
        ("京东是先有供应链金融还是先有众筹", "供应链金融"),
        ("京东消费金融里B端C端都沾的是哪个业务", "“小白卡和钢镚”业务"),
        ("消费信贷占46.8%出自哪份报告？", "《2017年中国消费金融创新报告》"),
        ("京东的市场份额是多少？", "1%"),
        ("生态圈里谁是消费者？", "赊购用户、需资金周转的供应商和新兴初创企业"),
        ("小金库面向什么人？", None),  # 高净值人群 are whom 东家财富 is for
        ("京东农村金融业务在多少个县开展？", "1500个"),
        ("续保的商家占到多少？", "超过67%"),
        ("续保的商家比例超过多少？", "67%"),
        ("国内消费金融的市场规模有多大？", "接近6万亿元"),
        ("京东卖的保险有几种？", "六种"),
    ],
)
def test_only_what_answers_is_said(article: Assistant, question: str, short: str | None) -> None:
    assert article.answer(question).short == short


@pytest.mark.parametrize(
    ("text", "question", "short"),
    [
        ("截至2023年底，全市公共充电桩7420个，车桩比为15.6∶1。", "车桩比是多少？", "15.6∶1"),
        (
            "本计划所称“僵尸桩”，是指连续90日没有充电记录的公共充电桩。",
            "“僵尸桩”怎么界定？",
            "连续90日没有充电记录的公共充电桩",
        ),
        (
            "湖区年平均气温16.9℃，一月最冷，平均4.1℃，七月最热，平均28.7℃。",
            "七月平均气温几度",
            "28.7℃",
        ),
        (
            "乙方货物堆放高度不得超过5.5米，距离冷风机不得少于0.5米。",
            "货物堆放高度最多多少米？",
            "5.5米",
        ),
        (
            "米酒含有酒精，开车的人和孩子不要吃；给孩子做，可以把米酒换成椰奶。",
            "给小朋友做圆子，拿什么顶替米酒？",
            "椰奶",
        ),
        ("押金不得抵作租金。", "押金能不能抵最后几个月的租金？", "否"),
        ("每年11月至次年3月，约有40万只候鸟在此越冬。", "候鸟什么时候来越冬？", "11月至次年3月"),
        ("湖水一般不结冰，但1955年和2008年两次封冻。", "哪年封冻过？", "1955年和2008年"),
        ("地铁1号线和2号线，日均客流分别为38万和45万人次。", "2号线日均客流多少？", "45万人次"),
        ("首班车6:00发车，末班车23:00发车。", "末班车几点？", "23:00"),
        ("- 生抽 3汤匙\n- 老抽 1汤匙\n- 黄酒 250毫升", "老抽要放多少？", "1汤匙"),
        (
            "从11月5日起，夜市营业时间为17时至22时30分，周五、周六延长到23时；烧烤摊须在11月15日前改装。",
            "周六营业到几点？",
            "23时",
        ),
        ("从11月5日起，夜市营业时间为17时至22时30分。", "夜市几点关门？", "22时30分"),
        ("从11月5日起，夜市营业时间为17时至22时30分。", "夜市几点开门？", "17时"),
        (
            "夜市共设摊位186个，其中小吃摊位112个，手工艺品摊位43个。",
            "卖小吃的摊位有几个？",
            "112个",
        ),
        (
            "夜市共设摊位186个，其中小吃摊位112个，手工艺品摊位43个。",
            "手工艺品摊位和小吃摊位哪个多？",  # 小吃 is not small
            "小吃摊位",
        ),
        ("2023年，单台均价由上年的3446元下降到3123元。", "2023年 单台均价", "3123元"),
    ],
)
def test_a_short_answer_on_another_text(
    text: str, question: str, short: str, tmp_path: Path
) -> None:
    build([Document.from_text(text, title="文")], index=tmp_path / "one")
    assert Assistant.open(tmp_path / "one").answer(question).short == short


def test_a_list_begins_where_its_own_items_do(article: Assistant) -> None:
    answer = article.answer("京东支付体系已经打通了哪些产品？")
    assert [item.text for item in answer.items] == ["支付", "白条", "小金库"]


def test_items_that_end_in_of_those_go_without_it(tmp_path: Path) -> None:
    text = (
        "有下列情形之一的，不予补贴：\n1. 未接入平台的；\n2. 使用二手设备的；\n3. 占用消防通道的。"
    )
    build([Document.from_text(text, title="办法")], index=tmp_path / "one")
    answer = Assistant.open(tmp_path / "one").answer("哪些情形不予补贴？")
    assert [item.text for item in answer.items] == ["未接入平台", "使用二手设备", "占用消防通道"]


def test_numbered_points_go_on_after_what_is_told_of_one(tmp_path: Path) -> None:
    text = (
        "远洋物流调查\n\n一、企业概况\n\n远洋物流成立于2010年，有员工三千人。\n\n三、存在的问题\n\n"
        "（一）成本居高不下。仓库租金和人工合计占营业成本的七成。\n\n"
        "（二）网络布局不均衡。大部分仓库集中在沿海。\n\n"
        "（三）信息系统割裂。三套系统由不同供应商开发。\n"
    )
    build([Document.from_text(text)], index=tmp_path / "one")
    answer = Assistant.open(tmp_path / "one").answer("远洋物流存在哪些问题？")
    items = [item.text for item in answer.items]
    assert items == ["成本居高不下", "网络布局不均衡", "信息系统割裂"]


def test_an_item_goes_without_what_leads_to_it(tmp_path: Path) -> None:
    text = "青鸾木的木材坚韧，过去用来制作琵琶背板、酒桶、船桨和水车轴。"
    build([Document.from_text(text, title="青鸾木")], index=tmp_path / "one")
    answer = Assistant.open(tmp_path / "one").answer("青鸾木过去用来制作哪些东西？")
    assert [item.text for item in answer.items] == ["琵琶背板", "酒桶", "船桨", "水车轴"]


@pytest.mark.parametrize(
    ("text", "question", "short"),
    [
        (
            "栖安L3最多存100枚指纹；栖安L3 Pro最多存50枚指纹。",
            "栖安L3和栖安L3 Pro哪个存的指纹多？",
            "栖安L3",
        ),
        (
            "甲木公司的产量为30吨，乙石公司的产量为50吨。",
            "就产量而言，甲木公司与乙石公司何者更高？",
            "乙石公司",
        ),
    ],
)
def test_which_of_two_is_said(text: str, question: str, short: str, tmp_path: Path) -> None:
    build([Document.from_text(text, title="文")], index=tmp_path / "one")
    assert Assistant.open(tmp_path / "one").answer(question).short == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("京东众筹的各项指标在业内排第几", "业界第一"),
        ("京东支付在第三方支付里排第几", None),
        ("支付宝的份额是京东支付的多少倍", None),
        ("京东ABS云平台是哪年成立的", "2016年"),
    ],
)
def test_a_place_a_quotient_and_a_year_are_no_other_figure(
    article: Assistant, question: str, short: str | None
) -> None:
    reply = article.answer(question)
    assert not reply.refused
    assert reply.short == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("东家财富主要针对谁", "高净值人群"),
        ("京东应该跟谁加强合作", "银联"),
        ("京东众筹属于什么业务", "综合性金融业务"),
        ("京东众筹想帮谁长大", "初创企业"),
        ("移动支付的“双寡头”指哪两家", "支付宝微信"),
        ("生态圈里最薄弱的环节是啥", "京东支付"),
        ("谁推出了京东股票APP", "京东"),
    ],
)
def test_a_list_beside_the_answer_is_not_the_answer(
    article: Assistant, question: str, short: str
) -> None:
    reply = article.answer(question)
    assert reply.short == short
    assert reply.items == ()


@pytest.mark.parametrize("question", ["京东金融是什么", "京东金融是一家什么公司"])
def test_what_the_whole_text_is_about_is_told_by_its_gist(
    article: Assistant, question: str
) -> None:
    reply = article.answer(question)
    assert any("互联网金融生态圈" in one.quote for one in reply.citations)
    assert not any("核心竞争力" in one.quote for one in reply.citations)


@pytest.mark.parametrize("question", ["小白卡和钢镚属于什么业务", "什么是去京东化"])
def test_what_the_question_says_is_no_answer(question: str, article: Assistant) -> None:
    assert article.answer(question).short is None
