"""Questions with a short answer, and the sentence it stands in: to teach, and to measure with.

``python -m tests.benchmarks.exact SET …`` says how often the surest span in the right sentence is
just the answer: the reader's, and that of the sentence read by itself (``qa.reader.sentence``).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Document, Kind, read_file, simplified
from qa.evaluate import normal
from qa.reader import SENTENCE, WEIGHTS, Span, Text
from qa.reader.read import Reader
from qa.reader.sentence import SentenceReader
from qa.reader.training.corpora import Corpus
from tests.benchmarks.adapt_reader import Twin
from tests.benchmarks.development import QUALITY, Asked, development

SHORTS = Path(__file__).parent / "shorts.jsonl"
ARTICLE = Path(__file__).parents[2] / "corpus" / "articles" / "jd_finance.txt"
LONGEST = 30  # characters of a short answer, of the public sets
_NONE = frozenset({"yesno", "count", "overview", "list"})  # types without words to point at


@dataclass(frozen=True, slots=True)
class Exact:
    """A question, the sentences around the one that answers it, and the answers in that one."""

    question: str
    heading: str
    sentences: tuple[str, ...]
    at: int
    answers: tuple[str, ...]  # each in the sentence; any of them is right
    first: int  # where the first of them begins in the sentence


def of_sets(asked: Iterable[Asked]) -> Iterator[Exact]:
    """Those of development sets; follow-ups as they are understood."""
    for one in asked:
        case = one.case
        if case.refuse or case.type in _NONE or not (case.short and case.evidence):
            continue
        found = _in_texts(one)
        if found is not None:
            yield found


def _in_texts(one: Asked) -> Exact | None:
    pieces = [piece for options in one.case.evidence for piece in options]
    for entry in one.texts.snapshot.documents:
        document = one.texts.reading(entry.id).document
        for number, sentence in enumerate(document.sentences):
            text = document.text[sentence.start : sentence.end]
            answers = tuple(short for short in one.case.short if short in text)
            if not answers or not any(piece in text or text in piece for piece in pieces):
                continue
            return Exact(
                simplified(one.inquiry.text),
                *surroundings(document, number),
                tuple(map(simplified, answers)),
                text.find(answers[0]),
            )
    return None


def of_shorts() -> Iterator[Exact]:
    """Those of ``SHORTS``, each with the sentences around its own."""
    documents: dict[str, Document] = {}
    for line in SHORTS.read_text("utf-8").splitlines():
        row = json.loads(line)
        name = row["text"]
        if name not in documents:
            documents[name] = read_file(ARTICLE if name == "jd_finance" else QUALITY / name)
        document = documents[name]
        for number, sentence in enumerate(document.sentences):
            text = document.text[sentence.start : sentence.end]
            answers = tuple(short for short in row["short"] if short in text)
            if answers and answers[0] == row["short"][0] and _same(text, row["evidence"]):
                yield Exact(
                    simplified(row["question"]),
                    *surroundings(document, number),
                    tuple(map(simplified, answers)),
                    text.find(answers[0]),
                )
                break


def _same(sentence: str, evidence: str) -> bool:
    return sentence.strip() in evidence or evidence in sentence


def surroundings(document: Document, number: int) -> tuple[str, tuple[str, ...], int]:
    """The headings over a sentence, the sentences of its section, and which of them it is."""
    sentences = document.sentences
    section = sentences[number].section
    near = [
        n
        for n, one in enumerate(sentences)
        if n == number or (one.section == section and one.kind is not Kind.HEADING)
    ]
    return (
        simplified(" ".join((document.title, *document.heading_path(section)))),
        tuple(simplified(document.text[sentences[n].start : sentences[n].end]) for n in near),
        near.index(number),
    )


def of_corpus(corpus: Corpus, twins: Sequence[Twin] = ()) -> Iterator[Exact]:
    """The questions of a corpus whose answer is short and inside of one sentence.

    With ``twins`` their other ways to ask, too.
    """
    ways = {twin.number: twin.ways for twin in twins}
    for number, question in enumerate(corpus.questions):
        paragraph = corpus.paragraphs[question.paragraph]
        at = next(
            (
                n
                for n, (a, b) in enumerate(paragraph.sentences)
                if a <= question.start and question.end <= b
            ),
            None,
        )
        if at is None or question.end - question.start > LONGEST:
            continue
        a, _ = paragraph.sentences[at]
        for way in (question.text, *ways.get(number, ())):
            yield Exact(
                simplified(way),
                simplified(paragraph.title),
                tuple(simplified(paragraph.text[x:y]) for x, y in paragraph.sentences),
                at,
                (simplified(paragraph.text[question.start : question.end]),),
                question.start - a,
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", help="names of development sets, or shorts")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="of the reader")
    parser.add_argument("--changes", type=Path, default=SENTENCE, help="of these weights")
    given = parser.parse_args()
    reader = Reader.open(given.weights)
    again = SentenceReader.open(given.changes, given.weights)
    names = {name.removesuffix(".otherwise") for name in given.sets}
    counts = [0, 0, 0]
    with development(names=names) as sets:
        for name in given.sets:
            asked = list(of_shorts() if name == "shorts" else of_sets(sets[name]))
            texts = [Text(one.sentences[one.at]) for one in asked]
            read = reader.read_pairs(
                [(one.question, text) for one, text in zip(asked, texts, strict=True)]
            )
            by_reader = sum(map(_right, asked, (one.spans for one in read)))
            by_itself = sum(
                _right(one, again(one.question, text).spans)
                for one, text in zip(asked, texts, strict=True)
            )
            print(
                f"{name}: {len(asked)}; the reader {by_reader}, read by itself {by_itself}",
                flush=True,
            )
            counts = [
                a + b for a, b in zip(counts, (len(asked), by_reader, by_itself), strict=True)
            ]
    print(f"together: {counts[0]}; the reader {counts[1]}, read by itself {counts[2]}")


def _right(one: Exact, spans: Sequence[Span]) -> bool:
    return bool(spans) and any(normal(spans[0].text) == normal(answer) for answer in one.answers)


if __name__ == "__main__":
    main()
