"""The words of English, how common each is today, and which are names."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from betareader.errors import ModelMissing

STEP = 25
"""Steps of the stored frequencies in one power of ten."""

_WORD, _NAME, _CAPITAL, _MODEL = 1, 2, 4, 8


class Lexicon:
    """Looks words up, as written or in lower case, curly apostrophes or straight.

    Every word has a place, an int that the tables of the model share; the
    first `model_words` of them are the ones the model tells apart.
    """

    def __init__(self, words: list[str], names: frozenset[str], columns: NDArray[np.void]) -> None:
        self.words = words
        self.names = names
        self.zipfs = columns["zipf"].astype(np.float32) / STEP
        self.fiction_zipfs = columns["fiction"].astype(np.float32) / STEP
        self.flags = columns["flags"]
        self.sounds = columns["sound"]
        self.places = dict(zip(words, range(len(words)), strict=True))
        self.model_words = int(((self.flags & _MODEL) > 0).sum())
        self._zipfs: list[float] = self.zipfs.tolist()
        self._flags: list[int] = self.flags.tolist()

    def place(self, word: str) -> int:
        """Where the word stands in the tables; -1 for a word that is in none."""
        return self.places.get(_plain(word), -1)

    def knows(self, word: str) -> bool:
        """Whether `word` is English as written or in lower case, contractions and possessives too."""
        plain = word.replace("’", "'")
        if self.is_common_word(plain) or plain in self.names:
            return True
        stem = plain[:-2] if plain.lower().endswith("'s") else plain[:-1] if plain.endswith("s'") else ""
        return bool(stem) and (self.is_common_word(stem) or stem in self.names)

    def is_common_word(self, word: str) -> bool:
        """Whether `word` is in the lexicon in lower case, so that a capital needs an explanation."""
        place = self.places.get(_plain(word), -1)
        return place >= 0 and bool(self._flags[place] & _WORD)

    def is_name(self, word: str) -> bool:
        """Whether `word`, as written, is listed as a proper name."""
        return word.replace("’", "'") in self.names

    def is_capital(self, place: int) -> bool:
        """Whether the word at `place` is written with a capital in many works (London, Monday)."""
        return bool(self._flags[place] & _CAPITAL)

    def zipf(self, word: str) -> float:
        """How common the word is in today's English, as log10 of occurrences per 1e9 words; 0 if unseen."""
        place = self.places.get(_plain(word), -1)
        return self._zipfs[place] if place >= 0 else 0.0

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """For every place, whether a word stands there that is English in lower case."""
        return (self.flags & _WORD) > 0

    def places_of(self, words: Iterable[str]) -> list[int]:
        """The places of many plain lower-case words."""
        get = self.places.get
        return [get(word, -1) for word in words]


def _plain(word: str) -> str:
    return word.replace("’", "'").lower()


@cache
def load_lexicon() -> Lexicon:
    """The lexicon that ships."""
    folder = files("betareader.language") / "data"
    try:
        words = gzip.decompress((folder / "words.txt.gz").read_bytes()).decode("utf-8").split("\n")
        names = (folder / "names.txt").read_text("utf-8").split("\n")
        with (folder / "lexicon.npy").open("rb") as stream:
            columns = np.load(stream, allow_pickle=False)
    except (OSError, EOFError, ValueError) as fault:
        raise ModelMissing(f"The lexicon is missing or damaged ({fault}); install betareader again.") from fault
    return Lexicon(words, frozenset(names), columns)
