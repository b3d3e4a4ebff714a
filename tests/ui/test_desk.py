from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus import Document
from corpus.errors import IndexNotFound, NothingToBuild
from qa.answer import Answer, Source
from ui.desk import Desk, Talk
from ui.opening import Opening
from ui.visitors import LIFETIME, OPEN_AT_ONCE, Visitors


@dataclass
class FakeBuild:
    """Remembers what it was to build."""

    built: list[tuple[Sequence[Document], Path]] = field(default_factory=list)
    error: Exception | None = None

    def __call__(
        self, sources: Sequence[Document], index: Path, *, progress: Any = None
    ) -> SimpleNamespace:
        if self.error:
            raise self.error
        progress(SimpleNamespace(stage="reading", done=1, total=1))
        self.built.append((tuple(sources), index))
        (index / "manifest").touch()
        return SimpleNamespace(passages=7)


@pytest.fixture
def build() -> FakeBuild:
    return FakeBuild()


@pytest.fixture
def visitors(tmp_path: Path, assistant: Any) -> Visitors:
    return Visitors(tmp_path / "visitors", lambda _folder: assistant)


@pytest.fixture
def desk(assistant: Any, visitors: Visitors, build: FakeBuild) -> Desk:
    return Desk(Opening(lambda: assistant), visitors, build, is_built_in=True)


def shown(desk: Desk, question: str, talk: Talk) -> list[str]:
    """The chat's last message at every step."""
    return [talk.messages[-1]["content"] for _ in desk.ask(question, talk, None, "zh")]


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
    visitors: Visitors, build: FakeBuild, assistant: Any
) -> None:
    loaded = threading.Event()

    def open_slowly() -> Any:
        loaded.wait(30)
        return assistant

    desk = Desk(Opening(open_slowly), visitors, build, is_built_in=True)
    talk = Talk()
    steps = desk.ask("支付占多少？", talk, None, "zh")
    next(steps)
    assert "正在准备" in talk.messages[-1]["content"]
    loaded.set()
    next(steps)
    assert "1%" in talk.messages[-1]["content"]


def test_a_failed_opening_is_told_and_tried_again(
    visitors: Visitors, build: FakeBuild, assistant: Any
) -> None:
    tries = iter([IndexNotFound(index="x"), None])

    def open_at_second_try() -> Any:
        error = next(tries)
        if error:
            raise error
        return assistant

    desk = Desk(Opening(open_at_second_try), visitors, build, is_built_in=True)
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
    desk.take_up(talk, "0123456789abcdef", [("支付占多少？", fact)], "en")
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
        desk.take_up(talk, "0" * 16, [("支付占多少？", replace(fact, citations=citations))], "zh")
        assert ("原文改过" in talk.messages[-1]["content"]) == changed


def test_a_conversation_is_told_again_in_the_other_language(desk: Desk) -> None:
    talk = Talk()
    shown(desk, "支付占多少？", talk)
    assert "复制为" in talk.messages[-1]["content"]
    desk.retell(talk, None, "en")
    assert "Copy as Markdown" in talk.messages[-1]["content"]


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
    steps = desk.ask("支付占多少？", talk, None, "zh")
    next(steps)
    talk.greeting = "<p>迟到的问候</p>"
    next(steps)
    assert "迟到的问候" in talk.messages[0]["content"]
    assert "1%" in talk.messages[-1]["content"]


def test_an_answer_that_comes_after_a_new_start_is_not_shown(desk: Desk) -> None:
    talk = Talk()
    steps = desk.ask("支付占多少？", talk, None, "zh")
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
    visitors: Visitors, build: FakeBuild, assistant: Any
) -> None:
    own = Desk(Opening(lambda: assistant), visitors, build, is_built_in=True)
    assert "京东" in own.greeting(None, "zh")
    other = Desk(Opening(lambda: assistant), visitors, build, is_built_in=False)
    assert "京东" not in other.first_greeting("zh")
    greeting = other.greeting(None, "zh")
    assert "京东" not in greeting
    assert "支付占多少？" in greeting  # what the assistant suggests


def test_texts_brought_along_become_an_index(
    desk: Desk, build: FakeBuild, visitors: Visitors, tmp_path: Path
) -> None:
    (tmp_path / "笔记.txt").write_text("第二章。\n这是一段笔记。", "utf-8")
    token, report = desk.bring(
        "合同", "押金为七千元。", [str(tmp_path / "笔记.txt")], "zh", lambda _: None
    )
    assert token is not None
    ((documents, folder),) = build.built
    assert folder == visitors.folder(token)
    assert documents[0].title == "合同"
    assert documents[0].text == "押金为七千元。"
    assert documents[1].source == "笔记.txt"  # the visitor's name of it, no path of ours
    assert "2 篇，7 段" in report


def test_one_bad_file_does_not_stop_the_others(
    desk: Desk, build: FakeBuild, tmp_path: Path
) -> None:
    (tmp_path / "空.txt").write_text(" ", "utf-8")
    token, report = desk.bring("", "押金为七千元。", [str(tmp_path / "空.txt")], "zh", print)
    assert token is not None
    assert "有 1 个没有读成" in report
    assert "空&" in report or "空.txt" in report
    assert str(tmp_path) not in report


@pytest.mark.parametrize(("pasted", "name"), [("", "空.txt"), ("押金。", "空.txt"), ("押金。", "")])
def test_nothing_readable_leaves_nothing_behind(
    desk: Desk, build: FakeBuild, tmp_path: Path, pasted: str, name: str
) -> None:
    (tmp_path / "空.txt").write_text(" ", "utf-8")
    build.error = NothingToBuild(detail="没有")
    files = [str(tmp_path / name)] if name else []
    token, report = desk.bring("", pasted, files, "zh", lambda _: None)
    assert token is None
    assert "没有读成" in report
    assert not list((tmp_path / "visitors").glob("*"))


# ---- visitors


def test_a_token_is_a_folder_of_its_own_until_discarded(visitors: Visitors) -> None:
    one, other = visitors.new(), visitors.new()
    assert one != other
    assert visitors.folder(one).is_dir()
    visitors.discard(one)
    visitors.discard(one)
    visitors.discard(None)
    assert not visitors.folder(one).exists()
    assert visitors.folder(other).is_dir()


def test_an_assistant_is_opened_once_and_the_unused_make_room(
    tmp_path: Path, assistant: Any
) -> None:
    opened: list[Path] = []

    def open_assistant(folder: Path) -> Any:
        opened.append(folder)
        return assistant

    visitors = Visitors(tmp_path, open_assistant)
    tokens = [visitors.new() for _ in range(OPEN_AT_ONCE + 1)]
    for token in tokens[:-1]:
        visitors.assistant(token)
    visitors.assistant(tokens[0])  # in use again
    visitors.assistant(tokens[-1])  # pushes out the one unused for longest: the second
    visitors.assistant(tokens[0])
    assert len(opened) == OPEN_AT_ONCE + 1
    visitors.assistant(tokens[1])
    assert len(opened) == OPEN_AT_ONCE + 2


def test_folders_left_behind_are_swept(visitors: Visitors) -> None:
    token = visitors.new()
    visitors.sweep(now=time.time() + LIFETIME / 2)
    assert visitors.folder(token).is_dir()
    visitors.sweep(now=time.time() + LIFETIME * 2)
    assert not visitors.folder(token).exists()


def test_opening_is_ready_once_it_is_open(assistant: Any) -> None:
    gate: Callable[[], bool] = threading.Event().is_set
    assert not gate()
    opening = Opening(lambda: assistant)
    assert opening.get() is assistant
    assert opening.is_ready
