"""Whose index it is, what is in it, and the file that says so."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from corpus.errors import IndexGone

LONGEST_NAME = 40  # characters of an index's name

VISITOR = re.compile(r"[A-Za-z0-9_-]{32}")
KEY = re.compile(r"[0-9a-f]{16}")


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
        if not VISITOR.fullmatch(visitor):
            return cls.new()
        return cls(visitor, index if KEY.fullmatch(index) else "")

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
        if not (VISITOR.fullmatch(visitor) and KEY.fullmatch(index)):
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


def read_about(folder: Path) -> Named | None:
    """What is known of an index; None where none was finished."""
    try:
        about: Mapping[str, Any] = json.loads((folder / "about.json").read_bytes())
        documents = tuple(Held(**one) for one in about["documents"])
        return Named(folder.name, str(about["name"]), documents)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_about(folder: Path, named: Named) -> None:
    """Write what is known of an index, whole or not at all."""
    partial = folder / "about.partial"
    partial.write_text(json.dumps(asdict(named), ensure_ascii=False), "utf-8")
    partial.replace(folder / "about.json")
