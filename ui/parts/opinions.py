"""👍 and 👎 under an answer, and the word one may add: their components and events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui.desk import Desk, Talk
from ui.feedback import LONGEST_COMMENT
from ui.parts.wording import inform, warn
from ui.words import Language, say

PUT_AWAY = "() => ({ __type__: 'update', visible: false })"


@dataclass(frozen=True, slots=True)
class Slip:
    """What is asked for after a verdict. The verdicts themselves are links in the answers."""

    votes: gr.HTML  # shows nothing: by its event the script tells which link was clicked
    turn: gr.State  # names the answer that the slip is about
    slip: gr.Column
    comment: gr.Textbox
    agree: gr.Checkbox
    send: gr.Button
    close: gr.Button


def lay_out(words: gr.I18n) -> Slip:
    """Lay out the slip, hidden until there is a verdict."""
    votes = gr.HTML(
        elem_id="votes",
        apply_default_css=False,
        js_on_load="window.chuchu.votes((vote) => trigger('select', vote));",
    )
    turn = gr.State("")
    with gr.Column(visible=False, elem_id="slip") as slip:
        gr.Markdown(words("vote_thanks"))
        comment = gr.Textbox(
            label=words("vote_comment"),
            show_label=False,
            placeholder=words("vote_comment"),
            max_lines=4,
            max_length=LONGEST_COMMENT,
            container=False,
            elem_id="comment",
        )
        agree = gr.Checkbox(label=words("vote_agree"), container=False, elem_id="agree")
        with gr.Row():
            send = gr.Button(words("vote_send"), variant="primary", size="sm", elem_id="send-vote")
            close = gr.Button(words("vote_close"), size="sm", elem_id="close-vote")
    return Slip(votes, turn, slip, comment, agree, send, close)


class SlipEvents:
    """What Gradio calls for it."""

    def __init__(self, desk: Desk, language_of: Callable[[gr.Request], Language]) -> None:
        self._desk = desk
        self._language_of = language_of

    def vote(self, talk: Talk, request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        """Keep a verdict, and ask whether there is more to say."""
        verdict, _, turn = str(event._data).partition("-")
        language = self._language_of(request)
        try:
            known = self._desk.judge(talk, turn, verdict)
        except OSError:
            warn(language, say(language, "vote_lost"))
            known = False
        if not known:
            return (gr.skip(),) * 4
        return turn, gr.update(visible=True), "", False

    def comment(
        self, talk: Talk, turn: str, comment: str, agreed: bool, request: gr.Request
    ) -> Any:
        """Keep what was said with a verdict."""
        language = self._language_of(request)
        try:
            known = self._desk.comment(talk, turn, comment, agreed=agreed)
        except OSError:
            warn(language, say(language, "vote_lost"))
            return gr.skip()
        if known:  # else the conversation is over
            inform(language, "vote_kept")
        return gr.update(visible=False)


def wire(
    slip: Slip, events: SlipEvents, talk: gr.State, moves_on: Sequence[Callable[..., Any]]
) -> None:
    """Wire it; an unused slip is put away when the conversation ``moves_on``."""
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    slip.votes.select(events.vote, talk, [slip.turn, slip.slip, slip.comment, slip.agree], **quiet)
    slip.send.click(events.comment, [talk, slip.turn, slip.comment, slip.agree], slip.slip, **quiet)
    for event in (slip.close.click, *moves_on):
        # By the browser alone: there is nothing in it for the server.
        event(None, None, slip.slip, js=PUT_AWAY, **quiet)
