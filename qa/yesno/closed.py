"""What is said of these and no others: 「只有甲、乙几项业务有牌照」 settles it for every other one.

The members of such a list have it, whatever is not among them has not, named in the text or not.
"""

from __future__ import annotations

import re

_ONLY = re.compile(
    r"(?<!不)(?:只有|仅有|仅仅?|只)(?P<members>[^,，。;；]{2,60}?)"
    r"(?:这?[一两二三四五六七八九十几\d]+(?:项|种|类|家|个|款|张)(?:业务|产品|服务|公司|地区|城市|专业|部门)?)"
    r"(?:有|具有|拥有|具备|取得|获得|拿到|支持|开放)了?(?P<what>[\u4e00-\u9fff]{2,6})(?=[,，。;；]|$)"
)
_BETWEEN = re.compile(r"、|和|与|及|以及")
_ALL = re.compile(r"都|全部|所有|每[个项种]|齐")
_NOT_ALL = re.compile(r"不(?:齐|全|都)|没有?(?:拿|都|全|齐)")
_DENIED = re.compile(r"(?<!有)(?:没有?|缺乏?|少了?|不具备)(?=[\u4e00-\u9fff]{2})")

_HAS = re.compile(r"有没有|是不是|是否|没有|[有缺]乏?|自己的|拿到了?|取得了?|的(?=[\u4e00-\u9fff])")


def settled_by_list(question: str, sentence: str, title: str) -> str | None:
    """是 or 否 where folded ``sentence`` says of a closed list what is asked of one thing, or None.

    Args:
        question: of yes or no, folded.
        sentence: the one that may settle it.
        title: of its text, folded; what that names is not what is asked about.
    """
    only = _ONLY.search(sentence)
    if only is None or only["what"] not in question:
        return None
    if _ALL.search(question):
        return "是" if _NOT_ALL.search(question) else "否"
    members = [one for one in _BETWEEN.split(only["members"]) if one]
    among = any(member in question for member in members)
    if not among and not _of_one(question, only["what"], title):
        return None
    return "是" if among != bool(_DENIED.search(question)) else "否"


def _of_one(question: str, what: str, title: str) -> bool:
    """Whether one thing's own is asked for: 银行|牌照, 京东|征信|有牌照吗.

    Not so of a stranger's (花呗有牌照吗), nor of all (京东金融有牌照吗).
    """
    kind = re.search(
        rf"(?P<kind>[\u4e00-\u9fff]{{2,8}}?)(?:业务)?的?{what}", _HAS.sub(" ", question)
    )
    if kind and kind["kind"] not in title:
        return True
    of = re.match(r"(?P<of>[\u4e00-\u9fff]{4,10}?)(?:业务)?(?:有|拿|没)", question)
    return bool(of and of["of"] not in title and of["of"][:2] in title)
