"""Stops that were loosened in held-out fiction: how many the program puts right, and how many it puts wrong."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

from bench.corpora import Sample
from bench.runs import SEED, Run, edit_all, is_spoken, rate, share
from bench.scoring import edited, whole_words
from bench.tables import show
from betareader.checks import catalogue
from betareader.findings import Edit
from betareader.model.reader import Reader
from betareader.span import Span
from training.errors import Fault, Slips, Spoilt, loosen_stops, usual_slips
from training.stops import loosen

SHARES = {"splices": 0.3, "loosened": 0.15}
"""The share of the stops that go wrong: of full stops only, and of stops of every kind."""

FAMILY = "splices"
"""The checks whose edits end sentences."""

ENDS = ("a comma for a stop", "a stop lost")
"""The kinds of loosening that leave a sentence without its end."""

RESULTS = ("mended", "ended otherwise", "asked", "missed")
"""What may become of a loosened stop; one is ended otherwise where another stop was put, or the capital was left."""

Loosener = Callable[[str, Random, float, Slips], Spoilt]


def kind_of(fault: Fault) -> str:
    """How a stop was loosened."""
    right, wrong = fault.right[0], fault.wrong[0]
    if right == wrong:
        return "a capital lost"
    if right in ".?!":
        return {",": ENDS[0], " ": ENDS[1]}.get(wrong, "a full stop for ? or !")
    return "a comma lost" if right == "," else "a comma for a semicolon"


def result_of(text: str, fault: Fault, edits: Iterable[Edit], asked: Iterable[Span] = ()) -> str:
    """What became of a loosened stop, `edits` being those of the whole program around it."""
    here = [edit for edit in edits if edit.span.start <= fault.end and fault.start <= edit.span.end]
    if not here:
        spans = [span for span in asked if span.start <= fault.end and fault.start <= span.end]
        return "asked" if spans else "missed"
    start = min(fault.start, *(edit.span.start for edit in here))
    end = max(fault.end, *(edit.span.end for edit in here))
    hull = whole_words(text, Span(start, end))
    after = edited(text, hull, [(edit.span, edit.replacement) for edit in here])
    if after == edited(text, hull, [(Span(fault.start, fault.end), fault.right)]):
        return "mended"
    return "ended otherwise" if any(_stops(put_by(text, edit)) for edit in here) else "missed"


def put_by(text: str, edit: Edit) -> str:
    """The stops that an edit puts, empty where it leaves the stops as they are."""
    old, new = _only_stops(edit.span.of(text)), _only_stops(edit.replacement)
    return new if new != old else ""


def _stops(put: str) -> bool:
    return any(mark in put for mark in ".?!;:—…")


def _only_stops(text: str) -> str:
    return "".join(mark for mark in text if not mark.isalnum() and not mark.isspace())


def measure(samples: Sequence[Sample], data: Path, reader: Reader | None = None, *, listed: bool = False) -> None:
    """Print what becomes of comma splices, of stops loosened in every way, and of clean stops."""
    slips = usual_slips(data)
    title = "Comma splices: commas put for full stops between the sentences of a paragraph"
    _show(title, _runs(samples, loosen_stops, SHARES["splices"], slips, reader), listed, ENDS[:1])
    title = "Stops loosened in every way"
    _show(title, _runs(samples, loosen, SHARES["loosened"], slips, reader), listed, ENDS)
    _show_clean(edit_all([(sample, ()) for sample in samples], "clean stops", reader))


def _runs(samples: Sequence[Sample], loosener: Loosener, part: float, slips: Slips, reader: Reader | None) -> list[Run]:
    made = [
        (sample.name, loosener(sample.text, Random(f"{SEED} stops {sample.name}"), part, slips)) for sample in samples
    ]
    return edit_all([(Sample(name, spoilt.text), spoilt.faults) for name, spoilt in made], "stops", reader)


def _show(title: str, runs: Sequence[Run], listed: bool, targeted: Sequence[str]) -> None:
    """One row a kind of loosening and voice, then precision and recall of what ends sentences, by voice."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    put: dict[str, Counter[str]] = defaultdict(Counter)
    for run in runs:
        text, edits = run.sample.text, run.copyedit.edits
        asked = [query.span for query in run.copyedit.queries if query.check in _enders()]
        results = {}
        for fault in run.faults:
            result = result_of(text, fault, edits, asked)
            results[fault.start] = result
            found[kind_of(fault), _voice(run, fault.start)][result] += 1
        for edit in edits:
            if edit.check not in _enders() or not put_by(text, edit):
                continue
            under = [fault for fault in run.faults if fault.start - 1 <= edit.span.start < fault.end]
            verdict = results[under[0].start] if under else "no fault there"
            put[_voice(run, edit.span.start)][verdict] += 1
            if listed and verdict != "mended":
                around = text[max(0, edit.span.start - 50) : edit.span.start], text[edit.span.end : edit.span.end + 40]
                line = f"{verdict}: {edit.confidence:.2f}: {around[0]}[→{edit.replacement}]{around[1]}"
                print(line.replace("\n", "¶"), file=sys.stderr)
    words = sum(len(run.copyedit.reading.words) for run in runs)
    kinds = sorted({kind for kind, _ in found}, key=lambda kind: (kind not in ENDS, kind))
    show(
        f"{title} ({words:,} words)",
        ["", "faults", *RESULTS, "mended exactly"],
        [
            [f"{kind}, {voice}", *_cells(found[kind, voice])]
            for kind in kinds
            for voice in ("narration", "speech")
            if found[kind, voice]
        ],
    )
    rows = []
    for name, voices in (("narration", ["narration"]), ("speech", ["speech"]), ("**all**", ["narration", "speech"])):
        faults = sum((found[kind, voice] for kind in targeted for voice in voices), Counter())
        stood = sum((put[voice] for voice in voices), Counter())
        ended = stood.total() - stood["no fault there"]
        rows.append(
            [
                name, str(stood.total()), _ratio(stood["mended"], stood.total()), _ratio(ended, stood.total()),
                str(faults.total()), _ratio(faults["mended"], faults.total()),
                _ratio(faults["mended"] + faults["ended otherwise"], faults.total()), "≥ 0.95, ≥ 0.8",
            ]
        )  # fmt: skip
    heads = ["precision, exact", "precision, a fault there", "recall, exact", "recall, ended somehow"]
    show(
        f"Ends of sentences put in, by the checks of {FAMILY}: {' and '.join(targeted)}",
        ["", "edits", *heads[:2], "faults", *heads[2:], "reach (precision, recall)"],
        rows,
    )


def _show_clean(runs: Sequence[Run]) -> None:
    put: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for run in runs:
        words.update(_voice(run, word.span.start) for word in run.copyedit.reading.words)
        for edit in run.copyedit.edits:
            if edit.check in _enders() and put_by(run.sample.text, edit):
                put[_voice(run, edit.span.start)] += 1
    show(
        "Sentences ended in clean text",
        ["", "words", "stops put", "per 10,000 words"],
        [[voice, f"{words[voice]:,}", str(put[voice]), rate(put[voice], words[voice])] for voice in sorted(words)],
    )


def _enders() -> frozenset[str]:
    return frozenset(check.name for check in catalogue() if check.family == FAMILY)


def _voice(run: Run, offset: int) -> str:
    return "speech" if is_spoken(run.copyedit.reading, offset) else "narration"


def _cells(found: Counter[str]) -> list[str]:
    return [str(found.total()), *(str(found[result]) for result in RESULTS), share(found["mended"], found.total())]


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"
