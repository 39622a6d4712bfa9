"""Slips in a name: a form that stands once or twice where another stands often."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from betareader.span import Span
from betareader.story.bible import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from betareader.language.lexicon import Lexicon
    from betareader.story.names import Usage

_DRAWN_OUT = re.compile(r"(.)\1{3}", re.IGNORECASE)
_VOWELS = frozenset("aeiouy")
RATIO = 8
"""How many times as often as its slip a name must stand; four times do where the letters alone tell."""

SURE = 0.93
"""Above this the letters alone tell the slip: two changed about, one doubled."""


def find_slips(usage: Usage, names: frozenset[str], lexicon: Lexicon) -> tuple[Slip, ...]:
    """Each place where a name that stands often is most likely misspelt, in order.

    A form that is a word or a name of its own is never a slip: Anna and Anne are two people.
    """
    standing = {name: usage.uses[name].total for name in names if usage.uses[name].total >= 4 and len(name) > 3}
    near: dict[str, set[str]] = defaultdict(set)
    for name in standing:
        for key in _lost_letters(name):
            near[key].add(name)
    slips: list[Slip] = []
    for form, uses in usage.uses.items():
        if not 0 < uses.total <= 2 or uses.lower or len(form) < 4 or not form.isalpha() or form.isupper():
            continue
        found = {name for key in _lost_letters(form) for name in near.get(key, ()) if name != form}
        if not found or lexicon.knows(form) or _DRAWN_OUT.search(form):
            continue
        likely = ((_fault(form, name), standing[name] / uses.total, name) for name in found)
        chances = sorted((fault, name) for fault, ratio, name in likely if ratio >= (4 if fault > SURE else RATIO))
        if chances and not _stand_together(usage, form, chances[-1][1]):
            chance, name = chances[-1]
            if (chance <= SURE or len(name) < 7) and lexicon.is_common_word(name) and not lexicon.is_name(name):
                continue
            if len(chances) > 1 and chances[-2][0] > 0.8 * chance:
                chance *= 0.5
            slips += _slips(usage, form, name, chance)
    return tuple(sorted(slips, key=lambda slip: slip.span))


def _lost_letters(word: str) -> set[str]:
    """The word in small letters, and with any one of its letters lost; two that share one are near."""
    lower = word.lower()
    return {lower, *(lower[:place] + lower[place + 1 :] for place in range(len(lower)))}


def _slips(usage: Usage, form: str, name: str, chance: float) -> Iterator[Slip]:
    """A slip for each place where `form` stands; less sure where it has a first name or a title of its own."""
    known = {usage.texts[place - 1] for place in usage.uses[name].places if usage.between(place) in (" ", ". ")}
    for place in usage.uses[form].places:
        span = usage.page.words[place]
        before = usage.texts[place - 1] if usage.between(place) in (" ", ". ") else ""
        has_own = before[:1].isupper() and before not in known and place not in usage.opens
        sure = chance - 0.15 if has_own and chance < SURE else chance
        if sure > 0.6 and usage.page.text[span.end : span.end + 1] not in ("'", "’"):
            yield Slip(Span(span.start, span.start + len(form)), form, name, sure)


def _fault(form: str, name: str) -> float:
    """How likely `form` is `name` misspelt, by what happened to its letters; 0 where nothing of the kind did.

    The figures were set by hand, so that in two million words of clean fiction hardly one false slip in ten
    thousand words is taken for sure; they are no measured chances.
    """
    form, name = form.lower(), name.lower()
    head = _shared(form, name)
    tail = _shared(form[head:][::-1], name[head:][::-1])
    was, now = name[head : len(name) - tail], form[head : len(form) - tail]
    around = form[head - 1 : head] + form[len(form) - tail :][:1]
    short = 0.15 if len(name) < 5 else 0.0
    if len(was) == 2 and now == was[::-1]:
        return 0.96
    if not was and len(now) == 1:
        return 0.95 if now in around else 0.92 - short if tail and head else 0.0
    if not now and len(was) == 1:
        return 0.94 if was in around else 0.92 - short if tail and head else 0.0 if was == "s" else 0.7 - short
    if len(was) == len(now) == 1 and head and tail:
        return 0.92 - short if was in _VOWELS and now in _VOWELS else 0.75 - short
    return 0.0


def _shared(one: str, other: str) -> int:
    """How many letters the two have in common from their start on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def _stand_together(usage: Usage, form: str, name: str) -> bool:
    """Whether both spellings stand in one sentence, a few words apart: then they are two names."""
    places = usage.uses[name].places
    return any(
        abs(place - other) <= 12 and not usage.opens.intersection(range(min(place, other) + 1, max(place, other) + 1))
        for place in usage.uses[form].places
        for other in places
    )
