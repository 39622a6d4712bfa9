"""What each part of the reader is worth: the same texts read with a part taken away; prints a Markdown table.

    python -m bench.ablation [--words N] [--spoilt N] [--data FOLDER]

Every row is the whole program at light depth over the same samples; only the reader of context differs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from bench.calibration import by_voice, calibration_error
from bench.corpora import Sample, held_out
from bench.readers import neural, no_names, require_neural
from bench.runs import TALLY, Spoilt, edit_all, require_sounds, spoil_all, tally
from bench.tables import show
from betareader.model import load_reader
from betareader.model.reader import Reader
from training.corpora import DATA


def ablation(clean: Sequence[Sample], spoilt: Sequence[Spoilt]) -> None:
    """Print one row a reader."""
    readers: list[tuple[str, Reader, AbstractContextManager[None]]] = [
        ("n-grams alone", load_reader("ngrams"), nullcontext()),
        ("neural alone (told nothing of counts)", neural(counts=False), nullcontext()),
        ("both, as it ships", load_reader("whole"), nullcontext()),
        ("both, without calibration", neural(calibrated=False), nullcontext()),
        ("both, without the story's own names", load_reader("whole"), no_names()),
    ]
    rows = []
    for name, reader, manner in readers:
        print(name, file=sys.stderr)
        with manner:
            clean_runs = edit_all([(sample, ()) for sample in clean], "clean", reader)
            spoilt_runs = edit_all(spoilt, "spoilt", reader)
        found = tally(clean_runs, spoilt_runs)
        told = [each for voice in by_voice(spoilt_runs).values() for each in voice]
        rows.append([name, *found.cells[:-1], f"{calibration_error(told):.3f}"])
    show(
        f"What each part is worth: {found.spoilt_words:,} spoilt words, {found.clean_words:,} clean ones; changes per 10,000 words",
        ["reader", *TALLY[:-1], "ECE of first choices"],
        [*rows, ["*reach*", "≥ 95 %", "≥ 90 %", "", "", "", "≤ 0.7", "≤ 0.02"]],
    )


def main() -> None:
    """Read the options and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.ablation", description="Measure what each part is worth.")
    parser.add_argument("--words", type=int, default=100_000, help="how many clean words to read")
    parser.add_argument("--spoilt", type=int, default=60_000, help="how many words to spoil and read")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the held-out data")
    options = parser.parse_args()
    require_neural()
    require_sounds()
    clean, others = held_out(options.data, options.words, options.spoilt)
    ablation(clean, spoil_all(others, options.data))


if __name__ == "__main__":
    main()
