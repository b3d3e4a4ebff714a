"""A document's passages and sentences: what of each is embedded, and what it is found by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from corpus import Document, Kind, Passage, Tokenizer, passages
from index.encoder import Encoder
from index.generation import Entry, Indexed, to_record
from index.progress import OnProgress, Progress, tell


def indexed_by(
    documents: Iterable[tuple[Entry, Document]], encoder: Encoder, progress: OnProgress | None
) -> Mapping[str, Indexed]:
    """Cut, number and embed documents; each by its id."""
    tokenizer = Tokenizer()
    cut = [(entry, document, passages(document, tokenizer)) for entry, document in documents]
    # A heading is a sentence in many places and a short passage its only sentence: each text once.
    texts: dict[str, int] = {}
    for _, document, found in cut:
        for passage in found:
            texts.setdefault(passage_text(document, passage), len(texts))
            for text in sentence_texts(document, passage):
                texts.setdefault(text, len(texts))

    def embedded(done: int, total: int) -> None:
        tell(progress, Progress("encoding", done, total))

    embedded(0, len(texts))
    vectors = encoder.encode_passages(list(texts), embedded)
    indexed: dict[str, Indexed] = {}
    for entry, document, found in cut:
        passage_rows = [texts[passage_text(document, passage)] for passage in found]
        sentence_rows = [
            texts[text] for passage in found for text in sentence_texts(document, passage)
        ]
        indexed[entry.id] = Indexed(
            entry=entry,
            record=to_record(document),
            passages=tuple(found),
            terms=tuple(tuple(passage_terms(document, one, tokenizer)) for one in found),
            passage_vectors=vectors[passage_rows],
            sentence_vectors=vectors[sentence_rows].astype(np.float16),
        )
    return indexed


def passage_text(document: Document, passage: Passage) -> str:
    """What is embedded for a passage: title and heading path, then its sentences.

    Sentence by sentence, since a caption that was set aside may lie between two; without its own
    headings, which are in the path.
    """
    body = "".join(
        document.text[sentence.start : sentence.end]
        for sentence in document.sentences[passage.first : passage.last]
        if sentence.kind is not Kind.HEADING
    )
    path = " > ".join(one for one in (document.title, *passage.headings) if one)
    return "\n".join(part for part in (path, body) if part)


def sentence_texts(document: Document, passage: Passage) -> list[str]:
    """What is embedded for each sentence of a passage: title, nearest heading, then the sentence.

    A sentence rarely names what the whole text is about. With its title and heading the nearest
    sentence by cosine is the right one for 78 % of the development questions on the article
    (68 % alone), and for 63 % of those on ten mixed texts (38 % alone).
    """
    found = []
    for sentence in document.sentences[passage.first : passage.last]:
        text = document.text[sentence.start : sentence.end]
        above = passage.headings
        if sentence.kind is Kind.HEADING:
            above = document.heading_path(sentence.section)[:-1]
        nearest = f"{above[-1]}：" if above else ""
        found.append(f"{document.title}。{nearest}{text}")
    return found


def passage_terms(document: Document, passage: Passage, tokenizer: Tokenizer) -> list[str]:
    """What a passage is found by: the terms of its title, its heading path and its sentences."""
    parts = (*passage.headings, passage_text(document, replace(passage, headings=())))
    return [term for part in parts for term in tokenizer.terms(part)]
