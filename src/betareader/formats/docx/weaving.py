"""Splices that may hold stretches of the text they are spliced into, which may hold splices themselves.

Text boxes make this needed: a paragraph in a box stands inside a run of another paragraph, and both may be edited.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from betareader.span import Span

Strand = str | Span
"""New markup, or a stretch of what was there."""


@dataclass(frozen=True, slots=True)
class Splice:
    """Put `strands` for what stands from `start` to `end`; of those at one place the lower `order` comes first."""

    start: int
    end: int
    strands: tuple[Strand, ...]
    order: int = 0


def weave(text: str, splices: Iterable[Splice]) -> str:
    """`text` with all splices made; any two of them lie side by side, or one strictly inside a strand of the other."""
    ordered = sorted(splices, key=lambda each: (each.start, each.end, each.order))
    starts = [splice.start for splice in ordered]
    woven: list[str] = []

    def copy(span: Span, first: int, beyond: int) -> None:
        place = span.start
        for number in range(first, len(ordered)):
            splice = ordered[number]
            if splice.end >= beyond:
                break
            if splice.start < place:
                continue
            woven.append(text[place : splice.start])
            for strand in splice.strands:
                if isinstance(strand, str):
                    woven.append(strand)
                else:
                    copy(strand, bisect_right(starts, strand.start), strand.end)
            place = splice.end
        woven.append(text[place : span.end])

    copy(Span(0, len(text)), 0, len(text) + 1)
    return "".join(woven)
