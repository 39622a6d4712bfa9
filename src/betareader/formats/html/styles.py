"""What a style sheet says of italics and bold, as far as a class alone tells."""

from __future__ import annotations

import re
from collections.abc import Mapping

from betareader.manuscript import MarkKind

Classes = Mapping[str, frozenset[MarkKind]]

_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_CLASS = re.compile(r"\.([\w-]+)\s*$")
_SHEET = re.compile(r"<style\b[^>]{0,200}>", re.IGNORECASE)
_SHEET_END = re.compile(r"</style", re.IGNORECASE)


def emphasis_of(css: str) -> dict[str, frozenset[MarkKind]]:
    """The classes that a style sheet sets in italics or bold."""
    found: dict[str, frozenset[MarkKind]] = {}
    for selectors, rules in _RULE.findall(css):
        if kinds := styled(rules):
            for selector in selectors.split(","):
                if match := _CLASS.search(selector):
                    found[match[1]] = found.get(match[1], frozenset()) | kinds
    return found


def emphasis_in(page: str) -> dict[str, frozenset[MarkKind]]:
    """The same of the style sheets inside a page."""
    found: dict[str, frozenset[MarkKind]] = {}
    place = 0
    while (opening := _SHEET.search(page, place)) and (closing := _SHEET_END.search(page, opening.end())):
        found.update(emphasis_of(page[opening.end() : closing.start()]))
        place = closing.end()
    return found


def styled(rules: str) -> frozenset[MarkKind]:
    """What these declarations make of words."""
    kinds: set[MarkKind] = set()
    if _ITALIC.search(rules):
        kinds.add("italic")
    if _BOLD.search(rules):
        kinds.add("bold")
    return frozenset(kinds)
