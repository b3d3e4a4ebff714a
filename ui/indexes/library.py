"""The named indexes that people make on the page: whose they are, where they lie, when they go.

A browser keeps a random token; the folder on this disk is named by the token's hash. So no token
can name a path, none can be read off the disk, and nobody finds another visitor's folder without
their token. A library that is shared has one folder for everybody. In it::

    7c1f…/                  one index, named by a random key
        about.json          its name, and what its documents look like in a list
        index/              as ``index.build`` keeps it

What is deleted is first moved aside, to ``.gone-…`` under the root: that takes no time, whoever
writes to it. Then it is taken off the disk, and what cannot be is tried again by the next sweep.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import secrets
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from corpus import Document, Tokenizer, passages
from corpus.errors import ChuchuError, IndexBusy, IndexGone
from ui.indexes.opening import Assistant
from ui.indexes.shelf import KEY, Held, Named, Seat, distinct, read_about, tidy, write_about
from ui.indexes.turns import DeletedMeanwhile, OnStep, Step, Turn, Turns

KEPT_DAYS = 7
"""Days after their last use until a visitor's indexes are deleted."""

OPEN_AT_ONCE = 8
"""How many assistants are held in memory; the one unused for longest makes room."""

log = logging.getLogger(__name__)

_GONE = ".gone-"  # what is in front of the names of folders that are being deleted
_SHORT_WAIT = 3  # seconds that a removal waits for a build of the same index
_DAY = 24 * 3600


class NotDeleted(ChuchuError):
    """It is all still there. Facts: none."""

    zh = "没能删除，文本还在。请运行本程序的人检查文件夹的权限，然后再删一次。"
    en = "It could not be deleted and is still there. Ask who runs this program to check the "
    en += "permissions of its folder, then delete it again."


class NotErased(ChuchuError):
    """Nobody can ask it any more, but files of it are left. Facts: none."""

    zh = "这些文本已经问不到了，但有文件还没能从磁盘上删掉；程序每小时会再试一次。"
    en = "Nobody can ask these texts any more, but some files are still on the disk; the program "
    en += "tries again every hour."


class Stage(Protocol):
    """How far a build has come."""

    @property
    def stage(self) -> str:
        """What it is doing: "reading", "encoding" or "writing"."""

    @property
    def done(self) -> int:
        """Units of work that are finished."""

    @property
    def total(self) -> int:
        """Units of work in all."""


class Report(Protocol):
    """What a build did."""

    @property
    def documents(self) -> int:
        """Documents in the whole index."""

    @property
    def passages(self) -> int:
        """Passages in the whole index."""


class Build(Protocol):
    """What is needed of ``index.build``."""

    def __call__(
        self,
        sources: Sequence[Document],
        index: Path,
        *,
        progress: Callable[[Stage], None] | None = None,
    ) -> Report:
        """Add to the index in a folder, or make it."""


class Remove(Protocol):
    """What is needed of ``index.remove``."""

    def __call__(self, index: Path, ids: Sequence[str]) -> Report:
        """Take documents out of an index."""


class Library:
    """Named indexes under one folder. Safe to use from several threads of one process.

    Writers of one index take turns; those of different indexes do not know of each other, but for
    ``BUILDS_AT_ONCE``. Whoever deletes waits for nobody. ``_guard`` is held for moments only: no
    model is loaded and no index is made or deleted from the disk under it.
    """

    def __init__(
        self,
        root: Path,
        open_assistant: Callable[[Path], Assistant],
        build: Build,
        remove: Remove,
        *,
        shared: bool = False,
    ) -> None:
        self._root = root
        self._open_assistant = open_assistant
        self._build = build
        self._remove = remove
        self._open: OrderedDict[Path, Assistant] = OrderedDict()
        self._erasing: set[Path] = set()
        self._has_encoded = False
        self._guard = threading.Lock()  # over all of these, and over which folders there are
        self._opening = threading.Lock()
        self._turns = Turns(self._guard)
        self.shared: bool = shared

    def indexes(self, visitor: str) -> tuple[Named, ...]:
        """The indexes of a visitor, or everybody's where they are shared, by name."""
        folders = self._owner(visitor).glob("*/")
        found = [read_about(folder) for folder in folders if KEY.fullmatch(folder.name)]
        return tuple(sorted(filter(None, found), key=lambda one: (one.name, one.key)))

    def index(self, seat: Seat) -> Named:
        """The index someone asks.

        Raises:
            IndexGone: it has been deleted, or was never there.

        """
        found = read_about(self._folder(seat))
        if found is None:
            raise IndexGone
        return found

    def assistant(self, seat: Seat) -> Assistant:
        """Find or open the assistant over an index.

        Raises:
            IndexGone: it has been deleted, or was never there.
            ChuchuError: it cannot be opened.

        """
        name = self.index(seat).name
        folder = self._folder(seat)
        with self._guard:
            assistant = self._open.get(folder)
        if assistant is None:
            with self._opening:  # one that waited for it to open need not open it again
                with self._guard:
                    assistant = self._open.get(folder)
                if assistant is None:
                    with _by_name(name):
                        assistant = self._open_assistant(folder / "index")
                    self._keep_open(seat, assistant)
        self._keep_open(seat, assistant)
        self._touch(seat)
        return assistant

    def _keep_open(self, seat: Seat, assistant: Assistant) -> None:
        with self._guard:
            self.index(seat)  # it may have been deleted while it was opened
            folder = self._folder(seat)
            self._open[folder] = assistant
            self._open.move_to_end(folder)
            while len(self._open) > OPEN_AT_ONCE:
                self._open.popitem(last=False)

    def add(
        self,
        seat: Seat,
        name: str,
        documents: Sequence[Document],
        progress: OnStep | None = None,
    ) -> tuple[Seat, Report]:
        """Add documents to the index someone asks, or to a new one; what is in it stays.

        Args:
            seat: without an index, a new one is made.
            name: of a new one; of several of a name, the others get a number.
            documents: of these, those that the index holds by the same name are updated.
            progress: told how far it has come.

        Returns:
            The seat before that index, and what was done.

        Raises:
            IndexGone: there is no such index any more.
            DeletedMeanwhile: it was deleted before this was done; nothing of it is left.
            ChuchuError: it could not be built; what was there is as it was.

        """
        is_new = not seat.index
        if is_new:
            seat = Seat(seat.visitor, secrets.token_hex(8))
        else:
            self.index(seat)
        tell = progress or _tell_nobody
        folder = self._folder(seat)
        with self._turns.of(folder, tell) as turn:
            self.sweep()  # whoever adds is not swept: it is their turn
            before = Named(seat.index, tidy(name), ()) if is_new else self.index(seat)
            with (
                self._nothing_half_done(folder, turn, is_new=is_new),
                self._turns.place(turn, tell),
            ):
                with self._guard:
                    if turn.deleted:
                        raise DeletedMeanwhile
                    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
                    os.utime(folder.parent)  # in use: nobody's sweep takes it now
                with _by_name(before.name):
                    report = self._build(
                        documents, folder / "index", progress=self._watched(turn, tell)
                    )
                listed = _listed(before.documents, documents)
                with self._guard:
                    if turn.deleted:
                        raise DeletedMeanwhile
                    called = self._free(seat.visitor, name) if is_new else before.name
                    write_about(folder, Named(seat.index, called, listed))
        self._touch(seat)
        return seat, report

    def remove(self, seat: Seat, ids: Iterable[str]) -> bool:
        """Take documents out of an index. An index with none left is deleted.

        Returns:
            Whether there is still an index.

        Raises:
            IndexGone: there is no such index any more.
            IndexBusy: texts are being added to it.
            ChuchuError: it could not be changed.

        """
        folder = self._folder(seat)
        called = self.index(seat).name
        deadline = time.monotonic() + _SHORT_WAIT

        def give_up(_: Step) -> None:
            if time.monotonic() > deadline:
                raise IndexBusy(index=called)

        with self._turns.of(folder, give_up) as turn:
            before = self.index(seat)
            gone = set(ids)
            left = tuple(one for one in before.documents if one.id not in gone)
            if left:
                with self._nothing_half_done(folder, turn, is_new=False):
                    with _by_name(before.name):
                        self._remove(folder / "index", sorted(gone))
                    with self._guard:
                        if turn.deleted:
                            raise DeletedMeanwhile
                        write_about(folder, Named(before.key, before.name, left))
                return True
        self.delete(seat)
        return False

    def delete(self, seat: Seat) -> None:
        """Delete an index, whoever is adding to it. Nothing happens when it is gone already.

        Raises:
            NotDeleted, NotErased: all of it, or files of it, could not be deleted.

        """
        self._discard(self._folder(seat))

    def delete_all(self, visitor: str) -> None:
        """Delete everything of a visitor's, also what is just being made.

        Raises:
            NotDeleted, NotErased: all of it, or files of it, could not be deleted.

        """
        self._discard(self._owner(visitor))

    def sweep(self, now: float | None = None) -> None:
        """Delete what visitors have not used for ``KEPT_DAYS``. What is shared stays.

        And what is left of deletions that did not succeed, and of programs that were interrupted
        while they made an index. Nobody's turn is waited for, and what somebody adds to stays.
        """
        now = time.time() if now is None else now
        for folder in self._root.glob("*/"):
            with contextlib.suppress(FileNotFoundError):  # deleted this very moment
                if folder.name.startswith(_GONE):
                    self._sweep_up(folder, erase_only=True)
                elif self.shared:
                    self._sweep_unfinished(folder, now)
                elif folder.stat().st_mtime < now - KEPT_DAYS * _DAY:
                    self._sweep_up(folder)
                else:
                    for index in folder.glob("*/"):
                        self._sweep_unfinished(index, now)

    def _sweep_unfinished(self, folder: Path, now: float) -> None:
        if not (folder / "about.json").exists() and folder.stat().st_mtime < now - _DAY:
            self._sweep_up(folder)

    def _sweep_up(self, folder: Path, *, erase_only: bool = False) -> None:
        """Delete a folder, unless somebody is at work in it; what cannot be is logged."""
        with contextlib.suppress(ChuchuError):
            with self._guard:
                at_work = {*self._turns.folders(), *self._erasing}
                if any(path.is_relative_to(folder) for path in at_work):
                    return
                aside: Path | None = folder
                if erase_only:
                    self._erasing.add(folder)
                else:
                    aside = self._put_aside(folder)
            self._erase(aside)

    @contextlib.contextmanager
    def _nothing_half_done(self, folder: Path, turn: Turn, *, is_new: bool) -> Iterator[None]:
        """Clear away what a failed writer leaves: of a new index all, of a deleted one, too.

        A writer may have made the folder again that was deleted under it.
        """
        try:
            yield
        except BaseException as error:
            was_deleted = turn.deleted
            if was_deleted or is_new:
                with contextlib.suppress(ChuchuError):  # it is logged, and swept later
                    self._discard(folder)
            if was_deleted and isinstance(error, Exception):
                raise DeletedMeanwhile from error
            raise

    def _watched(self, turn: Turn, tell: OnStep) -> Callable[[Stage], None]:
        """Tell of a build's stages, and end it when its index is deleted."""

        def watch(stage: Stage) -> None:
            if stage.stage == "writing" and stage.done == stage.total:
                return  # it is written: too late for whoever is told to raise
            if turn.deleted:
                raise DeletedMeanwhile
            name = stage.stage
            if name == "encoding":
                self._has_encoded |= stage.done > 0
                name = name if self._has_encoded else "loading"
            tell(Step(name, stage.done, stage.total))

        return watch

    def _owner(self, visitor: str) -> Path:
        if self.shared:
            return self._root
        return self._root / hashlib.sha256(visitor.encode()).hexdigest()[:32]

    def _folder(self, seat: Seat) -> Path:
        if not KEY.fullmatch(seat.index):  # so that no seat, however made, leads elsewhere
            raise IndexGone
        return self._owner(seat.visitor) / seat.index

    def _free(self, visitor: str, name: str) -> str:
        """``name``, or ``name 2`` where there is one of that name."""
        return distinct(tidy(name), {one.name for one in self.indexes(visitor)})

    def _touch(self, seat: Seat) -> None:
        with contextlib.suppress(FileNotFoundError):  # deleted this very moment
            os.utime(self._owner(seat.visitor))

    def _discard(self, folder: Path) -> None:
        """Delete a folder. Nothing happens when it is gone already.

        Raises:
            NotDeleted, NotErased: it, or files of it, could not be deleted.

        """
        with self._guard:
            aside = self._put_aside(folder)
        self._erase(aside)

    def _put_aside(self, folder: Path) -> Path | None:
        """Take a folder from those that there are; the guard is held. None if it was none.

        Raises:
            NotDeleted: it cannot be moved.

        """
        aside = self._root / f"{_GONE}{secrets.token_hex(8)}"
        found = True
        try:
            folder.rename(aside)
        except FileNotFoundError:
            found = False
        except OSError as error:
            log.warning("could not delete %s: %s", folder, error)
            raise NotDeleted from error
        self._turns.close(folder)
        for path in [one for one in self._open if one.is_relative_to(folder)]:
            del self._open[path]
        if folder.parent != self._root and not self.shared:
            with contextlib.suppress(OSError):  # the visitor has others
                folder.parent.rmdir()
        if not found:
            return None
        self._erasing.add(aside)
        return aside

    def _erase(self, aside: Path | None) -> None:
        """Take off the disk what was put aside.

        Raises:
            NotErased: files of it are left.

        """
        if aside is None:
            return
        shutil.rmtree(aside, ignore_errors=True)
        with self._guard:
            self._erasing.discard(aside)
        if aside.exists():
            log.warning("could not erase %s", aside)
            raise NotErased


def _tell_nobody(_: Step) -> None:
    """For whoever does not ask how far it has come."""


@contextlib.contextmanager
def _by_name(name: str) -> Iterator[None]:
    """Let errors speak of an index as people named it, not of where it lies."""
    try:
        yield
    except ChuchuError as error:
        if "index" not in error.facts:
            raise
        raise type(error)(**{**error.facts, "index": name}) from error


def _listed(before: Sequence[Held], documents: Sequence[Document]) -> tuple[Held, ...]:
    tokenizer = Tokenizer()
    held = {one.id: one for one in before}
    for document in documents:
        was = held.get(document.id)
        held[document.id] = Held(
            document.id,
            document.title,
            len(document.text),
            len(passages(document, tokenizer)),
            was.added if was else date.today().isoformat(),
        )
    return tuple(held.values())
