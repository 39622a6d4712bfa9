"""OpenDocument texts: read as text, and written with tracked changes and comments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from opendocument import FIELDS, SIGNS, TRACKED, body, content_of, packed, text_of, texts
from test_docx import DRAWN, edits_of

from betareader.desk import apply
from betareader.findings import Query
from betareader.formats import Manner, read, write
from betareader.span import Span

# Random edits on random texts

TEXTS = texts((*SIGNS, *FIELDS)).map(lambda inside: packed(body(inside)))


@given(TEXTS, DRAWN, st.booleans())
def test_taking_all_gives_the_edited_text_and_refusing_all_the_authors(
    data: bytes, drawn: list[tuple[int, int, str]], reasons: bool
) -> None:
    manuscript = read(None, data)
    assert manuscript.text == text_of(data)
    assert write(manuscript, []) is data
    edits = edits_of(manuscript, drawn)
    queries = [Query(Span(start, start + length), "Is it?") for start, length, _ in drawn]
    written = write(manuscript, edits, queries, Manner(reasons=reasons))
    assert text_of(written) == apply(manuscript.text, edits)
    assert text_of(written, refuse=["betareader"]) == manuscript.text
    assert read(None, written).text == text_of(written)
    clean = write(manuscript, edits, queries, Manner(tracked=False, reasons=reasons))
    assert text_of(clean) == apply(manuscript.text, edits)
    assert "text:changed-region" not in content_of(clean).replace(TRACKED, "")
