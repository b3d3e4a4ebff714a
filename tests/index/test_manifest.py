"""A writer that stops at any step leaves an index that opens."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus import Document
from corpus.errors import IndexBroken, IndexForeign, IndexNotFound
from index import build, current_generation, open_index, remove
from index.storage import Disk


class PowerCut(BaseException):
    """Not an Exception: nothing in the code may tidy up after it."""


class FailingDisk(Disk):
    """Carries out so many steps, then the power is cut before (or half way through) the next."""

    def __init__(self, steps: int, *, half: bool = False) -> None:
        self.left = steps
        self.half = half

    def _step(self) -> None:
        if self.left == 0:
            raise PowerCut
        self.left -= 1

    def make_folder(self, path: Path) -> None:
        self._step()
        super().make_folder(path)

    def write(self, path: Path, data: bytes) -> None:
        if self.left == 0 and self.half:
            path.write_bytes(data[: len(data) // 2])
        self._step()
        super().write(path, data)

    def sync_folder(self, path: Path) -> None:
        self._step()
        super().sync_folder(path)

    def replace(self, source: Path, target: Path) -> None:
        self._step()
        super().replace(source, target)

    def remove(self, folder: Path) -> None:
        if self.left == 0 and self.half:
            for file in list(folder.glob("*"))[:3]:
                file.unlink()
        self._step()
        super().remove(folder)


def text(number: int) -> Document:
    return Document.from_text(f"第{number}篇文章。它讲的是{number}。", title=f"文章{number}")


@pytest.mark.parametrize("half", [False, True], ids=["between steps", "half way through a step"])
def test_a_cut_at_every_step_leaves_a_whole_index(tmp_path: Path, letters: Any, half: bool) -> None:
    index = tmp_path / "index"
    for number in (1, 2, 3):  # so that there is something to prune as well
        build(text(number), index, letters)
    seen_old = seen_new = steps = 0
    finished = False
    while not finished:
        before = open_index(index, encoder=letters)
        held = len(before.documents)
        fresh = text(100 + steps)
        try:
            build(fresh, index, letters, disk=FailingDisk(steps, half=half))
            finished = True
        except PowerCut:
            pass
        after = open_index(index, encoder=letters)
        ids = [entry.id for entry in after.documents]
        if fresh.id in ids:
            seen_new += 1
            assert len(ids) == held + 1
        else:
            seen_old += 1
            assert after.generation == before.generation
        for snapshot in (before, after):  # an open reader is not disturbed either
            for number, passage in enumerate(snapshot.passages):
                document = snapshot.document(passage.document)
                assert document.text[passage.start : passage.end]
                assert len(snapshot.sentence_vectors(number)) == passage.last - passage.first
        steps += 1
    assert seen_old > 10
    assert seen_new > 1  # cut after the swap: the new one counts, pruning was left undone
    build(text(999), index, letters)
    assert len(list((index / "generations").iterdir())) == 2


def test_a_cut_during_the_first_build_leaves_no_index(tmp_path: Path, letters: Any) -> None:
    index = tmp_path / "index"
    with pytest.raises(PowerCut):
        build(text(1), index, letters, disk=FailingDisk(5))
    with pytest.raises(IndexNotFound):
        open_index(index, encoder=letters)
    report = build(text(1), index, letters)
    assert open_index(index, encoder=letters).generation == report.generation


@pytest.mark.parametrize("half", [False, True])
def test_the_first_build_can_be_cut_anywhere_any_number_of_times(
    tmp_path: Path, letters: Any, half: bool
) -> None:
    index = tmp_path / "index"
    steps = 0
    while True:
        try:
            build(text(1), index, letters, disk=FailingDisk(steps, half=half))
            break
        except PowerCut:
            steps += 1
        if (index / "CURRENT").exists():
            assert len(open_index(index, encoder=letters).documents) == 1
        else:
            with pytest.raises(IndexNotFound):
                open_index(index, encoder=letters)
    assert steps > 10
    assert len(open_index(index, encoder=letters).documents) == 1


@pytest.mark.parametrize("builds", [1, 2])
def test_a_lost_pointer_is_broken_and_nothing_is_deleted(
    tmp_path: Path, letters: Any, builds: int
) -> None:
    for number in range(builds):
        build(text(number), tmp_path, letters)
    (tmp_path / "CURRENT").unlink()
    there = sorted(tmp_path.rglob("*"))
    for act in (
        lambda: build(text(9), tmp_path, letters),
        lambda: open_index(tmp_path, encoder=letters),
        lambda: remove(tmp_path, "a"),
    ):
        with pytest.raises(IndexBroken, match="CURRENT") as caught:
            act()
        assert "删除" in str(caught.value)
        assert "--index" in caught.value.say("en")
    assert sorted(tmp_path.rglob("*")) == there


def test_two_generations_are_kept(tmp_path: Path, letters: Any) -> None:
    names = [build(text(n), tmp_path / "index", letters).generation for n in range(5)]
    assert {path.name for path in (tmp_path / "index/generations").iterdir()} == set(names[-2:])
    assert current_generation(tmp_path / "index") == names[-1]
    assert names == sorted(names)


def test_an_index_made_anew_in_the_same_place_is_another_generation(
    tmp_path: Path, letters: Any
) -> None:
    one = build(text(1), tmp_path / "a", letters).generation
    other = build(text(2), tmp_path / "b", letters).generation
    assert one != other


def damage(change: Callable[[Path], object]) -> Callable[[Path], object]:
    return change


def generation_of(index: Path) -> Path:
    return index / "generations" / current_generation(index)


FILES = [
    "documents.jsonl",
    "entries.json",
    "passages.faiss",
    "passages.json",
    "passages.npy",
    "sentences.npy",
    "terms.json",
    "terms.rows.npy",
    "terms.starts.npy",
    "terms.weights.npy",
    "words.npy",
    "words.starts.npy",
]


def test_every_file_is_in_the_manifest(tmp_path: Path, letters: Any) -> None:
    build(text(1), tmp_path, letters)
    folder = generation_of(tmp_path)
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    assert sorted(listed) == FILES
    assert {path.name for path in folder.iterdir()} == {*FILES, "manifest.json"}


@pytest.mark.parametrize("name", FILES)
def test_a_changed_cut_or_missing_file_is_broken(tmp_path: Path, letters: Any, name: str) -> None:
    build(text(1), tmp_path, letters)
    file = generation_of(tmp_path) / name
    data = file.read_bytes()
    for changed in (data[:-1], bytes([data[0] ^ 1]) + data[1:], data + b"\0", b""):
        file.write_bytes(changed)
        with pytest.raises(IndexBroken, match=name):
            open_index(tmp_path, encoder=letters)
    file.unlink()
    with pytest.raises(IndexBroken, match=name):
        open_index(tmp_path, encoder=letters)
    file.write_bytes(data)
    open_index(tmp_path, encoder=letters)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"null", b'{"program": "chuchu", "format": 1}', b"\xff\xfe"]
)
def test_a_manifest_that_is_none_is_broken(tmp_path: Path, letters: Any, data: bytes) -> None:
    build(text(1), tmp_path, letters)
    (generation_of(tmp_path) / "manifest.json").write_bytes(data)
    with pytest.raises(IndexBroken, match="manifest"):
        open_index(tmp_path, encoder=letters)


@pytest.mark.parametrize("change", [{"format": 2}, {"format": "1"}, {"program": "lucene"}])
def test_another_format_or_program_is_foreign(
    tmp_path: Path, letters: Any, change: dict[str, object]
) -> None:
    build(text(1), tmp_path, letters)
    manifest = generation_of(tmp_path) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text("utf-8")) | change), "utf-8")
    with pytest.raises(IndexForeign):
        open_index(tmp_path, encoder=letters)
    with pytest.raises(IndexForeign):
        build(text(2), tmp_path, letters)


@pytest.mark.parametrize("pointer", ["", "../../elsewhere", "00000001", "\0", "/etc", "Ⅷ"])
def test_a_pointer_that_says_nothing_sensible_is_broken(
    tmp_path: Path, letters: Any, pointer: str
) -> None:
    build(text(1), tmp_path, letters)
    (tmp_path / "CURRENT").write_text(pointer, "utf-8")
    with pytest.raises(IndexBroken, match="CURRENT"):
        open_index(tmp_path, encoder=letters)


def test_a_pointer_to_nothing_is_broken(tmp_path: Path, letters: Any) -> None:
    build(text(1), tmp_path, letters)
    (tmp_path / "CURRENT").write_text("00000099-00000000\n", "ascii")
    with pytest.raises(IndexBroken, match="00000099"):
        open_index(tmp_path, encoder=letters)


@pytest.mark.parametrize("where", ["nowhere", "", "a file"])
def test_no_index_is_not_found(tmp_path: Path, letters: Any, where: str) -> None:
    (tmp_path / "a file").write_text("x")
    with pytest.raises(IndexNotFound, match="文件夹" if where == "a file" else "里没有索引"):
        open_index(tmp_path / where, encoder=letters)
