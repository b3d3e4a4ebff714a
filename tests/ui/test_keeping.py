from __future__ import annotations

import json
from typing import Any

import pytest

from qa.answer import Answer
from ui.keeping import MOST_TURNS, Kept, new_talk, read_kept, to_keep


def in_the_browser(value: Any) -> Any:
    """What JSON makes of it on the way there and back."""
    return json.loads(json.dumps(value))


def test_answers_come_back_as_they_were(fact: Answer, listing: Answer, refused: Answer) -> None:
    id_ = new_talk()
    answers = (fact, listing, refused)
    index = "0123456789abcdef"
    turns = [in_the_browser(to_keep(id_, index, one.asked, one)) for one in answers]
    assert {(turn["talk"], turn["index"]) for turn in turns} == {(id_, index)}
    earlier = read_kept({"talk": id_, "index": index, "turns": turns})
    assert earlier == Kept(id_, index, tuple((one.asked, one) for one in answers))


def test_one_that_names_no_index_is_about_the_servers_own(fact: Answer) -> None:
    turn = in_the_browser(to_keep("0" * 16, "", "问", fact))
    del turn["index"]  # as versions before kept them
    assert read_kept({"talk": "0" * 16, "turns": [turn]}).index == ""


def test_of_a_long_conversation_the_latest_turns_come_back(fact: Answer) -> None:
    turns = [in_the_browser(to_keep("0" * 16, "", str(n), fact)) for n in range(MOST_TURNS + 1)]
    earlier = read_kept({"talk": "0" * 16, "turns": turns})
    assert [asked for asked, _ in earlier.turns] == [str(n) for n in range(1, MOST_TURNS + 1)]


def broken(answer: Answer) -> list[Any]:
    turn = in_the_browser(to_keep("0" * 16, "", "问", answer))

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
        {"talk": "0" * 16, "index": ["0"], "turns": [turn]},
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


@pytest.mark.parametrize("case", range(18))
def test_what_is_no_conversation_is_told_from_one(fact: Answer, case: int) -> None:
    with pytest.raises(ValueError, match=r"not|citations|cites"):
        read_kept(broken(fact)[case])
