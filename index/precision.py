"""Which precision this processor multiplies fastest in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


def half_precision_pays() -> bool:
    """Whether the processor has tiles (AMX) for bfloat16; on others float32 is faster.

    AVX-512's own instructions for it are not enough. On two cores of a Xeon that has these and no
    tiles, reading 16 stretches of 96 tokens took 0.35 s in float32 and 0.56 s in bfloat16, medians
    of twelve by turns; with tiles, 2.4 times as long in float32 (``tests.benchmarks.reader_cost``).
    """
    import torch  # noqa: PLC0415  (takes a second; imported by whoever gets here)

    abilities = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    return bool(abilities.get("amx_bf16"))


@contextmanager
def half_precision_where_it_pays() -> Iterator[None]:
    """Compute matrix products in bfloat16 where that is faster.

    Vectors of the encoder move by less than 1e-4 in cosine.
    """
    import torch  # noqa: PLC0415

    with torch.autocast("cpu", torch.bfloat16, enabled=half_precision_pays()):
        yield
