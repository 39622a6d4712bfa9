"""Who speaks each speech, by its tag, its beats, and the turns that two people take."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from betareader.story.gaps import Story
from betareader.story.people import Person, aliases_of
from betareader.story.turns import Turn, find_in

if TYPE_CHECKING:
    from betareader.story.bible import Bible
    from betareader.structure.page import Page, Passage

_SURE = 0.5


@dataclass
class _Round:
    """The speeches of one turn, and who is told to speak them."""

    speeches: list[Passage]
    told: Person | None = None
    called: frozenset[str] = frozenset()
    beat: Person | None = None
    before: Person | None = None
    speaker: str | None = None
    silent: int = 0


def attribute(page: Page, bible: Bible) -> tuple[Passage, ...]:
    """The passages of the page with their speakers filled in, as far as the text tells.

    A speaker is a character's full name as the bible has it.  In order of weight: a tag's name; a
    tag's pronoun, for the last person it fits; a beat in the same turn; two people in turn; never
    the one who is called by name.  None where nothing tells.  Thoughts go to the one a tag names.
    """
    return listen(page, bible)[1]


def listen(page: Page, bible: Bible) -> tuple[tuple[Turn, ...], tuple[Passage, ...]]:
    """The turns inside paragraphs, as `turns.find` gives them, and the passages with their speakers."""
    story = Story(page, aliases_of(bible))
    turns = find_in(story)
    forms = _forms(bible)
    rounds = list(_rounds(story, turns))
    _settle(rounds, forms)
    speakers = {id(speech): each.speaker for each in rounds for speech in each.speeches if each.speaker}
    speakers |= _thinkers(page, story, forms)
    return turns, tuple(
        replace(passage, speaker=speakers[id(passage)]) if id(passage) in speakers else passage
        for passage in page.passages
    )


def _forms(bible: Bible) -> dict[str, str]:
    """From each telling word of a name to the one character whose name has it."""
    found: dict[str, set[str]] = {}
    for person in bible.cast:
        for form in (person.name, *person.aliases):
            for word in form.split():
                found.setdefault(word, set()).add(person.name)
    return {word: next(iter(names)) for word, names in found.items() if len(names) == 1}


def _name(person: Person | None, forms: dict[str, str]) -> str | None:
    if person is None:
        return None
    return next((forms[word] for word in sorted(person.names) if word in forms), None)


def _rounds(story: Story, turns: Sequence[Turn]) -> Iterator[_Round]:
    """The turns of the dialogue in order; a paragraph begins one, and so does a likely turn inside it."""
    breaks = [turn.span.end for turn in turns if turn.probability >= _SURE]
    silent = 0
    for span, speeches in story.paragraphs:
        if not speeches:
            silent += 1
            continue
        current = _Round([], silent=silent)
        silent = 0
        current.before = story.lead(span.start, speeches[0].span.start)
        place = span.start
        for number, speech in enumerate(speeches):
            edge = bisect_right(breaks, speech.span.start)
            start = breaks[edge - 1] if edge and breaks[edge - 1] > place else None
            if start is not None and current.speeches:
                yield current
                current = _Round([], before=story.lead(start, speech.span.start))
            current.speeches.append(speech)
            limit = speeches[number + 1].span.start if number + 1 < len(speeches) else span.end
            after = bisect_right(breaks, speech.span.end)
            if after < len(breaks) and breaks[after] < limit:
                limit = breaks[after]
            _hear(story, current, speech, limit)
            place = speech.span.end
        yield current


def _hear(story: Story, current: _Round, speech: Passage, limit: int) -> None:
    clause = story.clause(speech.span.end, min(limit, speech.span.end + 200))
    person = story.person(clause)
    if clause and clause.doing in ("speech", "thought", "loose"):
        current.told = current.told or person
    elif current.beat is None:
        current.beat = person
    called = story.called(speech)
    if called is not None:
        current.called |= called.names


def _settle(rounds: list[_Round], forms: dict[str, str]) -> None:
    """Fill in the speakers, in order, each by what is known of those before it."""
    recent: list[tuple[str, str]] = []
    for number, each in enumerate(rounds):
        if each.silent > 2:
            recent.clear()
        last = rounds[number - 1].speaker if number and each.silent == 0 else None
        turn_before = rounds[number - 2].speaker if number > 1 and each.silent == 0 else None
        called = {forms[word] for word in each.called if word in forms}
        for person in (each.told, each.before, each.beat):
            each.speaker = _name(person, forms) or _by_pronoun(person, recent, last, called)
            if each.speaker:
                break
        if each.speaker is None and number and each.silent == 0:
            answering = {forms[word] for word in rounds[number - 1].called if word in forms} - {last} - called
            told = each.told or each.before
            if len(answering) == 1 and (told is None or told.gender in ("?", _gender(min(answering), recent))):
                each.speaker = min(answering)
        if each.speaker is None and turn_before and turn_before != last and turn_before not in called:
            told = each.told or each.before
            if told is None or told.gender in ("?", _gender(turn_before, recent)):
                each.speaker = turn_before
        if each.speaker:
            gender = next((one.gender for one in (each.told, each.before, each.beat) if one), "?")
            recent.append((each.speaker, gender))
            del recent[:-8]


def _gender(name: str, recent: Sequence[tuple[str, str]]) -> str:
    return next((gender for person, gender in reversed(recent) if person == name and gender != "?"), "?")


def _by_pronoun(
    person: Person | None, recent: Sequence[tuple[str, str]], last: str | None, called: set[str]
) -> str | None:
    if person is None or person.names or person.gender not in ("he", "she") or person.noun:
        return None
    likely = [name for name, gender in reversed(recent) if name != last and name not in called]
    for name in likely:
        if _gender(name, recent) == person.gender:
            return name
    return likely[0] if likely and _gender(likely[0], recent) == "?" else None


def _thinkers(page: Page, story: Story, forms: dict[str, str]) -> dict[int, str]:
    """Who thinks each thought, where a tag after it says so by name."""
    found: dict[int, str] = {}
    ends = [passage.span.start for passage in page.passages]
    for passage in page.passages:
        if passage.voice == "thought":
            after = bisect_right(ends, passage.span.start)
            limit = page.passages[after].span.start if after < len(ends) else len(page.text)
            clause = story.clause(passage.span.end, min(limit, passage.span.end + 200))
            name = _name(story.person(clause), forms)
            if name and clause and clause.doing in ("speech", "thought"):
                found[id(passage)] = name
    return found
