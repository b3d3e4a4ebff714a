"""What the index tests share: a model that needs no weights, and a home of their own."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.encoder import OnEncoded


class LetterCounts:
    """Texts with the same characters in them are near each other; records what it was given."""

    def __init__(self, name: str = "letters", dimension: int = 32) -> None:
        self.name = name
        self.dimension = dimension
        self.prompts = {"question": "", "passage": ""}
        self.embedded: list[str] = []

    def encode_questions(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        vectors = np.full((len(texts), self.dimension), 1e-3, np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for letter in text:
                row[zlib.crc32(f"{self.name}{letter}".encode()) % self.dimension] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def encode_passages(
        self, texts: Sequence[str], progress: OnEncoded | None = None
    ) -> npt.NDArray[np.float32]:
        self.embedded += texts
        if progress is not None:
            progress(len(texts), len(texts))
        return self.encode_questions(texts)


@pytest.fixture
def letters() -> LetterCounts:
    return LetterCounts()


@pytest.fixture
def other_letters() -> LetterCounts:
    return LetterCounts("other letters")


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test writes into the user's own cache; all share one unpacked model."""
    monkeypatch.setenv("CHUCHU_HOME", str(tmp_path_factory.getbasetemp() / "home"))
    monkeypatch.delenv("CHUCHU_DOWNLOAD", raising=False)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder with two short texts."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "苹果.txt").write_text("# 苹果\n\n苹果是一种水果。它长在树上。\n", "utf-8")
    (folder / "京东.txt").write_text("# 京东\n\n京东是一家电商公司。总部在北京。\n", "utf-8")
    return folder
