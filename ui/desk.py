"""What happens on the page, without the page: conversations, texts to read, texts brought along.

The server's own index is open to every visitor. Who brings texts makes named indexes of them
(``ui.indexes.library``); a ``Seat`` says who it is and which of them they ask. Nothing here knows
Gradio.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import Document, read_file
from corpus.errors import ChuchuError, DocumentNotFound
from ui.examples import BUILT_IN
from ui.feedback import BUILT_IN as BUILT_IN_INDEX
from ui.feedback import LONGEST_COMMENT, VERDICTS, VISITOR, Feedback, Opinion, Words
from ui.indexes.library import Library
from ui.indexes.opening import Assistant, Opening
from ui.indexes.shelf import Named, Seat, distinct, tidy
from ui.indexes.turns import BuildStopped, Step
from ui.keeping import Kept, new_talk
from ui.rendering import markup, pane
from ui.words import Language, say

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.assistant import Turn as Message

log = logging.getLogger(__name__)

OnProgress = Callable[[int, int, str], None]
"""Units done, units in all, and what is being done."""

ABILITIES = "你能做什么？"
"""Asked of an index nobody wrote examples for: the answer's suggestions serve instead."""


@dataclass(slots=True)
class Turn:
    """One question and what came of it."""

    talk: str  # the id of its conversation
    asked: str
    shown: str  # the answer as HTML
    reply: Answer | None = None  # None while it is waited for, and when there was none
    id: str = field(default_factory=lambda: secrets.token_hex(8))  # "": no opinion is taken on it
    opinion: Opinion | None = None  # what the visitor thought of it
    index: str = ""  # what it was asked of, and which state of that
    generation: str = ""

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
    language: Language = "zh"  # the one it is shown in, which may change while an answer is awaited

    def begin(self, asked: str, shown: str) -> Turn:
        """Add a turn whose answer is still to come."""
        self.id = self.id or new_talk()
        turn = Turn(self.id, asked, shown)
        self.turns.append(turn)
        return turn

    def turn(self, id: str) -> Turn | None:  # noqa: A002
        """Find an answered turn of this conversation that an opinion is taken on."""
        if not id:
            return None
        return next((turn for turn in self.turns if turn.id == id and turn.reply), None)

    def restart(self) -> None:
        """Begin another conversation."""
        self.turns = []
        self.id = ""

    @property
    def messages(self) -> list[dict[str, str]]:
        """Everything, for the chat, as HTML."""
        shown = [{"role": "assistant", "content": self.greeting}] if self.greeting else []
        for turn in self.turns:
            shown.append({"role": "user", "content": markup.question(turn.asked)})
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


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of the texts a visitor brought."""

    seat: Seat | None  # before their index; None when nothing could be read
    report: str  # HTML
    complete: bool = False  # all of them were read


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


class Desk:
    """One for all visitors; what is theirs comes in as ``talk`` and ``seat``."""

    def __init__(
        self, own: Opening, library: Library, feedback: Feedback, *, index: str | None
    ) -> None:
        """Set up over the server's own index: its folder, or None for the article with examples."""
        self._own = own
        self._library = library
        self._feedback = feedback
        self._bringing: dict[str, list[threading.Event]] = {}  # by visitor: set to stop one
        self._is_built_in = index is None
        self._index = str(Path(index).resolve()) if index is not None else BUILT_IN_INDEX

    @property
    def is_shared(self) -> bool:
        """Whether all visitors have the same indexes."""
        return self._library.shared

    def assistant(self, seat: Seat) -> Assistant:
        """Wait for the assistant over what is asked from this seat.

        Raises:
            ChuchuError: it cannot be opened.

        """
        return self._library.assistant(seat) if seat.index else self._own.get()

    # ---- reading

    def first_greeting(self, language: Language) -> str:
        """Say what can be said before anything is open, as HTML."""
        if self._is_built_in:
            return markup.welcome(BUILT_IN, language)
        return markup.notice(say(language, "loading"), waiting=True)

    def greeting(self, seat: Seat, language: Language) -> str:
        """Greet the visitor with questions to ask about these texts, as HTML."""
        if not seat.index and self._is_built_in:
            return markup.welcome(BUILT_IN, language)
        assistant = self.assistant(seat)
        return markup.welcome_to(
            [source.title for source in assistant.sources],
            assistant.answer(ABILITIES).suggestions,
            language,
        )

    def contents(self, seat: Seat) -> list[tuple[str, str]]:
        """(title, id) of every document there is to read."""
        return [(source.title, source.id) for source in self.assistant(seat).sources]

    def read(self, seat: Seat, document: str, language: Language) -> str:
        """Open a document in the pane, as HTML."""
        try:
            return pane.article(self.assistant(seat).document(document), language)
        except ChuchuError as error:
            return pane.no_article(error.say(language), language)

    # ---- asking

    def ask(self, question: str, talk: Talk, seat: Seat, language: Language) -> Iterator[Turn]:
        """Carry the conversation on. Yields its turn when the question shows, and the answer."""
        history = talk.history
        talk.language = language
        ready = bool(seat.index) or self._own.is_ready
        waiting = say(language, "thinking" if ready else "warming")
        turn = talk.begin(question, markup.notice(waiting, waiting=True))
        yield turn
        try:
            assistant = self.assistant(seat)
            turn.generation = assistant.generation
            reply = assistant.answer(question, history=history)
            turn.shown = _shown(turn, reply, assistant, talk.language)
        except ChuchuError as error:
            turn.shown = markup.notice(error.say(talk.language))
        except Exception:
            log.exception("a question was not answered")
            turn.shown = markup.notice(say(talk.language, "again"))
        else:
            turn.index = VISITOR if seat.index else self._index
            turn.reply = reply
        yield turn

    def take_up(
        self,
        talk: Talk,
        earlier: Kept,
        seat: Seat,
        language: Language,
    ) -> None:
        """Go on with a conversation that the visitor's browser kept.

        No opinion is taken on its answers: they are what the browser says they are.

        Raises:
            ChuchuError: the texts cannot be opened.

        """
        assistant = self.assistant(seat)
        turns = [Turn(earlier.talk, asked, "", reply, id="") for asked, reply in earlier.turns]
        for turn, (_, reply) in zip(turns, earlier.turns, strict=True):
            turn.shown = _shown(turn, reply, assistant, language)
        talk.turns = turns
        talk.id = earlier.talk

    def retell(self, talk: Talk, seat: Seat, language: Language) -> None:
        """Show the conversation in another language.

        Raises:
            ChuchuError: the texts cannot be opened.

        """
        talk.language = language  # also for the answer that is being waited for
        assistant = self.assistant(seat)
        for turn in talk.turns:
            if turn.reply:
                turn.shown = _shown(turn, turn.reply, assistant, language)

    def judge(self, talk: Talk, turn_id: str, verdict: str) -> bool:
        """Keep what the visitor thinks of an answer; whether there was such an answer.

        Raises:
            OSError: it cannot be kept.

        """
        turn = talk.turn(turn_id)
        if turn is None or turn.reply is None or verdict not in VERDICTS:
            return False
        opinion = Opinion.of(turn.id, verdict, turn.reply, turn.index, turn.generation)
        if turn.opinion is not None and turn.opinion.verdict == verdict:
            # Said once more. What was said with another verdict was about that one.
            opinion = replace(opinion, comment=turn.opinion.comment, words=turn.opinion.words)
        self._feedback.keep(opinion)
        turn.opinion = opinion
        return True

    def comment(self, talk: Talk, turn_id: str, comment: str, *, agreed: bool) -> bool:
        """Add to a verdict what the visitor says, and the words of the answer if they agreed.

        Returns:
            Whether there was such a verdict.

        Raises:
            OSError: it cannot be kept.

        """
        turn = talk.turn(turn_id)
        if turn is None or turn.reply is None or turn.opinion is None:
            return False
        turn.opinion = replace(
            turn.opinion,
            comment=comment.strip()[:LONGEST_COMMENT],
            words=Words.of(turn.reply) if agreed else None,
        )
        self._feedback.keep(turn.opinion)
        return True

    # ---- named indexes

    def indexes(self, seat: Seat) -> tuple[Named, ...]:
        """Every index there is to choose from this seat, beside the server's own."""
        return self._library.indexes(seat.visitor)

    def bring(
        self,
        seat: Seat,
        name: str,
        title: str,
        pasted: str,
        files: Sequence[str],
        language: Language,
        progress: OnProgress,
    ) -> Brought:
        """Add a visitor's texts to the index of ``seat``, or make a new one of them.

        ``stop`` ends it the next time that it tells of its progress.

        Args:
            seat: who brings them, and the index to add to; none for a new one.
            name: of a new index; "" to name it after its first text.
            title: of the pasted text; "" to find one in it.
            pasted: a text, or "".
            files: paths of uploaded files, each named as the visitor named it. They are copies:
                each is deleted when it has been read.
            language: of the report and of what ``progress`` is told.
            progress: told how far it has come, and with what.

        """
        stopped = threading.Event()
        self._bringing.setdefault(seat.visitor, []).append(stopped)

        def tell(done: int, total: int, what: str) -> None:
            if stopped.is_set():
                raise BuildStopped
            progress(done, total, what)

        try:
            return self._bring(seat, name, title, pasted, files, language, tell)
        except BuildStopped as stop:
            return Brought(None, markup.notice(stop.say(language)))
        except Exception:
            log.exception("texts were not read")
            return Brought(None, markup.report([], [say(language, "bring_again")], language))
        finally:
            for path in map(Path, files):  # those that were not come to
                _delete_copy(path)
            with contextlib.suppress(KeyError, ValueError):
                self._bringing[seat.visitor].remove(stopped)
                if not self._bringing[seat.visitor]:
                    del self._bringing[seat.visitor]

    def is_bringing(self, seat: Seat) -> bool:
        """Whether texts of this visitor are being read."""
        return bool(self._bringing.get(seat.visitor))

    def stop(self, seat: Seat) -> None:
        """Stop reading what this visitor is bringing; what was there before stays as it was."""
        for bringing in tuple(self._bringing.get(seat.visitor, ())):
            bringing.set()

    def _bring(
        self,
        seat: Seat,
        name: str,
        title: str,
        pasted: str,
        files: Sequence[str],
        language: Language,
        progress: OnProgress,
    ) -> Brought:
        documents: list[Document] = []
        failed: list[str] = []
        if pasted.strip():
            try:
                documents.append(Document.from_text(pasted, title=title.strip() or None))
            except ChuchuError as error:
                failed.append(_about(error, say(language, "pasted")).say(language))
        names = [document.title for document in documents]
        for number, path in enumerate(map(Path, files)):
            called = distinct(path.name, names)  # two files of one name are two documents
            names.append(called)
            progress(number, len(files), say(language, "stage_file", name=called))
            try:
                documents.append(read_file(path, name=called))
            except ChuchuError as error:
                failed.append(error.say(language))
            finally:
                _delete_copy(path)
        if not documents:
            return Brought(None, markup.report([], failed, language))

        def show(step: Step) -> None:
            progress(step.done, step.total, say(language, f"stage_{step.stage}"))

        try:
            seat, _ = self._library.add(seat, tidy(name) or documents[0].title, documents, show)
        except BuildStopped:
            raise
        except ChuchuError as error:
            return Brought(None, markup.report([], [*failed, error.say(language)], language))
        read = [(document.title, len(document.text)) for document in documents]
        return Brought(seat, markup.report(read, failed, language), complete=not failed)

    def remove(self, seat: Seat, ids: Sequence[str]) -> Seat:
        """Take documents out of the index of ``seat``; a seat before what is left.

        Raises:
            ChuchuError: it could not be changed.

        """
        return seat if self._library.remove(seat, ids) else Seat(seat.visitor)

    def delete(self, seat: Seat) -> None:
        """Delete the index of ``seat``.

        Raises:
            ChuchuError: it, or files of it, could not be deleted.

        """
        self._library.delete(seat)

    def delete_all(self, seat: Seat) -> None:
        """Delete everything a visitor brought.

        Raises:
            ChuchuError: it, or files of it, could not be deleted.

        """
        if not self.is_shared:
            self._library.delete_all(seat.visitor)

    # ---- the endpoints

    def answer(
        self, question: str, history: Sequence[Message] = (), token: str = ""
    ) -> dict[str, Any]:
        """Answer from the server's own index, or from the one of ``token``, as plain values.

        Raises:
            ChuchuError: the index cannot be opened.

        """
        return self._assistant_of(token).answer(question, history=history).to_dict()

    def search(self, question: str, most: int, token: str = "") -> list[dict[str, Any]]:
        """The passages nearest to a question, as plain values; of which index, as ``answer``.

        Raises:
            ChuchuError: the index cannot be opened.

        """
        return [asdict(found) for found in self._assistant_of(token).search(question, most)]

    def build(self, title: str, text: str, name: str = "", token: str = "") -> dict[str, Any]:
        """Add a text to the index of ``token``, to the caller's index of a name, or to a new one.

        Returns:
            token, name, and how many documents and passages the index holds now.

        Raises:
            ChuchuError: the text cannot be read, the index is gone or cannot be built.

        """
        document = Document.from_text(text, title=title.strip() or None)
        seat = Seat.from_token(token) if token else Seat.new()
        if tidy(name):
            known = {one.name: one.key for one in self.indexes(seat)}
            seat = Seat(seat.visitor, known.get(tidy(name), ""))
        seat, built = self._library.add(seat, tidy(name) or document.title, [document])
        return {
            "token": seat.token,
            "name": self._library.index(seat).name,
            "documents": built.documents,
            "passages": built.passages,
        }

    def _assistant_of(self, token: str) -> Assistant:
        return self.assistant(Seat.from_token(token)) if token else self._own.get()


def _shown(turn: Turn, reply: Answer, assistant: Assistant, language: Language) -> str:
    """Make HTML of the answer of a turn, and say so when its text has changed since."""
    dates = {}
    changed = False
    for citation in [*reply.citations, *([reply.nearest] if reply.nearest else ())]:
        try:
            document = assistant.document(citation.document.id)
        except DocumentNotFound:
            changed = True
            continue
        dates[document.id] = document.date
        changed |= document.text[citation.start : citation.end] != citation.quote
    given = turn.opinion.verdict if turn.opinion else ""
    several = len(assistant.sources) > 1
    return markup.answer(
        reply, language, dates, turn=turn.id, given=given, changed=changed, several=several
    )


def _about(error: ChuchuError, name: str) -> ChuchuError:
    """Name the text an error is about as its visitor knows it."""
    return type(error)(**{**error.facts, "source": name})


def _delete_copy(path: Path) -> None:
    """Delete an uploaded copy and the folder Gradio made for it."""
    with contextlib.suppress(OSError):
        path.unlink()
    with contextlib.suppress(OSError):  # another copy is in it
        path.parent.rmdir()
