"""Teach the reader all kinds of questions: a second training, on development questions.

``python -m tests.benchmarks.adapt_reader --weights base.safetensors --train cmrc2018_train.json
drcd_dev.json --news news.txt --out FOLDER --minutes 60`` trains on the development questions that
are for teaching (``tests.benchmarks.development``), each with the stretches of text that retrieval
gives for it, mixed with some examples of the first training and some made of the statements of the
news articles (``qa.reader.training.cloze``). With ``--pairs``, questions of the first training are
said in other words, each beside a near twin that its paragraph does not answer (``twins.jsonl``),
with ``--claims`` the paragraphs are asked for yes or no (``claims.jsonl``). Of sets the weights
know already, ``--known`` names a share to go over again. The test sets are never read.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import torch

from corpus import Document, Kind
from index.packed import Packed
from qa.evaluate import Case
from qa.reader import Text
from qa.reader.network import Network
from qa.reader.read import load_weights
from qa.reader.training.cloze import Clozes
from qa.reader.training.corpora import Corpus, join, load
from qa.reader.training.examples import WHOLE, Example, Sampler
from qa.reader.training.examples import Kind as Holds
from qa.reader.training.train import Encoder, Run, Target, batches, check, export, groups, learn
from qa.reader.words import packaged_words
from qa.search.retrieve import retrieve
from qa.search.windows import stretches
from tests.benchmarks.development import Asked, Role, development

log = logging.getLogger("adapt_reader")

TWINS = Path(__file__).parent / "twins.jsonl"
CLAIMS = Path(__file__).parent / "claims.jsonl"
MISSES = 2  # windows without the answer drawn for a question on each pass
LENGTH = 260  # characters of a window drawn around an answer, at most
SHOW = 100  # steps between lines of the log
CHECK = 600  # seconds between figures on the sets not taught
CHECKED = 400  # examples these are taken from


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a question teaches: windows with its answer, windows without."""

    asked: Asked
    question: str
    held: tuple[Example, ...]
    missed: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Twin:
    """A question of the first training in other words, and one that its paragraph leaves open."""

    number: int  # of the question
    ways: tuple[str, ...]
    twin: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A question of yes or no on the paragraph of a question of the first training."""

    number: int  # of that question
    asked: str
    start: int  # where the paragraph settles it
    end: int
    affirms: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Where examples come from, and how many of each."""

    lessons: Sequence[Lesson]
    hits: int  # windows with the answer drawn for a question on each pass, of those retrieved
    sampler: Sampler
    again: float  # examples of the first training for each of a lesson
    held: float  # share of these that must hold their answer, however few of the others do
    clozes: Clozes
    cloze: float  # … and of questions made of statements
    twins: Sequence[Twin]
    pairs: float  # … and pairs of one of its questions and its twin
    claimed: Sequence[Claimed]
    claims: float  # … and of questions of yes or no

    def examples(self, rng: random.Random) -> list[Example]:
        """Draw those of a pass, in random order."""
        examples: list[Example] = []
        for one in self.lessons:
            examples += rng.sample(one.held, min(self.hits, len(one.held)))
            if one.held:
                examples.append(around(one, rng))
            examples += one.missed[:1]  # the likeliest to mislead
            examples += rng.sample(one.missed[1:], min(MISSES - 1, len(one.missed[1:])))
        count = len(examples)
        questions = len(self.sampler.corpus.questions)
        examples += _drawn(
            lambda: self.sampler.draw(
                rng.randrange(questions), Holds.HOLDS if rng.random() < self.held else None
            ),
            round(self.again * count),
        )
        examples += _drawn(self.clozes.draw, round(self.cloze * count))
        for one in rng.choices(self.twins, k=round(self.pairs * count)) if self.twins else ():
            examples += self.sampler.pair(one.number, rng.choice(one.ways), one.twin)
        for said in rng.choices(self.claimed, k=round(self.claims * count)) if self.claimed else ():
            examples.append(
                self.sampler.claim(
                    said.number, said.asked, said.start, said.end, affirms=said.affirms
                )
            )
        rng.shuffle(examples)
        return examples


def _drawn(draw: Callable[[], Example | None], count: int) -> list[Example]:
    """``count`` of what ``draw`` gives, however often it gives nothing."""
    found: list[Example] = []
    while len(found) < count:
        example = draw()
        if example is not None:
            found.append(example)
    return found


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--slower", type=float, default=0.6, help="share of the learning rate")
    parser.add_argument(
        "--hits", type=int, default=9, help="windows with the answer for a question on each pass"
    )
    parser.add_argument(
        "--again", type=float, default=0.4, help="examples of the first training for each of these"
    )
    parser.add_argument(
        "--held", type=float, default=0.0, help="share of these drawn to hold their answer"
    )
    parser.add_argument(
        "--whole",
        type=float,
        default=WHOLE,
        help="share of them as long as paragraphs",
    )
    parser.add_argument("--cloze", type=float, default=0.0, help="of questions made of statements")
    parser.add_argument("--pairs", type=float, default=0.0, help="… and of pairs of twins")
    parser.add_argument("--claims", type=float, default=0.0, help="… and of yes or no")
    parser.add_argument("--known", type=float, default=1.0, help="share of the lessons known")
    parser.add_argument(
        "--new", nargs="*", default=(), help="parts of the names of sets that are not known yet"
    )
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers that stay as they are")
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.FileHandler(given.out / "adapt.log"), logging.StreamHandler(sys.stderr)],
    )
    torch.set_num_threads(2)
    packed, tokenizer = packaged_words()
    encode = Encoder(tokenizer)
    rng = random.Random(given.seed)
    with development(given.news, roles=(Role.TAUGHT,)) as sets:
        asked = [
            question
            for name, questions in sets.items()
            for question in questions
            if any(part in name for part in given.new) or rng.random() < given.known
        ]
        lessons = [made for question in asked if (made := lesson(question))]
        log.info("%d questions of %s", len(lessons), ", ".join(sets))
    with development(given.news, roles=(Role.WATCHED,)) as sets:
        held = [made for asked in chain(*sets.values()) if (made := lesson(asked))]
    watched = [one for lesson in held for one in (*lesson.held[:1], *lesson.missed[:1])]
    rng.shuffle(watched)
    watching = [target for one in watched[:CHECKED] if (target := encode(one))]
    corpora = [load(path, high=0.6 if "drcd" in path.name else 1.0) for path in given.train]
    sampler = Sampler(join(corpora), seed=given.seed + 6, whole=given.whole)
    network = Network.from_packed(packed, dropout=0.0)
    calibration = load_weights(network, given.weights, young=True)
    freeze(network, given.frozen)
    articles = given.news.read_text("utf-8").split("\n") if given.news and given.cloze else ()
    clozes = Clozes([article.split("正文：", 1)[-1] for article in articles], rng)
    source = Source(
        lessons,
        given.hits,
        sampler,
        given.again,
        given.held,
        clozes,
        given.cloze,
        list(twins(sampler.corpus)),
        given.pairs,
        list(claimed(sampler.corpus)),
        given.claims,
    )
    drawn = stream(source, encode, rng)
    for _ in train(network, packed, drawn, watching, given.minutes, given.slower):
        export(network, given.out / "reader.safetensors", calibration)


def freeze(network: Network, lowest: int) -> None:
    """Leave the places and the ``lowest`` layers as they are, which spares their backward pass."""
    kept = ("positions", "parts", "norm.", *(f"layers.{number}." for number in range(lowest)))
    for name, parameter in network.named_parameters():
        if lowest and name.startswith(kept):
            parameter.requires_grad_(False)


def twins(corpus: Corpus) -> Iterator[Twin]:
    """Those of ``TWINS`` on questions of a corpus."""
    for number, row in _rows(TWINS, corpus):
        yield Twin(number, tuple(row["ways"]), row["twin"])


def claimed(corpus: Corpus) -> Iterator[Claimed]:
    """Those of ``CLAIMS`` on paragraphs of a corpus."""
    for number, row in _rows(CLAIMS, corpus):
        for one in row["claims"]:
            yield Claimed(number, one["question"], *one["place"], one["short"] == "是")


def _rows(path: Path, corpus: Corpus) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines of a file that begin with a question's id, with its number in the corpus."""
    numbers = {question.id: n for n, question in enumerate(corpus.questions)}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in numbers:
            yield numbers[row["id"]], row


def train(
    network: Network,
    packed: Packed,
    drawn: Iterator[list[Target]],
    watching: Sequence[Target],
    minutes: float,
    slower: float,
) -> Iterator[None]:
    """Learn from ``drawn`` for so long; yields now and then, and at the end."""
    torch.manual_seed(0)
    optimizer = torch.optim.AdamW(groups(network), betas=(0.9, 0.98), eps=1e-6)
    run = Run(network, optimizer, Path(), passes=1e9, minutes=minutes, questions=1)
    for _ in learn(run, packed, drawn, slower=slower, show=SHOW, every=CHECK):
        log.info("not taught: %s", json.dumps(check(network, packed, watching)))
        yield


def stream(source: Source, encode: Encoder, rng: random.Random) -> Iterator[list[Target]]:
    """Endless passes over the lessons, with what is mixed in."""
    while True:
        examples = source.examples(rng)
        for at in range(0, len(examples), 480):
            pool = [target for one in examples[at : at + 480] if (target := encode(one))]
            yield from batches(pool, rng)


def lesson(asked: Asked) -> Lesson | None:
    """The windows retrieved for a question; None when there is nothing to learn from.

    Of a question that headings answer, only windows of headings: the text below them speaks of
    the answer too, and is neither right nor wrong.
    """
    case, inquiry = asked.case, asked.inquiry
    by_headings = _answered_by_headings(asked)
    if case.type == "overview" and not by_headings:
        return None
    held: list[Example] = []
    missed: list[Example] = []
    for text in stretches(asked.texts, inquiry, retrieve(asked.texts, inquiry)):
        example = label(case, inquiry.text, text)
        if by_headings and example.kind is not Holds.HOLDS:
            continue
        (held if example.kind is Holds.HOLDS else missed).append(example)
    return Lesson(asked, inquiry.text, tuple(held), tuple(missed)) if held or missed else None


def _answered_by_headings(asked: Asked) -> bool:
    pieces = [option for piece in asked.case.evidence for option in piece]
    return any(
        piece in document.text[sentence.start : sentence.end]
        for document in _documents(asked)
        for sentence in document.sentences
        if sentence.kind is Kind.HEADING
        for piece in pieces
    )


def _documents(asked: Asked) -> Iterator[Document]:
    for entry in asked.texts.snapshot.documents:
        yield asked.texts.reading(entry.id).document


def around(one: Lesson, rng: random.Random) -> Example:
    """A window around an answer, other than those retrieved: with more or fewer neighbours."""
    pieces = [option for piece in one.asked.case.evidence for option in piece]
    rng.shuffle(pieces)
    for document in _documents(one.asked):
        for piece in pieces:
            at = document.text.find(piece)
            if at < 0:
                continue
            number = next((n for n, s in enumerate(document.sentences) if s.start <= at < s.end), 0)
            if document.sentences[number].kind is Kind.HEADING:
                return one.held[0]
            made = label(one.asked.case, one.question, _stretch(document, number, rng))
            if made.kind is Holds.HOLDS:
                return made
    return one.held[0]


def _stretch(document: Document, number: int, rng: random.Random) -> Text:
    """Sentence ``number`` with up to three neighbours of its section on either side."""
    sentences = document.sentences
    section = sentences[number].section
    low = high = number
    for _ in range(rng.randrange(7)):
        down = rng.random() < 0.5
        at = low - 1 if down else high + 1
        if not 0 <= at < len(sentences) or sentences[at].section != section:
            continue
        if sentences[at].kind is Kind.HEADING:
            continue
        start, end = sentences[min(at, low)].start, sentences[max(at, high)].end
        if end - start > LENGTH:
            break
        low, high = min(at, low), max(at, high)
    start = sentences[low].start
    return Text(
        document.text[start : sentences[high].end],
        " ".join((document.title, *document.heading_path(section))),
        tuple((one.start - start, one.end - start) for one in sentences[low : high + 1]),
    )


def label(case: Case, question: str, text: Text) -> Example:
    """Where a window answers: the span, the pieces of evidence, the items of the list."""
    said = text.text
    evidence = [
        (at, at + len(option))
        for piece in case.evidence
        for option in piece
        if (at := said.find(option)) >= 0
    ]
    own = [
        (a, b) for a, b in text.sentences if any(start < b and end > a for start, end in evidence)
    ]
    items = _items(case, said, own) if evidence else ()
    short = _short(case, said, own)
    start, end, kind = 0, 0, Holds.SIBLING
    if evidence:
        kind = Holds.HOLDS
        first = next((a, b) for a, b in own if b > evidence[0][0])
        together = [one for one in items if first[0] <= one[0] < first[1]]
        if case.items and len(together) > 1:
            start, end = together[0][0], max(b for _, b in together)
        else:
            start, end = short or evidence[0]
    settled = case.type == "yesno" and case.short and kind is Holds.HOLDS
    return Example(
        question,
        text.heading,
        said,
        start,
        end,
        kind,
        tuple(evidence),
        items,
        text.sentences,
        case.short[0] == "是" if settled else None,
    )


def _items(
    case: Case, text: str, sentences: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Where the items stand in the sentences that answer, in order, none inside another."""
    found: list[tuple[int, int]] = []
    for options in case.items:
        for option in sorted(options, key=len, reverse=True):
            places = [at for a, b in sentences if (at := text.find(option, a, b)) >= 0]
            free = [p for p in places if all(p >= b or p + len(option) <= a for a, b in found)]
            if free:
                found.append((free[0], free[0] + len(option)))
                break
    return tuple(sorted(found))


def _short(case: Case, text: str, sentences: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Where a sentence that answers has the longest accepted short answer."""
    for option in sorted(case.short, key=len, reverse=True):
        for a, b in sentences:
            at = text.find(option, a, b)
            if at >= 0 and len(option) > 1:
                return at, at + len(option)
    return None


if __name__ == "__main__":
    main()
