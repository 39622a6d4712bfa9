"""Words in pieces: the vocabulary of the encoder, and a manuscript cut into strips it can read at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from betareader.errors import ModelMissing
from betareader.model.ngrams import PARAGRAPH
from betareader.model.reader import FIRST_STOP, STOPS, Sheet

I64 = NDArray[np.int64]

PAD, UNKNOWN_PIECE, OPENS, CLOSES = range(4)
"""The first rows of the vocabulary."""
MOST = 6
"""Pieces kept of one word."""
PUT = 5
"""Pieces kept of what an option puts in."""
LENGTH = 128
"""Pieces in a strip."""
MARGIN = 9
"""Pieces at either end of a strip that are read for their neighbours' sake only."""
CAPITAL, KNOWN, OWN, SPEECH, NO_WORD = 1, 2, 4, 8, 16
"""What is marked on the pieces of a word, added up; a stop bears the last alone."""

_RUN = re.compile(r"\w+|[^\w\s]")


class Pieces:
    """Parts words into pieces of the vocabulary, the longest first (WordPiece; Wu and others, 2016)."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._places = {piece: place for place, piece in enumerate(vocabulary)}
        self._found: dict[str, tuple[int, ...]] = {}
        self.stops = np.full(16, CLOSES)
        for token, stop in enumerate(STOPS[1:], FIRST_STOP):
            self.stops[token] = self._places[stop]

    def of(self, words: str) -> tuple[int, ...]:
        """The pieces of a word, or of several, in lower case and without accents."""
        found = self._found.get(words)
        if found is None:
            plain = unicodedata.normalize("NFD", words.lower())
            plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
            parts: list[int] = []
            for run in _RUN.findall(plain):
                parts += self._part(run)
            found = self._found[words] = tuple(parts) or (UNKNOWN_PIECE,)
        return found

    def _part(self, run: str) -> list[int]:
        get = self._places.get
        found: list[int] = []
        start = 0
        while start < len(run):
            lead = "##" if start else ""
            for end in range(min(len(run), start + 18), start, -1):
                place = get(lead + run[start:end])
                if place is not None:
                    found.append(place)
                    start = end
                    break
            else:
                return [UNKNOWN_PIECE]
        return found

    def rows(self, texts: Sequence[str], width: int = PUT) -> NDArray[np.int64]:
        """The pieces of each text, a row a text, cut or filled with `PAD` to `width`."""
        rows = np.zeros((len(texts), width), np.int64)
        for number, text in enumerate(texts):
            parts = self.of(text)[:width] if text else ()
            rows[number, : len(parts)] = parts
        return rows


@cache
def load_vocabulary() -> tuple[str, ...]:
    """The pieces that the encoder tells apart, in the order of its rows."""
    try:
        text = (files("betareader.model") / "data" / "pieces.txt").read_text("utf-8")
    except OSError as fault:
        raise ModelMissing(f"The encoder's vocabulary is missing ({fault}); install betareader again.") from fault
    return tuple(text.rstrip("\n").split("\n"))


@cache
def load_pieces() -> Pieces:
    """The vocabulary, ready to part words."""
    return Pieces(load_vocabulary())


@dataclass(frozen=True)
class Strips:
    """A manuscript in overlapping strips of `LENGTH` pieces.

    `pieces` and `marks` have a row a strip; word number n is in strip `strip[n]`, from piece `first[n]` to
    piece `last[n]` of it, both included.
    """

    pieces: I64
    marks: I64
    strip: I64
    first: I64
    last: I64


def in_pieces(sheet: Sheet, pieces: Pieces) -> Strips:
    """The sheet's words and stops as strips of pieces."""
    if not len(sheet.at):
        none, empty = np.zeros(0, np.int64), np.zeros((0, LENGTH), np.int64)
        return Strips(empty, empty, none, none, none)
    _, examples = np.unique(sheet.type, return_index=True)
    parts = [pieces.of(sheet.words[place])[:MOST] for place in examples.tolist()]
    marks = CAPITAL * sheet.capital.astype(np.int64) + KNOWN * sheet.known + OWN * sheet.own + SPEECH * sheet.speech
    start, end = int(sheet.at[0]) - 1, int(sheet.at[-1]) + 3
    numbers = np.full(len(sheet.tokens), -1)
    numbers[sheet.at] = sheet.type
    kinds = numbers[start:end]
    stops = pieces.stops[np.minimum(sheet.tokens[start:end], 15)]
    stops[sheet.tokens[start:end] == PARAGRAPH] = CLOSES
    mark = np.full(len(sheet.tokens), NO_WORD)
    mark[sheet.at] = marks
    return cut(kinds, stops, mark[start:end], parts, sheet.at - start)


def cut(kinds: I64, stops: I64, marks: I64, parts: Sequence[tuple[int, ...]], at: I64) -> Strips:
    """Lay tokens out in pieces and cut them into strips.

    A token is of the kind `kinds[n]`, whose pieces are `parts[kind]`, or where that is -1 the single piece
    `stops[n]`; `at` are the tokens that are words.
    """
    sizes_of = np.array([len(part) for part in parts], np.int64)
    offsets = np.cumsum(sizes_of) - sizes_of
    flat_parts = np.array([piece for part in parts for piece in part], np.int64)
    sizes = np.where(kinds >= 0, sizes_of[kinds], 1)
    begins = np.cumsum(sizes) - sizes
    token = np.repeat(np.arange(len(kinds)), sizes)
    within = np.arange(len(token)) - begins[token]
    kind = kinds[token]
    flat = np.where(kind >= 0, flat_parts[np.minimum(offsets[kind] + within, len(flat_parts) - 1)], stops[token])
    content = LENGTH - 2
    stride = content - 2 * MARGIN
    count = max(1, -(-(len(flat) - 2 * MARGIN) // stride))
    reach = np.arange(count)[:, None] * stride + np.arange(content)
    inside = reach < len(flat)
    reach = np.minimum(reach, len(flat) - 1)
    found = np.full((count, LENGTH), PAD)
    found[:, 0] = OPENS
    found[:, 1:-1] = np.where(inside, flat[reach], PAD)
    found[:, -1] = CLOSES
    marked = np.full((count, LENGTH), NO_WORD)
    marked[:, 1:-1] = np.where(inside, marks[token][reach], NO_WORD)
    strip = np.clip((begins[at] - MARGIN) // stride, 0, count - 1)
    first = begins[at] - strip * stride + 1
    last = np.minimum(first + sizes[at] - 1, LENGTH - 2)
    return Strips(found, marked, strip, first, last)
