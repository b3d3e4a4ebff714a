"""What is named to a build: read, and known from the documents that are there already."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus import Document, files_under, read_file
from corpus.errors import (
    Both,
    ChuchuError,
    Language,
    NoTexts,
    SourceNotFound,
    SourceUnnameable,
    SourceUnreadable,
    WrongArgument,
    kind_of,
)
from corpus.load import writable
from index.generation import Entry
from index.progress import OnProgress, Progress, tell

Source = str | Path | Document
TOLD = 5  # reasons why nothing could be read that are told, each with what it is of


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read, or an id that is not in the index."""

    source: str
    error: Exception

    @property
    def reason(self) -> str:
        """One line for people, in Chinese; ``error`` has it in English too."""
        return str(self.error)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of the sources of a build."""

    documents: list[tuple[Document, str]]  # with the absolute path, "" without one
    failed: list[Failure]
    whole_folders: list[Path]  # named ones in which something was read: what is not there is gone
    unreadable: list[Path]  # what lies below them may well be there
    paths: set[str]  # absolute, of every file that is there, readable or not


def checked_sources(sources: object) -> list[Source]:
    """The sources of a build as a list.

    Raises:
        WrongArgument: there is something else among them.
    """
    found = _several(sources, (str, Path, Document))
    if found is not None:
        wrong = [one for one in found if not isinstance(one, (str, Path, Document)) or one == ""]
        if not wrong:
            return found
    wanted = Both(
        "文件或文件夹的路径、Document，或它们的列表",
        "paths of files or folders, Documents, or a list of these",
    )
    odd = sources if found is None or sources == "" else wrong[0]
    raise WrongArgument(argument="sources", wanted=wanted, found=kind_of(odd))


def checked_ids(ids: object) -> list[str]:
    """Documents' ids as a list.

    Raises:
        WrongArgument: there is something else among them.
    """
    found = _several(ids, (str,))
    if found is None or not all(isinstance(one, str) for one in found):
        wanted = Both("文档编号，或编号的列表", "a document's id, or a list of ids")
        odd = ids if found is None else next(one for one in found if not isinstance(one, str))
        raise WrongArgument(argument="ids", wanted=wanted, found=kind_of(odd))
    return found


def _several(value: object, single: tuple[type, ...]) -> list[Any] | None:
    """A value as a list; None if it is neither one of ``single`` nor a collection."""
    if isinstance(value, single):
        return [value]
    if isinstance(value, Iterable) and not isinstance(value, (bytes, bytearray, Mapping)):
        return list(value)
    return None


def read_sources(sources: Sequence[Source], progress: OnProgress | None) -> Reading:
    """Read every source and what is below every folder; one's failure does not stop the others."""
    found: dict[str, Path | Document] = {}  # by absolute path, so that one is read once
    failed: list[Failure] = []
    folders: list[tuple[Path, str]] = []  # absolute, and as given
    unreadable: list[Path] = []

    def fail(name: str, error: Exception) -> None:
        failed.append(Failure(writable(name), error))

    def passed_over(fault: SourceUnreadable) -> None:
        place = str(fault.facts["source"])
        unreadable.append(Path(os.path.realpath(place)))
        fail(place, SourceUnreadable(**{**fault.facts, "source": writable(place)}))

    for source in sources:
        if isinstance(source, Document):
            found[f"\0{len(found)}"] = source
            continue
        name = str(source)
        try:
            is_folder = stat.S_ISDIR(os.stat(name).st_mode)  # noqa: PTH116 (Path hides some errors)
            if not is_folder:
                found.setdefault(os.path.realpath(name), Path(source))
                continue
            folders.append((Path(os.path.realpath(name)), name))
            for file in files_under(name, passed_over):
                found.setdefault(os.path.realpath(file), file)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            fail(name, SourceNotFound(source=writable(name)))
        except OSError as error:
            detail = error.strerror or type(error).__name__
            fail(name, SourceUnreadable(source=writable(name), detail=detail))
        except SourceNotFound as error:  # deleted this very moment
            fail(name, error)

    documents: list[tuple[Document, str]] = []
    for number, (path, item) in enumerate(found.items()):
        tell(progress, Progress("reading", number, len(found)))
        if isinstance(item, Document):
            documents.append((item, ""))
            continue
        try:
            if writable(path) != path:
                raise SourceUnnameable(source=writable(str(item)))
            documents.append((read_file(item), path))
        except (ChuchuError, OSError) as error:
            fail(str(item), error)
    tell(progress, Progress("reading", len(found), len(found)))

    read = [Path(path) for _, path in documents if path]
    whole = [folder for folder, _ in folders if any(one.is_relative_to(folder) for one in read)]
    paths = {path for path in found if not path.startswith("\0")}
    seen = [*map(Path, paths), *unreadable]
    for folder, name in folders:
        if not any(one.is_relative_to(folder) for one in seen):
            fail(name, NoTexts(source=writable(name)))
    return Reading(documents, failed, whole, unreadable, paths)


def named_apart(
    before: Sequence[Entry], documents: Sequence[tuple[Document, str]]
) -> list[tuple[Document, str]]:
    """The documents, each with the id it has in this index; a text given twice is there once."""
    by_path = {entry.path: entry for entry in before if entry.path}
    by_id = {entry.id: entry for entry in before}
    named: dict[str, tuple[Document, str]] = {}
    # First those that have their ids already, so that nobody else is given one of them.
    for document, path in sorted(documents, key=lambda one: one[1] not in by_path):
        id_ = document.id
        if path in by_path:
            id_ = by_path[path].id
        elif path and id_ in by_id and _is_elsewhere(by_id[id_], path):
            id_ = _id_of(path)
        if id_ in named and _is_twin(named[id_][0], document):
            named[id_] = (named[id_][0], named[id_][1] or path)
            continue
        number = 1
        while id_ in named:
            number += 1
            id_ = _id_of(path if path and number == 2 else f"{document.id} {number}")
            if id_ in named and _is_twin(named[id_][0], document):
                break
        named[id_] = (replace(document, id=id_), path)
    return list(named.values())


def _id_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _is_elsewhere(entry: Entry, path: str) -> bool:
    """Whether a document is of another file than ``path``, one that is still there.

    If it is not there any more, it was moved.
    """
    if not entry.path or entry.path == path:
        return False
    try:
        return Path(entry.path).exists()
    except OSError:  # in a folder that cannot be looked into: it may be there
        return True


def _is_twin(one: Document, other: Document) -> bool:
    return replace(one, id="") == replace(other, id="")


def came_from(entry: Entry, folders: Sequence[Path]) -> bool:
    """Whether a document was read from a file below one of ``folders``."""
    return bool(entry.path) and any(Path(entry.path).is_relative_to(one) for one in folders)


def reasons(read: Reading) -> ChuchuError | Both | str:
    """Why nothing was read: of several things that could not be, of each of the first few."""
    if not read.failed:
        return Both("没有指定任何文件或文件夹。", "no file or folder was named.")
    errors = [failure.error for failure in read.failed]
    if len(errors) == 1:
        return errors[0] if isinstance(errors[0], ChuchuError) else str(errors[0])
    more = len(errors) - TOLD
    zh = "；".join(_told(one, "zh") for one in errors[:TOLD])
    en = "; ".join(_told(one, "en") for one in errors[:TOLD])
    if more > 0:
        zh, en = f"{zh}；还有 {more} 个读不了", f"{en}; and {more} more"
    return Both(f"{zh}。", f"{en}.")


def _told(error: Exception, language: Language) -> str:
    said = error.say(language) if isinstance(error, ChuchuError) else str(error)
    return said.rstrip("。.")
