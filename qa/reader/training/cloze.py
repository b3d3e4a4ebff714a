"""Questions made of statements: a name, figure, date or list of a clause is asked for in its place.

Chinese asks where it answers (京东支付占1% → 京东支付占多少), so a clause whose answer is taken out
for an asking word is a question, if a wordy one. Words are left out at random, so that question
and text do not agree word by word. The same clause with another name or figure of the article put
in asks what the text does not say; so does one asked of a stretch without its sentence.

Lewis et al., "Unsupervised Question Answering by Cloze Translation" (2019), do so for English,
where the words have to be set in order again.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import jieba.posseg

from qa.reader.training.corpora import sentences
from qa.reader.training.examples import LONGEST_WINDOW, Example, Kind, items_between

UNITS = "元|美元|港元|人|名|家|个|只|件|场|次|种|项|位|年|天|小时|分钟|公里|米|吨|亩|倍|岁|套|辆|篇"
FIGURE = re.compile(
    rf"\d[\d,]*(?:\.\d+)?(?:[万亿千百]+)?(?:余|多)?(?:%|％|个百分点|平方米|(?:{UNITS}))"
)
DATE = re.compile(r"(?:\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日)")
TITLE = re.compile(r"《[^》]{2,16}》")
ODD = re.compile(r"[（）()【】“”\"]|责任编辑|搜狐|https?|^[月日\d ]")
CLAUSE_END = re.compile(r"[，。；！？,;!?：:\n]")
LIST = re.compile(r"[^，。；：、“”（）()《》\s]{2,12}(?:、[^，。；：、（）()\s]{2,14}){2,}")
AND_SO_ON = re.compile(r"(?:等[^，。；：、]{0,8})")
NAMES = {"nr": "person", "ns": "place", "nt": "organisation"}
# jieba takes many a common word for a name; these look like one.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕"
    "丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏傅方邹熊白孟秦邱侯江尹薛雷龙史陶贺龚段郝钱汤黎常武康"
)
LOOKS = {
    "nr": re.compile(rf"[{SURNAMES}]\w{{1,2}}$"),
    "ns": re.compile(r"\w+[省市县区镇村乡州国岛湾港城]$"),
    "nt": re.compile(r"\w{4,}$"),
}
NO_NAME_BEFORE = ("n", "a", "m", "x", "b", "k", "q")  # 东坡|区, 蓝天|救援队 are names of more
BEFORE_LIST = re.compile(
    r"^.*?(?:包括|包含|含有|涵盖|涉及|围绕|具有|提供|例如|比如|如|是|有|含|为|在|对|将|把|与|和)"
)
ASKING = {
    "person": ("谁", "谁", "哪位", "什么人"),
    "place": ("哪里", "什么地方", "哪儿", "哪个地方"),
    "organisation": ("哪家机构", "哪个单位", "什么机构", "谁"),
    "title": ("什么", "哪个", "什么"),
    "date": ("什么时候", "何时", "哪天", "什么时间"),
    "year": ("哪一年", "哪年", "什么时候"),
    "percent": ("多少", "百分之多少", "多大比例"),
    "list": ("哪些", "什么", "哪几个", "哪些"),
}
LONGEST_ITEM = 10  # characters; of longer ones it is not plain where they begin and end
DROPPED = frozenset({"ad", "ul", "uz", "c", "a", "b", "z", "r"})
DROP = 0.3  # chance that a word of these parts of speech is left out of a question
SHORTEST, LONGEST_QUESTION = 6, 46  # characters
SHARES = {Kind.HOLDS: 0.55, Kind.CHANGED: 0.2, Kind.REMOVED: 0.1, Kind.SIBLING: 0.15}


@dataclass(frozen=True, slots=True)
class Blank:
    """What of an article may be asked for: ``text[start:end]`` and its sort."""

    start: int
    end: int
    sort: str


class Clozes:
    """Draws questions from statements of plain articles."""

    def __init__(self, articles: Sequence[str], rng: random.Random) -> None:
        self.articles = [text for text in articles if len(text) > 200]
        self.random = rng

    def draw(self) -> Example | None:
        """Make an example, or None when the article drawn has nothing to ask for."""
        rng = self.random
        text = rng.choice(self.articles)
        bounds = [(a, b) for a, b in sentences(text) if b - a <= LONGEST_WINDOW]
        whole = [n for n, (a, b) in enumerate(bounds) if 14 <= b - a <= 160]
        if len(whole) < 3:
            return None
        at = rng.choice(whole)
        start, end = bounds[at]
        blanks = _blanks(text, start, end)
        if not blanks:
            return None
        blank = rng.choice(_one_sort(blanks, rng))
        kind = rng.choices(list(SHARES), list(SHARES.values()))[0]
        asked = self._ask(text, start, end, blank)
        if kind is Kind.CHANGED and asked is not None:
            asked = self._other(text, bounds, at, asked)
        if asked is None:
            return None
        low, high = self._spread(bounds, at)
        answer = text[blank.start : blank.end]
        if kind is Kind.SIBLING:
            away = [n for n in whole if abs(n - at) > 1]
            if not away:
                return None
            low, high = self._spread(bounds, rng.choice(away))
        begin, stop = bounds[low][0], bounds[high][1]
        window = text[begin:stop]
        if kind is Kind.REMOVED:
            window = text[begin:start] + text[end:stop]
        heading = text[:24] if rng.random() < 0.2 else ""
        if kind is Kind.HOLDS:
            span = (blank.start - begin, blank.end - begin)
            if window.count(answer) != 1:
                return None
            items = items_between(window, *span, shortest=2) if blank.sort == "list" else None
            return Example(asked, heading, window, *span, Kind.HOLDS, (span,), items)
        if len(window) < 12 or (kind is not Kind.CHANGED and answer in window):
            return None
        return Example(asked, heading, window, 0, 0, kind)

    def _spread(self, bounds: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
        size = round(self.random.triangular(30, 260, 110))
        low = high = at
        while bounds[high][1] - bounds[low][0] < size:
            down = self.random.random() < 0.5
            if down and low:
                low -= 1
            elif high + 1 < len(bounds):
                high += 1
            else:
                break
            if bounds[high][1] - bounds[low][0] > LONGEST_WINDOW:
                return at, at
        return low, high

    def _ask(self, text: str, start: int, end: int, blank: Blank) -> str | None:
        """The clause of ``blank``, an asking word in its place, and perhaps the one before."""
        rng = self.random
        marks = [m.end() for m in CLAUSE_END.finditer(text, start, blank.start)]
        begin = marks[-1] if marks else start
        if len(marks) >= 1 and (blank.start - begin < 4 or rng.random() < 0.4):
            begin = marks[-2] if len(marks) > 1 else start
        stop = CLAUSE_END.search(text, blank.end, end)
        before, after = text[begin : blank.start], text[blank.end : stop.start() if stop else end]
        answer = text[blank.start : blank.end]
        if blank.sort == "list":
            after = AND_SO_ON.sub("", after, count=1)
        sort = blank.sort
        if sort == "figure":
            unit = re.sub(r"^[\d,.余多万亿千百]+", "", answer)
            cue = rng.choice((f"多少{unit}", f"多少{unit}", "多少", f"几{unit}"))
        else:
            cue = rng.choice(ASKING[sort])
        kept = self._thin(before), self._thin(after)
        if len(kept[0]) + len(kept[1]) < SHORTEST:
            kept = before, after
        asked = f"{kept[0]}{cue}{kept[1]}".strip(" ，,、　")
        if rng.random() < 0.2 and sort in {"figure", "percent", "date", "year"}:
            asked = f"{kept[0]}{kept[1]}是{cue}".strip(" ，,、　")
        if not SHORTEST + len(cue) <= len(asked) <= LONGEST_QUESTION or ODD.search(asked):
            return None
        return asked + rng.choice(("？", "？", "?", ""))

    def _thin(self, part: str) -> str:
        rng = self.random
        words = [(w.word, w.flag) for w in jieba.posseg.lcut(part)]
        return "".join(word for word, flag in words if flag not in DROPPED or rng.random() >= DROP)

    def _other(
        self, text: str, bounds: Sequence[tuple[int, int]], at: int, asked: str
    ) -> str | None:
        """``asked`` with a name, date or figure of another sentence in place of its own."""
        rng = self.random
        own = [b for b in _blanks(asked, 0, len(asked)) if b.sort != "list"]
        if not own:
            return None
        old = rng.choice(own)
        others = [n for n in range(len(bounds)) if abs(n - at) <= 6 and n != at]
        rng.shuffle(others)
        here = text[bounds[at][0] : bounds[at][1]]
        for n in others:
            for found in _blanks(text, *bounds[n]):
                new = text[found.start : found.end]
                if found.sort == old.sort and new not in here and new not in asked:
                    return asked[: old.start] + new + asked[old.end :]
        return None


def _one_sort(blanks: Sequence[Blank], rng: random.Random) -> list[Blank]:
    """Those of a sort drawn at random, so that frequent sorts do not crowd out the others."""
    sort = rng.choice(sorted({blank.sort for blank in blanks}))
    return [blank for blank in blanks if blank.sort == sort]


def _blanks(text: str, start: int, end: int) -> list[Blank]:
    return [Blank(start + b.start, start + b.end, b.sort) for b in _found(text[start:end])]


@lru_cache(maxsize=1 << 13)
def _found(sentence: str) -> tuple[Blank, ...]:
    """What may be asked for in ``sentence``, none inside another."""
    found: list[Blank] = []

    def add(start: int, end: int, sort: str) -> None:
        if all(end <= one.start or start >= one.end for one in found):
            found.append(Blank(start, end, sort))

    for match in LIST.finditer(sentence):
        first = match[0].index("、")
        lead = BEFORE_LIST.match(match[0][:first])
        start = match.start() + (lead.end() if lead and lead.end() < first - 1 else 0)
        last = AND_SO_ON.search(sentence, match.start() + match[0].rindex("、"))
        whole = last is not None and last.start() <= match.end()
        end = last.start() if last is not None and whole else match.end()
        items = sentence[start:end].split("、")
        if (lead or whole) and max(map(len, items)) <= LONGEST_ITEM and len(items[-1]) > 1:
            add(start, end, "list")
    for match in DATE.finditer(sentence):
        add(*match.span(), "year" if match[0].endswith("年") else "date")
    for match in FIGURE.finditer(sentence):
        add(*match.span(), "percent" if match[0][-1] in "%％点" else "figure")
    for match in TITLE.finditer(sentence):
        add(*match.span(), "title")
    at = 0
    words = [(w.word, w.flag) for w in jieba.posseg.lcut(sentence)]
    around = [("", "x"), *words, ("", "w")]
    for number, (word, flag) in enumerate(words):
        sort = NAMES.get(flag)
        after, before = around[number + 2], around[number]
        alone = after[1][0] not in NO_NAME_BEFORE or not after[0].isalnum()
        if sort and LOOKS[flag].match(word) and alone and before[1] not in {"nr", "x"}:
            add(at, at + len(word), sort)
        at += len(word)
    return tuple(found)
