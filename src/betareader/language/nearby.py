"""What could have been meant by a word that is in no lexicon, or hardly ever used."""

from __future__ import annotations

import gzip
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from betareader.errors import ModelMissing
from betareader.language.letters import distances, sheet
from betareader.language.lexicon import Lexicon, load_lexicon
from betareader.language.sound import key_number, readings, sound_number

NEAREST = 28
"""How many words that share letters are looked at closely."""
BEST = 11
"""How many of them are proposed."""
SAID = 16
"""How many words that are said alike are looked at."""
BY_EAR, FAR = 2.5, 0.35
"""What a word costs at the most that is said alike, however many letters differ: so much, and so much of what its letters cost."""
_DRAWN_OUT = re.compile(r"(.)\1\1")
"""A letter three times over: sooo is said longer than so."""
COMMON = 2.2
"""A word rarer than this (zipf), today and in fiction, is never what was meant by a word that is not in the lists."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word (place in the lexicon) that could have been meant; `cost` as -log10 of the likelihood of the slip."""

    place: int
    cost: float
    sound: bool
    listed: bool


class Nearby:
    """Finds words by the letters they share, two by two, and by sound."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._listed = _misspelt()
        self._found: dict[str, list[Near]] = {}
        self._places = np.flatnonzero(lexicon.known & (np.maximum(lexicon.zipfs, lexicon.fiction_zipfs) >= COMMON))
        words = [lexicon.words[place] for place in self._places]
        self._row_of = np.full(len(lexicon.words) + 1, -1)
        self._row_of[self._places] = np.arange(len(words))
        self._rows, self._lengths = sheet(words)
        self._zipfs = lexicon.zipfs[self._places]
        pairs = _pairs(self._rows, self._lengths)
        owner = np.repeat(np.arange(len(words), dtype=np.int32), self._lengths + 1)
        order = np.argsort(pairs, kind="stable")
        self._owners = owner[order]
        self._starts = np.searchsorted(pairs[order], np.arange(29 * 29))
        sounds = lexicon.sounds[self._places]
        self._by_sound = np.argsort(sounds, kind="stable")
        self._sounds = sounds[self._by_sound]
        self._said = _said()

    def listed(self, word: str) -> tuple[str, ...]:
        """The words, or pairs of words, that a list of misspellings gives for `word`."""
        return tuple(right.replace("_", " ") for right in self._listed.meant_by(word))

    def find(self, words: Sequence[str]) -> list[list[Near]]:
        """For each word in lower case, what could have been meant, most likely first; each is looked up once."""
        new = [word for word in dict.fromkeys(words) if word not in self._found]
        self._found.update(zip(new, self._find(new), strict=True))
        return [self._found[word] for word in words]

    def _find(self, words: Sequence[str]) -> list[list[Near]]:
        if not words:
            return []
        rows, lengths = sheet(words)
        said = [self._said_so(word) for word in words]
        chosen: list[NDArray[np.int64]] = []
        for word, row, length, alike in zip(words, rows, lengths, said, strict=True):
            chosen.append(self._look(word, row, int(length), alike))
        owner = np.repeat(np.arange(len(words)), [len(each) for each in chosen])
        meant = np.concatenate(chosen)
        cost = distances(rows[owner], lengths[owner], self._rows[meant], self._lengths[meant])
        found: list[list[Near]] = [[] for _ in words]
        numbers = np.array([sound_number(word) for word in words], np.uint16)
        alike = numbers[owner] == self._lexicon.sounds[self._places[meant]]
        by_ear = np.concatenate([np.isin(each, so) for each, so in zip(chosen, said, strict=True)])
        cost = np.where(by_ear, np.minimum(cost, BY_EAR + FAR * cost), cost)
        alike |= by_ear
        merit = cost - 0.45 * self._zipfs[meant] - 0.8 * alike
        limit = 2.2 + np.where(alike, 1.2, 0.75) * lengths[owner]
        order = np.lexsort((merit, owner))
        for which in order:
            word_number = int(owner[which])
            place = int(self._places[meant[which]])
            listed = self._lexicon.words[place] in self.listed(words[word_number])
            if (len(found[word_number]) < BEST and cost[which] < limit[which]) or listed:
                found[word_number].append(Near(place, float(cost[which]), bool(alike[which]), listed))
        return found

    def _said_so(self, word: str) -> NDArray[np.int64]:
        """The rows of the words that are said as `word` may be read aloud, the commonest `SAID` of them."""
        if not word.isalpha() or len(word) < 3 or _DRAWN_OUT.search(word):
            return np.zeros(0, np.int64)
        keys = np.array(sorted(map(key_number, readings(word))), np.uint32)
        starts, ends = np.searchsorted(self._said["key"], keys), np.searchsorted(self._said["key"], keys, "right")
        found = [self._said["place"][start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        rows: NDArray[np.int64] = self._row_of[np.unique(np.concatenate(found))]
        rows = rows[rows >= 0]
        commonest: NDArray[np.int64] = rows[np.argsort(-self._zipfs[rows])[:SAID]]
        return commonest

    def _look(self, word: str, row: NDArray[np.uint8], length: int, said: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of the words worth a close look: many letters shared, the same sound, `said` so, or listed."""
        pairs = set(_pairs(row[None], np.array([length])).tolist())
        owners = [self._owners[self._starts[pair] : self._starts[pair + 1]] for pair in pairs]
        shared = np.bincount(np.concatenate(owners), minlength=len(self._places))
        best = np.flatnonzero(shared >= (2 if length > 3 else 1))
        best = best[np.abs(self._lengths[best] - length) <= 3]
        if len(best) > NEAREST:
            merit = 2 * shared[best] / (length + 1 + self._lengths[best]) + 0.03 * self._zipfs[best]
            best = best[np.argpartition(-merit, NEAREST)[:NEAREST]]
        number = sound_number(word)
        low, high = np.searchsorted(self._sounds, [number, number + 1])
        alike = self._by_sound[low:high]
        if len(alike) > 8:
            alike = alike[np.argsort(-self._zipfs[alike])[:8]]
        slips = self._row_of[self._lexicon.places_of([*_one_slip(word), *self.listed(word)])]
        every = {*best.tolist(), *alike.tolist(), *said.tolist(), *slips[slips >= 0].tolist()}
        return np.array(sorted(every), np.int64)


def _one_slip(word: str) -> list[str]:
    """Words one slip away that share too few pairs of letters to be found by them: short ones, and two letters changed about."""
    if len(word) > 5:
        return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    found = []
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        found += [before + letter + after for letter in letters]
        if after:
            found.append(before + after[1:])
            found += [before + letter + after[1:] for letter in letters]
        if len(after) > 1:
            found.append(before + after[1] + after[0] + after[2:])
    return found


def _pairs(rows: NDArray[np.uint8], lengths: NDArray[np.int64]) -> NDArray[np.uint16]:
    """Every two letters side by side in each row, its borders counted as letters, row after row."""
    high = len(rows)
    padded = np.zeros((high, rows.shape[1] + 2), np.uint16)
    padded[:, 1:-1] = rows
    padded[:, 0] = 28
    padded[np.arange(high), lengths + 1] = 28
    both = padded[:, :-1] * np.uint16(29) + padded[:, 1:]
    inside = np.arange(both.shape[1])[None] <= lengths[:, None]
    return both[inside]


class Misspelt:
    """The listed misspellings: lines in the order of their bytes, each a misspelling and what was meant, apart by spaces.

    A pair of words holds an underline.  They are looked up as they lie, since to part them all takes longer than most stories.
    """

    def __init__(self, lines: bytes) -> None:
        self._lines = lines
        self._starts = np.append(0, np.flatnonzero(np.frombuffer(lines, np.uint8) == ord("\n")) + 1)

    def meant_by(self, word: str) -> list[str]:
        """What is listed for a misspelling in lower case; nothing for any other word."""
        lead = word.encode() + b" "
        place = bisect_left(self._starts, lead, key=lambda start: self._lines[start : start + len(lead)])
        if place == len(self._starts) or not self._lines.startswith(lead, start := int(self._starts[place])):
            return []
        end = self._starts[place + 1] - 1 if place + 1 < len(self._starts) else len(self._lines)
        return self._lines[start + len(lead) : end].decode().split(" ")


@cache
def _misspelt() -> Misspelt:
    try:
        packed = (files("betareader.language") / "data" / "misspelt.txt.gz").read_bytes()
        return Misspelt(gzip.decompress(packed))
    except (OSError, EOFError, ValueError) as fault:
        raise ModelMissing(f"The list of misspellings is missing ({fault}); install betareader again.") from fault


@cache
def _said() -> NDArray[np.void]:
    try:
        with (files("betareader.language") / "data" / "said.npy").open("rb") as stream:
            said: NDArray[np.void] = np.load(stream, allow_pickle=False)
            return said
    except (OSError, EOFError, ValueError) as fault:
        raise ModelMissing(
            f"The table of how words are said is missing ({fault}); install betareader again."
        ) from fault


@cache
def load_nearby() -> Nearby:
    """The one index over the lexicon that ships, built when it is first asked for."""
    return Nearby(load_lexicon())
