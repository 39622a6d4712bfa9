"""Turns: where in a paragraph somebody else begins to speak.

Between two speeches in one paragraph stand some sentences of narration, or none.  Either the same
person goes on after them, or a new turn begins at one of the places between: right after the
first speech, before one of the sentences, or right before the second speech.  A small model weighs
the places (a log-linear choice over readable features, learnt by `training/paragraphs.py`).

How often speakers share a paragraph differs from draft to draft: in a published book never, in
some drafts everywhere.  So the share is estimated from the manuscript itself, paragraph by
paragraph, and the model's odds are shifted to it (Saerens, Latinne and Decaestecker 2002).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING

from betareader.span import Span
from betareader.story.clues import Told, View
from betareader.story.gaps import Gap, Story
from betareader.story.people import aliases_of

if TYPE_CHECKING:
    from betareader.story.bible import Bible
    from betareader.structure.page import Page


@dataclass(frozen=True, slots=True)
class Turn:
    """A new speaker's paragraph should begin after the white space of `span`."""

    span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt: the weight of each feature, and the share of gaps with a turn it was learnt from."""

    share: float
    weights: Mapping[str, float]


@cache
def load_weights() -> Weights:
    """The weights that ship."""
    loaded = json.loads(files("betareader.story").joinpath("turns.json").read_text("utf-8"))
    return Weights(loaded["share"], loaded["weights"])


def walk(story: Story, decide: Callable[[View], int | None]) -> None:
    """Go through every gap in order and keep count of who speaks.

    `decide` is asked for the number of the place where a turn begins in the gap, or None.
    """
    told = Told(None, None, None)
    silent = 0
    for paragraph, speeches in story.paragraphs:
        if not speeches:
            silent += 1
            continue
        if silent > 1:
            told = Told(None, None, None)
        silent = 0
        told = Told(story.lead(paragraph.start, speeches[0].span.start), told.now, told.before)
        for place, first in enumerate(speeches[:-1]):
            second = speeches[place + 1]
            end = speeches[place + 2].span.start if place + 2 < len(speeches) else paragraph.end
            view = View(story, story.gap(first, second, end), told)
            choice = decide(view)
            told = _told_after(told, view, choice)
        closing = story.clause(speeches[-1].span.end, paragraph.end)
        if closing and closing.doing in ("speech", "thought", "loose"):
            told = Told(story.person(closing), told.before, told.earlier)
        elif told.now is None:
            told = Told(told.earlier, told.before, told.earlier)


def _told_after(told: Told, view: View, choice: int | None) -> Told:
    units = view.gap.units
    if choice is None:
        now = view.now or (units[0].person if units else None)
        return Told(now, told.before, told.earlier)
    left, right = units[:choice], units[choice:]
    spoke = view.now or (left[0].person if left else None) or told.expected
    return Told(right[-1].person or right[0].person if right else None, spoke, told.before)


def score(view: View, weights: Mapping[str, float]) -> list[float]:
    """The scores of going on and of a turn at each place, in this order."""
    get = weights.get
    scores = [sum(get(feature, 0.0) for feature in view.going_on())]
    scores += [sum(get(feature, 0.0) for feature in view.turning(at)) for at in range(len(view.gap.places))]
    return scores


@dataclass(frozen=True, slots=True)
class _Weighed:
    gap: Gap
    chances: tuple[float, ...]

    @property
    def turning(self) -> float:
        return 1.0 - self.chances[0]


def _weigh(view: View, weights: Mapping[str, float]) -> _Weighed:
    scores = score(view, weights)
    top = max(scores)
    powers = [exp(each - top) for each in scores]
    total = sum(powers)
    return _Weighed(view.gap, tuple(each / total for each in powers))


def _shifted(turning: float, share: float, learnt: float) -> float:
    """The chance of a turn where a share of all gaps other than the one learnt from has one."""
    yes = turning * share / learnt
    no = (1.0 - turning) * (1.0 - share) / (1.0 - learnt)
    return yes / (yes + no) if yes + no else 0.0


def _shares(paragraphs: Sequence[Sequence[float]], learnt: float) -> list[float]:
    """The share of gaps with a turn in each paragraph, estimated from the chances under the share learnt from."""
    share = 0.3
    chances = [chance for paragraph in paragraphs for chance in paragraph]
    if not chances:
        return [share] * len(paragraphs)
    for _ in range(20):
        share = max(sum(_shifted(chance, share, learnt) for chance in chances) / len(chances), 0.001)
    shares = []
    for paragraph in paragraphs:
        own = share
        for _ in range(10):
            own = (sum(_shifted(chance, own, learnt) for chance in paragraph) + _WEIGHT * share) / (
                len(paragraph) + _WEIGHT
            )
        shares.append(min(max(own, 0.001), 0.98))
    return shares


_WEIGHT = 6.0


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

    walk(story, decide)
    return tuple(_turns(story, weighed, learnt.share))


def _turns(story: Story, weighed: Sequence[_Weighed], learnt: float) -> Iterator[Turn]:
    by_paragraph: list[list[_Weighed]] = []
    for each in weighed:
        if by_paragraph and by_paragraph[-1][-1].gap.second is each.gap.first:
            by_paragraph[-1].append(each)
        else:
            by_paragraph.append([each])
    shares = _shares([[each.turning for each in paragraph] for paragraph in by_paragraph], learnt)
    for paragraph, share in zip(by_paragraph, shares, strict=True):
        for each in paragraph:
            turning = _shifted(each.turning, share, learnt)
            if turning < 0.5:
                continue
            best = max(range(1, len(each.chances)), key=each.chances.__getitem__)
            start = each.gap.places[best - 1]
            end = start
            while end < each.gap.second.span.start and story.text[end].isspace():
                end += 1
            yield Turn(Span(start, end), turning * each.chances[best] / max(each.turning, 1e-9))
