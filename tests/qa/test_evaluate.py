from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DatasetError
from qa.answer import Answer, Citation, Item, Segment, Source
from qa.evaluate import Case, Share, evaluate, measure, normal, read_jsonl, read_squad


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    # R: binom::binom.wilson(hits, total)
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),  # Newcombe (1998), table I
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(hits: int, total: int, low: float, high: float) -> None:
    assert Share(hits, total).interval == pytest.approx((low, high), abs=6e-5)


def test_no_cases_say_nothing() -> None:
    assert Share(0, 0).rate == 0.0
    assert Share(0, 0).interval == (0.0, 1.0)


@given(st.integers(1, 1000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_rate(counts: tuple[int, int]) -> None:
    share = Share(*counts)
    low, high = share.interval
    assert 0.0 <= low <= share.rate + 1e-12
    assert share.rate - 1e-12 <= high <= 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("京東支付，僅占 1％！", "京东支付仅占1%"),
        ("１．５ 万元。", "1.5万元"),
        ("ABS云平台", "abs 雲平臺"),
        ("《报告》", "报告"),
        ("57.9\n万亿", "57.9万亿"),
    ],
)
def test_script_width_case_space_and_punctuation_do_not_count(one: str, other: str) -> None:
    assert normal(one) == normal(other) != ""


@pytest.mark.parametrize(("one", "other"), [("1.5", "15"), ("1%", "1"), ("甲。乙", "甲乙丙")])
def test_what_counts(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@given(st.text())
def test_normal_is_a_normal_form(text: str) -> None:
    assert normal(normal(text)) == normal(text)


# ---- question sets ----


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


def test_a_question_set_of_our_own(tmp_path: Path) -> None:
    rows = [
        {"question": "甲？", "type": "date", "short": ["一", "1"], "evidence": ["甲是一"]},
        {
            "question": "乙？",
            "items": ["子", ["丑", "牛"]],
            "evidence": [["乙一", "乙二"]],
            "history": ["甲？"],
        },
        {"question": "丙？", "type": "none", "refuse": True, "id": "x1"},
    ]
    lines = "\ufeff" + "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\r\n"
    assert list(read_jsonl(write(tmp_path, "a.jsonl", lines))) == [
        Case("甲？", "date", short=("一", "1"), evidence=(("甲是一",),)),
        Case(
            "乙？",
            "",
            items=(("子",), ("丑", "牛")),
            evidence=(("乙一", "乙二"),),
            history=("甲？",),
        ),
        Case("丙？", "none", refuse=True),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "不是 JSON",
        "[]",
        "7",
        "null",
        '"问题"',
        "{}",
        '{"type": "date"}',
        '{"question": "甲？", "short": 7}',
        '{"question": "甲？", "items": [7]}',
        '{"question": "甲？", "evidence": null}',
        '{"question": "甲？"',
    ],
)
def test_a_line_that_is_no_case_is_named(line: str, tmp_path: Path) -> None:
    path = write(tmp_path, "坏.jsonl", f'{{"question": "甲？"}}\n{line}\n')
    with pytest.raises(DatasetError) as caught:
        list(read_jsonl(path))
    assert "坏.jsonl" in caught.value.say("zh")
    assert "line 2" in caught.value.say("en")


@pytest.mark.parametrize(
    "line",
    [
        '{"question": "甲？", "short": "2013年10月"}',
        '{"question": "甲？", "evidence": "甲是一"}',
        '{"question": 7}',
        '{"question": "甲？", "short": [7]}',
    ],
)
def test_values_of_the_wrong_type_are_no_case(line: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError):
        list(read_jsonl(write(tmp_path, "坏.jsonl", line)))


def squad(*paragraphs: dict[str, Any], title: str = "题") -> str:
    return json.dumps({"data": [{"title": title, "paragraphs": list(paragraphs)}]})


PARAGRAPH = {
    "context": "甲成立于2001年。乙成立于2002年。",
    "qas": [
        {"question": "甲何时成立？", "answers": [{"text": "2001年"}, {"text": "2001年"}]},
        {"question": "乙何时成立？", "answers": [{"text": "2002年"}, {"text": "2002"}]},
    ],
}


def test_a_question_set_in_squad_style(tmp_path: Path) -> None:
    path = write(tmp_path, "s.json", squad(PARAGRAPH, {"context": "丙在山上。", "qas": []}))
    documents, cases = read_squad(path)
    assert [document.text for document in documents] == [PARAGRAPH["context"], "丙在山上。"]
    assert len({document.id for document in documents}) == 2
    assert [case.short for case in cases] == [("2001年",), ("2002年", "2002")]
    assert all(case.evidence == (case.short,) for case in cases)
    assert {case.context for case in cases} == {documents[0].source}


def test_squad_questions_without_answers_are_to_be_refused(tmp_path: Path) -> None:
    asked = {"question": "谁住在河边？", "answers": []}
    path = write(
        tmp_path,
        "s.json",
        squad({"context": "丙在山上。", "qas": [asked]}, {"context": " \n", "qas": [asked]}),
    )
    documents, cases = read_squad(path)
    assert [document.text for document in documents] == ["丙在山上。"]
    assert [(case.question, case.refuse) for case in cases] == [("谁住在河边？", True)]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "不是 JSON",
        "[]",
        "{}",
        '{"data": 7}',
        '{"data": [{}]}',
        squad({"qas": []}),
        squad({"context": "甲。"}),
        squad({"context": 7, "qas": []}),
        squad({"context": "甲。", "qas": [{"question": "甲？"}]}),
        squad({"context": "甲。", "qas": [{"question": "甲？", "answers": [7]}]}),
    ],
)
def test_what_is_not_in_squad_style(content: str, tmp_path: Path) -> None:
    path = write(tmp_path, "坏.json", content)
    with pytest.raises(DatasetError) as caught:
        read_squad(path)
    assert "坏.json" in str(caught.value)


@pytest.mark.parametrize("name", ["没有.jsonl", "没有.json"])
def test_a_question_set_that_is_not_there(name: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=name):
        evaluate(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content"),
    [("空.jsonl", ""), ("空.jsonl", "\n\n"), ("空.json", '{"data": []}'), ("空.json", squad())],
)
def test_a_question_set_that_asks_nothing(name: str, content: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="一题也没有"):
        evaluate(write(tmp_path, name, content))


@pytest.mark.parametrize(
    ("content", "zh", "en"),
    [
        ('{"question": "甲？"}\n{"question"', "第 2 行不是 JSON", "line 2 is no JSON"),
        ('{"type": "date"}', "第 1 行缺少 question", "line 1 lacks question"),
        ('{"question": 7}', "第 1 行的 question 应为字符串", "line 1: question must be a string"),
        ('{"question": "甲？", "short": "一"}', "short 应为字符串的列表", "short must be a list"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_in_one_language(
    content: str, zh: str, en: str, tmp_path: Path
) -> None:
    with pytest.raises(DatasetError) as caught:
        evaluate(write(tmp_path, "set.jsonl", content))
    assert zh in caught.value.say("zh")
    assert en in caught.value.say("en")
    assert "README" in caught.value.say("zh")
    assert not set("行应为缺少不是") & set(caught.value.say("en"))


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("{}", "data"),
        ('{"data": [{}]}', "data[0].paragraphs"),
        (squad({"context": "甲。", "qas": [{"answers": []}]}), "data[0].paragraphs[0].qas[0].ques"),
        ("[\n\n", "line 3"),
    ],
)
def test_what_is_wrong_in_squad_style_is_named(content: str, where: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError) as caught:
        read_squad(write(tmp_path, "set.json", content))
    assert where in caught.value.say("en")


def test_a_question_set_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(DatasetError):
        list(read_jsonl(tmp_path / "a.jsonl"))


def test_squad_style_sets_bring_their_own_texts(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = write(tmp_path, "s.json", squad(PARAGRAPH, {"context": "丙在山上。", "qas": []}))
    report = evaluate(path, progress=lambda done, total: told.append((done, total)))
    assert report.questions == 2
    assert told == [(1, 2), (2, 2)]
    assert report.shares["right_context"].total == 2


# ---- the measures ----


def given_answer(
    question: str, *quotes: str, short: str | None = None, items: Sequence[str] = ()
) -> Answer:
    citations = tuple(
        Citation(number, quote, 0, len(quote), Source("d", "题", "s.json#0"), (), 0.5)
        for number, quote in enumerate(quotes, 1)
    )
    numbers = tuple(one.number for one in citations)
    return Answer(
        question,
        question,
        (Segment("答", numbers),),
        short=short,
        items=tuple(Item(text, numbers) for text in items),
        citations=citations,
    )


def refused(question: str) -> Answer:
    return Answer(question, question, (Segment("没有。"),), refused=True, reason="没有。")


@dataclass
class Scripted:
    """Gives the answers it was told to; remembers the histories it was shown."""

    answers: dict[str, Answer]
    histories: list[list[dict[str, Any]]] = field(default_factory=list)

    def answer(self, question: str, history: Sequence[dict[str, Any]] = ()) -> Answer:
        self.histories.append(list(history))
        return self.answers[question]


def report_of(*told: tuple[Case, Answer]) -> Any:
    scripted: Any = Scripted({case.question: answer for case, answer in told})
    return measure(scripted, [case for case, _ in told], "一套题")


def test_every_measure_on_answers_that_are_known() -> None:
    report = report_of(
        (  # all right, in other writing
            Case("甲？", "date", short=("2001年",), evidence=(("甲成立于2001年",),)),
            given_answer("甲？", "甲 成立於２００１年。", short="２００１年"),
        ),
        (  # the second citation is right, half of the evidence is missing
            Case("乙？", "fact", short=("乙",), evidence=(("乙一",), ("乙二", "乙三"))),
            given_answer("乙？", "别的。", "乙三。", short="丙"),
        ),
        (Case("丙？", "fact", evidence=(("丙",),)), refused("丙？")),  # wrongly refused
        (Case("丁？", "none", refuse=True), refused("丁？")),
        (Case("戊？", "none", refuse=True), given_answer("戊？", "戊。")),
    )
    shares = {name: (one.hits, one.total) for name, one in report.shares.items() if one.total}
    assert shares == {
        "first_citation": (1, 3),
        "all_evidence": (1, 3),
        "short_exact": (1, 2),
        "refused_when_it_should": (1, 2),
        "wrongly_refused": (1, 3),
        "citation_precision": (2, 3),
    }
    by_type = {name: (one.hits, one.total) for name, one in report.by_type.items()}
    assert by_type == {"date": (1, 1), "fact": (0, 2), "none": (1, 2)}
    assert report.questions == 5


@pytest.mark.parametrize(
    ("given_items", "f1"),
    [
        (["子", "丑", "寅"], 1.0),
        (["寅", "子", "牛"], 1.0),  # order does not matter, an alternative is as good
        (["子", "丑"], 0.8),
        (["子", "卯"], 0.4),
        (["子子"], 0.0),
        ([], 0.0),
    ],
)
def test_items_f1(given_items: list[str], f1: float) -> None:
    case = Case("有哪些？", "list", items=(("子",), ("丑", "牛"), ("寅",)))
    report = report_of((case, given_answer("有哪些？", "引文。", items=given_items)))
    assert report.items_questions == 1
    assert report.items_f1 == pytest.approx(f1)


def test_an_item_given_twice_is_right_once() -> None:
    case = Case("有哪些？", "list", items=(("子",), ("丑",)))
    once = report_of((case, given_answer("有哪些？", "引文。", items=["子", "卯"])))
    twice = report_of((case, given_answer("有哪些？", "引文。", items=["子", "子", "卯"])))
    assert twice.items_f1 < once.items_f1


def test_the_first_citation_must_be_of_the_right_context() -> None:
    case = Case("甲？", "squad", evidence=(("甲",),), context="s.json#0")
    other = Case("乙？", "squad", evidence=(("乙",),), context="s.json#1")
    report = report_of((case, given_answer("甲？", "甲。")), (other, given_answer("乙？", "乙。")))
    assert (report.shares["right_context"].hits, report.shares["right_context"].total) == (1, 2)


def test_earlier_questions_are_told_as_the_users() -> None:
    scripted: Any = Scripted({"那乙呢？": refused("那乙呢？")})
    measure(scripted, [Case("那乙呢？", "follow", history=("甲？", "为什么？"))], "一套题")
    assert scripted.histories == [
        [{"role": "user", "content": "甲？"}, {"role": "user", "content": "为什么？"}]
    ]


def test_a_report_as_plain_values_and_as_a_table() -> None:
    report = report_of(
        (Case("甲？", "date", evidence=(("甲",),)), given_answer("甲？", "甲。")),
        (Case("丁？", "none", refuse=True), refused("丁？")),
    )
    plain = json.loads(json.dumps(report.to_dict()))
    assert plain["measures"]["first_citation"]["rate"] == 1.0
    assert [one["question"] for one in plain["outcomes"]] == ["甲？", "丁？"]
    assert plain["outcomes"][0]["answer"]["text"] == "答[1]"
    assert "100.0%" in report.table()
    assert "一套题" in report.table()


def test_a_report_on_no_questions() -> None:
    report = measure(Scripted({}), [], "空")  # type: ignore[arg-type]
    assert report.questions == 0
    assert json.dumps(report.to_dict())
    assert report.table()
