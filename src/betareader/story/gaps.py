"""The gaps between two speeches of one paragraph, and what can be seen in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from betareader.story.people import Genders, Person, person_of, relation
from betareader.story.tags import Clause, clause_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from betareader.span import Span
    from betareader.structure.page import Page, Passage

_STRAY = re.compile(r"[.,;:!?]*")
_COMMA_PLACE = re.compile(r",\s+(?=(?:I|he|she|they|we|it|the|his|her|and (?:he|she|they)|[A-Z][a-z]+)\b)")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TWO_WORDS = re.compile(r"\S+(?: \S+)?")
_VOCATIVE_FIRST = re.compile(
    r"(?:(?:[Hh]ey|[Oo]h|[Yy]es|[Nn]o|[Ww]ell|[Bb]ut|[Aa]nd|[Hh]ello|[Hh]i),? )?([A-Z]\w+)[,!?]"
)
_VOCATIVE_LAST = re.compile(r", ([A-Z]\w+(?: [A-Z]\w+)?)[.!?,…—]*$")
_I = re.compile(r"\b(?:I|me|my|[Ww]e|our)\b")
_YOU = re.compile(r"\b[Yy]ou(?:r|rs)?\b")
_MOST_UNITS = 9
_TELLING = ("speech", "thought", "loose")
_SPEECHES = itemgetter(1)


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


@dataclass(frozen=True, slots=True)
class Told:
    """What has been told so far about who speaks: this turn, the one before, the one before that."""

    now: Person | None
    before: Person | None
    earlier: Person | None

    @property
    def expected(self) -> Person | None:
        """Who speaks now: the one told, or, two people speaking in turn, the one before the last."""
        return self.now or self.earlier


class Story:
    """The page as the search for turns sees it: paragraphs with their speeches and the gaps between."""

    def __init__(self, page: Page, aliases: Mapping[str, str]) -> None:
        self.text = page.text
        self._genders = Genders(page.text)
        self._aliases = aliases
        self._starts = [sentence.span.start for sentence in page.sentences]
        self._ends = [sentence.span.end for sentence in page.sentences]
        self.paragraphs: list[tuple[Span, list[Passage]]] = []
        speeches = [passage for passage in page.passages if passage.voice == "speech"]
        self._insides = [(each.span.start, each.span.end) for each in page.passages if each.voice != "speech"]
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
        self._named = list(self._name_speakers())
        ends = sum(1 for _, top in self.paragraphs for each in top)
        commas = sum(
            1
            for _, top in self.paragraphs
            for each, following in zip(top, top[1:], strict=False)
            if self.last(each) == "," and not self.text[each.span.end : following.span.start].strip()
        )
        self.rambling = commas > 0.05 * ends

    def last(self, passage: Passage) -> str:
        """The last sign of a speech: its stop, or w for a letter."""
        inner = self.text[passage.inner.start : passage.inner.end].rstrip()
        if not inner:
            return ""
        return "w" if inner[-1].isalnum() else inner[-1]

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

    def called(self, passage: Passage) -> frozenset[str]:
        """The names a speech calls somebody by."""
        return _called(passage.inner.of(self.text))

    def lead(self, start: int, end: int) -> Person | None:
        """Whom the last sentence of narration before a paragraph's first speech is about."""
        at = bisect_left(self._starts, end) - 1
        begin = max(start, self._starts[at]) if at >= 0 else start
        return self.person(self.clause(begin, end)) if begin < end else None

    def gap(self, first: Passage, second: Passage, end: int) -> Gap:
        """Look at what stands between two speeches; `end` is where the narration after the second one ends."""
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
                if (
                    at
                    and any(mark in text[self._ends[at - 1] - 1 : place] for mark in ".!?…—:")
                    or "  " in text[place - 2 : place]
                ):
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
        for left, right in zip(places, places[1:], strict=False):
            clause = self.clause(left, right)
            units.append(Unit(left, right, clause, self.person(clause), text[right - 1]))
        after = self.clause(second.span.end, min(end, second.span.end + 120)) if end > second.span.end else None
        ahead = self._ahead(second)
        return Gap(first, second, tuple(places), tuple(units), after, self.person(after), ahead, self.rambling)

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
            if clause is not None and clause.doing in _TELLING and clause.sure:
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


# What a gap looks like: the features of going on, and those of a turn at each of its places.


def _shape(unit: Unit) -> str:
    """A unit in four letters: its subject, its verb, how it opens and how it ends."""
    clause = unit.clause
    if clause is None:
        return f"-{unit.last}"
    sure = "!" if clause.sure else ""
    order = "<" if clause.inverted else ""
    pronoun = "I" if clause.subject.text == "I" else clause.subject.kind[0]
    return f"{pronoun}{order}{clause.doing[:2]}{sure}{unit.last}"


def _case(text: str, unit: Unit) -> str:
    place = unit.start
    while place < unit.end and not text[place].isalnum():
        place += 1
    return "low" if text[place : place + 1].islower() else "cap"


def _size(count: int) -> str:
    return str(count) if count < 4 else "4+"


class View:
    """The features of one gap, given what has been told of the speakers before it."""

    def __init__(self, story: Story, gap: Gap, told: Told) -> None:
        self.story, self.gap, self.told = story, gap, told
        text = story.text
        first = text[gap.first.inner.start : gap.first.inner.end]
        second = text[gap.second.inner.start : gap.second.inner.end]
        self.end = story.last(gap.first)
        opening = _FIRST_WORD.search(second)
        self.opening = opening[0].lower() if opening else ""
        self.openings = " ".join(_TWO_WORDS.match(second, opening.start())[0].lower().split()) if opening else ""
        self.asked = _last_opening(first) if self.end == "?" else ""
        self.length = len(first)
        self.persons = _persons(first[-160:]) + ">" + _persons(second[:160])
        self.lower = bool(opening) and second[opening.start()].islower() if opening else False
        self.called_first = _called(first)
        self.called_second = _called(second)
        units = gap.units
        self.attached = bool(units) and _case(text, units[0]) == "low" and gap.places[0] == units[0].start
        clause = units[0].clause if units else None
        self.tag = clause is not None and (
            (self.attached and clause.doing in _TELLING)
            or (self.end in ",?!—…" and clause.doing in ("speech", "thought") and clause.sure)
        )
        now = units[0].person if self.tag else None
        self.now = now or told.now
        self.expected = self.now or told.expected
        self.after = gap.after_person if gap.after and gap.after.doing in _TELLING else None

    def going_on(self) -> Iterator[str]:
        """The features of the same speaker's going on."""
        gap, count = self.gap, len(self.gap.units)
        yield f"n={_size(count)}"
        if not count:
            space = gap.second.span.start - gap.first.span.end
            yield f"bare end={self.end}"
            yield f"bare low={self.lower}"
            yield f"bare word={self.opening}"
            yield f"bare space={space if space < 2 else 2}"
        else:
            shapes = "|".join(_shape(unit) for unit in gap.units[:2])
            first = gap.units[0]
            yield f"tag={self.tag} n={_size(count)}"
            yield f"shapes={shapes} n={_size(count)}"
            yield f"end={self.end} tag={self.tag} n={_size(count)}"
            yield f"end={self.end} first={_shape(first)} {_case(self.story.text, first)}"
            yield f"last={gap.units[-1].last} low={self.lower} tag={self.tag}"
            yield f"last={_shape(gap.units[-1])} n={_size(count)}"
            yield f"word={self.opening} tag={self.tag}"
            if first.clause:
                yield f"verb={first.clause.word.lower()}"
            if count == 1:
                yield f"one end={self.end} {_shape(first)} low={self.lower}"
            yield f"chars={min((gap.places[-1] - gap.places[0]) // 60, 8)}"
            yield f"subject {self._now(gap.units[-1].person)} tag={self.tag}"
            if count > 1 or not self.tag:
                lead = gap.units[1 if self.tag else 0]
                yield f"beat {self._now(lead.person)} expected {relation(lead.person, self.expected)} tag={self.tag}"
                yield f"beat before {relation(lead.person, self.told.before)}"
        if gap.ahead:
            way, person = gap.ahead
            yield f"ahead {way} {self._now(person)} n={_size(count)} tag={self.tag}"
            yield f"ahead {way} {relation(person, self.expected)} expected"
            yield f"ahead {way} before {relation(person, self.told.before)}"
            yield f"ahead {len(way)} {self._now(person)} before {relation(person, self.told.before)} tag={self.tag}"
            if count:
                acts = relation(person, gap.units[-1].person)
                yield f"ahead {len(way)} acts {acts} now {self._now(gap.units[-1].person)} tag={self.tag}"
        if self.tag and count == 1:
            yield f"tag words={self.openings} end={self.end}"
            yield f"tag word={self.opening} end={self.end} {gap.units[0].last}"
            yield f"tag asked={self.asked} word={self.opening}"
            yield f"tag length={min(self.length // 15, 8)} end={self.end} {gap.units[0].last}"
            yield f"tag {_shape(gap.units[0])} end={self.end} low={self.lower}"
            yield f"tag now before {relation(self.now, self.told.before)}"
            if gap.units[0].clause:
                yield f"tag verb={gap.units[0].clause.word.lower()} end={self.end} {gap.units[0].last}"
                yield f"tag rest={_size((gap.units[0].end - gap.units[0].clause.end) // 12)} {gap.units[0].last}"
        yield f"after {self._now(self.after)}"
        yield f"after {relation(self.after, self.expected)} expected"
        yield f"known={self.now is not None} after={self.after is not None}"
        if self.called_second:
            yield f"calls now={self._named(self.called_second, self.expected)} n={_size(count)}"
        if self.called_first and gap.units:
            yield f"called acts={self._named(self.called_first, gap.units[-1].person)}"
        if self.called_first:
            yield f"called speaks={self._named(self.called_first, self.after)}"
        second = gap.second.inner.end - gap.second.inner.start
        if count:
            yield f"persons={self.persons} tag={self.tag} end={self.end}"
            yield f"words={self.openings}"
            yield f"asked={self.asked} word={self.opening}"
            yield f"exclaims={self.story.text[gap.second.inner.end - 1]} end={self.end} tag={self.tag}"
        yield f"length={min(second // 25, 6)} n={_size(count)}"
        if gap.rambling:
            yield f"rambling n={_size(count)} end={self.end} low={self.lower}"

    def turning(self, at: int) -> Iterator[str]:
        """The features of a turn at the place of this number."""
        gap, count = self.gap, len(self.gap.units)
        left, right = gap.units[:at], gap.units[at:]
        where = f"{_size(len(left))}:{_size(len(right))}"
        yield f"T at={where} tag={self.tag}"
        if not count:
            return
        yield f"T at={where} end={self.end}"
        if left:
            last = left[-1]
            yield f"T left={_shape(last)} n={_size(len(left))}"
            if last.clause and not (self.tag and len(left) == 1):
                yield f"T left verb={last.clause.word.lower()} right={len(right) > 0}"
            yield f"T left {self._now(last.person)} n={_size(len(left))} tag={self.tag}"
            yield f"T left expected {relation(last.person, self.expected)}"
            yield f"T left before {relation(last.person, self.told.before)}"
            yield f"T break after {last.last}"
            if gap.ahead:
                yield f"T ahead {gap.ahead[0]} {relation(gap.ahead[1], last.person)} left {len(right) > 0}"
            if self.called_first and not (self.tag and len(left) == 1):
                yield f"T called acts left={self._named(self.called_first, last.person)}"
        if right:
            first, last = right[0], right[-1]
            yield f"T right={_shape(first)} n={_size(len(right))}"
            yield f"T right ends={_shape(last)}"
            yield f"T right case={_case(self.story.text, first)} at={where}"
            yield f"T right {self._now(first.person)} n={_size(len(right))}"
            yield f"T right expected {relation(first.person, self.expected)} tag={self.tag}"
            yield f"T right before {relation(first.person, self.told.before)}"
            if left:
                yield f"T right {relation(first.person, left[-1].person)} than left"
                yield f"T shapes {_shape(left[-1])}/{_shape(first)}"
            if self.after:
                yield f"T after {relation(self.after, first.person)} right"
            if gap.ahead:
                yield f"T ahead {gap.ahead[0]} {relation(gap.ahead[1], first.person)} right"
            if self.called_first:
                yield f"T called acts right={self._named(self.called_first, first.person)}"
            opening = _FIRST_WORD.search(self.story.text, first.start, first.end)
            if opening:
                yield f"T right word={opening[0].lower()}"
            if first.clause:
                yield f"T right verb={first.clause.word.lower()}"
            yield f"T right chars={min((right[-1].end - first.start) // 60, 6)}"
        else:
            yield f"T bare after={self.after is not None} {self._now(self.after)}"
            yield f"T bare word={self.opening}"
            yield f"T bare {self._now(left[-1].person)} {left[-1].last}"
        if gap.rambling:
            yield f"T rambling {where} tag={self.tag}"

    def _now(self, person: Person | None) -> str:
        return relation(person, self.now)

    @staticmethod
    def _named(names: frozenset[str], person: Person | None) -> str:
        if person is None or not person.names:
            return "unknown"
        return "same" if names & person.names else "other"


def _last_opening(speech: str) -> str:
    """The first word of a speech's last sentence."""
    place = max(speech.rfind(stop, 0, len(speech) - 2) for stop in ".!?")
    found = _FIRST_WORD.search(speech, place + 1)
    return found[0].lower() if found else ""


def _persons(speech: str) -> str:
    """Which of I and you a speech says."""
    return ("i" if _I.search(speech) else "") + ("y" if _YOU.search(speech) else "")


def _called(speech: str) -> frozenset[str]:
    """The names a speech calls somebody by."""
    found = [match[1] for match in (_VOCATIVE_FIRST.match(speech), _VOCATIVE_LAST.search(speech)) if match]
    return frozenset(word for name in found for word in name.split())
