"""Where a text has its facts from: 「文章引用了哪些报告」 「数据来源是什么」.

Authors say it in a few set ways: 《……报告》显示, 据……统计. Asked for all of them, a reader that
sees sentence by sentence finds one; here the text is looked through.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.compose import Draft
from qa.enumerations import Entry, Enumeration, Form
from qa.lists.choice import Listed
from qa.lists.listing import list_draft
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.search.retrieve import Candidate
from qa.texts import Reading, Texts

LOOKED_AT = 4  # best candidates, whose documents are looked through
SURE = 0.9

_TEXT = (
    r"(?:(?:这|本|该|此|全)?(?:一)?(?:篇|份)?(?:文章?|报告|论文|材料)(?:里|中)?"
    r"|文[中里]|作者)?(?:的)?"
)
_KIND = (
    r"(?:数据|资料|信息|引用|内容)?(?:的)?(?:来源|出处)"
    r"|(?:研究|统计|调查|外部|第三方)?(?:报告|数据|资料|统计)"
)
_ASKS = re.compile(
    rf"^{_TEXT}(?:都|一共|总共|分别)?(?:引用?|援引|参考|用|使用|依据|根据|提到)(?:了|过|到|的)?(?:是)?(?:哪些|[哪多]?[几少][份个种]|什么|啥)(?:{_KIND})$"
    rf"|^{_TEXT}(?:引用|援引|参考|使用|依据)?(?:的)?(?:{_KIND})(?:都|分别)?(?:是|有|来自|出自)(?:哪些|哪里|哪儿|什么|啥|哪几[份个种])(?:报告|机构|地方)?$"
    rf"|^{_TEXT}(?:的)?数据(?:都|分别)?(?:来自|出自|源自)(?:哪些?|哪里|哪儿|什么)(?:报告|机构|地方|来源)?$"
)
_HOW_MANY = re.compile(r"多少[份个种]|(?<!哪)几[份个种]")
_SAYS = r"(?:显示|指出|披露|表明|统计|测算|估算|报道|公布|认为|称)"
_SOURCE = re.compile(
    rf"(?P<titled>《[^《》]{{4,40}}》)(?=[^,，。;；]{{0,6}}{_SAYS})"
    rf"|(?:^|[,，;；。])(?:另)?(?:据|根据|按照)(?P<named>[^,，。;；:：《》“”]{{2,16}}?)(?:的)?(?:数据|公告|调查)?{_SAYS}"
)


def sources(texts: Texts, inquiry: Inquiry, candidates: Sequence[Candidate]) -> Draft | None:
    """All that a text says its facts are from, or None where it is not asked, or says nothing."""
    if not _ASKS.match(inquiry.text):
        return None
    for document in dict.fromkeys(one.place.document for one in candidates[:LOOKED_AT]):
        entries = _named(texts.reading(document))
        if "报告" in inquiry.text:
            entries = [one for one in entries if "报告" in one.text] or entries
        if entries:
            listed = Enumeration(Form.TITLES, entries[0].sentence, "", tuple(entries))
            draft = list_draft(Listed(document, listed, SURE))
            counted = inquiry.asked is Asked.COUNT or _HOW_MANY.search(inquiry.text)
            return replace(draft, short=str(len(entries))) if counted else draft
    return None


def _named(reading: Reading) -> list[Entry]:
    """Each of them once, where it is first named."""
    found: dict[str, Entry] = {}
    for number, sentence in enumerate(reading.document.sentences):
        for one in _SOURCE.finditer(reading.plain(number)):
            place = one.span("titled" if one["titled"] else "named")
            start, end = sentence.start + place[0], sentence.start + place[1]
            text = reading.document.text[start:end]
            found.setdefault(text, Entry(text, start, end, number))
    return list(found.values())
