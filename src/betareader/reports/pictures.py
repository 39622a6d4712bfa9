"""Pictures of a story as SVG that stands inside a page: drawn in its colours, told in words to those who cannot see them.

Every picture has a title and a description, carries no style of its own and loads nothing.  Lengths are in
units of the drawing, which is `WIDTH` wide and scales with the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, pi, sin, sqrt

from betareader.reports.kinds import shown
from betareader.reports.marked import fit

WIDTH = 720
"""How wide every picture is."""

_LONGEST = 22
_LONGEST_BESIDE = 18
_STEP = 26
_REACH = 180
_EDGE = 60
_MANY = 5
_MOST = 0.7
"""The share of all lines a person must have a part in to stand in the midst of that many others."""

_ARROWS = 24
_NUMBERS = 18
"""More arrows than that hide one another, and more numbers still sooner."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How a person stands in a scene: the lines spoken there, and whether it is seen through this person's eyes."""

    lines: int = 0
    eyes: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop on the timeline: `day` heads those that share it, `text` is what is told, `place` where."""

    day: str
    text: str
    place: str


def bars(name: str, title: str, rows: Sequence[tuple[str, int, str]]) -> str:
    """A bar for each row: who, how much, and the same in words."""
    left = _gutter(who for who, _, _ in rows)
    most = max((number for _, number, _ in rows), default=0) or 1
    pieces = []
    for place, (who, number, words) in enumerate(rows):
        middle = _STEP * place + _STEP / 2
        length = max(2.0, (WIDTH - left - 170) * number / most)
        pieces.append(_label(who, left - 10, middle + 5, "end"))
        pieces.append(f'<rect class="fill" x="{left}" y="{_n(middle - 8)}" width="{_n(length)}" height="16" rx="2"/>')
        pieces.append(_text(words, left + length + 8, middle + 5, "start", "soft"))
    told = "; ".join(f"{who}: {words}" for who, _, words in rows)
    return _picture(name, title, f"{told}.", _STEP * len(rows), pieces)


def graph(name: str, title: str, sizes: Mapping[str, int], ties: Mapping[tuple[str, str], int]) -> str:
    """People as circles, large by how much they say, with an arrow from each to those spoken to, broad by how often.

    Where there are many, only those spoken along most have one.
    """
    spots = _spots(list(sizes), ties)
    height = max((down for _, down in spots.values()), default=0) + _EDGE
    most_said = max(sizes.values(), default=0) or 1
    girth = {who: 8 + 20 * sqrt(size / most_said) for who, size in sizes.items()}
    most = max(ties.values(), default=0) or 1
    ordered = sorted(ties.items(), key=lambda tie: (-tie[1], tie[0]))
    arrows, numbers = [], []
    for (one, other), number in ordered[:_ARROWS]:
        arrow, middle = _arrow(spots[one], spots[other], girth[one], girth[other], number, most)
        arrows.append(arrow)
        numbers.append(_text(f"{number:,}", middle[0], middle[1] + 5, "middle", "halo"))
    pieces = [*reversed(arrows)]
    for who, (across, down) in spots.items():
        pieces.append(f'<circle class="fill" cx="{_n(across)}" cy="{_n(down)}" r="{_n(girth[who])}"/>')
        pieces.append(_beside(who, across, down, girth[who], height / 2))
    pieces += numbers[:_NUMBERS]
    told = "; ".join(f"{one} to {other}: {number:,}" for (one, other), number in ordered[:_ARROWS])
    return _picture(name, title, f"Lines from one to another. {told}.", height, pieces)


def grid(name: str, title: str, columns: Sequence[str], rows: Sequence[tuple[str, Mapping[int, Cell]]]) -> str:
    """Who is where: a row for each person, a column for each scene; a cell is the stronger the more the person says.

    The places of the cells count from 0.
    """
    margin = _gutter(who for who, _ in rows)
    step = min(34.0, (WIDTH - margin) / max(1, len(columns)))
    gap = 2 if step > 8 else 0.5
    every = next(each for each in (1, 5, 10, 50, 100, 500, 10**6) if each * step >= 20)
    most = max((cell.lines for _, cells in rows for cell in cells.values()), default=0) or 1
    pieces = []
    for place, column in enumerate(columns):
        if place == 0 or (place + 1) % every == 0:
            pieces.append(_text(column, margin + step * (place + 0.5), 14, "middle", "soft"))
    for line, (who, cells) in enumerate(rows):
        top = 22 + _STEP * line
        pieces.append(_label(who, margin - 10, top + 17, "end"))
        pieces.append(f'<path class="rule" d="M{margin} {top + 12}h{_n(step * len(columns))}"/>')
        for place, cell in sorted(cells.items()):
            left = margin + step * place + gap / 2
            shade = 0.3 + 0.7 * sqrt(cell.lines / most) if cell.lines else 0.18
            pieces.append(
                f'<rect class="fill" x="{_n(left)}" y="{top + 2}" width="{_n(step - gap)}" height="20" '
                f'fill-opacity="{_n(shade)}" rx="{2 if step > 8 else 0}"/>'
            )
            if cell.eyes:
                middle = left + (step - gap) / 2
                pieces.append(f'<circle class="eye" cx="{_n(middle)}" cy="{top + 12}" r="{_n(min(4.0, step / 3))}"/>')
    told = "; ".join(f"{who}: {', '.join(columns[place] for place in sorted(cells))}" for who, cells in rows)
    return _picture(name, title, f"{told}.", 22 + _STEP * len(rows), pieces)


def line(name: str, title: str, stops: Sequence[Stop]) -> str:
    """The timeline, downwards: the days on the left, what is told of them on the right."""
    left = _gutter(stop.day for stop in stops) + 12
    pieces = []
    before = ""
    for place, stop in enumerate(stops):
        middle = _STEP * place + _STEP / 2
        new = stop.day != before
        if new and stop.day:
            pieces.append(_label(stop.day, left - 22, middle + 5, "end"))
        size = 6 if new and stop.day else 3.5
        pieces.append(f'<circle class="fill" cx="{left}" cy="{_n(middle)}" r="{size}"/>')
        pieces.append(_text(shown(stop.text, 52), left + 18, middle + 5, "start"))
        pieces.append(_text(stop.place, WIDTH, middle + 5, "end", "soft"))
        before = stop.day
    if stops:
        length = _STEP * (len(stops) - 1)
        pieces.insert(0, f'<path class="line" d="M{left} {_STEP // 2}v{length}"/>')
    told = "; ".join(", ".join(filter(None, (stop.day, stop.text, stop.place))) for stop in stops)
    return _picture(name, title, f"{told}.", _STEP * len(stops), pieces)


def _picture(name: str, title: str, told: str, height: float, pieces: Iterable[str]) -> str:
    return (
        f'<svg class="picture" viewBox="0 0 {WIDTH} {_n(height)}" role="img" '
        f'aria-labelledby="{name}-title {name}-told">'
        f'<title id="{name}-title">{fit(title)}</title><desc id="{name}-told">{fit(told)}</desc>'
        f"{''.join(pieces)}</svg>"
    )


def _gutter(names: Iterable[str]) -> int:
    """How much room the names need on the left; a name is cut where it is longer than `_LONGEST` characters."""
    return 18 + 8 * min(_LONGEST, max(map(len, names), default=0))


def _ring(people: list[str], ties: Mapping[tuple[str, str], int]) -> list[str]:
    """The people in such an order round a circle that those who speak most with one another stand near."""

    def cost(order: Sequence[str]) -> float:
        spot = {who: 2 * pi * place / len(order) for place, who in enumerate(order)}
        return sum(number * abs(sin((spot[one] - spot[other]) / 2)) for (one, other), number in ties.items())

    best = cost(people)
    better = True
    while better:
        better = False
        for one, other in combinations(range(1, len(people)), 2):
            swapped = list(people)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            if (now := cost(swapped)) < best - 1e-9:
                people, best, better = swapped, now, True
    return people


def _spots(people: list[str], ties: Mapping[tuple[str, str], int]) -> dict[str, tuple[float, float]]:
    """Where each stands: two side by side, more in a ring, in the midst of it the one almost all ties are with."""
    if len(people) < 3:
        return {who: (WIDTH * (place + 1) / (len(people) + 1), _EDGE) for place, who in enumerate(people)}
    shares = {who: sum(number for pair, number in ties.items() if who in pair) for who in people}
    midst = max(people, key=lambda who: shares[who])
    radius = 100.0 + 8 * len(people)
    if len(people) < _MANY or shares[midst] < _MOST * sum(ties.values()):
        return _in_ring(people, ties, radius)
    spots = _in_ring([who for who in people if who != midst], ties, radius)
    return {midst: (WIDTH / 2, _EDGE + radius), **spots}


def _in_ring(people: list[str], ties: Mapping[tuple[str, str], int], radius: float) -> dict[str, tuple[float, float]]:
    """The people round a circle whose top is the first's."""
    among = {(one, other): number for (one, other), number in ties.items() if one in people and other in people}
    order = _ring(people, among)
    turns = {who: 2 * pi * place / len(order) - pi / 2 for place, who in enumerate(order)}
    return {
        who: (WIDTH / 2 + min(1.35 * radius, _REACH) * cos(turn), _EDGE + radius * (1 + sin(turn)))
        for who, turn in turns.items()
    }


def _arrow(
    start: tuple[float, float], end: tuple[float, float], girth: float, other_girth: float, number: int, most: int
) -> tuple[str, tuple[float, float]]:
    """A curve that bows to its right, so that there and back are two, with its head; and the middle of it."""
    width = 1 + 6 * sqrt(number / most)
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down) or 1.0
    bow = 0.16 * length
    bend = ((start[0] + end[0]) / 2 - bow * down / length, (start[1] + end[1]) / 2 + bow * across / length)
    begin = _towards(start, bend, girth + 2)
    head = 7 + width
    tip = _towards(end, bend, other_girth + 3)
    neck = _towards(tip, bend, head)
    side = ((tip[1] - neck[1]) / head * (3 + width * 0.8), (neck[0] - tip[0]) / head * (3 + width * 0.8))
    arrow = (
        f'<path class="tie" d="M{_p(begin)}Q{_p(bend)} {_p(neck)}" stroke-width="{_n(width)}"/>'
        f'<path class="head" d="M{_p(tip)}L{_p((neck[0] + side[0], neck[1] + side[1]))} '
        f'{_p((neck[0] - side[0], neck[1] - side[1]))}z"/>'
    )
    middle = ((begin[0] + 2 * bend[0] + neck[0]) / 4, (begin[1] + 2 * bend[1] + neck[1]) / 4)
    return arrow, middle


def _towards(start: tuple[float, float], end: tuple[float, float], far: float) -> tuple[float, float]:
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    return start[0] + far * (end[0] - start[0]) / length, start[1] + far * (end[1] - start[1]) / length


def _beside(who: str, across: float, down: float, girth: float, middle: float) -> str:
    """The name of a person, on the outer side of the ring; above or under the circle where that is no side."""
    if middle == down or abs(across - WIDTH / 2) < 20:
        return _label(who, across, down - girth - 8 if down < middle else down + girth + 18, "middle")
    beside, left = shown(who, _LONGEST_BESIDE), across < WIDTH / 2
    return _label(beside, across - girth - 8 if left else across + girth + 8, down + 5, "end" if left else "start")


def _label(words: str, across: float, down: float, anchor: str) -> str:
    return _text(shown(words, _LONGEST), across, down, anchor, "name")


def _text(words: str, across: float, down: float, anchor: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{_n(across)}" y="{_n(down)}" text-anchor="{anchor}">{fit(words)}</text>'


def _p(point: tuple[float, float]) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
