"""What the text states of its people, each fact at its place; and nothing where it is not plain whom it is about."""

from __future__ import annotations

import pytest

from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.story import learn
from betareader.structure import take_apart

_TWO = "“Good morning,” said Marian. Marian sat down. “Good morning,” said Edmund. Edmund nodded.\n\n"


def facts(text: str) -> list[tuple[str, str, str, str]]:
    """Every fact: whose, about what, what is said, and the words it stands in."""
    bible = learn(take_apart(from_text(_TWO + text)), load_lexicon())
    whole = _TWO + text
    return [(each.name, fact.about, fact.value, fact.span.of(whole)) for each in bible.cast for fact in each.facts]


def relations(text: str) -> list[tuple[str, str, str]]:
    """Who is what to whom."""
    bible = learn(take_apart(from_text(_TWO + text)), load_lexicon())
    return sorted((each.name, relation.kind, relation.other) for each in bible.cast for relation in each.relations)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marian's green eyes shone.", ("Marian", "eyes", "green", "Marian's green eyes")),
        ("Marian looked up. Her eyes were grey.", ("Marian", "eyes", "grey", "Her eyes were grey")),
        ("Edmund pushed back his long, black hair.", ("Edmund", "hair", "long, black", "his long, black hair")),
        ("Red-haired Edmund laughed.", None),
        ("They all knew red-haired Edmund.", ("Edmund", "hair", "red-haired", "red-haired Edmund")),
        ("Marian was nineteen years old.", ("Marian", "age", "nineteen", "Marian was nineteen")),
        ("Edmund, 42, drove on.", ("Edmund", "age", "42", "Edmund, 42,")),
        ("Edmund was a young carpenter from the coast.", ("Edmund", "rank", "carpenter", "Edmund was a young carpenter")),
        ("Marian had a small silver locket.", ("Marian", "has", "a small silver locket", "Marian had a small silver locket")),
    ],
)  # fmt: skip
def test_what_is_stated_is_found(text: str, expected: tuple[str, str, str, str] | None) -> None:
    assert facts(text) == ([expected] if expected else [])


@pytest.mark.parametrize(
    "text",
    [
        "Edmund met his uncle. Her eyes were grey.",
        "“Her eyes were blue,” said Edmund.",
        "Edmund was a fool. Edmund was tired, and Edmund was right.",
        "The green door shut.",
    ],
)
def test_what_is_not_plain_is_left(text: str) -> None:
    assert facts(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marian was Edmund's sister.", [("Marian", "sister", "Edmund")]),
        ("Edmund waved. His sister Marian did not see him.", [("Marian", "sister", "Edmund")]),
        ("They met Marian, Edmund's older cousin, at the gate.", [("Marian", "cousin", "Edmund")]),
    ],
)
def test_kin_is_found(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert relations(text) == expected


def test_a_couple_is_husband_and_wife() -> None:
    text = "Mr. and Mrs. Tolliver came. “Well,” said Mr. Tolliver. “Sit,” said Mrs. Tolliver. Mrs. Tolliver sat."
    assert relations(text) == [
        ("Mr. Tolliver", "husband", "Mrs. Tolliver"),
        ("Mrs. Tolliver", "wife", "Mr. Tolliver"),
    ]
