"""The tab where people bring texts of their own: its layout and its events.

Which index is asked, and who asks, is kept by the browser (``gr.BrowserState``), so that a reload
finds it again; ``ui.indexes.shelf.Seat`` reads it, and trusts nothing in it but its form.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

import gradio as gr

from corpus.errors import ChuchuError
from ui.desk import Brought, Desk, Talk
from ui.indexes.shelf import LONGEST_NAME, Named, Seat
from ui.parts.wording import inform, warn
from ui.rendering import markup
from ui.rendering.escape import safe
from ui.words import Language, say

Update = dict[str, Any]
Kept = dict[str, str]

QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}

# What the choices hold where an index's key would stand.
SERVER, NEW = "server", "new"
# What a question "really delete?" is about.
NOTHING, INDEX, EVERYTHING = "", "index", "everything"


@dataclass(frozen=True, slots=True)
class Tab:
    """The components of the tab, and of the line above it that says which texts are asked."""

    visiting: gr.Row  # shown while texts from this tab are asked
    whose: gr.HTML
    back: gr.Button
    asked_of: gr.Radio
    listing: gr.Column  # shown with an index of this tab
    held: gr.CheckboxGroup
    remove: gr.Button
    delete: gr.Button
    doomed: gr.State
    confirm: gr.Column
    sure: gr.HTML
    yes: gr.Button
    no: gr.Button
    add_to: gr.Dropdown
    name: gr.Textbox
    title: gr.Textbox
    pasted: gr.Textbox
    files: gr.File
    build: gr.Button
    stop: gr.Button  # shown while texts are being read
    report: gr.HTML
    go: gr.Button
    delete_all: gr.Button


def lay_out_line(words: gr.I18n) -> dict[str, Any]:
    """Lay out the line that says which texts are asked."""
    parts: dict[str, Any] = {}
    with gr.Row(elem_id="visiting", visible=False) as parts["visiting"]:
        parts["whose"] = gr.HTML(elem_id="whose")
        parts["back"] = gr.Button(words("back"), size="sm", elem_id="back")
    return parts


def lay_out(words: gr.I18n, *, shared: bool) -> dict[str, Any]:
    """Lay out the tab."""
    gr.Markdown(words("own_lead_shared" if shared else "own_lead"), elem_id="own-lead")
    parts: dict[str, Any] = {
        "pasted": gr.Textbox(
            label=words("paste"),
            placeholder=words("paste_here"),
            lines=6,  # and no more, however much is pasted: what comes next stays in view
            max_lines=6,
            elem_id="pasted",
        ),
        "files": gr.File(label=words("upload"), file_count="multiple", elem_id="files"),
    }
    with gr.Row(elem_id="begin"):
        parts["build"] = gr.Button(words("build"), variant="primary", elem_id="build")
        parts["stop"] = gr.Button(words("stop"), visible=False, elem_id="stop")
    parts["report"] = gr.HTML(elem_id="report", apply_default_css=False)
    parts["go"] = gr.Button(words("go_ask"), visible=False, elem_id="go")
    with gr.Accordion(words("more_options"), open=False, elem_id="more"):
        parts |= {
            "add_to": gr.Dropdown(
                label=words("add_to"), visible=False, filterable=False, elem_id="add-to"
            ),
            "name": gr.Textbox(
                label=words("name"),
                placeholder=words("name_here"),
                max_lines=1,
                max_length=LONGEST_NAME,
                elem_id="name",
            ),
            "title": gr.Textbox(
                label=words("paste_title"),
                placeholder=words("paste_title_here"),
                max_lines=1,
                elem_id="title",
            ),
        }
    parts["asked_of"] = gr.Radio(label=words("asked_of"), visible=False, elem_id="asked-of")
    with gr.Column(visible=False, elem_id="listing") as parts["listing"]:
        parts["held"] = gr.CheckboxGroup(elem_id="held")
        with gr.Row():
            parts["remove"] = gr.Button(words("remove"), size="sm", elem_id="remove")
            parts["delete"] = gr.Button(words("delete"), size="sm", elem_id="delete")
    parts["delete_all"] = gr.Button(
        words("delete_all"), size="sm", visible=False, elem_id="delete-all"
    )
    parts["doomed"] = gr.State(NOTHING)
    with gr.Column(visible=False, elem_id="confirm") as parts["confirm"]:
        parts["sure"] = gr.HTML(elem_id="sure", apply_default_css=False)
        with gr.Row():
            parts["yes"] = gr.Button(words("delete_yes"), variant="stop", size="sm", elem_id="yes")
            parts["no"] = gr.Button(words("delete_no"), size="sm", elem_id="no")
    return parts


class TabEvents:
    """What Gradio calls for the tab."""

    def __init__(
        self,
        desk: Desk,
        language_of: Callable[[gr.Request], Language],
        tab: Tab,
        keep: gr.BrowserState,
        tabs: gr.Tabs,
    ) -> None:
        self._desk = desk
        self._language_of = language_of
        self._tab = tab
        self._keep = keep
        self._tabs = tabs

    def arrange(self, kept: Kept, add_to: str | None, request: gr.Request) -> tuple[Any, ...]:
        """Show what there is to choose from, and what is in the index that is asked.

        Texts are added to a new set, unless the visitor has chosen another (``add_to``).
        """
        language = self._language_of(request)
        seat = Seat.from_browser(kept)
        indexes = self._desk.indexes(seat)
        names = [(one.name, one.key) for one in indexes]
        asked = next((one for one in indexes if one.key == seat.index), None)
        there = bool(indexes)
        chosen = add_to if add_to in {one.key for one in indexes} else NEW
        return (
            gr.Radio(
                choices=[(say(language, "servers_own"), SERVER), *names],
                value=asked.key if asked else SERVER,
                visible=there,
            ),
            gr.update(visible=asked is not None),
            _held(asked, language),
            gr.update(visible=False),
            NOTHING,
            gr.Dropdown(
                choices=[(say(language, "add_to_new"), NEW), *names],
                value=chosen,
                visible=there,
            ),
            gr.update(visible=chosen == NEW),
            gr.update(visible=self._desk.is_bringing(seat)),
            gr.update(visible=there and not self._desk.is_shared),
            gr.update(visible=asked is not None),
            safe(
                say(language, "now_reading", name=asked.name, count=len(asked.documents))
                if asked
                else ""
            ),
        )

    def choose(self, key: str, kept: Kept, talk: Talk) -> Kept:
        """Turn the conversation to another index."""
        talk.restart()
        visitor = Seat.from_browser(kept).visitor
        return Seat(visitor, "" if key == SERVER else key).to_browser()

    def go_back(self, kept: Kept, talk: Talk) -> Kept:
        """Turn the conversation back to the server's own texts; the visitor's stay."""
        return self.choose(SERVER, kept, talk)

    def bring(
        self,
        add_to: str | None,
        name: str | None,  # so is what stands in the closed fold
        title: str | None,
        pasted: str,
        files: list[str] | None,
        kept: Kept,
        talk: Talk,
        request: gr.Request,
    ) -> Iterator[dict[Any, Any]]:
        """Add the visitor's texts to an index, and turn the conversation to it."""
        language = self._language_of(request)
        tab = self._tab
        if not pasted.strip() and not files:
            inform(language, "nothing_given")
            yield {tab.report: gr.skip()}
            return
        visitor = Seat.from_browser(kept).visitor
        seat = Seat(visitor, "" if add_to in {None, NEW} else str(add_to))
        steps: SimpleQueue[str | Brought] = SimpleQueue()

        def show(done: int, total: int, what: str) -> None:
            steps.put(markup.progress(done, total, what))

        def work() -> None:
            texts = (name or "", title or "", pasted, files or [])
            steps.put(self._desk.bring(seat, *texts, language, show))

        # In a thread of its own, which goes on when the page is closed: what was begun is found.
        threading.Thread(target=work, daemon=True).start()
        yield {
            tab.report: markup.progress(0, 1, say(language, "stage_reading")),
            tab.go: gr.update(visible=False),
            tab.build: gr.update(interactive=False),
            tab.stop: gr.update(visible=True),
        }
        while isinstance(step := steps.get(), str):
            yield {tab.report: step}
        done: dict[Any, Any] = {
            tab.report: step.report,
            tab.build: gr.update(interactive=True),
            tab.stop: gr.update(visible=False),
            tab.files: None,  # they have been read, or tell why not
        }
        if step.seat:
            talk.restart()
            done |= {tab.pasted: "", tab.title: "", tab.name: ""}
            done |= {self._keep: step.seat.to_browser()}
            done |= {tab.go: gr.update(visible=not step.complete)}
        if step.complete:
            done |= {self._tabs: gr.Tabs(selected="ask")}
        yield done

    def stop(self, kept: Kept, request: gr.Request) -> Update:
        """Stop reading what the visitor is bringing; ``bring`` reports when it has."""
        self._desk.stop(Seat.from_browser(kept))
        inform(self._language_of(request), "stopping")
        return gr.update(visible=False)

    def remove(self, ids: list[str], kept: Kept, talk: Talk, request: gr.Request) -> Kept:
        """Take the ticked documents out of the index that is asked."""
        language = self._language_of(request)
        if not ids:
            inform(language, "nothing_ticked")
            return kept
        try:
            left = self._desk.remove(Seat.from_browser(kept), ids)
        except ChuchuError as error:
            warn(language, error.say(language))
            return kept
        talk.restart()  # what was cited may be gone
        return left.to_browser()

    def ask_whether(self, what: str, kept: Kept, request: gr.Request) -> tuple[Any, ...]:
        """Ask before something is deleted."""
        language = self._language_of(request)
        seat = Seat.from_browser(kept)
        indexes = self._desk.indexes(seat)
        asked = next((one for one in indexes if one.key == seat.index), None)
        if what == INDEX and asked:
            question = say(language, "delete_sure", name=asked.name, count=len(asked.documents))
        else:
            what, question = EVERYTHING, say(language, "delete_all_sure", count=len(indexes))
        return what, gr.update(visible=True), markup.notice(question)

    def delete(self, doomed: str, kept: Kept, talk: Talk, request: gr.Request) -> tuple[Any, ...]:
        """Delete what was asked about."""
        seat = Seat.from_browser(kept)
        if doomed == NOTHING:
            return kept, gr.skip(), gr.skip()
        language = self._language_of(request)
        try:
            if doomed == INDEX:
                self._desk.delete(seat)
            else:
                self._desk.delete_all(seat)
        except ChuchuError as error:
            warn(language, error.say(language))
        else:
            inform(language, "deleted")
        if doomed == EVERYTHING or seat.index not in {one.key for one in self._desk.indexes(seat)}:
            seat = Seat(seat.visitor)
        talk.restart()
        return seat.to_browser(), "", gr.update(visible=False)


def _held(index: Named | None, language: Language) -> gr.CheckboxGroup:
    if index is None:
        return gr.CheckboxGroup(choices=[], value=[])
    entries = [
        (
            say(
                language,
                "held_entry",
                title=one.title,
                characters=f"{one.characters:,}",
                added=one.added,
            ),
            one.id,
        )
        for one in index.documents
    ]
    return gr.CheckboxGroup(choices=entries, value=[], label=say(language, "held", name=index.name))


def arrangement(tab: Tab, events: TabEvents, keep: gr.BrowserState) -> dict[str, Any]:
    """Give the event that shows in the tab, and above it, which texts there are and are asked."""
    return {
        "fn": events.arrange,
        "inputs": [keep, tab.add_to],
        "outputs": [
            tab.asked_of,
            tab.listing,
            tab.held,
            tab.confirm,
            tab.doomed,
            tab.add_to,
            tab.name,
            tab.stop,
            tab.delete_all,
            tab.visiting,
            tab.whose,
        ],
        "concurrency_limit": None,
        **QUIET,
    }


def wire(
    tab: Tab,
    events: TabEvents,
    keep: gr.BrowserState,
    talk: gr.State,
    tabs: gr.Tabs,
    asked_now: Sequence[dict[str, Any]],
) -> None:
    """Wire the tab: ``asked_now`` are the events that show which texts are asked."""

    def then_show(event: Any) -> None:
        for show in asked_now:
            event.then(**show)

    then_show(tab.asked_of.input(events.choose, [tab.asked_of, keep, talk], keep, **QUIET))
    then_show(tab.back.click(events.go_back, [keep, talk], keep, **QUIET))
    then_show(
        tab.build.click(
            events.bring,
            [tab.add_to, tab.name, tab.title, tab.pasted, tab.files, keep, talk],
            [
                keep,
                tab.report,
                tab.build,
                tab.stop,
                tab.go,
                tab.pasted,
                tab.title,
                tab.name,
                tab.files,
                tabs,
            ],
            trigger_mode="once",
            concurrency_limit=20,  # most of them wait: the library says how many are at work
            **QUIET,  # it shows its progress itself
        )
    )
    tab.stop.click(events.stop, keep, tab.stop, concurrency_limit=None, **QUIET)
    then_show(tab.remove.click(events.remove, [tab.held, keep, talk], keep, **QUIET))
    for button, what in ((tab.delete, INDEX), (tab.delete_all, EVERYTHING)):
        button.click(
            events.ask_whether,
            [gr.State(what), keep],
            [tab.doomed, tab.confirm, tab.sure],
            **QUIET,
        )
    tab.no.click(
        lambda: (NOTHING, gr.update(visible=False)), None, [tab.doomed, tab.confirm], **QUIET
    )
    then_show(
        tab.yes.click(events.delete, [tab.doomed, keep, talk], [keep, tab.report, tab.go], **QUIET)
    )
    tab.add_to.input(lambda key: gr.update(visible=key == NEW), tab.add_to, tab.name, **QUIET)
