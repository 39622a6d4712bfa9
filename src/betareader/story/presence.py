"""Presence: who of the cast is named where on the page, found quickly."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from betareader.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from betareader.story.bible import Bible, Character

NARRATOR = "I"
"""The alias of a character who tells the story."""


class Presence:
    """The mentions of every character in order; a character is a place in `cast`.

    `by_role` leads from a trade or a kinship that only one of them is told to have to that one, `narrator` is who
    tells the story, or -1.
    """

    def __init__(self, text: str, bible: Bible) -> None:
        self.cast: Sequence[Character] = bible.cast
        self.text = text
        found = {span: number for number, person in enumerate(bible.cast) for span in _mentions(text, person)}
        self._spans = sorted(found)
        self._who = [found[span] for span in self._spans]
        self._starts = [span.start for span in self._spans]
        self._ends = [span.end for span in self._spans]
        self.genders = [person.pronouns for person in bible.cast]
        bearers: defaultdict[str, set[int]] = defaultdict(set)
        for number, person in enumerate(bible.cast):
            for role in (
                *(fact.value for fact in person.facts if fact.about == "rank"),
                *(each.kind for each in person.relations),
            ):
                bearers[role].add(number)
        self.by_role = {role: min(who) for role, who in bearers.items() if len(who) == 1}
        self.narrator = next(
            (n for n, person in enumerate(bible.cast) if NARRATOR in (person.name, *person.aliases)), -1
        )

    def inside(self, start: int, end: int) -> Iterator[tuple[Span, int]]:
        """Each mention that starts from `start` to `end`, and whose it is."""
        for at in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            yield self._spans[at], self._who[at]

    def at(self, offset: int) -> int:
        """Whose mention covers the offset; -1 for nobody's."""
        at = bisect_right(self._starts, offset) - 1
        return self._who[at] if at >= 0 and offset < self._ends[at] else -1

    def share(self, number: int) -> float:
        """How much of all naming is of one character."""
        return len(self.cast[number].mentions) / max(len(self._spans), 1)


def _mentions(text: str, person: Character) -> Iterator[Span]:
    """The mentions of a character; those of one that came without any are looked for."""
    if person.mentions:
        yield from person.mentions
        return
    forms = sorted({person.name, *person.aliases}, key=len, reverse=True)
    for match in re.finditer("|".join(rf"\b{re.escape(form)}\b" for form in forms), text):
        yield Span(*match.span())
