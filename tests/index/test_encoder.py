"""Which encoder one gets, and what it costs."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import Document
from corpus.errors import ModelMismatch, ModelMissing
from index import build, encoder_for, open_index
from index.encoder import DEFAULT_MODEL, SentenceEncoder
from index.threads import threads_that_sleep


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of a few kilobytes, with prompts, in a folder."""
    torch = pytest.importorskip("torch")
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    letters = ["[PAD]", "[UNK]", *"京东支付白条市场份额：问答a", "答", "问"]
    vocabulary = {letter: number for number, letter in enumerate(dict.fromkeys(letters))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]"
    ).save_pretrained(folder / "bert")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    model = SentenceTransformer(
        modules=[transformer, Pooling(16)],
        device="cpu",
        prompts={"query": "问：", "passage": "答："},
    )
    model.save(str(folder / "model"))
    return folder / "model"


@pytest.mark.usefixtures("_no_network")
def test_a_model_in_a_folder_with_its_own_prompts(tiny: Path, tmp_path: Path) -> None:
    encoder = encoder_for(tiny)
    assert encoder is encoder_for(str(tiny))
    assert encoder.name == str(tiny.resolve())
    assert encoder.dimension == 16
    assert dict(encoder.prompts) == {"question": "问：", "passage": "答："}
    question, passage = encoder.encode_questions(["白条"])[0], encoder.encode_passages(["白条"])[0]
    assert not np.allclose(question, passage)
    assert np.isfinite(encoder.encode_passages(["\ud800", "", "白\0条"])).all()
    assert np.linalg.norm(question) == pytest.approx(1, abs=1e-5)
    document = Document.from_text("白条。京东支付。", title="小")
    build(document, tmp_path / "index", model=tiny)
    snapshot = open_index(tmp_path / "index")
    assert snapshot.manifest.model == str(tiny.resolve())
    assert snapshot.near(snapshot.encode("白条"), 1)


def test_the_same_folder_with_other_weights_is_noticed(tiny: Path, tmp_path: Path) -> None:
    build(Document.from_text("白条。", title="小"), tmp_path / "index", model=tiny)
    with pytest.raises(ModelMismatch):
        open_index(tmp_path / "index", encoder=encoder_for())


@pytest.mark.usefixtures("_no_network")
@pytest.mark.parametrize("name", ["nobody/no-such-model", "no-such-model", "a/b/c"])
def test_a_model_that_is_not_here_is_not_fetched(name: str) -> None:
    with pytest.raises(ModelMissing, match="CHUCHU_DOWNLOAD"):
        encoder_for(name)


@pytest.mark.usefixtures("_no_network")
def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelMissing, match=tmp_path.name):
        encoder_for(tmp_path)


@pytest.mark.usefixtures("_no_network")
def test_the_default_by_its_public_name_without_the_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelMissing, match="multilingual-e5-small"):
        SentenceEncoder(DEFAULT_MODEL)


def test_the_default_has_one_object_and_its_public_name() -> None:
    assert encoder_for() is encoder_for(DEFAULT_MODEL) is encoder_for(None)
    assert encoder_for().name == "intfloat/multilingual-e5-small"
    assert dict(encoder_for().prompts) == {"question": "query: ", "passage": "passage: "}


def test_asking_imports_neither_torch_nor_scipy(tmp_path: Path) -> None:
    """Whoever asks one question on a ready index waits for none of them."""
    build(Document.from_text("白条是赊购。", title="小"), tmp_path / "index")
    program = (
        "import sys, index\n"
        f"snapshot = index.open_index({str(tmp_path / 'index')!r})\n"
        "assert snapshot.near(snapshot.encode('白条'), 1)\n"
        "assert snapshot.matching(snapshot.tokenizer.terms('白条'), 1)\n"
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'scipy', 'bm25s', 'gradio'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_threads_sleep_only_while_a_library_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    with threads_that_sleep():
        assert os.environ["OMP_WAIT_POLICY"] == "passive"
    assert "OMP_WAIT_POLICY" not in os.environ
    monkeypatch.setenv("OMP_WAIT_POLICY", "active")
    with threads_that_sleep():
        assert os.environ["OMP_WAIT_POLICY"] == "active"
    assert os.environ["OMP_WAIT_POLICY"] == "active"


def test_many_threads_may_ask(letters: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor

    encoder = encoder_for()
    alone = encoder.encode_questions(["京东支付"])[0]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda _: encoder.encode_questions(["京东支付"])[0], range(24)))
    assert all(np.array_equal(alone, vector) for vector in together)


def test_a_short_text_need_not_wait_for_a_long_one(tiny: Path) -> None:
    encoder = SentenceEncoder(str(tiny), tiny)
    told: list[int] = []

    def meanwhile(done: int, _: int) -> None:
        other = threading.Thread(target=lambda: encoder.encode_passages(["京东"]), daemon=True)
        other.start()
        other.join(60)
        assert not other.is_alive()
        told.append(done)

    vectors = encoder.encode_passages(["支付"] * 150, meanwhile)
    assert told == [64, 128, 150]
    assert len(vectors) == 150
