"""Whether two names, going by their words alone, may be one person's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from betareader.story.given import SHORT_FORMS, gender_of

if TYPE_CHECKING:
    from betareader.story.bearers import Bearer


def same_full(one: list[str], two: list[str]) -> bool:
    """Whether two names of several words, as lists of them, may be one person's."""
    if _same_first(one[0], two[0]) and one[-1] == two[-1]:
        return True
    short, long = sorted((one, two), key=len)
    return len(short) > 1 and len(short) < len(long) and (long[: len(short)] == short or long[-len(short) :] == short)


def is_known(first: str, person: Bearer) -> bool:
    """Whether a first name is the person's or everybody's short form of it, not only one that looks cut short."""
    short = SHORT_FORMS.get(first, frozenset())
    return any(
        first == name[0] or name[0] in short or first in SHORT_FORMS.get(name[0], ()) or name[-1] == first
        for name in person.fulls
    )


def _same_first(one: str, two: str) -> bool:
    """Whether one first name is the other or short for it: Tom, Thomas; Mort, Morton; Timmy, Timothy."""
    if one == two or one in SHORT_FORMS.get(two, ()) or two in SHORT_FORMS.get(one, ()):
        return True
    short, long = sorted((one, two), key=len)
    if gender_of(short) and gender_of(long) and gender_of(short) != gender_of(long):
        return False
    stem = short[:3] if short.endswith(("y", "ie")) and len(short) < len(long) else short
    return len(short) >= 3 and long.startswith(stem)
