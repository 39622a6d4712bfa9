"""Words that always begin with a capital, spelt wrong and without it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit
from betareader.language.lexicon import load_lexicon
from betareader.language.proper import calendar, proper

if TYPE_CHECKING:
    from betareader.reading import Reading

_SHORT, _LONG = 5, 7
"""Letters from which on a word of one slip is known, and, in the calendar, of two."""


@check(depth="light")
def misspelt_proper_word(reading: Reading) -> Iterator[Edit]:
    """Mend a day, a month, a feast, a language or a place that is spelt wrong and in small letters.

    One slip is mended, in the calendar two.

    Edits:
        We met on wensday, in febuary. → We met on Wednesday, in February.
        She spoke englsh at chrismas. → She spoke English at Christmas.

    Leaves:
        They rode the marchy to the tavel at dusk. “We meet on the sundew,” she said.
    """
    lexicon = load_lexicon()
    own = reading.bible.own_words | reading.style.words
    for word in reading.words:
        low = word.text
        if not (low.isascii() and low.isalpha() and low.islower()) or len(low) < _SHORT or low in own:
            continue
        meant = _meant(low) if not lexicon.knows(low) else ""
        if meant:
            yield Edit(word.span, meant.capitalize(), f"“{low}” is not a word; “{meant.capitalize()}” is.", 0.95)


@cache
def _meant(low: str) -> str:
    """The one word a misspelling is nearest to; empty where there is none, or several."""
    for most in (1, 2):
        found = {each for each in proper() if _may_be(low, each, most) and _slips(low, each) <= most}
        if found:
            return min(found) if len(found) == 1 else ""
    return ""


def _may_be(low: str, word: str, most: int) -> bool:
    is_long = len(word) >= _LONG and word in calendar() if most == 2 else len(word) > _SHORT
    return is_long and low[0] == word[0] and abs(len(low) - len(word)) <= most


def _slips(one: str, other: str) -> int:
    """Letters lost, put in, put for another or turned round (Damerau's distance, neighbours turned once)."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, its in enumerate(other, 1):
            best = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != its))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                best = min(best, before[column - 2] + 1)
            here.append(best)
        before, above = above, here
    return above[-1]
