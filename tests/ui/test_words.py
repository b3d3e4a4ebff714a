from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import ui
from ui.words import EN, WORDS, ZH, browser_language, say, shell_language

HERE = Path(str(ui.__file__)).parent


def facts(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


def test_both_languages_say_the_same_things() -> None:
    assert ZH.keys() == EN.keys()
    for key in ZH:
        assert facts(ZH[key]) == facts(EN[key]), key
        assert all(WORDS[language][key].strip() for language in WORDS), key


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    source = "\n".join(
        path.read_text("utf-8") for path in HERE.rglob("*.py") if path.name != "words.py"
    )
    strings = {
        node.value
        for node in ast.walk(ast.parse(source.replace("from __future__ import annotations", "")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    made = re.compile(r"(kind|stage|cli|sure|vote)_\w+")  # put together from parts
    unused = {key for key in ZH if key not in strings and not made.fullmatch(key)}
    assert not unused
    asked_for = set(re.findall(r'(?:say\(\s*language,|words\()\s*"(\w+)"', source))
    assert asked_for <= ZH.keys()


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "de_DE.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "zh_CN.UTF-8", "CHUCHU_LANG": "en"}, "en"),
        ({"LC_ALL": "", "LANG": "fr_FR"}, "en"),
    ],
)
def test_the_shell_speaks_the_locales_language(environment: dict[str, str], language: str) -> None:
    assert shell_language(environment) == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh"),
        ("*", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-Hant-TW", "zh"),
        ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("de", "en"),
    ],
)
def test_the_page_speaks_the_browsers_first_language(header: str, language: str) -> None:
    assert browser_language(header) == language


def test_what_the_visitor_chose_comes_before_the_browsers_language() -> None:
    assert browser_language("en-US,en;q=0.9", "zh") == "zh"
    assert browser_language("zh-CN", "en") == "en"
    assert browser_language("zh-CN", "<script>") == "zh"  # a cookie can say anything


def test_facts_are_filled_in() -> None:
    assert say("zh", "sources", count=3) == "出处 3 处"
    assert say("en", "sources", count=3) == "Sources: 3"
