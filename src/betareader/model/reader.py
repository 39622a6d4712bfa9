"""What a reader of context is asked and what it answers; plain values, so that nobody can tell readers apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from betareader.findings import Fault

STOPS = ("", ",", ".", "?", "!", ";", ":", "—", "…")
"""The stops that may belong after a word; the reader's numbers are places in this tuple."""
QUESTION = STOPS.index("?")


FIRST_STOP = 5
"""The token of the first of the stops, the comma; the rest follow in their order."""
POS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip
"""Parts of speech, as Universal Dependencies name them."""
NAMED = ("", "person", "place")
"""What a name may be the name of."""


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
    words that are in no lexicon, and of those that have lost letters on purpose (goin', 'ome).  `dialect` says how far, from 0 to 1, the voice is dialect
    written as it sounds.  `words` are the words
    in lower case with straight apostrophes; `spellings` are the words that options name by their places.
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
    dialect: NDArray[np.float32]
    words: Sequence[str]
    spellings: Sequence[str]


@dataclass(frozen=True)
class Options:
    """What could have been meant, a row an option, in the order of the words: put the tokens in place of `reach` words.

    `first` and `second` are tokens, -1 for none, and `place` and `place2` the same words' places in the sheet's
    `spellings`; a lost word has a `reach` of 0.  `zipf`, `fiction` and `times`
    are as in the sheet, for the rarer of the two; `cost` is -log10 of the likelihood of the slip; `fault` a place in
    `FAULTS`; `familiar` says that writers are known to take the one for the other.
    """

    word: NDArray[np.int64]
    reach: NDArray[np.int8]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    place: NDArray[np.int64]
    place2: NDArray[np.int64]
    zipf: NDArray[np.float32]
    fiction: NDArray[np.float32]
    times: NDArray[np.int64]
    cost: NDArray[np.float32]
    sound: NDArray[np.bool_]
    listed: NDArray[np.bool_]
    fault: NDArray[np.int8]
    familiar: NDArray[np.bool_]

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> Options:
        """Some of the rows."""
        return Options(**{name: getattr(self, name)[rows] for name in Options.__dataclass_fields__})


@dataclass(frozen=True)
class Tags:
    """What a reader of whole sentences tells of each word, a row a word.

    `read` says which words it looked at.  `stop` holds the chance of each of `STOPS` after the word, `start` that a
    sentence or a speech starts with it; `pos` is a place in `POS` and `named` one in `NAMED`.
    """

    read: NDArray[np.bool_]
    stop: NDArray[np.float32]
    start: NDArray[np.float32]
    pos: NDArray[np.int8]
    named: NDArray[np.int8]


@dataclass(frozen=True)
class Judged:
    """A reader's answer: the chance of each option, and the tags of the words where it knows of such things.

    The chances of the options at one word sum to at most 1, the rest being that it stands as it is.
    """

    chances: NDArray[np.float32]
    tags: Tags | None = None


@dataclass(frozen=True)
class AskedNames:
    """The words of which it is to be told whether they are names, and who is to hear it.

    `hear` takes the chances of `NAMED` for each word, a row a word, NaN where one was not read; None from a reader that knows no names.
    """

    words: NDArray[np.bool_]
    hear: Callable[[NDArray[np.float32] | None], None]


class Reader(Protocol):
    """Reads a manuscript once and judges every option in its context."""

    def read(self, sheet: Sheet, options: Options, names: AskedNames | None = None) -> Judged:
        """Judge the options; who asks for `names` is told of them long before."""
        ...
