"""Facts that the text states of its people: looks, age, rank, what they have, and what they are to each other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from betareader.span import Span
from betareader.story.bible import Bible, Character, Fact, Relation
from betareader.story.presence import Presence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from betareader.structure.page import Page

_COLOURS = (
    "black blue brown green grey gray hazel amber golden gold violet silver dark pale red auburn blond blonde brunette chestnut "
    "copper fair flaxen ginger raven sandy white yellow pink purple orange turquoise russet grizzled mousy"
)
_SHAPES = "long short curly wavy straight thick thin cropped braided tangled spiky bushy frizzy shaggy bald"
_LOOK = "|".join((_COLOURS + " " + _SHAPES).split())
_COLOUR = "|".join(_COLOURS.split())
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER = rf"(?:(?:{_TENS})(?:[-\s](?:{_ONES}))?|{_TEENS}|{_ONES}|[1-9]\d?)"
_KIN = (
    "mother|father|brother|sister|son|daughter|wife|husband|uncle|aunt|cousin|nephew|niece|grandmother|grandfather|"
    "grandson|granddaughter|stepmother|stepfather|stepbrother|stepsister|mom|mum|dad|twin|fiancée?|fiancee|girlfriend|"
    "boyfriend|friend|best friend|boss|teacher|pupil|neighbour|neighbor|partner|guardian|ward|mother-in-law|"
    "father-in-law|brother-in-law|sister-in-law|godmother|godfather|master|servant|lieutenant|captain|maid|assistant"
)
_TRADES = (
    "accountant|actor|actress|admiral|apprentice|architect|baker|banker|barber|barmaid|barrister|blacksmith|boatman|butcher|"
    "butler|captain|carpenter|clerk|colonel|constable|cook|corporal|dancer|dentist|detective|doctor|driver|duchess|duke|"
    "editor|emperor|engineer|farmer|ferryman|fisherman|gardener|general|governess|guard|healer|hunter|innkeeper|inspector|"
    "janitor|journalist|judge|king|knight|lawyer|librarian|lieutenant|magician|maid|major|mayor|mechanic|merchant|midwife|"
    "miller|miner|minister|monk|musician|novelist|nun|nurse|officer|orphan|painter|pilot|poet|policeman|priest|prince|"
    "princess|prisoner|professor|queen|reporter|sailor|scholar|scientist|secretary|sergeant|sheriff|shopkeeper|singer|"
    "soldier|spy|student|surgeon|tailor|teacher|thief|vicar|waiter|waitress|warrior|weaver|witch|wizard|writer"
)
_THINGS = (
    "sword|knife|dagger|gun|pistol|revolver|rifle|bow|spear|axe|staff|wand|ring|necklace|locket|watch|amulet|scar|tattoo|beard|"
    "moustache|mustache|limp|glasses|spectacles|monocle|cane|dog|cat|horse|pony|car|bicycle|motorcycle|boat|farm|shop|"
    "key|letter|diary|notebook|phone|laptop|guitar|violin|piano|cloak|hat|lisp|stammer|stutter|freckles|dimples"
)
_PATTERNS = tuple(
    (about, re.compile(pattern))
    for about, pattern in (
        ("eyes", rf"(?P<owner>\b\w+['’]s|\b[Hh]is|\b[Hh]er)\s+(?:\w+,?\s+){{0,2}}?(?P<value>(?:{_COLOUR})(?:[-\s](?:{_COLOUR}))?)\s+eyes\b"),
        ("eyes", rf"(?P<owner>\b\w+['’]s|\b[Hh]is|\b[Hh]er)\s+eyes\s+(?:were|are)\s+(?:a\s+|very\s+|quite\s+|\w+ly\s+)?(?P<value>(?:{_COLOUR})(?:[-\s](?:{_COLOUR}))?)\b"),
        ("eyes", rf"\b(?P<value>(?:{_COLOUR})[- ]eyed)\s+(?P<owner>[A-Z]\w+)"),
        ("hair", rf"(?P<owner>\b\w+['’]s|\b[Hh]is|\b[Hh]er)\s+(?:\w+,?\s+){{0,2}}?(?P<value>(?:{_LOOK})(?:,?[-\s](?:{_LOOK}))*)\s+hair\b"),
        ("hair", rf"(?P<owner>\b\w+['’]s|\b[Hh]is|\b[Hh]er)\s+hair\s+(?:was|is)\s+(?:a\s+|very\s+|quite\s+|\w+ly\s+)?(?P<value>{_LOOK})\b"),
        ("hair", rf"\b(?P<value>(?:{_COLOUR})[- ]haired)\s+(?P<owner>[A-Z]\w+)"),
        ("age", rf"(?P<owner>[A-Z]\w+|\b[Hh]e|\b[Ss]he)\s+(?:was|is|turned|had\s+turned|had\s+just\s+turned)\s+(?:only\s+|just\s+|about\s+|nearly\s+|almost\s+)?(?P<value>{_NUMBER})(?=\s+years\s+old|\s+years\s+of\s+age|[.,;!?])"),
        ("age", rf"\b(?P<value>{_NUMBER})[- ]years?[- ]old\s+(?P<owner>[A-Z]\w+)"),
        ("age", rf"(?P<owner>[A-Z]\w+),\s+(?:aged\s+)?(?P<value>{_NUMBER}),"),
        ("rank", rf"(?P<owner>[A-Z]\w+|\b[Hh]e|\b[Ss]he)\s+(?:was|is|became|had\s+become)\s+(?:a|an|the)\s+(?:\w+\s+)?(?P<value>{_TRADES})\b(?!['’])"),
        ("rank", rf"(?P<owner>[A-Z]\w+),\s+(?:a|an|the)\s+(?:\w+\s+)?(?P<value>{_TRADES})\b(?=[,.;]|\s+(?:of|from|at|in|who)\b)"),
        ("has", rf"(?P<owner>[A-Z]\w+|\b[Hh]e|\b[Ss]he)\s+(?:had|has|owned|owns|carried|wore|wears)\s+(?P<value>(?:a|an|his|her)\s+(?:\w+\s+){{0,2}}?(?:{_THINGS}))\b"),
        ("has", rf"(?P<owner>[A-Z]\w+['’]s)\s+(?P<value>(?:\w+\s+)?(?:{_THINGS}))\b"),
    )
)  # fmt: skip
_WHOSE = (
    rf"(?P<owner>\b\w+['’]s|\b[Hh]is|\b[Hh]er)\s+(?:\w+\s+)?(?P<kind>{_KIN}),?\s+(?P<who>[A-Z]\w+)",
    rf"(?P<who>[A-Z]\w+),\s+(?P<owner>\b\w+['’]s|his|her)\s+(?:\w+\s+)?(?P<kind>{_KIN})\b(?!['’])",
    rf"(?P<who>[A-Z]\w+)\s+(?:was|is)\s+(?P<owner>\b\w+['’]s|his|her)\s+(?:\w+\s+)?(?P<kind>{_KIN})\b(?!['’])",
)
_RELATIONS = tuple(re.compile(pattern) for pattern in _WHOSE)
_COUPLE = re.compile(r"\bMr\.?\s+and\s+Mrs\.?\s+(?P<name>[A-Z]\w+)")
_PRONOUNS = {"his": "he", "he": "he", "her": "she", "she": "she"}


def with_facts(page: Page, cast: Sequence[Character]) -> tuple[Character, ...]:
    """The cast with what the text states of each: facts and relations in the order they are told."""
    finder = _Finder(page, cast)
    facts: defaultdict[int, set[Fact]] = defaultdict(set)
    relations: defaultdict[int, set[Relation]] = defaultdict(set)
    for about, pattern in _PATTERNS:
        for match in pattern.finditer(page.text):
            owner = finder.who(match["owner"], match.start("owner"))
            if owner >= 0:
                value = " ".join(match["value"].lower().split())
                facts[owner].add(Fact(about, value, Span(*match.span())))
    for who, relation in finder.relations():
        relations[who].add(relation)
    return tuple(
        replace(
            person,
            facts=tuple(sorted(facts[number], key=lambda fact: fact.span)),
            relations=tuple(sorted(relations[number], key=lambda relation: relation.span)),
        )
        for number, person in enumerate(cast)
    )


class _Finder:
    """Finds whom a name or a pronoun means, and only where that is plain."""

    def __init__(self, page: Page, cast: Sequence[Character]) -> None:
        self.text = page.text
        self.cast = cast
        self.presence = Presence(page.text, Bible(tuple(cast)))
        self._paragraphs = [paragraph.span.start for paragraph in page.paragraphs]
        spans = [passage.span for passage in page.passages if passage.voice != "quoted"]
        self._starts, self._ends = [span.start for span in spans], [span.end for span in spans]

    def spoken(self, offset: int) -> bool:
        """Whether somebody says or thinks what stands there."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ends[at]

    def who(self, owner: str, offset: int) -> int:
        """Whom a word at `offset` means; -1 where it is not plain."""
        gender = _PRONOUNS.get(owner.lower())
        if gender is None:
            return self.presence.at(offset)
        if self.spoken(offset):
            return -1
        start = self._paragraphs[max(bisect_right(self._paragraphs, offset) - 1, 0)]
        named = [who for span, who in self.presence.inside(start, offset) if not self.spoken(span.start)]
        fitting = {who for who in named if self.presence.genders[who] in ("", gender)}
        return min(fitting) if len(fitting) == 1 and self.presence.genders[min(fitting)] else -1

    def relations(self) -> Iterator[tuple[int, Relation]]:
        """Who is what to whom."""
        for pattern in _RELATIONS:
            for match in pattern.finditer(self.text):
                who = self.presence.at(match.start("who"))
                if who < 0:
                    continue
                owner = self._other(match["owner"], match.start("owner"), who)
                if owner >= 0 and owner != who:
                    span = Span(match.start(), max(match.end("kind"), match.end("who")))
                    yield who, Relation(match["kind"], self.cast[owner].name, span)
        for match in _COUPLE.finditer(self.text):
            husband, wife = (self._titled(title, match["name"]) for title in ("Mr.", "Mrs."))
            if husband >= 0 and wife >= 0 and husband != wife:
                span = Span(*match.span())
                yield wife, Relation("wife", self.cast[husband].name, span)
                yield husband, Relation("husband", self.cast[wife].name, span)

    def _other(self, owner: str, offset: int, who: int) -> int:
        """Whose relation somebody is; by a pronoun never the one's who is spoken of."""
        gender = _PRONOUNS.get(owner.lower())
        if gender is None:
            return self.presence.at(offset)
        if self.spoken(offset):
            return -1
        start = self._paragraphs[max(bisect_left(self._paragraphs, offset) - 1, 0)]
        named = [each for span, each in self.presence.inside(start, offset) if not self.spoken(span.start)]
        fitting = {each for each in named if each != who and self.presence.genders[each] == gender}
        return min(fitting) if len(fitting) == 1 else -1

    def _titled(self, title: str, name: str) -> int:
        for number, person in enumerate(self.cast):
            words = {word for form in (person.name, *person.aliases) for word in form.split()}
            if title in person.titles and name in words:
                return number
        return -1
