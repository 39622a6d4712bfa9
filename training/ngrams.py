"""Build the n-gram model: modified Kneser-Ney, pruned, packed into static maps.

Estimates follow Chen and Goodman (1999), section 3; the pruned model's back-off weights are worked
out anew so that every distribution sums to one.  The maps are Bloomier filters (Chazelle and others,
2004): three probes find a fingerprint and the stored value, and no key is kept.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from betareader.language.lexicon import Lexicon, load_lexicon
from betareader.model.tables import BACKOFF_STEP, LEVELS, PROBABILITY_STEP, WORD_STEP, fingerprints, mixed, slots
from training.corpora import DATA, LEARN, Work, works
from training.tokens import names_of, tokens

U64 = NDArray[np.uint64]
F32 = NDArray[np.float32]

ORDER = 4
PARAGRAPH, UNKNOWN, NAME, NAMES, NUMBER = 0, 1, 2, 3, 4
PARTED = Path("build/parts")
PARTS = 4
"""The counted works in so many parts; for each part there are tables counted without it, to teach the encoder with (`--parts`)."""
KEEP = {2: 2, 3: 2, 4: 2}
"""How often an n-gram must stand in the fiction to be kept."""


def kept_aside(work: Work) -> bool:
    """Whether a work is left out of the counts, so that the weights of the evidence can be learnt on it."""
    share = zlib.crc32(work.name.encode()) % 100
    return share < (40 if work.bundle == "modern" else 7 if work.year >= 1890 else 0)


def part(work: Work) -> int:
    """Which of `PARTS` a counted work falls into; tables counted without its part can judge it as they judge a stranger."""
    return zlib.crc32(work.name.encode()) // 10_007 % PARTS


def weight(work: Work) -> int:
    """How many times a work counts: today's prose more often, since there is little of it."""
    return 4 if work.bundle == "modern" else 1


def encode(text: str, lexicon: Lexicon) -> NDArray[np.uint16]:
    """The text as places in the lexicon, names and rare words as their classes."""
    found = tokens(text)
    names = names_of(found)
    place = dict(zip(lexicon.words[: lexicon.model_words], range(lexicon.model_words), strict=True))
    capital = {word for word in names if word in place and lexicon.is_capital(place[word])}
    ids: dict[str, int] = {}
    for token in set(found):
        lower = token.lower()
        first = token[0]
        if first == "\n":
            number = PARAGRAPH
        elif first.isdigit():
            number = NUMBER
        elif first == "." and len(token) > 1:
            number = place["…"]
        elif first in "-–":
            number = place["—"]
        elif first.isupper() and lower in names and lower not in capital:
            number = NAMES if lower.endswith("'s") else NAME
        else:
            number = place.get(lower, UNKNOWN)
        ids[token] = number
    return np.fromiter((ids[token] for token in found), np.uint16, len(found))


def corpus(data: Path, cache: Path, lexicon: Lexicon, without: int = -1) -> NDArray[np.uint16]:
    """All the fiction that may be counted, one work after another, `without` one of its parts."""
    if cache.exists():
        ids: NDArray[np.uint16] = np.load(cache)
        return ids
    parts = []
    for bundle in LEARN:
        for work in works(data, bundle):
            if not kept_aside(work) and part(work) != without:
                ids = encode(work.text, lexicon)
                parts += [ids, np.zeros(ORDER, np.uint16)] * weight(work)
    whole = np.concatenate(parts)
    cache.parent.mkdir(parents=True, exist_ok=True)
    np.save(cache, whole)
    return whole


@dataclass(frozen=True)
class Order:
    """The n-grams of one length, in order: packed keys, counts as Kneser and Ney count, how often they truly stand."""

    keys: U64
    counts: NDArray[np.int64]
    stand: NDArray[np.int64]


def pack(ids: NDArray[np.uint16], length: int) -> U64:
    """Every run of `length` tokens as one number, 16 bits a token, the last in the lowest."""
    keys = np.zeros(len(ids) - length + 1, np.uint64)
    for place in range(length):
        keys = keys << np.uint64(16) | ids[place : len(ids) - length + 1 + place].astype(np.uint64)
    return keys


def counted(ids: NDArray[np.uint16]) -> dict[int, Order]:
    """The n-grams of every order; below the highest, by how many different words stand before them."""
    orders: dict[int, Order] = {}
    above: U64 | None = None
    for length in range(ORDER, 0, -1):
        keys = pack(ids, length)
        keys.sort()
        keys, stand = unique(keys)
        if above is None:
            counts = stand
        else:
            mask = np.uint64((1 << 16 * length) - 1)
            suffixes = above & mask
            suffixes.sort()
            different, times = unique(suffixes)
            counts = stand.copy()
            place = np.searchsorted(keys, different)
            counts[place] = times
        orders[length] = Order(keys, counts, stand)
        above = keys
        print(f"{length}-grams: {len(keys):,}", flush=True)
    return orders


def unique(ordered: U64) -> tuple[U64, NDArray[np.int64]]:
    """The different values of an ordered array and how often each stands."""
    first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    return ordered[first], np.diff(np.concatenate([first, [len(ordered)]]))


def discounts(counts: NDArray[np.int64]) -> F32:
    """Chen and Goodman's three discounts, for counts of one, two, and three or more."""
    n1, n2, n3, n4 = (float((counts == times).sum()) or 1.0 for times in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    cut = [0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3]
    # Works counted several times over upset the counts of counts: a discount never falls as the count grows.
    return np.maximum.accumulate(np.clip(cut, 0, 2.5)).astype(np.float32)


@dataclass(frozen=True)
class Estimate:
    """The kept n-grams of one order with log10 probability and, as contexts, log10 back-off weight."""

    keys: U64
    logp: F32
    backoff: F32


def estimate(orders: dict[int, Order], unigram: NDArray[np.float64]) -> dict[int, Estimate]:
    """Interpolated modified Kneser-Ney over the kept n-grams, given the probabilities of single words."""
    found: dict[int, Estimate] = {}
    lower_keys = np.arange(len(unigram), dtype=np.uint64)
    lower_p = unigram.copy()
    for length in range(2, ORDER + 1):
        order = orders[length]
        cut = discounts(order.counts)
        context = order.keys >> np.uint64(16)
        starts = np.flatnonzero(np.concatenate([[True], context[1:] != context[:-1]]))
        sizes = np.diff(np.concatenate([starts, [len(context)]]))
        total = np.add.reduceat(order.counts, starts)
        taken = np.add.reduceat(cut[np.minimum(order.counts, 3)], starts)
        own = (order.counts - cut[np.minimum(order.counts, 3)]) / np.repeat(total, sizes)
        suffix = order.keys & np.uint64((1 << 16 * (length - 1)) - 1)
        below = probability(suffix, length - 1, found, lower_keys, lower_p)
        p = own + np.repeat(taken / total, sizes) * below
        keep = order.stand >= KEEP[length]
        if length > 2:  # an n-gram is kept only where both the shorter ones inside it are
            shorter = found[length - 1].keys
            keep &= holds(shorter, context) & holds(shorter, suffix)
        kept_p = np.add.reduceat(np.where(keep, p, 0), starts)
        kept_below = np.add.reduceat(np.where(keep, below, 0), starts)
        weights = np.maximum(1e-6, 1 - kept_p) / np.maximum(1e-6, 1 - kept_below)
        weights = np.log10(np.clip(weights, 1e-4, 1.0)).astype(np.float32)
        contexts = context[starts]
        if length == 2:
            backoff = np.zeros(len(unigram), np.float32)
            backoff[contexts.astype(np.int64)] = weights
            found[1] = Estimate(lower_keys, np.log10(unigram).astype(np.float32), backoff)
        else:
            shorter_estimate = found[length - 1]
            place = np.searchsorted(shorter_estimate.keys, contexts)
            place = np.minimum(place, len(shorter_estimate.keys) - 1)
            there = shorter_estimate.keys[place] == contexts
            shorter_estimate.backoff[place[there]] = weights[there]
        found[length] = Estimate(
            order.keys[keep], np.log10(p[keep]).astype(np.float32), np.zeros(int(keep.sum()), np.float32)
        )
        print(f"{length}-grams kept: {int(keep.sum()):,}, discounts {cut[1:].round(2)}", flush=True)
    return found


def holds(keys: U64, wanted: U64) -> NDArray[np.bool_]:
    """Which of `wanted` are among the ordered `keys`."""
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: NDArray[np.bool_] = keys[place] == wanted
    return found


def probability(
    keys: U64, length: int, found: dict[int, Estimate], words: U64, unigram: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The model's probability of the last word of each key, backing off where the key was not kept."""
    if length == 1:
        alone: NDArray[np.float64] = unigram[keys.astype(np.int64)]
        return alone
    estimate_here = found[length]
    place = np.minimum(np.searchsorted(estimate_here.keys, keys), len(estimate_here.keys) - 1)
    there = estimate_here.keys[place] == keys
    result = 10.0 ** estimate_here.logp[place].astype(np.float64)
    absent = np.flatnonzero(~there)
    if len(absent):
        rest = keys[absent]
        context = rest >> np.uint64(16)
        shorter = found[length - 1]
        if length == 2:
            weights = shorter.backoff[context.astype(np.int64)]
        else:
            spot = np.minimum(np.searchsorted(shorter.keys, context), len(shorter.keys) - 1)
            weights = np.where(shorter.keys[spot] == context, shorter.backoff[spot], 0)
        lower = probability(rest & np.uint64((1 << 16 * (length - 1)) - 1), length - 1, found, words, unigram)
        result[absent] = 10.0 ** weights.astype(np.float64) * lower
    return result


def single(orders: dict[int, Order], lexicon: Lexicon, size: int) -> NDArray[np.float64]:
    """The probabilities of single words: half as the fiction has them, half as today's English."""
    counts = np.ones(size)
    counts[orders[1].keys.astype(np.int64)] += orders[1].counts
    fiction = counts / counts.sum()
    today = 10.0 ** (lexicon.zipfs[:size].astype(np.float64) - 9)
    today[:13] = fiction[:13]
    mixed = np.where(lexicon.zipfs[:size] > 0, 0.6 * fiction + 0.4 * today, fiction)
    share: NDArray[np.float64] = mixed / mixed.sum()
    return share


def bloomier(
    keys: U64, values: NDArray[np.uint16], weights: NDArray[np.uint8] | None
) -> tuple[int, list[NDArray[np.generic]]]:
    """Tables from which three probes read each key's fingerprint and value, and its weight where there is one."""
    size = int(len(keys) * 1.24 / 3) + 16
    for seed in range(1, 50):
        mix = mixed(keys, seed)
        places = slots(mix, size)
        order = peel(places, 3 * size)
        if order is not None:
            break
    else:
        raise RuntimeError("no order of the keys was found; make the tables larger")
    columns: list[NDArray[np.generic]] = [fingerprints(mix) << np.uint16(6) | values]
    if weights is not None:
        columns.append(weights)
    tables = [np.zeros(3 * size, column.dtype) for column in columns]
    for who, slot in reversed(order):
        for table, column in zip(tables, columns, strict=True):
            value = column[who]
            for probe in places:
                spot = probe[who]
                value = value ^ np.where(spot == slot, 0, table[spot]).astype(value.dtype)
            table[slot] = value
    return seed, tables


def peel(places: list[NDArray[np.int64]], size: int) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]] | None:
    """An order in which each key owns a slot no later key needs; None where there is none."""
    left = np.arange(len(places[0]))
    order = []
    while len(left):
        degree = np.zeros(size, np.int64)
        total = np.zeros(size, np.float64)
        for probe in places:
            degree += np.bincount(probe[left], minlength=size)
            total += np.bincount(probe[left], weights=left, minlength=size)
        slot = np.flatnonzero(degree == 1)
        if not len(slot):
            return None
        who, first = np.unique(total[slot].astype(np.int64), return_index=True)
        order.append((who, slot[first]))
        gone = np.zeros(len(places[0]), bool)
        gone[who] = True
        left = left[~gone[left]]
    return order


def write(found: dict[int, Estimate], out: Path) -> Iterator[str]:
    """Write the tables and yield a line about each."""
    out.mkdir(parents=True, exist_ok=True)
    level = np.clip(np.round(-found[1].logp / WORD_STEP), 0, 255).astype(np.uint8)
    weight_level = np.clip(np.round(-found[1].backoff / BACKOFF_STEP), 0, 255).astype(np.uint8)
    np.save(out / "words.npy", np.stack([level, weight_level]))
    seeds = {}
    for length in range(2, ORDER + 1):
        estimate_here = found[length]
        value = np.clip(np.round(-estimate_here.logp / PROBABILITY_STEP), 0, LEVELS - 1).astype(np.uint16)
        weights = None
        if length < ORDER:
            weights = np.clip(np.round(-estimate_here.backoff / BACKOFF_STEP), 0, 255).astype(np.uint8)
        seeds[length], tables = bloomier(estimate_here.keys, value, weights)
        np.save(out / f"ngrams{length}.npy", tables[0])
        if length < ORDER:
            np.save(out / f"backoff{length}.npy", tables[1])
        yield f"{length}-grams: {len(estimate_here.keys):,} in {sum(table.nbytes for table in tables) / 1e6:.1f} MB"
    (out / "ngrams.json").write_text(json.dumps({"order": ORDER, "seeds": seeds}) + "\n", "utf-8")


def main() -> None:
    """Count the fiction and write the model's tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=Path("build/corpus.npy"))
    parser.add_argument("--out", type=Path, default=Path("src/betareader/model/data"))
    parser.add_argument("--parts", action="store_true", help="count without each part in turn, into build/parts")
    options = parser.parse_args()
    if options.parts:
        with ProcessPoolExecutor(2) as pool:
            jobs = [(options.data, PARTED / f"{number}.npy", PARTED / str(number), number) for number in range(PARTS)]
            list(pool.map(build, *zip(*jobs, strict=True)))
    else:
        build(options.data, options.cache, options.out)


def build(data: Path, cache: Path, out: Path, without: int = -1) -> None:
    """Count, estimate, write."""
    lexicon = load_lexicon()
    ids = corpus(data, cache, lexicon, without)
    print(f"{len(ids):,} tokens", flush=True)
    orders = counted(ids)
    unigram = single(orders, lexicon, lexicon.model_words)
    for line in write(estimate(orders, unigram), out):
        print(line, flush=True)


if __name__ == "__main__":
    main()
