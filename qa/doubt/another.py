"""What is asked of one thing and said of another: a namesake, a variant, another quarter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import fold, numerals
from qa.compose import Draft
from qa.doubt.known import SPOKEN, known
from qa.quantities import moments
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.search.retrieve import spoken
from qa.texts import Texts

_COUNTED_OFF = re.compile(
    r"第?(?P<n>[一二三四五六七八九十]+|\d+)(?P<of>季度|届|期|代|批|轮|阶段|单元|版|号楼|号线)"
)
_VARIANT = re.compile(
    r"(?P<model>[a-z]*\d+[a-z]*|[\u4e00-\u9fff]{2}) ?(?P<variant>pro|max|plus|mini|ultra|lite"
    r"|(?:青春|旗舰|标准|专业|豪华|高配|低配|升级|纪念|尊享|限量|国际|海外|至尊|入门|学生|儿童)版)"
)
_OPPOSITES = (
    ("外部", "内部"),
    ("线上", "线下"),
    ("国内", "国外"),
    ("国内", "海外"),
    ("上游", "下游"),
    ("前端", "后端"),
    ("进口", "出口"),
    ("收入", "支出"),
    ("优势", "劣势"),
    ("甲方", "乙方"),
    ("直接", "间接"),
    ("长期", "短期"),
)
_OWNER = re.compile(
    r"(?P<owner>[^,，]{2,12}?)(?:目前|现在|如今|当前|主要|都|还|究竟|到底)*"
    r"(?:存在|面临|有|碰到|遇到)(?:着|了|过)?(?:哪|什么|啥|几)"
)
_PARTS_OF_YEARS = re.compile(
    r"第[一二三四1-4]季度|[上下]半年|(?<!\d)(?:1[0-2]|[1-9])月(?!\d)|去年|上年|前年|上个?(?:月|季度)"
)
_QUARTER = re.compile(r"第?[一二三四1-4]季度")
_BEGAN = re.compile(r"成立|上线|推出|开[业张通馆工]|投产|启动|创[办立建]|建于|建成|发布|上市|发行")
_NO_LONGER = re.compile(r"不再|停止|闭|结束|搬|末班|截止|期限|有效期|为止")
_STRETCH = re.compile(
    r"(?:1[0-2]|[1-9])月?(?:\d{1,2}[日号])?[-—~至到](?:1[0-2]|[1-9])月|前[一二三\d]季度|[上下]半年|每月|全年"
)
_ENDED = re.compile(
    r"下[线架市]|停[运用产业办刊]|退[市役出]|关[停闭张]|终止|倒闭|破产|解散|撤销|取消|注销"
)
# 「营业额比2023年增长了多少」
_ASKS_CHANGE = re.compile(r"[比较]|增|涨|升|提高|下降|降低|减|跌|变化|同比|环比|翻")
# 「马云怎么看京东金融」, 「马云对京东金融有什么看法」
_HOLDER = re.compile(
    r"^(?!作者|笔者|文[章中]|本文|该文|大家|[你我他她它])(?P<who>[^,，的对]{2,8}?)(?:本人|自己|先生|女士|总)?(?:曾|又|是|都)*"
    r"(?:(?:怎么|如何|怎样)(?:看(?!出|待遇)|评价|认为)|对[^,，]{2,20}?(?:的|有|是|持)(?:什么|何种?|怎样的?|啥)?(?:样的)?"
    r"(?:看法|态度|评价|观点|意见|说法)|(?:说|讲)过(?:什么|啥|哪些))"
)
# … of whom a text may speak by another word.
_ANYBODY = re.compile(
    r"[客户民众人员友者家生师主方界]$|顾客|董秘|网友|媒体|市场|政府|国家|监管|.[总董]$|经理|公司|企业|机构"
)


def of_strange_holder(texts: Texts, inquiry: Inquiry) -> bool:
    """Whether somebody's view is asked for, by name, of whom the texts have never heard.

    顾客 and 住户 are nobody's name: a text may call them 消费者 and 业主.
    """
    holder = _HOLDER.match(inquiry.text)
    if holder is None or _ANYBODY.search(holder["who"]) or texts.occurs(holder["who"]):
        return False
    tagged = texts.snapshot.tokenizer.tagged(holder["who"])
    return any(flag.startswith(("nr", "nt")) for _, flag, *_ in tagged) and not any(
        texts.occurs(key.word) for key in inquiry.keys if key.word in holder["who"]
    )


def of_another(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether what is asked of one thing is said of another: 「支付宝存在哪些问题」, of the bank's.

    The one asked about is known to the texts, owns what is asked for, and is not spoken of where
    the answer stands: neither in what is cited, nor in the headings above, nor in the title.
    """
    owner = _OWNER.match(inquiry.text)
    if owner is None:
        return False
    near = _near(texts, draft)
    return any(
        key.names
        and len(key.word) > 2
        and key.word in owner["owner"]
        and spoken(key.word, near) < SPOKEN
        and texts.occurs(key.word)
        for key in inquiry.keys
    )


def of_namesake(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether 百度金融 is asked about, which nothing is known of, and a title has 京东金融."""
    places = sorted((inquiry.text.find(key.word), key.word) for key in inquiry.keys if key.names)
    if len(places) < 2 or len(places[0][1]) < 2 or known(texts, places[0][1]):
        return False
    (start, owner), (after, sort) = places[:2]
    titles = {
        fold(texts.reading(place.document).document.title)
        for part in (*draft.parts, *draft.items)
        for place in part.places
    }
    named = re.compile(rf"[\u4e00-\u9fff]{{2}}{re.escape(sort)}")
    return (
        start == 0
        and after == len(owner)
        and any(named.match(title) for title in titles)
        and not any(owner in title for title in titles)
    )


def of_variant(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether P5 Max or X2青春版 is asked about, and the document speaks of P5 and X2 alone."""
    documents = {place.document for part in (*draft.parts, *draft.items) for place in part.places}
    said = "\n".join(texts.reading(one).folded for one in documents)
    return any(
        found["model"] in said
        and not any(f"{found['model']}{gap}{found['variant']}" in said for gap in ("", " "))
        for found in _VARIANT.finditer(inquiry.text)
    )


def of_another_time(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether 第一季度 is asked about, and where the answer stands only 第二季度 is spoken of."""
    near = _near(texts, draft)
    said = [(_figure(found), found["of"]) for found in _COUNTED_OFF.finditer(near)]
    return any(
        found["of"] in {of for _, of in said} and (_figure(found), found["of"]) not in said
        for found in _COUNTED_OFF.finditer(inquiry.text)
    )


def of_another_month(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether a month is asked about, and where the answer stands only other ones are spoken of."""
    asked = {one.order[1] for one in moments(inquiry.text)} - {0}
    near = _near(texts, draft)
    said = {one.order[1] for one in moments(near)} - {0}
    told = bool(said) or bool(_QUARTER.search(near))
    return bool(asked) and told and not asked & said and not _STRETCH.search(near)


def of_its_beginning(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether it is asked when a thing ended, and what is cited speaks of its beginning alone."""
    near = _near(texts, draft)
    return (
        inquiry.asked is Asked.DATE
        and _ENDED.search(inquiry.text) is not None
        and _BEGAN.search(near) is not None
        and not (_ENDED.search(near) or _NO_LONGER.search(near))
    )


def of_time_held_against(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether what is cited has the time asked about only as what another is held against.

    「2024年营业额为2910万元，比2023年增长7.8%」 does not say how much it was in 2023.
    """
    if _ASKS_CHANGE.search(inquiry.text):
        return False
    near = _near(texts, draft)
    for time in (*inquiry.years, *_PARTS_OF_YEARS.findall(inquiry.text)):
        found = list(re.finditer(rf"(?P<against>(?:比|较|相比|相较)于?)?{time}", near))
        if found and all(one["against"] for one in found):
            return True
    return False


def of_opposite(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether 外部环境 is asked about, and what is cited speaks of 内部环境 alone."""
    places = {place for part in (*draft.parts, *draft.items) for place in part.places}
    said = "\n".join(texts.reading(one.document).plain(one.sentence) for one in places)
    given = [fold(part.text) for part in draft.items] or [fold(draft.short or "")]
    return any(
        this in inquiry.text
        and that not in inquiry.text
        and this not in said
        and any(that in clause for clause in _clauses_with(given, said))
        for pair in _OPPOSITES
        for this, that in (pair, pair[::-1])
    )


def _near(texts: Texts, draft: Draft) -> str:
    """What is cited, with what introduces it, the sentence before and the headings above."""
    places = {place for part in (*draft.parts, *draft.items) for place in part.places}
    return "\n".join(
        f"{reading.above(place.sentence)}\n{reading.before(place.sentence)}\n"
        f"{reading.introduced(place.sentence)}\n{reading.plain(place.sentence)}"
        for place in places
        for reading in [texts.reading(place.document)]
    )


def _clauses_with(given: Sequence[str], said: str) -> list[str]:
    """The clauses of what is cited that the answer stands in; all of it, where none does.

    「非生物环境包括甲、乙、丙，内部环境为丁」: the list is not of what is within.
    """
    clauses = re.split(r"[,，;；。\n]", said)
    return [one for one in clauses if any(text and text in one for text in given)] or clauses


def _figure(found: re.Match[str]) -> str:
    return numerals(f"{found['n']}个").rstrip("个")
