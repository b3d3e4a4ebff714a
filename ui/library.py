"""The named indexes that people make on the page: whose they are, where they lie, when they go.

A browser keeps a random token; the folder on this disk is named by the token's hash. So no token
can name a path, none can be read off the disk, and nobody finds another visitor's folder without
their token. A library that is shared has one folder for everybody. In it::

    7c1f…/                  one index, named by a random key
        about.json          its name, and what its documents look like in a list
        index/              as ``index.build`` keeps it
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, Self

from corpus import Document, Tokenizer, passages
from corpus.errors import ChuchuError, IndexGone
from ui.opening import Assistant

KEPT_DAYS = 7
"""Days after their last use until a visitor's indexes are deleted."""

OPEN_AT_ONCE = 8
"""How many assistants are held in memory; the one unused for longest makes room."""

LONGEST_NAME = 40  # characters of an index's name

_VISITOR = re.compile(r"[A-Za-z0-9_-]{32}")
_KEY = re.compile(r"[0-9a-f]{16}")


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


@dataclass(frozen=True, slots=True)
class Seat:
    """Where someone sits: who they are, and which index they ask ("" is the server's own)."""

    visitor: str
    index: str = ""

    @classmethod
    def new(cls) -> Self:
        """Make a seat for someone who has been given no token yet."""
        return cls(secrets.token_urlsafe(24))

    @classmethod
    def from_browser(cls, kept: object) -> Self:
        """Read what a browser kept; whatever is not as we gave it out makes a new visitor."""
        found = kept if isinstance(kept, dict) else {}
        visitor, index = str(found.get("visitor", "")), str(found.get("index", ""))
        if not _VISITOR.fullmatch(visitor):
            return cls.new()
        return cls(visitor, index if _KEY.fullmatch(index) else "")

    def to_browser(self) -> dict[str, str]:
        """Give what the browser is to keep."""
        return asdict(self)

    @classmethod
    def from_token(cls, token: str) -> Self:
        """Read ``token``.

        Raises:
            IndexGone: it is none that was ever given out.

        """
        visitor, _, index = token.partition(".")
        if not (_VISITOR.fullmatch(visitor) and _KEY.fullmatch(index)):
            raise IndexGone
        return cls(visitor, index)

    @property
    def token(self) -> str:
        """Visitor and index in one word, for callers of the endpoints."""
        return f"{self.visitor}.{self.index}"


@dataclass(frozen=True, slots=True)
class Held:
    """A document of an index, as a list of them shows it."""

    id: str
    title: str
    characters: int
    passages: int
    added: str  # ISO date


@dataclass(frozen=True, slots=True)
class Named:
    """An index and what is in it."""

    key: str
    name: str
    documents: tuple[Held, ...]


class Library:
    """Named indexes under one folder. Safe to use from several threads of one process."""

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
        self._opening = threading.Lock()
        self._writing = threading.Lock()  # writers wait for each other instead of failing
        self.shared: bool = shared

    def indexes(self, visitor: str) -> tuple[Named, ...]:
        """The indexes of a visitor, or everybody's where they are shared, by name."""
        found = [_read(folder) for folder in self._owner(visitor).glob("*/")]
        return tuple(sorted(filter(None, found), key=lambda one: (one.name, one.key)))

    def index(self, seat: Seat) -> Named:
        """The index someone asks.

        Raises:
            IndexGone: it has been deleted, or was never there.

        """
        found = _read(self._folder(seat))
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
        with self._opening:
            if folder not in self._open:
                with _by_name(name):
                    self._open[folder] = self._open_assistant(folder / "index")
            self._open.move_to_end(folder)
            while len(self._open) > OPEN_AT_ONCE:
                self._open.popitem(last=False)
            assistant = self._open[folder]
        self._touch(seat)
        return assistant

    def add(
        self,
        seat: Seat,
        name: str,
        documents: Sequence[Document],
        progress: Callable[[Stage], None] | None = None,
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
            ChuchuError: it could not be built; what was there is as it was.

        """
        self.sweep()
        with self._writing:
            if seat.index:
                before = self.index(seat)
            else:
                seat = Seat(seat.visitor, secrets.token_hex(8))
                before = Named(seat.index, self._free(seat.visitor, name), ())
            folder = self._folder(seat)
            folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            try:
                with _by_name(before.name):
                    report = self._build(documents, folder / "index", progress=progress)
            except ChuchuError:
                if not before.documents:
                    shutil.rmtree(folder, ignore_errors=True)
                raise
            _write(folder, Named(seat.index, before.name, _listed(before.documents, documents)))
        self._touch(seat)
        return seat, report

    def remove(self, seat: Seat, ids: Iterable[str]) -> bool:
        """Take documents out of an index. An index with none left is deleted.

        Returns:
            Whether there is still an index.

        Raises:
            IndexGone: there is no such index any more.
            ChuchuError: it could not be changed.

        """
        with self._writing:
            before = self.index(seat)
            gone = set(ids)
            left = tuple(one for one in before.documents if one.id not in gone)
            if left:
                with _by_name(before.name):
                    self._remove(self._folder(seat) / "index", sorted(gone))
                _write(self._folder(seat), Named(before.key, before.name, left))
                return True
        self.delete(seat)
        return False

    def delete(self, seat: Seat) -> None:
        """Delete an index. Nothing happens when it is gone already."""
        with self._writing:
            self._discard(self._folder(seat))

    def delete_all(self, visitor: str) -> None:
        """Delete everything of a visitor's."""
        with self._writing:
            self._discard(self._owner(visitor))

    def sweep(self, now: float | None = None) -> None:
        """Delete what visitors have not used for ``KEPT_DAYS``. What is shared stays."""
        if self.shared:
            return
        oldest = (time.time() if now is None else now) - KEPT_DAYS * 24 * 3600
        for folder in self._root.glob("*/"):
            with contextlib.suppress(FileNotFoundError):  # deleted this very moment
                if folder.stat().st_mtime < oldest:
                    self._discard(folder)

    def _owner(self, visitor: str) -> Path:
        if self.shared:
            return self._root
        return self._root / hashlib.sha256(visitor.encode()).hexdigest()[:32]

    def _folder(self, seat: Seat) -> Path:
        if not _KEY.fullmatch(seat.index):  # so that no seat, however made, leads elsewhere
            raise IndexGone
        return self._owner(seat.visitor) / seat.index

    def _free(self, visitor: str, name: str) -> str:
        """``name``, or ``name 2`` where there is one of that name."""
        return distinct(tidy(name), {one.name for one in self.indexes(visitor)})

    def _touch(self, seat: Seat) -> None:
        with contextlib.suppress(FileNotFoundError):  # deleted this very moment
            os.utime(self._owner(seat.visitor))

    def _discard(self, folder: Path) -> None:
        with self._opening:
            for opened in [one for one in self._open if one.is_relative_to(folder)]:
                del self._open[opened]
        shutil.rmtree(folder, ignore_errors=True)


def tidy(name: str) -> str:
    """``name`` as an index can bear it: on one line, and not too long."""
    return " ".join(name.split())[:LONGEST_NAME].strip()


def distinct(name: str, taken: Iterable[str]) -> str:
    """``name``, or the first of ``name 2``, ``name 3`` … that is not taken; suffixes stay last."""
    taken = set(taken)
    stem, suffix = os.path.splitext(name)  # noqa: PTH122  (a name, of which Path would take parts)
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{stem} {number}{suffix}"
    return found


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


def _read(folder: Path) -> Named | None:
    """What is known of an index; None where none was finished."""
    try:
        about: Mapping[str, Any] = json.loads((folder / "about.json").read_bytes())
        documents = tuple(Held(**one) for one in about["documents"])
        return Named(folder.name, str(about["name"]), documents)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(folder: Path, named: Named) -> None:
    partial = folder / "about.partial"
    partial.write_text(json.dumps(asdict(named), ensure_ascii=False), "utf-8")
    partial.replace(folder / "about.json")
