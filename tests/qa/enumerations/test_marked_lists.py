"""Lists that a reader has marked token by token."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document
from qa.enumerations import Form, marked
from qa.reader import Mark


def _marks(text: str, items: list[str]) -> list[Mark]:
    """A mark for each character, sure of ``items``."""
    starts = {text.index(item): len(item) for item in items}
    inside = {at + n for at, length in starts.items() for n in range(length)}
    return [Mark(at, at + 1, float(at in starts), float(at in inside)) for at in range(len(text))]


def test_what_a_reader_marked_is_a_list() -> None:
    text = "公司卖茶，也卖“米酒”和瓷器。它还修船。"
    document = Document.from_text(text)
    all_of_it, first = marked(document, _marks(text, ["卖茶", "“米酒”", "和瓷器", "修船"]))
    assert [entry.text for entry in all_of_it.entries] == ["卖茶", "米酒", "瓷器", "修船"]
    assert [entry.text for entry in first.entries] == ["卖茶", "米酒", "瓷器"]
    assert {one.form for one in (all_of_it, first)} == {Form.MARKED}


def test_one_marked_item_is_no_list() -> None:
    text = "公司卖茶和酒。"
    assert list(marked(Document.from_text(text), _marks(text, ["茶"]))) == []


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=26, max_size=26))
def test_marked_items_stand_where_they_say(chances: list[tuple[float, float]]) -> None:
    text = "“甲、乙”，丙和丁等。\n一共有三种：子、丑、寅。"
    document = Document.from_text(text)
    marks = [Mark(at, at + 1, *chances[at]) for at in range(min(len(document.text), len(chances)))]
    for one in marked(document, marks):
        assert len(one.entries) > 1
        for entry in one.entries:
            assert document.text[entry.start : entry.end] == entry.text
            sentence = document.sentences[entry.sentence]
            assert sentence.start <= entry.start < entry.end <= sentence.end


@pytest.mark.parametrize(
    ("text", "items", "entries"),
    [
        (
            "仓库备有抢险设备、砂石料和橡皮艇。",
            ["抢险", "设备", "砂石料", "橡皮艇"],
            ["抢险设备", "砂石料", "橡皮艇"],
        ),
        (
            "节日有乌克兰国家日和国家保卫者日。",
            ["乌克兰国家日", "国家保"],
            ["乌克兰国家日", "国家保卫者日"],
        ),
        (
            "表彰100个先进志愿者、100个服务社区。",
            ["个先进志愿者", "个服务社"],
            ["100个先进志愿者", "100个服务社区"],
        ),
        (
            "建议保持警惕并及时接种疫苗。",
            ["保持警惕", "及时接种疫苗"],
            ["保持警惕", "及时接种疫苗"],
        ),
    ],
)
def test_marked_items_end_where_the_text_parts_them(
    text: str, items: list[str], entries: list[str]
) -> None:
    [found] = marked(Document.from_text(text), _marks(text, items))
    assert [entry.text for entry in found.entries] == entries
