"""``python -m index.ship``: make the article's shipped index anew, in ``index/shipped/``."""

from __future__ import annotations

import shutil
import sys

from corpus.articles import jd_finance
from index.build import build
from index.bundled import SHIPPED


def main() -> None:
    """Build it, and say how large it is."""
    shutil.rmtree(SHIPPED, ignore_errors=True)
    report = build(jd_finance(), SHIPPED)
    (SHIPPED / "LOCK").unlink()
    size = sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file())
    sys.stdout.write(f"{report.passages} passages, {size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
