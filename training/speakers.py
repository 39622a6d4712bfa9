"""Learns who speaks where no tag says so: the weights of `betareader.story.speakers`.

Tagged speech in published fiction is its own teacher.  Half of the tags with a name are hidden: of those one half
is taken away altogether, the other turned into the pronoun that fits.  Untagged turns between two tags teach, too, where
two people speak in turn and the tags fit.  The story is then gone through as it is at
run time, so that every guess rests on earlier guesses, and the weights learn from each hidden tag by a step of
AdaGrad on a softmax over those present; the mean over the later half of the steps is kept.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.story import learn
from betareader.story.candidates import Candidates, relation
from betareader.story.cues import Cue, Round
from betareader.story.presence import Presence
from betareader.story.rounds import find_rounds
from betareader.structure import take_apart
from training.corpora import DATA, works

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "betareader" / "story" / "speakers.tsv"
LONGEST = 100_000
"""Code points of each work that are learnt from."""

_RATE = 0.15
_NEAR = 10
_HELD = 8
"""One work in so many is kept out, to measure with."""


@dataclass(frozen=True)
class Lesson:
    """A work's turns of speech, who is present, and who speaks the untagged turns where two take turns plainly."""

    name: str
    rounds: list[Round]
    presence: Presence
    plain: dict[int, int]


def lesson(name: str, text: str) -> Lesson:
    """A work made ready to learn from."""
    page = take_apart(from_text(text[:LONGEST]))
    bible = learn(page, load_lexicon())
    presence = Presence(page.text, bible)
    rounds = find_rounds(page, presence, ())
    return Lesson(name, rounds, presence, plain_turns(rounds, presence))


def plain_turns(rounds: Sequence[Round], presence: Presence) -> dict[int, int]:
    """The speakers of untagged turns that are plain by custom.

    They are those between two tagged ones that fit, if two people speak in turn, and those beside whose speech one
    person alone acts.
    """
    found: dict[int, int] = {}
    named = [number for number, each in enumerate(rounds) if each.tag is not None and each.tag.who >= 0]
    for place, (first, last) in enumerate(pairwise(named)):
        if last - first < 2 or any(
            rounds[number].gap or rounds[number].goes_on for number in range(first + 1, last + 1)
        ):
            continue
        one, two = _who(rounds[first]), _who(rounds[last])
        if (last - first) % 2 == 0:
            near = [number for number in named[max(0, place - 2) : place + 4] if abs(number - first) < _NEAR]
            others = {_who(rounds[number]) for number in near} - {one}
            if one != two or len(others) != 1:
                continue
            two = min(others)
        if two == one:
            continue
        right = {number: two if (number - first) % 2 else one for number in range(first + 1, last)}
        if all(_may_be(rounds[number], who, presence) for number, who in right.items()):
            found.update(right)
    for number, each in enumerate(rounds):
        acting = {cue.who for _, cue in each.acting}
        if each.tag is None and not each.goes_on and len(acting) == 1 and -1 not in acting and not acting & each.called:
            found[number] = min(acting)
    return found


def _who(each: Round) -> int:
    return each.tag.who if each.tag is not None else -1


def _may_be(each: Round, who: int, presence: Presence) -> bool:
    told = {cue.who for _, cue in each.acting if cue.kind == "name"}
    fits = each.tag is None or relation(each.tag.gender, presence.genders[who]) != "other"
    return fits and who not in each.called and (not told or who in told)


def hide(lesson: Lesson, chance: random.Random) -> dict[int, Cue | None]:
    """Half of the tags with a name, each with what stands there instead."""
    hidden: dict[int, Cue | None] = {}
    for number, each in enumerate(lesson.rounds):
        tag = each.tag
        if tag is None or tag.kind != "name" or chance.random() < 0.5:
            continue
        gender = lesson.presence.genders[tag.who]
        known = gender in ("he", "she")
        hidden[number] = (
            replace(tag, kind="pronoun", who=-1, gender=gender) if known and chance.random() < 0.5 else None
        )
    return hidden


class Learner:
    """The weights, a step at a time."""

    def __init__(self) -> None:
        self.weights: defaultdict[str, float] = defaultdict(float)
        self._squares: defaultdict[str, float] = defaultdict(lambda: 1e-3)
        self._sums: defaultdict[str, float] = defaultdict(float)
        self._times = 0

    def remember(self) -> None:
        """Take the weights as they are now into the mean."""
        self._times += 1
        for feature, weight in self.weights.items():
            self._sums[feature] += weight

    def mean(self) -> dict[str, float]:
        """The mean of the weights remembered, which errs less than the last ones."""
        return {feature: total / self._times for feature, total in self._sums.items()}

    def walk(self, lesson: Lesson, hidden: Mapping[int, Cue | None], counts: Counter[str], *, learn: bool) -> None:
        """Go through a work, count what was guessed right, and learn from what was hidden and what is plain."""
        tags = [hidden.get(number, each.tag) for number, each in enumerate(lesson.rounds)]
        rounds = [
            replace(each, acting=[], nearby=set()) if number in hidden and hidden[number] is None else each
            for number, each in enumerate(lesson.rounds)
        ]
        candidates = Candidates(lesson.presence, rounds, tags)
        spoke: list[int] = []
        for number, (each, tag) in enumerate(zip(rounds, tags, strict=True)):
            if tag is not None and (tag.who >= 0 or tag.gender == "I"):
                spoke.append(tag.who)
                continue
            if each.goes_on and tag is None and spoke and number not in hidden:
                spoke.append(spoke[-1])
                continue
            who = candidates.of(number, spoke)
            if not who:
                spoke.append(-1)
                continue
            features = candidates.features(number, each.tagged_nearby if tag else set(), who)
            for one, place in zip(features, who, strict=True):
                one += candidates.turning(number, place, spoke)
            scores = [sum(self.weights.get(feature, 0.0) for feature in one) for one in features]
            top = max(scores)
            best = scores.index(top)
            spoke.append(who[best])
            right = each.tag.who if number in hidden and each.tag is not None else lesson.plain.get(number, -1)
            if right < 0:
                continue
            kind = f"{'hidden' if number in hidden else 'plain'} {'implicit' if tag is None else 'anaphoric'}"
            counts[f"{kind} all"] += 1
            counts[f"{kind} right"] += who[best] == right
            if learn and right in who:
                self._step(features, scores, top, who.index(right))

    def _step(self, features: list[list[str]], scores: list[float], top: float, right: int) -> None:
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        slopes: defaultdict[str, float] = defaultdict(float)
        for place, (power, one) in enumerate(zip(powers, features, strict=True)):
            slope = power / total - (place == right)
            if abs(slope) > 1e-4:
                for feature in one:
                    slopes[feature] += slope
        for feature, slope in slopes.items():
            slope += 1e-4 * self.weights[feature]
            self._squares[feature] += slope * slope
            self.weights[feature] -= _RATE * slope / math.sqrt(self._squares[feature])


def main() -> None:
    """Learn and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=DATA, help="the folder of bundles")
    arguments.add_argument("--works", type=int, default=30, help="how many works to learn from")
    arguments.add_argument("--rounds", type=int, default=4, help="how often to go through them")
    chosen = arguments.parse_args()
    start = time.time()
    lessons: list[Lesson] = []
    for bundle, most in (("standard-ebooks", chosen.works * 2 // 3), ("classics", chosen.works)):
        for work in works(chosen.data, bundle):
            if len(lessons) >= most:
                break
            if zlib.crc32(work.name.encode()) % 3 and bundle == "classics":
                continue
            lessons.append(lesson(work.name, work.text))
    held = [each for each in lessons if zlib.crc32(each.name.encode()) % _HELD == 0]
    kept = [each for each in lessons if zlib.crc32(each.name.encode()) % _HELD]
    print(f"{len(kept)} works and {len(held)} held, {time.time() - start:.0f} s", file=sys.stderr)
    learner = Learner()
    chance = random.Random(4)
    for number in range(chosen.rounds):
        chance.shuffle(kept)
        for which, some in (("learnt", kept), ("held", held)):
            counts: Counter[str] = Counter()
            fixed = random.Random(7)
            for each in some:
                learner.walk(each, hide(each, chance if which == "learnt" else fixed), counts, learn=which == "learnt")
                if which == "learnt" and 2 * number >= chosen.rounds:
                    learner.remember()
            shares = ", ".join(
                f"{kind} {counts[f'{kind} right'] / max(counts[f'{kind} all'], 1):.3f} of {counts[f'{kind} all']}"
                for kind in ("hidden implicit", "hidden anaphoric", "plain implicit", "plain anaphoric")
            )
            print(f"{number + 1} {which}: {shares}, {time.time() - start:.0f} s", file=sys.stderr)
    rows = sorted((feature, weight) for feature, weight in learner.mean().items() if abs(weight) > 0.02)
    WEIGHTS.write_text("".join(f"{feature}\t{weight:.2f}\n" for feature, weight in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
