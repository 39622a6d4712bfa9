"""Loosens the stops of clean fiction as drafts do, and says which stop belonged after each word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher
from random import Random

import numpy as np
from numpy.typing import NDArray

from betareader.meaning import Layout
from betareader.model.reader import STOPS
from betareader.structure.page import Page
from training.faults import Fault, Slips, Spoilt

SHARES = (0.0, 0.05, 0.15, 0.35, 0.5)
"""The share of a stretch's stops that go wrong is one of these."""
_GAP = re.compile(r"(?<=[^\W\d_]{2})([.?!;,]) +([^\W\d_])")
_TITLES = ("Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Capt", "Col", "Rev")
_STOP = re.compile(r"\.\.+|…|--+|[.,;:?!—–]")


def loosen(text: str, rng: Random, share: float, slips: Slips) -> Spoilt:
    """Put wrong `share` of the stops between two words: a comma for a full stop, a stop lost, a question's mark lost."""
    pieces: list[str] = []
    faults: list[Fault] = []
    place = length = 0
    for found in _GAP.finditer(text):
        stop, letter = found[1], found[2]
        if rng.random() >= share or found.start() < place:
            continue
        before = text[max(0, found.start() - 5) : found.start()].rpartition(" ")[2]
        if stop == "." and before in _TITLES:
            continue
        following = re.match(r"[\w’']+", text[found.start(2) :])
        word = following[0] if following else letter
        keeps = word.split("’")[0] == "I" or slips.is_name(word) or not slips.knows(word.lower())
        wrong = _wrong(stop, letter, keeps, rng)
        if wrong is None:
            continue
        kept = text[place : found.start()]
        length += len(kept)
        pieces += [kept, wrong]
        faults.append(Fault(length, length + len(wrong), wrong, found[0], "stop"))
        length += len(wrong)
        place = found.end()
    return Spoilt("".join([*pieces, text[place:]]), tuple(faults))


def _wrong(stop: str, letter: str, keeps: bool, rng: Random) -> str | None:
    how = rng.random()
    lower = letter if keeps else letter.lower()
    if stop == ",":
        return f" {letter}" if how < 0.1 else None
    if stop == ";":
        return f", {letter}" if how < 0.5 else None
    if not letter.isupper():
        return None
    if stop in "?!" and how < 0.3:
        return f". {letter}"
    if how < 0.55:
        return f", {lower}"
    if how < 0.65:
        return f", {letter}"
    if how < 0.82:
        return f" {lower}"
    if how < 0.9:
        return f" {letter}"
    return f"{stop} {lower}" if lower != letter else None


def stop_in(gap: str) -> int:
    """Which of `STOPS` a gap between two words holds, the strongest where it holds several."""
    found = [("…" if stop.startswith("...") else "—" if stop[0] in "-–" else stop[0]) for stop in _STOP.findall(gap)]
    return max((STOPS.index(stop) for stop in found), key=lambda number: (number in (3, 4), number), default=0)


def stops_meant(
    page: Page, opens: NDArray[np.bool_], loosened: Spoilt, faults: Sequence[Fault]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """For each word of the spoilt page the stop that belongs after it, and whether it opens a sentence or a speech.

    `faults` were put into `loosened.text` to make the page's text.
    """
    ends = [fault.end for fault in faults]
    moved = np.cumsum([0, *(len(fault.right) - len(fault.wrong) for fault in faults)]).tolist()
    begun = [fault.start for fault in faults]
    stops = np.zeros(len(page.words), np.uint8)
    starts = opens.astype(np.uint8)
    loose = [fault.start for fault in loosened.faults]
    text = page.text
    for number, span in enumerate(page.words):
        inside = bisect_right(begun, span.end - 1) - 1
        following = page.words[number + 1].start if number + 1 < len(page.words) else len(text)
        if inside >= 0 and begun[inside] <= span.end < ends[inside]:
            stops[number] = 0
            continue
        place = span.end + moved[bisect_right(ends, span.end)]
        at = bisect_left(loose, place)
        if at < len(loose) and loose[at] == place:
            fault = loosened.faults[at]
            stops[number] = stop_in(fault.right)
            if number + 1 < len(starts):
                starts[number + 1] = fault.right[-1].isupper() and stops[number] in (2, 3, 4, 8)
        else:
            stops[number] = stop_in(text[span.end : following][:6])
    return stops, starts


def stops_of_draft(page: Page, fair: Page, layout: Layout) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """For each word of a raw draft the stop that belongs after it and whether it opens a sentence or a speech, by its fair copy."""
    match = fair_words(page, fair)
    stops = np.zeros(len(page.words), np.uint8)
    starts = np.zeros(len(page.words), np.uint8)
    for number, (first, last) in enumerate(match):
        if first < 0:
            continue
        starts[number] = layout.sheet.opens[first]
        following = fair.words[last + 1].start if last + 1 < len(fair.words) else len(fair.text)
        stops[number] = stop_in(fair.text[fair.words[last].end : following][:6])
    return stops, starts


def fair_words(page: Page, fair: Page) -> list[tuple[int, int]]:
    """For each word of a raw draft the first and the last word of the fair copy that stand for it; -1 and -1 where none do."""
    one, other = ([each.text[span.start : span.end].lower() for span in each.words] for each in (page, fair))
    match = [(-1, -1)] * len(one)
    for _, start, end, first, last in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if end - start == last - first:
            match[start:end] = [(place, place) for place in range(first, last)]
        elif first < last and start < end:
            match[start] = first, first
            match[end - 1] = (first if end - 1 == start else last - 1), last - 1
    return match
