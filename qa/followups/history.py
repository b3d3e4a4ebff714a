"""The conversation so far, as callers hand it over: what the user asked, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corpus import fold
from corpus.errors import Both, WrongArgument, kind_of

# The newest ones that are looked at. Each is understood from those before it, so that the time
# grows with more than their number; nobody refers to what was asked so long ago.
REMEMBERED = 20


def earlier_questions(history: Iterable[object] | None) -> list[str]:
    """The user's newest questions in a chat history of role/content dicts, oldest first.

    Content may be a string or, as Gradio 6 keeps it, a list of blocks with a ``text`` each; a block
    without one (a file) and a content of None hold no words, which is no question. Other keys are
    passed over, and so is what others than the user said, of whatever shape. A history of None is
    none.

    Raises:
        WrongArgument: it is no such history. A conversation that is passed over without a word
            would be missed only in the answers.
    """
    if history is None:
        return []
    if isinstance(history, (str, bytes, Mapping)) or not isinstance(history, Iterable):
        raise _no_history(history)
    questions = []
    for turn in history:
        if not isinstance(turn, Mapping):
            raise _no_history(turn)
        role = turn.get("role")
        if not isinstance(role, str) or not role or "content" not in turn:
            raise _no_history(dict.fromkeys(turn, ...))
        if role == "user":
            text = _content(turn["content"]).strip()
            if fold(text).strip():
                questions.append(text)
    return questions[-REMEMBERED:]


def _content(content: object) -> str:
    if content is None:  # a message that holds something else than words
        return ""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return _content(content.get("text"))
    if isinstance(content, (list, tuple)):
        return "".join(_content(block) for block in content)
    raise _no_history(content)


def _no_history(found: object) -> WrongArgument:
    wanted = Both(
        '由 {"role": "user" 或 "assistant", "content": 文字} 组成的列表',
        'a list of {"role": "user" or "assistant", "content": text}',
    )
    named = kind_of(found)
    if isinstance(found, Mapping):
        named = f"{named}({', '.join(map(str, found))})"
    return WrongArgument(argument="history", wanted=wanted, found=named)
