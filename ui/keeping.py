"""Conversations as a visitor's browser keeps them: plain data, never markup.

What comes back from a browser is whatever it says it is. It is read as an ``Answer``, whose
invariants hold for it too, and shown like one that was just given: escaped, and held against the
text it cites.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.answer import Answer

MOST_TURNS = 200  # of one conversation; what is older is left in the browser


def new_talk() -> str:
    """Make an id for a conversation."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation that a browser kept."""

    talk: str  # its id
    index: str  # the key of the visitor's index it is about; "" is the server's own
    turns: tuple[tuple[str, Answer], ...]  # the questions with their answers


def to_keep(talk: str, index: str, asked: str, reply: Answer) -> dict[str, Any]:
    """One turn, as the browser is to keep it under the conversation's id."""
    return {"talk": talk, "index": index, "asked": asked, "answer": reply.to_dict()}


def read_kept(values: Any) -> Kept:
    """Read a conversation that a browser kept.

    Raises:
        ValueError: it is not one.

    """
    from qa.answer import Answer  # noqa: PLC0415  (the page is there before qa is loaded)

    try:
        talk, turns = values["talk"], values["turns"][-MOST_TURNS:]
        index = values.get("index", "")
        pairs = tuple((turn["asked"], Answer.from_dict(turn["answer"])) for turn in turns)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a conversation: {error!r}") from error
    if not isinstance(talk, str) or not re.fullmatch("[0-9a-f]{16}", talk):
        raise ValueError("not the id of a conversation")
    if not all(isinstance(asked, str) for asked, _ in pairs):
        raise ValueError("not a question")
    if not isinstance(index, str):
        raise ValueError("not the key of an index")
    return Kept(talk, index, pairs)
