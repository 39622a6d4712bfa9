"""Lines and columns, or paragraphs where a file has no lines, worked out at the door that needs them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from betareader.manuscript import Manuscript

_BREAK = re.compile(r"\r\n|\r|\n")


class Lines:
    """Finds the line and column of a place in `text`; both count from 1.

    With `starts` these are what is counted instead of lines; `unit` is what it is called.
    """

    def __init__(self, text: str, starts: Sequence[int] | None = None) -> None:
        self._text = text
        self.unit = "line" if starts is None else "paragraph"
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))] if starts is None else [0, *starts[1:]]

    @classmethod
    def of(cls, manuscript: Manuscript) -> Lines:
        """The lines of the file, or, where it has none, as a Word document, its paragraphs."""
        if manuscript.is_raw:
            return cls(manuscript.text)
        return cls(manuscript.text, [paragraph.start for paragraph in manuscript.paragraphs])

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column, in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def utf16(self, offset: int) -> tuple[int, int]:
        """The line and the column in UTF-16 units, in which a character outside the first plane counts twice."""
        line, column = self.place(offset)
        before = self._text[self._starts[line - 1] : offset]
        return line, column + sum(1 for character in before if character > "\uffff")
