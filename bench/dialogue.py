"""How well dialogue is set apart and punctuated, measured on published fiction."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from betareader.structure.page import Page


def run_together(page: Page) -> tuple[str, list[int]]:
    """The page's text with its dialogue run into single paragraphs, as drafts have it, and where the breaks were.

    Paragraphs that follow each other directly and each hold a speech are joined with a space; a
    break between paragraphs of one speech (no closing mark before it) is no new speaker's and stays.
    The breaks are offsets into the new text, of the spaces that took their place.
    """
    text = page.text
    starts = [each.span.start for each in page.passages]
    bodies = page.paragraphs
    pieces: list[str] = []
    breaks: list[int] = []
    place = length = 0
    for paragraph, following in zip(bodies, bodies[1:], strict=False):
        first, end = paragraph.span.end, following.span.start
        if text[first:end].strip() or text[first:end].count("\n") != _usual(text[first:end]):
            continue
        both = []
        for each in (paragraph, following):
            inside = page.passages[bisect_left(starts, each.span.start) : bisect_left(starts, each.span.end)]
            both.append([passage for passage in inside if passage.voice == "speech"])
        if not all(both) or both[0][-1].runs_on or paragraph.role != "body" or following.role != "body":
            continue
        pieces += [text[place:first], " "]
        length += first - place
        breaks.append(length)
        length += 1
        place = end
    return "".join([*pieces, text[place:]]), breaks


def _usual(space: str) -> int:
    return 1 if space.count("\n") == 1 else 0
