"""Whether a word that no lexicon knows is more likely a common word misspelt than a word of the story's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from betareader.language.lexicon import Lexicon

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = "aeiouy"
_SAME_START = ("kn n", "wh w", "wr r", "ph f", "c k", "c s", "g j", "q k", "h ", "ps s", "kn k", "wr w")
_LITTLE_WORDS = (
    "a i the an of to in at on all every each some any no as so for with not be is it my your his her our their "
    "and or but if up out by from this that then than too very just"
)
_LITTLE = frozenset(_LITTLE_WORDS.split())
"""Words that run into their neighbours: alot, theway, eachother."""

_REWRITES = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"(.)\1", r"\1"),
        (r"(?<=[aeiou])([bcdfglmnprstvz])(?=[aeiouy]|ed|ing)", r"\1\1"),
        (r"ie", "ei"),
        (r"ei", "ie"),
        (r"ence\b", "ance"),
        (r"ance\b", "ence"),
        (r"ent(?=ly\b|\b)", "ant"),
        (r"ant(?=ly\b|\b)", "ent"),
        (r"able\b", "ible"),
        (r"ible\b", "able"),
        (r"ous?e\b", "ous"),
        (r"ious?\b", "eous"),
        (r"cous\b", "cious"),
        (r"[cs]ious", "xious"),
        (r"tion", "sion"),
        (r"sion", "tion"),
        (r"sh(?=[ioe])", "ti"),
        (r"sh(?=[io])", "ci"),
        (r"s(?=[iey])", "c"),
        (r"c(?=[iey])", "s"),
        (r"(?<!s)c(?=[iey])", "sc"),
        (r"f", "ph"),
        (r"f", "gh"),
        (r"k", "c"),
        (r"k", "ck"),
        (r"k", "ch"),
        (r"j", "g"),
        (r"ff", "ph"),
        (r"\bn", "kn"),
        (r"\br", "wr"),
        (r"\bw", "wh"),
        (r"ly\b", "ely"),
        (r"ly\b", "lly"),
        (r"ely\b", "ly"),
        (r"icly\b", "ically"),
        (r"full\b", "ful"),
        (r"i?ed\b", "ied"),
        (r"y(?=ed\b|s\b|er\b)", "i"),
        (r"e(?=ing\b)", ""),
        (r"(?<=[^aeiou])e?s\b", "es"),
        (r"t\b", "ed"),
        (r"er\b", "re"),
        (r"er\b", "or"),
        (r"or\b", "our"),
        (r"ar\b", "er"),
        (r"in\b", "ing"),
        (r"or\b", "er"),
        (r"u", "ou"),
        (r"ou", "o"),
        (r"o(?=u?gh?t)", "au"),
        (r"(?<=[aeiou])t", "ght"),
        (r"au?t", "ought"),
        (r"ee", "ea"),
        (r"ea", "ee"),
        (r"a(?=[^aeiou]e\b)", "ai"),
        (r"oo", "ou"),
        (r"ch", "tch"),
        (r"oe", "o"),
        (r"\bex", "exc"),
        (r"\bdis", "diss"),
        (r"\be", "a"),
    )
)


def _one_edit(word: str) -> Iterator[str]:
    """Every spelling one letter away, the changes of its first letter left out that nobody makes."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    for head, tail in splits:
        if tail:
            yield head + tail[1:]
            if head:
                for letter in _LETTERS:
                    yield head + letter + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
    for pair in _SAME_START:
        one, other = pair.split(" ")
        for start, put in ((one, other), (other, one)):
            if start and word.startswith(start):
                yield put + word[len(start) :]
    if word[0] in _VOWELS:
        for letter in _VOWELS:
            yield letter + word[1:]


def _rewritten(word: str) -> Iterator[str]:
    """The spellings that sound alike, one rewrite at a time and at each place."""
    for pattern, put in _REWRITES:
        for match in pattern.finditer(word):
            yield word[: match.start()] + match.expand(put) + word[match.end() :]
    for place, letter in enumerate(word):
        if letter in _VOWELS:
            for vowel in _VOWELS:
                yield word[:place] + vowel + word[place + 1 :]


class Nearness:
    """Answers, and remembers, whether an unknown word lies near a common one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._neighbours: dict[str, frozenset[str]] = {}
        self._sounds: dict[str, bool] = {}

    def neighbours(self, word: str, zipf: float = 3.0) -> frozenset[str]:
        """The words of at least that frequency that are one likely fault away from `word`."""
        lower = word.lower().replace("’", "'")
        if lower not in self._neighbours:
            near = set(_one_edit(lower)) - {lower} if 1 < len(lower) < 25 else set()
            found = {each for each in near if len(each) > 1 and self._is_common(each, 3.0)}
            self._neighbours[lower] = frozenset(found)
        return frozenset(each for each in self._neighbours[lower] if self._lexicon.zipf(each) >= zipf)

    def sounds_common(self, word: str) -> bool:
        """Whether two rewrites by sound turn `word` into a common word, or it is two that ran together."""
        lower = word.lower().replace("’", "'")
        if lower not in self._sounds:
            self._sounds[lower] = self._runs_together(lower) or self._by_sound(lower)
        return self._sounds[lower]

    def _by_sound(self, word: str) -> bool:
        if not 3 < len(word) < 25:
            return False
        once = set(_rewritten(word))
        twice = {again for each in once for again in _rewritten(each)} - {word}
        return any(self._is_common(each, 3.5) for each in once | twice)

    def _runs_together(self, word: str) -> bool:
        for place in range(1, len(word)):
            head, tail = word[:place], word[place:]
            if (head in _LITTLE or tail in _LITTLE) and all(
                part in _LITTLE or (len(part) > 2 and self._is_common(part, 4.5)) for part in (head, tail)
            ):
                return True
        return False

    def _is_common(self, word: str, zipf: float) -> bool:
        return self._lexicon.zipf(word) >= zipf and self._lexicon.is_common_word(word)
