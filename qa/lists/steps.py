"""How a thing is done, where the text numbers the steps: all of them, how many, or the n-th."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus import fold
from qa.compose import Draft, Part
from qa.enumerations import NUMBERED, Enumeration, Form
from qa.lists.choice import Listed
from qa.lists.listing import list_draft
from qa.quantities import chinese_number
from qa.question.inquiry import Inquiry, is_idle
from qa.question.kinds import Asked
from qa.search.rank import Sight
from qa.search.retrieve import spoken
from qa.texts import Place, Reading, Texts

LOOKED_AT = 12  # best candidates whose documents are looked through
SURE = 0.9  # confidence in what is read off the layout
STANDS = 0.5  # how far the headings must speak of each word of the question
SHORT = 40  # characters of a step that is given as the short answer
_PROCESS = re.compile(
    r"做法|步骤|流程|(?<!小)程序(?!员|设计)|用法|操作|教程|(?:使用|制作|安装|办理|清洗|申请|报名|借阅|预约)(?:方法|方式|说明|指南)?$|怎么|怎样|如何"
)
# What of a question is only that a process is asked for.
_ASKS = "怎么(?:样)?|怎样|如何|步骤|流程|做法|程序|方法|制作|操作|具体|完整|详细|需要"
_BESIDE = re.compile(rf"^(?:{_ASKS})+|(?:{_ASKS})+$|^(?:第.*|[几多]少?步|[做分有要需步咋])$")
_CAUTIONS = re.compile(r"注意|事项|须知|要求")
_DONE_TO = re.compile(r"[换装拆修洗开关办查退充改删加买租借还连接绑解]..")
_HOW_MANY = re.compile(r"(?:几|多少)(?:个|大)?步")
_NTH = re.compile(
    r"第(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})步(?:骤)?(?:要|该|应该?|需要?|得|是)*(?:做|干|怎么做|怎么办)?(?:什么|啥)?$"
)
_ALL_OF_THEM = re.compile(r"步骤|流程|做法|(?<!小)程序(?!员|设计)|分哪?几步|哪几步")


@dataclass(frozen=True, slots=True)
class _Process:
    reading: Reading
    enumeration: Enumeration
    over: str  # folded: the title and the headings it stands under, and what introduces it


def steps(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The numbered steps of what is asked to be done, or None where the text numbers none.

    「怎么做红烧牛腩」 「做法有几步」 「第三步做什么」, of a text of that title; 「怎么添加指纹」 of
    a heading. 「怎么切牛腩」 asks for one of the steps, and is left to the reader.
    """
    nth = _NTH.search(inquiry.text)
    many = inquiry.asked is Asked.COUNT and _HOW_MANY.search(inquiry.text)
    whole = inquiry.asked is Asked.HOW or (
        inquiry.asked in {Asked.LIST, Asked.DEFINITION, Asked.FACT}
        and _ALL_OF_THEM.search(inquiry.text)
    )
    if not (nth or many or whole):
        return None
    found = [one for one in _processes(texts, inquiry, sight) if _is_meant(inquiry, one)]
    if len(found) != 1:
        return None
    process = found[0]
    entries = process.enumeration.entries
    if nth:
        number = int(nth["n"]) if nth["n"].isdigit() else int(chinese_number(nth["n"]))
        if not 1 <= number <= len(entries):
            return None
        entry = entries[number - 1]
        place = Place(process.reading.document.id, entry.sentence)
        short = entry.text if len(entry.text) <= SHORT else None
        part = Part(process.reading.text(entry.sentence), (place,))
        return Draft((part,), short, confidence=SURE, placed=True)
    draft = list_draft(
        Listed(process.reading.document.id, process.enumeration, SURE, whole=True),
        f"文中列出 {len(entries)} 步：",
    )
    return replace(draft, short=str(len(entries))) if many else draft


def _processes(texts: Texts, inquiry: Inquiry, sight: Sight) -> Iterator[_Process]:
    """The lists of numbered lines under words for a process, or for the deed asked about."""
    named = _named(inquiry)
    documents = dict.fromkeys(one.place.document for one in sight.candidates[:LOOKED_AT])
    for document in documents:
        reading = texts.reading(document)
        for one in reading.lists:
            lines = [reading.plain(entry.sentence) for entry in one.entries]
            if one.form is not Form.LINES or not all(NUMBERED.match(line) for line in lines):
                continue
            first = one.entries[0].sentence
            over = fold(one.about) if one.lead < first else ""
            over = f"{reading.headings(first)}\n{over}"
            deed = _is_deed(texts, named) and all(spoken(word, over) > STANDS for word in named)
            if (deed or _PROCESS.search(over)) and not _CAUTIONS.search(over):
                yield _Process(reading, one, f"{fold(reading.document.title)}\n{over}")


def _is_deed(texts: Texts, named: Sequence[str]) -> bool:
    """Whether what is named is done to something: 添加|指纹, and 换电池, which is no word."""
    flags = [flag for word in named for _, flag, *_ in texts.snapshot.tokenizer.tagged(word)]
    return any(flag.startswith("v") for flag in flags) or any(map(_DONE_TO.match, named))


def _is_meant(inquiry: Inquiry, process: _Process) -> bool:
    """Whether all that the question names stands over the list."""
    return all(spoken(word, process.over) > STANDS for word in _named(inquiry))


def _named(inquiry: Inquiry) -> list[str]:
    """What the question names, without what only asks for a process."""
    words = (key.word for key in inquiry.keys if not is_idle(key.word))
    return [bare for word in words if (bare := _BESIDE.sub("", word))]
