"""Everyday words in the texts' own: 营收 is 营业收入 where only that stands, GDP 生产总值.

What is asked for by name is looked for by name: where a text has nothing but another common word
for the same thing, nothing else tells 「营收多少」 from the next figure in yuan. Words that a text
may use for two things (收入, 费用) are in none of the rows, nor everyday words for people and
places (小孩, 老板), which the reader knows: with thirty rows of these one more of 208 held
questions was refused, and none was gained.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus import fold
from qa.texts import Texts

# Each row: words for one thing. The first that the texts have is taken, so the nearest come first.
_ROWS: tuple[str, ...] = (
    "营收 营业收入 营业额 总收入",
    "营业额 营业收入 营收 销售额",
    "gdp 生产总值",
    "净利 净利润",
    "坏账率 不良率 不良贷款率",
    "不良率 不良贷款率 坏账率",
    "市占率 市场份额 市场占有率",
    "市场占有率 市场份额 市占率",
    "市场份额 市场占有率 市占率",
    "房租 租金 月租",
    "租金 房租 月租",
    "噪音 噪声",
    "噪声 噪音",
    "保修期 质保期 保修 质保",
    "保修 质保",
    "质保 保修",
    "分红 派息 股息 现金红利",
    "股息 分红 派息",
    "官司 诉讼 起诉",
    "副作用 不良反应",
    "董秘 董事会秘书",
    "拉新 获客",
    "总公司 总部",
    "大儿子 长子",
    "大女儿 长女",
    "二儿子 次子",
    "二女儿 次女",
    "小儿子 幼子",
)
_SAME: Mapping[str, tuple[str, ...]] = {
    first: tuple(others) for first, *others in (row.split() for row in _ROWS)
}

# What is stated of a thing under one noun, and asked for by another: 核心竞争力是…, and no 优势是….
_STATED: Mapping[str, tuple[str, ...]] = {
    "优势": ("核心竞争力", "竞争优势", "核心优势"),
    "特色": ("特点", "特征"),
    "特点": ("特色", "特征"),
    "使命": ("宗旨", "愿景"),
}
BETWEEN = 4  # characters, at most, between what a thing is called and what is stated of it
_STATES = "(?:主要)?(?:是|在于|为|包括|有)"
_ASKED_OF = re.compile(
    rf"(?:最大的?|主要的?|核心)?(?P<noun>{'|'.join(_STATED)})(?=(?:到底|究竟)?(?:都?是|有|在|又是)(?:什么|啥|哪)|呢?$)"
)
# 「发展策略有哪些」, where a text has 对策: what it advises, and not what somebody's strategy is.
_TO_BETTER = re.compile(r"(?P<what>发展|优化|改进|提升|改善)的?(?:策略|路径|思路)")
_ADVICE = "对策"
# 「最差的是哪块」, where a text says 最为薄弱的一环.
_WORST = re.compile(
    r"最(?:差|烂|不行|拖后腿|拉胯)(?P<of>的)?(?=[是一那][哪块环个什啥]|哪|业务|板块|$)|最大的(?P<noun>短板|软肋|弱项|弱点)"
)
_WHOSE = re.compile(r"[你我他她它们的那]|现在|目前|里面?|中|整个|其")
_WEAKEST = re.compile(r"最为?薄弱的(?P<noun>一环|环节|部分|地方)?")


def in_their_words(question: str, texts: Texts) -> str:
    """``question`` with such nouns as the texts have them, where they do not have its own."""
    folded = fold(question)
    words = texts.snapshot.tokenizer.tagged(folded)
    for word, _, start, end in reversed(words):
        if word not in _SAME or word in texts.whole:
            continue
        theirs = next((other for other in _SAME[word] if other in texts.whole), None)
        if theirs:
            question = question[:start] + theirs + question[end:]
    better = _TO_BETTER.search(question)
    if (
        better
        and better[0] not in texts.whole
        and _ADVICE in texts.whole
        and _of_the_whole(question[: better.start()], texts)
    ):
        question = _TO_BETTER.sub(rf"\g<what>{_ADVICE}", question)
    return _as_weakest(_as_stated(question, texts), texts)


def _as_stated(question: str, texts: Texts) -> str:
    """「甲的优势是什么」 as 「甲的核心竞争力是什么」, where that is what the texts state of it."""
    plain = fold(question).rstrip("?？。 ")
    asked = _ASKED_OF.search(plain)
    if asked is None or re.search(asked["noun"] + _STATES, texts.whole):
        return question
    subject = re.escape(plain[: asked.start()].removesuffix("的"))
    for theirs in _STATED[asked["noun"]]:
        if re.search(rf"{subject}.{{0,{BETWEEN}}}{theirs}{_STATES}", texts.whole):
            return question[: asked.start()] + theirs + question[asked.end() :]
    return question


def _as_weakest(question: str, texts: Texts) -> str:
    """「最大的短板是什么」 as 「最薄弱的一环是什么」, where the texts call something that.

    Not of one thing in them: 「白条最大的短板」.
    """
    worst = _WORST.search(fold(question))
    weakest = _WEAKEST.search(texts.whole) if worst else None
    if worst is None or weakest is None or worst[0] in texts.whole:
        return question
    if not _of_the_whole(fold(question)[: worst.start()], texts):
        return question
    theirs = f"最薄弱的{weakest['noun'] or '地方'}" if worst["noun"] else "最薄弱"
    theirs += "的" if worst["of"] else ""
    return question[: worst.start()] + theirs + question[worst.end() :]


def _of_the_whole(before: str, texts: Texts) -> bool:
    """Whether what stands before a noun names no more than what a text's title does."""
    whose = _WHOSE.sub("", before)
    titles = (texts.reading(one.id).document.title for one in texts.snapshot.documents)
    return not whose or any(whose in fold(title) for title in titles)
