"""Named indexes on the disk: whose they are, when they go, what may write to them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus import Document
from corpus.errors import ChuchuError, IndexBusy, IndexGone
from ui.indexes.library import KEPT_DAYS, OPEN_AT_ONCE, Library, NotDeleted, NotErased
from ui.indexes.shelf import Seat, distinct
from ui.indexes.turns import BUILDS_AT_ONCE, BuildStopped, DeletedMeanwhile, Step

ME = Seat("m" * 32)
OTHER = Seat("o" * 32)


@pytest.mark.parametrize(
    "kept",
    [None, 3, {}, {"visitor": "../../etc"}, {"visitor": "m" * 31}, {"visitor": ["m" * 32]}],
)
def test_what_no_browser_was_given_makes_a_new_visitor(kept: object) -> None:
    seat = Seat.from_browser(kept)
    assert len(seat.visitor) == 32
    assert seat.visitor != Seat.from_browser(kept).visitor
    assert Seat.from_browser(seat.to_browser()) == seat


def test_an_index_that_is_no_key_is_the_servers_own() -> None:
    assert Seat.from_browser({"visitor": "m" * 32, "index": "../x"}) == ME


@pytest.mark.parametrize("index", ["..", "../other", "0123456789abcdeg", ""])
def test_no_seat_leads_out_of_its_folder(library: Library, index: str) -> None:
    with pytest.raises(IndexGone):
        library.index(Seat(ME.visitor, index))
    with pytest.raises(IndexGone):
        library.delete(Seat(ME.visitor, index))


def test_an_assistant_is_opened_once_and_the_unused_make_room(
    tmp_path: Path, assistant: Any, build: Any, remove: Any
) -> None:
    opened: list[Path] = []

    def open_assistant(folder: Path) -> Any:
        opened.append(folder)
        return assistant

    library = Library(tmp_path, open_assistant, build, remove)
    text = Document.from_text("押金。", title="合同")
    seats = [library.add(ME, "合同", [text])[0] for _ in range(OPEN_AT_ONCE + 1)]
    for seat in seats[:-1]:
        library.assistant(seat)
    library.assistant(seats[0])  # in use again
    library.assistant(seats[-1])  # pushes out the one unused for longest: the second
    library.assistant(seats[0])
    assert len(opened) == OPEN_AT_ONCE + 1
    library.assistant(seats[1])
    assert len(opened) == OPEN_AT_ONCE + 2


def test_what_nobody_uses_is_swept_and_use_keeps_it(library: Library, tmp_path: Path) -> None:
    seat, _ = library.add(ME, "甲", [Document.from_text("押金。", title="合同")])
    library.add(OTHER, "乙", [Document.from_text("押金。", title="合同")])
    days = 24 * 3600
    long_ago = time.time() - (KEPT_DAYS - 1) * days
    for folder in (tmp_path / "visitors").iterdir():
        os.utime(folder, (long_ago, long_ago))
    library.assistant(seat)
    library.sweep(now=time.time() + 2 * days)
    assert library.indexes(ME.visitor)
    assert not library.indexes(OTHER.visitor)


def test_an_index_whose_making_was_interrupted_is_none(library: Library) -> None:
    seat, _ = library.add(ME, "甲", [Document.from_text("押金。", title="合同")])
    for about in library._root.rglob("about.json"):
        about.write_text('{"name": "甲", "docu')
    assert library.indexes(ME.visitor) == ()
    with pytest.raises(IndexGone):
        library.assistant(seat)


def test_writers_of_one_index_wait_for_each_other(
    tmp_path: Path, assistant: Any, remove: Any
) -> None:
    at_work = threading.Semaphore()

    def build(sources: Sequence[Document], index: Path, *, progress: Any = None) -> SimpleNamespace:
        assert at_work.acquire(blocking=False)
        index.mkdir(exist_ok=True)
        time.sleep(0.01)
        at_work.release()
        return SimpleNamespace(documents=1, passages=1)

    library = Library(tmp_path, lambda _: assistant, build, remove)
    seat, _ = library.add(ME, "甲", [Document.from_text("零。", title="0")])
    with ThreadPoolExecutor(8) as pool:
        texts = [Document.from_text(f"第{n}。", title=str(n)) for n in range(1, 9)]
        list(pool.map(lambda text: library.add(seat, "", [text]), texts))
    assert len(library.index(seat).documents) == 9


TEXT = Document.from_text("押金。", title="合同")


class SlowBuild:
    """A build that is at work until it is let go, and says so at every step."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.begun = threading.Semaphore(0)

    def __call__(
        self, sources: Sequence[Document], index: Path, *, progress: Any = None
    ) -> SimpleNamespace:
        if sources[0].title == "慢":
            self.begun.release()
            while not self.gate.wait(0.01):
                progress(SimpleNamespace(stage="encoding", done=1, total=2))
        (index / "generations").mkdir(parents=True, exist_ok=True)  # as publishing does
        return SimpleNamespace(documents=len(sources), passages=1)


SLOW = Document.from_text("押金。", title="慢")


@pytest.fixture
def slow() -> SlowBuild:
    return SlowBuild()


@pytest.fixture
def slowly(tmp_path: Path, assistant: Any, remove: Any, slow: SlowBuild) -> Library:
    return Library(tmp_path / "visitors", lambda _: assistant, slow, remove)


@pytest.fixture
def pool(slow: SlowBuild) -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool
        slow.gate.set()


def test_one_build_keeps_nobody_else_waiting(
    slowly: Library, slow: SlowBuild, pool: ThreadPoolExecutor
) -> None:
    mine = slowly.add(ME, "我的", [TEXT])[0]
    building = pool.submit(slowly.add, OTHER, "慢", [SLOW])
    slow.begun.acquire()
    seat, _ = slowly.add(ME, "甲", [TEXT])
    slowly.add(seat, "", [Document.from_text("会议。", title="通知")])
    assert slowly.remove(seat, [TEXT.id])
    slowly.delete(seat)
    assert slowly.assistant(mine)
    slowly.delete_all(ME.visitor)
    assert not slowly.indexes(ME.visitor)
    assert not building.done()
    slow.gate.set()
    building.result()
    assert [one.name for one in slowly.indexes(OTHER.visitor)] == ["慢"]


def test_more_builds_than_may_be_at_work_wait_and_say_so(
    slowly: Library, slow: SlowBuild, pool: ThreadPoolExecutor
) -> None:
    for _ in range(BUILDS_AT_ONCE):
        pool.submit(slowly.add, OTHER, "慢", [SLOW])
        slow.begun.acquire()
    told: list[str] = []

    def tell(step: Step) -> None:
        told.append(step.stage)
        slow.gate.set()

    slowly.add(ME, "甲", [TEXT], tell)
    assert told[0] == "waiting"


def test_two_new_indexes_at_once_have_two_names(
    slowly: Library, slow: SlowBuild, pool: ThreadPoolExecutor
) -> None:
    adding = [pool.submit(slowly.add, ME, "慢", [SLOW]) for _ in range(2)]
    for _ in adding:
        slow.begun.acquire()
    slow.gate.set()
    for one in adding:
        one.result()
    assert [one.name for one in slowly.indexes(ME.visitor)] == ["慢", "慢 2"]


@pytest.mark.parametrize("everything", [True, False])
def test_what_is_deleted_while_it_is_built_is_gone_at_once_and_for_good(
    slowly: Library, slow: SlowBuild, pool: ThreadPoolExecutor, tmp_path: Path, everything: bool
) -> None:
    seat, _ = slowly.add(ME, "甲", [TEXT])
    building = pool.submit(slowly.add, seat, "", [SLOW])
    slow.begun.acquire()
    if everything:
        slowly.delete_all(ME.visitor)
    else:
        slowly.delete(seat)
    assert not slowly.indexes(ME.visitor)
    with pytest.raises(DeletedMeanwhile):
        building.result()
    assert not list((tmp_path / "visitors").iterdir())


def test_what_is_deleted_in_the_last_moment_of_its_build_does_not_come_back(
    tmp_path: Path, assistant: Any, remove: Any
) -> None:
    library: Library

    def build(sources: Sequence[Document], index: Path, *, progress: Any = None) -> SimpleNamespace:
        library.delete_all(ME.visitor)  # after the last progress that is told
        (index / "generations").mkdir(parents=True)
        return SimpleNamespace(documents=1, passages=1)

    library = Library(tmp_path / "visitors", lambda _: assistant, build, remove)
    with pytest.raises(DeletedMeanwhile):
        library.add(ME, "甲", [TEXT])
    assert not list((tmp_path / "visitors").iterdir())


def test_a_removal_does_not_wait_for_a_long_build_of_its_index(
    slowly: Library, slow: SlowBuild, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.indexes.library._SHORT_WAIT", 0)
    seat, _ = slowly.add(ME, "甲", [TEXT])
    pool.submit(slowly.add, seat, "", [SLOW])
    slow.begun.acquire()
    with pytest.raises(IndexBusy, match="甲"):
        slowly.remove(seat, [TEXT.id])


@pytest.mark.parametrize("error", [BuildStopped(), RuntimeError("x")])
def test_whoever_is_told_may_stop_it_and_all_is_as_it_was(
    slowly: Library, tmp_path: Path, error: Exception
) -> None:
    def stop(_: Step) -> None:
        raise error

    seat, _ = slowly.add(ME, "甲", [TEXT])
    before = sorted((tmp_path / "visitors").rglob("*"))
    for where in (seat, ME):
        with pytest.raises(type(error)):
            slowly.add(where, "", [SLOW], stop)
    assert sorted((tmp_path / "visitors").rglob("*")) == before
    assert [one.title for one in slowly.index(seat).documents] == ["合同"]


def test_it_is_too_late_to_stop_what_has_been_written(
    tmp_path: Path, assistant: Any, remove: Any
) -> None:
    def build(sources: Sequence[Document], index: Path, *, progress: Any = None) -> SimpleNamespace:
        progress(SimpleNamespace(stage="writing", done=1, total=1))
        return SimpleNamespace(documents=1, passages=1)

    def stop(_: Step) -> None:
        raise BuildStopped

    library = Library(tmp_path, lambda _: assistant, build, remove)
    seat, _ = library.add(ME, "甲", [TEXT], stop)
    assert library.index(seat).documents


def test_only_the_first_encoding_is_said_to_load(slowly: Library, slow: SlowBuild) -> None:
    told: list[str] = []

    def build(sources: Sequence[Document], index: Path, *, progress: Any = None) -> SimpleNamespace:
        for done in range(3):
            progress(SimpleNamespace(stage="encoding", done=done, total=2))
        index.mkdir()
        return SimpleNamespace(documents=1, passages=1)

    slowly._build = build
    for _ in range(2):
        slowly.add(ME, "甲", [TEXT], lambda step: told.append(step.stage))
    assert told == ["loading", *["encoding"] * 5]


def test_what_cannot_be_deleted_is_not_said_to_be(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat, _ = library.add(ME, "甲", [TEXT])

    def cannot(*_: Any, **__: Any) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", cannot)
        with pytest.raises(NotDeleted):
            library.delete(seat)
    assert library.indexes(ME.visitor)
    with monkeypatch.context() as patch:
        patch.setattr("ui.indexes.library.shutil.rmtree", lambda *_, **__: None)
        with pytest.raises(NotErased):
            library.delete(seat)
    assert not library.indexes(ME.visitor)  # out of reach …
    assert list((tmp_path / "visitors").iterdir())
    library.sweep()  # … and tried again
    assert not list((tmp_path / "visitors").iterdir())


def test_what_was_being_made_when_the_program_ended_is_swept(
    library: Library, tmp_path: Path
) -> None:
    seat, _ = library.add(ME, "甲", [TEXT])
    owner = library._folder(seat).parent
    half = owner / "0123456789abcdef"
    (half / "index").mkdir(parents=True)
    library.sweep()
    assert half.exists()  # another program may be at it
    library.sweep(now=time.time() + 2 * 24 * 3600)
    assert not half.exists()
    assert library.indexes(ME.visitor)


def test_who_adds_is_not_swept_meanwhile(
    slowly: Library, slow: SlowBuild, pool: ThreadPoolExecutor
) -> None:
    building = pool.submit(slowly.add, ME, "慢", [SLOW])
    slow.begun.acquire()
    slowly.sweep(now=time.time() + 2 * KEPT_DAYS * 24 * 3600)
    slow.gate.set()
    seat, _ = building.result()
    assert slowly.index(seat)


@pytest.mark.parametrize("error", [BuildStopped, DeletedMeanwhile, NotDeleted, NotErased])
def test_its_errors_are_told_in_both_languages(error: type[ChuchuError]) -> None:
    assert error().say("zh") != error().say("en")


def test_a_taken_name_gets_a_number() -> None:
    assert distinct("笔记.txt", []) == "笔记.txt"
    assert distinct("笔记.txt", ["笔记.txt", "笔记 2.txt"]) == "笔记 3.txt"
    assert distinct("合同", ["合同"]) == "合同 2"
