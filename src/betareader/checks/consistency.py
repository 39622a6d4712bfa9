"""One name, one spelling: what the story spells two ways."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit, Query
from betareader.language.variants import to_spelling
from betareader.span import Span
from betareader.story.company import TITLES

if TYPE_CHECKING:
    from betareader.reading import Reading

_SEVERAL = frozenset("the both all two three four five six many some these those several other of few".split())
_AFTER_SEVERAL = frozenset(
    """and or but are were had have do did can could will would who that of in on at to from with by as is was has be for
    came went said live lived all both not never always still""".split()
)
_TIMES = {1: "once", 2: "twice"}
_HYPHENED = re.compile(r"(?<![\w’'-])([^\W\d_]{1,12})-([^\W\d_]{2,14})(?![\w’'-])")
_VOWELS = frozenset("aeiou")
_SAID = (
    ("ph", "f"),
    ("ck|c(?![eiy])", "k"),
    ("c|z", "s"),
    ("y", "i"),
    ("(?<=.)h", ""),
    ("^g(?=[ei])", "j"),
    (r"(.)\1", r"\1"),
)
_ANOTHER_WORD = re.compile(
    "re(?:cover|create|sign|sent|form|present|press|serve|sort|dress|lease|count|mark)(?:s|e?d|ing)?|coop"
)
"""What is another word without its hyphen: re-sign and resign."""


@check(depth="light")
def name_slipped(reading: Reading) -> Iterator[Edit]:
    """Spell a name as the story spells it everywhere else.

    A form that stands once or twice, a letter away from a name that stands often, is a slip of the hand.
    A form that is a word or a known name of its own is left: Anna and Anne may be two people.

    Edits:
        Mara sat. Mara ate. Mara sang. Mara slept. Marra woke. → Mara sat. Mara ate. Mara sang. Mara slept. Mara woke.

    Leaves:
        Anna sat. Anna ate. Anna sang. Anna slept. Then Anne woke.
        Mara sat. Mara ate. Marra sang.
    """
    for slip in reading.bible.slips:
        here, there = (len(re.findall(rf"\b{re.escape(form)}\b", reading.text)) for form in (slip.text, slip.name))
        reason = (
            f"“{slip.text}” stands here{' only' if here == 1 else ''}; "
            f"everywhere else the name is “{slip.name}” ({_times(there)})."
        )
        yield Edit(slip.span, slip.name, reason, slip.confidence)


@check(depth="light")
def name_without_apostrophe(reading: Reading) -> Iterator[Edit]:
    """Give a name its apostrophe where something is said to be that person's.

    The name with a bare *s* stands once or twice and the name itself often, and a thing follows.  *The*
    before it makes a family of it (the Harlows), and a verb after it may be what several of them do.

    Edits:
        Mara sat. Mara ate. Mara sang. Then Maras lamp went out. → Mara sat. Mara ate. Mara sang. Then Mara's lamp went out.

    Leaves:
        Harlow sat. Harlow ate. Harlow sang. The Harlows lamented it. Both Harlows were late.
        Mara sat. Mara ate. Mara sang. Mara’s lamp went out.
    """
    names = {
        form
        for person in reading.bible.cast
        for form in (person.name, *person.aliases)
        if form.isalpha() and len(form) > 2
    }
    times = Counter(word.text for word in reading.words)
    mark = "’" if reading.style.curly else "'"
    for place, word in enumerate(reading.words[:-1]):
        name = word.text[:-1]
        if word.text[-1:] != "s" or name not in names or word.text in names or times[name] <= times[word.text]:
            continue
        before, after = reading.words[place - 1].text.lower() if place else "", reading.words[place + 1]
        gap = reading.text[word.span.end : after.span.start]
        if gap == " " and before not in _SEVERAL and after.text.islower() and after.text not in _AFTER_SEVERAL:
            reason = f"Something of {name}’s follows."
            yield Edit(Span(word.span.end - 1, word.span.end), f"{mark}s", reason, 0.92)


@check(depth="light")
def name_in_two_spellings(reading: Reading) -> Iterator[Query]:
    """Ask which is right where one name seems to stand in two spellings, both of them often.

    Two people may bear names that sound alike, and only the author knows; where the two stand in one
    sentence, they are two people and nothing is asked.

    Queries:
        Katherine sat down. Katherine looked up. Then [Catherine] stood. Catherine turned.

    Leaves:
        Katherine sat down. Katherine looked up. Then Catherine stood and Katherine turned. Catherine sighed.
        Anna sat down. Anna looked up. Then Hanna stood. Hanna turned.
    """
    spans: dict[str, list[Span]] = defaultdict(list)
    for person in reading.bible.cast:
        for mention in person.mentions:
            for part in re.finditer(r"[^\W\d_]{5,}", mention.of(reading.text)):
                if part[0][0].isupper() and part[0].lower() not in TITLES:
                    spans[part[0]].append(Span(mention.start + part.start(), mention.start + part.end()))
    often = [name for name, places in spans.items() if len(places) > 1 and not name.isupper()]
    often.sort(key=lambda name: (-len(spans[name]), spans[name][0]))
    said: dict[str, list[str]] = defaultdict(list)
    for name in often:
        said[_as_said(name)].append(name)
    for rarer in often:
        for other in (name for way in _ways_to_say(rarer) for name in said.get(way, ())):
            if often.index(other) < often.index(rarer) and not _share_a_sentence(reading, spans[rarer], spans[other]):
                counts = f"{_times(len(spans[rarer]))} and {_times(len(spans[other]))}"
                reason = f"Are “{rarer}” and “{other}” one person? Both spellings stand in the story, {counts}."
                yield Query(spans[rarer][0], reason, (spans[other][0],))


@check(depth="medium")
def spelling_in_two_ways(reading: Reading) -> Iterator[Query]:
    """Ask which to keep where a word is spelt in the American way here and in the British way there.

    Either is right; a story keeps to one.  Where it keeps to one nearly always, house style takes care of the rest.

    Queries:
        A gray cat sat there. The sky was [grey], too.

    Leaves:
        A gray cat sat there. The sky was gray, too.
        A grey cat sat there in the center of the room.
    """
    if reading.style.spelling != "either":
        return
    places: dict[str, list[Span]] = defaultdict(list)
    british = to_spelling("us")
    either = british.keys() | british.values()
    for word in reading.words:
        if word.text.lower() in either:
            places[word.text.lower()].append(word.span)
    for spelling, spans in places.items():
        other = british.get(spelling)
        if other in places:
            yield _two_ways(reading.text, spans, places[other])


@check(depth="medium")
def hyphen_in_two_ways(reading: Reading) -> Iterator[Query]:
    """Ask which to keep where a word stands with a hyphen here and as one word there.

    Dictionaries differ, and either may be right; a story keeps to one.

    Queries:
        The email was short. He read the [e-mail] twice.

    Leaves:
        The email was short. He read the email twice.
        They had to re-sign the form. “I resign,” he said.
    """
    places: dict[str, list[Span]] = defaultdict(list)
    for match in _HYPHENED.finditer(reading.text):
        joined = match[1] + match[2]
        if joined.islower() and not _ANOTHER_WORD.fullmatch(joined):
            places[joined].append(Span(*match.span()))
    if not places:
        return
    closed: dict[str, list[Span]] = defaultdict(list)
    for word in reading.words:
        if word.text in places:
            closed[word.text].append(word.span)
    for joined, spans in places.items():
        if joined in closed:
            yield _two_ways(reading.text, spans, closed[joined])


def _two_ways(text: str, one: list[Span], other: list[Span]) -> Query:
    """Ask about the rarer of two spellings, or about the later where neither is rarer."""
    rarer, often = (one, other) if (len(one), -one[0].start) < (len(other), -other[0].start) else (other, one)
    counts = f"{_times(len(rarer))} and {_times(len(often))}"
    reason = f"Both “{rarer[0].of(text)}” and “{often[0].of(text)}” stand in the story, {counts}. Which should it be?"
    return Query(rarer[0], reason, (often[0],))


def _times(count: int) -> str:
    return _TIMES.get(count, f"{count} times")


def _ways_to_say(name: str) -> Iterator[str]:
    """How a name is said, and how it is with a vowel swallowed or one put between two consonants."""
    said = _as_said(name)
    yield said
    for place in range(1, len(said) - 2):
        if said[place] in _VOWELS and _VOWELS.isdisjoint((said[place - 1], said[place + 1])):
            yield said[:place] + said[place + 1 :]
        if said[place - 1] not in _VOWELS and said[place] not in _VOWELS:
            yield from (said[:place] + vowel + said[place:] for vowel in sorted(_VOWELS))


def _as_said(name: str) -> str:
    """A name in one spelling of the several that sound the same: Catherine, Katharine and Kathryn begin alike."""
    said = name.lower()
    for pattern, put in _SAID:
        said = re.sub(pattern, put, said)
    return said


def _share_a_sentence(reading: Reading, one: list[Span], other: list[Span]) -> bool:
    def sentence(span: Span) -> int:
        return bisect_right(reading.sentences, span.start, key=lambda each: each.span.start)

    return not {sentence(span) for span in one}.isdisjoint(sentence(span) for span in other)
