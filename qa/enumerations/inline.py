"""Lists within a clause: items between 、, the last after 和, 与, 及 or 或."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
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
        "还 主要 分别 发挥 给予 ，"
    ).split()
)
_CONJUNCTION = re.compile(r"以及|甚至|乃至|和|与|及(?!以[上下前后内外])(?:其(?![他它中余]))?|或者?")
_CLAUSE_END = re.compile(r"(?<!\d)[,，]|[,，](?!\d{3}(?!\d))|[;；。！？!?\n]|\.(?=\s|$)")
_QUOTED = re.compile(r"“([^“”]+)”|《([^《》]+)》|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\"")
_SUM = re.compile(rf"(?:[这共]|以?上)?(?P<count>{DECLARED.pattern})")
_SUMMED = re.compile(rf"等(?!级|待|于|候|同)|{_SUM.pattern}")
LONGEST_OF_PAIR = 16  # characters of each of two
_NAME = re.compile(r"(?!的)[^“”「」『』]{2,}(?<![（(的])")
_COMMA = re.compile(r"[,，]")
_GOES_ON = re.compile(r"(?<=、)[^、,，;；。]{2,20}(?:[,，][^、,，;；。]{2,20})+[,，](?=以及)")
_MORE = re.compile(r"(?:而且|并且|同时|也|另外)?还(?:包括|包含|有|涉及|涵盖)")
# What goes on behind the sum of a list: 「银行、券商等金融机构|甚至|京东集团自己」.
_EVEN = re.compile(r"(?:甚至|乃至)(?:是|于)?(?=[^甚乃]{2,12}$)")
_OWNERS = re.compile(r"(?:自身的?(?!的)|自己的|其|各自的|本身的|一系列|多种|各种|各类)")
_EXAMPLES = re.compile(r"(?:例如|比如|诸如|如|即|含|有)(?=[\u4e00-\u9fffA-Za-z]{2})")
# 「实现了资金存、贷、转|的打通」: what is done to all of them.
_DONE = re.compile(r"的[\u4e00-\u9fff]{2,4}$")
_DOES = re.compile(
    r"(?:实现|促进|推动|推进|加快|加速|完成|保障|支持|带动|加强|完善)了?[^,，;；。]{0,8}$"
)
_DOING = re.compile(r"[在从向对用]$|通过$")  # what follows says where or how it is done
# 「“宝宝”类理财产品|小金库」: what sort of thing it is, before its name.
_SORT = re.compile(r"[^的]{2,12}[类型][^的]{0,4}(?:产品|业务|服务|平台|工具|项目)(?=[^的]{2,8}$)")
_AFTER_ITEM = re.compile(r"(?:上|中|里|下|内|之间|方面|类型|领域)的|这")


def inline(text: str, number: int, offset: int, tokenizer: Tokenizer) -> Iterator[Enumeration]:
    """、-lists of one sentence, clause by clause."""
    masked = _mask(fold(text))  # the words around a list are known in simplified
    # A list that goes on, not a new clause: 「包括甲、乙，丙，以及丁」.
    masked = _GOES_ON.sub(lambda match: _COMMA.sub("、", match[0]), masked)
    masked = re.sub(r"[,，](?=以及)", "、", masked)
    before: list[Enumeration] = []  # of the clause before
    for start, end in _clauses(masked):
        here = list(_clause(text, masked, start, end, number, offset, tokenizer))
        if len(before) == len(here) == 1 and _MORE.match(masked, start):
            here = [_joined(before[0], here[0])]
        else:
            yield from before
        before = here
    yield from before


def pairs(text: str, number: int, offset: int, tokenizer: Tokenizer) -> Iterator[Enumeration]:
    """「源头是用户和流量」: two things that end a clause, with no 、 in it."""
    masked = _mask(fold(text))
    for start, end in _clauses(masked):
        if "、" not in masked[start:end]:
            yield from _pair(text, masked, start, end, number, offset, tokenizer)


def _pair(
    text: str, masked: str, start: int, end: int, number: int, offset: int, tokenizer: Tokenizer
) -> Iterator[Enumeration]:
    halves = _split_conjunction(masked, start, end, several=False)
    if len(halves) < 2:
        return
    (a, b), (c, d) = halves
    d = _before_verb(masked, c, d, [(a, b)], tokenizer)
    first = _after_trigger(masked, a, b, [(c, d)], tokenizer)
    one, other = b - first, d - c
    led = first > a and max(one, other) <= min(LONGEST_OF_PAIR, 3 * min(one, other))
    if led and all(_is_thing(tokenizer.tagged(masked[x:y])) for x, y in ((first, b), (c, d))):
        places = [(first, b), (c, d)]
        entries = tuple(entry_at(text, *_unquoted(text, x, y), number, offset) for x, y in places)
        if all(_NAME.fullmatch(entry.text) for entry in entries):
            about = f"{text[start:first]} {text[d:end]}"
            yield Enumeration(Form.INLINE, number, about, without_sum(entries))


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Inside of the quotation marks that a stretch stands in."""
    quoted = _QUOTED.fullmatch(text, start, end)
    return quoted.span(quoted.lastindex or 0) if quoted and text[start] != "《" else (start, end)


def _is_thing(words: Sequence[tuple[str, str, int, int]]) -> bool:
    """Whether a stretch names a thing: it ends with no verb, and nothing in it acts."""
    flags = [flag for _, flag, _, _ in words]
    return (
        bool(flags)
        and flags[-1].startswith(("n", "vn", "j", "l", "i", "x", "eng", "an", "t", "s"))
        and not any(flag in {"p", "d", "r", "c", "ul", "ug"} for flag in flags)
    )


def _clauses(masked: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of a sentence stand; none is empty."""
    start = 0
    for end in [match.start() for match in _CLAUSE_END.finditer(masked)] + [len(masked)]:
        if end > start:
            yield start, end
        start = end + 1


def _joined(first: Enumeration, second: Enumeration) -> Enumeration:
    """「不仅包括甲和乙，还包括丙和丁」 is one list."""
    return replace(first, entries=(*first.entries, *second.entries))


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
    chunks = [half for chunk in chunks for half in _alike_halves(masked, *chunk)]
    chunks += _split_conjunction(masked, *last, several=bool(chunks))
    if len(chunks) < 2:
        return
    quoted = [_quotes(text, *chunk) for chunk in chunks]
    about = text[start : chunks[0][1]]
    declared = _SUM.match(masked, tail)
    count = declared["count"] if declared else ""
    after = text[tail:end]
    if sum(1 for quotes in quoted if quotes) >= max(2, len(chunks) - 1):
        words = (start, quoted[0][0][0] if quoted[0] else chunks[0][1])
        cut = _after_trigger(masked, *words, (), tokenizer) - start
        yield from _quoted_lists(text, cut, chunks, quoted, after, count, number, offset)
        return
    if _DOES.search(masked, start, chunks[0][1]):
        chunks[-1] = (chunks[-1][0], _before_done(masked, *chunks[-1], chunks[1:-1]))
    first = _after_trigger(masked, *chunks[0], chunks[1:], tokenizer)
    chunks[0] = (first, chunks[0][1])
    if _DOING.search(masked, start, first):
        chunks = _without_modifiers(masked, chunks, tokenizer)
        first = chunks[0][0]
    if len(chunks) > 2:  # 「环境与生产者、消费者和分解者」: the first chunk may be two as well
        chunks[:1] = _even_halves(masked, *chunks[0], chunks[1:])
    chunks[-1] = (chunks[-1][0], _before_verb(masked, *chunks[-1], chunks[:-1], tokenizer))
    chunks = [(_after_sort(text, a, b), b) for a, b in chunks]
    even = _EVEN.search(masked, tail, end)
    if even:
        chunks.append((even.end(), end))
    entries = tuple(entry_at(text, a, b, number, offset) for a, b in chunks)
    if any(not entry.text or len(entry.text) > 40 for entry in entries):
        return
    lead = f"{about[: first - start]} {after}"
    yield Enumeration(Form.INLINE, number, lead, without_sum(entries), count)


def _tail(masked: str, start: int, end: int) -> int:
    """Where the last item ends: before 等, 八大板块, 六种类型的产品 …"""
    cut = _SUMMED.search(masked, start + 1, end)
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


def _alike_halves(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """「强大的体系和长期的数据」 as two, both with 的; but not 「丰富的供应商和合作伙伴」."""
    for cut in _CONJUNCTION.finditer(masked, start + 1, end - 1):
        halves = [(start, cut.start()), (cut.end(), end)]
        if all(0 < masked.find("的", a, b) - a < b - a - 1 for a, b in halves):
            return halves
    return [(start, end)]


def _without_modifiers(
    masked: str, chunks: list[tuple[int, int]], tokenizer: Tokenizer
) -> list[tuple[int, int]]:
    """「购买物品、使用服务的|用户和企业」: the first 、 joins what is said of users, no items."""
    for at in range(1, len(chunks) - 1):
        a, b = chunks[at]
        end = masked.find("的", a, b)
        if end < 0:
            continue
        words = tokenizer.tagged(masked[a:b])
        acts = all(_acts(tokenizer.tagged(masked[x:y])) for x, y in chunks[:at])
        if words[0][1] == "v" and end + 1 < b and acts:
            return [(end + 1, b), *chunks[at + 1 :]]
        return chunks
    return chunks


def _acts(words: Sequence[tuple[str, str, int, int]]) -> bool:
    """Whether a stretch has a verb with an object behind it."""
    return any(
        flag == "v" and later[1].startswith("n") for (_, flag, _, _), later in pairwise(words)
    )


def _before_done(masked: str, start: int, end: int, others: Sequence[tuple[int, int]]) -> int:
    """Where the last item ends, when what is done to all of them follows."""
    done = _DONE.search(masked, start + 1, end)
    alike = max((b - a for a, b in others), default=4) + 1
    if done and done.start() - start <= alike and not any("的" in masked[a:b] for a, b in others):
        return done.start()
    return end


def _after_sort(text: str, start: int, end: int) -> int:
    """Where a name begins, after the words for what sort of thing it is."""
    sort = _SORT.match(text, start, end)
    return sort.end() if sort else start


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
    if size == 1:  # 「资金|存、贷、转」
        return len(rest) - 1
    words = tokenizer.tagged(rest)
    if not any(_leads(tokenizer.tagged(masked[a:b]), alone=False) for a, b in others):
        shortest = min(b - a for a, b in others)
        while _leads(words) and len(rest) - words[0][3] >= shortest:
            words = words[1:]
            while len(words) > 1 and words[0][1] == "p":  # 构建|于|京东物流
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
    after = next((word for word in words if word[2] == cut), None)
    return after[3] if cut and after and after[1] == "p" else cut  # 构建于|物流


def _leads(words: Sequence[tuple[str, str, int, int]], *, alone: bool = True) -> bool:
    """Whether a stretch opens with a verb or preposition that leads to what follows.

    ``alone``: even where it is the whole stretch (支付).
    """
    opens = bool(words) and words[0][1] in {"v", "p"} and len(words[0][0]) > 1
    return opens and (alone or len(words) > 1)
