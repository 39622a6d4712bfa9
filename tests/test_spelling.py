"""Misspellings that come back: mended where it is plain what was meant, asked about once where they may be the story's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from betareader.checks import catalogue, spelling
from betareader.desk import apply, copyedit
from betareader.findings import Edit, Query
from betareader.formats import from_text
from betareader.model.reader import Meaning
from betareader.reading import read
from betareader.span import Span


def test_a_habit_is_mended_each_time() -> None:
    text = "The house was his becuase he paid. The barn was hers becuase it burned. The road was long becuase it led there."
    done = copyedit(read(from_text(text)), catalogue(), strict=True)
    assert apply(text, done.edits) == text.replace("becuase", "because")


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


@pytest.mark.parametrize(
    ("raw", "edited"),
    [
        (
            "He looked at the water—it was freezzing—and went back in.",
            "He looked at the water—it was freezing—and went back in.",
        ),
        ("They had tea at her mothers house that day.", "They had tea at her mother's house that day."),
        ("He hung his wif'es coat behind the door.", "He hung his wife's coat behind the door."),
        ("“What the d—” he said. Old B—n only laughed.", "“What the d—” he said. Old B—n only laughed."),
        ("He heard the other doctors' opinions first.", "He heard the other doctors' opinions first."),
    ],
)
def test_apostrophes_and_words_before_a_dash_are_judged(raw: str, edited: str) -> None:
    done = copyedit(read(from_text(raw)), catalogue(), strict=True)
    assert apply(raw, done.edits) == edited


def test_what_is_changed_in_one_place_is_changed_in_all() -> None:
    reading = read(from_text("They met in the quab at noon, and nobody in the quab looked up."))
    chances = iter((0.9, 0.6))
    words = tuple(
        replace(word, meant=(Meaning(word.span.start, word.span.end, "quad", next(chances), "spelling"),))
        if word.text == "quab"
        else replace(word, meant=())
        for word in reading.words
    )
    found = list(spelling.misspelling.find(replace(reading, words=words)))
    assert [round(each.confidence, 2) for each in found if isinstance(each, Edit)] == [0.75, 0.75]
