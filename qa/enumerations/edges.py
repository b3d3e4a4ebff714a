"""Where the items of a list begin and end: what leads to them, and runs on after them, is cut off.

All offsets are into a sentence, masked (``marks.mask``); ``others`` are the other items' places.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus import Tokenizer

_TRIGGERS = frozenset(
    (
        "包括 包含 涵盖 囊括 分为 分成 含有 有 如 例如 比如 诸如 为 是 即 通过 提供 借助 凭借 "
        "依托 融合 形成 缺乏 缺少 进入 推出 连接 连接起 以 将 把 从 由 在 对 按 按照 只有 仅有 "
        "开展 涉及 具有 拥有 设有 设 获得 需要 需 提交 出示 支持 来自 位于 负责 属于 构成 组成 "
        "叫 称为 称 选 选择 采用 使用 用 到 向 给 增加 新增 建立 服务 打通 实现 加强 种植 生产 "
        "写明 标明 注明 载明 填写 现有 带 携带 备齐 可以 能够 "
        "销售 经营 收录 展出 收藏 发表 出版 改 改为 换 换成 带来 针对 面向 了 着 过 起 也 都 "
        "还 主要 分别 发挥 给予 ，"
    ).split()
)
_OWNERS = re.compile(
    r"(?:[他她它]们?的|自身的?(?!的)|自己的|其|各自的|本身的|一系列|多种|各种|各类)"
)
_EXAMPLES = re.compile(r"(?:例如|比如|诸如|如|像|即|含|有)(?=[\u4e00-\u9fffA-Za-z]{2})")
# 「实现了资金存、贷、转|的打通」: what is done to all of them.
_DONE = re.compile(r"的[\u4e00-\u9fff]{2,4}$")
DOES = re.compile(
    r"(?:实现|促进|推动|推进|加快|加速|完成|保障|支持|带动|加强|完善)了?[^,，;；。]{0,8}$"
)
DOING = re.compile(r"[在从向对用]$|通过$")  # what follows says where or how it is done
# 「“宝宝”类理财产品|小金库」: what sort of thing it is, before its name.
_SORT = re.compile(r"[^的]{2,12}[类型][^的]{0,4}(?:产品|业务|服务|平台|工具|项目)(?=[^的]{2,8}$)")
# What is done with all of them, or holds of them: 「电话或自助机|办理」, 「泳池和会所|禁止入内」.
_OF_ALL = frozenset("禁止 严禁 不得 不准 均 皆 已 已于 已经 都 须 必须 应 应当 一律".split())
# … and what is done, where the list is what it is done with: 通过电话或自助机|办理, but not
# 「业务包括存款和信用卡办理」.
_DONE_WITH = frozenset("办理 进行 完成 举行 开展 担任 承担 作 当作".split())
_WITH = re.compile(r"(?:通过|借助|凭|由|用|以|在|经)$")
# What is handed over or carried has a name that may open with a verb: 带|录取通知书.
_HANDED = frozenset("带 携带 备齐 提交 出示 填写".split())
_AFTER_ITEM = re.compile(r"(?:上|中|里|下|内|之间|方面|类型|领域)的|这")
# 「给小孩玩的小杆秤」: what a verb says of the name behind it; but not 家长|沟通的方式.
_RELATIVE = re.compile(r"[给让供为][^的]{1,6}的[^的]{2,6}$")
SHORTEST = 2  # characters of an item before what is said of all of them
_LEADS = ("v", "p", "c", "d", "ul", "uz", "ug")


def after_trigger(
    masked: str, start: int, end: int, others: Sequence[tuple[int, int]], tokenizer: Tokenizer
) -> int:
    """Where the first item begins, after the words that lead to it."""
    chunk = masked[start:end]
    cut, handed = 0, False
    for word, flag, _, stop in tokenizer.tagged(chunk):
        leads = word in _TRIGGERS or flag in {"ul", "uz"}
        if leads and stop < len(chunk):
            cut, handed = stop, word in _HANDED
    colon = max(chunk.rfind("："), chunk.rfind(":"))
    if cut <= colon < len(chunk) - 1:
        cut = colon + 1
    examples = _EXAMPLES.match(chunk, cut)
    if examples:
        cut = examples.end()
    if not others:
        return start + cut
    size = median(b - a for a, b in others)
    rest = chunk[cut:]
    plain = not any("的" in masked[a:b] for a, b in others)
    if plain and "的" in rest and len(rest) > size + 2:
        cut += rest.rindex("的") + 1
    if not handed:
        cut += _overhang(chunk[cut:], masked, others, tokenizer)
    owner = _OWNERS.match(chunk, cut)
    if owner and owner.end() < len(chunk):
        cut = owner.end()
    return start + cut


def _overhang(
    rest: str, masked: str, others: Sequence[tuple[int, int]], tokenizer: Tokenizer
) -> int:
    """How much of the first item only leads to it: 「可实时采集|风速」, 「用于|包装机械」.

    Verbs and prepositions that open it go, unless other items open so too. Of what is still far
    longer than the others, so much goes that the rest is most like them in length.
    """
    size = median(b - a for a, b in others)
    if size == 1:  # 「资金|存、贷、转」
        return len(rest) - 1
    words = tokenizer.tagged(rest)
    acting = any(_leads(tokenizer.tagged(masked[a:b]), alone=False) for a, b in others)
    if not acting:
        shortest = min(b - a for a, b in others)
        while _leads(words) and len(rest) - words[0][3] >= shortest:
            words = words[1:]
            while len(words) > 1 and words[0][1] == "p":  # 构建|于|京东物流
                words = words[1:]
    opening = words[0][2] if words else 0
    if len(rest) - opening <= 1.5 * size:
        return opening
    best, cut = abs(math.log((len(rest) - opening) / size)), opening
    for _, flag, begin, stop in words:
        if flag.startswith(_LEADS) and flag != "vn" and len(rest) - stop >= 2:
            at = begin if acting and flag == "v" else stop  # 在手机上|查询用水量、缴纳水费
            unlike = abs(math.log((len(rest) - at) / size))
            if unlike < best:
                best, cut = unlike, at
    after = next((word for word in words if word[2] == cut), None)
    return after[3] if cut and after and after[1] == "p" else cut  # 构建于|物流


def _leads(words: Sequence[tuple[str, str, int, int]], *, alone: bool = True) -> bool:
    """Whether a stretch opens with a verb or preposition that leads to what follows.

    ``alone``: even where it is the whole stretch (支付).
    """
    opens = bool(words) and words[0][1] in {"v", "p"} and len(words[0][0]) > 1
    return opens and (alone or len(words) > 1)


def before_verb(
    masked: str, start: int, end: int, others: Sequence[tuple[int, int]], tokenizer: Tokenizer
) -> int:
    """Where the last item ends, when the clause runs on after it: 「…、钱包功能不断完善」."""
    words = tokenizer.tagged(masked[start:end])
    edges = {start + begin for _, _, begin, _ in words}
    runs_on = _AFTER_ITEM.search(masked, start + 1, end)
    if (
        runs_on
        and runs_on.start() in edges  # not 乡|下的旧货集
        and not any(_AFTER_ITEM.search(masked, a, b) for a, b in others)
    ):
        return runs_on.start()
    said = _OF_ALL | _DONE_WITH if _WITH.search(masked, 0, others[0][0]) else _OF_ALL
    of_all = next((at for at in _said(words, said) if "的" not in masked[start + at : end]), None)
    if of_all and not any(_said(tokenizer.tagged(masked[a:b]), said) for a, b in others):
        return start + of_all
    size = median(b - a for a, b in others)
    if end - start <= 2 * size + 2:
        return end
    for _, flag, begin, _ in words:
        if begin >= 2 and flag in {"v", "d", "p", "c", "ul"}:
            if _RELATIVE.match(masked, start, end):
                return end
            return start + begin
    return end


def _said(words: Sequence[tuple[str, str, int, int]], of_all: frozenset[str]) -> list[int]:
    """Where words stand in a stretch that hold of all the items before them."""
    return [begin for word, _, begin, _ in words if begin >= SHORTEST and word in of_all]


def before_done(masked: str, start: int, end: int, others: Sequence[tuple[int, int]]) -> int:
    """Where the last item ends, when what is done to all of them follows."""
    done = _DONE.search(masked, start + 1, end)
    alike = max((b - a for a, b in others), default=4) + 1
    if done and done.start() - start <= alike and not any("的" in masked[a:b] for a, b in others):
        return done.start()
    return end


def after_sort(text: str, start: int, end: int) -> int:
    """Where a name begins, after the words for what sort of thing it is."""
    sort = _SORT.match(text, start, end)
    return sort.end() if sort else start


def without_modifiers(
    masked: str, chunks: list[tuple[int, int]], tokenizer: Tokenizer
) -> list[tuple[int, int]]:
    """「购买物品、使用服务的|用户和企业」: the first 、 joins what is said of users, no items."""
    for at in range(1, len(chunks) - 1):
        a, b = chunks[at]
        end = masked.find("的", a, b)
        if end < 0:
            continue
        words = tokenizer.tagged(masked[a:b])
        acts = all(_acts(tokenizer.tagged(masked[x:y])) for x, y in chunks[:at])
        if words[0][1] == "v" and end + 1 < b and acts:
            return [(end + 1, b), *chunks[at + 1 :]]
        return chunks
    return chunks


def _acts(words: Sequence[tuple[str, str, int, int]]) -> bool:
    """Whether a stretch has a verb with an object behind it."""
    return any(
        flag == "v" and later[1].startswith("n") for (_, flag, _, _), later in pairwise(words)
    )
