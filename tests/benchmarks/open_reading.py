"""Whole answers on public sets, in the open and with answers left out.

``python -m tests.benchmarks.open_reading --data FOLDER --set cmrc --news FILE --index DIR`` asks
the test part's questions over all paragraphs of the file with the news as distractors, in one
index, which is kept in DIR for the next run.

``… --set cmrc --left-out paragraphs`` puts one half of the test part's paragraphs in an index and
asks the questions on both halves; ``--set drcd --left-out siblings`` makes two indexes, each with
every other paragraph of each article, and asks every question of both: one has its paragraph, the
other only the siblings; ``--left-out answers`` asks questions of the test part as they are and as
``changed.jsonl`` beside this file has them: with another year, name or attribute, written by hand
and read against the paragraph, so that it no longer answers. Printed is how many unanswerable
questions are refused at the bar that ships, and when 5 % of the answerable ones are;
``--curve FILE`` writes the risk at each coverage.

The data are not part of the project: CMRC 2018 (CC BY-SA 4.0), DRCD (CC BY-SA 3.0), CRUD-RAG's news
(Apache 2.0). Nothing here tunes anything.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from corpus import Document
from index import build
from qa.answer import Answer
from qa.assistant import Assistant
from qa.evaluate import Share, normal
from qa.reader.training.corpora import Corpus, load
from qa.reader.training.evaluate import auc, calibration_error, parts
from qa.reader.training.scoring import exact, f1
from tests.benchmarks.left_out import documents, halves

CHANGED = Path(__file__).parent / "changed.jsonl"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the paragraph that answers it, and what was answered."""

    gold: str
    source: str
    sentence: bool  # whether the gold answer stands within one sentence
    answerable: bool
    answer: Answer
    seconds: float

    @property
    def likely(self) -> float:
        """Probability that the text answers, as the program sees it."""
        given = self.answer
        return 1 - given.confidence if given.refused else given.confidence

    @property
    def right(self) -> bool:
        """Whether the first citation is of the right text and holds the answer."""
        first = self.answer.citations[:1]
        return bool(first) and (
            first[0].document.source == self.source and normal(self.gold) in normal(first[0].quote)
        )


def ask(
    assistant: Assistant, corpus: Corpus, numbers: Sequence[int], name: str, *, answerable: bool
) -> list[Asked]:
    """Put questions ``numbers`` of ``corpus``."""
    found = []
    for number in tqdm(numbers, file=sys.stderr):
        question = corpus.questions[number]
        paragraph = corpus.paragraphs[question.paragraph]
        within = any(a <= question.start and question.end <= b for a, b in paragraph.sentences)
        began = time.perf_counter()
        answer = assistant.answer(question.text)
        found.append(
            Asked(
                paragraph.text[question.start : question.end],
                f"{name}#{question.paragraph}",
                within,
                answerable,
                answer,
                time.perf_counter() - began,
            )
        )
    return found


def in_the_open(asked: Sequence[Asked]) -> dict[str, object]:
    """How good the answers are."""
    within = [one for one in asked if one.sentence]
    shorts = [one.answer.short or "" for one in asked]
    return {
        "questions": len(asked),
        "right_context": _share(
            bool(one.answer.citations) and one.answer.citations[0].document.source == one.source
            for one in asked
        ),
        "sentence": _share(one.right for one in within),
        "em": _share(exact(short, one.gold) for short, one in zip(shorts, asked, strict=True)),
        "f1": float(
            np.mean([f1(short, one.gold) for short, one in zip(shorts, asked, strict=True)])
        ),
        "wrongly_refused": _share(one.answer.refused for one in asked),
        "p50_ms": 1000 * float(np.median([one.seconds for one in asked])),
    }


def refusing(asked: Sequence[Asked]) -> dict[str, object]:
    """How well answerable and unanswerable questions are told apart."""
    yes = [one for one in asked if one.answerable]
    no = [one for one in asked if not one.answerable]
    bar = float(np.quantile([one.likely for one in yes], 0.05))
    return {
        "answerable": len(yes),
        "unanswerable": len(no),
        "refused_at_5_percent": _share(one.likely < bar for one in no),
        "refused_as_shipped": _share(one.answer.refused for one in no),
        "wrongly_refused_as_shipped": _share(one.answer.refused for one in yes),
        "auc": auc([one.likely for one in yes], [one.likely for one in no]),
        "calibration_error": calibration_error(
            [one.likely for one in asked], [one.answerable for one in asked]
        ),
    }


def risk_at_coverage(asked: Sequence[Asked]) -> list[tuple[float, float]]:
    """Share answered, and share of those answered that is wrong, as the bar is lowered."""
    ordered = sorted(asked, key=lambda one: -one.likely)
    # A refusal has no citation to be judged by: it is counted as wrong whatever the bar.
    wrong = np.cumsum([not (one.answerable and one.right) for one in ordered])
    total = len(ordered)
    return [((n + 1) / total, float(wrong[n]) / (n + 1)) for n in range(total)]


def _share(hits: object) -> str:
    found = list(hits)  # type: ignore[call-overload]
    share = Share(sum(found), len(found))
    low, high = share.interval
    return f"{share.rate:.1%} ({share.hits}/{share.total}) [{low:.1%}, {high:.1%}]"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", choices=["cmrc", "drcd"], required=True)
    parser.add_argument("--news", type=Path, help="distractors, one article a line")
    parser.add_argument("--index", type=Path, help="where the index with the distractors is kept")
    parser.add_argument("--left-out", choices=["paragraphs", "siblings", "answers"])
    parser.add_argument("--count", type=int, default=400, help="questions, drawn at random")
    parser.add_argument("--curve", type=Path, help="risk at each coverage, as JSON")
    given = parser.parse_args()
    [part] = [one.corpus for one in parts(given.data, "test") if one.name == given.set]
    numbers = list(range(len(part.questions)))
    if given.count < len(numbers):
        numbers = sorted(random.Random(4).sample(numbers, given.count))
    if given.left_out is None:
        print(json.dumps(in_the_open(_open(given, part, numbers)), indent=1))
        return
    if given.left_out == "answers":
        asked = _changed(part, given.set)
    else:
        asked = _left_out(part, numbers, given.set, siblings=given.left_out == "siblings")
    print(json.dumps(refusing(asked), indent=1))
    if given.curve:
        given.curve.write_text(json.dumps(risk_at_coverage(asked)), "utf-8")


def _open(given: argparse.Namespace, part: Corpus, numbers: Sequence[int]) -> list[Asked]:
    """All paragraphs of the file and the distractors in one index; the test part's questions."""
    file = {"cmrc": "cmrc2018_trial.json", "drcd": "drcd_dev.json"}[given.set]
    whole = load(given.data / file)
    if not (given.index / "CURRENT").exists():
        news = given.news.read_text("utf-8").splitlines() if given.news else []
        distractors = [
            Document.from_text(line, source=f"news#{number}")
            for number, line in enumerate(news)
            if line.strip()
        ]
        build([*documents(whole, given.set), *distractors], index=given.index)
    place = {(one.title, one.text): number for number, one in enumerate(whole.paragraphs)}
    chosen = {part.questions[number].id for number in numbers}
    found = [number for number, one in enumerate(whole.questions) if one.id in chosen]
    assert len(place) == len(whole.paragraphs), "a paragraph stands twice in the file"
    return ask(Assistant.open(given.index), whole, found, given.set, answerable=True)


def _left_out(part: Corpus, numbers: Sequence[int], name: str, *, siblings: bool) -> list[Asked]:
    asked: list[Asked] = []
    for half in halves(part, numbers, name, siblings=siblings):
        asked += ask(half.assistant, part, half.inside, name, answerable=True)
        asked += ask(half.assistant, part, half.outside, name, answerable=False)
    return asked


def _changed(part: Corpus, name: str) -> list[Asked]:
    rows = [json.loads(line) for line in CHANGED.read_text("utf-8").splitlines()]
    changed = {row["id"]: row["question"] for row in rows}
    kept = [one for one in part.questions if one.id in changed and one.text.strip()]
    other = [replace(one, text=changed[one.id]) for one in kept]
    with tempfile.TemporaryDirectory() as folder:
        build(documents(part, name), index=folder)
        assistant = Assistant.open(folder)
        numbers = range(len(kept))
        same = Corpus(part.paragraphs, tuple(kept))
        unlike = Corpus(part.paragraphs, tuple(other))
        return ask(assistant, same, numbers, name, answerable=True) + ask(
            assistant, unlike, numbers, name, answerable=False
        )


if __name__ == "__main__":
    main()
