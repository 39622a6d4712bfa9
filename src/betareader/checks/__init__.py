"""The catalogue of checks, by family; to add a check, write one function in one family's file."""

from __future__ import annotations

from types import ModuleType

from betareader.checks import (
    asking,
    capitals,
    commas,
    consistency,
    continuity,
    days,
    dialogue,
    house,
    hyphens,
    paragraphs,
    phrases,
    proper,
    punctuation,
    quotation,
    spacing,
    spelling,
    splices,
    style,
    tags,
    usage,
    viewpoint,
)
from betareader.checks.check import Check

FAMILIES: tuple[ModuleType, ...] = (
    spelling,
    usage,
    capitals,
    punctuation,
    splices,
    spacing,
    paragraphs,
    phrases,
    proper,
    dialogue,
    tags,
    quotation,
    asking,
    consistency,
    continuity,
    days,
    viewpoint,
    commas,
    house,
    hyphens,
    style,
)


def catalogue() -> tuple[Check, ...]:
    """Every check there is, in the order of the families and of their files."""
    return tuple(value for family in FAMILIES for value in vars(family).values() if isinstance(value, Check))
