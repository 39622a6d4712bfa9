"""Days and dates that do not add up; only the author knows which is right, so all of it is asked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Query
from betareader.span import Span
from betareader.story.dates import WEEKDAYS, find_dates, ordinal_of

if TYPE_CHECKING:
    from betareader.reading import Reading
    from betareader.story.dates import Expression
    from betareader.story.timeline import Moment

_ONE_CALENDAR = 1753
"""The year from which a day of the week can be reckoned alike in every country that wrote English."""

_IN_APPOSITION = re.compile(r"[,—(]? ?(?:(?:it|that|which) )?(?:(?:was|is|being) )?(?:an? |the )?")
"""What stands between a step in time and the day it leads to: “the next morning, Tuesday”, “the next day was a Tuesday”."""


@check(depth="light")
def date_in_no_calendar(reading: Reading) -> Iterator[Query]:
    """Ask about a date that no calendar has, or that falls on another day of the week.

    A weekday is compared where the year stands beside it, or where two such dates stand in one chapter.
    Before 1753 calendars differed, and nothing is asked.

    Queries:
        The letter was dated [April 31, 1987], and he read it twice.
        It was [Friday, June 13, 1996], and the shop was shut.
        On Monday, March 3, she wrote to him. On [Sunday, March 8], he answered.

    Leaves:
        The letter was dated April 30, 1987, and he read it twice.
        It was Friday, June 14, 1996, and the shop was shut.
        On Monday, March 3, she wrote to him. On Saturday, March 8, he answered.
    """
    before: Expression | None = None
    for stated in find_dates(reading.text):
        if stated.is_impossible:
            yield Query(stated.span, "No calendar has this date.")
            continue
        if stated.weekday is None:
            continue
        if stated.year:
            if stated.true_weekday != stated.weekday and stated.year >= _ONE_CALENDAR:
                true = WEEKDAYS[stated.true_weekday or 0].capitalize()
                yield Query(stated.span, f"That day was a {true}. Is the date right, or the day of the week?")
            continue
        if before is not None and _chapter(reading, before.span) == _chapter(reading, stated.span):
            days = _days_between(before, stated)
            if 0 <= days < 60 and (stated.weekday - (before.weekday or 0) - days) % 7:
                reason = f"“{before.text}” stands before. Can both days of the week be right?"
                yield Query(stated.span, reason, (before.span,))
                continue
        before = stated


@check(depth="light")
def weekday_off(reading: Reading) -> Iterator[Query]:
    """Ask about a day of the week that the days told before it do not lead to.

    Only steps that are stated count, from one day named to the next within a scene or into the one after it.

    Queries:
        It was Monday, and Anna stayed in. The next morning, [Wednesday], she went out at last.
        On Friday the ship came in. Two days later, on [Monday], it sailed again.

    Leaves:
        It was Monday, and Anna stayed in. The next morning, Tuesday, she went out at last.
        It was Monday, and Anna stayed in. The next morning was fine. On Saturday she went out at last.
    """
    known: Moment | None = None
    steps: list[Moment] = []
    for moment in reading.chronicle.timeline:
        if moment.weekday is None or moment.kind != "weekday":
            if moment.moves and (not moment.sure or moment.kind not in ("day", "hour", "date")):
                known = None
            if moment.moves and moment.kind == "day":
                steps.append(moment)
            continue
        if known is not None and steps and _stands_beside(reading.text, steps[-1], moment):
            expected = ((known.weekday or 0) + (steps[-1].day or 0) - (known.day or 0)) % 7
            if expected != moment.weekday and moment.scene - known.scene <= 1:
                day = WEEKDAYS[expected].capitalize()
                reason = f"By “{known.text}” and “{steps[-1].text}” this would be {day}. Which is right?"
                yield Query(_last_word(moment), reason, (known.span, steps[-1].span))
        known, steps = moment if moment.moves and moment.sure else None, []


def _stands_beside(text: str, step: Moment, day: Moment) -> bool:
    """Whether a weekday says what day a step leads to: “the next morning, Tuesday”."""
    return _IN_APPOSITION.fullmatch(text, step.span.end, day.span.start) is not None


def _last_word(moment: Moment) -> Span:
    """The name of the day itself, without its preposition."""
    found = re.search("|".join(WEEKDAYS), moment.text.lower())
    start = moment.span.start + (found.start() if found else 0)
    return Span(start, start + len(found[0])) if found else moment.span


def _chapter(reading: Reading, span: Span) -> int:
    place = bisect_right(reading.scenes, span.start, key=lambda scene: scene.span.start) - 1
    return reading.scenes[place].chapter if place >= 0 else 0


def _days_between(before: Expression, after: Expression) -> int:
    """Days from one date to another of the same year; below 0 where the second comes first."""
    first = ordinal_of(2001, before.month or 1, before.day or 1)
    second = ordinal_of(2001, after.month or 1, after.day or 1)
    return second - first if first and second else -1
