"""Stretches of raw text between two signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from betareader.span import Span


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A stretch with the sign that opens it and the one that closes it; `span` takes in both."""

    opening: str
    span: Span
    inner: Span


def enclosed(text: str, signs: Mapping[str, str], *, strays: bool = False) -> Iterator[Enclosed]:
    """Every stretch between an opening sign and the next closing one of its kind, in order; none lies inside another.

    `signs` gives the closing sign for each opening one.  With `strays` an opening sign that nothing closes is
    given too, with nothing inside.
    """
    ends = dict.fromkeys(signs, -1)
    place = 0
    for match in re.finditer("|".join(map(re.escape, signs)), text):
        opening, start, first = match[0], match.start(), match.end()
        if start < place:
            continue
        if ends[opening] < first:
            # Each sign is looked for once, so that a text of nothing but opening signs takes its due time.
            found = text.find(signs[opening], first)
            ends[opening] = found if found >= 0 else len(text) + 1
        end = ends[opening]
        if end <= len(text):
            place = end + len(signs[opening])
            yield Enclosed(opening, Span(start, place), Span(first, end))
        elif strays:
            yield Enclosed(opening, Span(start, first), Span(first, first))
