"""Questions in, answers out: the steps in order, and nothing else."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

from corpus import Document, clean, fold, writable
from corpus.errors import Both, WrongArgument, check_string, kind_of
from index import bundled_index, current_generation, open_index
from index.storage import index_folder
from qa import compose
from qa.answer import Answer, Citation, Source
from qa.doubt.known import known, named
from qa.followups.history import earlier_questions
from qa.followups.rewrite import beside, standalone
from qa.followups.turn import LISTING
from qa.lists.choice import LIST_BAR, choose
from qa.lists.names import asks_for_names
from qa.question import social
from qa.question.abbreviations import spelled_out
from qa.question.founding import as_founded, of_the_subject
from qa.question.inquiry import inquire
from qa.question.kinds import SOCIAL, asked, plain
from qa.question.spelling import respelled
from qa.question.spoken import written
from qa.question.subject import with_subject
from qa.question.synonyms import in_their_words
from qa.read import read
from qa.reader import shipped_reader
from qa.refuse import judge
from qa.search.rank import look
from qa.search.retrieve import passages, retrieve
from qa.suggest import suggestions
from qa.texts import Texts

LONGEST_QUESTION = 500  # characters; a question longer than this is a text
# Confidence from which a follow-up is answered together with the question before it, where what the
# rules make of it is refused. Of 114 follow-ups and other turns of conversations (``dev14``) 81
# were answered rightly without this and the newest rules, 89 with them, 91 from any confidence on;
# of 22 that nothing answers 21, 19 and 18 were refused.
TOGETHER = 0.7
# … of a list from which it is given though its sort was not asked for; set by hand.
SURELY = 0.9
_BARE_LIST = re.compile(r"..(?:包括|包含|涵盖|囊括|分为|有)了?(?:哪些|什么|啥|哪几个)$")
_MADE_OF = re.compile(
    r"^(?P<whole>.{2,16}?)(?:由(?:什么|啥|哪些)(?:组成|构成)|的?(?:构成|组成)(?:要素|部分|成分)"
    r"(?:主要|都|具体)?(?:包括|包含|有|是)(?:哪些|什么|啥))$"
)
_SORTS = ("部分", "业务", "内容")
COMPLETE = 0.9  # confidence that a list is all there is; set by hand
_ASKS_FOR_MORE = re.compile(
    r"^(?:那么?|然后)?(?:除此之外|除了这些)?[,，]?还有(?:呢|吗|没有|(?:别|其他|其它|更多)的?(?:呢|吗|没有)?)$"
)


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
        legible = _legible(question)
        if asked(legible) in SOCIAL:
            return compose.said(typed, social.reply(asked(legible)), suggestions(texts))
        before = _answerable(earlier)
        if before and _ASKS_FOR_MORE.match(plain(legible)):
            whole = _no_more(texts, typed, before)
            if whole is not None:
                return whole
        understood = standalone_in(texts, legible, before)
        here = _spoken_of(texts, understood, before)
        if here:
            found = _answer(texts, typed, understood, here)
            if not found.refused:
                return found
        found = _answer(texts, typed, understood)
        if found.refused or not found.items or not _names_its_subject(texts, found):
            found = (
                _of_what_sort(texts, typed, understood)
                or _of_its_parts(texts, typed, understood)
                or found
            )
        # What no rule has made a question of, and is answered as typed by chance at best.
        doubtful = found.confidence < TOGETHER and plain(understood).endswith(plain(legible)[1:])
        if before and (found.refused or doubtful):
            return _together(texts, typed, before, here) or found
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
        inquiry = inquire(_as_written(_legible(question), texts), texts)
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


def _answer(
    texts: Texts, typed: str, understood: str, within: Collection[str] | None = None
) -> Answer:
    inquiry = inquire(understood, texts)
    candidates = retrieve(texts, inquiry, within)
    sight = look(shipped_reader(), texts, inquiry, candidates)
    draft = read(texts, inquiry, sight)
    verdict = judge(texts, inquiry, sight, draft)
    if draft is None or verdict.refuse:
        return compose.refusal(
            texts,
            typed,
            understood,
            verdict.reason,
            nearest=verdict.nearest,
            score=verdict.score,
            suggestions=suggestions(texts, sight.candidates, understood),
            confidence=verdict.confidence,
        )
    return compose.answered(texts, typed, understood, replace(draft, confidence=verdict.confidence))


def _no_more(texts: Texts, typed: str, earlier: Sequence[str]) -> Answer | None:
    """「还有呢」 after a list that was given whole: that there is no more of it."""
    last = standalone_in(texts, earlier[-1], earlier[:-1])
    number = len(_items(texts, last)) if asked(last) in LISTING else 0
    if not number:
        return None
    reason = f"文中列出的就是这 {number} 项，没有更多。"
    return compose.refusal(texts, typed, last, reason, confidence=COMPLETE)


def _spoken_of(texts: Texts, understood: str, earlier: Sequence[str]) -> frozenset[str]:
    """The documents that answered the question before, where they may answer this one as well.

    They have every name of it that the texts know; of a single document there is no choice.
    """
    if not earlier or len(texts.snapshot.documents) == 1:
        return frozenset()
    last = standalone_in(texts, earlier[-1], earlier[:-1])
    told = _answer(texts, last, last)
    here = frozenset(one.document.id for one in told.citations)
    names = [key.word for key in inquire(understood, texts).keys if key.names and len(key.word) > 1]
    said = "\n".join(texts.reading(one).folded for one in here)
    return here if all(word in said for word in names if texts.occurs(word)) else frozenset()


def _of_what_sort(texts: Texts, typed: str, understood: str) -> Answer | None:
    """「众筹包括哪些」, asked as 「众筹包括哪些业务」: with the sort that is surely answered.

    Not where it has its own sort (竞争对手有哪些), nor of what the texts know nothing of.
    """
    if not _BARE_LIST.search(plain(understood)) or asks_for_names(plain(understood)):
        return None
    if not all(known(texts, key.word) for key in named(inquire(understood, texts))):
        return None
    for sort in _SORTS:
        found = _answer(texts, typed, f"{plain(understood)}{sort}？")
        if not found.refused and found.items and found.confidence >= SURELY:
            return found
    return None


def _names_its_subject(texts: Texts, found: Answer) -> bool:
    """Whether what is cited, or a heading above it, has a name that the question has."""
    names = [key.word for key in named(inquire(found.question, texts))]
    said = fold("\n".join(f"{one.quote}\n{''.join(one.section)}" for one in found.citations))
    return not names or any(word in said for word in names)


def _of_its_parts(texts: Texts, typed: str, understood: str) -> Answer | None:
    """「由什么组成」 and 「构成要素包括哪些」, asked as 「由什么构成」, where that is a list."""
    made_of = _MADE_OF.search(plain(understood))
    if made_of is None:
        return None
    whole = made_of["whole"].removesuffix("的")
    for verb in ("构成", "组成"):
        found = _answer(texts, typed, f"{whole}由什么{verb}？")
        listed = not found.refused and found.items and found.confidence >= TOGETHER
        if listed and _names_its_subject(texts, found):
            return found
    return None


def _together(
    texts: Texts, typed: str, earlier: Sequence[str], within: Collection[str]
) -> Answer | None:
    """What is surely answered where a follow-up is read together with the question before it."""
    last = standalone_in(texts, earlier[-1], earlier[:-1])
    understood = beside(_as_written(_legible(typed), texts), last)
    if not understood:
        return None
    for documents in (within, None) if within else (None,):
        found = _answer(texts, typed, understood, documents)
        if not found.refused and found.confidence >= TOGETHER:
            return found
    return None


def standalone_in(texts: Texts, question: str, earlier: Sequence[str]) -> str:
    """``question`` as it is to be understood after ``earlier`` ones, asked of these texts."""
    if not earlier:
        question = with_subject(of_the_subject(question, texts), texts)
    return standalone(
        _as_written(question, texts),
        [_as_written(one, texts) for one in earlier],
        tokenizer=texts.snapshot.tokenizer,
        items_of=cache(lambda one: _items(texts, one)),
        short_of=cache(lambda one: _answer(texts, one, one).short),
        occurs=texts.occurs,
    )


def _as_written(question: str, texts: Texts) -> str:
    """``question`` in the texts' own words where it has misspelt, shortened or replaced them."""
    spelled = spelled_out(respelled(written(question), texts), texts)
    return as_founded(in_their_words(spelled, texts), texts)


def _items(texts: Texts, question: str) -> tuple[str, ...]:
    """The items a list question is answered with."""
    inquiry = inquire(question, texts)
    sight = look(shipped_reader(), texts, inquiry, retrieve(texts, inquiry))
    listed = choose(texts, inquiry, sight)
    if listed is None or listed.score < LIST_BAR:
        return ()
    return tuple(entry.text for entry in listed.enumeration.entries)


def _answerable(questions: Sequence[str]) -> list[str]:
    """Those that a follow-up can refer to: no greeting, and nothing that was turned away."""
    usable = [_legible(one) for one in questions if unusable(one) is None]
    return [one for one in usable if asked(one) not in SOCIAL]


def _legible(question: str) -> str:
    """A question as a reader sees it: one line, without what cannot be seen."""
    return " ".join(clean(writable(question)).split())


def _check_count(most: object) -> None:
    if isinstance(most, bool) or not isinstance(most, int) or most < 0:
        wanted = Both("不小于 0 的整数", "an integer, 0 or more")
        raise WrongArgument(argument="most", wanted=wanted, found=kind_of(most))


def unusable(question: str) -> Both | None:
    """Why a question cannot be asked at all, or None."""
    if not question.strip():
        return Both(
            "还没有输入问题。请用一句话写下想知道的事。",
            "There is no question. Write in a sentence what you want to know, in Chinese.",
        )
    if len(question) > LONGEST_QUESTION:
        return Both(
            f"问题有 {len(question)} 字，超过了 {LONGEST_QUESTION} 字的上限。请缩短成一两句话。",
            f"The question has {len(question)} characters, over the limit of {LONGEST_QUESTION}. "
            "Make it a sentence or two.",
        )
    if not any(unicodedata.category(char)[0] in "LN" for char in fold(question)):
        return Both(
            "没有读到文字。请用一句话写下想知道的事。",
            "There are no words in it. Write in a sentence what you want to know, in Chinese.",
        )
    return None
