"""What it costs to write one word for another, letter by letter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from betareader.errors import ModelMissing

ALPHABET = "abcdefghijklmnopqrstuvwxyz'"
LONGEST = 20
"""Words are compared over so many letters; what follows is left out."""

_SIGNS = {letter: number for number, letter in enumerate(ALPHABET, 1)}
_CHANGED, _PUT_IN, _LOST, _SWAPPED = range(4)


_TABLE = np.full(256, 27, np.uint8)
for _letter, _number in _SIGNS.items():
    _TABLE[ord(_letter)] = _number


def signs(word: str) -> list[int]:
    """The letters as numbers from 1; anything that is no letter from a to z counts as an apostrophe."""
    return [_SIGNS.get(letter, 27) for letter in word]


def sheet(words: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Words as rows of numbered letters, zero-filled, and their lengths."""
    letters = np.frombuffer("".join(words).encode("latin-1", "replace"), np.uint8)
    whole = np.fromiter(map(len, words), np.int64, len(words))
    lengths = np.minimum(whole, LONGEST)
    starts = np.cumsum(whole) - whole
    across = np.arange(LONGEST)
    inside = across < lengths[:, None]
    rows = np.zeros((len(words), LONGEST), np.uint8)
    rows[inside] = _TABLE[letters[(starts[:, None] + across)[inside]]]
    return rows, lengths


@cache
def letter_costs() -> NDArray[np.float32]:
    """-log10 of each slip: changed [meant, written], put in [before, written], lost [before, meant], swapped [first, second]."""
    try:
        with (files("betareader.language") / "data" / "letters.npy").open("rb") as stream:
            costs: NDArray[np.float32] = np.load(stream, allow_pickle=False)
            return costs
    except (OSError, ValueError) as fault:
        raise ModelMissing(f"The table of slips is missing or damaged ({fault}); install betareader again.") from fault


def distances(
    written: NDArray[np.uint8],
    written_lengths: NDArray[np.int64],
    meant: NDArray[np.uint8],
    meant_lengths: NDArray[np.int64],
) -> NDArray[np.float32]:
    """The cheapest way from each word meant to the word written beside it, as -log10 of its likelihood.

    Damerau's distance with learnt weights, worked out for all the pairs side by side.
    """
    costs = letter_costs()
    wide, high = int(meant_lengths.max(initial=0)), int(written_lengths.max(initial=0))
    wanted, letters = meant.T[:wide], written.T
    before = np.concatenate([np.zeros((1, len(written)), np.uint8), wanted])
    far = np.float32(99)
    lost = costs[_LOST][before[:-1], wanted]
    row = np.concatenate([np.zeros((1, len(written)), np.float32), np.cumsum(lost, axis=0)])
    rows = [row, row]
    found = row[meant_lengths, np.arange(len(written))]
    for i in range(1, high + 1):
        sign = letters[i - 1]
        row = rows[-1] + costs[_PUT_IN][before, sign]
        changed = np.where(wanted == sign, np.float32(0), costs[_CHANGED][wanted, sign])
        np.minimum(row[1:], rows[-1][:-1] + changed, out=row[1:])
        if i > 1:
            first, second = wanted[:-1], wanted[1:]
            swap = (second == letters[i - 2]) & (first == sign)
            price = np.where(swap, costs[_SWAPPED][first, second], far)
            np.minimum(row[2:], rows[-2][:-2] + price, out=row[2:])
        for j in range(1, wide + 1):
            np.minimum(row[j], row[j - 1] + lost[j - 1], out=row[j])
        rows = [rows[-1], row]
        ends = np.flatnonzero(written_lengths == i)
        found[ends] = row[meant_lengths[ends], ends]
    return found
