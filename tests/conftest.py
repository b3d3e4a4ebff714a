"""What every test shares: a home of its own, and what must hold of every answer."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings

from corpus import fold
from qa import Answer, Assistant, Citation
from qa.question.kinds import SOCIAL, asked

# With ``-n 2`` two processes share the cores, so each computes with one thread. torch reads this
# when it is first imported.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")

# The first example of a test may have to read a dictionary; time is never what is tested here.
settings.register_profile("chuchu", deadline=None, max_examples=60)
settings.load_profile("chuchu")


@pytest.fixture(scope="session", autouse=True)
def _session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes into the user's own cache; all share one unpacked model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHUCHU_HOME", str(tmp_path_factory.getbasetemp() / "home"))
        patch.delenv("CHUCHU_DOWNLOAD", raising=False)
        yield


@pytest.fixture(scope="session")
def check_answer() -> Callable[[Assistant, Answer], None]:
    """Asserts what the public contract promises of every answer, whatever was asked."""
    return _check_answer


def _check_answer(assistant: Assistant, answer: Answer) -> None:
    for citation in (*answer.citations, *([answer.nearest] if answer.nearest else [])):
        _check_citation(assistant, citation)
    pieces = (*answer.segments, *answer.items)
    in_order = list(dict.fromkeys(number for piece in pieces for number in piece.citations))
    assert in_order == [citation.number for citation in answer.citations]
    assert in_order == list(range(1, len(in_order) + 1))
    assert all(len(set(piece.citations)) == len(piece.citations) for piece in pieces)
    assert len({(one.document.id, one.start) for one in answer.citations}) == len(answer.citations)
    assert 0.0 <= answer.confidence <= 1.0
    assert answer.text.strip()
    assert json.loads(json.dumps(answer.to_dict()))["text"] == answer.text
    assert all(suggestion.strip() for suggestion in answer.suggestions)

    if answer.refused:
        assert answer.citations == ()
        assert answer.items == ()
        assert answer.short is None
        assert answer.reason
        assert answer.nearest is None or answer.nearest.number == 0
        return
    assert answer.reason == ""
    assert answer.nearest is None
    assert bool(answer.citations) != (asked(answer.question) in SOCIAL)
    quotes = {citation.number: citation.quote for citation in answer.citations}
    for item in answer.items:
        assert any(item.text in quotes[number] for number in item.citations)
    if answer.short is not None:
        assert _stands(answer.short, answer)


def _check_citation(assistant: Assistant, citation: Citation) -> None:
    document = assistant.document(citation.document.id)
    assert document.text[citation.start : citation.end] == citation.quote
    assert citation.quote == citation.quote.strip() != ""
    assert not any(
        citation.start < span.end and span.start < citation.end for span in document.boilerplate
    )
    cited = [s for s in document.sentences if (s.start, s.end) == (citation.start, citation.end)]
    assert cited
    assert citation.section == document.heading_path(cited[0].section)
    assert (citation.document.title, citation.document.source) == (document.title, document.source)
    assert 0.0 <= citation.score <= 1.0


def _stands(short: str, answer: Answer) -> bool:
    """Whether a short answer is in a quote, or is one of the few that need not be."""
    counted = re.fullmatch(r"(\d+)\D{0,3}", short)
    return (
        any(short in citation.quote for citation in answer.citations)
        or short in {"是", "否"}
        or (counted is not None and int(counted[1]) == len(answer.items))
        or fold(short) in fold(answer.question)  # which of two: as the question names it
    )
