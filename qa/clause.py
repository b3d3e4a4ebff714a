"""Clauses of a sentence, as far as its marks tell."""

from __future__ import annotations

import re

BREAK = re.compile(r"[,，;；。:：]")


def clause(sentence: str, at: int) -> str:
    """The clause that place ``at`` is in, without the marks around it."""
    end = BREAK.search(sentence, at)
    return sentence[clause_start(sentence, at) : end.start() if end else len(sentence)]


def clause_start(sentence: str, at: int) -> int:
    """Where that clause begins."""
    return max((mark.end() for mark in BREAK.finditer(sentence, 0, at)), default=0)
