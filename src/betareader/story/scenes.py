"""Scenes: where each is set, when, who is there, and through whose eyes it is seen."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

from betareader.language.lexicon import load_lexicon
from betareader.span import Span
from betareader.story.viewpoint import is_first_person, narrator, present, viewpoint
from betareader.structure.page import Scene

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from betareader.story.dates import Expression
    from betareader.story.narration import Narration
    from betareader.story.places import Thing
    from betareader.story.timeline import Moment
    from betareader.story.viewpoint import Insight
    from betareader.structure.page import Page, Passage

NARRATOR = "the narrator"
"""Whose point of view it is where somebody tells the story as “I”."""

_LEAST = 400
"""Code points, some seventy words: a scene found by its opening words alone is no shorter."""

_LUMPED = 700
"""Code points; where paragraphs are longer than this on average, whole scenes stand in one paragraph."""

_WAKING = re.compile(r"[^.!?]{0,60}\b(?:awoke|awakened|woke(?: up)?|came to (?:himself|herself|myself))\b")
_ARRIVING = re.compile(
    r"[^.!?,]{0,40}\b(?:walked|ran|went|drove|rode|came|stepped|arrived|hurried|headed|sat|stood|lay|searched|was (?:lying|sitting|"
    r"standing|walking)) (?:in|into|down|up|along|through|across|outside|back to|home|at|on|by)\b"
)
_PLACES = """
    room kitchen bedroom hall hallway parlor parlour drawing-room sitting-room dining-room living-room library study office attic cellar
    basement bathroom bath corridor passage stairs staircase landing balcony porch veranda verandah terrace roof closet cupboard bed
    ward cell lobby lounge bar dining-car compartment carriage car cab taxi bus train station platform airport ship boat deck cabin
    bridge plane shuttle tent camp hut cottage cabin barn stable stables garage shed house home flat apartment hotel inn tavern pub
    restaurant café cafe diner shop store market school classroom gym dormitory college university church chapel cathedral temple
    churchyard cemetery graveyard graveside hospital clinic surgery prison jail court courtroom theatre theater museum bank palace
    castle tower dungeon throne-room courtyard yard garden park lawn orchard field fields meadow farm ranch road street lane
    alley avenue highway path trail square plaza town village city harbor harbour dock docks pier quay wharf beach shore coast island
    cliff sea ocean river lake pond stream bank bridge forest wood woods jungle desert valley hill hills mountain mountains cave
    cavern tunnel mine swamp marsh moor heath snow ruins battlefield trench trenches barracks fort laboratory lab factory mill
    warehouse studio elevator lift sidewalk pavement gate arena stadium pool
""".split()
_WEAK = frozenset(
    "room bed home car snow bank court bridge hall gate path passage lift bar bath pool sea town city".split()
)
_WHERE = re.compile(
    r"\b(?P<how>[Ii]n(?:to|side)?|[Aa]t|[Oo]n|through|[Dd]own|[Uu]p|across|along|around|entered|reached|crossed|outside|from|left|off|"
    r"out of|over|to|towards?|[Nn]ear|by|beside) (?P<phrase>(?:the|an?|his|her|my|their|our|its) (?:(?!and\b|or\b|of\b)[a-z-]+ ){0,2}?"
    rf"(?P<noun>{'|'.join(sorted(set(_PLACES), key=len, reverse=True))}))\b(?![’'-])"
)
_TO_A_PLACE = re.compile(r"\b(?:[Ii]n|[Aa]t|into|reached|entered|([Tt]o|through|near))(?: the)? \Z")
_BESIDE = frozenset("outside from left off out over to toward towards near by beside".split())
_THING = re.compile(
    r"\b(?:the|an?|his|her|my|their|our|your|its|this|that) (?:[a-z-]+ )?(?P<noun>(?![a-z]+(?:ly|[^e]ed)\b)[a-z]{3,})(?=[,.;:!?—]| (?:of|in|on|at|to|was|were|had|and|"
    r"that|which|with|from|for|as|into|is|he|she|they|who|would|could|by|when|over|under|upon)\b)"
)
_PLAIN = frozenset(
    """man woman men girl boy people person way time moment minute hour day night morning evening afternoon thing things one same first
    other others lot bit kind sort side end part place point word words face eyes eye hand hands head voice back arm arms hair mind
    heart room door house question answer matter fact idea reason sense use world life name last rest next whole little few week
    month year years days minutes moments hours while second""".split()
)
_GIST = 5
"""Words that tell a scene from the others, at the most."""

_COMMON = 5.6
"""The frequency, as log10 of occurrences per 1e9 words, from which a word tells nothing."""

_OFTEN = 3
"""How often a word that is in no lexicon must stand to be the story's own."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A scene, and what the text tells of it.

    `place` and `time` are as stated, empty where nothing is, and `place_span` and `time_span` are where;
    `day` counts from the story's first day.  `present` are full names, those who are there most first.
    `viewpoint` is a full name, or None where nobody's thoughts are told more than another's; where
    `first_person` says that somebody tells it as “I”, it is `NARRATOR` as long as the name is not known.  `gist` are the words that tell this scene from the others, the most telling first.
    """

    number: int
    chapter: int
    span: Span
    place: str = ""
    place_span: Span | None = None
    time: str = ""
    time_span: Span | None = None
    day: int | None = None
    present: tuple[str, ...] = ()
    viewpoint: str | None = None
    gist: tuple[str, ...] = ()
    first_person: bool = False


def divide(page: Page, expressions: Sequence[Expression]) -> tuple[Scene, ...]:
    """The scenes, by their form and, inside one, where the words say that time has gone by or the place is another."""
    spans = [paragraph.span for paragraph in page.paragraphs if paragraph.role == "body"]
    lumped = sum(map(len, spans)) > _LUMPED * len(spans)
    leaps = [each for each in expressions if _is_leap(each, lumped)]
    at = [leap.span.start for leap in leaps]
    starts = [span.start for span in spans]
    found: list[Scene] = []
    for scene in page.scenes:
        cuts = [scene.span.start]
        inside = starts[bisect_right(starts, scene.span.start) : bisect_left(starts, scene.span.end)]
        candidates = [start for start in inside if _opens_scene(page.text, start, leaps, at, lumped)]
        if lumped:
            candidates += at[bisect_right(at, scene.span.start) : bisect_left(at, scene.span.end)]
        for start in sorted(candidates):
            if start - cuts[-1] >= _LEAST and scene.span.end - start >= _LEAST:
                cuts.append(start)
        for start, end in pairwise([*cuts, scene.span.end]):
            last = end if end == scene.span.end else start + len(page.text[start:end].rstrip())
            found.append(Scene(Span(start, last), len(found) + 1, scene.chapter))
    return tuple(found)


def _is_leap(said: Expression, lumped: bool) -> bool:
    """Whether an expression says that time has gone by since the scene before."""
    if said.form == "lasting":
        return lumped and said.text.endswith(" now")
    if said.tense != "told" and not said.opens:
        return False
    match said.form:
        case "next" | "once":
            return said.tense != "would" or said.opens
        case "later" | "after" | "passed":
            return bool(said.days) or "hour" in said.text or (lumped and "minute" in said.text)
        case "weekday" | "date" | "season" | "year" | "hour":
            return said.paragraph
        case "same":
            return said.paragraph and not said.text.endswith("day")
    return False


def _opens_scene(text: str, start: int, leaps: Sequence[Expression], at: Sequence[int], lumped: bool) -> bool:
    """Whether a paragraph begins with words that open a scene."""
    place = bisect_left(at, start)
    if place < len(leaps):
        leap = leaps[place]
        reach = 100 if leap.form in ("next", "lasting") else 3
        if leap.span.start - start <= reach and not re.search(r"[.!?]\s", text[start : leap.span.start]):
            return True
    return bool(_WAKING.match(text, start) or (lumped and _ARRIVING.match(text, start)))


class _Telling:
    """Which words tell the scenes of a story apart."""

    def __init__(self, narration: Narration, scenes: Sequence[Scene]) -> None:
        lexicon = load_lexicon()
        self._counts: list[Counter[str]] = []
        for scene in scenes:
            nouns = (match["noun"] for match in _THING.finditer(narration.text, scene.span.start, scene.span.end))
            self._counts.append(Counter(noun for noun in nouns if noun not in _PLAIN))
        within = Counter(noun for counts in self._counts for noun in counts)
        self._weights = {
            noun: log(1 + len(scenes) / count) * (7.0 - lexicon.zipf(noun))
            for noun, count in within.items()
            if (lexicon.zipf(noun) or count >= _OFTEN) and lexicon.zipf(noun) < _COMMON
        }

    def words(self, place: int) -> tuple[str, ...]:
        """The words that tell the scene at that place, the most telling first."""
        counts = self._counts[place]
        ranked = sorted(
            counts.keys() & self._weights.keys(),
            key=lambda noun: (-(1 + log(counts[noun])) * self._weights[noun], noun),
        )
        return tuple(noun for noun in ranked if counts[noun] > 1 or len(counts) < 30)[:_GIST]


def settings(
    scenes: Sequence[Scene],
    narration: Narration,
    passages: Sequence[Passage],
    places: Sequence[Thing],
    timeline: Sequence[Moment],
    insights: Sequence[Insight],
) -> Iterator[Setting]:
    """What the text tells of each scene."""
    telling = _Telling(narration, scenes)
    starts = [passage.span.start for passage in passages]
    named = sorted((span.start, thing.name) for thing in places for span in thing.mentions)
    minds = [insight.span.start for insight in insights]
    moments: dict[int, list[Moment]] = defaultdict(list)
    for moment in timeline:
        moments[moment.scene].append(moment)
    for place, scene in enumerate(scenes):
        span = scene.span
        here = passages[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        spoken = [passage for passage in here if passage.voice == "speech"]
        thoughts = [passage for passage in here if passage.voice == "thought"]
        seen = insights[bisect_left(minds, span.start) : bisect_left(minds, span.end)]
        tells = is_first_person(narration, span)
        eyes = (narrator(narration, spoken) or NARRATOR) if tells else viewpoint(seen, thoughts)
        where = _where(narration, span, named)
        when = _when(moments[scene.number])
        yield Setting(
            scene.number,
            scene.chapter,
            span,
            place=where.of(narration.text) if where else "",
            place_span=where,
            time=when.text if when else "",
            time_span=when.span if when else None,
            day=when.day if when else 0 if place == 0 else None,
            present=present(narration, span, spoken),
            viewpoint=eyes,
            gist=telling.words(place),
            first_person=tells,
        )


def _when(moments: Sequence[Moment]) -> Moment | None:
    """The first expression that says when a scene is: one the story moves by, or else any that is of its own time."""
    own = [moment for moment in moments if moment.kind not in ("back", "ahead", "meanwhile")]
    own = [moment for moment in own if moment.kind != "span" or moment.text.endswith(" now")]
    moving = [moment for moment in own if moment.moves]
    return next(iter(moving or [moment for moment in own if not moment.text.endswith("day")]), None)


def _where(narration: Narration, scene: Span, named: Sequence[tuple[int, str]]) -> Span | None:
    """Where a scene is set: the place it speaks of most, above all at its start."""
    weights: defaultdict[str, float] = defaultdict(float)
    first: dict[str, Span] = {}
    early = scene.start + max(300, len(scene) // 5)
    for match in _WHERE.finditer(narration.text, scene.start, scene.end):
        noun = match["noun"]
        weight = 0.4 if match["how"].lower() in _BESIDE else 1.0
        weights[noun] += weight * (0.5 if noun in _WEAK else 1.0) * (2.0 if match.start() < early else 1.0)
        first.setdefault(noun, Span(*match.span("phrase")))
    for start, name in named[bisect_left(named, (scene.start, "")) : bisect_left(named, (scene.end, ""))]:
        before = narration.text[max(scene.start, start - 8) : start]
        how = _TO_A_PLACE.search(before)
        if how:
            weights[name] += (0.5 if how[1] else 1.0) * (2.0 if start < early else 1.0)
            first.setdefault(name, Span(start, start + len(name)))
    best = max(weights, key=lambda place: (weights[place], -first[place].start), default=None)
    return first[best] if best is not None and weights[best] >= 0.4 else None
