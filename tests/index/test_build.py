"""What build and remove do, and what they leave alone."""

from __future__ import annotations

import importlib
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Document, read_file
from corpus.errors import (
    DocumentNotFound,
    IndexBusy,
    IndexForeign,
    IndexNotFound,
    IndexUnwritable,
    ModelMismatch,
    WrongArgument,
)
from index import BuildReport, Progress, Snapshot, build, open_index, remove
from index.embedding import passage_text, sentence_texts
from index.storage import Disk
from tests.index.reported import contents, titles

building = importlib.import_module("index.build")  # ``index.build`` is the function


def test_a_folder_a_file_and_a_text(tmp_path: Path, notes: Path, letters: Any) -> None:
    single = tmp_path / "单个.md"
    single.write_text("# 单个\n\n这是一篇单独的文章。\n", "utf-8")
    memo = Document.from_text("明天开会。", title="备忘")
    report = build([notes, str(single), memo], tmp_path / "index", letters)
    assert titles(report.added) == {"苹果", "京东", "单个", "备忘"}
    assert (report.updated, report.unchanged, report.removed, report.failed) == ((), (), (), ())
    assert report.documents == 4
    snapshot = open_index(tmp_path / "index", encoder=letters)
    assert snapshot.generation == report.generation
    assert len(snapshot.passages) == report.passages == snapshot.manifest.passages
    assert snapshot.document(memo.id) == memo
    assert snapshot.document(read_file(single).id) == read_file(single)
    assert {entry.source for entry in snapshot.documents} >= {str(single), ""}


@pytest.mark.parametrize("kind", [str, Path, read_file])
def test_one_source_needs_no_list(tmp_path: Path, notes: Path, letters: Any, kind: Any) -> None:
    report = build(kind(notes / "苹果.txt"), tmp_path / "index", letters)
    assert titles(report.added) == {"苹果"}


def test_nothing_is_embedded_or_written_twice(tmp_path: Path, notes: Path, letters: Any) -> None:
    index = tmp_path / "index"
    first = build(notes, index, letters)
    letters.embedded.clear()
    second = build(notes, index, letters)
    assert letters.embedded == []
    assert titles(second.unchanged) == {"苹果", "京东"}
    assert (second.added, second.updated) == ((), ())
    assert second.generation == first.generation
    assert (second.documents, second.passages) == (first.documents, first.passages)


def test_only_what_changed_is_embedded(tmp_path: Path, notes: Path, letters: Any) -> None:
    index = tmp_path / "index"
    build(notes, index, letters)
    before = open_index(index, encoder=letters)
    letters.embedded.clear()
    (notes / "京东.txt").write_text("# 京东\n\n京东在宿迁也有办公室。\n", "utf-8")
    report = build(notes, index, letters)
    assert titles(report.updated) == {"京东"}
    assert titles(report.unchanged) == {"苹果"}
    assert all("苹果" not in text for text in letters.embedded)
    assert any("宿迁" in text for text in letters.embedded)
    after = open_index(index, encoder=letters)
    assert [entry.id for entry in after.documents] == [entry.id for entry in before.documents]
    whole = build(notes, tmp_path / "anew", letters)
    assert whole.passages == report.passages
    assert_same(after, open_index(tmp_path / "anew", encoder=letters))


def assert_same(one: Snapshot, other: Snapshot) -> None:
    """Two indexes answer alike, in whatever order their documents are."""
    assert contents(one) == contents(other)

    def seen(snapshot: Snapshot, number: int) -> tuple[Any, ...]:
        return snapshot.passages[number], snapshot.sentence_vectors(number).tobytes()

    assert {seen(one, n) for n in range(len(one.passages))} == {
        seen(other, n) for n in range(len(other.passages))
    }
    for question in ("京东的总部", "苹果长在哪里"):
        near, also_near = (
            {(s.passages[h.number], round(h.score, 4)) for h in s.near(s.encode(question), 99)}
            for s in (one, other)
        )
        assert near == also_near
        terms = one.tokenizer.terms(question)
        found, also_found = (
            {(s.passages[h.number], round(h.score, 4)) for h in s.matching(terms, 99)}
            for s in (one, other)
        )
        assert found == also_found
        assert [one.frequency(term) for term in terms] == [other.frequency(t) for t in terms]


def test_a_moved_file_is_not_embedded_again(tmp_path: Path, notes: Path, letters: Any) -> None:
    index = tmp_path / "index"
    build(notes, index, letters)
    letters.embedded.clear()
    (notes / "京东.txt").rename(notes / "公司.txt")
    report = build(notes, index, letters, sync=True)
    assert letters.embedded == []
    assert [entry.source for entry in report.added] == [str(notes / "公司.txt")]
    assert [entry.source for entry in report.removed] == [str(notes / "京东.txt")]
    snapshot = open_index(index, encoder=letters)
    assert {passage.document for passage in snapshot.passages} == set(contents(snapshot))


def test_others_are_left_alone_unless_synced(tmp_path: Path, notes: Path, letters: Any) -> None:
    index = tmp_path / "index"
    memo = Document.from_text("明天开会。", title="备忘")
    elsewhere = tmp_path / "别处.txt"
    elsewhere.write_text("别处的一篇文章。", "utf-8")
    build([notes, memo, elsewhere], index, letters)
    (notes / "京东.txt").unlink()
    elsewhere.unlink()
    kept = build(notes, index, letters)
    assert kept.removed == ()
    assert kept.documents == 4
    synced = build(notes, index, letters, sync=True)
    assert titles(synced.removed) == {"京东"}  # not the memo, not what lay elsewhere
    assert synced.documents == 3


def test_progress_goes_forward(tmp_path: Path, notes: Path, letters: Any) -> None:
    told: list[Progress] = []
    build(notes, tmp_path / "index", letters, progress=told.append)
    stages = list(dict.fromkeys(news.stage for news in told))
    assert stages == ["reading", "encoding", "writing"]
    for stage in stages:
        done = [news.done for news in told if news.stage == stage]
        assert done == sorted(done)
        last = [news for news in told if news.stage == stage][-1]
        assert last.done == last.total > 0


def test_remove(tmp_path: Path, notes: Path, letters: Any) -> None:
    index = tmp_path / "index"
    build(notes, index, letters)
    held = open_index(index, encoder=letters)
    apple = next(entry for entry in held.documents if entry.title == "苹果")
    report = remove(index, [apple.id, "nobody"])
    assert titles(report.removed) == {"苹果"}
    assert [failure.source for failure in report.failed] == ["nobody"]
    assert isinstance(report.failed[0].error, DocumentNotFound)
    assert (report.documents, titles(report.unchanged)) == (1, set())
    after = open_index(index, encoder=letters)
    with pytest.raises(DocumentNotFound):
        after.document(apple.id)
    assert all(passage.document != apple.id for passage in after.passages)
    assert held.document(apple.id).title == "苹果"  # a snapshot does not change
    assert remove(index, apple.id).generation == report.generation


def test_remove_needs_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound):
        remove(tmp_path, "a")
    assert list(tmp_path.iterdir()) == []


def test_another_model_embeds_everything_again(
    tmp_path: Path, notes: Path, letters: Any, other_letters: Any
) -> None:
    index = tmp_path / "index"
    build(notes, index, letters)
    memo = Document.from_text("明天开会。", title="备忘")
    report = build(memo, index, other_letters)
    assert titles(report.added) == {"备忘"}
    assert titles(report.updated) == {"苹果", "京东"}
    assert open_index(index, encoder=other_letters).manifest.model == "other letters"
    with pytest.raises(ModelMismatch, match="letters"):
        open_index(index, encoder=letters)
    build([notes, memo], tmp_path / "anew", other_letters)
    assert_same(
        open_index(index, encoder=other_letters),
        open_index(tmp_path / "anew", encoder=other_letters),
    )


def test_one_writer_at_a_time(tmp_path: Path, notes: Path, letters: Any) -> None:
    index = tmp_path / "index"
    build(notes, index, letters)
    with FileLock(index / "LOCK"):
        with pytest.raises(IndexBusy):
            build(notes, index, letters)
        with pytest.raises(IndexBusy):
            remove(index, "a")
        open_index(index, encoder=letters)  # readers take no lock
    build(notes, index, letters)


@pytest.mark.parametrize("name", ["毕业论文.docx", "manifest.json"])
def test_a_folder_with_other_things_in_it_is_not_written_into(
    tmp_path: Path, notes: Path, letters: Any, name: str
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / name).write_text("x")
    with pytest.raises(IndexForeign, match=name):
        build(notes, tmp_path / "mine", letters)
    with pytest.raises(IndexForeign, match="是一个文件"):
        build(notes, tmp_path / "mine" / name, letters)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == [name]


def test_a_full_disk_is_said_so(tmp_path: Path, notes: Path, letters: Any) -> None:
    class FullDisk(Disk):
        def write(self, path: Path, data: bytes) -> None:
            raise OSError(28, "No space left on device")

    build(notes / "苹果.txt", tmp_path / "index", letters)
    with pytest.raises(IndexUnwritable, match="No space left"):
        build(notes, tmp_path / "index", letters, disk=FullDisk())
    assert len(open_index(tmp_path / "index", encoder=letters).documents) == 1


def test_readers_and_a_writer_at_once(tmp_path: Path, letters: Any) -> None:
    """Whoever opens while generations come and go gets one that is whole."""
    index = tmp_path / "index"
    pair = [Document.from_text(f"成对的文章{n}。", title=f"对{n}") for n in range(2)]
    build(pair, index, letters)
    failures: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                snapshot = open_index(index, encoder=letters)
                for entry in snapshot.documents:
                    assert snapshot.document(entry.id).title == entry.title
                assert len(snapshot.documents) in (2, 3)
                assert snapshot.near(snapshot.encode("文章"), 9)
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for n in range(15):
        extra = Document.from_text(f"多出来的第{n}篇。", title=f"多{n}")
        build(extra, index, letters)
        remove(index, extra.id)
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []


def test_passages_are_embedded_with_their_headings(tmp_path: Path, letters: Any) -> None:
    document = Document.from_text(
        "# 产品\n\n## 白条\n\n白条是赊购。\n\n## 京东支付\n\n份额是1%。\n"
    )
    build(document, tmp_path / "index", letters)
    snapshot = open_index(tmp_path / "index", encoder=letters)
    texts = [passage_text(document, passage) for passage in snapshot.passages]
    assert any("白条" in text and "赊购" in text and "1%" not in text for text in texts)
    for number, passage in enumerate(snapshot.passages):
        for text, vector in zip(
            sentence_texts(document, passage), snapshot.sentence_vectors(number), strict=True
        ):
            assert float(vector @ letters.encode_questions([text])[0]) > 0.999
    share = next(n for n, text in enumerate(texts) if "1%" in text)
    assert share in {hit.number for hit in snapshot.matching(["支付"], 9)}  # only in its heading


sources = st.lists(
    st.tuples(
        st.sampled_from("甲乙丙丁"), st.sampled_from(["一句话。", "两句话。真的。", "# 题\n\n三。"])
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda named: named[0],  # of one title and in one call they would be kept apart
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.booleans(), sources), min_size=1, max_size=4))
def test_any_history_ends_like_a_fresh_build(
    tmp_path_factory: pytest.TempPathFactory, letters: Any, history: list[Any]
) -> None:
    """Adding, updating and removing in any order leaves what building the result at once gives."""
    index = tmp_path_factory.mktemp("history") / "index"
    expected: dict[str, Document] = {}
    for removing, named in history:
        documents = [Document.from_text(text, title=title) for title, text in named]
        if removing and expected:
            remove(index, [document.id for document in documents])
            for document in documents:
                expected.pop(document.id, None)
        else:
            report: BuildReport = build(documents, index, letters)
            expected |= {document.id: document for document in documents}
            assert report.documents == len(expected)
    snapshot = open_index(index, encoder=letters)
    assert {entry.id: snapshot.document(entry.id) for entry in snapshot.documents} == expected
    if expected:
        anew = tmp_path_factory.mktemp("anew") / "index"
        build(list(expected.values()), anew, letters)
        assert_same(snapshot, open_index(anew, encoder=letters))
    assert np.all(np.isfinite(snapshot.encode("题")))


@pytest.mark.parametrize(
    "arguments",
    [
        {"sources": None},
        {"sources": 5},
        {"sources": b"a.txt"},
        {"sources": [None]},
        {"sources": ["a.txt", 5]},
        {"sources": ""},
        {"sources": ["a.txt", ""]},
        {"sources": {"a.txt": 1}},
        {"index": None},
        {"index": 5},
        {"index": ""},
        {"model": 5},
        {"model": ""},
    ],
)
def test_build_says_what_it_cannot_take(tmp_path: Path, notes: Path, arguments: Any) -> None:
    with pytest.raises(WrongArgument, match=next(iter(arguments))) as caught:
        build(**{"sources": notes, "index": tmp_path / "index", **arguments})
    assert "must be" in caught.value.say("en")
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize("ids", [None, 5, [5], ["a", None], b"a"])
def test_remove_says_what_it_cannot_take(
    tmp_path: Path, notes: Path, letters: Any, ids: Any
) -> None:
    before = build(notes, tmp_path / "index", letters)
    with pytest.raises(WrongArgument, match="ids"):
        remove(tmp_path / "index", ids)
    assert open_index(tmp_path / "index", encoder=letters).generation == before.generation


@pytest.mark.parametrize("index", [None, 5, ""])
def test_an_index_is_named_by_a_path(index: Any) -> None:
    for act in (lambda: remove(index, "a"), lambda: open_index(index)):
        with pytest.raises(WrongArgument, match="index"):
            act()
