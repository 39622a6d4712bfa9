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
    "captain newcomer waiter doctor clerk cook secretary chauffeur invalid farmer driver author stationmaster lawyer expert "
    "sergeant porter guard professor judge merchant minister officer chief operator youth servant landlord landlady novelist "
    "assistant engineer agent colonel youngster poet reporter manager concierge guide surgeon announcer navigator intruder general "
    "attendant proprietor proprietress detective writer student valet foreman banker pugilist steward auctioneer constable inquirer "
    "commander marshal cabman artist peasant schoolboy director jeweller jeweler narrator singer instructor orator trustee "
    "electrician thief gnome orderly barmaid referee workman marquis motorman comedian smuggler hunter admiral curator journalist "
    "chairman parson hermit guardian viscount bishop curate dramatist vicar wizard sorcerer mate negro deputy warden diplomat "
    "president scientist lieutenant deacon baker doorman neighbor neighbour undertaker nursemaid patient teacher pilot commissioner "
    "observer physicist coachman groom gardener grocer butcher tailor shopkeeper innkeeper publican bartender barman barber "
    "physician dentist chemist druggist apothecary nurse matron governess tutor schoolmaster schoolmistress headmaster headmistress "
    "librarian editor publisher printer photographer painter sculptor musician pianist fiddler conductor actor dancer magician "
    "clown acrobat juggler soldier corporal private major inspector superintendent sheriff ranger jailer gaoler turnkey prisoner "
    "convict robber burglar highwayman pirate bandit beggar tramp vagabond pedlar peddler gypsy fisherman ferryman boatman boatswain "
    "skipper helmsman lookout stoker sailor seaman marine cabdriver conductor guardsman sentry sentinel scout messenger postman "
    "courier herald envoy ambassador consul senator mayor magistrate coroner bailiff solicitor barrister attorney notary broker "
    "usher janitor caretaker watchman gatekeeper gamekeeper woodman woodcutter miller smith blacksmith carpenter mason plumber "
    "mechanic shepherd herdsman cowboy rancher settler trapper miner foreigner stranger traveller traveler tourist passenger visitor "
    "guest host lodger boarder tenant customer client buyer seller salesman saleswoman shopman shopgirl typist receptionist cashier "
    "apprentice scholar philosopher astronomer historian critic prophet oracle angel devil demon ghost king queen prince princess "
    "duke duchess earl count countess baron baroness marquess lord knight page jester executioner hangman abbot abbess friar nun monk "
    "priest rabbi preacher clergyman rector pastor verger sexton choirboy missionary widow widower bride bridegroom orphan infant baby "
    "twin cousin nephew niece grandson granddaughter stepson stepdaughter heir heiress dwarf giant fairy witch elf goblin robot android "
    "cyborg alien paramedic medic technician programmer hacker bouncer barista cashier trooper agent cop trucker"
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
