"""Who is there in a scene, and through whose eyes it is seen."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from betareader.language.speech_verbs import SPEECH_VERBS
from betareader.span import Span
from betareader.story.company import DOING
from betareader.story.narration import GAP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from betareader.story.narration import Narration
    from betareader.structure.page import Passage

_INNER = re.compile(
    r"\b(?P<who>[Hh]e|[Ss]he|[A-Z]\w+)(?: (?:had|did not|didn[’']t|could not|couldn[’']t|could|suddenly|still|never|always|"
    r"almost|now|then|only|just|simply|dimly|vaguely))* (?:(?P<deep>thought|wondered|knew|realized|realised|remembered|"
    r"hoped|wished|feared|longed|dreaded|recalled|supposed|imagined|felt)|(?P<light>saw|see|heard|hear|noticed|wanted|"
    r"decided|understood|believed|forgot|guessed|recognized|recognised|sensed|doubted|intended|meant))\b"
)
_ACT = re.compile(r"(?:,? \w+ly|,? who| too,?|,)? ([a-z]+)")
_FAR = re.compile(
    r"[^.!?\x00]{0,50}\b(?:other end|on the (?:phone|telephone|line|radio)|over the (?:phone|telephone|wire|radio))\b"
)
_SELF = re.compile(r"\bI\b(?!\.)")
_I_SAID = re.compile(r" (?:I \w+|\w+ I)\b")
_NO_ACT = frozenset(("had", "has", "would", "might", "could", "and", "of"))
_FIRST_PERSON = 0.008
"""The share of “I” among the words of the narration from which somebody tells the story as “I”."""

_LEAST = 2.0
"""How much must be told of one person's mind for the scene to be through that person's eyes."""


@dataclass(frozen=True, slots=True)
class Insight:
    """A place where the narration is inside somebody's head; `deep` is a thought or a feeling, else only what is perceived."""

    span: Span
    person: str
    deep: bool


def find_insights(narration: Narration, scene: Span) -> Iterator[Insight]:
    """The places in a scene where the narration tells what somebody thinks, feels or perceives, in order."""
    for match in _INNER.finditer(narration.text, scene.start, scene.end):
        who = match["who"]
        pronoun = who.lower()
        if pronoun in ("he", "she"):
            person = narration.meant(pronoun, match.start(), scene.start)
        else:
            person = narration.named(*match.span("who"))
        if person is not None:
            yield Insight(Span(*match.span()), person, match["deep"] is not None)


def is_first_person(narration: Narration, scene: Span) -> bool:
    """Whether somebody tells the scene as “I”."""
    text = narration.text[scene.start : scene.end]
    count = len(_SELF.findall(text))
    return count >= 2 and count >= _FIRST_PERSON * (text.count(" ") + 1)


def narrator(narration: Narration, spoken: Sequence[Passage]) -> str | None:
    """The name of the one who tells a scene as “I”, where somebody is known to speak the speeches that “I said” tags."""
    names = Counter(
        passage.speaker for passage in spoken if passage.speaker and _I_SAID.match(narration.text, passage.span.end)
    )
    [(name, count)] = names.most_common(1) or [("", 0)]
    return name if 2 * count > names.total() else None


def viewpoint(found: Sequence[Insight], thoughts: Sequence[Passage]) -> str | None:
    """Through whose eyes a scene is seen: the one whose mind is told most, if clearly more than any other's."""
    weights: defaultdict[str, float] = defaultdict(float)
    for insight in found:
        weights[insight.person] += 1.0 if insight.deep else 0.5
    for thought in thoughts:
        if thought.speaker:
            weights[thought.speaker] += 2
    first, second, *_ = [*sorted(weights, key=lambda person: -weights[person]), "", ""]
    return first if weights[first] >= max(_LEAST, 2 * weights[second]) else None


def present(narration: Narration, scene: Span, spoken: Sequence[Passage]) -> tuple[str, ...]:
    """Who speaks or acts in a scene, those who do most first; not who is only named, or only heard from afar.

    One line given to somebody by a pronoun alone is not enough.
    """
    counts: Counter[str] = Counter()
    for passage in spoken:
        if passage.speaker and passage.told != "implicit":
            counts[passage.speaker] += 1 if passage.told == "anaphoric" else 2
    far: Counter[str] = Counter()
    text = narration.text
    for place in narration.mentions(scene):
        end = narration.ends[place]
        act = _ACT.match(text, end)
        before = text[max(scene.start, narration.starts[place] - 20) : narration.starts[place]]
        said_before = before.rstrip().rpartition(" ")[2].lower().lstrip(GAP)
        if (act and act[1] not in _NO_ACT and _is_act(act[1])) or said_before in SPEECH_VERBS:
            counts[narration.names[place]] += 2
            far[narration.names[place]] += bool(_FAR.match(text, end))
    return tuple(
        name
        for name, count in counts.most_common()
        if name in narration.cast and count >= 2 and (not far[name] or count > 4 * (far[name] + 1))
    )


def _is_act(word: str) -> bool:
    return word in DOING or word in SPEECH_VERBS or word in ("was", "is") or word.endswith("ed")
