"""What the story says here and otherwise there: asked about only where it is nearly certain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from betareader.checks import continuity, days, viewpoint
from betareader.checks.check import Check
from betareader.formats import from_text
from betareader.reading import Reading, skim
from betareader.span import Span
from betareader.story.bible import Bible, Character, Fact


def asked(reading: Reading, check: Check) -> list[str]:
    """The words that a check asks about."""
    return [finding.span.of(reading.text) for finding in check.find(reading)]


def reading_of(text: str) -> Reading:
    return skim(from_text(text.replace("¶", "\n\n")))


def looks(text: str, *stated: tuple[str, str]) -> Reading:
    """A reading in which Anna is said to have these looks, each a kind and words that stand in the text once."""
    facts = tuple(
        Fact(about, value, Span(text.index(value), text.index(value) + len(value))) for about, value in stated
    )
    bible = Bible((Character("Anna", (), (), facts=facts),))
    return replace(reading_of(text), bible=bible)


@pytest.mark.parametrize(
    ("about", "first", "second", "expected"),
    [
        ("eyes", "blue", "brown", ["brown"]),
        ("eyes", "dark blue", "pale green", ["pale green"]),
        ("eyes", "blue", "grey", []),
        ("eyes", "hazel", "green", []),
        ("eyes", "blue", "red with weeping", []),
        ("hair", "golden", "jet black", ["jet black"]),
        ("hair", "black", "grey", []),
        ("hair", "dark", "brown", []),
        ("coat", "blue", "brown", []),
    ],
)
def test_looks_are_asked_about_where_nobody_takes_one_for_the_other(
    about: str, first: str, second: str, expected: list[str]
) -> None:
    text = f"Anna had {first} {about}. Long after that, Ben saw her {second} {about}."
    assert asked(looks(text, (about, first), (about, second)), continuity.looks_changed) == expected


def test_of_three_statements_the_odd_one_is_asked_about() -> None:
    text = "Anna had brown eyes. Her blue eyes shone. She shut her sky-blue eyes, and it was night."
    reading = looks(text, ("eyes", "brown"), ("eyes", "blue"), ("eyes", "sky-blue"))
    assert asked(reading, continuity.looks_changed) == ["blue"]


def test_what_somebody_says_of_looks_may_be_wrong() -> None:
    text = "Anna had blue eyes. “Her eyes are brown, I think,” said Ben."
    assert asked(looks(text, ("eyes", "blue"), ("eyes", "brown")), continuity.looks_changed) == []


def test_hair_may_be_dyed() -> None:
    text = "Anna had blond hair. She dyed it, and a week later her black hair shone."
    assert asked(looks(text, ("hair", "blond"), ("hair", "black")), continuity.looks_changed) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was Monday. The next day, Tuesday, it rained.", []),
        ("It was Monday. The next day, Friday, it rained.", ["Friday"]),
        ("It was Monday.¶* * *¶Three days later, on Friday, it rained.", ["Friday"]),
        ("It was Monday.¶* * *¶A few days later, on Friday, it rained.", []),
        ("It was Monday.¶* * *¶It rained.¶* * *¶The next day, Friday, it rained.", []),
        ("On Friday it rained. He left on Monday.", []),
        ("It was Monday. He had come the day before. On Thursday he left.", []),
        ("It was Monday. The next day he would wait, and on Friday he would go.", []),
    ],
)
def test_a_weekday_follows_from_the_days_told(text: str, expected: list[str]) -> None:
    assert asked(reading_of(text), days.weekday_off) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was born on February 30.", ["February 30"]),
        ("He was born on Friday, March 3, 1702.", []),
        ("Tuesday, 4 May: fog. Friday, 7 May: fog still.", []),
        ("Tuesday, 4 May: fog. Saturday, 7 May: fog still.", ["Saturday, 7 May"]),
        ("CHAPTER I¶Tuesday, 4 May: fog.¶CHAPTER II¶Saturday, 7 May: fog still.", []),
    ],
)
def test_a_date_is_in_the_calendar(text: str, expected: list[str]) -> None:
    assert asked(reading_of(text), days.date_in_no_calendar) == expected


GONE = "“Enough,” said Ben. {} ¶“He is angry,” said Anna. ¶“He is hurt,” said Clara. ¶“So am I,” said Anna. ¶{}“It is late,” said Ben."


@pytest.mark.parametrize(
    ("leaves", "between", "expected"),
    [
        ("Ben left the room.", "", ["“It is late,”"]),
        ("Ben strode out.", "", ["“It is late,”"]),
        ("Ben would have left the room.", "", []),
        ("Ben left the room in no doubt.", "Ben came in. ", []),
        ("Ben left the room.", "The door opened. ", []),
        ("Ben left the room.", "An hour later they met. ", []),
        ("Ben looked round the room.", "", []),
    ],
)
def test_who_has_left_does_not_speak(leaves: str, between: str, expected: list[str]) -> None:
    assert asked(reading_of(GONE.format(leaves, between)), continuity.speaks_after_leaving) == expected


def test_one_thought_in_italics_among_many_in_quotation_marks() -> None:
    thoughts = " ".join(f"'I am {how},' Anna thought." for how in ("late", "cold", "lost", "tired", "sorry"))
    text = f'"Hello," said Ben. {thoughts} *I was wrong all along,* Anna thought.'
    reading = skim(from_text(text, format="markdown"))
    assert asked(reading, viewpoint.thoughts_in_two_styles) == ["*I was wrong all along,*"]
