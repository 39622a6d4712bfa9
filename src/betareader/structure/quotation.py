"""Quotation marks told from apostrophes, and paired."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from betareader.span import Span

_MARK = re.compile(r"(?<=[^\W_])['’‘]{2,}(?=[^\W_])|[\"“”„‟«»]|(?<![^\W_])['‘’‛]|['‘’‛](?![^\W_])")
_DOUBLE_OPENS = re.compile(r"(?:^|(?<=[\s(—–*_]))[\"“„«](?=\S)", re.MULTILINE)
_SINGLE_OPENS = re.compile(r"(?:^|(?<=[\s(—–*_]))(?!['‘](?:Tis|Twas|Twill|Cause|Em|Til|Till|Bout)\b)['‘](?=[A-Z])", re.MULTILINE)
_WORD_BEFORE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\Z")
_WORD_AFTER = re.compile(r"[^\W_]+")
_FEET_AND_INCHES = re.compile(r"\d['’′]\s?\d{1,2}\Z")

_DOUBLES = frozenset('"“”„‟«»')
_SINGLES = frozenset("'‘’‛")
_OPENING = frozenset("“„‟«‘‛([{")
_DASHES = frozenset("—–-―")

# Words that are written with an apostrophe in front, where letters were dropped.
_LOST_HEAD = frozenset(
    "em er im e is ere ave ad as ouse ome ow ell ead ead eart alf undred orse ard old ope ang and ands at un uns "
    "tis twas twere twill twould twasn tisn til till cause cos coz cuz bout round neath n ll nuff kay sides spect "
    "gainst tween fraid scuse nother stead fore cept long lectric less ceptin appen appened bye course ello nough "
    "d ve re m s t ud low pon mongst midst scape kin baccy tater gator phone plane flu cello burbs hood sup "
    "ave avin aven im imself erself isself ers is ospital otel".split()
)  # fmt: skip
# Words that are written with an apostrophe at the end, but for those in -in' and -s'.
_LOST_TAIL = frozenset(
    "o an th wi ol lil t d y mo fo po ha wha jus mus tha gi fro mos las fas bes firs ya lan han gran ole n ne' ev "
    "s' don won can didn wouldn couldn shouldn isn ain wasn doan dunno bo ma sho yo goo' kep slep tol coul woul "
    "shoul roun groun aroun fin min kin ban en sen frien couldna dinna gie a' wha' i aroun beyon soun expec".split()
)  # fmt: skip
_NOT_DROPPED = frozenset(
    "again begin captain certain main pain rain train brain remain explain fountain mountain curtain villain skin chin "
    "thin twin robin cabin cousin virgin latin martin spin grin within plain contain coin join ruin basin margin "
    "is was yes this his us as has its always perhaps does thus gas bus across less unless yours ours hers theirs".split()
)  # fmt: skip
_TAGGED = re.compile(
    r"[,?!] ?(?:(?:s?he|they|i|we|you|it|[A-Z]\w+|the \w+) (?:said|asked|replied|whispered|cried|yelled|shouted|muttered|"
    r"murmured|answered|called|added|told|continued|says|asks)|(?:said|asked|replied|whispered|cried|answered) \w+)\b"
)


@dataclass(slots=True)
class Quotation:
    """A stretch between two quotation marks; `end` is the paragraph's where the closing one is missing."""

    start: int
    end: int
    double: bool
    inside: bool = False
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
    main_is_double = main_mark_is_double(text)
    marks = [match.start() for match in _MARK.finditer(text) if match.end() - match.start() == 1]
    if code:
        marks = [mark for mark in marks if not any(span.start <= mark < span.end for span in code)]
    before_words: set[int] = set()
    after_words: set[int] = set()
    found: list[Quotation] = []
    place = 0
    open_at_end: Quotation | None = None
    for paragraph in paragraphs:
        while place < len(marks) and marks[place] < paragraph.start:
            place += 1
        first = place
        while place < len(marks) and marks[place] < paragraph.end:
            place += 1
        if first == place:
            open_at_end = None
            continue
        pairing = _Pairing(text, paragraph, marks[first:place], main_is_double, before_words, after_words)
        pairing.run()
        here = sorted((each for each in pairing.found), key=lambda each: each.start)
        if open_at_end and here and here[0].double == open_at_end.double and _begins(text, paragraph, here[0]):
            open_at_end.runs_on = not _TAGGED.search(text, open_at_end.start, open_at_end.end)
        found += here
        last = next((each for each in reversed(here) if not each.inside), None)
        open_at_end = last if last and not last.closed and last.end == paragraph.end else None
    return Quotations(tuple(found), main_is_double, frozenset(before_words), frozenset(after_words))


def main_mark_is_double(text: str) -> bool:
    """Whether speech in this text stands in double marks, as against single ones."""
    doubles = sum(1 for _ in _DOUBLE_OPENS.finditer(text))
    singles = sum(1 for _ in _SINGLE_OPENS.finditer(text))
    return singles <= 2 * doubles


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
        opened = next((each for each in self.stack if each.double), None)
        shape = self._double_shape(mark)
        if shape == "inches" and opened:
            return
        following = next((each for each in self.marks[place + 1 :] if self.text[each] in _DOUBLES), None)
        after = None if following is None else self._double_shape(following)
        straight = self.text[mark] == '"'
        if opened is None:
            if shape in ("open", "either") or (straight and after in ("close", "either") and shape == "close"):
                self._open(mark, double=True)
        elif shape == "open" and (not straight or after == "close"):
            self._drop_after(opened)
            self.stack.remove(opened)
            self._leave_open(opened, mark)
            self._open(mark, double=True)
        else:
            self._drop_after(opened)
            self._close(opened, mark)

    def _double_shape(self, mark: int) -> str:
        text, character = self.text, self.text[mark]
        left, right = self._left(mark), self._right(mark)
        if character in "“„‟«":
            return "close" if right.isspace() and not left.isspace() and character == "“" else "open"
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
        opened = next((each for each in self.stack if not each.double), None)
        if opened and opened.closer == mark:
            self._drop_after(opened)
            self._close(opened, mark)
        elif self._may_open(mark):
            self._single_opens(place, mark, opened)
        elif self._left(mark).isalnum():
            self.after_words.add(mark)
        elif self._right(mark).isalnum():
            self.before_words.add(mark)

    def _single_opens(self, place: int, mark: int, opened: Quotation | None) -> None:
        closer = None if opened and opened.closer >= 0 else self._closer(place)
        new = self._new_clause(mark)
        if closer is not None and (not self._lost_head(mark) or (new and not self.text[closer - 1].isalnum())):
            if opened:
                self._drop_after(opened)
                self.stack.remove(opened)
                self._leave_open(opened, mark)
            self._open(mark, double=False, closer=closer)
        elif not self.main_is_double and not self.stack and new and not self._lost_head(mark):
            self._open(mark, double=False)
        elif self.text[mark + 1 : mark + 2].isalnum():
            self.before_words.add(mark)

    def _new_clause(self, mark: int) -> bool:
        """Whether the mark stands where a speech or thought could begin: at a paragraph's start or after a stop."""
        before = self.text[self.paragraph.start : mark].rstrip(" \t\r\n*_")
        return not before or before[-1] in ".,!?:;…—–-\"”“([" or before[-1] in _SINGLES

    def _may_open(self, mark: int) -> bool:
        left, right = self._left(mark), self._right(mark)
        if right.isspace() or right in ".,;:!?)]}":
            return right in "." and self.text[mark + 1 : mark + 4] in ("...", ". .") and left.isspace()
        if self.text[mark] == "’":
            return left.isspace() and mark == self.paragraph.start and right.isupper()
        return left.isspace() or left in _DASHES or left in _OPENING or (left == '"' and right.isalnum())

    def _lost_head(self, mark: int) -> bool:
        match = _WORD_AFTER.match(self.text, mark + 1)
        return bool(match) and (match.group().lower() in _LOST_HEAD or match.group()[0].isdigit())

    def _closer(self, place: int) -> int | None:
        """The mark that closes the single quotation opening at `place` of `marks`, if any does.

        A mark after a stop closes; one after a letter may be an apostrophe instead, and gives way to
        a surer one before the next opening.
        """
        within_double = self.main_is_double or any(each.double for each in self.stack)
        weak = doubtful = None
        for mark in self.marks[place + 1 :]:
            if self.text[mark] in _DOUBLES:
                if within_double:
                    break
                continue
            if self._may_open(mark):
                if self._lost_head(mark):
                    continue
                break
            left = self._left(mark)
            if not left.isalnum():
                if left.isspace() and self._right(mark).isalnum():
                    continue
                return mark
            ending = self._lost_tail(mark)
            if ending == "":
                weak = mark if weak is None else weak
            elif ending == "s" and doubtful is None:
                doubtful = mark
        if weak is None and doubtful is not None:
            inner = self.text[self.marks[place] + 1 : doubtful]
            weak = doubtful if not self.main_is_double or inner.count(" ") < 4 else None
        return weak

    def _lost_tail(self, mark: int) -> str:
        """How the word before the mark could have come by an apostrophe; empty where it could not."""
        match = _WORD_BEFORE.search(self.text, max(self.paragraph.start, mark - 24), mark)
        word = match.group().lower() if match else ""
        if word in _NOT_DROPPED:
            return ""
        if word in _LOST_TAIL or (word.endswith("in") and len(word) > 3):
            return "in"
        return "s" if word.endswith("s") else ""

    # The stack

    def _open(self, mark: int, *, double: bool, closer: int = -1) -> None:
        if len(self.stack) < 2:
            self.stack.append(Quotation(mark, mark, double, inside=bool(self.stack), closer=closer))

    def _close(self, quotation: Quotation, mark: int) -> None:
        self.stack.remove(quotation)
        quotation.end = mark + 1
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
