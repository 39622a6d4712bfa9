"""What became of each fault, and which right words were touched: edits set against the faults that were put in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from betareader.findings import Edit, Query
from betareader.span import Span
from training.errors import Fault

Outcome = Literal["mended", "touched wrongly", "asked", "missed"]
OUTCOMES: tuple[Outcome, ...] = ("mended", "touched wrongly", "asked", "missed")

_WORD = re.compile(r"\w+(?:['’]+\w+)*")
_AROUND = 60


def words_of(text: str) -> list[str]:
    """The words of `text` as written, apostrophes straight."""
    return [word.replace("’", "'") for word in _WORD.findall(text)]


def touches(text: str, edit: Edit) -> Literal["words", "capitals", "stops"]:
    """What the edit changes: words, only capitals, or neither (stops, spaces, paragraphs)."""
    hull = whole_words(text, edit.span)
    old = words_of(hull.of(text))
    new = words_of(edited(text, hull, [(edit.span, edit.replacement)]))
    if old == new:
        return "stops"
    return "capitals" if [word.lower() for word in old] == [word.lower() for word in new] else "words"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one fault."""

    fault: Fault
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on each fault, and on each edit that changes words whether it put its words right.

    `harm` are the edits that changed words, not only capitals, where no fault stood.
    """

    verdicts: tuple[Verdict, ...]
    edits: tuple[tuple[Edit, bool], ...]
    harm: tuple[Edit, ...]


def judge(text: str, faults: Sequence[Fault], edits: Iterable[Edit], queries: Iterable[Query] = ()) -> Judged:
    """Set `edits` of the spoilt `text` against the `faults` in it.

    Only edits that change words or capitals count.  A fault is mended where the words around it come
    out exactly as they were in the clean text; an edit over several faults has to mend them all.
    """
    able = sorted((edit for edit in edits if touches(text, edit) != "stops"), key=lambda edit: edit.span)
    starts = [fault.start for fault in faults]
    outcomes: dict[int, Outcome] = {}
    told: list[tuple[Edit, bool]] = []
    harm: list[Edit] = []
    for group, hull in _groups(text, able):
        near = range(max(0, bisect_left(starts, hull.start - _AROUND)), bisect_left(starts, hull.end + 2))
        under = [place for place in near if _meets(text, faults[place], hull, group)]
        if not under:
            wrong = [edit for edit in group if touches(text, edit) == "words"]
            told += [(edit, False) for edit in wrong]
            harm += wrong
            continue
        whole = hull
        for place in under:
            whole = _cover(whole, Span(faults[place].start, faults[place].end))
        whole = whole_words(text, whole)
        right = edited(text, whole, [(Span(faults[p].start, faults[p].end), faults[p].right) for p in under])
        result = edited(text, whole, [(edit.span, edit.replacement) for edit in group])
        mended = words_of(right) == words_of(result)
        told += [(edit, mended) for edit in group]
        for place in under:
            outcomes[place] = "mended" if mended else "touched wrongly"
    asked = sorted(query.span for query in queries)
    verdicts = [
        Verdict(fault, outcomes.get(place) or ("asked" if _is_asked(fault, asked) else "missed"))
        for place, fault in enumerate(faults)
    ]
    return Judged(tuple(verdicts), tuple(told), tuple(harm))


def _groups(text: str, edits: Sequence[Edit]) -> Iterable[tuple[list[Edit], Span]]:
    """Edits of the same word together, each group with the whole words it covers."""
    group: list[Edit] = []
    hull = Span(0, 0)
    for edit in edits:
        here = whole_words(text, edit.span)
        if group and here.start < hull.end:
            group.append(edit)
            hull = _cover(hull, here)
        else:
            if group:
                yield group, hull
            group, hull = [edit], here
    if group:
        yield group, hull


def _meets(text: str, fault: Fault, hull: Span, group: Sequence[Edit]) -> bool:
    """Whether the edits of `hull` deal with `fault`; a lost word only where they add a word beside its place."""
    if fault.start < fault.end:
        return fault.start < hull.end and hull.start < fault.end
    old = len(words_of(hull.of(text)))
    new = len(words_of(edited(text, hull, [(edit.span, edit.replacement) for edit in group])))
    return new > old and hull.start - 1 <= fault.start <= hull.end + 1


def _is_asked(fault: Fault, asked: Sequence[Span]) -> bool:
    place = bisect_left(asked, Span(fault.start - _AROUND, 0))
    for span in asked[place:]:
        if span.start > fault.end:
            return False
        if span.end > fault.start - (fault.start == fault.end):
            return True
    return False


def _cover(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def whole_words(text: str, span: Span) -> Span:
    """`span` grown to the white space on either side, or the dash, so that no word is cut."""
    start, end = span.start, span.end
    while start > 0 and not text[start - 1].isspace() and text[start - 1] not in "—–":
        start -= 1
    while end < len(text) and not text[end].isspace() and text[end] not in "—–":
        end += 1
    return Span(start, end)


def edited(text: str, hull: Span, changes: Iterable[tuple[Span, str]]) -> str:
    """The stretch `hull` of `text` with `changes` made."""
    pieces: list[str] = []
    place = hull.start
    for span, put in sorted(changes):
        pieces += [text[place : span.start], put]
        place = max(place, span.end)
    return "".join([*pieces, text[place : hull.end]])
