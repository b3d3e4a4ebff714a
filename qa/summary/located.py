"""What a question names by its place: a figure, a part, the n-th entry of a list, the text itself.

Such a question is answered, or refused, from the text's own structure: there is a fifth problem or
there is none, and no likeness of words says which. Nothing is left to the reader or to doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import Kind, fold, numerals
from qa.compose import Draft, Part
from qa.enumerations import Entry, Enumeration, Form
from qa.lists.outline import top_headings
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.question.sorts import is_advice, is_problems
from qa.search.retrieve import Candidate, coverage
from qa.summary import overview
from qa.summary.eligible import eligible
from qa.summary.purpose import purpose
from qa.summary.sources import sources
from qa.texts import Place, Reading, Texts

SURE = 0.9  # confidence in what is read off the structure
BELOW = 2  # sentences below an entry that say more of it
PARAGRAPH = 3  # sentences given of a paragraph
CONSIDERED = 12  # best candidates whose documents are looked through
SPEAKS = 0.5  # share of what else the question names that must stand over a list

_SAYS = r"(?:讲|说|谈|写|介绍|叙述|讲述|说明|描述|规定|提到|反映|表示|展示|显示|画|指|是|为|有|叫)"
_WHAT = (
    rf"(?:的?(?:具体|主要|详细|大致|大概|基本)?(?:内容|意思|情况|标题|题目|名称)?)?"
    rf"(?:具体|主要|到底|究竟|都|又|大概)*{_SAYS}+(?:的|了|着|的是|了些|些)*(?:一)?(?:张|个|幅)?"
    r"(?:什么|啥|哪个|哪一个|哪一[条项点种]|怎么回事|怎么说的?|怎样的?)(?:样的|内容|东西|图|表|意思)?"
)
_TOLD = rf"(?:{_WHAT}|怎么(?:说|讲|写|规定)的?|(?:的)?具体(?:内容|说说)?|(?:的)?内容)?$"
# 「图1」, but not 地图1 nor 图2016年.
_FIGURE = re.compile(
    r"(?<![地版企试意插蓝绘])(?P<of>[图表])(?P<n>\d{1,2}(?:[-.]\d{1,2})?)(?![\d年月日%])"
)
_OF_FIGURE = re.compile(rf"^.{{0,8}}?[图表]\d[\d.-]*{_TOLD}")
_CAPTION = re.compile(r"^[图表]\s*\d[\d.-]*\s*[:：.、]?\s*")
_PART = re.compile(r"第(?P<n>\d{1,3})个?大?(?P<of>部分|章|节)")
_SECTION = re.compile(
    r"^(?:关于|讲|写|说)?(?P<name>(?!.*第)[\w、,]{2,14}?)的?(?:这|那)?一?个?(?:部分|章|节|小节|一章)"
    rf"{_WHAT}$"
)
_OWN_NAME = re.compile(r"(?:文章|全文|本文|正文|这份|这篇|通知|其他|主要|哪|几|多少|什么|大|最)$")
_NTH = re.compile(
    r"^(?P<of>.*?)(?:第(?P<n>\d{1,3})|(?P<last>最后[一1]?))(?:大)?(?P<m>个|条|项|点|大|类|种|步|方面)?"
    r"(?:大)?(?:的)?(?P<noun>问题|困难|难题|不足|短板|缺点|风险|挑战|建议|对策|措施|举措|意见|办法|做法|方法|步骤|"
    r"原因|理由|因素|特点|特征|优势|优点|条件|要求|原则|目标|任务|教训|经验|阶段|影响|启示|功能)"
    r"(?:建议|措施|问题)?"
    rf"{_TOLD}"
)
# 「这篇文章是什么时候发布的」 「文章发表时间」
_PUBLISHED = re.compile(
    r"^(?:这|该|本|此)?(?:一)?(?:篇|份|个)?(?:[\w]{0,12}的)?(?:文章?|稿子?|网文|帖子|网页|页面)(?:本身)?(?:大概|大约|到底|究竟|又)?(?:是)?(?:在|于)?"
    r"(?:(?:什么时候|啥时候|何时|几时|什么时间|哪一?[年天月日]|几[月号])[\w]{0,4}?(?:写|发|刊|登|挂|贴|上网|上传|添加|公布|问世|更新)"
    r"|(?:的)?(?:写作|发布|发表|刊登|刊发|添加|上传|更新|成文)(?:的)?(?:时间|日期|年份))"
)
# 「文章最后怎么说的」 「开头讲了什么」; 「最后一点」 is an entry's.
_EDGE = re.compile(
    r"^(?:(?:这|本|该|此)?(?:一)?(?:篇|份)?(?:文章?|报告|论文|通知|材料)|全文|正文|作者)(?:在)?(?:的)?"
    r"(?:(?P<last>最后|结尾|末尾|文末|收尾|尾声)|(?:开头|开篇|一开始|最开始|首段|第一段))(?:处|部分|[一]?[段])?"
    r"(?:主要|都|又|是)*(?:怎么|如何|怎样)?(?:说|讲|写|谈|提|收尾|总结|开头)(?:了|的|到)*(?:些|一些)?(?:什么|啥)?(?:内容)?的?$"
)
# 「作者列了哪些参考文献」
_REFERENCES = re.compile(r"参考(?:文献|书目)|引文列表")
_THE_TEXT = re.compile(
    r"(?:这篇|本|这份|该)?(?:文章|全文|文中|本文|作者|报告|通知|文)(?:里|中)?|提出|指出|给出|提到|列出|存在|面临|遇到"
    r"|的|了|中|里|所|有|是|被|讲|说"
)


@dataclass(frozen=True, slots=True)
class Located:
    """What stands at the place a question names, or why nothing does."""

    draft: Draft | None = None
    missing: str = ""  # what to tell the user where the text has no such place


def locate(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Located | None:
    """What ``inquiry`` names by its place, or None where it names nothing so."""
    if not candidates:
        return None
    return (
        _published(texts, inquiry, candidates)
        or _references(texts, inquiry, candidates)
        or _sources(texts, inquiry, candidates)
        or _purpose(texts, inquiry, candidates)
        or _eligible(texts, inquiry, candidates)
        or _edge(texts, inquiry, candidates)
        or _figure(texts, inquiry, candidates)
        or _part(texts, inquiry, candidates)
        or _section(texts, inquiry, candidates)
        or _nth(texts, inquiry, candidates)
    )


def _documents(texts: Texts, candidates: Sequence[Candidate]) -> Iterator[Reading]:
    """The documents near the candidates, the likeliest first."""
    for document in dict.fromkeys(one.place.document for one in candidates[:CONSIDERED]):
        yield texts.reading(document)


def _published(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Located | None:
    """When the text itself was published: its page may say so, its sentences do not."""
    if not _PUBLISHED.match(inquiry.text):
        return None
    date = next((one.document.date for one in _documents(texts, candidates)), "")
    on_page = f"页面上标注的日期是 {date}，" if date else ""
    return Located(missing=f"{on_page}正文没有写明发表时间，无法引用原句回答。")


def _references(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Located | None:
    """The list of what a text refers to, where it has none."""
    asked = _REFERENCES.search(inquiry.text)
    if asked is None or any(asked[0] in one.folded for one in _documents(texts, candidates)):
        return None
    return Located(missing=f"文中没有列出{asked[0]}，无法回答。")


def _sources(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Located | None:
    """All that the text says its facts are from."""
    draft = sources(texts, inquiry, candidates)
    return Located(draft) if draft else None


def _purpose(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Located | None:
    """What the text says it was written for."""
    draft = purpose(texts, inquiry, candidates)
    return Located(draft) if draft else None


def _eligible(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Located | None:
    """What stands under the heading on who may apply."""
    draft = eligible(texts, inquiry, candidates)
    return Located(draft) if draft else None


def _edge(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Located | None:
    """The first paragraph of a text, or the last: 「文章最后怎么说的」."""
    asked = _EDGE.match(inquiry.text)
    if asked is None:
        return None
    reading = next(_documents(texts, candidates))
    paragraphs = _paragraphs(reading)
    if not paragraphs:
        return None
    chosen = paragraphs[-1 if asked["last"] else 0][:PARAGRAPH]
    parts = tuple(Part(reading.text(at), (Place(reading.document.id, at),)) for at in chosen)
    return Located(Draft(parts, confidence=SURE))


def _paragraphs(reading: Reading) -> list[list[int]]:
    """The sentences of each paragraph, headings and captions left out."""
    sentences, text = reading.document.sentences, reading.document.text
    found: list[list[int]] = []
    for number, one in enumerate(sentences):
        if one.kind is not Kind.SENTENCE:
            continue
        goes_on = (
            found
            and found[-1][-1] == number - 1
            and "\n" not in text[sentences[number - 1].end : one.start]
        )
        if goes_on:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _figure(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Located | None:
    """A figure or table by its number: its caption, and the sentence that says what it is."""
    asked = _FIGURE.search(inquiry.text)
    if asked is None:
        return None
    label = re.compile(rf"{asked['of']}\s*{re.escape(asked['n'])}(?![\d])")
    named = False
    for reading in _documents(texts, candidates):
        found = [
            number
            for number, one in enumerate(reading.document.sentences)
            if one.kind is not Kind.HEADING and label.search(reading.plain(number))
        ]
        named = named or bool(found)
        if found and _OF_FIGURE.match(inquiry.text):
            return Located(_shown(reading, found))
    if named:
        return None
    return Located(missing=f"文中没有{asked['of']}{asked['n']}，无法回答。")


def _shown(reading: Reading, found: Sequence[int]) -> Draft:
    """A figure as the text has it: the caption first, whose words are its name."""
    captions = [at for at in found if reading.document.sentences[at].kind is Kind.CAPTION]
    others = [at for at in found if at not in captions]
    parts = tuple(
        Part(reading.text(at), (Place(reading.document.id, at),))
        for at in [*captions[:1], *others[:1]]
    )
    name = _CAPTION.sub("", reading.text(captions[0])) if captions else ""
    return Draft(parts, short=name or None, confidence=SURE)


def _part(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Located | None:
    """A part by its number, where there are not so many; those there are ``overview`` tells."""
    asked = _PART.search(numerals(inquiry.text))
    if asked is None or inquiry.asked is not Asked.OVERVIEW:
        return None
    words = _as_asked(inquiry, r"第[^第]{1,4}?个?大?(?:部分|章|节)")
    parts = 0
    for reading in _documents(texts, candidates):
        if words in reading.folded:
            return None
        top = top_headings(reading)
        parts = parts or (len(top.entries) if top else 0)
    if 1 <= int(asked["n"]) <= parts:
        return None
    there_are = f"全文分 {parts} 部分" if parts else "全文没有分出部分"
    return Located(missing=f"{there_are}，没有{words}，无法回答。")


def _as_asked(inquiry: Inquiry, pattern: str) -> str:
    """The words of the question that a pattern finds."""
    found = re.search(pattern, inquiry.text)
    return found[0] if found else ""


def _section(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Located | None:
    """A part by its name, 「历史部分讲了什么」: the headings in it, or how it begins."""
    asked = _SECTION.match(inquiry.text)
    if asked is None or _OWN_NAME.search(asked["name"]):
        return None
    name = asked["name"].replace("的", "")
    for reading in _documents(texts, candidates):
        titles = [
            (len(one.title), number)
            for number, one in enumerate(reading.document.sections)
            if one.parent is not None and name in fold(one.title).replace("的", "")
        ]
        draft = overview.told(reading, min(titles)[1]) if titles else None
        if draft is not None:
            return Located(draft)
    return None


def _nth(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Located | None:
    """An entry of a list by its number, 「第三个问题是什么」."""
    asked = _NTH.match(numerals(inquiry.text))
    if asked is None:
        return None
    for reading in _documents(texts, candidates):
        listed = _list_of(reading, inquiry, asked["noun"], asked["of"])
        if listed is None:
            continue
        entries = listed.entries
        number = len(entries) if asked["last"] else int(asked["n"])
        if 1 <= number <= len(entries):
            return Located(_entry(reading, entries[number - 1], listed.form))
        words = _as_asked(inquiry, rf"第.{{1,8}}?{asked['noun']}")
        about = listed.about.strip(" :：,，。;；")
        of = f"“{about}”" if len(about) <= 30 else f"这样的{asked['noun']}"
        return Located(missing=f"文中{of}共 {len(entries)} 项，没有{words}，无法回答。")
    return None


_ORDER = (Form.HEADINGS, Form.LINES, Form.ORDINALS)


def _list_of(reading: Reading, inquiry: Inquiry, noun: str, of: str) -> Enumeration | None:
    """The list whose introduction names what is counted, and whatever else the question names."""
    rest = _THE_TEXT.sub("", of)
    others = [key for key in inquiry.keys if key.names and len(key.word) > 1 and key.word in rest]
    top = top_headings(reading)
    rated = []
    for one in reading.lists:
        about = fold(one.about)
        outline = one is top  # of the text, whose title may say anything
        if one.form not in _ORDER or not (noun in about or (_is_of(about, noun) and not outline)):
            continue
        said = coverage(others, f"{about}\n{reading.above(one.lead)}")
        if not others or said >= SPEAKS:
            rated.append((outline, -said, _ORDER.index(one.form), one.lead, one))
    return min(rated, key=lambda one: one[:4])[4] if rated else None


def _is_of(about: str, noun: str) -> bool:
    """Whether words that introduce a list say that it is one of such things."""
    if is_problems(noun):
        return is_problems(about)
    if is_advice(noun):
        return is_advice(about)
    return noun in about


def _entry(reading: Reading, entry: Entry, form: Form) -> Draft:
    """An entry with what is said below it: of a heading the first sentences, else the next ones."""
    sentences = reading.document.sentences
    here = sentences[entry.sentence]
    below = [
        number
        for number in range(entry.sentence + 1, len(sentences))
        if form is Form.HEADINGS
        and sentences[number].section == here.section
        and sentences[number].kind is Kind.SENTENCE
    ]
    parts = [Part(entry.text, (Place(reading.document.id, entry.sentence),))]
    for at, number in enumerate(below[:BELOW]):
        text = reading.text(number)
        parts.append(Part(text if at else f"\n{text}", (Place(reading.document.id, number),)))
    return Draft(tuple(parts), short=entry.text, confidence=SURE)
