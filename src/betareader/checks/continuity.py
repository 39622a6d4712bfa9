"""What the story says here and says otherwise there; only the author knows which is right, so all of it is asked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Query
from betareader.span import Span
from betareader.story.dates import number_of
from betareader.story.narration import GAP, Narration

if TYPE_CHECKING:
    from betareader.reading import Reading
    from betareader.story.bible import Character, Fact
    from betareader.structure.page import Passage

_COLOURS = {
    "eyes": {
        "blue": "blue", "azure": "blue", "green": "green", "emerald": "green", "brown": "brown", "hazel": "hazel",
        "black": "black", "grey": "grey", "gray": "grey", "violet": "violet", "amber": "amber",
    },
    "hair": {
        "blond": "fair", "blonde": "fair", "flaxen": "fair", "yellow": "fair", "golden": "fair", "red": "red",
        "auburn": "red", "ginger": "red", "black": "black", "raven": "black", "brown": "brown", "chestnut": "brown",
    },
}  # fmt: skip
_APART = {
    "eyes": {
        frozenset(pair.split("/"))
        for pair in """blue/brown blue/black blue/hazel blue/amber green/brown green/black green/blue green/violet grey/brown grey/black
        grey/amber violet/brown violet/black brown/violet hazel/black""".split()
    },
    "hair": {frozenset(pair.split("/")) for pair in "fair/black fair/red fair/brown red/black".split()},
}
_DYED = re.compile(r"\b(?:dy(?:ed|e|eing)|bleach\w*|wigs?|henna\w*|tint(?:ed)?|peroxide\w*|contact lens\w*|lenses)\b")
_ROOM = (
    "room|house|kitchen|office|study|library|hall|shop|store|café|cafe|restaurant|bar|tent|cabin|cottage|flat|apartment|"
    "bedroom|parlor|parlour|drawing-room|dining-room|church|courtroom|classroom|car|carriage|building"
)
_LEAVING = re.compile(
    r"\b(?P<who>[Hh]e|[Ss]he|[A-Z]\w+) (?:\w+ly |turned and |rose and |got up and |stood up and |bowed and )?(?P<leaving>"
    r"(?:left|quitted|(?:walked|went|strode|stormed|ran|stalked|hurried|slipped|rushed|marched|stepped|flounced|limped|bolted|stamped) "
    rf"(?:\w+ly )?(?:out of|from)) (?:the|his|her|their|my) (?:{_ROOM})"
    r"|(?:walked|went|strode|stormed|ran|stalked|hurried|slipped|rushed|marched|stamped) (?:out|away|off)(?=[.;,]| and (?:closed|shut|slammed)|$)"
    r"|withdrew(?=[.;,])|departed(?=[.;,])|took (?:his|her) (?:leave|departure)|drove (?:away|off)(?=[.;,]))"
)
_NOT_NOW = re.compile(
    r"(?i:\b(?:had|would|if|unless|before|until|till|never|not|might|could|should|wish\w*|when|whenever|every|always|often|after|since)\b)"
)
_RETURNING = re.compile(
    r"\b(?:return\w*|re-?enter\w*|re-?appear\w*|appear\w*|back|again|came|come|enter\w*|door(?:way)?|follow\w*|joined|"
    r"phone\w*|telephone\w*|through|outside|upstairs|downstairs|street|minutes?|hours?|later|meanwhile|next|remember\w*)\b"
)
_HAD = re.compile(r" (?:had|would)\b|[’']d\b")
_LATELY = 1500
"""Code points in which nobody else may be named whom a pronoun fits, for it to be sure."""

_DYING = re.compile(
    r"\b(?P<who>[A-Z]\w+) (?P<dying>died|was dead|lay dead|fell dead|dropped dead|was killed)\b(?! (?:to|tired|set|sure|drunk|right|on|of))"
)
_SCENES_ON = 2
"""How many scenes on a dead person who speaks is asked about; farther off, it may be another time."""

_SIDE = re.compile(
    r"\b(?P<whose>[Hh]is|[Hh]er|[A-Z]\w+[’']s) (?:(?!left|right)\w+ )?(?P<side>left|right) "
    r"(?P<part>arm|leg|hand|eye|shoulder|foot|ankle|wrist|knee|thigh|ear|elbow)\b"
)
_WOUND = re.compile(
    r"\b(?:wound\w*|broke|broken|bandag\w*|limp\w*|sling|sprain\w*|bullet|stump|amputat\w*|missing|lost|lame|crippled|splint\w*|"
    r"swollen|paraly\w*|maimed|withered|shattered|useless)\b"
)
_YEARS = re.compile(r"\b(?:years?|birthdays?|remember\w*|childhood|grew|grown)\b")
_SPEECHES = 2
"""Speeches, at the least, that show the scene going on without the one who left."""


@check(depth="light")
def looks_changed(reading: Reading) -> Iterator[Query]:
    """Ask about eyes or hair of another colour than the story has given that person before.

    Only colours that nobody takes for each other are asked about, and never hair in a story that speaks of
    dye or of wigs.

    Queries:
        Anna’s eyes were blue. Anna sat down. Ben saw that [Anna’s eyes were brown].

    Leaves:
        Anna’s eyes were blue. Anna sat down. Ben saw that Anna’s eyes were blue and cold.
        Anna’s eyes were blue. Anna sat down. Ben’s eyes were brown.
    """
    dyed = bool(_DYED.search(reading.text))
    for person in reading.bible.cast:
        for about, colours in _COLOURS.items():
            if about == "hair" and dyed:
                continue
            yield from _changes(reading, person, about, colours)


def _changes(reading: Reading, person: Character, about: str, colours: dict[str, str]) -> Iterator[Query]:
    """The first statement that goes against the colour stated most often."""
    stated: list[tuple[Fact, str]] = []
    for fact in person.facts:
        found = {colours[word] for word in re.findall(r"[a-z]+", fact.value.lower()) if word in colours}
        if fact.about == about and len(found) == 1 and not _is_said(reading, fact.span.start):
            stated.append((fact, found.pop()))
    usual = Counter(colour for _, colour in stated).most_common(1)
    for fact, colour in stated:
        if frozenset((colour, usual[0][0])) in _APART[about]:
            first = next(other for other, its in stated if its == usual[0][0])
            one, two = sorted((first, fact), key=lambda each: each.span)
            verb = "were" if about == "eyes" else "was"
            reason = f"{person.name}’s {about} {verb} {one.value} before. Which is right?"
            yield Query(two.span, reason, (one.span,))
            return


@check(depth="light")
def age_changed(reading: Reading) -> Iterator[Query]:
    """Ask about an age that the time told of does not lead to.

    People grow older, and stories look back; so two ages are compared only within a scene or two and where less than
    a year goes by, and a birthday is let pass.

    Queries:
        Anna was seventeen. Anna sat down and opened the book. The rain had stopped. [Anna was fifteen], and she was tired.

    Leaves:
        Anna was seventeen. Anna sat down and opened the book. Anna was seventeen, and she was tired.
        Anna was seventeen. Anna sat down and opened the book. When Anna was fifteen, she was never tired.
        Anna was seventeen. Anna sat down. Four years later Anna was twenty-one, and she was tired.
    """
    ends = [scene.span.end for scene in reading.chronicle.scenes]
    for person in reading.bible.cast:
        ages = [fact for fact in person.facts if fact.about == "age" and _is_now(reading, fact.span)]
        for before, after in pairwise(sorted(ages, key=lambda fact: fact.span)):
            years = (number_of(after.value) or 0) - (number_of(before.value) or 0)
            scenes = bisect_left(ends, after.span.start) - bisect_left(ends, before.span.start)
            if (years < 0 or years > 1) and scenes <= 1 and not _years_pass(reading, before.span.end, after.span.start):
                yield Query(after.span, f"{person.name} was {before.value} before. Which is right?", (before.span,))
                break


def _is_now(reading: Reading, span: Span) -> bool:
    """Whether the narration says it, and of its own time."""
    start, end = _clause(reading.text, span.start)
    return not _is_said(reading, span.start) and not _NOT_NOW.search(reading.text, start, end)


def _years_pass(reading: Reading, start: int, end: int) -> bool:
    """Whether the story may go on by a year or more between two places, or goes back."""
    if _YEARS.search(reading.text, start, end):
        return True
    moments = reading.chronicle.timeline
    here = moments[
        bisect_left(moments, start, key=lambda each: each.span.start) : bisect_left(
            moments, end, key=lambda each: each.span.start
        )
    ]
    return any(moment.kind in ("year", "season", "back") for moment in here)


def _is_said(reading: Reading, offset: int) -> bool:
    passage = reading.passage_at(offset)
    return passage is not None and passage.voice != "quoted"


@check(depth="light")
def speaks_after_leaving(reading: Reading) -> Iterator[Query]:
    """Ask about a person who speaks in a scene after leaving it, with no word of a return.

    The scene must go on without the one who left, and nothing between may tell of a door, a call, or coming back.

    Queries:
        “Enough,” said Ben. Ben left the room. ¶“He is angry,” said Anna. ¶“He is hurt,” said Clara. ¶“So am I,” said Anna. ¶[“I never liked it,”] said Ben. ¶“Oh,” said Clara.

    Leaves:
        “Enough,” said Ben. Ben left the room. ¶“He is angry,” said Anna. ¶“He is hurt,” said Clara. ¶“So am I,” said Anna. ¶Ben came back. “I never liked it,” said Ben. ¶“Oh,” said Clara.
        “Enough,” said Ben. Ben left the room. ¶“He is angry,” said Anna. ¶“He is hurt,” said Clara.
    """
    narration = Narration(reading.text, reading.bible, reading.passages)
    tagged = _tagged(reading, narration)
    starts = [passage.span.start for passage in reading.passages]
    for leaving, place, person in _told_now(_LEAVING, reading, narration):
        scene = reading.chronicle.scenes[place]
        if scene.first_person or scene.viewpoint == person:
            continue
        after = reading.passages[bisect_left(starts, leaving.end()) : bisect_left(starts, scene.span.end)]
        speech = _speech_after(after, person, tagged)
        if speech is not None and not _comes_back(narration, person, leaving.end(), speech):
            span = Span(*leaving.span())
            yield Query(speech.span, f"{person} left before, and nothing tells of a return. Who is speaking?", (span,))


def _who(narration: Narration, leaving: re.Match[str]) -> str | None:
    """Who leaves: the one named, or the only one lately named whom the pronoun fits."""
    if leaving["who"].lower() in ("he", "she"):
        return narration.only(leaving["who"].lower(), leaving.start(), leaving.start() - _LATELY)
    return narration.named(*leaving.span("who"))


def _told_now(
    pattern: re.Pattern[str], reading: Reading, narration: Narration
) -> Iterator[tuple[re.Match[str], int, str]]:
    """Where the pattern tells of a named `who`, as it happens: the match, the scene's place, the person."""
    ends = [scene.span.end for scene in reading.chronicle.scenes]
    for found in pattern.finditer(narration.text):
        place = bisect_left(ends, found.start())
        person = narration.named(*found.span("who"))
        if person is None or place == len(ends):
            continue
        if not _NOT_NOW.search(narration.text, *_clause(narration.text, found.start())):
            yield found, place, person


def _clause(text: str, offset: int) -> tuple[int, int]:
    """From the start of the sentence that `offset` is in up to there."""
    return max(text.rfind(mark, 0, offset) for mark in (".", "!", "?", "\n", GAP)) + 1, offset


def _tagged(reading: Reading, narration: Narration) -> dict[int, str]:
    """From where each speech with a name in its tag opens to whose name it is."""
    found = {}
    for joint in reading.joints:
        clause = joint.clause
        if (
            clause is not None
            and clause.subject.kind == "name"
            and clause.doing == "speech"
            and not _HAD.match(reading.text, clause.subject.span.end)
        ):
            person = narration.named(clause.subject.span.start, clause.subject.span.end)
            if person is not None:
                found[joint.opens] = person
    return found


def _speech_after(passages: Sequence[Passage], person: str, tagged: Mapping[int, str]) -> Passage | None:
    """The next speech that a tag gives to `person`, if others have spoken in between."""
    speeches, others = 0, 0
    for passage in passages:
        speaker = tagged.get(passage.span.start)
        if speaker == person:
            return passage if others and speeches >= _SPEECHES else None
        speeches += passage.voice == "speech"
        others += speaker is not None
    return None


def _comes_back(narration: Narration, person: str, start: int, speech: Passage) -> bool:
    """Whether anything between might bring the person back, or take the scene along."""
    between = Span(start, speech.span.start)
    if any(narration.names[place] == person for place in narration.mentions(between)):
        return True
    return bool(_RETURNING.search(narration.text, start, speech.span.end + 60))


@check(depth="light")
def speaks_after_dying(reading: Reading) -> Iterator[Query]:
    """Ask about a person who speaks in a scene after dying in it, or a scene or two later.

    What the dead *had* said, and what is told farther on, may be from before.

    Queries:
        “Hold on,” said Anna. Ben died in her arms. ¶“Is he gone?” asked Clara. ¶[“I am cold,”] said Ben.

    Leaves:
        “Hold on,” said Anna. Ben died in her arms. ¶“Is he gone?” asked Clara. ¶“I am cold,” said Anna.
        “Hold on,” said Anna. Ben was dead tired. ¶“Is he asleep?” asked Clara. ¶“I am cold,” said Ben.
        “Hold on,” said Anna. Ben died in her arms. ¶“I am cold,” Ben had said that morning.
    """
    narration = Narration(reading.text, reading.bible, reading.passages)
    tagged = _tagged(reading, narration)
    scenes = reading.chronicle.scenes
    ends = [scene.span.end for scene in scenes]
    asked: set[str] = set()
    for dying, place, person in _told_now(_DYING, reading, narration):
        limit = ends[min(place + _SCENES_ON, len(ends) - 1)]
        after = (passage for passage in reading.passages if dying.end() < passage.span.start < limit)
        speech = next((each for each in after if tagged.get(each.span.start) == person), None)
        if speech is not None and person not in asked:
            asked.add(person)
            reason = f"{person} died before. Who is speaking?"
            yield Query(speech.span, reason, (Span(*dying.span()),))


@check(depth="light")
def wound_on_other_side(reading: Reading) -> Iterator[Query]:
    """Ask about a hurt arm, leg or eye that is the left one here and the right one there.

    Both sentences must speak of a hurt that lasts; a blow or a cut may fall on either side.

    Queries:
        Ben’s left arm was broken. Anna sat with him all night. In the morning Ben’s [right arm] was still in its sling.

    Leaves:
        Ben’s left arm was broken. Anna sat with him all night. In the morning Ben’s left arm was still in its sling.
        Ben’s left arm was broken. Anna gave him the cup, and Ben’s right arm shook.
    """
    narration = Narration(reading.text, reading.bible, reading.passages)
    sides: dict[tuple[str, str], tuple[str, Span]] = {}
    for match in _SIDE.finditer(narration.text):
        start, end = _sentence(narration.text, match.start())
        if not _WOUND.search(narration.text, start, end):
            continue
        whose = match["whose"]
        if whose.lower() in ("his", "her"):
            pronoun = "he" if whose.lower() == "his" else "she"
            person = narration.only(pronoun, match.start(), match.start() - _LATELY)
        else:
            person = narration.named(match.start(), match.start() + len(whose) - 2)
        if person is None:
            continue
        span = Span(match.start("side"), match.end())
        side, before = sides.setdefault((person, match["part"]), (match["side"], span))
        if side != match["side"]:
            yield Query(span, f"It was {person}’s {side} {match['part']} before. Which is right?", (before,))


def _sentence(text: str, offset: int) -> tuple[int, int]:
    """The sentence that `offset` is in, speeches left out."""
    ends = [place for mark in (".", "!", "?", "\n", GAP) if (place := text.find(mark, offset)) >= 0]
    return _clause(text, offset)[0], min(ends, default=len(text))
