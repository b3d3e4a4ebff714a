"""The slots of a question (subject, what is asked of it, what is counted), and what fills which.

A word that follows a question alone, 「农村金融呢？」, takes the place of one of its slots, whole.
Which one is told by how the word ends, by what it is a measure of, and by whether the texts write
it as they write what stands in the slot: 「1700个县」, 「30万个行政村」.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from corpus import Tokenizer

Occurs = Callable[[str], bool]
Word = tuple[str, str, int, int]  # as ``Tokenizer.tagged`` gives them

YEAR = re.compile(
    r"(?:19|20)\d\d年?(?:(?:上|下)半年|\d{1,2}月|第?[一二三四1-4]季度)?|(?:去|前|今|明)年(?:[上下]半年)?"
)
# What a question asks by; a subject ends before it.
CUE = re.compile(
    r"为什么|为何|为啥|何以|怎么|怎样|如何|咋|什么时候|什么|啥|哪(?:些|几|个|家|年|种|里)?|多少|几(?=[个大种类项点条家成年月])|谁|何时|是否|是不是|有没有|能否|能不能|多久|多大"
)
_LEAD = re.compile(
    r"^(?:那么?|所以|但是?|可是|不过|另外|还有|再问|顺便(?:问(?:一下)?)?|请问|关于|对于|至于|就|在|截至|截止|到|于)"
)
_OPENING = re.compile(
    r"(?:(?:为什么|为何|为啥)(?:要|会|得)?去?(?:做|搞|开展|推出|布局|进军)(?=..)|为什么|为何|为啥|什么是|啥是|何谓|(?:介绍|说说|讲讲|解释|概括|总结)(?:一下|下)?|(?:截至|截止|到)?"
    r"(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?底?(?:时|为止|，|,)?)"
)
# Verbs that taggers take for nouns.
DIRECTED = frozenset(("面向", "针对", "属于", "来自", "适合", "覆盖", "对应"))
_ADVERBS = frozenset(("主要", "目前", "现在", "一共", "总共", "大概", "大约", "如今", "具体"))
_ONE = re.compile(r"一[个份台块片张本次条间杯件辆套斤亩]")  # what is done to one of something
_VERB = "verb"  # the flag of a word that can only be a verb
_HAVING = re.compile(r"(?<![拥具含还只没都享占设所持现已共自就或])[有是]$")
_COPULA = re.compile(r"(?:存在|[有是在为])$")
_NAMES = frozenset(("nr", "nrt", "ns", "nt", "nz", "eng"))

_MODEL = re.compile(r"[\u4e00-\u9fff]{0,6}[a-z]+-?\d+[a-z]*(?: (?:pro|max|plus|mini|ultra))?")

# Nouns that say which side of a thing is asked about, never the thing itself.
ASPECTS = frozenset(
    (
        "份额 市场份额 占比 比例 规模 数量 金额 时间 日期 年份 地点 地址 人数 用户 用户数 客户 "
        "员工 问题 缺点 不足 短板 优点 优势 劣势 特点 特征 特色 作用 意义 目的 用途 功能 好处 "
        "影响 原因 理由 目标 定位 战略 策略 模式 业务 产品 服务 类型 种类 内容 结构 构成 组成 "
        "对策 建议 措施 办法 方法 方案 背景 现状 情况 前景 趋势 风险 收入 营收 利润 利率 费用 "
        "手续费 价格 定义 含义 概念 名字 名称 全称 作者 创始人 负责人 总部 牌照 渠道 流程 条件 "
        "门槛 起点 收益 回报 要求 依据 标准 "
        "核心 交易额 总额 总量 结果 成果 贡献 板块 环节"
    ).split()
)
# … and what ends like one: 下载量, 保额, 不良率, 险种.
ATTRIBUTE = re.compile(r"[量额率费数度价期限息种型]$|[效成结后]果$|人数$|收入$|名单$|用户$")
# Heads of nouns that are told in figures, whatever stands before: 消费者数量, 平均水深.
_MEASURED = re.compile(
    r"(?:数量|[销产存流容重用总含降雨]量|额|率|费用?|数|[速长宽高温湿密额跨浓精]度|价|价格|利息|份额|规模|比例|比重|占比|收入|营收|利润"
    r"|(?:租|押|定|订|佣|奖|罚|薪|保证|违约|滞纳|补偿|赔偿)金|[上下年期时]限|[修质工租学假周]期|水深|面积|体积|重量|薪水|工资|成本|年龄|寿命|用户数)$"
    r"|^(?:最[大小高低长短多少快慢]|平均|人均|年均|月均|日均|额定|累计)."
)
_WHEN_NOUN = re.compile(r"(?:时间|日期|年份|时刻)$")
_WHERE_NOUN = re.compile(r"(?:地点|地址|位置)$")
_WHO_NOUN = re.compile(
    r"(?:作者|负责人|创始人|法人|代表人|联系人|董事长|总经理|总裁|馆长|校长|主编)$"
)
# … and what people are reached by.
_REACHED_BY = re.compile(
    r"(?:电话|手机号|邮箱|微信号|公众号|传真|网址|官网|邮编|联系方式)(?:号码?)?$"
)
_NUMBERED = re.compile(r"(?:电话|手机号|传真|邮编)(?:号码?)?$")
# What an answer stands on: asked of all that was asked, not of its subject alone.
_GROUNDS = re.compile(r"^(?:数据)?(?:证据|依据|根据|出处|来源)$")
# 「覆盖了多少个县」: what is counted stands last.
_COUNTED = re.compile(
    r"(?:多少|几)(?P<measure>[个家名位户项种款条件所座台只张本份篇间])?(?P<rest>[\u4e00-\u9fff]{1,8})$"
)
_UNITS = "个家名位户项种款万亿多"
_PLACES = frozenset(("村子", "村庄", "镇子", "县城"))  # said of a 村, a 镇, a 县
_REGIONS = "省市县区乡镇村州国"  # counted one instead of another, however the texts write it

_WHEN = re.compile(
    r"(?:是)?(?:在|于)?(?:什么时候|什么时间|何时|哪(?:一)?(?:年|月|天|季度)|几月)(?:的)?"
)
_WH = re.compile(
    r"(?:分别|具体|主要|都|一共|总共|大概|到底|究竟)*(?:是|有|存在|占|为|叫|包括|包含|面临)?(?:着|了)?(?:(?:多少|几)(?:个|大|种|类|项|点|条|家|名|位)?|哪(?:些|几个|几种|几大|几项|个|家|年|几方面)?|什么样的|什么|啥|谁|怎样|怎么样|如何)"
)
# 「我在镇上开店,京东给农村人提供哪些服务」: what is asked begins after what is told of oneself.
_OF_ONESELF = re.compile(r"^(?:我们?|俺|咱们?)[^,，:：]{2,20}[,，:：](?=.{4,})")
_YESNO_END = re.compile(r"(?:吗|么|嘛|呢|吧|的|了)+$")


@dataclass(frozen=True, slots=True)
class Lore:
    """What is known of the index's texts: its words, and whether a string stands in them."""

    tokenizer: Tokenizer
    occurs: Occurs


@dataclass(frozen=True, slots=True)
class Parts:
    """A question taken apart: what it is about and the rest."""

    subject: str
    rest: str
    lead: str = ""  # what stood before the subject: 为什么, 什么是


def words(text: str, tokenizer: Tokenizer) -> list[Word]:
    """Tagged words, none of which reaches across the end of a subject.

    Taggers make one word of 缺|什么, of 众筹|有|哪 and of 金融|服务|了.
    """
    found: list[Word] = []
    tagged = tokenizer.tagged(text)
    for number, (word, flag, start, end) in enumerate(tagged):
        after = tagged[number + 1] if number + 1 < len(tagged) else ("", "", end, end)
        cue = CUE.search(word)
        counted = found and found[-1][1] in {"m", "q"}  # 多少个|县|了
        if cue and cue.start():
            at, first, second = start + cue.start(), "v", "r"
        elif len(word) > 1 and _HAVING.search(word) and CUE.match(text, end):
            at, first, second = end - 1, "v", _VERB
        elif word == "指" and CUE.match(text, end):  # which taggers take for a finger
            at, first, second = start, flag, _VERB
        elif after[0] in {"了", "过", "着"} and after[1].startswith("u") and not (cue or counted):
            at, first, second = (end - 2 if len(word) > 3 else start), flag, _VERB
        else:
            found.append((word, flag, start, end))
            continue
        if at > start:
            found.append((text[start:at], first, start, at))
        found.append((text[at:end], second, at, end))
    return found


def parts(text: str, lore: Lore) -> Parts:
    """Subject and rest of a folded question."""
    lead = ""
    while True:
        cut = _LEAD.match(text) or _OPENING.match(text)
        if not cut or not cut[0]:
            break
        lead += cut[0]
        text = text[cut.end() :]
    end = 0
    cut_up = words(text, lore.tokenizer)
    for number, (word, flag, start, stop) in enumerate(cut_up):
        cue = CUE.match(text, start)
        known = end and lore.occurs(text[:stop]) and not flag.startswith(("u", "r", "p"))
        owned = word == "的" and end and _owned(text[stop:], lore)
        if owned:
            end = stop + owned
            break
        verb = flag == _VERB or (end and word in DIRECTED and not known)
        begins = (
            not end
            and _may_begin(flag)
            and _names_with(cut_up[number + 1 : number + 2], text, lore)
        )
        if cue or verb or not (_nominal(flag) or known or begins):
            break
        if end and (word in _ADVERBS or word in {"有", "是", "没有"}):
            break
        if end and not known and (word in ASPECTS or _ONE.match(word)):
            break
        end = stop
    last = next((word for word, _, _, stop in cut_up if stop == end), "")
    whole = lore.occurs(last) or not lore.occurs(text[: end - 1])
    if end > 3 and not whole and not lore.occurs(text[:end]):
        end -= 1  # the tagger made a name of its end and a verb: 种子|库取
    while end > 2 and (copula := _COPULA.search(text[:end])):
        end = copula.start()
    return Parts(subject=text[:end], rest=text[end:], lead=_LEAD.sub("", lead))


def _nominal(flag: str) -> bool:
    return flag[0] in "njiblsx" or flag in {"eng", "vn", "an", "m", "q", "k"}


def _may_begin(flag: str) -> bool:
    return flag == "v" or flag.endswith("g")


def _names_with(following: list[Word], text: str, lore: Lore) -> bool:
    """Whether what begins with a verb or a syllable is a name the texts know: 量化|投资."""
    return any(
        (flag in {"n", "vn"} or flag.endswith("g"))
        and not CUE.match(text, start)
        and lore.occurs(text[:stop])
        for _, flag, start, stop in following
    )


def _owned(text: str, lore: Lore) -> int:
    """How much of what follows 「京东的」 is the thing asked about: 量化投资平台, but no aspect."""
    end = 0
    for word, flag, start, stop in words(text, lore.tokenizer):
        nominal = flag[0] in "njibl" or flag in {"eng", "vn", "v"}
        if CUE.match(text, start) or _COPULA.fullmatch(word) or not nominal:
            break
        if word in ASPECTS:
            return 0
        end = stop
    owned = text[:end]
    return end if end > 1 and not _MEASURED.search(owned) and lore.occurs(owned) else 0


def topic(text: str, lore: Lore) -> str:
    """What a question is about, aspect included: 「京东支付的市场份额」."""
    return statement(text).strip() or parts(text, lore).subject


def statement(text: str) -> str:
    """The question without what makes it one."""
    text = _OF_ONESELF.sub("", text)
    text = re.sub(
        r"^(?:什么是|何谓)|为什么|为何|为啥|(?:具体|到底|究竟)?(?:是)?怎么(?:一)?回事", "", text
    )
    text = _WHEN.sub("", text)
    text = re.sub(r"是不是|是否|有没有", lambda m: "有" if m[0] == "有没有" else "", text)
    wh = _WH.search(text)
    if wh:
        before, after = text[: wh.start()], text[wh.end() :]
        after = _YESNO_END.sub("", after)
        before = re.sub(r"[了着过]$", "", before) if after else before
        # 「京东金融存在哪些问题」: the noun asked for becomes an attribute of the subject.
        text = (
            f"{before}的{after}"
            if before and after and not before.endswith("的")
            else before + after
        )
    return _YESNO_END.sub("", text)


def is_attribute(noun: str, lore: Lore) -> bool:
    """Whether a noun says what is asked of a subject, and cannot be one: 金额, 消费者数量."""
    if noun in ASPECTS or any(noun.endswith(one) for one in ASPECTS if len(one) > 2):
        return True
    heads = (_MEASURED, _WHEN_NOUN, _WHERE_NOUN, _WHO_NOUN, _REACHED_BY)
    return any(head.search(noun) for head in heads) and not _is_name(noun, lore)


def asking(noun: str) -> str:
    """How a noun is asked for: 金额 是多少, 日期 是什么时候, 负责人 是谁."""
    for head, cue in (
        (_WHEN_NOUN, "是什么时候"),
        (_WHERE_NOUN, "在哪里"),
        (_WHO_NOUN, "是谁"),
        (_MEASURED, "是多少"),
        (_NUMBERED, "是多少"),
        (re.compile("人数$"), "是多少"),
    ):
        if head.search(noun):
            return cue
    return "是什么"


def instead(new: str, last: str, lore: Lore) -> str:
    """The question ``last`` asked of ``new``, which takes the place of what it is most like."""
    found = parts(last, lore)
    if YEAR.fullmatch(new):
        return f"{_in_year(new, last)}？"
    dated = YEAR.match(new)
    if dated:  # 「2016年财付通的呢」: a year for the year, and the rest for what it is like
        return instead(new[dated.end() :].removeprefix("的"), _in_year(dated[0], last), lore)
    if _GROUNDS.search(new):
        return f"{topic(last, lore)}的{new}是什么？"
    for slot, word in (
        _of_one_shape(new, last),
        (_model(new, last, lore), new),
        (sibling(new, last, lore, 2), new),
    ):
        if slot:
            return f"{last.replace(slot, word, 1)}？"
    if is_attribute(new, lore):
        return _asked_of(new, found, lore)
    slot = sibling(new, last, lore, 1)
    if slot:
        return f"{last.replace(slot, new, 1)}？"
    return (
        counted_instead(new, last, lore)
        or _modifier_instead(new, last, lore)
        or _part_instead(new, found, lore)
        or _subject_instead(new, last, found)
    )


def _in_year(year: str, last: str) -> str:
    return YEAR.sub(year, last, count=1) if YEAR.search(last) else f"{year}{last}"


def _asked_of(new: str, found: Parts, lore: Lore) -> str:
    """An attribute of the subject before; one that stood there alone is replaced by it."""
    owner = found.subject
    reached = _REACHED_BY.search(new) and _WHO_NOUN.search(owner)  # 甲方联系人|的电话
    if owner == new or (owner and is_attribute(owner, lore) and not reached):
        owner = ""
    if owner:
        owner = owner + _after_year(found, lore)
        year = YEAR.search(found.lead)
        return f"{year[0] if year else ''}{owner}的{new}{asking(new)}？"
    return f"{new}{asking(new)}？"


def _after_year(found: Parts, lore: Lore) -> str:
    """What of 「岚桥智控|2024年视觉检测模块|卖了多少」 belongs to the subject: year and thing."""
    year = YEAR.match(found.rest)
    if not year:
        return ""
    return found.rest[: year.end() + _owned(found.rest[year.end() :], lore)]


def _subject_instead(new: str, last: str, found: Parts) -> str:
    if not found.subject:
        return f"{new}{last}？"
    if new == found.subject:  # already about it: asked anew
        return f"{new}？"
    if new in found.rest:  # 「京东有农村金融吗」 「那农村金融呢」
        return f"{new}是怎么回事？"
    return f"{found.lead}{new}{found.rest}？"


def _of_one_shape(new: str, last: str) -> tuple[str, str]:
    """A code of the last question and the code in ``new`` that is made like it: E07, E12."""

    def codes(text: str) -> dict[str, str]:
        return {re.sub(r"\d+", "0", one): one for one in re.findall(r"[a-z]+-?\d+", text)}

    before, now = codes(last), codes(new)
    if len(now) != 1 or not any(one[-1:] == "0" for one in now):
        return "", ""
    shape, code = next(iter(now.items()))
    return (before[shape], code) if shape in before and code not in last else ("", "")


def _model(new: str, last: str, lore: Lore) -> str:
    """The one model of the last question, where ``new`` is one too: 昼光P5, 岚影M1; or ""."""
    found = list(_MODEL.finditer(last))
    if len(found) != 1 or not _MODEL.fullmatch(new) or new in last or not lore.occurs(new):
        return ""
    whole = found[0][0]
    return next((whole[at:] for at in range(len(whole) - 1) if lore.occurs(whole[at:])), "")


def sibling(new: str, last: str, lore: Lore, least: int) -> str:
    """What of the last question ends as ``new`` does: 生产者 to 消费者, 前端 to 后端; or "".

    Two characters in common are enough for any names, one for names as long as each other that
    end where a word does. A sibling begins where a word does, and is replaced whole.
    """
    if len(new) < 2 or new in last or not lore.occurs(new):
        return ""
    cut_up = words(last, lore.tokenizer)
    ends = {end for _, _, _, end in cut_up}
    best = ""
    most = least - 1
    for end in range(len(last), 0, -1):
        common = 0
        while common < min(len(new), end) and new[-1 - common] == last[end - 1 - common]:
            common += 1
        if common <= most or last[end - common : end] == new or (common == 1 and end not in ends):
            continue
        names = [
            name
            for _, _, start, _ in cut_up
            if end - len(new) - 4 <= start < end - 1
            and not re.search("[的是有里]", name := last[start:end])
            and lore.occurs(name)
            and (common > 1 or len(name) == len(new))
        ]
        if names and len(names[0]) > common:
            best, most = names[0], common
    return best


def counted_instead(new: str, last: str, lore: Lore) -> str:
    """``new`` counted in place of what was, where the texts count it so: 个|行政村 for 个|县."""
    slot = _COUNTED.search(last)
    noun = first_noun(last, slot.start("rest"), lore) if slot else ""
    if not slot or not noun or noun in {"钱", "年", "天", "月"}:
        return ""
    if not last[: slot.start()]:
        return ""
    if new in _PLACES:
        new = new[0]
    regions = noun in _REGIONS and new in _REGIONS
    counted = any(lore.occurs(unit + new) for unit in slot["measure"] or _UNITS)
    told = any(lore.occurs(new + digit) for digit in "123456789")  # 核心企业186家
    if not (regions or counted or told):
        return ""
    return f"{last[: slot.start('rest')]}{new}{slot['rest'][len(noun) :]}？"


def first_noun(text: str, at: int, lore: Lore) -> str:
    """The nouns that stand at ``at`` in a question: 县 of 多少个|县|开展."""
    end = at
    for _, flag, start, stop in words(text, lore.tokenizer):
        if start < at:
            continue
        if start > end or (flag[0] in "vrpucdfy" and flag != "vn") or CUE.match(text, start):
            break
        end = stop
    return text[at:end]


def headed_instead(new: str, last: str, lore: Lore) -> str:
    """「支付的」 after 「京东有银行牌照吗」: one of the same head, what 有 is asked of."""
    if not new.endswith("的") or len(new) < 3 or new[:-1] in last:
        return ""
    cut_up = words(last, lore.tokenizer)
    for (verb, *_), (word, flag, start, end), (head, kind, after, _) in zip(
        cut_up, cut_up[1:], cut_up[2:], strict=False
    ):
        nominal = _nominal(flag) and _nominal(kind) and end == after and len(head) > 1
        if verb.endswith("有") and nominal and (head in ASPECTS or lore.occurs(word + head)):
            return f"{last[:start]}{new[:-1]}{last[end:]}？"
    return ""


def _modifier_instead(new: str, last: str, lore: Lore) -> str:
    """``new`` for a word whose head it has in the texts too: 股票 for 产品 in 产品|众筹."""
    if new in last:
        return ""
    cut_up = words(last, lore.tokenizer)
    for (word, flag, start, end), (head, kind, after, _) in pairwise(cut_up):
        nominal = _nominal(flag) and _nominal(kind) and len(head) > 1 and flag != "m"
        if not nominal or end != after or head in ASPECTS or CUE.match(last, after):
            continue
        if lore.occurs(word + head) and lore.occurs(new + head):
            return f"{last[:start]}{new}{last[end:]}？"
    return ""


def _part_instead(new: str, found: Parts, lore: Lore) -> str:
    """A common noun in place of the part or product asked about: 机器的|网筛, 书坊2022年|印章."""
    if _is_name(new, lore):
        return ""
    owner, of, part = found.subject.rpartition("的")
    if owner and part:
        return f"{found.lead}{owner}{of}{new}{found.rest}？"
    year = YEAR.match(found.rest)
    owned = _owned(found.rest[year.end() :], lore) if year else 0
    rest = found.rest[year.end() + owned :] if year else ""
    if year and owned and not rest.startswith("的"):
        return f"{found.lead}{found.subject}{year[0]}{new}{rest}？"
    return ""


def _is_name(noun: str, lore: Lore) -> bool:
    return any(flag in _NAMES for _, flag, _, _ in lore.tokenizer.tagged(noun))
