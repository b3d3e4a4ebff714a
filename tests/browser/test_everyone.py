"""The page for everyone: small screens, no mouse, a screen reader, no wish for motion."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from corpus import Document
from tests.browser.steps import ask

Visit = Callable[..., Any]
Scripted = Callable[..., Any]

CONTRACT = Document.from_text(
    "# 租房合同\n\n## 租金\n\n房租每月三千五百元。\n\n## 押金\n\n押金为七千元。\n\n"
    + "别的事写在这里，凑够几屏。\n\n" * 200
    + "## 退租\n\n押金在退房时退还。",
)
ACCEPTED: set[tuple[str, str]] = set()
"""What axe finds in Gradio's own parts and we live with, as (rule, target): nothing."""


def findings(page: Any) -> set[tuple[str, str]]:
    page.wait_for_timeout(400)  # colours fade in
    response = Axe().run(page).response
    assert len(response["passes"]) > 20  # it looked at the page
    return {
        (found["id"], " ".join(map(str, node["target"])))
        for found in response["violations"]
        for node in found["nodes"]
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_of_ours(scripted: Scripted, visit: Visit, scheme: str) -> None:
    page = visit(scripted(CONTRACT).url, color_scheme=scheme)
    assert findings(page) <= ACCEPTED
    ask(page, "押金*")
    ask(page, "没有的")
    page.locator("#chat summary").first.click()
    page.locator("#article .outline summary").click()
    assert findings(page) <= ACCEPTED
    page.get_by_role("button", name="以前的对话").click()
    page.locator("#talks .away").click()
    assert findings(page) <= ACCEPTED
    page.get_by_role("tab", name="问我的文本").last.click()
    page.wait_for_selector("#pasted textarea")
    assert findings(page) <= ACCEPTED
    page.fill("#pasted textarea", "会议改到星期五。")
    page.click("#build")
    page.wait_for_selector("#chat", state="visible")
    page.get_by_role("tab", name="问我的文本").last.click()
    page.get_by_role("button", name="更多选项").click()
    page.wait_for_selector("#add-to")
    assert findings(page) <= ACCEPTED
    page.click("#delete")
    page.wait_for_selector("#confirm")
    assert findings(page) <= ACCEPTED
    page.get_by_role("tab", name="问答").last.click()
    ask(page, "会议")
    page.locator("#chat .vote.good").click()
    page.wait_for_selector("#slip")
    assert findings(page) <= ACCEPTED


def test_axe_finds_nothing_on_a_phone(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url, locale="en-US", viewport={"width": 360, "height": 740})
    ask(page, "押金")
    assert findings(page) <= ACCEPTED
    page.get_by_role("link", name="Show in the text").click()
    page.wait_for_selector("#article .current")
    assert findings(page) <= ACCEPTED


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_the_narrowest_phone_has_room_for_everything(
    scripted: Scripted, visit: Visit, locale: str
) -> None:
    page = visit(scripted(CONTRACT).url, locale=locale, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    boxes = [
        page.locator(selector).last.bounding_box()  # Gradio has unseen tabs before them, to measure
        for selector in (
            "#brand h1",
            "#tabs .tab-container button:nth-child(1)",
            "#tabs .tab-container button:nth-child(2)",
            "#language",
            "#shade",
        )
    ]
    for left, right in pairwise(boxes):
        assert left["x"] + left["width"] <= right["x"] + 1
    assert boxes[-1]["x"] + boxes[-1]["width"] <= 360


def test_on_a_phone_escape_and_the_cross_lead_back(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url, viewport={"width": 390, "height": 844})
    ask(page, "押金")
    link = page.locator("#chat .tools a.look")
    for leave in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.get_by_role("button", name="关闭原文").click(),
    ):
        link.click()
        page.wait_for_selector("#article .current", state="visible")
        leave()
        page.wait_for_selector("#article", state="hidden")
        assert page.evaluate("document.activeElement.className") == "look"


def test_on_a_phone_back_closes_the_text_and_stays_here(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url, viewport={"width": 390, "height": 844})
    ask(page, "押金*")
    for _ in range(2):
        page.locator("#chat .tools a.look").click()
        page.wait_for_selector("#article .current", state="visible")
        page.get_by_role("button", name="下一处").click()  # a step is no page of its own
        page.go_back()
        page.wait_for_selector("#article", state="hidden")
    page.locator("#chat .tools a.look").click()
    page.get_by_role("button", name="关闭原文").click()
    page.wait_for_selector("#article", state="hidden")
    page.wait_for_timeout(200)
    assert page.locator("#chat .reply").count() == 1
    assert page.evaluate("history.state?.chuchu") is None  # the cross leaves nothing to go back to


def test_on_a_phone_a_long_title_has_one_line(scripted: Scripted, visit: Visit) -> None:
    text = Document.from_text("# 租金\n\n押金为七千元。\n\n# 押金\n\n无。", title="很长的标题" * 12)
    page = visit(scripted(text).url, viewport={"width": 360, "height": 740})
    ask(page, "押金*")
    page.locator("#chat .tools a.look").click()
    page.wait_for_selector("#article .current", state="visible")
    assert page.locator("#article .pane-title").bounding_box()["height"] < 30
    assert page.locator("#article .close-article").bounding_box()["x"] < 360 - 40
    assert not page.locator("#article .pane-about").is_visible()


def test_the_keyboard_alone_asks_and_reads(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            if page.evaluate("(s) => Boolean(document.activeElement?.matches(s))", selector):
                return
            page.keyboard.press("Tab")
        pytest.fail(f"the tabulator does not reach {selector}")

    tab_to("#question textarea")
    page.keyboard.type("押金*")  # the heading, and two sentences
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .reply a.cite >> nth=1")
    page.evaluate("document.activeElement.blur()")
    tab_to("#chat a.cite")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.classList.contains('current')")
    page.keyboard.press("Shift+Tab")
    tab_to("#article .tour .step[data-by='1']")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('#article .current')?.innerText === '押金为七千元。'"
    )


def test_the_outline_leads_to_a_heading_and_leaves_the_marks(
    scripted: Scripted, visit: Visit
) -> None:
    page = visit(scripted(CONTRACT).url)
    ask(page, "押金为")
    page.wait_for_selector("#article .current")
    page.locator("#article .outline summary").click()
    assert page.locator("#article .outline a").all_inner_texts() == ["租金", "押金", "退租"]
    page.keyboard.press("Escape")
    assert not page.locator("#article .outline nav").is_visible()
    page.locator("#article .outline summary").click()
    page.get_by_role("link", name="退租").click()
    page.wait_for_function("document.activeElement.innerText === '退租'")
    page.wait_for_function("document.activeElement.getBoundingClientRect().top < innerHeight")
    assert not page.locator("#article .outline nav").is_visible()
    assert page.locator("#article .current").inner_text() == "押金为七千元。"


def test_who_wants_no_motion_gets_none(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url, reduced_motion="reduce")
    glides = page.evaluate(
        """() => {
          window.glides = [];
          const scrollTo = Element.prototype.scrollTo;
          Element.prototype.scrollTo = function (options) {
            window.glides.push(options.behavior);
            return scrollTo.call(this, options);
          };
        }"""
    )
    ask(page, "退房")
    page.wait_for_selector("#article .current")
    page.wait_for_function(
        "document.querySelector('#article .current').getBoundingClientRect().top < innerHeight"
    )
    glides = page.evaluate("window.glides")
    assert glides
    assert set(glides) == {"instant"}
    moving = page.evaluate(
        """[...document.querySelectorAll("#article .cited, #chat a, #talks button")].filter(
          (each) => getComputedStyle(each).transitionDuration.split(", ").some((t) => t !== "0s")
        ).map((each) => each.className)"""
    )
    assert moving == []
