"""The story's own words: names by how they are used, inventions by repetition, never an author's misspellings."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from numpy.typing import NDArray

from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.model.reader import Sheet
from betareader.reading import with_names
from betareader.story import learn
from betareader.story.bible import Bible
from betareader.structure import take_apart


def bible_of(text: str) -> Bible:
    return learn(take_apart(from_text(text)), load_lexicon())


DRAFTS = {
    "run-in dialogue": (
        '"Hey Tavrik!" Osenna banged on the hatch, "Hey Tavrik! Wake up its late!" finaly Tavrik opened it, '
        '"Wat?" he mumbled, "Wat do you want?" Osenna laughed, "Breakfast," "Wich one?" "The secund one," '
        "and Osenna left, wich was just like her,",
        {"Tavrik", "Osenna"},
        {"Wat", "Wich", "wich", "secund", "finaly", "Hey"},
    ),
    "lower-case starts": (
        "the storm came over Quellmoor at nigth. he could not see Quellmoor anymore. becuase of the rain Brannic "
        "stayed in. becuase of the rain nobody came. Brannic waited and Brannic slept.",
        {"Quellmoor", "Brannic"},
        {"becuase", "nigth"},
    ),
    "honorifics": (
        "“Yorimi-san?” the girl said. “Have you seen Katashiro-sama?” Yorimi shook her head. “Katashiro-sama left.”",
        {"Yorimi", "Katashiro"},
        {"Have"},
    ),
    "titles": (
        "He bowed to Captain Vesh. Mr. Ollivand did not bow. “Good evening, Mr. Ollivand,” said Captain Vesh.",
        {"Vesh", "Ollivand"},
        {"Good"},
    ),
    "habitual misspellings": (
        "Their was definately something wrong. She was definately ill. I dont beleive it, he thougt. Do you beleive it? "
        "He thougt so, alot. It hurt alot.",
        set(),
        {"definately", "beleive", "thougt", "alot", "dont"},
    ),
    "misspellings that come back oftener still": (
        "He woold go if he could. She would not. They would wait, and she would sing. " * 5
        + "The gaurdianship was hers. A gaurdianship lasts. No gaurdianship ends. " * 2
        + "The capeas were long, the capes short. " * 5,
        {"capeas"},
        {"woold", "gaurdianship"},
    ),
    "capitals after commas": (
        "He looked up, Wat was that noise? she shrugged, Wen it came again he ran, Wat else could he do?",
        set(),
        {"Wat", "Wen"},
    ),
    "openings": (
        "Wen he came home it was dark. Definately too dark. Thier lamp was out. Becuase of the wind, he thought.",
        set(),
        {"Wen", "Definately", "Thier", "Becuase"},
    ),
    "run together": (
        "Shewas late. Hewas later still. Hewas sure that shewas cold. Shewas. “Im off,” said Ottoline. “Im tired.” “Im not.”",
        {"Ottoline"},
        {"Shewas", "Hewas", "shewas", "Im"},
    ),
    "inventions": (
        "The skarrow circled twice. A second skarrow joined it, and then all the skarrows dived. “Zis is bad,” said "
        "Ilvane. “Zis is very bad, and zis is ze end.”",
        {"skarrow", "skarrows", "Ilvane"},
        set(),
    ),
    "dropped letters": (
        "“I'm goin' home,” Dubrik said. “You goin' too?” Dubrik was always goin' somewhere.",
        {"goin'", "Dubrik"},
        set(),
    ),
    "days and places": (
        "They left on a Wensday in Febuary and came to Englnd by Tusday. It was a Wensday again.",
        set(),
        {"Wensday", "Febuary", "Englnd", "Tusday"},
    ),
    "words as names": (
        "“Are you coming, Rose?” Will asked. She looked at Rose and then at Will. Poor Rose will rise when Will does.",
        {"Rose", "Will"},
        {"Are", "Poor"},
    ),
    "stutter and shout": (
        "“O-Ozwin? OZWIN!” Perrel shouted. “WAT IS IT?” Ozwin called back.",
        {"Ozwin", "OZWIN", "Perrel"},
        {"WAT", "IT"},
    ),
}


@pytest.mark.parametrize(("text", "own", "not_own"), DRAFTS.values(), ids=DRAFTS.keys())
def test_a_draft_gives_its_own_words_and_none_of_its_faults(text: str, own: set[str], not_own: set[str]) -> None:
    words = bible_of(text).own_words
    assert own - words == set()
    assert not_own & words == set()


def test_a_name_met_once_in_a_sentence_is_own_and_not_listed() -> None:
    bible = bible_of("They walked past Jorrigan's mill and on to the sea.")
    assert bible.own_words == {"Jorrigan"}
    assert (bible.cast, bible.places, bible.terms) == ((), (), ())


def test_a_name_in_a_note_is_own() -> None:
    text = "The Long Way\n\nNOTE: For Bexley77, my friend\n\nHe walked home. It was late, and he was tired."
    assert "Bexley77" in bible_of(text).own_words


def test_an_empty_page_teaches_nothing() -> None:
    assert bible_of("") == Bible()


def test_the_parts_of_a_name_are_own_words() -> None:
    bible = bible_of("They climbed Mount Harrel. It was cold on Mount Harrel, so they left Mount Harrel.")
    assert bible.own_words == {"Mount Harrel", "Mount", "Harrel"}
    assert [place.text for place in bible.places] == ["Mount Harrel"]


@pytest.mark.parametrize(
    ("slip", "name"),
    [
        ("Tavvrik", "Tavrik"),
        ("Tavirk", "Tavrik"),
        ("Osena", "Osenna"),
        ("Quelmoor", "Quellmoor"),
    ],
)
def test_a_slip_in_a_name_that_stands_often_is_found(slip: str, name: str) -> None:
    text = f"Then {name} sat. " * 8 + f"Later {slip} slept."
    bible = bible_of(text)
    start = text.index(slip)
    assert [(each.text, each.name, each.span.start, each.span.end) for each in bible.slips] == [
        (slip, name, start, start + len(slip))
    ]
    assert slip not in bible.own_words
    assert bible.slips[0].confidence > 0.9


@pytest.mark.parametrize(
    ("other", "name"), [("Anne", "Anna"), ("Tim", "Tom"), ("Joan", "John"), ("Marcus", "Marius"), ("Smiths", "Smith")]
)
def test_two_names_are_no_slip(other: str, name: str) -> None:
    assert bible_of(f"Then {name} sat. " * 9 + f"Later {other} slept.").slips == ()


def test_two_spellings_in_one_sentence_are_two_names() -> None:
    assert bible_of("Then Velka sat. " * 9 + "But Vellka and Velka slept.").slips == ()


def test_a_title_that_people_bear_is_a_word_of_the_story() -> None:
    assert "ser" in bible_of("Ser Aldwin Torrow knelt. “Rise,” said Ser Aldwin. “I will, ser,” he said.").own_words


PLACED = "They came to Hollin in the rain. Hollin was cold. Nobody had seen Hollin so cold, and Osric wept."


def told(text: str, chances: dict[str, tuple[float, float, float]]) -> Bible:
    """The bible where the reader of sentences gives these words these chances, and read no others."""
    page = take_apart(from_text(text))
    named = [chances.get(span.of(text), (np.nan,) * 3) for span in page.words]
    return learn(page, load_lexicon(), np.array(named, np.float32))


@pytest.mark.parametrize(
    ("chances", "people"),
    [((0.02, 0.95, 0.03), {"Hollin"}), ((0.02, 0.03, 0.95), set()), ((0.98, 0.01, 0.01), set())],
    ids=["person", "place", "neither"],
)
def test_what_a_name_names_is_told_by_the_reader_of_sentences(
    chances: tuple[float, float, float], people: set[str]
) -> None:
    assert {person.name for person in told(PLACED, {"Hollin": chances}).cast} - {"Osric"} == people


def test_a_word_of_the_language_is_a_name_where_the_reader_of_sentences_takes_it_for_one() -> None:
    text = "Badger slept. Badger woke. A badger came."
    assert "Badger" not in {person.name for person in told(text, {}).cast}
    assert "Badger" in {person.name for person in told(text, {"Badger": (0.1, 0.9, 0.0)}).cast}


def test_a_name_met_often_is_what_its_company_says() -> None:
    text = " ".join(["“No,” said Osric. Osric laughed."] * 20)
    assert "Osric" in {person.name for person in told(text, {"Osric": (0.0, 0.0, 1.0)}).cast}


def test_the_bible_asks_the_reader_of_sentences() -> None:
    text = "It was late when they rode into Hollin, and every inn in Hollin was shut. Old Badger spat. “Well?” Badger asked."
    page = take_apart(from_text(text))
    asked: list[tuple[int, int]] = []

    def tell(sheet: Sheet, places: NDArray[np.bool_]) -> NDArray[np.float32]:
        asked.append((len(sheet.at), int(places.sum())))
        return np.full((len(sheet.at), 3), np.nan, np.float32)

    with patch("betareader.reading.tell_names", tell):
        bible = with_names(learn(page, load_lexicon()), page)
    assert asked == [(len(page.words), 3)]
    assert bible == learn(page, load_lexicon())
