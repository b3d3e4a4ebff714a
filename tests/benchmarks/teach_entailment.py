"""Teach yes, no and neither: ``python -m tests.benchmarks.teach_entailment --train CMRC --out F``.

On top of the reader's weights, low-rank changes of its layers are trained (``qa.reader.lowrank``).
Taught are questions of yes or no that people wrote: on the paragraphs of the reader's own training
(``claims.jsonl``), on the texts of the development sets and the article (``entailment.jsonl``), and
those of the sets taught. Mixed in are claims made of questions with an answer or another in them,
and questions held against a neighbour of the sentence that settles them, which leaves them open.
A tenth of the paragraphs, and the sets that nothing is fitted on, measure.
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

import torch
from safetensors.torch import save_file

from corpus import Document, Kind, read_file, simplified
from index.e5 import checked_weights
from index.precision import half_precision_where_it_pays
from qa.reader import WEIGHTS
from qa.reader.batch import Input, collate, padded
from qa.reader.claims import Claims
from qa.reader.corpora import Corpus, join, share
from qa.reader.corpora import load as load_corpus
from qa.reader.entailment import EntailmentNetwork, Says, digest, put_together
from qa.reader.lowrank import changes, narrow
from qa.reader.network import Network
from qa.reader.packed import Packed, unpack
from qa.reader.read import load_weights
from qa.reader.reading import Text
from qa.reader.tokens import Tokenizer
from tests.benchmarks.adapt_reader import claimed
from tests.benchmarks.development import QUALITY, Asked, Role, development

log = logging.getLogger("teach_entailment")

WRITTEN = Path(__file__).parent / "entailment.jsonl"
SAID = {"是": Says.YES, "否": Says.NO, "": Says.NEITHER}
RATE = 1e-3
WARM = 0.05
TOKENS = 3072  # in a batch, padding included
MOST = 32
MADE = 0.4  # claims made of other questions for each that somebody wrote
BESIDE = 0.3  # questions held against a neighbour of their sentence, for each
MORE = 0.3  # share that has the sentence before, too
HEADED = 0.75  # share that has headings
ARTICLE = Path(__file__).parents[2] / "corpus" / "articles" / "jd_finance.txt"
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
    held = [claim for claim in on_paragraphs if share(claim.key) < HELD]
    on_texts = list(_on_texts())
    taught = [claim for claim in on_paragraphs if share(claim.key) >= HELD] + on_texts
    with development(roles=(Role.TAUGHT,)) as sets:
        taught += _of_sets(chain(*sets.values()))
    watching = {"paragraphs": held}
    with development(roles=(Role.HELD, Role.FITTED, Role.WATCHED)) as sets:
        for name, asked in sets.items():
            found = list(_of_sets(asked))
            if found:
                watching[name] = found
    log.info("taught: %d, of these %d on texts", len(taught), len(on_texts))
    packed = unpack(checked_weights())
    tokenizer = Tokenizer(packed.vocabulary)
    network = Network.from_packed(packed, dropout=0.1)
    load_weights(network, given.weights)
    narrow(network)
    judge = EntailmentNetwork(network)
    source = Source(taught, Made(corpus, rng), rng)
    for _ in train(judge, packed, stream(source, tokenizer, rng), given.minutes):
        for name, claims in watching.items():
            log.info("%s: %s", name, check(judge, packed, tokenizer, claims))
        state = {
            **changes(network),
            **{f"says.{k}": v for k, v in judge.says.state_dict().items()},
        }
        save_file(
            {name: tensor.half().contiguous() for name, tensor in state.items()},
            given.out / "entailment.safetensors",
            {"reader": digest(given.weights)},
        )


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
    random: random.Random

    def a_pass(self) -> list[Claim]:
        """Everything written once, with what is mixed in, in random order."""
        count = len(self.written)
        found = list(self.written)
        found += [self.made.draw() for _ in range(round(MADE * count))]
        settled = [one for one in self.written if one.says is not Says.NEITHER]
        for claim in self.random.choices(settled, k=round(BESIDE * count)):
            beside = _beside(claim, self.random)
            if beside is not None:
                found.append(beside)
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
    number = found[0]
    section = document.sentences[number].section
    near = [
        n
        for n, one in enumerate(document.sentences)
        if (one.section == section and one.kind is not Kind.HEADING) or n == number
    ]
    return Claim(
        simplified(asked),
        simplified(" ".join((document.title, *document.heading_path(section)))),
        tuple(
            simplified(document.text[document.sentences[n].start : document.sentences[n].end])
            for n in near
        ),
        near.index(number),
        says,
        document.title,
    )


def encoded(claim: Claim, tokenizer: Tokenizer, rng: random.Random | None = None) -> Input:
    """Its tokens; with ``rng``, now and then without headings or with the sentence before."""
    text = claim.sentences[claim.at]
    heading = claim.heading
    if rng is not None:
        if claim.at and rng.random() < MORE:
            text = claim.sentences[claim.at - 1] + text
        if rng.random() > HEADED:
            heading = ""
    return put_together(tokenizer, claim.question, Text(text, heading))


def stream(
    source: Source, tokenizer: Tokenizer, rng: random.Random
) -> Iterator[list[tuple[Input, Says]]]:
    """Endless batches of like length."""
    while True:
        claims = source.a_pass()
        log.info("a pass: %d", len(claims))
        for at in range(0, len(claims), 960):
            pool = [(encoded(one, tokenizer, rng), one.says) for one in claims[at : at + 960]]
            pool.sort(key=lambda one: -len(one[0]))
            made: list[list[tuple[Input, Says]]] = []
            for one in pool:
                width = padded(len(made[-1][0][0])) if made else 0
                if made and len(made[-1]) < MOST and (len(made[-1]) + 1) * width <= TOKENS:
                    made[-1].append(one)
                else:
                    made.append([one])
            rng.shuffle(made)
            yield from made


def train(
    judge: EntailmentNetwork,
    packed: Packed,
    drawn: Iterator[list[tuple[Input, Says]]],
    minutes: float,
) -> Iterator[None]:
    """Learn from ``drawn`` for so long; yields now and then, and at the end."""
    parameters = [one for one in judge.parameters() if one.requires_grad]
    log.info("%d weights", sum(one.numel() for one in parameters))
    optimizer = torch.optim.AdamW(parameters, lr=0.0, betas=(0.9, 0.98), weight_decay=0.01)
    began = checked = time.monotonic()
    spent, steps, seen, total, right = 0.0, 0, 0, 0.0, 0
    judge.train()
    while spent < 60 * minutes:
        progress = spent / (60 * minutes)
        rate = progress / WARM if progress < WARM else (1 - progress) / (1 - WARM)
        for group in optimizer.param_groups:
            group["lr"] = RATE * rate
        part = next(drawn)
        batch = collate(packed, [made for made, _ in part])
        truth = torch.tensor([int(says) for _, says in part])
        with half_precision_where_it_pays():
            odds = judge(batch.words, batch.parts, batch.real)
        loss = torch.nn.functional.cross_entropy(odds.float(), truth, label_smoothing=0.02)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        steps, seen, total = steps + 1, seen + len(part), total + loss.item() * len(part)
        right += int((odds.argmax(1) == truth).sum())
        if steps % 50 == 0:
            log.info(
                "step %d, %.1f min: loss %.3f, right %.3f",
                steps,
                spent / 60,
                total / seen,
                right / seen,
            )
            seen, total, right = 0, 0.0, 0
        now = time.monotonic()
        spent += now - began
        began = now
        if now - checked > CHECK:
            judge.eval()
            yield
            judge.train()
            checked = began = time.monotonic()
    judge.eval()
    yield


@torch.no_grad()
def check(
    judge: EntailmentNetwork, packed: Packed, tokenizer: Tokenizer, claims: Sequence[Claim]
) -> str:
    """Right of those settled by the larger of yes and no; and of the surest of them."""
    odds: list[tuple[list[float], Says]] = []
    inputs = sorted(
        ((encoded(one, tokenizer), one.says) for one in claims), key=lambda one: len(one[0])
    )
    for at in range(0, len(inputs), 24):
        part = inputs[at : at + 24]
        batch = collate(packed, [made for made, _ in part])
        found = judge(batch.words, batch.parts, batch.real).softmax(1)
        odds += zip(found.tolist(), (says for _, says in part), strict=True)
    settled = [(p, v) for p, v in odds if v is not Says.NEITHER]
    right = sum((p[0] > p[1]) == (v is Says.YES) for p, v in settled)
    line = f"{right}/{len(settled)}"
    for bar in (0.7, 0.8, 0.9, 0.95):
        told = [(p, v) for p, v in odds if max(p[:2]) >= bar]
        line += f"; {bar}: {sum(p.index(max(p)) == v for p, v in told)} of {len(told)}"
    return line


if __name__ == "__main__":
    main()
