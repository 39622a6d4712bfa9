"""People without a name: the one who tells the story, and those steadily described."""

from __future__ import annotations

from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.story import learn
from betareader.story.bible import Character
from betareader.structure import take_apart


def cast_of(text: str) -> dict[str, Character]:
    return {each.name: each for each in learn(take_apart(from_text(text)), load_lexicon()).cast}


def test_who_speaks_by_a_description_again_and_again_is_in_the_cast() -> None:
    text = (
        "“Two coins,” said the ferryman. He held out his hand.\n\n“One,” said Odrun.\n\n“Two,” the ferryman repeated. "
        "Odrun looked at the old ferryman and paid."
    )
    ferryman = cast_of(text)["the ferryman"]
    assert [span.of(text) for span in ferryman.mentions] == ["the ferryman", "the ferryman", "the old ferryman"]
    assert ferryman.pronouns == "he"


def test_who_speaks_once_by_a_trade_is_in_the_cast_and_a_letter_that_says_something_is_not() -> None:
    text = "“Two coffees,” said the waiter.\n\n“One,” said Odrun. “Come home,” the letter said. Odrun paid the waiter."
    assert sorted(cast_of(text)) == ["Odrun", "the waiter"]


def test_a_title_alone_is_the_one_who_bears_it() -> None:
    text = (
        "“Halt,” said Captain Vesh. Captain Vesh stood still. “Who goes there?” asked the captain. Nobody spoke. "
        "“Well?” said the captain."
    )
    assert cast_of(text)["Vesh"].aliases == ("the captain",)


def test_anybody_is_nobody() -> None:
    assert cast_of("“Yes,” said the man. “No,” said the man. “Perhaps,” said the woman.") == {}


def test_the_one_who_tells_the_story_is_who_the_others_call_by_name() -> None:
    text = (
        "I came home late, and I was tired. “Hello, Petra,” said Odrun. I sat down. “Are you well, Petra?” he asked. "
        "I said that I was. “Good night, Petra,” said Odrun, and I went upstairs."
    )
    assert cast_of(text)["Petra"].aliases == ("I",)


def test_one_who_is_never_called_by_name_is_i() -> None:
    text = "I came home, and I sat down. I was tired. I said nothing, and I slept. “Well?” said Odrun. Odrun left."
    assert sorted(cast_of(text)) == ["I", "Odrun"]


def test_a_description_set_beside_a_name_is_the_same_person() -> None:
    text = "“Go,” said the matron. Nobody went. “Go,” said the matron. Mrs. Corney, the matron, rose. “So,” said Mrs. Corney."
    assert "the matron" in cast_of(text)["Mrs. Corney"].aliases


def test_whom_the_narrator_calls_by_kinship_is_a_person() -> None:
    text = (
        "I came home, and I was tired. “Well?” said my uncle. I sat down. “Speak up,” said my uncle. I said nothing. "
        "My uncle sighed, and I looked away. “Go to bed,” said Odrun, and I went. I slept. Odrun slept."
    )
    assert cast_of(text)["my uncle"].pronouns == "he"


def test_kin_set_beside_a_name_is_the_same_person() -> None:
    text = (
        "I came home, and I was tired. “Well?” said my aunt. I sat down. “Speak up,” said my aunt. I said nothing. "
        "My aunt, Odrun, sighed, and I looked away. “Go to bed,” said Odrun, and I went. I slept. Odrun slept."
    )
    assert "my aunt" in cast_of(text)["Odrun"].aliases
