"""Puts a manuscript together from the paragraphs and runs that a format's reader finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from betareader.errors import UnreadableManuscript
from betareader.manuscript import Manuscript, Mark, MarkKind, Piece
from betareader.span import Span

RULE = "* * *"
"""What a rule between scenes reads as."""

BREAK = "\n\n"
LARGEST_TEXT = 8_000_000
"""Characters; a dozen novels."""

_BLOCKS = re.compile(r"(?:(?!\n[ \t]*\n).)+", re.DOTALL)
_BARE = re.compile(r"\S(?:.*\S)?", re.DOTALL)


class Builder:
    """Gathers text, pieces, paragraphs and marks in the order of the text.

    For each paragraph: `begin`, then `words` for each of its runs, then `end`.
    """

    def __init__(self) -> None:
        self.place = 0
        """How long the text is so far, in code points."""
        self._text: list[str] = []
        self._pieces: list[Piece] = []
        self._joints: list[Span] = []
        self._paragraphs: list[Span] = []
        self._marks: list[Mark] = []
        self._open: dict[MarkKind, Span] = {}
        self._begun = 0
        self._any = False

    def begin(self, *, joins: bool = False) -> None:
        """Begin a paragraph; `joins` says whether the break before it can be taken out."""
        if self._any:
            if joins:
                self._joints.append(Span(self.place, self.place + len(BREAK)))
            self._text.append(BREAK)
            self.place += len(BREAK)
        self._any = True
        self._begun = self.place

    def words(
        self, words: str, part: str, source: Span, kinds: Iterable[MarkKind] = (), *, splits: bool = True
    ) -> None:
        """Add words that come from `source` in `part`, formatted as `kinds`; `locked` is one of these.

        Where the two differ in length, as with an entity, the words can only be changed as one.
        """
        if not words:
            return
        span = Span(self.place, self.place + len(words))
        self._text.append(words)
        self.place = span.end
        piece = Piece(span, part, source, splits)
        last = self._pieces[-1] if self._pieces else None
        if last and _go_on(last, piece):
            self._pieces[-1] = Piece(Span(last.span.start, span.end), part, Span(last.source.start, source.end), splits)
        else:
            self._pieces.append(piece)
        for kind in kinds:
            mark = self._open.get(kind)
            if mark and mark.end == span.start:
                self._open[kind] = Span(mark.start, span.end)
            else:
                self._close(kind)
                self._open[kind] = span

    def end(self, kind: MarkKind | None = None) -> None:
        """End the paragraph, which is a heading, a note or such where `kind` says so.

        A paragraph that its author cut up by empty lines counts as several.
        """
        start = self._begun
        inside = "".join(self._text_since(start))
        for block in _BLOCKS.finditer(inside):
            if bare := _BARE.search(block[0]):
                span = Span(start + block.start() + bare.start(), start + block.start() + bare.end())
                self._paragraphs.append(span)
                if kind:
                    self._marks.append(Mark(span, kind))

    def rule(self, part: str, source: Span) -> None:
        """A rule between scenes, as a paragraph of its own that cannot be changed."""
        self.begin()
        self.words(RULE, part, source, ("locked",), splits=False)
        self.end("rule")

    def manuscript(
        self,
        *,
        path: Path | None,
        name: str,
        source: bytes,
        parts: Mapping[str, bytes],
        format: str,
        notes: tuple[str, ...] = (),
        encoding: str = "utf-8",
    ) -> Manuscript:
        """The manuscript of all that was added.  Raises `UnreadableManuscript` where there is nothing to read, or too much."""
        for kind in tuple(self._open):
            self._close(kind)
        text = "".join(self._text)
        if not text.strip():
            raise UnreadableManuscript(f"{name} holds no text; there is no story to read.")
        if len(text) > LARGEST_TEXT:
            raise UnreadableManuscript(
                f"{name} is too long to read at once; cut it into parts and give them one by one."
            )
        marks = [bare for mark in self._marks if (bare := _bared(text, mark))]
        return Manuscript(
            path=path,
            text=text,
            paragraphs=tuple(self._paragraphs),
            marks=tuple(sorted(marks, key=lambda mark: (mark.span, mark.kind))),
            parts=MappingProxyType(dict(parts)),
            pieces=tuple(self._pieces),
            joints=tuple(self._joints),
            format=format,
            encoding=encoding,
            notes=notes,
            source=source,
        )

    def _text_since(self, start: int) -> list[str]:
        """What was added since the text was `start` long."""
        found: list[str] = []
        length = self.place - start
        for words in reversed(self._text):
            if length <= 0:
                break
            found.append(words)
            length -= len(words)
        return found[::-1]

    def _close(self, kind: MarkKind) -> None:
        if span := self._open.pop(kind, None):
            self._marks.append(Mark(span, kind))


def _go_on(last: Piece, piece: Piece) -> bool:
    """Whether the second piece only goes on where the first ended, so that the two are one."""
    return (
        last.span.end == piece.span.start
        and last.source.end == piece.source.start
        and last.part == piece.part
        and last.splits == piece.splits
        and not last.is_atomic
        and not piece.is_atomic
    )


def _bared(text: str, mark: Mark) -> Mark | None:
    """The mark without white space at its ends, None where nothing is left; what is locked is locked with its blanks."""
    if mark.kind == "locked":
        return mark
    bare = _BARE.search(mark.span.of(text))
    return Mark(Span(mark.span.start + bare.start(), mark.span.start + bare.end()), mark.kind) if bare else None
