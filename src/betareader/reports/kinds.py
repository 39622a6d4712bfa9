"""What kind of change an edit is, as the writer is told it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from betareader.clash import core
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.checks.check import Check
    from betareader.findings import Edit, Finding

_SAME = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "\u00a0": " ", "\t": " "})
_BREAK = re.compile(r"[\r\n\u2028\u2029]")
_IN_WORD = re.compile(r"[\w'’]+")
_WORD_BEFORE = re.compile(r"[\w'’]+\Z")
_LONGEST = 30
_VISIBLE: dict[int, int | None] = {
    **dict.fromkeys((*range(0x7F, 0xA0), *range(0xD800, 0xE000)), 0xFFFD),
    **{code: 0x2400 + code for code in range(0x20)},
    **dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")),
}
"""Controls as pictures of themselves, halves of code points as �; what turns the direction of writing is left out."""


def families(checks: Iterable[Check]) -> dict[str, str]:
    """The family of every check, by name."""
    return {check.name: check.family for check in checks}


def kind_of(finding: Finding, family_of: Mapping[str, str]) -> str:
    """The family of the check that found it; a check not in the catalogue is of a kind called other."""
    return family_of.get(finding.check, "other")


def is_silent(text: str, edit: Edit) -> bool:
    """Whether the edit is of the sort a copyeditor makes without a word.

    That is stray spaces, and the shape of quotation marks and ellipses.  A break between
    paragraphs, and a space put into or taken out of a word, are never silent.
    """
    span, replacement = core(text, edit)
    old = span.of(text)
    if old.isalpha() and replacement.isalpha():
        return False
    if _BREAK.search(old + replacement):
        return False
    if (old + replacement).strip():
        return _even(old) == _even(replacement)
    between = text[span.start - 1 : span.start] + text[span.end : span.end + 1]
    return bool(old and replacement) or not (len(between) == 2 and between.isalnum())


def _even(words: str) -> str:
    return " ".join(words.translate(_SAME).replace(". . .", "...").split())


def whole_words(text: str, edit: Edit) -> tuple[Span, str]:
    """What the edit changes and what it puts there, widened so that no word is shown in part."""
    span, put = core(text, edit)
    changed = span.of(text) + put
    if not changed:
        return span, put
    start, end = span.start, span.end
    if _IN_WORD.match(changed[0]) and (before := _WORD_BEFORE.search(text[max(0, start - _LONGEST) : start])):
        start -= len(before[0])
    if (_IN_WORD.match(changed[-1]) or put.endswith("-")) and (after := _IN_WORD.match(text[end : end + _LONGEST])):
        end += len(after[0])
    return Span(start, end), text[start : span.start] + put + text[span.end : end]


def shown(words: str, longest: int = 60) -> str:
    """`words` on one line and fit to be seen: breaks as ¶, controls made visible, no more than `longest` characters."""
    line = " ".join(re.sub(r"\s*[\r\n\u2028\u2029]\s*", " ¶ ", words).split(" "))
    if not line.isascii() or not line.isprintable():
        line = line.translate(_VISIBLE)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
