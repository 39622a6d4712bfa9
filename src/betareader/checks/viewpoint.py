"""Whose eyes a scene is seen through, and how thoughts are shown: a slip there is asked about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Query
from betareader.span import Span
from betareader.story.narration import GAP, Narration

if TYPE_CHECKING:
    from betareader.reading import Reading
    from betareader.story.viewpoint import Insight

_THOUGHT_TAG = re.compile(r"[,?!] (?:he|she|[A-Z]\w+) (?:thought|wondered|told (?:himself|herself))\b")
_OF_ONESELF = re.compile(r"\b(?:I|I[’'](?:m|ll|ve|d)|my|me)\b")
_ENOUGH = 3
"""How often one way of showing thoughts must stand for another to be a slip."""

_RARE = 0.2
"""The share of the thoughts up to which a way of showing them is a slip, and above which it is a habit."""

_HIDDEN = frozenset("thought wondered realized realised hoped wished longed dreaded feared remembered".split())
_OPINION = re.compile(r" (?:it|this|that|him|her|them|the|an?|so|his|their|well|little|highly)\b")
_SENTENCE_END = re.compile(r"(?:[.!?…][\"”’']?\s+|\n\s*)\Z")
_STRICT = 0.05
"""The share of thoughts of others up to which a story keeps to one point of view a scene."""

_SEEN_WITHIN = 4
"""Thoughts of the one through whose eyes a scene is seen, from which on another's stand out."""

_ME = re.compile(r"(?<![\w’'.-])(?<![A-Z][a-z] )(?:I|me|my|myself)(?![\w’'.-])")
_PAST = re.compile(r"\b(?:was|were|had|said|did|went|came|took|looked|saw|gave|\w{3,}ed)\b")
_THINKING = re.compile(
    r"\b(?:am|is|are|will|shall|have|has|do|does|can|must|may|[Oo]h|[Ww]hy|[Ww]hat|[Hh]ow|thought|wondered)\b|[?!“”\"*_:]|\bI['’]"
)
_THIRD = re.compile(r"\b(?:he|she|him|her|his)\b")
_SLIPS = 2
"""Sentences in the first person that are slips in a story told in the third; of more, the author means them."""

_FULL = 20
"""Sentences of narration from which a story shows in which person it is told."""


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
    if _OPINION.match(reading.text, insight.span.end):
        return False
    return insight.span.of(reading.text)[:3].lower() not in ("he ", "she")


@check(depth="light")
def first_person_slipped(reading: Reading) -> Iterator[Query]:
    """Ask about an *I* or a *me* of the narrator's in a story told in the third person.

    It is asked about only where it stands once or twice in the whole story, in a sentence that tells what happened.

    Queries:
        Anna went to the window. Ben sat by the fire. The dog slept. It was late, and the rain fell. Anna drew the curtain. Ben put down the book. The clock struck. Anna looked at the road. A cart went by. Ben rose and stretched. The dog woke. It looked from one to the other. Anna lit the lamp. Ben shut the door. Then she looked at [me] and smiled. Ben laughed. The kettle sang. Anna poured the tea. Ben cut the bread. They ate. The rain stopped.

    Leaves:
        I went to the window. Ben sat by the fire. The dog slept. Then she looked at me and smiled.
        Anna went to the window. “She looked at me and smiled,” said Ben.
    """
    if any(scene.first_person for scene in reading.chronicle.scenes):
        return
    narration = Narration(reading.text, reading.bible, reading.passages)
    told = 0
    found: list[Span] = []
    for sentence in reading.sentences:
        start, end = sentence.span.start, sentence.span.end
        if narration.text[start : start + 1] == GAP:
            continue
        told += 1
        match = _ME.search(narration.text, start, end)
        if match is None:
            continue
        words = narration.text[start:end]
        if _THINKING.search(words) or not (_PAST.search(words) and _THIRD.search(words)):
            return
        found.append(Span(*match.span()))
    if told >= _FULL and len(found) <= _SLIPS:
        for span in found:
            yield Query(span, "The story is told in the third person. Who is telling it here?")


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


def _clause(text: str, offset: int) -> tuple[int, int]:
    """From the start of the sentence that `offset` is in up to there."""
    return max(text.rfind(mark, 0, offset) for mark in (".", "!", "?", "\n", GAP)) + 1, offset
