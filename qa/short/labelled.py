"""What a text has beside a label that is just what is asked for: 「甲方（委托方）：…」."""

from __future__ import annotations

import re

from qa.compose import Draft, Part
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.search.rank import Sight
from qa.texts import Texts

LOOKED_AT = 12  # best candidates among which labels are looked for
SURE = 0.9  # confidence in what stands beside a label
LONGEST = 24  # characters of it, to be given as the short answer
_ASKED = frozenset({Asked.WHO, Asked.FACT, Asked.DATE, Asked.NUMBER, Asked.DEFINITION})
_QUESTION = re.compile(
    r"^(?P<label>[^,，]{2,10}?)(?:到底|究竟|具体|一共|总共)?(?:是|叫|为|在)?"
    r"(?:谁|什么(?:名字?|时候|时间|地方)?|啥|何时|多少|多久|多长|哪(?:里|儿|一?[家个位天年])?(?:公司|单位|人|地方|机构)?)$"
)
_ELSEWHERE = re.compile(r"详?见|同上|另附|略$|待定$")


def labelled(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The line whose label is all that a question names, and what it says, or None.

    Readers take 「甲方联系人：宋敏」 for who the 甲方 is.
    """
    asked = _QUESTION.match(inquiry.text)
    if asked is None or inquiry.asked not in _ASKED:
        return None
    label = re.compile(
        rf"^[-*•·\s]*{re.escape(asked['label'])}\**(?:[(（][^()（）]*[)）])?\**[:：]\**\s*"
        rf"(?P<value>[^\s:：,，;；。、|]+)[。;；]?\s*$"
    )
    for one in sight.candidates[:LOOKED_AT]:
        reading = texts.reading(one.place.document)
        found = label.match(reading.plain(one.place.sentence))
        if found and not _ELSEWHERE.match(found["value"]):
            text = reading.text(one.place.sentence)
            short = text[found.start("value") : found.end("value")]
            part = Part(text, (one.place,))
            given = short if len(short) <= LONGEST else None
            return Draft((part,), given, confidence=SURE, placed=True)
    return None
