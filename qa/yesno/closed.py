"""What is said of these and no others: 「只有甲、乙几项业务有牌照」 settles it for every other one.

The members of such a list have it, whatever is not among them has not, named in the text or not.
"""

from __future__ import annotations

import re

_ONLY = re.compile(
    r"(?<![不是非])(?:只有|仅有)(?P<members>[^,，。;；]{2,60}?)"
    r"(?:这?[一两二三四五六七八九十几\d]+(?:项|种|类|家|个|款|张)(?:业务|产品|服务|公司|地区|城市|专业|部门)?)"
    r"(?:有|具有|拥有|具备|取得|获得|拿到|支持|开放)了?(?P<what>[\u4e00-\u9fff]{2,6})(?=[,，。;；]|$)"
)
_BETWEEN = re.compile(r"、|和|与|及|以及")
_ALL = re.compile(r"都|全部|所有|每[个项种]|齐")
_EACH = "(?:所有|全部|每[个项种])?的?"
_EVERY = "(?:不都|都没|都|全都?)?"
_NOT_ALL = re.compile(r"不(?:齐|全|都)|都没|没有?(?:拿|都|全|齐)")
_DENIED = "没有|没|无|未取得|未拿到|尚未取得|尚无|缺少|缺乏|缺|不具备|不具有"
_HAS = f"有没有|是不是有|是否有|是否具备|是不是|是否|{_DENIED}|具有|具备|拥有|有|拿到了?|取得了?"
_AGREED = "(?:[,，](?:对吗|对吧|是吗|是吧|对不对))?"
_ENDS = rf"(?:拿到|取得|办下来|有)?了?(?:没有|没|吗|么|嘛|吧|呢)?{_AGREED}"


def settled_by_list(question: str, sentence: str, title: str) -> str | None:
    """是 or 否 where folded ``sentence`` says of a closed list what is asked of one thing, or None.

    Only where nothing is asked but whether the thing has it: not since when, nor at what price.

    Args:
        question: of yes or no, folded.
        sentence: the one that may settle it.
        title: of its text, folded; what that names is whose list it is.
    """
    only = _ONLY.search(sentence)
    if only is None or only["what"] not in question:
        return None
    asked = re.fullmatch(
        rf"(?P<owner>[\u4e00-\u9fff]{{0,10}}?)的?(?:目前|现在|已经|已)?(?P<has>{_HAS})?"
        rf"(?:自己的)?(?P<kind>[^有没无未缺是的,，\d]{{0,8}}?)(?:业务)?的?{only['what']}{_ENDS}",
        question,
    )
    of_all = re.fullmatch(
        rf"(?P<owner>[\u4e00-\u9fff]{{0,8}}?)的?{_EACH}(?:业务|产品)?(?:是不是|是否)?{_EVERY}"
        rf"(?:有|具有|拿到?)?{only['what']}(?:是不是|都|全|不|拿|办)*(?:齐全?)?{_ENDS}",
        question,
    )
    if of_all and _ALL.search(question):
        own = of_all["owner"] in title
        return ("是" if _NOT_ALL.search(question) else "否") if own else None
    if asked is None:
        return None
    thing = asked["kind"]
    owner = asked["owner"].removesuffix("业务")
    members = [one for one in _BETWEEN.split(only["members"]) if one]
    if owner in members:
        thing = thing or owner
    elif owner not in title:
        if owner[:2] not in title:
            return None  # a stranger's
        thing = thing or owner
    if not thing or thing in title:
        return None
    among = any(member in thing for member in members)
    denied = bool(re.fullmatch(_DENIED, asked["has"] or ""))
    return "是" if among != denied else "否"
