"""The reader: question and passages in, spans with probabilities out, and whether there is one.

``WEIGHTS.md`` beside the weights is their card: data, licences, figures, how to repeat.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.threads import threads_that_sleep
from qa.reader.reading import Entailment, Mark, Reading, Span, Text

if TYPE_CHECKING:
    from qa.reader.entailment import Entailer
    from qa.reader.read import Reader

__all__ = ["Entailment", "Mark", "Reading", "Span", "Text", "shipped_entailer", "shipped_reader"]

WEIGHTS = Path(__file__).parent / "weights" / "reader.safetensors"
SHA256 = "6396453cd406a03325321351a66c7684bc5e27cf02ed6bab79afa137a4dfa0c2"
ENTAILMENT = WEIGHTS.with_name("entailment.safetensors")
ENTAILMENT_SHA256 = "7ce8ec4f00de6d726975ea579e8a682a1aa4cb638ef8fae56cb352f4935be5b8"


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
def shipped_entailer() -> Entailer:
    """What tells yes from no, with the weights that come with the project; opened when first asked.

    Raises:
        ModelMissing, ModelChanged: see ``corpus.errors``.
    """
    from qa.reader.entailment import Entailer  # noqa: PLC0415

    return Entailer.open(ENTAILMENT, WEIGHTS, sha256=ENTAILMENT_SHA256)
