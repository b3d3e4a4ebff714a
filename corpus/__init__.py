"""Texts: loading, layout, sentences, passages, terms. Knows nothing of vectors or questions."""

from corpus.decode import clean
from corpus.document import Document, Kind, Passage, Section, Sentence, Span
from corpus.load import files_under, read_bytes, read_file, writable
from corpus.passages import passages
from corpus.terms import Tokenizer, fold, numerals, simplified

__all__ = [
    "Document",
    "Kind",
    "Passage",
    "Section",
    "Sentence",
    "Span",
    "Tokenizer",
    "clean",
    "files_under",
    "fold",
    "numerals",
    "passages",
    "read_bytes",
    "read_file",
    "simplified",
    "writable",
]
