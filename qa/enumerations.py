"""The lists a text makes itself: under headings, line by line, with 、, with 一是…二是…, with ；.

A list answer must be complete, and the text's own structure knows when it is: nothing here guesses
which things belong together, it only reads where the author said so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from corpus import Document, Kind, Sentence, Tokenizer, fold

_NUMERAL = "一二三四五六七八九十两百\\d"
_DECLARED = re.compile(
    rf"(?<![\d.])(?P<n>[{_NUMERAL}]{{1,3}}|几|多|数|各)(?P<m>大|个|种|类|项|点|条|方面|家|部分|款|样|位|名|所|座|层|步)(?:[\u4e00-\u9fff]{{0,2}}(?:方面|类型|种类|层级))?"
)
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
_ORDINALS = tuple(
    tuple(re.compile(pattern) for pattern in series)
    for series in (
        ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是"),
        ("首先", "其次", "再次|然后|接着|第三|最后", "最后|第四", "最后"),
        (
            "第一[，,、是：:]",
            "第二[，,、是：:]",
            "第三[，,、是：:]",
            "第四[，,、是：:]",
            "第五[，,、是：:]",
            "第六[，,、是：:]",
        ),
        ("其一", "其二", "其三", "其四", "其五"),
        ("一方面", "另一方面"),
        (
            "[(（]1[)）]",
            "[(（]2[)）]",
            "[(（]3[)）]",
            "[(（]4[)）]",
            "[(（]5[)）]",
            "[(（]6[)）]",
            "[(（]7[)）]",
            "[(（]8[)）]",
        ),
        ("①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧"),
    )
)
_EXAMPLES = re.compile(r"(?:例如|比如|诸如|如|即|含|有)(?=[\u4e00-\u9fffA-Za-z]{2})")
_AFTER_ITEM = re.compile(r"(?:上|中|里|下|内|之间|方面|类型|领域)的|这")
_BULLET = re.compile(
    r"^\s*(?:[-*+•·●○▪■◆]\s*|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]\s*|[①-⑳]\s*|第[一二三四五六七八九十\d]+(?:[，,：:、]|条\s)\s*)"
)


class Form(StrEnum):
    """How the text writes the list."""

    HEADINGS = "headings"
    LINES = "lines"
    INLINE = "inline"
    ORDINALS = "ordinals"
    CLAUSES = "clauses"
    TITLES = "titles"


@dataclass(frozen=True, slots=True)
class Entry:
    """One item; ``text`` is what stands at ``start:end`` of the document."""

    text: str
    start: int
    end: int
    sentence: int  # index into Document.sentences


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list, complete as the text gives it."""

    form: Form
    lead: int  # the sentence (or heading) that says what it is a list of
    about: str  # the words that say so
    entries: tuple[Entry, ...]
    declared: str = ""  # "八大", when the text counts it


def enumerations(document: Document, tokenizer: Tokenizer) -> tuple[Enumeration, ...]:
    """All lists of ``document``, in the order of their leads."""
    found = [
        *_under_headings(document),
        *_lines(document),
        *_across_sentences(document),
        *_titles(document),
    ]
    for number, sentence in enumerate(document.sentences):
        if sentence.kind is not Kind.HEADING:
            found += _within(document, number, sentence, tokenizer)
    return tuple(sorted(found, key=lambda one: one.lead))


def bare(text: str) -> str:
    """A list line without its bullet or number and without closing marks."""
    return _BULLET.sub("", text).strip().rstrip("。.；;，,、：:")


def _under_headings(document: Document) -> Iterator[Enumeration]:
    heading_of = {
        sentence.section: number
        for number, sentence in enumerate(document.sentences)
        if sentence.kind is Kind.HEADING
    }
    children: dict[int, list[int]] = {}
    for number, section in enumerate(document.sections):
        if section.parent is not None and number in heading_of:
            children.setdefault(section.parent, []).append(number)
    for parent, below in children.items():
        if len(below) < 2:
            continue
        entries = tuple(
            Entry(
                document.sections[child].title,
                document.sections[child].start,
                document.sections[child].end,
                heading_of[child],
            )
            for child in below
        )
        title = document.sections[parent].title
        declared = _DECLARED.search(fold(title))
        yield Enumeration(
            Form.HEADINGS,
            heading_of.get(parent, entries[0].sentence),
            title,
            entries,
            declared[0] if declared else "",
        )


def _lines(document: Document) -> Iterator[Enumeration]:
    """Runs of list lines of one section marked alike, under the sentence before them."""
    run: list[int] = []
    sentences = document.sentences
    for number in range(len(sentences) + 1):
        item = number < len(sentences) and sentences[number].kind is Kind.ITEM
        if item and (not run or _go_together(document, run[0], number)):
            run.append(number)
            continue
        if len(run) >= 2:
            lead = max(run[0] - 1, 0)
            about = document.text[sentences[lead].start : sentences[lead].end]
            declared = _DECLARED.search(fold(about))
            entries = _labels(tuple(_line(document, at) for at in run))
            yield Enumeration(Form.LINES, lead, about, entries, declared[0] if declared else "")
        run = [number] if item else []


def _go_together(document: Document, one: int, other: int) -> bool:
    first, second = document.sentences[one], document.sentences[other]
    same = first.section == second.section
    return same and _mark(document, one) == _mark(document, other)


def _mark(document: Document, number: int) -> str:
    """How a line is marked: its bullet or number, with every numeral alike."""
    sentence = document.sentences[number]
    bullet = _BULLET.match(document.text[sentence.start : sentence.end])
    return re.sub(r"[\d一二三四五六七八九十①-⑳]+", "1", bullet[0].strip()) if bullet else ""


def _labels(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """「甲：……」 on every line: the items are what stands before the colon."""
    cut = [re.match(r"[^：:，,。]{1,16}(?=[：:])", entry.text) for entry in entries]
    if not all(cut):
        return entries
    return tuple(
        Entry(label[0], entry.start, entry.start + len(label[0]), entry.sentence)
        for entry, label in zip(entries, cut, strict=True)
        if label
    )


def _line(document: Document, number: int) -> Entry:
    sentence = document.sentences[number]
    text = document.text[sentence.start : sentence.end]
    kept = bare(text)
    at = sentence.start + text.find(kept)
    return Entry(kept, at, at + len(kept), number)


def _across_sentences(document: Document) -> Iterator[Enumeration]:
    """首先…。其次…。最后…。 as the openings of sentences of one section."""
    openings: list[tuple[int, int, int]] = []  # series, step, sentence
    for number, sentence in enumerate(document.sentences):
        if sentence.kind is not Kind.SENTENCE:
            continue
        text = document.text[sentence.start : sentence.end]
        for series, steps in enumerate(_ORDINALS):
            step = next((at for at, mark in enumerate(steps) if mark.match(text)), None)
            if step is not None:
                openings.append((series, step, number))
                break
    at = 0
    while at < len(openings):
        run = [openings[at]]
        for series, step, number in openings[at + 1 :]:
            last = run[-1]
            near = document.sentences[number].section == document.sentences[last[2]].section
            if series != run[0][0] or step <= last[1] or not near:
                break
            run.append((series, step, number))
        if len(run) >= 2 and run[0][1] == 0:
            first = document.sentences[run[0][2]]
            lead = max(run[0][2] - 1, 0)
            if document.sentences[lead].section != first.section:
                lead = run[0][2]
            about = document.text[document.sentences[lead].start : document.sentences[lead].end]
            entries = tuple(_whole(document, number) for _, _, number in run)
            yield Enumeration(Form.ORDINALS, lead, about, entries)
        at += len(run)


def _titles(document: Document) -> Iterator[Enumeration]:
    """The works a text names: all 《…》, and those that end in the same word (《…报告》)."""
    found: dict[str, Entry] = {}
    for number, sentence in enumerate(document.sentences):
        if sentence.kind is Kind.HEADING:
            continue
        text = document.text[sentence.start : sentence.end]
        for match in re.finditer(r"《[^《》]{2,40}》", text):
            start = sentence.start + match.start()
            found.setdefault(match[0], Entry(match[0], start, start + len(match[0]), number))
    endings: dict[str, list[Entry]] = {}
    for title, entry in found.items():
        endings.setdefault(title[-3:-1], []).append(entry)
    groups = [(ending, tuple(group)) for ending, group in endings.items() if len(group) > 1]
    if len(found) > 1 and len(groups[:1] and groups[0][1]) < len(found):
        groups.append(("书 作品 著作 论文 文件", tuple(found.values())))
    for about, entries in groups:
        yield Enumeration(Form.TITLES, entries[0].sentence, about, entries)


def _whole(document: Document, number: int) -> Entry:
    sentence = document.sentences[number]
    text = document.text[sentence.start : sentence.end].rstrip("。.；;!！")
    return Entry(text, sentence.start, sentence.start + len(text), number)


def _within(
    document: Document, number: int, sentence: Sentence, tokenizer: Tokenizer
) -> Iterator[Enumeration]:
    text = document.text[sentence.start : sentence.end]
    inline = list(_inline(text, number, sentence.start, tokenizer))
    yield from inline
    groups = [one for one in inline if one.form is Form.INLINE]
    if len({one.entries[0].start for one in groups}) > 1:
        entries = {entry.start: entry for one in groups for entry in one.entries}
        about = " ".join(dict.fromkeys(one.about for one in groups))
        union = tuple(entries[start] for start in sorted(entries))
        if all(len(one.entries) < len(union) for one in groups):
            yield Enumeration(Form.INLINE, number, about, union)
    yield from _ordinal_clauses(text, number, sentence.start)
    parts = [part for part in re.finditer(r"[^;；。]+", text) if part[0].strip()]
    if len(parts) >= 3:
        lead = number
        if number and document.sentences[number - 1].section == sentence.section:
            lead = number - 1
        before = document.sentences[lead]
        entries_ = tuple(
            _cut(text, part.start(), part.end(), number, sentence.start) for part in parts
        )
        yield Enumeration(Form.CLAUSES, lead, document.text[before.start : before.end], entries_)


def _cut(text: str, start: int, end: int, number: int, offset: int) -> Entry:
    """The stretch ``start:end`` of a sentence, trimmed, as an entry."""
    while start < end and text[start] in " \u3000,，、。；;：:":
        start += 1
    while end > start and text[end - 1] in " \u3000,，、。；;：:":
        end -= 1
    return Entry(text[start:end], offset + start, offset + end, number)


def _ordinal_clauses(text: str, number: int, offset: int) -> Iterator[Enumeration]:
    folded = fold(text)
    for steps in _ORDINALS:
        starts: list[tuple[int, int]] = []
        position = 0
        for mark in steps:
            match = mark.search(folded, position)
            if not match:
                break
            starts.append((match.start(), match.end()))
            position = match.end()
        if len(starts) < 2:
            continue
        bounds = [start for start, _ in starts[1:]] + [len(text)]
        entries = tuple(
            _cut(text, after, end, number, offset)
            for (_, after), end in zip(starts, bounds, strict=True)
        )
        if not all(entry.text for entry in entries):  # 见图中①、②、③处
            continue
        about = text[: starts[0][0]]
        declared = _DECLARED.search(fold(about))
        yield Enumeration(
            Form.ORDINALS, number, about or text, entries, declared[0] if declared else ""
        )
        return


def _inline(text: str, number: int, offset: int, tokenizer: Tokenizer) -> Iterator[Enumeration]:
    """、-lists of one sentence, clause by clause."""
    masked = _mask(fold(text))  # the words around a list are known in simplified
    start = 0
    for end in [match.start() for match in _CLAUSE_END.finditer(masked)] + [len(text)]:
        if end > start:
            yield from _clause(text, masked, start, end, number, offset, tokenizer)
        start = end + 1


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
    declared = _DECLARED.match(masked, tail)
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
    entries = tuple(_cut(text, a, b, number, offset) for a, b in chunks)
    if any(not entry.text or len(entry.text) > 40 for entry in entries):
        return
    yield Enumeration(Form.INLINE, number, f"{about[: first - start]} {after}", entries, count)


def _tail(masked: str, start: int, end: int) -> int:
    """Where the last item ends: before 等, 八大板块, 六种类型的产品 …"""
    cut = re.compile(rf"等(?!级|待|于|候|同)|(?:这|共)?(?:{_DECLARED.pattern})").search(
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
