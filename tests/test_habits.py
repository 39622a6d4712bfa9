"""Habits: the conventions of a manuscript, found by counting, and settled with the writer's wishes."""

from __future__ import annotations

from betareader.formats import from_text
from betareader.story.habits import Habit, find, settle
from betareader.structure import take_apart
from betareader.structure.page import Page
from betareader.style import Stet, Style, Wishes


def page(text: str) -> Page:
    return take_apart(from_text(text))


def test_a_page_that_shows_every_habit() -> None:
    text = (
        "‘My neighbour has the colour of a grey cat,’ Joan said – and laughed.\n\n"
        "‘Has he a dog, a cat, and a theatre…?’ asked Pat.\n\n"
        "‘He has the plough, the pump, and the realised dream… and no shame, no luck, and no honour.’"
    )
    assert find(page(text)) == (
        Habit("spelling", "uk", (("uk", 7),)),
        Habit("quotes", "single", (("single", 3),)),
        Habit("curly", "curly", (("curly", 6),)),
        Habit("dashes", "spaced-en", (("spaced-en", 1),)),
        Habit("ellipsis", "…", (("…", 2),)),
        Habit("serial_comma", "always", (("always", 3),)),
        Habit("thoughts", "", ()),
    )


def test_a_page_that_shows_none() -> None:
    assert settle(page("He ran."), Wishes()) == Style()


def test_too_little_or_too_mixed_settles_nothing() -> None:
    habits = {habit.name: habit for habit in find(page("The color of honor. The colour of honour."))}
    assert habits["spelling"] == Habit("spelling", "", (("uk", 2), ("us", 2)))
    habits = {habit.name: habit for habit in find(page("The color of the cat."))}
    assert habits["spelling"] == Habit("spelling", "", (("us", 1),))


def test_a_lone_hyphen_is_no_dash() -> None:
    assert settle(page("He ran - she did not - and fell."), Wishes()).dashes == "em"


def test_wishes_have_the_last_word() -> None:
    wishes = Wishes(depth="heavy", quotes="single", curly=False, words=frozenset({"Zarn"}), stet=(Stet("lone_i"),))
    assert settle(page("“I can’t,” she said—and left."), wishes) == Style(
        depth="heavy", quotes="single", curly=False, dashes="em", words=frozenset({"Zarn"}), stet=(Stet("lone_i"),)
    )


def test_names_say_nothing_of_spelling() -> None:
    assert find(page("Gray met Grey at the Globe Theatre, by the Harbour."))[0] == Habit("spelling", "", ())
