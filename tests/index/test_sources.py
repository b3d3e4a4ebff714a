"""What build reads, by which names it knows it, and what cannot be read."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

import pytest

from corpus import Document
from corpus.errors import (
    BinaryText,
    EmptyText,
    NoTexts,
    NothingToBuild,
    SourceNotFound,
    SourceUnnameable,
    SourceUnreadable,
)
from index import build, open_index, remove
from tests.index.reported import contents, titles

building = importlib.import_module("index.build")  # ``index.build`` is the function


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


def test_of_several_that_cannot_be_read_each_is_told(tmp_path: Path, letters: Any) -> None:
    (tmp_path / "空.txt").write_text("", "utf-8")
    missing = [f"没有{number}.txt" for number in range(6)]
    with pytest.raises(NothingToBuild) as caught:
        build([tmp_path / "空.txt", "没有这个.txt"], tmp_path / "index", letters)
    assert "空.txt" in caught.value.say("zh")
    assert "没有这个.txt" in caught.value.say("en")
    with pytest.raises(NothingToBuild, match="还有 1 个") as caught:
        build(missing, tmp_path / "index", letters)
    assert "and 1 more" in caught.value.say("en")


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
