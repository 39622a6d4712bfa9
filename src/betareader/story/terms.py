"""Lower-case words of the story's own: inventions and dialect, told apart from an author's habitual misspellings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from betareader.language.lexicon import Lexicon
    from betareader.story.names import Usage
    from betareader.story.nearness import Nearness

OFTEN = 5
"""How often a word must stand to be the author's own although it lies near words that the author spells right."""

_EVERYDAY = 4.5
"""How common (zipf) a near word must be for a word of plain letters to be a slip for it, however often that stands."""

_ENDING = re.compile(r"[’']s?$")
_LETTERS = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")


def own_terms(usage: Usage, lexicon: Lexicon, nearness: Nearness, narrated: frozenset[str]) -> dict[str, int]:
    """The lower-case words that no lexicon knows and the story keeps using, with how often each stands.

    A draft repeats its author's misspellings too, so a word that lies near a common one by
    letters or by sound is left to be judged in its place.  `narrated` are the words that stand outside speech.
    """
    counts: dict[str, int] = {}
    for word, count in usage.counts.items():
        stem = _ENDING.sub("", word)
        is_word = word[0].islower() and len(stem) > 2 and _LETTERS.fullmatch(stem)
        if is_word and not lexicon.knows(word) and not lexicon.knows(stem):
            counts[stem] = counts.get(stem, 0) + count
    repeated = {word: count for word, count in counts.items() if _with_inflections(word, counts) >= 2}
    nearness.ask(repeated)
    return {word: count for word, count in repeated.items() if _is_own(word, count, usage, lexicon, nearness, narrated)}


def own_dialect(usage: Usage, lexicon: Lexicon) -> frozenset[str]:
    """The words whose last g the story keeps dropping (goin', talkin’), as written."""
    return frozenset(
        word
        for word, count in usage.counts.items()
        if count >= 2 and word.lower().endswith(("in'", "in’")) and lexicon.knows(word[:-1] + "g")
    )


def _with_inflections(word: str, counts: dict[str, int]) -> int:
    """How often the word stands, its plural or singular counted too."""
    other = word[:-1] if word.endswith("s") else word + "s"
    return counts[word] + counts.get(other, 0)


def _is_own(
    word: str, count: int, usage: Usage, lexicon: Lexicon, nearness: Nearness, narrated: frozenset[str]
) -> bool:
    if nearness.runs_together(word) or nearness.is_hardly_apart(word):
        return False
    neighbours = nearness.neighbours(word)
    if not neighbours:
        return True
    if count < OFTEN or not all(usage.counts[each] for each in neighbours):
        return False
    # Who writes every neighbour right, and this word often, means this word; but in narration an everyday word is apt to slip, and the
    # same way each time.  An apostrophe is put on purpose.
    return not (word.isalpha() and word in narrated and any(lexicon.zipf(each) >= _EVERYDAY for each in neighbours))
