"""Bearers: the mentions of one form of a name under one kind of address, what titles and pronouns tell of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

from betareader.story.company import EPITHETS, FEMALE_TITLES, LINKS, MALE_TITLES, UNMARRIED, WRITTEN_OUT
from betareader.story.given import MEN, WOMEN, gender_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from betareader.span import Span
    from betareader.story.forms import Form

RANKS = frozenset(
    "captain major colonel general admiral lieutenant commander commodore doctor professor judge inspector sergeant".split()
)
"""Titles of which a person bears one at a time."""

_BEYOND_CHANCE = 2.2
"""How many square roots of all that tells of a gender one must be ahead of the other, where it is not twice as much."""

_FEW = 3
"""How often a second rank before the same name must stand to be another person's."""

_SURELY_TOLD = 0.7
"""From which chance on the reader of sentences alone makes a person of a name that stands once."""


@dataclass(slots=True)
class Bearer:
    """Mentions that are one person's: `forms` counts the names used, `titles` what stands before them."""

    forms: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    mentions: list[tuple[int, Span]] = field(default_factory=list)
    he: float = 0.0
    she: float = 0.0
    evidence: float = 0.0
    address: str = ""

    @property
    def gender(self) -> str:
        """“he”, “she”, or empty where not enough tells."""
        more, less = max(self.he, self.she), min(self.he, self.she)
        if more < 1.5 or (more < 2 * less and more - less < _BEYOND_CHANCE * sqrt(self.known)):
            return ""
        return "he" if self.he > self.she else "she"

    @property
    def known(self) -> float:
        """How much tells of the gender."""
        return self.he + self.she

    def take(self, other: Bearer) -> None:
        """Make the other's mentions this one's."""
        self.forms.update(other.forms)
        self.titles.update(other.titles)
        self.mentions = sorted(self.mentions + other.mentions)
        self.he += other.he
        self.she += other.she
        self.evidence += other.evidence
        self.address = self.address or other.address

    @property
    def fulls(self) -> list[list[str]]:
        """The names of more than one word, as words."""
        return [form.split(" ") for form in self.forms if " " in form]

    @property
    def size(self) -> int:
        """How often the person is named."""
        return len(self.mentions)


def rank(title: str) -> str:
    """The rank that a title is, written out; empty where it is none."""
    title = WRITTEN_OUT.get(title, title)
    return title if title in RANKS else ""


def _address(title: str) -> str:
    """The kind of a title that tells members of one family apart."""
    if rank(title):
        return rank(title)
    if title in MALE_TITLES:
        return "he"
    if title in UNMARRIED:
        return "miss"
    return "mrs" if title in FEMALE_TITLES else ""


def mentioned(people: Mapping[str, Form], pronouns: Mapping[int, tuple[float, float]]) -> list[Bearer]:
    """The forms as bearers, one for each kind of address under which a form may be another person's.

    `pronouns` weighs he and she after a mention, by its start.
    """
    atoms: list[Bearer] = []
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for text, form in people.items():
        words = text.split(" ")
        if len(words) > 1 and words[0].lower() not in EPITHETS:
            first[words[0]] += len(form.spans)
            last[words[-1]] += len(form.spans)
    surnames = {word for word, count in last.items() if 4 * count > first[word]}
    given = first.keys() | MEN | WOMEN
    for text, form in people.items():
        split = _split(text, form, given - surnames, pronouns)
        for address, which in split.items():
            atoms.append(_atom(text, form, which, address if len(split) > 1 or address else "", pronouns))
    return atoms


def _split(
    text: str, form: Form, given: set[str] | frozenset[str], pronouns: Mapping[int, tuple[float, float]]
) -> dict[str, list[int]]:
    """The mentions of a form by the kind of address, where it may be that of several people."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number, title in enumerate(form.titles):
        groups[_address(title)].append(number)
    ranks = sorted(RANKS & groups.keys(), key=lambda rank: -len(groups[rank]))
    for rank in ranks if len(ranks) < 2 and "he" not in groups else ():
        groups[""] = sorted(groups[""] + groups.pop(rank))
    for rank in ranks[1:]:
        if len(groups[rank]) < _FEW:
            groups[ranks[0]] = sorted(groups[ranks[0]] + groups.pop(rank))
    first = text.partition(" ")[0]
    if " " in text and not is_surname(text):
        if "mrs" in groups and _is_a_mans(first, form, groups[""], pronouns):
            wife = groups.pop("mrs")
            rest = sorted(number for which in groups.values() for number in which)
            return {"mrs": wife, **({"": rest} if rest else {})}
        return {"": list(range(len(form.titles)))}
    kinds = groups.keys() - {""}
    if text in given and len(kinds - {"miss"}) < 2 and not ("mrs" in kinds and gender_of(first) == "he"):
        return {"": list(range(len(form.titles)))}
    return dict(groups)


def is_surname(form: str) -> bool:
    """Whether a form can be a surname by itself: one word, or two of which the first is a small one, “du Marsh”."""
    words = form.split(" ")
    return len(words) == 1 or (len(words) == 2 and words[0].lower() in LINKS)


def _is_a_mans(first: str, form: Form, untitled: Iterable[int], pronouns: Mapping[int, tuple[float, float]]) -> bool:
    """Whether a full name that stands after Mrs., too, is the husband's: Mrs. Ben Quill."""
    if gender_of(first):
        return gender_of(first) == "he"
    told = [pronouns.get(form.spans[number].start, (0, 0)) for number in untitled]
    return sum(he for he, _ in told) > sum(she for _, she in told)


def _atom(text: str, form: Form, which: list[int], address: str, pronouns: Mapping[int, tuple[float, float]]) -> Bearer:
    atom = Bearer(address=address)
    atom.forms[text] = len(which)
    atom.titles.update(form.titles[number] for number in which if form.titles[number])
    atom.mentions = [(form.places[number], form.spans[number]) for number in which]
    atom.evidence = form.person * len(which) / max(len(form.spans), 1)
    atom.evidence += 2 * form.is_given * (form.determined == 0)
    atom.evidence += 2 * (form.told_person >= _SURELY_TOLD)
    for number in which:
        he, she = pronouns.get(form.spans[number].start, (0, 0))
        atom.he += he
        atom.she += she
        atom.he += 2 * (form.titles[number] in MALE_TITLES)
        atom.she += 2 * (form.titles[number] in FEMALE_TITLES)
    given = gender_of(text.partition(" ")[0]) if address in ("", "miss") else ""
    sure = 6 + 0.4 * len(which)
    atom.he += sure * (given == "he")
    atom.she += sure * (given == "she")
    if address == "he":
        atom.she *= 0.1
    elif address and address not in RANKS:
        atom.he *= 0.1
    return atom
