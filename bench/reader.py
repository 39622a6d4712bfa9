"""Measure the neural reader: parts of speech, names, stops, learners' words, and what the fast path costs.

    python -m bench.reader [--only pos|names|stops|learners|fast] [--words N] [--data FOLDER] [--list]

Prints Markdown tables.  Nothing here is learnt from: the held-out fiction, the `dev` parts of the treebanks, the
excerpts of LitBank that `training.treebank.held_apart` keeps, and JFLEG.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench import learners, stops
from bench.corpora import Sample, held_out
from bench.readers import Watched, require_neural
from bench.runs import TALLY, Spoilt, edit_all, require_sounds, share, spoil_all, tally
from bench.tables import show
from bench.tagging import names_told, parts_of_speech_told
from betareader.model import load_reader
from betareader.model.neural_reader import ALL, FAST, WHOLE
from betareader.model.reader import Reader
from training.corpora import DATA

PARTS = ("pos", "names", "stops", "learners", "fast")


def fast_path(clean: Sequence[Sample], spoilt: Sequence[Spoilt]) -> None:
    """Print what the fast path leaves unread, and what that costs in faults mended and saves in time."""
    kinds: list[tuple[str, Reader]] = [
        ("all", Watched(ALL)),
        ("whole", Watched(WHOLE)),
        ("fast", Watched(FAST)),
        ("ngrams", load_reader("ngrams")),
    ]
    cleared, costs = [], []
    for name, reader in kinds:
        print(name, file=sys.stderr)
        clean_runs = edit_all([(sample, ()) for sample in clean], "clean", reader)
        if isinstance(reader, Watched):
            cleared.append([f"{name}, clean text", *_left(reader)])
            reader.start_again()
        spoilt_runs = edit_all(spoilt, "spoilt", reader)
        if isinstance(reader, Watched):
            cleared.append([f"{name}, spoilt text", *_left(reader)])
        costs.append([name, *tally(clean_runs, spoilt_runs).cells])
    heads = ["words", "strips", "strips cleared", "words cleared with them", "words never asked about"]
    show("What the n-grams clear, so that the encoder need not read it", ["reader", *heads], cleared)
    show("What the fast path costs; changes per 10,000 words", ["reader", *TALLY], costs)


def _left(reader: Watched) -> list[str]:
    """What was not looked at."""
    return [
        f"{reader.words:,}",
        f"{reader.strips:,}",
        share(reader.strips - reader.strips_read, reader.strips),
        share(reader.words - reader.words_read, reader.words),
        share(reader.words - reader.words_asked, reader.words),
    ]


def main() -> None:
    """Read the options and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.reader", description="Measure the neural reader.")
    parser.add_argument("--only", choices=PARTS, action="append", help="print these tables only")
    parser.add_argument("--words", type=int, default=60_000, help="how many words of fiction to read for each figure")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the data")
    parser.add_argument("--list", action="store_true", help="list mistakes on standard error")
    options = parser.parse_args()
    require_neural()
    wanted = options.only or PARTS
    if "pos" in wanted:
        parts_of_speech_told(options.data)
    if "names" in wanted:
        names_told(options.data)
    if "learners" in wanted:
        learners.measure(options.data, listed=options.list)
    if "stops" in wanted or "fast" in wanted:
        require_sounds()
        clean, others = held_out(options.data, options.words, options.words)
        if "stops" in wanted:
            stops.measure(clean, options.data, listed=options.list)
        if "fast" in wanted:
            fast_path(clean, spoil_all(others, options.data))


if __name__ == "__main__":
    main()
