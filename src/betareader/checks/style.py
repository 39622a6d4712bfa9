"""Matters of taste, asked about and never changed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Query
from betareader.language.lexicon import load_lexicon
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.reading import Reading

NEAR = 12
"""Words; an unusual word that comes back within so many is heard twice."""

UNUSUAL = 3.7
"""The frequency, as log10 of occurrences per 1e9 words, under which a word is unusual enough to be noticed."""

LONG = 70
"""Words; a sentence longer than this is asked about."""

_FILTER = re.compile(
    r"\b(?:I|he|she|they|we|[A-Z][a-z]+) (?P<filter>could (?:see|hear|feel|smell|sense)"
    r"|(?:saw|heard|felt|noticed|realized|realised|watched|sensed|decided) (?=(?:that|the|a|an|his|her|their|my|how|as)\b))"
)
_BOOKISH = re.compile(
    r"[\"”’] (?:(?:he|she|they|I|we|[A-Z][a-z]+) )?(?P<verb>ejaculated|opined|expostulated|exclaimed|averred|intoned"
    r"|pontificated|queried|interjected|remonstrated|vociferated|chortled|declaimed|proclaimed|bellowed|retorted"
    r"|articulated|enunciated|extrapolated|hypothesized|conjectured|professed|effused|gushed|simpered)\b"
)
_TAG_ADVERB = re.compile(
    r"\b(?:said|asked|replied|answered|shouted|whispered|cried|yelled|muttered|added|told)(?: (?:he|she|they|I|[A-Z][a-z]+))?"
    r" (?P<adverb>(?!only\b|early\b|finally\b|family\b|suddenly\b|simply\b)[a-z]{3,}ly)\b"
)
_ADVERB = re.compile(
    r"\b(?!only\b|early\b|family\b|reply\b|supply\b|apply\b|fly\b|belly\b|holy\b|july\b|ugly\b|lonely\b|lovely\b|friendly\b"
    r"|silly\b|likely\b|really\b|ally\b|jelly\b|bully\b|daily\b|rely\b|lively\b|deadly\b|elderly\b|italy\b|assembly\b)"
    r"[a-z]{2,}ly\b"
)
_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|be|is|are)(?: [a-z]+ly)? (?P<participle>[a-z]{3,}ed|taken|given|made|seen|shown|held|told"
    r"|found|brought|built|thrown|broken|chosen|driven|eaten|written|sent|kept|left|put|caught|lost|beaten|torn|drawn)\b"
)


@check(depth="medium")
def repeated_word(reading: Reading) -> Iterator[Query]:
    """Ask about an unusual word that comes back within a line or two.

    Repetition can be music; an echo that nobody meant is heard as an oversight.  Names, the
    story's own words and words said by two people in turn are left alone.

    Queries:
        The lantern shimmered on the wall, and the water [shimmered] below.

    Leaves:
        The lantern shimmered on the wall, and the water was dark below.
        “The lantern,” he said. “What lantern?”
        On and on they walked, and walked, and walked.
    """
    lexicon = load_lexicon()
    own = {word.lower() for word in reading.bible.own_words}
    words = reading.words
    for paragraph in reading.paragraphs:
        if paragraph.role != "body":
            continue
        last: dict[str, int] = {}
        for place in paragraph.words:
            word = words[place].text
            if len(word) < 6 or not word.islower():
                continue
            before = last.get(word)
            last[word] = place
            if before is None or not 2 < place - before <= NEAR or word in own or lexicon.zipf(word) >= UNUSUAL:
                continue
            span, see = words[place].span, words[before].span
            if not lexicon.is_common_word(word) or reading.passage_at(span.start) != reading.passage_at(see.start):
                continue
            yield Query(span, f"“{word}” stands a few words before; is the echo meant?", (see,))


@check(depth="heavy")
def filter_word(reading: Reading) -> Iterator[Query]:
    """Ask about words that show someone seeing or feeling instead of what is seen or felt.

    *She heard the door creak* puts a witness between the reader and the door.

    Queries:
        She [could hear] a dog bark behind the wall.

    Leaves:
        A dog barked behind the wall, and she listened.
    """
    for match in _FILTER.finditer(reading.text):
        start, end = match.span("filter")
        if not _is_spoken(reading, start):
            yield Query(Span(start, start + len(reading.text[start:end].rstrip())), "Could the thing itself be shown?")


@check(depth="heavy")
def said_bookism(reading: Reading) -> Iterator[Query]:
    """Ask about a tag that draws more notice than the speech.

    *Said* is all but invisible; *opined* is not.

    Queries:
        “It will rain,” he [opined].

    Leaves:
        “It will rain,” he said. He opined a good deal.
    """
    for match in _BOOKISH.finditer(reading.text):
        yield Query(Span(*match.span("verb")), "Would “said” or “asked” do?")


@check(depth="heavy")
def adverb_on_tag(reading: Reading) -> Iterator[Query]:
    """Ask about an adverb that tells how something was said.

    What is said, or what is done, often shows it already.

    Queries:
        “Get out,” he said [angrily].

    Leaves:
        “Get out,” he said. He slammed the door.
    """
    for match in _TAG_ADVERB.finditer(reading.text):
        yield Query(Span(*match.span("adverb")), "Does the speech itself show this?")


@check(depth="heavy")
def adverb_pile(reading: Reading) -> Iterator[Query]:
    """Ask about three or more adverbs in one sentence.

    Each of them asks for a little of the reader’s attention, and a stronger verb often needs none.

    Queries:
        [He slowly and carefully opened the door and quietly went in].

    Leaves:
        He slowly opened the door and went in.
    """
    for span in _crowded(reading, _ADVERB, 3):
        yield Query(span, "Several adverbs stand in this sentence; are all of them needed?")


@check(depth="heavy")
def passive_heap(reading: Reading) -> Iterator[Query]:
    """Ask about a sentence in which three things or more are done and nobody does them.

    One can hide who did it, to good effect; several in a row make a report of a scene.

    Queries:
        [The door was opened, the lamp was lit, the bed was turned down and the tea was poured].

    Leaves:
        The door was opened, and a man came in.
    """
    for span in _crowded(reading, _PASSIVE, 3):
        yield Query(span, "Much is done here, and nobody does it; is that meant?")


@check(depth="heavy")
def long_sentence(reading: Reading) -> Iterator[Query]:
    """Ask about a sentence that runs on for very long.

    Long sentences can carry a reader; past seventy words most readers lose the beginning.

    Queries:
        [We went up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and up and then we slept].

    Leaves:
        We went up and up, and then we slept.
    """
    for sentence in reading.sentences:
        if len(sentence.words) > LONG:
            end = reading.words[sentence.words.stop - 1].span.end
            reason = f"This sentence has {len(sentence.words)} words; could it be two?"
            yield Query(Span(reading.words[sentence.words.start].span.start, end), reason)


@check(depth="heavy")
def cliche(reading: Reading) -> Iterator[Query]:
    """Ask about a phrase that has been used so often that nobody sees it any more.

    In speech a worn phrase may be just what the character would say, so only narration is looked at.

    Queries:
        She was gone [in the blink of an eye].

    Leaves:
        “In the blink of an eye,” he said.
    """
    words = reading.words
    low = [word.text.lower().replace("’", "'") for word in words]
    phrases = _cliches()
    for place, word in enumerate(low):
        for phrase in phrases.get(word, ()):
            last = place + len(phrase)
            if tuple(low[place:last]) == phrase and not _is_spoken(reading, words[place].span.start):
                yield Query(
                    Span(words[place].span.start, words[last - 1].span.end), "A worn phrase; is it wanted here?"
                )


def _crowded(reading: Reading, pattern: re.Pattern[str], least: int) -> Iterator[Span]:
    """The sentences in which `pattern` is found at least so often, without their last stop."""
    starts = [sentence.span.start for sentence in reading.sentences]
    counts: dict[int, int] = {}
    for match in pattern.finditer(reading.text):
        place = bisect_right(starts, match.start()) - 1
        counts[place] = counts.get(place, 0) + 1
    for place, count in counts.items():
        if count >= least and place >= 0:
            words = reading.sentences[place].words
            yield Span(reading.words[words.start].span.start, reading.words[words.stop - 1].span.end)


def _is_spoken(reading: Reading, offset: int) -> bool:
    passage = reading.passage_at(offset)
    return passage is not None and passage.voice != "quoted"


@cache
def _cliches() -> dict[str, list[tuple[str, ...]]]:
    """Every worn phrase as its words in lower case, by the first of them."""
    listed = files("betareader.checks").joinpath("data", "cliches.txt").read_text(encoding="utf-8")
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for line in filter(None, listed.split("\n")):
        phrase = tuple(re.findall(r"[\w']+", line))
        phrases.setdefault(phrase[0], []).append(phrase)
    return phrases
