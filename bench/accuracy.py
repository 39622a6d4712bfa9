"""Measure what betareader mends and what it spoils, on held-out fiction, and print Markdown tables.

    python -m bench.accuracy [--reader whole|fast|ngrams] [--words N] [--spoilt N] [--peers] [--smoke] [--list]

Nothing here is learnt from.  The faults come from `training.errors` with a fixed seed, so that two runs
of the same program print the same figures, seconds apart.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from bench.calibration import by_voice, show_calibration
from bench.corpora import Sample, birkbeck, held_out, real_corrections
from bench.diagram import reliability
from bench.peers import beside
from bench.readers import Everything, chosen_reader
from bench.runs import MISSPELT, SEED, Run, Spoilt, edit_all, first_choices, rate, require_sounds, share, spoil_all
from bench.scoring import OUTCOMES, Judged, judge, touches
from bench.tables import show
from betareader.findings import Edit
from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.model import Care, load_reader
from betareader.model.network import can_run
from betareader.reading import read
from betareader.span import Span
from training.confusions import Confusions
from training.corpora import DATA
from training.errors import Fault

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "the-lamp-at-saltreach.txt"


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
    rows = [[check, *(rate(found[kind], words) for kind in kinds)] for check, found in sorted(counts.items())]
    total = [rate(sum(found[kind] for found in counts.values()), words) for kind in kinds]
    show(
        f"False alarms: changes to {words:,} clean words, per 10,000 (reach: words ≤ 0.7)",
        ["check", "words", "capitals only", "stops, spaces, paragraphs", "queries"],
        [*rows, ["**all**", *total]],
    )


def mended(runs: Sequence[Run], listed: bool) -> list[Judged]:
    """Print what became of the faults put in, by kind, and what was spoilt beside them."""
    words = sum(run.words for run in runs)
    judged = [run.judged() for run in runs]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for run, each in zip(runs, judged, strict=True):
        for verdict in each.verdicts:
            counts[verdict.fault.kind][verdict.outcome] += 1
            if listed:
                fault = verdict.fault
                print(f"{verdict.outcome}: {fault.kind}: {_around(run.sample.text, fault)}", file=sys.stderr)
        for edit in each.harm if listed else ():
            _list(run.sample.text, edit, "spoilt")
    misspelt = _sum(counts, *MISSPELT)
    wrong = counts["wrong word"]
    known = _of_known_pairs(judged)
    rows = [_row(kind, found) for kind, found in sorted(counts.items())]
    show(
        f"Faults put into {words:,} words: what became of them",
        ["kind", "faults", *OUTCOMES, "mended exactly", "reach"],
        [
            *([*row, ""] for row in rows),
            [*_row("**misspellings** (spelling, run together, split, apostrophe)", misspelt), "≥ 95 %"],
            [*_row("**wrong words**", wrong), "≥ 90 %"],
            [*_row("of these, pairs that writers are known to confuse", known), ""],
            [*_row("of these, any others", wrong - known), ""],
            [*_row("**all**", _sum(counts, *counts)), ""],
        ],
    )
    harm = Counter(edit.check for each in judged for edit in each.harm)
    rows = [[check, str(count), rate(count, words)] for check, count in harm.most_common()]
    show(
        "Right words changed in the spoilt text",
        ["check", "times", "per 10,000 words"],
        [*rows, ["**all**", str(harm.total()), rate(harm.total(), words)]],
    )
    return judged


def _of_known_pairs(judged: Sequence[Judged]) -> Counter[str]:
    """What became of the wrong words that writers are known to put for the right ones."""
    lexicon = load_lexicon()
    known = Confusions(lexicon.knows, lexicon.zipf)
    return Counter(
        verdict.outcome
        for each in judged
        for verdict in each.verdicts
        if verdict.fault.kind == "wrong word"
        and verdict.fault.wrong.lower() in known.taken_for(verdict.fault.right.lower())
    )


def missed_before(runs: Sequence[Run], judged: Sequence[Judged]) -> None:
    """Print what became of the faults that the n-grams alone miss, and of those that they mend."""
    before = [
        run.judged() for run in edit_all([(run.sample, run.faults) for run in runs], "n-grams", load_reader("ngrams"))
    ]
    missed: Counter[str] = Counter()
    gained: Counter[str] = Counter()
    given_up: Counter[str] = Counter()
    for old, new in zip(before, judged, strict=True):
        for was, now in zip(old.verdicts, new.verdicts, strict=True):
            kind = was.fault.kind
            missed[kind] += was.outcome != "mended"
            gained[kind] += was.outcome != "mended" and now.outcome == "mended"
            given_up[kind] += was.outcome == "mended" and now.outcome != "mended"
    groups: list[tuple[str, tuple[str, ...], str]] = [(kind, (kind,), "") for kind in sorted(missed)]
    groups += [("**misspellings**", MISSPELT, "≥ 50 %"), ("**wrong words**", ("wrong word",), "≥ 50 %")]
    groups += [("**all**", tuple(missed), "")]
    rows = []
    for name, kinds, reach in groups:
        old_misses, mended_now, lost = (sum(counts[kind] for kind in kinds) for counts in (missed, gained, given_up))
        rows.append([name, str(old_misses), str(mended_now), share(mended_now, old_misses), str(lost), reach])
    show(
        "Faults that the n-grams alone do not mend",
        ["kind", "not mended by them", "mended now", "share", "mended by them, not now", "reach"],
        rows,
    )


def thought_of(samples: Sequence[Spoilt]) -> None:
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
            *([kind, str(count), share(found[kind], count)] for kind, count in sorted(made.items())),
            ["**all**", str(made.total()), share(found.total(), made.total())],
        ],
    )


def single_words(title: str, runs: Sequence[Run], reach: str, listed: bool) -> None:
    """Print how many of some real mistakes come out right, as edited and as the reader's first choice."""
    counts: Counter[str] = Counter()
    first = faults = 0
    for run in runs:
        judged = run.judged()
        counts.update(verdict.outcome for verdict in judged.verdicts)
        choices = judge(run.sample.text, run.faults, first_choices(run.copyedit.reading))
        first += sum(verdict.outcome == "mended" for verdict in choices.verdicts)
        faults += len(run.faults)
        for verdict in judged.verdicts if listed else ():
            print(f"{title}: {verdict.outcome}: {_around(run.sample.text, verdict.fault)}", file=sys.stderr)
    row = _row(title, counts)
    show(
        title,
        ["", "faults", *OUTCOMES, "mended exactly", "reader's first choice right", "reach"],
        [[*row, share(first, faults), reach]],
    )


def _sum(counts: dict[str, Counter[str]], *kinds: str) -> Counter[str]:
    return sum((counts[kind] for kind in kinds if kind in counts), Counter())


def _row(title: str, found: Counter[str]) -> list[str]:
    return [title, str(found.total()), *(str(found[each]) for each in OUTCOMES), share(found["mended"], found.total())]


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
    parser.add_argument("--reader", choices=get_args(Care), default="whole", help="the reader of context")
    parser.add_argument("--words", type=int, default=100_000, help="how many clean words to read")
    parser.add_argument("--spoilt", type=int, default=60_000, help="how many words to spoil and read")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the held-out data")
    parser.add_argument("--peers", action="store_true", help="run other checkers over the same text too")
    parser.add_argument("--diagram", type=Path, help="where to draw how sure the reader was and how often it was right")
    parser.add_argument("--smoke", action="store_true", help="a few seconds' worth, to see that all of it runs")
    parser.add_argument("--list", action="store_true", help="list every fault and false alarm on standard error")
    options = parser.parse_args()
    if options.smoke and not (options.data / "fiction-held-out.tar.xz").is_file():
        print(
            f"The shared data is not in {options.data}: running over the example story only, with nothing to measure."
        )
        story = Sample(EXAMPLE.stem, EXAMPLE.read_text("utf-8"))
        runs = edit_all([(story, ())], "example", chosen_reader(options.reader))
        counts = Counter(edit.check for edit in runs[0].copyedit.edits)
        show(
            "Edits made in the example story", ["check", "edits"], [[name, str(n)] for name, n in counts.most_common()]
        )
        return
    if not options.smoke:
        require_sounds()

    reader = chosen_reader(options.reader)
    words, spoilt_words = (4_000, 4_000) if options.smoke else (options.words, options.spoilt)
    clean, others = held_out(options.data, words, spoilt_words)
    with_faults = spoil_all(others, None if options.smoke else options.data)

    clean_runs = edit_all([(sample, ()) for sample in clean], "clean", reader)
    false_alarms(clean_runs, options.list)
    spoilt_runs = edit_all(with_faults, "spoilt", reader)
    judged = mended(spoilt_runs, options.list)
    if options.reader != "ngrams" and can_run():
        missed_before(spoilt_runs, judged)
    show_calibration(spoilt_runs, judged)
    if options.diagram:
        options.diagram.write_text(reliability(by_voice(spoilt_runs)), "utf-8")
    thought_of(with_faults)
    if not options.smoke:
        title = "Held-out proofreaders' corrections of a wrong word"
        single_words(title, edit_all(real_corrections(options.data), "corrections", reader), "> 40 %", options.list)
        title = "Birkbeck misspellings set into held-out sentences"
        poor = birkbeck(options.data, others, 1_500, SEED)
        reach = "≥ 85 % (first choice)"
        single_words(title, edit_all(poor, "Birkbeck", reader), reach, options.list)
    skipped = {(each.check, each.reason) for run in (*clean_runs, *spoilt_runs) for each in run.copyedit.skipped}
    if skipped:
        show("Checks that could not run", ["check", "why"], [list(each) for each in sorted(skipped)])
    if options.peers:
        ours = sum(run.seconds for run in (*clean_runs, *spoilt_runs))
        edits = [list(run.copyedit.edits) for run in (*clean_runs, *spoilt_runs)]
        beside(clean, with_faults, ("betareader", edits, ours))


if __name__ == "__main__":
    main()
