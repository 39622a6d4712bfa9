"""Joints: each speech with the narration on either side of it, where dialogue is put together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from betareader.story.tags import Clause, clause_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from betareader.span import Span
    from betareader.structure.page import Paragraph, Passage


@dataclass(frozen=True, slots=True)
class Joint:
    """A speech or thought in its paragraph.

    The narration before it runs from `start` to the opening mark, the narration after it from the
    closing mark to `end`; words that are only quoted are part of the narration.  `clause` is the
    one right after the speech, where nothing but white space stands between.
    """

    passage: Passage
    paragraph: Span
    previous: Passage | None
    following: Passage | None
    start: int
    end: int
    clause: Clause | None

    @property
    def opens(self) -> int:
        """Where the opening mark stands."""
        return self.passage.span.start

    @property
    def closes(self) -> int:
        """Where the speech with its closing mark is over."""
        return self.passage.span.end

    def before(self, text: str) -> str:
        """The narration before the speech."""
        return text[self.start : self.opens]

    def after(self, text: str) -> str:
        """The narration after the speech."""
        return text[self.closes : self.end]

    def said(self, text: str) -> str:
        """What is said, without its marks and the white space at its ends."""
        return self.passage.inner.of(text).strip()


def _clause(text: str, start: int, end: int) -> Clause | None:
    found = clause_at(text, start, end) if end > start else None
    if found is None:
        return None
    first = found.start
    return found if not text[start:first].strip() else None


def joints(text: str, paragraphs: Sequence[Paragraph], passages: Sequence[Passage]) -> Iterator[Joint]:
    """Every speech and thought of the body of a story that is set in marks, in order."""
    heard = [
        passage
        for passage in passages
        if passage.voice == "thought" or (passage.voice != "quoted" and passage.is_marked)
    ]
    starts = [passage.span.start for passage in heard]
    for paragraph in paragraphs:
        if paragraph.role != "body":
            continue
        here = heard[bisect_left(starts, paragraph.span.start) : bisect_left(starts, paragraph.span.end)]
        previous: Passage | None = None
        for place, passage in enumerate(here):
            following = here[place + 1] if place + 1 < len(here) else None
            start = previous.span.end if previous else paragraph.span.start
            end = following.span.start if following else paragraph.span.end
            if passage.span.start >= start and end >= passage.span.end:
                clause = _clause(text, passage.span.end, end)
                yield Joint(passage, paragraph.span, previous, following, start, end, clause)
            previous = passage
