"""Friendly words for greetings, thanks and 「你能做什么」."""

from __future__ import annotations

from qa.question.kinds import Asked

_REPLIES = {
    Asked.GREETING: "你好！我只根据文中的原句回答，并标明出处；文中没有的，我会直说。",
    Asked.THANKS: "不客气。还想了解什么，接着问就好。",
    Asked.HELP: "我回答关于文中内容的问题：数字、日期、名单、原因、比较都可以问。"
    "每句回答都标明出处，文中没有的我会直说。",
}


def reply(asked: Asked) -> str:
    """What to say; example questions stand in the answer's suggestions."""
    return _REPLIES[asked]
