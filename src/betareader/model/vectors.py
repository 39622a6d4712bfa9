"""What each piece means outside any context: the table that both graphs of the encoder are fed from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from betareader.errors import ModelMissing
from betareader.model.pieces import PAD

I64 = NDArray[np.int64]
F32 = NDArray[np.float32]


@dataclass(frozen=True)
class Vectors:
    """A row a piece, in steps of `scale` from `zero`."""

    levels: NDArray[np.uint8]
    scale: np.float32
    zero: np.float32

    def of(self, pieces: I64) -> F32:
        """What each piece means: one dimension more than `pieces` has."""
        meant = self.levels[pieces].astype(np.float32)
        meant -= self.zero
        meant *= self.scale
        return meant

    def together(self, rows: I64) -> F32:
        """What the pieces of each row mean together, the mean of them; zeros where there are none."""
        there = rows != PAD
        meant = self.of(rows) * there[..., None]
        mean: F32 = meant.sum(axis=1) / np.maximum(there.sum(axis=1, keepdims=True), 1).astype(np.float32)
        return mean


@cache
def load_vectors() -> Vectors:
    """The table that ships."""
    try:
        with (files("betareader.model") / "data" / "pieces.npz").open("rb") as stream:
            table = np.load(stream, allow_pickle=False)
            return Vectors(table["levels"], np.float32(table["scale"]), np.float32(table["zero"]))
    except (OSError, ValueError, KeyError) as fault:
        raise ModelMissing(f"The table of pieces is missing or damaged ({fault}); install betareader again.") from fault
