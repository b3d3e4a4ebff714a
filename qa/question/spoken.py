"""Spoken forms as they are written: 能用不 is 能用吗, 到底是个啥玩意儿 is 是什么.

What follows (kinds, claims, follow-ups) knows the written ones. Nothing of what is asked for is in
the words that are left out: they only point at a topic, or ask whether.
"""

from __future__ import annotations

import re

from corpus import fold

_HAN = "[\u4e00-\u9fff]"
# 「能贷到钱不」, but not 「为什么不」, 「要不」; 「…，对不」
_WHETHER = re.compile(rf"(?<={_HAN}{_HAN})(?<![不么何啥嘛凭要得都说])不[呀啊呢]?(?=[?？。!！\s]*$)")
_RIGHT = re.compile(r"(?<=[,，][对是])不[呀啊呢]?(?=[?？。!！\s]*$)")
# 「股权那边筹了多少」; but 「另外那边」 points at something said before. Of 那块 other rules know.
_TOPIC = re.compile(
    rf"(?<={_HAN}{_HAN})(?<!另外)(?<!前面)(?<!后面)(?<!其中)(?<!刚才)(?:那|这)(?:边(?![界境疆际缘上下])儿?|头(?![部条牛猪羊马驴衔尾名]))(?=[,，]?(?!是|叫|的|属|算){_HAN})"
)
# 「占了六成多」
_AND_MORE = re.compile(
    r"(?<![一二三四五六七八九十])(?P<figure>[一二三四五六七八九两]成)多(?![少元种样层数年次家个])"
)
# 「甲到底是做什么的」, 「究竟有几个」
_EMPHASIS = re.compile(
    rf"(?<={_HAN}{_HAN})(?<![坐走开])(?:到底|究竟)(?=[是有为算会能要指靠图怎什啥哪谁多几在该])"
)
# 「是个啥玩意儿」
_THING = re.compile(
    r"(?<=是)(?:一?个)?(?:什么|啥)(?:玩意儿?|玩艺儿?|东西|东东)(?=[呀啊呢]?[?？。!！\s]*$)"
)
# 「由哪些部分组成」
_PARTS = re.compile(
    r"由(?:哪些|哪几个?|什么)(?:主要)?(?:部分|要素|成分|内容|方面)(?=(?:所)?(?:组成|构成))"
)
# 「主要包括哪些方面」
_ASPECTS = re.compile(r"(?<=[包涵][括含盖]哪些)(?:方面|部分)(?=[?？。\s]*$)")
# 「是做什么的呢」; but 「那支付宝呢」 asks by nothing else
_PARTICLE = re.compile(rf"(?<={_HAN}{{4}})[呢呀啊哦]+(?=[?？。!！\s]*$)")
_ASKS = re.compile(r"什么|啥|哪|谁|多少|几|怎|咋|如何|为何")


def written(question: str) -> str:
    """``question`` without what only speech has, every other character as typed."""
    folded = fold(question)  # folding keeps every place
    whether = _RIGHT.search(folded) or _WHETHER.search(folded)
    if whether:
        question = question[: whether.start()] + "吗" + question[whether.end() :]
    topic = _TOPIC.search(folded)
    if topic:
        question = question[: topic.start()] + question[topic.end() :]
    question = _replaced(_THING, "什么", _replaced(_EMPHASIS, "", question))
    question = _replaced(_ASPECTS, "", _replaced(_PARTS, "由什么", question))
    if _ASKS.search(question):
        question = _replaced(_PARTICLE, "", question)
    return _AND_MORE.sub(r"超过\g<figure>", question)


def _replaced(pattern: re.Pattern[str], by: str, question: str) -> str:
    """``question`` with what of it matches, folded, replaced once."""
    found = pattern.search(fold(question))
    return question[: found.start()] + by + question[found.end() :] if found else question
