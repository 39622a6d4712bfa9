"""The desk: run the checks, settle what clashes, and decide what is an edit and what a query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from betareader.checks.check import Check
from betareader.findings import Edit, Query
from betareader.reading import Reading

BAR = 0.9
"""The confidence under which an edit becomes a query, whatever its check."""


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


def copyedit(reading: Reading, checks: Sequence[Check], *, strict: bool = False) -> Copyedit:
    """Run each check alone on the same reading and decide.

    A fault in one check is listed in `skipped`; with `strict` it is raised with a note that names the check.
    """
    raise RuntimeError("not yet")


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with every edit made; the edits must not overlap."""
    pieces, place = [], 0
    for edit in sorted(edits, key=lambda each: (each.span.start, each.span.end)):
        if edit.span.start < place:
            raise ValueError(f"edits overlap at {edit.span}")
        pieces += [text[place : edit.span.start], edit.replacement]
        place = edit.span.end
    return "".join([*pieces, text[place:]])
