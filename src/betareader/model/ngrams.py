"""The n-gram model: how likely a word is after the three before it."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from betareader.errors import ModelMissing
from betareader.model.tables import BACKOFF_STEP, PROBABILITY_STEP, WORD_STEP, fingerprints, mixed, slots

U64 = NDArray[np.uint64]
F32 = NDArray[np.float32]

ORDER = 4
CLASSES = ("<s>", "<unk>", "<name>", "<name's>", "<num>")
"""The first places: a paragraph's end, and the classes of words the model does not tell apart."""
PARAGRAPH, UNKNOWN, NAME, NAMES, NUMBER = range(len(CLASSES))
_MASKS = {length: np.uint64((1 << 16 * length) - 1) for length in (2, 3)}
_LOGP = (np.arange(64) * -PROBABILITY_STEP).astype(np.float32)
_WEIGHT = (np.arange(256) * -BACKOFF_STEP).astype(np.float32)


class _Table:
    """The n-grams of one length, read by three probes; mapped, not loaded."""

    def __init__(self, values: NDArray[np.uint16], weights: NDArray[np.uint8] | None, seed: int) -> None:
        # A plain view of the mapped file: the class of mapped arrays is slow to index.
        self.values = values.view(np.ndarray)
        self.weights = None if weights is None else weights.view(np.ndarray)
        self.seed = seed
        self.size = len(values) // 3

    def find(self, keys: U64, weights: bool) -> tuple[NDArray[np.bool_], F32, F32 | None]:
        """For each key: whether it is there, its log10 probability, its back-off weight where asked."""
        mix = mixed(keys, self.seed)
        first, second, third = slots(mix, self.size)
        value = self.values[first] ^ self.values[second] ^ self.values[third]
        there = value >> np.uint16(6) == fingerprints(mix)
        found = _LOGP[value & np.uint16(63)]
        if not weights or self.weights is None:
            return there, found, None
        level = self.weights[first] ^ self.weights[second] ^ self.weights[third]
        return there, found, np.where(there, _WEIGHT[level], np.float32(0))


class Ngrams:
    """Answers for runs of four places in the lexicon, many at once."""

    def __init__(self, words: NDArray[np.uint8], tables: dict[int, _Table]) -> None:
        self._words = (words[0] * -WORD_STEP).astype(np.float32)
        self._word_weights = _WEIGHT[words[1]]
        self._tables = tables

    def score(self, runs: NDArray[np.integer]) -> tuple[F32, NDArray[np.int8]]:
        """For each row of four places: log10 P(last | the three before), and the length of the run that was known.

        The length is 4 where the whole run stands in the model, 1 where only the word itself does.
        """
        run = runs.astype(np.uint64)
        key2 = run[:, 2] << np.uint64(16) | run[:, 3]
        key3 = run[:, 1] << np.uint64(32) | key2
        key4 = run[:, 0] << np.uint64(48) | key3
        there2, logp2, _ = self._tables[2].find(key2, False)
        there3, logp3, _ = self._tables[3].find(key3, False)
        there4, logp4, _ = self._tables[4].find(key4, False)
        _, _, weight2 = self._tables[2].find(key3 >> np.uint64(16), True)
        context3, _, weight3 = self._tables[3].find(key4 >> np.uint64(16), True)
        assert weight2 is not None and weight3 is not None
        there3 &= there2
        there4 &= there3 & context3
        last, before = runs[:, 3], runs[:, 2]
        score = np.where(there2, logp2, self._words[last] + self._word_weights[before])
        score = np.where(there3, logp3, score + weight2)
        score = np.where(there4, logp4, score + weight3)
        return score, (1 + there2 + there3 + there4).astype(np.int8)

    def word(self, places: NDArray[np.integer]) -> F32:
        """The log10 probability of single words."""
        found: F32 = self._words[places]
        return found

    def pair(self, first: NDArray[np.integer], second: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Whether the two words are known to stand side by side."""
        return self._tables[2].find(first.astype(np.uint64) << np.uint64(16) | second.astype(np.uint64), False)[0]

    def triple(
        self, first: NDArray[np.integer], second: NDArray[np.integer], third: NDArray[np.integer]
    ) -> NDArray[np.bool_]:
        """Whether the three words are known to stand side by side."""
        low = second.astype(np.uint64) << np.uint64(16) | third.astype(np.uint64)
        there, _, _ = self._tables[3].find(first.astype(np.uint64) << np.uint64(32) | low, False)
        return there & self._tables[2].find(low, False)[0]


@cache
def load_ngrams(folder: Path | None = None) -> Ngrams:
    """The tables of a folder, those that ship if none is named, mapped into memory."""
    try:
        with as_file(folder or files("betareader.model") / "data") as path:
            seeds = json.loads((path / "ngrams.json").read_text("utf-8"))["seeds"]
            tables = {
                length: _Table(
                    np.load(path / f"ngrams{length}.npy", mmap_mode="r", allow_pickle=False),
                    np.load(path / f"backoff{length}.npy", mmap_mode="r", allow_pickle=False)
                    if length < ORDER
                    else None,
                    seeds[str(length)],
                )
                for length in range(2, ORDER + 1)
            }
            return Ngrams(np.load(path / "words.npy", allow_pickle=False), tables)
    except (OSError, ValueError, KeyError) as fault:
        raise ModelMissing(f"The n-gram tables are missing or damaged ({fault}); install betareader again.") from fault
