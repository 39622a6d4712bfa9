"""The conventions of a style, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from betareader.style import Style

_SPELLING = {"us": "American", "uk": "British", "either": "American and British alike; neither is changed"}
_DASHES = {
    "em": "closed em dash—so",
    "spaced-en": "spaced en dash – so",
    "spaced-em": "spaced em dash — so",
    "hyphens": "two hyphens--so",
}
_COMMA = {
    "always": "before the last of a list: red, white, and blue",
    "never": "none before the last of a list: red, white and blue",
    "either": "left as it is",
}
_THOUGHTS = {"italics": "in italics", "quotes": "in quotation marks", "plain": "unmarked"}


def conventions(style: Style) -> Iterator[tuple[str, str]]:
    """Each question of house style and its answer."""
    marks = {
        ("double", True): "“double, curly”",
        ("double", False): '"double, straight"',
        ("single", True): "‘single, curly’",
        ("single", False): "'single, straight'",
    }
    yield "Spelling", _SPELLING[style.spelling]
    yield "Speech", marks[style.quotes, style.curly]
    yield "Dashes", _DASHES[style.dashes]
    yield "Ellipsis", f"like this{style.ellipsis}"
    yield "Serial comma", _COMMA[style.serial_comma]
    yield "Thoughts", _THOUGHTS[style.thoughts]
    if style.words:
        yield "Words you vouch for", ", ".join(sorted(style.words))
    if style.stet:
        left = (f"{stet.check}: {stet.words}" if stet.words else stet.check for stet in style.stet)
        yield "Stet", "; ".join(left)
