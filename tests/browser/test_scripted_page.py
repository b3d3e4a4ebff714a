"""States of the page that the real assistant is too quick, too slow or too well-behaved to show."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from corpus import Document
from tests.browser.steps import send

Visit = Callable[..., Any]
Scripted = Callable[..., Any]

CONTRACT = Document.from_text(
    "房租每月三千五百元。\n\n押金为七千元。\n\n乙方😀逾期付款的，支付违约金。", title="租房合同"
)


def test_the_first_question_waits_for_the_model_and_is_answered(
    scripted: Scripted, browser: Any
) -> None:
    opened = threading.Event()
    url = scripted(CONTRACT, opened=opened).url
    page = browser.new_context(locale="zh-CN").new_page()
    page.goto(url)
    page.wait_for_selector("#article .notice.waiting")  # the page is there, the text is not yet
    send(page, "押金")
    page.wait_for_selector("#chat >> text=正在准备")
    opened.set()
    page.wait_for_selector("#chat .reply a.cite")
    page.wait_for_selector("#article article")
    assert page.locator("#chat .asked").count() == 1
    page.context.close()


def test_enter_that_confirms_a_composition_does_not_send(scripted: Scripted, visit: Visit) -> None:
    """As Chromium drives input methods: keydown 229 and isComposing, then the text is committed."""
    server = scripted(CONTRACT)
    page = visit(server.url)
    page.focus("#question textarea")
    devtools = page.context.new_cdp_session(page)
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    for typed in ("y", "ya", "ya jin"):
        devtools.send(
            "Input.imeSetComposition",
            {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)},
        )
    devtools.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    devtools.send("Input.dispatchKeyEvent", {"type": "char", "text": "\r", **enter})
    devtools.send("Input.insertText", {"text": "押金"})
    devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    page.wait_for_timeout(500)
    assert page.locator("#chat .asked").count() == 0
    assert page.input_value("#question textarea") == "押金"
    page.press("#question textarea", "Enter")  # an Enter of its own sends
    page.wait_for_selector("#chat .reply")
    assert server.echo.asked[-1] == "押金"


def test_safaris_enter_right_after_a_composition_does_not_send(
    scripted: Scripted, visit: Visit
) -> None:
    """Safari ends the composition first; the Enter that did it follows as an ordinary key."""
    page = visit(scripted(CONTRACT).url)
    page.fill("#question textarea", "押金")
    page.evaluate(
        """() => {
          const box = document.querySelector("#question textarea");
          const enter = {key: "Enter", keyCode: 13, bubbles: true, cancelable: true};
          box.dispatchEvent(new CompositionEvent("compositionstart", {bubbles: true}));
          box.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true}));
          box.dispatchEvent(new KeyboardEvent("keydown", enter));
          box.dispatchEvent(new KeyboardEvent("keypress", enter));
        }"""
    )
    page.wait_for_timeout(500)
    assert page.locator("#chat .asked").count() == 0


def test_shift_enter_breaks_the_line(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)
    page.fill("#question textarea", "押")
    page.press("#question textarea", "Shift+Enter")
    page.keyboard.type("金")
    assert page.input_value("#question textarea") == "押\n金"
    assert page.locator("#chat .asked").count() == 0


def test_sending_twice_asks_once(scripted: Scripted, visit: Visit) -> None:
    server = scripted(CONTRACT)
    page = visit(server.url)
    before = len(server.echo.asked)
    server.echo.gate.clear()
    send(page, "押金")
    page.press("#question textarea", "Enter")
    page.locator("#question .submit-button").click()
    page.wait_for_selector("#chat .notice.waiting")
    page.fill("#question textarea", "接着写的")
    server.echo.gate.set()
    page.wait_for_selector("#chat .reply")
    assert server.echo.asked[before:] == ["押金"]
    assert page.locator("#chat .asked").count() == 1
    assert page.input_value("#question textarea") == "接着写的"  # left alone by the answer


def test_an_empty_question_is_met_with_a_word_not_an_answer(
    scripted: Scripted, visit: Visit
) -> None:
    server = scripted(CONTRACT)
    page = visit(server.url)
    before = len(server.echo.asked)
    send(page, "   ")
    page.wait_for_selector("text=先写下你想问的")
    assert page.locator("#chat .asked").count() == 0
    assert len(server.echo.asked) == before


def test_offsets_are_code_points(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)
    send(page, "违约金")  # behind an emoji: two units in the browser, one code point
    page.wait_for_selector("#article .current")
    assert page.locator("#article .current").inner_text() == "乙方😀逾期付款的，支付违约金。"


def test_a_citation_of_another_document_opens_it(scripted: Scripted, visit: Visit) -> None:
    other = Document.from_text("会议改到星期五下午三点。", title="会议通知")
    page = visit(scripted(CONTRACT, other).url)
    assert page.locator("#article .pane-title").inner_text() == "租房合同"
    send(page, "星期五")
    page.wait_for_selector("#article .current")  # it follows the answer by itself
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert page.locator("#article .pane-title").inner_text() == "会议通知"
    assert page.locator("#article .current").inner_text() == "会议改到星期五下午三点。"
    assert page.input_value("#contents input") == "会议通知"
    assert page.locator("#chat .said .from").inner_text() == "《会议通知》"
    send(page, "押金")
    page.wait_for_selector("#article .current >> text=押金")
    page.locator("#chat a.cite").first.click()  # of the answer before
    page.wait_for_selector("#article .current >> text=星期五")
    page.wait_for_function("document.activeElement.classList.contains('current')")


def test_a_document_that_is_chosen_stays_chosen(scripted: Scripted, visit: Visit) -> None:
    other = Document.from_text("会议改到星期五下午三点。", title="会议通知")
    page = visit(scripted(CONTRACT, other).url)
    send(page, "星期五")
    page.wait_for_selector("#article .current")
    page.click("#contents input")
    page.get_by_role("option", name="租房合同").click()
    page.wait_for_selector("#article >> text=三千五百元")
    page.wait_for_timeout(500)
    assert page.locator("#article .pane-title").inner_text() == "租房合同"
    assert page.locator("#article .current").count() == 0
    assert page.locator("#map .tick").count() == 0


HOSTILE = """<img src=x onerror=window.__hit=1>

<script>window.__hit=1</script>

{{constructor.constructor('window.__hit=1')()}}

${window.__hit=1}

`${window.__hit=1}`

[点我](javascript:window.__hit=1)

$$x$$ </span></p></article><svg onload=window.__hit=1>

甲\u202e乙\u202c丙。"""


def test_a_hostile_text_and_a_hostile_question_stay_text(scripted: Scripted, visit: Visit) -> None:
    document = Document.from_text(HOSTILE, title="<img src=x onerror=window.__hit=1>${1}")
    page = visit(scripted(document).url)
    for line in HOSTILE.split("\n\n"):
        page.fill("#question textarea", line)
        page.press("#question textarea", "Enter")
        page.wait_for_function(
            "(n) => document.querySelectorAll('#chat .asked').length === n",
            arg=HOSTILE.split("\n\n").index(line) + 1,
        )
        page.wait_for_selector("#chat .notice.waiting", state="detached")
    page.wait_for_timeout(300)
    assert page.evaluate("window.__hit") is None
    assert page.locator("#article img, #article script, #article svg, #chat img").count() == 0
    assert page.locator("#chat a[href^='javascript']").count() == 0
    text = page.locator("#article article").inner_text()
    for literal in ("onerror=window.__hit=1>", "{{constructor", "${window", "[点我](java", "$$x$$"):
        assert literal in text
    assert "甲乙丙。" in text  # what would have turned it round is not shown
    assert "onerror=window.__hit=1>" in page.locator("#chat .asked").first.inner_text()


def test_a_line_without_end_breaks_nothing(scripted: Scripted, visit: Visit) -> None:
    document = Document.from_text("甲" * 100_000 + "乙。\n\n押金为七千元。", title="长" * 300)
    page = visit(scripted(document).url, viewport={"width": 390, "height": 844})
    send(page, "押金")
    page.wait_for_selector("#chat .reply a.cite")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#chat a.cite").first.click()
    page.wait_for_selector("#article .current")
    shown = page.locator("#article article").inner_text()
    assert shown.count("甲") == 100_000  # nothing is lost
    page.locator("#article .close-article").click()
    send(page, "甲" * 100_000)
    page.wait_for_selector("#chat .asked >> nth=1")
    page.wait_for_selector("#chat .notice.waiting", state="detached")
    assert page.locator("#chat .asked").last.inner_text() == "甲" * 100_000
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_three_hundred_thousand_characters_still_lead_to_the_sentence(
    scripted: Scripted, visit: Visit
) -> None:
    lines = [f"第{n}句写的是普通的内容，不长也不短，只是为了凑够一篇长文。" for n in range(10_000)]
    lines[9_000] = "押金为七千元。"
    text = "\n\n".join("".join(lines[n : n + 5]) for n in range(0, len(lines), 5))
    page = visit(scripted(Document.from_text(text, title="长文")).url)
    send(page, "押金为")
    page.locator("#chat a.cite").first.click()
    page.wait_for_selector("#article .current")
    assert page.locator("#article .current").inner_text() == "押金为七千元。"
    page.wait_for_function(
        """() => {
          const box = document.querySelector("#article");
          const at = box.querySelector(".current").getBoundingClientRect();
          const tick = document.querySelector("#map .tick.current").style.top;
          const top = at.top - box.getBoundingClientRect().top + box.scrollTop;
          const share = 100 * top / box.scrollHeight;
          return at.top > 0 && at.top < innerHeight && Math.abs(parseFloat(tick) - share) < 1;
        }"""
    )
    assert 85 < float(page.locator("#map .tick.current").get_attribute("style")[5:-2]) < 95


@pytest.mark.parametrize(
    ("locale", "word"), [("en-US", "Ask my own text"), ("zh-TW", "问我的文本"), ("de", "Send")]
)
def test_the_page_speaks_the_browsers_language(
    scripted: Scripted, visit: Visit, locale: str, word: str
) -> None:
    page = visit(scripted(CONTRACT).url, locale=locale)
    assert word in page.locator("body").inner_text()


def test_a_new_conversation_begins_with_the_greeting(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)
    send(page, "押金")
    page.wait_for_selector("#chat .reply")
    page.get_by_role("button", name="新对话").click()
    page.wait_for_selector("#chat .reply", state="detached")
    page.wait_for_selector("#chat .welcome")
    send(page, "房租")
    page.wait_for_selector("#chat .reply")
    assert page.locator("#chat .asked").count() == 1


def test_what_the_keyboard_reaches_shows_that_it_is_there(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)
    send(page, "押金")
    page.wait_for_selector("#chat a.cite")
    page.focus("#chat a.cite")
    page.keyboard.press("Enter")
    page.wait_for_selector("#article .current")
    assert page.evaluate("document.activeElement.classList.contains('current')")
    assert page.locator("#chat [role=log][aria-live=polite]").count() == 1
    assert page.locator("#chat [data-testid=bot][aria-label]").count() == 0  # it was HTML source
    for name in ("发送", "问题"):
        assert page.get_by_label(name).or_(page.get_by_role("button", name=name)).count()


TWICE = Document.from_text(
    "押金为七千元。\n\n" + "别的事写在这里，凑够一屏。\n\n" * 60 + "押金在退房时退还。",
    title="合同",
)


def test_a_map_and_steps_lead_from_one_citation_to_the_next(
    scripted: Scripted, visit: Visit
) -> None:
    page = visit(scripted(TWICE).url)
    send(page, "押金*")  # an answer with two citations
    page.wait_for_selector("#chat a.cite >> nth=1")
    page.locator("#chat a.cite").first.click()
    page.wait_for_selector("#map .tick.current")
    assert page.locator("#map .tick").count() == 2
    assert page.locator("#article .which").inner_text() == "1 / 2"
    page.get_by_role("button", name="下一处").click()
    page.wait_for_function(
        "document.querySelector('#article .current')?.innerText === '押金在退房时退还。'"
    )
    assert page.locator("#article .which").inner_text() == "2 / 2"
    page.wait_for_function(
        "document.querySelector('#article .current').getBoundingClientRect().top < innerHeight"
    )
    page.locator("#map .tick").first.click()
    page.wait_for_function("document.querySelector('#article').scrollTop < 200")


def test_one_citation_needs_no_steps(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)
    send(page, "押金")
    page.locator("#chat a.cite").first.click()
    page.wait_for_selector("#map .tick.current")
    assert not page.locator("#article .tour").is_visible()


def test_an_answer_is_copied_with_its_sources(scripted: Scripted, visit: Visit) -> None:
    url = scripted(CONTRACT).url
    page = visit(url, permissions=["clipboard-read", "clipboard-write"])
    send(page, "押金")
    page.locator("#chat a.copy").first.click()
    page.wait_for_selector("#chat a.copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "押金为七千元。[1]" in copied
    assert "[1] 押金为七千元。 —— 租房合同" in copied
    page.locator("#chat a.copy").nth(1).click()
    page.wait_for_function(
        "navigator.clipboard.readText().then((text) => text.includes('> —— *租房合同*'))"
    )


def test_how_a_question_was_understood_can_be_edited_and_asked_again(
    scripted: Scripted, visit: Visit
) -> None:
    server = scripted(CONTRACT)
    page = visit(server.url)
    send(page, "押金?")  # understood as 押金
    page.locator("#chat .understood a").click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("房租")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .asked >> nth=1")
    page.wait_for_selector("#chat .reply >> nth=1")
    assert server.echo.asked[-1] == "房租"
    assert page.locator("#chat .understood span").inner_text() == "押金"  # as it was understood


def test_up_in_an_empty_box_brings_the_last_question_back(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)
    send(page, "押金")
    page.wait_for_selector("#chat .reply")
    page.press("#question textarea", "ArrowUp")
    assert page.input_value("#question textarea") == "押金"
    page.fill("#question textarea", "写了一半")
    page.press("#question textarea", "ArrowUp")
    assert page.input_value("#question textarea") == "写了一半"


def test_what_is_selected_in_the_text_can_be_asked_about(scripted: Scripted, visit: Visit) -> None:
    page = visit(scripted(CONTRACT).url)
    page.locator("#article .s").first.select_text()
    page.locator("#ask-this").click()
    assert page.input_value("#question textarea") == "“房租每月三千五百元。”"
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert page.locator("#ask-this").count() == 0
