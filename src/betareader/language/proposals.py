"""For a whole manuscript, what could have been meant at each word: one row a proposal, in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from betareader.errors import ModelMissing
from betareader.findings import FAULTS
from betareader.language.lexicon import Lexicon
from betareader.language.nearby import Nearby, load_nearby

SPELLING, WRONG, TOGETHER, SPLIT, APOSTROPHE, DOUBLED, LOST, FORM = range(len(FAULTS))
_DRAWN_OUT = re.compile(r"([a-z])\1\1")
FAMILIAR = 128
"""Added to the fault of two words, in the table of confusable ones, that writers are known to take for one another."""


@dataclass(frozen=True)
class Proposals:
    """Columns of equal length: at `word`, put `first` and `second` in place of `reach` words.

    `first` and `second` are places in the lexicon, -1 for none; `cost` is -log10 of the likelihood of the
    slip; `sound` says that the two are said alike, `listed` that a list of misspellings has the pair, `familiar`
    that writers are known to take the one word for the other.
    The rows stand in the order of the words.
    """

    word: NDArray[np.int64]
    reach: NDArray[np.int8]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    cost: NDArray[np.float32]
    sound: NDArray[np.bool_]
    listed: NDArray[np.bool_]
    fault: NDArray[np.int8]
    familiar: NDArray[np.bool_]

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> Proposals:
        """Some of the rows."""
        return Proposals(**{name: getattr(self, name)[rows] for name in COLUMNS})


COLUMNS = tuple(Proposals.__dataclass_fields__)
Row = tuple[int, int, int, int, float, bool, bool, int]


def propose(
    words: Sequence[str],
    places: NDArray[np.int64],
    open_to_change: NDArray[np.bool_],
    spaced: NDArray[np.bool_],
    lexicon: Lexicon,
) -> Proposals:
    """What could have been meant at each word.

    `words` are in lower case with straight apostrophes, `places` their places in the lexicon;
    `open_to_change` leaves out the story's own words; `spaced` says that only a space follows a word.  For words drawn
    out on purpose (*sooo*) nothing is proposed.
    """
    drawn_out = {word for word in set(words) if _DRAWN_OUT.search(word)}
    if drawn_out:
        open_to_change = open_to_change & ~np.array([word in drawn_out for word in words], bool)
    nearby = load_nearby()
    known = np.zeros(len(words), bool)
    known[places >= 0] = lexicon.known[places[places >= 0]]
    parts = [_confused(places, open_to_change & known, lexicon)]
    parts.append(_strange(words, open_to_change & ~known, nearby, lexicon))
    parts.append(_possessives(places, open_to_change & known, lexicon))
    parts.append(_pairs(words, places, open_to_change, spaced))
    every = Proposals(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS})
    order = np.argsort(every.word, kind="stable")
    every = every.take(order)
    same = np.zeros(len(every.word), bool)
    if len(every.word) > 1:
        key = (every.word * 8 + every.reach) << 40 | (every.first + 1) << 20 | (every.second + 1)
        _, first = np.unique(key, return_index=True)
        same[:] = True
        same[first] = False
    own = (every.reach == 1) & (every.second < 0) & (every.first == places[every.word])
    return every.take(~same & ~own)


def _columns(rows: Sequence[Row]) -> Proposals:
    word, reach, first, second, cost, sound, listed, fault = zip(*rows, strict=True) if rows else ((),) * 8
    return Proposals(
        np.array(word, np.int64),
        np.array(reach, np.int8),
        np.array(first, np.int64),
        np.array(second, np.int64),
        np.array(cost, np.float32),
        np.array(sound, bool),
        np.array(listed, bool),
        np.array(fault, np.int8),
        np.zeros(len(rows), bool),
    )


def _confused(places: NDArray[np.int64], ask: NDArray[np.bool_], lexicon: Lexicon) -> Proposals:
    """Real words that are written for one another."""
    offsets, table = confusable_table()
    at = np.flatnonzero(ask & (places >= 0))
    starts = offsets[places[at]]
    sizes = offsets[places[at] + 1] - starts
    word = np.repeat(at, sizes)
    within = np.arange(len(word)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    rows = table[np.repeat(starts, sizes) + within]
    meant = rows["meant"].astype(np.int64)
    return Proposals(
        word,
        np.ones(len(word), np.int8),
        meant,
        np.full(len(word), -1),
        (rows["cost"] / 32).astype(np.float32),
        lexicon.sounds[meant] == lexicon.sounds[places[word]],
        np.zeros(len(word), bool),
        (rows["fault"] % FAMILIAR).astype(np.int8),
        rows["fault"] >= FAMILIAR,
    )


def _strange(words: Sequence[str], strange: NDArray[np.bool_], nearby: Nearby, lexicon: Lexicon) -> Proposals:
    """Words in no lexicon: near words, words run together, apostrophes gone astray."""
    at = np.flatnonzero(strange).tolist()
    types = sorted({words[place] for place in at})
    nears = dict(zip(types, nearby.find(types), strict=True))
    rows_of: dict[str, list[tuple[int, int, float, bool, bool, int]]] = {}
    for word in types:
        bare = word.replace("'", "")
        rows = []
        for near in nears[word]:
            fault = APOSTROPHE if lexicon.words[near.place].replace("'", "") == bare else SPELLING
            rows.append((near.place, -1, near.cost, near.sound, near.listed, fault))
        if word.endswith("'s") and len(word) > 4:
            plural = lexicon.place(word[:-2] + "s")
            if plural >= 0:
                rows.append((plural, -1, 1.0, True, False, APOSTROPHE))
        rows += [(place, -1, 1.0, True, False, APOSTROPHE) for place in with_apostrophe(word, lexicon)]
        for pair in nearby.listed(word):
            left, space, right = pair.partition(" ")
            if space and " " not in right:
                rows.append((lexicon.place(left), lexicon.place(right), 0.5, True, True, TOGETHER))
        rows_of[word] = rows + _cuts(word, lexicon)
    return _columns(
        [
            (place, 1, first, second, cost, sound, listed, fault)
            for place in at
            for first, second, cost, sound, listed, fault in rows_of[words[place]]
        ]
    )


def with_apostrophe(word: str, lexicon: Lexicon) -> list[int]:
    """Where in the lexicon the words stand that have the letters of `word` and their apostrophe elsewhere: yo'ure, wif'es.

    One at the very end stays where it is: it may be the owners'.
    """
    plain = word.lower().replace("’", "'")
    bare = plain.replace("'", "")
    if bare == plain or plain.endswith("'") or len(bare) < 3 or not bare.isalpha():
        return []
    spelt = (f"{bare[:-left]}'{bare[-left:]}" for left in (1, 2, 3) if len(bare) > left)
    return [place for each in spelt if each != plain and (place := lexicon.places.get(each, -1)) >= 0]


def _possessives(places: NDArray[np.int64], ask: NDArray[np.bool_], lexicon: Lexicon) -> Proposals:
    """One owner for several: *her mothers house*."""
    plurals, possessives = _owners(lexicon)
    at = np.flatnonzero(ask & np.isin(places, plurals, kind="table"))
    meant = possessives[np.searchsorted(plurals, places[at])]
    return _columns(
        [
            (place, 1, owner, -1, 1.0, True, False, APOSTROPHE)
            for place, owner in zip(at.tolist(), meant.tolist(), strict=True)
        ]
    )


def _cuts(word: str, lexicon: Lexicon) -> list[tuple[int, int, float, bool, bool, int]]:
    """Ways to part a word into two common ones."""
    if not word.isalpha() or len(word) > 24:
        return []
    found = []
    for at in range(1, len(word)):
        left, right = word[:at], word[at:]
        if (at == 1 and left not in "ai") or (len(right) == 1 and right not in "ai"):
            continue
        common = min(lexicon.zipf(left), lexicon.zipf(right))
        if common >= 4.2 and lexicon.is_common_word(left) and lexicon.is_common_word(right):
            found.append((lexicon.place(left), lexicon.place(right), 2.0, True, False, TOGETHER))
    return found


def _pairs(
    words: Sequence[str], places: NDArray[np.int64], ask: NDArray[np.bool_], spaced: NDArray[np.bool_]
) -> Proposals:
    """Two words written for one, one written for two, and the same word twice over."""
    joined, parted = _joined()
    rows: list[Row] = []
    side = np.flatnonzero(spaced[:-1] & ask[:-1] & ask[1:] & (places[:-1] >= 0) & (places[1:] >= 0))
    last = len(words) - 2
    key = places[side] << 20 | places[side + 1]
    for place, number in zip(side.tolist(), key.tolist(), strict=True):
        whole = joined.get(number)
        if whole is not None:
            rows.append((place, 2, whole, -1, 0.5, True, False, SPLIT))
        if number >> 20 == number & 0xFFFFF and not (
            (place and words[place - 1] == words[place]) or (place < last and words[place + 2] == words[place])
        ):  # three of a kind are meant so
            rows.append((place, 2, int(places[place]), -1, 0.5, True, False, DOUBLED))
    for place in np.flatnonzero(
        ask & np.isin(places, np.fromiter(parted, np.int64, len(parted)), kind="table")
    ).tolist():
        left, right = parted[int(places[place])]
        rows.append((place, 1, left, right, 1.0, True, False, TOGETHER))
    return _columns(rows)


@cache
def confusable_table() -> tuple[NDArray[np.int64], NDArray[np.void]]:
    """Where each word's rows begin, and the rows: what may have been meant, at what cost (1/32), by what fault, `FAMILIAR` added to some."""
    folder = files("betareader.language") / "data"
    try:
        with (folder / "confusable_counts.npy").open("rb") as first, (folder / "confusable.npy").open("rb") as second:
            counts = np.load(first, allow_pickle=False)
            return np.append(0, np.cumsum(counts, dtype=np.int64)), np.load(second, allow_pickle=False)
    except (OSError, ValueError) as fault:
        raise ModelMissing(
            f"The table of confusable words is missing or damaged ({fault}); install betareader again."
        ) from fault


@cache
def _owners(lexicon: Lexicon) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of words in -s that are told from a possessive by the apostrophe alone, in order, and those of the possessives."""
    pairs = sorted(
        (plural, place)
        for place, word in enumerate(lexicon.words)
        if word.endswith("'s") and lexicon.is_common_word(word[:-2]) and (plural := lexicon.place(word[:-2] + "s")) >= 0
    )
    both = np.array(pairs, np.int64).reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


@cache
def _joined() -> tuple[dict[int, int], dict[int, tuple[int, int]]]:
    """Words also written as two: the one from the two (both places in one number), and the two from the one.

    Where a line has a third word, it is the one, and is never parted.
    """
    from betareader.language.lexicon import load_lexicon

    lexicon = load_lexicon()
    try:
        lines = (files("betareader.language") / "data" / "joined.txt").read_text("utf-8").split("\n")
    except OSError as fault:
        raise ModelMissing(
            f"The list of words also written as two is missing ({fault}); install betareader again."
        ) from fault
    joined, parted = {}, {}
    for line in lines:
        left, right, *whole = line.split(" ")
        two = lexicon.place(left), lexicon.place(right)
        one = lexicon.place(whole[0] if whole else left + right)
        if min(*two, one) >= 0:
            joined[two[0] << 20 | two[1]] = one
            if not whole:
                parted[one] = two
    return joined, parted
