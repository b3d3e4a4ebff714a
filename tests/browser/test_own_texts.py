"""Texts that visitors bring: several named indexes, found again, shared or not; and 👍 👎."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from corpus import Document
from tests.browser.steps import send

Visit = Callable[..., Any]
Scripted = Callable[..., Any]

CONTRACT = Document.from_text("房租每月三千五百元。\n\n押金为七千元。", title="租房合同")


def open_own(page: Any) -> None:
    page.get_by_role("tab", name="问我的文本").last.click()


def add(page: Any, text: str, *, title: str = "", name: str = "", to: str = "") -> None:
    """Add a pasted text to a new set, or to one that there is; comes back to the tab."""
    if not page.locator("#title").is_visible():
        page.get_by_role("button", name="更多选项").click()
    if to:
        page.click("#add-to input")
        page.get_by_role("option", name=to).click()
    if name:
        page.fill("#name input, #name textarea", name)
    page.locator("#title").get_by_role("textbox").fill(title)
    page.fill("#pasted textarea", text)
    page.click("#build")
    page.wait_for_selector("#chat", state="visible")  # it goes there by itself
    open_own(page)
    page.wait_for_selector(f"#held >> text={title}")


def test_indexes_have_names_and_keep_what_is_in_them(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)
    open_own(page)
    assert not page.locator("#asked-of").is_visible()  # nothing to choose from yet
    add(page, "会议改到星期五。", title="通知", name="工作")
    assert "工作" in page.locator("#whose").inner_text()
    add(page, "预算为两万元。", title="预算", to="工作")
    assert page.locator("#held input[type=checkbox]").count() == 2
    assert page.input_value("#pasted textarea") == ""

    add(page, "牛奶两盒。", title="清单", to="新的一组", name="家里")
    assert page.locator("#held input[type=checkbox]").count() == 1
    assert page.locator("#asked-of input[type=radio]").count() == 3

    page.get_by_label("工作").check()
    page.wait_for_selector("#held >> text=预算")
    page.wait_for_selector("#article >> text=星期五", state="attached")
    page.get_by_role("tab", name="问答").last.click()
    send(page, "预算")
    page.wait_for_selector("#chat .reply >> text=两万元")
    page.click("#back")
    page.wait_for_selector("#article >> text=三千五百元")
    assert not page.locator("#visiting").is_visible()


def test_a_conversation_about_them_is_kept_and_goes_with_them(
    scripted: Scripted, visit: Visit
) -> None:
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('chuchu.talk.')).length"
    page = visit(scripted(CONTRACT).url)
    send(page, "押金")
    page.wait_for_selector("#chat .reply")
    assert page.evaluate(kept) == 1
    open_own(page)
    add(page, "会议改到星期五。", title="通知", name="工作")
    page.wait_for_selector("#article >> text=星期五", state="attached")
    page.get_by_role("tab", name="问答").last.click()
    send(page, "会议")
    page.wait_for_selector("#chat .reply >> text=星期五")
    assert page.evaluate(kept) == 2
    page.reload()
    page.wait_for_selector("#article >> text=星期五")
    page.wait_for_selector("#chat .reply >> text=星期五")  # gone on with
    page.get_by_role("button", name="以前的对话").click()
    assert page.locator("#talks .open span").all_inner_texts() == ["会议"]  # of this index only
    page.keyboard.press("Escape")
    page.click("#back")
    page.wait_for_selector("#article >> text=三千五百元")
    page.get_by_role("button", name="以前的对话").click()
    assert page.locator("#talks [aria-current]").count() == 0  # it was left
    assert page.locator("#talks .open span").all_inner_texts() == ["押金"]
    page.locator("#talks .open").click()
    page.wait_for_selector("#chat .asked >> text=押金")
    assert page.locator("#chat .vote").count() == 0
    open_own(page)
    page.click("#delete-all")
    page.click("#yes")
    page.wait_for_selector("#asked-of", state="hidden")
    page.wait_for_function(f"{kept} === 1")


def test_they_stay_where_the_language_changes(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)
    open_own(page)
    add(page, "会议改到星期五。", title="通知", name="工作")
    page.get_by_role("tab", name="问答").last.click()
    send(page, "会议")
    page.locator("#chat a.vote.good").click()
    page.wait_for_selector("#slip")
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("#chat >> text=Copy as Markdown")
    assert page.locator("#chat a.vote.good.given").count() == 1
    page.wait_for_selector("#whose >> text=Asking “工作”")
    page.get_by_role("tab", name="Ask my own text").last.click()
    page.wait_for_selector("#held >> text=Texts in “工作”")
    assert "after 7 days" in page.locator("#own-lead").inner_text()
    page.get_by_label("The first article").wait_for()
    page.reload()
    page.wait_for_selector("#article >> text=星期五")
    page.wait_for_selector("#whose >> text=Asking “工作”")


def test_a_reload_finds_them_again_and_another_browser_does_not(
    scripted: Scripted, visit: Visit
) -> None:
    url = scripted(CONTRACT).url
    page = visit(url)
    open_own(page)
    add(page, "会议改到星期五。", title="通知", name="工作")
    page.reload()
    page.wait_for_selector("#article >> text=星期五")  # what was asked last is asked again
    open_own(page)
    page.wait_for_selector("#held >> text=通知")

    other = visit(url)
    assert "三千五百元" in other.locator("#article article").inner_text()
    open_own(other)
    assert "工作" not in other.locator("#own").inner_text()


def test_what_was_brought_can_be_taken_back(scripted: Scripted, visit: Visit) -> None:
    server = scripted(CONTRACT)
    page = visit(server.url)
    open_own(page)
    add(page, "会议改到星期五。", title="通知", name="工作")
    add(page, "预算为两万元。", title="预算", to="工作")
    page.locator("#held").get_by_label("通知").check()
    page.click("#remove")
    page.wait_for_function("document.querySelectorAll('#held input[type=checkbox]').length === 1")
    assert "通知" not in page.locator("#held").inner_text()
    page.wait_for_selector("#article >> text=两万元", state="attached")

    page.click("#delete")
    page.wait_for_selector("#sure >> text=「工作」")
    page.click("#no")
    page.wait_for_selector("#confirm", state="hidden")
    assert page.locator("#held").is_visible()
    page.click("#delete")
    page.click("#yes")
    page.wait_for_selector("#asked-of", state="hidden")
    page.wait_for_selector("#article >> text=三千五百元", state="attached")


def test_delete_now_leaves_nothing(scripted: Scripted, visit: Visit, tmp_path: Any) -> None:
    page = visit(scripted(CONTRACT).url)
    open_own(page)
    add(page, "会议改到星期五。", title="通知", name="工作")
    assert list((tmp_path / "visitors").rglob("about.json"))
    page.click("#delete-all")
    page.wait_for_selector("#sure >> text=1 组")
    page.click("#yes")
    page.wait_for_selector("#asked-of", state="hidden")
    assert not list((tmp_path / "visitors").iterdir())


def test_several_files_are_read_and_a_bad_one_is_named(
    scripted: Scripted, visit: Visit, tmp_path: Any, monkeypatch: Any
) -> None:
    uploads = tmp_path / "uploads"
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(uploads))
    page = visit(scripted(CONTRACT).url)
    open_own(page)
    page.set_input_files(
        "#files input[type=file]",
        [
            {"name": "甲.txt", "mimeType": "text/plain", "buffer": "会议改到星期五。".encode()},
            {"name": "坏.txt", "mimeType": "text/plain", "buffer": b"   "},
            {"name": "乙.md", "mimeType": "text/plain", "buffer": "# 乙\n\n预算两万。".encode()},
        ],
    )
    page.wait_for_selector("#files >> text=乙")

    def copies() -> list[str]:
        return [one.name for one in uploads.rglob("*.*") if one.is_file() and one.stat().st_size]

    for _ in range(100):  # the name is shown before the last byte is written
        if "甲.txt" in copies():
            break
        page.wait_for_timeout(100)
    assert "甲.txt" in copies()
    page.click("#build")
    page.wait_for_selector("#report .missed")
    assert page.locator("#own").is_visible()  # what failed is to be read
    assert page.locator("#go").is_visible()
    report = page.locator("#report").inner_text()
    assert "坏.txt" in report
    page.wait_for_function("document.querySelectorAll('#held input[type=checkbox]').length === 2")
    assert not copies()
    assert page.locator("#files >> text=甲").count() == 0  # read, and not offered again


def test_a_second_text_joins_no_set_that_was_not_chosen(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)
    open_own(page)
    add(page, "会议改到星期五。", title="通知")
    page.reload()
    page.wait_for_selector("#article >> text=星期五")
    open_own(page)
    page.fill("#pasted textarea", "预算为两万元。")
    page.click("#build")
    page.wait_for_selector("#whose >> text=预算为两万元。")
    open_own(page)
    assert page.locator("#asked-of input[type=radio]").count() == 3
    assert "读完了，可以提问了：《预算为两万元。》，7 字。" in page.locator("#report").inner_text()


def test_other_texts_begin_at_their_beginning_and_without_marks(
    scripted: Scripted, visit: Visit
) -> None:
    long = "别的事写在这里，凑够几屏。\n\n" * 100
    page = visit(scripted(Document.from_text(f"{long}押金为七千元。", title="合同")).url)
    send(page, "押金")
    page.wait_for_selector("#map .tick")
    page.wait_for_function("document.querySelector('#article').scrollTop > 500")
    open_own(page)
    page.fill("#pasted textarea", f"会议改到星期五。\n\n{long}")
    page.click("#build")
    page.wait_for_selector("#article >> text=星期五")
    page.wait_for_timeout(500)
    assert page.locator("#map .tick").count() == 0
    assert page.evaluate("document.querySelector('#article').scrollTop") == 0
    send(page, "星期五")
    page.wait_for_selector("#map .tick")
    page.click("#back")
    page.wait_for_selector("#article .pane-title >> text=合同")
    page.wait_for_timeout(500)
    assert page.locator("#map .tick").count() == 0
    assert page.evaluate("document.querySelector('#article').scrollTop") == 0


def test_a_build_says_how_far_it_is_in_the_visitors_language(
    scripted: Scripted, visit: Visit
) -> None:
    server = scripted(CONTRACT)
    page = visit(server.url)
    open_own(page)
    server.building.clear()
    page.fill("#pasted textarea", "会议改到星期五。")
    page.click("#build")
    page.wait_for_selector("#report .progress >> text=1 / 2")
    assert "正在读文本" in page.locator("#report").inner_text()
    for english in ("steps", "queue", "processing"):
        assert english not in page.locator("#own").inner_text()
    page.wait_for_selector("#build:disabled")
    server.building.set()
    page.wait_for_selector("#article >> text=星期五")
    open_own(page)
    assert not page.locator("#stop").is_visible()
    page.wait_for_selector("#build:enabled")


def test_a_build_can_be_stopped_and_leaves_what_there_was(
    scripted: Scripted, visit: Visit, tmp_path: Any
) -> None:
    server = scripted(CONTRACT)
    page = visit(server.url)
    open_own(page)
    assert not page.locator("#stop").is_visible()
    add(page, "会议改到星期五。", title="通知", name="工作")
    before = sorted((tmp_path / "visitors").rglob("*"))
    server.building.clear()
    page.fill("#pasted textarea", "预算为两万元。")
    page.click("#build")
    page.click("#stop")
    page.wait_for_selector("#report >> text=已经停下")
    assert not page.locator("#stop").is_visible()
    page.wait_for_selector("#build:enabled")
    assert page.input_value("#pasted textarea") == "预算为两万元。"  # to be tried again
    assert sorted((tmp_path / "visitors").rglob("*")) == before
    assert page.locator("#held input[type=checkbox]").count() == 1


@pytest.mark.parametrize("size", [(1280, 800), (390, 844), (360, 740)])
def test_what_to_do_next_is_in_view_however_much_is_pasted(
    scripted: Scripted, visit: Visit, size: tuple[int, int]
) -> None:
    page = visit(scripted(CONTRACT).url, viewport={"width": size[0], "height": size[1]})
    open_own(page)
    page.fill("#pasted textarea", "会议改到星期五。\n" * 500)
    page.wait_for_timeout(300)
    box = page.locator("#build").bounding_box()
    assert box["y"] + box["height"] < size[1]
    assert page.locator("#pasted").bounding_box()["y"] < page.locator("#build").bounding_box()["y"]
    assert not page.locator("#title").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    names = page.locator("#files [aria-label]").evaluate_all(
        "(all) => all.map((each) => each.getAttribute('aria-label'))"
    )
    assert set(names) == {"或上传文件（.txt、.md、.html，可多选）"}


def test_what_is_shared_is_everybodys(scripted: Scripted, visit: Visit) -> None:
    url = scripted(CONTRACT, shared=True).url
    page = visit(url)
    open_own(page)
    assert "所有访问者共用" in page.locator("#own-lead").inner_text()
    add(page, "会议改到星期五。", title="通知", name="工作")
    assert not page.locator("#delete-all").is_visible()
    other = visit(url)
    open_own(other)
    other.get_by_label("工作").check()
    other.wait_for_selector("#held >> text=通知")
    add(other, "预算为两万元。", title="预算", to="工作")
    page.reload()
    open_own(page)
    page.wait_for_selector("#held >> text=预算")


def test_an_opinion_keeps_no_words_unless_agreed(scripted: Scripted, visit: Visit) -> None:
    server = scripted(CONTRACT)
    page = visit(server.url)
    send(page, "押金")
    page.locator("#chat a.vote.good").click()
    page.wait_for_selector("#slip")
    assert page.locator("#chat a.vote.given").count() == 1
    kept = server.feedback.read_text("utf-8")
    assert "押金" not in kept
    assert json.loads(kept)["citations"] == [
        {"document": CONTRACT.id, "start": 12, "end": 19},
    ]
    page.fill("#comment textarea", "一眼就找到了")
    page.locator("#agree input").check()
    page.click("#send-vote")
    page.wait_for_selector("#slip", state="hidden")
    last = json.loads(server.feedback.read_text("utf-8").splitlines()[-1])
    assert last["comment"] == "一眼就找到了"
    assert last["words"]["quotes"] == ["押金为七千元。"]


def test_a_refusal_can_be_judged_and_the_next_question_puts_the_slip_away(
    scripted: Scripted, visit: Visit
) -> None:
    server = scripted(CONTRACT)
    page = visit(server.url)
    send(page, "车位")
    page.locator("#chat .refusal a.vote.bad").click()
    page.wait_for_selector("#slip")
    page.focus("#comment textarea")
    page.keyboard.press("Escape")
    page.wait_for_selector("#slip", state="hidden")
    assert page.evaluate("document.activeElement.className") == "vote bad given"
    page.keyboard.press("Enter")
    page.wait_for_selector("#slip")
    row = json.loads(server.feedback.read_text("utf-8").splitlines()[-1])
    assert (row["verdict"], row["refused"], row["words"]) == ("bad", True, None)
    send(page, "押金")
    page.wait_for_selector("#slip", state="hidden")
    page.wait_for_selector("#chat .reply")
