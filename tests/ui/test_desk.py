from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import IndexBusy, IndexGone, IndexNotFound, NothingToBuild
from qa.answer import Answer, Source
from ui.desk import Brought, Desk, Talk
from ui.feedback import Feedback, read
from ui.indexes.library import KEPT_DAYS, Library
from ui.indexes.opening import Opening
from ui.indexes.shelf import Seat
from ui.keeping import Kept


@pytest.fixture
def feedback(tmp_path: Path) -> Feedback:
    return Feedback(tmp_path / "feedback.jsonl")


@pytest.fixture
def desk(assistant: Any, library: Library, feedback: Feedback) -> Desk:
    return Desk(Opening(lambda: assistant), library, feedback, index=None)


NOBODY = Seat("")
ME = Seat("m" * 32)
OTHER = Seat("o" * 32)


def brought(done: Brought) -> tuple[Seat | None, str]:
    """The seat and the report."""
    return done.seat, done.report


def quietly(*_: object) -> None:
    """Take no notice of progress."""


def shown(desk: Desk, question: str, talk: Talk) -> list[str]:
    """The chat's last message at every step."""
    return [talk.messages[-1]["content"] for _ in desk.ask(question, talk, NOBODY, "zh")]


def test_a_question_is_shown_before_its_answer(desk: Desk) -> None:
    talk = Talk(greeting="<p>你好</p>")
    waiting, answered = shown(desk, "支付占多少？", talk)
    assert "waiting" in waiting
    assert "1%" in answered
    assert [message["role"] for message in talk.messages] == ["assistant", "user", "assistant"]


def test_history_is_what_was_asked_and_answered(desk: Desk, assistant: Any) -> None:
    talk = Talk(greeting="<p>你好</p>")
    shown(desk, "支付占多少？", talk)
    shown(desk, "CEO 是谁？", talk)
    shown(desk, "有哪些问题？", talk)
    assert assistant.asked[-1] == (
        "有哪些问题？",
        (
            {"role": "user", "content": "支付占多少？"},
            {"role": "assistant", "content": "支付仅占1%。[1]"},
            {"role": "user", "content": "CEO 是谁？"},
            {"role": "assistant", "content": "文中没有提到这件事。"},
        ),
    )


def test_while_the_model_loads_the_first_question_waits_and_says_so(
    library: Library, feedback: Feedback, assistant: Any
) -> None:
    loaded = threading.Event()

    def open_slowly() -> Any:
        loaded.wait(30)
        return assistant

    desk = Desk(Opening(open_slowly), library, feedback, index=None)
    talk = Talk()
    steps = desk.ask("支付占多少？", talk, NOBODY, "zh")
    next(steps)
    assert "正在准备" in talk.messages[-1]["content"]
    loaded.set()
    next(steps)
    assert "1%" in talk.messages[-1]["content"]


def test_a_failed_opening_is_told_and_tried_again(
    library: Library, feedback: Feedback, assistant: Any
) -> None:
    tries = iter([IndexNotFound(index="x"), None])

    def open_at_second_try() -> Any:
        error = next(tries)
        if error:
            raise error
        return assistant

    desk = Desk(Opening(open_at_second_try), library, feedback, index=None)
    talk = Talk()
    assert "没有索引" in shown(desk, "支付占多少？", talk)[-1]
    assert "1%" in shown(desk, "支付占多少？", talk)[-1]
    assert len(talk.history) == 2  # the failed turn is nothing to refer to


def test_an_unexpected_error_is_not_shown_to_visitors(
    desk: Desk, assistant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(assistant, "answer", fail)
    last = shown(desk, "支付占多少？", Talk())[-1]
    assert "请再问一次" in last
    assert "secret" not in last


def test_a_kept_conversation_is_gone_on_with(desk: Desk, assistant: Any, fact: Answer) -> None:
    talk = Talk(greeting="<p>你好</p>")
    desk.take_up(talk, Kept("0123456789abcdef", "", (("支付占多少？", fact),)), NOBODY, "en")
    assert talk.id == "0123456789abcdef"
    assert "1%" in talk.messages[-1]["content"]
    assert "Copy as Markdown" in talk.messages[-1]["content"]
    shown(desk, "CEO 是谁？", talk)
    assert assistant.asked[-1][1][0] == {"role": "user", "content": "支付占多少？"}


def test_an_answer_whose_text_has_changed_since_says_so(desk: Desk, fact: Answer) -> None:
    [citation] = fact.citations
    gone = replace(citation, document=Source("d0", "没有了", ""))
    moved = replace(citation, start=citation.start - 1, end=citation.end - 1)
    for citations, changed in (((citation,), False), ((gone,), True), ((moved,), True)):
        talk = Talk()
        turns = (("支付占多少？", replace(fact, citations=citations)),)
        desk.take_up(talk, Kept("0" * 16, "", turns), NOBODY, "zh")
        assert ("原文改过" in talk.messages[-1]["content"]) == changed


def test_a_conversation_is_told_again_in_the_other_language(desk: Desk) -> None:
    talk = Talk()
    shown(desk, "支付占多少？", talk)
    assert "复制为" in talk.messages[-1]["content"]
    desk.retell(talk, NOBODY, "en")
    assert "Copy as Markdown" in talk.messages[-1]["content"]


def test_an_answer_comes_in_the_language_chosen_meanwhile(desk: Desk) -> None:
    talk = Talk()
    steps = desk.ask("支付占多少？", talk, NOBODY, "zh")
    next(steps)
    desk.retell(talk, NOBODY, "en")
    next(steps)
    assert "Copy as Markdown" in talk.messages[-1]["content"]


def test_no_opinion_is_taken_on_what_a_browser_kept(
    desk: Desk, fact: Answer, refused: Answer, tmp_path: Path
) -> None:
    talk = Talk()
    earlier = Kept("0" * 16, "", tuple((one.asked, one) for one in (fact, refused)))
    desk.take_up(talk, earlier, NOBODY, "zh")
    assert "vote" not in "".join(message["content"] for message in talk.messages)
    assert not desk.judge(talk, "", "good")
    assert not read(tmp_path / "feedback.jsonl")


def test_a_verdict_still_shows_in_the_other_language(desk: Desk) -> None:
    talk = Talk()
    shown(desk, "支付占多少？", talk)
    desk.judge(talk, talk.turns[0].id, "bad")
    desk.retell(talk, NOBODY, "en")
    assert 'class="vote bad given"' in talk.messages[-1]["content"]
    assert 'class="vote good"' in talk.messages[-1]["content"]


def test_every_conversation_has_an_id_of_its_own(desk: Desk) -> None:
    prototype = Talk()  # Gradio copies it for every visitor
    one, other = copy.deepcopy(prototype), copy.deepcopy(prototype)
    shown(desk, "支付占多少？", one)
    shown(desk, "支付占多少？", other)
    before = one.id
    assert before != other.id
    shown(desk, "CEO 是谁？", one)
    assert {turn.talk for turn in one.turns} == {before}
    one.restart()
    shown(desk, "支付占多少？", one)
    assert one.id != before


def test_two_events_at_once_both_show_everything(desk: Desk) -> None:
    talk = Talk()
    steps = desk.ask("支付占多少？", talk, NOBODY, "zh")
    next(steps)
    talk.greeting = "<p>迟到的问候</p>"
    next(steps)
    assert "迟到的问候" in talk.messages[0]["content"]
    assert "1%" in talk.messages[-1]["content"]


def test_an_answer_that_comes_after_a_new_start_is_not_shown(desk: Desk) -> None:
    talk = Talk()
    steps = desk.ask("支付占多少？", talk, NOBODY, "zh")
    next(steps)
    talk.restart()
    next(steps)
    assert talk.messages == []
    assert talk.history == []


def test_every_session_starts_with_a_talk_of_its_own() -> None:
    first = Talk()
    second = copy.deepcopy(first)  # as gr.State does
    first.begin("问", "答")
    assert not second.turns


def test_the_greeting_offers_examples_of_the_built_in_article_only(
    library: Library, feedback: Feedback, assistant: Any
) -> None:
    own = Desk(Opening(lambda: assistant), library, feedback, index=None)
    assert "京东" in own.greeting(NOBODY, "zh")
    other = Desk(Opening(lambda: assistant), library, feedback, index="x")
    assert "京东" not in other.first_greeting("zh")
    greeting = other.greeting(NOBODY, "zh")
    assert "京东" not in greeting
    assert "支付占多少？" in greeting  # what the assistant suggests


def test_texts_brought_along_become_an_index(
    desk: Desk, build: Any, library: Library, tmp_path: Path
) -> None:
    note = tmp_path / "笔记.txt"
    note.write_text("第二章。\n这是一段笔记。", "utf-8")
    steps: list[tuple[int, int, str]] = []
    seat, report = brought(
        desk.bring(
            ME, "合同们", "合同", "押金为七千元。", [str(note)], "zh", lambda *s: steps.append(s)
        )
    )
    assert seat is not None
    ((documents, _),) = build.built
    assert documents[0].title == "合同"
    assert documents[0].text == "押金为七千元。"
    assert documents[1].source == "笔记.txt"  # the visitor's name of it, no path of ours
    assert "读完了，可以提问了：2 篇，共 19 字。" in report
    assert (0, 1, "正在读 笔记.txt") in steps
    assert not note.exists()  # a copy of Gradio's, which has been read
    (index,) = desk.indexes(ME)
    assert [(one.title, one.characters, one.passages) for one in index.documents] == [
        ("合同", 7, 1),
        (documents[1].title, 12, 1),
    ]


def test_more_texts_leave_those_before_them(desk: Desk, build: Any) -> None:
    first = desk.bring(ME, "甲", "合同", "押金。", [], "zh", quietly).seat
    assert first is not None
    again = desk.bring(first, "", "通知", "开会。", [], "zh", quietly).seat
    assert again == first
    desk.bring(first, "", "合同", "押金改了。", [], "zh", quietly)  # an update, not a third one
    (index,) = desk.indexes(ME)
    assert [(one.title, one.characters) for one in index.documents] == [("合同", 5), ("通知", 3)]
    assert len({folder for _, folder in build.built}) == 1


def test_an_index_without_a_name_is_named_after_its_first_text(desk: Desk) -> None:
    for _ in range(2):
        desk.bring(ME, " ", "合同", "押金。", [], "zh", quietly)
    assert [one.name for one in desk.indexes(ME)] == ["合同", "合同 2"]


def test_two_files_of_one_name_are_two_documents(desk: Desk, build: Any, tmp_path: Path) -> None:
    paths = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "笔记.txt")
        paths[-1].write_text(f"这是{folder}。", "utf-8")
    desk.bring(ME, "", "", "", [str(path) for path in paths], "zh", quietly)
    ((documents, _),) = build.built
    assert [one.source for one in documents] == ["笔记.txt", "笔记 2.txt"]
    assert len({one.id for one in documents}) == 2


def test_a_pasted_text_and_a_file_of_its_title_are_two_documents(
    desk: Desk, build: Any, tmp_path: Path
) -> None:
    path = tmp_path / "笔记.txt"
    path.write_text("这是文件。", "utf-8")
    desk.bring(ME, "", "笔记.txt", "这是粘贴的。", [str(path)], "zh", quietly)
    ((documents, _),) = build.built
    assert [one.source for one in documents] == ["", "笔记 2.txt"]
    assert len({one.id for one in documents}) == 2


def test_one_bad_file_does_not_stop_the_others(desk: Desk, build: Any, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text(" ", "utf-8")
    seat, report = brought(
        desk.bring(ME, "", "", "押金为七千元。", [str(tmp_path / "空.txt")], "zh", quietly)
    )
    assert seat is not None
    assert "有 1 个没有读成" in report
    assert "空&" in report or "空.txt" in report
    assert str(tmp_path) not in report


@pytest.mark.parametrize(("pasted", "name"), [("", "空.txt"), ("押金。", "空.txt"), ("押金。", "")])
def test_nothing_readable_leaves_nothing_behind(
    desk: Desk, build: Any, tmp_path: Path, pasted: str, name: str
) -> None:
    (tmp_path / "空.txt").write_text(" ", "utf-8")
    build.error = NothingToBuild(detail="没有")
    files = [str(tmp_path / name)] if name else []
    seat, report = brought(desk.bring(ME, "", "", pasted, files, "zh", quietly))
    assert seat is None
    assert "没有读成" in report
    assert not list((tmp_path / "visitors").glob("*/*"))


def test_a_failed_addition_leaves_the_index_as_it_was(desk: Desk, build: Any) -> None:
    seat = desk.bring(ME, "甲", "合同", "押金。", [], "zh", quietly).seat
    assert seat is not None
    build.error = IndexBusy(index="/somewhere/of/ours")
    made, report = brought(desk.bring(seat, "", "通知", "开会。", [], "zh", quietly))
    assert made is None
    assert "甲" in report  # as the visitor knows it
    assert "somewhere" not in report
    (index,) = desk.indexes(ME)
    assert [one.title for one in index.documents] == ["合同"]


def test_what_is_being_read_can_be_stopped(
    desk: Desk, build: Any, library: Library, tmp_path: Path
) -> None:
    before = desk.bring(ME, "甲", "合同", "押金。", [], "zh", quietly).seat
    assert before is not None
    files = [tmp_path / "一.txt", tmp_path / "二.txt"]
    for file in files:
        file.write_text("开会。", "utf-8")
    desk.stop(ME)  # nothing is being read: nothing happens

    def stop(_done: int, _total: int, what: str) -> None:
        assert desk.is_bringing(ME)
        desk.stop(OTHER)  # somebody else's wish
        if what == "正在读 二.txt":
            desk.stop(before)

    made = desk.bring(before, "", "", "", list(map(str, files)), "zh", stop)
    assert made.seat is None
    assert "已经停下" in made.report
    assert not desk.is_bringing(ME)
    assert len(build.built) == 1
    assert not any(file.exists() for file in files)  # no copy is left lying about
    assert [one.title for one in desk.indexes(ME)[0].documents] == ["合同"]


def test_an_unexpected_error_of_a_build_is_told_in_our_words(desk: Desk, build: Any) -> None:
    build.error = RuntimeError("secret")
    made = desk.bring(ME, "", "合同", "押金。", [], "zh", quietly)
    assert made.seat is None
    assert "请再试一次" in made.report
    assert "secret" not in made.report
    assert not desk.indexes(ME)


def test_only_texts_that_were_all_read_are_complete(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text(" ", "utf-8")
    assert desk.bring(ME, "", "合同", "押金。", [], "zh", quietly).complete
    made = desk.bring(ME, "", "合同", "押金。", [str(tmp_path / "空.txt")], "zh", quietly)
    assert made.seat is not None
    assert not made.complete


def test_a_document_is_removed_and_an_index_with_none_left_goes(desk: Desk, remove: Any) -> None:
    seat = desk.bring(ME, "甲", "合同", "押金。", [], "zh", quietly).seat
    assert seat is not None
    desk.bring(seat, "", "通知", "开会。", [], "zh", quietly)
    one, other = desk.indexes(ME)[0].documents
    assert desk.remove(seat, [one.id]) == seat
    assert [ids for _, ids in remove.removed] == [[one.id]]
    assert [left.id for left in desk.indexes(ME)[0].documents] == [other.id]
    assert desk.remove(seat, [other.id]) == ME
    assert desk.indexes(ME) == ()


def test_visitors_do_not_see_each_others_indexes(desk: Desk, tmp_path: Path) -> None:
    seat = desk.bring(ME, "甲", "合同", "押金。", [], "zh", quietly).seat
    assert seat is not None
    assert desk.indexes(OTHER) == ()
    with pytest.raises(IndexGone):
        desk.assistant(Seat(OTHER.visitor, seat.index))
    names = [path.name for path in (tmp_path / "visitors").rglob("*")]
    assert not any(ME.visitor in name for name in names)  # no token can be read off the disk
    desk.delete_all(OTHER)
    assert desk.indexes(ME)
    desk.delete_all(ME)
    assert not list((tmp_path / "visitors").iterdir())


def test_what_is_shared_is_everybodys_and_stays(
    tmp_path: Path, assistant: Any, build: Any, remove: Any, feedback: Feedback
) -> None:
    library = Library(tmp_path / "shared", lambda _: assistant, build, remove, shared=True)
    desk = Desk(Opening(lambda: assistant), library, feedback, index=None)
    seat = desk.bring(ME, "甲", "合同", "押金。", [], "zh", quietly).seat
    assert seat is not None
    desk.delete_all(OTHER)
    library.sweep(now=time.time() + 2 * KEPT_DAYS * 24 * 3600)
    assert [one.name for one in desk.indexes(OTHER)] == ["甲"]
    assert desk.assistant(Seat(OTHER.visitor, seat.index)) is assistant
    desk.delete(Seat(OTHER.visitor, seat.index))
    assert desk.indexes(ME) == ()


# ---- endpoints


def test_a_text_from_a_program_can_be_asked_by_its_token_alone(desk: Desk, build: Any) -> None:
    first = desk.build("合同", "押金为七千元。")
    assert (first["name"], first["documents"], first["passages"]) == ("合同", 1, 7)
    assert desk.answer("支付占多少？", token=first["token"])["short"] == "1%"
    more = desk.build("通知", "开会。", token=first["token"])
    assert more["token"] == first["token"]
    other = desk.build("清单", "牛奶。", "家里", first["token"])
    assert other["name"] == "家里"
    assert other["token"] != first["token"]
    assert desk.build("清单", "豆浆。", "家里", first["token"])["token"] == other["token"]
    assert len({folder for _, folder in build.built}) == 2
    stranger = desk.build("清单", "牛奶。", "家里")
    assert stranger["token"].split(".")[0] != other["token"].split(".")[0]


@pytest.mark.parametrize(
    "token", ["x", "../..", f"{'m' * 32}.../../etc", f"{'m' * 32}.0123456789abcdef", "a.b.c"]
)
def test_a_token_that_was_never_given_out_leads_nowhere(desk: Desk, token: str) -> None:
    with pytest.raises(IndexGone):
        desk.answer("支付占多少？", token=token)
    with pytest.raises(IndexGone):
        desk.search("支付", 3, token)
    with pytest.raises(IndexGone):
        desk.build("合同", "押金。", token=token)


# ---- feedback


def test_an_opinion_keeps_places_and_words_only_if_agreed(desk: Desk, tmp_path: Path) -> None:
    talk = Talk()
    shown(desk, "支付占多少？", talk)
    (turn,) = talk.turns
    assert not desk.judge(talk, "nobody", "good")
    assert not desk.judge(talk, turn.id, "evil")
    assert desk.judge(talk, turn.id, "good")
    assert "支付" not in (tmp_path / "feedback.jsonl").read_text("utf-8")
    desk.comment(talk, turn.id, " 好 ", agreed=True)
    desk.judge(talk, turn.id, "good")  # once more
    (opinion,) = read(tmp_path / "feedback.jsonl")
    assert (opinion.verdict, opinion.comment, opinion.index) == ("good", "好", "built-in")
    assert opinion.generation == "00000001-12345678"
    assert opinion.words is not None
    assert opinion.words.short == "1%"
    desk.comment(talk, turn.id, "", agreed=False)  # agreed no longer
    (opinion,) = read(tmp_path / "feedback.jsonl")
    assert opinion.words is None
    desk.comment(talk, turn.id, "好", agreed=True)
    desk.judge(talk, turn.id, "bad")  # a mind that changed begins anew
    (opinion,) = read(tmp_path / "feedback.jsonl")
    assert (opinion.verdict, opinion.comment, opinion.words) == ("bad", "", None)


def test_opening_is_ready_once_it_is_open(assistant: Any) -> None:
    gate: Callable[[], bool] = threading.Event().is_set
    assert not gate()
    opening = Opening(lambda: assistant)
    assert opening.get() is assistant
    assert opening.is_ready
