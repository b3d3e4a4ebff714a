"""Questions of few texts asked among many: ``python -m tests.benchmarks.among_others SET …``.

``SET`` is a development set on texts of our own. Its questions are asked of an index that has its
texts alone, and of one that has as many of the other sets' texts beside them as ``--texts`` says,
the same ones each time. They were written with their own texts in mind and seldom name one, so some
of them are answered by another text too, which counts as wrong here. What the reader read is kept
in ``--readings``. The test sets are never read, their texts never taken.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from index import build
from qa.assistant import Assistant
from qa.evaluate import read_jsonl
from qa.reader import WEIGHTS
from qa.reader.read import Reader
from tests.benchmarks.development import QUALITY, SETS, Asked
from tests.benchmarks.remembering import Remembering
from tests.benchmarks.whole_answers import asked_of, line

SEED = 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", help="names of development sets on texts of our own")
    parser.add_argument("--texts", type=int, nargs="+", default=[25, 50, 100], help="in the index")
    parser.add_argument("--readings", type=Path, required=True, help="folder outside of here")
    given = parser.parse_args()
    reader = Reader.open(WEIGHTS)
    for one in SETS:
        if one.name not in given.sets:
            continue
        assert one.texts is not None
        assert not one.apart
        own = sorted(path for path in one.texts.iterdir() if path.is_file())
        beside = others(one.texts)
        for wanted in (len(own), *given.texts):
            texts = [*own, *beside[: max(0, wanted - len(own))]]
            with tempfile.TemporaryDirectory() as folder:
                build([*texts], index=folder)
                assistant = Assistant.open(folder)
                asked = [
                    Asked(case, assistant.texts, assistant) for case in read_jsonl(one.questions)
                ]
                remembering = Remembering(reader, WEIGHTS, given.readings, f"{one.name}.among")
                report = asked_of(asked, remembering, one.name)
                remembering.keep()
            print(f"{len(texts)} texts: {line(report)}", flush=True)


def others(own: Path) -> list[Path]:
    """The texts of all other development sets, in an order that is the same each time."""
    folders = {
        one.texts
        for one in SETS
        if one.texts is not None and not one.apart and one.texts not in (own, QUALITY)
    }
    found = sorted(path for folder in folders for path in folder.iterdir() if path.is_file())
    random.Random(SEED).shuffle(found)
    return found


if __name__ == "__main__":
    main()
