"""Descriptions: whom “the old gentleman” means all through a story, by who was taken to speak under those words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from betareader.story.cues import Cue, Round

_WEIGHT = 4.0
"""What it weighs that a description has always meant one person."""

_OFTEN = 3
_SURE = 5
"""How often a description must tag speech to mean anybody, and to mean somebody surely."""


def description(tag: Cue | None, text: str) -> str:
    """The words of a tag's description after its article: “old gentleman”; empty where it has none, or another than “the”."""
    if tag is None or tag.kind != "noun" or not tag.noun or tag.who >= 0:
        return ""
    words = rf"(?:the|that)\s+((?:[a-z-]+\s+){{0,2}}?{re.escape(tag.noun)})\b"
    found = re.match(words, text[tag.subject : tag.subject + 50].lower())
    return " ".join(found[1].split()) if found else ""


def meant(rounds: Sequence[Round], found: Sequence[tuple[int, float]], text: str) -> Mapping[int, Mapping[int, float]]:
    """For each round with a description in its tag what speaks for whom, by who spoke the others under the same words."""
    under: dict[int, str] = {}
    spoke: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for number, (each, (who, _)) in enumerate(zip(rounds, found, strict=True)):
        words = description(each.tag, text)
        if words:
            under[number] = words
            spoke[words][who] += 1
    hints: dict[int, Mapping[int, float]] = {}
    for number, words in under.items():
        counts = spoke[words].copy()
        counts[found[number][0]] -= 1
        total = counts.total()
        if total + 1 >= _OFTEN:
            weight = _WEIGHT * min(1.0, (total + 1) / _SURE)
            hints[number] = {who: weight * count / total for who, count in counts.items() if who >= 0 and count}
    return hints
