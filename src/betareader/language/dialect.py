"""Dialect written as it sounds: the words that mark it, and how far a voice is told in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from betareader.language.lexicon import Lexicon

DIFFERENT = 3
"""How many different marks a voice must show before it is taken for dialect; one or two may be slips."""
SCATTERED = 0.0015
"""The share of marks under which a narration is not taken for dialect, however many a long story holds, nor the speech of a paragraph without any."""
TOLD = 0.1
"""The share of marks among the words of a narration that is dialect throughout; Scots has some one word in five."""
SPOKEN = 0.2
"""The same for the speech of a paragraph, ten plain words added."""
LEAST = 0.1
"""How far every word of a voice is dialect that shows so many marks."""

_FOLKSY = re.compile(
    r"\b(?:ain'?t|reckon(?:ed)?|y'all|yonder|nary|plumb|on account of|this here|might could|fixing to|us'n|a-[a-z]+in"
    r"|(?:i|you|we|they) (?:says|gets|goes|knows|asks|comes|takes|sees)|i (?:is|be)|us (?:do|did|had|got|went)|(?:where|how|what) be you"
    r"|her (?:had|was|did|went)(?= [a-z])|me (?:nan|mam|mum|da|son|uncle|auntie|ma|own|gran)|(?:i|you|we|they|it|she|he) does (?:say|sing|be|go|do)"
    r"|of a (?:morning|evening|night|sunday|saturday)|done (?:told|gone|lost|said|seen)|them (?:days|boys|folks)"
    r"|(?:was|were|did|had|could|would|do|is)n't (?:[a-z]+ )?(?:no|nobody|nothing|none))\b"
)


@cache
def dialect_words() -> frozenset[str]:
    """The words that mark a dialect: lower case, straight apostrophes."""
    lines = (files("betareader.language") / "data" / "dialect.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def is_mark(word: str, lexicon: Lexicon) -> bool:
    """Whether a word marks dialect: listed, or its last g dropped (goin); lower case, straight apostrophes."""
    if word in dialect_words():
        return True
    return len(word) > 4 and word.endswith("in") and not lexicon.knows(word) and lexicon.is_common_word(word + "g")


def depth(
    words: Sequence[str], marked: NDArray[np.bool_], beside: NDArray[np.float32], speech: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """For each word how far the voice it stands in is dialect, from 0 to 1.

    A narration is taken as a whole, and a mark or two there count with those of the speech; speech by its paragraph, whose share of
    marks `beside` each word is given.
    """
    found = np.zeros(len(words), np.float32)
    told = marked | _folksy(words, speech)
    here = _different(words, told & ~speech)
    if here and told[~speech].mean() >= SCATTERED and _different(words, told) >= DIFFERENT:
        found[~speech] = np.clip(told[~speech].mean() / TOLD, LEAST, 1)
    if _different(words, marked & speech) >= DIFFERENT:
        least = LEAST if marked[speech].mean() >= SCATTERED else 0.0
        found[speech] = np.clip(beside / SPOKEN, least, 1)[speech]
    return found


def _different(words: Sequence[str], marked: NDArray[np.bool_]) -> int:
    return len({words[place] for place in np.flatnonzero(marked).tolist()})


def _folksy(words: Sequence[str], speech: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The words of the narration with which something begins that is told as folk talk, and nobody who means to write plain English would."""
    told = ["|" if spoken else word for word, spoken in zip(words, speech.tolist(), strict=True)]
    starts = list(accumulate((len(word) + 1 for word in told), initial=0))
    found = np.zeros(len(words), bool)
    for match in _FOLKSY.finditer(" ".join(told)):
        found[bisect_left(starts, match.start())] = True
    return found
