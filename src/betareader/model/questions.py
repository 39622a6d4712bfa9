"""What the encoder is asked: for each option, where to look, what stands there, what is put in, what else is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from betareader.model.evidence import NAMES
from betareader.model.judge import Judge
from betareader.model.ngram_reader import Look
from betareader.model.pieces import Pieces
from betareader.model.reader import Options, Sheet

I64 = NDArray[np.int64]
F32 = NDArray[np.float32]

COUNTED = np.array(
    [name.startswith(("gain", "option in", "word in", "runs", "pair", "triple", "window")) for name in NAMES]
)
"""The columns of the evidence that come from counts of fiction."""
RATE = NAMES.index("rate")
FACTS = len(NAMES) + 2
"""Numbers that go with each question: the evidence, the n-grams' log odds, and whether there are n-grams at all."""


@dataclass(frozen=True)
class Questions:
    """A row an option: between the words `first` and `last`; `stands` and `put` are rows of pieces.

    For a `lost` word the two are the words before and after the place.
    """

    first: I64
    last: I64
    lost: NDArray[np.bool_]
    fault: I64
    stands: I64
    put: I64
    facts: F32


def ask(sheet: Sheet, options: Options, look: Look, judge: Judge, pieces: Pieces) -> Questions:
    """Put the options that were looked at (`look.rows` of `options`) to the encoder."""
    asked = options.take(look.rows)
    word, reach = asked.word, asked.reach.astype(np.int64)
    lost = reach == 0
    first = np.where(lost, np.maximum(word - 1, 0), word)
    last = np.minimum(word + np.maximum(reach, 1) - 1, len(sheet.at) - 1)
    words, spellings = sheet.words, sheet.spellings

    def standing(key: int) -> str:
        return " ".join(words[key >> 2 : (key >> 2) + (key & 3)])

    def proposed(key: int) -> str:
        return " ".join(spellings[place] for place in ((key >> 20) - 1, (key & 0xFFFFF) - 1) if place >= 0)

    facts = np.zeros((len(word), FACTS), np.float32)
    facts[:, : len(NAMES)] = np.clip((look.evidence - judge.mean) / judge.deviation, -6, 6) / 3
    facts[:, RATE] = 0
    facts[:, -2] = look.odds / 5
    facts[:, -1] = 1
    return Questions(
        first,
        last,
        lost,
        asked.fault.astype(np.int64),
        _rows(word << 2 | reach, standing, pieces),
        _rows((asked.place + 1) << 20 | (asked.place2 + 1), proposed, pieces),
        facts,
    )


def without_counts(facts: F32) -> F32:
    """The facts as they are where no fiction was counted."""
    plain = facts.copy()
    plain[:, : len(NAMES)][:, COUNTED] = 0
    plain[:, -2:] = 0
    return plain


def _rows(keys: I64, text: Callable[[int], str], pieces: Pieces) -> I64:
    """Pieces a row a key; each different key is spelt out once."""
    different, again = np.unique(keys, return_inverse=True)
    rows: I64 = pieces.rows([text(key) for key in different.tolist()])[again]
    return rows
