"""What each rule is worth: ``python -m tests.benchmarks.worth SET … --readings FOLDER --out FILE``.

Functions of ``qa`` that can be switched off (they would give False, None, or an argument as it is)
are listened to while the sets are asked; then each is switched off in turn, or those named with
``--off`` together, and what it had a say in is asked again. Of a condition that must hold, False is
no off, but never. Not listened to: functions that give anything else, methods, and
``qa.enumerations``, whose lists are kept with their text.

A rule that weighs nothing may still be what stands between somebody and a wrong answer that no set
asks for: read what ``--out`` says was answered with it and without, before deleting it, on
questions it was not made with.
"""

from __future__ import annotations

import argparse
import functools
import inspect
import json
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any, cast

import qa
from corpus.errors import ChuchuError
from qa import once
from qa.evaluate import Outcome, measure
from qa.reader import WEIGHTS, shipped_sentence_reader
from qa.reader.read import Reader
from qa.short import exact
from qa.yesno import settle
from tests.benchmarks.development import Asked, development
from tests.benchmarks.remembering import Remembering

# Not rules: what reads, measures, or is typed in.
_LEFT_OUT = (
    *("qa.reader", "qa.evaluate", "qa.answer", "qa.compose", "qa.suggest", "qa.texts"),
    "qa.enumerations",
)
# Arguments that a function gives back where it finds nothing to change in them.
_SAME = ("question", "text", "inquiry", "draft", "first", "sentence")
_FOLLOW_UP = "turn"  # … and of follow-ups, whose rules give "" where they are not meant
SHOWN = 20  # changed answers of a rule, in the file
SKIPPED = 0.6  # share of the questions from which a function is no rule but how things are done

Neutral = Callable[[dict[str, Any]], object]


@dataclass(frozen=True, slots=True)
class Rule:
    """A function, and what it gives where it has nothing to say."""

    name: str
    function: FunctionType
    neutral: Neutral


def rules() -> Iterator[Rule]:
    """Every function of ``qa`` that can be switched off."""
    for module in pkgutil.walk_packages(qa.__path__, "qa."):
        if module.name.startswith(_LEFT_OUT):
            continue
        found = import_module(module.name)
        for name, function in vars(found).items():
            if not isinstance(function, FunctionType) or function.__module__ != module.name:
                continue
            neutral = _neutral(function)
            if neutral is not None:
                yield Rule(f"{module.name}.{name}", function, neutral)


def _neutral(function: FunctionType) -> Neutral | None:
    given = str(inspect.signature(function).return_annotation)
    names = list(inspect.signature(function).parameters)
    if given == "bool":
        return lambda _: False
    if given.endswith("| None"):
        return lambda _: None
    if given == "str" and names[:1] == [_FOLLOW_UP]:
        return lambda _: ""
    same = [name for name in names if name in _SAME]
    kinds = {
        name: str(one.annotation) for name, one in inspect.signature(function).parameters.items()
    }
    own = [name for name in same if kinds[name] == given]
    return (lambda bound: bound[own[0]]) if own else None


class Switchboard:
    """Stands between the rules and those who call them: listens, or switches one off."""

    def __init__(self, found: Sequence[Rule]) -> None:
        self.heard: dict[str, set[int]] = {rule.name: set() for rule in found}
        self.asking = -1  # number of the question
        self.off: frozenset[str] = frozenset()  # names
        for rule in found:
            self._stand_in(rule)

    def _stand_in(self, rule: Rule) -> None:
        signature = inspect.signature(rule.function)

        @functools.wraps(rule.function)
        def listening(*args: Any, **kwargs: Any) -> Any:
            if self.off and rule.name not in self.off:
                return rule.function(*args, **kwargs)
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            neutral = rule.neutral(bound.arguments)
            if self.off:
                return neutral
            result = rule.function(*args, **kwargs)
            if result is not neutral and result != neutral:
                self.heard[rule.name].add(self.asking)
            return result

        for module in list(sys.modules.values()):
            if not getattr(module, "__name__", "").startswith("qa"):
                continue
            for name, value in list(vars(module).items()):
                if value is rule.function:
                    setattr(module, name, listening)
                elif isinstance(value, tuple) and any(one is rule.function for one in value):
                    put = tuple(listening if one is rule.function else one for one in value)
                    setattr(module, name, put)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", help="names of development sets")
    parser.add_argument("--off", nargs="+", default=[], metavar="RULE", help="these, together")
    parser.add_argument("--readings", type=Path, required=True, help="folder outside of here")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    reader = Reader.open(WEIGHTS)
    with development(names=set(given.sets)) as sets:
        asked = [(name, one) for name in given.sets for one in sets[name]]
        readers = {name: Remembering(reader, WEIGHTS, given.readings, name) for name in given.sets}
        for one in {id(each.texts): each.texts for _, each in asked}.values():
            object.__setattr__(one.snapshot, "encode", functools.cache(one.snapshot.encode))
        sentences = functools.cache(shipped_sentence_reader())
        exact.shipped_sentence_reader = settle.shipped_sentence_reader = lambda: sentences
        board = Switchboard(list(rules()))
        unknown = set(given.off) - set(board.heard)
        if unknown:
            parser.error(f"no rule that can be switched off: {', '.join(sorted(unknown))}")
        before = [_outcome(board, number, *asked[number], readers) for number in range(len(asked))]
        for each in readers.values():
            each.keep()
        print(f"{len(asked)} questions, {len(board.heard)} rules", flush=True)
        rows = []
        for off in [frozenset(given.off)] if given.off else map(frozenset, zip(board.heard)):
            heard = sorted(set().union(*(board.heard[name] for name in off)))
            rows.append({"rules": sorted(off), "heard": len(heard)})
            if not heard or len(heard) > SKIPPED * len(asked):
                continue
            board.off = off
            pairs = [
                (asked[n][0], before[n], _outcome(board, n, *asked[n], readers)) for n in heard
            ]
            board.off = frozenset()
            rows[-1] |= _told(pairs)
            print(json.dumps(rows[-1]), flush=True)
            rows[-1]["answers"] = list(_changes(pairs))[:SHOWN]
            rows[-1]["sets"] = {
                name: _told([one for one in pairs if one[0] == name])
                for name in sorted({name for name, *_ in pairs})
            }
            given.out.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")


def _outcome(
    board: Switchboard, number: int, name: str, one: Asked, readers: dict[str, Remembering]
) -> Outcome | None:
    board.asking = number
    once.shipped_reader = lambda: cast("Reader", readers[name])
    try:
        return measure(one.assistant, [one.case], name).outcomes[0]
    except (ChuchuError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
        if not board.off:
            raise
        return None  # what calls the rule cannot do without it


Pairs = Sequence[tuple[str, Outcome | None, Outcome | None]]  # set, with the rule, without


def _told(pairs: Pairs) -> dict[str, Any]:
    """How many a rule gains and loses, of each measure; of ``wrong``, keeps away and makes."""
    row: dict[str, Any] = {"broken": 0, "changed": 0, "items": 0.0}
    row |= {name: [0, 0] for name in ("first", "refused", "not_refused", "short", "wrong")}
    for _, was, now in pairs:
        if was is None or now is None:
            row["broken"] += 1
            continue
        row["changed"] += was.answer.to_dict() != now.answer.to_dict()
        row["items"] += (was.items_f1 - now.items_f1) if was.case.items else 0.0
        for name in ("first", "refused", "not_refused", "short", "wrong"):
            with_it, without = _holds(name, was), _holds(name, now)
            row[name][0] += with_it > without
            row[name][1] += without > with_it
    return {**row, "items": round(row["items"], 2)}


def _holds(name: str, outcome: Outcome) -> bool:
    case, answer = outcome.case, outcome.answer
    match name:
        case "first":
            return outcome.first and not case.refuse
        case "refused":
            return answer.refused and case.refuse
        case "not_refused":
            return not answer.refused and not case.refuse
        case "short":
            return outcome.short and bool(case.short)
        case _:  # no short answer is wrong: of a case that names some, or that has no answer
            given = answer.short is not None and not outcome.short
            return not (given and (case.refuse or bool(case.short)))


def _changes(pairs: Pairs) -> Iterator[dict[str, Any]]:
    for name, was, now in pairs:
        if was and now and was.answer.to_dict() != now.answer.to_dict():
            yield {
                "set": name,
                "question": [*was.case.history, was.case.question],
                "with": [was.answer.short, was.answer.text or was.answer.reason],
                "without": [now.answer.short, now.answer.text or now.answer.reason],
            }


if __name__ == "__main__":
    main()
