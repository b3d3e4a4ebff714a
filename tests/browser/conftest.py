"""Chromium against the page: the real one in a process of its own, and a scripted one for states
that the real one is too quick, too slow or too well-behaved to show.

Every test fails on a console error, a script error and a request that leaves this machine.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus import Document
from corpus.errors import DocumentNotFound
from qa.answer import Answer, Citation, Segment, Source

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 120_000  # ms; models load on small machines, too


# What Gradio's script writes to the console of streams that a reload cuts off.
CUT_OFF = re.compile(r"signal is aborted|AbortError|Connection errored out")


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Mark this folder's tests; skip them where there is no browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(600))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests; each gets a context of its own."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page as a new visitor; at the end it must have been silent and have stayed here."""
    contexts, complaints = [], []
    cut_off: list[tuple[list[str], str]] = []  # the pages opened in its window, what was said

    def open_page(url: str, **options: Any) -> Any:
        context = browser.new_context(
            **{"locale": "zh-CN", "viewport": {"width": 1280, "height": 800}, **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        opened: list[str] = []

        def hear(message: Any) -> None:
            if message.type != "error":
                return
            if CUT_OFF.search(message.text):
                # It may be heard before the reload that it comes from: judged at the end.
                cut_off.append((opened, message.text))
            else:
                complaints.append(message.text)

        page.on("console", hear)
        page.on(
            "request",
            lambda request: request.is_navigation_request() and opened.append(request.url),
        )
        page.on(
            "request",
            lambda request: (
                request.url.startswith((url, "data:", "blob:"))
                or complaints.append(f"request to {request.url}")
            ),
        )
        page.on("dialog", lambda dialog: (complaints.append("a dialog"), dialog.dismiss()))
        page.goto(url)
        page.wait_for_selector(".welcome, #chat .notice")
        page.wait_for_selector("#article article", state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    complaints += [text for opened, text in cut_off if len(opened) < 2]
    assert not complaints


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``chuchu serve`` as a visitor meets it; its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    log = tmp_path_factory.mktemp("serve") / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "ui.cli", "serve", "--port", str(port)],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
    try:
        deadline = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(f"chuchu serve did not start: {log.read_text()}")
                time.sleep(0.2)
        yield url
    finally:
        server.terminate()
        server.wait(30)


class Echo:
    """Answers with the first sentence that holds the question; refuses when none does.

    After a ``*`` every such sentence is cited; a half-width ``?`` is rewritten away.
    """

    def __init__(self, *documents: Document) -> None:
        self.documents = documents
        self.asked: list[str] = []
        self.histories: list[list[Any]] = []  # what came with each of them
        self.gate = threading.Event()  # answers wait for it
        self.gate.set()

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(Source(each.id, each.title, each.source) for each in self.documents)

    @property
    def generation(self) -> str:
        return "1"

    def document(self, id: str) -> Document:  # noqa: A002
        for document in self.documents:
            if document.id == id:
                return document
        raise DocumentNotFound(id=id)

    def answer(self, question: str, history: Sequence[Any] = ()) -> Answer:
        self.asked.append(question)
        self.histories.append(list(history))
        self.gate.wait(60)
        wanted = question.rstrip("*?")
        found = [
            (document, sentence)
            for document in self.documents
            for sentence in document.sentences
            if wanted in document.text[sentence.start : sentence.end]
        ]
        cited = tuple(
            Citation(
                number,
                document.text[sentence.start : sentence.end],
                sentence.start,
                sentence.end,
                Source(document.id, document.title, document.source),
                (),
                1.0,
            )
            for number, (document, sentence) in enumerate(found, 1)
        )[: None if question.endswith("*") else 1]
        if cited:
            understood = wanted if question.endswith("?") else question
            parts = tuple(Segment(one.quote, (one.number,)) for one in cited)
            return Answer(question, understood, parts, wanted, citations=cited)
        return Answer(
            question, question, (Segment("没有。"),), refused=True, reason=f"没有：{question}"
        )


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[Callable[..., SimpleNamespace]]:
    """Serves the page over an ``Echo`` of the given documents; its address, echo and home."""
    from ui.desk import Desk
    from ui.feedback import Feedback
    from ui.indexes.library import Library
    from ui.indexes.opening import Opening
    from ui.page import launch, make_page

    pages = []

    def start(
        *documents: Document, opened: threading.Event | None = None, shared: bool = False
    ) -> SimpleNamespace:
        echo = Echo(*documents)
        building = threading.Event()  # builds wait for it, and say so again and again
        building.set()
        brought: dict[Path, Echo] = {}

        def open_echo() -> Echo:
            if opened:
                opened.wait(60)
            return echo

        def build(sources: Sequence[Document], index: Path, *, progress: Any) -> SimpleNamespace:
            while progress:
                progress(SimpleNamespace(stage="reading", done=1, total=2))
                if building.wait(0.1):
                    break
            kept = {one.id: one for one in (*brought.setdefault(index, Echo()).documents, *sources)}
            brought[index].documents = tuple(kept.values())
            return SimpleNamespace(documents=len(kept), passages=len(kept))

        def remove(index: Path, ids: Sequence[str]) -> SimpleNamespace:
            left = tuple(one for one in brought[index].documents if one.id not in ids)
            brought[index].documents = left
            return SimpleNamespace(documents=len(left), passages=len(left))

        library = Library(
            tmp_path / "visitors", lambda folder: brought[folder], build, remove, shared=shared
        )
        feedback = tmp_path / "feedback.jsonl"
        desk = Desk(Opening(open_echo), library, Feedback(feedback), index=str(tmp_path / "own"))
        page = make_page(desk)
        pages.append(page)
        return SimpleNamespace(
            url=launch(page, "127.0.0.1", free_port()),
            echo=echo,
            building=building,
            library=library,
            feedback=feedback,
        )

    yield start
    for page in pages:
        page.close(verbose=False)
