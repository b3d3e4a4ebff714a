"""Who writes to an index of a visitor's: each in their turn, and not too many at once.

Whoever deletes an index waits for nobody: it closes the turn, and who has it or waits for it finds
out at their next look.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import ChuchuError

BUILDS_AT_ONCE = 2
"""How many builds are at work; others wait. Each can use every core."""

_LOOK = 0.2  # seconds: how often who waits looks whether there is still something to wait for


class BuildStopped(ChuchuError):
    """Whoever began it stopped it. Facts: none."""

    zh = "已经停下，这次的文本没有加进去，原有的没有变。"
    en = "Stopped: these texts were not added, and what was there is as it was."


class DeletedMeanwhile(ChuchuError):
    """The index was deleted while texts were being added to it. Facts: none."""

    zh = "读到一半，这组文本被删除了，所以没有读完，也没有留下什么。"
    en = "These texts were deleted while they were being read, so nothing was kept."


@dataclass(frozen=True, slots=True)
class Step:
    """How far an addition has come: the stages of a build, and what only the page knows of.

    "waiting" is for a turn; "loading" is the first encoding since the program was started.
    """

    stage: str
    done: int
    total: int


OnStep = Callable[[Step], None]
"""Told now and then. It may raise, which ends the addition and leaves all as it was."""


@dataclass(slots=True)
class Turn:
    """The right to write to one index."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    users: int = 0  # who has it or waits for it
    deleted: bool = False  # the index was, since

    def wait(self, take: Callable[..., bool], tell: OnStep) -> None:
        """Wait for a lock or a place; leave when the index is deleted or who is told raises.

        Raises:
            DeletedMeanwhile: the index was deleted.

        """
        while not take(timeout=_LOOK):
            if self.deleted:
                raise DeletedMeanwhile
            tell(Step("waiting", 0, 1))


class Turns:
    """A turn for each folder that somebody writes to.

    Args:
        guard: held by callers of ``close`` and ``folders``, who do more under it at that moment.

    """

    def __init__(self, guard: threading.Lock) -> None:
        self._guard = guard
        self._turns: dict[Path, Turn] = {}
        self._places = threading.Semaphore(BUILDS_AT_ONCE)

    @contextlib.contextmanager
    def of(self, folder: Path, tell: OnStep) -> Iterator[Turn]:
        """Wait for one's turn to write to an index."""
        with self._guard:
            turn = self._turns.setdefault(folder, Turn())
            turn.users += 1
        try:
            turn.wait(turn.lock.acquire, tell)
            try:
                yield turn
            finally:
                turn.lock.release()
        finally:
            with self._guard:
                turn.users -= 1
                if not turn.users and self._turns.get(folder) is turn:
                    del self._turns[folder]

    @contextlib.contextmanager
    def place(self, turn: Turn, tell: OnStep) -> Iterator[None]:
        """Wait until not too many others build."""
        turn.wait(self._places.acquire, tell)
        try:
            yield
        finally:
            self._places.release()

    def folders(self) -> set[Path]:
        """Those that somebody writes to, or waits to."""
        return set(self._turns)

    def close(self, folder: Path) -> None:
        """Tell whoever writes below ``folder`` that it was deleted."""
        for path in [one for one in self._turns if one.is_relative_to(folder)]:
            self._turns.pop(path).deleted = True
