"""Candidates: who might speak a turn, and what speaks for and against each of them.

A log-linear choice over readable features: who acts beside the speech, whose turn it is, who was just called by
name, who was last seen, whom the pronoun fits.  The weights are learnt by `training/speakers.py` from tagged speech
with its tags taken away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import accumulate
from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from betareader.story.cues import Cue, Round
    from betareader.story.presence import Presence

_FAR = 6_000
"""Code points after which somebody who was named is out of sight."""

KIN = frozenset(
    "mother father brother sister wife husband son daughter uncle aunt cousin nephew niece grandmother grandfather "
    "mamma papa mama mom mum dad".split()
)
_MOST = 14
_HISTORY = 16
_TALK = 10
"""Rounds; how far on either side it is looked who takes part in a talk."""


@cache
def load_weights() -> Mapping[str, float]:
    """The weights that ship."""
    text = files("betareader.story").joinpath("speakers.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {feature: float(weight) for feature, weight in rows}


def relation(gender: str, other: str) -> str:
    """Whether a pronoun fits somebody: same, other, or not known."""
    if gender not in ("he", "she") or other not in ("he", "she"):
        return "open"
    return "same" if gender == other else "other"


def _nouns_again(tags: Sequence[Cue | None]) -> list[int]:
    """How many rounds before each one its tag's noun stood in a tag; 0 where it did not."""
    last: dict[str, int] = {}
    found = []
    for number, tag in enumerate(tags):
        noun = tag.noun if tag is not None and tag.kind == "noun" else ""
        found.append(number - last[noun] if noun in last else 0)
        if noun:
            last[noun] = number
    return found


def _long(each: Round) -> int:
    """How long a round is, in three steps."""
    return 0 if each.length < 25 else 1 if each.length < 120 else 2


class Candidates:
    """The candidates of each round, given who spoke the rounds before it."""

    def __init__(self, presence: Presence, rounds: Sequence[Round], tags: Sequence[Cue | None]) -> None:
        self.presence = presence
        self.rounds = rounds
        self.tags = tags
        self._places: list[list[int]] = [[] for _ in presence.cast]
        spans = [speech.span for each in rounds for speech in each.speeches]
        starts, ends = [span.start for span in spans], [span.end for span in spans]
        for span, who in presence.inside(0, len(presence.text)):
            at = bisect_left(ends, span.start)
            if at == len(starts) or starts[at] > span.start:
                self._places[who].append(span.start)
        self._in_order = sorted((place, who) for who, places in enumerate(self._places) for place in places)
        self._order = [place for place, _ in self._in_order]
        self._again = _nouns_again(tags)
        self._talks = list(accumulate(each.gap > 1 for each in rounds))
        self._titles = [{title.rstrip(".").lower() for title in person.titles} for person in presence.cast]
        self._surnames = [
            {form.split()[-1] for form in (person.name, *person.aliases) if " " in form} for person in presence.cast
        ]
        self._turns: dict[tuple[int, str, int, int, int], tuple[str, ...]] = {}
        self._shares = [max(-9, int(log2(presence.share(who) + 1e-6))) for who in range(len(presence.cast))]

    def without(self, number: int, tag: Cue | None) -> Candidates:
        """The same, but that a round has no tag, or another one, and nobody is named where its tag was."""
        other = copy(self)
        here, taken = self.rounds[number], self.tags[number]
        other._turns = {}
        other.tags = [*self.tags[:number], tag, *self.tags[number + 1 :]]
        if taken is not None:
            beside = [each for each in here.acting if each[1].end <= taken.start or each[1].start >= taken.end]
            other.rounds = [*self.rounds[:number], replace(here, acting=beside), *self.rounds[number + 1 :]]
            other._places = list(self._places)
            other._places[taken.who] = [
                place for place in self._places[taken.who] if not taken.start <= place < taken.end
            ]
        return other

    def of(self, number: int, spoke: Sequence[int]) -> list[int]:
        """Who might speak a round: those named of late, those who spoke of late, those told to speak next."""
        here = self.rounds[number]
        found: dict[int, int] = {}
        at = bisect_left(self._order, here.end)
        while at > 0 and len(found) < _MOST and self._order[at - 1] > here.start - _FAR:
            at -= 1
            found.setdefault(self._in_order[at][1], 0)
        for who in spoke[-_HISTORY:]:
            if who >= 0:
                found.setdefault(who, 0)
        for ahead in range(number + 1, min(number + 4, len(self.rounds))):
            if self.rounds[ahead].gap > 1:
                break
            told = self.tags[ahead]
            if told and told.who >= 0:
                found.setdefault(told.who, 0)
        if self.presence.narrator >= 0:
            found.setdefault(self.presence.narrator, 0)
        genders = self.presence.genders
        tag = self.tags[number]
        gender = tag.gender if tag else ""
        fitting = [who for who in found if relation(gender, genders[who]) != "other"]
        return fitting or list(found)

    def features(self, number: int, nearby: set[int], who: Sequence[int]) -> list[list[str]]:
        """What speaks for and against each candidate of a round, whoever spoke before."""
        here = self.rounds[number]
        seen = [self._last_seen(each, here.opens) for each in who]
        order = sorted(range(len(who)), key=lambda each: -seen[each])
        ranks = {each: rank for rank, each in enumerate(order)}
        kind = self._kind(number)
        around = self._around(number)
        return [
            [
                *self._features(number, kind, nearby, each, seen[place], ranks[place]),
                *around.get(each, (f"{kind} absent",)),
            ]
            for place, each in enumerate(who)
        ]

    def turning(self, number: int, who: int, spoke: Sequence[int]) -> list[str]:
        """What speaks for and against a candidate, given who spoke the rounds before, the last one last."""
        kind, here = self._kind(number), self.rounds[number]
        back = next((back for back in range(1, min(5, len(spoke) + 1)) if spoke[-back] == who), 0)
        found = [f"{kind} said {min(spoke[-12:].count(who), 5)}"]
        found += self._named_by_noun(number, kind, who, spoke)
        found += self._addressed(number, kind, who, spoke)
        found += self._whose_turn(number, kind, back, min(len(set(spoke[-6:])), 4), len(set(spoke[-4:])))
        if number and here.gap <= 1:
            called = self.rounds[number - 1].called - {spoke[-1] if spoke else -1}
            if called:
                found.append(f"{kind} answers {who in called} {here.gap}")
            if who in self.rounds[number - 1].spoken_of:
                found.append(f"{kind} was spoken of")
        return found

    def _kind(self, number: int) -> str:
        """What sort of tag a round has, in a letter or two: what tells is weighed apart for each; “they” tells no more than none."""
        tag = self.tags[number]
        thought = "t" if self.rounds[number].is_thought else ""
        if tag is None or tag.kind == "name" or tag.gender == "they":
            return f"{thought}n"
        return ("d" if tag.kind == "noun" else "p") + (
            "h" if tag.gender == "he" else "s" if tag.gender == "she" else ""
        )

    def _around(self, number: int) -> dict[int, list[str]]:
        """Who else in the same talk is told to speak, is called by name, is spoken of."""
        talk, kind = self._talks[number], self._kind(number)
        found: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for other in range(max(0, number - _TALK), min(number + _TALK + 1, len(self.rounds))):
            if self._talks[other] != talk or other == number:
                continue
            tag, side = self.tags[other], "before" if other < number else "after"
            if tag is not None and tag.who >= 0:
                found[tag.who][f"told {side}"] += 1
            for who in self.rounds[other].called:
                found[who][f"called {side}"] += 1
            for who in self.rounds[other].spoken_of:
                found[who][f"spoken of {side}"] += 1
        return {
            who: [f"{kind} {what} in talk {min(count, 2)}" for what, count in counts.items()]
            for who, counts in found.items()
        }

    def _last_seen(self, who: int, before: int) -> int:
        places = self._places[who]
        at = bisect_left(places, before)
        return places[at - 1] if at else -1

    def _features(self, number: int, kind: str, nearby: set[int], who: int, seen: int, rank: int) -> Iterator[str]:
        here, tag = self.rounds[number], self.tags[number]
        genders = self.presence.genders
        if tag is not None and tag.kind != "name":
            yield f"{kind} fits {relation(tag.gender, genders[who])}"
        if who == self.presence.narrator:
            yield f"{kind} narrator"
        yield from self._acts(here, kind, who)
        if who in here.nearby:
            yield f"{kind} nearby {len(here.nearby) == 1} {bool(here.acting)}"
        if who in nearby:
            yield f"{kind} told of"
        if who in here.called:
            yield f"{kind} called"
        if who in here.spoken_of:
            yield f"{kind} spoken of"
        yield from self._ahead(number, kind, who)
        yield f"{kind} rank {min(rank, 6)}"
        yield f"{kind} rank {min(rank, 2)} gap {min(here.gap, 2)}"
        distance = here.opens - seen if seen >= 0 else 10**6
        yield f"{kind} far {min(int(log2(distance / 40 + 1)), 9)}"
        yield f"{kind} share {self._shares[who]}"
        places = self._places[who]
        lately = bisect_left(places, here.opens) - bisect_left(places, here.opens - 2500)
        yield f"{kind} lately {min(int(log2(lately + 1)), 4)}"

    def _acts(self, here: Round, kind: str, who: int) -> Iterator[str]:
        """Who acts in the narration about the speech."""
        genders = self.presence.genders
        for where in ("before", "after"):
            cues = [cue for place, cue in here.acting if place == where]
            if not cues:
                continue
            near = cues[-1] if where == "before" else cues[0]
            if near.kind == "name" or near.gender == "I":
                yield f"{kind} acts {where} {near.who == who}"
            else:
                fits = relation(near.gender, genders[who])
                yield f"{kind} acts {where} {near.kind[0]} {fits}"
            if any(cue.who == who for cue in cues):
                yield f"{kind} acts somewhere {where} {len(cues) > 1}"
        if here.lead is not None:
            if here.lead.kind == "name" or here.lead.gender == "I":
                yield f"{kind} led {here.lead.who == who} {min(here.gap, 2)} {bool(here.acting)}"
            else:
                yield f"{kind} led {here.lead.kind[0]} {relation(here.lead.gender, genders[who])} {bool(here.acting)}"

    def _whose_turn(self, number: int, kind: str, back: int, company: int, since: int) -> tuple[str, ...]:
        """Whose turn it is: what tells where a candidate spoke `back` rounds ago, or, with 0, not of late.

        `company` and `since` are how many spoke in the last six rounds and in the last four.  The same is asked along many ways that
        a talk may have gone, so it is remembered.
        """
        key = number, kind, back, company, since
        found = self._turns.get(key)
        if found is None:
            found = self._turns[key] = tuple(self._in_turn(*key))
        return found

    def _in_turn(self, number: int, kind: str, back: int, company: int, since: int) -> Iterator[str]:
        here, before = self.rounds[number], self.rounds[number - 1]
        gap = here.gap + sum(self.rounds[number - each].gap for each in range(1, back))
        if not back or (back > 1 and gap > 8):
            yield f"{kind} turn none {min(here.gap, 3)}"
            return
        yield f"{kind} turn {back} gap {min(gap, 3)} {self.rounds[number - back].asks}"
        yield f"{kind} turn {back} gap {min(gap, 3)} {'b' if here.acting else ''}"
        yield f"{kind} turn {back} called {bool(before.called)}"
        yield f"{kind} turn {back} of {company} gap {min(here.gap, 2)}"
        yield f"{kind} turn {back} long {_long(here)} {_long(before)} gap {min(here.gap, 1)}"
        yield f"{kind} turn {back} untagged {self._untagged(number)} gap {min(gap, 2)}"
        if back == 2:
            yield f"{kind} turn 2 since {since} gap {min(gap, 2)}"
        if back == 1 and here.goes_on:
            yield "goes on"

    def _named_by_noun(self, number: int, kind: str, who: int, spoke: Sequence[int]) -> Iterator[str]:
        """Whom a noun in the tag has meant before, or may mean: “the doctor”, “his wife”."""
        tag = self.tags[number]
        if tag is None or tag.kind != "noun":
            return
        back = self._again[number]
        if 0 < back <= len(spoke):
            yield f"{kind} again {spoke[-back] == who} {min(int(log2(back)), 3)}"
        if tag.noun in self._titles[who]:
            yield f"{kind} titled"
        if tag.noun in KIN and spoke and spoke[-1] >= 0:
            yield f"{kind} kin {spoke[-1] == who} {bool(self._surnames[who] & self._surnames[spoke[-1]])}"

    def _addressed(self, number: int, kind: str, who: int, spoke: Sequence[int]) -> Iterator[str]:
        """Whether “sir” or “madam” fits the one before, and the candidate where it was said to whoever answers."""
        here, genders = self.rounds[number], self.presence.genders
        other = next((each for each in reversed(spoke[-4:]) if each != who and each >= 0), -1)
        if here.address and other >= 0 and here.gap <= 1:
            yield f"{kind} addresses {relation(here.address, genders[other])}"
        if number and self.rounds[number - 1].address and here.gap <= 1:
            yield f"{kind} addressed {relation(self.rounds[number - 1].address, genders[who])}"

    def _untagged(self, number: int) -> int:
        """How many rounds in a row before this one have no tag, three at most."""
        return next((back for back in range(3) if number <= back or self.tags[number - back - 1] is not None), 3)

    def _ahead(self, number: int, kind: str, who: int) -> Iterator[str]:
        """Who is told to speak next."""
        genders = self.presence.genders
        for step in range(1, _TALK + 1):
            if number + step >= len(self.rounds) or self.rounds[number + step].gap > (step == 1):
                break
            ahead = self.rounds[number + step]
            tag = self.tags[number + step]
            if tag is not None and (tag.kind == "name" or tag.gender == "I"):
                far = step if step < 4 else "odd" if step % 2 else "even"
                yield f"{kind} ahead {far} {tag.who == who} {ahead.gap}"
                break
            if step == 1 and tag is not None:
                yield f"{kind} ahead fits {relation(tag.gender, genders[who])}"
            if step == 1 and who in ahead.called:
                yield f"{kind} ahead called"
            if step == 1 and ahead.acting and ahead.acting[0][1].kind == "name":
                yield f"{kind} ahead acts {ahead.acting[0][1].who == who}"
