"""Scenes: where each is set, when, who is there, and through whose eyes it is seen."""

from __future__ import annotations

from dataclasses import dataclass

from betareader.span import Span

NARRATOR = "the narrator"
"""Whose point of view it is where somebody tells the story as “I”."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A scene, and what the text tells of it.

    `place` and `time` are as stated, empty where nothing is, and `place_span` and `time_span` are where;
    `day` counts from the story's first day.  `present` are full names, those who are there most first.
    `viewpoint` is a full name, `NARRATOR`, or None where nobody's thoughts are told more than
    another's.  `gist` are the words that tell this scene from the others, the most telling first.
    """

    number: int
    chapter: int
    span: Span
    place: str = ""
    place_span: Span | None = None
    time: str = ""
    time_span: Span | None = None
    day: int | None = None
    present: tuple[str, ...] = ()
    viewpoint: str | None = None
    gist: tuple[str, ...] = ()
