"""Visitors' own indexes: each in a folder of its own, found by a token, deleted when done with.

The token is random and stays on the server, in the visitor's session, so nobody can name another
visitor's folder.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from ui.opening import Assistant

LIFETIME = 24 * 3600.0
"""Seconds after its last use until a folder is taken for left behind, as by a crash."""

OPEN_AT_ONCE = 8
"""How many visitors' assistants are held in memory; the one unused for longest makes room."""


class Visitors:
    """The visitors' indexes under one folder. Safe to use from several threads."""

    def __init__(self, root: Path, open_assistant: Callable[[Path], Assistant]) -> None:
        self._root = root
        self._open_assistant = open_assistant
        self._open: OrderedDict[str, Assistant] = OrderedDict()
        self._lock = threading.Lock()

    def new(self) -> str:
        """Make a token and a folder for an index to be built."""
        self.sweep()
        token = secrets.token_urlsafe(16)
        self.folder(token).mkdir(parents=True, mode=0o700)
        return token

    def folder(self, token: str) -> Path:
        """Where the index of ``token`` lies."""
        return self._root / token

    def assistant(self, token: str) -> Assistant:
        """Find or open the assistant over a visitor's index.

        Raises:
            IndexNotFound: it has been deleted.

        """
        with self._lock:
            if token not in self._open:
                self._open[token] = self._open_assistant(self.folder(token))
            self._open.move_to_end(token)
            while len(self._open) > OPEN_AT_ONCE:
                self._open.popitem(last=False)
            assistant = self._open[token]
        with contextlib.suppress(FileNotFoundError):  # discarded this very moment
            os.utime(self.folder(token))  # in use: not to be swept
        return assistant

    def discard(self, token: str | None) -> None:
        """Delete a visitor's index. Nothing happens when it is gone already."""
        if token is None:
            return
        with self._lock:
            self._open.pop(token, None)
        shutil.rmtree(self.folder(token), ignore_errors=True)

    def sweep(self, now: float | None = None) -> None:
        """Delete what nobody has used for ``LIFETIME``, whichever server made it."""
        oldest = (time.time() if now is None else now) - LIFETIME
        for folder in self._root.glob("*/"):
            with contextlib.suppress(FileNotFoundError):  # another server swept it first
                if folder.stat().st_mtime < oldest:
                    self.discard(folder.name)
