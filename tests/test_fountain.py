"""Screenplays in Fountain: what each line is, who speaks, and that nothing of prose's dialogue is put in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betareader.checks import catalogue
from betareader.desk import apply, copyedit
from betareader.findings import Edit
from betareader.formats import from_text, read, write
from betareader.model import load_reader
from betareader.reading import Reading, skim
from betareader.reading import read as take_in
from betareader.span import Span
from betareader.structure import take_apart
from betareader.style import Wishes

SCRIPT = """\
Title:
    _**THE WELL**_
Author: Ann Grey
Draft date: 1 May

FADE IN:

# Act One

= They find the well.

INT. KITCHEN - NIGHT #1A#

MARA (40s) stands at the sink. [[check her age]] The radio is on.

MARA (V.O.)
(quietly)
Where were *you*?
I waited.

TOM ^
At home. “Home,” you say.

/* MARA
No. */

@McAvoy
Yes.
\x20\x20
Really.

.THE GARDEN

!SCANNING THE AISLES...

> BURN TO PINK.

> The end. <

===

CUT TO:
"""

DRAFT = """\
INT. KITCHEN - NIGHT

MARA stands at the sink. She dont move.

MARA
(not turning round)
Where where you?

TOM
At home. I beleive you knew that? "I know," you always say. "You know."

MARA (CONT'D)
I waited

A sign on the door reads "Keep out." "No entry." Mara reads it, and Tom reads it,” he laughs.

EXT. GARDEN – DAY

ZORBLAX
No," he said.
"""


def told(text: str) -> list[tuple[str, str]]:
    """Each paragraph after what it is marked as."""
    manuscript = from_text(text, format="fountain")
    kinds = {mark.span: mark.kind for mark in manuscript.marks}
    return [(kinds.get(span, "action"), span.of(text)) for span in manuscript.paragraphs]


def reading_of(text: str) -> Reading:
    return skim(from_text(text, format="fountain"))


def test_what_each_line_is() -> None:
    assert told(SCRIPT) == [
        ("heading", "THE WELL"),
        ("code", "Author: Ann Grey"),
        ("code", "Draft date: 1 May"),
        ("code", "FADE IN:"),
        ("heading", "Act One"),
        ("note", "They find the well."),
        ("scene", "INT. KITCHEN - NIGHT"),
        ("action", "MARA (40s) stands at the sink. [[check her age]] The radio is on."),
        ("cue", "MARA (V.O.)"),
        ("note", "(quietly)"),
        ("speech", "Where were *you*?\nI waited."),
        ("cue", "TOM"),
        ("speech", "At home. “Home,” you say."),
        ("code", "/* MARA\nNo. */"),
        ("cue", "McAvoy"),
        ("speech", "Yes."),
        ("speech", "Really."),
        ("scene", "THE GARDEN"),
        ("action", "SCANNING THE AISLES..."),
        ("code", "> BURN TO PINK."),
        ("action", "The end."),
        ("code", "==="),
        ("code", "CUT TO:"),
    ]


def test_marks_inside_a_line() -> None:
    manuscript = from_text(SCRIPT, format="fountain")
    inside = [mark for mark in manuscript.marks if mark.span not in manuscript.paragraphs]
    assert [(mark.kind, mark.span.of(SCRIPT)) for mark in inside] == [("code", "[[check her age]]"), ("italic", "you")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HE STOPS.\n\nRAIN", [("action", "HE STOPS."), ("action", "RAIN")]),
        ("MOM (on the radio)\nHello.", [("cue", "MOM (on the radio)"), ("speech", "Hello.")]),
        ("R2D2\nBeep.", [("cue", "R2D2"), ("speech", "Beep.")]),
        ("23\nBeep.", [("action", "23\nBeep.")]),
        ("TOM\n~La la", [("cue", "TOM"), ("speech", "La la")]),
        ("int. well - day\n\nRain.", [("scene", "int. well - day"), ("action", "Rain.")]),
        ("Interior, day", [("action", "Interior, day")]),
        ("...and then", [("action", "...and then")]),
        ("A [[note\n\nthat is none", [("action", "A [[note"), ("action", "that is none")]),
        ("TOM\r\nHello.\r\n\r\nRain.", [("cue", "TOM"), ("speech", "Hello."), ("action", "Rain.")]),
        ("FADE IN:\n\nRain.", [("code", "FADE IN:"), ("action", "Rain.")]),
    ],
)
def test_lines_that_look_like_something_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


def test_who_speaks_is_told_above_the_speech() -> None:
    reading = reading_of(DRAFT)
    speeches = [
        (each.speaker, each.addressee, each.told, each.span.of(DRAFT))
        for each in reading.passages
        if each.voice == "speech"
    ]
    assert speeches == [
        ("Mara", None, "explicit", "Where where you?"),
        ("Tom", "Mara", "explicit", 'At home. I beleive you knew that? "I know," you always say. "You know."'),
        ("Mara", "Tom", "explicit", "I waited"),
        ("Zorblax", None, "explicit", 'No," he said.'),
    ]
    assert [person.name for person in reading.bible.cast] == ["Mara", "Tom", "Zorblax"]


def test_a_heading_says_where_and_when_a_scene_plays() -> None:
    reading = reading_of(DRAFT)
    assert [(scene.place, scene.time, scene.chapter) for scene in reading.chronicle.scenes] == [
        ("KITCHEN", "NIGHT", 1),
        ("GARDEN", "DAY", 1),
    ]
    roles = [paragraph.role for paragraph in reading.paragraphs]
    assert roles == "scene body cue note body cue body cue body body scene cue body".split()


def test_no_check_puts_quotation_marks_or_paragraphs_in() -> None:
    reading = take_in(from_text(DRAFT, format="fountain"), Wishes(depth="heavy"), load_reader("fast"))
    edits = copyedit(reading, catalogue(), strict=True).edits
    edited = apply(DRAFT, edits)
    for signs in ('"“”', "\n"):
        assert sum(map(edited.count, signs)) == sum(map(DRAFT.count, signs))
    assert [line for line in edited.splitlines() if line.split(" (")[0].isupper()] == [
        line for line in DRAFT.splitlines() if line.split(" (")[0].isupper()
    ]
    assert "I believe you knew that?" in edited


@given(st.text('AB ab.\n\r\t()[]/*#=@!>~<:"_^\u2028', max_size=60), st.integers(0, 60), st.integers(0, 5))
def test_any_text_goes_round(text: str, start: int, length: int) -> None:
    if not text.strip():
        return
    manuscript = read(Path("story.fountain"), text.encode())
    span = Span(min(start, len(text)), min(start + length, len(text)))
    assert write(manuscript, [Edit(span, "x", "")]) == (text[: span.start] + "x" + text[span.end :]).encode()
    place = 0
    for paragraph in manuscript.paragraphs:
        assert place <= paragraph.start < paragraph.end <= len(text)
        assert paragraph.of(text) == paragraph.of(text).strip()
        place = paragraph.end
    page = take_apart(manuscript)
    assert {passage.span for passage in page.passages if passage.voice == "speech"} <= set(manuscript.paragraphs) or (
        "cue" not in {paragraph.role for paragraph in page.paragraphs}
    )
