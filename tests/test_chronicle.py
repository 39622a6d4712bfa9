"""Scenes with where, when, who and whose eyes; places and things with their kinds."""

from __future__ import annotations

import pytest

from betareader.formats import from_text
from betareader.span import Span
from betareader.story.bible import Bible, Character, Term
from betareader.story.chronicle import Chronicle, chronicle
from betareader.story.scenes import NARRATOR
from betareader.story.speakers import attribute
from betareader.structure import take_apart


def told(text: str, *names: str, places: str = "", terms: str = "") -> Chronicle:
    """The chronicle of a text, with these characters, each with “he” or “she” after a slash, and these places and terms."""
    text = text.replace("¶", "\n\n")
    page = take_apart(from_text(text))
    cast = []
    for name, _, pronouns in (each.partition("/") for each in names):
        starts = [place for place in range(len(text)) if text.startswith(name, place)]
        mentions = tuple(Span(start, start + len(name)) for start in starts)
        cast.append(Character(name, (), mentions, pronouns=pronouns))
    listed = [tuple(Term(name, text.count(name)) for name in filter(None, each.split("|"))) for each in (places, terms)]
    bible = Bible(tuple(cast), listed[0], listed[1])
    return chronicle(page, bible, attribute(page, bible))


LONG = (
    "The rain went on and on over the roofs, and nobody in all the town so much as looked out at it, since it had rained so for weeks. "
    * 4
)


def test_a_scene_begins_where_time_has_gone_by() -> None:
    text = f"Anna came home. {LONG}¶{LONG}¶The next morning Anna went out. {LONG}¶{LONG}"
    scenes = told(text, "Anna/she").scenes
    assert [scene.time for scene in scenes] == ["", "The next morning"]
    assert [scene.day for scene in scenes] == [0, 1]


def test_no_scene_is_made_of_a_line_or_two() -> None:
    text = "Anna came home.¶The next morning Anna went out.¶That night she came back."
    assert len(told(text, "Anna/she").scenes) == 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Anna sat in the kitchen. She had come from the garden.", "the kitchen"),
        ("They walked down the long, dark street.", ""),
        ("They walked down the dark street.", "the dark street"),
        ("“In the kitchen,” she said.", ""),
        ("Anna came into his study and shut the door.", "his study"),
        ("They met in Orrin Bay that spring.", "Orrin Bay"),
    ],
)
def test_where_a_scene_is_set(text: str, place: str) -> None:
    [scene] = told(text, "Anna/she", places="Orrin Bay").scenes
    assert scene.place == place
    assert scene.place_span is None or scene.place_span.of(text) == place


def test_who_is_there() -> None:
    text = (
        "Anna opened the door. “Come in,” she said. Ben nodded to her. “Is Clara here?” asked Ben. "
        "“I thought of Dora,” said Anna. Edith said over the telephone that she was late."
    )
    [scene] = told(text, "Anna/she", "Ben/he", "Clara/she", "Dora/she", "Edith/she").scenes
    assert sorted(scene.present) == ["Anna", "Ben"]


@pytest.mark.parametrize(
    ("text", "viewpoint"),
    [
        ("Anna wondered where he was. She hoped Ben would come. Ben came in.", "Anna"),
        ("Anna wondered where he was. Ben hoped that Anna was late. Anna knew better. Ben feared the worst.", None),
        ("I came in and I sat down. Anna looked at me, and I looked away.", NARRATOR),
        ("Anna sat. Ben stood.", None),
    ],
)
def test_through_whose_eyes_a_scene_is_seen(text: str, viewpoint: str | None) -> None:
    assert [scene.viewpoint for scene in told(text, "Anna/she", "Ben/he").scenes] == [viewpoint]


def test_the_gist_is_what_only_this_scene_speaks_of() -> None:
    text = "She lit the lantern. The lantern was old, and the lamp was dark.¶* * *¶She found the anchor. The anchor was red, and the lamp was lit."
    assert [scene.gist[0] for scene in told(text).scenes] == ["lantern", "anchor"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They came to Harrow Street.", "Harrow Street", "street"),
        ("They saw Mount Orrin.", "Mount Orrin", "land"),
        ("They came to the village of Orrin. The village of Orrin slept.", "Orrin", "town"),
        ("They went aboard the Orrin. The crew of the Orrin cheered.", "Orrin", "ship"),
        ("They joined the Harrow Club.", "Harrow Club", "organisation"),
        ("They came to Orrin.", "Orrin", "place"),
    ],
)
def test_a_place_or_a_thing_has_a_kind(text: str, name: str, kind: str) -> None:
    found = told(text, places=name)
    [thing] = found.places + found.things
    assert (thing.name, thing.kind, {span.of(text) for span in thing.mentions}) == (name, kind, {name})


def test_terms_have_kinds() -> None:
    text = "The gloaming-stone shone. Two Harrowmen saw it. The Harrowmen were afraid, and the Lord Warden spoke to HQ."
    found = told(text, terms="gloaming-stone|Harrowmen|HQ")
    assert [(thing.name, thing.kind) for thing in found.things] == [
        ("Harrowmen", "name"),
        ("HQ", "initials"),
        ("gloaming-stone", "word"),
    ]
