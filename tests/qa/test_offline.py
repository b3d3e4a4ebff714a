"""Nothing needs a network: in processes where any attempt to reach one fails and is recorded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Runs before anything else in a process whose path it is on. An audit hook sees what Python code
# does with sockets however it got hold of them, and cannot be removed.
GUARD = """
import os, sys

REACHING_OUT = {
    "socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind",
    "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request",
}

def refuse(event, arguments):
    if event in REACHING_OUT:
        with open(os.environ["ATTEMPTS"], "a", encoding="utf-8") as file:
            print(event, arguments, file=file)
        raise PermissionError(f"{event} in a test without a network")

sys.addaudithook(refuse)
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def attempts(tmp_path: Path) -> Path:
    """Where attempts to reach a network are recorded, one a line."""
    return tmp_path / "attempts"


@pytest.fixture
def run(tmp_path: Path, attempts: Path) -> Run:
    """Runs Python with arguments in a process that has no network."""
    guard = tmp_path / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD, "utf-8")
    closed = "http://127.0.0.1:9"  # for libraries that reach out in another language than Python
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(guard), str(ROOT)]),
        "PYTHONIOENCODING": "utf-8",
        "ATTEMPTS": str(attempts),
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"), closed),
        **dict.fromkeys(("https_proxy", "all_proxy"), closed),
        "NO_PROXY": "",
        "no_proxy": "",
    }

    def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run_python


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.socket().connect(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
    ],
)
def test_the_guard_stops_and_records(attempt: str, run: Run, attempts: Path) -> None:
    assert "PermissionError" in run("-c", attempt).stderr
    assert attempts.exists()


def test_the_api_on_the_article(run: Run, attempts: Path) -> None:
    done = run("-c", "from qa import answer; print(answer('京东支付的市场份额是多少？').short)")
    assert done.stdout.strip() == "1%", done.stderr
    assert not attempts.exists()


def test_the_command_line_on_the_article(run: Run, attempts: Path) -> None:
    done = run("-m", "ui.cli", "ask", "--json", "京东支付的市场份额是多少？")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["short"] == "1%"
    assert not attempts.exists()


def test_building_an_index_and_asking_it(run: Run, attempts: Path, tmp_path: Path) -> None:
    (tmp_path / "灯塔.txt").write_text("望海灯塔建于1907年。灯塔高32米。", "utf-8")
    built = run("-m", "ui.cli", "build", "灯塔.txt", "--index", "index")
    assert built.returncode == 0, built.stderr
    asked = run("-m", "ui.cli", "ask", "--index", "index", "--json", "灯塔高多少米？")
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["short"] == "32米"
    assert not attempts.exists()


def test_a_model_that_is_not_here_is_said_so_and_not_fetched(
    run: Run, attempts: Path, tmp_path: Path
) -> None:
    (tmp_path / "灯塔.txt").write_text("望海灯塔建于1907年。", "utf-8")
    built = run("-m", "ui.cli", "build", "灯塔.txt", "--index", "index", "--model", "no/such-model")
    assert built.returncode == 1
    assert "no/such-model" in built.stderr
    assert not attempts.exists()
