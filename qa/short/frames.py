"""The place that a question leaves open in the sentence that answers it.

「京东支付跟谁签约」 leaves it open between a preposition and a verb, and 「以与各大银行签约的方式」
has one there; 「京东支付属于哪类业务」 leaves open what comes before 业务: 「是生态圈的核心业务」.
"""

from __future__ import annotations

import re
from itertools import takewhile

from corpus import Span
from qa.clause import clause

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
# 「源代码归谁」: 「著作权归甲方所有」
_ASKS_OWNER = re.compile(r"归谁|归哪[一方家个]|属于谁|是谁的$")
_OWNED_BY = re.compile(
    r"归(?:属于?)?(?P<what>[^,，。;；:：的归属类]{1,12}?)(?:所有|享有|拥有|管理|使用|保管)"
)
_WHO_IS = re.compile(
    r"^(?P<name>[\u4e00-\u9fff·]{2,8}?)(?:到底|究竟)?是?(?:干什么|做什么|干嘛|干啥|做啥|什么职务|什么职位|什么身份|什么人|何许人)(?:的|工作的)?$"
)
_OFFICE = (
    "(?:官|长|师|经理|总裁|主任|教授|主席|秘书|记者|医生|院士|负责人|创始人|村民|司机|专家|校长|董事"
    "|店主|员)"
)
_WHICH_BODY = re.compile(
    r"哪(?:一)?[家个所座](?P<sort>出版社|公司|银行|大学|学院|医院|学校|研究所|研究院|报社|法院|酒店|剧院|车站|机场|中学|小学)"
)
LONGEST = 18  # characters of what stands in such a place


def framed(question: str, sentence: str) -> Span | None:
    """Where folded ``sentence`` has what folded ``question`` leaves open, or None.

    What the question says itself is no answer to it.
    """
    sort = _of_what_sort(question, sentence)
    if sort:
        return sort
    whose = _of_person(question, sentence) or _of_named_sort(question, sentence)
    if whose:
        return whose
    if _ASKS_OWNER.search(question):
        return _span(question, _owner(question, sentence))
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


def _owner(question: str, sentence: str) -> re.Match[str] | None:
    """Whose the text says it is; of several the one in a clause with the end of what is asked."""
    found = list(_OWNED_BY.finditer(sentence))
    thing = _ASKS_OWNER.split(question)[0][-2:]
    own = [one for one in found if thing and thing in clause(sentence, one.start())]
    return found[0] if len(found) == 1 else own[0] if len(own) == 1 else None


def _of_person(question: str, sentence: str) -> Span | None:
    """「韩颖是干什么的」: 「首席风险官|韩颖表示」, what somebody is called by."""
    asked = _WHO_IS.match(question)
    if asked is None:
        return None
    found = re.search(rf"(?P<what>[^,，。;；:：、的]{{0,10}}?{_OFFICE}){asked['name']}", sentence)
    return _span(question, found)


def _of_named_sort(question: str, sentence: str) -> Span | None:
    """「哪家出版社出的」: what has a name that ends in 出版社, if just one has."""
    asked = _WHICH_BODY.search(question)
    if asked is None:
        return None
    sort = asked["sort"]
    edge = (
        r"[由于从与和是、,，。;；“”《》\d年月日到向给被赴为了]|在(?!地)|考入|考上|进入|加入|任职|毕业"
        r"|就读|收购|前往|[转调]入"
    )
    name = rf"(?P<what>(?:(?!{edge}).){{2,10}}{sort})(?![\u4e00-\u9fff]?{sort})"
    place = rf"(?:^|{edge}){name}"
    found = list(re.finditer(place, sentence))
    return _span(question, found[0]) if len(found) == 1 else None


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
