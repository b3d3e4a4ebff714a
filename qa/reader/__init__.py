"""The reader: question and passages in, spans with probabilities out, and whether there is one.

``WEIGHTS.md`` beside the weights is their card: data, licences, figures, how to repeat.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.threads import threads_that_sleep
from qa.reader.reading import Mark, Reading, SentenceReading, Span, Text

if TYPE_CHECKING:
    from qa.reader.read import Reader
    from qa.reader.sentence import SentenceReader

__all__ = [
    "Mark",
    "Reading",
    "SentenceReading",
    "Span",
    "Text",
    "shipped_reader",
    "shipped_sentence_reader",
]

WEIGHTS = Path(__file__).parent / "weights" / "reader.safetensors"
SHA256 = "b49816721a49f2afaab7c42226b1b9aceb5edda37eecb9f2bce45e9bdfef26ae"
SENTENCE = WEIGHTS.with_name("sentence.safetensors")
SENTENCE_SHA256 = "1e154b4d8e4a339f7df5a03fc620cc6f551436791699c2edbbee546651fa1443"


@cache
def shipped_reader() -> Reader:
    """The reader whose weights come with the project; one for the whole process.

    Raises:
        ModelMissing, ModelChanged: see ``corpus.errors``.
    """
    with threads_that_sleep():  # importing torch starts its threads, and costs a second or two
        from qa.reader.read import Reader  # noqa: PLC0415
    return Reader.open(WEIGHTS, sha256=SHA256)


@cache
def shipped_sentence_reader() -> SentenceReader:
    """What reads a sentence by itself, with the weights that come with the project.

    Opened when first asked for; one for the whole process.

    Raises:
        ModelMissing, ModelChanged: see ``corpus.errors``.
    """
    from qa.reader.sentence import SentenceReader  # noqa: PLC0415

    return SentenceReader.open(SENTENCE, WEIGHTS, sha256=SENTENCE_SHA256)
