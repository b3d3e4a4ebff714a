"""A question asked before, with one thing of it replaced: 「那支付宝呢」 「现在呢」 「谁最大」.

A word alone takes the place of what it is most like (``qa.question.slots``), a time that of a
time, a correction that of what was misunderstood.
"""

from __future__ import annotations

import re

from qa.figures.ranks import PLACE
from qa.followups.pronouns import PRONOUN
from qa.followups.turn import Turn, without_then
from qa.question.kinds import plain
from qa.question.slots import (
    ASPECTS,
    CUE,
    YEAR,
    Lore,
    counted_instead,
    headed_instead,
    instead,
    is_attribute,
    sibling,
)

# 「东家财富呢，针对什么人」
_NAMED_FIRST = re.compile(r"^(?:那么?)?(?P<new>[^,，]{2,12}?)呢[,，](?P<rest>.{2,})$")
# 「行政村有多少个」
_HOW_MANY = re.compile(
    r"^(?:那么?)?(?P<new>[^,，]{2,12}?)(?:又|也|则)?有(?:多少|几)(?:个|家|名|位|户|项|种)?$"
)
_SIBLING = re.compile(
    r"^(?P<then>那么?)?(?P<new>[^的,，]{2,8}?)(?P<again>又)?(?P<rest>[是有指].*)$"
)
# 「财付通又是多少」
_AS_WELL = re.compile(
    r"^(?:那么?)?(?P<new>[^,，]{2,12}?)(?:又|也|则)(?:是|占|有|为)?(?:多少|几成)$"
)
MEASURED = re.compile(
    r"(?:份额|占比|比例|率|金额|规模|额度?|收入|利润)(?:是|为|有|达)?(?:多少|几成)|占(?:多少|几成)"
)
_ONLY = re.compile(
    r"^(?:那么?|那么说|换成|至于|关于|还有|再有|以及)*(?P<new>.{1,24}?)(?:呢|怎么样|又如何|又怎么样|是不是也(?:一样|这样))$"
)
# 「那分解者」 「金采」
_NAME_ALONE = re.compile(r"^(?:那么?|还有|以及|至于|关于)*(?P<new>[^,，的]{2,10})$")
# 「2017年的份额也给我一下」 「那2015年的数据呢」
_YEARS_OWN = re.compile(
    rf"^(?:那么?|再|还有)*(?P<year>{YEAR.pattern})的?(?P<noun>[\u4e00-\u9fff]{{2,6}}?)?(?:数据|数字|情况)?"
    r"(?:呢|也|再)(?:给|说|告诉|讲|看|报|查|发|来)?(?:给)?(?:我|我们)?(?:一下|一?遍|下|说|看看|听听|吧|呢)*$"
)
# 「谁最大」 after shares were asked for one by one.
_WHO_MOST = re.compile(
    r"^(?:那么?)?(?:谁|哪(?:一)?[家个])(?P<most>(?:的)?(?:最|第[一二三])[\u4e00-\u9fff]{0,2})(?:呢|啊)?$"
)
_MEASURE_NOUN = re.compile(
    r"(?P<noun>(?:市场|营业|销售|全年|净|总|毛)?(?:份额|占比|比例|规模|金额|收入|营收|利润|价格|销量|产量|人数|面积))"
)
# 「不是，我问的是股票APP」
_RATHER = re.compile(
    r"^(?:不是|不对|错了|no)[,，]?(?:的[,，])?(?:我(?:要|想)?(?:问|说|指)的?是|是|应该是)?(?P<new>[^,，]{2,12})$"
)
_NOW = re.compile(r"现在|目前|如今|眼下|当前")
_THEN_TIME = re.compile(
    rf"{YEAR.pattern}|(?:[东西南北]?[唐宋元明清汉晋周]|民国)(?:代|朝|时期|初期?|末期?)|现在|目前|如今|当前|原来|原先|以前|过去|当时|当年|当初"
)
# 「众筹属于哪种」
_BARE_SORT = re.compile(r"(?:属于|算|归|是)(?:是)?哪(?:一)?(?:种|类|个|块|样)的?$")
_HEAD = re.compile(
    r"(?:业务|产品|服务|模式|类型|机构|角色|平台|费用|问题|成分|要素|岗位|部门|用户|客户)$"
)
_SOME = re.compile(r"(?:另外?)?[一两二三四五六几](?:个|家|款|种|项|点|条|块)")
LONGEST_ALONE = 10  # characters of a name that is typed by itself


def _is_name_alone(text: str, lore: Lore) -> bool:
    """Whether a follow-up is a name that the texts know, and nothing more."""
    flags = [flag for _, flag, _, _ in lore.tokenizer.tagged(text)]
    named = all(  # 京东|支付, 银行|运营|外包
        flag.startswith(("n", "j", "i", "l", "x", "eng", "b", "vn", "m")) or (at and flag == "v")
        for at, flag in enumerate(flags)
    )
    name = named and not CUE.search(text) and not is_attribute(text, lore)
    return name and text not in ASPECTS and lore.occurs(text)


def alone(question: str, lore: Lore) -> str:
    """「京东众筹」 typed by itself asks what that is; any other question is itself."""
    text = plain(question)
    named = 2 <= len(text) <= LONGEST_ALONE and _is_name_alone(text, lore)
    return f"{text}是什么？" if named else question


def of_another_time(turn: Turn) -> str:
    """「现在呢」 「1978年呢」 after 「宋代湖面有多大」: one time for another."""
    only = re.match(r"^(?:那么?)?(?P<new>.{2,8}?)呢$", turn.text)
    if not only or not _THEN_TIME.fullmatch(only["new"]) or not _THEN_TIME.search(turn.last):
        return ""
    new = "" if _NOW.fullmatch(only["new"]) and not _NOW.search(turn.last) else only["new"]
    return f"{_THEN_TIME.sub(new, turn.last, count=1)}？"


def of_the_most(turn: Turn) -> str:
    """「谁最大」 after 「京东支付的市场份额是多少」: whose share is."""
    most = _WHO_MOST.match(turn.text)
    measure = _MEASURE_NOUN.search(turn.last) if most else None
    if not most or not measure or not MEASURED.search(turn.last):
        return ""
    return f"谁的{measure['noun']}{most['most'].removeprefix('的')}？"


def rather(turn: Turn) -> str:
    """「不是，我问的是股票APP」: that in place of what was asked about."""
    rather = _RATHER.match(turn.text)
    if not rather or CUE.search(rather["new"]):
        return ""
    return instead(rather["new"], turn.last, turn.lore)


def of_another_year(turn: Turn) -> str:
    """「2017年的份额也给我一下」: the last question about that, asked of another year."""
    year = _YEARS_OWN.match(turn.text)
    if year is None or CUE.search(turn.text):
        return ""
    noun = year["noun"] or ""
    figure = MEASURED.search(f"{noun}是多少")
    for earlier in map(plain, reversed(turn.before)):
        if noun in earlier or (figure and MEASURED.search(earlier)):
            return instead(year["year"], earlier, turn.lore)
    return ""


def of_a_sort(turn: Turn) -> str:
    """「众筹属于哪种」 after 「基础业务呢」: of the sorts that were spoken of last."""
    if not _BARE_SORT.search(turn.text):
        return ""
    noun = _HEAD.search(turn.topic)
    if noun is None or noun[0] in turn.text:
        return ""
    return f"{without_then(turn.text)}{noun[0]}？"


def of_a_sibling(turn: Turn) -> str:
    """「那消费者又是谁」 after 「生态圈里的生产者有哪些」 is about those of the same 生态圈."""
    found = _SIBLING.match(turn.text)
    if not found or not (found["then"] or found["again"]) or CUE.search(found["new"]):
        return ""
    slot = sibling(found["new"], turn.last, turn.lore, 1)
    owner, slot, _ = turn.last.partition(slot) if slot else ("", "", "")
    return f"{owner}{found['new']}{found['rest']}？" if owner.endswith("的") else ""


def of_another_thing(turn: Turn) -> str:
    """A word alone, or with the cue of the last question, takes a place in that question."""
    first = _NAMED_FIRST.match(turn.text)
    if first and not CUE.search(first["new"]):
        return f"{first['new']}{first['rest']}？"
    only = _ONLY.match(turn.text) or _AS_WELL.match(turn.text) or _NAME_ALONE.match(turn.text)
    if only and only.re is _NAME_ALONE and not _is_name_alone(only["new"], turn.lore):
        only = None
    if only and _SOME.fullmatch(only["new"]):  # 「还有一个呢」
        return ""
    if only and not CUE.search(only["new"]) and not PRONOUN.match(only["new"]):
        of_such = headed_instead(only["new"], turn.last, turn.lore)
        if of_such:
            return of_such
        new = re.sub(r"(?<=..)(?:自己|本身|自身)?的?$", "", only["new"])
        return instead(new, _measured_last(turn.last), turn.lore)
    many = _HOW_MANY.match(turn.text)
    if not many or CUE.search(many["new"]):
        return ""
    counted = counted_instead(many["new"], turn.last, turn.lore)
    last = _measured_last(turn.last)
    measured = MEASURED.search(last) and turn.text.endswith(("有多少", "有几成"))
    return counted or (instead(many["new"], last, turn.lore) if measured else "")


def _measured_last(last: str) -> str:
    """「老大是谁,占几成」: of two things asked of one another, the one that a name alone takes."""
    first, mark, then = last.rpartition(",")
    named = mark and CUE.search(first) and MEASURED.search(then)
    whose = re.sub(rf"(?:{PLACE})?是?$", "", CUE.split(first)[0])
    return f"{whose}{then}" if named else last
