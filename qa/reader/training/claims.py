"""Questions of yes or no, made from others: their own answer put in, or another of its sort."""

from __future__ import annotations

import random
import re

from qa.reader.training.corpora import Corpus, Question

# What asks, by the sort of thing that answers; put in its place, an answer makes a claim.
ASKS = {
    "person": re.compile(r"谁|誰"),
    "time": re.compile(r"什么时候|什麼時候|什么时间|何时|何時|哪一?年|哪年|何年"),
    "place": re.compile(r"哪里|哪裡|哪儿|何处|何處|什么地方|什麼地方"),
    "number": re.compile(r"多少|几(?!何)"),
}
ANSWER_IN_CLAIM = 16  # characters, at most

NUMBER = re.compile(r"\d+")


class Claims:
    """Makes claims of the questions of a corpus."""

    def __init__(self, corpus: Corpus, rng: random.Random) -> None:
        self.random = rng
        self._answers: dict[str, list[str]] = {}  # by sort
        self._here: dict[tuple[int, str], list[str]] = {}  # … and paragraph
        for question in corpus.questions:
            found = _asks(question.text)
            answer = corpus.paragraphs[question.paragraph].text[question.start : question.end]
            if found and len(answer) <= ANSWER_IN_CLAIM:
                self._answers.setdefault(found[0], []).append(answer)
                self._here.setdefault((question.paragraph, found[0]), []).append(answer)

    def make(self, question: Question, answer: str) -> tuple[str, bool] | None:
        """Ask of ``question`` whether ``answer``, its own, or another is one; and whether it is.

        None when the question asks for no sort of thing that can be put in.
        """
        found = _asks(question.text)
        if found is None or len(answer) > ANSWER_IN_CLAIM:
            return None
        sort, start, end = found
        put, affirms = answer, self.random.random() < 0.5
        if not affirms:
            near = self._here.get((question.paragraph, sort), [])
            others = [one for one in near if one != put] or self._answers.get(sort, [])
            other = self.random.choice(others) if others else put
            if sort in {"number", "time"} and (other == put or self.random.random() < 0.5):
                other = self._other_figure(put)
            if other in put or put in other:
                return None
            put = other
        rest = question.text[end:]
        if rest and put.endswith(rest[0]):  # 多少|人, 300人
            rest = rest[1:]
        asked = f"{question.text[:start]}{put}{rest}".rstrip("？?。 ")
        ending = self.random.choice(["吗？", "吗？", "吗", "，对吗？", "，是吗？", "吧？"])
        return asked + ending, affirms

    def _other_figure(self, text: str) -> str:
        """``text`` with one of its numbers changed."""
        numbers = list(NUMBER.finditer(text))
        if not numbers:
            return text
        match = self.random.choice(numbers)
        digits = match[0]
        changed = str(int(digits) + self.random.choice([-1, 1]) * self.random.randint(1, 9))
        if int(changed) <= 0 or self.random.random() < 0.3:
            changed = str(int(digits) * self.random.choice([2, 3, 10]))
        return text[: match.start()] + changed + text[match.end() :]


def _asks(text: str) -> tuple[str, int, int] | None:
    """What sort of thing a question asks for, and where its asking word stands."""
    for sort, cue in ASKS.items():
        match = cue.search(text)
        if match:
            return sort, *match.span()
    return None
