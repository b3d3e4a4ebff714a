"""A standalone question taken apart: its kind, the words that matter, the years it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import fold
from qa.question.kinds import Asked, asked, plain
from qa.texts import Texts

# Words that ask, or that carry a question without being what it is about.
_ASKING = re.compile(
    r"(?<![部百成积得满评打学计])分(?:成|为|作|了|出)?(?=几|哪)|(?:是)?(?:什么|啥)(?:意思|含义)|的?(?:意思|含义)(?=是)|(?:包括|包含|涵盖|囊括|含有|涉及|从事)(?:了|着)?(?=哪|什么|啥|几)|有(?=什么|啥|哪|几|多少)|百分之(?:多少|几)|多长时间|多少时间|(?:周|星期|礼拜)几|(?:排(?:名|行)?(?:在|到)?)?第几(?:名|位)?|几(?:号|点钟?|天|月份?|年|时|岁|成|折|部分|方面)|什么样|什么时候|什么|怎么样|怎么|怎样|如何|为什么|为何|为啥|干嘛|干吗|哪些|哪几|哪个|哪[份篇]|哪家|哪种|哪里|哪儿|哪年|哪一|哪|多少|多大|多高|多久|几个|几种|几大|几项|几类|几条|几点|几家|几(?=[个大种类项点条家年月次位])|"
    r"谁|何时|何|啥|咋|叫什么名字?|是否|是不是|有没有|能不能|可不可以|吗|呢|吧|么$|请问|一下|到底|究竟|具体|分别|主要|大概|大约|一共|总共|合计|文中|文章|本文|作者|介绍|说说|讲讲|列举|列出|总结|概括|理由(?:是|在|呢|何在|$)"
)
_HOW_MANY = re.compile(r"几(?![何率乎])..")  # 几本书, one word to the tagger
_CUE = re.compile(r"多少|几|哪|谁|什么|啥|何|多大|多高|多长|多久|怎|咋|为")
_NUMBER = re.compile(
    r"第?(?:\d+(?:\.\d+)?|[一二三四五六七八九十]+)(?:号|期|季度|条|章|届|代|楼|层|路|线|版|月|日)|[A-Za-z]+-?\d+|(?<![\d.])\d+(?:\.\d+)?(?![\d.])"
)
_IDLE_FLAGS = ("u", "r", "y", "e", "o", "c", "p", "w", "zg", "d")
_IDLE_WORDS = frozenset(
    (
        "共有 共计 是 有 在 会 能 可以 可 要 想 说 讲 做 干 叫 让 使 被 "
        "把 给 对 到 去 来 等 都 也 还 就 才 又 很 更 最 不 没 没有 个 "
        "些 种 类 项 点 条 家 位 次 件 样 中 里 上 下 内 外 前 后 时 "
        "时候 目前 现在 如今 这 那 其 它 他 她 一 占 为 以 由 于 从 与 和 "
        "及 或 进行 情况 方面 东西 事情 事 人 年 月 日 属于 算 算不算 叫做 "
        "称为 提到 指 指的 需要 应该 应当 应 该 会不会 要不要 旗下 值得 试试 "
        "试 整体 总体 写 挑 看 来说 里面 其中 各自 相关 有关 关于 老师 麻烦 "
        "大家 人们 咱们 我们 你们 他们 她们 它们 "
        "帮忙 没空 一遍 多 少 大 小 高 低 好 坏 早 晚 快 慢 几 几天 名字 全文 篇"
    ).split()
)
# 这份, 该项, 三家: they point or count, and name nothing.
_POINTING = re.compile(
    r"[这那该此某每哪]一?(?:个|份|篇|项|款|台|部|本|张|封|则|条|种|些|次|家|位|座|只|件|套|类|段|章|节|边|里|儿|样)"
    r"|[一二三四五六七八九十两几]+(?:个|家|种|位|项|条|款|件|样|类|份|篇|名|点|章|节|段|页|句|根|支|只)"
)
# 「把什么摆在第一位」, which is written 首位.
_FIRST_PLACE = re.compile(r"[放摆排搁](?:在|到)?(?:首位|第一位|头一?位|第一|最前面?|前头)")
# 「八块业务」 「分几大块」, which are written 八大业务, or 八大板块.
_BLOCKS = re.compile(r"(?<=[几一二三四五六七八九十两])大?[块摊](?=业务|生意|领域|内容|板块)")
_LINES = re.compile(r"(?<=[几一二三四五六七八九十两])条业务线")
_BLOCKS_ALONE = re.compile(r"(?<=[分哪成为][几一二三四五六七八九十两])大?[块摊]$")
# 「服务对象是谁」
_FOR_WHOM = re.compile(r"的?(?:主要)?(?:服务|业务)?对象(?:主要)?(?:都)?(?:是|有)(?=谁|哪|什么|啥)")
# 「生态圈里谁是消费者」: who the consumers in it are, and not which of its parts consumes.
_WHO_IS = re.compile(r"^(.{2,12}?(?:里面?|中间?|当中))谁(?:才|都)?是(.{2,8})$")
# 「最大的问题是什么」: where none is said to be the greatest, there are all of them to tell.
_GREATEST = re.compile(
    r"(?:的|目前)?最(?:大|主要|突出|严重)的?(?=(?:问题|毛病|缺点|不足|弊端|缺陷)(?:是什么|是啥|在哪))"
)
_SAYS_GREATEST = re.compile(r"最(?:大|主要|突出|严重)的?(?:问题|毛病|缺点|不足|弊端|缺陷)")
# 「16年」, said for 2016年; but not 「近16年」 or 「16年来」, which are durations.
_SHORT_YEAR = re.compile(
    r"(?<![\d近过满前后约第多长共龄作干了])([12]\d)年(?![以前后内来间期多年工限])"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|(?!\d))")


Tagged = tuple[str, str, int, int]  # a word, its flag, and its place


@dataclass(frozen=True, slots=True)
class Key:
    """A word the answer's surroundings should speak of."""

    word: str
    weight: float  # inverse document frequency
    names: bool = True  # whether it names a thing: no verb, no adjective


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is searched for and read for."""

    question: str  # standalone, as shown to the user
    text: str  # folded, without courtesies
    asked: Asked
    keys: tuple[Key, ...]
    focus: str  # of them the one that says what is wanted of the subject, or ""
    terms: tuple[str, ...]  # for the term store
    years: tuple[str, ...]
    numbers: tuple[str, ...]  # other figures the question names: 二号, 第十五条, 一季度

    def as_typed(self, word: str) -> str:
        """A folded word of the question as it was written: CEO, 貸款."""
        at = fold(self.question).find(word)  # folding keeps every place
        return self.question[at : at + len(word)] if at >= 0 else word


def inquire(question: str, texts: Texts) -> Inquiry:
    """Take ``question`` apart against the index it is asked of."""
    text = _SHORT_YEAR.sub(
        r"20\1年", _FIRST_PLACE.sub("作为首位", _FOR_WHOM.sub("主要服务", plain(question)))
    )
    text = _WHO_IS.sub(r"\1的\2是谁", _without_greatest(text, texts))
    text = _BLOCKS_ALONE.sub(
        "大板块" if texts.occurs("板块") else "大", _BLOCKS.sub("大", _LINES.sub("大业务", text))
    )
    bare = _ASKING.sub(GAP, text)
    tagger = texts.snapshot.tokenizer
    keys = _keys(bare, texts)
    if not keys:  # only idle words: better those than nothing
        keys = tuple(Key(word, texts.rarity(word)) for word in dict.fromkeys(tagger.terms(text)))
    return Inquiry(
        question=question,
        text=text,
        asked=asked(_without_greatest(question, texts)),
        keys=keys,
        focus=_focus(text, keys),
        terms=tuple(tagger.terms(bare) or tagger.terms(text)),
        years=tuple(dict.fromkeys(_YEAR.findall(text))),
        numbers=tuple(dict.fromkeys(one[0] for one in _NUMBER.finditer(_YEAR.sub("", bare)))),
    )


def _without_greatest(text: str, texts: Texts) -> str:
    """「最大的问题是什么」 without 最大, where the texts call no problem the greatest."""
    greatest = _GREATEST.search(text)
    if greatest is None or _SAYS_GREATEST.search(texts.whole):
        return text
    return _GREATEST.sub("的", text).removeprefix("的")


def _focus(text: str, keys: Sequence[Key]) -> str:
    """「利率|是多少」, 「多少名|工人」: the key right after the word that asks, or before it."""
    cue = next((match for match in _CUE.finditer(text)), None)
    if cue is None:
        return keys[-1].word if keys else ""
    places = sorted((text.find(key.word), key.word) for key in keys if key.word in text)
    after = [word for at, word in places if cue.end() <= at <= cue.end() + 4]
    before = [word for at, word in places if at < cue.start()]
    return after[0] if after else (before[-1] if before else "")


_ADVERBS = frozenset("共都也又才就还均")  # that the tagger takes for the end of a name
GAP = "\u3000"  # stands where the words that ask stood
_MEANING = frozenset({"代表", "表示", "意味", "意味着", "象征"})  # 「黄灯代表什么」: here no noun
_NOMINAL = ("n", "j", "i", "l", "x", "m", "b", "eng", "vn", "an", "t", "f", "s", "q")
COMMONEST = 0.3  # weight of a word that every passage has
VERBS = 0.5  # verbs and adjectives are said in other words more often than nouns are


def _keys(text: str, texts: Texts) -> tuple[Key, ...]:
    """The words that matter; neighbours that the index knows as one name are one key (京东支付)."""
    runs: list[list[tuple[str, bool]]] = []
    end = -1
    for word, flag, start, stop in _recut(texts, texts.snapshot.tokenizer.tagged(text)):
        if is_idle(word, flag) or _HOW_MANY.match(word) or not any(char.isalnum() for char in word):
            continue
        noun = flag.startswith(_NOMINAL) and not (word in _MEANING and text.startswith(GAP, stop))
        if start != end:
            runs.append([])
        runs[-1].append((word, noun))
        end = stop
    found: dict[str, Key] = {}
    for run in runs:
        at = 0
        while at < len(run):
            size = _name_length(run[at:], texts)
            parts = [part for part, _ in run[at : at + size]]
            word = _known(parts[0], texts) if size == 1 else "".join(parts)
            names = size > 1 or run[at][1]
            weight = max(COMMONEST, *(texts.rarity(part) for part in parts))
            found.setdefault(word, Key(word, weight if names else VERBS * weight, names))
            at += size
    return tuple(found.values())


def asks(word: str) -> bool:
    """Whether a word is one of those that ask, or carries nothing else."""
    return is_idle(word) or bool(_ASKING.fullmatch(word))


def is_idle(word: str, flag: str = "") -> bool:
    """Whether a word only asks, points, counts or carries the question, whatever it is about."""
    idle = word in _IDLE_WORDS or bool(_POINTING.fullmatch(word))
    return idle or (flag.startswith(_IDLE_FLAGS) and flag != "eng")


def _recut(texts: Texts, tagged: list[Tagged]) -> list[Tagged]:
    """Words the tagger cut across, as the index knows them: 报销|单要 is 报销单|要.

    Only where the second is no word of the index and what is left of it is idle, or one character.
    """
    found: list[Tagged] = []
    tagged = _without_guesses(texts, tagged)
    length = tagged[-1][3] if tagged else 0
    for word, flag, start, stop in tagged:
        before = found[-1] if found else None
        longer = before[0] + word[0] if before and before[3] == start else ""
        rest = word[1:]
        if (
            before
            and ((rest in _IDLE_WORDS and len(longer) > 2) or len(before[0]) == len(rest) == 1)
            and not texts.occurs(word)
            and not texts.snapshot.tokenizer.knows(word)  # 京东|金条 is no 京东金|条
            and texts.occurs(longer)
        ):
            found[-1] = (longer, "n", before[2], start + 1)
            found.append((rest, "v", start + 1, stop))
        elif before and before[3] == start and stop < length and _is_cut(before, flag):
            found[-1] = (before[0] + word, "n", before[2], stop)
        else:
            found.append((word, flag, start, stop))
    return found


def _without_guesses(texts: Texts, tagged: list[Tagged]) -> list[Tagged]:
    """Words the tagger made up, cut at those it knows: 北京能报 is 北京|能|报, 休年|假 休|年假.

    Only where they and what follows have a word that is known; else they may be a name.
    """
    tokenizer = texts.snapshot.tokenizer
    found: list[Tagged] = []
    for number, (word, flag, start, stop) in enumerate(tagged):
        if found and start < found[-1][3]:
            continue
        guessed = len(word) > 1 and word.isalpha() and not word.isascii()
        if guessed and not (tokenizer.knows(word) or texts.occurs(word)):
            if word[-1] in _ADVERBS and texts.occurs(word[:-1]):  # 河共|有: 河|共|有
                found.append((word[:-1], "n", start, stop - 1))
                found.append((word[-1], "d", stop - 1, stop))
                continue
            after = tagged[number + 1] if number + 1 < len(tagged) else None
            joined = word + (after[0] if after and after[2] == stop else "")
            cut = tokenizer.words(joined, guess=False)
            if any(len(one) > 1 and (a or b < len(word)) and one != word for one, a, b in cut):
                for one, a, b in cut:
                    found.append((one, tokenizer.tagged(one)[0][1], start + a, start + b))
                continue
        found.append((word, flag, start, stop))
    return found


def _is_cut(before: Tagged, flag: str) -> bool:
    """Whether a particle amid a question is the end of a name the tagger does not know: 花|呗."""
    return flag == "y" and len(before[0]) == 1 and before[1].startswith(("n", "v"))


def _name_length(run: list[tuple[str, bool]], texts: Texts) -> int:
    """How many words from the first on make one name: the most that stand together in the text."""
    for size in range(min(len(run), 4), 1, -1):
        word = "".join(part for part, _ in run[:size])
        if run[0][1] and 3 <= len(word) <= 10 and texts.occurs(word):
            return size
    return 1


def _known(word: str, texts: Texts) -> str:
    """A word the tagger drew too long (众筹由), cut to what the index knows of it."""
    if len(word) < 3 or texts.occurs(word):
        return word
    return next((cut for cut in (word[:-1], word[1:]) if texts.occurs(cut)), word)
