"""Sources to an index: what is new is embedded, what is not is carried over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from corpus import Document
from corpus.errors import (
    Both,
    DocumentNotFound,
    IndexBusy,
    IndexForeign,
    IndexIsFile,
    IndexNotFound,
    IndexUnwritable,
    NothingToBuild,
    WrongArgument,
    kind_of,
)
from index.embedding import indexed_by
from index.encoder import Encoder, encoder_for
from index.generation import (
    Entry,
    Generation,
    Indexed,
    from_record,
    has_index,
    pack,
    read_generation,
    to_record,
)
from index.manifest import OWN_FILES, RECIPE, Manifest, publish
from index.progress import OnProgress, Progress, tell
from index.snapshot import check_model, is_model_of
from index.sources import (
    Failure,
    Source,
    came_from,
    checked_ids,
    checked_sources,
    named_apart,
    read_sources,
    reasons,
)
from index.storage import Disk, index_folder

#: What the model is asked to embed to see whether it is still the same; any text would do.
PROBE: Final = "出处：每个答案都标明它来自原文的哪一句。Every answer names its source."


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What became of every source, and what the index holds now."""

    generation: str  # the current one; unchanged when nothing had to be written
    documents: int  # in the whole index
    passages: int  # in the whole index
    added: tuple[Entry, ...] = ()
    updated: tuple[Entry, ...] = ()
    unchanged: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    failed: tuple[Failure, ...] = ()


def build(
    sources: Source | Iterable[Source],
    index: str | Path,
    model: str | Path | Encoder | None = None,
    sync: bool = False,
    progress: OnProgress | None = None,
    *,
    disk: Disk | None = None,
) -> BuildReport:
    """Add documents to an index and update those that changed; make the index if there is none.

    Other documents of the index are left alone. A document whose text and layout are as they were
    is not embedded again. One source's failure is reported and does not stop the others. Readers
    see the old index or the new one, never something in between.

    A file is known by its place: however its path is spelled, it is one document, and two files of
    one spelling (named from two folders) are two. A text handed over as a Document is known by its
    ``source``, else by its title: it takes the place of the one of that name. Different texts of
    one name in one call are all kept; the second and those after it get ids of their own, by their
    number, which the report's entries tell.

    Args:
        sources: files, folders (every text below them that is not hidden, nor in a hidden folder)
            and documents; a string is a path.
        index: the index's folder.
        model: a sentence-transformers model by public name or folder, or an encoder. None is the
            index's own, and multilingual-e5-small for a new one. Another model than the index's
            own embeds every document of the index again.
        sync: also remove the documents that came from the named folders and are gone from them;
            not those in folders that cannot be read now, or in which nothing can be read.
        progress: called from this thread, now and then.
        disk: where the writing goes through.

    Raises:
        NothingToBuild: nothing was named, or nothing named could be read.
        IndexBusy: another writer is at work.
        IndexBroken, IndexForeign: the folder holds something that cannot be added to.
        ModelMissing, ModelChanged: the model cannot be had.
        IndexUnwritable: no permission, or no room left; the index is as it was.
        WrongArgument: an argument is of the wrong type, or an empty path.
    """
    sources = checked_sources(sources)
    index = index_folder(index)
    _check_model_argument(model)
    read = read_sources(sources, progress)
    if not read.documents:
        raise NothingToBuild(detail=reasons(read))
    with _writing(index):
        old = read_generation(index) if has_index(index) else None
        before = old.entries if old else ()
        documents = named_apart(before, read.documents)
        paths = {path for _, path in documents if path}
        gone = {
            entry.id
            for entry in before
            if entry.path in paths  # a file under two spellings, as older versions kept it
            or (
                sync
                and came_from(entry, read.whole_folders)
                and not came_from(entry, read.unreadable)
                and entry.path not in read.paths
            )
        } - {document.id for document, _ in documents}
        encoder = _encoder(old, model)
        plan = _plan(old, documents, gone, encoder)
        return _carry_out(
            plan,
            index,
            old=old,
            encoder=encoder,
            failed=read.failed,
            progress=progress,
            disk=disk or Disk(),
        )


def remove(index: str | Path, ids: str | Iterable[str], *, disk: Disk | None = None) -> BuildReport:
    """Take documents out of an index, by id. An unknown id is reported in ``failed``.

    Raises:
        IndexNotFound, IndexBroken, IndexForeign: there is no index there that can be changed.
        IndexBusy: another writer is at work.
        IndexUnwritable: no permission, or no room left; the index is as it was.
        WrongArgument: an argument is of the wrong type.
    """
    index = index_folder(index)
    wanted = dict.fromkeys([ids] if isinstance(ids, str) else checked_ids(ids))
    if not has_index(index):
        raise IndexNotFound(index=str(index))
    with _writing(index):
        old = read_generation(index)
        known = {entry.id for entry in old.entries}
        failed = [Failure(id_, DocumentNotFound(id=id_)) for id_ in wanted if id_ not in known]
        plan = _plan(old, [], known & wanted.keys(), None)
        return _carry_out(
            plan,
            index,
            old=old,
            encoder=None,
            failed=failed,
            progress=None,
            disk=disk or Disk(),
        )


def _check_model_argument(model: object) -> None:
    is_encoder = callable(getattr(model, "encode_questions", None))
    if model == "" or not (model is None or isinstance(model, (str, Path)) or is_encoder):
        wanted = Both("模型的名字、文件夹或编码器", "a model's name or folder, or an encoder")
        raise WrongArgument(argument="model", wanted=wanted, found=kind_of(model))


@contextmanager
def _writing(index: Path) -> Iterator[None]:
    """The one writer's turn."""
    if index.is_file():
        raise IndexIsFile(index=str(index))
    if index.is_dir() and not has_index(index):
        try:
            strange = [path.name for path in index.iterdir() if path.name not in OWN_FILES]
        except OSError as error:
            raise _unwritable(index, error) from error
        if strange:  # somebody's own folder: nothing of ours is mixed into it
            raise IndexForeign(index=str(index), detail=min(strange))
    lock = FileLock(index / "LOCK", timeout=0)
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise IndexBusy(index=str(index)) from error
    except OSError as error:
        raise _unwritable(index, error) from error
    try:
        yield
    finally:
        lock.release()


def _unwritable(index: Path, error: OSError) -> IndexUnwritable:
    return IndexUnwritable(index=str(index), detail=error.strerror or type(error).__name__)


@dataclass(slots=True)
class _Plan:
    """What the next generation is made of, and what there is to say about it."""

    kept: dict[str, Indexed | None]  # by id, in the index's order; None is yet to be embedded
    fresh: dict[str, tuple[Entry, Document]]  # those
    added: list[Entry]
    updated: list[Entry]
    unchanged: list[Entry]
    removed: list[Entry]
    changed: bool  # whether there has to be a next generation


def _encoder(old: Generation | None, model: str | Path | Encoder | None) -> Encoder | None:
    """The encoder that was asked for; None is the index's own, loaded if there is need of it."""
    if model is None and old is not None:
        return None
    return encoder_for(model) if model is None or isinstance(model, (str, Path)) else model


def _plan(
    old: Generation | None,
    documents: Sequence[tuple[Document, str]],
    gone: Set[str],
    encoder: Encoder | None,
) -> _Plan:
    before = {one.entry.id: one for one in old.kept()} if old else {}
    other_model = old is not None and encoder is not None and not is_model_of(old.manifest, encoder)
    kept: dict[str, Indexed | None] = {id_: one for id_, one in before.items() if id_ not in gone}
    removed = [one.entry for id_, one in before.items() if id_ in gone]
    plan = _Plan(kept, {}, [], [], [], removed, changed=old is None or bool(removed))
    twins = {one.entry.digest: one for one in before.values()}
    for document, path in documents:
        entry = Entry(document.id, document.title, document.source, path, document.digest, RECIPE)
        was = before.get(document.id)
        # The same text may be here already, under this id or as a file that was moved.
        same = next(
            (
                one
                for one in (was, twins.get(entry.digest))
                if one is not None and not other_model and _same(one, entry, document)
            ),
            None,
        )
        if was is None:
            plan.added.append(entry)
        elif same is was:
            plan.unchanged.append(entry)
        else:
            plan.updated.append(entry)
        if same is None:
            plan.fresh[entry.id] = (entry, document)
            kept[entry.id] = None
        else:
            kept[entry.id] = replace(
                same,
                entry=entry,
                record=to_record(document),
                passages=tuple(replace(one, document=entry.id) for one in same.passages),
            )
        now = kept[entry.id]
        plan.changed |= (
            now is None or was is None or (now.entry, now.record) != (was.entry, was.record)
        )
    if other_model:
        for id_, one in kept.items():
            if one is not None:
                plan.fresh[id_] = (one.entry, from_record(one.record))
                plan.updated.append(one.entry)
        plan.changed = True
    return plan


def _same(before: Indexed, entry: Entry, document: Document) -> bool:
    """Whether nothing that was embedded would come out differently."""
    if (before.entry.digest, before.entry.recipe) != (entry.digest, entry.recipe):
        return False
    # One text can be laid out in two ways: read as Markdown and as plain text.
    was = from_record(before.record)
    return was.sentences == document.sentences and was.sections == document.sections


def _carry_out(
    plan: _Plan,
    index: Path,
    *,
    old: Generation | None,
    encoder: Encoder | None,
    failed: Sequence[Failure],
    progress: OnProgress | None,
    disk: Disk,
) -> BuildReport:
    if old is not None and not plan.changed:
        generation, manifest = old.name, old.manifest
    else:
        if encoder is None and old is not None and plan.fresh:
            encoder = encoder_for(old.manifest.model)
            check_model(index, old.manifest, encoder)
        if encoder is not None:
            plan.kept.update(indexed_by(plan.fresh.values(), encoder, progress))
        documents = [one for one in plan.kept.values() if one is not None]
        manifest = replace(
            old.manifest if old and not encoder else _described(encoder or encoder_for()),
            recipe=RECIPE,
            documents=len(documents),
            passages=sum(len(one.passages) for one in documents),
            sentences=sum(len(one.sentence_vectors) for one in documents),
        )
        tell(progress, Progress("writing", 0, 1))
        files = pack(documents, manifest.dimension)
        try:
            generation = publish(index, manifest, files, disk)
        except OSError as error:
            raise _unwritable(index, error) from error
        tell(progress, Progress("writing", 1, 1))
    return BuildReport(
        generation=generation,
        documents=manifest.documents,
        passages=manifest.passages,
        added=tuple(plan.added),
        updated=tuple(plan.updated),
        unchanged=tuple(plan.unchanged),
        removed=tuple(plan.removed),
        failed=tuple(failed),
    )


def _described(encoder: Encoder) -> Manifest:
    return Manifest(
        model=encoder.name,
        dimension=encoder.dimension,
        prompts=dict(encoder.prompts),
        probe=PROBE,
        probe_vector=tuple(encoder.encode_questions([PROBE])[0].tolist()),
    )
