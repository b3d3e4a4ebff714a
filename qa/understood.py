"""A question as it is to be understood: in the texts' own words, and standing alone.

A follow-up can point at what the question before it was answered with (第二个呢), so that one is
asked once more where that is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from qa.followups.rewrite import standalone
from qa.once import answer_once, items_of
from qa.question.abbreviations import spelled_out
from qa.question.founding import as_founded, of_the_subject
from qa.question.spelling import respelled
from qa.question.spoken import written
from qa.question.subject import with_subject
from qa.question.synonyms import in_their_words
from qa.texts import Texts


def standalone_in(texts: Texts, question: str, earlier: Sequence[str]) -> str:
    """``question`` as it is to be understood after ``earlier`` ones, asked of these texts."""
    if not earlier:
        question = with_subject(of_the_subject(question, texts), texts)
    return standalone(
        as_written(question, texts),
        [as_written(one, texts) for one in earlier],
        tokenizer=texts.snapshot.tokenizer,
        items_of=cache(lambda one: items_of(texts, one)),
        short_of=cache(lambda one: answer_once(texts, one, one).short),
        occurs=texts.occurs,
    )


def as_written(question: str, texts: Texts) -> str:
    """``question`` in the texts' own words where it has misspelt, shortened or replaced them."""
    spelled = spelled_out(respelled(written(question), texts), texts)
    return as_founded(in_their_words(spelled, texts), texts)
