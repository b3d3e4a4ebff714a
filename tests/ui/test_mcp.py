"""The endpoints as tools over MCP, as a client meets them over HTTP."""

from __future__ import annotations

import asyncio
import importlib.util
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.errors import ExtraMissing
from ui.desk import Desk
from ui.feedback import Feedback
from ui.indexes.library import Library
from ui.indexes.opening import Opening
from ui.page import launch, make_page


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def page(tmp_path: Path, assistant: Any) -> Iterator[Any]:
    def build(sources: Any, index: Path, *, progress: Any = None) -> SimpleNamespace:
        return SimpleNamespace(documents=1, passages=3)

    library = Library(tmp_path / "visitors", lambda _: assistant, build, lambda *_: None)
    desk = Desk(Opening(lambda: assistant), library, Feedback(tmp_path / "f"), index=None)
    page = make_page(desk)
    yield page
    page.close(verbose=False)


def test_without_the_extra_it_says_what_to_install(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ExtraMissing) as caught:
        launch(page, "127.0.0.1", free_port(), mcp=True)
    assert "'.[mcp]'" in str(caught.value)


def test_the_three_endpoints_are_tools_and_nothing_else_is(page: Any) -> None:
    pytest.importorskip("mcp", reason="the extra mcp is not installed")
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    url = launch(page, "127.0.0.1", free_port(), mcp=True)

    async def talk() -> tuple[Any, Any, Any]:
        async with (
            streamablehttp_client(f"{url}gradio_api/mcp/") as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = (await session.list_tools()).tools
            built = await session.call_tool(
                named(tools, "build").name, {"title": "合同", "text": "押金为七千元。"}
            )
            answered = await session.call_tool(
                named(tools, "answer").name, {"question": "支付占多少？"}
            )
            return tools, built, answered

    def named(tools: Any, end: str) -> Any:
        (found,) = [tool for tool in tools if tool.name.endswith(end)]
        return found

    tools, built, answered = asyncio.run(talk())
    assert len(tools) == 5
    assert "exact source" in named(tools, "answer").description
    assert set(named(tools, "search").inputSchema["properties"]) == {"question", "most"}
    assert set(named(tools, "answer_from").inputSchema["properties"]) == {
        "token",
        "question",
        "history",
    }
    assert set(named(tools, "build").inputSchema["properties"]) == {
        "title",
        "text",
        "name",
        "token",
    }
    assert not built.isError
    assert "token" in built.content[0].text
    assert "1%" in answered.content[0].text
