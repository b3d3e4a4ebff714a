"""What a report and an index hold, in a form to compare."""

from __future__ import annotations

from typing import Any

from index import Snapshot


def titles(entries: tuple[Any, ...]) -> set[str]:
    """The titles of a report's entries."""
    return {entry.title for entry in entries}


def contents(snapshot: Snapshot) -> dict[str, str]:
    """The text of each document, by its id."""
    return {entry.id: snapshot.document(entry.id).text for entry in snapshot.documents}
