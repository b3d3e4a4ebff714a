"""What the texts know nothing of: words of a question that stand nowhere in them."""

from __future__ import annotations

import re

from qa.doubt.contrast import asked_to_differ
from qa.figures.compare import IS_CONTRAST, sides
from qa.question.inquiry import Inquiry, Key, is_idle
from qa.question.kinds import Asked
from qa.search.rank import Sight
from qa.search.retrieve import spoken
from qa.texts import Texts

SPOKEN = 0.5  # a word of which less is said is not spoken of
# What is asked for only by its sort (哪些|材料), or as what is done (什么时候|生效).
_SORT = re.compile(
    r"(?:哪些|什么时候|什么|啥|哪几[个种项类]|哪一?[个种项类]|何时|几时|哪天|怎么|怎样|如何|为什么)"
    r"(?:开始|正式|才|能|会|可以)?(?P<word>[\u4e00-\u9fff]{2,4})$"
)
_WORD = re.compile(r"(?!.*(?:还是|[大小高低多少早晚快慢]))[\u4e00-\u9fff]{2,4}")

# … but what everybody calls so, whatever the text does.
_LETTERS = r"(?<![a-z])(?P<word>(?!(?:app|wifi|ceo|cfo|cto|vip)(?![a-z]))[a-z]{2,8})"
# 「GMV是多少」 「2016年京东GMV」; but 多少kg asks for no kg.
_ABBREVIATION_ASKED = re.compile(
    rf"(?:{_LETTERS}(?:值|数|指标)?(?:大概|大约)?(?:是|有|为|达到?)?(?:多少|几)"
    rf"|\d{{4}}年[^,，什啥哪]{{0,12}}?{_LETTERS.replace('word', 'of_year')})$"
)


def named(inquiry: Inquiry) -> list[Key]:
    """The words of a question that name a thing."""
    return [
        key for key in inquiry.keys if key.names and len(key.word) > 1 and not is_idle(key.word)
    ]


def known(texts: Texts, word: str) -> bool:
    """Whether the index speaks of a word: as it stands, or in both halves of a longer one."""
    if texts.occurs(word):
        return True
    terms = [term for term in texts.snapshot.tokenizer.terms(word) if len(term) > 1]
    return len(word) > 3 and bool(terms) and all(texts.snapshot.frequency(term) for term in terms)


def part_of_one(texts: Texts, sight: Sight, word: str) -> bool:
    """Whether a word is part of one the candidates' documents have: 双溪 of 双溪市, 丢 of 丢失."""
    documents = {one.place.document for one in sight.candidates}
    return any(word in texts.reading(one).folded for one in documents)


def all_unknown(texts: Texts, inquiry: Inquiry, sight: Sight) -> bool:
    """Whether the index speaks of nothing that the question names: 「花呗是什么」.

    A single character is a name by itself only where there is no other: 「元|宇宙是什么」.
    """
    keys = [key for key in inquiry.keys if not is_idle(key.word)]
    names = named(inquiry)
    sort = _SORT.search(inquiry.text)
    if sort and names and all(sort["word"].startswith(key.word) for key in names):
        names = []  # 「报销要附哪些材料」: a sort of thing is no name, and 报销 is known
    return bool(keys) and not any(
        known(texts, key.word)
        or ((len(key.word) > 1 or not key.names) and part_of_one(texts, sight, key.word))
        for key in names or keys
    )


def compares_unknown(texts: Texts, inquiry: Inquiry, sight: Sight) -> bool:
    """Whether one of two things that are compared is nothing the texts know."""
    compared = inquiry.asked is Asked.COMPARISON or IS_CONTRAST.search(inquiry.text)
    both = asked_to_differ(inquiry.text) or (sides(inquiry.text) if compared else None)
    return any(
        not any(known(texts, word) or part_of_one(texts, sight, word) for word in named)
        for side in both or ()
        for named in [_names_in(inquiry, side)]
        if named
    )


def _names_in(inquiry: Inquiry, side: str) -> list[str]:
    """The names in a stretch of the question; one that no tagger knows (花呗) is its own.

    Single characters name nothing by themselves, nor do years.
    """
    words = [key.word for key in inquiry.keys if key.names]
    found = [word for word in words if len(word) > 1 and word in side]
    return found or ([side] if _WORD.fullmatch(side) else [])


def unsaid(inquiry: Inquiry, said: str) -> list[Key]:
    """Key words that ``said`` does not speak of, the weightiest first."""
    missing = [key for key in inquiry.keys if spoken(key.word, said) < SPOKEN]
    return sorted(missing, key=lambda key: -key.weight)


def of_strange_letters(texts: Texts, inquiry: Inquiry) -> bool:
    """Whether what is asked for is an abbreviation that the texts do not have: 2016年GMV多少."""
    found = _ABBREVIATION_ASKED.search(inquiry.text)
    return found is not None and (found["word"] or found["of_year"]) not in texts.whole
