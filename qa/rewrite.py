"""Follow-up questions made to stand alone, from the questions before them, without a model.

A follow-up leaves something out that the conversation supplies. Eight forms cover most of what
people type:

1. an ordinal, 「第二个问题具体是什么？」: the item of the list last given;
2. a bare cue, 「为什么？」「具体说说」「真的吗？」: the whole of the last question, asked that way;
3. a word alone, 「那支付宝呢？」: the last question with what the word is most like replaced by it
   (``qa.slots``);
4. a pronoun, 「它有什么问题？」「这是哪份报告说的？」: the subject, or all, of the last question;
5. both, 「它的金额呢？」: that attribute of the subject of the last question;
6. no subject of its own, 「份额多少？」「利息多少？」: the last subject before it;
7. one of what was listed, 「哪个是给企业用的？」, or a comparison with it, 「比供应链金融早吗？」;
8. two things asked about one after the other, 「两者有什么区别？」「前者也包括银行吗？」.

What none of them makes a question of that the texts answer is read together with the question
before it (``beside``).

A question that names a subject the texts speak of is left as it is: it is not dragged back to the
old one. So is what follows 「换个话题」.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus import Tokenizer
from qa.chosen import is_ordinal, of_a_place, of_an_item, of_the_others, one_of_two
from qa.kinds import Asked, asked, plain
from qa.pronouns import PRONOUN, WHICH_NOUN, pointed
from qa.ranks import PLACE
from qa.slots import (
    ASPECTS,
    ATTRIBUTE,
    CUE,
    YEAR,
    Lore,
    Occurs,
    asking,
    counted_instead,
    instead,
    is_attribute,
    parts,
    sibling,
    statement,
)
from qa.turn import LISTING, ItemsOf, ShortOf, Turn

# 「这会造成什么后果」「这么做图什么」: what the last question spoke of, as a whole.
_THIS = re.compile(
    r"^(?:那么?)?(?:这么做|这样做|这么干|这样|此举|这种情况|这种做法|这|那)(?=[会能给让对将]|意味|说明|导致|造成|带来|图|是?为了|目的|有什么(?:好处|坏处|影响|用|意义))"
)
_AMONG = re.compile(r"^(?:那么?)?(?:在)?(?:其中|这里面|里面|当中)(?:的)?[,，]?")
# 「又是哪几样」 asks for more of the things the last question asked for: 「哪些|大牌照」.
_BARE_WHICH = re.compile(
    r"(?:哪(?:几|些)(?:个|样|种|项|家|款|张|本|份|类)?|多少(?:个|种|家)?|几(?:个|种|家))(?:呢)?$"
)
# 「换个话题，…」 「不说众筹了，…」: what follows stands alone.
_ANOTHER = re.compile(
    r"^(?:好的?|嗯|行|那么?)?[,，]?(?:换个?(?:话题|问题)|说点别的|再问(?:一个)?别的|不[说谈聊问].{1,10}?了)[,，:：]"
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
_SHORT_YEAR = re.compile(r"(?<!\d)\d\d年")  # 15年呢
_MEASURED = re.compile(
    r"(?:份额|占比|比例|率|金额|规模|额度?|收入|利润)(?:是|为|有|达)?(?:多少|几成)|占(?:多少|几成)"
)
_ONLY = re.compile(
    r"^(?:那么?|那么说|换成|至于|关于|还有|再有|以及)*(?P<new>.{1,24}?)(?:呢|怎么样|又如何|又怎么样|是不是也(?:一样|这样))$"
)
# 「那分解者」 「金采」
_NAME_ALONE = re.compile(r"^(?:那么?|还有|以及|至于|关于)*(?P<new>[^,，的]{2,10})$")
_WHY = re.compile(
    r"^(?:那么?|这是|这又是|但|可是?)?(?:又)?(?:为什么|为何|为啥|原因|何以|怎么会)(?:呢|这样|会这样|如此|这么说|是什么|吗)*$"
)
# 「为什么这么低」: why it is as it was said to be.
_WHY_SO = re.compile(
    r"^(?:那么?|可|但)?(?P<why>为什么|为何|为啥|怎么|咋)(?:会|又)?(?P<so>(?:这么|那么|如此|这样)[\u4e00-\u9fff]{1,3}?)(?:呢|啊)?$"
)
# 「谁说的」「数据截至什么时候」: asked of what was stated, not of its subject.
# 「有什么影响」 after 「为什么这么低」: of its being so.
_EFFECT = re.compile(
    r"^(?:那么?)?(?:这)?(?:会|能|又)?(?:有|产生|造成|带来|导致)(?:了)?(?:什么|啥|哪些)(?:样的)?(?:影响|后果|结果|危害|坏处|问题)(?:呢)?$"
)
# 「图什么呢」: what it is for, that was spoken of.
_WHAT_FOR = re.compile(
    r"^(?:那么?)?(?:他们|它们?|这)?(?:到底|究竟)?(?:图个?|(?:是|都是)?为了?|求)(?:的是)?(?:什么|啥)(?:呢|啊)?$"
)
_SAID_BY = re.compile(
    r"^(?:那么?)?(?:这)?(?:是)?(?P<rest>(?:谁|哪儿|哪里|哪(?:个|家)?(?:报告|机构|公司|平台)|哪份报告)(?:说|讲|统计|给出|发布|得出|公布|来)的)(?:数据|数字|结论)?$"
    r"|^(?:那么?)?(?:这)?(?:数据|数字)?(?:是)?(?P<until>截[至止]到?(?:什么时候|何时|哪一?[年天]|几月)(?:的)?)(?:数据|数字)?$"
)
# 「哪个是给企业用的」 after a list was asked for: one of it.
_WHICH = re.compile(r"^(?:那么?)?哪(?:一)?(?:个|家|项|种|款|样|块|类|些|几个)(?!人$).{2,}$")
# 「比供应链金融早吗」
_THAN = re.compile(
    r"^(?:那么?)?(?:比|跟|和|与)(?!如)[^,，]{2,12}(?:比|早|晚|大|小|高|低|多|少|相比|不一样|一样|相同|区别|不同|差).*$"
)
_UNLIKE = re.compile(r"一样|相同|区别|不同|差别|差异|关系")
# 「两者有什么区别」: of what the last two questions were about.
_BOTH = re.compile(r"^(?:那么?)?(?:这)?(?:两者|二者|他俩|它俩|俩|两个|两家|两样)(?P<rest>.{2,})$")
# 「哪个更早」: of the two that were asked about one after the other.
_WHICH_OF_TWO = re.compile(
    r"^(?:那么?)?(?P<which>哪(?:一)?(?:个|家|款|项|种|边)|谁)(?P<rest>(?:更|比较)?(?:早|晚|大|小|多|少|高|低|强|弱|快|慢|长|短|贵|便宜)(?:一些|一点|些|点)?)(?:呢)?$"
)
_EXAMPLES = re.compile(r"^(?:比如|例如)(?:说)?(?:有)?(?:呢|哪些|什么|啥)?$")
_FIX = re.compile(
    r"^(?:那么?)?(?:这(?:个|事儿?|件事|种情况)(?:问题|情况|毛病)?)?(?:该|应该|应当|要|又该)?(?:怎么|如何|怎样|咋)(?:办|解决|应对|改进|改善|优化|做|处理|破局)(?:呢|才好|好)?$"
    r"|^(?:那么?)?(?:有(?:什么|啥|哪些|没有)?)?(?:解决|应对)?(?:办法|对策|建议|措施|方案)(?:呢|吗|有哪些|是什么)?$"
)
_MORE = re.compile(
    r"^(?:那么?|请)?(?:再)?(?:具体|详细|展开|进一步|仔细)?(?:点|些|一点)?(?:地)?(?:说说|讲讲|说一下|讲一下|说明|介绍|介绍一下|解释|解释一下|说|讲)?(?:呢|看|吧|一下)*(?:是什么|有哪些|怎么说|指什么)?$"
    r"|^(?:还有(?:呢|吗|别的吗?|其他的?吗?|哪些|什么)?|然后呢?|接着呢?|继续|举(?:个)?例子?(?:说明)?|比如(?:说)?(?:呢)?)$"
)
_BARE_CUE = re.compile(
    r"^(?:那么?)?(?:大概|大约|一共|总共|具体|到底|是)?(?:(?:什么时候|何时|哪(?:一)?年)[\u4e00-\u9fff]{0,3}?|多少|占(?:多少|比)|(?:有)?多[大高长重宽深远久厚]|谁|在哪(?:里|儿)?|几个|是什么|有哪些|有什么用|怎么(?:做|实现)的?)(?:的|呢|了)*$"
)

# 「2017年的份额也给我一下」 「那2015年的数据呢」
_YEARS_OWN = re.compile(
    rf"^(?:那么?|再|还有)*(?P<year>{YEAR.pattern})的?(?P<noun>[\u4e00-\u9fff]{{2,6}}?)?(?:数据|数字|情况)?"
    r"(?:呢|也|再)(?:给|说|告诉|讲|看|报|查|发|来)?(?:给)?(?:我|我们)?(?:一下|一?遍|下|说|看看|听听|吧|呢)*$"
)
# 「没有哪些」 「还缺哪几个」
_LACKING = re.compile(r"(?:又|还)?(?:没有?|缺(?:少|乏)?|不(?:包括|含|支持|能))(?=哪|什么|啥)")
# 「谁最大」 after shares were asked for one by one.
_WHO_MOST = re.compile(
    r"^(?:那么?)?(?:谁|哪(?:一)?[家个])(?P<most>(?:的)?(?:最|第[一二三])[\u4e00-\u9fff]{0,2})(?:呢|啊)?$"
)
_MEASURE_NOUN = re.compile(
    r"(?P<noun>(?:市场|营业|销售|全年|净|总|毛)?(?:份额|占比|比例|规模|金额|收入|营收|利润|价格|销量|产量|人数|面积))"
)
# 「目的是什么」 after 「什么时候分离的」: of that being done.
_OF_THE_DEED = re.compile(
    r"^(?:那么?)?(?:这(?:么做|样做)?的?)?(?P<noun>目的|用意|原因|理由|意义|作用|影响|结果|后果|好处)(?:又)?(?:是|有)(?:什么|啥|哪些)(?:呢)?$"
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
_WRITTEN = re.compile(r"(?:什么时候|何时|哪一?[年天]).{0,4}(?:写|发)")
_THIS_THING = re.compile(r"^这(?:个|事儿?|件事|种情况)(?:问题|情况|毛病)?")
# 「这是哪份报告说的」: asked of all that was said.
_THIS_IS = re.compile(r"^(?:那么?)?这(?:个?(?:数字?|数据|说法|结论|话))?(?=是(?!什么$|啥$|[吗不]))")
# 「真的吗」 asks to be told again.
_REALLY = re.compile(
    r"^(?:那么?)?(?:这|那)?(?:是)?(?:你)?(?:真的?|当真|确定|肯定|是|是这样|对|没错|可信|可靠|靠谱)(?:的)?(?:吗|么|嘛|假的|不)$"
    r"|^不(?:会|是)吧$"
)
_THEN = re.compile(r"^(?:那么?|所以|但是?|可是|不过)")
# 那 in front of a question, unless it points at something: 那个, 那台, 那三家.
_IDLE_THEN = re.compile(
    r"^那(?:么[,，]?|[,，]|(?![个些家项种类款条件台位名次只张本份篇座间年天月边里时儿样是会一二两三四五六七八九十几]))(?=.)"
)
# 「什么要摆在第一位」 asks for its subject, and needs no other.
_ASKS_WHO = re.compile(r"^(?:那么?)?(?:什么|啥|谁)(?:要|应该?|该|可以|能|会|让|使|被)")
LONGEST_ALONE = 10  # characters of a name that is typed by itself
SHORT = 12  # characters of a follow-up that may leave out what it is about


def standalone(
    question: str,
    history: Sequence[str],
    *,
    tokenizer: Tokenizer,
    items_of: ItemsOf,
    short_of: ShortOf,
    occurs: Occurs,
) -> str:
    """``question`` so that it can be understood without ``history``.

    Args:
        question: as typed.
        history: earlier questions as typed, oldest first; follow-ups among them are resolved too.
        tokenizer: of the index.
        items_of: the items a (standalone) list question is answered with, without numbers.
        short_of: the short answer of a (standalone) question, if it has one.
        occurs: whether a string stands in the index's texts.
    """
    lore = Lore(tokenizer, occurs)
    before: list[str] = []
    for earlier in filter(str.strip, history):
        before.append(_resolve(earlier, before, lore, items_of, short_of))
    return _resolve(question, before, lore, items_of, short_of)


def _resolve(
    question: str, before: Sequence[str], lore: Lore, items_of: ItemsOf, short_of: ShortOf
) -> str:
    """What the first rule makes of a question that has an understanding of it."""
    if not before:
        return alone(question, lore)
    text = plain(question)
    last = plain(before[-1])
    turn = Turn(question, text, before, last, parts(last, lore), lore, items_of, short_of)
    for rule in _RULES:
        understood = rule(turn)
        if understood:
            return understood
    return _IDLE_THEN.sub("", question)


def _of_another_matter(turn: Turn) -> str:
    another = _ANOTHER.match(turn.text)
    return f"{turn.text[another.end() :]}？" if another else ""


def _of_all_that_was_asked(turn: Turn) -> str:
    """A bare cue: why, what to do, more, really; when, who or how much of the subject."""
    text = turn.text
    if _WHY.match(text):
        return f"为什么{statement(turn.last)}？"
    so = _WHY_SO.match(text)
    if so:
        return f"{so['why']}{statement(turn.last)}{so['so']}？"
    deed = _OF_THE_DEED.match(text)
    if deed and asked(turn.last) in {Asked.DATE, Asked.YESNO, Asked.HOW, Asked.WHO}:
        return f"{statement(turn.last)}的{deed['noun']}是什么？"
    if _EFFECT.match(text) and asked(turn.last) is Asked.WHY:
        return f"{statement(turn.last)}{_strip_lead(text)}？"
    if _WHAT_FOR.match(text):
        return f"{statement(turn.last)}是为了什么？"
    said = _SAID_BY.match(text)
    if said:
        return f"{statement(turn.last)}是{said['rest'] or said['until']}？"
    if _EXAMPLES.match(text) and asked(turn.last) is Asked.YESNO:
        return f"{statement(turn.last)}，有哪些例子？"
    if _FIX.match(text):
        return f"{turn.topic}{_THIS_THING.sub('', _strip_lead(text))}？"
    if _MORE.match(text) or _REALLY.match(text):
        return turn.before[-1]
    if _BARE_CUE.match(text) and turn.subject:
        return f"{turn.subject}{_strip_lead(text)}？"
    return ""


def _of_no_item(turn: Turn) -> str:
    """An ordinal beyond every list: better asked as typed than of something else."""
    return turn.typed if is_ordinal(turn.text) else ""


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
    if not 2 <= len(text) <= LONGEST_ALONE or is_attribute(text, lore):
        return question
    return f"{text}是什么？" if _is_name_alone(text, lore) else question


def _of_its_attribute(turn: Turn) -> str:
    """「它的金额呢」 「这些企业的不良率呢」: asked of what was spoken of; 「它2017年的呢」."""
    only = re.match(r"^(?P<new>.+?)呢$", _strip_lead(turn.text))
    pointer = pointed(only["new"], turn) if only and not CUE.search(only["new"]) else None
    if not only or not pointer or pointer.start:
        return ""
    noun = only["new"][pointer.end :].removeprefix("的").removesuffix("的")
    if not noun:
        return turn.before[-1]
    if YEAR.fullmatch(noun):
        return instead(noun, turn.last, turn.lore)
    return f"{pointer.meant}的{noun}{asking(noun)}？"


def _of_another_time(turn: Turn) -> str:
    """「现在呢」 「1978年呢」 after 「宋代湖面有多大」: one time for another."""
    only = re.match(r"^(?:那么?)?(?P<new>.{2,8}?)呢$", turn.text)
    if not only or not _THEN_TIME.fullmatch(only["new"]) or not _THEN_TIME.search(turn.last):
        return ""
    new = "" if _NOW.fullmatch(only["new"]) and not _NOW.search(turn.last) else only["new"]
    return f"{_THEN_TIME.sub(new, turn.last, count=1)}？"


def _of_the_most(turn: Turn) -> str:
    """「谁最大」 after 「京东支付的市场份额是多少」: whose share is."""
    most = _WHO_MOST.match(turn.text)
    measure = _MEASURE_NOUN.search(turn.last) if most else None
    if not most or not measure or not _MEASURED.search(turn.last):
        return ""
    return f"谁的{measure['noun']}{most['most'].removeprefix('的')}？"


def _rather(turn: Turn) -> str:
    """「不是，我问的是股票APP」: that in place of what was asked about."""
    rather = _RATHER.match(turn.text)
    if not rather or CUE.search(rather["new"]):
        return ""
    return instead(rather["new"], turn.last, turn.lore)


def _of_another_year(turn: Turn) -> str:
    """「2017年的份额也给我一下」: the last question about that, asked of another year."""
    year = _YEARS_OWN.match(turn.text)
    if year is None or CUE.search(turn.text):
        return ""
    noun = year["noun"] or ""
    figure = _MEASURED.search(f"{noun}是多少")
    for earlier in map(plain, reversed(turn.before)):
        if noun in earlier or (figure and _MEASURED.search(earlier)):
            return instead(year["year"], earlier, turn.lore)
    return ""


def _of_a_sort(turn: Turn) -> str:
    """「众筹属于哪种」 after 「基础业务呢」: of the sorts that were spoken of last."""
    if not _BARE_SORT.search(turn.text):
        return ""
    noun = _HEAD.search(turn.topic)
    if noun is None or noun[0] in turn.text:
        return ""
    return f"{_strip_lead(turn.text)}{noun[0]}？"


def _of_a_sibling(turn: Turn) -> str:
    """「那消费者又是谁」 after 「生态圈里的生产者有哪些」 is about those of the same 生态圈."""
    found = _SIBLING.match(turn.text)
    if not found or not (found["then"] or found["again"]) or CUE.search(found["new"]):
        return ""
    slot = sibling(found["new"], turn.last, turn.lore, 1)
    owner, slot, _ = turn.last.partition(slot) if slot else ("", "", "")
    return f"{owner}{found['new']}{found['rest']}？" if owner.endswith("的") else ""


def _of_another_thing(turn: Turn) -> str:
    """A word alone, or with the cue of the last question, takes a place in that question."""
    first = _NAMED_FIRST.match(turn.text)
    if first and not CUE.search(first["new"]):
        return f"{first['new']}{first['rest']}？"
    only = _ONLY.match(turn.text) or _AS_WELL.match(turn.text) or _NAME_ALONE.match(turn.text)
    if only and only.re is _NAME_ALONE and not _is_name_alone(only["new"], turn.lore):
        only = None
    if only and not CUE.search(only["new"]) and not PRONOUN.match(only["new"]):
        return instead(only["new"].removesuffix("的"), _measured_last(turn.last), turn.lore)
    many = _HOW_MANY.match(turn.text)
    if not many or CUE.search(many["new"]):
        return ""
    counted = counted_instead(many["new"], turn.last, turn.lore)
    last = _measured_last(turn.last)
    measured = _MEASURED.search(last) and turn.text.endswith(("有多少", "有几成"))
    return counted or (instead(many["new"], last, turn.lore) if measured else "")


def _measured_last(last: str) -> str:
    """「老大是谁,占几成」: of two things asked of one another, the one that a name alone takes."""
    first, mark, then = last.rpartition(",")
    named = mark and CUE.search(first) and _MEASURED.search(then)
    whose = re.sub(rf"(?:{PLACE})?是?$", "", CUE.split(first)[0])
    return f"{whose}{then}" if named else last


def _of_two(turn: Turn) -> str:
    """「两者有什么区别」 「前者也包括银行吗」 after a question on each of them."""
    if len(turn.before) < 2:
        return ""
    earlier, last = parts(plain(turn.before[-2]), turn.lore), turn.parts
    if not (earlier.subject and last.subject) or earlier.subject == last.subject:
        return ""
    both = _BOTH.match(turn.text)
    if both:
        return f"{earlier.subject}和{last.subject}{both['rest']}？"
    which = _WHICH_OF_TWO.match(turn.text)
    if which and asked(turn.last) not in LISTING:
        return (
            f"{earlier.subject}和{last.subject}，{which['which']}{_measured(turn)}{which['rest']}？"
        )
    return one_of_two(turn, earlier.subject)


def _measured(turn: Turn) -> str:
    """What was asked of the last of two things, in words that compare them: 份额, 上线."""
    rest = CUE.sub("", turn.parts.rest)
    rest = re.sub(r"^[的是有为在于]+|[的是有为了在于]+$", "", rest)
    return rest if 2 <= len(rest) <= 6 else ""


def _of_one_among(turn: Turn) -> str:
    """「哪个是给企业用的」 after a list was asked for; 「比供应链金融早吗」 after anything."""
    if _WHICH.match(turn.text) and asked(turn.last) in LISTING:
        return f"{turn.topic}中{_strip_lead(turn.text)}？"
    if _THAN.match(turn.text) and turn.parts.subject:
        whole = _UNLIKE.search(turn.text)
        return f"{turn.parts.subject if whole else turn.topic}{_strip_lead(turn.text)}？"
    return ""


def _of_what_it_points_at(turn: Turn) -> str:
    """A pronoun, 这, 其中: what it stands for takes its place."""
    text = turn.text
    pointer = pointed(text, turn)
    if pointer and pointer.several:
        return f"{text[: pointer.start]}{pointer.meant}{text[pointer.end :]}？"
    this = _THIS.match(text) or _THIS_IS.match(text)
    if this:
        return f"{turn.topic}{text[this.end() :]}？"
    among = _AMONG.match(text)
    if among and turn.parts.subject and among.end() < len(text):
        joint = "" if CUE.match(text, among.end()) else "的"
        return f"{turn.parts.subject}{joint}{text[among.end() :]}？"
    if pointer:
        opening = _THEN.sub("", text[: pointer.start])
        return f"{opening}{pointer.meant}{text[pointer.end :]}？"
    return ""


def _of_the_subject_before(turn: Turn) -> str:
    """A question without a subject of its own has the last one."""
    text, lore = turn.text, turn.lore
    if _ASKS_WHO.match(text):
        return ""
    if not (_lacks_subject(text, lore) or _only_aspects(text, lore.tokenizer)):
        return ""
    subject = turn.subject
    if not subject:
        return ""
    body = _strip_lead(text)
    if subject == "作者" and _WRITTEN.search(body):
        return f"这篇文章{body}？"
    noun = WHICH_NOUN.search(turn.last)
    if noun and _BARE_WHICH.search(body) and noun["noun"] not in body:
        if _LACKING.match(body):
            return f"{subject}{body}{noun['noun']}？"
        return f"{subject}的{noun['noun']}{body}？"
    had = _had(turn) if _BARE_WHICH.search(body) else ""
    if had and had not in body:
        return f"{subject}{body}{had}？"
    joint = "的" if body[:2] in ASPECTS or body[:4] in ASPECTS else ""
    called = re.match(r"(?:为什么|为何|为啥|怎么)(?:会)?叫(?:这个|此|做?这)名字?", body)
    if called:
        return f"为什么叫{subject}？"
    cue = re.match(r"为什么|为何|为啥", body)
    if cue:
        return f"{cue[0]}{subject}{body[cue.end() :]}？"
    return f"{subject}{joint}{body}？"


def _had(turn: Turn) -> str:
    """牌照 of 「京东金融有没有银行牌照」: what it is asked whether one has it."""
    having = re.search(r"有(?:没有|无)?(?P<what>[^,，的]{2,8}?)(?:吗|啊|呀|呢)*$", turn.last)
    if not having or asked(turn.last) is not Asked.YESNO:
        return ""
    word, flag, _, _ = turn.lore.tokenizer.tagged(having["what"])[-1]
    return word if flag.startswith("n") and len(word) > 1 else ""


_RULES: tuple[Callable[[Turn], str], ...] = (
    _of_another_matter,
    _rather,
    _of_the_most,
    _of_two,
    _of_one_among,
    of_a_place,
    of_the_others,
    of_an_item,
    _of_all_that_was_asked,
    _of_no_item,
    _of_its_attribute,
    _of_another_time,
    _of_another_year,
    _of_a_sort,
    _of_another_thing,
    _of_a_sibling,
    _of_what_it_points_at,
    _of_the_subject_before,
)


def _strip_lead(text: str) -> str:
    return _THEN.sub("", text) or text


def _lacks_subject(text: str, lore: Lore) -> bool:
    """Whether a question names nothing to be about: only a cue, a verb or an aspect."""
    text = _strip_lead(text)
    found = parts(text, lore)
    if found.subject and not is_attribute(found.subject, lore):
        return False
    rest = found.rest if found.subject else text
    # A noun further on that is no aspect may be the thing itself: 「怎么看待区块链」.
    return not any(
        flag.startswith(("n", "eng", "j")) and word not in ASPECTS and len(word) > 1
        for word, flag, _, _ in lore.tokenizer.tagged(rest)
    )


def _only_aspects(text: str, tokenizer: Tokenizer) -> bool:
    """Whether all that a short question names are attributes of something: 「保额最高多少」."""
    text = re.sub(r"^(?:一共|总共|大概|大约)", "", _strip_lead(text))
    nouns = [
        word
        for word, flag, _, _ in tokenizer.tagged(text)
        if flag.startswith(("n", "eng", "j", "l", "i")) and len(word) > 1
    ]
    return len(text) <= SHORT and all(
        word in ASPECTS or ATTRIBUTE.search(word) for word in nouns if not CUE.search(word)
    )


def beside(question: str, last: str) -> str:
    """``question`` with what ``last`` stated before it: 「财付通的份额，京东有多少？」.

    For a follow-up that no rule makes a question of that the texts answer. One that brings a year
    of its own asks for what is another thing in another year, and has none: "".

    Args:
        question: as typed.
        last: the question before it, standing alone.
    """
    text, stated = plain(question), statement(plain(last))
    if YEAR.search(text) or _SHORT_YEAR.search(text) or not stated or not text:
        return ""
    return f"{stated}，{text}？"
