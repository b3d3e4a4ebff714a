"""Whether to answer at all, and when not, what is missing."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus import fold
from qa.compose import Draft
from qa.doubt.another import of_namesake
from qa.doubt.contrast import asked_to_differ
from qa.doubt.known import known, unsaid
from qa.doubt.mention import meaning_asked
from qa.doubt.signs import Signs, signs
from qa.doubt.vain import in_vain
from qa.lists.counting import of_parts
from qa.question.inquiry import Inquiry, asks
from qa.question.kinds import EXPLAIN, Asked
from qa.question.slots import ATTRIBUTE, CUE
from qa.search.rank import Sight
from qa.search.retrieve import Candidate
from qa.short.frames import own_name
from qa.summary.gist import bare
from qa.summary.located import SURE, locate
from qa.texts import Place, Texts

# Logistic regression on ``dev6``, ``dev7``, ``general.dev6`` and the other ways to say their
# questions, answerable or not, by ``python -m tests.benchmarks.fit`` as of commit c3cc5c4. Fitted
# on the sets of ``MANY_TEXTS`` they were no better for few texts (``docs/figures.md``).
FEW_TEXTS: Mapping[str, float] = {
    "fit": 0.977,
    "near": 2.938,
    "around": -0.032,
    "strange": 1.130,
    "elsewhere": -0.625,
    "unfocused": 0.288,
    "other_year": -0.933,
    "other_number": -0.949,
    "other_unit": -0.887,
    "formless": -0.737,
    "read_short": 0.984,
    "read_long": 0.842,
    "short": -1.123,
    "said": -0.093,
    "here": 0.347,
    "span": -2.199,
    "unread": -0.127,
}
FEW_BIAS = -1.957
# The same where the texts are many: on these sets, ``dev24``, ``dev29``, ``dev30``,
# ``general.dev18``, and the developing parts of CMRC 2018 and DRCD with paragraphs left out, by
# ``python -m tests.benchmarks.fit --public FOLDER``. Of a few hardly a question is without a
# sentence that is near; of a hundred, one whose words stand apart is of another thing.
MANY_TEXTS: Mapping[str, float] = {
    "fit": 1.417,
    "near": 5.234,
    "around": 1.123,
    "strange": -4.018,
    "strange_names": -0.923,
    "coined": -1.321,
    "elsewhere": -3.868,
    "unfocused": 0.258,
    "other_year": -1.337,
    "other_number": -0.906,
    "other_unit": -0.641,
    "formless": -0.534,
    "read_short": 0.358,
    "read_long": 0.413,
    "short": -0.702,
    "said": 0.107,
    "here": 0.554,
    "span": -2.527,
    "unread": 0.385,
}
MANY_BIAS = -3.803  # -4.003 as fitted, on more without an answer than people ask
# Answers less likely than this are refused: chosen on the same sets.
BAR = 0.5
# What a thing is, what it is for, how it is done, which is more, whether it is so: these are seldom
# asked in vain where the texts know the words. Of the development questions that must be refused
# hardly one is of these kinds, and many an answer was lost between the two bars.
SELDOM_IN_VAIN = EXPLAIN - {Asked.WHY} | {Asked.COMPARISON, Asked.YESNO}
LOWER_BAR = 0.4
# … of what a thing is that the sentence says something of. Set by hand: of 559 development
# questions that must be refused none is answered for it.
LOWEST_BAR = 0.25
_AMOUNT = re.compile(r"[\d.,%一二三四五六七八九十]+[\u4e00-\u9fff]?")  # 2016年, 三家, 1
# Most of what is asked for stands nowhere in the texts, and the reader sees it answered in other
# words by no means. At -1, as with a reader that had not been taught other words, and without
# ``qa.doubt.vain.SEEN``, 20 of the 438 questions of ``dev7`` and ways to say them that have an
# answer were refused, now 12 (the other weights being as before); of the 157 others 143, now 142.
STRANGE, DOUBTED, UNLIKELY = 0.7, -3.5, 0.02
# … or half of it and just what is wanted (支付宝的|发展方向), and no span of the sentence is it.
HALF_STRANGE, HALF_DOUBTED, NO_SPAN = 0.5, -2.4, 0.02
# A question of yes or no speaks of something that stands nowhere in the texts, and the sentence
# that comes nearest says neither: what is asked is left open. Of the questions of ``dev12`` 23 of
# the 30 that nothing settles are refused so, 21 at 1.3, and no other. Likewise where the sentence
# does not speak of what is asked (收益高吗), and the reader sees no answer in it: so it was with 39
# of the questions refusing is fitted on, of which 22 have no answer and 13 another one.
UNSETTLED, UNHEARD, LEFT_OPEN = 0.75, 0.3, 1.1
PLACED = 0.6  # set by hand: the reader, which sees sentences, cannot tell what headings do
_POINTS = re.compile(r"^(?:[它他她这那其]|别[家的人])")  # 它的众筹, 别家: to be named, no names
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[a-z]+")
FOREIGN = 3  # Latin words from which a question without Chinese is in another language
CUT = 2  # characters of a name that a tagger may cut off
_MEASURE = re.compile(r"[天日月年周时分秒前后内外上下间个]+")  # 天前, 月底前: no names


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided, and how sure that is."""

    refuse: bool
    confidence: float  # 0 to 1: that answering, or refusing, is right
    reason: str = ""
    nearest: Place | None = None
    score: float = 0.0  # of the nearest sentence


def judge(texts: Texts, inquiry: Inquiry, sight: Sight, draft: Draft | None) -> Verdict:
    """Refuse what the text does not say."""
    candidates = sight.candidates
    located = locate(texts, inquiry, candidates)
    if located is not None and located.missing:
        return Verdict(refuse=True, confidence=SURE, reason=located.missing)
    of_the_text = inquiry.asked is Asked.OVERVIEW or of_parts(inquiry)
    whole = draft if located is not None or of_the_text else None
    if whole is not None and not of_namesake(texts, inquiry, whole):
        return Verdict(refuse=False, confidence=whole.confidence)
    answerable = 0.0
    if draft is not None and not in_vain(texts, inquiry, sight, draft):
        found = signs(texts, inquiry, sight, draft)
        foreign = found.strange > STRANGE and found.said < DOUBTED
        foreign = foreign or (
            found.unfocused == 1.0
            and found.strange > HALF_STRANGE
            and found.said < HALF_DOUBTED
            and found.span < NO_SPAN
        )
        unspoken = found.strange >= UNHEARD or (found.unfocused == 1.0 and found.said < 0)
        open_ = (
            draft.unsettled >= UNSETTLED and unspoken
        ) or draft.unsettled + found.strange >= LEFT_OPEN
        answerable = UNLIKELY if foreign or open_ else likelihood(found)
        if draft.placed:
            answerable = max(answerable, PLACED)
    bar = LOWER_BAR if inquiry.asked in SELDOM_IN_VAIN else BAR
    if draft is not None and inquiry.asked is Asked.DEFINITION and _tells_of(texts, inquiry, draft):
        bar = LOWEST_BAR
    if inquiry.asked is Asked.YESNO and draft is not None and draft.unsettled >= UNSETTLED:
        bar = BAR  # the sentence says neither
    if answerable >= bar:
        return Verdict(refuse=False, confidence=answerable)
    nearest = next((one for one in candidates if not one.features.heading), None)
    return Verdict(
        refuse=True,
        confidence=1 - answerable,
        reason=_reason(texts, inquiry, candidates),
        nearest=nearest.place if nearest else None,
        score=nearest.score if nearest else 0.0,
    )


def _tells_of(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether what is cited says something of the thing asked for: 甲,是…, …的“甲”."""
    places = [place for part in draft.parts for place in part.places]
    subject = bare(inquiry.text)
    if places and subject not in texts.whole:  # 京东|钢镚
        title = fold(texts.reading(places[0].document).document.title)
        subject = own_name(subject, title) or subject
    name = re.escape(subject)
    says = re.compile(
        rf"^[“「『《]?{name}|{name}[”」』》]?[^,，。;；的为]{{0,6}}[,，]?(?:则|就)?(?:是|指|即|属于)|的[“「『][^”」』]{{0,4}}{name}"
    )
    return len(subject) > 1 and any(
        says.search(reading.plain(place.sentence)) or subject in reading.headings(place.sentence)
        for place in places
        for reading in [texts.reading(place.document)]
    )


def likelihood(found: Signs) -> float:
    """Probability that the text answers, from the signs."""
    few = FEW_BIAS + _weighed(found, FEW_TEXTS)
    many = MANY_BIAS + _weighed(found, MANY_TEXTS)
    odds = few + found.many * (many - few)
    return 1 / (1 + math.exp(-odds))


def _weighed(found: Signs, weights: Mapping[str, float]) -> float:
    return sum(weight * float(getattr(found, name)) for name, weight in weights.items())


def _says_nothing(texts: Texts, candidates: Sequence[Candidate], word: str) -> bool:
    """Whether it tells nobody anything that a word is spoken of: a figure, or what all is about."""
    titles = (fold(texts.reading(one.place.document).document.title) for one in candidates[:8])
    return bool(_AMOUNT.fullmatch(word)) or any(word in title for title in titles)


def _tells(texts: Texts, inquiry: Inquiry, word: str) -> bool:
    """Whether it tells anybody anything that a word is not there: a name, or what is asked for.

    Not so of what questions are dressed in: 「手上的执照一共几张」 is not about 手上.
    """
    coined = not texts.snapshot.tokenizer.knows(word)
    return coined or word == inquiry.focus or bool(ATTRIBUTE.search(word))


def _whole(texts: Texts, inquiry: Inquiry, word: str) -> str:
    """A name with the part of it right before that the texts do not have either: 蚂蚁|金服."""
    before = inquiry.text[: max(0, inquiry.text.find(word))]
    for key in inquiry.keys:
        if len(key.word) > 1 and before.endswith(key.word) and not texts.occurs(key.word):
            return key.word + word
    return word


def _to_its_end(inquiry: Inquiry, word: str, near: str) -> str:
    """A name that the tagger cut, to where the question and the texts part: 财付|通."""
    at = inquiry.text.find(word)
    end = at + len(word)
    while at >= 0 and end < len(inquiry.text) and end - at < len(word) + CUT:
        if (
            not _HAN.match(inquiry.text[end])
            or asks(inquiry.text[end])
            or CUE.match(inquiry.text, end)
        ):
            break
        if inquiry.text[at : end + 1] not in near:
            break
        end += 1
    return inquiry.text[at:end] if at >= 0 else word


def _reason(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> str:
    """What to tell the user: the words, the year or the point that the text does not give."""
    if len(_LATIN.findall(inquiry.text)) >= FOREIGN and not _HAN.search(inquiry.text):
        return "请用中文提问。 Please ask in Chinese."
    both = asked_to_differ(inquiry.text)
    if both is not None:
        named = [f"“{inquiry.as_typed(side)}”" for side in both]
        strange = [
            name
            for side, name in zip(both, named, strict=True)
            if not known(texts, side) and not _POINTS.search(side)
        ]
        if strange:
            return f"文中没有提到{'、'.join(strange)}，无法回答。"
        return f"文中没有说到{named[0]}和{named[1]}有什么不同，无法回答。"
    thing = meaning_asked(inquiry)
    if thing and thing in texts.whole:
        return f"文中提到了“{inquiry.as_typed(thing)}”，但没有说它是什么，无法回答。"
    near = "\n".join(
        texts.reading(one.place.document).plain(one.place.sentence)
        + texts.reading(one.place.document).above(one.place.sentence)
        for one in candidates[:8]
    )
    unknown = [key for key in unsaid(inquiry, near) if not texts.occurs(key.word)]
    # A single character is seldom a name: 「这篇文章的作者」 does not ask for 篇.
    missing = [
        key.word
        for key in unknown
        if key.names
        and len(key.word) > 1
        and not asks(key.word)
        and not (_MEASURE.fullmatch(key.word) or _AMOUNT.fullmatch(key.word))
        and _tells(texts, inquiry, key.word)
    ]
    if missing:
        named = [_whole(texts, inquiry, word) for word in missing[:2]]
        words = "、".join(f"“{inquiry.as_typed(word)}”" for word in named)
        return f"文中没有提到{words}，无法回答。"
    years = [year for year in inquiry.years if year not in near]
    if years:
        return f"文中没有给出 {years[0]} 年的这项内容，无法回答。"
    named = [
        key.word for key in inquiry.keys if key.names and len(key.word) > 1 and not asks(key.word)
    ]
    spoken = [
        inquiry.as_typed(_to_its_end(inquiry, word, near))
        for word in named
        if word in near and word != inquiry.focus and not _says_nothing(texts, candidates, word)
    ]
    if spoken:
        wanted = inquiry.focus in named and inquiry.focus not in near
        point = f"“{inquiry.as_typed(inquiry.focus)}”" if wanted else "所问的这一点"
        return f"文中谈到了“{spoken[0]}”，但没有说到{point}，无法回答。"
    return "文中没有说到这一点，无法回答。"
