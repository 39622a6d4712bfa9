"""The window model: how well a word fits between the five tokens on either side of it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from betareader.errors import ModelMissing

F32 = NDArray[np.float32]

SIDE = 5
"""Tokens looked at on either side."""
_AROUND = np.concatenate([np.arange(-SIDE, 0), np.arange(1, SIDE + 1)])
_BATCH = 8192


class Windows:
    """A network of two layers over the neighbours; a higher score fits better, on no scale of its own."""

    def __init__(self, table: dict[str, NDArray[np.generic]]) -> None:
        self._words = table["words"]
        self._scale = table["words_scale"].astype(np.float32)
        self._first = table["first"].astype(np.float32).T.copy()
        self._first_bias = table["first_bias"].astype(np.float32)
        self._second = table["second"].astype(np.float32).T.copy()
        self._second_bias = table["second_bias"].astype(np.float32)
        self._answers = table["answers"]
        self._answers_scale = table["answers_scale"].astype(np.float32)
        self._usual = table["usual"].astype(np.float32)

    def ask(self, tokens: NDArray[np.int64], at: NDArray[np.int64]) -> F32:
        """What is looked for at each of the places `at` of `tokens`, which run on for five either way."""
        found = np.empty((len(at), self._second.shape[1]), np.float32)
        for start in range(0, len(at), _BATCH):
            around = tokens[at[start : start + _BATCH, None] + _AROUND]
            seen = self._words[around].astype(np.float32) * self._scale[around][:, :, None]
            hidden = np.maximum(seen.reshape(len(around), -1) @ self._first + self._first_bias, 0)
            found[start : start + _BATCH] = hidden @ self._second + self._second_bias
        return found

    def score(self, asked: F32, words: NDArray[np.int64]) -> F32:
        """How well each word answers what is looked for in its row."""
        answers = self._answers[words].astype(np.float32)
        found: F32 = np.einsum("nw,nw->n", asked, answers) * self._answers_scale[words] + self._usual[words]
        return found


@cache
def load_windows() -> Windows:
    """The window model that ships."""
    try:
        with (files("betareader.model") / "data" / "windows.npz").open("rb") as stream:
            table = np.load(stream, allow_pickle=False)
            return Windows({name: table[name] for name in table})
    except (OSError, ValueError, KeyError) as fault:
        raise ModelMissing(f"The window model is missing or damaged ({fault}); install betareader again.") from fault
