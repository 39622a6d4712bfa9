"""Measure how long the whole command takes, and how much memory, beside the figures to reach.

    python -m bench.speed [--runs N] [--words N]

The novel and the story are put together from held-out fiction; each command is a process of its own,
the median of the runs is given, and memory is the most that any run held.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from inspect import isfunction
from pathlib import Path
from random import Random
from statistics import median
from typing import TypeVar
from unittest.mock import patch

import betareader.reading
from bench.corpora import held_out, words_in
from bench.readers import NO_NEURAL_READER
from bench.tables import show
from betareader.checks import catalogue
from betareader.checks.check import Check
from betareader.desk import copyedit
from betareader.findings import Finding
from betareader.formats import from_text, write
from betareader.model import load_reader
from betareader.model.network import can_run
from betareader.model.reader import Judged
from betareader.reading import Reading, read
from training.corpora import DATA
from training.errors import spoil

T = TypeVar("T")


LAUNCHER = """
import os, subprocess, sys, time
started = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(time.perf_counter() - started, used.ru_maxrss, os.waitstatus_to_exitcode(status))
"""
"""Runs a command from a small process, since a child's memory is counted from its parent's on."""


COUNTING = """
import sys
import betareader.model
load_reader = betareader.model.load_reader
betareader.model.load_reader = lambda care="whole": load_reader("ngrams")
from betareader.cli import main
sys.exit(main())
"""
"""The command with the n-grams alone."""

REACHES = {("novel", "whole"): "≤ 12 s, ≤ 700 MB", ("novel", "fast"): "≤ 6 s", ("story", "whole"): "≤ 1.5 s"}
"""What to reach, by text and reader."""


def timed(command: list[str], runs: int) -> tuple[float, float]:
    """The median of the seconds that `command` takes, and the most memory it held in MB."""
    seconds = []
    memory = 0.0
    for _ in range(runs):
        done = subprocess.run([sys.executable, "-c", LAUNCHER, *command], capture_output=True, text=True, check=True)
        taken, held, status = done.stdout.split()
        if status not in ("0", "1"):
            raise SystemExit(f"{' '.join(command)} ended with {status}. {done.stderr.strip()}")
        seconds.append(float(taken))
        memory = max(memory, float(held) / (1024 if sys.platform != "darwin" else 1024 * 1024))
    return median(seconds), memory


def novel(data: Path, words: int) -> str:
    """About `words` of held-out fiction with a few faults in it, as a draft would have."""
    samples, _ = held_out(data, words, 0)
    text = "\n\n* * *\n\n".join(sample.text.strip() for sample in samples) + "\n"
    return spoil(text, Random(words)).text


@dataclass(frozen=True)
class Timed:
    """A reader of context that is timed."""

    read: Callable[..., Judged]


def stages(text: str) -> list[list[str]]:
    """The seconds that each stage takes over `text`, within one process, what was loaded once counted apart."""
    seconds: dict[str, float] = {}

    def timing(name: str, work: Callable[..., T]) -> Callable[..., T]:
        def timed_work(*given: object, **named: object) -> T:
            started = time.perf_counter()
            try:
                return work(*given, **named)
            finally:
                seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - started

        return timed_work

    started = time.perf_counter()
    read(from_text("She said nothing.\n"))
    seconds["load the lexicon and the model"] = time.perf_counter() - started
    manuscript = from_text(text)
    steps = {
        name: timing(f"read: {name}", step)
        for name, step in vars(betareader.reading).items()
        if isfunction(step) and step.__module__.startswith("betareader.") and step is not read
    }
    started = time.perf_counter()
    with patch.dict(vars(betareader.reading), steps):
        reading = read(manuscript, reader=Timed(timing("read: in context, by the reader", load_reader().read)))
    seconds["read, all of it"] = time.perf_counter() - started
    checks = [replace(check, find=timing(f"check: {check.name}", _all_found(check))) for check in catalogue()]
    done = timing("checks and desk, all of it", copyedit)(reading, checks)
    timing("write the edited copy", write)(manuscript, done.edits)
    fast = sorted((name for name in seconds if name.startswith("check: ")), key=lambda name: -seconds[name])[5:]
    return [[name, f"{taken:.2f}"] for name, taken in seconds.items() if name not in fast]


def _all_found(check: Check) -> Callable[[Reading], Iterator[Finding]]:
    """The check's function, made to do its work at once."""
    return lambda reading: iter(list(check.find(reading)))


def main() -> None:
    """Run the commands and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description="Measure time and memory.")
    parser.add_argument("--runs", type=int, default=5, help="how many times each command runs")
    parser.add_argument("--words", type=int, default=100_000, help="how long the novel is")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the held-out data")
    options = parser.parse_args()
    long = novel(options.data, options.words)
    short = "\n".join(long.splitlines()[: _lines_holding(long, 1_500)]) + "\n"
    script = Path(sys.executable).parent / "betareader"
    program = [str(script)] if script.is_file() else [sys.executable, "-m", "betareader"]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("novel", long), ("story", short)):
            file = Path(folder) / f"{name}.txt"
            file.write_text(text, "utf-8")
            arguments = ["edit", str(file), "-o", str(Path(folder) / f"{name}-out.txt")]
            for care in ("whole", "fast", "ngrams") if can_run() else ("ngrams",):
                start = [sys.executable, "-c", COUNTING] if care == "ngrams" else program
                command = [*start, *arguments, *(["--fast"] if care == "fast" else [])]
                seconds, memory = timed(command, options.runs)
                title = f"edit a {name} of {words_in(text):,} words, {care}"
                rows.append([title, f"{seconds:.2f}", f"{memory:.0f}", REACHES.get((name, care), "")])
    if not can_run():
        print(f"{NO_NEURAL_READER} The n-grams read alone.")
    seconds, memory = timed([*program, "--help"], options.runs)
    rows.append(["--help", f"{seconds:.2f}", f"{memory:.0f}", "≤ 0.25 s"])
    show(f"The whole command, median of {options.runs}", ["command", "seconds", "MB", "reach"], rows)
    show(f"Stages over the {words_in(long):,} words, one process", ["stage", "seconds"], stages(long))
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}.\n")


def _lines_holding(text: str, words: int) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        words -= words_in(line)
        if words <= 0:
            return number
    return len(text.splitlines())


if __name__ == "__main__":
    main()
