"""Saved pages of several kinds of site, and texts of which nothing may be set aside."""

from pathlib import Path

import pytest
from layout_checks import aside, check, quotes, tree

from corpus import Document, Kind, read_file

PAGES = Path(__file__).parent / "pages"


def page(name: str) -> Document:
    document = read_file(PAGES / name)
    check(document)
    return document


def test_government_page() -> None:
    document = page("gov.txt")
    assert document.title == "关于做好2022年度高温补贴发放工作的通知"
    assert document.date == "2022-06-14"
    set_aside = aside(document)
    assert set_aside[:4] == [
        "清溪市人民政府门户网站",
        "无障碍 | 长者模式 | 登录",
        "首页 政务公开 政务服务 互动交流 走进清溪 数据发布",
        "当前位置：首页 > 政务公开 > 通知公告 > 正文",
    ]
    assert set_aside[4].startswith("发布时间")
    assert set_aside[5] == "扫一扫在手机打开当前页"
    # whom to ask and who signed is the author's
    assert quotes(document)[-3:] == [
        "联系人：周敏，电话：0555-8123456。",
        "清溪市人力资源和社会保障局",
        "2022年6月14日",
    ]


def test_company_page_with_a_slogan_and_a_paragraph_about_itself() -> None:
    document = page("shop.txt")
    assert document.title == "真空包装机日常保养五要点"
    assert [title for _, _, title in tree(document)] == ["真空泵", "密封条", "电热丝"]
    set_aside = aside(document)
    assert "专注包装机械二十年，为客户提供一站式解决方案。" in set_aside
    assert {"真空包装机", "真空泵内部结构"} <= set(set_aside)  # captions of lost images
    assert set_aside[-1].endswith("为一体的企业。")
    assert len(quotes(document, Kind.SENTENCE)) == 6


def test_blog_whose_short_lines_are_headings() -> None:
    document = page("blog.txt")
    assert document.title == "《活着之上》读后"
    assert [title for _, _, title in tree(document)] == ["关于父亲", "关于选择"]
    assert quotes(document)[-1] == "作者没有说这样做对不对。"
    assert aside(document)[-1].startswith("Copyright")


def test_traditional_news_page() -> None:
    document = page("tw.txt")
    assert document.title == "台南老店賣七十年 第三代接手推冷凍虱目魚粥"
    assert document.date == "2023-05-06"
    assert aside(document)[-4:] == [
        "延伸閱讀",
        "台北夜市新規定上路",
        "高雄輕軌成圓通車",
        "© 2023 今日新聞網 版權所有 未經授權請勿轉載",
    ]
    assert quotes(document, Kind.CAPTION) == ["▲第三代老闆陳怡君在店內煮粥。（圖／記者王小明攝）"]


def test_feed_article() -> None:
    document = page("wechat.txt")
    assert document.title == "老城区的桥，为什么都是拱的？"
    assert tree(document) == [(1, "01", "石料"), (1, "02", "船")]
    assert quotes(document)[-1] == "参考资料：《苏州古桥志》"
    assert {"点击上方蓝字，关注我们", "阅读原文", "写留言"} <= set(aside(document))


def test_html_page() -> None:
    document = page("tea.html")
    assert (document.title, document.date) == ("茶叶怎样保存", "2021-04-05")
    assert tree(document) == [(1, "", "温度"), (1, "", "容器")]
    assert quotes(document, Kind.ITEM) == [
        "茶类 | 温度",
        "绿茶 | 0～5℃",
        "红茶 | 常温",
        "锡罐",
        "瓷罐",
        "须上釉",
        "铁罐",
        "陈化",
        "普洱茶可以存放多年。",
    ]
    assert quotes(document, Kind.CAPTION) == ["图1 茶叶罐"]
    assert {"广告：买一送一", "楼主说得好！", "© 2021 茶叶网"} <= set(aside(document))
    for unseen in ("alert", "看不见", "没有脚本", "注释", "\x00", "\u200b"):
        assert unseen not in document.text
    assert "<img onerror=x>" in document.text  # it was text on the page, and is text here


PLAIN = {
    "poem": "静夜思\n\n床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。",
    "modern poem": "我走过\n许多地方的桥\n\n行过许多地方的水\n\n看过\n许多次数的云",
    "list": "牛奶\n鸡蛋\n面包\n酱油",
    "note": "明天记得给老王打电话：13812345678，他的微信号是 laowang。",
    "letter": (
        "亲爱的表姐：\n\n你好！来信收到了，知道你们一切都好，我们也就放心了。\n\n"
        "下个月我要到南京出差，到时候去看你。\n\n我的电话：025-83112233\n微信：xiaomei\n\n"
        "祝好\n\n小梅\n2021年3月5日"
    ),
    "notices": (
        "停水通知\n\n本周三上午九点到十一点停水，请大家提前储水。\n\n"
        "招领启事\n\n昨天在门口捡到钥匙一串，请到传达室认领，电话：83112233。\n\n"
        "优惠活动\n\n食堂周五起免费加饭，扫码关注公众号还可以领券。"
    ),
    "recipe": (
        "番茄炒蛋\n\n1. 番茄切块，鸡蛋打散。\n2. 热锅下油，先炒蛋。\n3. 下番茄，加盐，翻炒。\n\n"
        "小贴士\n\n番茄要熟透的，酸甜才够味。"
    ),
    "contacts": "联系我们\n电话：010-12345678\n邮箱：a@b.example\n地址：中山路1号",
    "chat": "张三 10:20\n今天的会改到几点了？\n李四 10:21\n改到下午三点，在二楼会议室开。",
    "english": "The tea house\n\nIt opened in 1926. Tea is 5 yuan a cup.\n\nCall 010-12345678.",
    "path": "打开方法\n\n点“设置 > 通用 > 关于本机”就能看到版本号，一般在第三行。",
    "report": (
        "京东金融\n\n一、概况\n\n京东金融是一家公司，成立于2013年10月，总部设在北京。\n\n"
        "京东金融\n\n二、业务\n\n业务有支付、保险、众筹等八大板块，都是自己经营的。"
    ),
}


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_text_loses_nothing(name: str) -> None:
    document = Document.from_text(PLAIN[name])
    check(document)
    assert document.boilerplate == ()


QUALITY = Path(__file__).parents[1] / "quality" / "texts"


@pytest.mark.parametrize("file", sorted(QUALITY.iterdir()), ids=lambda file: file.name)
def test_texts_of_the_quality_sets(file: Path) -> None:
    document = read_file(file)
    check(document)
    if file.name not in ("page.html", "savedpage.txt"):
        assert all("---" in line for line in aside(document))  # at most a table's rule
    else:
        assert len(aside(document)) > 10


def test_drawn_lines_are_never_read() -> None:
    document = Document.from_text("第一段说完了。\n\n* * *\n\n第二段说完了。\n----------\n……")
    check(document)
    assert aside(document) == ["* * *", "----------"]


def test_a_text_of_drawn_lines_alone_is_kept() -> None:
    document = Document.from_text("======\n------")
    check(document)
    assert document.boilerplate == ()
