"""Who or which bodies are asked for, and lists that are of what is done or what is wrong."""

from __future__ import annotations

import re

from corpus.terms import Tokenizer
from qa.enumerations import Enumeration

_BODIES = "(?:对手|伙伴|合作方|客户|用户|股东|人群|人员|公司|企业|机构|银行|部门|单位|品牌|竞品)"
_ASKS_FOR_NAMES = re.compile(
    rf"(?:哪些|什么|啥|哪[几两三四五六]?[个家位])(?:人|[^,，的]{{0,4}}{_BODIES})(?:呀|啊|呢)?$"
    rf"|{_BODIES}(?:都|主要|分别|具体|又)*(?:有|是|包括)(?:哪些|哪几?[个家位]|什么|啥|谁)(?:人)?(?:呀|啊|呢)?$"
    r"|(?:都有|有|都是|分别是)谁(?:呀|啊|呢)?$"
)
_DOES = ("v", "p", "d")  # flags of words that a clause begins with
SHORT_NAME = 6  # characters up to which such a one may be a name all the same: 投资机构
_IS_NAMED = re.compile(r"的[\u4e00-\u9fff]{2,6}$")  # 需资金周转的供应商


def asks_for_names(question: str) -> bool:
    """Whether a folded question asks who, or which bodies: 「竞争对手有哪些」."""
    return _ASKS_FOR_NAMES.search(question) is not None


def names_none(enumeration: Enumeration, tokenizer: Tokenizer) -> bool:
    """Whether most entries of a list are clauses, and so name nobody: 凭借核心竞争力,加强…."""
    clauses = [_is_clause(entry.text, tokenizer) for entry in enumeration.entries]
    return 2 * sum(clauses) > len(clauses)


def _is_clause(text: str, tokenizer: Tokenizer) -> bool:
    if re.search(r"[,，;；]", text):
        return True
    if _IS_NAMED.search(text):
        return False
    words = tokenizer.tagged(text)
    return len(text) > SHORT_NAME and bool(words) and words[0][1].startswith(_DOES)
