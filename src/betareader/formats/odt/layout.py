"""The paragraphs of an OpenDocument text and the words in them, each with its place in the part that holds them."""

from __future__ import annotations

from dataclasses import dataclass, field

from betareader.manuscript import MarkKind
from betareader.span import Span

_SPLITTING = frozenset(("text:span", "text:a"))


@dataclass(frozen=True, slots=True)
class Shell:
    """The opening tag of an element around words in a paragraph, such as a span or a link."""

    name: str
    start: int
    end: int


@dataclass(slots=True)
class Leaf:
    """Words, or something that stands for some, in a paragraph: `start` and `end` are its place in the part.

    `spans` are the styles of the spans around it.  `at` is its place in the manuscript's text, as soon as that is known.
    Only what is `raw` can be cut up.
    """

    words: str
    start: int
    end: int
    shells: tuple[Shell, ...]
    raw: bool
    locked: bool
    spans: tuple[str, ...]
    at: int = -1

    def place_of(self, at: int, *, last: bool = False) -> int:
        """Where in the part the place `at` of the text is; in what cannot be cut up its start, or its end if `last`."""
        if self.raw:
            return self.start + max(0, min(at - self.at, len(self.words)))
        return self.end if last else self.start


@dataclass(slots=True)
class Paragraph:
    """A paragraph: `start` to `tag_end` is its opening tag, `close` to `end` its closing one.

    `after` is the paragraph right before it, if nothing stands between the two.  `folded` is white space that is not shown.
    `outside` is the place of the note or drawing that the paragraph is in.
    `boxes` are the paragraphs in text boxes that hang on this one.
    """

    name: str
    start: int
    tag_end: int
    style: str
    kind: MarkKind | None
    splits: bool
    held: bool
    outside: int | None
    close: int = 0
    end: int = 0
    after: Paragraph | None = None
    begins_inserted: bool = False
    leaves: list[Leaf] = field(default_factory=list)
    folded: list[Span] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written as one tag, with nothing in it."""
        return self.tag_end == self.end

    def joins(self, following: Paragraph) -> bool:
        """Whether the break between this paragraph and the one that follows can be taken out."""
        return following.after is self and self.splits and following.splits and not following.begins_inserted

    def splits_in(self, leaf: Leaf) -> bool:
        """Whether the paragraph can be split inside these words."""
        return (
            self.splits
            and not self.boxes
            and not leaf.locked
            and all(shell.name in _SPLITTING for shell in leaf.shells)
        )
