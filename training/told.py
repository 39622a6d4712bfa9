"""Who speaks each speech in parts of published novels, as a reader of ours told it.

`training/told` holds a table for each novel: its people with every form of their names, and for each speech the place of
its opening mark in the work's text, who speaks it, and how that is told.  Nothing of the novels' own text is in it.  It is
what the weights of speakers are learnt on beside tags that are hidden, since nobody tells the speeches that a novelist leaves
without a tag from those that have one.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from betareader.story.company import TITLES

if TYPE_CHECKING:
    from betareader.story.bible import Bible, Character

TOLD = Path(__file__).parent / "told"
"""The tables, one a novel."""
_HELD = 8
"""One novel in so many is held out, to measure with."""


@dataclass(frozen=True, slots=True)
class Said:
    """A speech: where its opening mark stands, its speaker's main name, and how that is told, as PDNC has it."""

    start: int
    speaker: str
    told: str


@dataclass(frozen=True, slots=True)
class Told:
    """A novel, some of whose speeches were told apart: every name of each person under the main one, and their pronouns."""

    work: str
    bundle: str
    characters: dict[str, frozenset[str]]
    pronouns: dict[str, str]
    said: tuple[Said, ...]

    @property
    def held(self) -> bool:
        """Whether it is held out from what is learnt."""
        return zlib.crc32(self.work.encode()) // 10 % _HELD == 0


def told(folder: Path = TOLD) -> Iterator[Told]:
    """The tables in the order of the novels' names."""
    for path in sorted(folder.glob("*.tsv")):
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
        people = {name: (pronoun, forms) for kind, name, pronoun, *forms in rows if kind == "person"}
        yield Told(
            path.stem,
            next(name for kind, name, *_ in rows if kind == "bundle"),
            {name: frozenset((name, *forms)) for name, (_, forms) in people.items()},
            {name: pronoun for name, (pronoun, _) in people.items()},
            tuple(Said(int(row[1]), row[2], row[3]) for row in rows if row[0] == "said"),
        )


class Identities:
    """Which of the people that a reader told apart each character of a bible stands for, by the names they have."""

    def __init__(self, characters: Mapping[str, frozenset[str]], bible: Bible, text: str) -> None:
        self._whole: defaultdict[str, set[str]] = defaultdict(set)
        self._untitled: defaultdict[str, set[str]] = defaultdict(set)
        for name, forms in characters.items():
            for form in forms:
                self._whole[_plain(form)].add(name)
                self._untitled[_untitled(form)].add(name)
        self.votes = {person.name: self._votes(person, text) for person in bible.cast}
        self.of = {name: max(votes, key=lambda each: votes[each]) for name, votes in self.votes.items() if votes}

    def who(self, form: str) -> set[str]:
        """Whom a form of a name may mean."""
        return self._whole.get(_plain(form)) or self._untitled.get(_untitled(form)) or set()

    def _votes(self, person: Character, text: str) -> Counter[str]:
        votes: Counter[str] = Counter()
        forms = Counter(" ".join(span.of(text).split()) for span in person.mentions)
        if not forms:
            forms = Counter((person.name, *person.aliases))
        for form, count in forms.items():
            meant = self.who(form)
            if len(meant) == 1:
                votes[min(meant)] += 10 * count
            else:
                votes.update(dict.fromkeys(meant, count))
        return votes

    def held(self) -> dict[str, Counter[str]]:
        """For each of those people the characters of the bible that hold mentions only theirs."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for mine, votes in self.votes.items():
            for name, count in votes.items():
                if count >= 10:
                    found[name][mine] += count // 10
        return found


def _plain(name: str) -> str:
    return " ".join(name.replace(".", "").replace("’", "'").lower().split())


def _untitled(name: str) -> str:
    words = [word for word in _plain(name).split() if word != "the"]
    return " ".join(word for word in words if word not in TITLES) or " ".join(words)
