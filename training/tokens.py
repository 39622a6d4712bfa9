"""Prose as the n-gram model sees it: words and stops, quotation marks left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

TOKEN = re.compile(
    r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,:]*\d|\d|\.\.\.+|…|--+|[.,;:?!—–]|\n+",
)
_STOPS = {"—": "—", "–": "—", "…": "…"}


def tokens(text: str) -> list[str]:
    """Every word and stop of `text` as written, apostrophes straight, a paragraph's end as a line break."""
    return TOKEN.findall(text.replace("’", "'"))


def names_of(found: Iterable[str]) -> frozenset[str]:
    """The lower-case forms that this work writes only with a capital, in mid-sentence too."""
    capital: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    opens = True
    for token in found:
        if token[0].isalpha():
            if token[0].isupper():
                if not opens and not (len(token) > 1 and token.isupper()):
                    capital[token.lower()] += 1
            else:
                lower[token] += 1
            opens = False
        elif token not in ",;":
            opens = True
    return frozenset(word for word, times in capital.items() if lower[word] < 0.1 * times)
