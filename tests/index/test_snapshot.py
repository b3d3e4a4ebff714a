"""What an open index answers, and that nothing can change it."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import Document, passages
from corpus.articles import jd_finance
from corpus.errors import DocumentNotFound
from index import Snapshot, build, current_generation, open_index
from index.embedding import sentence_texts


@pytest.fixture
def article(tmp_path: Path, letters: Any) -> Snapshot:
    build(jd_finance(), tmp_path / "index", letters)
    return open_index(tmp_path / "index", encoder=letters)


def test_passages_are_the_documents_own(article: Snapshot) -> None:
    document = jd_finance()
    assert article.document(document.id) == document
    assert tuple(article.passages) == passages(document, article.tokenizer)
    assert [entry.digest for entry in article.documents] == [document.digest]


def test_every_sentence_has_its_vector(article: Snapshot, letters: Any) -> None:
    document = jd_finance()
    sentences = [text for one in article.passages for text in sentence_texts(document, one)]
    assert len(sentences) == len(document.sentences)
    rows = np.concatenate([article.sentence_vectors(n) for n in range(len(article.passages))])
    assert rows.dtype == np.float32
    assert rows.shape == (len(sentences), letters.dimension)
    assert np.allclose(rows, letters.encode_questions(sentences), atol=1e-3)


def test_near_is_the_cosine_with_what_was_embedded(article: Snapshot, letters: Any) -> None:
    question = article.encode("京东支付的市场份额")
    hits = article.near(question, 5)
    everything = article.near(question, 10_000)
    assert hits == everything[:5]
    assert len(everything) == len(article.passages)
    assert hits[0].score <= 1.000001


def test_boilerplate_is_in_nothing_that_is_searched(article: Snapshot, letters: Any) -> None:
    """The page's header and its numbered footer are in the text, and nowhere else."""
    document = jd_finance()
    aside = [document.text[span.start : span.end] for span in document.boilerplate]
    assert any("无忧支付网首页" in text for text in aside)
    assert all("无忧支付网首页" not in text for text in letters.embedded)


def test_unknown_documents_are_not_found(article: Snapshot) -> None:
    with pytest.raises(DocumentNotFound, match="nobody"):
        article.document("nobody")


def test_a_snapshot_outlives_its_folder(article: Snapshot) -> None:
    before = [article.sentence_vectors(n).copy() for n in range(len(article.passages))]
    shutil.rmtree(article.path)
    assert article.document(jd_finance().id) == jd_finance()
    assert article.near(article.encode("京东"), 3)
    assert article.matching(["京东"], 3)
    for number, rows in enumerate(before):
        assert np.array_equal(article.sentence_vectors(number), rows)


def test_a_snapshot_does_not_see_later_generations(article: Snapshot, letters: Any) -> None:
    for number in range(4):  # more than are kept
        build(Document.from_text("新的文章。", title=f"新{number}"), article.path, letters)
    assert len(article.documents) == 1
    assert article.generation != current_generation(article.path)
    assert article.near(article.encode("新的文章"), 99)[-1].number < len(article.passages)
    assert article.sentence_vectors(0).any()


def test_a_read_only_folder_opens(article: Snapshot, letters: Any) -> None:
    folders = [article.path, *(path for path in article.path.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        before = set(article.path.rglob("*"))
        assert open_index(article.path, encoder=letters).generation == article.generation
        assert set(article.path.rglob("*")) == before
    finally:
        for folder in folders:
            folder.chmod(stat.S_IRWXU)


def test_two_indexes_have_two_tokenizers(article: Snapshot, letters: Any, tmp_path: Path) -> None:
    build(jd_finance(), tmp_path / "other", letters)
    other = open_index(tmp_path / "other", encoder=letters)
    assert other.tokenizer is not article.tokenizer
    assert other.tokenizer is other.tokenizer
