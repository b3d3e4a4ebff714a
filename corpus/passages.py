"""Sentences to passages: what is embedded and retrieved."""

from __future__ import annotations

from itertools import groupby

from corpus.document import Document, Kind, Passage
from corpus.terms import Tokenizer

# Sizes in jieba words, punctuation included. 80 words are some 130 characters, two or three
# sentences: enough for 这些问题 to have its antecedent, little enough for one subject.
TARGET = 80
MAXIMUM = 160
CRUMB = 40


def passages(document: Document, tokenizer: Tokenizer) -> tuple[Passage, ...]:
    """Part all sentences of ``document`` into passages of whole sentences, in text order.

    A passage stays within one section and begins with the section's heading where the section
    begins. It ends with the paragraph once it has ``TARGET`` words, and is cut inside a paragraph
    only where it would grow beyond ``MAXIMUM``; a longer sentence is a passage of its own.
    """
    sizes = [len(tokenizer.tokens(document.text[s.start : s.end])) for s in document.sentences]
    found: list[tuple[int, int]] = []
    numbered = range(len(document.sentences))
    for _, members in groupby(numbered, key=lambda n: document.sentences[n].section):
        found += _cut(document, sizes, list(members))
    return tuple(
        Passage(
            document=document.id,
            section=document.sentences[first].section,
            first=first,
            last=last,
            start=document.sentences[first].start,
            end=document.sentences[last - 1].end,
            headings=document.heading_path(document.sentences[first].section),
        )
        for first, last in found
    )


def _cut(document: Document, sizes: list[int], members: list[int]) -> list[tuple[int, int]]:
    """Cut the sentences of one section, in runs of about ``TARGET`` words."""
    found: list[tuple[int, int]] = []
    first = members[0]
    size = 0
    left = sum(sizes[number] for number in members)
    for number in members:
        sentence = document.sentences[number]
        if number > first:
            new_paragraph = sentence.paragraph != document.sentences[number - 1].paragraph
            rest = _rest_of_paragraph(document, sizes, number, members[-1])
            after_heading = document.sentences[number - 1].kind is Kind.HEADING
            full = size + sizes[number] > MAXIMUM
            # Between paragraphs, cut when enough is there, or when what follows would not fit.
            enough = new_paragraph and (size >= TARGET or size + rest > MAXIMUM >= rest)
            # But leave no crumb behind: a short last paragraph goes with the one before.
            enough = enough and (left >= CRUMB or size + left > MAXIMUM)
            # Inside one, cut early rather than leave a crumb for the next passage.
            split = not new_paragraph and size >= TARGET and size + rest > MAXIMUM
            if full or (not after_heading and (enough or split)):
                found.append((first, number))
                first, size = number, 0
        size += sizes[number]
        left -= sizes[number]
    found.append((first, members[-1] + 1))
    return found


def _rest_of_paragraph(document: Document, sizes: list[int], number: int, last: int) -> int:
    """The words from sentence ``number`` to the end of its paragraph, counted to just over full."""
    paragraph = document.sentences[number].paragraph
    total = 0
    while number <= last and document.sentences[number].paragraph == paragraph:
        total += sizes[number]
        if total > MAXIMUM:
            break
        number += 1
    return total
