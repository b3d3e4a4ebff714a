"""The page: a conversation on one side, the text it is about on the other.

This is its layout and its events; those of the tab for one's own texts are in ``ui.own``, those of
👍 and 👎 in ``ui.opinions``. What they do is in ``ui.desk``, how it looks in ``ui/assets``.
"""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

# Before Gradio is imported, which reads it then: no usage figures are sent anywhere.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr

from corpus.errors import ChuchuError, ExtraMissing
from ui import endpoints, opinions, own, render
from ui.desk import Desk, Talk
from ui.feedback import FILE as FEEDBACK
from ui.feedback import Feedback
from ui.library import KEPT_DAYS, Library, Seat
from ui.opening import Assistant, Opening
from ui.words import EN, ZH, Language, browser_language, say

MAX_UPLOAD = "20mb"
# Uploaded copies are deleted when read. Those that nobody had read: how often they are looked for,
# how old they get, in seconds.
UPLOADS_KEPT = (600, 3600)
SCRIPTS = (
    "page.js",
    "reading.js",
    "asking.js",
    "voting.js",
)  # the first one makes what the others use
FONTS = (  # what systems have for Chinese, and its own Latin with it; none is fetched
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "system-ui",
    "sans-serif",
)
Messages = list[dict[str, str]]
Update = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events read or change."""

    keep: gr.BrowserState  # a Seat: who this is, and which index is asked
    talk: gr.State  # Talk
    tabs: gr.Tabs
    chat: gr.Chatbot
    slip: opinions.Slip
    question: gr.Textbox
    contents: gr.Dropdown
    article: gr.HTML
    own: own.Tab


def make_page(desk: Desk) -> gr.Blocks:
    """Make the page over ``desk``; ``launch`` serves it."""
    page = gr.Blocks(
        title=ZH["title"], analytics_enabled=False, fill_width=True, delete_cache=UPLOADS_KEPT
    )
    with page:
        parts = _lay_out(gr.I18n(**_translations()), desk)
        _wire(page, parts, desk)
    return page


def _lay_out(words: gr.I18n, desk: Desk) -> Parts:
    parts: dict[str, Any] = {
        # Not a secret: what it hides is in the browser it is hidden from. Without one, Gradio makes
        # another at every start, and nothing would be found again.
        "keep": gr.BrowserState({}, storage_key="chuchu", secret="chuchu"),
        "talk": gr.State(Talk()),
    }
    with gr.Row(elem_id="masthead"):
        gr.Markdown(words("masthead"), elem_id="brand")
        texts = own.lay_out_line(words)
    with gr.Tabs(elem_id="tabs") as parts["tabs"]:
        with gr.Tab(words("tab_ask"), id="ask"), gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                parts |= _conversation(words)
            with gr.Column(elem_id="pane"):
                parts |= _pane(words)
        with gr.Tab(words("tab_own"), id="own"), gr.Column(elem_id="own"):
            texts |= own.lay_out(words, shared=desk.is_shared)
    return Parts(**parts, own=own.Tab(**texts))


def _conversation(words: gr.I18n) -> dict[str, Any]:
    return {
        "chat": gr.Chatbot(
            label=words("conversation"),
            show_label=False,
            elem_id="chat",
            height="100%",
            render_markdown=False,  # what it shows is HTML, every text in it escaped …
            sanitize_html=True,  # … and sanitised once more
            latex_delimiters=[],
            allow_tags=False,
            buttons=[],
            feedback_options=None,
            group_consecutive_messages=False,
            autoscroll=False,  # the script scrolls, to the beginning of an answer
        ),
        "slip": opinions.lay_out(words),
        "question": gr.Textbox(
            label=words("question"),
            show_label=False,
            placeholder=words("ask_here"),
            lines=1,
            max_lines=6,
            container=False,
            submit_btn=str(words("send")),
            elem_id="question",
        ),
    }


def _pane(words: gr.I18n) -> dict[str, Any]:
    return {
        "contents": gr.Dropdown(
            label=words("choose_document"), elem_id="contents", visible=False, filterable=False
        ),
        "article": gr.HTML(
            elem_id="article",
            apply_default_css=False,
            # The script asks for another document by this event.
            js_on_load="window.chuchu.article(element, (id) => trigger('select', id));",
        ),
    }


class Events:
    """What Gradio calls: takes its components' values, returns their new ones."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def open_page(
        self, kept: dict[str, str], talk: Talk, request: gr.Request
    ) -> tuple[dict[str, str], Messages, str]:
        """Show what can be shown before anything is loaded, and know the visitor again."""
        language = _language(request)
        seat = Seat.from_browser(kept)
        if seat.index and seat.index not in {one.key for one in self._desk.indexes(seat)}:
            seat = Seat(seat.visitor)  # expired
        waiting = render.notice(say(language, "loading"), waiting=True)
        talk.greeting = waiting if seat.index else self._desk.first_greeting(language)
        loading = render.no_article(say(language, "loading"), language, waiting=True)
        return seat.to_browser(), talk.messages, loading

    def show_texts(
        self, kept: dict[str, str], talk: Talk, request: gr.Request
    ) -> tuple[Messages, gr.Dropdown, str]:
        """Show greeting, contents and first document of what the visitor is asking now."""
        language = _language(request)
        seat = Seat.from_browser(kept)
        try:
            entries = self._desk.contents(seat)
            talk.greeting = self._desk.greeting(seat, language)
        except ChuchuError as error:
            problem = error.say(language)
            talk.greeting = render.notice(problem)
            pane = render.no_article(problem, language)
            return talk.messages, gr.Dropdown(visible=False), pane
        first = entries[0][1]
        choice = gr.Dropdown(choices=entries, value=first, visible=len(entries) > 1)
        return talk.messages, choice, self._desk.read(seat, first, language)

    def ask(
        self, question: str, talk: Talk, kept: dict[str, str], request: gr.Request
    ) -> Iterator[tuple[str | Update, Messages]]:
        """Show the question at once, then its answer."""
        language = _language(request)
        if not question.strip():
            gr.Info(say(language, "empty_question"), duration=3)
            yield "", talk.messages
            return
        box: str | Update = ""  # emptied once: by the answer the next question may be half written
        for _ in self._desk.ask(question.strip(), talk, Seat.from_browser(kept), language):
            yield box, talk.messages
            box = gr.skip()

    def clear(self, talk: Talk) -> Messages:
        """Begin again, with the greeting."""
        talk.restart()
        return talk.messages

    def read(self, document: str, kept: dict[str, str], request: gr.Request) -> str:
        """Show the document that was chosen."""
        return self._desk.read(Seat.from_browser(kept), document, _language(request))

    def read_cited(
        self, kept: dict[str, str], request: gr.Request, event: gr.EventData
    ) -> tuple[Update, str]:
        """Show the document of a citation that was clicked while another one was shown."""
        wanted = str(event._data)
        seat = Seat.from_browser(kept)
        return gr.update(value=wanted), self._desk.read(seat, wanted, _language(request))


def _wire(page: gr.Blocks, parts: Parts, desk: Desk) -> None:
    events = Events(desk)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    texts: dict[str, Any] = {
        "fn": events.show_texts,
        "inputs": [parts.keep, parts.talk],
        "outputs": [parts.chat, parts.contents, parts.article],
        "concurrency_limit": None,  # it waits, it does not work
    }
    load = page.load(
        events.open_page,
        [parts.keep, parts.talk],
        [parts.keep, parts.chat, parts.article],
        concurrency_limit=None,
        **quiet,
    )
    load.then(**texts, **quiet)
    parts.question.submit(
        events.ask,
        [parts.question, parts.talk, parts.keep],
        [parts.question, parts.chat],
        trigger_mode="once",  # a second Enter while one question waits does not ask it twice
        concurrency_limit=4,
        **quiet,
    )
    parts.chat.clear(events.clear, parts.talk, parts.chat, **quiet)
    parts.contents.input(events.read, [parts.contents, parts.keep], parts.article, **quiet)
    parts.article.select(events.read_cited, parts.keep, [parts.contents, parts.article], **quiet)
    own.wire(parts.own, own.TabEvents(desk, _language), parts.keep, parts.talk, texts, load)
    for button in (parts.own.go, parts.own.back):
        button.click(lambda: gr.Tabs(selected="ask"), None, parts.tabs, **quiet)
    opinions.wire(parts.slip, opinions.SlipEvents(desk, _language), parts.talk, parts.question)
    endpoints.offer(desk)


def _language(request: gr.Request) -> Language:
    return browser_language(request.headers.get("accept-language", ""))


def _translations() -> dict[str, dict[str, str]]:
    """Give Gradio the words by the browser's locale; every Chinese one gets ours."""
    regions = ("zh", "zh-CN", "zh-SG", "zh-TW", "zh-HK", "zh-MO")
    zh, en = ({**words, "own_lead": words["own_lead"].format(days=KEPT_DAYS)} for words in (ZH, EN))
    return {"en": en} | dict.fromkeys(regions, zh)


def _theme() -> gr.themes.Base:
    """Gradio's own components in the colours of ``assets/page.css``."""
    theme = gr.themes.Base(
        primary_hue=gr.themes.colors.red,
        neutral_hue=gr.themes.colors.stone,
        font=FONTS,
        font_mono=("ui-monospace", "Consolas", "monospace"),
    )
    paper, sheet, ink, soft, line, seal = (
        ("#faf8f4", "#181715"),
        ("#fffefb", "#1f1e1b"),
        ("#26231f", "#e9e5dc"),
        ("#69635a", "#a8a196"),
        ("#e5dfd4", "#383530"),
        ("#a5301d", "#f29480"),
    )
    colours = {
        "body_background_fill": paper,
        "body_text_color": ink,
        "body_text_color_subdued": soft,
        "background_fill_primary": sheet,
        "background_fill_secondary": paper,
        "block_background_fill": sheet,
        "block_label_background_fill": sheet,
        "block_label_text_color": soft,
        "block_title_text_color": soft,
        "border_color_primary": line,
        "block_border_color": line,
        "input_background_fill": paper,
        "input_border_color": line,
        "input_border_color_focus": seal,
        "input_placeholder_color": soft,
        "color_accent": ("#a5301d", "#a5301d"),
        "link_text_color": seal,
        "loader_color": seal,
        "button_primary_background_fill": seal,
        "button_primary_background_fill_hover": seal,
        "button_primary_text_color": ("#fffefb", "#181715"),
        "button_secondary_background_fill": sheet,
        "button_secondary_text_color": ink,
    }
    both = {}
    for name, (light, dark) in colours.items():
        both[name] = light
        if name != "color_accent":  # the one colour that has no dark twin
            both[f"{name}_dark"] = dark
    return theme.set(**both)


def launch(page: gr.Blocks, host: str, port: int, *, mcp: bool = False) -> str:
    """Start serving in the background, as an MCP server, too, if asked; the address to open.

    Raises:
        ExtraMissing: the packages for MCP are not installed.
        OSError: the address cannot be listened on.

    """
    if mcp and importlib.util.find_spec("mcp") is None:  # Gradio would say so and go on without
        raise ExtraMissing(option="--mcp", extra="mcp")
    # Gradio asks its own server whether it is up. A proxy that the system is set to has no part
    # in that, but would be asked.
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), "localhost", "127.0.0.1")))
    assets = resources.files("ui.assets")
    scripts = "".join(
        f"<script>{assets.joinpath(name).read_text('utf-8')}</script>" for name in SCRIPTS
    )
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        theme=_theme(),
        css=assets.joinpath("page.css").read_text("utf-8"),
        head=scripts,
        i18n=gr.I18n(**_translations()),
        max_file_size=MAX_UPLOAD,
        footer_links=[],
        quiet=True,
        # What Gradio would offer, none of it ours: nothing is shared, recorded or watched.
        share=False,
        run_history=False,
        enable_monitoring=False,
        mcp_server=mcp,
        ssr_mode=False,
        pwa=False,
    )
    return str(address)


def serve(
    index: str | None,
    host: str,
    port: int,
    announce: Callable[[str], None],
    *,
    shared: bool = False,
    mcp: bool = False,
) -> None:
    """Serve the page over an index (None is the article that comes along) until interrupted.

    Args:
        index: the server's own index.
        host: what to listen on.
        port: and where.
        announce: given the page's address once it can be opened.
        shared: whether all visitors have the same named indexes.
        mcp: whether to be an MCP server, too.

    Raises:
        IndexNotFound: there is no index in that folder.
        ExtraMissing: the packages for MCP are not installed.
        OSError: the address cannot be listened on.
        KeyboardInterrupt: as it came.

    """

    def open_folder(folder: str | Path | None) -> Assistant:
        from qa import Assistant  # noqa: PLC0415  (takes seconds; the page is there at once)

        return Assistant.open(folder)

    own_index = Opening(lambda: open_folder(index))
    from index import build, current_generation, remove, user_folder  # noqa: PLC0415

    if index is not None:
        current_generation(Path(index))  # say at once that there is none, not on the page
    home = user_folder()
    root = home / ("shared" if shared else "visitors")
    library = Library(root, open_folder, build, remove, shared=shared)
    page = make_page(Desk(own_index, library, Feedback(home / FEEDBACK), index=index))
    announce(launch(page, host, port, mcp=mcp))
    while True:  # the server has threads of its own
        library.sweep()
        time.sleep(3600)
