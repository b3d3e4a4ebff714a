"""How fast the page is, in a real browser: from a click on a citation to the marked sentence in
view, and from Enter to the answer.

    python -m tests.benchmarks.page_speed

On the article and on a generated Chinese document of 300,000 characters, each served by
``chuchu serve`` in a process of its own. Prints medians of several rounds, in milliseconds. The
sentence is in view when it is marked and stands wholly within the pane, in a frame that is painted;
the glide there is part of the time.
"""

from __future__ import annotations

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, free_port

ROUNDS = 7
CHARACTERS = 300_000

# Runs in the page: clicks, then asks at every frame whether what is waited for is there.
CLICK = """([link, top]) => new Promise((done) => {
  const box = document.querySelector("#article");
  box.scrollTo({ top, behavior: "instant" });
  for (const piece of box.querySelectorAll(".current")) piece.classList.remove("current");
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const began = performance.now();
    document.querySelectorAll("#chat a.cite")[link].click();
    const look = () => {
      const marked = box.querySelector(".current")?.getBoundingClientRect();
      const pane = box.getBoundingClientRect();
      const head = box.querySelector(".pane-head").getBoundingClientRect();
      if (marked && marked.top >= head.bottom && marked.bottom <= pane.bottom) {
        setTimeout(() => done(performance.now() - began)); // after the frame was painted
      } else {
        requestAnimationFrame(look);
      }
    };
    requestAnimationFrame(look);
  }));
})"""
ENTER = """(selector) => new Promise((done) => {
  const count = () => document.querySelectorAll(selector).length;
  const before = count();
  addEventListener("keydown", () => {
    const began = performance.now();
    const look = () => {
      if (count() > before) setTimeout(() => done(performance.now() - began));
      else requestAnimationFrame(look);
    };
    look();
  }, { capture: true, once: true });
})"""


def long_document(characters: int = CHARACTERS) -> str:
    """A report in chapters whose every section states one figure."""
    chance = random.Random(2026)
    subjects = ("水质", "客流", "用电", "绿化", "垃圾清运", "路面", "照明", "停车", "租金", "能耗")
    verbs = ("保持平稳", "略有上升", "略有下降", "好于上年", "有待改进", "符合计划", "高于预期")
    lines = ["# 青原市街区年度报告", ""]
    length, section = 0, 0
    while length < characters:
        section += 1
        if section % 12 == 1:
            lines += [f"## 第{section // 12 + 1}部分", ""]
        figure = chance.randrange(1000, 9999)
        part = [f"### {section}号街区", "", f"{section}号街区今年的维护费用为{figure}万元。"]
        for _ in range(6):
            chosen = chance.sample(subjects, 3)
            part[-1] += f"{chosen[0]}方面{chance.choice(verbs)}，居民多次提到{chosen[1]}，"
            part[-1] += f"负责人表示会在下一季度处理{chosen[2]}的问题，并按月公布进展。"
        lines += [*part, ""]
        length += sum(map(len, part))
    return "\n".join(lines)


@contextmanager
def served(*arguments: str) -> Iterator[str]:
    """``chuchu serve``; its address, once the first question can be answered."""
    port = free_port()
    command = [sys.executable, "-m", "ui.cli", "serve", "--port", str(port), *arguments]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield url
    finally:
        server.terminate()
        server.wait(30)


def measure(browser: Any, url: str, questions: Sequence[str]) -> dict[str, list[float]]:
    """Milliseconds of every round."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page.set_default_timeout(120_000)
    for _ in range(2):  # the first time the index is opened, too
        began = time.perf_counter()
        page.goto(url)
        page.wait_for_selector("#article article")
    times: dict[str, list[float]] = {
        "page opened, article there": [1000 * (time.perf_counter() - began)],
        "Enter to the question in the chat": [],
        "Enter to the answer": [],
        "click to the sentence, near": [],
        "click to the sentence, from the other end": [],
    }
    for question in [questions[0], *questions]:  # the first one waits for the model
        found = {}
        page.fill("#question textarea", question)
        page.evaluate(
            f"""() => {{ window.asked = ({ENTER})("#chat .asked");
                         window.answered = ({ENTER})("#chat .reply, #chat .refusal"); }}"""
        )
        page.press("#question textarea", "Enter")
        found["Enter to the question in the chat"] = page.evaluate("window.asked")
        found["Enter to the answer"] = page.evaluate("window.answered")
        page.wait_for_timeout(1200)
        link = page.locator("#chat a.cite").count() - 1
        if link < 0:
            raise SystemExit(f"refused: {question}")
        at = page.evaluate("document.querySelector('#article').scrollTop")
        height = page.evaluate("document.querySelector('#article').scrollHeight")
        near = max(at - 1200, 0)
        far = 0 if at > height / 2 else height
        found["click to the sentence, near"] = page.evaluate(CLICK, [link, near])
        page.wait_for_timeout(1200)
        found["click to the sentence, from the other end"] = page.evaluate(CLICK, [link, far])
        page.wait_for_timeout(600)
        for what, milliseconds in found.items():
            times[what].append(milliseconds)
    page.context.close()
    return {what: each[1:] or each for what, each in times.items()}


def main() -> None:
    """Measure and print."""
    article = [
        "京东支付的市场份额是多少？",
        "京东众筹是什么时候成立的？",
        "京东金融有几大业务板块？",
    ]
    text = long_document()
    blocks = text.count("号街区今年")
    chance = random.Random(7)
    numbers = [blocks - 2, 3, *(chance.randrange(1, blocks) for _ in range(ROUNDS - 2))]
    long = [f"{number}号街区今年的维护费用是多少？" for number in numbers]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        source, index = Path(folder) / "年度报告.md", Path(folder) / "index"
        source.write_text(text, "utf-8")
        build = [sys.executable, "-m", "ui.cli", "build", str(source), "--index", str(index)]
        subprocess.run(build, check=True)
        browser = driver.chromium.launch(
            executable_path=CHROMIUM or shutil.which("chromium"), args=FLAGS
        )
        rounds = [article[n % len(article)] for n in range(ROUNDS)]
        for name, arguments, questions in (
            ("article", (), rounds),
            (f"{len(text):,} characters", ("--index", str(index)), long),
        ):
            with served(*arguments) as url:
                print(name)
                for what, each in measure(browser, url, questions).items():
                    print(f"  {what}: {statistics.median(each):.0f} ms  (of {len(each)})")
        browser.close()


if __name__ == "__main__":
    main()
