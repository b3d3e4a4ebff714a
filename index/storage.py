"""Files that are whole or not there: synced writes, fingerprints, and where a user's files go."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import platformdirs

from corpus.errors import Both, WrongArgument, kind_of

#: Files up to this size are fingerprinted byte for byte. Hashing costs about 1 ms a megabyte, so
#: opening stays under a tenth of a second; a larger file is sampled.
WHOLE_FILE = 64 * 2**20
_BLOCK = 2**16
_SAMPLES = 256


def user_folder() -> Path:
    """Where unpacked models and indexes made on first use go: ``CHUCHU_HOME``, else the cache."""
    home = os.environ.get("CHUCHU_HOME")
    return Path(home).expanduser() if home else Path(platformdirs.user_cache_dir("chuchu", False))


def index_folder(index: str | Path) -> Path:
    """The folder a caller named for an index.

    Raises:
        WrongArgument: it is no path. An empty one would be the current folder, unasked.
    """
    if not isinstance(index, (str, Path)) or index == "":
        wanted = Both("索引所在文件夹的路径", "the path of an index's folder")
        raise WrongArgument(argument="index", wanted=wanted, found=kind_of(index))
    return Path(index)


def fingerprint(path: Path) -> str:
    """SHA-256 that changes when the file was cut short, swapped or damaged.

    Up to ``WHOLE_FILE`` bytes it is the file's own SHA-256. A larger file is represented by its
    size and 256 blocks of 64 kB, evenly spread, first and last included: enough to notice a
    wrong, unfinished or zeroed file without reading gigabytes on every start.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        if size <= WHOLE_FILE:
            return hashlib.file_digest(file, "sha256").hexdigest()
        digest = hashlib.sha256(str(size).encode())
        for sample in range(_SAMPLES):
            file.seek((size - _BLOCK) * sample // (_SAMPLES - 1))
            digest.update(file.read(_BLOCK))
        return digest.hexdigest()


def write_synced(path: Path, data: bytes) -> None:
    """Write a new file and wait until the disk has it."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Wait until the disk has a folder's names; nothing to do where folders cannot be opened."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Disk:
    """The steps that change an index on disk, each a method, so that a test can stop at any one."""

    def make_folder(self, path: Path) -> None:
        """Create it and its parents; it may be there."""
        path.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, data: bytes) -> None:
        """See ``write_synced``."""
        write_synced(path, data)

    def sync_folder(self, path: Path) -> None:
        """See ``sync_folder``."""
        sync_folder(path)

    def replace(self, source: Path, target: Path) -> None:
        """Give ``source`` the name ``target``, in one step; a file of that name is gone."""
        source.replace(target)

    def remove(self, folder: Path) -> None:
        """Delete a folder; what cannot be deleted (open on Windows) stays for the next time."""
        shutil.rmtree(folder, ignore_errors=True)
