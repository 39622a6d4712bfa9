"""Turns: where in a paragraph somebody else begins to speak.

Between two speeches in one paragraph stand some sentences of narration, or none.  Either the same
person goes on after them, or a new turn begins at one of the places between: right after the
first speech, before one of the sentences, or right before the second speech.  A small model weighs
the places (a log-linear choice over readable features, learnt by `training/paragraphs.py`).  It
looks twice: the first look finds the turns by what stands before them, and the second knows from
it who is likely to speak after them, too.

How often speakers share a paragraph differs from draft to draft: in a published book never, in
some drafts everywhere; and how often the same person goes on after a tag is a matter of style.  So
each paragraph either keeps to one speaker or may hold several, how many do which is estimated from
the manuscript itself, and the model's odds are shifted to it (as Saerens, Latinne and Decaestecker
2002 do for classes), for each kind of gap apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import exp, log
from types import MappingProxyType
from typing import TYPE_CHECKING

from betareader.span import Span
from betareader.story.clues import Told, View
from betareader.story.gaps import TELLING, Gap, Later, Story
from betareader.story.people import Person, aliases_of

if TYPE_CHECKING:
    from betareader.story.bible import Bible
    from betareader.structure.page import Page


@dataclass(frozen=True, slots=True)
class Turn:
    """A new speaker's paragraph should begin after the white space of `span`."""

    span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class KindOfGap:
    """How much of what the weights were learnt from is of this kind, and the share of it with a turn."""

    part: float
    share: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt: the kinds of gaps, and the weight of each feature.

    `first` are the weights for a first look, `weights` those for the second, which knows by the
    first who is likely to speak later.
    """

    kinds: Mapping[str, KindOfGap]
    first: Mapping[str, float]
    weights: Mapping[str, float]


@cache
def load_weights() -> Weights:
    """The weights that ship."""
    import numpy as np

    with files("betareader.story").joinpath("turns.npz").open("rb") as stream, np.load(stream) as table:
        names = table["features"].tobytes().decode("utf-8").split("\n")
        first, weights = (
            {name: value / 100.0 for name, value in zip(names, table[which].tolist(), strict=True) if value}
            for which in ("first", "weights")
        )
        kinds = zip(table["kinds"].tolist(), table["parts"].tolist(), table["shares"].tolist(), strict=True)
        return Weights({kind: KindOfGap(part, share) for kind, part, share in kinds}, first, weights)


def walk(story: Story, decide: Callable[[View], int | None], later: Mapping[int, Later] = MappingProxyType({})) -> None:
    """Go through every gap in order and keep count of who speaks.

    `decide` is asked for the number of the place where a turn begins in the gap, or None.  `later`
    is what a first walk has found of who speaks later, as `foresee` gives it.
    """
    told = Told()
    silent = 0
    for paragraph, speeches in story.paragraphs:
        if not speeches:
            silent += 1
            continue
        if silent > 1:
            told = Told()
        silent = 0
        told = Told(
            now=story.lead(paragraph.start, speeches[0].span.start),
            before=told.expected,
            earlier=told.before,
            called=story.called(speeches[0]),
            answering=told.called,
        )
        for place, first in enumerate(speeches[:-1]):
            second = speeches[place + 1]
            end = speeches[place + 2].span.start if place + 2 < len(speeches) else paragraph.end
            view = View(story, story.gap(first, second, end), told, later.get(second.span.start, ()))
            told = _told_after(told, view, decide(view), story.called(second))
        closing = story.clause(speeches[-1].span.end, paragraph.end)
        if closing and closing.doing in TELLING:
            told = replace(told, now=story.person(closing))


def _told_after(told: Told, view: View, choice: int | None, called: Person | None) -> Told:
    units = view.gap.units
    if choice is None:
        now = view.now or (units[0].person if units else None)
        return replace(told, now=now, called=called or told.called)
    left, right = units[:choice], units[choice:]
    spoke = view.now or (left[0].person if left else None) or told.expected
    now = right[-1].person or right[0].person if right else None
    return Told(now=now, before=spoke, earlier=told.before, called=called, answering=told.called)


def foresee(story: Story, weights: Mapping[str, float]) -> dict[int, Later]:
    """Who is told to speak later, for each speech by its offset, by a walk with the weights for a first look."""
    same: dict[int, bool] = {}
    acting: dict[int, Person | None] = {}

    def decide(view: View) -> int | None:
        scores = score(view, weights)
        best = max(range(len(scores)), key=scores.__getitem__)
        start = view.gap.second.span.start
        same[start] = best == 0
        units = view.gap.units[best - 1 :] if best else view.gap.units[view.tag :]
        acting[start] = units[-1].person if units else None
        return best - 1 if best else None

    walk(story, decide)
    return story.foresee(same, acting)


_FAR = 5.0
"""What it weighs that a voice comes from the other end of a line; the books learnt from have few telephones."""


def score(view: View, weights: Mapping[str, float]) -> list[float]:
    """The scores of going on and of a turn at each place, in this order."""
    get = weights.get
    scores = [sum(get(feature, 0.0) for feature in view.going_on())]
    scores += [sum(get(feature, 0.0) for feature in view.turning(at)) for at in range(len(view.gap.places))]
    if view.far:
        scores[-1] += _FAR
    return scores


@dataclass(frozen=True, slots=True)
class _Weighed:
    gap: Gap
    kind: str
    chances: tuple[float, ...]

    @property
    def turning(self) -> float:
        return 1.0 - self.chances[0]


def _weigh(view: View, weights: Mapping[str, float]) -> _Weighed:
    scores = score(view, weights)
    top = max(scores)
    powers = [exp(each - top) for each in scores]
    total = sum(powers)
    return _Weighed(view.gap, view.kind, tuple(each / total for each in powers))


_ROUNDS = 8
_WEIGHT = 20.0
"""How many gaps what was learnt counts for, against those of the manuscript."""

_PLAIN = 0.95
"""The share from which on a kind of gap tells all by itself, whatever the writer's way."""

_RAREST = 0.02
"""The least share of paragraphs that are taken to hold several speakers, before they are looked at."""

_STRAY = 1e-4
"""The chance of a turn in a paragraph that keeps to one speaker: the writer's slip, or ours."""


def _turning(paragraphs: Sequence[Sequence[_Weighed]], kinds: Mapping[str, KindOfGap]) -> list[list[float]]:
    """The chance of a turn in every gap, by expectation and maximisation over the manuscript."""
    staying = sum(kind.part * (1.0 - kind.share) for kind in kinds.values())
    shares = {name: kind.share for name, kind in kinds.items()}
    several = 0.3
    chances: list[list[float]] = []
    for _ in range(_ROUNDS):
        chances = []
        mixed = 0.0
        turns = {name: _WEIGHT * kind.share for name, kind in kinds.items()}
        gaps = dict.fromkeys(kinds, _WEIGHT)
        for paragraph in paragraphs:
            odds = log(several / (1.0 - several))
            here = []
            for each in paragraph:
                kind, share = kinds[each.kind], shares[each.kind]
                yes = each.turning / kind.share
                no = (1.0 - each.turning) / (1.0 - kind.share)
                together = yes * share + no * (1.0 - share)
                alone = no * (1.0 - kind.share) / staying + yes * kind.share * _STRAY
                odds += log(max(together, 1e-300) / max(alone, 1e-12))
                here.append(yes * share / max(together, 1e-300))
            mixed_here = 1.0 / (1.0 + exp(-max(min(odds, 300.0), -300.0)))
            mixed += mixed_here
            for each, turning in zip(paragraph, here, strict=True):
                turns[each.kind] += mixed_here * turning
                gaps[each.kind] += mixed_here
            chances.append([turning * mixed_here for turning in here])
        several = min(max(mixed / max(len(paragraphs), 1), _RAREST), 0.98)
        shares = {name: turns[name] / gaps[name] if kind.share < _PLAIN else kind.share for name, kind in kinds.items()}
    return chances


def find(page: Page, bible: Bible) -> tuple[Turn, ...]:
    """Every place where a new speaker's turn begins inside a paragraph, most likely, with its chance."""
    return find_in(Story(page, aliases_of(bible)))


def find_in(story: Story) -> tuple[Turn, ...]:
    """As `find`, for a page already looked at."""
    learnt = load_weights()
    weighed: list[_Weighed] = []

    def decide(view: View) -> int | None:
        weighed.append(_weigh(view, learnt.weights))
        chances = weighed[-1].chances
        best = max(range(len(chances)), key=chances.__getitem__)
        return best - 1 if best else None

    walk(story, decide, foresee(story, learnt.first))
    return tuple(_turns(story, weighed, learnt.kinds))


def _turns(story: Story, weighed: Sequence[_Weighed], kinds: Mapping[str, KindOfGap]) -> Iterator[Turn]:
    paragraphs: list[list[_Weighed]] = []
    for each in weighed:
        if paragraphs and paragraphs[-1][-1].gap.second is each.gap.first:
            paragraphs[-1].append(each)
        else:
            paragraphs.append([each])
    for paragraph, chances in zip(paragraphs, _turning(paragraphs, kinds), strict=True):
        for each, turning in zip(paragraph, chances, strict=True):
            if turning < 0.5:
                continue
            best = max(range(1, len(each.chances)), key=each.chances.__getitem__)
            start = each.gap.places[best - 1]
            end = start
            while end < each.gap.second.span.start and story.text[end].isspace():
                end += 1
            yield Turn(Span(start, end), turning * each.chances[best] / max(each.turning, 1e-9))
