"""Lists within a clause: items between 、, the last after 和, 与, 及 or 或."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from statistics import median

from corpus import Tokenizer, fold
from qa.enumerations.enumeration import DECLARED, Entry, Enumeration, Form, entry_at, without_sum

_TRIGGERS = frozenset(
    (
        "包括 包含 涵盖 囊括 分为 分成 含有 有 如 例如 比如 诸如 为 是 即 通过 提供 借助 凭借 "
        "依托 融合 形成 缺乏 缺少 进入 推出 连接 连接起 以 将 把 从 由 在 对 按 按照 只有 仅有 "
        "开展 涉及 具有 拥有 设有 设 获得 需要 需 提交 出示 支持 来自 位于 负责 属于 构成 组成 "
        "叫 称为 称 选 选择 采用 使用 用 到 向 给 增加 新增 建立 服务 打通 实现 加强 种植 生产 "
        "销售 经营 收录 展出 收藏 发表 出版 改 改为 换 换成 带来 针对 面向 了 着 过 起 也 都 "
        "还 主要 分别 ，"
    ).split()
)
_CONJUNCTION = re.compile(r"以及|和|与|及|或")
_CLAUSE_END = re.compile(r"[,，;；。！？!?\n]|\.(?=\s|$)")
_QUOTED = re.compile(r"“([^“”]+)”|《([^《》]+)》|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\"")
_OWNERS = re.compile(r"(?:自身的?|自己的|其|各自的|本身的|一系列|多种|各种|各类)")
_EXAMPLES = re.compile(r"(?:例如|比如|诸如|如|即|含|有)(?=[\u4e00-\u9fffA-Za-z]{2})")
_AFTER_ITEM = re.compile(r"(?:上|中|里|下|内|之间|方面|类型|领域)的|这")


def inline(text: str, number: int, offset: int, tokenizer: Tokenizer) -> Iterator[Enumeration]:
    """、-lists of one sentence, clause by clause."""
    masked = _mask(fold(text))  # the words around a list are known in simplified
    masked = re.sub(r"[,，](?=以及)", "、", masked)  # a list that goes on, not a new clause
    start = 0
    for end in [match.start() for match in _CLAUSE_END.finditer(masked)] + [len(text)]:
        if end > start:
            yield from _clause(text, masked, start, end, number, offset, tokenizer)
        start = end + 1


def together(lists: Sequence[Enumeration]) -> Iterator[Enumeration]:
    """All the lists of one sentence as one, when none of them already is that."""
    if len({one.entries[0].start for one in lists}) < 2:
        return
    entries = {entry.start: entry for one in lists for entry in one.entries}
    about = " ".join(dict.fromkeys(one.about for one in lists))
    union = tuple(entries[start] for start in sorted(entries))
    if all(len(one.entries) < len(union) for one in lists):
        yield Enumeration(Form.TOGETHER, lists[0].lead, about, union)


def _mask(text: str) -> str:
    """The text with the inside of quotes and brackets blanked, so that no mark there cuts."""
    masked = list(text)
    for match in re.finditer(
        r"“[^“”]*”|《[^《》]*》|「[^「」]*」|『[^『』]*』|[(（][^()（）]*[)）]", text
    ):
        for at in range(match.start() + 1, match.end() - 1):
            masked[at] = "\u25a1"
    return "".join(masked)


def _clause(
    text: str, masked: str, start: int, end: int, number: int, offset: int, tokenizer: Tokenizer
) -> Iterator[Enumeration]:
    marks = [at for at in range(start, end) if masked[at] == "、"]
    tail = _tail(masked, (marks[-1] + 1) if marks else start, end)
    if not marks and not (tail < end and _CONJUNCTION.search(masked, start, tail)):
        return
    bounds = [start, *[mark + 1 for mark in marks]]
    stops = [*marks, tail]
    chunks = [(a, b) for a, b in zip(bounds, stops, strict=True) if b > a]
    if not chunks:
        return
    last = chunks.pop()
    chunks += _split_conjunction(masked, *last, several=bool(chunks))
    if len(chunks) < 2:
        return
    quoted = [_quotes(text, *chunk) for chunk in chunks]
    about = text[start : chunks[0][1]]
    declared = DECLARED.match(masked, tail)
    count = declared[0] if declared else ""
    after = text[tail:end]
    if sum(1 for quotes in quoted if quotes) >= max(2, len(chunks) - 1):
        words = (start, quoted[0][0][0] if quoted[0] else chunks[0][1])
        cut = _after_trigger(masked, *words, (), tokenizer) - start
        yield from _quoted_lists(text, cut, chunks, quoted, after, count, number, offset)
        return
    first = _after_trigger(masked, *chunks[0], chunks[1:], tokenizer)
    chunks[0] = (first, chunks[0][1])
    if len(chunks) > 2:  # 「环境与生产者、消费者和分解者」: the first chunk may be two as well
        chunks[:1] = _even_halves(masked, *chunks[0], chunks[1:])
    chunks[-1] = (chunks[-1][0], _before_verb(masked, *chunks[-1], chunks[:-1], tokenizer))
    entries = tuple(entry_at(text, a, b, number, offset) for a, b in chunks)
    if any(not entry.text or len(entry.text) > 40 for entry in entries):
        return
    lead = f"{about[: first - start]} {after}"
    yield Enumeration(Form.INLINE, number, lead, without_sum(entries), count)


def _tail(masked: str, start: int, end: int) -> int:
    """Where the last item ends: before 等, 八大板块, 六种类型的产品 …"""
    cut = re.compile(rf"等(?!级|待|于|候|同)|(?:这|共)?(?:{DECLARED.pattern})").search(
        masked, start + 1, end
    )
    return cut.start() if cut else end


def _split_conjunction(masked: str, start: int, end: int, several: bool) -> list[tuple[int, int]]:
    """「技术及金融」 as two items; the last conjunction counts when there are more."""
    found = [
        m for m in _CONJUNCTION.finditer(masked, start, end) if start < m.start() and m.end() < end
    ]
    if not found:
        return [(start, end)]
    cut = found[-1]
    if several and end - cut.end() > 24:
        return [(start, end)]
    return [(start, cut.start()), (cut.end(), end)]


def _even_halves(
    masked: str, start: int, end: int, others: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """A chunk cut at its conjunction, when both halves are about as long as the other items."""
    size = median(b - a for a, b in others)
    halves = _split_conjunction(masked, start, end, several=False)
    if all(0.6 * size <= b - a <= 1.7 * size for a, b in halves):
        return halves
    return [(start, end)]


def _quotes(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """Quoted pieces of a chunk: start, end, and the length of the words before each."""
    found = []
    before = start
    for match in _QUOTED.finditer(text, start, end):
        group = next(number for number in range(1, 6) if match[number] is not None)
        title = match[0].startswith("《")
        span = match.span(0) if title else match.span(group)
        found.append((span[0], span[1], match.start() - before))
        before = match.end()
    return found


def _quoted_lists(
    text: str,
    cut: int,
    chunks: Sequence[tuple[int, int]],
    quoted: Sequence[Sequence[tuple[int, int, int]]],
    after: str,
    count: str,
    number: int,
    offset: int,
) -> Iterator[Enumeration]:
    """A list of quoted names, and the parts of it that have words of their own before them.

    「有银行参与的“甲”、“乙”和以自有资金运作的“丙”、“丁”」 is one list of four and two of two.
    """
    groups: list[tuple[str, list[Entry]]] = []
    for (chunk, _), quotes in zip(chunks, quoted, strict=True):
        before = chunk
        for begin, end, distance in quotes:
            if not groups or distance >= 4:
                groups.append((text[before:begin], []))
            groups[-1][1].append(Entry(text[begin:end], offset + begin, offset + end, number))
            before = end
    entries = [entry for _, group in groups for entry in group]
    if len(entries) < 2:
        return
    lead, own = groups[0][0][:cut], groups[0][0][cut:]
    yield Enumeration(Form.INLINE, number, f"{lead} {after}", tuple(entries), count)
    if len(groups) > 1 and all(len(group) > 1 for _, group in groups):
        for words, group in ((own, groups[0][1]), *groups[1:]):
            yield Enumeration(Form.INLINE, number, words, tuple(group))


def _after_trigger(
    masked: str, start: int, end: int, others: Sequence[tuple[int, int]], tokenizer: Tokenizer
) -> int:
    """Where the first item begins, after the words that lead to it."""
    chunk = masked[start:end]
    cut = 0
    for word, flag, _, stop in tokenizer.tagged(chunk):
        leads = word in _TRIGGERS or flag in {"ul", "uz"}
        if leads and stop < len(chunk):
            cut = stop
    colon = max(chunk.rfind("："), chunk.rfind(":"))
    if cut <= colon < len(chunk) - 1:
        cut = colon + 1
    examples = _EXAMPLES.match(chunk, cut)
    if examples:
        cut = examples.end()
    if not others:
        return start + cut
    size = median(b - a for a, b in others)
    rest = chunk[cut:]
    plain = not any("的" in masked[a:b] for a, b in others)
    if plain and "的" in rest and len(rest) > size + 2:
        cut += rest.rindex("的") + 1
    cut += _overhang(chunk[cut:], masked, others, tokenizer)
    owner = _OWNERS.match(chunk, cut)
    if owner and owner.end() < len(chunk):
        cut = owner.end()
    return start + cut


def _before_verb(
    masked: str, start: int, end: int, others: Sequence[tuple[int, int]], tokenizer: Tokenizer
) -> int:
    """Where the last item ends, when the clause runs on after it: 「…、钱包功能不断完善」."""
    runs_on = _AFTER_ITEM.search(masked, start + 1, end)
    if runs_on and not any(_AFTER_ITEM.search(masked, a, b) for a, b in others):
        return runs_on.start()
    size = median(b - a for a, b in others)
    if end - start <= 2 * size + 2:
        return end
    for _, flag, begin, _ in tokenizer.tagged(masked[start:end]):
        if begin >= 2 and flag in {"v", "d", "p", "c", "ul"}:
            return start + begin
    return end


_LEADS = ("v", "p", "c", "d", "ul", "uz", "ug")


def _overhang(
    rest: str, masked: str, others: Sequence[tuple[int, int]], tokenizer: Tokenizer
) -> int:
    """How much of the first item only leads to it: 「可实时采集|风速」, 「用于|包装机械」.

    Verbs and prepositions that open it go, unless other items open so too. Of what is still far
    longer than the others, so much goes that the rest is most like them in length.
    """
    size = median(b - a for a, b in others)
    words = tokenizer.tagged(rest)
    if not any(_leads(tokenizer.tagged(masked[a:b])) for a, b in others):
        shortest = min(b - a for a, b in others)
        while _leads(words) and len(rest) - words[0][3] >= shortest:
            words = words[1:]
    opening = words[0][2] if words else 0
    if len(rest) - opening <= 1.5 * size:
        return opening
    best, cut = abs(math.log((len(rest) - opening) / size)), opening
    for _, flag, _, stop in words:
        if flag.startswith(_LEADS) and flag != "vn" and len(rest) - stop >= 2:
            unlike = abs(math.log((len(rest) - stop) / size))
            if unlike < best:
                best, cut = unlike, stop
    return cut


def _leads(words: Sequence[tuple[str, str, int, int]]) -> bool:
    """Whether a stretch opens with a verb or preposition that leads to what follows."""
    return bool(words) and words[0][1] in {"v", "p"} and len(words[0][0]) > 1
