"""How far a build is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is. Stages come in this order; ``total`` is known when a stage begins."""

    stage: Literal["reading", "encoding", "writing"]
    done: int  # sources read, texts embedded (passages and sentences), or generations written
    total: int


OnProgress = Callable[[Progress], None]


def tell(progress: OnProgress | None, news: Progress) -> None:
    """Tell whoever wants to know."""
    if progress is not None:
        progress(news)
