"""Title, headings, items, captions: what each line of a text is, and what stands under what.

Numbers in front of lines are read by ``corpus.labels``. A numbered line is a heading when it is
short, does not end like a sentence, has text below it, and its number continues its siblings';
otherwise it is an item. No scheme is above another by nature: whichever appears first encloses the
next (here 1、 over 1. over (1), elsewhere 一、 over 1、), and a scheme that comes back closes
everything that was opened under it. Markdown and HTML headings say their level themselves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.dates import is_date_line
from corpus.document import Kind, Section
from corpus.labels import Label, find_label
from corpus.lines import ENDED, Line, Role

# A numbered line longer than this is a sentence; an unnumbered one is a heading only when shorter.
_NUMBERED_HEADING, _BARE_HEADING, _TITLE = 45, 20, 60

_CAPTION = re.compile(
    r"(?:图|圖|表|图表|圖表|附图|附圖|附表|照片|figure|fig\.?|table)[ \t]*"
    r"(?P<n>\d{1,3}(?:[-–.]\d{1,3})?|[一二三四五六七八九十]{1,3}|[A-Z]\d?)"
    r"(?P<set_off>[ \t\u3000:：.、．]*)(?P<rest>.*)$",
    re.I,
)
_UNDER_IMAGE = re.compile(r"[▲△▼▽↑](?![ \t]*\d).{2,60}$")  # pointing at the image
# 图1为…, 表2显示…: a sentence about the figure, even without its stop.
_ABOUT = re.compile(r"[为為是显顯示给給反所可中和与與的列说說展描表比]")
_KNOWN = re.compile(
    r"(?:内容)?(?:摘要|提要|引言|前言|序言|绪论|緒論|导言|導言|导语|背景|结语|結語|结论|結論|小结|小結|总结|總結|后记|後記|附录|附錄|致谢|致謝"
    r"|参考文献|參考文獻|参考资料|參考資料|注释|註釋|abstract|introduction|conclusions?|references)[:：]?$",
    re.I,
)
_BREAKS_OFF = re.compile(r"[，,、：:；;—\-]$")
_COMMAS = re.compile(r"[，,]")


@dataclass(frozen=True, slots=True)
class Outline:
    """What the lines of a text are. ``kinds`` and ``homes`` have one entry for every line."""

    title: str  # "" when no line is the title
    sections: tuple[Section, ...]
    kinds: tuple[Kind, ...]
    homes: tuple[int, ...]  # the section each line belongs to


def outline(lines: Sequence[Line], *, length: int, page_title: str = "") -> Outline:
    """Read the layout of ``lines``, boilerplate left out, of a text of ``length`` characters.

    ``page_title`` is what HTML's <title> says; it helps to find the line that is the title.
    """
    title = title_line(lines, page_title)
    captions = {n for n, line in enumerate(lines) if is_caption(line)}
    headings, items = _headings(lines, {title} | captions)
    kinds = []
    for number, line in enumerate(lines):
        if number == title or number in headings:
            kinds.append(Kind.HEADING)
        elif number in captions:
            kinds.append(Kind.CAPTION)
        elif number in items or line.role in (Role.ITEM, Role.ROW):
            kinds.append(Kind.ITEM)
        else:
            kinds.append(Kind.SENTENCE)

    at_title = lines[title] if title is not None else None
    root = Section(
        parent=None,
        level=0,
        label="",
        title=heading_title(at_title, None) if at_title else "",
        start=at_title.start if at_title else 0,
        end=at_title.end if at_title else 0,
        until=length,
    )
    sections = [root]
    homes = []
    open_keys: list[tuple[str, int]] = []  # scheme and section, outermost first
    for number, line in enumerate(lines):
        if number in headings:
            label = headings[number]
            _close(open_keys, _key(line, label))
            parent = open_keys[-1][1] if open_keys else 0
            open_keys.append((_key(line, label), len(sections)))
            sections.append(
                Section(
                    parent=parent,
                    level=sections[parent].level + 1,
                    label=label.text if label else "",
                    title=heading_title(line, label),
                    start=line.start,
                    end=line.end,
                    until=length,
                )
            )
        homes.append(open_keys[-1][1] if open_keys else 0)
    return Outline(root.title, _ends(sections), tuple(kinds), tuple(homes))


def is_caption(line: Line) -> bool:
    """Whether the line names a figure or table: 图1 京东金融生态圈内部结构图."""
    if line.role is Role.CAPTION or _UNDER_IMAGE.match(line.text):
        return True
    match = _CAPTION.match(line.text)
    if line.role is not Role.PLAIN or not match or len(line.text) > 60 or ENDED.search(line.text):
        return False
    return bool(match["set_off"]) or not (_ABOUT.match(match["rest"]) or _COMMAS.search(line.text))


def is_known_heading(text: str) -> bool:
    """Whether the line is one that heads a part by custom, number or not: 摘要, 结语, 参考文献."""
    return _KNOWN.match(text) is not None


def title_line(lines: Sequence[Line], page_title: str = "") -> int | None:
    """The line that is the title of the whole text, or None."""
    first_level = [
        n for n, line in enumerate(lines) if line.role is Role.HEADING and line.mark.level == 1
    ]
    if len(first_level) == 1 and (first_level[0] == 0 or page_title):
        return first_level[0]
    if page_title:
        for number, line in enumerate(lines[:10]):
            if len(line.text) >= 4 and page_title.startswith(line.text):
                return number
    for number, line in enumerate(lines[:3]):
        if line.role in (Role.RULE, Role.META):
            continue
        return number if _could_be_title(lines, number) else None
    return None


def _could_be_title(lines: Sequence[Line], number: int) -> bool:
    line, rest = lines[number], lines[number + 1 :]
    return (
        line.role is Role.PLAIN
        and bool(rest)
        and 2 <= len(line.text) <= _TITLE
        and (not ENDED.search(line.text) or line.text[-1] in "？！?!")
        and "。" not in line.text
        and not _BREAKS_OFF.search(line.text)
        and len(_COMMAS.findall(line.text)) <= 2
        and _label(line, bare_numbers=_is_dotted(rest)) is None
        and not is_date_line(line.text)
        and not re.match(r"[问答問QA][:：]", line.text)
        and (rest[0].gap or is_date_line(rest[0].text) or len(rest[0].text) > _TITLE)
        and any(ENDED.search(one.text) for one in rest)
    )


def heading_title(line: Line, label: Label | None) -> str:
    """The heading without its number and signs: ``## **2.1 种类**：`` is 种类."""
    text, _ = _bare(line)
    if label:
        text = text[label.length :]
    text = re.sub(r"[ \t]#+$", "", text).strip()
    text = re.sub(r"^[*_`【]+|[*_`】]+$", "", text)
    return text.rstrip(" 　:：。.").strip() or line.text


def _bare(line: Line) -> tuple[str, bool]:
    """The line without Markdown's heading or emphasis signs, and whether it has heading markup."""
    text = line.text
    explicit = line.role is Role.HEADING
    if explicit:
        text = re.sub(r"^#{1,6}[ \t\u3000]*", "", text)
    bold = re.match(r"(\*\*|__)(.+)\1$", text)
    return (bold[2] if bold else text), explicit


def _label(line: Line, *, bare_numbers: bool = False) -> Label | None:
    text, explicit = _bare(line)
    return find_label(text, heading=explicit or bare_numbers)


def _is_dotted(lines: Sequence[Line]) -> bool:
    """Whether there is a 1.1: then a bare ``1 总述`` is numbered, too."""
    return any((label := _label(line)) and label.scheme == "1.1" for line in lines)


def _key(line: Line, label: Label | None) -> str:
    if line.role is Role.HEADING:
        return f"#{line.mark.level}"
    return label.scheme if label else ""


def _close(open_keys: list[tuple[str, int]], key: str) -> None:
    """Close the headings that one of scheme ``key`` ends."""
    if key.startswith("#"):
        while open_keys and not ("#" < open_keys[-1][0] < key and open_keys[-1][0][0] == "#"):
            open_keys.pop()
        return
    if key == "":  # unnumbered: beside the outermost numbered ones, under explicit ones
        while open_keys and not open_keys[-1][0].startswith("#"):
            open_keys.pop()
        return
    for depth, (open_key, _) in enumerate(open_keys):
        if open_key == key:
            del open_keys[depth:]
            return
    # 一、 after 摘要 stands beside it, not under it.
    while open_keys and open_keys[-1][0] == "":
        open_keys.pop()


def _ends(sections: list[Section]) -> tuple[Section, ...]:
    """Each section with the place where it ends: at the next heading of its level or above."""
    ended = list(sections)
    open_sections: list[int] = []
    for number, section in enumerate(sections[1:], 1):
        while open_sections and sections[open_sections[-1]].level >= section.level:
            closing = open_sections.pop()
            ended[closing] = replace(ended[closing], until=section.start)
        open_sections.append(number)
    return tuple(ended)


def _headings(
    lines: Sequence[Line], taken: set[int | None]
) -> tuple[dict[int, Label | None], set[int]]:
    """The lines that are headings, with their labels, and the numbered lines that are items."""
    labels: dict[int, Label] = {}
    headings: dict[int, Label | None] = {}
    items: set[int] = set()
    dotted = _is_dotted(lines)
    for number, line in enumerate(lines):
        if number in taken or line.role not in (Role.PLAIN, Role.HEADING):
            continue
        short = len(line.text) <= _BARE_HEADING
        label = _label(line, bare_numbers=dotted and short)
        if line.role is Role.HEADING:
            headings[number] = label
        elif label and label.scheme != "[1]" and _shaped_like_heading(lines, number, label):
            labels[number] = label
        elif label:
            items.add(number)
        elif is_known_heading(line.text) and number + 1 < len(lines):
            headings[number] = None

    explicit = bool([n for n in headings if lines[n].role is Role.HEADING])
    # Taking a line out changes what is nested in what, so judge again until nothing changes.
    while True:
        wrong = _misnumbered(lines, labels, headings) | _listed(lines, labels, headings, items)
        if not wrong:
            break
        for number in wrong:
            items.add(number)
            del labels[number]
    headings |= labels
    if not explicit and not labels:
        headings |= dict.fromkeys(_unnumbered(lines, taken | items))
    return headings, items


def _shaped_like_heading(lines: Sequence[Line], number: int, label: Label) -> bool:
    line = lines[number]
    title = line.text[label.length :]
    return (
        0 < len(title) <= _NUMBERED_HEADING
        and not (ENDED.search(title) and title[-1] not in "？！?!】")
        and "。" not in title
        and title[-1] not in "，,、；;"
        and len(_COMMAS.findall(title)) <= 2
    )


def _groups(
    lines: Sequence[Line], labels: dict[int, Label], headings: dict[int, Label | None]
) -> list[list[int]]:
    """Numbered candidates that are siblings: one scheme under one parent, in text order."""
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    open_keys: list[tuple[str, int]] = []
    for number in sorted({*labels, *headings}):
        label = labels.get(number) or headings.get(number)
        key = _key(lines[number], label)
        _close(open_keys, key)
        if number in labels:
            groups[(open_keys[-1][1] if open_keys else -1), key].append(number)
        open_keys.append((key, number))
    return list(groups.values())


def _misnumbered(
    lines: Sequence[Line], labels: dict[int, Label], headings: dict[int, Label | None]
) -> set[int]:
    """Candidates whose number does not continue that of the sibling before."""
    wrong = set()
    for group in _groups(lines, labels, headings):
        last: int | None = None
        for place, number in enumerate(group):
            label = labels[number]
            if label.scheme == "【】":
                continue
            if last is None:
                following = labels[group[place + 1]].number if place + 1 < len(group) else None
                good = label.number <= 1 or following == label.number + 1
            else:
                good = label.number == 1 or 0 <= label.number - last <= 2  # one may be missing
            if good:
                last = label.number
            else:
                wrong.add(number)
    return wrong


def _listed(
    lines: Sequence[Line],
    labels: dict[int, Label],
    headings: dict[int, Label | None],
    items: set[int],
) -> set[int]:
    """Candidates that follow one another with nothing in between: a list, not headings.

    So are short lines whose siblings are whole sentences: the list has one voice.
    """
    wrong: set[int] = set()
    for group in _groups(lines, labels, headings):
        for run in _runs(group, labels):
            touching = sum(_nothing_between(lines, *pair) for pair in pairwise(run))
            empty = all(number + 1 >= len(lines) for number in run)
            if (
                touching * 2 > len(run) - 1
                or empty
                or len(run) < _spoken(lines, run, labels, items)
            ):
                wrong.update(run)
    return wrong


def _runs(group: list[int], labels: dict[int, Label]) -> list[list[int]]:
    """Part siblings where they count from the start again: a table of contents, then the text."""
    runs: list[list[int]] = []
    for number in group:
        label = labels[number]
        if not runs or (label.scheme != "【】" and label.number < labels[runs[-1][-1]].number):
            runs.append([])
        runs[-1].append(number)
    return runs


def _nothing_between(lines: Sequence[Line], one: int, other: int) -> bool:
    """Whether no text parts two candidates; bullets further in belong to the first as an item."""
    return all(
        line.role is Role.ITEM and line.indent > lines[one].indent
        for line in lines[one + 1 : other]
    )


def _spoken(
    lines: Sequence[Line], run: list[int], labels: dict[int, Label], items: set[int]
) -> int:
    """How many whole sentences nearby are numbered in the same way."""
    scheme = labels[run[0]].scheme
    near = range(max(0, run[0] - 12), min(len(lines), run[-1] + 13))
    return sum(
        1
        for number in near
        if number in items
        and ENDED.search(lines[number].text)
        and (label := _label(lines[number]))
        and label.scheme == scheme
    )


def _unnumbered(lines: Sequence[Line], taken: set[int | None]) -> list[int]:
    """Short lines on their own above a paragraph, in a text that has no other headings.

    One such line may be anything; two or more, each over running text, are headings.
    """
    found = [
        number
        for number, (line, below) in enumerate(pairwise(lines))
        if number not in taken
        and line.role is Role.PLAIN
        and line.gap
        and 2 <= len(line.text) <= _BARE_HEADING
        and not ENDED.search(line.text)
        and not _BREAKS_OFF.search(line.text)
        and not _COMMAS.search(line.text)
        and line.text[0] not in '（(“"「『《—-'
        and not is_date_line(line.text)
        and not re.search(r"\d[:：]\d", line.text)  # 张三 10:20 in a chat
        and below.role is Role.PLAIN
        and ENDED.search(below.text)
        and len(below.text) > 2 * len(line.text)
    ]
    return found if len(found) > 1 else []
