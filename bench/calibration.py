"""How far what a reader is sure of and what is right lie apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench.runs import SEED, Run, is_spoken, share
from bench.scoring import Judged
from bench.tables import show

BINS = 10
"""Equal bins of confidence that the expected calibration error is taken over (Guo and others, 2017)."""

BUCKETS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
"""The rows of the diagrams, narrow where the bars stand."""

TRIALS = 400

Told = Sequence[tuple[float, bool]]
"""How sure, and whether it was right."""


def calibration_error(told: Told) -> float:
    """The expected calibration error (ECE): how far confidence and share right lie apart, over ten bins, weighed by size."""
    sure = np.array([each for each, _ in told], np.float64)
    return _error(sure, np.array([[right for _, right in told]], np.float64))[0] if told else 0.0


def least_error(told: Told) -> float:
    """The error that a perfectly calibrated reader, as often as sure, would show on so few words by chance alone."""
    sure = np.array([each for each, _ in told], np.float64)
    drawn = np.random.default_rng(SEED).random((TRIALS, len(told))) < sure
    return float(np.mean(_error(sure, drawn.astype(np.float64)))) if told else 0.0


def _error(
    sure: np.ndarray[tuple[int], np.dtype[np.float64]], right: np.ndarray[tuple[int, int], np.dtype[np.float64]]
) -> list[float]:
    """The error of each row of `right`."""
    places = np.minimum((sure * BINS).astype(np.int64), BINS - 1)
    apart = np.zeros(len(right))
    for each in np.unique(places):
        inside = places == each
        apart += np.abs(sure[inside].sum() - right[:, inside].sum(axis=1))
    found: list[float] = (apart / len(sure)).tolist()
    return found


def by_voice(runs: Sequence[Run]) -> dict[str, list[tuple[float, bool]]]:
    """How sure the reader's first choices were, and whether they were right, in narration and in speech."""
    told: dict[str, list[tuple[float, bool]]] = {"narration": [], "speech": []}
    for run in runs:
        for edit, right in run.first_choices():
            voice = "speech" if is_spoken(run.copyedit.reading, edit.span.start) else "narration"
            told[voice].append((edit.confidence, right))
    return told


def show_calibration(runs: Sequence[Run], judged: Sequence[Judged]) -> None:
    """Print how often edits, and the reader's first choices, are right for how sure they are."""
    edits = [(edit.confidence, right) for each in judged for edit, right in each.edits]
    show("Calibration of the edits made (spoilt text)", ["confidence", "edits", "mean", "share right"], _buckets(edits))
    voices = by_voice(runs)
    for voice, told in voices.items():
        show(
            f"Calibration of the reader's first choices, {voice} (spoilt text)",
            ["probability", "words", "mean", "share right"],
            _buckets(told),
        )
    rows = [*voices.items(), ("**both**", [each for told in voices.values() for each in told])]
    show(
        "Expected calibration error (ECE) of the reader's first choices (spoilt text), ten bins",
        ["voice", "words", "ECE", "chance alone would show", "reach"],
        [
            [name, str(len(told)), f"{calibration_error(told):.3f}", f"{least_error(told):.3f}", "≤ 0.02"]
            for name, told in rows
        ],
    )


def _buckets(told: Told) -> list[list[str]]:
    rows = []
    for low, high in zip(BUCKETS, (*BUCKETS[1:-1], 1.01), strict=False):
        inside = [(sure, right) for sure, right in told if low <= sure < high]
        if inside:
            mean = sum(sure for sure, _ in inside) / len(inside)
            right = sum(right for _, right in inside)
            rows.append([f"{low:.2f}–{min(high, 1):.2f}", str(len(inside)), f"{mean:.3f}", share(right, len(inside))])
    return rows
