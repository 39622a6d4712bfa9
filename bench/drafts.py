"""Measure raw drafts against their fair copies: words, stops, and what was right and is right no longer.

    python -m bench.drafts [--learnt] [--peers] [--list]

The drafts in `bench/drafts` were written for this, in the manner of writers of many kinds; nothing was learnt from them and no rule was
written on them.  Those in `training/drafts` (`--learnt`) were read, and the reader's prior was learnt on them among others.
Words are compared without their capitals.  A gap is all that stands between two words, a new paragraph and the capital after it
included; gaps count only between words that are the same in the draft, the fair copy and the edited copy.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from bench.corpora import Sample
from bench.peers import PEERS, Absent
from bench.runs import edit_all, rate, share
from bench.scoring import OUTCOMES, Judged, judge
from bench.tables import show
from betareader.findings import Edit, Query
from training.drafts import LEARNT, RawDraft, drafts, faults, words

MEASURED = Path(__file__).parent / "drafts"


def gaps(text: str) -> list[str]:
    """What stands before each word, quotes straightened, and whether the word has a capital."""
    found, place = [], 0
    for start, end, _ in words(text):
        plain = re.sub(r"[“”]", '"', re.sub(r"[‘’]", "'", text[place:start]))
        plain = re.sub(r"\s*\n\s*", "¶", plain).replace("...", "…")
        found.append(re.sub(r"[ \t]+", " ", plain) + ("^" if text[start].isupper() else ""))
        place = end
    return found


def gaps_mended(draft: RawDraft, edited: str) -> Counter[str]:
    """What became of the gaps: `wrong` and of them `mended`, `right` and of them `spoilt`."""
    texts = draft.fair, draft.raw, edited
    fair, raw, done = ([word for *_, word in words(text)] for text in texts)
    in_fair, in_raw, in_done = map(gaps, texts)
    there, here = _pairs(fair, raw), _pairs(fair, done)
    found: Counter[str] = Counter()
    for place in range(1, len(fair)):
        before, now, then = there.get(place), here.get(place), place - 1
        if before is None or now is None or there.get(then) != before - 1 or here.get(then) != now - 1:
            continue
        is_right = in_raw[before] == in_fair[place]
        found["right" if is_right else "wrong"] += 1
        if is_right and in_done[now] != in_fair[place]:
            found["spoilt"] += 1
        if not is_right and in_done[now] == in_fair[place]:
            found["mended"] += 1
    return found


def _pairs(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """For the words of one the places of the same words in the other."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return {first + step: second + step for first, second, size in blocks for step in range(size)}


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text with the edits made."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


def judged(draft: RawDraft, edits: Sequence[Edit], queries: Sequence[Query] = ()) -> Judged:
    """What became of the words of a draft; capitals do not count."""
    lower = [replace(edit, replacement=edit.replacement.lower()) for edit in edits]
    right = [replace(fault, right=fault.right.lower()) for fault in faults(draft)]
    return judge(draft.raw.lower(), right, lower, queries)


def row(name: str, size: int, every: Sequence[Judged]) -> list[str]:
    """The figures of one editor or one draft: words, faults, what became of them, and what was spoilt."""
    found = Counter(verdict.outcome for each in every for verdict in each.verdicts)
    total = sum(found.values())
    harm = sum(len(each.harm) for each in every)
    cells = [share(found[outcome], total) for outcome in OUTCOMES]
    return [name, f"{size:,}", str(total), *cells, str(harm), rate(harm, size - total)]


def main() -> None:
    """Edit the drafts and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.drafts", description="Measure raw drafts.")
    parser.add_argument("--learnt", action="store_true", help="the drafts that were learnt from")
    parser.add_argument("--peers", action="store_true", help="other checkers too")
    parser.add_argument("--list", action="store_true", help="list what was missed and spoilt on standard error")
    options = parser.parse_args()
    every = list(drafts(LEARNT if options.learnt else MEASURED))
    runs = edit_all([(Sample(draft.name, draft.raw), ()) for draft in every], "drafts")
    ours = [judged(draft, run.copyedit.edits, run.copyedit.queries) for draft, run in zip(every, runs, strict=True)]
    sizes = [len(words(draft.raw)) for draft in every]
    heads = ["draft", "words", "wrong", *OUTCOMES, "spoilt", "per 10,000 right"]
    rows = [row(draft.name, size, [each]) for draft, size, each in zip(every, sizes, ours, strict=True)]
    show("Words in raw drafts, one by one", heads, rows)
    rows = [row("betareader", sum(sizes), ours)]
    for name, speller in PEERS.items() if options.peers else ():
        try:
            edits = speller([draft.raw for draft in every])
        except Absent as reason:
            print(f"{name} is absent: {reason}", file=sys.stderr)
            continue
        theirs = [judged(draft, each) for draft, each in zip(every, edits, strict=True)]
        rows.append(row(name, sum(sizes), theirs))
    show("Words in raw drafts, all of them", ["editor", *heads[1:]], rows)
    stops: Counter[str] = Counter()
    for draft, run in zip(every, runs, strict=True):
        stops += gaps_mended(draft, applied(draft.raw, run.copyedit.edits))
    show(
        "Stops, marks, capitals and paragraphs in raw drafts",
        ["gaps", "count", "mended or spoilt", "share"],
        [
            [
                "wrong, and mended exactly",
                str(stops["wrong"]),
                str(stops["mended"]),
                share(stops["mended"], stops["wrong"]),
            ],
            ["right, and spoilt", str(stops["right"]), str(stops["spoilt"]), share(stops["spoilt"], stops["right"])],
        ],
    )
    if options.list:
        for draft, each in zip(every, ours, strict=True):
            _list(draft, each)


def _list(draft: RawDraft, each: Judged) -> None:
    for verdict in each.verdicts:
        if verdict.outcome != "mended":
            start, end = verdict.fault.start, verdict.fault.end
            print(
                f"{draft.name} {verdict.outcome}: {draft.raw[max(0, start - 30) : start]!r} [{draft.raw[start:end]} → {verdict.fault.right}]"
                f" {draft.raw[end : end + 20]!r}",
                file=sys.stderr,
            )
    for edit in each.harm:
        start, end = edit.span.start, edit.span.end
        print(
            f"{draft.name} spoilt by {edit.check}: {draft.raw[max(0, start - 30) : start]!r} [{draft.raw[start:end]} → {edit.replacement}]"
            f" {draft.raw[end : end + 20]!r}",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
