"""Places, things and terms, and what kind of place or thing each is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from betareader.span import Span
from betareader.story.company import KNOWN_PLACES, TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from betareader.story.bible import Bible, Term
    from betareader.structure.page import Page


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_KINDS: dict[str, frozenset[str]] = {
    "street": _words("street road avenue lane square row alley boulevard drive terrace crescent plaza highway place circus rue quay"),
    "water": _words("river lake sea ocean bay creek falls cove pond canal strait sound gulf harbor harbour stream lagoon channel"),
    "land": _words(
        "mount mountain mountains hill hills forest wood woods island islands isle isles valley desert heath moor pass plain plains "
        "ridge cape beach coast cliff cliffs canyon meadow marsh swamp park garden gardens common field fields farm ranch grove"
    ),
    "town": _words("city town village borough district quarter suburb county parish port market harbor settlement colony"),
    "country": _words("kingdom empire republic province land lands realm world planet state states country duchy"),
    "building": _words(
        "house hall inn castle tower bridge church cathedral abbey temple palace hospital station court gate gates fort keep manor "
        "cottage villa mansion lodge theatre theater museum library hotel tavern pub bar café cafe restaurant shop store mill prison "
        "jail barracks lighthouse chapel priory rectory vicarage apartments flats building works factory mine stadium arena casino"
    ),
    "school": _words("school academy college university institute"),
    "ship": _words("ship schooner brig frigate steamer yacht boat vessel cruiser starship freighter liner submarine"),
    "organisation": _words(
        "club society company army navy police office ministry union bank league order guild council committee corps brigade regiment "
        "bureau department agency trust brothers sons press association institution foundation fund senate parliament congress government federation "
        "alliance union embassy ministry"
    ),
    "title": _words(
        "majesty highness lordship ladyship excellency prince princess minister king queen duke duchess comte count marquis marquise "
        "vicar prefect magistrate commissary chancellor regent commander captain colonel general admiral president secretary"
    ),
    "event": _words("war battle revolution festival feast ball fair games race derby cup day christmas easter halloween"),
    "paper": _words("times mail herald gazette news journal chronicle tribune telegraph courier review magazine bible"),
    "train": _words("express train limited flyer"),
}  # fmt: skip
_KIND_OF = {word: kind for kind, words in reversed(_KINDS.items()) for word in words}
_FIRST_WORDS = {
    "villa": "building",
    "castle": "building",
    "château": "building",
    "rue": "street",
    "hotel": "building",
    "mount": "land",
    "lake": "water",
    "fort": "building",
    "cape": "land",
    "port": "town",
    "saint": "town",
}
_NOUN = rf"(?P<noun>{'|'.join(sorted(_KIND_OF, key=len, reverse=True))})"
_OF = re.compile(rf"\b{_NOUN} (?:of|called|named) (?:the )?\Z")
_IN_APPOSITION = re.compile(rf", (?:a|an|the|our|that|their|his|her) (?:[a-z-]+ ){{0,3}}?{_NOUN}\b")
_ABOARD = re.compile(
    r"\b(?:[Aa]board|[Oo]n board|crew of|deck of|decks of|captain of|master of|hold of|hull of) (?:the )?\Z"
)
_OF_A_SHIP = re.compile(r"[’']s? (?:hull|crew|decks?|captain|engines?|guns|hold|bow|stern|masts?|sails|boats?|orbit)\b")
_OF_PEOPLE = re.compile(r"\b(?:[Tt]wo|[Tt]hree|[Ss]ome|[Mm]any|[Tt]hose|[Tt]hese|[Oo]ther|[Ff]ew) \Z")
_PLURAL = re.compile(r" (?:were|are|have|themselves)\b")
_NEXT_WORD = re.compile(r" (?:de |von |of |du )?([A-Z]\w+)")
_SEEN = 40
"""Mentions looked at to tell what a name names."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A place, a thing or a term of the story: its name, its kind (“street”, “ship”, “title”), and where it stands.

    The kind is “place” or “name” where the text does not tell more.
    """

    name: str
    kind: str
    mentions: tuple[Span, ...]


def find_things(page: Page, bible: Bible) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
    """The places and the other things of the bible with their kinds and mentions, those that stand most often first."""
    mentions = _mentions(page, [term.text for term in (*bible.places, *bible.terms)])
    people = frozenset(word for person in bible.cast for word in person.name.split())
    places = [_thing(page.text, term, mentions[term.text], people, "place") for term in bible.places]
    things = [_thing(page.text, term, mentions[term.text], people, "name") for term in bible.terms]
    moved = [thing for thing in places if thing.kind in ("ship", "paper", "event", "organisation", "title", "people")]
    found = [thing for thing in places if thing not in moved], things + moved
    by_count = [tuple(sorted(each, key=lambda thing: (-len(thing.mentions), thing.name))) for each in found]
    return by_count[0], by_count[1]


def _mentions(page: Page, names: Iterable[str]) -> dict[str, list[Span]]:
    """Where each name stands; of two that begin in one place, only the longer one does."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        by_first[re.split(r"[ ’'-]", name, maxsplit=1)[0]].append(name)
    found: dict[str, list[Span]] = defaultdict(list)
    text, last = page.text, 0
    for word in page.words:
        first = text[word.start : word.end]
        for name in by_first.get(first) or by_first.get(re.split(r"[’'-]", first, maxsplit=1)[0]) or ():
            end = word.start + len(name)
            if word.start >= last and text.startswith(name, word.start) and not text[end : end + 1].isalnum():
                found[name].append(Span(word.start, end))
                last = end
                break
    return found


def _thing(text: str, term: Term, mentions: Sequence[Span], people: frozenset[str], otherwise: str) -> Thing:
    return Thing(term.text, _kind(text, term.text, mentions, people, otherwise), tuple(mentions))


def _kind(text: str, name: str, mentions: Sequence[Span], people: frozenset[str], otherwise: str) -> str:
    """What a name names, by its own last word, or else by what is said beside it."""
    first, _, last = name.lower().rpartition(" ")
    if last in _KIND_OF and name[0].isupper():
        return _KIND_OF[last]
    if first.split(" ")[0] in _FIRST_WORDS:
        return _FIRST_WORDS[first.split(" ")[0]]
    if not name[0].isupper():
        return "word"
    if name.isupper() and len(name) <= 5:
        return "initials"
    votes: Counter[str] = Counter()
    for span in mentions[:_SEEN]:
        before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 50]
        named = _OF.search(before) or _IN_APPOSITION.match(after)
        if named:
            votes[_KIND_OF[named["noun"]]] += 2
        votes["ship"] += 2 * bool(_ABOARD.search(before))
        votes["ship"] += bool(_OF_A_SHIP.match(after))
        votes["people"] += bool(name.endswith("s") and (_OF_PEOPLE.search(before) or _PLURAL.match(after)))
        borne = _NEXT_WORD.match(after)
        votes["title"] += bool(borne and borne[1] in people and otherwise == "name")
    if name.lower() in KNOWN_PLACES:
        return "place"
    if name.lower() in TITLES:
        return "title"
    kind, count = max(votes.items(), key=lambda vote: vote[1], default=("", 0))
    return kind if count >= max(2, 0.25 * min(len(mentions), _SEEN)) else otherwise
