"""From edits of the text to changes of the file: what goes, what comes, and where in which part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from betareader import difference
from betareader.findings import Edit
from betareader.manuscript import Manuscript, Piece
from betareader.span import Span


@dataclass(frozen=True, slots=True)
class Change:
    """One of the changes an edit comes to; their order is that of the text.

    `gone` are the pieces that are taken out, cut to what goes, and `joined` the breaks between paragraphs that are.
    `put` comes at `source`, a place in code points in `part`, right after the first of `gone` where there is one; a blank
    line in it begins a new paragraph.  `at` is that place in the manuscript's text.
    """

    span: Span
    put: str
    edit: Edit
    gone: tuple[Piece, ...]
    joined: tuple[Span, ...]
    part: str
    source: int
    at: int


def changes_of(manuscript: Manuscript, edits: Iterable[Edit]) -> list[Change]:
    """What `edits` come to, in the order of the text; an edit that changes nothing comes to nothing.

    The edits must not overlap, and the manuscript must be able to take each.
    """
    found: list[Change] = []
    place = 0
    for edit in sorted(edits, key=lambda each: (each.span.start, each.span.end)):
        if edit.span.start < place:
            raise ValueError(f"edits overlap at {edit.span}")
        place = edit.span.end
        if not manuscript.can_take(edit.span, edit.replacement):
            raise ValueError(f"the manuscript cannot take the edit at {edit.span}")
        for span, put in difference.changes(manuscript.text, edit.span, edit.replacement):
            found.append(_change(manuscript, edit, span, put))
    return found


def _change(manuscript: Manuscript, edit: Edit, span: Span, put: str) -> Change:
    gone = tuple(manuscript.pieces_in(span))
    joined = tuple(manuscript.joints_in(span))
    if gone:
        return Change(span, put, edit, gone, joined, gone[0].part, gone[0].source.end, gone[0].span.end)
    home = manuscript.home_of(span)
    if home is None:
        return Change(span, put, edit, gone, joined, "", -1, span.start)
    at = span.start if home.span.start <= span.start <= home.span.end else span.end
    if at == home.span.end:
        return Change(span, put, edit, gone, joined, home.part, home.source.end, at)
    return Change(span, put, edit, gone, joined, home.part, home.source.start + at - home.span.start, at)
