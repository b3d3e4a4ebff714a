"""Follow-up questions made to stand alone, from the questions before them, without a model.

A follow-up leaves something out that the conversation supplies. Five forms cover what people type:

1. an ordinal, 「第二个问题具体是什么？」: the item of the list last given;
2. a new subject alone, 「那支付宝呢？」: the last question with its subject (or year) replaced;
3. a pronoun, 「它有什么问题？」: the subject of the last question;
4. a bare cue, 「为什么？」「具体说说」: the whole of the last question, asked that way;
5. no subject of its own, 「份额多少？」「利息多少？」: the last subject before it.

A question that names a subject the texts speak of is left as it is: it is not dragged back to the
old one. So is what follows 「换个话题」.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus import Tokenizer, fold
from corpus.errors import Both, WrongArgument, kind_of
from qa.kinds import Asked, asked, plain

_LISTING = frozenset({Asked.LIST, Asked.COUNT, Asked.OVERVIEW})
ItemsOf = Callable[[str], Sequence[str]]
Occurs = Callable[[str], bool]

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ORDINAL = re.compile(
    r"^(?:那么?|其中|这|那)?(?P<last>最后|前者|后者|第(?P<n>[一二三四五六七八九十两]|\d{1,2}))"
    r"(?:一)?(?:个|点|条|项|种|类|大|方面|部分|步)?(?P<rest>.*)$"
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
# 「财付通又是多少」
_AS_WELL = re.compile(
    r"^(?:那么?)?(?P<new>[^,，]{2,12}?)(?:又|也|则)(?:是|占|有|为)?(?:多少|几成)$"
)
_ONLY = re.compile(
    r"^(?:那么?|那么说|换成|至于|关于)?(?P<new>.{1,24}?)(?:呢|怎么样|又如何|又怎么样|是不是也(?:一样|这样))$"
)
_YEAR = re.compile(r"(?:19|20)\d\d年?(?:\d{1,2}月)?|(?:去|前|今|明)年")
_PRONOUN = re.compile(
    r"它们|他们|她们|它|(?<!其)他(?!们|人|的人)|她|(?:这|那|该|此|上述|以上)(?:些|个|家|项|种|类|几个|几项|几点|几家)(?P<noun>公司|企业|业务|产品|平台|系统|机构|项目|东西)?"
    r"|(?:该|此|上述|以上)(?:公司|企业|业务|产品|平台|系统|机构|项目|集团)|(?<![尤与])其(?!中|他|它|余|实|次|间|一|二|三)"
)
_PLURAL_NOUN = re.compile(
    r"(?:这|那|上述|以上)(?:些|几个|几项|几点|几种|几大|几类)(?P<noun>[\u4e00-\u9fff]{2})?"
)
_WHY = re.compile(
    r"^(?:那么?|这是|这又是|但|可是?)?(?:又)?(?:为什么|为何|为啥|原因|何以|怎么会)(?:呢|这样|会这样|如此|这么说|是什么|吗)*$"
)
_FIX = re.compile(
    r"^(?:那么?)?(?:该|应该|应当|要|又该)?(?:怎么|如何|怎样|咋)(?:办|解决|应对|改进|改善|优化|做|处理|破局)(?:呢|才好|好)?$"
    r"|^(?:那么?)?(?:有(?:什么|啥|哪些|没有)?)?(?:解决|应对)?(?:办法|对策|建议|措施|方案)(?:呢|吗|有哪些|是什么)?$"
)
_MORE = re.compile(
    r"^(?:那么?|请)?(?:再)?(?:具体|详细|展开|进一步|仔细)?(?:点|些|一点)?(?:地)?(?:说说|讲讲|说一下|讲一下|说明|介绍|介绍一下|解释|解释一下|说|讲)?(?:呢|看|吧|一下)*(?:是什么|有哪些|怎么说|指什么)?$"
    r"|^(?:还有(?:呢|吗|别的吗?|其他的?吗?|哪些|什么)?|然后呢?|接着呢?|继续|举(?:个)?例子?(?:说明)?|比如(?:说)?(?:呢)?)$"
)
_BARE_CUE = re.compile(
    r"^(?:那么?)?(?:大概|大约|一共|总共|具体|到底|是)?(?:(?:什么时候|何时|哪(?:一)?年)[\u4e00-\u9fff]{0,3}?|多少|占(?:多少|比)|多大|谁|在哪(?:里|儿)?|几个|是什么|有哪些|有什么用|怎么(?:做|实现)的?)(?:的|呢|了)*$"
)

# What a question asks by; a subject ends before it.
_CUE = re.compile(
    r"为什么|为何|为啥|何以|怎么|怎样|如何|咋|什么时候|什么|啥|哪(?:些|几|个|家|年|种|里)?|多少|几(?=[个大种类项点条家成年月])|谁|何时|是否|是不是|有没有|能否|能不能|多久|多大"
)
_LEAD = re.compile(
    r"^(?:那么?|所以|但是?|可是|不过|另外|还有|再问|顺便(?:问(?:一下)?)?|请问|关于|对于|至于|就|在|截至|截止|到|于)"
)
# … and what ends like one: 下载量, 保额, 不良率, 险种.
_ATTRIBUTE = re.compile(r"[量额率费数度价期限息种型]$|[效成结后]果$|人数$|收入$|名单$|用户$")
SHORT = 12  # characters of a follow-up that may leave out what it is about
# Verbs that taggers take for nouns.
_DIRECTED = frozenset(("面向", "针对", "属于", "来自", "适合", "覆盖", "对应"))
_YESNO_END = re.compile(r"(?:吗|么|嘛|呢|吧|的|了)+$")

# Nouns that say which side of a thing is asked about, never the thing itself.
_ASPECTS = frozenset(
    (
        "份额 市场份额 占比 比例 规模 数量 金额 时间 日期 年份 地点 地址 人数 用户 用户数 客户 "
        "员工 问题 缺点 不足 短板 优点 优势 劣势 特点 特征 特色 作用 意义 目的 用途 功能 好处 "
        "影响 原因 理由 目标 定位 战略 策略 模式 业务 产品 服务 类型 种类 内容 结构 构成 组成 "
        "对策 建议 措施 办法 方法 方案 背景 现状 情况 前景 趋势 风险 收入 营收 利润 利率 费用 "
        "手续费 价格 定义 含义 概念 名字 名称 全称 作者 创始人 负责人 总部 牌照 渠道 流程 条件 "
        "要求 依据 标准 核心 交易额 总额 总量 结果 成果 贡献 板块 环节"
    ).split()
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A question taken apart: what it is about and the rest."""

    subject: str
    rest: str
    lead: str = ""  # what stood before the subject: 为什么, 什么是


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
    before: list[str] = []
    for earlier in filter(str.strip, history):
        before.append(_resolve(earlier, before, tokenizer, items_of, occurs))
    return _resolve(question, before, tokenizer, items_of, occurs)


def _resolve(
    question: str, before: Sequence[str], tokenizer: Tokenizer, items_of: ItemsOf, occurs: Occurs
) -> str:
    if not before:
        return question
    another = _ANOTHER.match(plain(question))
    if another:
        return f"{plain(question)[another.end() :]}？"
    text = plain(question)
    last = plain(before[-1])

    ordinal = _ORDINAL.match(text)
    if ordinal:
        item = _item(ordinal, before, items_of)
        if item:
            return _about_item(item, ordinal["rest"], tokenizer)

    if _WHY.match(text):
        return f"为什么{_statement(last)}？"
    if _FIX.match(text):
        return f"{_topic(last, tokenizer, occurs)}{_strip_lead(text)}？"
    if _MORE.match(text):
        return before[-1]
    parts = _parts(last, tokenizer, occurs)
    if _BARE_CUE.match(text) and parts.subject:
        return f"{parts.subject}{_strip_lead(text)}？"

    if ordinal:  # no list has so many: better asked as typed than of something else
        return question
    first = _NAMED_FIRST.match(text)
    if first and not _CUE.search(first["new"]):
        return f"{first['new']}{first['rest']}？"
    only = _ONLY.match(text) or _AS_WELL.match(text)
    if only and not _CUE.search(only["new"]):
        new = only["new"].removesuffix("的")
        sibling = _sibling(new, last, tokenizer, occurs)
        return f"{last.replace(sibling, new, 1)}？" if sibling else _swap(new, last, parts)

    plural = _PLURAL_NOUN.search(text)
    if plural:
        noun = plural["noun"] or ""
        topic = _topic(last, tokenizer, occurs)
        meant = topic if not noun or noun in topic else f"{topic}的{noun}"
        return f"{text[: plural.start()]}{meant}{text[plural.end() :]}？"
    this = _THIS.match(text)
    if this:
        return f"{_topic(last, tokenizer, occurs)}{text[this.end() :]}？"
    among = _AMONG.match(text)
    if among and parts.subject and among.end() < len(text):
        joint = "" if _CUE.match(text, among.end()) else "的"
        return f"{parts.subject}{joint}{text[among.end() :]}？"
    pronoun = _PRONOUN.search(text)
    if pronoun and parts.subject:
        subject = parts.subject + ("的" if pronoun[0] == "其" else "")
        before_it = re.sub(r"^(?:那么?|所以|但是?|可是|不过)", "", text[: pronoun.start()])
        return f"{before_it}{subject}{text[pronoun.end() :]}？"
    if parts.subject and (
        _lacks_subject(text, tokenizer, occurs) or _only_aspects(text, tokenizer)
    ):
        body = _strip_lead(text)
        noun = _WHICH_NOUN.search(last)
        if noun and _BARE_WHICH.search(body) and noun["noun"] not in body:
            return f"{parts.subject}的{noun['noun']}{body}？"
        joint = "的" if body[:2] in _ASPECTS or body[:4] in _ASPECTS else ""
        cue = re.match(r"为什么|为何|为啥|怎么|如何", body)
        if cue:
            return f"{cue[0]}{parts.subject}{body[cue.end() :]}？"
        return f"{parts.subject}{joint}{body}？"
    return question


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
    if tagged and tagged[0][1].startswith("n"):
        rest = rest[tagged[0][3] :]
    rest = re.sub(r"^的", "", rest)
    if not rest or rest in {"呢", "是什么", "是啥", "具体呢"}:
        rest = "具体是什么"
    return f"{item}{'' if rest.startswith(('是', '有', '怎', '如', '为', '具')) else ' '}{rest}？"


def _swap(new: str, last: str, parts: _Parts) -> str:
    """The last question about ``new``: a year for the year, an aspect, or else the subject."""
    if _YEAR.fullmatch(new):
        if _YEAR.search(last):
            return f"{_YEAR.sub(new, last, count=1)}？"
        return f"{new}{last}？"
    if new in _ASPECTS or any(new.endswith(aspect) for aspect in _ASPECTS if len(aspect) > 2):
        return f"{parts.subject}的{new}是什么？" if parts.subject else f"{new}？"
    if not parts.subject:
        return f"{new}{last}？"
    if _inside(parts, new):
        return f"{new}？"
    if new in parts.rest:  # 「京东有农村金融吗」 「那农村金融呢」
        return f"{new}是怎么回事？"
    return f"{parts.lead}{new}{parts.rest}？"


def _sibling(new: str, last: str, tokenizer: Tokenizer, occurs: Occurs) -> str:
    """What of the last question ends as ``new`` does: 生产者 to 消费者, 前端 to 后端; or "".

    One character in common is enough for names as long as each other, two for any.
    """
    if len(new) < 2 or new in last or not occurs(new):
        return ""
    words = tokenizer.tagged(last)
    for _, _, _, end in reversed(words):
        common = 0
        while common < min(len(new), end) and new[-1 - common] == last[end - 1 - common]:
            common += 1
        if not common or last[end - common : end] == new:
            continue
        names = [
            name
            for _, _, start, _ in words
            if end - len(new) - 4 <= start < end - 1
            and not re.search("[的是有里]", name := last[start:end])
            and occurs(name)
        ]
        if common == 1:
            names = [name for name in names if len(name) == len(new)]
        if names and len(names[0]) > common:
            return names[0]
    return ""


def _inside(parts: _Parts, new: str) -> bool:
    """Whether the last question was already about ``new``: then it is asked anew, not swapped."""
    return new == parts.subject


def _parts(text: str, tokenizer: Tokenizer, occurs: Occurs) -> _Parts:
    """Subject and rest of a folded question."""
    lead = ""
    while True:
        cut = _LEAD.match(text) or re.match(
            r"(?:为什么|为何|为啥|什么是|啥是|何谓|(?:介绍|说说|讲讲|解释|概括|总结)(?:一下|下)?|(?:截至|截止|到)?"
            r"(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?底?(?:时|为止|，|,)?)",
            text,
        )
        if not cut or not cut[0]:
            break
        lead += cut[0]
        text = text[cut.end() :]
    end = 0
    for word, flag, start, stop in tokenizer.tagged(text):
        cue = _CUE.match(text, start)
        known = end and occurs(text[:stop]) and not flag.startswith(("u", "r"))
        nominal = flag[0] in "njiblsx" or flag in {"eng", "vn", "an", "m", "q", "k"}
        owned = word == "的" and end and _owned(text[stop:], tokenizer, occurs)
        if owned:
            end = stop + owned
            break
        verb = end and word in _DIRECTED and not known
        if cue or verb or not (nominal or known) or (end and word in _ASPECTS and not known):
            break
        end = stop
    while end > 2 and text[end - 1] in "有是在为":
        end -= 1
    # A verb at the very start can be part of a name the text knows: 「支付业务…」.
    return _Parts(subject=text[:end], rest=text[end:], lead=_LEAD.sub("", lead))


def _owned(text: str, tokenizer: Tokenizer, occurs: Occurs) -> int:
    """How much of what follows 「京东的」 is the thing asked about: 量化投资平台, but no aspect."""
    end = 0
    for word, flag, start, stop in tokenizer.tagged(text):
        if _CUE.match(text, start) or not (flag[0] in "njibl" or flag in {"eng", "vn", "v"}):
            break
        if word in _ASPECTS:
            return 0
        end = stop
    return end if end > 2 and occurs(text[:end]) else 0


def _topic(text: str, tokenizer: Tokenizer, occurs: Occurs) -> str:
    """What a question is about, aspect included: 「京东支付的市场份额」."""
    return _statement(text).strip() or _parts(text, tokenizer, occurs).subject


_WHEN = re.compile(
    r"(?:是)?(?:在)?(?:什么时候|什么时间|何时|哪(?:一)?(?:年|月|天|季度)|几月)(?:的)?"
)
_WH = re.compile(
    r"(?:分别|具体|主要|都|一共|总共|大概|到底|究竟)*(?:是|有|存在|占|为|叫|包括|包含|面临)?(?:着|了)?(?:多少|几(?:个|大|种|类|项|点|条|家)?|哪(?:些|几个|几种|几大|几项|个|家|年|几方面)?|什么样的|什么|啥|谁|怎样|怎么样|如何)"
)


def _statement(text: str) -> str:
    """The question without what makes it one."""
    text = re.sub(r"^(?:为什么|为何|为啥|什么是|何谓)", "", text)
    text = _WHEN.sub("", text)
    text = re.sub(r"是不是|是否|有没有", lambda m: "有" if m[0] == "有没有" else "", text)
    wh = _WH.search(text)
    if wh:
        before, after = text[: wh.start()], text[wh.end() :]
        after = _YESNO_END.sub("", after)
        # 「京东金融存在哪些问题」: the noun asked for becomes an attribute of the subject.
        text = (
            f"{before}的{after}"
            if before and after and not before.endswith("的")
            else before + after
        )
    return _YESNO_END.sub("", text)


def _strip_lead(text: str) -> str:
    return re.sub(r"^(?:那么?|所以|但是?|可是|不过)(?=.)", "", text)


def _lacks_subject(text: str, tokenizer: Tokenizer, occurs: Occurs) -> bool:
    """Whether a question names nothing to be about: only a cue, a verb or an aspect."""
    text = _strip_lead(text)
    subject = _parts(text, tokenizer, occurs)
    if subject.subject and subject.subject not in _ASPECTS:
        return False
    rest = subject.rest if subject.subject else text
    # A noun further on that is no aspect may be the thing itself: 「怎么看待区块链」.
    return not any(
        flag.startswith(("n", "eng", "j")) and word not in _ASPECTS and len(word) > 1
        for word, flag, _, _ in tokenizer.tagged(rest)
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
        word in _ASPECTS or _ATTRIBUTE.search(word) for word in nouns if not _CUE.search(word)
    )


def earlier_questions(history: Iterable[object] | None) -> list[str]:
    """The user's questions in a chat history of role/content dicts, oldest first.

    Content may be a string or, as Gradio 6 keeps it, a list of blocks with a ``text`` each; a block
    without one (a file) and a content of None hold no words, which is no question. Other keys are
    passed over, and so is what others than the user said, of whatever shape. A history of None is
    none.

    Raises:
        WrongArgument: it is no such history. A conversation that is passed over without a word
            would be missed only in the answers.
    """
    if history is None:
        return []
    if isinstance(history, (str, bytes, Mapping)) or not isinstance(history, Iterable):
        raise _no_history(history)
    questions = []
    for turn in history:
        if not isinstance(turn, Mapping):
            raise _no_history(turn)
        role = turn.get("role")
        if not isinstance(role, str) or not role or "content" not in turn:
            raise _no_history(dict.fromkeys(turn, ...))
        if role == "user":
            text = _content(turn["content"]).strip()
            if fold(text).strip():
                questions.append(text)
    return questions


def _content(content: object) -> str:
    if content is None:  # a message that holds something else than words
        return ""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return _content(content.get("text"))
    if isinstance(content, (list, tuple)):
        return "".join(_content(block) for block in content)
    raise _no_history(content)


def _no_history(found: object) -> WrongArgument:
    wanted = Both(
        '由 {"role": "user" 或 "assistant", "content": 文字} 组成的列表',
        'a list of {"role": "user" or "assistant", "content": text}',
    )
    named = kind_of(found)
    if isinstance(found, Mapping):
        named = f"{named}({', '.join(map(str, found))})"
    return WrongArgument(argument="history", wanted=wanted, found=named)
