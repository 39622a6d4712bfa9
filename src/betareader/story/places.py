"""Places, things and terms, and what kind of place or thing each is."""

from __future__ import annotations

from dataclasses import dataclass

from betareader.span import Span


@dataclass(frozen=True, slots=True)
class Thing:
    """A place, a thing or a term of the story: its name, its kind (“street”, “ship”, “title”), and where it stands."""

    name: str
    kind: str
    mentions: tuple[Span, ...]
