"""What a question without a subject is about: what the one text's title begins with."""

from __future__ import annotations

import re

from corpus import fold
from qa.texts import Texts

OFTEN = 3  # times in the text, from which a beginning of its title is a name and no chance
SHORTEST = 3  # characters
# 「一共有几块业务」, 「他们做哪些业务」
_BARE = re.compile(
    r"^(?:(?:他|它|她)们?|这?家?公司|集团)?(?:一共|总共|都|目前|现在|主要)*(?:有|做|分为?|包括)?"
    r"(?P<asks>几|多少|哪些|哪几|什么|啥)(?:大|个|条|项|种|类|块)?(?P<what>业务线|业务板块|业务|板块)$"
)


def with_subject(question: str, texts: Texts) -> str:
    """「一共有几块业务」, with nothing said before, as 「京东金融生态圈有几块业务」."""
    bare = _BARE.match(fold(question).rstrip("?？。 "))
    documents = texts.snapshot.documents
    if bare is None or len(documents) != 1:
        return question
    title = fold(texts.reading(documents[0].id).document.title)
    ends = [end for *_, end in texts.snapshot.tokenizer.tagged(title)]
    names = [title[:end] for end in ends if end >= SHORTEST and not re.search(r"\d", title[:end])]
    often = [name for name in names if texts.whole.count(name) >= OFTEN]
    asks = "几大" if bare["asks"] in {"几", "多少"} else "哪些"
    return f"{often[-1]}有{asks}{bare['what'].removesuffix('线')}？" if often else question
