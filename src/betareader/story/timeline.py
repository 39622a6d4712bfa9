"""When it happens: the expressions of time that the story uses, resolved in order to days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from betareader.span import Span

MomentKind = Literal["day", "date", "weekday", "year", "season", "hour", "span", "back", "ahead", "meanwhile"]


@dataclass(frozen=True, slots=True)
class Moment:
    """An expression of time in the narration, and the day it speaks of.

    `day` counts from the story's first day, which is 0, and is below 0 before it; None where nothing
    tells.  `moves` says that the story goes on from there, `sure` that the day follows from what
    stands in the text without a guess.  `kind` is what is stated: `day` another day (“the next
    morning”), `hour` a time within the day, `span` how long something took, `back` and `ahead` what
    is only remembered or planned, `meanwhile` what happens beside something else.  `scene` is the
    number of the scene it stands in.
    """

    span: Span
    text: str
    kind: MomentKind
    scene: int
    day: int | None = None
    moves: bool = False
    sure: bool = True
