"""Scenes and chapters, as far as breaks, headings and blank gaps tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from betareader.span import Span
from betareader.structure.page import Paragraph, Scene


def find_scenes(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Scene, ...]:
    """The scenes, from the first to the last paragraph of prose of each."""
    gap = _usual_gap(text, paragraphs)
    scenes: list[Scene] = []
    begun: Paragraph | None = None
    last: Paragraph | None = None
    chapter = 1
    chapter_has_prose = False

    def close() -> None:
        nonlocal begun
        if begun and last:
            scenes.append(Scene(Span(begun.span.start, last.span.end), len(scenes) + 1, chapter))
        begun = None

    for paragraph in paragraphs:
        if paragraph.role == "heading":
            close()
            chapter += chapter_has_prose
            chapter_has_prose = False
        elif paragraph.role in ("break", "scene"):
            close()
        elif paragraph.role == "body":
            if begun and last and _line_ends(text[last.span.end : paragraph.span.start]) > gap:
                close()
            begun = begun or paragraph
            chapter_has_prose = True
        last = paragraph if paragraph.role == "body" else last
    close()
    return tuple(scenes)


def _usual_gap(text: str, paragraphs: Sequence[Paragraph]) -> int:
    """The most line ends that stand between two paragraphs of one scene; in a screenplay, which names its scenes, any number."""
    if any(paragraph.role == "scene" for paragraph in paragraphs):
        return len(text)
    gaps = Counter(_line_ends(text[before.span.end : after.span.start]) for before, after in pairwise(paragraphs))
    if not gaps:
        return 2
    usual = max(gaps, key=lambda each: (gaps[each], -each))
    # One odd blank line in a short text may be a slip of the key; a gap is bigger only if it is rare.
    return usual if gaps[usual] > 2 * sum(count for each, count in gaps.items() if each > usual) else max(gaps)


def _line_ends(gap: str) -> int:
    return max(gap.count("\n"), gap.count("\r"))
