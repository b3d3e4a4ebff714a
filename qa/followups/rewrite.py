"""Follow-up questions made to stand alone, from the questions before them, without a model.

A follow-up leaves something out that the conversation supplies. Eight forms cover most of what
people type:

1. an ordinal, 「第二个问题具体是什么？」: the item of the list last given
   (``qa.followups.chosen``);
2. a bare cue, 「为什么？」「具体说说」「真的吗？」: the whole of the last question, asked that way;
3. a word alone, 「那支付宝呢？」: the last question with what the word is most like replaced by it
   (``qa.followups.replaced``);
4. a pronoun, 「它有什么问题？」「这是哪份报告说的？」: the subject, or all, of the last
   question (``qa.followups.pronouns``);
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
from qa.followups.chosen import is_ordinal, of_a_place, of_an_item, of_the_others, one_of_two
from qa.followups.pronouns import WHICH_NOUN, pointed
from qa.followups.replaced import (
    alone,
    of_a_sibling,
    of_a_sort,
    of_another_thing,
    of_another_time,
    of_another_year,
    of_the_most,
    rather,
)
from qa.followups.turn import LISTING, THEN, ItemsOf, ShortOf, Turn, without_then
from qa.question.kinds import Asked, asked, plain
from qa.question.slots import (
    ASPECTS,
    ATTRIBUTE,
    CUE,
    YEAR,
    Lore,
    Occurs,
    asking,
    instead,
    is_attribute,
    parts,
    statement,
)

# 「这会造成什么后果」「这么做图什么」: what the last question spoke of, as a whole.
_THIS = re.compile(
    r"^(?:那么?)?(?:这么做|这样做|这么干|这样|此举|这种情况|这种做法|这|那)(?=[会能给让对将]|意味|说明|反映|表明|体现|显示|印证|导致|造成|带来|图|是?为了|目的|有什么(?:好处|坏处|影响|用|意义))"
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
_SHORT_YEAR = re.compile(r"(?<!\d)\d\d年")  # 15年呢
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

# 「没有哪些」 「还缺哪几个」
_LACKING = re.compile(r"(?:又|还)?(?:没有?|缺(?:少|乏)?|不(?:包括|含|支持|能))(?=哪|什么|啥)")
# 「目的是什么」 after 「什么时候分离的」: of that being done.
_OF_THE_DEED = re.compile(
    r"^(?:那么?)?(?:这(?:么做|样做)?的?)?(?P<noun>目的|用意|原因|理由|意义|作用|影响|结果|后果|好处)(?:又)?(?:是|有)(?:什么|啥|哪些)(?:呢)?$"
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
# 那 in front of a question, unless it points at something: 那个, 那台, 那三家.
_IDLE_THEN = re.compile(
    r"^那(?:么[,，]?|[,，]|(?![个些家项种类款条件台位名次只张本份篇座间年天月边里时儿样是会一二两三四五六七八九十几]))(?=.)"
)
# 「什么要摆在第一位」 asks for its subject, and needs no other.
_ASKS_WHO = re.compile(r"^(?:那么?)?(?:什么|啥|谁)(?:要|应该?|该|可以|能|会|让|使|被)")
# 「需要什么证明」: what is asked for is nothing that it is asked of.
_NEEDS = re.compile(
    r"^(?:那么?|还|又|都|一共)*(?:需要?|得|该|应该|要)(?:交|带|提供|准备|提交|出具|填|办|满足|具备|符合)?(?:些)?"
    r"(?:什么|啥|哪些)(?:样的)?[\u4e00-\u9fff]{2,4}$"
)
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
        return f"{statement(turn.last)}{without_then(text)}？"
    if _WHAT_FOR.match(text):
        return f"{statement(turn.last)}是为了什么？"
    said = _SAID_BY.match(text)
    if said:
        return f"{statement(turn.last)}是{said['rest'] or said['until']}？"
    if _EXAMPLES.match(text) and asked(turn.last) is Asked.YESNO:
        return f"{statement(turn.last)}，有哪些例子？"
    if _FIX.match(text):
        return f"{turn.topic}{_THIS_THING.sub('', without_then(text))}？"
    if _MORE.match(text) or _REALLY.match(text):
        return turn.before[-1]
    if _BARE_CUE.match(text) and turn.subject:
        return f"{turn.subject}{without_then(text)}？"
    return ""


def _of_no_item(turn: Turn) -> str:
    """An ordinal beyond every list: better asked as typed than of something else."""
    return turn.typed if is_ordinal(turn.text) else ""


def _of_its_attribute(turn: Turn) -> str:
    """「它的金额呢」 「这些企业的不良率呢」: asked of what was spoken of; 「它2017年的呢」."""
    only = re.match(r"^(?P<new>.+?)呢$", without_then(turn.text))
    pointer = pointed(only["new"], turn) if only and not CUE.search(only["new"]) else None
    if not only or not pointer or pointer.start:
        return ""
    noun = only["new"][pointer.end :].removeprefix("的").removesuffix("的")
    if not noun:
        return turn.before[-1]
    if YEAR.fullmatch(noun):
        return instead(noun, turn.last, turn.lore)
    return f"{pointer.meant}的{noun}{asking(noun)}？"


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
        return f"{turn.topic}中{without_then(turn.text)}？"
    if _THAN.match(turn.text) and turn.parts.subject:
        whole = _UNLIKE.search(turn.text)
        return f"{turn.parts.subject if whole else turn.topic}{without_then(turn.text)}？"
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
        named = parts(text[among.end() :], turn.lore).subject
        if named and turn.lore.occurs(f"其中{named}"):  # the texts say so, of what it is among
            return f"{text[among.end() :]}？"
        joint = "" if CUE.match(text, among.end()) else "的"
        return f"{turn.parts.subject}{joint}{text[among.end() :]}？"
    if pointer:
        opening = THEN.sub("", text[: pointer.start])
        return f"{opening}{pointer.meant}{text[pointer.end :]}？"
    return ""


def _of_the_subject_before(turn: Turn) -> str:
    """A question without a subject of its own has the last one."""
    text, lore = turn.text, turn.lore
    if _ASKS_WHO.match(text):
        return ""
    lacks = _lacks_subject(text, lore) or _only_aspects(text, lore.tokenizer)
    if not (lacks or _NEEDS.match(text)):
        return ""
    subject = turn.subject
    if not subject:
        return ""
    body = without_then(text)
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
    rather,
    of_the_most,
    _of_two,
    _of_one_among,
    of_a_place,
    of_the_others,
    of_an_item,
    _of_all_that_was_asked,
    _of_no_item,
    _of_its_attribute,
    of_another_time,
    of_another_year,
    of_a_sort,
    of_another_thing,
    of_a_sibling,
    _of_what_it_points_at,
    _of_the_subject_before,
)


def _lacks_subject(text: str, lore: Lore) -> bool:
    """Whether a question names nothing to be about: only a cue, a verb or an aspect."""
    text = without_then(text)
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
    text = re.sub(r"^(?:一共|总共|大概|大约)", "", without_then(text))
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
    if _UNLIKE.search(stated):  # what two things have apart is nothing of a third
        return ""
    return f"{stated}，{text}？"
