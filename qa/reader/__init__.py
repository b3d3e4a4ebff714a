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
SHA256 = "6396453cd406a03325321351a66c7684bc5e27cf02ed6bab79afa137a4dfa0c2"
SENTENCE = WEIGHTS.with_name("sentence.safetensors")
SENTENCE_SHA256 = "a6df459e4a5fb85266afee60b2b8715dcca69ca48859ad4edf39cb967340f638"


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
