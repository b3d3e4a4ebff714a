"""Several readers on what none of them was taught: what a choice between them is made on.

``python -m tests.benchmarks.compare_readers --data DIR one.safetensors other.safetensors`` prints
for each file how well windows that answer are told from those that do not (area under the curve),
and how many of the spans are exact: on the windows retrieved for the development questions on the
article, for those on other texts, and on examples of the developing parts of CMRC and DRCD; then EM
and F1 on these parts with the paragraph given.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from qa.reader.network import Network
from qa.reader.read import Reader, load_weights
from qa.reader.training.evaluate import gold_paragraph, parts
from qa.reader.training.train import Encoder, Target, check
from qa.reader.training.train import development as public
from qa.reader.words import packaged_words
from tests.benchmarks.adapt_reader import lesson
from tests.benchmarks.development import Role, development

log = logging.getLogger("compare_readers")


def windows(encode: Encoder) -> Iterator[tuple[str, list[Target]]]:
    """What is retrieved for the questions not taught, of the article and of other texts."""
    with development(roles=(Role.FITTED, Role.WATCHED)) as sets:
        for about in ("jd_finance", "general"):
            asked = [one for name, all_ in sets.items() if name.startswith(about) for one in all_]
            lessons = [made for one in asked if (made := lesson(one))]
            drawn = [example for one in lessons for example in (*one.held, *one.missed)]
            yield about, [target for example in drawn if (target := encode(example))]


def compare(data: Path, weights: Sequence[Path], count: int) -> None:
    """Print a line for each reader and each kind of window."""
    packed, tokenizer = packaged_words()
    encode = Encoder(tokenizer)
    kinds = dict(windows(encode))
    train = [data / "cmrc2018_train.json", data / "drcd_dev.json"]
    kinds["public"] = public(encode, data / "cmrc2018_trial.json", train)
    for file in weights:
        network = Network(packed.shape, dropout=0.0)
        load_weights(network, file)
        for kind, targets in kinds.items():
            found = check(network, packed, targets)
            log.info("%s  %s  auc %.3f  exact %.3f", file, kind, found["auc"], found["exact"])
        reader = Reader.open(file)
        for part in parts(data, "develop"):
            gold = gold_paragraph(reader, part.corpus, folded=True, count=count)
            figures = "  ".join(f"{name} {value:.1f}" for name, value in gold.items())
            log.info("%s  %s  %s", file, part.name, figures)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--count", type=int, default=500, help="questions with their paragraph")
    parser.add_argument("weights", type=Path, nargs="+")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    torch.set_num_threads(2)
    with torch.inference_mode():
        compare(given.data, given.weights, given.count)


if __name__ == "__main__":
    main()
