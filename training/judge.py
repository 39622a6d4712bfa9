"""Teach the judge to weigh the evidence: on fiction left out of the counts, spoilt as drafts are spoilt."""

from __future__ import annotations

import argparse
import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from betareader.findings import FAULTS
from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.meaning import Layout, lay_out
from betareader.model.evidence import NAMES, weigh
from betareader.model.judge import Judge
from betareader.model.ngram_reader import settle, slip_rate, worth_a_look
from betareader.model.ngrams import load_ngrams
from betareader.model.reader import Options
from betareader.model.windows import load_windows
from betareader.story import learn
from betareader.structure import in_speech, take_apart
from betareader.structure.page import Page
from training.corpora import DATA, LEARN, works
from training.errors import Fault, spoil
from training.ngrams import kept_aside

F32 = NDArray[np.float32]
HIDDEN = (64, 32)
EASY = -1.5
"""The gain (log10) of the best option under which a word hardly needs a second look."""
BATCH = 8192
"""Words taught at a time."""


@dataclass(frozen=True)
class Lesson:
    """Evidence a row an option, the word it is at, whether it was meant, how many like it it stands for."""

    evidence: F32
    word: NDArray[np.int64]
    right: NDArray[np.bool_]
    weight: F32


def chunks(data: Path, words: int, most: int) -> Iterator[tuple[str, str]]:
    """Stretches of about so many words of the works left out of the counts, whole paragraphs, named."""
    for bundle in LEARN:
        for work in works(data, bundle):
            if not kept_aside(work) or work.text.count(" ’ ") > 20:  # some have stray spaces around apostrophes
                continue
            paragraphs = work.text.split("\n")
            here: list[str] = []
            length = made = 0
            for paragraph in paragraphs:
                here.append(paragraph)
                length += paragraph.count(" ") + 1
                if length >= words:
                    yield f"{work.bundle}:{work.name}:{made}", "\n\n".join(filter(None, here))
                    here, length, made = [], 0, made + 1
                    if made >= most:
                        break
            if length > 200 and made < most:
                yield f"{work.bundle}:{work.name}:{made}", "\n\n".join(filter(None, here))


def laid_out(text: str) -> tuple[Page, Layout]:
    """A text as the reader sees it."""
    lexicon = load_lexicon()
    page = take_apart(from_text(text))
    bible = learn(page, lexicon)
    return page, lay_out(page, in_speech(page), bible.own_words, lexicon)


def labels(page: Page, layout: Layout, faults: Sequence[Fault]) -> NDArray[np.bool_]:
    """For each option whether making it gives the clean text back."""
    words = load_lexicon().words
    text, proposals = page.text, layout.proposals
    starts = [fault.start for fault in faults]
    right = np.zeros(len(layout.options.word), bool)
    for row in range(len(right)):
        word, reach = int(proposals.word[row]), int(proposals.reach[row])
        start = page.words[word].start
        end = page.words[word + reach - 1].end if reach else start
        number = bisect_right(starts, end) - 1
        if number < 0 or faults[number].end < start:
            continue
        fault = faults[number]
        low, high = min(start, fault.start), max(end, fault.end)
        parts = [words[place] for place in (int(proposals.first[row]), int(proposals.second[row])) if place >= 0]
        put = " ".join(parts) + " " * (reach == 0)
        right[row] = _plain(text[low:start] + put + text[end:high]) == _plain(
            text[low : fault.start] + fault.right + text[fault.end : high]
        )
    return right


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def lesson(job: tuple[str, str, int]) -> Lesson:
    """Spoil one stretch and lay out the evidence, half of it with the neighbours' faults already mended."""
    name, text, seed = job
    rng = Random(f"{seed}:{name}")
    ngrams = load_ngrams()
    spoilt = spoil(text, rng)
    page, layout = laid_out(spoilt.text)
    options = layout.options
    right = labels(page, layout, spoilt.faults)
    rows = np.flatnonzero(worth_a_look(layout.sheet, options, ngrams))
    rate = slip_rate(layout.sheet, options)
    asked, right = options.take(rows), right[rows]
    tokens = layout.sheet.tokens.astype(np.int64)
    if rng.random() < 0.5:
        tokens = settle(layout.sheet, asked, right.astype(np.float32))
    evidence = weigh(tokens, layout.sheet, asked, rate, ngrams, load_windows())
    keep, weight = chosen(evidence, asked, right, rng)
    if name.startswith("modern"):
        keep &= right_or_sound(asked, right)
    return Lesson(evidence[keep], asked.word[keep], right[keep], weight[keep])


def chosen(evidence: F32, asked: Options, right: NDArray[np.bool_], rng: Random) -> tuple[NDArray[np.bool_], F32]:
    """Every word with something to be said for an option, and one in ten of the others, which stands for ten."""
    gain = evidence[:, NAMES.index("gain")]
    size = int(asked.word.max(initial=0)) + 1
    hard = np.zeros(size, bool)
    hard[asked.word[(gain > EASY) | right]] = True
    lucky = np.random.default_rng(rng.randrange(1 << 30)).random(size) < 0.1
    weight = np.where(hard, 1, 10).astype(np.float32)
    return (hard | lucky)[asked.word], weight[asked.word]


def right_or_sound(asked: Options, right: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Leaves out words of lightly edited prose that are most likely misspelt there: they must not be taught as right."""
    size = int(asked.word.max(initial=0)) + 1
    suspect, spoilt = np.zeros(size, bool), np.zeros(size, bool)
    suspect[asked.word[asked.listed | (asked.fault == FAULTS.index("apostrophe"))]] = True
    spoilt[asked.word[right]] = True
    return (spoilt | ~suspect)[asked.word]


def teach(
    evidence: F32, group: NDArray[np.int64], right: NDArray[np.bool_], weight: F32, epochs: int, seed: int
) -> Judge:
    """Fit a network: at each group (a word) one of its options, or none of them, is right (softmax, Adam)."""
    rng = np.random.default_rng(seed)
    mean, deviation = (
        evidence.mean(0, dtype=np.float64).astype(np.float32),
        evidence.std(0, dtype=np.float64).astype(np.float32) + 1e-3,
    )
    inputs = np.clip((evidence - mean) / deviation, -6, 6).astype(np.float32)
    sizes = [evidence.shape[1], *HIDDEN, 1]
    weights = [rng.normal(0, (2 / a) ** 0.5, (a, b)).astype(np.float32) for a, b in pairwise(sizes)]
    biases = [np.zeros(size, np.float32) for size in sizes[1:]]
    parameters = weights + biases
    moment = [np.zeros_like(each) for each in parameters]
    square = [np.zeros_like(each) for each in parameters]
    first = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    last = np.append(first[1:], len(group))
    weight = weight / weight[first].mean()
    step = 0
    total_steps = epochs * (len(first) // BATCH + 1)
    for epoch in range(epochs):
        order = rng.permutation(len(first))
        loss_sum = 0.0
        for start in range(0, len(order), BATCH):
            chosen = np.sort(order[start : start + BATCH])
            counts = last[chosen] - first[chosen]
            rows = (
                np.repeat(first[chosen], counts)
                + np.arange(counts.sum())
                - np.repeat(np.cumsum(counts) - counts, counts)
            )
            head = np.cumsum(counts) - counts
            layers = [inputs[rows]]
            for layer_weights, bias in zip(weights[:-1], biases[:-1], strict=True):
                layers.append(np.maximum(layers[-1] @ layer_weights + bias, 0))
            odds = (layers[-1] @ weights[-1] + biases[-1])[:, 0]
            top = np.maximum(np.maximum.reduceat(odds, head), 0)
            risen = np.exp(odds - np.repeat(top, counts))
            total = np.add.reduceat(risen, head) + np.exp(-top)
            chance = risen / np.repeat(total, counts)
            target = right[rows]
            none = np.exp(-top) / total
            any_right = np.add.reduceat(target.astype(np.int64), head) > 0
            share = target / np.maximum(1, np.repeat(np.add.reduceat(target.astype(np.int64), head), counts))
            loss_sum -= float(np.log(chance[target] + 1e-9).sum() + np.log(none[~any_right] + 1e-9).sum())
            slope = ((chance - share) * weight[rows] / len(chosen))[:, None].astype(np.float32)
            slopes_w: list[F32] = []
            slopes_b: list[F32] = []
            for layer in range(len(weights) - 1, -1, -1):
                slopes_w.insert(0, layers[layer].T @ slope)
                slopes_b.insert(0, slope.sum(0))
                if layer:
                    slope = (slope @ weights[layer].T) * (layers[layer] > 0)
            step += 1
            pace = 4e-3 * min(1.0, step / 100) * (0.5 * (1 + np.cos(np.pi * step / total_steps)) + 0.01)
            for place, slope_here in enumerate(slopes_w + slopes_b):
                moment[place] = 0.9 * moment[place] + 0.1 * slope_here
                square[place] = 0.999 * square[place] + 0.001 * slope_here**2
                size = moment[place] / (1 - 0.9**step) / (np.sqrt(square[place] / (1 - 0.999**step)) + 1e-8)
                parameters[place] -= (pace * (size + 1e-4 * parameters[place])).astype(np.float32)
        print(f"  epoch {epoch + 1}: loss {loss_sum / len(first):.5f} a word", flush=True)
    return Judge(mean, deviation, tuple(weights), tuple(biases))


def save(judge: Judge, path: Path) -> None:
    """Write a judge where `load_judge` looks for it."""
    layers = {f"weights{number}": weights for number, weights in enumerate(judge.weights)}
    layers |= {f"biases{number}": biases for number, biases in enumerate(judge.biases)}
    tables: dict[str, Any] = {"mean": judge.mean, "deviation": judge.deviation, **layers}
    np.savez(path, **tables)


def main() -> None:
    """Spoil, lay out, teach, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=Path("src/betareader/model/data"))
    parser.add_argument("--most", type=int, default=24, help="stretches taken of one work")
    parser.add_argument("--times", type=int, default=2, help="how often each stretch is spoilt anew")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lessons", type=Path, default=Path("build/lessons.npz"))
    options = parser.parse_args()
    started = time.time()
    stretches = list(chunks(options.data, 2500, options.most))
    jobs = [
        (name, text, seed) for seed in range(options.seed, options.seed + options.times) for name, text in stretches
    ]
    print(f"{len(jobs)} stretches", flush=True)
    lessons: list[Lesson] = []
    with ProcessPoolExecutor(2) as pool:
        for number, each in enumerate(pool.map(lesson, jobs, chunksize=4)):
            lessons.append(each)
            if number % 50 == 49:
                print(f"{number + 1} laid out, {time.time() - started:.0f} s", flush=True)
    offset = 0
    groups = []
    for each in lessons:
        groups.append(each.word + offset)
        offset += int(each.word.max(initial=0)) + 1
    evidence = np.concatenate([each.evidence for each in lessons])
    group, right = np.concatenate(groups), np.concatenate([each.right for each in lessons])
    weight = np.concatenate([each.weight for each in lessons])
    options.lessons.parent.mkdir(parents=True, exist_ok=True)
    np.savez(options.lessons, evidence=evidence, group=group, right=right, weight=weight)
    print(
        f"{len(right):,} options at {len(np.unique(group)):,} words, {int(right.sum()):,} right",
        flush=True,
    )
    save(teach(evidence, group, right, weight, options.epochs, options.seed), options.out / "judge.npz")


if __name__ == "__main__":
    main()
