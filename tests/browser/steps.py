"""What people do on the page, for the browser tests."""

from __future__ import annotations

from typing import Any


def send(page: Any, question: str) -> None:
    """Ask, and do not wait for anything."""
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")


def ask(page: Any, question: str) -> Any:
    """Ask, and wait for the answer: its element."""
    before = page.locator("#chat .asked").count()
    send(page, question)
    page.locator("#chat .asked").nth(before).wait_for()
    page.wait_for_selector("#chat .notice.waiting", state="detached")
    return page.locator("#chat .bot-row").last
