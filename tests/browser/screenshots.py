"""Take the pictures of ``docs/pictures`` from a page that is being served.

    chuchu serve &
    python tests/browser/screenshots.py http://127.0.0.1:7860/ docs/pictures

Each state at 1280×800 and on a phone, light and dark, in Chinese and (named so) in English. Look at
them. README uses few; the others are for the eye.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
SIZES: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
OWN_TEXT = """# 社区图书室借阅办法

每张借书证一次可借五本，借期三十天，可续借一次，续借期十五天。

逾期不还的，每本每天收滞纳金一角；丢失图书的，按原价的两倍赔偿。

图书室周二至周日上午九点到下午五点开放，周一闭馆整理。"""


def settle(page: Page) -> None:
    """Wait for the answer and for whatever still moves."""
    page.wait_for_selector("#chat .notice.waiting", state="detached", timeout=120_000)
    page.wait_for_timeout(1500)


def ask(page: Page, question: str) -> None:
    before = page.locator("#chat .asked").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.locator("#chat .asked").nth(before).wait_for()
    settle(page)
    page.locator("#question textarea").blur()


def visit(browser: Browser, url: str, size: str, scheme: str, locale: str) -> Page:
    page = browser.new_page(**SIZES[size], color_scheme=scheme, locale=locale)  # type: ignore[arg-type]
    page.goto(url)
    page.wait_for_selector("#article article", state="attached", timeout=120_000)
    page.wait_for_timeout(800)
    page.locator("#question textarea").blur()
    return page


def states(
    browser: Browser, url: str, size: str, scheme: str, locale: str
) -> Iterator[tuple[str, Page]]:
    """The page in each state worth a picture."""
    page = visit(browser, url, size, scheme, locale)
    yield "welcome", page
    ask(page, "京东支付的市场份额是多少？")
    if size == "phone":
        page.locator("#chat .said a.cite").last.tap()
        page.wait_for_timeout(1200)
        yield "source", page
        page.locator(".close-article").tap()
    yield "fact", page
    ask(page, "京东金融生态圈存在哪些问题？")
    yield "list", page
    ask(page, "第三个问题具体是什么？")
    yield "follow-up", page
    ask(page, "京东金融的CEO是谁？")
    yield "refusal", page
    page.locator("#talks .new").click()
    page.wait_for_selector("#chat .asked", state="detached")
    page.locator("#talks .earlier").click()
    yield "earlier", page
    if size == "wide":
        page.locator("#article .outline summary").click()
        yield "outline", page
    page.close()

    page = visit(browser, url, size, scheme, locale)
    page.locator("#tabs [role=tab]").last.click()
    page.fill("#pasted textarea", OWN_TEXT)
    yield "own-text", page
    page.click("#build")
    page.wait_for_selector("#chat", state="visible", timeout=300_000)  # it goes there by itself
    page.wait_for_selector("#article >> text=借阅办法", state="attached")
    page.wait_for_timeout(1500)
    ask(page, "丢了书怎么赔？")
    yield "own-answer", page
    page.close()


def main(url: str, folder: str) -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for size in SIZES:
            for scheme in ("light", "dark"):
                for locale, suffix in (("zh-CN", ""), ("en-US", "-en")):
                    for state, page in states(browser, url, size, scheme, locale):
                        page.screenshot(path=Path(folder) / f"{state}-{size}-{scheme}{suffix}.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
