"""Conversations that the browser keeps, and what the visitor chose for the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from corpus import Document
from tests.browser.steps import ask

Visit = Callable[..., Any]
Scripted = Callable[..., Any]

CONTRACT = Document.from_text("房租每月三千五百元。\n\n押金为七千元。", title="租房合同")
HOSTILE = "<img src=x onerror=window.__hit=1>${1}{{1}}"


def again(page: Any) -> None:
    page.reload()
    page.wait_for_selector("#article article", state="attached")


def titles(page: Any) -> list[str]:
    page.get_by_role("button", name="以前的对话").click()
    page.wait_for_selector("#talks .kept", state="visible")
    return list(page.locator("#talks .kept .open span").all_inner_texts())


def test_a_reload_goes_on_with_the_conversation(scripted: Scripted, visit: Visit) -> None:
    server = scripted(CONTRACT)
    page = visit(server.url)
    ask(page, "押金")
    ask(page, "没有的")
    again(page)
    page.wait_for_selector("#chat .refusal")
    assert page.locator("#chat .asked").all_inner_texts() == ["押金", "没有的"]
    page.locator("#chat a.cite").first.click()
    page.wait_for_selector("#article .current")
    assert page.locator("#article .current").inner_text() == "押金为七千元。"
    ask(page, "房租")  # a follow-up: what was asked before the reload reaches the assistant
    assert [turn["content"] for turn in server.echo.histories[-1] if turn["role"] == "user"] == [
        "押金",
        "没有的",
    ]
    again(page)
    page.wait_for_selector("#chat .asked >> nth=2")


def test_earlier_conversations_are_opened_and_deleted(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)
    assert not page.get_by_role("button", name="以前的对话").is_visible()  # there are none yet
    ask(page, "押金")
    page.get_by_role("button", name="新对话").click()
    page.wait_for_selector("#chat .asked", state="detached")
    ask(page, "房租")
    assert titles(page) == ["房租", "押金"]
    page.locator("#talks .open", has_text="押金").click()
    page.wait_for_selector("#chat .asked >> text=押金")
    assert page.locator("#chat .asked").count() == 1
    ask(page, "元")  # goes on with the one that was opened
    assert titles(page) == ["押金", "房租"]
    away = page.locator("#talks .away").nth(1)
    away.click()
    assert away.inner_text() == "确定删除"
    assert page.locator("#talks .open").count() == 2  # not yet
    away.click()
    assert page.locator("#talks .open span").all_inner_texts() == ["押金"]
    page.keyboard.press("Escape")
    assert not page.locator("#talks .kept").is_visible()
    assert page.evaluate("document.activeElement.className") == "earlier"
    again(page)
    page.wait_for_selector("#chat .asked >> nth=1")
    assert titles(page) == ["押金"]
    page.locator("#talks .away").click()
    page.locator("#talks .away").click()  # the one that is shown
    page.wait_for_selector("#chat .asked", state="detached")
    again(page)
    page.wait_for_timeout(300)
    assert page.locator("#chat .asked").count() == 0


def test_two_tabs_keep_their_own_conversations(scripted: Scripted, visit: Visit) -> None:
    url = scripted(CONTRACT).url
    page = visit(url)
    ask(page, "押金")
    other = page.context.new_page()
    other.goto(url)
    other.wait_for_selector("#article article")
    assert other.locator("#chat .asked").count() == 0  # a new tab begins anew
    ask(other, "房租")
    ask(page, "七千")
    assert titles(page) == ["押金", "房租"]
    assert titles(other) == ["押金", "房租"]


def test_nothing_that_is_kept_becomes_markup(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(Document.from_text(f"{HOSTILE}。", title=HOSTILE)).url)
    ask(page, HOSTILE)
    ask(page, f"{HOSTILE}没有的")
    [key] = page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('chuchu.talk.'))"
    )
    stored = json.loads(page.evaluate("(key) => localStorage.getItem(key)", key))
    assert [turn["asked"] for turn in stored["turns"]] == [HOSTILE, f"{HOSTILE}没有的"]
    assert "class=" not in json.dumps(stored)  # data, not HTML
    again(page)
    page.wait_for_selector("#chat .refusal")
    assert HOSTILE in page.locator("#chat .asked").first.inner_text()
    assert titles(page) == [HOSTILE]
    assert page.evaluate("window.__hit") is None
    assert page.locator("#chat img, #talks img, #article img").count() == 0


def test_what_cannot_be_read_is_left_alone(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)
    page.evaluate(
        """() => {
          const turns = [{asked: "旧的", answer: {html: "<img src=x onerror=window.__hit=1>"}}];
          localStorage.setItem("chuchu.talk.0123456789abcdef",
                               JSON.stringify({talk: "0123456789abcdef", at: 1, turns}));
          localStorage.setItem("chuchu.talk.1", "{");
        }"""
    )
    again(page)
    assert titles(page) == ["旧的"]
    page.locator("#talks .open").click()
    page.wait_for_selector("text=这段对话读不出来了")
    assert page.locator("#chat .asked").count() == 0
    assert page.evaluate("window.__hit") is None
    assert "旧的" in page.evaluate("localStorage.getItem('chuchu.talk.0123456789abcdef')")


def test_a_browser_that_keeps_nothing_still_answers(scripted: Scripted, browser: Any) -> None:
    context = browser.new_context(locale="zh-CN")
    context.add_init_script(
        """for (const kind of ["localStorage", "sessionStorage"]) {
          const get = () => { throw new DOMException("no"); };
          Object.defineProperty(window, kind, { configurable: true, get });
        }"""
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(scripted(CONTRACT).url)
    page.wait_for_selector("#article article")
    ask(page, "押金")
    assert page.locator("#chat .reply").count() == 1
    page.locator("#shade").click()
    page.wait_for_selector("body.dark")
    assert not [error for error in errors if "chuchu" in error]
    context.close()


def test_the_language_is_chosen_on_the_page_and_remembered(
    scripted: Scripted, visit: Visit
) -> None:
    page = visit(scripted(CONTRACT).url)
    ask(page, "押金")
    page.fill("#question textarea", "写了一半")
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("#chat >> text=Copy as Markdown")
    assert page.get_by_role("tab", name="Ask my own text").count()
    assert page.get_by_placeholder("Ask about the text; Enter sends").count() == 1
    assert page.input_value("#question textarea") == "写了一半"
    assert page.get_attribute("html", "lang") == "en"
    assert page.locator("#article .close-article").get_attribute("aria-label") == "Close the text"
    again(page)
    page.wait_for_selector("#chat >> text=Copy as Markdown")
    page.get_by_role("button", name="Send").wait_for()
    page.get_by_role("button", name="中文").click()
    page.wait_for_selector("#chat >> text=复制为 Markdown")


def test_the_shade_follows_the_system_until_one_is_chosen(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url, color_scheme="dark")
    dark = "document.body.classList.contains('dark')"
    page.wait_for_function(dark)
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"!{dark}")
    page.get_by_role("button", name="明暗").click()
    page.wait_for_function(dark)
    again(page)
    page.wait_for_function(dark)
    page.emulate_media(color_scheme="dark")
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(200)
    assert page.evaluate(dark)  # chosen once, the system no longer decides


BOX = "document.querySelector('#question textarea')?.value"


def test_a_reload_gives_back_what_was_typed(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)
    page.fill("#question textarea", "写了一半")
    again(page)
    page.wait_for_function(f"{BOX} === '写了一半'")
    page.fill("#question textarea", "押金")
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#chat .reply")
    page.wait_for_function("!sessionStorage['chuchu.asked'] && !sessionStorage['chuchu.draft']")
    again(page)
    page.wait_for_selector("#chat .reply")
    page.wait_for_timeout(300)
    assert page.input_value("#question textarea") == ""


def test_a_reload_gives_back_the_question_that_was_not_answered(
    scripted: Scripted, browser: Any
) -> None:
    server = scripted(CONTRACT)
    page = browser.new_context(locale="zh-CN").new_page()  # Gradio complains of the lost stream
    page.goto(server.url)
    page.wait_for_selector("#article article")
    server.echo.gate.clear()
    page.fill("#question textarea", "押金")
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#chat .notice.waiting")
    page.wait_for_timeout(300)
    page.reload()
    server.echo.gate.set()
    page.wait_for_function(f"{BOX} === '押金'")
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#chat .reply")
    page.wait_for_function("!sessionStorage['chuchu.asked']")
    page.context.close()


def test_a_lost_connection_is_told_in_the_visitors_language(
    scripted: Scripted, browser: Any
) -> None:
    server = scripted(CONTRACT)
    page = browser.new_context(locale="zh-CN").new_page()
    page.goto(server.url)
    page.wait_for_selector("#article article")
    server.echo.gate.clear()
    page.fill("#question textarea", "押金")
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#chat .notice.waiting")
    assert float(page.locator(".submit-button").evaluate("(b) => getComputedStyle(b).opacity")) < 1
    page.evaluate(
        """() => {
          const toast = document.createElement("div");
          toast.className = "toast-body error";
          toast.innerHTML = "<div class='toast-title'>Connection Lost</div>" +
            "<div class='toast-text'>Connection to the server was lost. Attempting …</div>";
          document.body.append(toast);
        }"""
    )
    page.wait_for_selector(".toast-text >> text=正在重新连接")
    assert page.locator(".toast-title").inner_text() == "连不上了"
    server.echo.gate.set()
    page.wait_for_selector("#chat .reply")
    page.context.close()
