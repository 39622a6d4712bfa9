"""Tags and beats: what a stretch of narration beside a speech says about who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from betareader.language.clauses import ends_asking
from betareader.language.speech_verbs import BEAT_VERBS, LOOSE_VERBS, SLIPS, SPEECH_VERBS, THOUGHT_VERBS
from betareader.span import Span

Doing = Literal["speech", "thought", "loose", "beat", "other"]
Kind = Literal["name", "pronoun", "noun"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]")
_PRONOUNS = _set("i he she they we you it")
_DETERMINERS = _set(
    "the a an his her my their our your its this that another one each both someone somebody everyone nobody"
)
_ALONE = _set("someone somebody everyone everybody nobody")
_TITLES = _set(
    "Mr Mrs Ms Dr St M Mme Mlle Rev Prof Col Capt Sgt Lt Miss Sir Lady Lord Captain Major Doctor Professor Colonel Uncle Aunt"
)
_AUXILIARIES = _set("had has have was is were are would could did does do will can might must")
_ADVERBS = _set("then now finally only just also again almost even still once soon here too quite rather")
_NO_NAME = _set(
    "a an and as at after again all almost although any are because before both but by can could did do does each either "
    "even every everything finally for from had has have he her here hers him his how i if in instead into is it its just "
    "later let like maybe meanwhile more my neither never next no nobody none nor not nothing now of off oh on once one "
    "only or our out over perhaps she should since so some someone something soon still such suddenly than that the their "
    "them then there these they this those though through thus to too two under until up upon very was we well were what "
    "when where whether which while who why will with without would yes yet you your for despite during slowly quickly "
    "behind above below beside inside outside across around along another everyone somebody anyone anything both few "
    "many most several three four five six seven eight nine ten half good right sure okay please thank sorry hello hey "
    "hi goodbye bye"
)
_PREPOSITIONS = _set(
    "to in with from at as over through under after before between into by on when while without for across against "
    "around behind beside beneath like upon toward towards during out off until till and but who whose about above "
    "because since though although if unless down up"
)
_HEARERS = _set(
    "told asked assured reminded warned informed begged urged advised answered scolded corrected reassured prompted "
    "tell tells ask asks assure assures remind reminds warn warns interrupted interrupts encouraged teased cautioned"
)
_ASKING = _set("asked asks inquired enquired questioned queried")
_WITH_CAPITAL = _set("Said Asked Replied Answered Whispered Muttered Shouted Yelled Cried")
"""Verbs that open a tag though a capital makes a sentence of it: “It is late.” Said Ben."""
_POINTS = frozenset(("point", "points", "pointed"))
_OBJECTS = _set("me him her them us you it himself herself themselves myself itself")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a clause is about, as written: a name, a pronoun, or a noun with its article."""

    span: Span
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause a stretch of narration opens with.

    `doing` tells a way of speaking or thinking from an action; `other` is a verb of which neither
    is sure.  `sure` says that nothing after the verb speaks against a tag (“she said nothing” is
    none).  `inverted` is “said Anna”.  `end` is where the tag itself is over.
    """

    subject: Subject
    verb: Span
    word: str
    doing: Doing
    sure: bool
    inverted: bool
    end: int

    @property
    def start(self) -> int:
        """Where its first word of verb or subject stands."""
        return self.verb.start if self.inverted else self.subject.span.start

    @property
    def keeps_capital(self) -> bool:
        """Whether its first word has a capital of its own."""
        return not self.inverted and (self.subject.kind == "name" or self.subject.text == "I")


def verb_kind(word: str) -> Doing:
    """What kind of doing a form of a verb names, slips in the common tags forgiven."""
    lower = word.lower()
    if lower in SPEECH_VERBS or lower in SLIPS:
        return "thought" if lower in THOUGHT_VERBS else "speech"
    if lower in THOUGHT_VERBS:
        return "thought"
    if lower in LOOSE_VERBS:
        return "loose"
    return "beat" if lower in BEAT_VERBS else "other"


def asks(said: str, clause: Clause) -> bool:
    """Whether a speech that ends without a question mark is a question by its own words and by its tag."""
    return clause.word.lower() in _ASKING and said[-1:] not in ("?", "!", "…", "—") and ends_asking(said)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    matches: Iterator[re.Match[str]] = _TOKEN.finditer(text, start, end)
    return [_Token(match.start(), match.end(), match[0]) for match in islice(matches, 24)]


def clause_at(text: str, start: int, end: int) -> Clause | None:
    """The clause that opens the narration from `start` to `end`; None where no subject and verb are found."""
    tokens = _tokens(text, start, end)
    if not tokens or not tokens[0].is_word:
        return None
    inverted = _inverted(text, tokens)
    if inverted is not None:
        return inverted
    subject, place = _subject(text, tokens, 0)
    if subject is None:
        return None
    return _predicate(text, tokens, subject, place)


def _inverted(text: str, tokens: list[_Token]) -> Clause | None:
    """“said Anna”, “asked the old man”."""
    first = tokens[0]
    if verb_kind(first.text) not in ("speech", "thought", "loose") or len(tokens) < 2:
        return None
    if first.is_capital and first.text not in _WITH_CAPITAL:
        return None
    if tokens[1].lower in _PRONOUNS or tokens[1].is_capital or tokens[1].lower in _DETERMINERS:
        subject, place = _subject(text, tokens, 1, after_verb=True)
        if subject is not None and subject.text.lower() not in _OBJECTS - _PRONOUNS:
            span = Span(first.start, first.end)
            sure = _tag_may_end(tokens, place)
            if first.is_capital and (not sure or (place < len(tokens) and tokens[place].is_word)):
                return None
            return Clause(subject, span, first.text, verb_kind(first.text), sure, True, subject.span.end)
    return None


def _predicate(text: str, tokens: list[_Token], subject: Subject, place: int) -> Clause | None:
    for at in range(place, min(place + 4, len(tokens))):
        token = tokens[at]
        if not token.is_word:
            return None
        kind = verb_kind(token.text)
        if token.lower in _AUXILIARIES:
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            if following is not None and following.is_word and verb_kind(following.text) != "other":
                continue
            return Clause(subject, Span(token.start, token.end), token.text, "other", False, False, token.end)
        if kind == "other" and (token.lower.endswith("ly") or token.lower in _ADVERBS):
            continue
        if token.lower in _POINTS and at + 1 < len(tokens) and tokens[at + 1].lower == "out":
            kind = "speech"
        sure = _tag_may_end(tokens, at + 1, token.lower)
        return Clause(subject, Span(token.start, token.end), token.text, kind, sure, False, token.end)
    return None


def _tag_may_end(tokens: list[_Token], place: int, verb: str = "") -> bool:
    """Whether what stands after the verb leaves it a tag: nothing, an adverb, a preposition, a hearer."""
    if place < len(tokens) and verb in _HEARERS:
        hearer = tokens[place]
        if hearer.lower in _OBJECTS or (hearer.is_capital and hearer.is_word):
            place += 1
            if place < len(tokens) and tokens[place].lower == "to":
                return False
    for token in tokens[place : place + 3]:
        if not token.is_word:
            return token.text not in "([{"
        if token.lower in _PREPOSITIONS or (token.lower.endswith("ing") and not token.lower.endswith("thing")):
            return True
        if not (
            token.lower.endswith("ly") or token.lower in _ADVERBS or token.lower in ("back", "aloud", "at", "last")
        ):
            return False
    return True


def _subject(text: str, tokens: list[_Token], place: int, *, after_verb: bool = False) -> tuple[Subject | None, int]:
    """The subject that starts at `place`, and the place after it."""
    first = tokens[place]
    lower = first.lower
    if lower in _PRONOUNS:
        return Subject(Span(first.start, first.end), first.text, "pronoun"), place + 1
    if lower in _ALONE:
        return Subject(Span(first.start, first.end), first.text, "noun"), place + 1
    if lower in _DETERMINERS:
        return _noun(text, tokens, place, after_verb=after_verb)
    if first.is_capital and first.is_word and lower not in _NO_NAME:
        last = place
        while last + 1 < len(tokens):
            token = tokens[last + 1]
            if token.text == "." and tokens[last].text in _TITLES:
                last += 1
                continue
            if token.is_word and token.is_capital and token.start - tokens[last].end <= 1:
                last += 1
                continue
            break
        name = text[first.start : tokens[last].end]
        if name.endswith(("'s", "’s")):
            return _noun(text, tokens, last, after_verb=after_verb, start=first.start)
        return Subject(Span(first.start, tokens[last].end), name, "name"), last + 1
    return None, place


def _noun(
    text: str, tokens: list[_Token], place: int, *, after_verb: bool, start: int | None = None
) -> tuple[Subject | None, int]:
    """“the old man”, “his mother”, “Anna's head”: up to the verb, or after one up to what is no noun."""
    begin = tokens[place].start if start is None else start
    for at in range(place + 1, min(place + 7, len(tokens))):
        token = tokens[at]
        if after_verb:
            over = not token.is_word or token.lower in _PREPOSITIONS or token.lower.endswith(("ly", "ing"))
        else:
            if not token.is_word:
                return None, place
            past = token.lower in _AUXILIARIES or (
                verb_kind(token.text) != "other"
                and token.lower.endswith(
                    ("ed", "s", "ght", "id", "old", "at", "ood", "ook", "oke", "ew", "an", "ent", "ell", "ept")
                )
            )
            over = at > place + 1 and past
        if over:
            if at == place + 1:
                return None, place
            return Subject(Span(begin, tokens[at - 1].end), text[begin : tokens[at - 1].end], "noun"), at
    if after_verb and len(tokens) - place <= 7 and len(tokens) > place + 1:
        return Subject(Span(begin, tokens[-1].end), text[begin : tokens[-1].end], "noun"), len(tokens)
    return None, place
