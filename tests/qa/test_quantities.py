from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import fold
from qa.quantities import chinese_number, moments, quantities


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("份额仅占1%", "1%", 1, "%"),
        ("份额约为46.8%", "46.8%", 46.8, "%"),
        ("份额是30％。", "30％", 30, "%"),
        ("占百分之二十三", "百分之二十三", 23, "%"),
        ("总额为57.9万亿人民币", "57.9万亿人民币", 57.9e12, "人民币"),
        ("售价1,234.5元", "1,234.5元", 1234.5, "元"),
        ("融资1.5万元", "1.5万元", 15_000, "元"),
        ("融资两亿元", "两亿元", 2e8, "元"),
        ("超过2亿多用户", "2亿多", 2e8, ""),
        ("约10多万店主", "10多万", 1e5, ""),
        ("40多个企业", "40多个", 40, "个"),
        ("在30万个行政村", "30万个", 3e5, "个"),
        ("共三十五家", "三十五家", 35, "家"),
        ("增长了三倍", "三倍", 3, "倍"),
        ("八大板块", "八大", 8, "大"),
        ("降了5个百分点", "5个百分点", 5, "个百分点"),
        ("三万五千人", "三万五千人", 35_000, "人"),
        ("需要3个工作日", "3个工作日", 3, "个工作日"),
        ("涨了0.5", "0.5", 0.5, ""),
        ("员工3 862人", "3 862人", 3862, "人"),
        ("支付29 000元", "29 000元", 29_000, "元"),
        ("按万分之五支付", "万分之五", 0.05, "%"),
        ("热量180千卡", "180千卡", 180, "千卡"),
        ("浓度为百万分之三", "百万分之三", 0.0003, "%"),
        ("不到一亿", "一亿", 1e8, ""),
        ("每月一千八百块", "一千八百块", 1800, "块"),
    ],
)
def test_a_quantity_with_its_unit(text: str, span: str, value: float, unit: str) -> None:
    [found] = quantities(text)
    assert text[found.start : found.end] == span
    assert found.value == pytest.approx(value)
    assert found.unit == unit


def test_several_quantities_stand_in_text_order() -> None:
    text = "覆盖1500个县、30万个行政村,服务40多个涉农企业"
    assert [text[one.start : one.end] for one in quantities(text)] == ["1500个", "30万个", "40多个"]


def test_both_ends_of_a_range_are_found() -> None:
    assert [one.value for one in quantities("利率为10~20%")] == [10, 20]
    assert [one.value for one in quantities("需要5至10天")] == [5, 10]


@pytest.mark.parametrize("text", ["于2016年3月推出", "2014年7月1日", "二〇一六年", "同年12月"])
def test_a_date_is_no_quantity(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize("text", ["B2B", "iPhone6", "v1.2.3", "COVID-19", "没有数字", ""])
def test_digits_inside_a_name_are_no_quantity(text: str) -> None:
    assert quantities(text) == []


def test_a_percentage_in_words_keeps_its_decimals() -> None:
    [found] = quantities("占百分之二十三点五")
    assert (found.value, found.unit) == (23.5, "%")


def test_the_end_of_a_range_with_a_hyphen_is_found() -> None:
    assert [one.value for one in quantities("需要5-10个工作日")] == [5, 10]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("零", 0),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百二十三", 123),
        ("一千零一", 1001),
        ("三万五千", 35_000),
        ("两亿", 2e8),
        ("一百万", 1e6),
        ("二〇一六", 2016),
        ("二点五", 2.5),
        ("三点一四", 3.14),
    ],
)
def test_a_number_in_words(words: str, value: float) -> None:
    assert chinese_number(words) == pytest.approx(value)


def test_a_number_of_hundreds_of_millions_and_tens_of_thousands() -> None:
    assert chinese_number("一亿二千万") == 120_000_000


def in_words(number: int) -> str:
    """As it is written: 1001 → 一千零一; below 10^8."""
    digits = "零一二三四五六七八九"
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        zero = "零" if 0 < low < 1000 else ""
        return f"{in_words(high)}万{zero}{in_words(low) if low else ''}"
    words = "".join(
        digits[int(digit)] + (unit if digit != "0" else "")
        for digit, unit in zip(f"{number:04}", ("千", "百", "十", ""), strict=True)
    )
    while "零零" in words:
        words = words.replace("零零", "零")
    return words.strip("零") or "零"


@given(st.integers(0, 99_999_999))
def test_numbers_in_words_are_read_back(number: int) -> None:
    assert chinese_number(in_words(number)) == number


@pytest.mark.parametrize(
    ("text", "span", "order"),
    [
        ("自2013年10月独立运营起", "2013年10月", (2013, 10, 0)),
        ("2014年7月1日成立的", "2014年7月1日", (2014, 7, 1)),
        ("二〇一六年三月五日", "二〇一六年三月五日", (2016, 3, 5)),
        ("十二月二十五日", "十二月二十五日", (0, 12, 25)),
        ("在2016年第三季度", "2016年第三季度", (2016, 0, 0)),
        ("在2015年上半年", "2015年上半年", (2015, 0, 0)),
        ("2016年底", "2016年底", (2016, 0, 0)),
        ("2016年9月份又", "2016年9月份", (2016, 9, 0)),
        ("发布于2016-03-05", "2016-03-05", (2016, 3, 5)),
        ("发布于2016/3/5", "2016/3/5", (2016, 3, 5)),
        ("下午三点半开会", "下午三点半", (0, 0, 0)),
        ("同年7月上线", "同年7月", (0, 7, 0)),
    ],
)
def test_a_moment_as_written(text: str, span: str, order: tuple[int, int, int]) -> None:
    [found] = moments(text)
    assert text[found.start : found.end] == span
    assert found.order == order


def test_the_same_year_is_the_year_named_before() -> None:
    text = "2013年10月独立,同年12月上线;2016年分离,同年3月推出"
    assert [one.order for one in moments(text)] == [
        (2013, 10, 0),
        (2013, 12, 0),
        (2016, 0, 0),
        (2016, 3, 0),
    ]


def test_the_next_year_is_the_year_after() -> None:
    assert [one.order[0] for one in moments("2013年成立,次年3月上线")] == [2013, 2014]


def test_both_ends_of_a_period_are_found() -> None:
    text = "自2012年11月27日至2013年6月"
    assert [one.order for one in moments(text)] == [(2012, 11, 27), (2013, 6, 0)]


@pytest.mark.parametrize("text", ["20世纪90年代", "3个月", "没有日期", "", "100年"])
def test_what_is_no_moment(text: str) -> None:
    assert moments(text) == []


# Texts made of what numbers and dates are made of are likelier to be misread than others.
PIECES = st.sampled_from(
    list(
        "0123456789零一二三四五六七八九十百千万亿两点年月日号季度上下半初底同次去今民国百分之%％元个,.-/:：~、。"
    )
)
TEXTS = st.one_of(st.text(max_size=60), st.text(PIECES, max_size=40))


@given(TEXTS.map(fold))
def test_any_text_can_be_read(text: str) -> None:
    for found in (quantities(text), moments(text)):
        ends = [0, *(end for one in found for end in (one.start, one.end)), len(text)]
        assert ends == sorted(ends)
        assert all(one.start < one.end for one in found)
    taken = {at for one in moments(text) for at in range(one.start, one.end)}
    assert not any(one.start in taken for one in quantities(text))
    assert all(one.value >= 0 for one in quantities(text))
