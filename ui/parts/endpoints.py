"""What programs may call, over HTTP and, where it is switched on, as tools over MCP.

The docstrings are what callers and language models read. Texts come in as texts: no caller names
a path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import gradio as gr
from gradio.events import api

from corpus.errors import Both, ChuchuError, WrongArgument, check_string, kind_of
from ui.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.assistant import Turn

MOST_FOUND = 50  # passages that ``search`` gives


class Endpoints:
    """The public functions over a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def answer(self, question: str, history: list[dict[str, str]] | None = None) -> dict[str, Any]:
        """Answer a Chinese question from the server's texts, each sentence with its exact source.

        Every sentence of the answer is quoted from the texts; when they do not say, "refused" is
        true and "reason" says what is missing. Nothing is made up.

        Args:
            question: The question, in Chinese, of at most 500 characters.
            history: Earlier messages, oldest first: {"role": "user" | "assistant", "content": …}.

        Returns:
            text, short (the exact answer, if there is one), items (of a list), citations (quote,
            start, end, document, section), refused, reason, suggestions, confidence.

        """
        return self.answer_from("", question, history)

    def answer_from(
        self, token: str, question: str, history: list[dict[str, str]] | None = None
    ) -> dict[str, Any]:
        """Answer a Chinese question from the texts given to "build", or refuse, as "answer" does.

        Args:
            token: What "build" returned.
            question: The question, in Chinese, of at most 500 characters.
            history: Earlier messages, oldest first: {"role": "user" | "assistant", "content": …}.

        Returns:
            The same as "answer".

        """
        turns = cast("Sequence[Turn]", history or ())  # the assistant looks whether it is so
        try:
            _check_texts(question=question, token=token or "")
            return self._desk.answer(question, turns, token)
        except ChuchuError as error:
            raise _told(error) from error

    def search(self, question: str, most: int = 5) -> list[dict[str, Any]]:
        """Find the passages of the server's texts that are nearest to a Chinese question, unread.

        Args:
            question: A question or key words, in Chinese.
            most: How many passages, at most; 1 to 50.

        Returns:
            The passages, best first: quote, start, end, document, section, score.

        """
        return self.search_in("", question, most)

    def search_in(self, token: str, question: str, most: int = 5) -> list[dict[str, Any]]:
        """Find the passages of the texts given to "build" that are nearest to a Chinese question.

        Args:
            token: What "build" returned.
            question: A question or key words, in Chinese.
            most: How many passages, at most; 1 to 50.

        Returns:
            The same as "search".

        """
        try:
            _check_texts(question=question, token=token or "")
            return self._desk.search(question, _count(most), token)
        except ChuchuError as error:
            raise _told(error) from error

    def build(self, title: str, text: str, name: str = "", token: str = "") -> dict[str, Any]:
        """Make a Chinese text ready for questions, in an index of its own or with others.

        The token returned is the only key to these texts: "answer_from" and "search_in" take it.
        Texts of the same title take each other's place; all are deleted after 7 days without use.

        Args:
            title: The text's title, by which citations name it; "" to find one in the text.
            text: The text itself, plain or Markdown, of at most two million characters.
            name: The name of the caller's index to add to; it is made if there is none.
            token: What an earlier call returned: the text is added there.

        Returns:
            token, name, and how many documents and passages the index holds now.

        """
        try:
            _check_texts(title=title, text=text, name=name, token=token or "")
            return self._desk.build(title, text, name, token)
        except ChuchuError as error:
            raise _told(error) from error


def offer(desk: Desk) -> None:
    """Offer the endpoints of the page being made."""
    endpoints = Endpoints(desk)
    api(endpoints.answer, api_name="answer", concurrency_limit=4)
    api(endpoints.search, api_name="search", concurrency_limit=4)
    api(endpoints.build, api_name="build", concurrency_limit=1)
    api(endpoints.answer_from, api_name="answer_from", concurrency_limit=4)
    api(endpoints.search_in, api_name="search_in", concurrency_limit=4)


def _check_texts(**arguments: object) -> None:
    """What comes in is whatever a program sent."""
    for name, value in arguments.items():
        check_string(name, value)


def _count(most: Any) -> int:
    try:
        return max(1, min(int(most), MOST_FOUND))
    except (TypeError, ValueError, OverflowError) as error:
        wanted = Both(f" 1 到 {MOST_FOUND} 的整数", f"an integer from 1 to {MOST_FOUND}")
        raise WrongArgument(argument="most", wanted=wanted, found=kind_of(most)) from error


def _told(error: ChuchuError) -> gr.Error:
    return gr.Error(str(error), print_exception=False)
