"""The words of English, how common each is today, and which are names."""

from __future__ import annotations

from functools import cache


class Lexicon:
    """Looks words up; a word may be asked as written or in lower case."""

    def __init__(self, words: frozenset[str], names: frozenset[str], frequencies: dict[str, float]) -> None:
        self._words = words
        self._names = names
        self._frequencies = frequencies

    def knows(self, word: str) -> bool:
        """Whether `word` is English as written or in lower case (contractions and possessives too)."""
        plain = word.replace("’", "'")
        lower = plain.lower()
        if lower.endswith("'s") and lower[:-2] in self._words:
            return True
        return lower in self._words or plain in self._names

    def is_common_word(self, word: str) -> bool:
        """Whether `word` is in the lexicon in lower case, so that a capital needs an explanation."""
        return word.replace("’", "'").lower() in self._words

    def is_name(self, word: str) -> bool:
        """Whether `word`, as written, is listed as a proper name."""
        return word.replace("’", "'") in self._names

    def zipf(self, word: str) -> float:
        """How common the word is in today's English, as log10 of occurrences per 1e9 words; 0 if unseen."""
        return self._frequencies.get(word.replace("’", "'").lower(), 0.0)


@cache
def load_lexicon() -> Lexicon:
    """The lexicon that ships."""
    return Lexicon(frozenset(), frozenset(), {})
