"""Learns where a new speaker's turn begins inside a paragraph: the weights of `betareader.story.turns`.

Published fiction has its dialogue run together, as drafts have it, and the weights learn to find the
breaks again: a softmax over the places in each gap between two speeches, by AdaGrad, with every
second portion made to look like a rambling draft (commas for stops, straight quotes).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.dialogue import run_together
from betareader.formats import from_text
from betareader.story.clues import View
from betareader.story.gaps import Story
from betareader.story.turns import walk
from betareader.structure import take_apart
from training.corpora import DATA, works

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "betareader" / "story" / "turns.json"
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


def choices(text: str, breaks: list[int], features: Features) -> tuple[list[Choice], int]:
    """Every gap of a text with its features, walked with the right answers; and how many breaks fit no place."""
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

    walk(story, decide)
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


def main() -> None:
    """Learn the weights and write them where the package finds them."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--portions", type=int, default=12, help="portions of each work")
    arguments.add_argument("--classics", type=int, default=2, help="portions of each classic of 1905 or later")
    arguments.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = arguments.parse_args()
    chance = random.Random(7)
    features = Features()
    sample: list[Choice] = []
    missed = 0
    started = time.monotonic()
    for bundle in ("standard-ebooks", "modern", "classics"):
        for work in works(chosen.data, bundle):
            if bundle == "classics" and work.year < _RECENT:
                continue
            parts = list(portions(work.text))
            chance.shuffle(parts)
            for part in parts[: chosen.portions if bundle != "classics" else chosen.classics]:
                text, breaks = run_together(take_apart(from_text(part)))
                if chance.random() < 0.4:
                    text = ramble(text, chance)
                found, lost = choices(text, breaks, features)
                sample += found
                missed += lost
            print(
                f"\r{work.name[:50]:50} {len(sample):8} gaps, {missed} breaks without a place", end="", file=sys.stderr
            )
    print(f"\n{time.monotonic() - started:.0f} s", file=sys.stderr)
    learner = Learner(sample, features, least=10)
    order = np.arange(len(sample), dtype=np.int64)
    shuffle = np.random.default_rng(7)
    for epoch in range(8):
        shuffle.shuffle(order)
        loss = learner.epoch(order, rate=0.2 / (1 + epoch), decay=1e-4)
        print(f"epoch {epoch + 1}: loss {loss:.4f}", file=sys.stderr)
    kinds = {}
    for kind in sorted({choice.kind for choice in sample}):
        rights = [choice.right > 0 for choice in sample if choice.kind == kind]
        kinds[kind] = (round(len(rights) / len(sample), 3), round(sum(rights) / len(rights), 4))
    table = learner.table(smallest=0.03)
    print(f"{len(sample)} gaps; {kinds}; {len(table)} weights", file=sys.stderr)
    chosen.out.write_text(json.dumps({"kinds": kinds, "weights": table}, indent=0, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
