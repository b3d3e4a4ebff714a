from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document
from index import build, open_index
from qa.answer import Answer, Citation, Item, Segment, Source
from qa.compose import Draft, Part, answered, refusal, said
from qa.texts import Place, Texts


def citation(number: int) -> Citation:
    return Citation(number, "引文。", 0, 3, Source("d", "题", "a.txt"), (), 0.5)


def an_answer(used: Sequence[int], listed: Sequence[int], cited: Sequence[int]) -> Answer:
    return Answer(
        asked="问",
        question="问",
        segments=(Segment("答", tuple(used)),),
        items=(Item("项", tuple(listed)),) if listed else (),
        citations=tuple(citation(number) for number in cited),
    )


@pytest.mark.parametrize(
    ("used", "listed", "cited"),
    [([], [], []), ([1], [], [1]), ([1], [2], [1, 2]), ([1, 2], [1], [1, 2])],
)
def test_numbers_and_citations_agree(used: list[int], listed: list[int], cited: list[int]) -> None:
    assert an_answer(used, listed, cited)


@pytest.mark.parametrize(
    ("used", "listed", "cited"),
    [
        ([1], [], []),  # a number without its citation
        ([], [1], []),
        ([], [], [1]),  # a citation nobody uses
        ([1], [], [1, 2]),
        ([1, 2], [], [2, 1]),  # not in order
        ([2], [], [2]),  # not from 1
        ([0], [], [0]),
        ([1], [], [1, 1]),  # twice
    ],
)
def test_an_answer_whose_numbers_do_not_agree_cannot_be_made(
    used: list[int], listed: list[int], cited: list[int]
) -> None:
    with pytest.raises(ValueError, match="citation"):
        an_answer(used, listed, cited)


def test_a_refusal_that_cites_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="refusal"):
        replace(an_answer([1], [], [1]), refused=True)


@given(
    st.lists(st.integers(0, 4), max_size=4),
    st.lists(st.integers(0, 4), max_size=4),
    st.lists(st.integers(0, 4), max_size=4),
)
def test_whatever_is_made_keeps_the_invariant(
    used: list[int], listed: list[int], cited: list[int]
) -> None:
    fine = cited == list(range(1, len(cited) + 1)) and {*used, *listed} == set(cited)
    if fine:
        assert an_answer(used, listed, cited)
    else:
        with pytest.raises(ValueError, match="citation"):
            an_answer(used, listed, cited)


def test_the_text_carries_its_marks() -> None:
    segments = (Segment("文中列出 2 项："), Segment("甲", (1,)), Segment("乙", (1, 2)))
    answer = Answer("问", "问", segments, citations=(citation(1), citation(2)))
    assert answer.text == "文中列出 2 项：甲[1]乙[1][2]"


def test_as_plain_values() -> None:
    plain = json.loads(json.dumps(an_answer([1], [1], [1]).to_dict(), ensure_ascii=False))
    assert plain["text"] == "答[1]"
    assert plain["items"] == [{"text": "项", "citations": [1]}]
    assert plain["nearest"] is None
    assert plain["citations"][0] == {
        "number": 1,
        "quote": "引文。",
        "start": 0,
        "end": 3,
        "document": {"id": "d", "title": "题", "source": "a.txt"},
        "section": [],
        "score": 0.5,
    }
    assert set(plain) == {"text", *Answer.__slots__}


@pytest.fixture(scope="session")
def short_texts(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    folder = tmp_path_factory.mktemp("composed")
    text = "# 开头\n\n甲是一。乙是二。\n\n## 一、后来\n\n丙是三。\n"
    build(Document.from_text(text, title="三句话", source="三句话.md"), folder)
    return Texts(open_index(folder))


def places(texts: Texts) -> list[Place]:
    document = texts.snapshot.documents[0].id
    sentences = texts.reading(document).document.sentences
    return [Place(document, number) for number in range(len(sentences))]


def test_citations_are_numbered_as_they_first_appear(short_texts: Texts) -> None:
    at = {short_texts.reading(p.document).text(p.sentence): p for p in places(short_texts)}
    first, second, third = at["甲是一。"], at["乙是二。"], at["丙是三。"]
    draft = Draft(
        parts=(Part("引子："), Part("丙", (third,)), Part("丙甲", (third, first))),
        items=(Part("甲", (first,)), Part("乙", (second, second))),
        scores=((third, 1.7), (first, -0.2)),
        confidence=0.5,
    )
    answer = answered(short_texts, "问？", "问", draft)
    assert [segment.citations for segment in answer.segments] == [(), (1,), (1, 2)]
    assert [item.citations for item in answer.items] == [(2,), (3,)]
    assert [one.quote for one in answer.citations] == ["丙是三。", "甲是一。", "乙是二。"]
    assert [one.score for one in answer.citations] == [1.0, 0.0, 0.5]
    assert answer.citations[0].section[-1] == "后来"
    assert answer.citations[0].document.source == "三句话.md"


def test_a_refusal_keeps_its_nearest_sentence_apart(short_texts: Texts) -> None:
    nearest = places(short_texts)[-1]
    answer = refusal(
        short_texts, "问？", "问", "文中没有。", nearest=nearest, score=0.4, suggestions=["丙？"]
    )
    assert answer.refused
    assert (answer.text, answer.reason) == ("文中没有。", "文中没有。")
    assert answer.citations == ()
    assert answer.nearest is not None
    assert (answer.nearest.number, answer.nearest.quote) == (0, "丙是三。")
    assert answer.suggestions == ("丙？",)
    assert refusal(short_texts, "问？", "问", "文中没有。").nearest is None


def test_a_friendly_word_needs_no_source() -> None:
    answer = said("你好", "你好！", ["有什么？"])
    assert not answer.refused
    assert (answer.text, answer.citations, answer.suggestions) == ("你好！", (), ("有什么？",))


@given(data=st.data())
def test_any_draft_becomes_a_valid_answer(data: st.DataObject, short_texts: Texts) -> None:
    parts = st.lists(
        st.builds(
            Part, st.text(max_size=5), st.lists(st.sampled_from(places(short_texts))).map(tuple)
        ),
        max_size=4,
    ).map(tuple)
    draft = Draft(parts=data.draw(parts), items=data.draw(parts))
    answer = answered(short_texts, "问", "问", draft)
    quotes = {one.number: one.quote for one in answer.citations}
    for given_part, made in zip(
        (*draft.parts, *draft.items), (*answer.segments, *answer.items), strict=True
    ):
        expected = {short_texts.reading(p.document).text(p.sentence) for p in given_part.places}
        assert {quotes[number] for number in made.citations} == expected
