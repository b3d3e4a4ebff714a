"""What was typed: whether it can be asked at all, and how it reads."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from corpus import clean, fold, writable
from corpus.errors import Both
from qa.question.kinds import SOCIAL, asked

LONGEST_QUESTION = 500  # characters; a question longer than this is a text


def unusable(question: str) -> Both | None:
    """Why a question cannot be asked at all, or None."""
    if not question.strip():
        return Both(
            "还没有输入问题。请用一句话写下想知道的事。",
            "There is no question. Write in a sentence what you want to know, in Chinese.",
        )
    if len(question) > LONGEST_QUESTION:
        return Both(
            f"问题有 {len(question)} 字，超过了 {LONGEST_QUESTION} 字的上限。请缩短成一两句话。",
            f"The question has {len(question)} characters, over the limit of {LONGEST_QUESTION}. "
            "Make it a sentence or two.",
        )
    if not any(unicodedata.category(char)[0] in "LN" for char in fold(question)):
        return Both(
            "没有读到文字。请用一句话写下想知道的事。",
            "There are no words in it. Write in a sentence what you want to know, in Chinese.",
        )
    return None


def legible(question: str) -> str:
    """A question as a reader sees it: one line, without what cannot be seen."""
    return " ".join(clean(writable(question)).split())


def referable(questions: Sequence[str]) -> list[str]:
    """Those that a follow-up can refer to: no greeting, and nothing that was turned away."""
    usable = [legible(one) for one in questions if unusable(one) is None]
    return [one for one in usable if asked(one) not in SOCIAL]
