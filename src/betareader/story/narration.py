"""The narration: a story with all that is said and thought aloud left out, and who is named in it where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from betareader.span import Span
from betareader.story.people import Genders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from betareader.story.bible import Bible
    from betareader.structure.page import Passage

GAP = "\x00"
"""What stands in the narration for every code point of a speech or a thought, so that nothing moves."""


class Narration:
    """The text of the narrator alone, as long as the whole and every word of it at its own place.

    `starts`, `ends` and `names` are columns: where each mention of a character stands in the narration, in
    order, and the character's full name.  `cast` are all the full names there are.
    """

    def __init__(self, text: str, bible: Bible, passages: Sequence[Passage]) -> None:
        pieces: list[str] = []
        place = 0
        for passage in passages:
            start, end = max(passage.span.start, place), passage.span.end
            if passage.voice != "quoted" and end > start:
                pieces += [text[place:start], GAP * (end - start)]
                place = end
        self.text = "".join([*pieces, text[place:]])
        mentions = sorted(
            (span.start, span.end, person.name)
            for person in bible.cast
            for span in person.mentions
            if self.text[span.start] != GAP
        )
        self.starts = [start for start, _, _ in mentions]
        self.ends = [end for _, end, _ in mentions]
        self.names = [name for _, _, name in mentions]
        self.cast = frozenset(person.name for person in bible.cast)
        genders = Genders(text)
        self._pronouns = {person.name: person.pronouns or genders.of(person.name.split()[0]) for person in bible.cast}

    def mentions(self, span: Span) -> range:
        """The places in the columns of the mentions inside `span`."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def named(self, start: int, end: int) -> str | None:
        """Whose name ends at `end`, with what is before it from `start`; None where no character's does."""
        place = bisect_right(self.starts, end) - 1
        if place >= 0 and self.ends[place] == end and self.starts[place] <= start:
            return self.names[place]
        return None

    def meant(self, pronoun: str, offset: int, floor: int) -> str | None:
        """Whom “he” or “she” most likely means at `offset`: the last one of that kind named since `floor`."""
        for place in range(bisect_left(self.starts, offset) - 1, -1, -1):
            if self.starts[place] < floor:
                break
            if self._pronouns.get(self.names[place]) == pronoun and not self.text.startswith(
                ("'s", "’s"), self.ends[place]
            ):
                return self.names[place]
        return None

    def only(self, pronoun: str, offset: int, floor: int) -> str | None:
        """The one person whom “he” or “she” fits, of all who are named from `floor` up to `offset`."""
        lately = {self.names[place] for place in self.mentions(Span(max(floor, 0), offset))}
        fitting = [name for name in lately if self._pronouns.get(name, "?") in (pronoun, "?", "")]
        return fitting[0] if len(fitting) == 1 and self._pronouns.get(fitting[0]) == pronoun else None
