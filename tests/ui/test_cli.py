from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.errors import EmptyText, IndexNotFound
from qa.answer import Answer
from ui.cli import Doors, main

Run = Callable[..., int]


@dataclass
class Calls:
    """What the commands asked of the rest of the project."""

    opened: list[str | None] = field(default_factory=list)
    built: list[tuple[Any, ...]] = field(default_factory=list)
    evaluated: list[tuple[str, str | None]] = field(default_factory=list)
    served: list[tuple[Any, ...]] = field(default_factory=list)


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUCHU_LANG", "zh")


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def failures() -> list[tuple[str, Exception]]:
    return []


@pytest.fixture
def doors(assistant: Any, calls: Calls, failures: list[tuple[str, Exception]]) -> Doors:
    def open_assistant(index: str | None) -> Any:
        calls.opened.append(index)
        if index == "nowhere":
            raise IndexNotFound(index=index)
        if index == "interrupted":
            raise KeyboardInterrupt
        if index == "broken":
            raise RuntimeError("a\nb")
        return assistant

    def build(
        sources: list[str], *, index: str, model: str | None, sync: bool, progress: Any
    ) -> Any:
        calls.built.append((sources, index, model, sync))
        progress(SimpleNamespace(stage="reading", done=1, total=2))
        failed = [SimpleNamespace(source=source, error=error) for source, error in failures]
        return SimpleNamespace(
            added=[1, 2], updated=[3], unchanged=[], removed=[], failed=failed, passages=9
        )

    def evaluate(dataset: str, *, index: str | None, progress: Any) -> Any:
        calls.evaluated.append((dataset, index))
        progress(1, 2)
        return SimpleNamespace(to_dict=lambda: {"题": 2}, table=lambda language: f"表 {language}")

    def serve(
        index: str | None,
        host: str,
        port: int,
        announce: Callable[[str], None],
        *,
        shared: bool,
        mcp: bool,
    ) -> None:
        calls.served.append((index, host, port, shared, mcp))
        if port == 1:
            raise OSError("taken")
        announce(f"http://{host}:{port}/")
        raise KeyboardInterrupt

    return Doors(open_assistant, build, evaluate, serve)


@pytest.fixture
def run(doors: Doors) -> Run:
    return lambda *argv: main(argv, doors=doors)


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Callable[[], tuple[str, str]]:
    return lambda: tuple(capsys.readouterr())  # type: ignore[return-value]


def test_ask_shows_the_short_answer_then_the_text_then_the_sources(
    run: Run, output: Callable[[], tuple[str, str]]
) -> None:
    assert run("ask", "支付占多少？") == 0
    out, err = output()
    assert out.splitlines() == [
        "1%",
        "",
        "支付仅占1%。[1]",
        "",
        "出处：",
        "[1] 支付仅占1%。",
        "    —— 生态圈",
    ]
    assert not err


def test_ask_shows_lists_with_their_headings(
    run: Run, output: Callable[[], tuple[str, str]]
) -> None:
    assert run("ask", "有哪些问题？") == 0
    out, _ = output()
    assert out.count("支付起步晚；[1]") == 1
    assert "    —— 生态圈 › 问题" in out
    assert "[2] 牌照不齐全， 监管风险高。" in out  # a quote is one line


def test_ask_json_is_the_answer_as_a_dict(
    run: Run, fact: Answer, output: Callable[[], tuple[str, str]]
) -> None:
    assert run("ask", "支付占多少？", "--json") == 0
    out, _ = output()
    assert json.loads(out) == json.loads(json.dumps(fact.to_dict()))
    assert "支付仅占" in out  # readable, not \u escapes


def test_a_refusal_is_exit_3_with_reason_nearest_and_suggestions(
    run: Run, output: Callable[[], tuple[str, str]]
) -> None:
    assert run("ask", "CEO 是谁？") == 3
    out, err = output()
    assert "文中没有提到这件事" in out
    assert "这不是答案" in out
    assert "支付起步晚。" in out
    assert "支付占多少？" in out
    assert not err


def test_a_rewritten_question_is_told(
    run: Run, fact: Answer, assistant: Any, output: Callable[[], tuple[str, str]]
) -> None:
    assistant.answers["占多少？"] = replace(fact, asked="占多少？")
    run("ask", "占多少？")
    assert output()[0].startswith("理解为：支付占多少？\n")


@pytest.mark.parametrize("as_json", [True, False])
def test_no_command_reaches_the_terminal(
    run: Run, fact: Answer, assistant: Any, output: Callable[[], tuple[str, str]], as_json: bool
) -> None:
    evil = "甲\x1b]0;改名\x07\x9b31m\u202e乙\ud800\r丙"
    citation = replace(fact.citations[0], quote=evil, section=(evil,))
    segments = (replace(fact.segments[0], text=evil),)
    assistant.answers["甲"] = replace(
        fact, short=evil, segments=segments, citations=(citation,), suggestions=(evil,)
    )
    run("ask", "甲", *(["--json"] if as_json else []))
    out, _ = output()
    assert not set(out) & set("\x1b\x07\x9b\u202e\ud800\r")
    out.encode()
    if as_json:
        assert json.loads(out)["short"] == evil  # escaped, not lost


def test_an_error_is_one_line_on_stderr(run: Run, output: Callable[[], tuple[str, str]]) -> None:
    assert run("ask", "问", "--index", "nowhere") == 1
    out, err = output()
    assert not out
    assert err.startswith("错误：nowhere 里没有索引")
    assert err.count("\n") == 1


def test_so_is_one_nobody_expected(run: Run, output: Callable[[], tuple[str, str]]) -> None:
    assert run("ask", "问", "--index", "broken") == 1
    out, err = output()
    assert not out
    assert "RuntimeError: a b" in err
    assert err.count("\n") == 1


def test_english_where_the_locale_is(
    run: Run, monkeypatch: pytest.MonkeyPatch, output: Callable[[], tuple[str, str]]
) -> None:
    monkeypatch.setenv("CHUCHU_LANG", "en")
    assert run("ask", "问", "--index", "nowhere") == 1
    assert output()[1].startswith("error: There is no index in nowhere.")
    assert run("ask", "支付占多少？") == 0
    assert "Sources:" in output()[0]


def test_interrupted_is_130_and_quiet(run: Run, output: Callable[[], tuple[str, str]]) -> None:
    assert run("ask", "问", "--index", "interrupted") == 130
    assert output() == ("", "")


@pytest.mark.parametrize(
    ("argv", "complaint"),
    [
        (["ask"], "缺少参数 QUESTION"),
        (["ask", "问", "--nope"], "不认识的参数 --nope"),
        (["build", "a.txt"], "缺少参数 --index"),
        (["serve", "--port", "x"], "参数 --port 的值不对：'x'"),
        (["fly"], "'fly'"),
        (["ask", "问", "--index"], "缺少参数 --index。"),
        (["ask", "问", "--index", ""], "参数 --index 的值不对：''。"),
        (["serve", "--index", " "], "参数 --index 的值不对"),
        (["serve", "--port", "99999"], "参数 --port 的值不对：'99999'。"),
        (["serve", "--port", "-1"], "参数 --port 的值不对：'-1'。"),
        (["serve", "--host", ""], "参数 --host 的值不对：''。用 chuchu serve --help"),
        (["build", "", "--index", "x"], "参数 PATH 的值不对：''。"),
        (["build", "a.txt", "", "--index", "x"], "参数 PATH 的值不对：''。"),
        (["build", "a.txt", "--index", ""], "参数 --index 的值不对：''。"),
        (["build", "a.txt", "--index", "x", "--model", ""], "参数 --model 的值不对：''。"),
        (["eval", ""], "参数 DATASET 的值不对：''。"),
    ],
)
def test_wrong_usage_is_exit_2_and_says_what(
    run: Run, output: Callable[[], tuple[str, str]], argv: list[str], complaint: str
) -> None:
    assert run(*argv) == 2
    out, err = output()
    assert not out
    assert complaint in err
    assert "--help" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("question", ["", "  ", "😀😀", "？！", "京" * 501])
def test_what_is_no_question_is_wrong_usage(
    run: Run,
    calls: Calls,
    monkeypatch: pytest.MonkeyPatch,
    output: Callable[[], tuple[str, str]],
    question: str,
    language: str,
) -> None:
    monkeypatch.setenv("CHUCHU_LANG", language)
    for more in ([], ["--json"]):
        assert run("ask", question, *more) == 2
        out, err = output()
        assert not out
        assert err.count("\n") == 1
        assert err.startswith("错误：" if language == "zh" else "error: ")
        assert "文中没有答案" not in err
        assert language == "zh" or err.isascii()
    assert not calls.opened


def test_a_pipe_in_place_of_a_file(
    doors: Doors, tmp_path: Path, output: Callable[[], tuple[str, str]]
) -> None:
    from index import build

    os.mkfifo(tmp_path / "a.txt")
    real = replace(doors, build=build)
    assert main(["build", str(tmp_path / "a.txt"), "--index", str(tmp_path / "x")], doors=real) == 1
    assert "不是普通文件" in output()[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_folder_without_texts(
    doors: Doors,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    output: Callable[[], tuple[str, str]],
    language: str,
) -> None:
    from index import build

    monkeypatch.setenv("CHUCHU_LANG", language)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    assert main(["build", "empty", "--index", "x"], doors=replace(doors, build=build)) == 1
    err = output()[1]
    assert ".md" in err
    assert err.count("\n") == 1
    assert language == "zh" or err.isascii()


def test_feedback_on_no_index_is_an_error(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: Callable[[], tuple[str, str]]
) -> None:
    monkeypatch.setenv("CHUCHU_HOME", str(tmp_path))
    assert run("feedback", "--index", str(tmp_path / "missing")) == 1
    assert "missing 里没有索引" in output()[1]


def test_a_host_that_is_none_is_said_so(
    run: Run, calls: Calls, monkeypatch: pytest.MonkeyPatch, output: Callable[[], tuple[str, str]]
) -> None:
    def unknown(*args: Any, **options: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert run("serve", "--host", "no.such.host") == 1
    assert "no.such.host 无法解析" in output()[1]
    assert not calls.served


def test_no_arguments_is_help_and_exit_2(run: Run, output: Callable[[], tuple[str, str]]) -> None:
    assert run() == 2
    assert "chuchu serve" in output()[0]


@pytest.mark.parametrize("command", ["serve", "ask", "build", "eval", "feedback"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_shows_examples(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    output: Callable[[], tuple[str, str]],
    command: str,
    language: str,
) -> None:
    monkeypatch.setenv("CHUCHU_LANG", language)
    assert run(command, "--help") == 0
    out, _ = output()
    assert out.count(f"chuchu {command}") > 1
    assert run("--help") == 0
    assert command in output()[0]


def test_version(run: Run, output: Callable[[], tuple[str, str]]) -> None:
    assert run("--version") == 0
    assert output()[0].startswith("chuchu ")


def test_build_passes_everything_on_and_counts(
    run: Run, calls: Calls, output: Callable[[], tuple[str, str]]
) -> None:
    assert run("build", "a.txt", "笔记", "--index", "x", "--model", "m", "--sync") == 0
    assert calls.built == [(["a.txt", "笔记"], "x", "m", True)]
    out, err = output()
    assert "新增 2，更新 1，未变 0，移除 0；共读 9 段" in out
    assert not err  # no progress bar where nobody looks


def test_build_says_what_failed_and_why(
    run: Run, failures: list[tuple[str, Exception]], output: Callable[[], tuple[str, str]]
) -> None:
    failures += [("空.txt", EmptyText(source="空.txt")), ("b", OSError("disk"))]
    assert run("build", "空.txt", "b", "--index", "x") == 1
    out, err = output()
    assert "没有读成：空.txt 里没有可读的文字" in err
    assert "没有读成：disk" in err
    assert "新增 2" in out


def test_eval_prints_a_table_or_json(
    run: Run, calls: Calls, output: Callable[[], tuple[str, str]]
) -> None:
    assert run("eval", "q.jsonl") == 0
    assert output()[0] == "表 zh\n"
    assert run("eval", "q.jsonl", "--json", "--index", "x") == 0
    assert json.loads(output()[0]) == {"题": 2}
    assert calls.evaluated == [("q.jsonl", None), ("q.jsonl", "x")]


def test_serve_says_where_and_ends_quietly(
    run: Run, calls: Calls, output: Callable[[], tuple[str, str]]
) -> None:
    assert run("serve") == 130
    out, err = output()
    assert "http://127.0.0.1:7860/" in out
    assert not err
    more = ("--host", "::1", "--port", "8080", "--shared", "--mcp")
    assert run("serve", "--index", "x", *more) == 130
    assert "gradio_api/mcp/" in output()[0]
    assert calls.served == [
        (None, "127.0.0.1", 7860, False, False),
        ("x", "::1", 8080, True, True),
    ]


def test_serve_where_it_cannot_listen(run: Run, output: Callable[[], tuple[str, str]]) -> None:
    assert run("serve", "--port", "1") == 1
    assert "127.0.0.1:1" in output()[1]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_person_sees_a_progress_bar(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert run("eval", "q.jsonl") == 0
    assert "答题" in terminal.getvalue()


def test_a_pipe_gets_a_line_now_and_then(
    doors: Doors, output: Callable[[], tuple[str, str]]
) -> None:
    def evaluate(dataset: str, *, index: str | None, progress: Any) -> Any:
        for done in range(1, 201):
            progress(done, 200)
        return SimpleNamespace(table=lambda language: "表")

    assert main(["eval", "q.jsonl"], doors=replace(doors, evaluate=evaluate)) == 0
    out, err = output()
    assert out == "表\n"
    assert err.splitlines() == [f"答题 {done}/200" for done in range(20, 201, 20)]


# ---- as a program


@pytest.fixture
def program(tmp_path: Any) -> Iterator[Callable[..., subprocess.CompletedProcess[bytes]]]:
    """Runs Python with this checkout, and nothing else of this process."""

    def start(code: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "CHUCHU_LANG": "zh", "PYTHONPATH": os.pathsep.join(sys.path)}
        return subprocess.run(
            [sys.executable, "-c", code], env=environment, timeout=200, check=False, **options
        )

    return start


def test_asking_imports_neither_gradio_nor_the_encoder(program: Callable[..., Any]) -> None:
    """Someone who asks once from the shell feels every second of an import."""
    done = program(
        "import sys\n"
        "from ui.cli import main\n"
        "code = main(['ask', '京东支付的市场份额是多少？', '--json'])\n"
        "heavy = {'gradio', 'sentence_transformers', 'transformers'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "sys.exit(code)",
        capture_output=True,
    )
    assert done.returncode in {0, 3}, done.stderr.decode()
    assert json.loads(done.stdout)["asked"] == "京东支付的市场份额是多少？"


def test_an_interrupted_import_is_quiet(program: Callable[..., Any]) -> None:
    """Ctrl-C comes most often while the first seconds pass in importing."""
    done = program(
        "import sys\n"
        "from ui.cli import main\n"
        "assert not {'corpus', 'index', 'qa', 'numpy'} & set(sys.modules)\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'corpus':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "sys.exit(main(['ask', '问']))",
        capture_output=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_a_reader_that_goes_away_is_no_error(program: Callable[..., Any]) -> None:
    receiver, sender = os.pipe()
    os.close(receiver)
    done = program(
        "import sys\n"
        "from types import SimpleNamespace\n"
        "from ui.cli import Doors, main\n"
        "report = SimpleNamespace(table=lambda language: 'x' * 100_000)\n"
        "doors = Doors(None, None, lambda *args, **options: report, None)\n"
        "sys.exit(main(['eval', 'x'], doors=doors))",
        stdout=sender,
        stderr=subprocess.PIPE,
    )
    os.close(sender)
    assert done.stderr == b""
    assert done.returncode == 141
