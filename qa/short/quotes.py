"""A span with its quotation marks whole: no “ without its ”."""

from __future__ import annotations

_CLOSING = {"“": "”", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")"}
_OPENING = {close: open_ for open_, close in _CLOSING.items()}
FAR = 12  # characters from a span's edge in which the other mark may stand


def balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """``start`` and ``end`` of a span of ``text``, widened to the marks that belong to it.

    Left as they are where those marks are further off.
    """
    expected: list[str] = []
    missing: list[str] = []
    for char in text[start:end]:
        if char in _CLOSING:
            expected.append(_CLOSING[char])
        elif expected and char == expected[-1]:
            expected.pop()
        elif char in _OPENING:
            missing.append(_OPENING[char])
    if missing:
        before = text.rfind(missing[-1], max(start - FAR, 0), start)
        start = before if before >= 0 else start
    if expected:
        after = text.find(expected[0], end, end + FAR)
        end = after + 1 if after >= 0 else end
    return start, end
