"""What the story bible says of each person, each line and each place, put together from a reading."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from betareader.reports.kinds import shown
from betareader.reports.lines import Lines
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.reading import Reading
    from betareader.story.bible import Character, Term
    from betareader.story.scenes import Setting
    from betareader.structure.page import Passage

TOLD = {"explicit": "named", "anaphoric": "tagged", "implicit": "worked out"}
"""How the text tells who speaks, in words for a writer."""

TELLING = (
    "Named: a name stands with the line. Tagged: a pronoun or another word does. Worked out: nothing does, and it "
    "follows from whose turn it is. The figure is how sure that is."
)
"""What those words mean."""

_FEW = 5
"""A person named less often than this, who says nothing and of whom nothing is told, is only listed."""

_AROUND = 40
_OPENING = 70


@dataclass(frozen=True, slots=True)
class Line:
    """What one person says or thinks without a break: passages of one paragraph, or a speech that runs on.

    `scene` is the place of its scene in the reading's scenes, from 0.
    """

    passages: tuple[Passage, ...]
    scene: int

    @property
    def speaker(self) -> str | None:
        """Whose line it is, where that is known."""
        return self.passages[0].speaker

    @property
    def addressee(self) -> str | None:
        """Who is spoken to, where that is known."""
        return next((passage.addressee for passage in self.passages if passage.addressee), None)

    @property
    def is_thought(self) -> bool:
        """Whether it is thought, not said aloud."""
        return self.passages[0].voice == "thought"

    @property
    def told(self) -> str | None:
        """How the text tells the speaker, in the passage that tells most."""
        return max(self.passages, key=lambda passage: passage.sure).told

    @property
    def sure(self) -> float:
        """The chance that the speaker is right, of the passage that tells most."""
        return max(passage.sure for passage in self.passages)

    def words(self, text: str) -> str:
        """What is said, its marks and the narration between left out."""
        parts = (passage.inner.of(text).strip() for passage in self.passages)
        return " ".join(filter(None, parts)).removesuffix(",")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a name, how often it stands, and where it stands first."""

    text: str
    count: int
    first: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A character's entry; `words` are those spoken aloud, `scenes` the places from 0 of those this person is in."""

    person: Character
    forms: tuple[Form, ...]
    lines: int
    words: int
    scenes: tuple[int, ...]

    @property
    def is_slight(self) -> bool:
        """Whether there is little to say of this person but the name."""
        person = self.person
        told = person.relations or person.facts or person.variants or self.lines
        return not told and len(person.mentions) < _FEW

    @property
    def names(self) -> str:
        """The name with the other forms after it."""
        aliases = ", ".join(self.person.aliases)
        return f"{self.person.name} ({aliases})" if aliases else self.person.name


@dataclass(frozen=True, slots=True)
class Note:
    """One thing known of a person or a scene: what it is about, what is told, and the words that tell it."""

    about: str
    told: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A place, a thing or a word of the story, what kind it is if that is known, and how often it stands."""

    text: str
    kind: str
    mentions: int


class Account:
    """A reading as the story bible tells it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self._line_ends = Lines.of(reading.manuscript)

    @cached_property
    def scenes(self) -> tuple[Setting, ...]:
        """The scenes with what is known of each."""
        return self.reading.chronicle.scenes

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Everything said or thought, in order, whether or not it is known by whom."""
        return tuple(self._lines())

    @cached_property
    def cast(self) -> tuple[Entry, ...]:
        """Everybody's entry, those who are named most first."""
        spoken: dict[str, list[Line]] = {}
        for line in self.lines:
            if line.speaker and not line.is_thought:
                spoken.setdefault(line.speaker, []).append(line)
        entries = (self._entry(person, spoken.get(person.name, ())) for person in self.reading.bible.cast)
        return tuple(sorted(entries, key=lambda entry: (-len(entry.person.mentions), -entry.lines, entry.person.name)))

    @cached_property
    def exchanges(self) -> dict[tuple[str, str], int]:
        """How many lines each speaks to each."""
        pairs: Counter[tuple[str, str]] = Counter()
        for line in self.lines:
            one, other = line.speaker, line.addressee
            if one and other and one != other and not line.is_thought:
                pairs[one, other] += 1
        return dict(pairs)

    @cached_property
    def places(self) -> tuple[Name, ...]:
        """The places of the story, those that stand most often first."""
        told = [Name(thing.name, thing.kind, len(thing.mentions)) for thing in self.reading.chronicle.places]
        things = [thing.name for thing in self.reading.chronicle.things]
        return _with_terms(told, self.reading.bible.places, things)

    @cached_property
    def things(self) -> tuple[Name, ...]:
        """The things of the story and the words it uses as its own, those that stand most often first."""
        told = [Name(thing.name, thing.kind, len(thing.mentions)) for thing in self.reading.chronicle.things]
        return _with_terms(told, self.reading.bible.terms, [name.text for name in self.places])

    def notes_on(self, entry: Entry) -> Iterator[Note]:
        """What is known of a person beside the name and the counts."""
        person = entry.person
        if person.pronouns:
            yield Note("Pronoun", person.pronouns)
        if person.titles:
            yield Note("Title", ", ".join(person.titles))
        for form in entry.forms:
            if form.text != person.name and form.text not in person.variants:
                yield Note("Also", f"{form.text} ({form.count:,})", form.first)
        for alias in person.aliases:
            if alias not in {form.text for form in entry.forms}:
                yield Note("Also", alias)
        slips = {slip.text: slip.span for slip in reversed(self.reading.bible.slips)}
        slips |= {form.text: form.first for form in entry.forms}
        for variant in person.variants:
            yield Note("Misspelt", variant, slips.get(variant))
        for relation in person.relations:
            yield Note("Relation", f"{relation.kind} of {relation.other}", relation.span)
        stated = Counter((fact.about, fact.value.casefold()) for fact in person.facts)
        for fact in person.facts:
            if times := stated.pop((fact.about, fact.value.casefold()), 0):
                again = f" ({times})" if times > 1 else ""
                yield Note(fact.about.capitalize(), fact.value + again, fact.span)
        if entry.scenes and len(self.scenes) > 1:
            yield Note("Scenes", in_ranges([self.scenes[place].number for place in entry.scenes]))

    def notes_at(self, place: int) -> Iterator[Note]:
        """What is known of the scene at `place`."""
        scene = self.scenes[place]
        if scene.place:
            yield Note("Where", scene.place, scene.place_span)
        when = ", ".join(filter(None, (day_name(scene.day), scene.time)))
        if when:
            yield Note("When", when, scene.time_span)
        if scene.present:
            yield Note("Who", ", ".join(scene.present))
        if scene.viewpoint:
            yield Note("Seen by", scene.viewpoint)
        if scene.gist:
            yield Note("About", ", ".join(scene.gist))

    def lines_in(self, speaker: str, place: int) -> int:
        """How many lines a person speaks aloud in the scene at `place`."""
        return self._lines_in[speaker, place]

    @cached_property
    def _lines_in(self) -> Counter[tuple[str | None, int]]:
        return Counter((line.speaker, line.scene) for line in self.lines if not line.is_thought)

    def opening(self, place: int) -> Span:
        """The first words of the scene at `place`."""
        scene = self.scenes[place].span
        paragraph = self.reading.paragraph_at(scene.start)
        end = min(scene.end, scene.start + _OPENING, paragraph.span.end if paragraph else scene.end)
        words = self.reading.words_in(Span(scene.start, end))
        inside = [word.span.end for word in words if word.span.end <= end]
        return Span(scene.start, inside[-1] if inside else end)

    def scene_at(self, offset: int) -> int:
        """The place of the scene that covers `offset` or is the last before it; -1 where there is none."""
        return bisect_right(self.scenes, offset, key=lambda scene: scene.span.start) - 1

    def where(self, offset: int) -> str:
        """Where in the story `offset` is, in words."""
        scene = self.scene_at(offset)
        if scene < 0 or len(self.scenes) < 2:
            return self.line_at(offset)
        return f"{self.scene_name(scene)}, {self.line_at(offset)}"

    def line_at(self, offset: int) -> str:
        """The line of the file that `offset` is in, in words."""
        return f"{self._line_ends.unit} {self._line_ends.place(offset)[0]:,}"

    def scene_name(self, place: int) -> str:
        """The scene at `place` in words: scene 3, or chapter 2, scene 3 where there are chapters."""
        scene = self.scenes[place]
        chapters = self.scenes[-1].chapter > 1
        return f"chapter {scene.chapter}, scene {scene.number}" if chapters else f"scene {scene.number}"

    def around(self, note: Note) -> tuple[str, str, str] | None:
        """The words that tell it and those just before and after them, no further than the paragraph goes.

        None where there are none, or none that are not in the note already.
        """
        text, span = self.text, note.span
        if span is None or span.of(text).casefold() in note.told.casefold():
            return None
        paragraph = self.reading.paragraph_at(span.start)
        floor, ceiling = (paragraph.span.start, paragraph.span.end) if paragraph else (span.start, span.end)
        start, end = max(floor, span.start - _AROUND), min(ceiling, span.end + _AROUND)
        before, after = text[start : span.start], text[span.end : max(end, span.end)]
        if start > floor:
            before = "…" + before.partition(" ")[2]
        if end < ceiling:
            after = after.rpartition(" ")[0] + "…"
        return shown(before, 2 * _AROUND), shown(span.of(text), 120), shown(after, 2 * _AROUND)

    def _lines(self) -> Iterator[Line]:
        passages: list[Passage] = []
        for passage in self.reading.passages:
            if passage.voice == "quoted":
                continue
            if passages and not self._goes_on(passages[-1], passage):
                yield self._line(passages)
                passages = []
            passages.append(passage)
        if passages:
            yield self._line(passages)

    def _line(self, passages: Sequence[Passage]) -> Line:
        return Line(tuple(passages), self.scene_at(passages[0].span.start))

    def _goes_on(self, before: Passage, passage: Passage) -> bool:
        if (before.voice, before.speaker) != (passage.voice, passage.speaker):
            return False
        if before.addressee and passage.addressee and before.addressee != passage.addressee:
            return False
        between = self.text[before.span.end : passage.span.start]
        return before.runs_on or not ("\n" in between or "\r" in between or before.speaker is None)

    def _entry(self, person: Character, lines: Sequence[Line]) -> Entry:
        counts = Counter(span.of(self.text) for span in person.mentions)
        firsts = {span.of(self.text): span for span in reversed(person.mentions)}
        forms = tuple(Form(form, count, firsts[form]) for form, count in counts.most_common())
        words = sum(len(self.reading.words_in(passage.inner)) for line in lines for passage in line.passages)
        scenes = {place for place, scene in enumerate(self.scenes) if person.name in scene.present}
        scenes |= {line.scene for line in lines if line.scene >= 0}
        return Entry(person, forms, len(lines), words, tuple(sorted(scenes)))


def in_ranges(numbers: Sequence[int]) -> str:
    """Numbers in rising order in few words: 1–3, 5."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges)


def day_name(day: int | None) -> str:
    """A day of the story in words, counted from its first, which is 0; empty where it is not known."""
    if day is None:
        return ""
    if day >= 400:
        return f"Year {day // 365 + 1:,}, day {day % 365 + 1}"
    if day >= 0:
        return f"Day {day + 1}"
    before = -day
    if before == 1:
        return "the day before"
    if before < 60:
        return f"{before} days before"
    return f"{before // 30} months before" if before < 730 else f"{before // 365:,} years before"


def _with_terms(told: list[Name], terms: Sequence[Term], others: Sequence[str]) -> tuple[Name, ...]:
    """What the chronicle tells of, and the terms that are not among it or `others`."""
    listed = {*(name.text for name in told), *others}
    rest = (Name(term.text, "", term.mentions) for term in terms if term.text not in listed)
    return tuple(sorted((*told, *rest), key=lambda name: (-name.mentions, name.text)))
