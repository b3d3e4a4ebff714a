"""What one sentence says: low-rank changes to a network, and what is read with them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from corpus.errors import ModelChanged, ModelMissing
from index.packed import Packed
from qa.reader import SENTENCE, WEIGHTS, Text, shipped_sentence_reader
from qa.reader.batch import collate
from qa.reader.lowrank import BELOW, CHANGED, changes, merge, narrow
from qa.reader.network import Network
from qa.reader.sentence import (
    HEADS,
    SentenceNetwork,
    SentenceReader,
    digest,
    heads,
    put_together,
)
from qa.reader.tokens import Tokenizer

ASKED = "京东支付的份额过半了吗？"
SAID = Text("京东支付仅占1%。", "京东支付")


@pytest.fixture(scope="module")
def tokenizer(packed: Packed) -> Tokenizer:
    return Tokenizer(packed)


@pytest.fixture(scope="module")
def changed(packed: Packed, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Untrained weights of a reader, and changes to them that are large enough to be seen."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("weights")
    network = Network.from_packed(packed)
    reader = folder / "reader.safetensors"
    save_file({name: one.half() for name, one in network.state_dict().items()}, reader)
    narrow(network)
    state = {
        name: torch.randn_like(one) / 20 if name.endswith(".up") else one
        for name, one in changes(network).items()
    }
    for name, layer in heads(SentenceNetwork(network)).items():
        state |= {f"{name}.{key}": one for key, one in layer.state_dict().items()}
    path = folder / "sentence.safetensors"
    save_file({k: v.contiguous() for k, v in state.items()}, path, {"reader": digest(reader)})
    return path, reader


def test_merged_changes_give_what_they_gave_while_trained(
    packed: Packed, tokenizer: Tokenizer
) -> None:
    torch.manual_seed(1)
    trained = Network.from_packed(packed, dropout=0.0).eval()
    plain = Network.from_packed(packed, dropout=0.0).eval()
    plain.load_state_dict(trained.state_dict())
    narrow(trained)
    with torch.no_grad():
        for name, one in trained.named_parameters():
            if name.endswith(".up"):
                one.copy_(torch.randn_like(one) / 20)
    batch = collate(packed, [put_together(tokenizer, ASKED, SAID)])
    with torch.no_grad():
        before = plain.hidden(batch.words, batch.parts, batch.real)
        wanted = trained.hidden(batch.words, batch.parts, batch.real)
        merge(plain, changes(trained))
        found = plain.hidden(batch.words, batch.parts, batch.real)
    assert not torch.allclose(before, wanted, atol=1e-2)
    assert torch.allclose(found, wanted, atol=1e-4)


def test_only_the_changes_are_trained(packed: Packed) -> None:
    network = Network.from_packed(packed)
    narrow(network)
    trained = [name for name, one in network.named_parameters() if one.requires_grad]
    assert len(trained) == (len(network.layers) - BELOW) * len(CHANGED) * 2
    assert sorted(trained) == sorted(changes(network))


def test_untrained_changes_change_nothing(packed: Packed, tokenizer: Tokenizer) -> None:
    network = Network.from_packed(packed, dropout=0.0).eval()
    batch = collate(packed, [put_together(tokenizer, ASKED, SAID)])
    with torch.no_grad():
        before = network.hidden(batch.words, batch.parts, batch.real)
        narrow(network)
        assert torch.equal(network.hidden(batch.words, batch.parts, batch.real), before)


def test_what_is_said_is_probable(changed: tuple[Path, Path]) -> None:
    reader = SentenceReader.open(*changed)
    said = reader(ASKED, SAID)
    assert 0 <= said.yes <= 1
    assert 0 <= said.no <= 1
    assert said.yes + said.no <= 1 + 1e-6
    assert reader(ASKED, SAID) == said
    assert reader(ASKED * 20, Text("京东支付仅占1%。" * 300)).yes <= 1


@pytest.mark.parametrize(("question", "text"), [("", "京东支付仅占1%。"), (ASKED, ""), (" ", " ")])
def test_nothing_says_nothing(changed: tuple[Path, Path], question: str, text: str) -> None:
    said = SentenceReader.open(*changed)(question, Text(text))
    assert (said.yes, said.no, said.spans) == (0.0, 0.0, ())


def test_spans_are_of_the_sentence_sure_first_and_apart(changed: tuple[Path, Path]) -> None:
    found = SentenceReader.open(*changed)(
        "京东支付占多少？", Text("京东支付仅占1%,支付宝占52.3%。")
    ).spans
    assert found
    for span in found:
        assert "京东支付仅占1%,支付宝占52.3%。"[span.start : span.end] == span.text
        assert 0 < span.probability <= span.around <= 1
    assert [one.probability for one in found] == sorted(
        (one.probability for one in found), reverse=True
    )
    places = sorted((one.start, one.end) for one in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


@pytest.mark.parametrize(
    "harm", ["missing", "cut", "other", "another reader", "a layer gone", "a head gone"]
)
def test_bad_changes_give_one_clear_error(
    changed: tuple[Path, Path], tmp_path: Path, harm: str
) -> None:
    good, reader = changed
    path = tmp_path / "sentence.safetensors"
    state, metadata = load_file(good), {"reader": digest(reader)}
    if harm == "another reader":
        metadata = {"reader": "0" * 64}
    if harm == "a layer gone":
        state = {k: v for k, v in state.items() if "layers.11.mix" not in k}
    if harm == "a head gone":
        state = {k: v for k, v in state.items() if k != f"{HEADS[0]}.bias"}
    if harm != "missing":
        save_file(state, path, metadata)
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises((ModelMissing, ModelChanged)) as raised:
        SentenceReader.open(path, reader, sha256="0" * 64 if harm == "other" else None)
    assert str(path) in str(raised.value)


def test_the_shipped_changes_are_of_the_shipped_reader() -> None:
    SentenceReader.open(SENTENCE, WEIGHTS)
    assert shipped_sentence_reader() is shipped_sentence_reader()


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("青藤茶园是谁办的？", "1987年,退伍军人罗启明办起了青藤茶园。", "罗启明"),
        ("青藤茶园跟哪家公司合作？", "2020年起,青藤茶园与云岭物流合作,鲜叶当天出山。", "云岭物流"),
        ("青藤茶园用什么烘干茶叶？", "茶叶改用松木炭火烘干,每批四小时。", "松木炭火"),
    ],
)
def test_the_exact_words_are_found(question: str, sentence: str, answer: str) -> None:
    assert shipped_sentence_reader()(question, Text(sentence)).spans[0].text == answer
