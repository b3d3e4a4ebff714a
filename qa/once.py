"""A question that stands alone, asked once: found, ranked, read, judged, composed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from qa import compose
from qa.answer import Answer
from qa.lists.choice import LIST_BAR, choose
from qa.question.inquiry import inquire
from qa.read import read
from qa.reader import shipped_reader
from qa.refuse import judge
from qa.search.rank import look
from qa.search.retrieve import retrieve
from qa.suggest import suggestions
from qa.texts import Texts


def answer_once(
    texts: Texts, typed: str, understood: str, within: Collection[str] | None = None
) -> Answer:
    """The answer to ``understood``, or the refusal, from the documents ``within``; None is all."""
    inquiry = inquire(understood, texts)
    candidates = retrieve(texts, inquiry, within)
    sight = look(shipped_reader(), texts, inquiry, candidates)
    draft = read(texts, inquiry, sight)
    verdict = judge(texts, inquiry, sight, draft)
    if draft is None or verdict.refuse:
        return compose.refusal(
            texts,
            typed,
            understood,
            verdict.reason,
            nearest=verdict.nearest,
            score=verdict.score,
            suggestions=suggestions(texts, sight.candidates, understood),
            confidence=verdict.confidence,
        )
    return compose.answered(texts, typed, understood, replace(draft, confidence=verdict.confidence))


def items_of(texts: Texts, question: str) -> tuple[str, ...]:
    """The items that a list question is answered with, for follow-ups to point at; unjudged."""
    inquiry = inquire(question, texts)
    sight = look(shipped_reader(), texts, inquiry, retrieve(texts, inquiry))
    listed = choose(texts, inquiry, sight)
    if listed is None or listed.score < LIST_BAR:
        return ()
    return tuple(entry.text for entry in listed.enumeration.entries)
