"""When it happens: the expressions of time that the story uses, resolved in order to days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from betareader.span import Span
from betareader.story.dates import Expression, ordinal_of

MomentKind = Literal["day", "date", "weekday", "year", "season", "hour", "span", "back", "ahead", "meanwhile"]

_PARTS = (("dawn", "daybreak", "sunrise", "morning", "forenoon"), ("noon", "midday"), ("afternoon",))
_LATE_PARTS = (("evening", "dusk", "sunset", "twilight"), ("night", "midnight", "tonight"))
_HALF_A_YEAR = 180


@dataclass(frozen=True, slots=True)
class Moment:
    """An expression of time in the narration, and the day it speaks of.

    `day` counts from the story's first day, which is 0, and is below 0 before it; None where nothing
    tells.  `moves` says that the story goes on from there, `sure` that nothing was guessed on the way
    from the moment before.  `kind` is what is stated: `day` another day (“the next morning”), `hour` a
    time within the day, `span` how long something took, `back` and `ahead` what is only remembered or
    planned, `meanwhile` what happens beside something else.  `scene` is the number of the scene it
    stands in, 0 outside all.  `weekday` counts from Monday, which is 0.
    """

    span: Span
    text: str
    kind: MomentKind
    scene: int
    day: int | None = None
    moves: bool = False
    sure: bool = True
    weekday: int | None = None


@dataclass(slots=True)
class _Clock:
    """How far the story has come: its day, and what is known of the calendar.

    `weekday` is that of day 0, `dated` an ordinal date with its day; `part` is the part of the day, None where it is not known.
    """

    day: int = 0
    part: int | None = None
    weekday: int | None = None
    dated: tuple[int, int] | None = None
    year: int | None = None

    def go(self, day: int, sure: bool, part: int | None) -> None:
        """Move on to a day; after a guess nobody knows which day of the week it is."""
        if day != self.day or part is not None:
            self.part = part
        if not sure:
            self.weekday = None
        self.day = day

    def next(self, weekday: int, after: int) -> int:
        """The first day from `after` on that is this day of the week; `self.weekday` must be known."""
        return after + (weekday - (self.weekday or 0) - after) % 7


def resolve(expressions: Iterable[Expression], scenes: Sequence[Span]) -> tuple[Moment, ...]:
    """Resolve expressions of time in the order of the text; `scenes` are where the scenes stand, in order."""
    clock = _Clock()
    starts = [scene.start for scene in scenes]
    moments = []
    for expression in expressions:
        place = bisect_right(starts, expression.span.start)
        number = place if place and expression.span.start < scenes[place - 1].end else 0
        moment = _moment(expression, clock)
        if moment is None:
            continue
        moment = replace(moment, scene=number)
        if moment.moves and moment.day is not None:
            clock.go(moment.day, moment.sure, _part(expression.text))
        moments.append(moment)
    return tuple(moments)


def _part(text: str) -> int | None:
    lower = text.lower()
    for number, words in enumerate(_PARTS + _LATE_PARTS):
        if any(word in lower for word in words):
            return number
    return None


def _say(said: Expression, kind: MomentKind, day: int | None, *, moves: bool = False, sure: bool = True) -> Moment:
    return Moment(said.span, said.text, kind, 0, day, moves, sure, said.weekday)


def _moment(said: Expression, clock: _Clock) -> Moment | None:
    """The moment that an expression speaks of, as the clock stands; None where it says nothing of the story's time."""
    told = said.opens or said.tense == "told"
    match said.form:
        case "meanwhile":
            return _say(said, "meanwhile", clock.day, sure=False) if said.opens else None
        case "lasting":
            moves = bool(said.days) and said.opens and said.tense == "told"
            is_long = said.days or "hour" in said.text
            return (
                _say(said, "span", clock.day + moves * (said.days or 0), moves=moves, sure=not moves)
                if is_long
                else None
            )
        case "ago" | "before":
            return _back(said, clock)
        case "weekday":
            return _weekday(said, clock, told)
        case "date":
            return _date(said, clock, told)
        case "year" | "season":
            return _year(said, clock)
        case "same" | "hour":
            return _within(said, clock, told)
        case _:
            return _step(said, clock, told)


def _back(said: Expression, clock: _Clock) -> Moment:
    """What is only remembered: last night, three days ago, last Tuesday."""
    if said.weekday is not None:
        known = clock.weekday is not None
        return _say(said, "back", clock.next(said.weekday, clock.day - 7) if known else None, sure=known)
    days = abs(said.days or 0)
    return _say(said, "back", clock.day - days, sure=said.sure and said.tense != "would")


def _step(said: Expression, clock: _Clock, told: bool) -> Moment | None:
    """A step from the day before: the next morning, three days later, one evening."""
    if said.form == "once":
        if not said.opens or said.tense == "would":
            return None
        return _say(said, "day", clock.day + 1, moves=True, sure=False)
    if said.weekday is not None:
        known = clock.weekday is not None
        day = clock.next(said.weekday, clock.day + 1) if known else None
        ahead = said.form == "tomorrow" or not told
        if day is None and not ahead:
            clock.weekday = (said.weekday - clock.day) % 7
            return _say(said, "weekday", clock.day, moves=True, sure=False)
        return _say(said, "ahead" if ahead else "weekday", day, moves=not ahead, sure=known)
    if said.days == 0:
        if "moment" in said.text or "second" in said.text:
            return None
        return _say(said, "hour", clock.day, moves=said.opens, sure=True) if told else None
    day = clock.day + (said.days or 0)
    if told and said.form != "tomorrow":
        return _say(said, "day", day, moves=True, sure=said.sure)
    if said.tense == "had":
        return _say(said, "back", None, sure=False)
    return _say(said, "ahead", day, sure=said.sure)


def _within(said: Expression, clock: _Clock, told: bool) -> Moment:
    """A time within the day; a morning told after a night is the next one."""
    part = _part(said.text)
    opens = said.opens and said.tense != "had"
    if opens and said.form == "hour" and part is not None and clock.part is not None and part < clock.part:
        return _say(said, "hour", clock.day + 1, moves=True, sure=False)
    if said.tense == "had" and not said.opens:
        return _say(said, "back", clock.day if said.form == "same" else None, sure=False)
    return _say(said, "hour", clock.day, moves=opens and told and not said.text.lower().startswith("earlier"))


def _weekday(said: Expression, clock: _Clock, told: bool) -> Moment | None:
    """A day of the week: the next such day where one is known, or else it tells which day today is."""
    first = said.text.split(" ", 1)[0].lower()
    weekday = said.weekday or 0
    if first in ("every", "each", "one"):
        return None
    if first == "last" or (said.tense == "had" and not said.opens):
        return _back(said, clock)
    ahead = first in ("next", "until", "till", "by", "from", "since") or not told
    if clock.weekday is None:
        if ahead:
            return _say(said, "ahead", None, sure=False)
        clock.weekday = (weekday - clock.day) % 7
        return _say(said, "weekday", clock.day, moves=True)
    day = clock.next(weekday, clock.day)
    return _say(
        said,
        "ahead" if ahead else "weekday",
        day,
        moves=day == clock.day or ((said.opens or first == "on") and not ahead),
    )


def _date(said: Expression, clock: _Clock, told: bool) -> Moment:
    """A date: so many days from the last one; the first ties the story to the calendar."""
    month, date_of_month = said.month or 1, said.day or 1
    last, last_day = clock.dated or (0, 0)
    year = said.year or clock.year or 2001
    ordinal = ordinal_of(year, month, date_of_month)
    if ordinal is not None and last and not said.year and ordinal < last - _HALF_A_YEAR:
        ordinal = ordinal_of(year + 1, month, date_of_month)
    if ordinal is None:
        return _say(said, "date", None, sure=False)
    if not last:
        if not told:
            return _say(said, "back" if said.tense == "had" else "ahead", None, sure=False)
        if said.opens:
            clock.dated, clock.year = (ordinal, clock.day), year
        return _say(said, "date", clock.day if said.opens else None, moves=said.opens)
    day = last_day + ordinal - last
    if not said.opens or said.tense == "would" or day < clock.day:
        kind: MomentKind = "back" if day < clock.day else "ahead" if not told else "date"
        return _say(said, kind, day, sure=bool(said.year))
    clock.dated, clock.year = (ordinal, day), date.fromordinal(ordinal).year
    return _say(said, "date", day, moves=True)


def _year(said: Expression, clock: _Clock) -> Moment:
    """A year, or a season of one: as far on as the years are apart, and never sure."""
    kind: MomentKind = "year" if said.form == "year" else "season"
    if said.year is None or not said.opens:
        return _say(said, kind, None, sure=False)
    if clock.year is None:
        clock.year = said.year
        return _say(said, kind, clock.day, moves=True, sure=False)
    days = 365 * (said.year - clock.year)
    if days <= 0:
        return _say(said, "back" if days else kind, clock.day + days, sure=False)
    clock.year, clock.dated = said.year, None
    return _say(said, kind, clock.day + days, moves=True, sure=False)
