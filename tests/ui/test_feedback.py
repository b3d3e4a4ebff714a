from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import DatasetError
from qa.answer import Answer
from qa.evaluate import read_jsonl
from ui.cli import main
from ui.feedback import BUILT_IN, FILE, VISITOR, Feedback, Opinion, Verdict, Words, questions, read


def opinion(
    reply: Answer,
    name: str,
    verdict: Verdict = "good",
    *,
    agreed: bool = True,
    index: str = BUILT_IN,
) -> Opinion:
    made = Opinion.of(name, verdict, reply, index, "00000001-12345678")
    return replace(made, words=Words.of(reply) if agreed else None)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHUCHU_HOME", str(tmp_path))
    monkeypatch.setenv("CHUCHU_LANG", "zh")
    return tmp_path


def test_without_consent_no_word_is_kept(tmp_path: Path, fact: Answer) -> None:
    path = tmp_path / "new" / FILE
    Feedback(path).keep(opinion(fact, "a", agreed=False))
    text = path.read_text("utf-8")
    assert "支付" not in text
    assert "1%" not in text
    assert json.loads(text)["citations"] == [
        {"document": "d1", "start": fact.citations[0].start, "end": fact.citations[0].end}
    ]
    assert path.stat().st_mode & 0o077 == 0


def test_what_is_kept_is_read_again_in_its_latest_form(
    tmp_path: Path, fact: Answer, listing: Answer
) -> None:
    feedback = Feedback(tmp_path / FILE)
    first, other = opinion(fact, "a"), opinion(listing, "b")
    for one in (first, other, replace(first, verdict="bad", comment="少了一半\n还有")):
        feedback.keep(one)
    assert read(tmp_path / FILE) == [
        replace(first, verdict="bad", comment="少了一半\n还有"),
        other,
    ]


def test_threads_write_whole_lines(tmp_path: Path, fact: Answer) -> None:
    feedback = Feedback(tmp_path / FILE)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: feedback.keep(opinion(fact, str(n))), range(100)))
    assert {one.id for one in read(tmp_path / FILE)} == {str(n) for n in range(100)}


def test_a_line_cut_short_by_a_crash_costs_only_itself(tmp_path: Path, fact: Answer) -> None:
    path = tmp_path / FILE
    feedback = Feedback(path)
    feedback.keep(opinion(fact, "a"))
    with path.open("ab") as file:
        file.write(path.read_bytes()[:40])
    feedback.keep(opinion(fact, "b"))
    assert [one.id for one in read(path)] == ["a", "b"]


def test_no_file_yet_is_no_opinions_and_a_folder_is_an_error(tmp_path: Path) -> None:
    assert read(tmp_path / FILE) == []
    with pytest.raises(DatasetError):
        read(tmp_path)


def test_good_answers_become_questions_that_eval_reads(
    home: Path, fact: Answer, listing: Answer, refused: Answer, capsys: Any
) -> None:
    feedback = Feedback(home / FILE)
    for number, reply in enumerate((fact, listing, refused)):
        feedback.keep(opinion(reply, str(number)))
    target = home / "good.jsonl"
    assert main(["feedback", str(target)]) == 0
    one, several, none = read_jsonl(target)
    assert (one.question, one.short, one.evidence) == (
        "支付占多少？",
        ("1%",),
        (("支付仅占1%。",),),
    )
    assert several.items == (("支付起步晚",), ("牌照不齐全",))
    assert len(several.evidence) == 2
    assert none.refuse
    assert none.evidence == ()
    assert "3 个问题" in capsys.readouterr().out

    before = target.read_bytes()
    assert main(["feedback", str(target)]) == 1
    assert "已经有了" in capsys.readouterr().err
    assert target.read_bytes() == before


def test_bad_ones_are_listed_for_a_person_and_never_written(
    home: Path, fact: Answer, listing: Answer, capsys: Any
) -> None:
    feedback = Feedback(home / FILE)
    feedback.keep(replace(opinion(fact, "a", "bad"), comment="不对\x1b[2J"))
    feedback.keep(opinion(listing, "b", "bad", agreed=False))
    target = home / "good.jsonl"
    assert main(["feedback", str(target)]) == 0
    shown = capsys.readouterr().out
    assert "要由人来完成" in shown
    assert "问：支付占多少？" in shown
    assert "评语：不对" in shown
    assert "\x1b" not in shown
    assert "没有同意保存文字" in shown
    assert not target.exists()


def test_a_mind_that_changed_counts_as_it_is_now(fact: Answer) -> None:
    assert list(questions([opinion(fact, "a"), opinion(fact, "b", "bad")])) == []


def test_what_was_asked_of_other_texts_is_left_out(home: Path, fact: Answer, capsys: Any) -> None:
    feedback = Feedback(home / FILE)
    feedback.keep(opinion(fact, "a", index=VISITOR))
    assert main(["feedback"]) == 0
    assert "还没有人" in capsys.readouterr().out
    feedback.keep(opinion(fact, "b", index=str((home / "mine").resolve())))
    assert main(["feedback", "--index", str(home / "mine")]) == 0
    assert "好评 1" in capsys.readouterr().out
