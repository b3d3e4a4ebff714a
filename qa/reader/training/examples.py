"""Reading examples: a question, a short window of text, and where in it the answer is, if it is.

Windows are a few whole sentences, as retrieval gives them, and now and then a whole paragraph.
Six kinds of windows do not answer: another one of the same document, the best-retrieved ones of
other documents, the answer's own surroundings without its sentences, the answer's window under a
question that asks for another year, number or name, a window under a question that was asked
of a like subject and is not spoken of here, and the answer's window under a near twin of its
question, which somebody wrote to that end.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus import simplified
from qa.reader.training.claims import Claims
from qa.reader.training.corpora import Corpus, Paragraph, Question
from qa.reader.training.neighbours import Neighbours

NUMBER = re.compile(r"\d+")
QUOTED = re.compile(r"《([^》]{2,12})》")
LATIN = re.compile(r"[A-Za-z][A-Za-z .\-]{2,}[A-Za-z]")
LONG_ANSWER = 40  # characters; longer ones are clauses, cited rather than given as `short`
LONGEST_WINDOW = 420  # characters
SUBJECT = "\0"  # stands for the title in a question that is asked of another
CLAIMS = 0.14  # share of the questions made into ones of yes or no
WHOLE = 0.15  # share of windows that are as long as a paragraph, unless another is asked for


class Kind(StrEnum):
    """Where an example's window comes from."""

    HOLDS = "holds"
    SIBLING = "sibling"
    RETRIEVED = "retrieved"
    REMOVED = "removed"
    CHANGED = "changed"
    UNSAID = "unsaid"
    TWIN = "twin"


LISTS = re.compile(r"哪(?:些|几|[二三四五六七八两])|分别|包括|包含|有(?:什么|啥)|列举")
ITEM = re.compile(r"[^、]+")
LAST = re.compile(r"以及|[和与與及]")

SHARES = {
    Kind.HOLDS: 0.62,
    Kind.SIBLING: 0.07,
    Kind.RETRIEVED: 0.09,
    Kind.REMOVED: 0.09,
    Kind.CHANGED: 0.06,
    Kind.UNSAID: 0.07,
}


@dataclass(frozen=True, slots=True)
class Example:
    """``window[start:end]`` answers ``question``; start == end == 0 when nothing does."""

    question: str
    heading: str
    window: str
    start: int
    end: int
    kind: Kind
    evidence: tuple[tuple[int, int], ...] = ()  # pieces of the sentences that answer
    items: tuple[tuple[int, int], ...] | None = None  # of the list asked for; None: no list is
    bounds: tuple[tuple[int, int], ...] = ()  # sentences of the window, where known
    affirms: bool | None = None  # for a question of yes or no, whether it is yes

    @property
    def answer(self) -> str:
        """The answer's text, or ""."""
        return self.window[self.start : self.end]


def items_of(
    asked: str, window: str, question: Question, begin: int
) -> tuple[tuple[int, int], ...] | None:
    """The items of an answer written with 、 under a question that asks for a list, else None."""
    start, end = question.start - begin, question.end - begin
    if "、" not in window[start:end] or not LISTS.search(simplified(asked)):
        return None
    return items_between(window, start, end, shortest=1)


def items_between(
    window: str, start: int, end: int, *, shortest: int
) -> tuple[tuple[int, int], ...]:
    """The items of a list written with 、, the last two of it parted at 和 or 以及.

    ``shortest`` is how many characters these two have at least.
    """
    found = [match.span() for match in ITEM.finditer(window, start, end)]
    first, last = found[-1]
    joint = LAST.search(window, first + shortest, last - shortest)
    if joint is not None:
        found[-1:] = [(first, joint.start()), (joint.end(), last)]
    return tuple(found)


def _as_read(made: Example, paragraph: Paragraph) -> Example:
    """As the reader is given it: what is traditional is simplified."""
    if not paragraph.traditional:
        return made
    return replace(
        made,
        question=simplified(made.question),
        heading=simplified(made.heading),
        window=simplified(made.window),
    )


class Sampler:
    """Draws a fresh example of a question each time it is asked."""

    def __init__(self, corpus: Corpus, seed: int, near: int = 12, whole: float = WHOLE) -> None:
        """``near``: best-retrieved windows to draw from; ``whole``: share of long windows."""
        self.corpus = corpus
        self._whole = whole
        self.random = random.Random(seed)
        self._neighbours = Neighbours(corpus)
        texts = [question.text for question in corpus.questions]
        self._near = list(self._neighbours.top(texts, near))
        self._titles = sorted({p.title for p in corpus.paragraphs if 2 <= len(p.title) <= 10})
        self._works = sorted({w for t in texts for w in QUOTED.findall(t)})
        self._latin = sorted({w for t in texts for w in LATIN.findall(t)})
        self._about: dict[int, list[str]] = {}  # paragraph → its questions, SUBJECT for the title
        for question in corpus.questions:
            title = corpus.paragraphs[question.paragraph].title
            if 2 <= len(title) <= 10 and title in question.text:
                asked = question.text.replace(title, SUBJECT)
                self._about.setdefault(question.paragraph, []).append(asked)
        self._claims = Claims(corpus, self.random)

    def draw(self, number: int, kind: Kind | None = None) -> Example | None:
        """Make an example of question ``number``, of a kind drawn by ``SHARES`` unless given.

        None when the text has no window of that kind.
        """
        rng = self.random
        question = self.corpus.questions[number]
        paragraph = self.corpus.paragraphs[question.paragraph]
        if kind is None:
            kind = rng.choices(list(SHARES), list(SHARES.values()))[0]
        made: Example | None
        if kind is Kind.HOLDS:
            made = self._holds(question, paragraph)
            if rng.random() < CLAIMS:
                claim = self._claims.make(question, made.answer)
                if claim is not None:
                    made = replace(made, question=claim[0], items=(), affirms=claim[1])
        elif kind is Kind.SIBLING:
            made = self._sibling(question, paragraph)
        elif kind is Kind.RETRIEVED:
            made = self._retrieved(number, question, paragraph)
        elif kind is Kind.REMOVED:
            made = self._removed(question, paragraph)
        elif kind is Kind.UNSAID:
            made = self._unsaid(number, question, paragraph)
        else:
            made = self._changed(question, paragraph)
        return _as_read(made, paragraph) if made is not None else None

    def pair(self, number: int, way: str, twin: str) -> tuple[Example, Example]:
        """Question ``number`` said another way, and its twin that nothing here answers.

        Both are asked of one window, so that it is only the words that tell them apart.
        """
        question = self.corpus.questions[number]
        paragraph = self.corpus.paragraphs[question.paragraph]
        held = self._holds(question, paragraph)
        missed = Example(twin, held.heading, held.window, 0, 0, Kind.TWIN)
        return (
            _as_read(replace(held, question=way), paragraph),
            _as_read(missed, paragraph),
        )

    def claim(self, number: int, asked: str, start: int, end: int, *, affirms: bool) -> Example:
        """A question of yes or no on the paragraph of question ``number``.

        ``start:end`` of the paragraph settles it.
        """
        place = self.corpus.questions[number].paragraph
        paragraph = self.corpus.paragraphs[place]
        made = self._holds(Question("", asked, place, start, end), paragraph)
        return _as_read(replace(made, items=(), affirms=affirms), paragraph)

    def _heading(self, paragraph: Paragraph) -> str:
        return paragraph.title if self.random.random() < 0.6 else ""

    def _size(self) -> int:
        """Characters wished for: mostly 40 to 160, now and then far more."""
        if self.random.random() < self._whole:
            return self.random.randint(180, 400)
        return round(self.random.triangular(20, 170, 70))

    def _spread(self, paragraph: Paragraph, first: int, last: int, size: int) -> tuple[int, int]:
        """Sentences [first, last) and neighbours on random sides, up to ``size`` characters."""
        bounds = paragraph.sentences
        while bounds[last - 1][1] - bounds[first][0] < size:
            before = first > 0
            after = last < len(bounds)
            if not (before or after):
                break
            if before and (not after or self.random.random() < 0.5):
                first -= 1
            else:
                last += 1
            if bounds[last - 1][1] - bounds[first][0] > LONGEST_WINDOW:
                break
        return first, last

    def _cover(self, question: Question, paragraph: Paragraph) -> tuple[int, int]:
        """Find the sentences [first, last) that the answer touches."""
        inside = [
            n
            for n, (a, b) in enumerate(paragraph.sentences)
            if a < question.end and b > question.start
        ]
        return inside[0], inside[-1] + 1

    def _holds(self, question: Question, paragraph: Paragraph) -> Example:
        first, last = self._spread(paragraph, *self._cover(question, paragraph), self._size())
        begin, end = paragraph.sentences[first][0], paragraph.sentences[last - 1][1]
        if end - begin > LONGEST_WINDOW:
            slack = max(LONGEST_WINDOW - (question.end - question.start), 0)
            begin = max(begin, question.start - self.random.randint(0, slack))
            end = max(min(end, begin + LONGEST_WINDOW), question.end)
        return Example(
            question.text,
            self._heading(paragraph),
            paragraph.text[begin:end],
            question.start - begin,
            question.end - begin,
            Kind.HOLDS,
            ((question.start - begin, question.end - begin),),
            items_of(question.text, paragraph.text[begin:end], question, begin),
        )

    def _none(self, question: Question, paragraph: Paragraph, window: str, kind: Kind) -> Example:
        heading = self._heading(paragraph)
        return Example(question.text, heading, window[:LONGEST_WINDOW], 0, 0, kind)

    def _sibling(self, question: Question, paragraph: Paragraph) -> Example | None:
        answer = paragraph.text[question.start : question.end]
        for _ in range(4):
            at = self.random.randrange(len(paragraph.sentences))
            first, last = self._spread(paragraph, at, at + 1, self._size())
            a, b = paragraph.sentences[first][0], paragraph.sentences[last - 1][1]
            apart = b <= question.start or a >= question.end
            if apart and answer not in paragraph.text[a:b]:
                return self._none(question, paragraph, paragraph.text[a:b], Kind.SIBLING)
        return None

    def _retrieved(self, number: int, question: Question, paragraph: Paragraph) -> Example | None:
        answer = simplified(paragraph.text[question.start : question.end])
        for _ in range(4):
            rank = min(int(self.random.expovariate(0.35)), len(self._near[number]) - 1)
            other, a, b = self._neighbours.windows[self._near[number][rank]]
            found = self.corpus.paragraphs[other]
            if other == question.paragraph or answer in simplified(found.text[a:b]):
                continue
            window = found.text[a:b]
            if found.traditional != paragraph.traditional:
                window = simplified(window)
            return self._none(question, found, window, Kind.RETRIEVED)
        return None

    def _removed(self, question: Question, paragraph: Paragraph) -> Example | None:
        answer = paragraph.text[question.start : question.end]
        first, last = self._cover(question, paragraph)
        size = self._size() + paragraph.sentences[last - 1][1] - paragraph.sentences[first][0]
        before, after = self._spread(paragraph, first, last, size)
        bounds = paragraph.sentences
        window = (
            paragraph.text[bounds[before][0] : bounds[first][0]]
            + paragraph.text[bounds[last - 1][1] : bounds[after - 1][1]]
        )
        if len(window) < 12 or answer in window:
            return None
        return self._none(question, paragraph, window, Kind.REMOVED)

    def _unsaid(self, number: int, question: Question, paragraph: Paragraph) -> Example | None:
        """What was asked of a like subject, asked of this one; its rarest words are not here."""
        title = paragraph.title
        if not 2 <= len(title) <= 10:
            return None
        like = [self._neighbours.windows[near][0] for near in self._near[number]]
        asked = [
            text
            for other in like
            if self.corpus.paragraphs[other].title != title
            for text in self._about.get(other, [])
        ]
        if not asked:
            return None
        if self.random.random() < 0.5:  # where the question's own answer stands
            first, last = self._cover(question, paragraph)
        else:
            first = self.random.randrange(len(paragraph.sentences))
            last = first + 1
        first, last = self._spread(paragraph, first, last, self._size())
        window = paragraph.text[paragraph.sentences[first][0] : paragraph.sentences[last - 1][1]]
        plain = simplified(window)
        for text in self.random.sample(asked, min(len(asked), 4)):
            if all(pair not in plain for pair in self._neighbours.rarest(text)):
                put = text if paragraph.traditional else simplified(text)
                return Example(
                    put.replace(SUBJECT, title),
                    title if title not in window else self._heading(paragraph),
                    window[:LONGEST_WINDOW],
                    0,
                    0,
                    Kind.UNSAID,
                )
        return None

    def _changed(self, question: Question, paragraph: Paragraph) -> Example | None:
        held = self._holds(question, paragraph)
        known = held.window
        changed = None
        tries = [self._other_number, self._other_name]
        self.random.shuffle(tries)
        for change in tries:
            changed = change(question.text, paragraph)
            if changed is not None:
                break
        if changed is None:
            return None
        text, old, new = changed
        if new in known or (old not in known and old not in paragraph.title):
            return None
        heading = paragraph.title if old not in known else held.heading
        return Example(text, heading, known, 0, 0, Kind.CHANGED)

    def _other_number(self, text: str, _paragraph: Paragraph) -> tuple[str, str, str] | None:
        found = [m for m in NUMBER.finditer(text) if len(m[0]) <= 4]
        if not found:
            return None
        match = self.random.choice(found)
        old = match[0]
        step = self.random.choice([-1, 1]) * self.random.randint(1, 9)
        new = str(max(int(old) + step, 1))
        if new == old:
            return None
        return text[: match.start()] + new + text[match.end() :], old, new

    def _other_name(self, text: str, paragraph: Paragraph) -> tuple[str, str, str] | None:
        swaps: list[tuple[str, list[str]]] = []
        if len(paragraph.title) >= 2 and paragraph.title in text:
            swaps.append((paragraph.title, self._titles))
        swaps += [(work, self._works) for work in QUOTED.findall(text)]
        swaps += [(name, self._latin) for name in LATIN.findall(text)]
        if not swaps:
            return None
        old, pool = self.random.choice(swaps)
        alike = [name for name in pool if name[-1] == old[-1] and name != old]  # 公司, 站, 大学 …
        if not alike:
            return None  # a name of another kind makes a question nobody asks
        new = self.random.choice(alike)
        if paragraph.traditional is False:
            new = simplified(new)
        if new == old or new in text:
            return None
        return text.replace(old, new), old, new
