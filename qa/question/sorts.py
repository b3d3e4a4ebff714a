"""What a list is of, as far as its words tell: problems, advice on them, faults or merits."""

from __future__ import annotations

import re

_ADVISED = re.compile(
    r"(?<!供)应(?:该|当|做|采|如)|建议|对策|策略|优化|措施|举措|做法|怎么做(?![不得])|怎么办|如何做|责任|义务|该(?:怎|如|做|采)"
    r"|主张|药方|良方|方子|出路|主意|[支几哪高]招|支(?:了|过)?(?:什么|啥|哪些|几)招|招[儿数]|咋[办改做]|怎么改"
)
# 「怎么解决牌照问题」 asks for advice, whatever comes last.
_REMEDY = re.compile(
    r"(?:怎么|如何|怎样|咋)(?:样|去|来|才能)?(?:解决|应对|改[进善]|提[升高]|完善|克服|弥补|化解)"
)
# What is done to a thing names none: 「怎么提高利润」 is not about 「提高信息透明度」.
REMEDY_VERBS = frozenset(
    (
        "解决 应对 改进 改善 提高 提升 升高 完善 克服 弥补 化解 加强 优化 加速 降低 减少 增强 增加 "
        "推进 推动 建立 促进 扩大"
    ).split()
)
_PROBLEMS = re.compile(
    r"问题|短板|不足|缺[点陷口]|困[难境]|难[题点处]|风险|弱点|毛病|弊[病端]|挑战|瓶颈|隐患|通病|痛点|硬伤|制约|劣势|软肋|槽点|漏洞"
)
_FAULTS = re.compile(r"缺[点陷]|不足|短板|毛病|劣势|弊[病端]|槽点|软肋|硬伤|坏处")
_MERITS = re.compile(r"优点|优势|好处|长处|亮点|强项|益处")


def sort_asked(question: str) -> int:
    """``sort_of``, but 「针对牌照问题有什么建议」 asks for advice."""
    if _REMEDY.search(question):
        return -1
    problems = list(_PROBLEMS.finditer(question))
    advised = list(_ADVISED.finditer(question))
    if problems and advised:
        return -1 if advised[-1].start() > problems[-1].start() else 0
    return sort_of(question)


def is_problems(text: str) -> bool:
    """Whether folded ``text`` names problems, and no advice on them."""
    return sort_of(text) > 0


def is_advice(text: str) -> bool:
    """Whether folded ``text`` names what should be done."""
    return bool(_ADVISED.search(text))


def sort_of(text: str) -> int:
    """1 for problems, -1 for advice on them, 0 for neither or both."""
    return bool(_PROBLEMS.search(text)) - bool(_ADVISED.search(text))


def opposed(question: str, about: str) -> bool:
    """Whether one of two folded texts speaks of faults, the other of merits alone."""
    merits, problems = bool(_MERITS.search(about)), bool(_PROBLEMS.search(about))
    good, bad = bool(_MERITS.search(question)), bool(_FAULTS.search(question))
    return (merits and not problems and bad and not good) or (
        problems and not merits and good and not bad
    )
