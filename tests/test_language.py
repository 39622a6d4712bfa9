"""The words of English: what is one, what it sounds like, what it could have been meant to be."""

from __future__ import annotations

import numpy as np
import pytest

from betareader.language.english import is_english
from betareader.language.letters import distances, sheet
from betareader.language.lexicon import load_lexicon
from betareader.language.nearby import load_nearby
from betareader.language.proposals import with_apostrophe
from betareader.language.sound import readings, said_as, sound_key
from betareader.language.verbs import regular_base, regular_past


@pytest.mark.parametrize(
    "word", ["house", "House", "don't", "don’t", "dog's", "London", "selfie", "gonna", "colour", "color", "hmph"]
)
def test_words_are_known(word: str) -> None:
    assert load_lexicon().knows(word)


@pytest.mark.parametrize("word", ["disapointing", "everytime", "alot", "theway", "Zarnov", "teh"])
def test_misspellings_and_inventions_are_not(word: str) -> None:
    assert not load_lexicon().knows(word)


@pytest.mark.parametrize(
    ("one", "other"),
    [("knocked", "nocked"), ("which", "wich"), ("weather", "whether"), ("phone", "fone"), ("cried", "cryed")],
)
def test_words_said_alike_share_a_key(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


def test_a_likelier_slip_costs_less() -> None:
    rows, lengths = sheet(["freind", "freind"])
    meant, meant_lengths = sheet(["friend", "fiend"])
    friend, fiend = distances(rows, lengths, meant, meant_lengths)
    assert friend < fiend
    same, _ = distances(rows, lengths, rows, lengths)
    assert same == 0


def test_the_costs_of_a_pair_do_not_hang_on_its_neighbours() -> None:
    words, others = ["wich", "uncounciouse", "a"], ["which", "unconscious", "I"]
    rows, lengths = sheet(words)
    meant, meant_lengths = sheet([other.lower() for other in others])
    together = distances(rows, lengths, meant, meant_lengths)
    alone = [distances(rows[[n]], lengths[[n]], meant[[n]], meant_lengths[[n]])[0] for n in range(3)]
    assert np.allclose(together, alone)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("nocked", "knocked"),
        ("disapeared", "disappeared"),
        ("wierd", "weird"),
        ("calander", "calendar"),
        ("strenth", "strength"),
    ],
)
def test_what_was_meant_is_among_the_nearest(wrong: str, right: str) -> None:
    words = load_lexicon().words
    assert right in [words[near.place] for near in load_nearby().find([wrong])[0][:3]]


def test_a_listed_misspelling_may_be_two_words() -> None:
    assert "a lot" in load_nearby().listed("alot")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yo'ure", ["you're"]),
        ("Sh’es", ["she's"]),
        ("wif'es", ["wife's"]),
        ("doctors'", []),
        ("o'clock", []),
        ("ponies", []),
    ],
)
def test_an_apostrophe_astray_is_put_where_it_belongs(written: str, meant: list[str]) -> None:
    lexicon = load_lexicon()
    assert [lexicon.words[place] for place in with_apostrophe(written, lexicon)] == meant


def test_english_is_told_from_its_neighbours() -> None:
    assert is_english("It was a dark night and she did not know what to do with the rest of it. " * 4)
    assert is_english("wat do yu want, i dont no were she is, and he sed that it was teh end of it all for them " * 3)
    assert is_english("Zut alors!")
    assert not is_english(
        "Der Mann ging langsam durch die Straße, und niemand wusste, wohin er wollte oder warum. " * 6
    )
    assert not is_english("La ragazza camminava lungo la strada e nessuno sapeva dove volesse andare quella sera. " * 6)


@pytest.mark.parametrize(
    "wrong, right",
    [
        ("enuff", "enough"),
        ("tecneek", "technique"),
        ("laffed", "laughed"),
        ("thort", "thought"),
        ("nolej", "knowledge"),
        ("tradishon", "tradition"),
    ],
)
def test_a_word_spelt_by_ear_is_found_by_how_the_right_one_is_said(wrong: str, right: str) -> None:
    lexicon = load_lexicon()
    assert right in {lexicon.words[near.place] for near in load_nearby().find([wrong])[0]}


def test_a_word_is_said_as_it_is_read_aloud() -> None:
    assert said_as("T EH K N IY K".split()) in readings("tecneek")
    assert said_as("TH AO T".split()) in readings("thort")
    assert said_as("R IH S T".split()) not in readings("rocked")


@pytest.mark.parametrize(
    "base, past", [("nod", "nodded"), ("carry", "carried"), ("plan", "planned"), ("walk", "walked")]
)
def test_the_past_of_a_regular_verb_leads_back_to_its_base(base: str, past: str) -> None:
    knows = load_lexicon().knows
    assert regular_past(base, knows) == past
    assert regular_base(past, knows) == base


def test_a_noun_has_no_past() -> None:
    assert regular_past("bravery", load_lexicon().knows) is None
