"""A tiny story and all that a bible can tell of it, made by hand, for the tests of the bible's page, record and pictures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

from betareader import formats
from betareader.reading import Reading, Word
from betareader.span import Span
from betareader.story.bible import Bible, Character, Fact, Relation, Term
from betareader.story.chronicle import Chronicle
from betareader.story.places import Thing
from betareader.story.scenes import Setting
from betareader.story.timeline import Moment
from betareader.structure import take_apart
from betareader.style import Style

Told = Literal["explicit", "anaphoric", "implicit"]

TEXT = """The Ferry

Captain Ana Reed had grey eyes, they said. "It's late," she said. "The ferry won't wait."

"Let it," Annie's brother Tom said.

*

The next morning Anne stood in Port Ellis.

"Tom?"

_He is gone_, she thought.
"""


def at(words: str, after: int = 0) -> Span:
    """Where the words stand in the story, the first time after a place."""
    start = TEXT.index(words, after)
    return Span(start, start + len(words))


def reading(text: str = TEXT) -> Reading:
    """A reading of the story, with a bible and a chronicle."""
    manuscript = formats.from_text(text, Path("ferry.txt"))
    page = take_apart(manuscript)
    ana = Character(
        "Ana Reed",
        ("Annie",),
        (at("Ana Reed"), at("Annie"), at("Anne")),
        variants=("Anne",),
        titles=("Captain",),
        pronouns="she",
        relations=(Relation("sister", "Tom Reed", at("Annie's brother Tom")),),
        facts=(Fact("eyes", "grey", at("grey eyes")),),
    )
    tom = Character("Tom Reed", ("Tom",), (at("Tom"), at("Tom", TEXT.index("Ellis"))))
    told: list[tuple[str | None, str | None, Told | None, float]] = [
        ("Ana Reed", "Tom Reed", "anaphoric", 0.97),
        ("Ana Reed", "Tom Reed", "anaphoric", 0.97),
        ("Tom Reed", "Ana Reed", "explicit", 0.99),
        (None, None, None, 0.0),
        ("Ana Reed", None, "anaphoric", 0.9),
    ]
    thought = replace(page.passages[0], span=at("_He is gone_"), inner=at("He is gone"), voice="thought")
    passages = [passage for passage in page.passages if passage.voice == "speech"]
    spoken = [
        replace(passage, speaker=speaker, addressee=addressee, told=how, sure=sure)
        for passage, (speaker, addressee, how, sure) in zip([*passages, thought], told, strict=True)
    ]
    one, two = page.scenes
    first = Setting(one.number, one.chapter, one.span, present=("Ana Reed", "Tom Reed"), gist=("ferry",), day=0)
    second = Setting(
        two.number,
        two.chapter,
        two.span,
        place="Port Ellis",
        place_span=at("Port Ellis"),
        time="the next morning",
        time_span=at("The next morning"),
        day=1,
        present=("Ana Reed",),
        viewpoint="Ana Reed",
    )
    chronicle = Chronicle(
        (first, second),
        (
            Moment(at("late"), "late", "hour", 1, day=0),
            Moment(at("The next morning"), "The next morning", "day", 2, day=1, moves=True),
        ),
        (Thing("Port Ellis", "town", (at("Port Ellis"),)),),
        (Thing("ferry", "ship", (at("ferry"),)),),
    )
    bible = Bible((ana, tom, Character("Wil", (), (at("wait"),))), (), (Term("Port Ellis", 1), Term("wherry", 3)))
    words = tuple(Word(span, span.of(text), True) for span in page.words)
    return Reading(
        manuscript,
        page.paragraphs,
        page.sentences,
        words,
        tuple(spoken),
        page.scenes,
        bible,
        Style(),
        chronicle=chronicle,
    )
