"""Clues: what can be seen in a gap that tells whether somebody else begins to speak, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from betareader.story.gaps import TELLING, Gap, Later, Story, Unit
from betareader.story.people import Person, Relation, relation

_FIRST_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_I = re.compile(r"\b(?:I|me|my|[Ww]e|our)\b")
_YOU = re.compile(r"\b[Yy]ou(?:r|rs)?\b")
_SMALL_WORD = re.compile(r"\b[a-z]+(?:['’][a-z]+)?\b")
_OTHER_END = re.compile(r"[^.!?“\"]{0,60}\b(?:on|at|from) the other end\b")
_SENTENCES = re.compile(r"[.!?…]+\s+")
_HELPING = re.compile(
    r"\b(?:am|is|are|was|were|do|does|did|have|has|had|can|could|will|would|shall|should|must|may|might)\b"
)
_ADDRESS = re.compile(
    r", (?:my |your )?(?:dear |good |old |young )?"
    r"(sir|madam|ma['’]am|miss|boss|chief|doctor|doc|captain|inspector|dear|darling|honey|boy|man|chap|fellow|lord|lady|"
    r"father|mother|mom|mum|dad|son|friend|friends|gentlemen|professor|sergeant|colonel|major|general|bishop|kid|child|"
    r"love|sweetheart|majesty|honou?r|lordship|ladyship|grace|excellency|master|uncle|aunt|brother|sister)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What has been told so far about who speaks: this turn, the one before, the one before that.

    `called` is whom this turn has called by name, who is then likely to answer; `answering` is whom
    the turn before called.
    """

    now: Person | None = None
    before: Person | None = None
    earlier: Person | None = None
    called: Person | None = None
    answering: Person | None = None

    @property
    def expected(self) -> Person | None:
        """Who speaks now: the one told; the one just called; or, in turn, the one before the last."""
        return self.now or self.answering or self.earlier


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

    def __init__(self, story: Story, gap: Gap, told: Told, later: Later = ()) -> None:
        self.story, self.gap, self.told = story, gap, told
        text = story.text
        first = text[gap.first.inner.start : gap.first.inner.end]
        second = text[gap.second.inner.start : gap.second.inner.end]
        self.end = story.last(gap.first)
        opening = _FIRST_WORD.search(second)
        self.opening = opening[0].lower() if opening else ""
        self.openings = " ".join(second[opening.start() :].lower().split(None, 2)[:2]) if opening else ""
        self.asked = _last_opening(first) if self.end == "?" else ""
        self.length = len(first)
        self.echo = min(len(_telling_words(first[-120:]) & _telling_words(second[:120])), 2)
        self.persons = _persons(first[-160:]) + ">" + _persons(second[:160])
        self.lower = bool(opening) and second[opening.start()].islower() if opening else False
        self.called_first = story.names_called(gap.first)
        self.called_second = story.names_called(gap.second)
        units = gap.units
        self.attached = bool(units) and _case(text, units[0]) == "low" and gap.places[0] == units[0].start
        clause = units[0].clause if units else None
        self.tag = clause is not None and (
            (self.attached and clause.doing in TELLING)
            or (self.end in ",?!—…" and clause.doing in ("speech", "thought") and clause.sure)
        )
        self.kind = "bare" if not units else "tag" if self.tag else "beat"
        now = units[0].person if self.tag else None
        self.now = now or told.now
        self.expected = self.now or told.expected
        self.later = _first(later, named=False)
        self.later_named = _first(later, named=True)
        self.far = bool(gap.units) and gap.after is not None and bool(_OTHER_END.match(text, gap.second.span.end))
        self.after = gap.after_person if gap.after and gap.after.doing in TELLING else None

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
        yield from self._foreseen()
        if count:
            way = self.story.way
            first, last = gap.units[0], gap.units[-1]
            yield f"{way} tag={self.tag} n={_size(count)}"
            yield f"{way} end={self.end} first={_shape(first)} {_case(self.story.text, first)} {count == 1}"
            yield f"{way} end={self.end} last={_shape(last)} low={self.lower} {count == 1} tag={self.tag}"
            yield f"{way} subject {self._now(last.person)} tag={self.tag} {last.last} told={relation(last.person, self.told.now)}"
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
        if gap.after_person is not None and self.after is None:
            acts = self._now(gap.after_person)
            yield f"acts after {acts} tag={self.tag} n={_size(count)}"
            yield f"acts after expected {relation(gap.after_person, self.expected)}"
            yield f"acts after before {relation(gap.after_person, self.told.before)} tag={self.tag}"
            if count:
                yield f"acts after acted {relation(gap.after_person, gap.units[-1].person)} tag={self.tag}"
        yield f"after {self._now(self.after)}"
        yield f"after {relation(self.after, self.expected)} expected"
        yield f"known={self.now is not None} after={self.after is not None}"
        if self.called_second:
            whom = self._named(self.called_second, self.expected)
            yield f"calls now={whom} n={_size(count)}"
            yield f"calls now={whom} tag={self.tag} known={self.now is not None}"
            if self.called_first:
                yield f"both call same={bool(self.called_first & self.called_second)}"
        if self.called_first and gap.units:
            yield f"called acts={self._named(self.called_first, gap.units[-1].person)}"
        if self.called_first:
            yield f"called speaks={self._named(self.called_first, self.after)}"
        second = gap.second.inner.end - gap.second.inner.start
        if count:
            yield f"persons={self.persons} tag={self.tag} end={self.end}"
            yield f"words={self.openings}"
            yield f"asked={self.asked} word={self.opening}"
            yield f"echo={self.echo} tag={self.tag} end={self.end}"
            yield f"exclaims={self.story.text[gap.second.inner.end - 1]} end={self.end} tag={self.tag}"
            yield from self._wording()
        yield f"length={min(second // 25, 6)} n={_size(count)}"
        if gap.rambling:
            yield f"rambling n={_size(count)} end={self.end} low={self.lower}"

    def _foreseen(self) -> Iterator[str]:
        """The features of who is told to speak in the turns that follow."""
        count = _size(len(self.gap.units))
        for turns, person in filter(None, (self.later, self.later_named)):
            known = "name" if person.names else person.gender
            now = self._now(person)
            before = relation(person, self.told.before)
            yield f"later {turns} {now} n={count} tag={self.tag}"
            yield f"later {turns} {known} {relation(person, self.expected)} expected tag={self.tag}"
            yield f"later {turns} {now} before {before} tag={self.tag}"
            if self.gap.units:
                acts = relation(person, self.gap.units[-1].person)
                yield f"later {turns} acts {acts} now {now} tag={self.tag} n={count}"

    def _wording(self) -> Iterator[str]:
        """The features of the words: of both speeches where they meet, and of what is told between."""
        text = self.story.text
        units = self.gap.units
        first, second = self.gap.first.inner.of(text), self.gap.second.inner.of(text)
        closing = _SMALL_WORD.findall(first.lower()[-40:])[-3:]
        words = _FIRST_WORD.findall(second[:80].lower())
        helping = set(_HELPING.findall(first[-120:].lower())) & set(_HELPING.findall(second[:30].lower()))
        sentences = min(len(_SENTENCES.findall(second)), 4)
        for word in words[:4]:
            yield f"opens {word} tag={self.tag}"
        for word in closing:
            yield f"closes {word}"
        if len(words) <= 3 and sentences == 0:
            yield f"whole {' '.join(words)}"
        yield f"opens {self.openings} closes {closing[-1] if closing else ''}"
        yield f"addressed {_address(first)}>{_address(second)} tag={self.tag}"
        yield f"helping={bool(helping)} end={self.end} tag={self.tag} long={len(words) > 6}"
        yield f"sentences={sentences} end={self.end} tag={self.tag}"
        for unit in units[:2]:
            at = "tag" if self.tag and unit is units[0] else "beat"
            for word in set(_SMALL_WORD.findall(text[unit.start : min(unit.end, unit.start + 90)])):
                yield f"{at} says {word}"
        if len(units) > 1:
            last = units[-1]
            for word in set(_SMALL_WORD.findall(text[max(last.start, last.end - 90) : last.end])):
                yield f"last says {word}"

    def turning(self, at: int) -> Iterator[str]:
        """The features of a turn at the place of this number."""
        gap, count = self.gap, len(self.gap.units)
        left, right = gap.units[:at], gap.units[at:]
        where = f"{_size(len(left))}:{_size(len(right))}"
        yield f"T at={where} tag={self.tag}"
        if not count:
            return
        yield f"T at={where} end={self.end}"
        way = self.story.way
        yield f"T {way} at={where} tag={self.tag}"
        if left:
            yield f"T {way} left={_shape(left[-1])} {len(left) == 1} right={len(right) > 0} tag={self.tag}"
        if right:
            yield f"T {way} right={_shape(right[0])} {right[-1].last} {_case(self.story.text, right[0])} n={_size(len(right))}"
            yield f"T {way} ends={_shape(right[-1])} end={self.end} left={_size(len(left))}"
            yield f"T {way} told {relation(right[0].person, self.told.now)} left={_size(len(left))} {right[-1].last}"
        if left:
            last = left[-1]
            yield f"T left={_shape(last)} n={_size(len(left))}"
            if last.clause and not (self.tag and len(left) == 1):
                yield f"T left verb={last.clause.word.lower()} right={len(right) > 0}"
            yield f"T left {self._now(last.person)} n={_size(len(left))} tag={self.tag}"
            yield f"T left expected {relation(last.person, self.expected)}"
            yield f"T left before {relation(last.person, self.told.before)}"
            yield f"T break after {last.last}"
            if not (self.tag and len(left) == 1):
                for word in set(_SMALL_WORD.findall(self.story.text[last.start : min(last.end, last.start + 60)])):
                    yield f"T left says {word}"
            if gap.ahead:
                yield f"T ahead {gap.ahead[0]} {relation(gap.ahead[1], last.person)} left {len(right) > 0}"
            for turns, person in filter(None, (self.later, self.later_named)):
                yield f"T later {turns} {relation(person, last.person)} left {len(right) > 0}"
            if self.called_first and not (self.tag and len(left) == 1):
                yield f"T called acts left={self._named(self.called_first, last.person)}"
        if right:
            first, last = right[0], right[-1]
            yield f"T right={_shape(first)} n={_size(len(right))}"
            yield f"T right ends={_shape(last)}"
            for word in set(_SMALL_WORD.findall(self.story.text[first.start : min(first.end, first.start + 60)])):
                yield f"T right says {word}"
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
            for turns, person in filter(None, (self.later, self.later_named)):
                yield f"T later {turns} {relation(person, first.person)} right"
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
            yield f"T bare speaks {relation(self.after, left[-1].person)} acts n={_size(count)} tag={self.tag}"
        if gap.rambling:
            yield f"T rambling {where} tag={self.tag}"

    def _now(self, person: Person | None) -> Relation:
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


def _first(later: Later, *, named: bool) -> tuple[int, Person] | None:
    """The first of the turns that follow of which is told who speaks, and who."""
    return next(
        ((turns, person) for turns, person in enumerate(later) if person and (person.names or not named)),
        None,
    )


def _address(speech: str) -> str:
    """How a speech addresses somebody, if by a title or the like."""
    found = _ADDRESS.search(speech)
    return found[1].lower() if found else ""


def _telling_words(speech: str) -> set[str]:
    return {word.lower() for word in _FIRST_WORD.findall(speech) if len(word) > 4}


def _persons(speech: str) -> str:
    """Which of I and you a speech says."""
    return ("i" if _I.search(speech) else "") + ("y" if _YOU.search(speech) else "")
