"""The development questions, each with an assistant for the texts it is asked of."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index import build
from qa.assistant import Assistant, standalone_in
from qa.evaluate import Case, read_jsonl
from qa.inquiry import Inquiry, inquire
from qa.rank import Sight, look
from qa.reader import shipped_reader
from qa.retrieve import retrieve
from qa.texts import Texts

QUALITY = Path(__file__).parents[1] / "quality"
SETS = {
    "jd_finance.dev": None,
    "jd_finance.dev2": None,
    "general.dev": QUALITY / "texts",
    "general.dev2": QUALITY / "texts2",
}  # question set → folder of the texts it is asked of; None is the article


@contextmanager
def development() -> Iterator[dict[str, tuple[Texts, list[Case]]]]:
    """Each set's opened texts and its questions."""
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for name, texts in SETS.items():
            index = None
            if texts is not None:
                index = Path(folder) / name
                build([texts], index=index)
            cases = list(read_jsonl(QUALITY / f"{name}.jsonl"))
            found[name] = (Assistant.open(index).texts, cases)
        yield found


def seen(texts: Texts, case: Case) -> tuple[Inquiry, Sight]:
    """What is asked, and what the reader saw of it."""
    inquiry = inquire(standalone_in(texts, case.question, case.history), texts)
    return inquiry, look(shipped_reader(), texts, inquiry, retrieve(texts, inquiry))
