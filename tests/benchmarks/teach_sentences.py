"""Teach to read a sentence: ``python -m tests.benchmarks.teach_sentences --train CMRC --out F``.

On top of the reader's weights, low-rank changes of its layers are trained (``qa.reader.lowrank``),
for two tasks at once, by turns.

Yes, no or neither: questions that people wrote, on the paragraphs of the reader's own training
(``claims.jsonl``), on the texts of the development sets and the article (``entailment.jsonl``), and
those of the sets taught. Mixed in are claims made of questions with an answer or another in them,
and questions held against a neighbour of the sentence that settles them, which leaves them open.
A tenth of the paragraphs, and the sets that nothing is fitted on, measure.

The exact words of a short answer: the questions of the reader's own training whose answer is short,
as they are and in other words (``twins.jsonl``), and those of the sets taught, likewise.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn.functional import cross_entropy

from corpus import Document, read_file, simplified
from index.packed import Packed
from index.precision import half_precision_where_it_pays
from qa.reader import WEIGHTS
from qa.reader.batch import Input, collate, padded
from qa.reader.lowrank import changes, narrow
from qa.reader.network import LONGEST as SPAN
from qa.reader.network import Network
from qa.reader.read import load_weights
from qa.reader.reading import Text
from qa.reader.sentence import Said, Says, SentenceNetwork, digest, heads, put_together
from qa.reader.tokens import Tokenizer
from qa.reader.training.claims import Claims
from qa.reader.training.corpora import Corpus, join, share
from qa.reader.training.corpora import load as load_corpus
from qa.reader.training.train import covered
from qa.reader.words import packaged_words
from tests.benchmarks.adapt_reader import claimed, twins
from tests.benchmarks.development import QUALITY, Asked, Role, development
from tests.benchmarks.exact import Exact, of_corpus, of_sets, surroundings

log = logging.getLogger("teach_sentences")

WRITTEN = Path(__file__).parent / "entailment.jsonl"
SAID = {"是": Says.YES, "否": Says.NO, "": Says.NEITHER}
RATE = 1e-3
HEADS_SLOWER = 0.3  # rate of the heads that the reader has
WARM = 0.05
TOKENS = 3072  # in a batch, padding included
MOST = 32
MADE = 0.4  # claims made of other questions for each that somebody wrote
BESIDE = 0.3  # questions held against a neighbour of their sentence, for each
MORE = 0.3  # share that has the sentence before, too
HEADED = 0.75  # share that has headings
ARTICLE = Path(__file__).parents[2] / "corpus" / "articles" / "jd_finance.txt"
SPANS = 0.7  # questions with a short answer for each claim
OWN = 0.4  # share of these that are ours
HELD = 0.1  # of the paragraphs that measure
CHECK = 420  # seconds between figures


@dataclass(frozen=True, slots=True)
class Claim:
    """A question of yes or no, the sentences around the one that settles it, and how it does."""

    question: str
    heading: str
    sentences: tuple[str, ...]
    at: int
    says: Says
    key: str  # of the text it is on


def main() -> None:
    """Train and write the changes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="of the reader")
    parser.add_argument("--news", type=Path, help="news articles, one a line")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=50)
    parser.add_argument("--seed", type=int, default=11)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.FileHandler(given.out / "teach.log"), logging.StreamHandler(sys.stderr)],
    )
    rng = random.Random(given.seed)
    torch.manual_seed(given.seed)
    corpus = join(
        [load_corpus(path, high=0.6 if "drcd" in path.name else 1.0) for path in given.train]
    )
    on_paragraphs = list(_on_paragraphs(corpus))
    taught = [claim for claim in on_paragraphs if share(claim.key) >= HELD] + list(_on_texts())
    exact = list(of_corpus(corpus, list(twins(corpus))))
    with development(given.news, roles=(Role.TAUGHT,)) as sets:
        taught += _of_sets(chain(*sets.values()))
        own = list(of_sets(chain(*sets.values())))
    claims = {"paragraphs": [claim for claim in on_paragraphs if share(claim.key) < HELD]}
    spans = {}
    with development(roles=(Role.HELD, Role.FITTED, Role.WATCHED)) as sets:
        for name, asked in sets.items():
            claims[name], spans[name] = list(_of_sets(asked)), list(of_sets(asked))
    log.info("taught: %d claims, %d and %d spans", len(taught), len(exact), len(own))
    packed, tokenizer = packaged_words()
    network = Network.from_packed(packed, dropout=0.1)
    load_weights(network, given.weights)
    narrow(network)
    pupil = SentenceNetwork(network)
    for layer in heads(pupil).values():
        layer.requires_grad_(requires_grad=True)
    source = Source(taught, Made(corpus, rng), exact, own, rng)
    for _ in train(pupil, packed, stream(source, tokenizer, rng), given.minutes):
        for name, those in claims.items():
            if those:
                log.info("%s: %s", name, check(pupil, packed, tokenizer, those))
        for name, asked_for in spans.items():
            if asked_for:
                log.info("%s: %s", name, check_spans(pupil, packed, tokenizer, asked_for))
        state = {
            **changes(network),
            **{
                f"{name}.{key}": value
                for name, layer in heads(pupil).items()
                for key, value in layer.state_dict().items()
            },
        }
        save_file(
            {name: tensor.detach().half().contiguous() for name, tensor in state.items()},
            given.out / "sentence.safetensors",
            {"reader": digest(given.weights)},
        )


One = TypeVar("One", Claim, Exact)


@dataclass(frozen=True, slots=True)
class Lesson:
    """Tokens, and what is right of them: what is said, or first and last tokens of spans."""

    made: Input
    says: Says | None
    spans: tuple[tuple[int, int], ...] = ()


class Made:
    """Claims made of a corpus's questions: their own answer put in, or another of its sort."""

    def __init__(self, corpus: Corpus, rng: random.Random) -> None:
        self._corpus, self._random = corpus, rng
        self._claims = Claims(corpus, rng)

    def draw(self) -> Claim:
        """One of them."""
        while True:
            question = self._random.choice(self._corpus.questions)
            paragraph = self._corpus.paragraphs[question.paragraph]
            answer = paragraph.text[question.start : question.end]
            made = self._claims.make(question, answer)
            if made is not None:
                says = Says.YES if made[1] else Says.NO
                return _on_paragraph(
                    self._corpus, question.paragraph, made[0], question.start, says
                )


@dataclass(frozen=True, slots=True)
class Source:
    """Where what is taught comes from."""

    written: Sequence[Claim]
    made: Made
    exact: Sequence[Exact]  # of the public sets
    own: Sequence[Exact]  # of ours
    random: random.Random

    def a_pass(self) -> list[Claim | Exact]:
        """Every claim written once, with what is mixed in, and as many spans, in random order."""
        count = len(self.written)
        found: list[Claim | Exact] = list(self.written)
        found += [self.made.draw() for _ in range(round(MADE * count))]
        settled = [one for one in self.written if one.says is not Says.NEITHER]
        for claim in self.random.choices(settled, k=round(BESIDE * count)):
            beside = _beside(claim, self.random)
            if beside is not None:
                found.append(beside)
        spans = round(SPANS * len(found))
        found += self.random.choices(self.own, k=round(OWN * spans))
        found += self.random.choices(self.exact, k=spans - round(OWN * spans))
        self.random.shuffle(found)
        return found


def _beside(claim: Claim, rng: random.Random) -> Claim | None:
    """The question held against another sentence: half the time the one that is most like it."""
    others = [n for n in range(len(claim.sentences)) if n != claim.at]
    if not others:
        return None
    pairs = {claim.question[n : n + 2] for n in range(len(claim.question) - 1)}
    likest = max(others, key=lambda n: (sum(pair in claim.sentences[n] for pair in pairs), -n))
    at = likest if rng.random() < 0.5 else rng.choice(others)
    return Claim(claim.question, claim.heading, claim.sentences, at, Says.NEITHER, claim.key)


def _on_paragraphs(corpus: Corpus) -> Iterator[Claim]:
    for one in claimed(corpus):
        place = corpus.questions[one.number].paragraph
        says = Says.YES if one.affirms else Says.NO
        yield _on_paragraph(corpus, place, one.asked, one.start, says)


def _on_paragraph(corpus: Corpus, place: int, asked: str, start: int, says: Says) -> Claim:
    paragraph = corpus.paragraphs[place]
    sentences = tuple(simplified(paragraph.text[a:b]).strip() for a, b in paragraph.sentences)
    at = next(n for n, (a, b) in enumerate(paragraph.sentences) if a <= start < b)
    return Claim(
        simplified(asked), simplified(paragraph.title), sentences, at, says, paragraph.title
    )


def _on_texts() -> Iterator[Claim]:
    documents: dict[str, Document] = {}
    for line in WRITTEN.read_text("utf-8").splitlines():
        row = json.loads(line)
        name = row["text"]
        if name not in documents:
            documents[name] = read_file(ARTICLE if name == "jd_finance" else QUALITY / name)
        claim = _on_document(documents[name], row["question"], row["evidence"], SAID[row["short"]])
        if claim is not None:
            yield claim


def _of_sets(asked: Sequence[Asked] | Iterator[Asked]) -> Iterator[Claim]:
    """The questions of yes or no of development sets; those that nothing settles have no word."""
    for one in asked:
        case = one.case
        if case.type != "yesno" or case.refuse or case.history or not case.evidence:
            continue
        said = next((word for word in "是否" if word in case.short), "")
        for entry in one.texts.snapshot.documents:
            document = one.texts.reading(entry.id).document
            claim = _on_document(document, case.question, case.evidence[0][0], SAID[said])
            if claim is not None:
                yield claim
                break


def _on_document(document: Document, asked: str, evidence: str, says: Says) -> Claim | None:
    start = document.text.find(evidence)
    found = [n for n, one in enumerate(document.sentences) if one.start <= start < one.end]
    if not found:
        return None
    return Claim(simplified(asked), *surroundings(document, found[0]), says, document.title)


def encoded(
    one: Claim | Exact, tokenizer: Tokenizer, rng: random.Random | None = None
) -> Lesson | None:
    """As tokens; with ``rng``, now and then without headings or with the sentence before.

    None for a span that the tokens of a sentence, cut, do not reach.
    """
    text, before = one.sentences[one.at], ""
    heading = one.heading
    if rng is not None:
        if one.at and rng.random() < MORE:
            before = one.sentences[one.at - 1]
        if rng.random() > HEADED:
            heading = ""
    made = put_together(tokenizer, one.question, Text(before + text, heading))
    if isinstance(one, Claim):
        return Lesson(made, one.says)
    places = [(text.find(answer), answer) for answer in one.answers]
    places[0] = (one.first, one.answers[0])
    spans = [
        covered(made.passage, made.offset, len(before) + at, len(before) + at + len(answer))
        for at, answer in places
    ]
    found = tuple((a, b - 1) for a, b in filter(None, spans) if b - a <= SPAN)
    return Lesson(made, None, found) if found else None


def stream(source: Source, tokenizer: Tokenizer, rng: random.Random) -> Iterator[list[Lesson]]:
    """Endless batches of like length."""
    while True:
        drawn = source.a_pass()
        log.info("a pass: %d", len(drawn))
        for at in range(0, len(drawn), 960):
            pool = [made for one in drawn[at : at + 960] if (made := encoded(one, tokenizer, rng))]
            pool.sort(key=lambda one: -len(one.made))
            made: list[list[Lesson]] = []
            for lesson in pool:
                width = padded(len(made[-1][0].made)) if made else 0
                if made and len(made[-1]) < MOST and (len(made[-1]) + 1) * width <= TOKENS:
                    made[-1].append(lesson)
                else:
                    made.append([lesson])
            rng.shuffle(made)
            yield from made


def loss_of(said: Said, part: Sequence[Lesson]) -> Tensor:
    """Mean over the batch: the surprise of what is said, or of any of the spans that are right."""
    losses: list[Tensor] = []
    settled = [row for row, one in enumerate(part) if one.says is not None]
    if settled:
        truth = torch.tensor([int(one.says) for one in part if one.says is not None])
        losses.append(
            cross_entropy(said.says[settled].float(), truth, label_smoothing=0.02, reduction="none")
        )
    for row, one in enumerate(part):
        if one.spans:
            scores = said.spans[row].float()
            right = torch.stack([scores[first, last] for first, last in one.spans])
            losses.append((scores.flatten().logsumexp(0) - right.logsumexp(0))[None])
    return torch.cat(losses).mean()


def train(
    pupil: SentenceNetwork,
    packed: Packed,
    drawn: Iterator[list[Lesson]],
    minutes: float,
) -> Iterator[None]:
    """Learn from ``drawn`` for so long; yields now and then, and at the end."""
    parameters = [one for one in pupil.parameters() if one.requires_grad]
    log.info("%d weights", sum(one.numel() for one in parameters))
    own = {id(one) for layer in heads(pupil).values() for one in layer.parameters()}
    fresh = {id(one) for one in pupil.says.parameters()}
    groups = [
        {"params": [one for one in parameters if id(one) not in own or id(one) in fresh]},
        # What the reader's heads know is changed more slowly.
        {"params": [one for one in parameters if id(one) in own - fresh], "share": HEADS_SLOWER},
    ]
    optimizer = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), weight_decay=0.01)
    began = checked = time.monotonic()
    spent, steps, seen, total = 0.0, 0, 0, 0.0
    pupil.train()
    while spent < 60 * minutes:
        progress = spent / (60 * minutes)
        rate = progress / WARM if progress < WARM else (1 - progress) / (1 - WARM)
        for group in optimizer.param_groups:
            group["lr"] = RATE * rate * group.get("share", 1.0)
        part = next(drawn)
        batch = collate(packed, [one.made for one in part])
        with half_precision_where_it_pays():
            said = pupil(batch.words, batch.parts, batch.real, batch.open_)
        loss = loss_of(said, part)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        steps, seen, total = steps + 1, seen + len(part), total + loss.item() * len(part)
        if steps % 50 == 0:
            log.info("step %d, %.1f min: loss %.3f", steps, spent / 60, total / seen)
            seen, total = 0, 0.0
        now = time.monotonic()
        spent += now - began
        began = now
        if now - checked > CHECK:
            pupil.eval()
            yield
            pupil.train()
            checked = began = time.monotonic()
    pupil.eval()
    yield


@torch.no_grad()
def check(
    pupil: SentenceNetwork, packed: Packed, tokenizer: Tokenizer, claims: Sequence[Claim]
) -> str:
    """Right of those settled by the larger of yes and no; and of the surest of them."""
    odds: list[tuple[list[float], Says]] = []
    for part in _like(claims, tokenizer):
        found = _said(pupil, packed, [made for made, _ in part]).says.float().softmax(1)
        odds += zip(found.tolist(), (claim.says for _, claim in part), strict=True)
    settled = [(p, v) for p, v in odds if v is not Says.NEITHER]
    right = sum((p[0] > p[1]) == (v is Says.YES) for p, v in settled)
    line = f"{right}/{len(settled)}"
    for bar in (0.7, 0.8, 0.9, 0.95):
        told = [(p, v) for p, v in odds if max(p[:2]) >= bar]
        line += f"; {bar}: {sum(p.index(max(p)) == v for p, v in told)} of {len(told)}"
    return line


@torch.no_grad()
def check_spans(
    pupil: SentenceNetwork, packed: Packed, tokenizer: Tokenizer, asked: Sequence[Exact]
) -> str:
    """How many are pointed at exactly, of those that the tokens reach."""
    right = count = 0
    for part in _like(asked, tokenizer):
        scores = _said(pupil, packed, [made for made, _ in part]).spans.float()
        for row, (_, one) in enumerate(part):
            lesson = encoded(one, tokenizer)
            best = divmod(int(scores[row].argmax()), scores.shape[-1])
            right += bool(lesson and best in lesson.spans)
            count += 1
    return f"spans {right}/{count}"


def _like(those: Sequence[One], tokenizer: Tokenizer) -> Iterator[list[tuple[Input, One]]]:
    """Batches of like length."""
    made = [(lesson.made, one) for one in those if (lesson := encoded(one, tokenizer))]
    made.sort(key=lambda pair: len(pair[0]))
    for at in range(0, len(made), 24):
        yield made[at : at + 24]


def _said(pupil: SentenceNetwork, packed: Packed, inputs: Sequence[Input]) -> Said:
    batch = collate(packed, inputs)
    with half_precision_where_it_pays():
        found: Said = pupil(batch.words, batch.parts, batch.real, batch.open_)
    return found


if __name__ == "__main__":
    main()
