"""What build and remove do, and what they leave alone."""

from __future__ import annotations

import importlib
import os
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
    BinaryText,
    DocumentNotFound,
    EmptyText,
    IndexBusy,
    IndexForeign,
    IndexNotFound,
    IndexUnwritable,
    ModelMismatch,
    NoTexts,
    NothingToBuild,
    SourceNotFound,
    SourceUnnameable,
    SourceUnreadable,
    WrongArgument,
)
from index import BuildReport, Progress, Snapshot, build, open_index, remove
from index.embedding import passage_text, sentence_texts
from index.storage import Disk

building = importlib.import_module("index.build")  # ``index.build`` is the function


def titles(entries: tuple[Any, ...]) -> set[str]:
    return {entry.title for entry in entries}


def contents(snapshot: Snapshot) -> dict[str, str]:
    return {entry.id: snapshot.document(entry.id).text for entry in snapshot.documents}


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


def test_sync_keeps_what_is_there_but_cannot_be_read(
    tmp_path: Path, notes: Path, letters: Any
) -> None:
    index = tmp_path / "index"
    build(notes, index, letters)
    (notes / "京东.txt").write_bytes(b"")
    report = build(notes, index, letters, sync=True)
    assert report.removed == ()
    assert [type(failure.error) for failure in report.failed] == [EmptyText]
    assert report.documents == 2


def forbid(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Make a folder one that another user may not look into; root may look into any."""
    look = os.scandir

    def scandir(path: Any = ".") -> Any:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", scandir)


@pytest.mark.parametrize("sync", [True, False])
def test_a_folder_that_cannot_be_read_is_said_so_and_keeps_its_documents(
    tmp_path: Path, notes: Path, letters: Any, monkeypatch: pytest.MonkeyPatch, sync: bool
) -> None:
    index = tmp_path / "index"
    (notes / "私").mkdir()
    (notes / "私" / "信.txt").write_text("一封私人信件。", "utf-8")
    build(notes, index, letters)
    (notes / "京东.txt").unlink()
    forbid(monkeypatch, notes / "私")
    report = build(notes, index, letters, sync=sync)
    assert [failure.source for failure in report.failed] == [str(notes / "私")]
    assert isinstance(report.failed[0].error, SourceUnreadable)
    assert [entry.source for entry in report.removed] == [str(notes / "京东.txt")] * sync
    kept = open_index(index, encoder=letters)
    assert str(notes / "私" / "信.txt") in {entry.source for entry in kept.documents}


def test_a_named_folder_that_cannot_be_read_keeps_its_documents(
    tmp_path: Path, notes: Path, letters: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    before = build(notes, index, letters)
    forbid(monkeypatch, notes)
    with pytest.raises(NothingToBuild, match="Permission denied"):
        build(notes, index, letters, sync=True)
    memo = Document.from_text("明天开会。", title="备忘")
    report = build([notes, memo], index, letters, sync=True)
    assert [type(failure.error) for failure in report.failed] == [SourceUnreadable]
    assert (report.documents, report.removed) == (before.documents + 1, ())


@pytest.mark.parametrize("left", [[], ["坏.txt"]])
def test_sync_does_not_empty_an_index(
    tmp_path: Path, notes: Path, letters: Any, left: list[str]
) -> None:
    """A folder with nothing in it is more likely one that is not mounted than one given up."""
    index = tmp_path / "index"
    build(notes, index, letters)
    for file in notes.iterdir():
        file.unlink()
    for name in left:
        (notes / name).write_bytes(b"")
    with pytest.raises(NothingToBuild, match="notes"):
        build(notes, index, letters, sync=True)
    memo = Document.from_text("明天开会。", title="备忘")
    report = build([notes, memo], index, letters, sync=True)
    assert (report.documents, report.removed) == (3, ())
    assert [type(failure.error) for failure in report.failed] == [EmptyText if left else NoTexts]


def test_an_index_can_be_emptied(tmp_path: Path, notes: Path, letters: Any) -> None:
    index = tmp_path / "index"
    ids = [entry.id for entry in build(notes, index, letters).added]
    report = remove(index, ids)
    assert (report.documents, report.passages, len(report.removed)) == (0, 0, 2)
    snapshot = open_index(index, encoder=letters)
    assert snapshot.near(snapshot.encode("京东"), 5) == []
    assert snapshot.matching(["京东"], 5) == []
    assert snapshot.frequency("京东") == 0
    assert titles(build(Document.from_text("又有了。", title="新"), index, letters).added) == {"新"}


def test_texts_of_one_title_in_one_build_are_all_kept(tmp_path: Path, letters: Any) -> None:
    index = tmp_path / "index"
    first, second, third = (
        Document.from_text(text, title="备忘") for text in ("甲一。", "乙二。", "丙三。")
    )
    report = build([first, second, first, third, second], index, letters)
    assert report.documents == len({entry.id for entry in report.added}) == 3
    assert report.added[0].id == first.id
    held = contents(open_index(index, encoder=letters))
    assert sorted(held.values()) == ["丙三。", "乙二。", "甲一。"]
    again = build([first, second, third], index, letters)
    assert (again.generation, len(again.unchanged)) == (report.generation, 3)
    later = build(Document.from_text("丁四。", title="备忘"), index, letters)
    assert [entry.id for entry in later.updated] == [first.id]  # in another call it is an update
    assert later.documents == 3
    removed = remove(index, [report.added[1].id])
    assert removed.documents == 2


def test_a_text_and_a_file_of_one_name_are_both_kept(tmp_path: Path, letters: Any) -> None:
    file = tmp_path / "备忘.txt"
    file.write_text("文件里的话。", "utf-8")
    text = Document.from_text("另外的话。", source=str(file))
    report = build([text, file], tmp_path / "index", letters)
    assert sorted(contents(open_index(tmp_path / "index", encoder=letters)).values()) == [
        "另外的话。",
        "文件里的话。",
    ]
    assert report.documents == 2


def test_one_file_spelled_in_several_ways_is_one_document(
    tmp_path: Path, notes: Path, letters: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to(notes)
    first = build("notes", index, letters)
    for spelling in ("./notes", "notes/../notes", notes, "link", notes / "苹果.txt"):
        report = build(spelling, index, letters)
        assert (report.added, report.updated, report.documents) == ((), (), 2)
        assert {entry.id for entry in report.unchanged} <= {entry.id for entry in first.added}


def test_a_file_that_an_older_version_indexed_twice_is_there_once(
    tmp_path: Path, notes: Path, letters: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    apple = notes / "苹果.txt"
    plan = building._plan

    def plan_of_old(old: Any, documents: Any, _gone: Any, encoder: Any) -> Any:
        return plan(old, documents, set(), encoder)

    build(apple, index, letters)
    monkeypatch.chdir(notes)
    with monkeypatch.context() as older:
        older.setattr(building, "named_apart", lambda _before, documents: documents)
        older.setattr(building, "_plan", plan_of_old)
        assert build("苹果.txt", index, letters).documents == 2
    report = build(apple, index, letters)
    assert (report.documents, len(report.removed)) == (1, 1)


def test_two_files_of_one_spelling_are_two_documents(
    tmp_path: Path, letters: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    for place in ("here", "there"):
        (tmp_path / place / "notes").mkdir(parents=True)
        (tmp_path / place / "notes" / "a.txt").write_text(f"{place}：一句话。", "utf-8")
        monkeypatch.chdir(tmp_path / place)
        report = build("notes", index, letters)
    assert (len(report.added), report.documents) == (1, 2)
    assert build("notes", index, letters).generation == report.generation


def test_a_folder_that_was_moved_is_the_same(
    tmp_path: Path, notes: Path, letters: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    monkeypatch.chdir(tmp_path)
    build("notes", index, letters)
    (tmp_path / "home").mkdir()
    notes.rename(tmp_path / "home" / "notes")
    monkeypatch.chdir(tmp_path / "home")
    report = build("notes", index, letters)
    assert (report.added, len(report.unchanged), report.documents) == ((), 2, 2)


def test_a_name_that_is_no_utf8_fails_alone(tmp_path: Path, notes: Path, letters: Any) -> None:
    try:
        Path(os.fsdecode(os.fsencode(notes) + b"/\xff.txt")).write_text("一句话。", "utf-8")
    except OSError:
        pytest.skip("this file system takes valid names only")
    report = build(notes, tmp_path / "index", letters)
    assert titles(report.added) == {"苹果", "京东"}
    (failure,) = report.failed
    assert isinstance(failure.error, SourceUnnameable)
    assert failure.source.endswith("\ufffd.txt")
    assert failure.reason.encode()


def test_an_error_inside_an_error_is_in_its_language(tmp_path: Path, letters: Any) -> None:
    with pytest.raises(NothingToBuild) as caught:
        build("nothing.txt", tmp_path / "index", letters)
    assert "nothing.txt does not exist" in caught.value.say("en")
    assert "找不到 nothing.txt" in caught.value.say("zh")


def test_one_failure_does_not_stop_the_others(tmp_path: Path, notes: Path, letters: Any) -> None:
    (notes / "坏.txt").write_bytes(b"\x7fELF\0\0\0\1\2\3" * 20)
    report = build([notes, "没有这个.txt"], tmp_path / "index", letters)
    assert titles(report.added) == {"苹果", "京东"}
    reasons = {Path(failure.source).name: failure.error for failure in report.failed}
    assert isinstance(reasons["坏.txt"], BinaryText)
    assert isinstance(reasons["没有这个.txt"], SourceNotFound)
    assert all(failure.reason for failure in report.failed)


@pytest.mark.parametrize("sources", [[], ["没有这个.txt"], "没有这个.txt"])
def test_nothing_to_build(tmp_path: Path, letters: Any, sources: Any) -> None:
    with pytest.raises(NothingToBuild):
        build(sources, tmp_path / "index", letters)
    assert not (tmp_path / "index").exists()


def test_an_empty_folder_is_nothing_to_build(tmp_path: Path, letters: Any) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToBuild, match="empty"):
        build(tmp_path / "empty", tmp_path / "index", letters)


def test_only_failures_leave_an_index_as_it_was(tmp_path: Path, notes: Path, letters: Any) -> None:
    before = build(notes, tmp_path / "index", letters)
    with pytest.raises(NothingToBuild, match="没有这个"):
        build("没有这个.txt", tmp_path / "index", letters)
    assert open_index(tmp_path / "index", encoder=letters).generation == before.generation


def test_the_same_path_twice_is_one(
    tmp_path: Path, notes: Path, letters: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = build(["notes/苹果.txt", notes / "苹果.txt", "notes", notes], "index", letters)
    assert report.documents == 2
    assert build("notes/../notes", "index", letters).documents == 2


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
