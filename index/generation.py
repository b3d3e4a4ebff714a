"""One generation's contents: documents, passages, vectors and terms, to files and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus import Document, Kind, Passage, Section, Sentence, Span
from corpus.errors import IndexBroken, IndexNotFound
from index.manifest import Manifest, current_generation, generation_folder, read_manifest
from index.postings import BM25Store, npy
from index.vectors import FaissStore

if TYPE_CHECKING:
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]
    HalfVectors = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of an index, without its text."""

    id: str
    title: str
    source: str  # the path as it was given, or "" for text handed over directly
    path: str = ""  # the same, absolute; "" for text handed over directly
    digest: str = ""  # Document.digest
    recipe: int = 0  # manifest.RECIPE when it was indexed


@dataclass(frozen=True, slots=True)
class Indexed:
    """All that is kept of one document."""

    entry: Entry
    record: bytes  # the Document, one line of JSON
    passages: tuple[Passage, ...]
    terms: tuple[tuple[str, ...], ...]  # one a passage, repeated terms included
    passage_vectors: Vectors  # (passages, dimension)
    sentence_vectors: HalfVectors  # (sentences, dimension), passage after passage


def pack(documents: Sequence[Indexed], dimension: int) -> dict[str, bytes]:
    """The files of a generation, manifest aside."""
    passages = np.concatenate(
        [np.empty((0, dimension), np.float32), *(d.passage_vectors for d in documents)]
    )
    sentences = np.concatenate(
        [np.empty((0, dimension), np.float16), *(d.sentence_vectors for d in documents)]
    )
    terms = [one for document in documents for one in document.terms]
    store = BM25Store.from_terms(terms)
    head = [
        {**asdict(d.entry), "passages": len(d.passages), "bytes": len(d.record)} for d in documents
    ]
    rows = [
        [p.section, p.first, p.last, p.start, p.end, p.headings]
        for document in documents
        for p in document.passages
    ]
    return {
        "entries.json": _json(head),
        "documents.jsonl": b"".join(document.record for document in documents),
        "passages.json": _json(rows),
        "passages.npy": npy(passages),
        "passages.faiss": FaissStore.from_vectors(passages).to_bytes(),
        "sentences.npy": npy(sentences),
        **store.to_files(),
        # What the store was made of, so that a kept document is not cut into words again.
        "words.npy": npy(
            np.array([store.vocabulary[t] for one in terms for t in one], dtype=np.int32)
        ),
        "words.starts.npy": npy(np.cumsum([0, *map(len, terms)], dtype=np.int64)),
    }


class Generation:
    """One generation as read from disk. Immutable; vectors are mapped, the rest is in memory."""

    def __init__(self, index: Path, name: str) -> None:
        self.name = name
        self.folder = generation_folder(index, name)
        self.manifest: Manifest = read_manifest(index, name)
        try:
            head = json.loads(self._read("entries.json"))
            self._records = self._read("documents.jsonl")
            rows = json.loads(self._read("passages.json"))
            entries: list[Entry] = []
            passages: list[Passage] = []
            self._spans: list[tuple[int, int]] = []  # of a document's record
            self.bounds: list[tuple[int, int]] = []  # of its passages
            at = 0
            for fields in head:
                count, length = fields.pop("passages"), fields.pop("bytes")
                entry = Entry(**fields)
                entries.append(entry)
                self._spans.append((at, at + length))
                at += length
                first = len(passages)
                for section, start_sentence, end_sentence, start, end, headings in rows[
                    first : first + count
                ]:
                    passages.append(
                        Passage(
                            document=entry.id,
                            section=section,
                            first=start_sentence,
                            last=end_sentence,
                            start=start,
                            end=end,
                            headings=tuple(headings),
                        )
                    )
                self.bounds.append((first, len(passages)))
            self.entries = tuple(entries)
            self.passages = tuple(passages)
            # Mapped, not read: only rows that are looked at cost memory, and the mapping outlives
            # the file's name.
            self.sentence_vectors: HalfVectors = np.load(
                self.folder / "sentences.npy", mmap_mode="r", allow_pickle=False
            )
            lengths = [passage.last - passage.first for passage in passages]
            #: Rows of ``sentence_vectors`` before each passage, and all of them.
            self.sentence_rows = [0, *np.cumsum(lengths).tolist()]
        except (ValueError, KeyError, TypeError) as error:
            raise IndexBroken(index=str(index), detail=str(error)) from error
        if (
            len(rows) != len(passages)
            or self.sentence_rows[-1] != len(self.sentence_vectors)
            or at != len(self._records)
        ):
            raise IndexBroken(index=str(index), detail="passages.json")

    def _read(self, file: str) -> bytes:
        return (self.folder / file).read_bytes()

    def vector_store(self) -> FaissStore:
        """The passages' vectors, for searching."""
        return FaissStore.from_bytes(self._read("passages.faiss"))

    def term_store(self) -> BM25Store:
        """The passages' terms, for searching."""
        return BM25Store.from_files({name: self._read(name) for name in BM25Store.FILES})

    def kept(self) -> list[Indexed]:
        """Everything, document by document, for the next generation."""
        vectors = np.load(self.folder / "passages.npy", allow_pickle=False)
        words = np.load(self.folder / "words.npy", allow_pickle=False).tolist()
        starts = np.load(self.folder / "words.starts.npy", allow_pickle=False).tolist()
        vocabulary = list(self.term_store().vocabulary)
        rows = self.sentence_rows
        return [
            Indexed(
                entry=entry,
                record=self.record(number),
                passages=self.passages[first:last],
                terms=tuple(
                    tuple(vocabulary[word] for word in words[starts[p] : starts[p + 1]])
                    for p in range(first, last)
                ),
                passage_vectors=vectors[first:last],
                sentence_vectors=self.sentence_vectors[rows[first] : rows[last]],
            )
            for number, (entry, (first, last)) in enumerate(
                zip(self.entries, self.bounds, strict=True)
            )
        ]

    def record(self, number: int) -> bytes:
        """A document's line of JSON, by its place in ``entries``."""
        start, end = self._spans[number]
        return self._records[start:end]

    def document(self, number: int) -> Document:
        """A document, by its place in ``entries``."""
        return from_record(self.record(number))


def read_generation(index: Path) -> Generation:
    """The current generation.

    Raises:
        IndexNotFound, IndexBroken, IndexForeign: there is none, it is damaged, it is not ours.
    """
    name = current_generation(index)
    while True:
        try:
            return Generation(index, name)
        except FileNotFoundError as error:
            # Deleted while it was being opened: two newer ones have come since.
            newer = current_generation(index)
            if newer == name:
                raise IndexBroken(index=str(index), detail=f"generations/{name}") from error
            name = newer
        except OSError as error:
            detail = error.strerror or type(error).__name__
            raise IndexBroken(index=str(index), detail=detail) from error


def has_index(index: Path) -> bool:
    """Whether there is an index in that folder, in whatever state."""
    try:
        current_generation(index)
    except IndexNotFound:
        return False
    except IndexBroken:
        pass
    return True


def to_record(document: Document) -> bytes:
    """A document as one line of JSON."""
    fields = {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "date": document.date,
        "text": document.text,
        "sections": [astuple(section) for section in document.sections],
        "sentences": [astuple(sentence) for sentence in document.sentences],
        "boilerplate": [astuple(span) for span in document.boilerplate],
    }
    return _json(fields) + b"\n"


def from_record(record: bytes) -> Document:
    """Read ``to_record``."""
    fields = json.loads(record)
    return Document(
        id=fields["id"],
        title=fields["title"],
        source=fields["source"],
        date=fields["date"],
        text=fields["text"],
        sections=tuple(Section(*row) for row in fields["sections"]),
        sentences=tuple(
            Sentence(start, end, section, paragraph, Kind(kind))
            for start, end, section, paragraph, kind in fields["sentences"]
        ),
        boilerplate=tuple(Span(*row) for row in fields["boilerplate"]),
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
