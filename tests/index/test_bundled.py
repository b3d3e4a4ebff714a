"""The article's own index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.articles import jd_finance
from corpus.errors import IndexUnwritable
from index import Progress, build, bundled, bundled_index, encoder_for, open_index


@pytest.fixture
def _nothing_shipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    encoder_for().encode_passages(["预备"])  # the model may come from the home all tests share
    monkeypatch.setattr(bundled, "SHIPPED", tmp_path / "shipped")
    monkeypatch.setenv("CHUCHU_HOME", str(tmp_path / "home"))


@pytest.mark.usefixtures("_nothing_shipped")
def test_it_is_made_once_and_anew_when_damaged(tmp_path: Path) -> None:
    told: list[Progress] = []
    index = bundled_index(told.append)
    assert index.is_relative_to(tmp_path / "home")
    assert told[-1].stage == "writing"
    told.clear()
    assert bundled_index(told.append) == index
    assert told == []
    snapshot = open_index(index)
    document = snapshot.document(jd_finance().id)
    assert document == jd_finance()
    best = [
        snapshot.passages[hit.number]
        for hit in snapshot.near(snapshot.encode("京东支付的市场份额是多少？"), 3)
    ]
    assert any("1%" in document.text[passage.start : passage.end] for passage in best)

    next(index.glob("generations/*/entries.json")).write_text("[]")
    assert bundled_index() == index
    assert len(open_index(index).documents) == 1


def test_a_home_that_cannot_be_written_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setattr(bundled, "SHIPPED", tmp_path / "shipped")
    monkeypatch.setenv("CHUCHU_HOME", str(tmp_path / "file"))
    with pytest.raises(IndexUnwritable, match="CHUCHU_HOME"):
        bundled_index()


def test_the_shipped_one_is_what_build_would_make(tmp_path: Path) -> None:
    """If this fails, the text's layout, passages or terms have changed: index.manifest.RECIPE goes
    up, and ``python -m index.ship`` makes the shipped index anew."""
    shipped = bundled_index()
    assert shipped == bundled.SHIPPED
    build(jd_finance(), tmp_path / "index")
    one, other = open_index(shipped), open_index(tmp_path / "index")
    assert tuple(one.passages) == tuple(other.passages)
    assert one.document(jd_finance().id) == jd_finance()
    vocabulary = one._terms.vocabulary
    assert vocabulary == other._terms.vocabulary
    assert one.matching(list(vocabulary), 99) == other.matching(list(vocabulary), 99)
    for number in range(len(one.passages)):
        rows = one.sentence_vectors(number) * other.sentence_vectors(number)
        assert rows.sum(axis=1).min() > 0.999
    assert sum(path.stat().st_size for path in shipped.rglob("*")) < 1_000_000


@pytest.mark.slow  # each imports PyTorch
def test_two_processes_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from index import bundled, open_index\n"
        "bundled.SHIPPED = Path('nowhere')\n"
        "print(open_index(bundled.bundled_index()).generation)\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    outputs = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], outputs
    assert outputs[0][0] == outputs[1][0]
