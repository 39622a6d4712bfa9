"""Telephones and radios: two who speak over a line, whoever else is named around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from betareader.story.cues import Round

_LINE = r"(?:phone|telephone|receiver|mouthpiece|radio|intercom|wire|line|cell|mobile)"
_FAR = re.compile(
    rf"\b(?:the other end\b|(?:on|over|into|through|from) (?:the|his|her|their|my|a) {_LINE}\b)", re.IGNORECASE
)
_OVER = re.compile(
    rf"\b(?:hung up|hangs up|hang up|hanging up|rang off|rings off|put(?:s|ting)? (?:down )?(?:the|his|her) {_LINE}\b|the line (?:was|went) dead|"
    rf"(?:replaced|lowered|slammed down) the {_LINE})\b",
    re.IGNORECASE,
)


_BYE = re.compile(r"(?:\A|\W)(?:good-?)?bye\W*\Z", re.IGNORECASE)


def calls(rounds: Sequence[Round], text: str) -> list[int]:
    """For each round of a talk over a line the round where a voice is first told to be at the other end; else -1.

    The one who speaks there and the one who answers are the two who talk, until somebody hangs up, both have said goodbye, or the talk breaks off.
    """
    found: list[int] = []
    since = -1
    for number, each in enumerate(rounds):
        if each.gap > 1:
            since = -1
        told = _told(each, text)
        if since < 0 and _FAR.search(told):
            since = number
        found.append(since)
        is_bye = number > 0 and all(_BYE.search(rounds[at].speeches[-1].inner.of(text)) for at in (number - 1, number))
        if is_bye or _OVER.search(told):
            since = -1
    return found


def _told(each: Round, text: str) -> str:
    """The narration of a round, its speeches left out."""
    parts, place = [], each.start
    for speech in each.speeches:
        parts.append(text[place : speech.span.start])
        place = max(place, speech.span.end)
    return " ".join([*parts, text[place : each.end]])


def two_on_the_line(since: int, number: int, spoke: Sequence[int]) -> frozenset[int]:
    """The two who talk, as far as those who spoke before tell; empty where they are not known."""
    if since < 0 or number - since < 2:
        return frozenset()
    first = len(spoke) - (number - since)
    pair = frozenset(spoke[first : first + 2] if first >= 0 else spoke[-2:])
    return pair if len(pair) == 2 and -1 not in pair else frozenset()
