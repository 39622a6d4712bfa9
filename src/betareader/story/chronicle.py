"""The chronicle: the story's scenes, its timeline, its places and things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from betareader.story.places import Thing
from betareader.story.scenes import Setting
from betareader.story.timeline import Moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from betareader.story.bible import Bible
    from betareader.structure.page import Page, Passage


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Where and when the story happens; all in the order of the text, but places and things by how often they stand."""

    scenes: tuple[Setting, ...] = ()
    timeline: tuple[Moment, ...] = ()
    places: tuple[Thing, ...] = ()
    things: tuple[Thing, ...] = ()


def chronicle(page: Page, bible: Bible, passages: Sequence[Passage]) -> Chronicle:
    """Tell the scenes, the timeline, the places and the things of a story.

    `passages` are those of the page, with their speakers as far as they are known.
    """
    return Chronicle(tuple(Setting(scene.number, scene.chapter, scene.span) for scene in page.scenes))
