"""What a text is about, from its headings; what one part of it says; its strategy, told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import Kind, fold, numerals
from qa.compose import Draft, Part
from qa.enumerations import Enumeration, Form
from qa.lists.choice import Listed, choose
from qa.lists.entry import entry_about
from qa.lists.outline import as_list, outline, top_headings
from qa.question.inquiry import Inquiry
from qa.question.sorts import sort_asked, sort_of
from qa.search.rank import Sight
from qa.search.retrieve import Candidate, coverage
from qa.summary.advice import ADVICE, advice_of
from qa.summary.gist import IN_ONE, bare, is_meta, of_the_whole
from qa.texts import Place, Reading, Texts

_PART = re.compile(r"第(\d{1,2})(?:个)?(?:大)?(?:部分|章|节|段|点|条|块)")
_TITLE = re.compile(r"标题|题目")
_STRATEGY = re.compile(r"战略|策略")
_STRUCTURE = re.compile(r"结构|框架|大纲|提纲|目录|部分|(?<!文)章|顺序|脉络")
_CONCLUSION = re.compile(r"结论|观点|主张")
_AHEAD = re.compile(
    r"(?:未来|今后|以后|接下来|将来|下一步|往后)(?:该|应该?|应当|要|会|到底|究竟)*(?:怎么|如何|怎样|咋|[往向朝](?:哪里?|哪儿|何处|(?:哪个|什么|啥)(?:方向|方面)))(?:走|发展|办|做|去|转型?)"
    r"|(?:该|应该?|应当|要|得)(?:往|向|朝)(?:哪里?|哪儿|何处|何方|哪个方向)(?:走|发展|努力|去)"
    r"|(?:未来|今后|以后|将来|下一步|往后|接下来).{0,8}?(?:要|会|该|应该?)*[往向朝](?:哪里?|哪儿|何处|(?:哪个|什么|啥)(?:方向|方面))(?:走|发展|去|转)"
    r"|(?:未来|今后|以后|将来|下一步|往后|接下来)[^的]{0,8}?(?:该|应该?|要|会)*(?:怎么|如何|怎样|咋)(?:走|发展)$"
    r"|何去何从$|出路(?:在哪里?|在哪儿|何在|是什么)$"
    r"|(?:未来|今后|以后|将来|下一步|往后|接下来)的?(?:发展|努力|升级|转型)?的?(?:方向|前景|道路|规划|打算|走向|出路)(?:是|会|在|又|有)*(?:什么|啥|怎么样?|怎样|如何|哪里?|哪儿|哪些|何方)?(?:样的?)?$"
    r"|(?:发展|努力|升级|转型)的?(?:方向|前景|道路|走向)(?:是|会|在|又|有)*(?:什么|啥|怎么样?|怎样|如何|哪里?|哪儿|哪些|何方)(?:样的?)?$"
    r"|(?:前景|前途|未来|出路)(?:会|又|的)*(?:怎么样|怎样|如何|咋样|好不好)$"
)
_OUTLOOK = re.compile(r"前景|前途|空间|未来(?:会|又|的)*(?:怎么样|怎样|如何|咋样)")
_COMES = re.compile(r"亟待|未来|今后|将来|前景|趋势|转型|空间|升级")
_TIMES = frozenset(
    "未来 今后 以后 将来 接下来 下一步 往后 出路 方向 前景 前途 道路 规划 打算 走向 发展 努力 升级 "
    "转型".split()
)
_AIM = re.compile(r"战略|目标|着眼|布局|致力|转型|定位|以.{1,12}为核心")
_PLAIN_AIM = re.compile(r"战略|目标|着眼|致力|转型")
# 「战略方向概括一下」
OF_STRATEGY = re.compile(r"(?:战略|策略)(?:方向|布局|规划|目标)?$")
# Asks for the whole of a thing, not for one fact of it: 「讲讲京东众筹」「供应链金融是怎么回事」.
GENERAL = re.compile(
    r"^(?:简单|简要|大概|大致)?(?:介绍|概述|概括|总结|讲讲|说说|谈谈|聊聊)|(?:讲|说|谈|聊|介绍|概述|概括)(?:一下|下)"
    r"|怎么(?:一)?回事|(?:什么|啥)样子?$|概况|(?:状况|情况)(?:总结|介绍|如何|怎么样|怎样)?$|[”」]具体指什么$"
)
LEADS = 4  # sentences that stand for a section: the first two, and the first of each paragraph
NAMED = 0.15  # share of the key words that a heading must speak of
BESIDE = 2  # characters that a question on a section may have beside its heading
NAME = 4  # characters at the end of a heading that name its part: 农村金融
_MARKS = re.compile(r"[\W_]+")
OPENING = 2  # sentences that stand for a text without headings


def read(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """A draft for 「文章讲了什么」, 「第三部分讲什么」, 「…的战略是什么」."""
    candidates = sight.candidates
    reading = texts.reading(candidates[0].place.document)
    if _TITLE.search(inquiry.text):
        return _titled(reading)
    named = _named(reading, inquiry.text)
    if named is not None:
        return told(reading, named)
    part = _PART.search(numerals(inquiry.text))
    top = top_headings(reading)
    if part:
        return _part(reading, top, int(part[1]))
    if _STRATEGY.search(inquiry.text):
        return _strategy(reading, candidates, inquiry.text)
    advice = advice_of(reading)
    if advice and _CONCLUSION.search(inquiry.text):
        entry = entry_about(texts, inquiry, sight)  # 「关于支付，作者有什么主张」
        return entry or as_list(reading, advice, "作者的建议有 {count} 点：")
    listed = choose(texts, inquiry, sight)
    if listed and (_asked_by_name(inquiry, listed) or _of_one_sort(inquiry, listed)):
        one = listed.enumeration
        return as_list(texts.reading(listed.document), one, "文中列出 {count} 项：")
    if IN_ONE.search(inquiry.text):
        said = of_the_whole(texts, reading, most=1)
        if said:
            return Draft(tuple(said), confidence=0.8)
    parts = outline(texts, candidates)
    if parts is None:
        return _sentences(reading, None)
    return parts if _STRUCTURE.search(inquiry.text) else _under_title(texts, reading, parts)


def ahead(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Draft | None:
    """「京东金融未来怎么走」, of what the whole text is about: what it advises, or None."""
    if not _AHEAD.search(inquiry.text):
        return None
    reading = texts.reading(candidates[0].place.document)
    asked = re.split("[,，]", inquiry.text)[-1]  # 「红利吃完以后，京东金融的出路在哪儿」
    names = [
        key.word
        for key in inquiry.keys
        if key.names and len(key.word) > 1 and key.word not in _TIMES and key.word in asked
    ]
    advice = advice_of(reading)
    if advice is None or not all(word in fold(reading.document.title) for word in names):
        return None
    outlook = _OUTLOOK.search(asked)
    said = _said_ahead(reading, candidates) if outlook else []
    if said:
        return _in_two(reading, "文中说到的前景：", said, advice, placed=True)
    return replace(as_list(reading, advice, "作者的建议有 {count} 点："), placed=True)


def _said_ahead(reading: Reading, candidates: Sequence[Candidate]) -> list[int]:
    """The sentences near the question that speak of what comes, in order."""
    found = [
        one.place.sentence
        for one in candidates
        if one.place.document == reading.document.id
        and not one.features.heading
        and _COMES.search(reading.plain(one.place.sentence))
        and not is_meta(reading.plain(one.place.sentence))
    ]
    return sorted(found[:OPENING])


def _named(reading: Reading, question: str) -> int | None:
    """The section whose heading a question has in full, or half of it in one piece."""
    question = _MARKS.sub("", question)
    best: tuple[int, int] | None = None
    for number, section in enumerate(reading.document.sections):
        if section.parent is None or len(section.title) <= NAME:
            continue
        for piece in re.split(r"[,，]", section.title):
            said = _MARKS.sub("", fold(piece))
            if len(said) > NAME and said in question and (best is None or len(said) > best[0]):
                best = len(said), number
    return best[1] if best else None


def _titled(reading: Reading) -> Draft | None:
    """The title, where the text has it as a heading."""
    for number, sentence in enumerate(reading.document.sentences):
        if sentence.kind is Kind.HEADING and sentence.section == 0:
            text, title = reading.text(number), reading.document.sections[0].title
            text = title if title and title in text else text  # without the marks of Markdown
            part = Part(text, (Place(reading.document.id, number),))
            return Draft((part,), short=text, confidence=0.9)
    return None


def _under_title(texts: Texts, reading: Reading, parts: Draft) -> Draft:
    """What a text comes to, its title, and its outline, where the text has these."""
    title = _titled(reading)
    said = of_the_whole(texts, reading)
    named = (
        [replace(one, text=f"\n{one.text}" if said else one.text) for one in title.parts]
        if title
        else []
    )
    if not (said or named):
        return parts
    first, *others = parts.parts
    return replace(parts, parts=(*said, *named, replace(first, text=f"\n{first.text}"), *others))


def told(reading: Reading, section: int) -> Draft | None:
    """What a section says: the headings in it, or how it begins."""
    title = reading.document.sections[section].title
    for one in reading.lists:
        lead = reading.document.sentences[one.lead]
        if one.form is Form.HEADINGS and lead.kind is Kind.HEADING and lead.section == section:
            return as_list(reading, one, f"「{title}」分 {{count}} 点：")
    return _openings(reading, section)


def section(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Draft | None:
    """The opening sentences of the section whose heading is what is asked about, or None."""
    for document in dict.fromkeys(one.place.document for one in candidates[:4]):
        reading = texts.reading(document)
        named = [
            (len(one.title), -number)
            for number, one in enumerate(reading.document.sections)
            if one.parent is not None
            and len(one.title) > 2
            and fold(one.title) in inquiry.text
            and len(bare(inquiry.text)) <= len(one.title) + BESIDE
        ]
        if named:
            return _openings(reading, -max(named)[1])
    return None


def _openings(reading: Reading, section: int) -> Draft | None:
    """The first two sentences of a section and the first of each further paragraph."""
    sentences = reading.document.sentences
    inside = [
        number
        for number, one in enumerate(sentences)
        if one.section == section and one.kind is Kind.SENTENCE
    ]
    chosen = inside[:2]
    for number in inside[2:]:
        between = reading.document.text[sentences[number - 1].end : sentences[number].start]
        if "\n" in between:
            chosen.append(number)
    if not chosen:
        return None
    parts = tuple(
        Part(reading.text(at), (Place(reading.document.id, at),)) for at in chosen[:LEADS]
    )
    return Draft(parts, confidence=0.8)


def _asked_by_name(inquiry: Inquiry, listed: Listed) -> bool:
    """「作者的建议怎么总结」: a heading with others below it speaks of what to sum up."""
    if listed.enumeration.form is not Form.HEADINGS or not listed.enumeration.lead:
        return False
    return coverage(inquiry.keys, fold(listed.enumeration.about)) >= NAMED


def _of_one_sort(inquiry: Inquiry, listed: Listed) -> bool:
    """「京东金融的主要风险，给个摘要」: headings that are problems, or advice, as is asked for."""
    one = listed.enumeration
    return one.form is Form.HEADINGS and sort_asked(inquiry.text) == sort_of(fold(one.about)) != 0


def _part(reading: Reading, top: Enumeration | None, number: int) -> Draft | None:
    """The headings of the ``number``-th part, or its first sentences."""
    if top is None or not 1 <= number <= len(top.entries):
        return None
    heading = top.entries[number - 1].sentence
    section = reading.document.sentences[heading].section
    for enumeration in reading.lists:
        if enumeration.form is Form.HEADINGS and enumeration.lead == heading:
            title = reading.document.sections[section].title
            return as_list(reading, enumeration, f"「{title}」分 {{count}} 点：")
    return _sentences(reading, section)


def _sentences(reading: Reading, section: int | None) -> Draft | None:
    found = [
        number
        for number, sentence in enumerate(reading.document.sentences)
        if sentence.kind is Kind.SENTENCE and (section is None or sentence.section == section)
    ][:OPENING]
    if not found:
        return None
    parts = tuple(Part(reading.text(at), (Place(reading.document.id, at),)) for at in found)
    return Draft(parts, confidence=0.6)


def _of_a_part(reading: Reading, sentence: int, question: str) -> bool:
    """Whether a sentence stands under a lower heading, whose last words the question has not."""
    path = reading.document.heading_path(reading.document.sentences[sentence].section)
    return len(path) > 1 and fold(path[-1])[-NAME:] not in question


def _strategy(reading: Reading, candidates: Sequence[Candidate], question: str) -> Draft | None:
    """What the text says is done, and what its author advises: told apart."""
    doing = [
        one
        for one in candidates
        if one.place.document == reading.document.id
        and not one.features.heading
        and _AIM.search(reading.plain(one.place.sentence))
        and not ADVICE.search(reading.headings(one.place.sentence))
    ]
    doing = [one for one in doing if _PLAIN_AIM.search(reading.plain(one.place.sentence))] or doing
    # What stands under a heading of its own is a part's, where the question names no part.
    doing.sort(key=lambda one: _of_a_part(reading, one.place.sentence, question))
    doing = doing[:2]
    doing.sort(key=lambda one: one.place.sentence)
    said = [one.place.sentence for one in doing]
    advice = advice_of(reading)
    return _in_two(reading, "文中说它在做的：", said, advice) if said or advice else None


def _in_two(
    reading: Reading,
    opening: str,
    said: Sequence[int],
    advice: Enumeration | None,
    *,
    placed: bool = False,
) -> Draft:
    """Sentences of the text, and what its author advises: told apart."""
    document = reading.document.id
    parts: list[Part] = []
    if said:
        parts.append(Part(opening))
        parts += [Part(reading.text(at), (Place(document, at),)) for at in said]
    if advice:
        parts.append(Part("\n作者的建议：" if parts else "作者的建议："))
        for number, entry in enumerate(advice.entries, 1):
            parts.append(Part(f"\n{number}. {entry.text}", (Place(document, entry.sentence),)))
    return Draft(tuple(parts), confidence=0.7, placed=placed)
