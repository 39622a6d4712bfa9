"""Puts the faults of real drafts into clean fiction, to learn from and to measure with.

What can go wrong with a word is fitted on the lists that may be learnt from (`training.letters`,
`training.confusions`); how often, and how faults crowd together, follows drafts as they are: most
stretches nearly clean, some with a word in twenty wrong, a writer repeating his own misspellings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from training.corpora import DATA
from training.faults import Draft, Fault, Kind, Slips, Spoilt

__all__ = ["USUAL", "Fault", "Kind", "Rates", "Slips", "Spoilt", "loosen_stops", "spoil", "usual_slips"]


@dataclass(frozen=True)
class Rates:
    """How much goes wrong: shares of words, and how often each kind.

    Each chunk of about `chunk` words draws one of `shares` (low, high, weight) and from it a rate;
    `crowd` is the chance that a fault stands right beside the last one, `habit` that a misspelling
    comes back wherever the chunk has the word.
    """

    shares: tuple[tuple[float, float, float], ...] = ((0.002, 0.01, 0.5), (0.01, 0.03, 0.3), (0.03, 0.06, 0.2))
    kinds: Mapping[Kind, float] = field(
        default_factory=lambda: {
            "spelling": 0.40,
            "wrong word": 0.27,
            "run together": 0.05,
            "split": 0.03,
            "apostrophe": 0.08,
            "doubled": 0.03,
            "lost": 0.05,
            "form": 0.09,
        }
    )
    chunk: int = 1500
    crowd: float = 0.2
    habit: float = 0.4


USUAL = Rates()


@cache
def usual_slips(data: Path | None = DATA) -> Slips:
    """What is known of how words go wrong, fitted once on the lists in `data`."""
    return Slips(data)


def spoil(text: str, rng: Random, rates: Rates = USUAL, slips: Slips | None = None) -> Spoilt:
    """Put faults into `text`; the same `rng` state and text give the same faults."""
    draft = Draft(slips or usual_slips(), text, rng)
    kinds, weights = list(rates.kinds), list(rates.kinds.values())
    for start in range(0, len(draft.spans), rates.chunk):
        end = min(start + rates.chunk, len(draft.spans))
        low, high, _ = rng.choices(rates.shares, [weight for *_, weight in rates.shares])[0]
        wanted = rng.uniform(low, high) * (end - start)
        left = int(wanted) + (rng.random() < wanted % 1)
        last = -1
        while left > 0:
            place = last + 1 if last >= 0 and rng.random() < rates.crowd else rng.randrange(start, end)
            kind = rng.choices(kinds, weights)[0]
            last = draft.make(kind, place, end)
            if last < 0:
                last = draft.make(kind, start, end)
            left -= 1
            if last >= 0 and kind in ("spelling", "wrong word", "apostrophe") and rng.random() < rates.habit:
                left -= draft.repeat(last, start, end)
    return draft.spoilt()


_STOP = re.compile(r"(?<=[^\W\d_]{2})\. +([A-Z][^\W\d_]*)(?![’'])")


def loosen_stops(text: str, rng: Random, share: float, slips: Slips | None = None) -> Spoilt:
    """Write a comma for `share` of the full stops between two sentences of a paragraph, the next capital lowered.

    A name keeps its capital; a stop that may belong to a title (Mr. Brown) stays.
    """
    slips = slips or usual_slips()
    pieces: list[str] = []
    faults: list[Fault] = []
    place = length = 0
    for found in _STOP.finditer(text):
        word = found[1]
        name = word != "I" and (slips.is_name(word) or not slips.knows(word.lower()))
        before = text[max(0, found.start() - 5) : found.start()].rpartition(" ")[2]
        if before in ("Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Capt", "Col", "Rev") or rng.random() >= share:
            continue
        kept = text[place : found.start()]
        gap = text[found.start() + 1 : found.start(1)]
        wrong = "," + gap + (word if name or word == "I" else word[0].lower() + word[1:])
        length += len(kept)
        pieces += [kept, wrong]
        faults.append(Fault(length, length + len(wrong), wrong, found[0], "stop"))
        length += len(wrong)
        place = found.end()
    return Spoilt("".join([*pieces, text[place:]]), tuple(faults))
