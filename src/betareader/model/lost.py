"""Where a small word may have been lost: two words never seen side by side that some small word would join."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from betareader.model.ngrams import Ngrams
from betareader.model.reader import Sheet

SMALL = (
    "the", "a", "an", "to", "of", "in", "is", "was", "at", "for", "with", "be", "it", "why", "not", "on", "from", "were",
    "if", "been", "into", "are", "had", "have", "that", "he", "she", "i", "you", "they", "by", "as", "and", "out", "up", "what",
)  # fmt: skip
"""The words that get lost and that nobody misses at a first reading."""


def find_lost(
    sheet: Sheet, spaced: NDArray[np.bool_], small: NDArray[np.int64], ngrams: Ngrams
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The words before which one of `small` (tokens) may have been lost, and which.

    `spaced` says that only a space follows a word.
    """
    after = np.flatnonzero(np.append(False, spaced[:-1])) if len(spaced) else np.zeros(0, np.int64)
    start = sheet.at[after]
    tokens = sheet.tokens
    apart = ~ngrams.triple(tokens[start - 2], tokens[start - 1], tokens[start])
    apart &= ~ngrams.triple(tokens[start - 1], tokens[start], tokens[start + 1])
    after, start = after[apart], start[apart]
    word = np.repeat(after, len(small))
    put = np.tile(small, len(after))
    place = np.repeat(start, len(small))
    fits = ngrams.pair(tokens[place - 1], put) & ngrams.pair(put, tokens[place])
    word, put, place = word[fits], put[fits], place[fits]
    fits = ngrams.triple(tokens[place - 2], tokens[place - 1], put) | ngrams.triple(
        put, tokens[place], tokens[place + 1]
    )
    return word[fits], put[fits]
