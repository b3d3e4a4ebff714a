"""What speaks for and against the text answering a question: the signs a refusal is decided on."""

from __future__ import annotations

from dataclasses import dataclass

from qa.compose import Draft
from qa.forms import form
from qa.inquiry import Inquiry
from qa.rank import Sight
from qa.retrieve import Candidate, coverage, spoken
from qa.texts import Texts


@dataclass(frozen=True, slots=True)
class Signs:
    """Between 0 and 1 but for ``read``."""

    fit: float  # how well the draft fits the question
    near: float  # rescaled cosine of the best sentence
    around: float  # share of the key words where the answer stands
    strange: float  # share of the key words that stand nowhere in the index
    other_year: float  # 1 when the question names a year and the answer's surroundings do not
    read: float  # the reader's log-odds that one of its windows answers, -10 to 10
    formless: float  # 1 when nothing cited has the form of an answer of the asked kind


def signs(texts: Texts, inquiry: Inquiry, sight: Sight, draft: Draft) -> Signs:
    """Weigh ``draft`` against what was asked."""
    candidates = sight.candidates
    places = {place for part in (*draft.parts, *draft.items) for place in part.places}
    cited = [one for one in candidates if one.place in places] or list(candidates[:1])
    said = "\n".join(_surroundings(texts, one) for one in cited[:4])
    own = "\n".join(
        texts.reading(one.place.document).plain(one.place.sentence) for one in cited[:4]
    )
    total = sum(key.weight for key in inquiry.keys) or 1.0
    strange = [key for key in inquiry.keys if not _known(texts, key.word)]
    return Signs(
        fit=draft.confidence,
        near=max((one.features.sentence for one in candidates[:8]), default=0.0),
        around=coverage(inquiry.keys, said),
        strange=sum(key.weight for key in strange) / total,
        other_year=float(bool(inquiry.years) and not any(year in said for year in inquiry.years)),
        read=sight.odds,
        formless=float(form(inquiry, own) == 0),
    )


def _surroundings(texts: Texts, candidate: Candidate) -> str:
    reading = texts.reading(candidate.place.document)
    at = candidate.place.sentence
    return f"{reading.above(at)}\n{reading.before(at)}\n{reading.plain(at)}"


def _known(texts: Texts, word: str) -> bool:
    """Whether the index speaks of a word: as it stands, or in both halves of a longer one."""
    if texts.occurs(word):
        return True
    terms = [term for term in texts.snapshot.tokenizer.terms(word) if len(term) > 1]
    return len(word) > 3 and bool(terms) and all(texts.snapshot.frequency(term) for term in terms)


def unsaid(inquiry: Inquiry, said: str) -> list[str]:
    """Key words that ``said`` does not speak of, the weightiest first."""
    missing = [key for key in inquiry.keys if spoken(key.word, said) < 0.5]
    return [key.word for key in sorted(missing, key=lambda key: -key.weight)]
