"""Lower-case words of the story's own: inventions and dialect, told apart from an author's habitual misspellings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from betareader.language.lexicon import Lexicon
    from betareader.story.names import Usage
    from betareader.story.nearness import Nearness

_ENDING = re.compile(r"[’']s$")
_LETTERS = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*[’']?")


def own_terms(usage: Usage, lexicon: Lexicon, nearness: Nearness) -> dict[str, int]:
    """The lower-case words that no lexicon knows and the story keeps using, with how often each stands.

    A draft repeats its author's misspellings too, so a word that lies near a common one by
    letters or by sound is left to be judged in its place.
    """
    counts: dict[str, int] = {}
    for word, count in usage.counts.items():
        if word[0].islower() and len(word) > 2 and _LETTERS.fullmatch(word) and not lexicon.knows(word):
            stem = _ENDING.sub("", word)
            if not lexicon.knows(stem):
                counts[stem] = counts.get(stem, 0) + count
    return {
        word: count
        for word, count in counts.items()
        if _with_inflections(word, counts) >= 2 and _is_own(word, count, usage, lexicon, nearness)
    }


def _with_inflections(word: str, counts: dict[str, int]) -> int:
    """How often the word stands, its plural or singular counted too."""
    other = word[:-1] if word.endswith("s") else word + "s"
    return counts[word] + counts.get(other, 0)


def _is_own(word: str, count: int, usage: Usage, lexicon: Lexicon, nearness: Nearness) -> bool:
    if word.endswith(("in'", "in’")):
        return lexicon.knows(word[:-1] + "g")
    if nearness.sounds_common(word):
        return False
    neighbours = nearness.neighbours(word)
    # An author who writes the neighbours right, and this one often, means this one.
    return not neighbours or (count >= 5 and not nearness.neighbours(word, 4.0))
