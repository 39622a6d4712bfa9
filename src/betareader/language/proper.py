"""Words that always begin with a capital: days, months, feasts, languages, places."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_CALENDAR = "# days, months, feasts"


@cache
def proper() -> frozenset[str]:
    """All of them, in small letters; they stand in `data/proper.txt`."""
    return frozenset(word for words in _sections().values() for word in words)


@cache
def calendar() -> frozenset[str]:
    """The days, months and feasts among them."""
    return _sections()[_CALENDAR]


@cache
def _sections() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    head = ""
    for line in (files("betareader.language") / "data" / "proper.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            head = line
        else:
            found.setdefault(head, set()).update(line.split())
    return {head: frozenset(words) for head, words in found.items()}
