"""Lines and columns, worked out at the door that needs them."""

from __future__ import annotations

import re
from bisect import bisect_right

_BREAK = re.compile(r"\r\n|\r|\n")


class Lines:
    """Finds the line and column of a place in `text`; both count from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column, in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def utf16(self, offset: int) -> tuple[int, int]:
        """The line and the column in UTF-16 units, in which a character outside the first plane counts twice."""
        line, column = self.place(offset)
        before = self._text[self._starts[line - 1] : offset]
        return line, column + sum(1 for character in before if character > "\uffff")
