"""People without a name of their own: who tells the story, and those who speak as “the ferryman”."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from betareader.language.speech_verbs import BEAT_VERBS, LOOSE_VERBS, SPEECH_VERBS
from betareader.span import Span
from betareader.story.bible import Character
from betareader.story.company import TITLES, WRITTEN_OUT
from betareader.story.people import is_role, noun_gender
from betareader.story.presence import NARRATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from betareader.structure.page import Page

_INVERTED = re.compile(r"[”\"’',?!—-]\s+([a-z]+)\s+(the\s+(?:[a-z]+[\s-]){0,2}?[a-z]{3,}(?:-[a-z]+)?)"
                       r"(?=[.,;:!?—]|\s+(?:to|with|in|as|and|who|at|from|on|when|for|of|after|[a-z]+ly|[a-z]+ing)\b)")  # fmt: skip
_STRAIGHT = re.compile(r"[”\"’']\s+(the\s+(?:[a-z]+[\s-]){0,2}?[a-z]{3,}(?:-[a-z]+)?)\s+([a-z]+)\b")
_ANYBODY = frozenset(
    """
    man woman girl boy lady gentleman other others latter former voice one two three rest crowd people child children men
    women boys girls ladies gentlemen fellow speaker person stranger visitor same lad young old elder younger first second
    third last next whole party company pair couple
""".split()
)
_I = re.compile(r"\bI\b(?!\.\s[A-Z])")
_PRONOUN = re.compile(r"[^.!?“”\"]{0,60}?\b(he|him|his|himself|she|her|hers|herself)\b")
_MY_KIN = re.compile(
    r"\b[Mm]y (?:(?:dear|poor|old|good|little|big|own) )?(?P<kin>mother|father|mum|mom|dad|uncle|aunt|wife|husband|grandmother|grandfather|grandma|grandpa|nan|"
    r"stepmother|stepfather|brother|sister|cousin|master|mistress|boss)\b(?!['’-])"
)
_VERB = "|".join(sorted(SPEECH_VERBS))
_SAYS_AFTER = re.compile(rf",? (?:[a-z]+ly )?(?:{_VERB})\b")
_SAYS_BEFORE = re.compile(rf"\b(?:{_VERB}) \Z")
_OFTEN = 2
_TOLD_BY_I = 0.008
_CALLED = re.compile(
    r"(?:(?:^|[.!?…—])\s*|,\s+(?:my |dear |old |good )*|\b(?:[Dd]ear|[Oo]h|[Ww]ell|[Yy]es|[Nn]o|[Mm]y)\s+)$"
)


class _Spoken:
    """Which stretches of a page are said or thought."""

    def __init__(self, page: Page) -> None:
        spans = [passage.span for passage in page.passages if passage.voice != "quoted"]
        self._starts, self._ends = [span.start for span in spans], [span.end for span in spans]

    def __call__(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ends[at]


def with_unnamed(page: Page, cast: Sequence[Character]) -> tuple[Character, ...]:
    """The cast with those who have no name: the narrator, and whoever speaks by a description, once by the
    noun of a trade or the like, twice by any other."""
    spoken = _Spoken(page)
    people = _described(page, list(cast))
    people = _with_narrator(page, people, spoken)
    if any(NARRATOR in (person.name, *person.aliases) for person in people):
        people = _with_kin(page, people, spoken)
    return tuple(sorted(people, key=lambda person: (-len(person.mentions), person.name)))


def _described(page: Page, cast: list[Character]) -> list[Character]:
    """The cast with those described; a description by a title that one person bears is that person's."""
    taken = sorted(span for person in cast for span in person.mentions)
    starts = [span.start for span in taken]
    for head, count in Counter(_heads(page.text)).items():
        if head in _ANYBODY or (count < _OFTEN and not is_role(head)):
            continue
        spans = [span for span in _mentions(page.text, head) if not _overlaps(span, taken, starts)]
        bearers = [number for number, person in enumerate(cast) if _bears(person, head)]
        bearers = bearers or _set_beside(page.text, head, cast)
        name = f"the {head}"
        if len(bearers) == 1:
            cast[bearers[0]] = _also_called(cast[bearers[0]], name, spans)
        elif spans:
            cast.append(Character(name, (), tuple(spans), pronouns=_pronouns(page.text, head, spans)))
    return cast


def _also_called(person: Character, name: str, spans: Iterable[Span]) -> Character:
    """The same person with one more name, and where it stands."""
    mentions = tuple(sorted({*person.mentions, *spans}))
    return replace(person, aliases=(*person.aliases, name), mentions=mentions)


def _with_kin(page: Page, cast: list[Character], spoken: _Spoken) -> list[Character]:
    """The cast with those whom the narrator only calls “my uncle”, or those for whom it is another name: “Uncle Tom”, “my uncle, Tom”."""
    found: defaultdict[str, list[Span]] = defaultdict(list)
    heads: Counter[str] = Counter()
    for match in _MY_KIN.finditer(page.text):
        if not spoken(match.start()):
            found[match["kin"]].append(Span(*match.span()))
            heads[match["kin"]] += bool(
                _SAYS_AFTER.match(page.text, match.end())
                or _SAYS_BEFORE.search(page.text, max(0, match.start() - 14), match.start())
            )
    taken = sorted(span for person in cast for span in person.mentions)
    starts = [span.start for span in taken]
    for kin, spans in found.items():
        if heads[kin] < _OFTEN:
            continue
        free = [span for span in spans if not _overlaps(span, taken, starts)]
        named = [
            number
            for number, person in enumerate(cast)
            if kin.capitalize() in person.titles[:1] and NARRATOR not in (person.name, *person.aliases)
        ] or _set_beside(page.text, kin, cast, "my")
        name = f"my {kin}"
        if len(named) == 1:
            cast[named[0]] = _also_called(cast[named[0]], name, free)
        elif free and not named:
            cast.append(Character(name, (), tuple(free), pronouns=noun_gender(kin).replace("?", "")))
    return cast


def _heads(text: str) -> Iterator[str]:
    """The last word of each description that a verb of speech is told of."""
    for match in _INVERTED.finditer(text):
        if match[1] in SPEECH_VERBS:
            yield match[2].split()[-1]
    for match in _STRAIGHT.finditer(text):
        if match[2] in SPEECH_VERBS:
            yield match[1].split()[-1]


def _mentions(text: str, head: str) -> Iterator[Span]:
    for match in re.finditer(rf"\b[Tt]he\s+(?:[a-z]+\s+)?{re.escape(head)}\b(?!-)", text):
        middle = match[0].split()[1:-1]
        if not middle or not (middle[0] in SPEECH_VERBS | BEAT_VERBS | LOOSE_VERBS or middle[0] in ("of", "and", "to")):
            yield Span(*match.span())


def _overlaps(span: Span, taken: Sequence[Span], starts: Sequence[int]) -> bool:
    at = bisect_left(starts, span.end) - 1
    return at >= 0 and taken[at].end > span.start


def _bears(person: Character, head: str) -> bool:
    if any(fact.about == "rank" and fact.value == head for fact in person.facts):
        return True
    if head not in TITLES:
        return False
    titles = {title.rstrip(".").lower() for title in person.titles[:1]}
    return (
        head in titles
        or head in {WRITTEN_OUT.get(title) for title in titles}
        or head.capitalize() in (person.name, *person.aliases)
    )


def _set_beside(text: str, head: str, cast: Sequence[Character], article: str = "the") -> list[int]:
    """Who is once called by name and by a description in one breath: “Mr. Dorn, the ferryman”, “the ferryman, Dorn”."""
    ends = {span.end: number for number, person in enumerate(cast) for span in person.mentions}
    starts = {span.start: (number, span.end) for number, person in enumerate(cast) for span in person.mentions}
    found: set[int] = set()
    for match in re.finditer(rf", {article} (?:[a-z]+ )?{re.escape(head)}(?=[.;]|,(?! and\b| the\b))", text):
        if match.start() in ends:
            found.add(ends[match.start()])
    for match in re.finditer(rf"\b(?i:{article}) (?:[a-z]+ )?{re.escape(head)}, (?=[A-Z])", text):
        number, end = starts.get(match.end(), (-1, 0))
        if number >= 0 and text[end] in ",." and not text.startswith((", and ", ", the "), end):
            found.add(number)
    return sorted(found)


def _pronouns(text: str, head: str, spans: Iterable[Span]) -> str:
    gender = noun_gender(head)
    if gender in ("he", "she"):
        return gender
    counts: Counter[str] = Counter()
    for span in spans:
        found = _PRONOUN.match(text, span.end, span.end + 80)
        if found:
            counts["he" if found[1] in ("he", "him", "his", "himself") else "she"] += 1
    he, she = counts["he"], counts["she"]
    return "he" if he > max(1, 2 * she) else "she" if she > max(1, 2 * he) else ""


def _with_narrator(page: Page, cast: list[Character], spoken: _Spoken) -> list[Character]:
    """The cast with “I” for a form of the name of the one who tells the story, where somebody does."""
    told = [Span(*match.span()) for match in _I.finditer(page.text) if not spoken(match.start())]
    words = sum(1 for word in page.words if not spoken(word.start))
    if len(told) < 5 or len(told) < _TOLD_BY_I * words:
        return cast
    best, most = -1, 2
    for number, person in enumerate(cast):
        said = [span for span in person.mentions if spoken(span.start)]
        called = sum(_is_called(page.text, span) for span in said if span.of(page.text).lower() not in TITLES)
        if called > most and 5 * len(said) >= 4 * len(person.mentions):
            best, most = number, called
    if best < 0:
        return [*cast, Character(NARRATOR, (), tuple(told))]
    return [*cast[:best], _also_called(cast[best], NARRATOR, told), *cast[best + 1 :]]


def _is_called(text: str, span: Span) -> bool:
    after = text[span.end : span.end + 1]
    before = text[max(0, span.start - 16) : span.start]
    return after in ",.!?;—…" and bool(_CALLED.search(before.lstrip("“‘\"'")) or before[-1:] in "“‘\"'")
