"""The n-gram reader: counts of fiction for the context, a small judge for the verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from betareader.model.evidence import NAMES, weigh
from betareader.model.judge import Judge, load_judge
from betareader.model.ngrams import Ngrams, load_ngrams
from betareader.model.reader import AskedNames, Judged, Options, Sheet
from betareader.model.windows import Windows, load_windows

F32 = NDArray[np.float32]
F16 = NDArray[np.float16]

ROUNDS = 3
"""How often the words are judged, each time with what was settled before put into the context."""
SETTLED = 0.6
"""From this chance on an option is put into the context of its neighbours."""
COMMON = 3.0
"""A known word this common (zipf) is looked at only where the context speaks for an option."""
BATCH = 60_000
"""Options weighed at once, which bounds the memory."""


@dataclass(frozen=True)
class Look:
    """What the n-grams say: the `rows` of the options worth a look, the evidence for each and its log odds."""

    rows: NDArray[np.int64]
    evidence: F16
    odds: F32

    def take(self, which: NDArray[np.bool_]) -> Look:
        """Some of the options."""
        return Look(self.rows[which], self.evidence[which], self.odds[which])


class NgramReader:
    """Judges options by runs of four words; faults side by side are settled over a few rounds."""

    def __init__(self, ngrams: Ngrams, windows: Windows, judge: Judge) -> None:
        self._ngrams, self._windows, self._judge = ngrams, windows, judge

    def read(self, sheet: Sheet, options: Options, names: AskedNames | None = None) -> Judged:
        """Judge the options; see `Reader`."""
        if names is not None:
            names.hear(None)
        looked = self.look(sheet, options)
        meant = np.zeros(len(options.word), np.float32)
        meant[looked.rows] = shares(options.word[looked.rows], looked.odds)
        return Judged(meant)

    def look(self, sheet: Sheet, options: Options, also: NDArray[np.bool_] | None = None) -> Look:
        """Weigh the options worth a look, over a few rounds, and those marked in `also`."""
        worth = worth_a_look(sheet, options, self._ngrams)
        rows = np.flatnonzero(worth if also is None else worth | also)
        asked = options.take(rows)
        rate = slip_rate(sheet, options)
        tokens = sheet.tokens.astype(np.int64)
        odds = np.zeros(len(rows), np.float32)
        evidence = np.zeros((len(rows), len(NAMES)), np.float16)
        again = np.arange(len(rows))
        for _ in range(ROUNDS):
            evidence[again], odds[again] = self._weigh(tokens, sheet, asked.take(again), rate)
            chances = shares(asked.word, odds)
            settled = settle(sheet, asked, chances)
            changed = np.flatnonzero(settled != tokens)
            if not len(changed):
                break
            tokens = settled
            again = near(sheet.at[asked.word], changed)
        return Look(rows, evidence, odds)

    def look_further(self, sheet: Sheet, options: Options, looked: Look, also: NDArray[np.bool_]) -> Look:
        """What was `looked` at, and the options marked in `also`, all those at a word or none, weighed where all else is settled."""
        rows = np.flatnonzero(also)
        before = options.take(looked.rows)
        tokens = settle(sheet, before, shares(before.word, looked.odds))
        evidence, odds = self._weigh(tokens, sheet, options.take(rows), slip_rate(sheet, options))
        stay = ~also[looked.rows]
        every = np.concatenate([looked.rows[stay], rows])
        order = np.argsort(every)
        return Look(
            every[order],
            np.concatenate([looked.evidence[stay], evidence])[order],
            np.concatenate([looked.odds[stay], odds])[order],
        )

    def _weigh(self, tokens: NDArray[np.int64], sheet: Sheet, asked: Options, rate: float) -> tuple[F16, F32]:
        """The evidence for each option and its log odds, among `tokens`."""
        evidence = np.zeros((len(asked.word), len(NAMES)), np.float16)
        odds = np.zeros(len(asked.word), np.float32)
        for start in range(0, len(odds), BATCH):
            some = slice(start, start + BATCH)
            part = asked.take(np.arange(len(odds))[some])
            found = weigh(tokens, sheet, part, rate, self._ngrams, self._windows)
            evidence[some] = found
            odds[some] = self._judge.weigh(found)
        return evidence, odds


def worth_a_look(sheet: Sheet, options: Options, ngrams: Ngrams) -> NDArray[np.bool_]:
    """The options worth weighing: for a common word, only those of which some neighbour has been seen beside them.

    A lost word is worth it where it has been seen between its neighbours.
    """
    common = sheet.known & (sheet.zipf >= COMMON)
    doubtful = common[options.word] & (options.reach == 1)
    rows = np.flatnonzero(doubtful)
    start = sheet.at[options.word[rows]]
    tokens = sheet.tokens
    first = options.first[rows]
    second = np.where(options.second[rows] >= 0, options.second[rows], first)
    left = ngrams.pair(tokens[start - 1], first)
    right = ngrams.pair(second, tokens[start + 1])
    wider = ngrams.triple(tokens[start - 2], tokens[start - 1], first) & left
    wider |= right & ngrams.triple(second, tokens[start + 1], tokens[start + 2])
    wider |= left & right
    keep = np.ones(len(options.word), bool)
    keep[rows] = wider
    lost = np.flatnonzero(options.reach == 0)
    start = sheet.at[options.word[lost]]
    keep[lost] = ngrams.triple(tokens[start - 1], options.first[lost], tokens[start])
    return keep


def slip_rate(sheet: Sheet, options: Options) -> float:
    """log10 of how often this author slips: words in no lexicon that a slip would explain, a prior of 1 in 1,000 words added."""
    strange = ~sheet.known & ~sheet.own & ~sheet.capital & (sheet.letters > 2)
    explained = np.zeros(len(sheet.known), bool)
    explained[options.word[(options.cost < 2.5) & (options.zipf > 3.5)]] = True
    return float(np.log10((1 + (strange & explained).sum()) / (1000 + len(sheet.known))))


def shares(word: NDArray[np.int64], odds: F32) -> F32:
    """The chance of each option: those at one word, and the word as it stands, share it all."""
    if not len(word):
        return odds
    first = np.flatnonzero(np.concatenate([[True], word[1:] != word[:-1]]))
    sizes = np.diff(np.append(first, len(word)))
    top = np.maximum(np.maximum.reduceat(odds, first), 0)
    high = np.repeat(top, sizes)
    risen = np.exp(odds - high)
    total = np.add.reduceat(risen, first) + np.exp(-top)
    found: F32 = (risen / np.repeat(total, sizes)).astype(np.float32)
    return found


def settle(sheet: Sheet, options: Options, chances: F32) -> NDArray[np.int64]:
    """The tokens with every option put in that is likely enough and is one word for one word."""
    tokens = sheet.tokens.astype(np.int64)
    sure = np.flatnonzero((chances >= SETTLED) & (options.reach == 1) & (options.second < 0) & (options.first >= 0))
    tokens[sheet.at[options.word[sure]]] = options.first[sure]
    return tokens


def near(places: NDArray[np.int64], changed: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which of `places` have a change within three tokens."""
    after = np.searchsorted(changed, places - 4)
    return np.flatnonzero((after < len(changed)) & (changed[np.minimum(after, len(changed) - 1)] <= places + 4))


def load_ngram_reader() -> NgramReader:
    """The n-gram reader that ships."""
    return NgramReader(load_ngrams(), load_windows(), load_judge())
