"""Identity: which forms of a name are one person, by how names are built, by gender and by who meets whom."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from betareader.story.bearers import RANKS, Bearer, mentioned
from betareader.story.company import SHORTENED, TITLES, UNMARRIED
from betareader.story.given import MEN, SHORT_FORMS, WOMEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from betareader.story.forms import Form

_NEAR = 8
"""How many words apart two names stand at most to meet."""

_KIN = frozenset("mother father sister brother aunt auntie uncle cousin granny grandma grandpa".split())

NOBLE = frozenset("sir lord lady king queen prince princess duke duchess count countess baron baroness earl".split())
"""Titles whose bearer is not Mr. or Miss besides."""

_BEFORE_SURNAMES = RANKS | {"mr", "dr"}
_SURE = 4.0
"""How much must tell of a gender to speak against two being one: two pronouns."""

_FEW = 3
"""How often a full name must stand to be no two names in a row."""

_MANY = 8
"""How often both must be named before it counts that Mr. Quill and Ben Quill are named side by side: father and son."""

_SELDOM = 100
"""How many times as often as the full name both its parts stand alone where they are two people, named in a row once."""

_DOMINANT = 3
"""How many times as often as the next one somebody is named to whom an unsure form goes."""


def bearers(
    people: Mapping[str, Form], pronouns: Mapping[int, tuple[float, float]], sentences: Sequence[int]
) -> list[Bearer]:
    """The people the forms name, each with all mentions.

    `pronouns` weighs he and she after a mention, by its start; `sentences` are where sentences start.
    """
    return _Joiner(mentioned(people, pronouns), sentences).joined()


class _Joiner:
    """Joins the mentions that are one person's, the surest first."""

    def __init__(self, atoms: Iterable[Bearer], sentences: Sequence[int]) -> None:
        self.people = list(atoms)
        self.sentences = sentences

    def joined(self) -> list[Bearer]:
        """The people, after every step."""
        self._join_fulls()
        self._join_given()
        for address in ("he", "miss", "mrs", *RANKS, ""):
            self._join_surnames(address)
        self._join_ranks()
        self._join_short_forms()
        self._join_titles()
        return self.people

    def _join(self, one: Bearer, into: Bearer) -> None:
        if one is not into:
            into.take(one)
            self.people = [each for each in self.people if each is not one]

    def _join_fulls(self) -> None:
        """Full names with the same first and last word, or a short form of the first."""
        fulls = [person for person in self.people if person.fulls and not person.address]
        fulls.sort(key=lambda person: -person.size)
        kept: list[Bearer] = []
        for person in fulls:
            words = person.fulls[0]
            same = [
                other
                for other in kept
                if any(_same_full(words, name) and not self._are_two(words[0], name[0]) for name in other.fulls)
                and fits(person, other)
                and not _clash(person, other)
                and not self._meet(person, other)
            ]
            if same:
                self._join(person, same[0])
            else:
                kept.append(person)

    def _are_two(self, short: str, long: str) -> bool:
        """Whether Tom and Thomas, each so called by himself, are named side by side: father and son."""
        if short == long:
            return False
        first, second = (
            [person for person in self.people if _is_single(person) and name in person.forms] for name in (short, long)
        )
        return any(self._meet(one, other) for one in first for other in second)

    def _join_given(self) -> None:
        """A first name alone goes to the full name that begins with it."""
        for single in [person for person in self.people if _is_single(person) and not person.address]:
            word = next(iter(single.forms))
            if 2 * sum(single.titles[title] for title in _BEFORE_SURNAMES) > single.size:
                continue
            found = [
                other
                for other in self.people
                if other is not single and not other.address and any(name[0] == word for name in other.fulls)
            ]
            family = sum(other.size for other in self.people if other is not single and _has_surname(other, word))
            found = [other for other in found if other.size > 0.1 * family]
            best = self._best(single, found, is_given=True)
            if best is not None and not self._met_by_chance(single, best):
                self._join(single, best)

    def _met_by_chance(self, single: Bearer, full: Bearer) -> bool:
        """Whether a full name that hardly stands is two people's names in a row, who are named side by side besides."""
        if full.size >= _FEW:
            return False
        lasts = {name[-1] for name in full.fulls}
        others = [each for each in self.people if _is_single(each) and not each.address and each is not single]
        return any(
            self._side_by_side(single, other) or _SELDOM * full.size < min(single.size, other.size)
            for other in others
            if not lasts.isdisjoint(other.forms)
        )

    def _join_surnames(self, address: str) -> None:
        """Mr. Quill, Mrs. Quill, Miss Quill and bare Quill go to the Quill they fit."""
        for single in [person for person in self.people if _is_single(person) and person.address == address]:
            word = next(iter(single.forms))
            found = []
            for other in self.people:
                if other is single:
                    continue
                is_full = any(name[-1] == word and len(name) > 1 for name in other.fulls)
                is_titled = not address and other.address and word in other.forms
                if (is_full and not (other.address and address and other.address != address)) or is_titled:
                    found.append(other)
            if address in RANKS:
                found = [other for other in found if not RANKS & other.titles.keys() - {address}]
            if address == "he":
                found = [other for other in found if other.he >= other.she]
            elif address in ("miss", "mrs"):
                found = [other for other in found if other.she >= other.he]
            if address == "mrs":
                found = [other for other in found if not UNMARRIED & other.titles.keys()]
            best = self._best(single, found)
            if best is None or (address and self._side_by_side(single, best)):
                continue
            may_be_kin = _is_formal(single) and _goes_by_given(best) and _kinsmen(best, found)
            if not (may_be_kin and self._together(single, best) > 1):
                self._join(single, best)

    def _side_by_side(self, one: Bearer, other: Bearer) -> bool:
        """Whether the two stand together in one sentence too often to be one: Mr. Quill and Ben Quill, father and son."""
        if min(one.size, other.size) < _MANY:
            return False
        others = {(bisect_right(self.sentences, span.start), place) for place, span in other.mentions}
        together = 0
        for place, span in one.mentions:
            here = bisect_right(self.sentences, span.start)
            together += any((here, beside) in others for beside in range(place - _NEAR, place + _NEAR + 1))
        return together >= 2 and 2 * together > _by_chance(one, other)

    def _meet(self, one: Bearer, other: Bearer) -> bool:
        """Whether the two are named side by side too often to be one person."""
        few = max(0.0, 0.04 * (min(one.size, other.size) - 5), 0.5 * _by_chance(one, other) - 1)
        return self._together(one, other) > few

    def _together(self, one: Bearer, other: Bearer) -> int:
        """How often the one is named side by side with the other, in one sentence."""
        places = [place for place, _ in other.mentions]
        met = 0
        for place, span in one.mentions:
            first, last = bisect_left(places, place - _NEAR), bisect_right(places, place + _NEAR)
            here = bisect_right(self.sentences, span.start)
            beside = (bisect_right(self.sentences, each.start) for _, each in other.mentions[first:last])
            met += here in beside
        return met

    def _best(self, single: Bearer, found: list[Bearer], *, is_given: bool = False) -> Bearer | None:
        """The one among those with the name whom a shorter form of it means; None where that is not sure."""
        fitting = [other for other in found if fits(single, other) and not _clash(single, other)]
        own = NOBLE & single.titles.keys()
        fitting = [other for other in fitting if own & other.titles.keys()] or fitting
        men = [other for other in fitting if other.gender != "she"]
        if not single.address and not is_given and men and single.gender != "she":
            is_his = single.gender == "he" or max(other.size for other in men) >= single.size
            fitting = men if is_his or len(men) == len(fitting) else fitting
        named = [other for other in fitting if other.address or any(name[0] in MEN | WOMEN for name in other.fulls)]
        if named and 3 * max(other.size for other in named) >= max(other.size for other in fitting):
            fitting = named
        if len(fitting) > 1:
            apart = [other for other in fitting if not self._meet(single, other)]
            fitting = apart or fitting
        fitting.sort(key=lambda other: -other.size)
        if not fitting or (len(fitting) > 1 and fitting[0].size < _DOMINANT * fitting[1].size):
            return None
        best = fitting[0]
        return None if not is_given and best.size * 10 < single.size and self._meet(single, best) else best

    def _join_ranks(self) -> None:
        """Mr. Vesh is Captain Vesh, where there is one captain, and the two are not named side by side."""
        for single in [person for person in self.people if _is_single(person) and person.address == "he"]:
            word = next(iter(single.forms))
            found = [other for other in self.people if other.address in RANKS and word in other.forms]
            family = [other for other in self.people if any(name[-1] == word for name in other.fulls)]
            if len(found) == 1 and _kinsmen(found[0], family):
                continue
            if len(found) == 1 and not self._meet(single, found[0]) and fits(single, found[0]):
                self._join(found[0], single)

    def _join_short_forms(self) -> None:
        """Ben of Benjamin: nicknames that everybody knows, and names cut short, where the two never meet."""
        for single in [person for person in self.people if _is_single(person) and not person.address]:
            word = next(iter(single.forms))
            firsts = [
                (other, {form.split(" ")[0] for form in other.forms}) for other in self.people if other is not single
            ]
            if any(word in names for _, names in firsts):
                continue
            known = SHORT_FORMS.get(word, frozenset())
            found = [other for other, names in firsts if names & known and not other.address]
            if not found and len(word) >= 3 and single.gender:
                found = [
                    other
                    for other, names in firsts
                    if not other.address
                    and other.gender == single.gender
                    and any(name.startswith(word) and len(name) >= len(word) + 3 for name in names)
                ]
            found = [
                other
                for other in found
                if fits(single, other)
                and not self._meet(single, other)
                and (_noble(single) or 2 * _noble(other) <= other.size)
            ]
            if len(found) == 1:
                self._join(single, found[0])

    def _join_titles(self) -> None:
        """The Captain goes to Captain Vesh, where there is one captain."""
        for single in [person for person in self.people if _is_single(person)]:
            word = next(iter(single.forms))
            if word.lower() in TITLES - _KIN:
                found = [
                    other
                    for other in self.people
                    if other is not single and other.titles[word.lower()] >= 0.2 * other.size
                ]
                best = self._best(single, found)
                if best is not None:
                    self._join(single, best)


def _is_formal(single: Bearer) -> bool:
    """Whether a surname stands mostly after Mr., Dr. or a rank, and often."""
    return single.size >= _MANY and 2 * sum(single.titles[title] for title in _BEFORE_SURNAMES) > single.size


def _goes_by_given(person: Bearer) -> bool:
    """Whether somebody with a full name is mostly called by the first part of it alone."""
    return 10 * sum(person.forms[name[0]] for name in person.fulls[:1]) > 7 * person.size


def _kinsmen(person: Bearer, family: Iterable[Bearer]) -> bool:
    """Whether another man of the name is known, so that it may be he who is called Mr. Quill."""
    return any(other.gender == "he" and other.fulls for other in family if other is not person)


def _has_surname(person: Bearer, word: str) -> bool:
    """Whether a word is somebody's last name: after a title, or at the end of a longer name."""
    return bool(person.address and word in person.forms) or any(name[-1] == word for name in person.fulls)


def _is_single(person: Bearer) -> bool:
    return len(person.forms) == 1 and " " not in next(iter(person.forms))


def _same_full(one: list[str], two: list[str]) -> bool:
    first = one[0] == two[0] or one[0] in SHORT_FORMS.get(two[0], ()) or two[0] in SHORT_FORMS.get(one[0], ())
    if first and one[-1] == two[-1]:
        return True
    short, long = sorted((one, two), key=len)
    return len(short) > 1 and len(short) < len(long) and (long[: len(short)] == short or long[-len(short) :] == short)


def fits(one: Bearer, other: Bearer) -> bool:
    """Whether no gender speaks against the two being one person."""
    return not one.gender or not other.gender or one.gender == other.gender or min(one.known, other.known) < _SURE


def _noble(person: Bearer) -> int:
    return sum(person.titles[title] for title in NOBLE)


def _clash(one: Bearer, other: Bearer) -> bool:
    """Whether one is often Mr. or Miss and never Sir or Lady, and the other mostly Sir or Lady."""
    plain = sum(one.titles[title] for title in ("mr", "miss", "mrs"))
    return plain >= _MANY and not _noble(one) and 2 * _noble(other) > other.size


def _by_chance(one: Bearer, other: Bearer) -> float:
    """How often two would meet by chance."""
    last = max(one.mentions[-1][0], other.mentions[-1][0])
    first = min(one.mentions[0][0], other.mentions[0][0])
    return one.size * other.size * 2.0 * _NEAR / (last - first + 1)


def titled(title: str) -> str:
    """A title as it is written before a name."""
    return title.capitalize() + "." * (title in SHORTENED and title not in ("mme", "mlle"))
