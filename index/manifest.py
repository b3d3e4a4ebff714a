"""What is on disk, and how it is swapped.

An index is a folder::

    CURRENT                      the name of the generation that counts, one line
    LOCK                         held by the one writer
    generations/00000007-3fa9c1d2/
        manifest.json            this module's Manifest
        documents.jsonl …        what it lists, each with its fingerprint (``index.generation``)

A generation never changes once it has its name. Publishing one goes in steps, each of which leaves
a folder that opens:

1. its files are written into ``generations/.00000007-….partial``, each synced to the disk, the
   manifest last, then the folder itself is synced;
2. the folder gets its final name and ``generations/`` is synced: still nobody reads it;
3. ``CURRENT.partial``, which holds its name and was synced before 2, replaces ``CURRENT`` in one
   step: whoever opens the index from now on reads the new generation;
4. all generations but the new one and the one before it are deleted, and with them whatever an
   interrupted writer left behind.

A crash before 3 leaves the old generation current, a crash after it the new one. A folder with
generations and no ``CURRENT`` has lost it and is broken, unless ``CURRENT.partial`` names the only
one: then the very first build was interrupted between 2 and 3, and there is no index yet.

Readers take no lock: an open one has read or mapped its files and does not come back for them, and
one that is just opening starts over if the generation it read about has been deleted meanwhile,
which takes two publications in between.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

from corpus.errors import Both, IndexBroken, IndexForeign, IndexIsFile, IndexNotFound
from index.storage import Disk, fingerprint, index_folder

PROGRAM: Final = "chuchu"

#: Goes up when the files change their meaning; an older program then says so instead of guessing.
FORMAT: Final = 1

#: Goes up when the same document would be cut, worded or weighed differently: by the corpus code
#: (passage sizes, terms) or by what ``index.embedding`` puts before a passage. Documents indexed
#: under another recipe are done again at their next build.
RECIPE: Final = 2

_CURRENT: Final = "CURRENT"
_NEXT: Final = "CURRENT.partial"
_GENERATIONS: Final = "generations"
_MANIFEST: Final = "manifest.json"
#: What may lie in a folder before it holds an index: an interrupted first build leaves it.
OWN_FILES: Final = frozenset({"LOCK", _GENERATIONS, _NEXT})
_NAME: Final = re.compile(r"(\d{8})-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one generation is."""

    model: str  # public name, or a folder's absolute path
    dimension: int
    prompts: Mapping[str, str]  # "question" and "passage"
    probe: str  # a text …
    probe_vector: tuple[float, ...]  # … and what the model makes of it as a question
    documents: int = 0
    passages: int = 0
    sentences: int = 0
    recipe: int = RECIPE
    format: int = FORMAT
    program: str = PROGRAM
    files: Mapping[str, str] | None = None  # name → fingerprint; None until published

    def to_bytes(self) -> bytes:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, data: bytes, index: Path) -> Self:
        """Read ``to_bytes``; ``index`` is for the messages.

        Raises:
            IndexForeign: another program's, or another format version's.
            IndexBroken: not what a manifest looks like.
        """
        try:
            fields: dict[str, Any] = json.loads(data)
            program, version = fields["program"], fields["format"]
        except (ValueError, KeyError, TypeError) as error:
            raise IndexBroken(index=str(index), detail=_MANIFEST) from error
        if program != PROGRAM or version != FORMAT:
            raise IndexForeign(index=str(index), detail=f"{program} {version} ≠ {PROGRAM} {FORMAT}")
        try:
            manifest = cls(**{**fields, "probe_vector": tuple(fields["probe_vector"])})
        except (KeyError, TypeError) as error:
            raise IndexBroken(index=str(index), detail=_MANIFEST) from error
        if not isinstance(manifest.files, dict):
            raise IndexBroken(index=str(index), detail=_MANIFEST)
        return manifest


def current_generation(index: str | Path) -> str:
    """The name of the generation that counts: one small read, to see whether a newer one is there.

    Raises:
        IndexNotFound: no index in that folder; IndexIsFile: it is a file.
        IndexBroken: its pointer file is missing or says nothing sensible.
        WrongArgument: ``index`` is no path.
    """
    index = index_folder(index)
    try:
        name = (index / _CURRENT).read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        if index.is_file():
            raise IndexIsFile(index=str(index)) from error
        if _has_lost_its_pointer(index):
            if (index / _CURRENT).exists():  # the first build ended this very moment
                return current_generation(index)
            detail = Both(f"缺少 {_CURRENT}", f"{_CURRENT} is missing")
            raise IndexBroken(index=str(index), detail=detail) from error
        raise IndexNotFound(index=str(index)) from error
    except (OSError, ValueError) as error:
        raise IndexBroken(index=str(index), detail=_CURRENT) from error
    if not _NAME.fullmatch(name):  # also keeps a forged pointer from leading out of the folder
        raise IndexBroken(index=str(index), detail=_CURRENT)
    return name


def _has_lost_its_pointer(index: Path) -> bool:
    """Whether generations lie in a folder without ``CURRENT``: see the module's docstring."""
    try:
        whole = [p.name for p in (index / _GENERATIONS).iterdir() if _NAME.fullmatch(p.name)]
    except OSError:
        return False
    try:
        unfinished = (index / _NEXT).read_text("ascii").strip()
    except (OSError, ValueError):
        unfinished = ""
    return bool(whole) and whole != [unfinished]


def generation_folder(index: Path, name: str) -> Path:
    """Where a generation's files lie."""
    return index / _GENERATIONS / name


def read_manifest(index: Path, name: str) -> Manifest:
    """The manifest of a generation, and the word that its files are those it lists.

    Raises:
        FileNotFoundError: the generation is not there (any more).
        IndexForeign, IndexBroken: see ``Manifest.from_bytes``; a file is missing or altered.
    """
    folder = generation_folder(index, name)
    manifest = Manifest.from_bytes((folder / _MANIFEST).read_bytes(), index)
    for file, expected in (manifest.files or {}).items():
        try:
            found = fingerprint(folder / file)
        except FileNotFoundError:
            if not folder.exists():
                raise
            found = ""
        if found != expected:
            raise IndexBroken(index=str(index), detail=file)
    return manifest


def publish(index: Path, manifest: Manifest, files: Mapping[str, bytes], disk: Disk) -> str:
    """Make a new generation the current one and return its name; the caller holds the lock.

    Nothing is cleaned up after a failure: that is left to the next writer, as after a crash.

    Raises:
        OSError: the disk is full or read-only; the index is as it was.
        IndexBroken: what is there is damaged, and is left alone.
    """
    generations = index / _GENERATIONS
    disk.make_folder(generations)
    taken = [int(match[1]) for path in generations.iterdir() if (match := _NAME.match(path.name))]
    # The digest tells apart two indexes that were made in one place one after the other.
    content = hashlib.sha256()
    for name in sorted(files):
        content.update(hashlib.sha256(files[name]).digest())
    name = f"{max(taken, default=0) + 1:08d}-{content.hexdigest()[:8]}"

    partial = generations / f".{name}.partial"
    disk.remove(partial)
    disk.make_folder(partial)
    for file, data in files.items():
        disk.write(partial / file, data)
    marks = {file: fingerprint(partial / file) for file in files}
    disk.write(partial / _MANIFEST, replace(manifest, files=marks).to_bytes())
    disk.sync_folder(partial)

    try:
        before = current_generation(index)
    except IndexNotFound:
        before = name
        for path in generations.iterdir():  # what an interrupted first build left behind
            if path.name != partial.name:
                disk.remove(path)
    pointer = index / _NEXT
    disk.write(pointer, f"{name}\n".encode())
    disk.sync_folder(index)
    disk.replace(partial, generations / name)
    disk.sync_folder(generations)

    disk.replace(pointer, index / _CURRENT)
    disk.sync_folder(index)

    for path in generations.iterdir():
        if path.name not in {name, before}:
            disk.remove(path)
    return name
