"""The manuscript: one string to read, and the way back to the file it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from betareader.span import Span

MarkKind = Literal["italic", "bold", "heading", "rule", "code", "note", "quote"]


@dataclass(frozen=True, slots=True)
class Piece:
    """This stretch of the text came from that stretch of that part of the file.

    `source` counts code points into the decoded part.
    """

    span: Span
    part: str
    source: Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Formatting the author put on a stretch of text; its delimiters lie outside `span`."""

    span: Span
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A story as its author wrote it.

    `text` is never padded, normalised or cleaned.  `paragraphs` are the blocks the format itself
    knows, in order, white space at their ends left out; what each of them is for (a title, a scene
    break) is found out later.  `paragraph_break` is what this file writes between two paragraphs.
    `parts` holds the file's own bytes by name, so that writing can splice edits into them.
    `notes` are sentences the author should see, such as which encoding was guessed.
    """

    path: Path | None
    text: str
    paragraphs: tuple[Span, ...]
    marks: tuple[Mark, ...] = ()
    parts: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    pieces: tuple[Piece, ...] = ()
    format: str = "plain"
    encoding: str = "utf-8"
    paragraph_break: str = "\n\n"
    notes: tuple[str, ...] = ()
