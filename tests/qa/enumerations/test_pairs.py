"""Two things at a clause's end."""

from __future__ import annotations

import pytest

from corpus import Tokenizer
from qa.enumerations.pairs import pairs


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("源头是用户和流量。", ["用户", "流量"]),
        (
            "其竞争力是数据驱动下的风险控制与风险定价能力及其强大的金融科技实力。",
            ["数据驱动下的风险控制与风险定价能力", "强大的金融科技实力"],
        ),
    ],
)
def test_the_first_of_two_is_whole(text: str, items: list[str]) -> None:
    [found] = pairs(text, 0, 0, Tokenizer())
    assert [one.text for one in found.entries] == items
