"""How often this author errs, and how: learnt from the manuscript itself, by expectation and maximisation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from betareader.errors import ModelMissing
from betareader.findings import FAULTS
from betareader.model.ngram_reader import shares
from betareader.model.reader import STOPS, Options, Sheet

F32 = NDArray[np.float32]

SENTENCE_ENDS = [STOPS.index(stop) for stop in ".?!;"]
"""The stops that end a sentence, the semicolon among them."""
LOOSE = {STOPS.index(","): (0.06, 0.001, 0.3), STOPS.index(""): (0.002, 0.00002, 0.006)}
"""For what is written, how often a sentence ended there: in what the encoder was taught on, with the usual author, and at the most."""
PATIENCE = 1000
"""How many gaps of a usual author are added to the manuscript's own before its loose stops are counted."""
SLIPS = 0.0005
"""Slips a word with which half as many are: who misspells words ends sentences loosely, too."""

ROUNDS = 6
"""Rounds of expectation and maximisation; the rates no longer change much after them."""
PATIENT_ROUNDS = 60
"""The same for the stops, which have far to go from the usual author to one who seldom ends a sentence."""
UNLIKELY = -9.0
"""Log odds under which an option is left out of the rounds."""
SURE = 8.0
"""The n-grams are heard as if no surer than this, for or against (log odds)."""


BESIDE = 0.03
"""The share of clipped words beside a word, ten plain ones added, from which on what is said there is dialect: one in a short line."""
THROUGHOUT = 0.004
"""The same, on average in a story's speech; three in four works of fiction stay under half of it."""
THICK = 6.0
"""Taken off the log odds where a voice is dialect written as it sounds: next to nothing there is a slip, and nobody but the author knows which."""
FORMS = 3.0
"""Taken off besides for another form of a word there, or a word that nobody is known to confuse with it: dialects have words and forms of
their own."""


SPELLING, WRONG, FORM = FAULTS.index("spelling"), FAULTS.index("wrong word"), FAULTS.index("form")
KINDS = (*FAULTS, "familiar", "listed")
"""The kinds of faults that an author has more or less of: the wrong words that writers are known to take for the right ones stand apart, and
the misspellings that a list has."""


@dataclass(frozen=True)
class Prior:
    """What is believed of an author before the manuscript is read, and how the encoder's odds are brought to it.

    `taught` is how often each of `KINDS` stood in what the encoder was taught on, faults a word; `usual` the
    usual author's share of that, and `weight` how many words of a usual author are added to the manuscript's own.
    `habit` says how many faults of each kind, in proportion, are added to those found before one kind is taken to
    be this author's weakness.  `sharpness` (a factor) and `lean` (an addend) bring the odds to what was seen on
    works kept aside, in narration and in speech; `trust` is how far the rates found in the manuscript are believed (a
    factor on their logarithms), `dialect` is added in speech as far as words are clipped in it, and `by_kind` for each of `KINDS`.
    """

    taught: tuple[float, ...]
    usual: float
    weight: float
    habit: float
    sharpness: tuple[float, float]
    lean: tuple[float, float]
    counts: float = 0.0
    trust: float = 1.0
    dialect: float = 0.0
    by_kind: tuple[float, ...] = (0.0,) * len(KINDS)

    def settle(self, sheet: Sheet, asked: Options, odds: F32, counted: F32) -> F32:
        """The log odds of the options for this author; `odds` are the encoder's, `counted` the n-grams', an option a row.

        Rates are estimated over the whole manuscript, narration and speech together; short texts stay near the
        usual author.  After Saerens, Latinne and Decaestecker (2002).
        """
        voice = sheet.speech[asked.word].astype(np.int64)
        kind = kind_of(asked)
        plain = odds * np.array(self.sharpness, np.float32)[voice] + np.array(self.lean, np.float32)[voice]
        plain += self.counts * np.clip(counted, -SURE, SURE) + self.dialect * clipped(sheet)[asked.word]
        thick = sheet.dialect[asked.word]
        strays = (kind == FORM) | (kind == WRONG)
        plain -= THICK * thick + FORMS * ((thick > 0) & strays)
        plain += np.array(self.by_kind, np.float32)[kind]
        likely = plain > UNLIKELY
        word, mine, fault = asked.word[likely], plain[likely], kind[likely]
        taught = np.array(self.taught)
        words = len(sheet.at)
        rate, kinds = self.usual, np.ones(len(KINDS))
        for _ in range(ROUNDS):
            shift = np.log(rate * kinds)
            found = np.bincount(fault, shares(word, (mine + shift[fault]).astype(np.float32)), len(KINDS))
            rate = (found.sum() + self.weight * self.usual * taught.sum()) / ((words + self.weight) * taught.sum())
            expected = rate * words * taught
            share = self.habit * taught / taught.sum()
            kinds = (found + share) / (expected + share)
        return (plain + self.trust * np.log(rate * kinds)[kind]).astype(np.float32)


def kind_of(asked: Options) -> NDArray[np.int64]:
    """The place of each option's kind in `KINDS`."""
    kind = asked.fault.astype(np.int64)
    kind[(kind == WRONG) & asked.familiar] = KINDS.index("familiar")
    kind[(kind == SPELLING) & asked.listed] = KINDS.index("listed")
    return kind


def clipped(sheet: Sheet) -> F32:
    """How far the speech that each word stands in is told in clipped words (goin', 'ome), from 0 to 1; 0 in narration.

    The words beside it count, and the speech of the whole story.
    """
    if not sheet.speech.any():
        return np.zeros(len(sheet.speech), np.float32)
    beside = np.maximum(sheet.clipped_beside / BESIDE, sheet.clipped_beside[sheet.speech].mean() / THROUGHOUT)
    found: F32 = (np.minimum(beside, 1) * sheet.speech).astype(np.float32)
    return found


def settle_stops(chances: F32, written: NDArray[np.int64], slips: float = 0.0) -> F32:
    """The chances of the stops for this author, where a comma or nothing is `written`.

    How often a sentence ends there unmarked is estimated as the rates of faults are, the sooner the more `slips` a word the author
    makes otherwise; see `Prior.settle`.
    """
    patience = PATIENCE / (1 + slips / SLIPS)
    settled = chances.copy()
    ends = chances[:, SENTENCE_ENDS].sum(axis=1)
    for stop, (taught, usual, most) in LOOSE.items():
        here = np.flatnonzero(written == stop)
        if not len(here):
            continue
        odds = ends[here] / np.maximum(1 - ends[here], 1e-9) * (1 - taught) / taught
        rate = usual
        for _ in range(PATIENT_ROUNDS):
            weighed = odds * rate / (1 - rate)
            found = weighed / (1 + weighed)
            rate = min((found.sum() + patience * usual) / (len(here) + patience), most)
        factor = found / np.maximum(ends[here], 1e-9)
        settled[here] *= ((1 - found) / np.maximum(1 - ends[here], 1e-9))[:, None]
        for end in SENTENCE_ENDS:
            settled[here, end] = chances[here, end] * factor
    return settled


@cache
def load_prior() -> Prior:
    """The prior that ships."""
    try:
        told = json.loads((files("betareader.model") / "data" / "prior.json").read_text("utf-8"))
        return Prior(
            taught=tuple(told["taught"]),
            usual=told["usual"],
            weight=told["weight"],
            habit=told["habit"],
            sharpness=tuple(told["sharpness"]),
            lean=tuple(told["lean"]),
            counts=told["counts"],
            trust=told["trust"],
            dialect=told["dialect"],
            by_kind=tuple(told["by_kind"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise ModelMissing(f"The reader's prior is missing or damaged ({fault}); install betareader again.") from fault
