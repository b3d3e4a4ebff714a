"""The place that a question leaves open in the sentence that answers it.

「京东支付跟谁签约」 leaves it open between a preposition and a verb, and 「以与各大银行签约的方式」
has one there; 「京东支付属于哪类业务」 leaves open what comes before 业务: 「是生态圈的核心业务」.
"""

from __future__ import annotations

import re
from itertools import takewhile

from corpus import Span

_WHAT = (
    r"(?:谁|什么|啥|哪(?:儿|里|些|几|个|家|类|种|一个|一家)?)"
    r"(?:样的)?(?:人|公司|企业|机构|单位|部门|地方|平台|方式|技术|渠道)?(?:来)?"
)
# Prepositions of a question, and those that say the same in a text.
_PREPOSITIONS = {
    "从": "从",
    "由": "由",
    "与": "与|和|跟|同",
    "和": "与|和|跟|同",
    "跟": "与|和|跟|同",
    "同": "与|和|跟|同",
    "向": "向|对",
    "对": "对|向",
    "为": "为|给",
    "给": "给|为",
    "把": "将|把",
    "将": "将|把",
    "被": "被|由",
    "通过": "通过|借助|利用|以|凭借|依靠",
    "用": "用|以|通过|利用|借助",
    "靠": "依靠|靠|凭借|通过|借助|以",
}
_ASKED = re.compile(
    rf"(?P<prep>{'|'.join(sorted(_PREPOSITIONS, key=len, reverse=True))}){_WHAT}"
    r"(?P<verb>[\u4e00-\u9fff]{2})"
)
_KIND = re.compile(
    r"(?:属于?|算(?:是|作)?|是|充当|扮演)(?:了|着)?(?:个|一个|一种)?(?:什么|啥|哪(?:一)?)(?:类型|类别|种类|类|种|样|性质|个)?"
    r"(?:性质)?的?(?P<noun>[\u4e00-\u9fff]{2,4})$"
)
# 「该建一个什么样的举报渠道」 「举报渠道该是什么方向的」
_SORT = re.compile(
    r"(?:什么样|怎样|怎么样|何种|什么性质|什么方向)的?(?:一[个种条])?(?P<noun>[\u4e00-\u9fff]{2,6})$"
    r"|(?P<of>[\u4e00-\u9fff]{2,6}?)(?:应该?|应当|该|要)?(?:是|为)(?:什么样|怎样|怎么样|什么方向|何种方向|什么性质)的?$"
    r"|(?P<both>[\u4e00-\u9fff]{2,6}?)(?:应该?|应当|该|要)?(?:是|为)(?:什么方向|什么性质)[,、].{2,6}$"
)
_SORT_OPENS = re.compile(
    r"建[立成设]|开[展辟]|实[行施]|采[用取]|提供|推[出行]|打造|形成|构建|成为|具有|拥有|发展|[是为有在将把应]"
)
# 「小白卡和钢镚是面向谁的」: whom a thing is for may be told right before its quoted name.
_FOR_WHOM = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z]{2,12}?)(?:主要|业务)?(?:是)?(?:(?:面向|针对|服务于?|给)(?:谁|哪类人|什么人)|[^,，是]{1,6}还是[^,，]{1,6}$)"
)
_FOR = re.compile(r"面向|针对|服务于?|—")
# 「小白卡到底是个什么东西」 「什么是小金库」, and nouns for sorts of things that have names.
_WHAT_IS = re.compile(
    r"^(?:(?:什么|啥)(?:是|叫做?)(?P<asked>[^,，]{2,12})"
    r"|(?P<name>[^,，]{2,12}?)(?:到底|究竟|其实)?(?:是|属于|指)的?(?:一?[个种款家类])?(?:什么|啥|哪[类种])(?:样的)?"
    r"(?:东西|产品|玩意儿?|平台|业务|服务|公司|机构)?[呀啊呢]?)$"
)
_SORTS = "(?:产品|平台|业务|服务|公司|企业|机构|工具|模式|计划|品牌|组织|系统|技术|模型|制度)"
_DASH = "(?:—|–|--)+"
LONGEST = 18  # characters of what stands in such a place


def framed(question: str, sentence: str) -> Span | None:
    """Where folded ``sentence`` has what folded ``question`` leaves open, or None.

    What the question says itself is no answer to it.
    """
    sort = _of_what_sort(question, sentence)
    if sort:
        return sort
    asked = _ASKED.search(question)
    if asked:
        words = _PREPOSITIONS[asked["prep"]]
        place = (
            rf"(?:{words})(?P<what>[^,，。;；:：]{{2,{LONGEST}}}?)(?:来|进行|的)?{asked['verb']}"
        )
        return _span(question, re.search(place, sentence))
    kind = _KIND.search(question)
    if kind:
        what = rf"[^,，。;；:：是]{{2,{LONGEST}}}?{kind['noun']}"
        place = rf"(?:是|属于|作为)(?P<what>{what})(?=[,，。;；]|$)"
        found = _span(question, re.search(place, sentence))
        tail = rf"的(?P<what>[^的,，。;；:：]{{2,{LONGEST}}}?{kind['noun']})(?=[。;；]|$)"
        return (
            found
            or _before_the_name(question[: kind.start()], kind["noun"], sentence)
            or _span(question, re.search(tail, sentence))
        )
    return _for_whom(question, sentence)


def _of_what_sort(question: str, sentence: str) -> Span | None:
    """「自下而上的举报渠道」: what stands before the noun, from where that begins on."""
    asked = _SORT.search(question)
    noun = asked and (asked["noun"] or asked["of"] or asked["both"])
    if not asked or not noun:
        return None
    quoted = re.search(
        rf"[“「『\"](?P<what>[^“”「」『』\"]{{2,}})[”」』\"]的{re.escape(noun)}", sentence
    )
    if quoted:
        return _span(question, quoted)
    found = re.search(rf"(?P<what>[^,，。;；:：、的]{{2,{LONGEST}}})的{re.escape(noun)}", sentence)
    if found is None:
        bare = rf"等(?P<what>[^,，。;；:：、的等了]{{2,8}}{re.escape(noun)})(?=[,，。;；]|$)"
        return _span(question, re.search(bare, sentence)) if asked["noun"] else None
    opens = [one.end() for one in _SORT_OPENS.finditer(found["what"])]
    start = found.start("what") + max(opens, default=0)
    if found.end("what") - start < 2:
        return None
    return Span(start, found.end() if asked["noun"] else found.end("what"))


def _for_whom(question: str, sentence: str) -> Span | None:
    asked = _FOR_WHOM.match(question)
    if asked is None:
        return None
    name = re.escape(asked["name"])
    place = rf"(?P<what>[^,，。;；:：、“”\"'和与及]{{2,{LONGEST}}})的[“「『\"]{name}"
    found = _span(question, re.search(place, sentence))
    if found is None:
        return None
    opens = [one.end() for one in _FOR.finditer(sentence, found.start, found.end)]
    return Span(max([found.start, *opens]), found.end)


def own_name(name: str, title: str) -> str:
    """A folded name without what the title begins with: 小金库 of 京东小金库, of 京东….

    "" where they have no two characters in common, or nothing that is a name is left.
    """
    common = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(name, title, strict=False))))
    return name[common:] if 2 <= common <= len(name) - 2 else ""


def sort_named(question: str, sentence: str, title: str) -> Span | None:
    """「小金库是一种什么产品」: the sort that stands right before the name, or None.

    Whoever's the text is about may stand before the name in the question alone (``own_name``).
    """
    kind = _KIND.search(question)
    if kind:
        found = _before_the_name(question[: kind.start()], kind["noun"], sentence)
        if found:
            return found
    asked = _WHAT_IS.match(question)
    name = (asked["asked"] or asked["name"]) if asked else ""
    for one in (name, own_name(name, title)):
        found = _before_the_name(one, _SORTS, sentence) or _before_the_dash(one, sentence)
        if found:
            return found
    return None


def _before_the_name(name: str, noun: str, sentence: str) -> Span | None:
    """「“宝宝”类理财产品|小金库」: what a thing is, told right before its name."""
    if len(name) < 2:
        return None
    what = rf"[^,，。;；:：、括有是的为了]{{1,{LONGEST}}}?{noun}"
    place = rf"(?P<what>{what})(?=[“「『]?{re.escape(name)})"
    found = re.search(place, sentence)
    return Span(*found.span("what")) if found else None


def _before_the_dash(name: str, sentence: str) -> Span | None:
    """「打造了消费金融产品——面向个人的“京东白条”、面向企业的“京东金采”」: what all of these are."""
    if len(name) < 2:
        return None
    quoted = rf"[“「『][^“”「」『』]{{0,6}}{re.escape(name)}"
    place = rf"(?P<what>[^,，。;；:：、了]{{1,{LONGEST}}}?{_SORTS}){_DASH}[^。;；]*{quoted}"
    found = re.search(place, sentence)
    return Span(*found.span("what")) if found else None


def _span(question: str, found: re.Match[str] | None) -> Span | None:
    if found is None or found["what"] in question:
        return None
    return Span(*found.span("what"))
