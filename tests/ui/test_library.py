"""Named indexes on the disk: whose they are, when they go, what may write to them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus import Document
from corpus.errors import IndexGone
from ui.library import KEPT_DAYS, OPEN_AT_ONCE, Library, Seat, distinct

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


def test_a_taken_name_gets_a_number() -> None:
    assert distinct("笔记.txt", []) == "笔记.txt"
    assert distinct("笔记.txt", ["笔记.txt", "笔记 2.txt"]) == "笔记 3.txt"
    assert distinct("合同", ["合同"]) == "合同 2"
