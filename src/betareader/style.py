"""House style, settled: every question answered, none left open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Depth = Literal["light", "medium", "heavy"]
DEPTHS: tuple[Depth, ...] = ("light", "medium", "heavy")


@dataclass(frozen=True, slots=True)
class Stet:
    """Leave it: keyed by check and words, never by place.  An empty `words` means everywhere."""

    check: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """The conventions applied to one manuscript.

    Settled from, in rising order of say: the manuscript's own habits, a preset, the style file,
    the flags of the command.
    """

    depth: Depth = "light"
    spelling: Literal["us", "uk", "either"] = "either"
    quotes: Literal["double", "single"] = "double"
    curly: bool = False
    dashes: Literal["em", "spaced-en", "spaced-em", "hyphens"] = "em"
    ellipsis: Literal["…", "...", ". . ."] = "..."
    serial_comma: Literal["always", "never", "either"] = "either"
    thoughts: Literal["italics", "quotes", "plain"] = "plain"
    words: frozenset[str] = frozenset()
    stet: tuple[Stet, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the writer asks for; None leaves a question to the next in rank, at last to the manuscript's habits."""

    depth: Depth | None = None
    spelling: Literal["us", "uk", "either"] | None = None
    quotes: Literal["double", "single"] | None = None
    curly: bool | None = None
    dashes: Literal["em", "spaced-en", "spaced-em", "hyphens"] | None = None
    ellipsis: Literal["…", "...", ". . ."] | None = None
    serial_comma: Literal["always", "never", "either"] | None = None
    thoughts: Literal["italics", "quotes", "plain"] | None = None
    words: frozenset[str] = frozenset()
    stet: tuple[Stet, ...] = ()
