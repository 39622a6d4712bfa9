"""The story bible: learnt from the manuscript, never typed in."""

from __future__ import annotations

from dataclasses import dataclass

from betareader.span import Span


@dataclass(frozen=True, slots=True)
class Relation:
    """What one person is to another, as the text states it: `kind` “mother”, `other` whose mother, by the name in the cast."""

    kind: str
    other: str
    span: Span


@dataclass(frozen=True, slots=True)
class Fact:
    """Something stated of a person: `about` eyes, hair, age, rank, has and the like, with what is said of it."""

    about: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Character:
    """A person in the story: the fullest name used, the other forms, and every place one stands.

    `variants` are misspelt forms, `titles` stand before the name somewhere (“Captain”), `pronouns` is “he”, “she” or
    “they”, and empty where the text does not tell.
    """

    name: str
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]
    variants: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    pronouns: str = ""
    relations: tuple[Relation, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A place or an invented word that the story uses as its own."""

    text: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Slip:
    """A form that stands once or twice where another stands often: `text` should most likely be `name`."""

    span: Span
    text: str
    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Bible:
    """Who and what this story is about.

    `words` are further single words of the story's own, too slight to list: names met once, dialect kept.
    """

    cast: tuple[Character, ...] = ()
    places: tuple[Term, ...] = ()
    terms: tuple[Term, ...] = ()
    slips: tuple[Slip, ...] = ()
    words: frozenset[str] = frozenset()

    @property
    def own_words(self) -> frozenset[str]:
        """Every name, alias, place and term, as written, and each capitalised word in them: never to be flagged."""
        forms = {form for person in self.cast for form in (person.name, *person.aliases)}
        forms.update(term.text for term in (*self.places, *self.terms))
        parts = {part.rstrip(".") for form in forms if " " in form for part in form.split() if part[:1].isupper()}
        return frozenset((forms | parts | self.words) - {"I"})
