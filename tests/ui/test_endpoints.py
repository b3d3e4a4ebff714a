"""What programs may send, and what they are told when it is something else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from qa.followups.history import earlier_questions
from ui.parts.endpoints import MOST_FOUND, Endpoints


@pytest.fixture
def endpoints() -> Endpoints:
    """Over a desk that says what reached it."""

    def answer(question: str, history: Any = (), token: str = "") -> dict[str, Any]:
        return {"asked": question, "earlier": earlier_questions(history), "token": token}

    def search(question: str, most: int, token: str = "") -> list[dict[str, Any]]:
        return [{"question": question, "most": most}]

    def build(title: str, text: str, name: str = "", token: str = "") -> dict[str, Any]:
        return {"title": title.strip(), "text": text}

    desk: Any = SimpleNamespace(answer=answer, search=search, build=build)
    return Endpoints(desk)


TURN = {"role": "user", "content": "甲？", "metadata": None, "options": []}


@pytest.mark.parametrize(
    ("history", "earlier"),
    [
        (None, []),
        ([], []),
        ([TURN], ["甲？"]),
        ([{**TURN, "content": [{"type": "text", "text": "甲？"}]}], ["甲？"]),
        ([TURN, {"role": "assistant", "content": "乙。"}], ["甲？"]),
    ],
)
def test_histories_as_gradio_sends_them(
    endpoints: Endpoints, history: Any, earlier: list[str]
) -> None:
    assert endpoints.answer("丙？", history)["earlier"] == earlier


@pytest.mark.parametrize(("most", "asked"), [(3, 3), (3.0, 3), ("3", 3), (0, 1), (999, MOST_FOUND)])
def test_how_many_is_kept_within_bounds(endpoints: Endpoints, most: Any, asked: int) -> None:
    assert endpoints.search("甲", most)[0]["most"] == asked


@pytest.mark.parametrize(
    ("endpoint", "arguments", "named"),
    [
        ("answer", (None,), "question"),
        ("answer", (["甲？"],), "question"),
        ("answer", ("甲？", "abc"), "history"),
        ("answer", ("甲？", [1, 2]), "history"),
        ("answer", ("甲？", [["甲？", "乙。"]]), "history"),
        ("answer", ("甲？", [{"role": "user"}]), "history"),
        ("answer_from", (5, "甲？"), "token"),
        ("search", (None,), "question"),
        ("search", ("甲", "abc"), "most"),
        ("search", ("甲", None), "most"),
        ("search", ("甲", float("inf")), "most"),
        ("search_in", (["x"], "甲"), "token"),
        ("build", (None, "字。"), "title"),
        ("build", ("题", None), "text"),
        ("build", ("题", "字。", None), "name"),
        ("build", ("题", "字。", "", 5), "token"),
    ],
)
def test_what_cannot_be_taken_is_said_so_and_not_logged(
    endpoints: Endpoints, endpoint: str, arguments: tuple[Any, ...], named: str
) -> None:
    with pytest.raises(gr.Error, match=f"参数 {named} 不对") as caught:
        getattr(endpoints, endpoint)(*arguments)
    assert caught.value.print_exception is False
