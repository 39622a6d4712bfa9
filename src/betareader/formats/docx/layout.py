"""The paragraphs and runs of a part of a Word document, each with its place in the part.

A run is a stretch of words that look alike (ISO/IEC 29500-1, 17.3.2).  The same layout serves reading and writing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from betareader.formats.docx.styles import Look
from betareader.manuscript import MarkKind
from betareader.span import Span

Words = tuple[str, int, int]
"""A stretch of words and where it stands in the part."""


@dataclass(slots=True)
class Shell:
    """An element that stands around runs, such as a link; `splits` says whether it can be ended and begun anew."""

    start: int
    tag_end: int
    splits: bool
    locked: bool
    end: int = 0


@dataclass(slots=True)
class Leaf:
    """Words, or a sign such as a tab, in a run.

    `start` and `end` hold the whole element, `words` only what is read of it, in order.  `direct` is false where
    something else stands between it and the run.
    """

    start: int
    end: int
    words: tuple[Words, ...]
    is_sign: bool
    direct: bool

    @property
    def inner(self) -> Span:
        """Where what is read of it stands."""
        return Span(self.start, self.end) if self.is_sign else Span(self.words[0][1], self.words[-1][2])


@dataclass(slots=True)
class Run:
    """A run of a paragraph; `leaves` are in order, and `shells` stand around it, the outermost first."""

    paragraph: Paragraph
    start: int
    tag_end: int
    shells: tuple[Shell, ...]
    locked: bool
    end: int = 0
    properties: Span | None = None
    look: Look = field(default_factory=Look)
    children: list[Span] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)

    @property
    def splits(self) -> bool:
        """Whether the paragraph can be split inside this run; not where a text box hangs on it, which would change its place."""
        return self.paragraph.splits and not self.paragraph.boxes and all(shell.splits for shell in self.shells)

    @property
    def outside(self) -> Span:
        """The run, or the outermost thing around it that nothing may be put into."""
        for shell in self.shells:
            if shell.locked or not shell.splits:
                return Span(shell.start, shell.end)
        return Span(self.start, self.end)


@dataclass(slots=True)
class Paragraph:
    """A paragraph: `start` to `tag_end` is its opening tag, `close` to `end` its closing one.

    Paragraphs with the same number in `among` stand side by side.  `anchor` is the run in the body a note or a text box
    hangs on; `boxes` are the paragraphs of the text boxes in it.  `mark` is what has been tracked of its end, and
    `merges` says that the end counts as taken out.
    """

    start: int
    tag_end: int
    among: int
    anchor: Run | None
    close: int = 0
    end: int = 0
    properties: Span | None = None
    style: str = ""
    kind: MarkKind | None = None
    splits: bool = True
    mark: str = ""
    has_section: bool = False
    has_rule: bool = False
    runs: list[Run] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written as one tag, with nothing in it."""
        return self.tag_end == self.end

    @property
    def merges(self) -> bool:
        """Whether somebody has taken out its end, so that it goes on in the next paragraph."""
        return self.mark in ("w:del", "w:moveFrom")

    def joins(self, following: Paragraph) -> bool:
        """Whether the break between this paragraph and the one that follows can be taken out."""
        return self.among == following.among and not self.has_section and not self.mark


def trimmed(words: list[Words]) -> list[Words]:
    """The words without the white space at their ends, which counts only where the file says so."""
    found = list(words)
    while found and (bare := found[0][0].lstrip(" ")) != found[0][0]:
        _, _, end = found.pop(0)
        if bare:
            found.insert(0, (bare, end - len(bare), end))
    while found and (bare := found[-1][0].rstrip(" ")) != found[-1][0]:
        _, start, _ = found.pop()
        if bare:
            found.append((bare, start, start + len(bare)))
    return found
