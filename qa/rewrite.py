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
from dataclasses import dataclass

from corpus import Tokenizer
from qa.kinds import Asked, asked, plain
from qa.slots import (
    ASPECTS,
    ATTRIBUTE,
    CUE,
    DIRECTED,
    YEAR,
    Lore,
    Occurs,
    Parts,
    asking,
    counted_instead,
    first_noun,
    instead,
    parts,
    sibling,
    statement,
    topic,
)

_LISTING = frozenset({Asked.LIST, Asked.COUNT, Asked.OVERVIEW})
ItemsOf = Callable[[str], Sequence[str]]

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ORDINAL = re.compile(
    r"^(?:那么?|其中|这|那)?(?P<last>最后|前者|后者|第(?P<n>[一二三四五六七八九十两]|\d{1,2}))"
    r"(?:那|这)?(?:一)?(?:个|点|条|项|种|类|大|方面|部分|步)?(?P<rest>.*)$"
)
# 「这会造成什么后果」「这么做图什么」: what the last question spoke of, as a whole.
_THIS = re.compile(
    r"^(?:那么?)?(?:这么做|这样做|这么干|这样|此举|这种情况|这种做法|这|那)(?=[会能给让对将]|意味|说明|导致|造成|带来|图|是?为了|目的|有什么(?:好处|坏处|影响|用|意义))"
)
_AMONG = re.compile(r"^(?:那么?)?(?:在)?(?:其中|这里面|里面|当中)(?:的)?[,，]?")
# 「又是哪几样」 asks for more of the things the last question asked for: 「哪些|大牌照」.
_BARE_WHICH = re.compile(
    r"(?:哪(?:几|些)(?:个|样|种|项|家|款)?|多少(?:个|种|家)?|几(?:个|种|家))(?:呢)?$"
)
_WHICH_NOUN = re.compile(
    r"(?:哪(?:几|些)|多少|几)(?:个|样|种|项|家|款|大)?(?P<noun>[\u4e00-\u9fffA-Za-z]{2,6})$"
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
_PRONOUN = re.compile(
    r"它们|他们|她们|它|(?<!其)他(?!们|人|的人)|她|(?:这|那|该|此|上述|以上)(?:些|个|家|项|种|类|几个|几项|几点|几家)(?P<noun>公司|企业|业务|产品|平台|系统|机构|项目|东西)?"
    r"|[这那][块门](?:业务|生意|产品|市场)"
    r"|(?:该|此|上述|以上)(?:公司|企业|业务|产品|平台|系统|机构|项目|集团)|(?<![尤与])其(?!中|他|它|余|实|次|间|一|二|三)"
)
_PLURAL_NOUN = re.compile(r"(?:这|那|上述|以上)(?:些|几个|几项|几点|几种|几大|几类)")
_WHY = re.compile(
    r"^(?:那么?|这是|这又是|但|可是?)?(?:又)?(?:为什么|为何|为啥|原因|何以|怎么会)(?:呢|这样|会这样|如此|这么说|是什么|吗)*$"
)
# 「为什么这么低」: why it is as it was said to be.
_WHY_SO = re.compile(
    r"^(?:那么?|可|但)?(?P<why>为什么|为何|为啥|怎么|咋)(?:会|又)?(?P<so>(?:这么|那么|如此|这样)[\u4e00-\u9fff]{1,3}?)(?:呢|啊)?$"
)
# 「谁说的」「数据截至什么时候」: asked of what was stated, not of its subject.
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
    r"^(?:那么?)?(?:大概|大约|一共|总共|具体|到底|是)?(?:(?:什么时候|何时|哪(?:一)?年)[\u4e00-\u9fff]{0,3}?|多少|占(?:多少|比)|多大|谁|在哪(?:里|儿)?|几个|是什么|有哪些|有什么用|怎么(?:做|实现)的?)(?:的|呢|了)*$"
)

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
SHORT = 12  # characters of a follow-up that may leave out what it is about


@dataclass(frozen=True, slots=True)
class _Turn:
    """A follow-up and what it can lean on."""

    typed: str
    text: str  # … folded, without courtesies
    before: Sequence[str]  # earlier questions, standing alone, oldest first
    last: str  # the newest of them, folded
    parts: Parts  # … and taken apart
    lore: Lore
    items_of: ItemsOf

    @property
    def topic(self) -> str:
        """What the last question is about, aspect included."""
        return topic(self.last, self.lore)


def standalone(
    question: str,
    history: Sequence[str],
    *,
    tokenizer: Tokenizer,
    items_of: ItemsOf,
    occurs: Occurs,
) -> str:
    """``question`` so that it can be understood without ``history``.

    Args:
        question: as typed.
        history: earlier questions as typed, oldest first; follow-ups among them are resolved too.
        tokenizer: of the index.
        items_of: the items a (standalone) list question is answered with, without numbers.
        occurs: whether a string stands in the index's texts.
    """
    lore = Lore(tokenizer, occurs)
    before: list[str] = []
    for earlier in filter(str.strip, history):
        before.append(_resolve(earlier, before, lore, items_of))
    return _resolve(question, before, lore, items_of)


def _resolve(question: str, before: Sequence[str], lore: Lore, items_of: ItemsOf) -> str:
    """What the first rule makes of a question that has an understanding of it."""
    if not before:
        return question
    text = plain(question)
    last = plain(before[-1])
    turn = _Turn(question, text, before, last, parts(last, lore), lore, items_of)
    for rule in _RULES:
        understood = rule(turn)
        if understood:
            return understood
    return _IDLE_THEN.sub("", question)


def _of_another_matter(turn: _Turn) -> str:
    another = _ANOTHER.match(turn.text)
    return f"{turn.text[another.end() :]}？" if another else ""


def _of_an_item(turn: _Turn) -> str:
    ordinal = _ORDINAL.match(turn.text)
    item = _item(ordinal, turn.before, turn.items_of) if ordinal else ""
    return _about_item(item, ordinal["rest"], turn.lore.tokenizer) if ordinal and item else ""


def _of_all_that_was_asked(turn: _Turn) -> str:
    """A bare cue: why, what to do, more, really; when, who or how much of the subject."""
    text = turn.text
    if _WHY.match(text):
        return f"为什么{statement(turn.last)}？"
    so = _WHY_SO.match(text)
    if so:
        return f"{so['why']}{statement(turn.last)}{so['so']}？"
    said = _SAID_BY.match(text)
    if said:
        return f"{statement(turn.last)}是{said['rest'] or said['until']}？"
    if _EXAMPLES.match(text) and asked(turn.last) is Asked.YESNO:
        return f"{statement(turn.last)}，有哪些例子？"
    if _FIX.match(text):
        return f"{turn.topic}{_THIS_THING.sub('', _strip_lead(text))}？"
    if _MORE.match(text) or _REALLY.match(text):
        return turn.before[-1]
    if _BARE_CUE.match(text) and turn.parts.subject:
        return f"{turn.parts.subject}{_strip_lead(text)}？"
    return ""


def _of_no_item(turn: _Turn) -> str:
    """An ordinal beyond every list: better asked as typed than of something else."""
    return turn.typed if _ORDINAL.match(turn.text) else ""


def _of_its_attribute(turn: _Turn) -> str:
    """「它的金额呢」 「这些企业的不良率呢」: asked of what was spoken of; 「它2017年的呢」."""
    only = re.match(r"^(?P<new>.+?)呢$", _strip_lead(turn.text))
    pointer = _pointer(only["new"], turn) if only and not CUE.search(only["new"]) else None
    if not only or not pointer or pointer.start:
        return ""
    noun = only["new"][pointer.end :].removeprefix("的").removesuffix("的")
    if not noun:
        return turn.before[-1]
    if YEAR.fullmatch(noun):
        return instead(noun, turn.last, turn.lore)
    return f"{pointer.meant}的{noun}{asking(noun)}？"


def _of_a_sibling(turn: _Turn) -> str:
    """「那消费者又是谁」 after 「生态圈里的生产者有哪些」 is about those of the same 生态圈."""
    found = _SIBLING.match(turn.text)
    if not found or not (found["then"] or found["again"]) or CUE.search(found["new"]):
        return ""
    slot = sibling(found["new"], turn.last, turn.lore, 1)
    owner, slot, _ = turn.last.partition(slot) if slot else ("", "", "")
    return f"{owner}{found['new']}{found['rest']}？" if owner.endswith("的") else ""


def _of_another_thing(turn: _Turn) -> str:
    """A word alone, or with the cue of the last question, takes a place in that question."""
    first = _NAMED_FIRST.match(turn.text)
    if first and not CUE.search(first["new"]):
        return f"{first['new']}{first['rest']}？"
    only = _ONLY.match(turn.text) or _AS_WELL.match(turn.text)
    if only and not CUE.search(only["new"]) and not _PRONOUN.match(only["new"]):
        return instead(only["new"].removesuffix("的"), turn.last, turn.lore)
    many = _HOW_MANY.match(turn.text)
    if not many or CUE.search(many["new"]):
        return ""
    counted = counted_instead(many["new"], turn.last, turn.lore)
    measured = _MEASURED.search(turn.last) and turn.text.endswith(("有多少", "有几成"))
    return counted or (instead(many["new"], turn.last, turn.lore) if measured else "")


def _of_two(turn: _Turn) -> str:
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
    if which and asked(turn.last) not in _LISTING:
        return (
            f"{earlier.subject}和{last.subject}，{which['which']}{_measured(turn)}{which['rest']}？"
        )
    one = _ORDINAL.match(turn.text)
    if one and one["last"] in {"前者", "后者"} and asked(turn.last) not in _LISTING:
        return f"{(earlier if one['last'] == '前者' else last).subject}{one['rest']}？"
    return ""


def _measured(turn: _Turn) -> str:
    """What was asked of the last of two things, in words that compare them: 份额, 上线."""
    rest = CUE.sub("", turn.parts.rest)
    rest = re.sub(r"^[的是有为在于]+|[的是有为了在于]+$", "", rest)
    return rest if 2 <= len(rest) <= 6 else ""


def _of_one_among(turn: _Turn) -> str:
    """「哪个是给企业用的」 after a list was asked for; 「比供应链金融早吗」 after anything."""
    if _WHICH.match(turn.text) and asked(turn.last) in _LISTING:
        return f"{turn.topic}中{_strip_lead(turn.text)}？"
    if _THAN.match(turn.text) and turn.parts.subject:
        return f"{turn.topic}{_strip_lead(turn.text)}？"
    return ""


def _of_what_it_points_at(turn: _Turn) -> str:
    """A pronoun, 这, 其中: what it stands for takes its place."""
    text = turn.text
    pointer = _pointer(text, turn)
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


@dataclass(frozen=True, slots=True)
class _Pointer:
    """A pronoun in a follow-up, where it stands, and what it stands for."""

    start: int
    end: int
    meant: str
    several: bool  # 这些…, which go before what else a question may lean on


def _pointer(text: str, turn: _Turn) -> _Pointer | None:
    """The pronoun a question leans on, if what it stands for is known."""
    plural = _PLURAL_NOUN.search(text)
    if plural:
        noun = first_noun(text, plural.end(), turn.lore)
        return _Pointer(plural.start(), plural.end() + len(noun), _these(noun, turn), several=True)
    pronoun = _PRONOUN.search(text)
    meant = _meant(pronoun[0], turn) if pronoun else ""
    if not pronoun or not meant:
        return None
    meant += "的" if pronoun[0] == "其" else ""
    return _Pointer(pronoun.start(), pronoun.end(), meant, several=False)


def _these(noun: str, turn: _Turn) -> str:
    """「这些企业」: what was spoken of last under that name."""
    for earlier in reversed(turn.before):
        about = topic(plain(earlier), turn.lore)
        if noun in about:
            return about
    return f"{turn.topic}的{noun}"


def _meant(pronoun: str, turn: _Turn) -> str:
    """What a pronoun stands for: the subject, or the things or the person that was asked for."""
    several = pronoun in {"它们", "他们", "她们"}
    listed = asked(turn.last) in {Asked.LIST, Asked.COUNT, Asked.WHO}
    person = pronoun in {"他", "她"} and "谁" in turn.last
    if person or (several and (listed or _WHICH_NOUN.search(turn.last))):
        return turn.topic
    return turn.parts.subject


def _of_the_subject_before(turn: _Turn) -> str:
    """A question without a subject of its own has the last one."""
    text, subject, lore = turn.text, turn.parts.subject, turn.lore
    if not subject or _ASKS_WHO.match(text):
        return ""
    if not (_lacks_subject(text, lore) or _only_aspects(text, lore.tokenizer)):
        return ""
    body = _strip_lead(text)
    noun = _WHICH_NOUN.search(turn.last)
    if noun and _BARE_WHICH.search(body) and noun["noun"] not in body:
        return f"{subject}的{noun['noun']}{body}？"
    joint = "的" if body[:2] in ASPECTS or body[:4] in ASPECTS else ""
    cue = re.match(r"为什么|为何|为啥|怎么|如何", body)
    if cue:
        return f"{cue[0]}{subject}{body[cue.end() :]}？"
    return f"{subject}{joint}{body}？"


_RULES: tuple[Callable[[_Turn], str], ...] = (
    _of_another_matter,
    _of_two,
    _of_one_among,
    _of_an_item,
    _of_all_that_was_asked,
    _of_no_item,
    _of_its_attribute,
    _of_another_thing,
    _of_a_sibling,
    _of_what_it_points_at,
    _of_the_subject_before,
)


def _item(ordinal: re.Match[str], before: Sequence[str], items_of: ItemsOf) -> str:
    """The item meant, from the newest earlier question that is answered with so long a list.

    Questions that ask for a list come first: 「第二个具体是什么」 after one is about its items.
    """
    newest = list(reversed(before))
    for earlier in sorted(newest, key=lambda one: asked(one) not in _LISTING):
        items = items_of(earlier)
        if ordinal["n"]:
            number = ordinal["n"]
            at = (int(number) if number.isdigit() else _DIGITS[number]) - 1
        else:
            at = 0 if ordinal["last"] == "前者" else len(items) - 1
        if 0 <= at < len(items):
            return items[at]
    return ""


def _about_item(item: str, rest: str, tokenizer: Tokenizer) -> str:
    """「第二个问题具体是什么」: the noun after the ordinal only repeats what the list is of."""
    rest = re.sub(r"^呢?[,，]", "", rest)
    tagged = tokenizer.tagged(rest)
    if tagged and tagged[0][1].startswith("n") and tagged[0][0] not in DIRECTED:
        rest = rest[tagged[0][3] :]
    rest = re.sub(r"^的", "", rest)
    if not rest or rest in {"呢", "是什么", "是啥", "具体呢"}:
        rest = "具体是什么"
    return f"{item}{'' if rest.startswith(('是', '有', '怎', '如', '为', '具')) else ' '}{rest}？"


def _strip_lead(text: str) -> str:
    return _THEN.sub("", text) or text


def _lacks_subject(text: str, lore: Lore) -> bool:
    """Whether a question names nothing to be about: only a cue, a verb or an aspect."""
    text = _strip_lead(text)
    found = parts(text, lore)
    if found.subject and found.subject not in ASPECTS:
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
