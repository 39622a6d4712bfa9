"""The manuscript's own conventions, found by counting, and the style that comes of them and the writer's wishes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from betareader.language.variants import to_spelling
from betareader.style import Style, Wishes

if TYPE_CHECKING:
    from betareader.structure.page import Page

CLEAR = 0.8
"""The share of the cases one spelling, or one way with the serial comma, must have to be the story's own."""

ENOUGH = 3
"""How often, at the least, the story must have shown its spelling or its way with the serial comma."""

_LOWER_WORD = re.compile(r"\b[a-z]{4,}\b")
_DASH = re.compile(
    r"(?<=[^\s—–-])(?: (?P<spaced_em>—) | (?P<spaced_en>–) | (?P<hyphen>-) |(?P<em>—)| ?(?P<double>--)(?!-))"
)
_ELLIPSIS = re.compile(r"(?P<sign>…)|(?P<dots>\.\.\.+)|(?P<spaced>\. \. \.)")
SERIES = re.compile(
    r"\b(?P<lead>(?i:an?|the|his|her|my|your|their|our|its|no|of|in|with|by|for)) [\w'’-]+"
    r"(?:, (?i:(?P=lead)|an?) [\w'’-]+)+(?P<comma>,?) (?:and|or) (?i:(?P=lead)|an?) [\w'’-]+"
)
"""A series whose members begin alike (“a cup, a bowl, and a spoon”), so that it can be nothing but a series."""


@dataclass(frozen=True, slots=True)
class Habit:
    """A convention as the manuscript shows it.

    `name` is the name of the field of `Style` it settles, `found` what the author does most, or
    "" where the manuscript does not say; `counts` holds every way seen and how often.
    """

    name: str
    found: str
    counts: tuple[tuple[str, int], ...]


def find(page: Page) -> tuple[Habit, ...]:
    """Every convention of the manuscript, in the order of the fields of `Style`."""
    return (
        _clear("spelling", _spelling(page.text)),
        _most("quotes", _quotes(page)),
        _most("curly", _shapes(page.text)),
        _most("dashes", _dashes(page.text)),
        _most("ellipsis", _ellipses(page.text)),
        _clear("serial_comma", _series(page.text)),
        _most("thoughts", _thoughts(page)),
    )


def settle(page: Page, wishes: Wishes) -> Style:
    """The style of the manuscript: its own habits, but for what the writer wishes otherwise."""
    settled: dict[str, Any] = {}
    for habit in find(page):
        if habit.found == "hyphen":
            continue  # A lone hyphen between spaces is no dash of any style.
        if habit.found:
            settled[habit.name] = habit.found == "curly" if habit.name == "curly" else habit.found
    for field in fields(Wishes):
        wish = getattr(wishes, field.name)
        if wish is not None:
            settled[field.name] = wish
    return Style(**settled)


def _habit(name: str, found: str, counts: Counter[str]) -> Habit:
    return Habit(name, found, tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))))


def _most(name: str, counts: Counter[str]) -> Habit:
    """The way seen most often; on a tie, the one that comes first in the alphabet."""
    found = min(counts, key=lambda way: (-counts[way], way)) if counts else ""
    return _habit(name, found, counts)


def _clear(name: str, counts: Counter[str]) -> Habit:
    """The way seen most often, where it is seen often enough and is clearly ahead."""
    habit = _most(name, counts)
    if counts.total() >= ENOUGH and counts[habit.found] >= CLEAR * counts.total():
        return habit
    return _habit(name, "", counts)


def _spelling(text: str) -> Counter[str]:
    american, british = to_spelling("uk"), to_spelling("us")
    counts: Counter[str] = Counter()
    for word, count in Counter(_LOWER_WORD.findall(text)).items():
        if word in american:
            counts["us"] += count
        elif word in british:
            counts["uk"] += count
    return counts


def _quotes(page: Page) -> Counter[str]:
    kinds = {'"': "double", "“": "double", "„": "double", "'": "single", "‘": "single"}
    marks = Counter(
        page.text[passage.span.start] for passage in page.passages if passage.voice == "speech" and passage.is_marked
    )
    return Counter({kind: count for kind in ("double", "single") if (count := _total(marks, kinds, kind))})


def _total(marks: Counter[str], kinds: dict[str, str], kind: str) -> int:
    return sum(count for mark, count in marks.items() if kinds.get(mark) == kind)


def _shapes(text: str) -> Counter[str]:
    curly = sum(map(text.count, "“”‘’"))
    straight = sum(map(text.count, "\"'"))
    return Counter({way: count for way, count in (("curly", curly), ("straight", straight)) if count})


def _dashes(text: str) -> Counter[str]:
    names = {"spaced_em": "spaced-em", "spaced_en": "spaced-en", "em": "em", "double": "hyphens", "hyphen": "hyphen"}
    return Counter(names[match.lastgroup or ""] for match in _DASH.finditer(text))


def _ellipses(text: str) -> Counter[str]:
    names = {"sign": "…", "dots": "...", "spaced": ". . ."}
    return Counter(names[match.lastgroup or ""] for match in _ELLIPSIS.finditer(text))


def _series(text: str) -> Counter[str]:
    return Counter("always" if match.group("comma") else "never" for match in SERIES.finditer(text))


def _thoughts(page: Page) -> Counter[str]:
    return Counter(
        "quotes" if page.text[passage.span.start] in "\"'“‘" else "italics"
        for passage in page.passages
        if passage.voice == "thought"
    )
