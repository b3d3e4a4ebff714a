"""Whether a place is open on a day."""

from __future__ import annotations

import pytest

from qa.yesno.hours import open_on


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("周一开门吗", "周二至周日9:00至20:30开放,周一闭馆。", "否"),
        ("周六开门吗", "周二至周日9:00至20:30开放,周一闭馆。", "是"),
        ("星期天上班吗", "周二至周日9:00至20:30开放,周一闭馆。", "是"),
        ("周末开门吗", "周一至周五营业。", "否"),
        ("周末开门吗", "周一至周六营业。", None),  # one of the two days
        ("周末开门吗", "周一至周五营业,周末休息。", "否"),
        ("周三营业吗", "营业时间:周一到五9:00-17:00。", "是"),
        ("礼拜六营业吗", "营业时间:周一到五9:00-17:00。", "否"),
        ("周日到周二开放吗", "每周日至周二开放。", "是"),
        ("周一休息吗", "周一闭馆。", None),  # asked the other way round
        ("国庆节开门吗", "周一闭馆。", None),
        ("周一开门吗", "法定节假日开放时间另行通知。", None),
        ("周一下雨吗", "周一闭馆。", None),
    ],
)
def test_what_is_said_of_a_day(question: str, sentence: str, told: str | None) -> None:
    assert open_on(question, sentence) == told
