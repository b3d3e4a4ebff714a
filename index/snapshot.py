"""One generation, opened: what questions are answered from."""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus import Document, Passage, Tokenizer
from corpus.errors import DocumentNotFound, IndexBroken, ModelMismatch
from index.encoder import Encoder, encoder_for
from index.generation import Entry, Generation, read_generation
from index.manifest import Manifest
from index.storage import index_folder
from index.vectors import Hit

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy.typing as npt

    Vector = npt.NDArray[np.float32]

#: Engines and precisions differ in the last bits (0.999); another model is far below this.
PROBE_COSINE = 0.99


class Snapshot:
    """An index as it was when it was opened. Immutable, and safe from many threads.

    It stays whole whatever happens to the folder: newer generations do not show in it, and older
    ones being deleted does not touch it.
    """

    def __init__(self, index: Path, generation: Generation, encoder: Encoder) -> None:
        self._generation = generation
        self._encoder = encoder
        self._vectors = generation.vector_store()
        self._terms = generation.term_store()
        self._numbers = {entry.id: n for n, entry in enumerate(generation.entries)}
        self._documents: dict[str, Document] = {}
        self._tokenizing = threading.Lock()
        self.path: Path = index
        self.generation: str = generation.name
        self.manifest: Manifest = generation.manifest
        self.documents: tuple[Entry, ...] = generation.entries
        self.passages: Sequence[Passage] = generation.passages
        if not len(self._vectors) == len(self._terms) == len(self.passages):
            raise IndexBroken(index=str(index), detail="passages.faiss")

    @property
    def tokenizer(self) -> Tokenizer:
        """This index's own tokenizer, the one its terms were made with."""
        with self._tokenizing:
            return self._tokenizer

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return Tokenizer()

    def document(self, id: str) -> Document:  # noqa: A002  (the contract's word)
        """A document with its text and layout.

        Raises:
            DocumentNotFound: none of that id in this snapshot.
        """
        document = self._documents.get(id)
        if document is None:
            number = self._numbers.get(id)
            if number is None:
                raise DocumentNotFound(id=id)
            # Two threads may both parse it; they get equal ones.
            document = self._documents[id] = self._generation.document(number)
        return document

    def near(self, vector: Vector, k: int) -> list[Hit]:
        """The ``k`` passages nearest to a unit ``vector`` (dimension,), by cosine, best first."""
        return self._vectors.search(vector, k)

    def matching(self, terms: Sequence[str], k: int) -> list[Hit]:
        """The best ``k`` passages that hold any of ``terms``, by BM25, best first.

        A passage holds the terms of its sentences, of its heading path and of its document's title.
        """
        return self._terms.search(terms, k)

    def frequency(self, term: str) -> int:
        """How many passages hold ``term``, in the sense of ``matching``."""
        return self._terms.frequency(term)

    def terms(self) -> Collection[str]:
        """Every term that a passage holds."""
        return self._terms.terms()

    def sentence_vectors(self, passage: int) -> Vector:
        """A row for each sentence of a passage, headings included: (last - first, dimension).

        Each was embedded with its title and nearest heading
        (``index.embedding.sentence_texts``). Kept in half precision, they are unit vectors to
        three decimals.
        """
        first, last = self._generation.sentence_rows[passage : passage + 2]
        return self._generation.sentence_vectors[first:last].astype(np.float32)

    def encode(self, question: str) -> Vector:
        """A question as a unit vector (dimension,), by the index's own model."""
        vector: Vector = self._encoder.encode_questions([question])[0]
        return vector


def open_index(index: str | Path, *, encoder: Encoder | None = None) -> Snapshot:
    """Open the current generation. The folder is only read; it may be read-only.

    Args:
        index: the folder ``build`` was given.
        encoder: instead of the one the manifest names.

    Raises:
        IndexNotFound: no index in that folder.
        IndexBroken: files missing, cut short or changed.
        IndexForeign: of another format version or another program.
        ModelMissing, ModelChanged: its model cannot be had.
        ModelMismatch: the model is not the one the index was made with.
        WrongArgument: ``index`` is no path.
    """
    index = index_folder(index)
    while True:
        generation = read_generation(index)
        model = encoder or encoder_for(generation.manifest.model)
        check_model(index, generation.manifest, model)
        try:
            return Snapshot(index, generation, model)
        except FileNotFoundError:
            continue  # deleted meanwhile; see read_generation
        except (ValueError, KeyError, TypeError) as error:
            raise IndexBroken(index=str(index), detail=str(error)) from error


def check_model(index: Path, manifest: Manifest, encoder: Encoder) -> None:
    """Make sure that ``encoder`` is the model an index was made with.

    Raises:
        ModelMismatch: it makes something else of the probe text.
    """
    if not is_model_of(manifest, encoder):
        raise ModelMismatch(index=str(index), expected=manifest.model, found=encoder.name)


def is_model_of(manifest: Manifest, encoder: Encoder) -> bool:
    """Whether ``encoder`` makes of the probe text what the index's model made of it."""
    expected = np.asarray(manifest.probe_vector, np.float32)
    if not encoder.dimension == manifest.dimension == len(expected):
        return False
    found = encoder.encode_questions([manifest.probe])[0]
    return float(expected @ found) >= PROBE_COSINE
