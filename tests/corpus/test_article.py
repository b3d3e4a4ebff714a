"""The article as a careful editor would mark it."""

from layout_checks import aside, check, quotes, tree

from corpus import Kind
from corpus.articles import jd_finance


def test_invariants() -> None:
    check(jd_finance())


def test_metadata() -> None:
    article = jd_finance()
    assert article.title == "京东金融生态圈业务模式构建与优化"
    assert article.date == "2022-10-19"
    root = article.sections[0]
    assert article.text[root.start : root.end] == article.title


def test_heading_tree() -> None:
    assert tree(jd_finance()) == [
        (1, "1、", "互联网金融生态圈"),
        (1, "2、", "京东金融生态圈业务模式构建"),
        (2, "1.", "京东金融生态圈的业务模式"),
        (3, "(1)", "京东供应链金融"),
        (3, "(2)", "京东支付"),
        (3, "(3)", "京东消费金融"),
        (3, "(4)", "京东证券、财富管理、保险业务"),
        (3, "(5)", "京东农村金融"),
        (3, "(6)", "京东众筹"),
        (2, "2.", "京东金融各业务模式的生态圈构建"),
        (1, "3、", "京东金融生态圈存在的问题"),
        (2, "1.", "支付起步晚,账户体系弱"),
        (2, "2.", "牌照不齐全,监管风险高"),
        (2, "3.", "业务不完善,信息不透明"),
        (2, "4.", "互联网红利结束,京东金融亟待升级"),
        (1, "4、", "优化京东金融生态圈的对策建议"),
        (2, "1.", "提升支付地位,走出生态体系"),
        (2, "2.", "加速牌照申请,守住政策底线"),
        (2, "3.", "完善各业务建设,提高信息透明度"),
        (2, "4.", "致力于后红利时代科技与生态圈的对外输出"),
    ]


def test_heading_path() -> None:
    article = jd_finance()
    assert article.heading_path(5) == (
        "京东金融生态圈业务模式构建",
        "京东金融生态圈的业务模式",
        "京东支付",
    )


def test_boilerplate() -> None:
    assert aside(jd_finance()) == [
        "无忧支付网首页",
        "央行牌照\xa0\xa0一清支付公司",
        "个人/个体/公司均可进件",
        "24小时服务电话",
        "*** **** ****",
        "站内搜索",
        "您当前的位置:主页 > 支付知识 >",
        "添加时间:2022-10-19",
        "京东金融",
        "京东金融生态圈内部结构图",
        "关闭",
        "1.点击下面按钮复制微信号",
        "***********",
        "2.打开微信→查找微信号",
        "加为好友 开始支付接入",
    ]


def test_sentences() -> None:
    article = jd_finance()
    assert quotes(article, Kind.CAPTION) == ["图1 京东金融生态圈内部结构图"]
    assert quotes(article, Kind.ITEM) == []
    plain = quotes(article, Kind.SENTENCE)
    assert len(plain) == 83
    assert [one for one in plain if not one.endswith("。")] == [
        "图1为京东金融结构图,反映了该生态圈的实现"
    ]
    assert not [one for one in plain if "。" in one[:-1]]
