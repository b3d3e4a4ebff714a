"""Texts: loading, layout, sentences, passages, terms. Knows nothing of vectors or questions."""

from corpus.document import Document, Kind, Passage, Section, Sentence, Span

__all__ = ["Document", "Kind", "Passage", "Section", "Sentence", "Span"]
