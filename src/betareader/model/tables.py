"""The n-gram tables: how their keys are hashed and their values read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]

WORD_STEP = 0.05
"""Steps of the stored log10 probabilities of single words."""
PROBABILITY_STEP = 0.1
"""Steps of the stored log10 probabilities; 64 of them, so nothing is rarer than 10^-6.3."""
LEVELS = 64
BACKOFF_STEP = 0.02
"""Steps of the stored log10 back-off weights."""
_FOLD = np.uint64(0x9E3779B97F4A7C15)
_LOW = np.uint64(0xFFFFFFFF)


def mixed(keys: U64, seed: int) -> U64:
    """Each key scattered over 64 bits (the finalizer of splitmix64); the lowest ten are its fingerprint."""
    mix = keys + np.uint64((seed * 2 + 1) * int(_FOLD) % 2**64)
    mix = (mix ^ mix >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    mix = (mix ^ mix >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return mix ^ mix >> np.uint64(31)


def slots(mix: U64, size: int) -> list[NDArray[np.int64]]:
    """The three slots of each scattered key, one in each third of a table of three times `size`."""
    thirds = (mix & _LOW, mix >> np.uint64(32), mix * _FOLD >> np.uint64(32))
    return [
        ((part * np.uint64(size) >> np.uint64(32)) + np.uint64(size * place)).astype(np.int64)
        for place, part in enumerate(thirds)
    ]


def fingerprints(mix: U64) -> NDArray[np.uint16]:
    """Ten bits that tell a stored key from most that are not."""
    return (mix & np.uint64(0x3FF)).astype(np.uint16)
