"""Whether one claim of a sentence says all that a question of yes or no asks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import fold
from qa.yesno.claims import Said, asserting, claims, parted, share_said

LOANS = (
    "据官网显示，金融平台已经累计服务超过10万企业，并为其提供了2500亿元贷款，"
    "而这些企业当中，绝大多数都是中小微企业。"
)
CROWD = (
    "2016全年产品众筹金额达到21.76亿元，产品个数达3223个，股票众筹金额达5.29亿元，均为业界第一。"
)
CARDS = "平台有面向个人消费的“白条”、面向企业赊购的“金采”两种产品。"
MODES = "三类地衣中，枝状地衣对污染最敏感，壳状地衣最耐受。"


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("金融平台服务的企业大多是中小微企业吗", LOANS, True),
        ("金融平台服务的企业大多是大企业吗", LOANS, False),
        ("2016年产品众筹的金额是业界第一吗", CROWD, True),
        ("白条面向企业吗", CARDS, False),
        ("壳状地衣对污染最敏感吗", MODES, False),
        ("枝状地衣对污染最敏感吗", MODES, True),
        ("试用期员工可以远程办公吗", "试用期满的员工可以申请远程办公。", False),
    ],
)
def test_a_yes_needs_a_claim_of_it_all(question: str, sentence: str, said: bool) -> None:
    assert (asserting(fold(question), Said(fold(sentence))) is not None) is said


def test_a_title_alone_is_no_claim() -> None:
    said = Said("春茶则多半用来制作绿茶。", title="雾峰岭红茶")
    assert asserting("春茶用来做红茶吗", said) is None


@pytest.mark.parametrize(
    ("question", "other"), [("白条面向企业吗", True), ("白条面向个人吗", False)]
)
def test_what_a_list_says_of_another_member(question: str, other: bool) -> None:
    assert parted(question, Said(fold(CARDS))) is other


@given(st.text(st.sampled_from("甲乙丙，；、和“”的是不满3%（） "), max_size=40))
def test_claims_stand_in_the_sentence_in_order(sentence: str) -> None:
    found = claims(sentence)
    assert all(sentence[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(max_size=20), st.text(max_size=40))
def test_a_share_is_a_share(asked: str, text: str) -> None:
    assert 0.0 <= share_said(asked, text) <= 1.0
    assert share_said(asked, asked) == 1.0
