"""Whether a word that no lexicon knows is more likely a common word misspelt than a word of the story's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from betareader.language.nearby import load_nearby

if TYPE_CHECKING:
    from betareader.language.lexicon import Lexicon
    from betareader.language.nearby import Near

_FAR = 0.55
_FAR_BY_SOUND = 0.7
"""The cost a letter, as -log10 of the likelihood of the slip, above which a word is not what was meant.

Habitual misspellings put into clean fiction lie below, invented words of fiction above; few on either side do not.
"""

_HARDLY = 0.2
"""The cost a letter up to which a word of `_LONG` letters or more is no invention but the other word with one letter astray."""

_LONG = 7

_LONG_BY_EAR, _COMMON_BY_EAR, _FAR_BY_EAR = 5, 4.0, 6.5
"""A word of so many letters that lies near nothing else lies near what is said so, as common (zipf) as that, at that cost or less: laffed, enuff."""

_COMMON = 3.0
"""How common (zipf) a word must be to be what an author means and cannot spell."""

_LITTLE = frozenset(
    word
    for line in (
        "a i the an of to in at on all every each some any no as so for with not be is it my your his her our their",
        "and or but if up out by from this that then than too very just",
        "he she we you they me him them us there was were are am had have has did do will would can could",
    )
    for word in line.split()
)
"""Words that run into their neighbours: alot, theway, eachother."""


class Nearness:
    """Answers, and remembers, which common words an unknown word lies near."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._neighbours: dict[str, frozenset[str]] = {}

    def ask(self, words: Iterable[str]) -> None:
        """Look all of them up in one go, which is faster than one by one."""
        asked = sorted({_plain(word) for word in words} - self._neighbours.keys())
        nearby = load_nearby()
        for word, found in zip(asked, nearby.find(asked), strict=True):
            near = {self._lexicon.words[each.place] for each in found if self._is_near(word, each)}
            near = near or {self._lexicon.words[each.place] for each in found if self._is_said_so(word, each)}
            self._neighbours[word] = frozenset(near | set(nearby.listed(word)) - {word})

    def neighbours(self, word: str) -> frozenset[str]:
        """The common words that `word` could be a misspelling of."""
        plain = _plain(word)
        if plain not in self._neighbours:
            self.ask([plain])
        return self._neighbours[plain]

    def is_hardly_apart(self, word: str) -> bool:
        """Whether `word` is a long word but for a letter lost, doubled or out of its place."""
        plain = _plain(word)
        nearest = load_nearby().find([plain])[0][:1] if len(plain) >= _LONG and plain.isalpha() else []
        return any(near.cost <= _HARDLY * len(plain) for near in nearest)

    def is_listed(self, word: str) -> bool:
        """Whether a list of common misspellings has the word."""
        return bool(load_nearby().listed(_plain(word)))

    def runs_together(self, word: str) -> bool:
        """Whether `word` is two common words with the space between them lost."""
        lower = _plain(word)
        parts = ((lower[:place], lower[place:]) for place in range(1, len(lower)))
        return any(
            (head in _LITTLE or tail in _LITTLE) and self._is_whole(head) and self._is_whole(tail)
            for head, tail in parts
        )

    def lacks_apostrophe(self, word: str) -> bool:
        """Whether `word` is a contraction without its apostrophe, and perhaps its last letter: Im, Youre, Youv."""
        lower = _plain(word)
        spelt = [f"{lower[: -len(end)]}'{end}" for end in ("m", "t", "d", "re", "ve", "ll") if lower.endswith(end)]
        spelt += [f"{lower[:-1]}'ve"] * lower.endswith("v")
        return any(self._lexicon.place(each) >= 0 for each in spelt)

    def _is_whole(self, part: str) -> bool:
        return part in _LITTLE or (len(part) > 2 and self._lexicon.zipf(part) >= 4.5 and self._lexicon.knows(part))

    def _is_near(self, word: str, near: Near) -> bool:
        far = _FAR_BY_SOUND if near.sound else _FAR
        is_common = float(self._lexicon.zipfs[near.place]) >= _COMMON
        return near.listed or (0 < near.cost <= far * len(word) and is_common)

    def _is_said_so(self, word: str, near: Near) -> bool:
        begins_alike = word[:1] == self._lexicon.words[near.place][:1]
        is_common = float(self._lexicon.zipfs[near.place]) >= _COMMON_BY_EAR
        return near.sound and begins_alike and len(word) >= _LONG_BY_EAR and is_common and near.cost <= _FAR_BY_EAR


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")
