"""What a pronoun in a follow-up stands for: 它, 他们, 这些企业, 该公司, 其."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.followups.turn import Turn
from qa.question.kinds import Asked, asked, plain
from qa.question.slots import first_noun, topic

PRONOUN = re.compile(
    r"它们|他们|她们|它|(?<!其)他(?!们|人|的人)|她|(?:这|那|该|此|上述|以上)(?:些|个|家|项|种|类|几个|几项|几点|几家)(?P<noun>公司|企业|业务|产品|平台|系统|机构|项目|东西)?"
    r"|[这那][块门](?:业务|生意|产品|市场)"
    r"|(?:该|此|上述|以上)(?:公司|企业|业务|产品|平台|系统|机构|项目|集团)|(?<![尤与])其(?!中|他|它|余|实|次|间|一|二|三)"
)
_PLURAL_NOUN = re.compile(r"(?:这|那|上述|以上)(?:些|几个|几项|几点|几种|几大|几类)")
_SORT_OF_THING = re.compile(r"产品|业务|公司|企业|平台|机构|项目|服务|东西|系统")
# 「哪些|大牌照」
WHICH_NOUN = re.compile(
    r"(?:哪(?:几|些)|多少|几)(?:个|样|种|项|家|款|大)?(?P<noun>[\u4e00-\u9fffA-Za-z]{2,6})$"
)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A pronoun in a follow-up, where it stands, and what it stands for."""

    start: int
    end: int
    meant: str
    several: bool  # 这些…, which go before what else a question may lean on


def pointed(text: str, turn: Turn) -> Pointer | None:
    """The pronoun a question leans on, if what it stands for is known."""
    plural = _PLURAL_NOUN.search(text)
    if plural and not text[: plural.start()].endswith("的"):  # 众筹的|那些数据
        noun = first_noun(text, plural.end(), turn.lore)
        return Pointer(plural.start(), plural.end() + len(noun), _these(noun, turn), several=True)
    pronoun = PRONOUN.search(text)
    if pronoun and text[: pronoun.start()].endswith("的"):
        pronoun = None
    meant = _meant(pronoun[0], turn) if pronoun else ""
    if not pronoun or not meant:
        return None
    meant += "的" if pronoun[0] == "其" else ""
    return Pointer(pronoun.start(), pronoun.end(), meant, several=False)


def _these(noun: str, turn: Turn) -> str:
    """「这些企业」: what was spoken of last under that name."""
    for earlier in reversed(turn.before):
        about = topic(plain(earlier), turn.lore)
        if noun in about:
            return about
    listed = asked(turn.last) in {Asked.LIST, Asked.COUNT} or WHICH_NOUN.search(turn.last)
    if turn.parts.subject and not listed and _SORT_OF_THING.fullmatch(noun):
        return turn.parts.subject  # 小金库 is such a 产品
    return f"{turn.topic}的{noun}"


def _meant(pronoun: str, turn: Turn) -> str:
    """What a pronoun stands for: the subject, or the things or the person that was asked for."""
    several = pronoun in {"它们", "他们", "她们"}
    listed = asked(turn.last) in {Asked.LIST, Asked.COUNT, Asked.WHO}
    person = pronoun in {"他", "她"} and "谁" in turn.last
    if person or (several and (listed or WHICH_NOUN.search(turn.last))):
        return turn.topic
    return turn.parts.subject if several else turn.subject
