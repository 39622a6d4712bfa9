"""Who speaks each speech: by its tag first, then by all that speaks for each of those present."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, log
from typing import TYPE_CHECKING

from betareader.story.candidates import Candidates, load_weights
from betareader.story.descriptions import meant
from betareader.story.gaps import Story
from betareader.story.people import aliases_of
from betareader.story.presence import Presence
from betareader.story.rounds import find_rounds
from betareader.story.script import attribute as by_cues
from betareader.story.script import is_script
from betareader.story.telephone import calls, two_on_the_line
from betareader.story.turns import Turn, find_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from betareader.story.bible import Bible
    from betareader.story.cues import Cue, Round
    from betareader.structure.page import Page, Passage, Telling

_BY_NAME = 0.98
"""How often a tag's name is the speaker's."""

_FAR = 6.0
"""What weighs against anybody but the two who talk over a line; the books learnt from have few telephones."""

_PATHS = 8
_KEPT = 15
_APART = 3
"""After more paragraphs of narration than this, talk begins anew."""


def attribute(page: Page, bible: Bible) -> tuple[Passage, ...]:
    """The passages of the page with their speakers and those spoken to filled in, as far as the text tells.

    Names are those the bible has.  A tag's name tells the speaker; otherwise those present are weighed by the
    tag's pronoun, who acts beside the speech, whose turn it is, and who is called by name.
    """
    return listen(page, bible)[1]


def listen(page: Page, bible: Bible) -> tuple[tuple[Turn, ...], tuple[Passage, ...]]:
    """The turns inside paragraphs, as `turns.find` gives them, and the passages with their speakers."""
    if is_script(page):
        return (), by_cues(page, bible)
    turns = find_in(Story(page, aliases_of(bible)))
    presence = Presence(page.text, bible)
    rounds = find_rounds(page, presence, turns)
    found = settle(rounds, presence, load_weights())
    found = settle_again(rounds, presence, load_weights(), found)
    names = [person.name for person in bible.cast]
    told: dict[int, Passage] = {}
    for number, (each, (who, sure)) in enumerate(zip(rounds, found, strict=True)):
        if who < 0:
            continue
        heard = _addressee(rounds, found, number)
        for speech in each.speeches:
            told[id(speech)] = replace(
                speech,
                speaker=names[who],
                addressee=names[heard] if heard >= 0 else None,
                told=_telling(each.tag),
                sure=round(sure, 3),
            )
    return turns, tuple(told.get(id(passage), passage) for passage in page.passages)


def _telling(tag: Cue | None) -> Telling:
    if tag is None:
        return "implicit"
    return "explicit" if tag.kind == "name" else "anaphoric"


@dataclass(frozen=True, slots=True)
class _Path:
    """One way the talk may have gone: its logarithmic chance, the speaker of each round and how sure each is."""

    chance: float
    spoke: tuple[int, ...]
    before: _Path | None
    sure: float


def settle(rounds: Sequence[Round], presence: Presence, weights: Mapping[str, float]) -> list[tuple[int, float]]:
    """Who speaks each round, a place in the cast or -1, and how sure that is.

    The likeliest way the whole talk may have gone, by a search that keeps the few best ways at each round; a name
    in a tag is certain, and speaks for the ways that led to it.
    """
    candidates = Candidates(presence, rounds, [each.tag for each in rounds])
    lines = calls(rounds, presence.text)
    return _way(candidates, range(len(rounds)), (), lines, weights, {})


def settle_again(
    rounds: Sequence[Round], presence: Presence, weights: Mapping[str, float], found: Sequence[tuple[int, float]]
) -> list[tuple[int, float]]:
    """The talks settled anew in which somebody speaks under a description, now that it is known whom it mostly means."""
    hints = meant(rounds, found, presence.text)
    settled = list(found)
    candidates = Candidates(presence, rounds, [each.tag for each in rounds]) if hints else None
    lines = calls(rounds, presence.text) if hints else []
    start = 0
    for stop in [*(number for number, each in enumerate(rounds) if number and each.gap > _APART), len(rounds)]:
        talk = range(start, stop)
        if candidates is not None and any(number in hints for number in talk):
            spoke = tuple(who for who, _ in settled[max(0, start - _KEPT) : start])
            settled[start:stop] = _way(candidates, talk, spoke, lines, weights, hints)
        start = stop
    return settled


def _way(
    candidates: Candidates,
    talk: range,
    spoke: tuple[int, ...],
    lines: Sequence[int],
    weights: Mapping[str, float],
    hints: Mapping[int, Mapping[int, float]],
) -> list[tuple[int, float]]:
    """The likeliest way through some rounds, after those who spoke before."""
    paths = [_Path(0.0, spoke, None, 0.0)]
    for number in talk:
        paths = _onward(candidates, number, paths, weights, lines[number], hints.get(number, {}))
    found: list[tuple[int, float]] = []
    path: _Path | None = paths[0]
    while path is not None and path.before is not None:
        found.append((path.spoke[-1], path.sure))
        path = path.before
    return found[::-1]


def _onward(
    candidates: Candidates,
    number: int,
    paths: list[_Path],
    weights: Mapping[str, float],
    line: int,
    hint: Mapping[int, float],
) -> list[_Path]:
    """The best ways to go on from each of the paths by one round.

    `line` is where a talk over the telephone began, `hint` speaks for those whom a description has meant.
    """
    here, tag = candidates.rounds[number], candidates.tags[number]
    if number and here.gap > _APART:
        paths = paths[:1]
    who = sorted({each for path in paths for each in candidates.of(number, path.spoke)})
    who += [each for each, weight in hint.items() if each not in who and 2 * weight > sum(hint.values())]
    told = tag.who if tag is not None else -1
    if told >= 0 and told not in who:
        who.append(told)
    goes_on = here.goes_on and tag is None
    if not who or (tag is not None and tag.who < 0 and tag.gender == "I"):
        return [_Path(path.chance, (*path.spoke[-_KEPT:], -1), path, 0.0) for path in paths]
    steady = [
        hint.get(place, 0.0) + sum(weights.get(feature, 0.0) for feature in each)
        for place, each in zip(who, candidates.features(number, here.tagged_nearby if tag else set(), who), strict=True)
    ]
    found: dict[tuple[int, ...], _Path] = {}
    for path in paths:
        scores = [
            score + sum(weights.get(feature, 0.0) for feature in candidates.turning(number, each, path.spoke))
            for each, score in zip(who, steady, strict=True)
        ]
        two = two_on_the_line(line, number, path.spoke)
        if two and told < 0:
            scores = [score - _FAR * (each not in two) for each, score in zip(who, scores, strict=True)]
        top = max(scores)
        total = sum(exp(score - top) for score in scores)
        for each, score in zip(who, scores, strict=True):
            sure = exp(score - top) / total
            if told >= 0:
                if each != told:
                    continue
            elif goes_on and path.spoke and path.spoke[-1] not in (-1, each):
                continue
            chance = path.chance + log(max(sure, 1e-6))
            spoke = (*path.spoke[-_KEPT:], each)
            key = spoke[-4:]
            if key not in found or found[key].chance < chance:
                is_sure = told >= 0 or (goes_on and sure < _BY_NAME)
                found[key] = _Path(chance, spoke, path, _BY_NAME if is_sure else sure)
    if not found:
        return [_Path(path.chance, (*path.spoke[-_KEPT:], -1), path, 0.0) for path in paths]
    return sorted(found.values(), key=lambda path: -path.chance)[:_PATHS]


def _addressee(rounds: Sequence[Round], found: Sequence[tuple[int, float]], number: int) -> int:
    """Whom a round is spoken to: who is called by name, or who spoke just before, or speaks next; -1 where nobody is."""
    speaker = found[number][0]
    here = rounds[number]
    if here.is_thought:
        return -1
    called = here.called - {speaker}
    if called:
        return min(called)
    if number and here.gap <= 1 and found[number - 1][0] not in (speaker, -1):
        return found[number - 1][0]
    if number + 1 < len(rounds) and rounds[number + 1].gap <= 1 and found[number + 1][0] != speaker:
        return found[number + 1][0]
    return -1
