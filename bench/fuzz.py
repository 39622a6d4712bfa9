"""Try the readers and writers of files with spoilt ones, and see that nothing worse than a plain sentence comes of it.

    python -m bench.fuzz [--seconds N] [--seed N] [--keep FOLDER] [SUFFIX...]

For N seconds of each format's turn, a small file with something of everything in it is spoilt at random: its bytes, the
members of the package, the elements of the markup.  The readers may refuse what comes of it with one of the house's own
sentences.  What they read has to be written back to the same bytes, and edited, tracked and clean, without a fault;
and no file may take longer than the bound.  What fails is kept, and the exit status is then 1.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.fuzz_seeds import SEEDS
from bench.mutations import spoil
from bench.tables import show
from betareader.errors import BetareaderError, CannotWrite, UnreadableManuscript
from betareader.findings import Edit, Query
from betareader.formats import Manner, read, write
from betareader.manuscript import Manuscript
from betareader.span import Span
from betareader.structure import take_apart

BOUND = 5.0
"""Seconds of the processor that reading and writing one file may take."""

LARGEST = 300_000
"""Bytes; what has grown beyond is given up for the seed again."""

_PUT = ("", "x", " ", "so & <so>", "\n\n", ".\n\n“", "\n", "\t", "  ")


_WORD_PROCESSORS = frozenset((".docx", ".odt", ".fodt"))
_PAGES = frozenset((".html", ".epub"))


class TooSlow(Exception):
    """A file took longer than the bound."""


@dataclass
class Tally:
    """What became of the files of one format; `astray` were written such that they read as something else."""

    inputs: int = 0
    refused: int = 0
    read: int = 0
    edited: int = 0
    astray: int = 0
    crashes: int = 0
    slowest: float = 0.0


def main() -> int:
    """Spoil files for a while and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("suffixes", metavar="SUFFIX", nargs="*", help=f"of {', '.join(SEEDS)}; all where none is named")
    parser.add_argument("--seconds", type=float, default=60, help="for each format")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="where to put what fails")
    options = parser.parse_args()
    if unknown := set(options.suffixes) - set(SEEDS):
        parser.error(f"there is nothing to spoil for {', '.join(sorted(unknown))}")
    rows, failed = [], 0
    for suffix in options.suffixes or SEEDS:
        tally = fuzz(suffix, options.seconds, Random(f"{options.seed}{suffix}"), options.keep)
        failed += tally.crashes
        figures = (tally.inputs, tally.refused, tally.read, tally.edited, tally.astray, tally.crashes)
        rows.append([suffix, *(f"{each:,}" for each in figures), f"{tally.slowest * 1000:.0f}"])
    heads = ("reader", "inputs", "refused", "read", "edited", "astray", "crashes", "slowest, ms")
    show(f"Spoilt files, {options.seconds:.0f} s for each format", heads, rows)
    return int(failed > 0)


def fuzz(suffix: str, seconds: float, random: Random, keep: Path, most: int = sys.maxsize) -> Tally:
    """Spoil the seed for a suffix for a while, or `most` times; what can still be read is at times spoilt further."""
    tally = Tally()
    pool = [SEEDS[suffix]]
    until = time.monotonic() + seconds
    while time.monotonic() < until and tally.inputs < most:
        data = spoil(random.choice(pool), random)
        tally.inputs += 1
        started = time.process_time()
        try:
            with _bounded():
                is_read = _try(data, suffix, random, tally, keep)
        except (Exception, TooSlow):
            tally.crashes += 1
            print(f"{_kept(data, suffix, keep)}:\n{traceback.format_exc(limit=-4)}", file=sys.stderr)
            is_read = False
        tally.slowest = max(tally.slowest, time.process_time() - started)
        if is_read and len(data) < LARGEST and random.random() < 0.05:
            pool = [SEEDS[suffix], *pool[-30:], data]
    return tally


def _try(data: bytes, suffix: str, random: Random, tally: Tally, keep: Path) -> bool:
    """Read a file, take it apart and write it; whether it could be read."""
    try:
        manuscript = read(Path(f"story{suffix}"), data)
    except BetareaderError as error:
        sentence = str(error)
        if "\n" in sentence or not sentence.endswith((".", "?")):
            raise AssertionError(f"no plain sentence: {sentence!r}") from error
        tally.refused += 1
        return False
    tally.read += 1
    if write(manuscript, []) != data:
        raise AssertionError("written without edits it is another file")
    take_apart(manuscript)
    edits, queries = _drawn(manuscript, random)
    if edits or queries:
        tally.edited += 1
    for tracked in (None, True, False):
        try:
            written = write(manuscript, edits, queries, Manner(tracked=tracked, reasons=random.random() < 0.5))
        except CannotWrite:
            continue
        if _tells(suffix, tracked) and not _is_as_edited(manuscript, edits, written, suffix):
            tally.astray += 1
            print(f"{_kept(data, f'-astray{suffix}', keep)}: {edits} {queries}", file=sys.stderr)
            break
    return True


def _tells(suffix: str, tracked: bool | None) -> bool:
    """Whether a file so written, read again, tells if the edits were made; changes and comments in raw text are text."""
    return suffix in _WORD_PROCESSORS or (suffix in _PAGES and tracked is False)


def _is_as_edited(manuscript: Manuscript, edits: list[Edit], written: bytes, suffix: str) -> bool:
    """Whether the written file reads as the text with the edits made; white space does not count in pages."""
    parts, place = [], 0
    for edit in edits:
        parts += [manuscript.text[place : edit.span.start], edit.replacement]
        place = edit.span.end
    expected = "".join([*parts, manuscript.text[place:]])
    try:
        found = read(Path(f"story{suffix}"), written).text
    except UnreadableManuscript:
        return not expected.strip()
    if suffix in _PAGES:
        return "".join(found.split()) == "".join(expected.split())
    return found == expected


def _drawn(manuscript: Manuscript, random: Random) -> tuple[list[Edit], list[Query]]:
    """Edits the manuscript can take, in order and apart, and queries anywhere."""
    text = manuscript.text
    edits: list[Edit] = []
    queries: list[Query] = []
    place = 0
    for start in sorted(random.randrange(len(text) + 1) for _ in range(random.randrange(7))):
        first = min(len(text), max(place, start))
        span = Span(first, min(len(text), first + random.choice((0, 0, 1, 2, 5, 20))))
        put = random.choice((*_PUT, manuscript.paragraph_break))
        if manuscript.can_take(span, put):
            edits.append(Edit(span, put, "Because."))
            place = span.end + 1
        if len(span):
            queries.append(Query(span, "Is it?"))
    return edits, queries


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    """Raises `TooSlow` within, once the bound of the processor's time has gone by; where the system can."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, BOUND)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _kept(data: bytes, suffix: str, keep: Path) -> Path:
    keep.mkdir(parents=True, exist_ok=True)
    path = keep / f"{hashlib.sha256(data).hexdigest()[:16]}{suffix}"
    path.write_bytes(data)
    return path


if __name__ == "__main__":
    sys.exit(main())
