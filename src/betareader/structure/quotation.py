"""Quotation marks told from apostrophes, and paired."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from betareader.span import Span
from betareader.structure.apostrophes import lost_head, lost_tail
from betareader.structure.tags import SAYING_BEFORE, TAG_WITHIN

_MARK = re.compile(r"[\"“”„‟«»'‘’‛]")
_FEET_AND_INCHES = re.compile(r"\d['’′]\s?\d{1,2}\Z")

_DOUBLES = frozenset('"“”„‟«»')
_SINGLES = frozenset("'‘’‛")
_QUOTING = frozenset('"“”„«‘')
_OPENING = frozenset("“„‟«‘‛([{")
_DASHES = frozenset("—–-―")
_NEAR = 40
"""Characters looked at beside a mark."""
_FARTHEST = 80
"""Marks; how far ahead the end of a quotation is looked for, so that a paragraph of a megabyte takes its due time."""
_DEEPEST = 4
_LONGEST_VERSE = 8
"""Paragraphs without a mark of their own that a speech can run through."""


@dataclass(slots=True)
class Quotation:
    """A stretch between two quotation marks; `end` is the paragraph's where the closing one is missing."""

    start: int
    end: int
    double: bool
    inside: int = 0
    closed: bool = True
    runs_on: bool = False
    closer: int = -1

    @property
    def span(self) -> Span:
        """Both marks and what is between them."""
        return Span(self.start, self.end)

    @property
    def inner(self) -> Span:
        """What is between the marks."""
        return Span(self.start + 1, max(self.start + 1, self.end - self.closed))


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations of a text in order, an inner one after its outer, and the apostrophes at words' edges."""

    found: tuple[Quotation, ...]
    main_is_double: bool
    before_words: frozenset[int]
    after_words: frozenset[int]


def find_quotations(text: str, paragraphs: Sequence[Span], code: Sequence[Span]) -> Quotations:
    """Pair the quotation marks of each paragraph; marks inside `code` are passed over."""
    marks = _marks(text)
    main_is_double = _main_is_double(text, marks)
    if code:
        starts = [span.start for span in code]
        marks = [mark for mark in marks if mark >= code[bisect_right(starts, mark) - 1].end or mark < starts[0]]
    before_words: set[int] = set()
    after_words: set[int] = set()
    found: list[Quotation] = []
    place = quiet = 0
    hanging: Quotation | None = None
    for paragraph in paragraphs:
        while place < len(marks) and marks[place] < paragraph.start:
            place += 1
        first = place
        while place < len(marks) and marks[place] < paragraph.end:
            place += 1
        if first == place:
            quiet += 1
            continue
        pairing = _Pairing(text, paragraph, marks[first:place], main_is_double, before_words, after_words)
        pairing.run()
        here = sorted(pairing.found, key=lambda each: each.start)
        if hanging and not _lacks_closer(text, hanging):
            again = quiet == 0 and here and here[0].double == hanging.double and _begins(text, paragraph, here[0])
            ending = quiet < _LONGEST_VERSE and pairing.strays and not (here and here[0].start < pairing.strays[0])
            hanging.runs_on = hanging.runs_on or bool(again or ending)
        found += here
        last = next((each for each in reversed(here) if not each.inside), None)
        if last or quiet or pairing.strays:
            hanging = last if last and not last.closed and last.end == paragraph.end else None
            # A letter or a verse is set apart after a colon; the speech is not over.
            if hanging and text[hanging.end - 1] == ":":
                hanging.runs_on = True
        quiet = 0
    return Quotations(tuple(found), main_is_double, frozenset(before_words), frozenset(after_words))


def _marks(text: str) -> list[int]:
    """Where quotation marks stand, and apostrophes that are not inside a word."""
    marks = []
    for match in _MARK.finditer(text):
        place = match.start()
        if text[place] in _DOUBLES or not (_letter_near(text, place, -1) and _letter_near(text, place, 1)):
            marks.append(place)
    return marks


def _letter_near(text: str, place: int, step: int) -> bool:
    """Whether a letter stands beside the single mark at `place`, other single marks passed over."""
    place += step
    while 0 <= place < len(text) and text[place] in _SINGLES:
        place += step
    return 0 <= place < len(text) and text[place].isalnum()


def _main_is_double(text: str, marks: Sequence[int]) -> bool:
    """Whether speech in this text stands in double marks, as against single ones."""
    doubles = singles = 0
    for mark in marks:
        before = text[mark - 1 : mark]
        if before and not before.isspace() and before not in "(—–*_":
            continue
        following = text[mark + 1 : mark + 2]
        weight = 1 if before and before not in "\n\r" else 4
        if text[mark] in _DOUBLES:
            doubles += weight * (text[mark] in '"“„«' and not following.isspace())
        elif text[mark] in "'‘" and following.isupper():
            singles += weight * (not lost_head(text, mark))
    return singles <= 2 * doubles


def _lacks_closer(text: str, quotation: Quotation) -> bool:
    """Whether a tag stands in what should be speech, so that the closing mark was forgotten."""
    inner = text[quotation.start + 1 : quotation.end]
    return len(inner) < 400 and not set(inner) & _QUOTING and bool(TAG_WITHIN.search(inner))


def _begins(text: str, paragraph: Span, quotation: Quotation) -> bool:
    return not text[paragraph.start : quotation.start].strip("*_ \t")


class _Pairing:
    """The marks of one paragraph, paired from left to right with a stack."""

    def __init__(
        self,
        text: str,
        paragraph: Span,
        marks: list[int],
        main_is_double: bool,
        before_words: set[int],
        after_words: set[int],
    ) -> None:
        self.text = text
        self.paragraph = paragraph
        self.marks = marks
        self.main_is_double = main_is_double
        self.before_words = before_words
        self.after_words = after_words
        self.stack: list[Quotation] = []
        self.found: list[Quotation] = []
        self.strays: list[int] = []

    def run(self) -> None:
        for place, mark in enumerate(self.marks):
            if self.text[mark] in _DOUBLES:
                self._double(place, mark)
            else:
                self._single(place, mark)
        for quotation in self.stack:
            self._leave_open(quotation, self.paragraph.end)

    def _left(self, mark: int) -> str:
        """The character before the mark, emphasis passed over; a space at the paragraph's start."""
        while mark > self.paragraph.start:
            mark -= 1
            if self.text[mark] not in "*_":
                return self.text[mark]
        return " "

    def _right(self, mark: int) -> str:
        while mark + 1 < self.paragraph.end:
            mark += 1
            if self.text[mark] not in "*_":
                return self.text[mark]
        return " "

    # Double marks

    def _double(self, place: int, mark: int) -> None:
        opened = next((each for each in reversed(self.stack) if each.double), None)
        shape = self._double_shape(mark)
        if shape == "inches" and opened:
            return
        unexpected = shape == ("close" if opened is None else "open")
        ahead = self._shapes_from(place + 1) if unexpected else []
        straight = self.text[mark] == '"'
        if opened is None:
            if shape in ("open", "either") or (straight and ahead[:1] in (["close"], ["either"])):
                self._open(mark, double=True)
            elif shape == "close":
                self.strays.append(mark)
        elif shape == "open" and self._stands_inside(mark, ahead):
            self._open(mark, double=True)
        elif shape == "open" and (not straight or ahead[:1] == ["close"]):
            self._drop_after(opened)
            self.stack.remove(opened)
            self._leave_open(opened, mark)
            self._open(mark, double=True)
        else:
            self._drop_after(opened)
            self._close(opened, mark)

    def _shapes_from(self, place: int) -> list[str]:
        return [self._double_shape(mark) for mark in self.marks[place : place + 12] if self.text[mark] in _DOUBLES]

    def _stands_inside(self, mark: int, ahead: list[str]) -> bool:
        """Whether an opening mark opens a quotation inside the open one, as against after one that was never closed."""
        if ahead[:1] != ["close"]:
            return False
        if self.stack[-1].closer > mark:
            return True
        most = depth = 0
        for shape in ahead:
            depth += (shape == "close") - (shape == "open")
            most = max(most, depth)
        before = self.text[max(self.paragraph.start, mark - 30) : mark].rstrip(" *_")
        return most > 1 or (before[-1:].isalnum() and not SAYING_BEFORE.search(before))

    def _double_shape(self, mark: int) -> str:
        text, character = self.text, self.text[mark]
        left, right = self._left(mark), self._right(mark)
        if character in "“„‟«":
            if not right.isspace() or character == "«":
                return "open"
            return "either" if left.isspace() else "close"
        if character in "”»":
            return "open" if left.isspace() and right.isalnum() else "close"
        if left.isdigit() and _FEET_AND_INCHES.search(text, max(self.paragraph.start, mark - 6), mark):
            return "inches"
        if left.isspace() or left in "([{‘":
            return "either" if right.isspace() else "open"
        if right.isspace() or right in ".,;:!?)]}…—–-’":
            return "close" if left not in _DASHES or right not in _DASHES else "either"
        if left in _DASHES and (right.isalnum() or right in "'‘’"):
            return "either"
        return "either"

    # Single marks

    def _single(self, place: int, mark: int) -> None:
        opened = next((each for each in reversed(self.stack) if not each.double), None)
        if opened and opened.closer == mark:
            self._drop_after(opened)
            self._close(opened, mark)
        elif self._may_open(mark):
            self._single_opens(place, mark, opened)
        elif self._left(mark).isalnum():
            self.after_words.add(mark)
        elif self._right(mark).isalnum():
            self.before_words.add(mark)
        elif not self.stack:
            self.strays.append(mark)

    def _single_opens(self, place: int, mark: int, opened: Quotation | None) -> None:
        closer = None if opened and opened.closer >= 0 else self._closer(place)
        new = self._new_clause(mark)
        if closer is not None and (not lost_head(self.text, mark) or (new and not self.text[closer - 1].isalnum())):
            if opened:
                self._drop_after(opened)
                self.stack.remove(opened)
                self._leave_open(opened, mark)
            self._open(mark, double=False, closer=closer)
        elif not self.main_is_double and not self.stack and new and not lost_head(self.text, mark):
            self._open(mark, double=False)
        elif self.text[mark + 1 : mark + 2].isalnum():
            self.before_words.add(mark)

    def _new_clause(self, mark: int) -> bool:
        """Whether the mark stands where a speech or thought could begin: at a paragraph's start or after a stop."""
        before = self.text[max(self.paragraph.start, mark - _NEAR) : mark].rstrip(" \t\r\n*_")
        return not before or before[-1] in '.,!?:;…—–-"”“([' or before[-1] in _SINGLES

    def _clipped(self, mark: int) -> bool:
        """Whether the small letter after the mark most likely lost one before it, as in *our 'ouse*."""
        before = self.text[max(self.paragraph.start, mark - _NEAR) : mark].rstrip(" \t\r\n*_")
        return self.text[mark + 1].islower() and (before[-1:].isalnum() or before[-1:] in (".", "!", "?"))

    def _may_open(self, mark: int) -> bool:
        left, right = self._left(mark), self._right(mark)
        if right.isspace() or right in ".,;:!?)]}":
            return right in "." and self.text[mark + 1 : mark + 4] in ("...", ". .") and left.isspace()
        if self.text[mark] == "’":
            return left.isspace() and mark == self.paragraph.start and right.isupper()
        return left.isspace() or left in _DASHES or left in _OPENING or (left == '"' and right.isalnum())

    def _closer(self, place: int) -> int | None:
        """The mark that closes the single quotation opening at `place` of `marks`, if any does.

        A mark after a stop closes; one after a letter may be an apostrophe instead, and gives way to
        a surer one before the next opening.
        """
        within_double = self.main_is_double or any(each.double for each in self.stack)
        weak = doubtful = None
        depth = 0
        for mark in self.marks[place + 1 : place + _FARTHEST]:
            if self.text[mark] in _DOUBLES:
                depth += 1 if self._double_shape(mark) == "open" else -1
                if within_double and (depth < 0 or self.text[mark] == '"'):
                    break
                continue
            if mark == self.marks[place] + 1 and lost_head(self.text, mark):
                continue
            if self._may_open(mark):
                if (weak is None and self._clipped(mark)) or lost_head(self.text, mark):
                    continue
                break
            left = self._left(mark)
            if not left.isalnum():
                if left.isspace() and self._right(mark).isalnum():
                    continue
                return mark
            ending = lost_tail(self.text, mark)
            if ending == "":
                weak = mark if weak is None else weak
            elif ending == "s" and doubtful is None:
                doubtful = mark
        if weak is None and doubtful is not None:
            inner = self.text[self.marks[place] + 1 : doubtful]
            weak = doubtful if not self.main_is_double or inner.count(" ") < 4 else None
        return weak

    # The stack

    def _open(self, mark: int, *, double: bool, closer: int = -1) -> None:
        if len(self.stack) < _DEEPEST:
            self.stack.append(Quotation(mark, mark, double, inside=len(self.stack), closer=closer))

    def _close(self, quotation: Quotation, mark: int) -> None:
        self.stack.remove(quotation)
        quotation.end = mark + 1
        if quotation.inside <= 1:
            self.found.append(quotation)

    def _leave_open(self, quotation: Quotation, limit: int) -> None:
        if quotation.inside:
            return
        quotation.closed = False
        quotation.end = quotation.start + len(self.text[quotation.start : limit].rstrip())
        self.found.append(quotation)

    def _drop_after(self, quotation: Quotation) -> None:
        """Take back what was opened inside `quotation` and never closed."""
        del self.stack[self.stack.index(quotation) + 1 :]
