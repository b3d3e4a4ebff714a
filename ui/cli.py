"""The command line: ``chuchu serve | ask | build | eval | feedback``.

Exit codes: 0 answered (or done), 3 refused, 2 wrong usage, 1 error, 130 interrupted. An error is
one line on stderr. What a command needs is imported when it runs, so that ``ask`` never waits for
Gradio and ``--help`` for nothing at all, and so that whoever interrupts that sees no traceback.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from ui.words import Language, say, shell_language

if TYPE_CHECKING:
    from ui.indexes.opening import Assistant

ANSWERED, ERROR, WRONG_USAGE, REFUSED, INTERRUPTED = 0, 1, 2, 3, 130
CLOSED = 141  # as shells report a program whose reader went away


@dataclass(frozen=True, slots=True)
class Doors:
    """The rest of the project, as the commands reach it."""

    open_assistant: Callable[[str | None], Assistant]
    build: Callable[..., Any]
    evaluate: Callable[..., Any]
    serve: Callable[..., None]


def _open_assistant(index: str | None) -> Assistant:
    from qa import Assistant  # noqa: PLC0415

    return Assistant.open(index)


def _build(*args: Any, **options: Any) -> Any:
    from index import build  # noqa: PLC0415

    return build(*args, **options)


def _evaluate(*args: Any, **options: Any) -> Any:
    from qa.evaluate import evaluate  # noqa: PLC0415

    return evaluate(*args, **options)


def _serve(*args: Any, **options: Any) -> None:
    from ui.page import serve  # noqa: PLC0415

    serve(*args, **options)


DOORS = Doors(_open_assistant, _build, _evaluate, _serve)


def main(argv: Sequence[str] | None = None, *, doors: Doors = DOORS) -> int:
    """Run one command; its exit code."""
    try:
        return _run(argv, doors)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(argv: Sequence[str] | None, doors: Doors) -> int:
    language = shell_language()
    for stream in (sys.stdout, sys.stderr):
        _make_writable(stream)
    parser = _parser(language)
    try:
        arguments = parser.parse_args(argv)
        if arguments.run is None:
            parser.print_help()
            return WRONG_USAGE
        code: int = arguments.run(arguments, doors, language)
        sys.stdout.flush()
    except SystemExit as end:  # argparse, after --help or wrong usage
        return int(end.code or 0)
    except BrokenPipeError:
        # Whoever read our output has gone. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED
    except Exception as error:
        return _fail(_what_happened(error, language), language)
    return code


def _make_writable(stream: Any) -> None:
    """Let a stream take any character: Chinese through a pipe on Windows, odd ones everywhere."""
    if hasattr(stream, "reconfigure"):
        narrow = not stream.isatty() and (stream.encoding or "").lower() not in {"utf-8", "utf8"}
        stream.reconfigure(errors="replace", **({"encoding": "utf-8"} if narrow else {}))


def _what_happened(error: Exception, language: Language) -> str:
    from corpus.errors import ChuchuError  # noqa: PLC0415

    if isinstance(error, ChuchuError):
        return error.say(language)
    if isinstance(error, OSError):
        parts = (error.strerror or str(error), str(error.filename or ""))
        return ": ".join(part for part in parts if part)
    return say(language, "cli_unexpected", detail=f"{type(error).__name__}: {error}")


def _fail(message: str, language: Language, code: int = ERROR) -> int:
    from ui.rendering.terminal import plain  # noqa: PLC0415

    line = " ".join(plain(message).split())
    print(say(language, "cli_error", message=line), file=sys.stderr)
    return code


# ---- the commands ---------------------------------------------------------------------------


def _ask(arguments: argparse.Namespace, doors: Doors, language: Language) -> int:
    from qa.typed import unusable  # noqa: PLC0415
    from ui.rendering.terminal import answer_text, to_json  # noqa: PLC0415

    reason = unusable(arguments.question)
    if reason is not None:  # no question, so nothing to look for in any text
        return _fail(reason.say(language), language, WRONG_USAGE)
    reply = doors.open_assistant(arguments.index).answer(arguments.question)
    print(to_json(reply.to_dict()) if arguments.json else answer_text(reply, language))
    return REFUSED if reply.refused else ANSWERED


def _build_index(arguments: argparse.Namespace, doors: Doors, language: Language) -> int:
    from corpus.errors import ChuchuError  # noqa: PLC0415
    from ui.rendering.terminal import plain  # noqa: PLC0415

    with _bar(say(language, "cli_building")) as show:
        report = doors.build(
            arguments.paths,
            index=arguments.index,
            model=arguments.model,
            sync=arguments.sync,
            progress=lambda stage: show(stage.done, stage.total),
        )
    for failure in report.failed:
        error = failure.error
        reason = error.say(language) if isinstance(error, ChuchuError) else str(error)
        print(say(language, "cli_failed", message=plain(reason)), file=sys.stderr)
    counts = {
        name: len(getattr(report, name)) for name in ("added", "updated", "unchanged", "removed")
    }
    print(
        plain(say(language, "cli_built", index=arguments.index, passages=report.passages, **counts))
    )
    return ERROR if report.failed else ANSWERED


def _eval(arguments: argparse.Namespace, doors: Doors, language: Language) -> int:
    from ui.rendering.terminal import plain, to_json  # noqa: PLC0415

    with _bar(say(language, "cli_evaluating"), lines=True) as show:
        report = doors.evaluate(arguments.dataset, index=arguments.index, progress=show)
    print(to_json(report.to_dict()) if arguments.json else plain(report.table(language)))
    return ANSWERED


def _serve_page(arguments: argparse.Namespace, doors: Doors, language: Language) -> int:
    def announce(url: str) -> None:
        print(say(language, "cli_address", url=url), flush=True)
        if arguments.mcp:
            print(say(language, "cli_mcp_address", url=f"{url}gradio_api/mcp/"), flush=True)

    from corpus.errors import HostUnknown  # noqa: PLC0415

    try:
        socket.getaddrinfo(
            arguments.host, arguments.port
        )  # Gradio would say that the port is taken
    except (OSError, UnicodeError) as error:
        raise HostUnknown(host=arguments.host) from error
    try:
        doors.serve(
            arguments.index,
            arguments.host,
            arguments.port,
            announce,
            shared=arguments.shared,
            mcp=arguments.mcp,
        )
    except OSError:
        taken = say(language, "cli_port_taken", host=arguments.host, port=arguments.port)
        return _fail(taken, language)
    return ANSWERED


def _feedback(arguments: argparse.Namespace, _doors: Doors, language: Language) -> int:
    from index.manifest import current_generation  # noqa: PLC0415
    from index.storage import user_folder  # noqa: PLC0415
    from ui import feedback  # noqa: PLC0415
    from ui.rendering.terminal import plain  # noqa: PLC0415

    asked = str(Path(arguments.index).resolve()) if arguments.index else feedback.BUILT_IN
    opinions = [one for one in feedback.read(user_folder() / feedback.FILE) if one.index == asked]
    if not opinions:
        if arguments.index:
            current_generation(arguments.index)  # say so when there is no such index
        print(say(language, "cli_feedback_none"))
        return ANSWERED
    bad = [one for one in opinions if one.verdict == "bad"]
    kept = sum(one.words is not None for one in opinions)
    good = len(opinions) - len(bad)
    print(say(language, "cli_feedback_counts", good=good, bad=len(bad), words=kept))
    if arguments.questions:
        try:
            _write_questions(list(feedback.questions(opinions)), arguments.questions, language)
        except FileExistsError:
            there = say(language, "cli_feedback_there", path=arguments.questions)
            return _fail(there, language)
    if bad:
        print("\n" + say(language, "cli_feedback_finish"))
    nothing = say(language, "cli_feedback_no_words")
    for one in bad:
        question, said = (one.words.question, one.words.text) if one.words else (nothing, nothing)
        line = say(language, "cli_feedback_bad", time=one.time, question=question, answer=said)
        print("\n" + plain(line))
        if one.comment:
            print(plain(say(language, "cli_feedback_said", comment=one.comment)))
    return ANSWERED


def _write_questions(rows: list[dict[str, Any]], path: str, language: Language) -> None:
    """Write a question set, a question a line, to a new file.

    Raises:
        OSError: it cannot be written, or is there already.

    """
    from ui.rendering.terminal import plain, to_json  # noqa: PLC0415

    if not rows:
        print(say(language, "cli_feedback_nothing"))
        return
    with Path(path).open("x", encoding="utf-8") as file:
        file.writelines(to_json(row, indent=None) + "\n" for row in rows)
    print(plain(say(language, "cli_feedback_written", count=len(rows), path=path)))


@contextlib.contextmanager
def _bar(label: str, *, lines: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Show progress on stderr: a bar to people, and to a file or a pipe nothing of it.

    ``lines``: to those a line for every tenth, for what takes minutes.
    """
    from tqdm import tqdm  # type: ignore[import-untyped]  # noqa: PLC0415

    watched = sys.stderr.isatty()
    with tqdm(desc=label, file=sys.stderr, disable=not watched, leave=False) as bar:
        before = 0

        def show(done: int, total: int) -> None:
            nonlocal before
            if lines and not watched and total and done * 10 // total != before * 10 // total:
                print(f"{label} {done}/{total}", file=sys.stderr, flush=True)
            before = done
            if bar.total != total or done < bar.n:  # another stage has begun
                bar.reset(total)
            bar.update(done - bar.n)

        yield show


# ---- the arguments --------------------------------------------------------------------------

# argparse says these in English, whatever the locale.
_COMPLAINTS = (
    (re.compile(r"the following arguments are required: (?P<name>.+)"), "cli_missing"),
    (re.compile(r"unrecognized arguments: (?P<name>.+)"), "cli_unknown"),
    (re.compile(r"argument (?P<name>.+): expected .+"), "cli_missing"),
    (re.compile(r"argument (?P<name>.+): invalid .*?: (?P<value>'.*?'|\S+)"), "cli_wrong_value"),
)


def _named(text: str) -> str:
    """A path or host; an empty one would be the current folder, or every address there is."""
    if not text.strip():
        raise ValueError(text)
    return text


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 2**16:
        raise ValueError(text)
    return number


class _Parser(argparse.ArgumentParser):
    """argparse in our words."""

    def __init__(self, *, language: Language, examples: str, **options: Any) -> None:
        super().__init__(
            formatter_class=argparse.RawDescriptionHelpFormatter,
            epilog=say(language, examples),
            add_help=False,
            allow_abbrev=False,
            **options,
        )
        self._language = language
        self._positionals.title = say(language, "cli_arguments")
        self._optionals.title = say(language, "cli_options")
        self.add_argument("-h", "--help", action="help", help=say(language, "cli_help"))

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", say(self._language, "cli_usage"), 1)

    def error(self, message: str) -> NoReturn:
        from ui.rendering.terminal import plain  # noqa: PLC0415

        complaint = say(self._language, "cli_wrong_usage", detail=message)
        for pattern, key in _COMPLAINTS:
            found = pattern.match(message)
            if found:
                complaint = say(self._language, key, **found.groupdict())
                break
        complaint += "。" if self._language == "zh" else ". "
        see = say(self._language, "cli_see_help", command=self.prog)
        line = say(self._language, "cli_error", message=complaint + see)
        self.exit(WRONG_USAGE, plain(line) + "\n")


def _parser(language: Language) -> _Parser:
    parser = _Parser(
        language=language,
        examples="cli_examples",
        prog="chuchu",
        description=say(language, "cli_about"),
    )
    parser.set_defaults(run=None)
    parser.add_argument(
        "--version",
        action="version",
        version=f"chuchu {_version()}",
        help=say(language, "cli_version"),
    )
    commands = parser.add_subparsers(
        title=say(language, "cli_commands"), metavar="COMMAND", parser_class=_Parser
    )

    def command(name: str, run: Callable[..., int]) -> _Parser:
        added: _Parser = commands.add_parser(
            name,
            help=say(language, f"cli_{name}"),
            description=say(language, f"cli_{name}"),
            language=language,
            examples=f"cli_{name}_examples",
        )
        added.set_defaults(run=run)
        return added

    def index(to: _Parser) -> None:
        to.add_argument("--index", metavar="DIR", type=_named, help=say(language, "cli_index"))

    def json(to: _Parser) -> None:
        to.add_argument("--json", action="store_true", help=say(language, "cli_json"))

    serve = command("serve", _serve_page)
    index(serve)
    serve.add_argument("--host", default="127.0.0.1", type=_named, help=say(language, "cli_host"))
    serve.add_argument("--port", type=_port, default=7860, help=say(language, "cli_port"))

    serve.add_argument("--shared", action="store_true", help=say(language, "cli_shared"))
    serve.add_argument("--mcp", action="store_true", help=say(language, "cli_mcp"))

    ask = command("ask", _ask)
    ask.add_argument("question", metavar="QUESTION", help=say(language, "cli_question"))
    json(ask)
    index(ask)

    build = command("build", _build_index)
    build.add_argument(
        "paths", metavar="PATH", nargs="+", type=_named, help=say(language, "cli_paths")
    )
    build.add_argument(
        "--index", metavar="DIR", required=True, type=_named, help=say(language, "cli_index_build")
    )
    build.add_argument("--model", metavar="MODEL", type=_named, help=say(language, "cli_model"))
    build.add_argument("--sync", action="store_true", help=say(language, "cli_sync"))

    evaluate = command("eval", _eval)
    evaluate.add_argument(
        "dataset", metavar="DATASET", type=_named, help=say(language, "cli_dataset")
    )
    json(evaluate)
    index(evaluate)

    feedback = command("feedback", _feedback)
    feedback.add_argument(
        "questions",
        metavar="QUESTIONS",
        nargs="?",
        type=_named,
        help=say(language, "cli_questions"),
    )
    index(feedback)
    return parser


def _version() -> str:
    try:
        return metadata.version("chuchu")
    except metadata.PackageNotFoundError:  # run from a checkout that is not installed
        return "0"


if __name__ == "__main__":
    sys.exit(main())
