"""Plain text: where its paragraphs are, however the author's program wrote them down."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from betareader.manuscript import Mark
from betareader.span import Span

WIDEST_WRAP = 100
"""Columns; a file whose lines run longer was not wrapped by hand or by an old program."""

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_FIRST_WORD = re.compile(r"\S+")
_ENDS = tuple(".!?…:\"”'’»)*_-—")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n\r]{1,2000})(?<=[^\s*])\*(?![\w*])|"
                       r"(?<![\w])_(?=[^\s_])([^_\n\r]{1,2000})(?<=[^\s_])_(?!\w)")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it: `before` counts the line ends above it, `indent` its leading white space."""

    start: int
    end: int
    before: int
    indent: int

    def __len__(self) -> int:
        return self.end - self.start


def lines_of(text: str) -> list[Line]:
    """The lines of `text` that are not blank, white space at their ends left out."""
    lines: list[Line] = []
    place = 0
    for match in _LINE.finditer(text):
        whole = match.group()
        bare = whole.strip()
        if not bare:
            continue
        indent = len(whole) - len(whole.lstrip())
        start = match.start() + indent
        lines.append(Line(start, start + len(bare), _line_ends(text[place : match.start()]), indent))
        place = match.end()
    return lines


def paragraphs_of(text: str) -> tuple[Span, ...]:
    """The paragraphs of plain text.

    They are set apart by blank lines, by line ends alone, or, where the lines were wrapped at a
    fixed width, by blank lines, indents or lines that stop short.
    """
    lines = lines_of(text)
    if not lines:
        return ()
    width = _wrapped_at(text, lines)
    paragraphs = []
    start, last = lines[0].start, lines[0]
    for line in lines[1:]:
        if width is None or line.before > 1 or _starts_anew(text, last, line, width):
            paragraphs.append(Span(start, last.end))
            start = line.start
        last = line
    paragraphs.append(Span(start, last.end))
    return tuple(paragraphs)


def paragraph_break_of(text: str, paragraphs: tuple[Span, ...]) -> str:
    """What this text most often writes between two paragraphs; a blank line where it has only one."""
    breaks = Counter(text[before.end : after.start].lstrip(" \t") for before, after in pairwise(paragraphs))
    breaks = Counter({each: count for each, count in breaks.items() if not each.strip() and len(each) <= 20 and each})
    if breaks:
        return max(breaks, key=lambda each: (breaks[each], -abs(2 - _line_ends(each)), -len(each)))
    newline = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    return newline * 2


def emphasis_of(text: str) -> list[Mark]:
    """Stretches set in *asterisks* or _low lines_, as many write italics in plain text."""
    return [
        Mark(Span(match.start() + 1, match.end() - 1), "italic")
        for match in _EMPHASIS.finditer(text)
        if any(map(str.isalpha, match.group()))
    ]


def _line_ends(gap: str) -> int:
    if "\u2029" in gap:
        return 2
    return max(gap.count("\n"), gap.count("\r")) or len(gap) > 0


def _wrapped_at(text: str, lines: list[Line]) -> int | None:
    """The width the lines were wrapped at, in columns; None where they were not."""
    width = sorted(map(len, lines))[int(0.98 * (len(lines) - 1))]
    inside = [(above, below) for above, below in pairwise(lines) if below.before == 1]
    if width > WIDEST_WRAP or width < 40 or not inside:
        return None
    going_on = sum(text[below.start].islower() for _, below in inside)
    forced = sum(_was_forced(text, above, below, width) for above, below in inside)
    return width if going_on >= 0.3 * len(inside) and forced >= 0.6 * len(inside) else None


def _was_forced(text: str, above: Line, below: Line, width: int) -> bool:
    """Whether the first word of the line below had no room on the line above."""
    first = _FIRST_WORD.match(text, below.start, below.end)
    return above.indent + len(above) + 1 + (len(first.group()) if first else 0) >= width - 4


def _starts_anew(text: str, above: Line, below: Line, width: int) -> bool:
    if below.indent and not above.indent:
        return True
    if below.indent > above.indent + 1:
        return True
    short = above.indent + len(above) < 0.75 * width
    return short and text[above.end - 1] in _ENDS and not _was_forced(text, above, below, width)
