"""One generation of an index as a reader sees it: sentences, their surroundings, lists and names.

Everything derived from a document is made when first needed and kept while the generation is open.
"""

from __future__ import annotations

import math
import threading
from collections import Counter, OrderedDict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus import Document, Kind, fold
from index import Snapshot
from qa.enumerations import Enumeration, Form, enumerations

LOOKED_THROUGH = 1_000_000  # characters of passages that are searched as they stand
KEPT_DOCUMENTS = 256  # derived data of so many documents stays in memory


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of the index."""

    document: str  # Document.id
    sentence: int  # index into Document.sentences


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with what reading it needs."""

    document: Document
    folded: str  # same length as document.text
    lists: tuple[Enumeration, ...]

    def text(self, sentence: int) -> str:
        """The sentence as written."""
        one = self.document.sentences[sentence]
        return self.document.text[one.start : one.end]

    def plain(self, sentence: int) -> str:
        """The sentence folded; offsets are those of ``text``."""
        one = self.document.sentences[sentence]
        return self.folded[one.start : one.end]

    def above(self, sentence: int) -> str:
        """The headings over a sentence and the document's title, folded."""
        section = self.document.sentences[sentence].section
        return fold(" ".join((self.document.title, *self.document.heading_path(section))))

    def headings(self, sentence: int) -> str:
        """The headings over a sentence, folded, without the document's title."""
        section = self.document.sentences[sentence].section
        return fold(" ".join(self.document.heading_path(section)))

    def introduced(self, sentence: int) -> str:
        """What introduces the list of lines or points that a sentence begins an entry of, or ""."""
        for one in self.lists:
            lines = one.form in {Form.LINES, Form.ORDINALS}
            if lines and any(entry.sentence == sentence for entry in one.entries):
                return self.plain(one.lead) if one.lead != sentence else ""
        return ""

    def before(self, sentence: int) -> str:
        """The sentence before this one in the same section, folded, or ""."""
        if sentence == 0:
            return ""
        same = self.document.sentences[sentence - 1]
        here = self.document.sentences[sentence]
        ok = same.section == here.section and same.kind is not Kind.HEADING
        return self.plain(sentence - 1) if ok else ""


class Texts:
    """The documents of one snapshot, read on demand; safe to share between threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._lock = threading.Lock()
        self._passages_of: dict[str, list[int]] = {}
        for number, passage in enumerate(snapshot.passages):
            self._passages_of.setdefault(passage.document, []).append(number)

    def reading(self, document: str) -> Reading:
        """The document of that id.

        Raises:
            DocumentNotFound: the snapshot has none of that id.
        """
        with self._lock:
            kept = self._readings.get(document)
            if kept:
                self._readings.move_to_end(document)
                return kept
        found = self.snapshot.document(document)
        made = Reading(found, fold(found.text), enumerations(found, self.snapshot.tokenizer))
        with self._lock:
            self._readings[document] = made
            while len(self._readings) > KEPT_DOCUMENTS:
                self._readings.popitem(last=False)
        return made

    def passages_of(self, document: str) -> list[int]:
        """Numbers of the document's passages, in text order."""
        return self._passages_of.get(document, [])

    def vector(self, place: Place) -> NDArray[np.float32]:
        """The sentence's own vector, shape (dim,)."""
        for number in self.passages_of(place.document):
            passage = self.snapshot.passages[number]
            if passage.first <= place.sentence < passage.last:
                rows = self.snapshot.sentence_vectors(number)
                return np.asarray(rows[place.sentence - passage.first], dtype=np.float32)
        raise LookupError(place)

    def rarity(self, term: str) -> float:
        """Inverse document frequency over passages (Robertson and Sparck Jones, as in BM25)."""
        total = len(self.snapshot.passages)
        found = self.snapshot.frequency(term)
        return math.log(1 + (total - found + 0.5) / (found + 0.5))

    def alike(self, piece: str) -> list[str]:
        """Terms as long as ``piece`` with half of its characters or more in the same places."""
        shared = Counter(
            term
            for at, character in enumerate(piece)
            for term in self._spelt.get((len(piece), at, character), ())
        )
        return [term for term, places in shared.items() if len(piece) > places >= len(piece) / 2]

    @cached_property
    def _spelt(self) -> dict[tuple[int, int, str], list[str]]:
        """Terms by their length and a character in its place."""
        found: dict[tuple[int, int, str], list[str]] = {}
        for term in self.snapshot.terms():
            for at, character in enumerate(term):
                found.setdefault((len(term), at, character), []).append(term)
        return found

    @cached_property
    def whole(self) -> str:
        """The passages, folded, a line each; "" where they are too many to be looked through."""
        passages = self.snapshot.passages
        if sum(one.end - one.start for one in passages) > LOOKED_THROUGH:
            return ""
        texts = {
            one.id: fold(one.text)
            for one in map(self.snapshot.document, {p.document for p in passages})
        }
        return "\n".join(texts[one.document][one.start : one.end] for one in passages)

    def occurs(self, piece: str) -> bool:
        """Whether folded ``piece`` stands in a passage that its terms lead to."""
        terms = self.snapshot.tokenizer.terms(piece)
        if not terms:
            return False
        for hit in self.snapshot.matching(terms, 20):
            passage = self.snapshot.passages[hit.number]
            reading = self.reading(passage.document)
            if piece in reading.folded[passage.start : passage.end]:
                return True
        return False
