"""What happens on the page, without the page: conversations, texts to read, texts brought along.

The server's own index is open to every visitor. A visitor who brings texts of their own gets an
index of their own (``ui.visitors``), named by a token that stays in their session. Nothing here
knows Gradio.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from corpus import Document, read_file
from corpus.errors import ChuchuError, DocumentNotFound
from ui import render
from ui.examples import BUILT_IN
from ui.keeping import new_talk
from ui.opening import Assistant, Opening
from ui.visitors import Visitors
from ui.words import Language, say

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.assistant import Turn as Message

log = logging.getLogger(__name__)

ABILITIES = "你能做什么？"
"""Asked of an index nobody wrote examples for: the answer's suggestions serve instead."""


class Stage(Protocol):
    """How far a build has come."""

    @property
    def stage(self) -> str:
        """What it is doing: "reading", "encoding" or "writing"."""

    @property
    def done(self) -> int:
        """Units of work that are finished."""

    @property
    def total(self) -> int:
        """Units of work in all."""


class Report(Protocol):
    """What a build did."""

    @property
    def passages(self) -> int:
        """Passages in the index."""


class Build(Protocol):
    """What the page needs of ``index.build``."""

    def __call__(
        self,
        sources: Sequence[Document],
        index: Path,
        *,
        progress: Callable[[Stage], None] | None = None,
    ) -> Report:
        """Build an index in a folder."""


@dataclass(slots=True)
class Turn:
    """One question and what came of it."""

    talk: str  # the id of its conversation
    asked: str
    shown: str  # the answer as HTML
    reply: Answer | None = None  # None while it is waited for, and when there was none

    @property
    def said(self) -> str:
        """The answer as text, for the next question to refer to; "" if there was none."""
        return (self.reply.text or self.reply.reason) if self.reply else ""


@dataclass(slots=True)
class Talk:
    """A visitor's conversation, kept in their session.

    It changes in place, so that two events under way at once (a question that waits for the model
    and the greeting that does, too) both show all of it.
    """

    greeting: str = ""  # HTML
    turns: list[Turn] = field(default_factory=list)
    id: str = ""  # what the visitor's browser keeps it under; from its first turn

    def begin(self, asked: str, shown: str) -> Turn:
        """Add a turn whose answer is still to come."""
        self.id = self.id or new_talk()
        turn = Turn(self.id, asked, shown)
        self.turns.append(turn)
        return turn

    def restart(self) -> None:
        """Begin another conversation."""
        self.turns = []
        self.id = ""

    @property
    def messages(self) -> list[dict[str, str]]:
        """Everything, for the chat, as HTML."""
        shown = [{"role": "assistant", "content": self.greeting}] if self.greeting else []
        for turn in self.turns:
            shown.append({"role": "user", "content": render.question(turn.asked)})
            shown.append({"role": "assistant", "content": turn.shown})
        return shown

    @property
    def history(self) -> list[Message]:
        """The turns that were answered or refused, for the assistant."""
        return [
            message
            for turn in self.turns
            if turn.said
            for message in (
                _message("user", turn.asked),
                _message("assistant", turn.said),
            )
        ]


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


class Desk:
    """One for all visitors; what is theirs comes in as ``talk`` and ``token``.

    ``token`` names the visitor's own index; None is the server's.
    """

    def __init__(
        self, own: Opening, visitors: Visitors, build: Build, *, is_built_in: bool
    ) -> None:
        self._own = own
        self._visitors = visitors
        self._build = build
        self._is_built_in = is_built_in  # the server's index is the article we wrote examples for

    def assistant(self, token: str | None) -> Assistant:
        """Wait for the visitor's own assistant, or for the server's.

        Raises:
            ChuchuError: it cannot be opened.

        """
        return self._own.get() if token is None else self._visitors.assistant(token)

    def first_greeting(self, language: Language) -> str:
        """Say what can be said before anything is open, as HTML."""
        if self._is_built_in:
            return render.welcome(BUILT_IN, language)
        return render.notice(say(language, "loading"), waiting=True)

    def greeting(self, token: str | None, language: Language) -> str:
        """Greet the visitor with questions to ask about these texts, as HTML."""
        if token is None and self._is_built_in:
            return render.welcome(BUILT_IN, language)
        assistant = self.assistant(token)
        return render.welcome_to(
            [source.title for source in assistant.sources],
            assistant.answer(ABILITIES).suggestions,
            language,
        )

    def contents(self, token: str | None) -> list[tuple[str, str]]:
        """(title, id) of every document there is to read."""
        return [(source.title, source.id) for source in self.assistant(token).sources]

    def read(self, token: str | None, document: str, language: Language) -> str:
        """Open a document in the pane, as HTML."""
        try:
            return render.article(self.assistant(token).document(document), language)
        except ChuchuError as error:
            return render.no_article(error.say(language), language)

    def ask(
        self, question: str, talk: Talk, token: str | None, language: Language
    ) -> Iterator[Turn]:
        """Carry the conversation on. Yields its turn when the question shows, and the answer."""
        history = talk.history
        ready = token is not None or self._own.is_ready
        waiting = say(language, "thinking" if ready else "warming")
        turn = talk.begin(question, render.notice(waiting, waiting=True))
        yield turn
        try:
            reply = self.assistant(token).answer(question, history=history)
            turn.shown = self._shown(reply, token, language)
        except ChuchuError as error:
            turn.shown = render.notice(error.say(language))
        except Exception:
            log.exception("a question was not answered")
            turn.shown = render.notice(say(language, "again"))
        else:
            turn.reply = reply
        yield turn

    def take_up(
        self,
        talk: Talk,
        id: str,  # noqa: A002  (what a conversation calls it)
        turns: Sequence[tuple[str, Answer]],
        language: Language,
    ) -> None:
        """Go on with a conversation about the server's texts that the visitor's browser kept.

        Raises:
            ChuchuError: the texts cannot be opened.

        """
        talk.turns = [
            Turn(id, asked, self._shown(reply, None, language), reply) for asked, reply in turns
        ]
        talk.id = id

    def retell(self, talk: Talk, token: str | None, language: Language) -> None:
        """Show the conversation in another language.

        Raises:
            ChuchuError: the texts cannot be opened.

        """
        for turn in talk.turns:
            if turn.reply:
                turn.shown = self._shown(turn.reply, token, language)

    def _shown(self, reply: Answer, token: str | None, language: Language) -> str:
        """Show an answer as HTML, and say so when its text has changed since."""
        assistant = self.assistant(token)
        cited = [*reply.citations, *([reply.nearest] if reply.nearest else ())]
        dates = {}
        changed = False
        for citation in cited:
            try:
                document = assistant.document(citation.document.id)
            except DocumentNotFound:
                changed = True
                continue
            dates[document.id] = document.date
            changed |= document.text[citation.start : citation.end] != citation.quote
        return render.answer(reply, language, dates, changed=changed)

    def bring(
        self,
        title: str,
        pasted: str,
        files: Sequence[str],
        language: Language,
        progress: Callable[[Stage], None],
    ) -> tuple[str | None, str]:
        """Build an index of a visitor's own texts.

        Args:
            title: of the pasted text; "" to find one in it.
            pasted: a text, or "".
            files: paths of uploaded files; each keeps the name the visitor gave it.
            language: of the report.
            progress: told how far it has come.

        Returns:
            The index's token, or None when nothing could be read; and the report as HTML.

        """
        documents: list[Document] = []
        failed: list[str] = []
        if pasted.strip():
            try:
                documents.append(Document.from_text(pasted, title=title.strip() or None))
            except ChuchuError as error:
                failed.append(_about(error, say(language, "pasted")).say(language))
        for path in map(Path, files):
            try:
                documents.append(replace(read_file(path), source=path.name))
            except ChuchuError as error:
                failed.append(_about(error, path.name).say(language))
        if not documents:
            return None, render.report([], failed, 0, language)
        token = self._visitors.new()
        try:
            built = self._build(documents, self._visitors.folder(token), progress=progress)
        except ChuchuError as error:
            self._visitors.discard(token)
            return None, render.report([], [*failed, error.say(language)], 0, language)
        titles = [document.title for document in documents]
        return token, render.report(titles, failed, built.passages, language)

    def discard(self, token: str | None) -> None:
        """Delete a visitor's index, if there is one."""
        self._visitors.discard(token)

    def answer(self, question: str, history: Sequence[Message] = ()) -> dict[str, Any]:
        """Answer from the server's own index, as plain values.

        Raises:
            ChuchuError: the index cannot be opened.

        """
        return self._own.get().answer(question, history=history).to_dict()

    def search(self, question: str, most: int) -> list[dict[str, Any]]:
        """The passages of the server's own index nearest to a question, as plain values.

        Raises:
            ChuchuError: the index cannot be opened.

        """
        return [asdict(found) for found in self._own.get().search(question, most)]


def _about(error: ChuchuError, name: str) -> ChuchuError:
    """Name the text an error is about as its visitor knows it, not as it lies here."""
    return type(error)(**{**error.facts, "source": name})
