"""The page as visitors meet it: the real server, the real article, real answers."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.steps import ask

Visit = Callable[..., Any]


def squeezed(text: str) -> str:
    return "".join(text.split())


def assert_in_view(page: Any, selector: str) -> None:
    page.wait_for_function(
        """(selector) => {
          const at = document.querySelector(selector).getBoundingClientRect();
          const box = document.querySelector("#article").getBoundingClientRect();
          const head = document.querySelector("#article .pane-head").getBoundingClientRect();
          return at.top >= head.bottom - 1 && at.top < box.bottom;
        }""",
        arg=selector,
    )


def test_a_citation_leads_to_its_sentence(real: str, visit: Visit) -> None:
    page = visit(real)
    answer = ask(page, "京东支付的市场份额是多少？")
    assert "1%" in answer.inner_text()
    page.evaluate("document.querySelector('#article').scrollTop = 0")
    answer.locator("a.cite").first.click()
    page.wait_for_selector("#article .current")
    marked = "".join(page.locator("#article .current").all_inner_texts())
    answer.locator("summary").click()
    quote = answer.locator(".source .quote").first.inner_text().removesuffix("1")
    assert squeezed(marked) == squeezed(quote)
    assert "京东支付仅占1%" in squeezed(marked)
    assert page.locator("#article .cited[data-number='1']").count() == 1
    assert_in_view(page, "#article .current")


def test_a_list_is_a_list_and_every_item_has_its_mark(real: str, visit: Visit) -> None:
    page = visit(real)
    answer = ask(page, "京东金融生态圈存在哪些问题？")
    items = answer.locator("ol.items li")
    assert items.count() == 4
    assert answer.locator("ol.items a.cite").count() == 4
    items.nth(2).locator("a.cite").click()
    page.wait_for_selector("#article .current")
    assert "业务不完善" in page.locator("#article .current").first.inner_text()
    assert_in_view(page, "#article .current")


def test_what_the_article_does_not_say_is_refused(real: str, visit: Visit) -> None:
    page = visit(real)
    page.locator("a.card.refused").click()
    refusal = page.locator("#chat .refusal")
    refusal.wait_for()
    assert "文中没有" in refusal.inner_text()
    assert refusal.locator("a.cite").count() == 0
    if refusal.locator("a.look").count():
        refusal.locator("a.look").click()
        page.wait_for_selector("#article .nearest.current")
        assert "不是答案" in refusal.inner_text()
    if refusal.locator("a.choice").count():
        question = refusal.locator("a.choice").first.inner_text()
        refusal.locator("a.choice").first.click()
        page.wait_for_function("document.querySelectorAll('#chat .asked').length === 2")
        assert page.locator("#chat .asked").last.inner_text() == question


def test_a_follow_up_shows_how_it_was_understood(real: str, visit: Visit) -> None:
    page = visit(real)
    page.locator("a.card.follow").click()
    page.wait_for_function("document.querySelectorAll('#chat .asked').length === 2")
    page.wait_for_selector("#chat .notice.waiting", state="detached")
    understood = page.locator("#chat .understood").last.inner_text()
    assert "理解为" in understood
    assert "京东众筹" in understood


def test_every_example_is_answered_except_the_one_that_is_not(real: str, visit: Visit) -> None:
    page = visit(real)
    cards = page.locator("a.card:not(.refused):not(.follow):not(.own)")
    for i in range(cards.count()):
        cards.nth(i).click()
        page.wait_for_function(f"document.querySelectorAll('#chat .asked').length === {i + 1}")
        page.wait_for_selector("#chat .notice.waiting", state="detached")
        answer = page.locator("#chat .bot-row").last
        assert answer.locator(".reply a.cite").count(), cards.nth(i).inner_text()


def test_ones_own_text_is_asked_by_its_visitor_alone(real: str, visit: Visit) -> None:
    page, other = visit(real), visit(real)
    page.get_by_role("tab", name="问我的文本").last.click()
    page.fill(
        "#pasted textarea",
        "# 租房合同\n\n房租每月三千五百元，每月五日前支付。\n\n押金为七千元，退租时无息退还。\n\n"
        "乙方逾期付款的，每日按房租的百分之一支付违约金。",
    )
    page.set_input_files(
        "#files input[type=file]",
        [{"name": "空的.txt", "mimeType": "text/plain", "buffer": b"   "}],
    )
    page.wait_for_selector("#files >> text=空的")
    page.click("#build")
    report = page.locator("#report .report")
    report.wait_for()
    assert "租房合同" in report.inner_text()
    assert "空的.txt" in report.inner_text()  # failed, with its reason, and stopped nothing
    page.click("#go")
    page.wait_for_selector("#article >> text=逾期付款")
    answer = ask(page, "押金是多少？")
    assert "七千元" in answer.inner_text()
    answer.locator("a.cite").first.click()
    page.wait_for_selector("#article .current")
    assert "押金为七千元" in page.locator("#article .current").first.inner_text()

    assert "京东金融" in other.locator("#article article").inner_text()
    assert "七千元" not in ask(other, "押金是多少？").inner_text()

    page.click("#back")
    page.wait_for_selector("#article >> text=京东金融生态圈")
    assert page.locator("#chat .asked").count() == 0
    page.wait_for_selector("#visiting", state="hidden")


@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phone_the_article_opens_over_the_conversation(
    real: str, visit: Visit, width: int
) -> None:
    page = visit(real, viewport={"width": width, "height": 740}, has_touch=True, is_mobile=True)
    answer = ask(page, "京东支付的市场份额是多少？")
    assert not page.locator("#pane").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    answer.locator("a.cite").first.tap()
    page.wait_for_selector("#article .current")
    assert page.locator("#pane").is_visible()
    assert_in_view(page, "#article .current")
    page.locator(".close-article").tap()
    assert not page.locator("#pane").is_visible()
    assert page.locator("#question textarea").is_visible()


def test_the_endpoints_give_plain_values_and_are_the_only_ones(real: str) -> None:
    def get(path: str, data: bytes | None = None) -> str:
        request = urllib.request.Request(
            real + path, data, {"Content-Type": "application/json"} if data else {}
        )
        with urllib.request.urlopen(request, timeout=120) as response:
            return str(response.read().decode())

    named = json.loads(get("gradio_api/info"))["named_endpoints"]
    assert list(named) == [
        "/answer",
        "/search",
        "/build",
        "/answer_from",
        "/search_in",
    ]

    def call(name: str, *data: object) -> Any:
        event = json.loads(get(f"gradio_api/call/{name}", json.dumps({"data": data}).encode()))
        stream = get(f"gradio_api/call/{name}/{event['event_id']}")
        found = re.search(r"^event: complete\ndata: (.*)$", stream, re.M)
        assert found
        (value,) = json.loads(found[1])
        return value

    answer = call("answer", "京东支付的市场份额是多少？", [])
    assert {"text", "segments", "citations", "refused", "confidence"} <= answer.keys()
    assert "1%" in answer["text"]
    first = answer["citations"][0]
    assert first["end"] - first["start"] == len(first["quote"])
    passages = call("search", "京东支付的市场份额", 2)
    assert len(passages) == 2
    assert any("仅占1%" in one["quote"] for one in passages)

    built = call("build", "租房合同", "押金为七千元，退租时退还。", "", "")
    assert (built["name"], built["documents"]) == ("租房合同", 1)
    token = built["token"]
    assert call("build", "通知", "会议改到星期五下午三点。", "", token)["documents"] == 2
    assert "七千元" in call("answer_from", token, "押金是多少？", [])["text"]
    assert "星期五" in call("search_in", token, "会议改到什么时候？", 1)[0]["quote"]
    assert "七千元" not in call("answer", "押金是多少？", [])["text"]  # the server's own stays


def test_the_python_client_may_leave_out_what_has_a_default(real: str) -> None:
    from gradio_client import Client

    client = Client(real, verbose=False)
    question = "京东支付的市场份额是多少？"
    assert client.predict(question, [], api_name="/answer")["short"] == "1%"
    assert len(client.predict(question, 3, api_name="/search")) == 3
    with pytest.raises(Exception, match="这个索引已经不在了"):
        client.predict(f"{'m' * 32}.0123456789abcdef", question, [], api_name="/answer_from")


def test_the_page_names_no_other_host_it_would_load_from(real: str) -> None:
    with urllib.request.urlopen(real, timeout=60) as response:
        page = response.read().decode()
    loaded = re.findall(r'<(?:script|link|img|iframe)\b[^>]*(?:src|href)="(https?:[^"]*)"', page)
    assert not loaded
    assert "fonts.googleapis" not in page
    assert "cdnjs" not in page
