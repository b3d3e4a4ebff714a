"""Yes, no or neither: low-rank changes to a network, and what is said with them."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from corpus.errors import ModelChanged, ModelMissing
from qa.reader import ENTAILMENT, WEIGHTS, Text, shipped_entailer
from qa.reader.batch import collate
from qa.reader.entailment import Entailer, EntailmentNetwork, digest, put_together
from qa.reader.lowrank import BELOW, CHANGED, changes, merge, narrow
from qa.reader.network import Network
from qa.reader.packed import Packed
from qa.reader.tokens import Tokenizer

ASKED = "京东支付的份额过半了吗？"
SAID = Text("京东支付仅占1%。", "京东支付")


@pytest.fixture(scope="module")
def tokenizer(packed: Packed) -> Tokenizer:
    return Tokenizer(packed.vocabulary)


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
    says = EntailmentNetwork(network).says.state_dict()
    state |= {f"says.{name}": one for name, one in says.items()}
    path = folder / "entailment.safetensors"
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
    entailer = Entailer.open(*changed)
    said = entailer(ASKED, SAID)
    assert 0 <= said.yes <= 1
    assert 0 <= said.no <= 1
    assert said.yes + said.no <= 1 + 1e-6
    assert entailer(ASKED, SAID) == said
    assert entailer(ASKED * 20, Text("京东支付仅占1%。" * 300)).yes <= 1


@pytest.mark.parametrize(("question", "text"), [("", "京东支付仅占1%。"), (ASKED, ""), (" ", " ")])
def test_nothing_says_nothing(changed: tuple[Path, Path], question: str, text: str) -> None:
    said = Entailer.open(*changed)(question, Text(text))
    assert (said.yes, said.no) == (0.0, 0.0)


@pytest.mark.parametrize("harm", ["missing", "cut", "other", "another reader", "a layer gone"])
def test_bad_changes_give_one_clear_error(
    changed: tuple[Path, Path], tmp_path: Path, harm: str
) -> None:
    good, reader = changed
    path = tmp_path / "entailment.safetensors"
    state, metadata = load_file(good), {"reader": digest(reader)}
    if harm == "another reader":
        metadata = {"reader": "0" * 64}
    if harm == "a layer gone":
        state = {k: v for k, v in state.items() if "layers.11.mix" not in k}
    if harm != "missing":
        save_file(state, path, metadata)
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises((ModelMissing, ModelChanged)) as raised:
        Entailer.open(path, reader, sha256="0" * 64 if harm == "other" else None)
    assert str(path) in str(raised.value)


def test_the_shipped_changes_are_of_the_shipped_reader() -> None:
    Entailer.open(ENTAILMENT, WEIGHTS)
    assert shipped_entailer() is shipped_entailer()
