"""What a check may say: change this, or ask about that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from betareader.span import Span

Fault = Literal["spelling", "wrong word", "run together", "split", "apostrophe", "doubled", "lost", "form"]
FAULTS: tuple[Fault, ...] = ("spelling", "wrong word", "run together", "split", "apostrophe", "doubled", "lost", "form")
"""The ways in which a word goes wrong; the tables of the model hold places in this tuple."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `replacement` where `span` stands, because of `reason`.

    `confidence` is the chance, from 0 to 1, that the author would take it.  `check` is filled in
    with the name of the check that proposed it.  An empty span is an insertion.
    """

    span: Span
    replacement: str
    reason: str
    confidence: float = 1.0
    check: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """Ask the author about `span`; `see` points at what it is compared with."""

    span: Span
    reason: str
    see: tuple[Span, ...] = ()
    check: str = ""


Finding = Edit | Query
