"""Some of what was listed: 「第二个」, 「最后一个」, 「另外两个」, 「第二名」."""

from __future__ import annotations

import re

from corpus import Tokenizer
from qa.figures.ranks import PLACE
from qa.followups.turn import LISTING, Turn
from qa.question.kinds import asked, plain
from qa.question.slots import DIRECTED

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ORDINAL = re.compile(
    r"^(?:那么?|其中|这|那)?(?P<last>最后|前者|后者|第(?P<n>[一二三四五六七八九十两]|\d{1,2}))"
    r"(?:那|这)?(?:一)?(?:个|点|条|项|种|类|大|方面|部分|步)?(?P<rest>.*)$"
)
_OTHERS = re.compile(
    r"^(?:那么?)?(?:另外?|其余|其他|其它|剩下|余下|还有(?=[一二三四五六七八九十两俩几]个))的?(?:那|这)?(?P<n>[一二三四五六七八九十两俩几]|\d{1,2})?"
    r"(?:个|家|款|种|项|点|条|类|样|块|部分|方面)?(?:的)?(?P<rest>(?:呢|都|是|有|又|分别|各|怎|干|做|叫|指|针对|面向|用).*)$"
)
# 「第二名是谁」 「垫底的是哪家」
_PLACED = re.compile(
    rf"^(?:那么?)?(?P<place>{PLACE})(?:的)?(?:一?[个家])?(?:又)?(?:是|叫)?(?:谁|哪(?:一)?[家个款种项]|什么|呢)+$"
)

_NEXT = re.compile(r"^(?:那么?)?(?P<place>第[二三四五])(?:名|位)?呢$")


def is_ordinal(text: str) -> bool:
    """Whether a folded follow-up names an entry of a list by its number."""
    return _ORDINAL.match(text) is not None


def of_an_item(turn: Turn) -> str:
    """「第二个问题具体是什么」 asked of that item."""
    ordinal = _ORDINAL.match(turn.text)
    item = _item(ordinal, turn) if ordinal else ""
    return _about_item(item, ordinal["rest"], turn.lore.tokenizer) if ordinal and item else ""


def one_of_two(turn: Turn, earlier: str) -> str:
    """「前者也包括银行吗」, where ``earlier`` is what the question before the last was about."""
    one = _ORDINAL.match(turn.text)
    if one and one["last"] in {"前者", "后者"} and asked(turn.last) not in LISTING:
        return f"{earlier if one['last'] == '前者' else turn.parts.subject}{one['rest']}？"
    return ""


def of_a_place(turn: Turn) -> str:
    """「第二名是谁」 after 「谁份额最大」: the place asked for, for the one that was."""
    placed = _PLACED.match(turn.text) or _NEXT.match(turn.text)
    if placed is None:
        return ""
    for earlier in map(plain, reversed(turn.before)):
        if placed.re is _NEXT and asked(earlier) in LISTING:
            return ""
        before = re.search(PLACE, earlier)
        if before:
            return f"{earlier[: before.start()]}{placed['place']}{earlier[before.end() :]}？"
    return ""


def of_the_others(turn: Turn) -> str:
    """「另外两个是干嘛的」: those of the list last given that have not been spoken of since."""
    others = _OTHERS.match(turn.text)
    if others is None:
        return ""
    for at in range(len(turn.before) - 1, -1, -1):
        items = list(turn.items_of(turn.before[at]))
        if len(items) < 2:
            continue
        since = turn.before[at + (asked(turn.before[at]) in LISTING) :]
        told = "\n".join([*map(plain, since), *(turn.short_of(one) or "" for one in since)])
        rest = [one for one in items if not _is_told(one, told)]
        if not 0 < len(rest) < len(items) or len(rest) != _number(others["n"], len(rest)):
            return ""
        named = "、".join(rest)
        asked_of = next((one for one in items if one in turn.last), "")
        if others["rest"] == "呢" and asked_of:
            return f"{turn.last.replace(asked_of, named, 1)}？"
        return f"{named}{'是什么' if others['rest'] == '呢' else others['rest']}？"
    return ""


def _is_told(item: str, told: str) -> bool:
    return item in told or any(len(line) > 1 and line in item for line in told.split("\n"))


def _number(numeral: str | None, unsaid: int) -> int:
    if not numeral or numeral == "几":
        return unsaid
    if numeral == "俩":
        return 2
    return int(numeral) if numeral.isdigit() else _DIGITS[numeral]


def _item(ordinal: re.Match[str], turn: Turn) -> str:
    """The item meant, from the newest earlier question that is answered with so long a list.

    Questions that ask for a list come first: 「第二个具体是什么」 after one is about its items.
    """
    newest = list(reversed(turn.before))
    for earlier in sorted(newest, key=lambda one: asked(one) not in LISTING):
        items = turn.items_of(earlier)
        at = _number(ordinal["n"], 0) - 1 if ordinal["n"] else len(items) - 1
        if ordinal["last"] == "前者":
            at = 0
        if 0 <= at < len(items):
            return items[at]
    return ""


def _about_item(item: str, rest: str, tokenizer: Tokenizer) -> str:
    """「第二个问题具体是什么」: the noun after the ordinal only repeats what the list is of."""
    rest = re.sub(r"^呢?[,，]", "", rest)
    tagged = tokenizer.tagged(rest)
    if tagged and tagged[0][1].startswith("n") and tagged[0][0] not in DIRECTED:
        rest = rest[tagged[0][3] :]
    rest = re.sub(r"^的", "", rest)
    if not rest or rest in {"呢", "是什么", "是啥", "具体呢"}:
        rest = "具体是什么"
    return f"{item}{'' if rest.startswith(('是', '有', '怎', '如', '为', '具')) else ' '}{rest}？"
