"""The words of Gradio's components, in a language the visitor chose.

Gradio translates in the browser, once, and by the browser's own language alone. A visitor who asks
for the other language is sent every component's words again. Which component has which words is
read from the page, so that a new component needs nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.blocks import Block
from gradio.i18n import I18nData

from ui.words import Language, say

COOKIE = "chuchu_language"
"""Where the browser remembers the choice, so that every request brings it along."""

_WORDED = ("label", "value", "placeholder", "submit_btn")  # the attributes that hold words
_MARK = "__i18n__"  # how Gradio writes a translated word where it wants a string


@dataclass(frozen=True, slots=True)
class Worded:
    """A component and the keys of its words, by attribute."""

    component: Block
    keys: Mapping[str, str]

    def spoken(self, words: Mapping[str, str]) -> dict[str, Any]:
        """Give the update that puts ``words`` on it."""
        worded: dict[str, Any] = {name: words[key] for name, key in self.keys.items()}
        return gr.update(**worded)


def worded(page: gr.Blocks) -> list[Worded]:
    """Find every component that was laid out with words to be translated."""
    found = []
    for component in page.blocks.values():
        keys = {name: _key(getattr(component, name, None)) for name in _WORDED}
        if any(keys.values()):
            found.append(Worded(component, {name: key for name, key in keys.items() if key}))
    return found


def _key(word: object) -> str:
    if isinstance(word, I18nData):
        return word.key
    if isinstance(word, str) and word.startswith(_MARK):
        return str(json.loads(word.removeprefix(_MARK))["key"])
    return ""


def inform(language: Language, key: str) -> None:
    """Say a word in passing, under a title in the visitor's language."""
    gr.Info(say(language, key), duration=3, title=say(language, "toast_note"))


def warn(language: Language, problem: str) -> None:
    """Say what did not work, under a title in the visitor's language."""
    gr.Warning(problem, title=say(language, "toast_problem"))
