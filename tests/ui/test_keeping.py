from __future__ import annotations

import json
from typing import Any

import pytest

from qa.answer import Answer
from ui.keeping import MOST_TURNS, kept, new_talk, read_kept


def in_the_browser(value: Any) -> Any:
    """What JSON makes of it on the way there and back."""
    return json.loads(json.dumps(value))


def test_answers_come_back_as_they_were(fact: Answer, listing: Answer, refused: Answer) -> None:
    id_ = new_talk()
    answers = (fact, listing, refused)
    turns = [in_the_browser(kept(id_, one.asked, one)) for one in answers]
    assert {turn["talk"] for turn in turns} == {id_}
    talk, pairs = read_kept({"talk": id_, "turns": turns})
    assert talk == id_
    assert pairs == [(one.asked, one) for one in answers]


def test_of_a_long_conversation_the_latest_turns_come_back(fact: Answer) -> None:
    turns = [in_the_browser(kept("0" * 16, str(n), fact)) for n in range(MOST_TURNS + 1)]
    _, pairs = read_kept({"talk": "0" * 16, "turns": turns})
    assert [asked for asked, _ in pairs] == [str(n) for n in range(1, MOST_TURNS + 1)]


def broken(answer: Answer) -> list[Any]:
    turn = in_the_browser(kept("0" * 16, "问", answer))

    def talk(**changes: Any) -> dict[str, Any]:
        return {"talk": "0" * 16, "turns": [turn | {"answer": turn["answer"] | changes}]}

    return [
        None,
        "text",
        [],
        {},
        {"talk": "0" * 16, "turns": 3},
        {"talk": "0" * 16, "turns": [None]},
        {"talk": "<b>", "turns": [turn]},
        {"talk": 7, "turns": [turn]},
        {"talk": "0" * 16, "turns": [turn | {"asked": {"a": 1}}]},
        {"talk": "0" * 16, "turns": [turn | {"answer": "<b>"}]},
        talk(citations=[]),  # a number without its citation
        talk(refused=True),  # a refusal that cites
        talk(segments=[{"text": 1, "citations": [1]}]),
        talk(citations=[turn["answer"]["citations"][0] | {"start": "0"}]),
        talk(nearest=[]),
        talk(suggestions=[{"toString": "x"}]),
        talk(confidence=None),
    ]


@pytest.mark.parametrize("case", range(17))
def test_what_is_no_conversation_is_told_from_one(fact: Answer, case: int) -> None:
    with pytest.raises(ValueError, match=r"not|citations|cites"):
        read_kept(broken(fact)[case])
