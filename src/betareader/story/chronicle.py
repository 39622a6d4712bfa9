"""The chronicle: the story's scenes, its timeline, its places and things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from betareader.story.dates import find_expressions
from betareader.story.narration import Narration
from betareader.story.places import Thing, find_things
from betareader.story.scenes import Setting, divide, settings
from betareader.story.script import with_headings
from betareader.story.timeline import Moment, resolve
from betareader.story.viewpoint import Insight, find_insights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from betareader.story.bible import Bible
    from betareader.structure.page import Page, Passage


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Where and when the story happens; all in the order of the text, but places and things by how often they stand.

    `insights` are the places where the narration is inside somebody's head.
    """

    scenes: tuple[Setting, ...] = ()
    timeline: tuple[Moment, ...] = ()
    places: tuple[Thing, ...] = ()
    things: tuple[Thing, ...] = ()
    insights: tuple[Insight, ...] = ()


def chronicle(page: Page, bible: Bible, passages: Sequence[Passage]) -> Chronicle:
    """Tell the scenes, the timeline, the places and the things of a story.

    `passages` are those of the page, with their speakers as far as they are known.
    """
    expressions = list(find_expressions(page))
    scenes = divide(page, expressions)
    timeline = resolve(expressions, [scene.span for scene in scenes])
    places, things = find_things(page, bible)
    narration = Narration(page.text, bible, passages)
    seen = tuple(insight for scene in scenes for insight in find_insights(narration, scene.span))
    told = with_headings(page, list(settings(scenes, narration, passages, places, timeline, seen)))
    return Chronicle(told, timeline, places, things, seen)
