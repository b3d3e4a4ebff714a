"""A figure that counts something else: users for suppliers, all of them for one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus import fold
from qa.compose import Draft
from qa.quantities import Quantity, quantities
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.texts import Texts

_COUNTED = re.compile(
    r"(?:多少|几)(?:个|家|名|位|条|座|款|种|项)?(?P<noun>[\u4e00-\u9fff]{2,5}?)(?:呢|啊|了)?$"
    r"|(?P<before>[\u4e00-\u9fff]{2})(?:数量?|总数)?(?:有|是|达到?|为)?(?:多少|几)(?:个|家|名|位|条|座)?$"
)
_COUNTS = re.compile(r"|[个家大种类项名位层道]")  # units that say nothing of what is counted
_PIECE = re.compile(r"[^,，;；。、:：]+")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
# Words for what is counted, by what they count.
_SORTS = tuple(
    re.compile(words)
    for words in (
        "用户|客户|会员|顾客|消费者|粉丝",
        "员工|职工",
        "企业|公司|商家|商户|厂家|门店|店铺|供应商|合作伙伴|品牌",
        "城市",
        "县",
        "村",
        "乡|镇",
        "省",
        "数据",
    )
)
_LISTED = 3  # entries, at least, of a list that a figure is told of as a whole
_AROUND = 4  # characters of an entry beside the word that it is
_TOGETHER = re.compile(r"共(?!同)|合计|总计|加起来")
_BY = re.compile(r"[由经被与]$")
_BREAK = re.compile(r"[,，;；]")
_OF_WHICH = re.compile(r"其中")
_ASKS_HEADS = re.compile(
    r"(?:用户|会员|客户|顾客|消费者|员工)(?:数|量|人数)|人数|[笔次]数|多少(?:人(?!民币|工|力|均)|名(?!义)|位|笔|次|用户|会员|客户|员工)"
)
_NO_HEADS = re.compile(r"[%‰]|.*元|.*币")


def of_other_heads(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether what is counted stands in another piece of the sentence than the figure given.

    「2亿多活跃用户、丰富的供应商」 does not say how many 供应商 there are.
    """
    asked = _COUNTED.search(inquiry.text)
    noun = (asked["noun"] or asked["before"]) if asked else ""
    counted = any(key.names and key.word.endswith(noun) for key in inquiry.keys)
    for said, one in _given(texts, inquiry, draft):
        if (
            not noun
            or not counted
            or not _COUNTS.fullmatch(one.unit)
            or not _HAN.match(said, one.end)
        ):
            continue
        piece = next(p for p in _PIECE.finditer(said) if p.start() <= one.start < p.end())
        if set(noun) & set(piece[0]):
            continue
        if any(noun in other[0] and quantities(other[0]) for other in _PIECE.finditer(said)):
            continue  # the sentence does tell it: 10多万店主和农户、40多个企业
        counts = _sort_of(said[one.end : piece.end()])
        if noun in said[piece.end() :] or (counts and _sort_of(noun) not in {None, counts}):
            return True
    return False


def _sort_of(words: str) -> int | None:
    """Which sort of thing folded ``words`` count, by its place among all sorts, from 1; or None."""
    return next((at for at, sort in enumerate(_SORTS, 1) if sort.search(words)), None)


def of_all_together(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether one of several that a sentence lists is asked about, and the figure is of them all.

    「形成了车险、意外险、旅行险三类产品,消费者超过1亿人」 does not say how many have the first.
    """
    for said, one in _given(texts, inquiry, draft):
        for entries in _lists(texts, draft):
            last = said.find(entries[-1]) + len(entries[-1])
            between = said[last : one.start]
            together = _TOGETHER.search(between) is not None
            together = together or (len(entries) >= _LISTED and bool(_BREAK.search(between)))
            by = _BY.search(said[: said.find(entries[0])]) is not None
            if last > one.start or not together or by or _TOGETHER.search(inquiry.text):
                continue
            alone = [
                key.word
                for key in inquiry.keys
                if key.names and sum(_is_entry(key.word, entry) for entry in entries) == 1
            ]
            named = {entry for entry in entries if any(word in entry for word in alone)}
            if len(named) == 1 and all(said.rfind(word) < last for word in alone):
                return True
    return False


def _is_entry(word: str, entry: str) -> bool:
    """Whether a word is an entry, but for a few characters: 车险, 有车险."""
    return word in entry and len(entry) <= len(word) + _AROUND


def of_all_of_which(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether a part is asked about that is named behind 其中 alone, and the figure stands before.

    「总交易额为57.9万亿,其中支付宝份额为52.3%」 does not say how much 支付宝's is.
    """
    for said, one in _given(texts, inquiry, draft):
        mark = _OF_WHICH.search(said, one.end)
        if mark is None:
            continue
        if any(other.unit == one.unit for other in quantities(said[mark.end() :])):
            continue  # the sentence does tell it: 著作23部,其中小说6部
        names = [key.word for key in inquiry.keys if key.names and len(key.word) > 1]
        if any(word in said[mark.end() :] and word not in said[: mark.start()] for word in names):
            return True
    return False


def of_no_heads(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether heads are to be counted, and a share or a sum is given that is not of them."""
    asked = _ASKS_HEADS.search(inquiry.text)
    if asked is None:
        return False
    given = list(_given(texts, inquiry, draft))
    return bool(given) and all(
        _NO_HEADS.fullmatch(one.unit) and asked[0].removeprefix("多少") not in said
        for said, one in given
    )


def _given(texts: Texts, inquiry: Inquiry, draft: Draft) -> Iterator[tuple[str, Quantity]]:
    """The figure that is given, where it stands in each folded sentence that is cited."""
    figure = inquiry.asked in {Asked.NUMBER, Asked.COUNT, Asked.FACT}
    if not figure or not draft.short or draft.items:
        return
    short = fold(draft.short)
    places = draft.parts[0].places if draft.parts else ()
    for place in places:
        said = texts.reading(place.document).plain(place.sentence)
        at = said.find(short)
        for one in quantities(said):
            shared = min(one.end, at + len(short)) - max(one.start, at)
            if 2 * shared >= len(short):  # not the year of 《2016年…报告》
                yield said, one
                break


def _lists(texts: Texts, draft: Draft) -> Iterator[list[str]]:
    """The entries of each list that stands in a sentence cited, folded."""
    for place in draft.parts[0].places:
        for one in texts.reading(place.document).lists:
            if all(entry.sentence == place.sentence for entry in one.entries):
                yield [fold(entry.text) for entry in one.entries]
