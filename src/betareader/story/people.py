"""Who a name, a pronoun or a noun may mean, as far as its form tells."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from betareader.story.bible import Bible
    from betareader.story.tags import Subject

Gender = Literal["he", "she", "they", "I", "you", "it", "?"]
Relation = Literal["same", "other", "fits", "clashes", "unknown"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PRONOUN_GENDER: dict[str, Gender] = {
    "he": "he",
    "she": "she",
    "they": "they",
    "we": "they",
    "i": "I",
    "you": "you",
    "it": "it",
}
_HE_TITLES = _set("Mr Sir Lord Uncle Father Brother King Prince Monsieur Herr Signor Master Count Duke Baron")
_SHE_TITLES = _set("Mrs Ms Miss Lady Aunt Mother Sister Queen Princess Madame Mademoiselle Frau Countess Duchess")
_RANKS = _set("Dr Doctor Captain Colonel Major General Professor Inspector Sergeant Judge Old Young Little Poor")
_HE_NOUNS = _set(
    "man boy father brother son uncle grandfather husband gentleman king prince lad guy dad grandpa nephew lord waiter "
    "priest sir fellow chap policeman butler monk knight emperor duke count baron stepfather widower "
    "boyfriend salesman clergyman footman sailor"
)
_SHE_NOUNS = _set(
    "woman girl mother sister daughter aunt grandmother wife lady queen princess mom mum grandma niece maid nun widow "
    "actress waitress nurse duchess countess stepmother lass girlfriend hostess housekeeper witch"
)
_ROLES = _set(
    "abbess abbot acrobat actor admiral agent alien ambassador android angel announcer apothecary apprentice artist "
    "assistant astronomer attendant attorney auctioneer author baby bailiff baker bandit banker barber barista barmaid "
    "barman baron baroness barrister bartender beggar bishop blacksmith boarder boatman boatswain bouncer bride bridegroom "
    "broker burglar butcher buyer cabdriver cabman captain caretaker carpenter cashier chairman chauffeur chemist chief "
    "choirboy clergyman clerk client clown coachman colonel comedian commander commissioner concierge conductor constable "
    "consul convict cook cop coroner corporal count countess courier cousin cowboy critic curate curator customer cyborg "
    "dancer deacon demon dentist deputy detective devil diplomat director doctor doorman dramatist driver druggist duchess "
    "duke dwarf earl editor electrician elf engineer envoy executioner expert fairy farmer ferryman fiddler fisherman "
    "foreigner foreman friar gamekeeper gaoler gardener gatekeeper general ghost giant gnome goblin governess granddaughter "
    "grandson grocer groom guard guardian guardsman guest guide hacker hangman headmaster headmistress heir heiress "
    "helmsman herald herdsman hermit highwayman historian host hunter infant innkeeper inquirer inspector instructor "
    "intruder invalid jailer janitor jester jeweler jeweller journalist judge juggler king knight landlady landlord lawyer "
    "librarian lieutenant lodger lookout lord magician magistrate major manager marine marquess marquis marshal mason mate "
    "matron mayor mechanic medic merchant messenger miller miner minister missionary monk motorman musician narrator "
    "navigator neighbor neighbour nephew newcomer niece notary novelist nun nurse nursemaid observer officer operator "
    "oracle orator orderly orphan page painter paramedic parson passenger pastor patient peasant peddler pedlar philosopher "
    "photographer physician physicist pianist pilot pirate plumber poet porter postman preacher president priest prince "
    "princess printer prisoner private professor programmer prophet proprietor proprietress publican publisher pugilist "
    "queen rabbi rancher ranger receptionist rector referee reporter robber robot sailor salesman saleswoman scholar "
    "schoolboy schoolmaster schoolmistress scientist scout sculptor seaman secretary seller senator sentinel sentry "
    "sergeant servant settler sexton shepherd sheriff shopgirl shopkeeper shopman singer skipper smith smuggler soldier "
    "solicitor sorcerer stationmaster stepdaughter stepson steward stoker stranger student superintendent surgeon tailor "
    "teacher technician tenant thief tourist tramp trapper traveler traveller trooper trucker trustee turnkey tutor twin "
    "typist undertaker usher vagabond valet verger vicar viscount visitor waiter warden watchman widow widower witch wizard "
    "woodcutter woodman workman writer youngster youth"
)
"""Nouns of people by what they do or are."""
_HE: Gender = "he"
_SHE: Gender = "she"
_UNKNOWN: Gender = "?"
_TITLE_GENDER = dict.fromkeys(_HE_TITLES, _HE) | dict.fromkeys(_SHE_TITLES, _SHE)
_NOUN_GENDER = dict.fromkeys(_HE_NOUNS, _HE) | dict.fromkeys(_SHE_NOUNS, _SHE)
_NAME_THEN_PRONOUN = re.compile(r"\b([A-Z][a-z]+)\b[^.!?“”\"A-Z\n]{1,50}?\b(he|him|his|himself|she|her|hers|herself)\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody a clause speaks of; `names` are the parts of the name that tell."""

    names: frozenset[str]
    gender: Gender
    noun: str = ""


class Genders:
    """The genders a story gives its names, learnt from the pronouns that follow them."""

    def __init__(self, text: str) -> None:
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for name, pronoun in _NAME_THEN_PRONOUN.findall(text):
            counts[name]["he" if pronoun.startswith("h") and not pronoun.startswith("her") else "she"] += 1
        self._known: dict[str, Gender] = {}
        for name, seen in counts.items():
            if seen["he"] >= 2 * seen["she"] + 2:
                self._known[name] = "he"
            elif seen["she"] >= 2 * seen["he"] + 2:
                self._known[name] = "she"

    def of(self, name: str) -> Gender:
        """The gender of one word of a name."""
        return self._known.get(name, "?")


def person_of(subject: Subject, genders: Genders, aliases: Mapping[str, str]) -> Person:
    """The person a subject names; `aliases` leads from a form of a name to the fullest one."""
    if subject.kind == "pronoun":
        return Person(frozenset(), _PRONOUN_GENDER[subject.text.lower()])
    words = _WORD.findall(subject.text)
    if subject.kind == "name":
        gender = next((_TITLE_GENDER[word] for word in words if word in _TITLE_GENDER), _UNKNOWN)
        parts = [word for word in words if word not in _TITLE_GENDER and word not in _RANKS] or words
        if gender == "?":
            gender = next((found for word in parts if (found := genders.of(word)) != "?"), _UNKNOWN)
        full = aliases.get(subject.text) or aliases.get(parts[0], "")
        return Person(frozenset(parts) | frozenset(full.split()), gender)
    nouns = [word.lower() for word in words[1:]]
    owner = words[0] if words and words[0].endswith(("'s", "’s")) else ""
    if owner and not any(noun in _NOUN_GENDER for noun in nouns):
        return Person(frozenset([owner[:-2]]), genders.of(owner[:-2]))
    if words and words[0].lower() in ("his", "her", "my", "their") and not any(noun in _NOUN_GENDER for noun in nouns):
        owners: dict[str, Gender] = {"his": "he", "her": "she", "my": "I", "their": "they"}
        return Person(frozenset(), owners[words[0].lower()])
    gender = next((_NOUN_GENDER[noun] for noun in nouns if noun in _NOUN_GENDER), _UNKNOWN)
    return Person(frozenset(), gender, nouns[-1] if nouns else "")


def relation(one: Person | None, two: Person | None) -> Relation:
    """Whether two mentions may be of one person: surely, surely not, perhaps."""
    if one is None or two is None:
        return "unknown"
    if one.names and two.names:
        return "same" if one.names & two.names else "other"
    if "?" in (one.gender, two.gender):
        if one.noun and one.noun == two.noun:
            return "same"
        if "I" in (one.gender, two.gender):
            return "clashes"
        return "unknown"
    if one.gender != two.gender:
        return "clashes"
    if one.gender == "I" or (one.noun and one.noun == two.noun):
        return "same"
    return "fits"


def noun_gender(noun: str) -> str:
    """The gender of a noun for a person: “he”, “she”, or “?”."""
    if noun.endswith(("woman", "ladyship", "lady")):
        return _SHE
    if noun.endswith(("man", "lordship", "boy")):
        return _HE
    return _NOUN_GENDER.get(noun, _UNKNOWN)


def is_role(noun: str) -> bool:
    """Whether a noun is one for a person."""
    return noun in _ROLES or noun_gender(noun) != _UNKNOWN or noun.endswith(("master", "mistress", "maid", "keeper"))


def aliases_of(bible: Bible) -> dict[str, str]:
    """From every form of a character's name to the fullest one."""
    return {form: person.name for person in bible.cast for form in (person.name, *person.aliases)}
