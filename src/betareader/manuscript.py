"""The manuscript: one string to read, and the way back to the file it came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from betareader.difference import changes
from betareader.span import Span

MarkKind = Literal[
    "italic", "bold", "heading", "rule", "code", "note", "quote", "locked", "scene", "cue", "speech"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """This stretch of the text came from that stretch of that part of the file.

    `source` counts code points into the decoded part.  Where it is not as long as `span`, as that of `&amp;`, the piece is
    changed whole or not at all.  `splits` says whether a new paragraph can be begun in it.
    """

    span: Span
    part: str
    source: Span
    splits: bool = True

    @property
    def is_atomic(self) -> bool:
        """Whether it can only be changed whole."""
        return len(self.span) != len(self.source)


@dataclass(frozen=True, slots=True)
class Mark:
    """Formatting the author put on a stretch of text; its delimiters lie outside `span`.

    What is `locked` stands in the story and is read, but may not be changed.
    """

    span: Span
    kind: MarkKind


@dataclass(frozen=True)
class Manuscript:
    """A story as its author wrote it.

    `text` is never padded, normalised or cleaned.  `paragraphs` are the blocks the format itself
    knows, in order, white space at their ends left out; what each of them is for (a title, a scene
    break) is found out later.  `paragraph_break` is what this file writes between two paragraphs.
    `parts` holds the bytes of the parts of the file that are read, by name, so that writing can splice edits into them,
    and `source` the whole file.  `pieces` stand in the order of the text, and may leave gaps: what lies between them came
    from the markup.  Of these gaps, `joints` are the breaks between paragraphs that can be taken out.
    `notes` are sentences the author should see, such as which encoding was guessed.
    """

    path: Path | None
    text: str
    paragraphs: tuple[Span, ...]
    marks: tuple[Mark, ...] = ()
    parts: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    pieces: tuple[Piece, ...] = ()
    joints: tuple[Span, ...] = ()
    format: str = "plain"
    encoding: str = "utf-8"
    paragraph_break: str = "\n\n"
    notes: tuple[str, ...] = ()
    source: bytes = field(default=b"", repr=False)

    @property
    def is_raw(self) -> bool:
        """Whether the text is the file's own, line by line, as in plain text."""
        whole = Span(0, len(self.text))
        return not self.pieces or (self.pieces[0].span == self.pieces[0].source == whole)

    def can_take(self, span: Span, replacement: str) -> bool:
        """Whether `replacement` can be put for `span` in the file this came from.

        What the two have in common does not count.  A change cannot be made in what is locked, in a part of an
        atomic piece, or across a break that the format cannot take out; nor can a paragraph be begun everywhere.
        """
        return all(self._can_change(here, put) for here, put in changes(self.text, span, replacement))

    def pieces_in(self, span: Span) -> Iterator[Piece]:
        """The pieces under `span`, cut to it, in order; an atomic piece that is only touched in part is left out."""
        for place in range(bisect_right(self.pieces, span.start, key=_end), len(self.pieces)):
            piece = self.pieces[place]
            if piece.span.start >= span.end:
                return
            if span.holds(piece.span):
                yield piece
            elif not piece.is_atomic:
                cut = Span(max(span.start, piece.span.start), min(span.end, piece.span.end))
                if len(cut):
                    first = piece.source.start + cut.start - piece.span.start
                    yield Piece(cut, piece.part, Span(first, first + len(cut)), piece.splits)

    def joints_in(self, span: Span) -> Iterator[Span]:
        """The breaks under `span` that can be taken out, in order."""
        for place in range(bisect_left(self.joints, span.start, key=_start), len(self.joints)):
            if self.joints[place].end > span.end:
                return
            yield self.joints[place]

    def piece_at(self, place: int) -> Piece | None:
        """The piece that words put in at `place` go with: the one before it, or else the one after it.

        None where neither can be changed.
        """
        for number in range(bisect_left(self.pieces, place, key=_end), len(self.pieces)):
            piece = self.pieces[number]
            if piece.span.start > place:
                return None
            inside = piece.span.start < place < piece.span.end
            if not len(piece.span) or (inside and piece.is_atomic):
                continue
            beside = place - 1 if piece.span.start < place else place
            if not self._locks(Span(beside, beside + 1)):
                return piece
        return None

    def home_of(self, span: Span) -> Piece | None:
        """The piece, whole, that words put in for `span` go with; None where they cannot be put in."""
        for piece in self.pieces_in(span):
            return self.pieces[bisect_right(self.pieces, piece.span.start, key=_start) - 1]
        return self.piece_at(span.start) or (self.piece_at(span.end) if len(span) else None)

    def _can_change(self, span: Span, put: str) -> bool:
        if self._locks(span):
            return False
        covered = sorted([*(piece.span for piece in self.pieces_in(span)), *self.joints_in(span)])
        place = span.start
        for each in covered:
            if each.start != place:
                return False
            place = each.end
        if place != span.end:
            return False
        if not put:
            return True
        home = self.home_of(span)
        return home is not None and (home.splits or "\n\n" not in put)

    def _locks(self, span: Span) -> bool:
        """Whether `span` overlaps something locked, or lies strictly inside it."""
        place = bisect_right(self._locked, span.start, key=_end)
        return place < len(self._locked) and self._locked[place].start < max(span.end, span.start)

    @cached_property
    def _locked(self) -> tuple[Span, ...]:
        merged: list[Span] = []
        for span in sorted(mark.span for mark in self.marks if mark.kind == "locked"):
            if merged and span.start <= merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
            else:
                merged.append(span)
        return tuple(merged)


def _start(each: Piece | Span) -> int:
    return each.start if isinstance(each, Span) else each.span.start


def _end(each: Piece | Span) -> int:
    return each.end if isinstance(each, Span) else each.span.end
