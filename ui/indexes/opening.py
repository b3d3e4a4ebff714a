"""An assistant that opens in the background, so that the page need not wait for its models."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from corpus.errors import ChuchuError

if TYPE_CHECKING:
    from corpus import Document
    from qa.answer import Answer, Citation, Source
    from qa.assistant import Turn


class Assistant(Protocol):
    """What the page and the shell need of ``qa.Assistant``."""

    @property
    def sources(self) -> Sequence[Source]:
        """The documents there are to ask about."""

    @property
    def generation(self) -> str:
        """The name of what is being read; another one after a rebuild."""

    def document(self, id: str) -> Document:  # noqa: A002  (the contract's name)
        """One of them, with its whole text."""

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer a question, or say what is missing."""

    def search(self, question: str, most: int = 5) -> Sequence[Citation]:
        """The passages nearest to a question."""


class Opening:
    """Opens an assistant in a thread of its own; ``get`` waits for it.

    When opening failed, ``get`` raises what went wrong and the next ``get`` tries again: a missing
    model or index may have arrived meanwhile.
    """

    def __init__(self, open_assistant: Callable[[], Assistant]) -> None:
        self._open = open_assistant
        self._lock = threading.Lock()
        self._attempt = _Attempt(open_assistant)

    @property
    def is_ready(self) -> bool:
        """Whether ``get`` would return at once."""
        return self._attempt.assistant is not None

    def get(self) -> Assistant:
        """Wait for the assistant.

        Raises:
            ChuchuError: it could not be opened.

        """
        attempt = self._attempt
        attempt.done.wait()
        if attempt.assistant is not None:
            return attempt.assistant
        with self._lock:
            if self._attempt is attempt:
                self._attempt = _Attempt(self._open)
        raise attempt.error or ChuchuError()


class _Attempt:
    """One try at opening. A daemon thread: quitting must not wait for a model."""

    def __init__(self, open_assistant: Callable[[], Assistant]) -> None:
        self.assistant: Assistant | None = None
        self.error: Exception | None = None
        self.done = threading.Event()
        threading.Thread(target=self._run, args=(open_assistant,), daemon=True).start()

    def _run(self, open_assistant: Callable[[], Assistant]) -> None:
        try:
            self.assistant = open_assistant()
        except Exception as error:  # raised again by get, in the thread of whoever asks
            self.error = error
        finally:
            self.done.set()
