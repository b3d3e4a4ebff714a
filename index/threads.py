"""How worker threads wait for each other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def threads_that_sleep() -> Iterator[None]:
    """Load a library that computes in OpenMP threads so that they sleep while they wait.

    By default GNU OpenMP's threads spin at every barrier, in the hope that the last one is about
    to arrive. With the cores busy elsewhere it is not: on two cores shared with another busy
    program one question took 1.65 s instead of 0.02 s, and passages went four times slower.
    OpenMP reads its settings when its library is loaded, and each package brings its own, so the
    variable is there for the duration of an import and no longer. A setting of the user's counts.
    """
    if "OMP_WAIT_POLICY" in os.environ:
        yield
        return
    os.environ["OMP_WAIT_POLICY"] = "passive"
    try:
        yield
    finally:
        os.environ.pop("OMP_WAIT_POLICY", None)
