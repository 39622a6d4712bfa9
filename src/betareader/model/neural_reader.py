"""The neural reader: the n-grams' evidence and an encoder that reads whole sentences, judged together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from betareader.model.judge import Judge, load_judge
from betareader.model.network import Impression, Network, load_network
from betareader.model.ngram_reader import Look, NgramReader, load_ngram_reader, shares
from betareader.model.ngrams import PARAGRAPH
from betareader.model.pieces import in_pieces, load_pieces
from betareader.model.prior import LOOSE, SENTENCE_ENDS, Prior, load_prior, settle_stops
from betareader.model.questions import ask
from betareader.model.reader import FIRST_STOP, STOPS, AskedNames, Judged, Options, Sheet, Tags

F32 = NDArray[np.float32]

DOUBT = -6.0
"""Log odds, by the encoder alone, from which on everything that could have been meant at a word is weighed."""
HOPELESS = -7.0
"""Log odds, by the n-grams alone, under which the encoder is not asked about an option.

On works kept aside it thought none likely of the right ones under -5, where 3 in 100 of them were.
"""
FEW = 60
"""Strips, some 5,000 words; a manuscript no longer is read whole at any pace but the fast."""
ROUGH = 0.0005
"""Ends of sentences that nothing marks, a word, from which on a manuscript is read to the last strip."""


@dataclass(frozen=True)
class Pace:
    """How much of a manuscript the encoder reads.

    Read are the strips in which the n-grams give some option log odds over `clear`, and one strip in `probe` besides; where these
    show stops as loose as a draft's, and in a short manuscript, all of them.  With a `probe` of 0 it stays with the first.
    """

    clear: float
    probe: int


WHOLE = Pace(-3.0, 12)
"""On works kept aside, clean and spoilt, this left no fault unmended that reading everything mends."""
FAST = Pace(-2.0, 0)
"""There this read half as many clean strips and cost one fault in six hundred, and the stops of what it does not read."""
ALL = Pace(0.0, 1)


@dataclass(frozen=True)
class Weighed:
    """The options that were looked at, their log odds by n-grams and encoder together, and what the encoder saw."""

    look: Look
    odds: F32
    impression: Impression


class NeuralReader:
    """Judges options by the sentences they stand in."""

    def __init__(self, ngrams: NgramReader, judge: Judge, network: Network, prior: Prior, pace: Pace = WHOLE) -> None:
        self._ngrams, self._judge, self._network, self._prior = ngrams, judge, network, prior
        self._pace = pace

    def read(self, sheet: Sheet, options: Options, names: AskedNames | None = None) -> Judged:
        """Judge the options; see `Reader`."""
        weighed = self.weigh(sheet, options, names)
        rows = weighed.look.rows
        chances = np.zeros(len(options.word), np.float32)
        asked = options.take(rows)
        chances[rows] = shares(asked.word, self._prior.settle(sheet, asked, weighed.odds, weighed.look.odds))
        slips = float(chances.sum()) / max(1, len(sheet.at))
        return Judged(chances, tags_of(weighed.impression, sheet, slips))

    def weigh(self, sheet: Sheet, options: Options, names: AskedNames | None = None) -> Weighed:
        """The log odds of the options as the encoder was taught to give them, whoever the author is."""
        look = self._ngrams.look(sheet, options)
        look = look.take(look.odds > HOPELESS)
        impression = self._impression(sheet, options, look, names)
        doubted = impression.of_all(impression.doubt, -np.inf) > DOUBT
        also = np.where(options.reach == 0, doubted[options.word, 1], doubted[options.word, 0])
        look = self._ngrams.look_further(sheet, options, look, also)
        look = look.take(impression.read[options.word[look.rows]] & (look.odds > HOPELESS))
        questions = ask(sheet, options, look, self._judge, load_pieces())
        return Weighed(look, self._network.judge(questions, impression), impression)

    def _impression(self, sheet: Sheet, options: Options, look: Look, names: AskedNames | None) -> Impression:
        """What the encoder makes of the strips that this pace has it read; of a long manuscript those with the names first."""
        strips = in_pieces(sheet, load_pieces())
        wanted = np.zeros(len(strips.pieces), bool)
        wanted[strips.strip[options.word[look.rows[look.odds > self._pace.clear]]]] = True
        if self._pace.probe:
            wanted[:: self._pace.probe] = True
            wanted |= len(wanted) <= FEW
        first = wanted.copy()
        if names is not None and len(wanted) > FEW:
            first &= np.isin(np.arange(len(wanted)), strips.strip[names.words])
        impression = self._network.read(strips, first)
        if names is not None:
            names.hear(names_of(impression))
        rest = wanted & ~first
        if self._pace.probe and loose_ends(impression, sheet) >= ROUGH * impression.read.sum():
            rest = ~first
        return self._network.read(strips, rest, impression) if rest.any() else impression


def tell_names(sheet: Sheet, asked: NDArray[np.bool_]) -> F32:
    """The chances of `NAMED` for the words of all strips in which some word is asked about; NaN for the others."""
    strips = in_pieces(sheet, load_pieces())
    wanted = np.zeros(len(strips.pieces), bool)
    wanted[strips.strip[asked]] = True
    return names_of(load_network().read(strips, wanted))


def names_of(impression: Impression) -> F32:
    """The chances of `NAMED` for each word, NaN where one was not read."""
    odds = impression.of_all(impression.named, np.nan)
    risen = np.exp(odds - odds.max(axis=1, keepdims=True))
    chances: F32 = risen / risen.sum(axis=1, keepdims=True)
    return chances


def tags_of(impression: Impression, sheet: Sheet, slips: float) -> Tags:
    """The tags as a check may use them: chances, and the likeliest part of speech and kind of name; `slips` are the author's a word."""
    return Tags(
        impression.read,
        stops_of(impression, sheet, slips),
        (1 / (1 + np.exp(-impression.of_all(impression.start, 0)))).astype(np.float32),
        impression.of_all(impression.pos, 0).argmax(axis=1).astype(np.int8),
        impression.of_all(impression.named, 0).argmax(axis=1).astype(np.int8),
    )


def stops_of(impression: Impression, sheet: Sheet, slips: float = 0.0) -> F32:
    """The chances of the stops after each word, settled for this author; even where a word was not read."""
    stop = impression.of_all(impression.stop, 0)
    risen = np.exp(stop - stop.max(axis=1, keepdims=True))
    written = np.where(impression.read, written_stops(sheet), -1)
    return settle_stops(risen / risen.sum(axis=1, keepdims=True), written, slips)


def loose_ends(impression: Impression, sheet: Sheet) -> float:
    """How many sentences are thought to end, in what was read, where only a comma stands or nothing."""
    loose = impression.read & np.isin(written_stops(sheet), list(LOOSE), kind="table")
    return float(stops_of(impression, sheet)[loose][:, SENTENCE_ENDS].sum())


def written_stops(sheet: Sheet) -> NDArray[np.int64]:
    """For each word which of `STOPS` stands right after it, -1 where a paragraph ends."""
    after = sheet.tokens[sheet.at + 1].astype(np.int64)
    stop = np.where((after >= FIRST_STOP) & (after < FIRST_STOP + len(STOPS) - 1), after - FIRST_STOP + 1, 0)
    return np.where(after == PARAGRAPH, -1, stop)


def load_neural_reader(pace: Pace = WHOLE) -> NeuralReader:
    """The neural reader that ships."""
    return NeuralReader(load_ngram_reader(), load_judge(), load_network(), load_prior(), pace)
