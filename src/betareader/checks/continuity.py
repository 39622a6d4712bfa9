"""What the story says here and says otherwise there; only the author knows which is right, so all of it is asked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Query
from betareader.span import Span
from betareader.story.narration import GAP, Narration

if TYPE_CHECKING:
    from betareader.reading import Reading
    from betareader.story.bible import Character, Fact
    from betareader.story.viewpoint import Insight
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
    r"\b(?:had|would|if|before|until|till|never|not|might|could|should|wish\w*|when|whenever|every|always|often|after|since)\b"
)
_RETURNING = re.compile(
    r"\b(?:return\w*|re-?enter\w*|re-?appear\w*|appear\w*|back|again|came|come|enter\w*|door(?:way)?|follow\w*|joined|"
    r"phone\w*|telephone\w*|through|outside|upstairs|downstairs|street|minutes?|hours?|later|meanwhile|next|remember\w*)\b"
)
_LATELY = 1500
"""Code points in which nobody else may be named whom a pronoun fits, for it to be sure."""

_SPEECHES = 2
"""Speeches, at the least, that show the scene going on without the one who left."""

_THOUGHT_TAG = re.compile(r"[,?!] (?:he|she|[A-Z]\w+) (?:thought|wondered|told (?:himself|herself))\b")
_OF_ONESELF = re.compile(r"\b(?:I|I[’'](?:m|ll|ve|d)|my|me)\b")
_ENOUGH = 3
"""How often one way of showing thoughts must stand for another to be a slip."""

_RARE = 0.2
"""The share of the thoughts up to which a way of showing them is a slip, and above which it is a habit."""

_HIDDEN = frozenset("thought wondered realized realised hoped wished longed dreaded feared remembered".split())
_SENTENCE_END = re.compile(r"(?:[.!?…][\"”’']?\s+|\n\s*)\Z")
_STRICT = 0.05
"""The share of thoughts of others up to which a story keeps to one point of view a scene."""

_SEEN_WITHIN = 4
"""Thoughts of the one through whose eyes a scene is seen, from which on another's stand out."""


@check(depth="light")
def looks_changed(reading: Reading) -> Iterator[Query]:
    """Ask about eyes or hair of another colour than the story has given that person before.

    Only colours that nobody takes for each other are asked about, and never hair in a story that speaks of
    dye or of wigs.

    Queries:
        Anna’s eyes were blue. Anna sat down. Ben saw that Anna’s eyes were [brown].

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
    ends = [setting.span.end for setting in reading.chronicle.scenes]
    for leaving in _LEAVING.finditer(narration.text):
        place = bisect_left(ends, leaving.start())
        person = narration.named(*leaving.span("who"))
        if (
            person is None
            or place == len(ends)
            or _NOT_NOW.search(narration.text, *_clause(narration.text, leaving.start()))
        ):
            continue
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


def _clause(text: str, offset: int) -> tuple[int, int]:
    """From the start of the sentence that `offset` is in up to there."""
    return max(text.rfind(mark, 0, offset) for mark in (".", "!", "?", "\n", GAP)) + 1, offset


def _tagged(reading: Reading, narration: Narration) -> dict[int, str]:
    """From where each speech with a name in its tag opens to whose name it is."""
    found = {}
    for joint in reading.joints:
        clause = joint.clause
        if clause is not None and clause.subject.kind == "name" and clause.doing == "speech":
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


@check(depth="heavy")
def viewpoint_slipped(reading: Reading) -> Iterator[Query]:
    """Ask about a thought of another's in a scene told through one person's eyes.

    A story that looks into many heads does so by choice; asked about is the one slip in a story that otherwise
    keeps to one person a scene.

    Queries:
        Anna wondered where he was. Anna hoped he would come. She knew the road was bad. Anna remembered the bridge. At last Ben came in. [Ben wondered] what was for supper. Anna felt the cold come in with him, and Anna thought of the fire.

    Leaves:
        Anna wondered where he was. Anna hoped he would come. Ben wondered what was for supper. Ben thought of the bridge. Anna remembered the road. Ben hoped for soup.
        Anna wondered where he was. Anna hoped he would come. She knew the road was bad. Anna remembered the bridge. At last Ben came in. Anna felt the cold come in with him.
    """
    scenes = reading.chronicle.scenes
    starts = [setting.span.start for setting in scenes]
    by_scene: dict[int, list[Insight]] = defaultdict(list)
    for insight in reading.chronicle.insights:
        if insight.deep:
            by_scene[bisect_left(starts, insight.span.end) - 1].append(insight)
    slips: list[tuple[Insight, Insight]] = []
    strange = total = 0
    for place, found in by_scene.items():
        eyes = scenes[place].viewpoint
        if eyes is None or scenes[place].first_person:
            continue
        others = [insight for insight in found if insight.person != eyes and _is_sure(reading, insight)]
        own = [insight for insight in found if insight.person == eyes]
        strange, total = strange + len(others), total + len(own)
        before = [insight for insight in own if others and insight.span < others[0].span]
        if len(others) == 1 and len(own) >= _SEEN_WITHIN and before and own[-1].span > others[0].span:
            slips.append((others[0], before[-1]))
    if strange <= max(1, _STRICT * total):
        for other, nearest in slips:
            reason = f"The scene is seen through {nearest.person}’s eyes. Can {other.person}’s mind be told here?"
            yield Query(other.span, reason, (nearest.span,))


def _is_sure(reading: Reading, insight: Insight) -> bool:
    """Whether a sentence begins with the name of the one whose mind it tells, and with what nobody else can see."""
    verb = insight.span.of(reading.text).rpartition(" ")[2]
    if verb not in _HIDDEN or not _SENTENCE_END.search(
        reading.text, max(0, insight.span.start - 6), insight.span.start
    ):
        return False
    return insight.span.of(reading.text)[:3].lower() not in ("he ", "she")


@check(depth="medium")
def thoughts_in_two_styles(reading: Reading) -> Iterator[Query]:
    """Ask which to keep where thoughts stand in one style nearly everywhere and in another here.

    Italics, quotation marks or neither are all the author's choice; a story keeps to one.  The first odd one is asked about.

    Queries:
        ‘I am late,’ Anna thought. ‘I must run,’ she thought. ‘He will wait,’ Anna thought. ‘He has to,’ she thought. ‘I am sure of it,’ Anna thought. [I should have called], Anna thought.

    Leaves:
        ‘I am late,’ Anna thought. ‘I must run,’ she thought. ‘He will wait,’ Anna thought. It was, she thought, a long way.
        I am late, Anna thought. I must run, she thought. I should have called, Anna thought.
    """
    styles: dict[str, list[Span]] = defaultdict(list)
    for passage in reading.passages:
        if passage.voice == "thought":
            marked = reading.text[passage.span.start] in "\"'“‘"
            styles["in quotation marks" if marked else "in italics"].append(passage.span)
    if not any(scene.first_person for scene in reading.chronicle.scenes):
        narration = Narration(reading.text, reading.bible, reading.passages)
        for tag in _THOUGHT_TAG.finditer(narration.text):
            start, end = _clause(narration.text, tag.start())
            thought = narration.text[start:end]
            if _OF_ONESELF.search(thought):
                styles["plain"].append(Span(start + len(thought) - len(thought.lstrip()), end))
    ranked = sorted(styles, key=lambda style: -len(styles[style]))
    for style in ranked[1:]:
        usual, rare = styles[ranked[0]], styles[style]
        if len(usual) >= _ENOUGH and len(rare) <= _RARE * len(usual):
            reason = f"This thought stands {style}; nearly all others stand {ranked[0]}. Which should it be?"
            yield Query(rare[0], reason, (usual[0],))
