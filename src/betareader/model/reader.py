"""What a reader of context answers; plain values, so that the rest cannot tell readers apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Fault = Literal["spelling", "wrong word", "run together", "split", "apostrophe", "doubled", "lost", "form", "capital"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Something that could have been meant: `text` in place of the stretch from `start` to `end`.

    The stretch is in code points of the text that was read; it is the word itself but for a split
    (more than one word) or a lost word (empty, before the word).  `probability` is
    calibrated, from 0 to 1.
    """

    start: int
    end: int
    text: str
    probability: float
    fault: Fault


@dataclass(frozen=True, slots=True)
class Judgement:
    """The reader's answer for one word: what else was meant, and whether a sentence ends after it."""

    known: bool
    meant: tuple[Meaning, ...] = ()
    ends: float = 0.0


class Reader(Protocol):
    """Reads a manuscript once and answers for each word in it."""

    def read(
        self,
        text: str,
        words: Sequence[tuple[int, int]],
        in_speech: Sequence[bool],
        own: frozenset[str],
    ) -> list[Judgement]:
        """Judge each word.

        `words` are (start, end) in `text`, in order; `in_speech` says which stand in a character's
        speech; `own` are the words and names that are this story's own, as written.
        """
        ...
