"""The judge: a small network that weighs the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from betareader.errors import ModelMissing

F32 = NDArray[np.float32]


@dataclass(frozen=True)
class Judge:
    """Two hidden layers over evidence brought to mean 0 and deviation 1; the answer is a log odds."""

    mean: F32
    deviation: F32
    weights: tuple[F32, ...]
    biases: tuple[F32, ...]

    def weigh(self, evidence: F32) -> F32:
        """The log odds of each row, natural logarithms."""
        found = np.clip((evidence - self.mean) / self.deviation, -6, 6)
        for weights, biases in zip(self.weights[:-1], self.biases[:-1], strict=True):
            found = np.maximum(found @ weights + biases, 0)
        odds: F32 = (found @ self.weights[-1] + self.biases[-1])[:, 0]
        return odds


@cache
def load_judge() -> Judge:
    """The judge that ships."""
    try:
        with (files("betareader.model") / "data" / "judge.npz").open("rb") as stream:
            table = np.load(stream, allow_pickle=False)
            layers = range(sum(1 for key in table if key.startswith("weights")))
            return Judge(
                table["mean"],
                table["deviation"],
                tuple(table[f"weights{layer}"] for layer in layers),
                tuple(table[f"biases{layer}"] for layer in layers),
            )
    except (OSError, ValueError, KeyError) as fault:
        raise ModelMissing(f"The judge is missing or damaged ({fault}); install betareader again.") from fault
