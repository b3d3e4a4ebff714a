"""Why a thing fares badly: the sentence that says what has made it the weak part."""

from __future__ import annotations

import re

from corpus import fold
from qa.compose import Draft, Part
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.search.rank import Sight
from qa.texts import Texts

LOOKED_AT = 24  # candidates
CONFIDENCE = 0.7  # set by hand
_POOR = re.compile(
    r"(?:[低小差弱烂慢糟少]|薄弱|不[大强行好如佳高])(?:的(?:主要)?原因.*)?$"
    r"|不如|做不[大好过强起]|比不[上过]|没(?:什么|啥|有)?(?:几个)?人|没几个|没[^,，]{1,6}[多大强好火]"
    r"|落后|短板|软肋|拖后腿|拉胯"
)
_WHY_LAST = re.compile(r"(?:是)?(?:为什么|为啥|为何|什么原因)$")
# 「起步晚加上前期的不重视，使其成为最为薄弱的一环」: a cause, and the thing itself in its wake.
_MADE_WEAK = re.compile(
    r"^(?P<cause>.{6,}?)[,，]?(?:使得?|导致|造成|让)(?:其|它|自己)(?:成为|变成|变得|沦为|处于)?"
    r"[^,，;；。]{0,14}(?:薄弱|弱势|弱项|短板|软肋|落后|被动|下风|边缘)"
)


def made_weak(texts: Texts, inquiry: Inquiry, sight: Sight) -> Draft | None:
    """The sentence near the question that gives the cause of its subject's weakness, or None."""
    if inquiry.asked is not Asked.WHY or not _POOR.search(_WHY_LAST.sub("", inquiry.text)):
        return None
    words = [key for key in inquiry.keys if len(key.word) > 1]
    names = {key.word for key in words if key.names or key is words[0]}
    for one in sight.candidates[:LOOKED_AT]:
        reading = texts.reading(one.place.document)
        told = _MADE_WEAK.search(reading.plain(one.place.sentence))
        title = fold(reading.document.title)  # a part's weakness is not that of the whole
        if (
            told is not None
            and not one.features.heading
            and any(word in told["cause"] for word in names if not title.startswith(word))
        ):
            part = Part(reading.text(one.place.sentence), (one.place,))
            return Draft((part,), confidence=max(CONFIDENCE, one.score), placed=True)
    return None
