"""Slips in a name: a form that stands once or twice where another stands often."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from betareader.span import Span
from betareader.story.bible import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from betareader.language.lexicon import Lexicon
    from betareader.story.names import Usage

RATIO = 8
"""How many times as often as its slip a name must stand."""


def find_slips(usage: Usage, names: frozenset[str], lexicon: Lexicon) -> tuple[Slip, ...]:
    """Each place where a name that stands often is most likely misspelt, in order.

    A form that is a word or a name of its own is never a slip: Anna and Anne are two people.
    """
    standing = {name: usage.uses[name].total for name in names if usage.uses[name].total >= 4 and len(name) > 3}
    near: dict[str, set[str]] = defaultdict(set)
    for name in standing:
        for key in _lost_letters(name):
            near[key].add(name)
    slips = []
    for form, uses in usage.uses.items():
        count = uses.total
        if (
            not 0 < count <= 2
            or form in standing
            or len(form) < 4
            or form.isupper()
            or uses.lower
            or lexicon.knows(form)
        ):
            continue
        found = {name for key in _lost_letters(form) for name in near.get(key, ())}
        chances = sorted(((_chance(form, name, standing[name] / count), name) for name in found), reverse=True)
        if chances and chances[0][0] > 0.5:
            chance, name = chances[0]
            if _stand_together(usage, form, name):
                continue
            if len(chances) > 1 and chances[1][0] > 0.8 * chance:
                chance *= 0.5
            slips += [Slip(span, form, name, chance) for span in _spans(usage, form)]
    return tuple(sorted(slips, key=lambda slip: slip.span))


def _lost_letters(word: str) -> set[str]:
    """The word in small letters, and with any one of its letters lost; two that share one are near."""
    lower = word.lower()
    return {lower, *(lower[:place] + lower[place + 1 :] for place in range(len(lower)))}


def _spans(usage: Usage, form: str) -> Iterator[Span]:
    for place in usage.uses[form].places:
        start = usage.page.words[place].start
        yield Span(start, start + len(form))


def _chance(form: str, name: str, ratio: float) -> float:
    """How likely `form` is `name` misspelt, by what happened to its letters and how often the name stands."""
    if ratio < RATIO:
        return 0.0
    fault = _fault(form.lower(), name.lower())
    return fault if len(name) > 4 else fault - 0.1


def _fault(form: str, name: str) -> float:
    """How sure the difference between two spellings is to be a slip of the hand; 0 where it is none."""
    if form == name:
        return 0.0
    head = 0
    while head < min(len(form), len(name)) and form[head] == name[head]:
        head += 1
    tail = 0
    while tail < min(len(form), len(name)) - head and form[-1 - tail] == name[-1 - tail]:
        tail += 1
    was, now = name[head : len(name) - tail], form[head : len(form) - tail]
    at_end = tail == 0
    if not was and len(now) == 1:
        if (head and form[head - 1] == now) or (tail and form[len(form) - tail] == now):
            return 0.93 if at_end else 0.96
        return 0.0 if at_end else 0.92
    if not now and len(was) == 1:
        return 0.6 if at_end or not head else 0.93
    if len(was) == 2 and now == was[::-1]:
        return 0.96
    if len(was) == 1 and len(now) == 1:
        return 0.0 if not head else 0.6 if at_end else 0.8
    return 0.0


def _stand_together(usage: Usage, form: str, name: str) -> bool:
    """Whether both spellings stand in one sentence, a few words apart: then they are two names."""
    places = usage.uses[name].places
    return any(
        abs(place - other) <= 12 and not usage.opens.intersection(range(min(place, other) + 1, max(place, other) + 1))
        for place in usage.uses[form].places
        for other in places
    )
