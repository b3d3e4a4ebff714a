"""A reader that remembers what it has read: rules that stand on it are tried in seconds."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from pathlib import Path

from qa.reader import Reading, Text
from qa.reader.read import Reader


class Remembering:
    """Stands in for ``Reader``; keeps what it read in a file of its own making.

    The file is named for the weights, so that other weights never read from it. It is a pickle:
    for files this program wrote itself, never for ones from elsewhere.
    """

    def __init__(self, reader: Reader, weights: Path, folder: Path, name: str) -> None:
        digest = hashlib.sha256(weights.read_bytes()).hexdigest()[:12]
        self._reader = reader
        self._path = folder / f"{digest}.{name}.pickle"
        self._known: dict[tuple[str, Text], Reading] = {}
        self._grown = False
        if self._path.exists():
            self._known = pickle.loads(self._path.read_bytes())

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """What the reader makes of ``texts``; only those not read before are read."""
        new = [text for text in texts if (question, text) not in self._known]
        if new:
            self._grown = True
            for text, reading in zip(new, self._reader.read(question, new), strict=True):
                self._known[question, text] = reading
        return [self._known[question, text] for text in texts]

    def keep(self) -> None:
        """Write what was read, if anything was."""
        if self._grown:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_bytes(pickle.dumps(self._known))
            self._grown = False
