"""Whole names on the page: words of a name that stand together, and what the words about them say they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from betareader.language.speech_verbs import SPEECH_VERBS
from betareader.span import Span
from betareader.story.company import (
    ADDRESSES,
    ASKING,
    BESIDE,
    CALENDAR,
    CALLS,
    CLOSING,
    DETERMINERS,
    DOING,
    HONORIFICS,
    INTO,
    KNOWN_PLACES,
    LINKS,
    LOWER_TITLES,
    OF_A_PERSON,
    OF_A_PLACE,
    SHORTENED,
    SMALL_WORDS,
    STOPS,
    SUBJECT_VERBS,
    TITLES,
    TOWARDS,
)
from betareader.story.given import MEN, WOMEN
from betareader.story.names import Usage

if TYPE_CHECKING:
    from betareader.language.lexicon import Lexicon


_BEFORE_TIMES = frozenset("in of last next since until till by during early late mid through every this".split())

COMPANY = 0.03
"""What the company a name keeps counts for at each of its places beside the chances that the reader of sentences gives; up to 1, all there is."""


@dataclass(slots=True)
class Form:
    """One whole name as written, where it stands, and how much speaks for a person, a place, a thing.

    `is_plain` says that it is made of nothing but words of the language, `is_listed` that it ends in a name of the lexicon; `places` are those of its
    first words in the page, `titles` what stands before each of them in small letters, empty where no
    title does; `determined` is how often an article or the like stands before it, `speaks` how often it is the
    subject of a verb of speech; `told` are the chances of a person and of a place at each of its places that the reader of sentences read.
    """

    text: str
    is_plain: bool = False
    is_listed: bool = False
    spans: list[Span] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    person: float = 0.0
    place: float = 0.0
    determined: int = 0
    speaks: int = 0
    told: list[tuple[float, float]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """What it is, going by the company it keeps and by what the reader of sentences tells: person, place or thing.

        Who is told to speak stays a person: to the reader of sentences a talking creature is a thing.
        """
        by_company = self._kind_by_company
        if not self.told or (by_company == "person" and self.speaks):
            return by_company
        person, place = self.told_person, sum(place for _, place in self.told) / len(self.told)
        chances = {"person": person, "place": place, "thing": 1 - person - place}
        chances[by_company] += min(1.0, COMPANY * len(self.spans))
        return max(chances, key=chances.__getitem__)

    @property
    def _kind_by_company(self) -> str:
        """The same by its company alone."""
        count = len(self.spans)
        if self.speaks >= max(2, 0.1 * count) and self.text.lower() not in KNOWN_PLACES:
            return "person"
        if self.text.rpartition(" ")[2].lower() in OF_A_PLACE or self.text.startswith(("Mount ", "Lake ", "Fort ")):
            return "place" if self.person < count else "person"
        if self.text.lower() in KNOWN_PLACES:
            is_person = self.person >= (0.2 * count if self.person > 3 * self.place else count)
            return "person" if is_person else "place"
        if self.speaks >= max(2, min(5, 0.05 * count)):
            return "person"
        if self.is_plain and self.person < max(2.0, 0.2 * count):
            return "place" if self.place > max(self.person, 0.1 * count) else "thing"
        is_thing = 2 * self.determined > count
        is_place = self.place > 2 * self.person and self.place >= 0.1 * count
        person = self.person + 0.5 * count * (self.is_given and not is_place)
        if person > self.place and person >= 0.08 * count and not (is_thing and self.person < count):
            return "person"
        if self.place > self.person and self.place >= 0.1 * count:
            return "place"
        is_single = " " not in self.text and self.is_listed and not self.person  # of those more are places
        if 1 < count < 5 and not (self.place or self.determined or self.is_plain or is_single):
            return "person"
        return "thing"

    @property
    def told_person(self) -> float:
        """How likely it is a person's name to the reader of sentences, in the mean of its places; 0 where none was read."""
        return sum(person for person, _ in self.told) / max(1, len(self.told))

    @property
    def is_given(self) -> bool:
        """Whether it begins with a given name that everybody knows."""
        first = self.text.partition(" ")[0]
        return first in MEN or first in WOMEN

    def add(self, usage: Usage, start: int, end: int) -> None:
        """Note one more place where it stands, words `start` to `end`, and weigh the words about it."""
        words = usage.page.words
        title = _title_before(usage, start)
        first = start - 1 if title else start
        final = words[end - 1].start + len(usage.bare[end - 1])
        self.spans.append(Span(words[first].start, final))
        self.places.append(start)
        self.titles.append(title)
        self.person += 3.0 * bool(title)
        is_determined, before, earlier = _words_before(usage, first)
        self.determined += is_determined
        after = usage.texts[end].lower() if usage.between(end) == " " else ""
        named = [place for place in range(first, end) if usage.texts[place][0].isupper()]
        told = usage.told(named)
        if told is not None:
            self.told.append(told)
        owns = words[end - 1].end > final
        self.speaks += before in SPEECH_VERBS or (after in SPEECH_VERBS and not owns)
        self.person += _person_after(usage, first, end, before, owns) + (before in ASKING) + 0.3 * (before in BESIDE)
        if not owns and earlier not in DOING and earlier not in SPEECH_VERBS and _is_no_adjective(usage, end):
            self.place += 1.0 if before in INTO else 0.3 if before in TOWARDS else 0.0


def _title_before(usage: Usage, start: int) -> str:
    """The title that stands before the word at `start`, in small letters; empty where none does."""
    gap = usage.between(start)
    if gap not in (" ", ". "):
        return ""
    title = usage.texts[start - 1].lower()
    if gap[0] == "." and title not in SHORTENED:
        return ""
    return title if title in TITLES and (title in LOWER_TITLES or usage.texts[start - 1][0].isupper()) else ""


def _words_before(usage: Usage, first: int) -> tuple[bool, str, str]:
    """Whether an article or the like stands before the name, then the two words before that."""
    before = usage.texts[first - 1].lower() if usage.between(first) == " " else ""
    earlier = usage.texts[first - 2].lower() if before and usage.between(first - 1) == " " else ""
    if before not in DETERMINERS:
        return False, before, earlier
    third = usage.texts[first - 3].lower() if earlier and usage.between(first - 2) == " " else ""
    return True, earlier, third


def _person_after(usage: Usage, first: int, end: int, before: str, owns: bool) -> float:
    """How much what follows the name says that it is a person's."""
    gap = usage.between(end)
    after = usage.texts[end].lower() if gap else ""
    if owns:
        return 2.0 if after in OF_A_PERSON else 0.1
    if gap == "-" and after in HONORIFICS:
        return 3.0
    if gap == " ":
        return 2.0 * (after in SPEECH_VERBS) + (after in DOING) + 0.3 * (after in SUBJECT_VERBS)
    if gap == ", " and after in ("who", "whose"):
        return 1.0
    is_last = gap[:1] != "," or gap[1:2] in CLOSING
    is_called = before in CALLS or (usage.between(first) == ", " and is_last)
    return float(is_called and gap[:1] in STOPS and bool(gap))


def _is_no_adjective(usage: Usage, end: int) -> bool:
    """Whether the name stands by itself: “in London with her”, not “in London clothes”."""
    return usage.between(end) != " " or usage.texts[end].lower() in SMALL_WORDS


def whole_names(usage: Usage, names: frozenset[str], lexicon: Lexicon) -> dict[str, Form]:
    """The names in the story's body as whole forms (Mount Harrow, Anna Quill), each with its evidence.

    A title before a name (Mr., Captain) is no part of the form, but of its spans.
    """
    runs = list(_runs(usage, names))
    plain = {name for name in names if lexicon.is_common_word(name) and not lexicon.is_name(name)} | LINKS
    times = Counter(_joined(parts) for _, _, parts in runs)
    leads = Counter(parts[0] for _, _, parts in runs if len(parts) > 1)
    forms: dict[str, Form] = {}
    for start, end, parts in runs:
        is_chance = end - start == 2 and times[_joined(parts)] <= 2 and leads[parts[-1]] >= 3
        ends = [(start, start + 1), (start + 1, end)] if is_chance else _split_at_links(usage, start, end, parts, times)
        for first, last in ends:
            while (
                last - first > 1
                and parts[first - start].lower() in TITLES
                and (parts[first - start + 1] not in ("of", "the", "le", "la"))
            ):
                first += 1
            whole = parts[first - start : last - start]
            text = _joined(whole)
            form = forms.setdefault(text, Form(text, plain.issuperset(whole), lexicon.is_name(whole[-1])))
            form.add(usage, first, last)
    return forms


def _joined(parts: list[str]) -> str:
    return " ".join(parts).replace(" -", "-")


def _split_at_links(
    usage: Usage, start: int, end: int, parts: list[str], times: Counter[str]
) -> Iterator[tuple[int, int]]:
    """The run whole, or its two ends where “of” only happens to stand between two names."""
    if "of" in parts and times[_joined(parts)] < max(2, 0.3 * usage.uses[usage.bare[start]].total):
        link = parts.index("of")
        after = next(place for place in range(link, len(parts)) if parts[place] not in LINKS)
        yield start, start + link
        yield start + after, end
    else:
        yield start, end


def _runs(usage: Usage, names: frozenset[str]) -> Iterator[tuple[int, int, list[str]]]:
    """Each run of words of names in the prose: its first place, the place after its last, its words."""
    shouted = {name.upper(): name for name in names if len(name) > 2}
    last = 0
    for place, bare in usage.bare.items():
        name = bare if bare in names or _opens_name(usage, place, names) else shouted.get(bare)
        if name is None or place < last or not usage.prose[place] or _is_a_time(usage, place):
            continue
        parts, last = [name], place + 1
        while usage.texts[last - 1] == usage.bare[last - 1]:
            step = _step(usage, last)
            bare = usage.bare.get(last + step - 1, "")
            bare = shouted.get(bare, bare)
            is_title = bare.lower() in (TITLES if step > 1 else ADDRESSES)
            is_name = bare in names or (_is_cut_short(bare) and usage.bare.get(last + step) in names)
            if not step or not is_name or bare in parts or is_title:
                break
            gap = usage.between(last)
            if gap[0] == ".":
                parts[-1] += "."
            parts += [*usage.texts[last : last + step - 1], "-" * (gap == "-") + bare]
            last += step
        yield place, last, parts


def _is_a_time(usage: Usage, place: int) -> bool:
    """Whether May or June is the month there, or May the verb."""
    if usage.texts[place].lower() not in CALENDAR:
        return False
    before = usage.texts[place - 1].lower() if usage.between(place) == " " else ""
    after = usage.texts[place + 1].lower() if usage.between(place + 1) == " " else ""
    is_verb = place in usage.opens and (after in SMALL_WORDS or after in DETERMINERS)
    return is_verb or before in _BEFORE_TIMES or before.isdigit() or after.isdigit()


def _opens_name(usage: Usage, place: int, names: frozenset[str]) -> bool:
    """Whether an initial or St. stands before a name."""
    follows = usage.between(place + 1) == ". " and usage.bare.get(place + 1) in names
    return follows and _is_cut_short(usage.texts[place]) and usage.texts[place] not in ("M", "Q")


def _is_cut_short(word: str) -> bool:
    """An initial, or St."""
    return (len(word) == 1 and word.isupper() and word != "I") or word == "St"


def _step(usage: Usage, place: int) -> int:
    """How many words from `place` on could carry a name on; 0 where it is over."""
    gap = usage.between(place)
    if gap == "-" or (gap == ". " and _is_cut_short(usage.texts[place - 1])):
        return 1
    step = 1
    while step < 3 and gap == " " and usage.texts[place + step - 1] in LINKS and usage.between(place + step) == " ":
        step += 1
    return step if gap == " " else 0
