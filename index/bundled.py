"""The index of the JD Finance article: shipped with the package, or made on first use.

The shipped one, ``index/shipped/``, is made by ``python -m index.ship`` and used while it fits: the
same article, laid out alike, the same format and recipe. Otherwise the article is indexed in the
user's folder at its first use.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from filelock import FileLock

from corpus.articles import jd_finance
from corpus.document import Document
from corpus.errors import IndexFault, IndexUnwritable
from index.build import build
from index.generation import has_index, read_generation, to_record
from index.manifest import FORMAT, RECIPE
from index.progress import OnProgress
from index.storage import user_folder

#: Only ever read: an installed package may belong to somebody else.
SHIPPED: Final = Path(__file__).with_name("shipped")


def bundled_index(progress: OnProgress | None = None) -> Path:
    """The folder of the article's index, made first if need be.

    Two processes at once are fine: one builds and the other waits.

    Raises:
        ModelMissing, ModelChanged: it has to be made and the model cannot be had.
        IndexUnwritable: it has to be made and the user's folder cannot be written.
    """
    article = jd_finance()
    if _fits(SHIPPED, article):
        return SHIPPED
    name = f"jd-finance-{article.digest[:12]}-{FORMAT}.{RECIPE}"
    index = user_folder() / "indexes" / name
    if _fits(index, article):
        return index
    try:
        index.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(index.with_name(f"{name}.lock")):
            if not _fits(index, article):
                shutil.rmtree(index, ignore_errors=True)  # damaged: there is nothing in it to keep
                build(article, index, progress=progress)
    except OSError as error:
        detail = f"CHUCHU_HOME: {error.strerror or type(error).__name__}"
        raise IndexUnwritable(index=str(index), detail=detail) from error
    return index


def _fits(index: Path, article: Document) -> bool:
    """Whether an index is whole, and is what ``build`` would make of the article today."""
    if not has_index(index):
        return False
    try:
        generation = read_generation(index)
    except IndexFault:
        return False
    return (
        generation.manifest.recipe == RECIPE
        and len(generation.entries) == 1
        and generation.record(0) == to_record(article)
    )
