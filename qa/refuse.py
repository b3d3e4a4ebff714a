"""Whether to answer at all, and when not, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.compose import Draft
from qa.inquiry import Inquiry, Key
from qa.kinds import Asked
from qa.retrieve import Candidate, spoken
from qa.texts import Place, Texts

BAR = 0.45  # drafts below this are not answers


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided."""

    refuse: bool
    reason: str = ""
    nearest: Place | None = None
    score: float = 0.0  # of the nearest sentence
    confidence: float = 0.0  # that refusing is right


def judge(
    texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate], draft: Draft | None
) -> Verdict:
    """Refuse what the text does not say."""
    nearest = next((one for one in candidates if not one.features.heading), None)
    place, score = (nearest.place, nearest.score) if nearest else (None, 0.0)
    if inquiry.asked is Asked.OVERVIEW and draft is not None:
        return Verdict(refuse=False)
    missing = _missing(texts, inquiry, candidates)
    confidence = draft.confidence if draft else 0.0
    if draft is not None and confidence >= BAR:
        return Verdict(refuse=False)
    return Verdict(True, reason(inquiry, missing), place, score, confidence=1 - confidence)


def _missing(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> list[Key]:
    """Key words that no likely sentence speaks of, the weightiest first."""
    near = "\n".join(
        texts.reading(one.place.document).plain(one.place.sentence)
        + texts.reading(one.place.document).above(one.place.sentence)
        for one in candidates[:8]
    )
    unspoken = [key for key in inquiry.keys if spoken(key.word, near) < 0.5]
    return sorted(unspoken, key=lambda key: -key.weight)


def reason(inquiry: Inquiry, missing: Sequence[Key]) -> str:
    """What to tell the user."""
    if missing:
        named = "、".join(f"“{key.word}”" for key in missing[:2])
        return f"文中没有提到{named}，所以无法回答。"
    if inquiry.years:
        return f"文中没有给出{inquiry.years[0]}年的这一信息，所以无法回答。"
    return "文中谈到了相关内容，但没有说到这一点，所以无法回答。"
