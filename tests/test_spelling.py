"""Misspellings that come back: mended where it is plain what was meant, asked about once where they may be the story's own."""

from __future__ import annotations

from betareader.checks import catalogue, spelling
from betareader.desk import apply, copyedit
from betareader.findings import Query
from betareader.formats import from_text
from betareader.reading import read
from betareader.span import Span


def test_a_habit_is_mended_each_time() -> None:
    text = "The house wich stood there was his. The barn wich burned was hers. The road wich led there was long."
    done = copyedit(read(from_text(text)), catalogue(), strict=True)
    assert apply(text, done.edits) == text.replace("wich", "which")


def test_an_invention_is_asked_about_once() -> None:
    text = (
        "The glimmet hung on the wall. She took the glimmet down and shook it. It was an old glimmet, and it hummed. "
        "Nobody had lit a glimmet in that house for years."
    )
    reading = read(from_text(text))
    found = list(spelling.misspelling.find(reading))
    assert len(found) <= 1
    for finding in found:
        assert isinstance(finding, Query)
        assert finding.span == Span(4, 11)
    assert apply(text, copyedit(reading, catalogue(), strict=True).edits) == text
