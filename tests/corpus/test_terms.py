import concurrent.futures
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.terms import Tokenizer, _folding, fold, numerals, simplified


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer()


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded == "".join(map(fold, text))
    assert fold(folded) == folded


@given(st.text())
def test_simplifying_keeps_every_place_and_what_is_not_han(text: str) -> None:
    simple = simplified(text)
    assert len(simple) == len(text)
    assert fold(simple) == fold(text)
    assert all(a == b for a, b in zip(text, simple, strict=True) if a.isascii())


def test_simplifying_keeps_case_and_width() -> None:
    assert simplified("京東ＡＰＰ的Market份額") == "京东ＡＰＰ的Market份额"


def test_folding_twice_is_folding_once_for_every_character() -> None:
    table = _folding()
    assert all(table.get(image, image) == image for image in table.values())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("京東支付的市場份額", "京东支付的市场份额"),
        ("ＡＰＰ　１００％，（Ｂ端）", "app 100%,(b端)"),
        ("著名、乾淨、臺灣", "著名、干净、台湾"),
        ("İstanbul ﬁ", "İstanbul ﬁ"),  # one character to two: left alone
        ("⽀付", "支付"),  # a Kangxi radical, as some PDF files have it
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("二〇一六年九月十二日", "2016年9月12日"),
        ("八大板块", "8大板块"),
        ("第二个问题", "第2个问题"),
        ("一百零五家", "105家"),
        ("兩千三百人", "2300人"),
        ("一些三农问题，万一", "一些三农问题,万一"),
    ],
)
def test_numerals(text: str, digits: str) -> None:
    assert numerals(text) == digits


@given(st.text("京東支付1.5亿%年ab，。 \n龘", max_size=40))
def test_words_have_their_places(text: str) -> None:
    words = Tokenizer().words(text)
    assert all(text[start:end] == word for word, start, end in words)
    covered = [place for _, start, end in words for place in range(start, end)]
    assert covered == [place for place, char in enumerate(text) if not char.isspace()]


@pytest.mark.parametrize(
    "word", ["52.3%", "2016年", "1.5亿", "57.9万亿", "1,120", "covid-19", "C++"]
)
def test_numbers_and_latin_words_stay_whole(tokenizer: Tokenizer, word: str) -> None:
    assert word in tokenizer.tokens(f"大约是{word}左右")
    assert word in [one for one, _, _, _ in tokenizer.tagged(f"大约是{word}左右")]


def test_terms_of_question_and_text_meet(tokenizer: Tokenizer) -> None:
    text = set(tokenizer.terms("京东支付的市场份额仅占1%，2016年为1.5亿元。"))
    assert set(tokenizer.terms("京東支付　市場份額")) <= text
    assert {"1.5", "2016", "1"} <= text  # the bare numbers too
    assert not {"的", "，", "。"} & text
    for kept in ("问题", "安全", "重要", "什么", "不"):
        assert kept in tokenizer.terms(kept)


def test_unknown_words_give_bigrams_and_known_ones_their_inner_words(tokenizer: Tokenizer) -> None:
    assert {"京保贝", "京保", "保贝"} <= set(tokenizer.terms("“京保贝”"))
    assert {"互联网", "互联"} <= set(tokenizer.terms("互联网"))


def test_tokenizers_do_not_share_words() -> None:
    one, other = Tokenizer(["京东金采"]), Tokenizer()
    one.add_words(["京东ABS云平台"])
    assert "京东金采" in one.tokens("推出京东金采")
    assert "京东ABS云平台" in one.tokens("成立京东ABS云平台")
    assert ("京东金采", "nz", 2, 6) in one.tagged("推出京东金采")
    assert "京东金采" not in other.tokens("推出京东金采")
    assert "京东金采" not in Tokenizer().tokens("推出京东金采")


def test_threads_see_old_or_new_words_but_never_half(tokenizer: Tokenizer) -> None:
    shared = Tokenizer()
    text = "京东金采与京保贝和小白卡" * 20
    before = shared.tokens(text)
    after = Tokenizer(["京东金采", "京保贝"]).tokens(text)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        seen = [pool.submit(shared.tokens, text) for _ in range(50)]
        shared.add_words(["京东金采", "京保贝"])
        seen += [pool.submit(shared.tokens, text) for _ in range(50)]
    assert all(one.result() in (before, after) for one in seen)
    assert shared.tokens(text) == after


def test_starting_says_nothing_and_leaves_nothing_behind(tmp_path: Path) -> None:
    program = "from corpus import Tokenizer; Tokenizer().tagged('京东支付')"
    run = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={"TMPDIR": str(tmp_path), "PATH": "", "PYTHONUTF8": "1"},
    )
    assert run.stdout == run.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_one_endless_word_does_not_take_endless_time(tokenizer: Tokenizer) -> None:
    assert len(tokenizer.tokens("龘" * 20_000)) > 1
