"""Formats whose text is the raw text of the file: plain text, Markdown, Fountain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import MappingProxyType

from betareader.findings import Edit, Query
from betareader.formats import critic, fountain, markdown, plain
from betareader.formats.content import Content
from betareader.formats.encoding import byte_order_mark, encode, encode_anew
from betareader.formats.manner import Manner
from betareader.manuscript import Manuscript, Piece
from betareader.span import Span

PART = "text"
"""The name of the one part such a file has."""


def read(content: Content, format: str) -> Manuscript:
    """A file in one of these formats, by its name in `formats.FORMATS`; their signs stay in the text."""
    return manuscript_of(content.path, content.text, content.data, format, content.encoding, content.notes)


def manuscript_of(
    path: Path | None, text: str, data: bytes, format: str, encoding: str, notes: tuple[str, ...] = ()
) -> Manuscript:
    """The manuscript of a raw text."""
    if format == "markdown":
        paragraphs, marks = markdown.blocks_of(text)
        if changed := tuple(critic.marks_of(text)):
            marks = tuple(sorted((*marks, *changed), key=lambda mark: (mark.span, mark.kind)))
    elif format == "fountain":
        paragraphs, marks = fountain.blocks_of(text)
    else:
        paragraphs, marks = plain.paragraphs_of(text), tuple(plain.emphasis_of(text))
    whole = Span(0, len(text))
    return Manuscript(
        path=path,
        text=text,
        paragraphs=paragraphs,
        marks=marks,
        parts=MappingProxyType({PART: data}),
        pieces=(Piece(whole, PART, whole),),
        format=format,
        encoding=encoding,
        paragraph_break=plain.paragraph_break_of(text, paragraphs),
        notes=notes,
        source=data,
    )


def write(manuscript: Manuscript, edits: Iterable[Edit], queries: Iterable[Query], manner: Manner) -> Iterator[bytes]:
    """The bytes of the file with `edits` made; in Markdown that is tracked, with each edit and query between signs.

    Raises `CannotWrite` where the file's encoding cannot hold an edit.
    """
    if manner.shows and manuscript.format == "markdown":
        edits = critic.marked(manuscript, edits, queries, manner)
    source, text, encoding = manuscript.source, manuscript.text, manuscript.encoding
    mark = byte_order_mark(source)
    yield mark
    place = 0
    for edit in sorted(edits, key=lambda each: (each.span.start, each.span.end)):
        if edit.span.start < place:
            raise ValueError(f"edits overlap at {edit.span}")
        yield encode(text[place : edit.span.start], encoding)
        yield encode_anew(edit.replacement, encoding)
        place = edit.span.end
    yield encode(text[place:], encoding)
    if encoding.startswith("utf-16") and (len(source) - len(mark)) % 2:
        yield source[-1:]  # half a character at the end of a damaged file
