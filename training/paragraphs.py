"""Learns where a new speaker's turn begins inside a paragraph: the weights of `betareader.story.turns`.

Published fiction has its dialogue run together, as drafts have it, and the weights learn to find the
breaks again: a softmax over the places in each gap between two speeches, by AdaGrad, with two
portions in five made to look like a rambling draft (commas for stops, straight quotes).  The second
look learns with the first look's guesses at what comes later; each half of the works is guessed at
with weights learnt from the other half, so that they err as they will on a new manuscript.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.dialogue import run_together
from betareader.formats import from_text
from betareader.story.clues import View
from betareader.story.gaps import Story
from betareader.story.turns import foresee, walk
from betareader.structure import take_apart
from training.corpora import DATA, works

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "betareader" / "story" / "turns.npz"
PORTION = 60_000
"""Code points of a portion: about a chapter or two, so that the portions of a work can be shared out."""

_RECENT = 1905
_LOWERED = "He She It They We You The A An His Her Their My His There Then And But So Now That This".split()
_STOP = re.compile(r"(?<=[a-z])(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bMrs)\.(”? )(?=[“A-Z])")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class Choice:
    """The kind of a gap, the features of every option in one gap, and which option was right (0: the same speaker goes on)."""

    kind: str
    options: list[array[int]]
    right: int


class Features:
    """Numbers the features as they are met."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, features: Iterable[str]) -> array[int]:
        """The numbers of some features."""
        numbers = self.numbers
        return array("i", [numbers.setdefault(feature, len(numbers)) for feature in features])


def portions(text: str) -> Iterator[str]:
    """A text in portions that end at the end of a line."""
    place = 0
    while place < len(text):
        end = text.find("\n", place + PORTION)
        end = len(text) if end < 0 else end
        yield text[place:end].strip("\n")
        place = end


def ramble(text: str, chance: random.Random) -> str:
    """The text with many stops turned into commas, as in a draft that never stops; of the same length."""

    share = chance.choice((0.5, 0.8, 0.95))

    def comma(match: re.Match[str]) -> str:
        return "," + match[1] if chance.random() < share else match[0]

    commas = _STOP.sub(comma, text)
    lowered = re.sub(
        r"(?<=, )(" + "|".join(_LOWERED) + r")\b",
        lambda match: match[0].lower() if chance.random() < 0.8 else match[0],
        commas,
    )
    return lowered.translate(_STRAIGHT)


def choices(
    text: str, breaks: list[int], features: Features, first: Mapping[str, float] | None = None
) -> tuple[list[Choice], int]:
    """Every gap of a text with its features, walked with the right answers; and how many breaks fit no place.

    `first` are the weights for a first look at who speaks later, which is left out without them.
    """
    story = Story(take_apart(from_text(text)), {})
    found: list[Choice] = []
    met: set[int] = set()

    def decide(view: View) -> int | None:
        gap = view.gap
        within = breaks[bisect_left(breaks, gap.first.span.end) : bisect_left(breaks, gap.second.span.start)]
        right = next((at for at, place in enumerate(gap.places) if place in within), None)
        if within and right is None:
            return None
        met.update(within)
        options = [features.of(view.going_on())] + [features.of(view.turning(at)) for at in range(len(gap.places))]
        found.append(Choice(view.kind, options, 0 if right is None else right + 1))
        return right

    walk(story, decide, {} if first is None else foresee(story, first))
    return found, len(set(breaks) - met)


class Learner:
    """A log-linear choice learnt by AdaGrad, a batch of gaps at a time."""

    def __init__(self, sample: list[Choice], features: Features, least: int) -> None:
        lengths = [len(option) for choice in sample for option in choice.options]
        everything = np.concatenate([option for choice in sample for option in choice.options]).astype(np.int64)
        counts = np.bincount(everything, minlength=len(features.numbers))
        kept = counts >= least
        renumbered = np.where(kept, np.cumsum(kept) - 1, int(kept.sum()))
        names = list(features.numbers)
        self.features = [names[number] for number in np.flatnonzero(kept)]
        self._indices = renumbered[everything].astype(np.int32)
        self._options = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        sizes = [len(choice.options) for choice in sample]
        self._groups = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self._rights = self._groups[:-1] + np.array([choice.right for choice in sample], dtype=np.int64)
        self.weights: NDArray[np.float64] = np.zeros(len(self.features) + 1)
        self._squares: NDArray[np.float64] = np.full(len(self.features) + 1, 1e-6)

    def epoch(self, order: NDArray[np.int64], rate: float, decay: float) -> float:
        """One pass over the gaps in this order; returns the mean loss in nats."""
        loss = 0.0
        for batch in np.array_split(order, max(1, len(order) // 256)):
            loss += self._step(batch, rate, decay)
        return loss / len(order)

    def _step(self, batch: NDArray[np.int64], rate: float, decay: float) -> float:
        option_ids = _ranges(self._groups[batch], self._groups[batch + 1])
        lengths = self._options[option_ids + 1] - self._options[option_ids]
        indices = self._indices[_ranges(self._options[option_ids], self._options[option_ids + 1])]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        scores = np.add.reduceat(self.weights[indices], starts)
        sizes = self._groups[batch + 1] - self._groups[batch]
        group_starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        scores -= np.repeat(np.maximum.reduceat(scores, group_starts), sizes)
        powers = np.exp(scores)
        chances = powers / np.repeat(np.add.reduceat(powers, group_starts), sizes)
        right = self._rights[batch] - self._groups[batch] + group_starts
        loss = -float(np.log(chances[right] + 1e-12).sum())
        pull = chances.copy()
        pull[right] -= 1.0
        slope = np.bincount(indices, np.repeat(pull, lengths), len(self.weights)) / len(batch)
        slope += decay * self.weights * (slope != 0)
        slope[-1] = 0.0
        self._squares += slope * slope
        self.weights -= rate * slope / np.sqrt(self._squares)
        return loss

    def table(self, smallest: float) -> dict[str, float]:
        """The weights worth keeping, by feature."""
        return {
            feature: round(float(weight), 2)
            for feature, weight in zip(self.features, self.weights, strict=False)
            if abs(weight) >= smallest
        }


def _ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each start up to its end, one after another."""
    lengths = ends - starts
    numbers: NDArray[np.int64] = np.arange(int(lengths.sum()), dtype=np.int64)
    numbers += np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    return numbers


def fit(sample: list[Choice], features: Features, least: int) -> dict[str, float]:
    """The weights learnt from a sample."""
    learner = Learner(sample, features, least)
    order = np.arange(len(sample), dtype=np.int64)
    shuffle = np.random.default_rng(7)
    for epoch in range(3):
        shuffle.shuffle(order)
        loss = learner.epoch(order, rate=0.06 / (1 + epoch), decay=1e-5)
    print(f"{len(sample)} gaps, loss {loss:.4f}", file=sys.stderr)
    return learner.table(smallest=0.05)


def texts(data: Path, most: int, most_of_classics: int) -> Iterator[tuple[str, str, list[int]]]:
    """The work, text and breaks of every portion to learn from."""
    chance = random.Random(7)
    for bundle in ("standard-ebooks", "modern", "classics"):
        for work in works(data, bundle):
            if bundle == "classics" and work.year < _RECENT:
                continue
            parts = list(portions(work.text))
            chance.shuffle(parts)
            for part in parts[: most if bundle != "classics" else most_of_classics]:
                text, breaks = run_together(take_apart(from_text(part)))
                yield work.name, ramble(text, chance) if chance.random() < 0.4 else text, breaks


def write(
    path: Path, kinds: Mapping[str, tuple[float, float]], first: dict[str, float], second: dict[str, float]
) -> None:
    """Write the kinds of gaps (their part of all, their share of turns) and both tables of weights, in hundredths."""
    names = sorted(first.keys() | second.keys())
    np.savez_compressed(
        path,
        features=np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8),
        first=np.array([round(100 * first.get(name, 0.0)) for name in names], dtype=np.int16),
        weights=np.array([round(100 * second.get(name, 0.0)) for name in names], dtype=np.int16),
        kinds=np.array(list(kinds)),
        parts=np.array([part for part, _ in kinds.values()]),
        shares=np.array([share for _, share in kinds.values()]),
    )


def main() -> None:
    """Learn the weights and write them where the package finds them."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--portions", type=int, default=12, help="portions of each work")
    arguments.add_argument("--classics", type=int, default=4, help="portions of each classic of 1905 or later")
    arguments.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = arguments.parse_args()
    started = time.monotonic()
    every = [
        (zlib.crc32(name.encode("utf-8")) % 2, text, breaks)
        for name, text, breaks in texts(chosen.data, chosen.portions, chosen.classics)
    ]
    features = Features()
    halves: tuple[list[Choice], list[Choice]] = ([], [])
    missed = 0
    for half, text, breaks in every:
        found, lost = choices(text, breaks, features)
        halves[half].extend(found)
        missed += lost
    print(f"{missed} breaks without a place", file=sys.stderr)
    others = [fit(halves[1 - half], features, least=8) for half in (0, 1)]
    first = fit(halves[0] + halves[1], features, least=10)
    features = Features()
    sample = [choice for half, text, breaks in every for choice in choices(text, breaks, features, others[half])[0]]
    second = fit(sample, features, least=10)
    kinds = {}
    for kind in sorted({choice.kind for choice in sample}):
        rights = [choice.right > 0 for choice in sample if choice.kind == kind]
        kinds[kind] = (round(len(rights) / len(sample), 3), round(sum(rights) / len(rights), 4))
    write(chosen.out, kinds, first, second)
    print(f"{kinds}; {len(first)} and {len(second)} weights; {time.monotonic() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
