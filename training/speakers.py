"""Learns who speaks where no tag says so: the weights of `betareader.story.speakers`.

Tagged speech in published fiction is its own teacher.  Each tag with a name is hidden for once: taken away
altogether, and turned into the pronoun that fits.  Untagged turns between two tags teach, too, where two people speak in
turn and the tags fit.  And there are the novels in `training/told`, in parts of which a reader told who speaks: no hidden tag is like a speech that
its author left without one.  The story is gone through as it is at run time, so that what is known of each turn rests on
earlier guesses; the weights are those of a softmax over those present that tells who speaks best, and the stories are
gone through again with them.
"""

from __future__ import annotations

import argparse
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.story import learn
from betareader.story.candidates import Candidates, relation
from betareader.story.cues import Cue, Round
from betareader.story.gaps import Story
from betareader.story.people import aliases_of
from betareader.story.presence import Presence
from betareader.story.rounds import find_rounds
from betareader.story.turns import find_in
from betareader.structure import take_apart
from training.corpora import DATA, works
from training.told import Identities, Told, told

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "betareader" / "story" / "speakers.tsv"
LONGEST = 200_000
"""Code points of each work that are learnt from."""

MEASURED = (
    "a-passage-to-india", "a-room-with-a-view", "alice-s-adventures-in-wonderland", "alices-adventures-in-wonderland",
    "anne-of-green-gables", "emma", "hard-times", "howards-end", "mansfield-park", "northanger-abbey", "oliver-twist",
    "persuasion", "pride-and-prejudice", "sense-and-sensibility", "the-age-of-innocence", "the-awakening", "the-gambler",
    "the-man-who-was-thursday", "the-picture-of-dorian-gray", "the-sport-of-the-gods", "where-angels-fear-to-tread",
)  # fmt: skip
"""How the names of the works end with which `bench.bible` measures: nothing is learnt from them."""

_RATE = 0.05
_STEPS = 150
_DECAY = 1e-4
_SELDOM = 8
_WORTH = {"hidden": 0.5, "plain": 1.0, "read": 3.0}
"""How much a hidden tag, a plain turn, and a turn that a reader told count: where there are tags, it is less plain who speaks than where there are none."""
_KINDS = (
    "hidden implicit", "hidden pronoun", "hidden noun", "plain implicit", "plain anaphoric", "read implicit", "read anaphoric"
)  # fmt: skip
_LEADING = 30
"""Turns before the first that a reader told which are gone through, too."""

_NEAR = 10
_HELD = 8
"""One work in so many is kept out, to measure with."""


@dataclass(frozen=True)
class Lesson:
    """A work's turns of speech, who is present, and who speaks those turns of which it is known though no name tells it.

    It is known where two take turns plainly, or, where the work was `read`, because a reader of ours told it.
    """

    name: str
    rounds: list[Round]
    presence: Presence
    known: dict[int, int]
    read: bool = False
    held: bool = False


def lesson(name: str, text: str) -> Lesson:
    """A work made ready to learn from."""
    page = take_apart(from_text(text[:LONGEST]))
    bible = learn(page, load_lexicon())
    presence = Presence(page.text, bible)
    rounds = find_rounds(page, presence, ())
    return Lesson(name, rounds, presence, plain_turns(rounds, presence), held=zlib.crc32(name.encode()) % _HELD == 0)


def lesson_of_told(table: Told, text: str) -> Lesson:
    """A novel whose speakers a reader told apart in parts, the whole of it gone through as at run time."""
    page = take_apart(from_text(text))
    bible = learn(page, load_lexicon())
    presence = Presence(page.text, bible)
    rounds = find_rounds(page, presence, find_in(Story(page, aliases_of(bible))))
    who = Identities(table.characters, bible, page.text).of
    places: dict[str, int] = {}
    for place in sorted(range(len(bible.cast)), key=lambda each: -len(bible.cast[each].mentions)):
        if bible.cast[place].name in who:
            places.setdefault(who[bible.cast[place].name], place)
    speakers = {said.start: said.speaker for said in table.said}
    known: dict[int, int] = {}
    for number, each in enumerate(rounds):
        said = {speakers.get(speech.span.start, "") for speech in each.speeches}
        if len(said) == 1 and min(said) in places:
            known[number] = places[min(said)]
    return Lesson(table.work, rounds, presence, known, read=True, held=table.held)


def lessons_of_told(data: Path) -> Iterator[Lesson]:
    """The novels that a reader told of."""
    tables = {table.work: table for table in told()}
    for bundle in sorted({table.bundle for table in tables.values()}):
        for work in works(data, bundle, [name for name, table in tables.items() if table.bundle == bundle]):
            yield lesson_of_told(tables[work.name], work.text)


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


def hidings(tag: Cue, gender: str) -> list[Cue | None]:
    """What may stand in the place of a tag with a name: nothing, a noun that tells nothing, and the pronoun and noun that fit."""
    noun = replace(tag, kind="noun", who=-1, gender="?")
    if gender not in ("he", "she"):
        return [None, noun]
    return [None, noun, replace(noun, gender=gender), replace(noun, kind="pronoun", gender=gender)]


class Lessons:
    """What is known of every candidate for each hidden tag and each plain turn, as columns of numbers."""

    def __init__(self) -> None:
        self.features: dict[str, int] = {}
        self._known: list[np.ndarray] = []
        self._lengths: list[int] = []
        self._counts: list[int] = []
        self._right: list[int] = []
        self._worth: list[float] = []

    def add(self, known: Sequence[Sequence[str]], right: int, worth: float) -> None:
        """One more choice: what is known of each candidate, which of them it is, and how much the choice counts."""
        self._worth.append(worth)
        self._right.append(len(self._lengths) + right)
        self._counts.append(len(known))
        for each in known:
            self._lengths.append(len(each))
            self._known.append(
                np.fromiter((self.features.setdefault(feature, len(self.features)) for feature in each), np.int32)
            )

    def fit(self) -> dict[str, float]:
        """The weights that tell the right candidate best, by Adam on all choices at once; rare features get none."""
        known, size = np.concatenate(self._known), len(self.features)
        lengths, counts, right = np.array(self._lengths), np.array(self._counts), np.array(self._right)
        worth = np.repeat(np.array(self._worth), counts)
        often = np.bincount(known, minlength=size) >= _SELDOM
        firsts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
        weights, slopes, squares = np.zeros(size), np.zeros(size), np.zeros(size)
        for step in range(1, _STEPS + 1):
            scores = np.add.reduceat(weights[known], firsts)
            powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), counts))
            wrong = powers / np.repeat(np.add.reduceat(powers, starts), counts)
            wrong[right] -= 1.0
            wrong *= worth
            slope = np.bincount(known, np.repeat(wrong, lengths), size) / len(counts) + _DECAY * weights
            slopes += 0.1 * (slope - slopes)
            squares += 0.01 * (slope * slope - squares)
            rate = _RATE * min(1.0, 2.0 * (1.0 - step / (_STEPS + 1)))
            weights -= rate * (slopes / (1 - 0.9**step)) / (np.sqrt(squares / (1 - 0.99**step)) + 1e-8)
        return {feature: float(weights[number]) for feature, number in self.features.items() if often[number]}


def walk(lesson: Lesson, weights: Mapping[str, float], counts: Counter[str], lessons: Lessons | None) -> None:
    """Go through a work, count what is guessed right, and note what is known of each tag if hidden, and of plain turns."""
    tags = [each.tag for each in lesson.rounds]
    candidates = Candidates(lesson.presence, lesson.rounds, tags)
    spoke: list[int] = []
    wanted = {before for number in lesson.known for before in range(number - _LEADING, number + 1)}
    for number, (each, tag) in enumerate(zip(lesson.rounds, tags, strict=True)):
        if lesson.read and number not in wanted:
            spoke.append(tag.who if tag is not None else -1)
            continue
        if tag is not None and tag.kind == "name" and not lesson.read:
            for other in hidings(tag, lesson.presence.genders[tag.who]):
                choice = _Choice(candidates.without(number, other), number, spoke)
                choice.note(weights, tag.who, f"hidden {other.kind if other else 'implicit'}", counts, lessons)
        if tag is not None and (tag.who >= 0 or tag.gender == "I"):
            spoke.append(tag.who)
        elif each.goes_on and tag is None and spoke:
            spoke.append(spoke[-1])
        else:
            kind = f"{'read' if lesson.read else 'plain'} {'implicit' if tag is None else 'anaphoric'}"
            choice = _Choice(candidates, number, spoke)
            spoke.append(choice.note(weights, lesson.known.get(number, -1), kind, counts, lessons))


class _Choice:
    """A round with those who may speak it and what is known of each."""

    def __init__(self, candidates: Candidates, number: int, spoke: Sequence[int]) -> None:
        here, tag = candidates.rounds[number], candidates.tags[number]
        self.who = candidates.of(number, spoke)
        self.known = candidates.features(number, here.tagged_nearby if tag else set(), self.who)
        for one, place in zip(self.known, self.who, strict=True):
            one += candidates.turning(number, place, spoke)

    def note(
        self, weights: Mapping[str, float], right: int, kind: str, counts: Counter[str], lessons: Lessons | None
    ) -> int:
        """Who most likely speaks, -1 for nobody; counted and noted where it is known who does."""
        scores = [sum(weights.get(feature, 0.0) for feature in one) for one in self.known]
        best = self.who[scores.index(max(scores))] if scores else -1
        if right >= 0:
            counts[f"{kind} all"] += 1
            counts[f"{kind} right"] += best == right
            if lessons is not None and right in self.who:
                lessons.add(self.known, self.who.index(right), _WORTH[kind.split()[0]])
        return best


def main() -> None:
    """Learn and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=DATA, help="the folder of bundles")
    arguments.add_argument("--works", type=int, default=120, help="how many works to learn from")
    arguments.add_argument("--rounds", type=int, default=2, help="how often to go through them")
    chosen = arguments.parse_args()
    start = time.time()
    lessons: list[Lesson] = []
    for bundle, most in (("standard-ebooks", chosen.works // 3), ("classics", chosen.works)):
        for work in works(chosen.data, bundle):
            if len(lessons) >= most:
                break
            if not (work.name.endswith(MEASURED) or (zlib.crc32(work.name.encode()) % 3 and bundle == "classics")):
                lessons.append(lesson(work.name, work.text))
    lessons += lessons_of_told(chosen.data)
    weights = learnt(lessons, chosen.rounds, start)
    rows = sorted((feature, weight) for feature, weight in weights.items() if abs(weight) > 0.02)
    WEIGHTS.write_text("".join(f"{feature}\t{weight:.2f}\n" for feature, weight in rows), encoding="utf-8")


def learnt(lessons: Sequence[Lesson], rounds: int, start: float) -> dict[str, float]:
    """The weights, after so many rounds through the works that are not held."""
    held = [each for each in lessons if each.held]
    kept = [each for each in lessons if not each.held]
    print(f"{len(kept)} works and {len(held)} held, {time.time() - start:.0f} s", file=sys.stderr)
    weights: dict[str, float] = {}
    for number in range(rounds):
        noted = Lessons()
        for which, some, notes in (("learnt", kept, noted), ("held", held, None)):
            counts: Counter[str] = Counter()
            if notes is None:
                weights = noted.fit()
            for each in some:
                walk(each, weights, counts, notes)
            shares = ", ".join(
                f"{kind} {counts[f'{kind} right'] / max(counts[f'{kind} all'], 1):.3f} of {counts[f'{kind} all']}"
                for kind in _KINDS
            )
            print(f"{number + 1} {which}: {shares}, {time.time() - start:.0f} s", file=sys.stderr)
    return weights


if __name__ == "__main__":
    main()
