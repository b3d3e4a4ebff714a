"""Questions and answers: rewriting, retrieving, reading, refusing, citing. The public API."""

from qa.answer import Answer, Citation, Item, Segment, Source
from qa.assistant import Assistant, answer

__all__ = ["Answer", "Assistant", "Citation", "Item", "Segment", "Source", "answer"]
