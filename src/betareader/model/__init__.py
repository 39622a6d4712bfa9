"""The readers of context, and the one that ships."""

from __future__ import annotations

from functools import cache
from typing import Literal

from betareader.model.network import can_run
from betareader.model.neural_reader import load_neural_reader
from betareader.model.ngram_reader import load_ngram_reader
from betareader.model.reader import Reader

Pace = Literal["whole", "fast", "ngrams"]
"""Read every sentence whole, or only those the n-grams doubt, or none."""


@cache
def load_reader(pace: Pace = "whole") -> Reader:
    """The reader that ships; where onnxruntime is not installed, the n-grams alone."""
    if pace == "ngrams" or not can_run():
        return load_ngram_reader()
    return load_neural_reader(fast=pace == "fast")
