"""The readers of context, and the one that ships."""

from __future__ import annotations

from functools import cache

from betareader.model.ngram_reader import load_ngram_reader
from betareader.model.reader import Reader


@cache
def load_reader() -> Reader:
    """The reader that ships."""
    return load_ngram_reader()
