"""A figure of another measure than the one asked for: grams for a price, a length for a width."""

from __future__ import annotations

import re

from corpus import fold
from qa.compose import Draft
from qa.quantities import quantities
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.short.units import other_unit
from qa.texts import Texts

_ASKS_MONEY = re.compile(
    r"(?:多少|几块?|多大)钱|多少元|什么价(?!值)|(?:价格|售价|单价|价钱)(?:是|为)?(?:多少|几)"
)
_MONEY = re.compile(
    r"元|钱|价|费|免收|不收|无偿|人民币|[镑币]|[$¥€￥]|[\d一二两三四五六七八九十百千万](?:块|角|分(?![钟之]))"
)
_ASKS_IN_UNITS = re.compile(
    r"(?:多少|几)(?:吨|公斤|千克|毫克|克|斤|毫升|升(?!级)|公里|千米|厘米|毫米|米)"
)
# Each row: how a measure is asked for, and words of which one stands where it is told: 收益 of
# those who invest is not what a company earns, nor 众筹金额 its turnover.
_MEASURES = tuple(
    (re.compile(asked), re.compile(said))
    for asked, said in (
        (
            r"盈利|净利|利润|亏损|扭亏|(?:赚钱|亏钱|赔钱|亏本)(?:了|吗|没|不|还是)|赚不赚钱$|亏着",
            r"盈利|盈余|利润|净利|赚|亏(?![待欠])|赔钱|赤字|入不敷出",
        ),
        (
            r"营收|营业收入|营业额|总收入|销售额|销售收入|销售总额",
            r"营收|收入|营业额|销售额|销售总额|销售",
        ),
        (r"市值|估值", r"市值|估值"),
        (
            r"占(?:了|到|全[\u4e00-\u9fff]{1,2})?(?:多少|几成|多大)",
            r"[%‰半]|分之|之一|[\d一二三四五六七八九]成|占",
        ),
        (r"注册资[本金]", r"注册资[本金]"),
        (
            r"(?<![毛净胜顺权盈暴红])利率|利息|(?<![今去每前后当青老中])年化|收益率|(?<![缴付免消续])费率|[月年日]息",
            r"利率|利息|年化|收益率|费率|[月年日]息|[%‰厘]|百分之|分之|成",
        ),
        (
            r"工资|薪水|薪酬|薪资|[月年底]薪",
            r"工资|薪|待遇|收入|报酬|[每一月天日时年][^,，。;；]{0,8}元|元[/每]",
        ),
    )
)
_MEASURED = frozenset({Asked.NUMBER, Asked.COUNT, Asked.YESNO, Asked.COMPARISON, Asked.FACT})
# By what somebody is reached, and words of which one stands where it is told.
_REACHED_BY = tuple(
    (re.compile(rf"(?:{asked})(?:号码?|地址)?(?:是|为)?(?:多少|什么|啥|哪个)"), re.compile(said))
    for asked, said in (
        (r"邮箱|邮件|e-?mail", r"邮箱|邮件|@|e-?mail"),
        (r"网址|官网|网站", r"网址|官网|网站|www|https?|\.(?:com|cn|net|org)"),
        (r"传真", r"传真"),
        (r"微信|公众号", r"微信|公众号"),
    )
)
_DIMENSION_ASKED = re.compile(r"多([长高宽深厚重])(?!时|期)")
_DIMENSION = re.compile(r"[长高宽深厚重](?:度|量)?(?:约|为|达|是|有|近|超过)?$")


def of_another_figure(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether the figure given stands before what it is asked of, which has one of another unit.

    「产品个数达3223个，股票众筹金额达5.29亿元」 does not say how many there are of the second.
    """
    if inquiry.asked not in {Asked.NUMBER, Asked.COUNT} or not draft.short or not draft.parts:
        return False
    short = fold(draft.short)
    for place in draft.parts[0].places:
        said = texts.reading(place.document).plain(place.sentence)
        at = said.find(short)
        own = quantities(short)
        for key in inquiry.keys:
            named = said.find(key.word)
            if not own or at < 0 or named < at or not key.names or len(key.word) < 3:
                continue
            like = rf"[\u4e00-\u9fff]{{2}}{re.escape(key.word[-2:])}"
            if not re.search(like, said[:at]):
                continue
            between, after = said[at:named], re.split("[,，;；。]", said[named:])[0]
            units = {one.unit for one in quantities(after)}
            if re.search("[,，;；]", between) and units and own[0].unit not in units:
                return True
    return False


def of_another_measure(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether profit, turnover, a rate or pay is asked for, and where the answer stands is none.

    「盈利了吗」 is not settled by 「不保证业务收益」, nor 「营收多少」 by what was raised.
    """
    rows = _MEASURES if inquiry.asked in _MEASURED else ()
    said = next((said for asked, said in rows if asked.search(inquiry.text)), None)
    return said is not None and _says_none(texts, draft, said)


def of_another_address(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether an e-mail address is asked for, or a page, and where the answer stands is none."""
    said = next((said for asked, said in _REACHED_BY if asked.search(inquiry.text)), None)
    return said is not None and _says_none(texts, draft, said)


def _says_none(texts: Texts, draft: Draft, said: re.Pattern[str]) -> bool:
    """Whether neither what is cited nor what stands around it has such words."""
    places = [place for part in (*draft.parts, *draft.items) for place in part.places]
    return bool(places) and not any(
        said.search(f"{reading.above(at)}\n{reading.before(at)}\n{reading.plain(at)}")
        for place in places
        for reading, at in [(texts.reading(place.document), place.sentence)]
    )


def of_no_money(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether money is asked for, and neither what is cited nor what stands above it speaks of any.

    「五花肉多少钱」 is not answered by 800克, however well all else fits.
    """
    if inquiry.asked is not Asked.NUMBER or not _ASKS_MONEY.search(inquiry.text):
        return False
    places = [place for part in (*draft.parts, *draft.items) for place in part.places]
    return bool(places) and not any(
        _MONEY.search(f"{reading.above(place.sentence)}\n{reading.plain(place.sentence)}")
        for place in places
        for reading in [texts.reading(place.document)]
    )


def of_another_unit(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether a weight, length or volume is asked for by its unit, and all cited has others.

    A figure without a unit may have it elsewhere: in the head of a table.
    """
    if not _ASKS_IN_UNITS.search(inquiry.text):
        return False
    places = [place for part in (*draft.parts, *draft.items) for place in part.places]
    cited = [texts.reading(one.document).plain(one.sentence) for one in places]
    if any(not one.unit for plain in cited for one in quantities(plain)):
        return False
    return bool(places) and all(other_unit(inquiry.text, plain) for plain in cited)


def of_another_dimension(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether the figure given is said to be the length of what is asked its width: 桥长612米."""
    asked = _DIMENSION_ASKED.search(inquiry.text)
    if asked is None or not draft.short or not draft.parts:
        return False
    for place in draft.parts[0].places:
        plain = texts.reading(place.document).plain(place.sentence)
        at = plain.find(fold(draft.short))
        said = _DIMENSION.search(plain, max(0, at - 4), at) if at > 0 else None
        if said and said[0][0] != asked[1] and asked[1] not in plain:
            return True
    return False
