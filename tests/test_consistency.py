"""One name, one spelling: what is mended and what is only asked."""

from __future__ import annotations

from betareader.checks import consistency
from betareader.desk import copyedit
from betareader.findings import Edit, Query
from betareader.formats import from_text
from betareader.reading import read
from betareader.span import Span
from betareader.style import Wishes


def test_a_slip_names_both_forms_and_how_often_the_right_one_stands() -> None:
    text = "Then Tavrik sat. " * 8 + "Later Tavirk slept."
    copy = copyedit(read(from_text(text)), [consistency.name_slipped], strict=True)
    start = text.index("Tavirk")
    reason = "“Tavirk” stands here only; everywhere else the name is “Tavrik” (8 times)."
    assert copy.edits == (Edit(Span(start, start + 6), "Tavrik", reason, 0.96, "name_slipped"),)


def test_a_name_in_two_spellings_is_asked_about_once() -> None:
    text = "Dimitri sat down. Dimitri looked up. Dimitri sighed. Then Dmitri stood. Dmitri turned."
    copy = copyedit(read(from_text(text)), [consistency.name_in_two_spellings], strict=True)
    start = text.index("Dmitri")
    reason = "Are “Dmitri” and “Dimitri” one person? Both spellings stand in the story, twice and 3 times."
    assert copy.queries == (Query(Span(start, start + 6), reason, (Span(0, 7),), "name_in_two_spellings"),)


def test_a_hyphen_in_two_ways_points_at_the_other() -> None:
    text = "The email came. His e-mail was short, and the next email was long."
    reading = read(from_text(text), Wishes(depth="medium"))
    copy = copyedit(reading, [consistency.hyphen_in_two_ways], strict=True)
    start = text.index("e-mail")
    reason = "Both “e-mail” and “email” stand in the story, once and twice. Which should it be?"
    assert copy.queries == (Query(Span(start, start + 6), reason, (Span(4, 9),), "hyphen_in_two_ways"),)


def test_house_style_silences_the_question_of_spelling() -> None:
    text = "A gray cat sat there. The sky was grey, too."
    reading = read(from_text(text), Wishes(depth="medium", spelling="uk"))
    assert copyedit(reading, [consistency.spelling_in_two_ways], strict=True).queries == ()
