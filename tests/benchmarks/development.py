"""The development questions, each with the texts it is asked of and a reader that may be asked it.

A reader adapted to development questions (``tests.benchmarks.adapt_reader``) knows their answers.
What is fitted on top of it must see what it makes of questions that it does not know, so there are
two more readers, each adapted to one half of the questions and asked the other half.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index import build
from qa.assistant import Assistant, standalone_in
from qa.evaluate import Case, read_jsonl
from qa.inquiry import Inquiry, inquire
from qa.rank import Sight, look
from qa.reader import shipped_reader
from qa.reader.read import Reader
from qa.retrieve import retrieve
from qa.texts import Texts

QUALITY = Path(__file__).parents[1] / "quality"
SETS = {
    "jd_finance.dev": None,
    "jd_finance.dev2": None,
    "general.dev": QUALITY / "texts",
    "general.dev2": QUALITY / "texts2",
}  # question set → folder of the texts it is asked of; None is the article


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a development set."""

    case: Case
    half: int  # 0 or 1: questions on one text of ours are all in one half
    texts: Texts
    reader: Reader  # one that was not adapted to it

    @property
    def inquiry(self) -> Inquiry:
        """What is asked, taken apart."""
        question = standalone_in(self.texts, self.case.question, self.case.history)
        return inquire(question, self.texts)

    def seen(self) -> tuple[Inquiry, Sight]:
        """What is asked, and what the reader saw of it."""
        inquiry = self.inquiry
        return inquiry, look(self.reader, self.texts, inquiry, retrieve(self.texts, inquiry))


@contextmanager
def development(halves: Path | None = None) -> Iterator[dict[str, list[Asked]]]:
    """Each set's questions; ``halves`` is the folder with ``half0.safetensors`` and ``half1``."""
    shipped = shipped_reader()
    readers = [
        shipped if halves is None else Reader.open(halves / f"half{half}.safetensors")
        for half in (0, 1)
    ]
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, list[Asked]] = {}
        for name, source in SETS.items():
            index = None
            if source is not None:
                index = Path(folder) / name
                build([source], index=index)
            texts = Assistant.open(index).texts
            found[name] = []
            for case in read_jsonl(QUALITY / f"{name}.jsonl"):
                half = _half(name, case)
                found[name].append(Asked(case, half, texts, readers[1 - half]))
        yield found


def _half(name: str, case: Case) -> int:
    if name.startswith("general"):
        return int(name.endswith("2"))
    return hashlib.sha256(case.question.encode()).digest()[0] % 2


def halves_from_arguments(description: str | None) -> Path | None:
    """The folder given with ``--halves``, for programs that fit on top of the reader."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--halves", type=Path, help="folder of readers adapted to one half each")
    folder: Path | None = parser.parse_args().halves
    return folder
