"""When a thing began, asked in the words that the texts have for it: 成立 of 自2013年起独立运营.

Companies are founded, set up, opened, launched or begin to run by themselves, and who asks cannot
know which of these a text says. Where it says one of them right beside the name and a date, and
none that the question has, the question is asked with that.
"""

from __future__ import annotations

import re
from itertools import chain

from corpus import fold
from qa.quantities import moments
from qa.texts import Texts

LONGEST = 14  # characters of a name
# What a text may say of it; who asks says one of those that any thing may be said to be.
_BEGINNINGS = (
    "独立运营|成立|创立|创办|创建|始建|兴建|建成|建立|设立|组建|筹建|诞生|创刊|开张|开业|开馆|"
    "开园|开办|上线|问世|面世|起家"
)
_FOUNDED = "成立|创立|创办|创建|设立|组建|诞生|(?:办|建|搞|做|开)起来"
_WHEN = r"(?:哪(?:一)?年|何时|几时|什么时候|啥时候?|什么时间|哪(?:个)?月|几几年|哪天)"
# 「甲哪年成立的」, 「甲成立于哪年」, 「甲是什么时候办起来的」
_ASKED = re.compile(
    rf"^(?P<name>[^,，?？]{{2,{LONGEST}}}?)(?:到底|究竟)?(?:是|在|于)*"
    rf"(?:{_WHEN}(?:正式|开始)?(?P<verb>{_FOUNDED})了?的?|(?P<earlier>{_FOUNDED})[于在]{_WHEN})"
    r"[呀啊呢]?$"
)
# 「哪年成立的」, of what the text is about
_ASKED_BARE = re.compile(rf"^[是在于]*{_WHEN}(?:正式|开始)?(?:{_FOUNDED})了?的?[呀啊呢]?$")
_HAN = "[\u4e00-\u9fff]"


def as_founded(question: str, texts: Texts) -> str:
    """``question`` with the word that the texts have for a beginning in place of its own."""
    plain = fold(question).rstrip("?？。 ")
    asked = _ASKED.match(plain)
    if asked is None:
        return question
    name = asked["name"].removesuffix("的")
    verb = asked["verb"] or asked["earlier"]
    said = _said(name, texts)
    if len(said) != 1 or verb in said or _of_it(verb, texts):
        return question
    return f"{question[: len(name)]}什么时候{said.pop()}的？"


def of_the_subject(question: str, texts: Texts) -> str:
    """「哪年成立的」, with nothing said before, asked of what the one text's title begins with.

    Of 京东金融生态圈业务模式 that is the longest beginning that the text says it of: 京东金融.
    """
    if not _ASKED_BARE.match(fold(question).rstrip("?？。 ")):
        return question
    documents = texts.snapshot.documents
    if len(documents) != 1:
        return question
    title = fold(texts.reading(documents[0].id).document.title)
    for _, _, _, end in reversed(texts.snapshot.tokenizer.tagged(title)):
        said = _said(title[:end], texts) if 2 <= end <= LONGEST else set()
        if len(said) == 1:
            return f"{title[:end]}什么时候{said.pop()}的？"
    return question


def _said(name: str, texts: Texts) -> set[str]:
    """The words for a beginning that stand right beside the name and a date.

    Not of what else it founded (2019年上线了新版), nor of a thing whose name ends like it.
    """
    subject = rf"(?:(?<!{_HAN})|(?<=[而但和与]))[“《]?{re.escape(name)}[”》]?(?:集团|公司|平台)?"
    begins = rf"(?:正式|开始)?(?P<word>{_BEGINNINGS})"
    dated = re.compile(
        rf"{subject}[自从于在是]?(?P<date>\d[\d年月日]*){begins}(?=[,，。;；的起以]|$)"
    )
    then = re.compile(rf"{subject}{begins}[于在](?P<date>\d[\d年月日]*)")
    return {
        one["word"]
        for one in chain(dated.finditer(texts.whole), then.finditer(texts.whole))
        if moments(one["date"])
    }


def _of_it(verb: str, texts: Texts) -> bool:
    """Whether the texts have the question's own word of something that they do not name."""
    return bool(re.search(rf"(?:公司|集团|机构|单位|其|它)[^,，。;；]{{0,12}}{verb}", texts.whole))
