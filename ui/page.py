"""The page: a conversation on one side, the text it is about on the other.

This is its layout and its events; those of the tab for one's own texts are in ``ui.parts.own``,
those of 👍 and 👎 in ``ui.parts.opinions``. What they do is in ``ui.desk``, how it looks in
``ui/assets``.
"""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

# Before Gradio is imported, which reads it then: no usage figures are sent anywhere.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr

from corpus.errors import ChuchuError, ExtraMissing
from ui.desk import Desk, Talk
from ui.feedback import FILE as FEEDBACK
from ui.feedback import Feedback
from ui.indexes.library import KEPT_DAYS, Library
from ui.indexes.opening import Assistant, Opening
from ui.indexes.shelf import Seat
from ui.keeping import read_kept, to_keep
from ui.parts import endpoints, opinions, own
from ui.parts.theme import theme
from ui.parts.wording import COOKIE, Worded, inform, warn, worded
from ui.rendering import markup, pane
from ui.words import WORDS, ZH, Language, browser_language, say

MAX_UPLOAD = "20mb"
# Uploaded copies are deleted when read. Those that nobody had read: how often they are looked for,
# how old they get, in seconds.
UPLOADS_KEPT = (600, 3600)
SCRIPTS = (  # storage.js before anything looks; page.js makes what the others use
    "storage.js",
    "page.js",
    "reading.js",
    "asking.js",
    "draft.js",
    "voting.js",
    "talks.js",
    "choices.js",
)
Messages = list[dict[str, str]]
Update = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events read or change."""

    keep: gr.BrowserState  # a Seat: who this is, and which index is asked
    talk: gr.State  # Talk
    language: gr.Button
    shade: gr.Button
    tabs: gr.Tabs
    talks: gr.HTML
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
            texts |= own.lay_out(words, shared=desk.is_shared)
    return Parts(**parts, own=own.Tab(**texts))


def _conversation(words: gr.I18n) -> dict[str, Any]:
    return {
        "talks": gr.HTML(
            elem_id="talks",
            apply_default_css=False,
            # The script keeps ``turn`` under its conversation, opens one by the event "select" and
            # begins one by "clear". It shows those about ``index`` and leaves the one it was in
            # when that changes; those about an index that is not in ``indexes`` are forgotten.
            js_on_load="window.chuchu.talks(element, props, watch, trigger);",
            turn=None,
            index="",
            indexes=None,
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
        self, keep: dict[str, str], talk: Talk, request: gr.Request
    ) -> tuple[dict[str, str], Messages, str, str]:
        """Show what can be shown before anything is loaded, and know the visitor again."""
        language = _language(request)
        seat = Seat.from_browser(keep)
        if seat.index and seat.index not in {one.key for one in self._desk.indexes(seat)}:
            seat = Seat(seat.visitor)  # expired
        waiting = markup.notice(say(language, "loading"), waiting=True)
        talk.greeting = waiting if seat.index else self._desk.first_greeting(language)
        loading = pane.no_article(say(language, "loading"), language, waiting=True)
        return seat.to_browser(), talk.messages, loading, markup.talks(language)

    def speak(self, components: Sequence[Worded], request: gr.Request) -> list[Update]:
        """Put the page's own words in the language the visitor chose."""
        words = _vocabulary(_language(request))
        return [component.spoken(words) for component in components]

    def retell(
        self, keep: dict[str, str], talk: Talk, document: str, request: gr.Request
    ) -> tuple[Messages, str | Update, str]:
        """Show conversation and article with their words in the language the visitor chose."""
        language = _language(request)
        seat = Seat.from_browser(keep)
        try:
            self._desk.retell(talk, seat, language)
            talk.greeting = self._desk.greeting(seat, language)
        except ChuchuError as error:
            talk.greeting = markup.notice(error.say(language))
        shown = self._desk.read(seat, document, language) if document else gr.skip()
        return talk.messages, shown, markup.talks(language)

    def take_up(
        self, keep: dict[str, str], talk: Talk, request: gr.Request, event: gr.EventData
    ) -> Messages:
        """Go on with a conversation that the visitor's browser kept."""
        seat = Seat.from_browser(keep)
        language = _language(request)
        try:
            earlier = read_kept(event._data)
            if earlier.index == seat.index:  # or the visitor has turned to other texts meanwhile
                self._desk.take_up(talk, earlier, seat, language)
        except ValueError:
            warn(language, say(language, "not_a_talk"))
        except ChuchuError as error:
            warn(language, error.say(language))
        return talk.messages

    def show_texts(
        self, keep: dict[str, str], talk: Talk, request: gr.Request
    ) -> tuple[Messages, gr.Dropdown, str, Update]:
        """Show greeting, contents and first document of what the visitor is asking now."""
        language = _language(request)
        seat = Seat.from_browser(keep)
        keys = [one.key for one in self._desk.indexes(seat)]
        asked = gr.update(index=seat.index, indexes=keys)
        try:
            entries = self._desk.contents(seat)
            talk.greeting = self._desk.greeting(seat, language)
        except ChuchuError as error:
            problem = error.say(language)
            talk.greeting = markup.notice(problem)
            shown = pane.no_article(problem, language)
            return talk.messages, gr.Dropdown(visible=False), shown, asked
        first = entries[0][1]
        choice = gr.Dropdown(choices=entries, value=first, visible=len(entries) > 1)
        return talk.messages, choice, self._desk.read(seat, first, language), asked

    def ask(
        self, question: str, talk: Talk, keep: dict[str, str], request: gr.Request
    ) -> Iterator[tuple[str | Update, Messages, Update]]:
        """Show the question at once, then its answer."""
        language = _language(request)
        if not question.strip():
            inform(language, "empty_question")
            yield "", talk.messages, gr.skip()
            return
        box: str | Update = ""  # emptied once: by the answer the next question may be half written
        seat = Seat.from_browser(keep)
        for turn in self._desk.ask(question.strip(), talk, seat, language):
            remembered = gr.skip()
            if turn.reply:
                remembered = gr.update(turn=to_keep(turn.talk, seat.index, turn.asked, turn.reply))
            yield box, talk.messages, remembered
            box = gr.skip()

    def clear(self, talk: Talk) -> Messages:
        """Begin again, with the greeting."""
        talk.restart()
        return talk.messages

    def read(self, document: str, keep: dict[str, str], request: gr.Request) -> str:
        """Show the document that was chosen."""
        return self._desk.read(Seat.from_browser(keep), document, _language(request))

    def read_cited(
        self, keep: dict[str, str], request: gr.Request, event: gr.EventData
    ) -> tuple[Update, str]:
        """Show the document of a citation that was clicked while another one was shown."""
        wanted = str(event._data)
        seat = Seat.from_browser(keep)
        return gr.update(value=wanted), self._desk.read(seat, wanted, _language(request))


def _wire(page: gr.Blocks, parts: Parts, desk: Desk) -> None:
    events = Events(desk)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    texts: dict[str, Any] = {
        "fn": events.show_texts,
        "inputs": [parts.keep, parts.talk],
        "outputs": [parts.chat, parts.contents, parts.article, parts.talks],
        "concurrency_limit": None,  # it waits, it does not work
        **quiet,
    }
    tab = own.TabEvents(desk, _language, parts.own, parts.keep, parts.tabs)
    arrange = own.arrangement(parts.own, tab, parts.keep)
    asked_now = (arrange, texts)  # to follow whatever changes which texts are asked
    load = page.load(
        events.open_page,
        [parts.keep, parts.talk],
        [parts.keep, parts.chat, parts.article, parts.talks],
        concurrency_limit=None,
        **quiet,
    )
    for show in asked_now:
        load.then(**show)
    own.wire(parts.own, tab, parts.keep, parts.talk, parts.tabs, asked_now)
    for button in (parts.own.go, parts.own.back):
        button.click(lambda: gr.Tabs(selected="ask"), None, parts.tabs, **quiet)
    _wire_language(page, parts, events, arrange, quiet)
    parts.shade.click(None, js="() => window.chuchu.turnShade()", **quiet)
    parts.talks.select(
        events.take_up, [parts.keep, parts.talk], parts.chat, concurrency_limit=None, **quiet
    )
    parts.talks.clear(events.clear, parts.talk, parts.chat, **quiet)
    parts.question.submit(
        events.ask,
        [parts.question, parts.talk, parts.keep],
        [parts.question, parts.chat, parts.talks],
        trigger_mode="once",  # a second Enter while one question waits does not ask it twice
        concurrency_limit=4,
        **quiet,
    )
    parts.contents.input(events.read, [parts.contents, parts.keep], parts.article, **quiet)
    parts.article.select(events.read_cited, parts.keep, [parts.contents, parts.article], **quiet)
    moves_on = (parts.question.submit, parts.talks.select, parts.talks.clear)
    opinions.wire(parts.slip, opinions.SlipEvents(desk, _language), parts.talk, moves_on)
    endpoints.offer(desk)


def _wire_language(
    page: gr.Blocks,
    parts: Parts,
    events: Events,
    arrange: dict[str, Any],
    quiet: dict[str, Any],
) -> None:
    """The visitor's choice of language: when the page opens, and when they change it."""
    components = worded(page)

    def speak(request: gr.Request) -> list[Update]:
        return events.speak(components, request)

    def speak_if_chosen(request: gr.Request) -> list[Update]:
        chosen = bool(request.cookies.get(COOKIE))
        return speak(request) if chosen else [gr.skip() for _ in components]

    outputs = [component.component for component in components]
    page.load(speak_if_chosen, None, outputs, **quiet)
    spoken = parts.language.click(
        speak, None, outputs, js="() => window.chuchu.turnLanguage()", **quiet
    )
    spoken.then(
        events.retell,
        [parts.keep, parts.talk, parts.contents],
        [parts.chat, parts.article, parts.talks],
        **quiet,
    )
    spoken.then(**arrange)


def _language(request: gr.Request) -> Language:
    chosen = request.cookies.get(COOKIE)
    return browser_language(request.headers.get("accept-language", ""), chosen)


def _vocabulary(language: Language) -> dict[str, str]:
    """The page's own words, complete."""
    words = WORDS[language]
    return {**words, "own_lead": words["own_lead"].format(days=KEPT_DAYS)}


def _translations() -> dict[str, dict[str, str]]:
    """Give Gradio the words by the browser's locale; every Chinese one gets ours."""
    regions = ("zh", "zh-CN", "zh-SG", "zh-TW", "zh-HK", "zh-MO")
    return {"en": _vocabulary("en")} | dict.fromkeys(regions, _vocabulary("zh"))


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
        theme=theme(),
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
