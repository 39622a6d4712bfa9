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
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.dialogue import run_together
from betareader.formats import from_text
from betareader.story.gaps import Story, View
from betareader.story.turns import walk
from betareader.structure import take_apart
from training.corpora import DATA, works

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "betareader" / "story" / "turns.json"
PORTION = 60_000
"""Code points of a portion: about a chapter or two, so that the portions of a work can be shared out."""

_LOWERED = "He She It They We You The A An His Her Their My His There Then And But So Now That This".split()
_STOP = re.compile(r"(?<=[a-z])\.(”? )(?=(" + "|".join(_LOWERED) + r")?\b)")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class Choice:
    """The features of every option in one gap, and which option was right (0: the same speaker goes on)."""

    options: list[list[str]]
    right: int


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

    def comma(match: re.Match[str]) -> str:
        return "," + match[1] if chance.random() < 0.8 else match[0]

    commas = _STOP.sub(comma, text)
    lowered = re.sub(
        r"(?<=, )(" + "|".join(_LOWERED) + r")\b",
        lambda match: match[0].lower() if chance.random() < 0.8 else match[0],
        commas,
    )
    return lowered.translate(_STRAIGHT)


def choices(text: str, breaks: list[int]) -> tuple[list[Choice], int]:
    """Every gap of a text with its features, walked with the right answers; and how many breaks no place fits."""
    page = take_apart(from_text(text))
    story = Story(page, {})
    wanted = set(breaks)
    found: list[Choice] = []
    met: set[int] = set()

    def decide(view: View) -> int | None:
        gap = view.gap
        right = next((at for at, place in enumerate(gap.places) if place in wanted), None)
        within = any(gap.first.span.end <= each < gap.second.span.start for each in wanted_between(gap.first.span.end, gap.second.span.start))
        if right is None and within:
            return None
        if right is not None:
            met.add(gap.places[right])
        options = [list(view.going_on())] + [list(view.turning(at)) for at in range(len(gap.places))]
        found.append(Choice(options, 0 if right is None else right + 1))
        return right

    ordered = sorted(wanted)

    def wanted_between(start: int, end: int) -> list[int]:
        from bisect import bisect_left

        return ordered[bisect_left(ordered, start) : bisect_left(ordered, end)]

    walk(story, decide)
    return found, len(wanted - met)


class Learner:
    """A log-linear choice learnt by AdaGrad, a batch of gaps at a time."""

    def __init__(self, sample: list[Choice], least: int) -> None:
        counts = Counter(feature for choice in sample for option in choice.options for feature in option)
        self.features = sorted(feature for feature, count in counts.items() if count >= least)
        self._number = {feature: number for number, feature in enumerate(self.features)}
        indices: list[int] = []
        option_starts: list[int] = []
        group_starts: list[int] = []
        rights: list[int] = []
        for choice in sample:
            group_starts.append(len(option_starts))
            rights.append(len(option_starts) + choice.right)
            for option in choice.options:
                option_starts.append(len(indices))
                indices.append(len(self.features))
                indices += [self._number[feature] for feature in option if feature in self._number]
        self._indices = np.array(indices, dtype=np.int32)
        self._options = np.array([*option_starts, len(indices)], dtype=np.int64)
        self._groups = np.array([*group_starts, len(option_starts)], dtype=np.int64)
        self._rights = np.array(rights, dtype=np.int64)
        self.weights: NDArray[np.float64] = np.zeros(len(self.features) + 1)
        self._squares: NDArray[np.float64] = np.full(len(self.features) + 1, 1e-6)

    def epoch(self, order: NDArray[np.int64], rate: float, decay: float) -> float:
        """One pass over the gaps in this order; returns the mean loss in nats."""
        loss = 0.0
        for batch in np.array_split(order, max(1, len(order) // 256)):
            loss += self._step(batch, rate, decay)
        return loss / len(order)

    def _step(self, batch: NDArray[np.int64], rate: float, decay: float) -> float:
        option_ids = np.concatenate([np.arange(self._groups[each], self._groups[each + 1]) for each in batch])
        lengths = self._options[option_ids + 1] - self._options[option_ids]
        places = np.concatenate([np.arange(self._options[each], self._options[each + 1]) for each in option_ids])
        indices = self._indices[places]
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
        touched = np.unique(indices)
        slope[touched] += decay * self.weights[touched]
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


def main() -> None:
    """Learn the weights and write them where the package finds them."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--works", type=int, default=53)
    arguments.add_argument("--portions", type=int, default=6, help="portions of each work")
    arguments.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = arguments.parse_args()
    chance = random.Random(7)
    sample: list[Choice] = []
    missed = number = 0
    started = time.monotonic()
    for bundle in ("standard-ebooks", "modern"):
        for count, work in enumerate(works(chosen.data, bundle)):
            if bundle == "standard-ebooks" and count >= chosen.works:
                break
            parts = list(portions(work.text))
            chance.shuffle(parts)
            for part in parts[: chosen.portions]:
                text, breaks = run_together(take_apart(from_text(part)))
                if number % 2:
                    text = ramble(text, chance)
                number += 1
                found, lost = choices(text, breaks)
                sample += found
                missed += lost
            print(f"\r{work.name[:50]:50} {len(sample):8} gaps, {missed} breaks without a place", end="", file=sys.stderr)
    print(f"\n{time.monotonic() - started:.0f} s", file=sys.stderr)
    learner = Learner(sample, least=8)
    order = np.arange(len(sample), dtype=np.int64)
    shuffle = np.random.default_rng(7)
    for epoch in range(8):
        shuffle.shuffle(order)
        loss = learner.epoch(order, rate=0.3 / (1 + epoch), decay=1e-4)
        print(f"epoch {epoch + 1}: loss {loss:.4f}", file=sys.stderr)
    share = sum(1 for choice in sample if choice.right) / len(sample)
    table = learner.table(smallest=0.02)
    print(f"{len(sample)} gaps, {share:.3f} of them with a turn; {len(table)} weights", file=sys.stderr)
    chosen.out.write_text(json.dumps({"share": round(share, 3), "weights": table}, indent=0, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
