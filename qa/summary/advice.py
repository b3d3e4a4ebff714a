"""What a text advises on the whole: 「怎么优化生态圈」, 「这些问题怎么解决」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import fold
from qa.compose import Draft
from qa.enumerations import Enumeration, Form
from qa.lists.outline import as_list
from qa.question.inquiry import Inquiry
from qa.question.sorts import is_problems
from qa.search.retrieve import Candidate
from qa.texts import Reading, Texts

ADVICE = re.compile(r"建议|对策|应对|措施|展望|启示")
_BETTER = r"(?:优化|改进|改善|改良|完善|提升|解决|应对|破解|化解|改(?=$|[呢啊]))"
_WAYS = r"(?:方案|办法|方法|路径|途径|思路|之道|方式|对策|策略|举措|措施|建议)"
_ASKED = re.compile(
    rf"(?:怎么|如何|怎样|咋)(?:样)?(?:才能|才好|去|来|进一步|继续)*(?:进行)?{_BETTER}(?!卷|造成)"
    r"|(?:怎么|如何|怎样|咋)办(?:好|才好|呢)?$|(?:应该?|应当|该)(?:怎么|如何|怎样|咋)(?:做|搞)$"
    rf"|{_BETTER}的?{_WAYS}(?:都|主要|具体)*(?:(?:是|有)(?:什么|啥|哪些|哪几[个条点])|$)"
    rf"|(?:什么|啥|哪些|怎样的|何种)(?:好的?)?{_BETTER}的?{_WAYS}"
)
# What else such a question has, and what narrows nothing of it.
_BESIDE = re.compile(
    r"作者|文章|文中|本文|觉得|认为|提出|给出|针对|围绕|对于|面对|关于|目前|现在|这些|那些|上述|以上|这|那|它|其|他们"
    r"|自己|应该|应当|可以|需要|该|应|要|就|了|的|得|对|,|，|呢|啊|呀|吗|给|有|存在|又|还|到底|究竟|什么|哪些|啥|样"
)
_OUTLINE = re.compile(r"(?:建议|对策|措施|展望|启示|问题)$")


def advice_of(reading: Reading) -> Enumeration | None:
    """The headings below the one that announces what the author advises.

    Not the outline of a text whose title announces it: 现状, 问题, 对策.
    """
    return next(
        (
            one
            for one in reading.lists
            if one.form is Form.HEADINGS
            and ADVICE.search(one.about)
            and not any(_OUTLINE.search(entry.text) for entry in one.entries)
        ),
        None,
    )


def on_the_whole(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Draft | None:
    """All that a text advises, where what is to be bettered is no less than what it is about.

    None where a part of it is named (牌照问题怎么解决), and where a text has no headings of
    problems and of advice on them.
    """
    asked = _ASKED.search(inquiry.text)
    if asked is None:
        return None
    rest = inquiry.text[: asked.start()] + "," + inquiry.text[asked.end() :]
    words = texts.snapshot.tokenizer.terms(_BESIDE.sub(",", rest))
    compounds = {one for one in words if any(other in one for other in words if other != one)}
    named = [word for word in words if word not in compounds and not is_problems(word)]
    reading = texts.reading(candidates[0].place.document)
    title = fold(reading.document.title)
    if not all(word in title for word in named) or not _tells_problems(reading):
        return None
    if not named and len(texts.snapshot.documents) > 1:
        return None
    advice = advice_of(reading)
    if advice is None:
        return None
    return replace(as_list(reading, advice, "作者的建议有 {count} 点："), placed=True)


def _tells_problems(reading: Reading) -> bool:
    """Whether a text has headings of problems: what a manual advises is on something else."""
    return any(one.form is Form.HEADINGS and is_problems(fold(one.about)) for one in reading.lists)
