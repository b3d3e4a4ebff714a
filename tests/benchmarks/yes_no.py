"""Yes and no: ``python -m tests.benchmarks.yes_no SET … --readings FOLDER``.

For the development questions of yes or no whose right sentence was cited: how many the rules tell,
and how many of the others are told by the sentence read by itself (``qa.reader.sentence``), from
each of some probabilities on; and how often each is right. Then the same of ``opposed.jsonl``, by
the sentence alone: questions of another author that were put to be hard, and never taught. The test
sets are never read.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from corpus import simplified
from qa.evaluate import normal
from qa.question.kinds import Asked
from qa.read import read
from qa.reader import SENTENCE, WEIGHTS, SentenceReading, Text
from qa.reader.read import Reader
from qa.reader.sentence import SentenceReader
from qa.search.rank import look
from qa.search.retrieve import retrieve
from qa.short.exact import against
from qa.yesno.polarity import polarity
from qa.yesno.settle import as_said
from tests.benchmarks import development as sets
from tests.benchmarks.remembering import Remembering

OPPOSED = Path(__file__).parent / "opposed.jsonl"
BARS = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said to a question of yes or no."""

    right: str  # 是, 否, or "" where the text settles neither
    rule: str  # what the rules say, "" for nothing
    read: SentenceReading  # how likely the sentence says yes, and no

    def word(self, bar: float) -> str:
        """What is said from a probability on, "" for nothing."""
        said = "是" if self.read.yes >= self.read.no else "否"
        return said if max(self.read.yes, self.read.no) >= bar else ""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", help="names of development sets")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="of the reader")
    parser.add_argument("--changes", type=Path, default=SENTENCE, help="of these weights")
    parser.add_argument("--readings", type=Path, required=True, help="folder outside of here")
    given = parser.parse_args()
    reader = Reader.open(given.weights)
    again = SentenceReader.open(given.changes, given.weights)
    names = {name.removesuffix(".otherwise") for name in given.sets}
    every: list[Told] = []
    with sets.development(names=names) as asked:
        for name in given.sets:
            remembering = Remembering(reader, given.weights, given.readings, name)
            found = list(told(asked[name], remembering, again))
            remembering.keep()
            print(f"{name}: {_line(found)}", flush=True)
            every += found
    print(f"together: {_line(every)}")
    _by_bar(every)
    print(f"{OPPOSED.name}:")
    _by_bar(list(opposed(again)))


def opposed(again: SentenceReader) -> Iterator[Told]:
    """What is read in the sentences of ``OPPOSED``."""
    for line in OPPOSED.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = Text(simplified(row["evidence"]))
        yield Told(row["short"], "", again(simplified(row["question"]), text))


def _by_bar(every: Sequence[Told]) -> None:
    for bar in BARS:
        said = [one for one in every if not one.rule and one.word(bar)]
        settled = [one for one in said if one.right]
        right = sum(one.word(bar) == one.right for one in settled)
        print(
            f"read by itself, from {bar}: {right} of {len(settled)} right; "
            f"{len(said) - len(settled)} said where neither is settled"
        )


def _line(found: Sequence[Told]) -> str:
    ruled = [one for one in found if one.rule and one.right]
    agree = sum(one.rule == one.right for one in ruled)
    return f"{len(found)} asked, {len(ruled)} told by rule, {agree} rightly"


def told(asked: Sequence[sets.Asked], reader: Remembering, again: SentenceReader) -> Iterator[Told]:
    """What is said by rule, and what is read in it, where the sentence cited is the right one."""
    for one in asked:
        inquiry = one.inquiry
        if one.case.refuse or inquiry.asked is not Asked.YESNO:
            continue
        sight = look(cast("Reader", reader), one.texts, inquiry, retrieve(one.texts, inquiry))
        draft = read(one.texts, inquiry, sight)
        if draft is None or not draft.parts or not draft.parts[0].places:
            continue
        place = draft.parts[0].places[0]
        reading = one.texts.reading(place.document)
        text = normal(reading.text(place.sentence))
        if not any(normal(option) in text for piece in one.case.evidence for option in piece):
            continue
        right = next((word for word in "是否" if word in one.case.short), "")
        here = [span for span in sight.spans if span.place == place]
        lead = reading.introduced(place.sentence)
        rule = polarity(inquiry, as_said(reading, place.sentence), lead, here) or ""
        yield Told(right, rule, again(*against(inquiry, reading, place.sentence)))


if __name__ == "__main__":
    main()
