import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.articles import jd_finance
from corpus.decode import clean, decode
from corpus.errors import BinaryText, UndecodableText

SIMPLIFIED = [
    "京东支付",
    "市场份额",
    "消费者负责人",
    "会议于下午三点开始。",
    "第一章 总则",
    "春眠不觉晓，处处闻啼鸟。",
    "苹果、香蕉和橘子各买两斤。",
    "联系人：周敏",
    "2016年中国第三方支付总交易额为57.9万亿人民币。",
]
TRADITIONAL = [
    "臺灣銀行",
    "市場份額",
    "會議於下午三點開始。",
    "第一章 總則",
    "鹽橋鐘錶博物館位於臺南市老街。",
    "聯絡人：陳怡君",
    "我們的歷史",
    "圖書館開放時間",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
@pytest.mark.parametrize("text", SIMPLIFIED)
def test_short_simplified_texts(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), source="a") == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5", "cp950", "gb18030"])
@pytest.mark.parametrize("text", TRADITIONAL)
def test_short_traditional_texts(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), source="a") == text


def windows() -> st.SearchStrategy[str]:
    text = jd_finance().text.replace("\xa0", " ")
    return st.builds(
        lambda start, length: text[start : start + length],
        st.integers(0, len(text) - 8),
        st.integers(8, 400),
    )


@given(windows(), st.sampled_from(["utf-8", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]))
def test_any_piece_of_the_article_in_any_encoding(text: str, encoding: str) -> None:
    han = sum("\u4e00" <= char <= "\u9fff" for char in text)
    assume(han * 2 >= len(text) and han >= 6)
    assert decode(text.encode(encoding), source="a") == text


@given(st.lists(st.sampled_from(TRADITIONAL), min_size=1, max_size=8))
def test_big5_is_not_taken_for_gbk(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    assert decode(text.encode("big5"), source="a") == text


def test_a_page_says_its_charset() -> None:
    page = '<meta charset="big5"><p>中文</p>'
    assert decode(page.encode("big5"), source="a", markup=True) == page


def test_a_page_that_names_the_wrong_charset_is_still_read() -> None:
    page = '<meta charset="gbk"><p>實際上是另一種編碼的網頁</p>'
    assert decode(page.encode("utf-8"), source="a", markup=True) == page


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 \xe4\xb8",
        b"PK\x03\x04....",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        bytes(range(256)) * 8,
        b"\x00\x01\x02\x03" * 100,
    ],
)
def test_data_is_no_text(data: bytes) -> None:
    with pytest.raises(BinaryText):
        decode(data, source="a")


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"\xef\xbb\xbf\xff\xff", b"\x81\xff\xfe\xfd" * 9]
)
def test_text_that_nothing_can_decode(data: bytes) -> None:
    with pytest.raises((UndecodableText, BinaryText)):
        decode(data, source="a")


def test_a_text_cut_within_its_last_character() -> None:
    text = "京东支付的市场份额" * 10
    assert decode(text.encode()[:-1], source="a") == text[:-1]


@given(st.text())
def test_clean_text_can_be_written_and_has_one_kind_of_line_end(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert not set(cleaned) & set("\r\x00\x0b\x0c\x85\u2028\ufeff\u200b\u202e")
    assert clean(cleaned) == cleaned


def test_clean_keeps_what_people_write() -> None:
    assert clean("一\r\n二\r三\u2028四") == "一\n二\n三\n四"
    assert clean("\tA\x00B\x1b") == "\tAB"
    assert clean("👨\u200d👩\u200d👧 \ud800") == "👨\u200d👩\u200d👧 \ufffd"
    assert clean("می\u200cخواهم, क्\u200dष") == "می\u200cخواهم, क्\u200dष"


@given(
    st.text("京东支付covid-19，。", min_size=1),
    st.lists(st.sampled_from("\u200b\u200c\u200d\ufeff\xad\x00\x07\x7f\u2060")),
    st.data(),
)
def test_what_nobody_sees_parts_no_word(text: str, unseen: list[str], data: st.DataObject) -> None:
    strewn = text
    for char in unseen:
        at = data.draw(st.integers(0, len(strewn)))
        strewn = strewn[:at] + char + strewn[at:]
    assert clean(strewn) == text
