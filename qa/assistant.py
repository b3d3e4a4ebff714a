"""Questions in, answers out: each in its conversation, step by step."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypedDict

from corpus import Document, writable
from corpus.errors import Both, WrongArgument, check_string, kind_of
from index import bundled_index, current_generation, open_index
from index.storage import index_folder
from qa import compose
from qa.answer import Answer, Citation, Source
from qa.conversation import in_doubt, no_more, spoken_of, together
from qa.followups.history import earlier_questions
from qa.once import answer_once
from qa.question import social
from qa.question.inquiry import inquire
from qa.question.kinds import SOCIAL, asked
from qa.reader import shipped_reader
from qa.reworded import listed_in_other_words
from qa.search.retrieve import passages
from qa.suggest import suggestions
from qa.texts import Texts
from qa.typed import legible, referable, unusable
from qa.understood import as_written, standalone_in


class Turn(TypedDict):
    """One message of a chat, as chat interfaces keep it."""

    role: str
    content: Any  # a string, or Gradio's list of blocks; None is without words


class Assistant:
    """Answers questions from one index. Safe to share between threads.

    A new generation of the index is seen at the next question; an answer under way keeps the one
    it began with.
    """

    def __init__(self, index: Path, texts: Texts) -> None:
        self._index = index
        self._texts = texts
        self._lock = threading.Lock()

    @classmethod
    def open(cls, index: str | Path | None = None) -> Assistant:
        """An assistant for the index in a folder; None is the JD Finance article.

        Raises:
            IndexNotFound, IndexBroken, IndexForeign, ModelMissing, ModelMismatch, WrongArgument:
                see ``corpus.errors``.
        """
        folder = index_folder(index) if index is not None else bundled_index()
        shipped_reader()
        return cls(folder, Texts(open_index(folder)))

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents of the index."""
        return tuple(
            Source(one.id, one.title, one.source) for one in self._current().snapshot.documents
        )

    @property
    def generation(self) -> str:
        """The name of the index's generation that is being read."""
        return self._current().snapshot.generation

    def document(self, id: str) -> Document:  # noqa: A002  (the public contract's name)
        """A document of the index, with its whole text.

        Raises:
            DocumentNotFound: there is none of that id, or no longer.
            WrongArgument: ``id`` is no string.
        """
        check_string("id", id)
        return self._current().reading(id).document

    def answer(self, question: str, history: Sequence[Turn] | None = ()) -> Answer:
        """Answer ``question`` from the index, or say what is missing.

        Args:
            question: as typed; any text at all.
            history: the conversation so far, oldest first, as role/content dicts; only what the
                user asked is looked at. None is the same as none.

        Raises:
            WrongArgument: the question is no string, or the history no such list.
            IndexNotFound, IndexBroken: the index was deleted or damaged since it was opened.
        """
        check_string("question", question)
        earlier = earlier_questions(history)
        texts = self._current()
        typed = writable(question)
        reason = unusable(question)
        if reason is not None:
            return compose.refusal(texts, typed, typed, reason.zh, suggestions=suggestions(texts))
        said = legible(question)
        if asked(said) in SOCIAL:
            return compose.said(typed, social.reply(asked(said)), suggestions(texts))
        before = referable(earlier)
        nothing_more = no_more(texts, typed, said, before)
        if nothing_more is not None:
            return nothing_more
        understood = standalone_in(texts, said, before)
        documents = spoken_of(texts, understood, before)
        if documents:
            found = answer_once(texts, typed, understood, documents)
            if not found.refused:
                return found
        found = answer_once(texts, typed, understood)
        found = listed_in_other_words(texts, typed, understood, found) or found
        if before and in_doubt(found, said, understood):
            return together(texts, typed, said, before, documents) or found
        return found

    def search(self, question: str, most: int = 5) -> tuple[Citation, ...]:
        """The passages that are nearest to ``question``, best first: found, and not yet read.

        Args:
            question: as typed; nothing is found for what cannot be asked.
            most: how many, at most.

        Raises:
            WrongArgument: the question is no string, or ``most`` no number of things.
        """
        check_string("question", question)
        _check_count(most)
        texts = self._current()
        if unusable(question) is not None:
            return ()
        inquiry = inquire(as_written(legible(question), texts), texts)
        found = passages(texts, inquiry, texts.snapshot.encode(inquiry.text))
        return tuple(
            compose.cite_passage(texts, passage, number, found[passage])
            for number, passage in enumerate(list(found)[:most], 1)
        )

    @property
    def texts(self) -> Texts:
        """The generation being read; a newer one is looked for first."""
        return self._current()

    def _current(self) -> Texts:
        with self._lock:
            if current_generation(self._index) != self._texts.snapshot.generation:
                self._texts = Texts(open_index(self._index))
            return self._texts


_opened: dict[str, Assistant] = {}
_opening = threading.Lock()


def answer(
    question: str, history: Sequence[Turn] | None = (), index: str | Path | None = None
) -> Answer:
    """Answer ``question`` with an assistant that is kept open for the next call.

    Raises:
        ChuchuError: the index cannot be opened, or an argument is wrong; see ``Assistant.open``
            and ``Assistant.answer``.
    """
    check_string("question", question)  # before seconds are spent on opening
    key = "" if index is None else str(index_folder(index).resolve())
    with _opening:
        if key not in _opened:
            _opened[key] = Assistant.open(index)
    return _opened[key].answer(question, history)


def _check_count(most: object) -> None:
    if isinstance(most, bool) or not isinstance(most, int) or most < 0:
        wanted = Both("不小于 0 的整数", "an integer, 0 or more")
        raise WrongArgument(argument="most", wanted=wanted, found=kind_of(most))
