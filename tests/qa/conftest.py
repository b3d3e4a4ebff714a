"""The article's assistant, and what its index is read with."""

from __future__ import annotations

import pytest

from corpus import Tokenizer
from index import bundled_index, open_index
from index.e5 import checked_weights
from index.packed import Packed
from qa import Assistant
from qa.texts import Texts


@pytest.fixture(scope="session")
def article() -> Assistant:
    """The assistant for the article that ships with the package."""
    return Assistant.open()


@pytest.fixture(scope="session")
def texts() -> Texts:
    """The article's index, as the steps of an answer see it."""
    return Texts(open_index(bundled_index()))


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return Tokenizer()


@pytest.fixture(scope="session")
def packed() -> Packed:
    """The package's weights: what the reader's layers began from."""
    return Packed(checked_weights())
