"""The readers of context, and the one that ships."""

from __future__ import annotations

from functools import cache
from typing import Literal

from betareader.model.network import can_run
from betareader.model.neural_reader import ALL, FAST, WHOLE, load_neural_reader
from betareader.model.ngram_reader import load_ngram_reader
from betareader.model.reader import Reader

Care = Literal["all", "whole", "fast", "ngrams"]
"""Have the encoder read everything, or all of a raw draft and where there is doubt in a clean one, or only where there is doubt, or nothing."""


@cache
def load_reader(care: Care = "whole") -> Reader:
    """The reader that ships; where onnxruntime is not installed, the n-grams alone."""
    if care == "ngrams" or not can_run():
        return load_ngram_reader()
    return load_neural_reader({"all": ALL, "whole": WHOLE, "fast": FAST}[care])
