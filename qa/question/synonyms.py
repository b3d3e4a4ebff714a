"""Everyday nouns in the texts' own words: 营收 is 营业收入 where only that stands, GDP 生产总值.

What is asked for by name is looked for by name: where a text has nothing but another common word
for the same thing, nothing else tells 「营收多少」 from the next figure in yuan. Words that a text
may use for two things (收入, 费用) are in none of the rows, nor everyday words for people and
places (小孩, 老板), which the reader knows: with thirty rows of these one more of 208 held
questions was refused, and none was gained.
"""

from __future__ import annotations

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
    "分红 红利 派息 股息",
    "股息 红利 分红 派息",
    "官司 诉讼 起诉",
    "副作用 不良反应",
)
_SAME: Mapping[str, tuple[str, ...]] = {
    first: tuple(others) for first, *others in (row.split() for row in _ROWS)
}


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
    return question
