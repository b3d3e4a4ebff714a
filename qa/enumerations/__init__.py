"""The lists a text makes itself: under headings, line by line, with 、, with 一是…二是…, with ；.

A list answer must be complete, and the text's own structure knows when it is: nothing here guesses
which things belong together, it only reads where the author said so.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus import Document, Kind, Tokenizer
from qa.enumerations.clauses import (
    advice,
    after_colon,
    between_semicolons,
    duties,
    effects,
    figures,
    traits,
)
from qa.enumerations.enumeration import DECLARED, NUMBERED, Entry, Enumeration, Form
from qa.enumerations.inline import inline, together, within_quotes
from qa.enumerations.layout import bare, labelled_paragraphs, led_to, lines, titles, under_headings
from qa.enumerations.marked import marked
from qa.enumerations.ordinals import across_sentences, within_sentence
from qa.enumerations.pairs import pairs
from qa.enumerations.spans import split

__all__ = [
    "DECLARED",
    "NUMBERED",
    "Entry",
    "Enumeration",
    "Form",
    "bare",
    "enumerations",
    "marked",
    "split",
]


def enumerations(document: Document, tokenizer: Tokenizer) -> tuple[Enumeration, ...]:
    """All lists of ``document``, in the order of their leads."""
    found = [
        *under_headings(document),
        *lines(document),
        *led_to(document),
        *labelled_paragraphs(document),
        *across_sentences(document),
        *titles(document),
        *advice(document, tokenizer),
    ]
    for number, sentence in enumerate(document.sentences):
        if sentence.kind is not Kind.HEADING:
            found += _of_sentence(document, number, tokenizer)
    return tuple(sorted(found, key=lambda one: one.lead))


def _of_sentence(document: Document, number: int, tokenizer: Tokenizer) -> Iterator[Enumeration]:
    sentence = document.sentences[number]
    text = document.text[sentence.start : sentence.end]
    marked = list(inline(text, number, sentence.start, tokenizer))
    yield from marked
    yield from together(marked)
    yield from within_quotes(text, number, sentence.start)
    yield from pairs(text, number, sentence.start, tokenizer)
    yield from within_sentence(text, number, sentence.start)
    yield from between_semicolons(document, number)
    yield from after_colon(document, number)
    yield from effects(document, number)
    yield from traits(document, number)
    yield from duties(document, number, tokenizer)
    yield from figures(document, number)
