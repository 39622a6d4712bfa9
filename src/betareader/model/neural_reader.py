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
from betareader.model.prior import Prior, load_prior, settle_stops
from betareader.model.questions import ask
from betareader.model.reader import FIRST_STOP, STOPS, Judged, Options, Sheet, Tags

F32 = NDArray[np.float32]

DOUBT = -6.0
"""Log odds, by the encoder alone, from which on everything that could have been meant at a word is weighed."""
HOPELESS = -7.0
"""Log odds, by the n-grams alone, under which the encoder is not asked about an option.

On works kept aside it thought none likely of the right ones under -5, where 3 in 100 of them were.
"""
CLEAR = -5.0
"""Log odds, by the n-grams alone, under which the fast path takes a word as it stands."""


@dataclass(frozen=True)
class Weighed:
    """The options that were looked at, their log odds by n-grams and encoder together, and what the encoder saw."""

    look: Look
    odds: F32
    impression: Impression


class NeuralReader:
    """Judges options by the sentences they stand in; with `fast`, only where the n-grams have a doubt."""

    def __init__(
        self, ngrams: NgramReader, judge: Judge, network: Network, prior: Prior, *, fast: bool = False
    ) -> None:
        self._ngrams, self._judge, self._network, self._prior = ngrams, judge, network, prior
        self._fast = fast

    def read(self, sheet: Sheet, options: Options) -> Judged:
        """Judge the options; see `Reader`."""
        weighed = self.weigh(sheet, options)
        rows = weighed.look.rows
        chances = np.zeros(len(options.word), np.float32)
        asked = options.take(rows)
        chances[rows] = shares(asked.word, self._prior.settle(sheet, asked, weighed.odds))
        return Judged(chances, tags_of(weighed.impression, written_stops(sheet)))

    def weigh(self, sheet: Sheet, options: Options) -> Weighed:
        """The log odds of the options as the encoder was taught to give them, whoever the author is."""
        strips = in_pieces(sheet, load_pieces())
        wanted = np.ones(len(strips.pieces), bool)
        if self._fast:
            look = self._ngrams.look(sheet, options)
            wanted[:] = False
            wanted[strips.strip[options.word[look.rows[look.odds > CLEAR]]]] = True
            impression = self._network.read(strips, wanted)
        else:
            impression = self._network.read(strips, wanted)
            doubted = impression.doubt > DOUBT
            also = np.where(options.reach == 0, doubted[options.word, 1], doubted[options.word, 0])
            look = self._ngrams.look(sheet, options, also)
        asked = np.flatnonzero(impression.read[options.word[look.rows]] & (look.odds > HOPELESS))
        look = Look(look.rows[asked], look.evidence[asked], look.odds[asked])
        questions = ask(sheet, options, look, self._judge, load_pieces())
        return Weighed(look, self._network.judge(questions, impression), impression)


def tags_of(impression: Impression, written: NDArray[np.int64]) -> Tags:
    """The tags as a check may use them: chances, and the likeliest part of speech and kind of name."""
    risen = np.exp(impression.stop - impression.stop.max(axis=1, keepdims=True))
    return Tags(
        impression.read,
        settle_stops(risen / risen.sum(axis=1, keepdims=True), np.where(impression.read, written, -1)),
        (1 / (1 + np.exp(-impression.start))).astype(np.float32),
        impression.pos.argmax(axis=1).astype(np.int8),
        impression.named.argmax(axis=1).astype(np.int8),
    )


def written_stops(sheet: Sheet) -> NDArray[np.int64]:
    """For each word which of `STOPS` stands right after it, -1 where a paragraph ends."""
    after = sheet.tokens[sheet.at + 1].astype(np.int64)
    stop = np.where((after >= FIRST_STOP) & (after < FIRST_STOP + len(STOPS) - 1), after - FIRST_STOP + 1, 0)
    return np.where(after == PARAGRAPH, -1, stop)


def load_neural_reader(*, fast: bool = False) -> NeuralReader:
    """The neural reader that ships."""
    return NeuralReader(load_ngram_reader(), load_judge(), load_network(), load_prior(), fast=fast)
