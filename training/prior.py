"""Learn what to believe of an author beforehand, and how sharp the encoder's odds are, on works it was never taught.

Each stretch stands for a manuscript: clean, or spoilt at one of several rates, in equal parts; and there are the raw drafts of
`training/drafts`.  The few numbers of `Prior` are those under which what was meant is likeliest (a search by coordinates).
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from betareader.model.judge import load_judge
from betareader.model.network import load_network
from betareader.model.neural_reader import NeuralReader
from betareader.model.ngram_reader import load_ngram_reader, shares
from betareader.model.prior import KINDS, Prior
from betareader.model.reader import Options, Sheet
from training.corpora import DATA, LEARN, works
from training.drafts import RawDraft, drafts, faults
from training.errors import Fault, Rates, spoil
from training.judge import labels, laid_out, right_or_sound
from training.ngrams import kept_aside
from training.reader import kept_for_bars

RATES = (0.0, 0.0, 0.003, 0.01, 0.02, 0.04)
"""Faults a word; twice as many manuscripts are clean."""
WORDS = (1200, 1200, 1200, 6000)
"""Words in a manuscript: three short stories to a longer one."""
DIALECT = -1.2
"""Added to the log odds in dialect: the works kept aside hold little of it, and on held-out fiction the reader was surer of speech than
right by so much (what it gave 0.75 was right 46 times in 100)."""
DRAFTS = 0.3
"""How much a word of the raw drafts counts beside a word of spoilt fiction.  They are few, and tell what no list can: which faults writers make."""
USUAL, WEIGHT = 0.02, 50
"""The usual author's share of the faults taught, and how many words of his are added.  Not learnt: manuscripts of a thousand words and more
would rather do without, and a note of ten words would then be believed to err at every word, or at none."""
FEW = -10.0
"""Log odds under which nothing is kept of an option."""


@dataclass(frozen=True)
class Case:
    """A manuscript as judged: the options with some chance, their odds, which were meant, and how many faults had none."""

    name: str
    rate: float
    sheet: Sheet
    asked: Options
    odds: NDArray[np.float32]
    right: NDArray[np.bool_]
    ngram_odds: NDArray[np.float32]
    faults: tuple[Fault, ...]


def manuscripts(data: Path, sizes: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Stretches of the works kept for this, of the `sizes` in turn, named; short works follow one another."""
    for bundle in LEARN:
        here: list[str] = []
        length = number = 0
        for work in works(data, bundle):
            if not (kept_aside(work) and kept_for_bars(work.name)) or work.text.count(" ’ ") > 20:
                continue
            for paragraph in filter(None, work.text.split("\n")):
                here.append(paragraph)
                length += paragraph.count(" ") + 1
                if length >= sizes[number % len(sizes)]:
                    yield f"{bundle}:{number}", "\n\n".join(here)
                    here, length, number = [], 0, number + 1


def case(name: str, text: str, rate: float, reader: NeuralReader) -> Case:
    """Spoil a manuscript at a rate and let the reader weigh it."""
    rates = Rates(shares=((rate, rate, 1.0),))
    spoilt = spoil(text, Random(f"{name} {rate}"), rates)
    return _case(name, rate, spoilt.text, spoilt.faults, reader)


def _case(name: str, rate: float, text: str, wrong: tuple[Fault, ...], reader: NeuralReader) -> Case:
    page, layout = laid_out(text)
    weighed = reader.weigh(layout.sheet, layout.options)
    rows = weighed.look.rows
    right = labels(page, layout, wrong)[rows]
    asked = layout.options.take(rows)
    keep = (weighed.odds > FEW) | right
    if name.startswith("modern"):
        keep &= right_or_sound(asked, right)
    sheet = replace(layout.sheet, words=(), spellings=(), tokens=layout.sheet.tokens[:0])
    return Case(name, rate, sheet, asked.take(keep), weighed.odds[keep], right[keep], weighed.look.odds[keep], wrong)


def drafted(draft: RawDraft, reader: NeuralReader) -> Case:
    """A raw draft as the reader weighs it."""
    return _case(draft.name, 0.0, draft.raw, faults(draft), reader)


def surprise(prior: Prior, cases: Sequence[Case]) -> float:
    """Minus the log likelihood of what was meant, natural logarithms a thousand words."""
    total = words = 0.0
    for each in cases:
        chance = shares(each.asked.word, prior.settle(each.sheet, each.asked, each.odds, each.ngram_odds)).astype(
            np.float64
        )
        size = int(each.asked.word.max(initial=0)) + 1
        none = 1 - np.minimum(np.bincount(each.asked.word, chance, size), 1 - 1e-6)
        clean = np.ones(size, bool)
        clean[each.asked.word[each.right]] = False
        total -= np.log(np.maximum(chance[each.right], 1e-6)).sum() + np.log(none[clean]).sum()
        words += len(each.sheet.at)
    return 1000 * total / words


def learn(cases: Sequence[Case], raw: Sequence[Case], prior: Prior) -> Prior:
    """The prior under which the cases and the `raw` drafts surprise least, found one number at a time."""

    def missed(prior: Prior) -> float:
        return surprise(prior, cases) + DRAFTS * surprise(prior, raw)

    best = missed(prior)
    stride = 2.0
    while stride > 1.1:
        better = False
        for trial in neighbours(prior, stride):
            found = missed(trial)
            if found < best - 1e-4:
                prior, best, better = trial, found, True
        print(f"  {best:.4f} at a stride of {stride:.2f}: {prior}", flush=True)
        if not better:
            stride = stride**0.5
    return prior


def neighbours(prior: Prior, stride: float) -> Iterator[Prior]:
    """The prior with one number more or less."""
    for factor in (stride, 1 / stride):
        for name in ("habit", "counts"):
            yield replace(prior, **{name: getattr(prior, name) * factor})
        for voice in (0, 1):
            sharpness, lean = list(prior.sharpness), list(prior.lean)
            sharpness[voice] *= factor**0.3
            lean[voice] += float(np.log(factor))
            yield replace(prior, sharpness=(sharpness[0], sharpness[1]))
            yield replace(prior, lean=(lean[0], lean[1]))
        yield replace(prior, trust=prior.trust * factor**0.3)
        for kind in range(len(KINDS)):
            added = list(prior.by_kind)
            added[kind] += float(np.log(factor))
            yield replace(prior, by_kind=tuple(added))


def main() -> None:
    """Weigh, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=Path("src/betareader/model/data/prior.json"))
    parser.add_argument("--cases", type=Path, default=Path("build/cases.pickle"))
    parser.add_argument("--again", action="store_true", help="learn from the cases that were weighed last")
    parser.add_argument("--most", type=int, default=36, help="how many manuscripts to weigh")
    options = parser.parse_args()
    start = Prior(TAUGHT, USUAL, WEIGHT, 100, (0.9, 0.9), (-0.5, -0.5), counts=0.05)
    if options.again:
        cases, raw = pickle.loads(options.cases.read_bytes())
    else:
        cases, raw = weighed(options.data, options.most, start)
        options.cases.parent.mkdir(parents=True, exist_ok=True)
        options.cases.write_bytes(pickle.dumps((cases, raw)))
    prior = replace(learn(cases, raw, start), dialect=DIALECT)
    options.out.write_text(json.dumps(asdict(prior), indent=1) + "\n", "utf-8")


def weighed(data: Path, most: int, start: Prior) -> tuple[list[Case], list[Case]]:
    """The manuscripts, each spoilt at one of the rates and weighed, and the raw drafts."""
    reader = NeuralReader(load_ngram_reader(), load_judge(), load_network(), start)
    every = list(manuscripts(data, WORDS))
    Random(1).shuffle(every)
    cases = []
    for number, (name, text) in enumerate(every[:most]):
        cases.append(case(name, text, RATES[number % len(RATES)], reader))
        print(f"{number + 1} weighed", flush=True)
    return cases, [drafted(draft, reader) for draft in drafts()]


TAUGHT = (0.0120, 0.0126, 0.0031, 0.0017, 0.0047, 0.0019, 0.0032, 0.0053, 0.0126, 0.0146)
"""How often each of `KINDS` stood in the strips the encoder was taught on, faults a word."""

if __name__ == "__main__":
    main()
