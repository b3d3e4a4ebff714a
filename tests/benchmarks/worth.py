"""What each rule is worth: ``python -m tests.benchmarks.worth SET … --readings FOLDER --out FILE``.

Every function of ``qa`` whose neutral result is plain (False, None, its own argument) is listened
to while the sets are asked; then each is switched off in turn, and what it had a say in is asked
again. A rule without which nothing is lost, on questions it was not made with, is one to delete.
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
_LEFT_OUT = ("qa.reader", "qa.evaluate", "qa.answer", "qa.compose", "qa.suggest", "qa.texts")
_SAME = ("question", "text", "inquiry", "draft", "first", "sentence")  # given back unchanged
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
    if given == "str" and names[0] == "turn":
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
        self.off = ""
        for rule in found:
            self._stand_in(rule)

    def _stand_in(self, rule: Rule) -> None:
        signature = inspect.signature(rule.function)

        @functools.wraps(rule.function)
        def listening(*args: Any, **kwargs: Any) -> Any:
            if self.off and self.off != rule.name:
                return rule.function(*args, **kwargs)
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            neutral = rule.neutral(bound.arguments)
            if self.off == rule.name:
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
        found = list(rules())
        board = Switchboard(found)
        before = [_outcome(board, number, *asked[number], readers) for number in range(len(asked))]
        for each in readers.values():
            each.keep()
        print(f"{len(asked)} questions, {len(found)} rules", flush=True)
        rows = []
        for rule in found:
            heard = sorted(board.heard[rule.name])
            if not heard or len(heard) > SKIPPED * len(asked):
                rows.append({"rule": rule.name, "heard": len(heard)})
                continue
            board.off = rule.name
            now = {n: _outcome(board, n, *asked[n], readers) for n in heard}
            board.off = ""
            row = _row(rule.name, [(before[n], now[n]) for n in heard])
            row["sets"] = {
                name: _row(rule.name, [(before[n], now[n]) for n in heard if asked[n][0] == name])
                for name in sorted({asked[n][0] for n in heard})
            }
            rows.append(row)
            print(json.dumps({k: v for k, v in row.items() if k != "sets"}), flush=True)
            given.out.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    given.out.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")


def _outcome(
    board: Switchboard, number: int, name: str, one: Asked, readers: dict[str, Remembering]
) -> Outcome | None:
    board.asking = number
    once.shipped_reader = lambda: cast("Reader", readers[name])
    try:
        return measure(one.assistant, [one.case], name).outcomes[0]
    except (ChuchuError, TypeError, AttributeError, IndexError, ValueError, AssertionError):
        if not board.off:
            raise
        return None  # what calls the rule cannot do without it


def _row(name: str, pairs: Sequence[tuple[Outcome | None, Outcome | None]]) -> dict[str, Any]:
    row: dict[str, Any] = {"rule": name, "heard": len(pairs), "broken": 0, "changed": 0}
    for key in ("first", "refusal", "wrongly", "short"):
        row[key] = [0, 0]  # won by the rule, lost by it
    row["items"] = 0.0
    for was, now in pairs:
        if was is None or now is None:
            row["broken"] += 1
            continue
        row["changed"] += was.answer.to_dict() != now.answer.to_dict()
        refuse = was.case.refuse
        values = {
            "refusal": (refuse and was.answer.refused, refuse and now.answer.refused),
            "first": (not refuse and was.first, not refuse and now.first),
            "wrongly": (refuse or not was.answer.refused, refuse or not now.answer.refused),
            "short": (bool(was.case.short) and was.short, bool(now.case.short) and now.short),
        }
        for key, (with_rule, without) in values.items():
            row[key][0] += with_rule and not without
            row[key][1] += without and not with_rule
        row["items"] += (was.items_f1 - now.items_f1) if was.case.items else 0.0
    row["items"] = round(row["items"], 2)
    return row


if __name__ == "__main__":
    main()
