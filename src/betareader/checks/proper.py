"""Words that always begin with a capital, spelt wrong."""

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
    """Mend a day, a month, a feast, a language or a place that is spelt wrong.

    One slip is mended, in the calendar two.  What begins with a capital may be a name of the story's own: it is mended only
    where it is nearly a long word of the calendar, and nobody in the story is called so.

    Edits:
        We met on wensday, in febuary. → We met on Wednesday, in February.
        She spoke englsh at chrismas. → She spoke English at Christmas.
        We met on Saterday, before Chrismas. → We met on Saturday, before Christmas.

    Leaves:
        They rode the marchy to the tavel at dusk. “We meet on the sundew,” she said.
        Sundar sat down beside Jun. Octobar sat. Octobar ate. Octobar sang.
    """
    lexicon = load_lexicon()
    own = reading.bible.own_words | reading.style.words
    called = {part for person in reading.bible.cast for name in (person.name, *person.aliases) for part in name.split()}
    for word in reading.words:
        written = word.text
        low = written.lower()
        if not (low.isascii() and low.isalpha()) or len(low) < _SHORT or lexicon.knows(low) or lexicon.knows(written):
            continue
        meant = ""
        if written == low:
            meant = _meant(low) if low not in own else ""
        elif written == low.capitalize() and written not in called | reading.style.words:
            near = _meant(low)
            meant = near if len(near) >= _LONG and near in calendar() else ""
        if meant:
            yield Edit(word.span, meant.capitalize(), f"“{written}” is not a word; “{meant.capitalize()}” is.", 0.95)


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
