"""What a thing is, asked of a text that takes it for known and only names it in passing."""

from __future__ import annotations

import re

from qa.compose import Draft
from qa.question.inquiry import Inquiry
from qa.question.kinds import Asked
from qa.texts import Texts

_MEANING = re.compile(
    r"^(?:到底)?(?:什么|啥)(?:是|叫做?)(?P<a>[^,，]{2,12})$"
    r"|^(?P<b>[^,，]{2,12}?)(?:到底|究竟)?(?:是|指)的?(?:什么|啥)(?:意思|概念|含义|东西)?$"
    r"|^(?P<c>[^,，]{2,12}?)的?(?:定义|含义|意思|概念)(?:是什么|是啥)?$|^何[谓为](?P<d>[^,，]{2,12})$"
)

_LETTERS = re.compile(r"[a-z]{2,8}|[a-z]\d[a-z]")  # B2C; but no E1, which is a code
_HAN = re.compile(r"[\u4e00-\u9fff]")
_EXPLAINS = re.compile(
    r"[”\"]?\s*(?:[|:：(（,，]|[^,，。;；]{0,6}?(?:是|指|叫|称|即|为(?!主)|代表|表示))"
)
_NAMED_SO = re.compile(r"(?:[(（]|即|简称|称为?|叫做?|缩写为?)[“\"]?$")


def meaning_asked(inquiry: Inquiry) -> str:
    """The thing of which it is asked what it is, or ""."""
    found = _MEANING.match(inquiry.text) if inquiry.asked is Asked.DEFINITION else None
    return next((one for one in found.groups() if one), "") if found else ""


def _only_modifies(name: str, said: str) -> bool:
    """Whether letters stand only before or behind other words, and nothing says what they are."""
    found = list(re.finditer(name, said))
    for one in found:
        before, after = said[: one.start()], said[one.end() :]
        if _EXPLAINS.match(after) or _NAMED_SO.search(before):
            return False
        if not (_HAN.match(after) or _HAN.search(before[-1:])):
            return False
    return bool(found)


def of_mere_mention(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether what is cited has the thing only as what something else is, or goes on to.

    「以金融科技为核心」 and 「从财富管理到资产证券化」 do not say what these are.
    """
    name = re.escape(meaning_asked(inquiry))
    if not name:
        return False
    in_passing = re.compile(
        rf"以{name}[^,，。;；]{{0,4}}为|从{name}(?=[到、])|到{name}(?=[,，、。;；都均]|$)"
    )
    places = {place for part in (*draft.parts, *draft.items) for place in part.places}
    said = "\n".join(texts.reading(one.document).plain(one.sentence) for one in places)
    headed = any(name in texts.reading(one.document).headings(one.sentence) for one in places)
    if _LETTERS.fullmatch(name) and not headed and _only_modifies(name, said):
        return True
    return in_passing.search(said) is not None and not re.search(name, in_passing.sub("", said))
