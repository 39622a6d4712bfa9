"""What a reader of context is asked and what it answers; plain values, so that nobody can tell readers apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from betareader.findings import Fault


@dataclass(frozen=True, slots=True)
class Meaning:
    """Something that could have been meant: `text` in place of the stretch from `start` to `end`.

    The stretch is in code points of the manuscript's text; it is the word itself but for a split
    (more than one word) or a lost word (empty, before the word).  `probability` is calibrated, from 0 to 1.
    """

    start: int
    end: int
    text: str
    probability: float
    fault: Fault


@dataclass(frozen=True)
class Sheet:
    """A manuscript as a reader sees it: columns with a row a word, but for `tokens`.

    `tokens` are words and stops as places the model tells apart, paragraph marks before and after, enough for every window;
    `at` is where each word stands among them.  `zipf` and `fiction` say how common the word is today and in
    fiction (log10 per 1e9 words), `times` how often it stands in this manuscript, `type` numbers the different words of it.
    `odd_beside` and `clipped_beside` tell how the paragraph is written in the same voice: the share of its other
    words that are in no lexicon, and of those that have lost letters on purpose (goin', 'ome).
    """

    tokens: NDArray[np.uint16]
    at: NDArray[np.int64]
    known: NDArray[np.bool_]
    own: NDArray[np.bool_]
    speech: NDArray[np.bool_]
    capital: NDArray[np.bool_]
    opens: NDArray[np.bool_]
    zipf: NDArray[np.float32]
    fiction: NDArray[np.float32]
    times: NDArray[np.int64]
    type: NDArray[np.int64]
    letters: NDArray[np.int64]
    odd_beside: NDArray[np.float32]
    clipped_beside: NDArray[np.float32]


@dataclass(frozen=True)
class Options:
    """What could have been meant, a row an option, in the order of the words: put the tokens in place of `reach` words.

    `first` and `second` are tokens, -1 for none; a lost word has a `reach` of 0.  `zipf`, `fiction` and `times`
    are as in the sheet, for the rarer of the two; `cost` is -log10 of the likelihood of the slip; `fault` a place in
    `FAULTS`.
    """

    word: NDArray[np.int64]
    reach: NDArray[np.int8]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    zipf: NDArray[np.float32]
    fiction: NDArray[np.float32]
    times: NDArray[np.int64]
    cost: NDArray[np.float32]
    sound: NDArray[np.bool_]
    listed: NDArray[np.bool_]
    fault: NDArray[np.int8]

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> Options:
        """Some of the rows."""
        return Options(**{name: getattr(self, name)[rows] for name in Options.__dataclass_fields__})


class Reader(Protocol):
    """Reads a manuscript once and judges every option in its context."""

    def read(self, sheet: Sheet, options: Options) -> NDArray[np.float32]:
        """The chance of each option; those at one word sum to at most 1, the rest being that it stands as it is."""
        ...
