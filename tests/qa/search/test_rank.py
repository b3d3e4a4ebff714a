"""The final order of candidates, and the choice among a text's lists."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document, Kind
from index import build
from qa.assistant import Assistant
from qa.lists import fitness
from qa.lists.choice import choose
from qa.lists.fitness import Fitness, considered, stated_count
from qa.question.inquiry import inquire
from qa.reader import Mark, Reading, Span, Text
from qa.search import rank
from qa.search.rank import UNREAD, Sight, Standing, blend, standings
from qa.search.retrieve import retrieve
from qa.search.windows import DOUBTFUL, FURTHER, SURE, Found, View, read_windows
from qa.texts import Texts

SHARE = st.floats(0, 1)


@given(st.builds(Standing, **{field.name: SHARE for field in fields(Standing)}))
def test_a_score_is_a_share(standing: Standing) -> None:
    assert 0 <= blend(standing) <= 1


@given(st.builds(Standing, **{field.name: SHARE for field in fields(Standing)}), SHARE)
def test_the_more_the_reader_holds_a_sentence_the_higher_it_stands(
    standing: Standing, held: float
) -> None:
    low, high = sorted((standing.held, held))
    assert blend(replace(standing, held=low)) <= blend(replace(standing, held=high))


def test_what_the_reader_saw_is_given_to_its_sentence_alone(texts: Texts) -> None:
    candidates = retrieve(texts, inquire("京东支付的市场份额是多少？", texts))
    place = candidates[0].place
    view = View((place,), (Found(place, 0, 4, 0.6),), (0.8,), 3.0, (1.5,), ())
    found = standings(candidates, [view])
    assert (found[0].held, found[0].read, found[0].foremost) == (0.8, 1.0, 1.0)
    assert found[0].sure == pytest.approx(0.75)
    assert found[0].answers == pytest.approx(0.625)
    assert all(
        (one.held, one.sure, one.read, one.answers, one.foremost) == (0.0,) * 5 for one in found[1:]
    )


def test_sentences_that_were_not_read_are_not_said_to_answer(texts: Texts) -> None:
    candidates = tuple(retrieve(texts, inquire("京东支付的市场份额是多少？", texts)))
    read, unread = candidates[0].place, candidates[1].place
    sight = Sight(candidates, (), 0.0, (View((read,), (), (), 0.0, (-12.0,), ()),))
    assert sight.answers(read) == -10.0
    assert sight.answers(unread) == UNREAD


HELD = ["小贷", "保理", "基金销售", "支付"]
LACKING = ["银行", "证券", "保险", "基金"]


class _Recorder:
    """A reader that keeps what it is given and sees nothing in it."""

    def __init__(self) -> None:
        self.texts: list[Text] = []

    def read(self, _question: str, texts: list[Text]) -> list[Reading]:
        self.texts += texts
        return [Reading((), 1.0, -5.0, (-5.0,) * len(text.sentences)) for text in texts]


def test_headings_are_read_as_lines_where_more_than_a_span_is_asked_for(texts: Texts) -> None:
    reader = _Recorder()
    inquiry = inquire("京东金融存在哪些问题？", texts)
    views = read_windows(reader, texts, inquiry, retrieve(texts, inquiry))  # type: ignore[arg-type]
    assert any(text.text.startswith("1. 支付起步晚") for text in reader.texts)
    for view, text in zip(views, reader.texts, strict=True):
        own = [texts.reading(place.document).text(place.sentence) for place in view.places]
        assert own == [text.text[start:end] for start, end in text.sentences]
    short = inquire("京东支付的市场份额是多少？", texts)
    for view in read_windows(reader, texts, short, retrieve(texts, short)):  # type: ignore[arg-type]
        for place in view.places:
            document = texts.reading(place.document).document
            assert document.sentences[place.sentence].kind is not Kind.HEADING


def test_no_more_is_read_once_a_stretch_surely_answers(texts: Texts) -> None:
    class Sure(_Recorder):
        read_so_far = 0

        def read(self, _question: str, texts: list[Text]) -> list[Reading]:
            self.read_so_far += len(texts)
            odds = SURE if self.read_so_far > 1 else SURE - 1
            return [Reading((), 0.1, odds, (odds,) * len(text.sentences)) for text in texts]

    short = inquire("京东支付的市场份额是多少？", texts)
    reader = Sure()
    views = read_windows(reader, texts, short, retrieve(texts, short))  # type: ignore[arg-type]
    assert [view.odds for view in views] == [SURE - 1, SURE]
    whole = inquire("京东金融存在哪些问题？", texts)  # may be answered in several places
    reader = Sure()
    views = read_windows(reader, texts, whole, retrieve(texts, whole))  # type: ignore[arg-type]
    assert len(views) == reader.read_so_far > 2


@pytest.mark.parametrize("question", ["京东支付的市场份额是多少？", "京东金融存在哪些问题？"])
def test_it_is_looked_for_further_where_nothing_seems_to_answer(
    question: str, texts: Texts
) -> None:
    class Hopeful(_Recorder):
        def read(self, _question: str, texts: list[Text]) -> list[Reading]:
            self.texts += texts
            odds = DOUBTFUL
            return [Reading((), 0.5, odds, (odds,) * len(text.sentences)) for text in texts]

    inquiry = inquire(question, texts)
    candidates = retrieve(texts, inquiry)
    in_vain = read_windows(_Recorder(), texts, inquiry, candidates)  # type: ignore[arg-type]
    in_hope = read_windows(Hopeful(), texts, inquiry, candidates)  # type: ignore[arg-type]
    assert len(in_vain) == len(in_hope) + FURTHER
    assert [view.places for view in in_vain[: len(in_hope)]] == [v.places for v in in_hope]


@pytest.mark.parametrize(
    ("question", "asked", "said"),
    [
        (
            "京东缺少哪些牌照？",
            ["银行", "证券", "保险", "基金"],
            ["小贷", "保理", "基金销售", "支付"],
        ),
        (
            "京东有哪些牌照？",
            ["小贷", "保理", "基金销售", "支付"],
            ["银行", "证券", "保险", "基金"],
        ),
    ],
)
def test_what_is_lacking_is_told_from_what_there_is(
    question: str, asked: list[str], said: list[str], texts: Texts
) -> None:
    inquiry = inquire(question, texts)
    sight = Sight(tuple(retrieve(texts, inquiry)), (), 0.0)
    fits = {
        tuple(entry.text for entry in one.entries): fitness
        for _, one, fitness in considered(texts, inquiry, sight)
    }
    assert fits[tuple(asked)].denies > fits[tuple(said)].denies


def test_problems_are_told_from_advice(texts: Texts) -> None:
    for question, wanted in (("京东金融有哪些短板？", 1.0), ("有哪些优化建议？", -1.0)):
        inquiry = inquire(question, texts)
        sight = Sight(tuple(retrieve(texts, inquiry)), (), 0.0)
        [sort] = {
            fitness.sort
            for _, one, fitness in considered(texts, inquiry, sight)
            if one.entries[0].text.startswith("支付起步晚")
        }
        assert sort == wanted


def test_merits_are_no_list_of_faults_nor_the_other_way_round(tmp_path: Path) -> None:
    text = "极屿X2是首选，优点是画面明亮、系统干净、没有广告，缺点是音箱单薄，不带电池。"
    build(Document.from_text(text, source="1.txt"), tmp_path)
    texts = Assistant.open(tmp_path).texts
    for question, wanted, other in (
        ("极屿X2有哪些缺点？", "音箱单薄", "画面明亮"),
        ("极屿X2有哪些优点？", "画面明亮", "音箱单薄"),
        ("极屿X2有哪些优点和缺点？", "画面明亮", ""),
    ):
        inquiry = inquire(question, texts)
        sight = Sight(tuple(retrieve(texts, inquiry)), (), 0.0)
        firsts = {one.entries[0].text for _, one, _ in considered(texts, inquiry, sight)}
        assert wanted in firsts
        assert other not in firsts


def test_a_line_that_leads_to_a_list_of_its_own(tmp_path: Path) -> None:
    text = (
        "费用管理办法\n\n第四章 不予报销的情形与责任\n\n"
        "第十二条 下列费用不予报销：（一）个人消费；（二）交通罚款；（三）无票据的支出。\n\n"
        "第十三条 虚报费用的，除追回款项外，给予书面警告。\n"
    )
    build(Document.from_text(text, source="1.txt"), tmp_path)
    texts = Assistant.open(tmp_path).texts
    for question, first in (
        ("哪些费用不予报销？", "个人消费"),
        ("第四章有哪几条？", "下列费用不予报销"),
    ):
        inquiry = inquire(question, texts)
        sight = Sight(tuple(retrieve(texts, inquiry)), (), 0.0)
        chosen = choose(texts, inquiry, sight)
        assert chosen is not None
        assert chosen.enumeration.entries[0].text.startswith(first)


def test_marks_and_spans_in_headings_are_placed_in_the_document(texts: Texts) -> None:
    class Pointing(_Recorder):
        def read(self, _question: str, texts: list[Text]) -> list[Reading]:
            found = []
            for text in texts:
                start, end = text.sentences[-1]
                span = Span(start, end, text.text[start:end], 0.5, 0.5)
                mark = Mark(start, start + 2, 0.9, 0.9)
                found.append(Reading((span,), 0.5, 0.0, (0.0,) * len(text.sentences), (mark,)))
            return found

    inquiry = inquire("京东金融存在哪些问题？", texts)
    views = read_windows(Pointing(), texts, inquiry, retrieve(texts, inquiry))  # type: ignore[arg-type]
    for view in views:
        last = view.places[-1]
        reading = texts.reading(last.document)
        sentence = reading.document.sentences[last.sentence]
        assert [(one.place, one.start, one.end) for one in view.spans] == [
            (last, 0, sentence.end - sentence.start)
        ]
        assert view.marks[0].start == sentence.start


@pytest.mark.parametrize(
    ("module", "kind"), [(rank, Standing), (fitness, Fitness)], ids=["ranking", "lists"]
)
def test_every_feature_has_a_weight(module: object, kind: type) -> None:
    assert set(module.WEIGHTS) == {field.name for field in fields(kind)}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("有哪四大业务？", 4),
        ("哪12个县？", 12),
        ("哪十个县？", 10),
        ("这一块有哪些问题？", 0),
        ("有哪些业务？", 0),
    ],
)
def test_the_count_a_question_states(question: str, count: int) -> None:
    assert stated_count(question) == count


def test_the_problems_of_the_article_are_its_four_headings(texts: Texts) -> None:
    inquiry = inquire("京东金融存在哪些问题？", texts)
    sight = Sight(tuple(retrieve(texts, inquiry)), (), 0.0)
    listed = choose(texts, inquiry, sight)
    assert listed is not None
    assert len(listed.enumeration.entries) == 4
    assert "支付起步晚" in listed.enumeration.entries[0].text
