"""The readers of context that are measured: those that ship, and the neural one with a part taken away."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

import betareader.reading
from betareader.meaning import Layout, lay_out
from betareader.model import Care, load_reader
from betareader.model.judge import load_judge
from betareader.model.network import Impression, Network, can_run, load_network
from betareader.model.neural_reader import NeuralReader, Pace, Weighed
from betareader.model.ngram_reader import load_ngram_reader
from betareader.model.pieces import Strips, in_pieces, load_pieces
from betareader.model.prior import Prior, load_prior
from betareader.model.questions import Questions, without_counts
from betareader.model.reader import AskedNames, Judged, Options, Reader, Sheet

NO_NEURAL_READER = "The neural reader cannot run here: onnxruntime is not installed, or the weights are not there."


def require_neural() -> None:
    """Leave with one sentence where the neural reader cannot run."""
    if not can_run():
        raise SystemExit(NO_NEURAL_READER)


def chosen_reader(care: Care) -> Reader:
    """The reader asked for; where it cannot run, the n-grams alone, and that is said."""
    if care != "ngrams" and not can_run():
        print(f"{NO_NEURAL_READER} What follows was measured with the n-grams alone.", file=sys.stderr)
        print(f"{NO_NEURAL_READER} The n-grams read alone.")
    return load_reader(care)


class Everything:
    """A reader that holds every option for certain, to see what could have been meant at all."""

    def read(self, sheet: Sheet, options: Options, names: AskedNames | None = None) -> Judged:
        """A chance of 1 for each option."""
        if names is not None:
            names.hear(None)
        return Judged(np.ones(len(options.word), np.float32))


class Uncounted(Network):
    """The network, told nothing of what was counted in fiction."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def read(self, strips: Strips, wanted: NDArray[np.bool_], before: Impression | None = None) -> Impression:
        """Read the `wanted` strips."""
        return self._network.read(strips, wanted, before)

    def judge(self, questions: Questions, impression: Impression) -> NDArray[np.float32]:
        """The log odds of each option, by the sentence alone."""
        plain = replace(questions, facts=without_counts(questions.facts))
        return self._network.judge(plain, impression)


def uncalibrated(prior: Prior) -> Prior:
    """The odds as the encoder gives them, every author taken for the usual one."""
    firm = 1e15
    return replace(prior, sharpness=(1.0, 1.0), lean=(0.0, 0.0), counts=0.0, trust=1.0, weight=firm, habit=firm)


def neural(*, counts: bool = True, calibrated: bool = True) -> NeuralReader:
    """The neural reader, with or without what was counted in fiction, calibrated or not.

    Without counts the n-grams still say which options are worth a look, but have no part in the verdict, and the encoder's odds
    are taken as they are.
    """
    network = load_network() if counts else Uncounted(load_network())
    prior = load_prior() if calibrated else uncalibrated(load_prior())
    if not counts:
        prior = replace(prior, sharpness=(1.0, 1.0), lean=(0.0, 0.0), counts=0.0)
    return NeuralReader(load_ngram_reader(), load_judge(), network, prior)


@contextmanager
def no_names() -> Iterator[None]:
    """As long as this lasts no word is the story's own to the reader, names included."""

    def lay_out_without(page: Any, speech: Any, own: frozenset[str], lexicon: Any) -> Layout:
        return lay_out(page, speech, frozenset(), lexicon)

    with patch.object(betareader.reading, "lay_out", lay_out_without):
        yield


class Watched(NeuralReader):
    """The neural reader, counting what it looks at: words, words read in their sentences, words asked about, strips."""

    def __init__(self, pace: Pace) -> None:
        super().__init__(load_ngram_reader(), load_judge(), load_network(), load_prior(), pace)
        self.start_again()

    def start_again(self) -> None:
        """Count from nothing."""
        self.words = self.words_read = self.words_asked = self.strips = self.strips_read = 0

    def weigh(self, sheet: Sheet, options: Options, names: AskedNames | None = None) -> Weighed:
        """The log odds, as they are."""
        weighed = super().weigh(sheet, options, names)
        read = weighed.impression.read
        strips = in_pieces(sheet, load_pieces())
        self.words += len(read)
        self.words_read += int(read.sum())
        self.words_asked += len(np.unique(options.word[weighed.look.rows]))
        self.strips += len(np.unique(strips.strip))
        self.strips_read += len(np.unique(strips.strip[read]))
        return weighed
