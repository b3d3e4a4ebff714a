"""What reading costs: ``python -m tests.benchmarks.reader_cost``.

The median time the reader takes for a question's windows, in bfloat16 and in float32, as a ratio to
embedding the same characters once with the same precision, and the memory of the process. Both are
taken in turns, so that whatever else the machine does meets both.
"""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from unittest import mock

import numpy as np

from index import precision
from index.encoder import encoder_for
from qa.assistant import Assistant
from qa.evaluate import read_jsonl
from qa.question.inquiry import inquire
from qa.reader import shipped_reader
from qa.search.retrieve import retrieve
from qa.search.windows import stretches

QUESTIONS = 40
SET = Path(__file__).parents[1] / "quality" / "jd_finance.dev.jsonl"


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _in(half: bool) -> AbstractContextManager[object]:
    return mock.patch.object(precision, "half_precision_pays", return_value=half)


def main() -> None:
    """Measure and print."""
    texts = Assistant.open().texts
    reader, encoder = shipped_reader(), encoder_for()
    asked = []
    for case in list(read_jsonl(SET))[:QUESTIONS]:
        inquiry = inquire(case.question, texts)
        asked.append((inquiry.text, stretches(texts, inquiry, retrieve(texts, inquiry))))
    figures: dict[str, object] = {"windows": float(np.mean([len(read) for _, read in asked]))}
    for name, half in (("bfloat16", True), ("float32", False)):
        if half and not precision.half_precision_pays():
            continue
        reading, encoding = [], []
        with _in(half):
            for question, read in asked:
                passages = [text.text for text in read]
                encoding.append(_took(lambda passages=passages: encoder.encode_passages(passages)))
                reading.append(
                    _took(lambda question=question, read=read: reader.read(question, read))
                )
        figures[name] = {
            "reading_ms": 1000 * float(np.median(reading)),
            "times_encoding": float(np.median(np.array(reading) / np.array(encoding))),
        }
    figures["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
