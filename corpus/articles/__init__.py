"""The article that Chuchu answers about when no index is named."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from corpus.document import Document
from corpus.load import read_bytes


@cache
def jd_finance() -> Document:
    """京东金融生态圈业务模式构建与优化, a saved web page, as it is."""
    data = files(__name__).joinpath("jd_finance.txt").read_bytes()
    return read_bytes(data, source="jd_finance.txt", suffix=".txt")
