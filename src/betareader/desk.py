"""The desk: run the checks, settle what clashes, and decide what is an edit and what a query."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from betareader.clash import case_only, clash, core, join
from betareader.findings import Edit, Finding, Query
from betareader.span import Span
from betareader.style import DEPTHS

if TYPE_CHECKING:
    from betareader.checks.check import Check
    from betareader.reading import Reading
    from betareader.style import Style

BAR = 0.9
"""The confidence under which an edit becomes a query, unless `BARS` names its check."""

BARS: Mapping[str, float] = MappingProxyType(
    {
        "misspelling": 0.7,
        "run_together": 0.6,
        "lost_apostrophe": 0.6,
        "wrong_word": 0.8,
        "split_word": 0.7,
        "extra_word": 0.5,
        "wrong_form": 0.75,
        "lost_word": 0.8,
        "comma_ends_sentence": 0.7,
        "lost_stop": 0.7,
    }
)
"""Bars of their own for the words and stops judged by the reader.

Set on works the reader was never taught, spoilt anew, and on the raw drafts that were read: an edit stands where ten of its kind and
confidence are right to one that spoils a right word.  What is run together or lacks its apostrophe is wrong one way or another, and for a
word that must be put in, more is asked.
"""

_WORD_BEFORE = re.compile(r"(?:\w[^\s—–]*)?\Z")
_WORD_AFTER = re.compile(r"[\w'’]*")


@dataclass(frozen=True, slots=True)
class Lost:
    """An edit that gave way to another one over the same words."""

    edit: Edit
    to: Edit


@dataclass(frozen=True, slots=True)
class Skipped:
    """A check that could not run, and why."""

    check: str
    reason: str


@dataclass(frozen=True)
class Copyedit:
    """What the desk hands back: `edits` never overlap and stand in the order of the text."""

    reading: Reading
    edits: tuple[Edit, ...]
    queries: tuple[Query, ...]
    lost: tuple[Lost, ...]
    skipped: tuple[Skipped, ...]


def copyedit(reading: Reading, checks: Iterable[Check], *, strict: bool = False) -> Copyedit:
    """Run each check alone on the same reading and decide.

    Only checks within the style's depth run.  An edit of what the file does not let go of, such as words inside a change that
    somebody else has tracked, is asked instead of made.  A fault in one check leaves out all it found and is
    listed in `skipped`; with `strict` it is raised with a note that names the check.
    """
    text = reading.text
    deepest = DEPTHS.index(reading.style.depth)
    closed = _closed(reading)
    edits: list[Edit] = []
    queries: list[Query] = []
    skipped: list[Skipped] = []
    for check in checks:
        if DEPTHS.index(check.depth) > deepest:
            continue
        try:
            found = [_sound(finding, text) for finding in check.find(reading)]
        except Exception as fault:
            if strict:
                fault.add_note(f"while running the check {check.name}")
                raise
            skipped.append(Skipped(check.name, _one_line(fault)))
            continue
        for finding in found:
            if _stet(finding, text, reading.style) or closed.covers(finding.span):
                continue
            if isinstance(finding, Query):
                queries.append(finding)
            elif finding.span.of(text) != finding.replacement:
                edits.append(finding)
    openings = frozenset(sentence.span.start for sentence in reading.sentences)
    stand, asked, lost = resolve(text, edits, openings)
    can_take = reading.manuscript.can_take
    taken = tuple(edit for edit in stand if can_take(edit.span, edit.replacement))
    if len(taken) < len(stand):
        asked += tuple(_ask(text, edit) for edit in stand if not can_take(edit.span, edit.replacement))
    in_order = sorted({*queries, *asked}, key=lambda query: (query.span, query.check, query.reason, query.see))
    return Copyedit(reading, taken, tuple(in_order), lost, tuple(skipped))


def resolve(
    text: str, edits: Iterable[Edit], openings: frozenset[int] = frozenset()
) -> tuple[tuple[Edit, ...], tuple[Query, ...], tuple[Lost, ...]]:
    """Settle edits against each other: those that stand, those that are only asked, those that gave way.

    The order is total, so that the result does not hang on which check ran first: higher
    confidence, then the wider (it was made with more of the sentence in view, and mostly does
    what the narrower would), then start, end, check and replacement.  An edit that clashes with one
    before it in that order gives way, unless the two say the same or can be joined.
    Edits under their bar come after all others and stand as queries; they give way to an edit over
    the same words, unless that one only changes a capital.  `openings` are the places where
    sentences start.
    """
    stand: list[Edit] = []
    doubtful: list[Edit] = []
    lost: list[Edit] = []
    ordered = sorted(edits, key=_order)
    for edit in ordered:
        if edit.confidence >= BARS.get(edit.check, BAR):
            _seat(text, edit, stand, lost, openings)
            continue
        rivals = [rival for rival in _near(stand, edit.span) if not case_only(text, rival)]
        if any(clash(text, edit, rival) for rival in rivals):
            lost.append(edit)
        else:
            _seat(text, edit, doubtful, lost, None)
    winners = (stand, doubtful)
    gave_way = [Lost(edit, to) for edit in lost if (to := _winner(text, edit, winners))]
    gave_way.sort(key=lambda each: (each.edit.span, _order(each.edit)))
    return tuple(stand), tuple(_ask(text, edit) for edit in doubtful), tuple(gave_way)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with every edit made; the edits must not overlap."""
    pieces, place = [], 0
    for edit in sorted(edits, key=lambda each: (each.span.start, each.span.end)):
        if edit.span.start < place:
            raise ValueError(f"edits overlap at {edit.span}")
        pieces += [text[place : edit.span.start], edit.replacement]
        place = edit.span.end
    return "".join([*pieces, text[place:]])


def _order(edit: Edit) -> tuple[float, int, Span, str, str, str]:
    return (-edit.confidence, -len(edit.span), edit.span, edit.check, edit.replacement, edit.reason)


def _near(stand: Sequence[Edit], span: Span) -> Sequence[Edit]:
    """The edits that overlap or touch `span`; as none overlap each other, their ends are in order too."""
    first = bisect_left(stand, span.start, key=lambda edit: edit.span.end)
    last = bisect_right(stand, span.end, key=lambda edit: edit.span.start)
    return stand[first:last]


def _seat(text: str, edit: Edit, stand: list[Edit], lost: list[Edit], openings: frozenset[int] | None) -> None:
    """Put `edit` in its place in `stand`, trimmed or joined where that saves it, or else in `lost`.

    Without `openings` nothing is joined.
    """
    near = list(_near(stand, edit.span))
    rivals = [rival for rival in near if clash(text, edit, rival)]
    if any(core(text, rival) == core(text, edit) for rival in rivals):
        return
    seated = edit
    for rival in rivals:
        joined = join(text, seated, rival, openings) if openings is not None else None
        if joined is None:
            lost.append(edit)
            return
        seated = joined
    taken = [
        _trimmed(text, rival) if rival.span.overlaps(seated.span) else rival for rival in near if rival not in rivals
    ]
    if any(rival.span.overlaps(seated.span) for rival in taken):
        seated = _trimmed(text, seated)
    if any(rival.span.overlaps(seated.span) or clash(text, rival, seated) for rival in taken):
        lost.append(edit)
        return
    first = bisect_left(stand, edit.span.start, key=lambda each: each.span.end)
    stand[first : first + len(near)] = sorted([*taken, seated], key=lambda each: each.span)


def _trimmed(text: str, edit: Edit) -> Edit:
    span, replacement = core(text, edit)
    return replace(edit, span=span, replacement=replacement)


def _winner(text: str, edit: Edit, winners: Iterable[Sequence[Edit]]) -> Edit | None:
    for stand in winners:
        for rival in _near(stand, edit.span):
            if clash(text, edit, rival) or edit.span.overlaps(rival.span):
                return rival
    return None


def _ask(text: str, edit: Edit) -> Query:
    """The query that stands for a doubtful edit, about whole words, and says what would be put there."""
    span, put = _in_whole_words(text, edit)
    if span.of(text).strip() == "" and put.strip() == "" and "\n" in put:
        question = "A new paragraph here?"
    elif put == "":
        question = "Leave this out?"
    elif len(span) == 0:
        question = f"Put in “{_shown(put)}” here?"
    else:
        question = f"Should this be “{_shown(put)}”?"
    return Query(span, f"{question} {edit.reason}".rstrip(), (), edit.check)


def _in_whole_words(text: str, edit: Edit) -> tuple[Span, str]:
    """The edit with the words of which it changes a part, or puts a stop after: alone a stop or a letter would say little."""
    span, put = edit.span, edit.replacement
    if not put.strip():
        return span, put
    before, after = "", ""
    if (not put[0].isalnum() and not put[0].isspace()) or text[span.start : span.start + 1].isalnum():
        before = _matched(_WORD_BEFORE.search(text[max(0, span.start - 40) : span.start]))
    if put[-1].isalnum() and len(span):
        after = _matched(_WORD_AFTER.match(text, span.end))
    return Span(span.start - len(before), span.end + len(after)), before + put + after


def _matched(found: re.Match[str] | None) -> str:
    return found[0] if found else ""


def _shown(put: str) -> str:
    return " ¶ ".join(part.strip() for part in put.splitlines() if part.strip())


def _sound(finding: Finding, text: str) -> Finding:
    """`finding`, if it can be one."""
    if not isinstance(finding, Edit | Query):
        raise TypeError(f"found a {type(finding).__name__}, which is neither an edit nor a query")
    start, end = finding.span.start, finding.span.end
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"found something at {start} to {end}, outside the text of {len(text)} characters")
    if isinstance(finding, Query) and start == end:
        raise ValueError(f"asked about nothing at {start}")
    if isinstance(finding, Edit) and not 0 <= finding.confidence <= 1:
        raise ValueError(f"is {finding.confidence} sure of an edit, which is not between 0 and 1")
    return finding


def _stet(finding: Finding, text: str, style: Style) -> bool:
    """Whether the writer has said to leave these words alone."""
    asked = [stet.words for stet in style.stet if stet.check == finding.check]
    return bool(asked) and ("" in asked or _plain(finding.span.of(text)) in map(_plain, asked))


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").split())


@dataclass(frozen=True, slots=True)
class _Closed:
    """Stretches that are not prose, in order, not overlapping."""

    spans: tuple[Span, ...]

    def covers(self, span: Span) -> bool:
        first = bisect_right(self.spans, span.start, key=lambda each: each.end)
        return first < len(self.spans) and span.overlaps(self.spans[first])


def _closed(reading: Reading) -> _Closed:
    """Where nothing is to be touched: code, the signs between scenes, and in a screenplay the headings of scenes and the names above speeches."""
    spans = [mark.span for mark in reading.manuscript.marks if mark.kind == "code"]
    spans += [paragraph.span for paragraph in reading.paragraphs if paragraph.role in ("break", "scene", "cue")]
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return _Closed(tuple(merged))


def _one_line(fault: Exception) -> str:
    said = next(iter(str(fault).splitlines()), "")
    return f"{type(fault).__name__}: {said}"[:200] if said else type(fault).__name__
