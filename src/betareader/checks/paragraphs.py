"""Paragraphs: one for each speaker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.reading import Reading
    from betareader.story.turns import Turn

_LIKELY = 0.6
"""The chance under which a new speaker is not even asked about."""
_SURE = 0.9
_PLAIN_TURNS = 2
"""So many speeches right behind those of others show an author who does not part speakers: then what is likely is done.

In drafts read, 45 more places were mended so and 2 parted wrongly.
"""
_MARKS = '"“”'


@check(depth="light")
def speakers_share_a_paragraph(reading: Reading) -> Iterator[Edit]:
    """Begin a new paragraph where somebody else begins to speak.

    A reader tells the speakers apart by their paragraphs.  What a person does goes into the
    paragraph with what that person says, and somebody who goes on after a tag or a beat stays there.
    A comma before the new paragraph becomes a full stop.

    Edits:
        “Where is she?” “Upstairs, I think.” → “Where is she?”¶“Upstairs, I think.”
        "Are you coming?" Ben asked. "No," said Anna. → "Are you coming?" Ben asked.¶"No," said Anna.
        "Ben?" She rang him up, "Hello?" said Ben at the other end. → "Ben?" She rang him up.¶"Hello?" said Ben at the other end.

    Leaves:
        “I,” she said, “know.”
        “Yes.” She sat down. “No.”
        They had “lost” the “only” key.
    """
    text = reading.text
    reason = "Somebody else begins to speak here, and each speaker has a paragraph."
    runs_together = sum(_is_plain(text, turn) for turn in reading.turns) >= _PLAIN_TURNS
    for turn in reading.turns:
        if turn.probability < _LIKELY:
            continue
        start, end = turn.span.start, turn.span.end
        replacement = reading.manuscript.paragraph_break
        if text[start - 1] == ",":
            start -= 1
            replacement = "." + replacement
            if text[end].islower():
                replacement += text[end].upper()
                end += 1
        confidence = max(turn.probability, _SURE) if runs_together else turn.probability
        yield Edit(Span(start, end), replacement, reason, round(confidence, 3))


def _is_plain(text: str, turn: Turn) -> bool:
    """Whether one speech stands right behind another, and a new speaker surely begins there."""
    return turn.probability >= _SURE and text[turn.span.start - 1] in _MARKS and text[turn.span.end] in _MARKS
