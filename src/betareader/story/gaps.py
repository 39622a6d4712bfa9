"""The gaps between two speeches of one paragraph, and what can be seen in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from betareader.language.clauses import plainly_asks
from betareader.story.people import Genders, Person, person_of
from betareader.story.tags import Clause, clause_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from betareader.span import Span
    from betareader.structure.page import Page, Passage

_STRAY = re.compile(r"[.,;:!?]*")
_COMMA_PLACE = re.compile(r",\s+(?=(?:I|he|she|they|we|it|the|his|her|and (?:he|she|they)|[A-Z][a-z]+)\b)")
_VOCATIVE = re.compile(
    r"(?:(?:\A|[.!?] )(?:(?:[Hh]ey|[Oo]h|[Yy]es|[Nn]o|[Ww]ell|[Bb]ut|[Aa]nd|[Hh]ello|[Hh]i|[Pp]lease|[Ss]orry),? )?"
    r"|, |\b(?:[Hh]ey|[Nn]o|[Yy]ou|me|[Pp]lease|[Ss]orry|[Hh]ello|go|here|now|on) )"
    r"([A-Z]\w+(?: [A-Z]\w+)?)(?=[,.!?…—]|\Z)"
)
_MOST_UNITS = 9
_FARTHEST = 4
TELLING = ("speech", "thought", "loose")
_SPEECHES = itemgetter(1)


Later = tuple[Person | None, ...]
"""Who is told to speak a turn and each of the turns after it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of narration between two speeches and the clause it opens with."""

    start: int
    end: int
    clause: Clause | None
    person: Person | None
    last: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two speeches of one paragraph.

    `places` are the offsets where a turn might begin, `units` the sentences between them; `after` is the clause that follows the second speech, `ahead` the next speaker who is named, and after how many
    turns with nothing between them.
    """

    first: Passage
    second: Passage
    places: tuple[int, ...]
    units: tuple[Unit, ...]
    after: Clause | None
    after_person: Person | None
    ahead: tuple[str, Person] | None
    rambling: bool


class Story:
    """The page as the search for turns sees it: paragraphs with their speeches and the gaps between."""

    def __init__(self, page: Page, aliases: Mapping[str, str]) -> None:
        self.text = page.text
        self._genders = Genders(page.text)
        self._aliases = aliases
        self._gaps: dict[int, Gap] = {}
        self._called: dict[int, frozenset[str]] = {}
        self._last: dict[int, str] = {}
        self._starts = [sentence.span.start for sentence in page.sentences]
        self._ends = [sentence.span.end for sentence in page.sentences]
        self.paragraphs: list[tuple[Span, list[Passage]]] = []
        speeches = [passage for passage in page.passages if passage.voice == "speech"]
        begins = [passage.span.start for passage in speeches]
        for paragraph in page.paragraphs:
            if paragraph.role != "body":
                continue
            here = speeches[bisect_left(begins, paragraph.span.start) : bisect_left(begins, paragraph.span.end)]
            top: list[Passage] = []
            for passage in here:
                if not top or passage.span.start >= top[-1].span.end:
                    top.append(passage)
            self.paragraphs.append((paragraph.span, top))
        self._number = {
            each.span.start: number for number, each in enumerate(chain.from_iterable(map(_SPEECHES, self.paragraphs)))
        }
        names = {name for form in aliases for name in form.split()}
        self._met: set[str] = set()
        self._named = list(self._name_speakers())
        self.names = frozenset(names | self._met)
        ends = sum(1 for _, top in self.paragraphs for each in top)
        commas = sum(
            1
            for _, top in self.paragraphs
            for each, following in pairwise(top)
            if self.last(each) == "," and not self.text[each.span.end : following.span.start].strip()
        )
        self.rambling = commas > 0.05 * ends
        self.way = "rambling" if self.rambling else f"leads={self._leads_in()}"

    def _leads_in(self) -> int:
        """How often narration leads into a speech with a comma (“Anna said, ‘Come in.’”), in four steps."""
        speeches = [speech for _, top in self.paragraphs for speech in top]
        starts = [speech.span.start for speech in speeches]
        leads = sum(1 for start in starts if self.text[max(start - 2, 0) : start] in (", ", ": "))
        split = sum(1 for each in speeches if self.text[each.inner.start : each.inner.start + 1].islower())
        share = max(leads - split, 0) / max(len(starts), 1)
        return sum(share > step for step in (0.03, 0.08, 0.16))

    def last(self, passage: Passage) -> str:
        """The last sign of a speech: its stop, or w for a letter; before a tag, the one that should stand there."""
        found = self._last.get(passage.span.start)
        if found is None:
            found = self._last[passage.span.start] = self._last_of(passage)
        return found

    def _last_of(self, passage: Passage) -> str:
        inner = self.text[passage.inner.start : passage.inner.end].rstrip()
        if not inner:
            return ""
        if inner[-1] != "." and not inner[-1].isalnum():
            return inner[-1]
        place = passage.span.end
        if self.text[place : place + 1] == " ":
            clause = clause_at(self.text, place + 1, min(len(self.text), place + 80))
            if clause and clause.sure and clause.doing in TELLING and clause.start == place + 1:
                plain = inner[-1].isalnum() or clause.inverted
                if plain or self.text[place + 1].islower():
                    return "?" if plainly_asks(inner.rstrip(".")) else ","
        return "w" if inner[-1].isalnum() else "."

    def person(self, clause: Clause | None) -> Person | None:
        """Who a clause is about."""
        return person_of(clause.subject, self._genders, self._aliases) if clause else None

    def clause(self, start: int, end: int) -> Clause | None:
        """The clause that opens a stretch of narration, white space and an opening conjunction left out."""
        while start < end and not self.text[start].isalnum():
            start += 1
        found = clause_at(self.text, start, end)
        if found is None:
            opening = _OPENING.match(self.text, start, end)
            if opening:
                found = clause_at(self.text, opening.end(), end)
        return found

    def called(self, passage: Passage) -> Person | None:
        """The person a speech calls by name, if the story knows one."""
        names = self.names_called(passage)
        gender = next((found for name in names if (found := self._genders.of(name)) != "?"), self._genders.of(""))
        return Person(names, gender) if names else None

    def names_called(self, passage: Passage) -> frozenset[str]:
        """The names the story knows that a speech calls somebody by."""
        found = self._called.get(passage.span.start)
        if found is None:
            found = self._called[passage.span.start] = called(passage.inner.of(self.text)) & self.names
        return found

    def lead(self, start: int, end: int) -> Person | None:
        """Whom the last sentence of narration before a paragraph's first speech is about."""
        at = bisect_left(self._starts, end) - 1
        begin = max(start, self._starts[at]) if at >= 0 else start
        return self.person(self.clause(begin, end)) if begin < end else None

    def gap(self, first: Passage, second: Passage, end: int) -> Gap:
        """What stands between two speeches; `end` is where the narration after the second one ends."""
        found = self._gaps.get(first.span.start)
        if found is None:
            found = self._gaps[first.span.start] = self._look(first, second, end)
        return found

    def _look(self, first: Passage, second: Passage, end: int) -> Gap:
        text = self.text
        start, stop = first.span.end, second.span.start
        stray = _STRAY.match(text, start, stop)
        begin = stray.end() if stray else start
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        places = [begin]
        if stop > begin:
            for at in range(bisect_left(self._starts, begin + 1), bisect_left(self._starts, stop)):
                place = self._starts[at]
                if at and any(mark in text[self._ends[at - 1] - 1 : place] for mark in ".!?…—:"):
                    while place > begin and not text[place - 1].isspace():
                        place -= 1
                    while place > begin and text[place - 1].isspace():
                        place -= 1
                    if place > places[-1]:
                        places.append(place)
            if self.rambling:
                places += [match.start() + 1 for match in _COMMA_PLACE.finditer(text, begin, stop)]
                places = sorted(set(places))
            if places[-1] != stop:
                places.append(stop)
        if len(places) > _MOST_UNITS + 1:
            places = places[: _MOST_UNITS // 2 + 1] + places[-(_MOST_UNITS // 2 + 1) :]
        units = []
        for left, right in pairwise(places):
            clause = self.clause(left, right)
            units.append(Unit(left, right, clause, self.person(clause), text[right - 1]))
        after = self.clause(second.span.end, min(end, second.span.end + 120)) if end > second.span.end else None
        ahead = self._ahead(second)
        return Gap(first, second, tuple(places), tuple(units), after, self.person(after), ahead, self.rambling)

    def foresee(self, same: Mapping[int, bool], acting: Mapping[int, Person | None]) -> dict[int, Later]:
        """For every speech by its offset, who is told to speak its turn and the turns after it.

        `same` says of the offset of a speech whether it belongs to the turn of the one before it in
        its paragraph, `acting` who was seen to act right before it.
        """
        found: dict[int, Later] = {}
        after: Later = ()
        following = -1
        for (person, onward), start in zip(reversed(self._named), reversed(self._number), strict=True):
            if following < 0 or not (onward == "p" or following in same):
                rest: Later = (None,)
            elif onward != "p" and same[following]:
                rest = after
            else:
                rest = (None, *after[:_FARTHEST])
            found[start] = (person or rest[0], *rest[1:])
            after = (found[start][0] or acting.get(start), *rest[1:])
            following = start
        return found

    def _ahead(self, passage: Passage) -> tuple[str, Person] | None:
        """The next speaker who is named, and the links up to there: s for nothing between, p for a paragraph's end."""
        at = self._number[passage.span.start]
        way = ""
        while len(way) < 5 and at < len(self._named):
            person, link = self._named[at]
            if person is not None:
                return way, person
            if not link:
                return None
            way += link
            at += 1
        return None

    def _meet(self, clause: Clause | None) -> None:
        if clause is not None and clause.subject.kind == "name":
            self._met.update(clause.subject.text.split())

    def _name_speakers(self) -> Iterator[tuple[Person | None, str]]:
        """For every speech who a tag or lead says speaks it, and how the next speech follows."""
        every = [(number, speech) for number, (_, top) in enumerate(self.paragraphs) for speech in top]
        before = -1
        place = 0
        for (number, speech), following in zip(every, [*every[1:], None], strict=False):
            span = self.paragraphs[number][0]
            opens = number != before
            before = number
            start, stop = speech.span.end, span.end
            if following is not None and following[0] == number:
                stop = following[1].span.start
            clause = self.clause(start, min(stop, start + 200)) if stop > start else None
            person = None
            self._meet(clause)
            if clause is not None and clause.doing in TELLING and clause.sure:
                low = clause.inverted or self.text[clause.subject.span.start].islower()
                if low or self.last(speech) in ",?!—…":
                    person = self.person(clause)
            if person is None:
                lead = self.text[max(place, speech.span.start - 3) : speech.span.start].rstrip()
                if opens or lead.endswith((",", ":")):
                    person = self.lead(span.start if opens else place, speech.span.start)
            place = start
            link = ""
            if following is not None and following[0] == number and not self.text[start:stop].strip():
                link = "s"
            elif following is not None and following[0] == number + 1:
                link = "p"
            yield person, link


_OPENING = re.compile(
    r"(?:(?:[Aa]nd|[Bb]ut|[Tt]hen|[Ss]o|[Nn]ow|[Aa]t last|[Ff]inally|[Ss]uddenly|[A-Z]\w+ly|[A-Z]\w+ing[^,.]{0,60},"
    r"|(?:[Aa]t|[Ii]n|[Ww]ith|[Aa]fter|[Ff]or|[Aa]s)[^,.]{0,60},),? )+"
)


def called(speech: str) -> frozenset[str]:
    """The names a speech calls somebody by, as far as capitals and stops tell."""
    return frozenset(word for name in _VOCATIVE.findall(speech) for word in name.split())
