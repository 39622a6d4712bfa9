"""Words, with the apostrophes that belong to them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import starmap

from betareader.span import Span

# Marks that combine with the letter before them, and the invisible joiners, are not letters to `re`.
_COMBINING = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    r"\u0951-\u0957\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u00ad\u200c\u200d\u2060"
)
_WORD = re.compile(
    rf"[^\W_]+(?:(?:['’‘ʼ]+|[{_COMBINING}]+['’]?|(?<=\d)[.,:](?=\d))[^\W_]+)*(?:[{_COMBINING}]+(?![^\W_]))?"
)


def find_words(
    text: str, before_words: frozenset[int], after_words: frozenset[int], code: Sequence[Span]
) -> tuple[Span, ...]:
    """Every word of `text` outside `code`, in order.

    A word is a run of letters and figures, and the apostrophes in it; those at its edges belong to
    it where they are in `before_words` or `after_words`.  A hyphen ends a word.
    """
    found = [match.span() for match in _WORD.finditer(text)]
    if code:
        found = _outside(found, code)
    starts = [start for start, _ in found]
    for mark in before_words:
        place = bisect_left(starts, mark)
        if place < len(found) and found[place][0] == mark + 1:
            found[place] = (mark, found[place][1])
    for mark in after_words:
        place = bisect_left(starts, mark) - 1
        if place >= 0 and found[place][1] == mark:
            found[place] = (found[place][0], mark + 1)
    return tuple(starmap(Span, found))


def _outside(found: list[tuple[int, int]], code: Sequence[Span]) -> list[tuple[int, int]]:
    kept = []
    place = 0
    for start, end in found:
        while place < len(code) and code[place].end <= start:
            place += 1
        if place == len(code) or code[place].start >= end:
            kept.append((start, end))
    return kept
