"""Identity: which forms of a name are one person, by how names are built, by gender and by who meets whom."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from betareader.story.bearers import RANKS, Bearer, is_surname, mentioned, rank
from betareader.story.company import SHORTENED, TITLES, UNMARRIED
from betareader.story.given import MEN, SHORT_FORMS, WOMEN
from betareader.story.namesakes import is_known, same_full

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from betareader.story.forms import Form

_NEAR = 8
"""How many words apart two names stand at most to meet."""

_KIN = frozenset("mother father sister brother aunt auntie uncle cousin granny grandma grandpa".split())

NOBLE = frozenset("sir lord lady king queen prince princess duke duchess count countess baron baroness earl".split())
"""Titles whose bearer is not Mr. or Miss besides."""

_SURE = 4.0
"""How much must tell of a gender to speak against two being one: two pronouns."""

_OFTEN_TITLED = 0.02
"""The share of somebody's mentions with a title from which on the title alone may mean him."""

_FEW = 3
"""How often a full name must stand to be no two names in a row."""

_MANY = 8
"""How often both must be named before it counts that Mr. Quill and Ben Quill are named side by side: father and son."""

_SELDOM = 100
"""How many times as often as the full name both its parts stand alone where they are two people, named in a row once."""

_SELF = 0.15
"""The share of a full name's places where the surname may stand beside it and mean the same person: “John Quill,” said Quill."""

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
        for address in ("he", "miss", "mrs", *sorted(RANKS)):
            self._join_surnames(address)
        self._join_ranks()
        self._join_surnames("")
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
                if any(same_full(words, name) and not self._are_two(words[0], name[0]) for name in other.fulls)
                and (is_known(words[0], other) or (person.gender and person.gender == other.gender))
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
            if 2 * _before_surnames(single) > single.size:
                continue
            found = [
                other
                for other in self.people
                if other is not single and not other.address and any(name[0] == word for name in other.fulls)
            ]
            family = sum(other.size for other in self.people if other is not single and _has_surname(other, word))
            found = [other for other in found if other.size > 0.1 * family]
            if single.gender == "she" and len(found) > 1 and self._is_one_woman(single, found):
                for other in found[1:]:
                    self._join(other, found[0])
                found = found[:1]
            best = self._best(single, found, is_given=True)
            if best is not None and not self._met_by_chance(single, best):
                self._join(single, best)

    def _is_one_woman(self, single: Bearer, fulls: list[Bearer]) -> bool:
        """Whether full names that begin alike are hers before and after she married: mostly she goes by the first alone."""
        return (
            single.size >= _DOMINANT * sum(full.size for full in fulls)
            and all(fits(single, full) and full.gender != "he" for full in fulls)
            and not any(self._together(one, other) for one in fulls for other in fulls if one is not other)
        )

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
        for single in [person for person in self.people if _is_surname(person) and person.address == address]:
            word = next(iter(single.forms))
            found = []
            for other in self.people:
                if other is single:
                    continue
                is_full = any(form.endswith(f" {word}") for form in other.forms)
                is_titled = not address and other.address and word in other.forms
                if (is_full and not (other.address and address and other.address != address)) or is_titled:
                    found.append(other)
            if address in RANKS:
                found = [other for other in found if {rank(title) for title in other.titles} <= {"", address}]
            if address == "he":
                found = [other for other in found if other.he >= other.she]
            elif address in ("miss", "mrs"):
                found = [other for other in found if other.she >= other.he]
            if address == "mrs":
                found = [other for other in found if not UNMARRIED & other.titles.keys()]
            elif address in ("", "he"):
                found = _by_surname(single, found)
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
        own = {rank(title) or title for title in single.titles if 5 * single.titles[title] >= single.size} & (
            NOBLE | RANKS
        )
        fitting = [other for other in fitting if own & {rank(title) or title for title in other.titles}] or fitting
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
        if is_given or best.size * 10 >= single.size or not self._meet(single, best):
            return best
        return best if self._together(single, best) < _SELF * best.size else None

    def _join_ranks(self) -> None:
        """Mr. Vesh is Captain Vesh, where there is one captain, and the two are not named side by side."""
        for mister in [person for person in self.people if person.address == "he"]:
            ranked = [
                other
                for other in self.people
                if other.address in RANKS and not mister.forms.keys().isdisjoint(other.forms)
            ]
            if len(ranked) != 1 or self._meet(mister, ranked[0]) or not fits(mister, ranked[0]):
                continue
            if (
                mister.fulls
                and ranked[0].fulls
                and not any(same_full(a, b) for a in mister.fulls for b in ranked[0].fulls)
            ):
                continue
            lasts = {form.split(" ")[-1] for form in ranked[0].forms}
            family = [other for other in self.people if any(name[-1] in lasts for name in other.fulls)]
            if not _kinsmen(mister if mister.fulls else ranked[0], family):
                self._join(ranked[0], mister)

    def _join_short_forms(self) -> None:
        """Ben of Benjamin: nicknames that everybody knows, and names cut short, where the two never meet."""
        for single in [person for person in self.people if _is_single(person)]:
            word = next(iter(single.forms))
            firsts = [
                (other, {form.split(" ")[0] for form in other.forms}) for other in self.people if other is not single
            ]
            double = [other for other, names in firsts if any(name.startswith(f"{word}-") for name in names)]
            if len(double) == 1 and fits(single, double[0]):
                self._join(single, double[0])
            if double or single.address:
                continue
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
                    if other is not single and other.titles[word.lower()] >= max(_OFTEN_TITLED * other.size, 1)
                ]
                found.sort(key=lambda other: -other.titles[word.lower()])
                if len(found) > 1 and found[0].titles[word.lower()] >= _DOMINANT * found[1].titles[word.lower()]:
                    found = found[:1]
                best = self._best(single, found)
                if best is not None:
                    self._join(single, best)


def _is_formal(single: Bearer) -> bool:
    """Whether a surname stands mostly after Mr., Dr. or a rank, and often."""
    return single.size >= _MANY and 2 * _before_surnames(single) > single.size


def _goes_by_given(person: Bearer) -> bool:
    """Whether somebody with a full name is mostly called by the first part of it alone."""
    return 10 * sum(person.forms[name[0]] for name in person.fulls[:1]) > 7 * person.size


def _by_surname(single: Bearer, family: list[Bearer]) -> list[Bearer]:
    """Those of a family who may be called by the bare surname: not who goes by the given name or a rank where another does not."""
    if single.size < _MANY or len(family) < 2:
        return family
    formal = [
        other
        for other in family
        if other.gender != "she"
        and any(name[0].lower() not in TITLES for name in other.fulls)
        and not _goes_by_given(other)
    ]
    known = sum(other.size for other in formal)
    if known < _FEW or 10 * known < single.size:
        return family
    plain = [other for other in formal if 2 * _ranked(other) < other.size]
    return (formal if single.address else plain or formal) or family


def _kinsmen(person: Bearer, family: Iterable[Bearer]) -> bool:
    """Whether another man of the name is known, so that it may be he who is called Mr. Quill."""
    return any(other.gender == "he" and other.fulls for other in family if other is not person)


def _has_surname(person: Bearer, word: str) -> bool:
    """Whether a word is somebody's last name: after a title, or at the end of a longer name."""
    return bool(person.address and word in person.forms) or any(name[-1] == word for name in person.fulls)


def _is_single(person: Bearer) -> bool:
    return len(person.forms) == 1 and " " not in next(iter(person.forms))


def _is_surname(person: Bearer) -> bool:
    return (
        len(person.forms) == 1 and is_surname(next(iter(person.forms))) and (_is_single(person) or bool(person.address))
    )


def fits(one: Bearer, other: Bearer) -> bool:
    """Whether no gender speaks against the two being one person."""
    return not one.gender or not other.gender or one.gender == other.gender or min(one.known, other.known) < _SURE


def _ranked(person: Bearer) -> int:
    return sum(count for title, count in person.titles.items() if rank(title))


def _before_surnames(person: Bearer) -> int:
    return _ranked(person) + person.titles["mr"]


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
