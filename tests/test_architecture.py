"""How the project hangs together: who imports whom, what is public, what stays out."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("corpus", "index", "qa", "ui")  # each imports from those before it and from itself
SOURCES = sorted(
    path
    for layer in LAYERS
    for path in (ROOT / layer).rglob("*")
    if path.suffix in {".py", ".css", ".js"}
)
MODULES = [path for path in SOURCES if path.suffix == ".py"]
# Folders within a layer: each imports from those before it, from itself and from what lies beside.
ROOMS = {
    "qa": (
        *("reader", "enumerations", "question", "search", "short", "figures"),
        *("doubt", "lists", "summary", "yesno", "followups"),
    ),
    "ui": ("assets", "indexes", "rendering", "parts"),
}
IN_ROOMS = [path for layer in ROOMS for path in sorted((ROOT / layer).glob("*/*.py"))]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in it, for type checking only or not."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno} imports relatively"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_there_is_something_to_look_at() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(LAYERS)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0]
    above = {*LAYERS[LAYERS.index(layer) + 1 :], "tests"}
    assert not above & {name.split(".")[0] for name in imported(path)}


@pytest.mark.parametrize("layer", ROOMS)
def test_there_is_a_place_for_every_folder(layer: str) -> None:
    assert {path.parent.name for path in (ROOT / layer).glob("*/*.py")} == set(ROOMS[layer])


@pytest.mark.parametrize("path", IN_ROOMS, ids=name_of)
def test_folders_import_one_way(path: Path) -> None:
    layer, room = path.relative_to(ROOT).parts[:2]
    order = ROOMS[layer]
    above = {f"{layer}.{name}" for name in order[order.index(room) + 1 :]}
    assert not [name for name in imported(path) if ".".join(name.split(".")[:2]) in above]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_underscored_is_taken_from_another_module(path: Path) -> None:
    ours = [name for name in imported(path) if name.split(".")[0] in LAYERS]
    private = [name for name in ours if re.search(r"\._(?!_)", name)]
    assert not private


def public_names(module: ModuleType) -> set[str]:
    return {
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }


@pytest.mark.parametrize("layer", ["corpus", "index", "qa"])
def test_what_is_public_is_said(layer: str) -> None:
    module = importlib.import_module(layer)
    assert len(set(module.__all__)) == len(module.__all__)
    assert public_names(module) == set(module.__all__)


def test_the_contracts_names_are_there() -> None:
    import index
    import qa

    assert {"answer", "Answer", "Assistant", "Citation"} <= set(qa.__all__)
    assert {"build", "remove"} <= set(index.__all__)
    # The function shares its name with a module of the package, which must not hide it.
    importlib.import_module("qa.answer")
    assert callable(qa.answer)


def python(program: str) -> str:
    """What a fresh interpreter prints."""
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


SLOW = ("gradio", "torch", "transformers", "sentence_transformers")
LOADED = f"import sys; print([name for name in {SLOW} if name in sys.modules])"


@pytest.mark.parametrize("module", ["corpus", "index", "qa", "qa.evaluate", "ui", "ui.cli"])
def test_importing_waits_for_nothing_slow(module: str) -> None:
    assert python(f"import {module}; {LOADED}").strip() == "[]"


def test_answering_on_the_command_line_waits_for_no_page() -> None:
    program = f"from ui.cli import main; main(['ask', '京东支付的市场份额是多少？']); {LOADED}"
    assert "gradio" not in python(program).splitlines()[-1]


def test_help_needs_none_of_the_rest() -> None:
    program = (
        "import sys; from ui.cli import main; main(['--help'])\n"
        "print([name for name in ('qa', 'index', 'numpy', 'jieba') if name in sys.modules])"
    )
    assert python(program).splitlines()[-1] == "[]"


# Folders of one machine, of a user, or beside the project.
ELSEWHERE = re.compile(
    r"""(?<![\w.:/])(?:\.\./|/(?:home|root|work|shared|tmp|mnt|Users)/)|[A-Z]:\\\\"""
)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_path_leads_outside_the_project(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert not [line for line in lines if ELSEWHERE.search(line)]


@pytest.mark.parametrize("line", ['open("../shared/a")', "'/root/x'", "/home/a", 'r"C:\\\\a"'])
def test_a_path_outside_would_be_noticed(line: str) -> None:
    assert ELSEWHERE.search(line)


def test_every_folder_with_a_module_is_installed() -> None:
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folders = {path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in MODULES}
    assert folders <= set(packages["packages"])
