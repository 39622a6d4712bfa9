"""Whole names on the page: words of a name that stand together, and what the words about them say they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from betareader.language.speech_verbs import BEAT_VERBS, LOOSE_VERBS, SPEECH_VERBS, THOUGHT_VERBS
from betareader.span import Span
from betareader.story.names import HONORIFICS, CALLS, STOPS, TITLES, Usage

_LINKS = frozenset("of de del della der den van von la le du da di al el bin ibn".split())
_DOING = (
    BEAT_VERBS
    | LOOSE_VERBS
    | THOUGHT_VERBS
    | frozenset(
        "ran runs run got gets went goes took takes gave gives knew knows saw sees felt feels wanted wants heard hears "
        "began begins tried tries loved loves hated hates remembered needed needs kept keeps".split()
    )
)
_ABOUT_PEOPLE = SPEECH_VERBS | frozenset("with told asked called named and".split())
_IN = frozenset("in into through throughout across outside inside within near toward towards around".split())
_TO = frozenset("at to from of for reach reached visit visited left leave for".split())
_DETERMINERS = frozenset(
    "the a an this that these those his her my your their our its every each some any no another two three".split()
)
_LOWER_TITLES = frozenset("uncle aunt captain king queen prince princess lord lady doctor professor detective".split())
_OF_A_BODY = frozenset(
    "face eyes eye hand hands head voice arm arms hair shoulder shoulders mouth lips heart mind lap back chest neck "
    "cheek cheeks fingers fist knees feet legs skin ear ears brow forehead chin smile gaze breath grip "
    "mother father sister brother wife husband son daughter uncle aunt mom mum dad parents room bed desk door "
    "apartment house office coat sword gun words turn friend friends thoughts expression".split()
)
_OF_A_PLACE = frozenset(
    "street road avenue lane square park city town village castle tower river lake mount mountain mountains hill hills "
    "forest wood woods house hall inn bridge academy school university college hospital station church cathedral abbey "
    "temple palace island islands isle bay sea ocean harbor harbour valley desert county province kingdom empire republic "
    "land lands world realm gate gates court cove creek falls fort keep manor market plaza port quarter district pass "
    "pub tavern arms cafe hotel building society north south east west point site sector".split()
)


@dataclass(slots=True)
class Form:
    """One whole name as written, where it stands, and how much speaks for a person, a place, a thing."""

    text: str
    spans: list[Span] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)
    person: float = 0.0
    place: float = 0.0
    determined: int = 0

    def add(self, usage: Usage, start: int, end: int) -> None:
        """Note one more place where it stands, words `start` to `end`, and weigh the words about it."""
        words, texts = usage.page.words, usage.texts
        title = texts[start - 1].lower() if start and usage.between(start) in (" ", ". ") else ""
        has_title = title in TITLES and (texts[start - 1][0].isupper() or title in _LOWER_TITLES)
        first = start - 1 if has_title else start
        final = words[end - 1].start + len(usage.bare[end - 1])
        self.spans.append(Span(words[first].start, final))
        self.places.append(start)
        before = texts[first - 1].lower() if usage.between(first) == " " else ""
        earlier = texts[first - 2].lower() if before and usage.between(first - 1) == " " else ""
        gap = usage.between(end)
        after = texts[end] if gap else ""
        possessive = words[end - 1].end > final
        if has_title:
            self.titles.add(title)
            self.person += 3
        if gap == "-" and after in HONORIFICS:
            self.person += 3
        if before in _DETERMINERS:
            self.determined += 1
            before, earlier = earlier, ""
        if possessive:
            self.person += after in _OF_A_BODY
        elif gap == " ":
            self.person += 2 * (after in SPEECH_VERBS) + (after in _DOING)
        elif gap[:1] in STOPS and gap[:1] and (usage.between(first) == ", " and gap[:1] != "," or before in CALLS):
            self.person += 1
        elif gap == ", " and after == "who":
            self.person += 1
        if before in _ABOUT_PEOPLE and (gap != " " or before != "and"):
            self.person += 1
        elif not possessive and before in _IN and earlier not in _DOING:
            self.place += 1
        elif not possessive and before in _TO and earlier not in _DOING and earlier not in SPEECH_VERBS:
            self.place += 0.3

    @property
    def kind(self) -> str:
        """What it is, going by the company it keeps: person, place or thing."""
        count = len(self.spans)
        if self.text.split()[-1].lower() in _OF_A_PLACE or self.text.startswith(("Mount ", "Lake ", "Fort ", "Port ")):
            return "place" if self.person < count else "person"
        is_thing = 2 * self.determined > count
        if self.person > self.place and self.person >= 0.08 * count and not (is_thing and self.person < count):
            return "person"
        if self.place > self.person and self.place >= 0.1 * count:
            return "place"
        return "thing"


def whole_names(usage: Usage, names: frozenset[str]) -> dict[str, Form]:
    """The names in the story's body as whole forms (Mount Harrow, Anna Quill), each with its evidence.

    A title before a name (Mr., Captain) is no part of the form, but of its spans.
    """
    forms: dict[str, Form] = {}
    shouted = {name.upper(): name for name in names if len(name) > 2}
    last = 0
    for place, bare in usage.bare.items():
        name = bare if bare in names else shouted.get(bare)
        if name is None or place < last or not usage.prose[place]:
            continue
        parts, last = _run(usage, place, name, names)
        while parts and len(parts) > 1 and parts[0].lower() in TITLES:
            place, parts = place + 1, parts[1:]
        form = forms.setdefault(" ".join(parts).replace(" -", "-"), Form(" ".join(parts).replace(" -", "-")))
        form.add(usage, place, last)
    return forms


def _run(usage: Usage, place: int, name: str, names: frozenset[str]) -> tuple[list[str], int]:
    """The words of the name that begins at `place`, and the place after its last."""
    parts, end = [name], place + 1
    while end < len(usage.texts) and usage.texts[end - 1] in (parts[-1], parts[-1].lstrip("-")):
        gap, step = usage.between(end), 1
        if gap not in (" ", "-"):
            break
        while (
            step < 3
            and gap == " "
            and usage.texts[end + step - 1] in _LINKS | {"the"}
            and usage.between(end + step) == " "
        ):
            step += 1
        bare = usage.bare.get(end + step - 1)
        if bare is None or bare not in names or (step > 1 and bare.lower() in TITLES):
            break
        parts += [*usage.texts[end : end + step - 1], "-" * (gap == "-") + bare]
        end += step
    return parts, end
