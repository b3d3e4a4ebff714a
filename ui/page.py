"""The page: a conversation on one side, the text it is about on the other.

This is its layout and its events; what they do is in ``ui.desk``, how it looks in ``ui/assets``.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Before Gradio is imported, which reads it then: no usage figures are sent anywhere.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from gradio.events import api

from corpus.errors import ChuchuError
from ui import render
from ui.desk import Desk, Stage, Talk
from ui.keeping import kept, read_kept
from ui.opening import Assistant, Opening
from ui.visitors import Visitors
from ui.wording import COOKIE, Worded, worded
from ui.words import EN, ZH, Language, browser_language, say

if TYPE_CHECKING:
    from qa.assistant import Turn

MAX_UPLOAD = "20mb"
MOST_FOUND = 50  # passages the endpoint /search gives
UPLOADS_KEPT = (600, 3600)  # seconds: how often uploaded copies are looked at, how old they get
SCRIPTS = (  # the first one makes what the others use
    "page.js",
    "reading.js",
    "asking.js",
    "talks.js",
    "choices.js",
)
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

    token: gr.State  # str | None: names the visitor's own index
    talk: gr.State  # Talk
    visiting: gr.Row  # shown while the visitor asks texts of their own
    whose: gr.HTML
    back: gr.Button
    language: gr.Button
    shade: gr.Button
    tabs: gr.Tabs
    talks: gr.HTML
    chat: gr.Chatbot
    question: gr.Textbox
    contents: gr.Dropdown
    article: gr.HTML
    title: gr.Textbox
    pasted: gr.Textbox
    files: gr.File
    build: gr.Button
    report: gr.HTML
    go: gr.Button


def make_page(desk: Desk) -> gr.Blocks:
    """Make the page over ``desk``; ``launch`` serves it."""
    page = gr.Blocks(
        title=ZH["title"], analytics_enabled=False, fill_width=True, delete_cache=UPLOADS_KEPT
    )
    with page:
        parts = _lay_out(gr.I18n(**_translations()), desk)
        _wire(page, parts, Events(desk))
    return page


def _lay_out(words: gr.I18n, desk: Desk) -> Parts:
    parts: dict[str, Any] = {
        "token": gr.State(None, delete_callback=desk.discard),
        "talk": gr.State(Talk()),
    }
    with gr.Row(elem_id="masthead"):
        gr.Markdown(words("masthead"), elem_id="brand")
        with gr.Row(elem_id="visiting", visible=False) as parts["visiting"]:
            parts["whose"] = gr.HTML(elem_id="whose")
            parts["back"] = gr.Button(words("back"), size="sm", elem_id="back")
        with gr.Row(elem_id="choices"):
            parts["language"] = gr.Button(words("other_language"), size="sm", elem_id="language")
            parts["shade"] = gr.Button(words("shade"), size="sm", elem_id="shade")
    with gr.Tabs(elem_id="tabs") as parts["tabs"]:
        with gr.Tab(words("tab_ask"), id="ask"), gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                parts |= _conversation(words)
            with gr.Column(elem_id="pane"):
                parts |= _pane(words)
        with gr.Tab(words("tab_own"), id="own"), gr.Column(elem_id="own"):
            parts |= _own_texts(words)
    return Parts(**parts)


def _conversation(words: gr.I18n) -> dict[str, Any]:
    return {
        "talks": gr.HTML(
            elem_id="talks",
            apply_default_css=False,
            # The script keeps ``turn`` under its conversation, opens one by the event "select" and
            # begins one by "clear".
            js_on_load="window.chuchu.talks(element, props, watch, trigger);",
            turn=None,
        ),
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


def _own_texts(words: gr.I18n) -> dict[str, Any]:
    gr.Markdown(words("own_lead"), elem_id="own-lead")
    return {
        "title": gr.Textbox(
            label=words("paste_title"), placeholder=words("paste_title_here"), max_lines=1
        ),
        "pasted": gr.Textbox(
            label=words("paste"),
            placeholder=words("paste_here"),
            lines=8,
            max_lines=14,
            elem_id="pasted",
        ),
        "files": gr.File(label=words("upload"), file_count="multiple", height=140, elem_id="files"),
        "build": gr.Button(words("build"), variant="primary", elem_id="build"),
        "report": gr.HTML(elem_id="report", apply_default_css=False),
        "go": gr.Button(words("go_ask"), variant="primary", visible=False, elem_id="go"),
    }


class Events:
    """What Gradio calls: takes its components' values, returns their new ones."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def open_page(self, talk: Talk, request: gr.Request) -> tuple[Messages, str, str]:
        """Show what can be shown before anything is loaded."""
        language = _language(request)
        talk.greeting = self._desk.first_greeting(language)
        loading = render.no_article(say(language, "loading"), language, waiting=True)
        return talk.messages, loading, render.talks(language)

    def speak(self, components: Sequence[Worded], request: gr.Request) -> list[Update]:
        """Put the page's own words in the language the visitor chose."""
        return [component.spoken(_language(request)) for component in components]

    def retell(
        self, token: str | None, talk: Talk, document: str, request: gr.Request
    ) -> tuple[Messages, str | Update, str]:
        """Show conversation and article with their words in the language the visitor chose."""
        language = _language(request)
        try:
            self._desk.retell(talk, token, language)
            talk.greeting = self._desk.greeting(token, language)
        except ChuchuError as error:
            talk.greeting = render.notice(error.say(language))
        pane = self._desk.read(token, document, language) if document else gr.skip()
        return talk.messages, pane, render.talks(language)

    def take_up(
        self, talk: Talk, token: str | None, request: gr.Request, event: gr.EventData
    ) -> Messages:
        """Go on with a conversation that the visitor's browser kept."""
        if token is not None:  # theirs were about the server's texts
            return talk.messages
        language = _language(request)
        try:
            self._desk.take_up(talk, *read_kept(event._data), language)
        except ValueError:
            gr.Warning(say(language, "not_a_talk"))
        except ChuchuError as error:
            gr.Warning(error.say(language))
        return talk.messages

    def show_texts(
        self, token: str | None, talk: Talk, request: gr.Request
    ) -> tuple[Messages, gr.Dropdown, str]:
        """Show greeting, contents and first document of what the visitor is asking now."""
        language = _language(request)
        try:
            entries = self._desk.contents(token)
            talk.greeting = self._desk.greeting(token, language)
        except ChuchuError as error:
            problem = error.say(language)
            talk.greeting = render.notice(problem)
            pane = render.no_article(problem, language)
            return talk.messages, gr.Dropdown(visible=False), pane
        first = entries[0][1]
        choice = gr.Dropdown(choices=entries, value=first, visible=len(entries) > 1)
        return talk.messages, choice, self._desk.read(token, first, language)

    def ask(
        self, question: str, talk: Talk, token: str | None, request: gr.Request
    ) -> Iterator[tuple[str | Update, Messages, Update]]:
        """Show the question at once, then its answer."""
        language = _language(request)
        if not question.strip():
            gr.Info(say(language, "empty_question"), duration=3)
            yield "", talk.messages, gr.skip()
            return
        box: str | Update = ""  # emptied once: by the answer the next question may be half written
        for turn in self._desk.ask(question.strip(), talk, token, language):
            keep = gr.skip()
            if turn.reply and token is None:
                keep = gr.update(turn=kept(turn.talk, turn.asked, turn.reply))
            yield box, talk.messages, keep
            box = gr.skip()

    def clear(self, talk: Talk) -> Messages:
        """Begin again, with the greeting."""
        talk.restart()
        return talk.messages

    def read(self, document: str, token: str | None, request: gr.Request) -> str:
        """Show the document that was chosen."""
        return self._desk.read(token, document, _language(request))

    def read_cited(
        self, token: str | None, request: gr.Request, event: gr.EventData
    ) -> tuple[Update, str]:
        """Show the document of a citation that was clicked while another one was shown."""
        wanted = str(event._data)
        return gr.update(value=wanted), self._desk.read(token, wanted, _language(request))

    def bring(
        self,
        title: str,
        pasted: str,
        files: list[str] | None,
        token: str | None,
        talk: Talk,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio hands one in)
    ) -> tuple[Any, ...]:
        """Build an index of the visitor's texts and turn the conversation to it."""
        language = _language(request)
        if not pasted.strip() and not files:
            gr.Info(say(language, "nothing_given"), duration=3)
            return gr.skip(), gr.skip(), gr.skip(), gr.skip(), gr.skip()

        def show(stage: Stage) -> None:
            progress((stage.done, stage.total), desc=say(language, f"stage_{stage.stage}"))

        made, report = self._desk.bring(title, pasted, files or [], language, show)
        if made is None:
            return gr.skip(), report, gr.skip(), gr.skip(), gr.skip()
        self._desk.discard(token)
        talk.restart()
        count = len(self._desk.contents(made))
        whose = render.safe(say(language, "now_reading", count=count))
        return made, report, gr.update(visible=True), gr.update(visible=True), whose

    def go_back(self, token: str | None, talk: Talk) -> tuple[Any, ...]:
        """Turn back to the server's texts; the visitor's are deleted."""
        self._desk.discard(token)
        talk.restart()
        return None, "", gr.update(visible=False), gr.update(visible=False)

    def answer(self, question: str, history: list[dict[str, str]] | None = None) -> dict[str, Any]:
        """Answer a question about the server's texts, each sentence with its exact source.

        Args:
            question: The question, in Chinese.
            history: Earlier messages, oldest first: {"role": "user" | "assistant", "content": …}.

        Returns:
            The answer: text, short, items and citations (quote, start, end, document), or
            refused with a reason.

        """
        turns: list[Turn] = [
            {"role": turn.get("role", ""), "content": turn.get("content", "")}
            for turn in history or ()
        ]
        try:
            return self._desk.answer(question, turns)
        except ChuchuError as error:
            raise gr.Error(str(error), print_exception=False) from error

    def search(self, question: str, most: int = 5) -> list[dict[str, Any]]:
        """Find the passages of the server's texts that are nearest to a question, unread.

        Args:
            question: A question or key words, in Chinese.
            most: How many passages, at most.

        Returns:
            The passages, best first: quote, start, end, document, section, score.

        """
        try:
            return self._desk.search(question, max(1, min(int(most), MOST_FOUND)))
        except ChuchuError as error:
            raise gr.Error(str(error), print_exception=False) from error


def _wire(page: gr.Blocks, parts: Parts, events: Events) -> None:
    private: dict[str, Any] = {"api_visibility": "private"}
    quiet: dict[str, Any] = {**private, "show_progress": "hidden"}
    texts: dict[str, Any] = {
        "fn": events.show_texts,
        "inputs": [parts.token, parts.talk],
        "outputs": [parts.chat, parts.contents, parts.article],
        "concurrency_limit": None,  # it waits, it does not work
    }
    page.load(
        events.open_page,
        parts.talk,
        [parts.chat, parts.article, parts.talks],
        concurrency_limit=None,
        **quiet,
    ).then(**texts, **quiet)
    _wire_language(page, parts, events, quiet)
    parts.shade.click(None, js="() => window.chuchu.turnShade()", **quiet)
    parts.talks.select(
        events.take_up, [parts.talk, parts.token], parts.chat, concurrency_limit=None, **quiet
    )
    parts.question.submit(
        events.ask,
        [parts.question, parts.talk, parts.token],
        [parts.question, parts.chat, parts.talks],
        trigger_mode="once",  # a second Enter while one question waits does not ask it twice
        concurrency_limit=4,
        **quiet,
    )
    parts.talks.clear(events.clear, parts.talk, parts.chat, **quiet)
    parts.contents.input(events.read, [parts.contents, parts.token], parts.article, **quiet)
    parts.article.select(events.read_cited, parts.token, [parts.contents, parts.article], **quiet)
    parts.build.click(
        events.bring,
        [parts.title, parts.pasted, parts.files, parts.token, parts.talk],
        [parts.token, parts.report, parts.go, parts.visiting, parts.whose],
        trigger_mode="once",
        show_progress_on=parts.report,
        **private,
    ).then(**texts, **quiet)
    parts.back.click(
        events.go_back,
        [parts.token, parts.talk],
        [parts.token, parts.report, parts.go, parts.visiting],
        **quiet,
    ).then(**texts, **quiet)
    for button in (parts.go, parts.back):
        button.click(lambda: gr.Tabs(selected="ask"), None, parts.tabs, **quiet)
    api(events.answer, api_name="answer", concurrency_limit=4)
    api(events.search, api_name="search", concurrency_limit=4)


def _wire_language(page: gr.Blocks, parts: Parts, events: Events, quiet: dict[str, Any]) -> None:
    """The visitor's choice of language: when the page opens, and when they change it."""
    components = worded(page)

    def speak(request: gr.Request) -> list[Update]:
        return events.speak(components, request)

    def speak_if_chosen(request: gr.Request) -> list[Update]:
        chosen = bool(request.cookies.get(COOKIE))
        return speak(request) if chosen else [gr.skip() for _ in components]

    outputs = [component.component for component in components]
    page.load(speak_if_chosen, None, outputs, **quiet)
    parts.language.click(
        speak, None, outputs, js="() => window.chuchu.turnLanguage()", **quiet
    ).then(
        events.retell,
        [parts.token, parts.talk, parts.contents],
        [parts.chat, parts.article, parts.talks],
        **quiet,
    )


def _language(request: gr.Request) -> Language:
    chosen = request.cookies.get(COOKIE)
    return browser_language(request.headers.get("accept-language", ""), chosen)


def _translations() -> dict[str, dict[str, str]]:
    """Give Gradio the words by the browser's locale; every Chinese one gets ours."""
    regions = ("zh", "zh-CN", "zh-SG", "zh-TW", "zh-HK", "zh-MO")
    return {"en": dict(EN)} | {region: dict(ZH) for region in regions}


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


def launch(page: gr.Blocks, host: str, port: int) -> str:
    """Start serving in the background; returns the address to open.

    Raises:
        OSError: the address cannot be listened on.

    """
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
        mcp_server=False,
        ssr_mode=False,
        pwa=False,
    )
    return str(address)


def serve(index: str | None, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve the page over an index (None is the article that comes along) until interrupted.

    ``announce`` is given the page's address once it can be opened.

    Raises:
        IndexNotFound: there is no index in that folder.
        OSError: the address cannot be listened on.
        KeyboardInterrupt: as it came.

    """

    def open_folder(folder: str | Path | None) -> Assistant:
        from qa import Assistant  # noqa: PLC0415  (takes seconds; the page is there at once)

        return Assistant.open(folder)

    own = Opening(lambda: open_folder(index))
    from index import build, current_generation, user_folder  # noqa: PLC0415

    if index is not None:
        current_generation(Path(index))  # say at once that there is none, not on the page
    visitors = Visitors(user_folder() / "visitors", open_folder)
    page = make_page(Desk(own, visitors, build, is_built_in=index is None))
    announce(launch(page, host, port))
    while True:  # the server has threads of its own
        time.sleep(3600)
