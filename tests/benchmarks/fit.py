"""Fit what stands on the reader: ``python -m tests.benchmarks.fit --news news.txt``.

The weights of ``qa.search.rank``, ``qa.lists.fitness`` and ``qa.refuse``, in this order, each on
what the ones before it make of the development questions that the reader was not taught; those of
refusal, with ``--public FOLDER``, on the developing parts of CMRC 2018 and DRCD too, asked with
paragraphs left out (``tests.benchmarks.left_out``). Printed are the weights, to be put in place,
and how good they are on each set when fitted on the others. The test sets are never read.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from qa.compose import Draft
from qa.doubt.signs import FEW, MANY, Signs, signs
from qa.evaluate import Case, items_f1, normal
from qa.lists import fitness
from qa.lists.fitness import Fitness, considered
from qa.question import kinds
from qa.question.inquiry import Inquiry
from qa.read import read
from qa.reader import WEIGHTS
from qa.reader.read import Reader
from qa.reader.training.evaluate import Part, parts
from qa.search import rank
from qa.search.rank import Standing, standings
from qa.search.retrieve import Candidate, retrieve
from qa.search.windows import View, read_windows
from qa.texts import Texts
from tests.benchmarks.development import Asked, Role, development
from tests.benchmarks.left_out import Half, halves, small
from tests.benchmarks.remembering import Remembering
from tests.benchmarks.softmax import Choice, fitted, hits

GOOD = 0.5  # a list with a lower F1 is not the one asked for
BARS = np.arange(0.3, 0.85, 0.05)
LEFT_OUT, IN_SMALL = 500, 420  # questions of each public part
AMONG = ("near", "strange", "elsewhere")  # signs that may weigh otherwise where texts are many
MUCH = math.log(MANY / FEW)  # what ``Signs.many`` is scaled by while fitting
Row = NDArray[np.float64]
Table = tuple[Row, NDArray[np.bool_]]  # signs, and whether there is an answer


@dataclass(frozen=True, slots=True)
class Read:
    """A question and what was found and read for it."""

    case: Case
    texts: Texts
    inquiry: Inquiry
    candidates: list[Candidate]
    views: tuple[View, ...]


Sets = Mapping[str, Sequence[Read]]


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, help="of a reader; the shipped ones otherwise")
    parser.add_argument("--news", type=Path, help="news articles, one a line")
    parser.add_argument(
        "--readings", type=Path, help="folder of ``tests.benchmarks.whole_answers``"
    )
    parser.add_argument("--public", type=Path, help="folder of CMRC 2018 and DRCD")
    given = parser.parse_args()
    weights = given.weights or WEIGHTS
    reader = Reader.open(weights)
    with development(given.news, roles=(Role.FITTED, Role.WATCHED)) as asked:
        sets = read_all(
            asked,
            {
                name: Remembering(reader, weights, given.readings, name)
                if given.readings
                else reader
                for name in asked
            },
        )
        rank.WEIGHTS = _printed("qa/search/rank.py", ranking(sets))
        fitness.WEIGHTS = _printed("qa/lists/fitness.py", listing(sets))
        tables = {name: _signs(questions) for name, questions in sets.items()}
        refusing(tables | (left_out(reader, given.public) if given.public else {}))


def read_all(
    asked: Mapping[str, Sequence[Asked]], readers: Mapping[str, Reader | Remembering]
) -> dict[str, list[Read]]:
    """Everything that is slow, once; with a reader for each set."""
    sets: dict[str, list[Read]] = {}
    for name, questions in asked.items():
        sets[name] = []
        for one in questions:
            inquiry = one.inquiry
            candidates = retrieve(one.texts, inquiry)
            views = read_windows(cast("Reader", readers[name]), one.texts, inquiry, candidates)
            sets[name].append(Read(one.case, one.texts, inquiry, candidates, views))
        print(name, len(questions), flush=True)
    return sets


def _printed(place: str, weights: Mapping[str, float]) -> Mapping[str, float]:
    print(place)
    for name, weight in weights.items():
        print(f'    "{name}": {weight:.3f},')
    return weights


def ranking(sets: Sets) -> Mapping[str, float]:
    """Softmax over the candidates; scaled so that what speaks for a sentence adds up to 1."""
    chosen = {name: list(_rankings(questions)) for name, questions in sets.items()}
    _report("evidence on top", chosen, {name: chosen[name] for name in chosen})
    weights = fitted([one for choices in chosen.values() for one in choices])
    weights = weights / weights[weights > 0].sum()
    return {field.name: float(w) for field, w in zip(fields(Standing), weights, strict=True)}


def _rankings(questions: Sequence[Read]) -> Iterator[Choice]:
    for one in questions:
        if one.case.refuse or one.inquiry.asked is kinds.Asked.OVERVIEW:
            continue
        rows = [astuple(standing) for standing in standings(one.candidates, one.views)]
        pieces = [normal(option) for piece in one.case.evidence for option in piece]
        said = [
            normal(one.texts.reading(found.place.document).text(found.place.sentence))
            for found in one.candidates
        ]
        yield Choice(
            np.array(rows), np.array([any(piece in text for piece in pieces) for text in said])
        )


def _report(title: str, chosen: Mapping[str, list[Choice]], asked: Mapping[str, object]) -> None:
    right = total = 0
    for held in asked:
        weights = fitted([one for name in chosen if name != held for one in chosen[name]])
        hit = hits(chosen[held], weights)
        right, total = right + hit, total + len(chosen[held])
        print(f"{title}, {held}: {hit}/{len(chosen[held])} = {hit / len(chosen[held]):.3f}")
    print(f"{title}, held out: {right / total:.3f}")


def listing(sets: Sets) -> Mapping[str, float]:
    """Softmax over the lists of a question and none of them."""
    found = {name: list(_lists(questions)) for name, questions in sets.items()}
    total: list[float] = []
    for held, choices in found.items():
        weights = fitted([one for name in found if name != held for one, _ in found[name]])
        f1 = [scores[int((one.features @ weights).argmax())] for one, scores in choices]
        best = np.mean([max(scores) for _, scores in choices])
        total += f1
        print(f"items F1, {held}: {np.mean(f1):.3f} of {best:.3f} ({len(f1)} lists)")
    print(f"items F1, held out: {np.mean(total):.3f}")
    weights = fitted([one for choices in found.values() for one, _ in choices])
    return {field.name: float(w) for field, w in zip(fields(Fitness), weights, strict=True)}


def _lists(questions: Sequence[Read]) -> Iterator[tuple[Choice, list[float]]]:
    for one in questions:
        if one.case.refuse or not one.case.items or one.inquiry.asked is kinds.Asked.OVERVIEW:
            continue
        rows, scores = [np.zeros(len(fields(Fitness)))], [0.0]
        sight = rank.rank(one.candidates, one.views)
        for _, made, fits in considered(one.texts, one.inquiry, sight):
            rows.append(np.array(astuple(fits)))
            scores.append(items_f1(one.case.items, [entry.text for entry in made.entries]))
        best = max(scores)
        right = np.array(scores) >= best - 0.01 if best >= GOOD else np.arange(len(rows)) == 0
        yield Choice(np.array(rows), right), scores


def left_out(reader: Reader, data: Path) -> dict[str, Table]:
    """Signs of questions on the public developing parts, half of their paragraphs left out."""
    tables: dict[str, Table] = {}
    for part in parts(data, "develop"):
        siblings = part.name == "drcd"
        numbers = list(range(len(part.corpus.questions)))
        random.Random(4).shuffle(numbers)
        tables[part.name] = _of_halves(
            reader, part, halves(part.corpus, numbers[:LEFT_OUT], part.name, siblings=siblings)
        )
        tables[f"{part.name} in small"] = _of_halves(
            reader, part, small(part.corpus, part.name, siblings=siblings, count=IN_SMALL)
        )
    return tables


def _of_halves(reader: Reader, part: Part, found: Iterable[Half]) -> Table:
    read_: list[Table] = []
    for half in found:
        for answerable, numbers in ((True, half.inside), (False, half.outside)):
            cases = [
                Case(part.corpus.questions[number].text, "fact", refuse=not answerable)
                for number in numbers
            ]
            asked = [Asked(case, half.assistant.texts, half.assistant) for case in cases]
            if asked:
                read_.append(_signs(read_all({part.name: asked}, {part.name: reader})[part.name]))
    rows = [x for x, _ in read_ if len(x)]
    return np.concatenate(rows), np.concatenate([y for _, y in read_])


def refusing(tables: Mapping[str, Table]) -> None:
    """Logistic regression on the signs; for several bars, what each would refuse."""
    held_out = []
    for held, (x, _) in tables.items():
        # A question in other words is no stranger to itself, nor is a paragraph among fewer.
        kin = held.removesuffix(".otherwise").removesuffix(" in small")
        others = [table for name, table in tables.items() if not name.startswith(kin)]
        held_out.append(_logistic(others).predict_proba(x)[:, 1])
    answerable = np.concatenate([y for _, y in tables.values()])
    print("held out")
    _bars(np.concatenate(held_out), answerable)
    model = _logistic(list(tables.values()))
    print("fitted on")
    _bars(model.predict_proba(np.concatenate([x for x, _ in tables.values()]))[:, 1], answerable)
    names = [field.name for field in fields(Signs)]
    weights = dict(zip((*names, *map("among {}".format, AMONG)), model.coef_[0], strict=True))
    bias = float(model.intercept_[0])
    for texts, much in (("few", 0.0), ("many", MUCH)):
        print(f"of {texts} texts")
        found = {
            name: float(weights[name] + much * weights.get(f"among {name}", 0.0))
            for name in names
            if name != "many"
        }
        _printed("qa/refuse.py", found)
        print(f"bias {bias + much * weights['many']:.3f}")


def _signs(questions: Sequence[Read]) -> Table:
    """Of the questions with a draft, but for those that have an answer and it is not the draft:
    these ought to be neither refused nor given.
    """
    rows: list[tuple[float, ...]] = []
    answerable: list[bool] = []
    for one in questions:
        sight = rank.rank(one.candidates, one.views)
        best = rank.in_its_words(one.texts, one.inquiry, sight.candidates)
        sight = replace(sight, candidates=best)
        draft = read(one.texts, one.inquiry, sight)
        if draft is None or one.inquiry.asked is kinds.Asked.OVERVIEW:
            continue
        if one.case.evidence and not _cites(one, draft):
            continue
        found = signs(one.texts, one.inquiry, sight, draft)
        found = replace(found, many=MUCH * found.many)
        among = (found.many * float(getattr(found, name)) for name in AMONG)
        rows.append((*astuple(found), *among))
        answerable.append(not one.case.refuse)
    return np.array(rows), np.array(answerable)


def _cites(one: Read, draft: Draft) -> bool:
    """Whether the first place that a draft stands on has a piece of the evidence."""
    places = [place for part in (*draft.parts, *draft.items) for place in part.places][:1]
    pieces = [normal(option) for piece in one.case.evidence for option in piece]
    return any(
        piece in normal(one.texts.reading(place.document).text(place.sentence))
        for place in places
        for piece in pieces
    )


def _logistic(tables: Sequence[Table]) -> LogisticRegression:
    """Fit; of a set four times as large each question counts half."""
    x, y = (np.concatenate(columns) for columns in zip(*tables, strict=True))
    weight = np.concatenate([np.full(len(y), len(y) ** -0.5) for _, y in tables])
    return LogisticRegression(max_iter=5000).fit(x, y, sample_weight=weight / weight.mean())


def _bars(likely: Row, answerable: NDArray[np.bool_]) -> None:
    for bar in BARS:
        wrongly, rightly = (likely[answerable] < bar).mean(), (likely[~answerable] < bar).mean()
        print(f"bar {bar:.2f}: wrongly refused {wrongly:.3f}, refused when it should {rightly:.3f}")


if __name__ == "__main__":
    main()
