"""Stops, spaces and capitals where the whole story, not one sentence, decides."""

from __future__ import annotations

from betareader.checks import capitals, commas, house, punctuation, spacing, spelling, splices, style
from betareader.checks.check import Check
from betareader.desk import copyedit
from betareader.formats import from_text
from betareader.reading import read
from betareader.style import Depth, Wishes


def edits(text: str, check: Check, wishes: Wishes | None = None) -> list[tuple[str, str]]:
    """What the check changes, as (words, replacement)."""
    reading = read(from_text(text), wishes or Wishes(depth=check.depth))
    return [(edit.span.of(text), edit.replacement) for edit in copyedit(reading, [check], strict=True).edits]


def queries(text: str, check: Check, depth: Depth) -> list[str]:
    reading = read(from_text(text), Wishes(depth=depth))
    return [query.span.of(text) for query in copyedit(reading, [check], strict=True).queries]


def test_a_story_without_capitals_keeps_none() -> None:
    text = "the rain fell. it was cold. i went out. he came. we sat. the wind blew. she left. i slept."
    assert edits(text, capitals.small_letter_starts_sentence) == []
    assert edits(text, capitals.small_i) == []


def test_one_small_letter_among_capitals_is_a_slip() -> None:
    text = "The rain fell. It was cold. i went out. He came. We sat. the wind blew. She left. He slept."
    assert edits(text, capitals.small_letter_starts_sentence) == [("i", "I"), ("t", "T")]
    assert edits(text, capitals.small_i) == [("i", "I")]


def test_older_writers_go_on_after_a_mark() -> None:
    text = "Ah! what a day it was. The king called! he had no horse! he had no men! he had nothing."
    assert edits(text, capitals.small_letter_starts_sentence) == []


def test_an_action_after_an_exclamation_is_a_sentence() -> None:
    text = "“Get out of this house!” he opened the door. “Now!” she cried."
    assert edits(text, capitals.small_letter_starts_sentence) == [("h", "H")]


def test_a_poem_keeps_its_line_ends() -> None:
    text = "There once was a dragon that lived by the sea,\n\nHe slept in the shade of a very tall tree,\n\nAnd then he woke."
    assert edits(text, punctuation.comma_ends_paragraph) == []


def test_a_question_that_ends_in_a_comma_is_asked_about() -> None:
    text = "She looked up and down the empty street. Where had he gone with all of her money,"
    assert edits(text, punctuation.comma_ends_paragraph) == []
    assert queries(text, punctuation.comma_ends_paragraph, "light") == ["money,"]


def test_two_dots_are_a_pause_where_they_are_the_habit() -> None:
    text = "Well.. I never. She left.. He stayed.. They slept.. So it went."
    assert edits(text, punctuation.two_dots) == [("..", "...")] * 4


def test_two_spaces_after_a_stop_are_left_to_one_who_always_puts_them() -> None:
    text = "He ran.  She ran.  They ran.  We ran.  All  ran."
    assert edits(text, spacing.extra_spaces) == [(" ", "")]
    assert edits("He ran.  She ran. They ran. We ran.", spacing.extra_spaces) == [(" ", "")]


def test_one_comma_splice_is_a_matter_of_pace() -> None:
    text = "The wind was cold, the street was empty. Nobody was there."
    assert edits(text, splices.comma_ends_sentence) == []
    assert queries(text, splices.comma_splice, "medium") == [","]


def test_a_tag_among_splices_ends_with_a_stop() -> None:
    text = (
        "“Wake up!” he shouted, she did not move. The snow was deep and cold, he carried her home. "
        "Nobody was at home, he opened the door with his own key."
    )
    assert edits(text, splices.comma_ends_sentence) == [
        (", s", ". S"), (", h", ". H"), (", h", ". H")
    ]  # fmt: skip


def test_wishes_turn_quotes_inside_and_out() -> None:
    text = "\"She said 'no' to me,\" he told them."
    wishes = Wishes(depth="medium", quotes="single", curly=True)
    assert edits(text, house.other_quotes, wishes) == [('"', "‘"), ("'", "“"), ("'", "”"), ('"', "’")]
    assert edits(text, house.mixed_quotes, wishes) == []


def test_a_mark_after_a_dash_closes() -> None:
    text = '"Wait--" she said. "I can\'t."'
    assert edits(text, house.mixed_quotes, Wishes(depth="medium", curly=True)) == [
        ('"', "“"), ('"', "”"), ('"', "“"), ("'", "’"), ('"', "”")
    ]  # fmt: skip


def test_chicago_spaces_its_ellipses() -> None:
    assert edits("He was... late.", house.other_ellipsis, Wishes(depth="medium", ellipsis=". . .")) == [
        ("...", " . . .")
    ]
    assert edits("He was . . . late.", house.other_ellipsis, Wishes(depth="medium", ellipsis="…")) == [(" . . .", "…")]


def test_a_dash_before_a_closing_mark_takes_no_space_after_it() -> None:
    text = "“Wait--” she began. He ran--and fell."
    assert edits(text, house.other_dash, Wishes(depth="medium", dashes="spaced-en")) == [("--", " –"), ("--", " – ")]


def test_a_place_is_not_spoken_to() -> None:
    assert edits("“Thanks. I can meet you Monday,” he said.", commas.vocative_comma) == []


def test_names_are_no_echo() -> None:
    text = "The old Vandermeers came, and the young Vandermeers left. The Vandermeers sat down."
    assert queries(text, style.repeated_word, "medium") == []


def test_the_readers_meaning_becomes_an_edit() -> None:
    reading = read(from_text("We have alot of time."))
    (edit,) = copyedit(reading, [spelling.run_together], strict=True).edits
    assert (edit.span.of(reading.text), edit.replacement) == ("alot", "a lot")
    assert edit.reason == "“alot” should be set apart: “a lot”."
