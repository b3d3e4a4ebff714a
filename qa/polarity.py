"""Whether a sentence says yes or no to a question, where it settles the question at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from qa.inquiry import Inquiry
from qa.retrieve import coverage
from qa.windows import Found

_CLAUSE = re.compile(r"[^,，;；。!！?？:：]+")
_NOT = re.compile(
    r"不(?!仅|但|只|断|同|错|少|久|论|管|过|忘|妨|禁|光|单|止)|没有|没(?=[^收])|无(?!线|限|论|人机|忧|形|数)|未(?!来)|缺乏|缺少|短缺|欠缺|不足|禁止|严禁|谢绝|并非|免(?=收|费|除)|拒绝|停止|取消"
)
_QUESTION_NOT = re.compile(r"不|没有|没|无|未")
_CHOICE = re.compile(r"([\u4e00-\u9fff])不\1|有没有|有无|是否|能否|可否|(?:没有|没|不)$")
READ = 0.4  # what the reader's word counts beside the share of the key words
SETTLED = 0.3  # share of the key words the settling clause must speak of, with the clause before it


def polarity(
    inquiry: Inquiry, sentence: str, spans: Sequence[Found] = ()
) -> Literal["是", "否"] | None:
    """是 or 否 when a clause of folded ``sentence`` settles the question, else None.

    ``spans`` are the reader's in that sentence: it settles the question likelier where they are.
    """
    clauses = list(_CLAUSE.finditer(sentence))
    if not clauses:
        return None
    scored = [
        (coverage(inquiry.keys, clause[0]) + READ * _read(clause, spans), -number, clause[0])
        for number, clause in enumerate(clauses)
    ]
    share, _, clause = max(scored)
    if coverage(inquiry.keys, sentence) < SETTLED and share < SETTLED:
        return None
    asked = _CHOICE.sub("", inquiry.text)
    negative = bool(_NOT.search(clause)) != bool(_QUESTION_NOT.search(asked))
    return "否" if negative else "是"


def _read(clause: re.Match[str], spans: Sequence[Found]) -> float:
    """Share of the spans' probability that lies in a clause."""
    total = sum(span.probability for span in spans)
    held = sum(
        span.probability
        * max(0, min(span.end, clause.end()) - max(span.start, clause.start()))
        / (span.end - span.start)
        for span in spans
    )
    return held / total if total else 0.0
