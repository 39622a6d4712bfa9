"""Hyphens in compounds, and figures that fiction writes as words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit, Query
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.reading import Reading

_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_ONES = frozenset("one two three four five six seven eight nine".split())
_TEENS = frozenset("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split())
_LOOKS = frozenset(
    "red black blue green brown gray grey white golden gold silver raven auburn ginger fair dark light pale long short"
    " curly straight thin thick broad narrow wide bright sharp hard soft heavy high low deep big small one two three four"
    " left right cold warm hot strong weak open absent single simple evil good bad bare empty rosy hollow cool level"
    " kind tender lion ill mild even quick tight flat round square hook snub bald grim stern stony sour gaunt baby clean"
    " wild bleary glassy starry cross doe".split()
)
_BODY = frozenset(
    "haired eyed skinned handed faced legged hearted minded headed lipped nosed shouldered fingered footed toothed bearded"
    " tempered mouthed cheeked tongued blooded sighted armed bodied winged tailed feathered sleeved haunched".split()
)
_ALSO_VERBS = frozenset("faced armed handed headed minded".split())
_ALWAYS = {
    "fashioned": "old", "famous": "world", "aged": "middle", "hearted": "half", "pitched": "high low", "looking": "good",
    "lived": "short", "broken": "heart", "ending": "never", "soaked": "blood tear", "stained": "blood tear",
    "streaked": "tear",
}  # fmt: skip
_BEFORE_NOUN = {
    "known": "well best", "dressed": "well", "worn": "well", "meaning": "well", "loved": "well much best", "earned": "well",
    "needed": "much", "behaved": "well", "deserved": "well", "built": "well", "mannered": "well ill", "paid": "well",
    "fed": "well ill", "intentioned": "well", "called": "so", "awaited": "long much", "time": "full part", "term": "long short",
    "hand": "second", "cold": "ice", "lost": "long",
}  # fmt: skip
_LEADS = frozenset("a an the his her my our their your its this that these those some another every".split())
_NO_NOUN = frozenset(
    "and but for the that this who when with from than then was were has not into onto off out".split()
)
_SUBJECTS = frozenset("he she they we i you it who".split())
_FIGURE = re.compile(
    r"(?<![\w$£€#:/.,'’+=%-])(?P<figure>[1-9]\d?)(?![\w:/%°'’+=)-]|[.,]\d)"
    r"(?! ?(?:a\.?m|p\.?m|o['’]clock|kg|km|mm|cm|mph|kph|lbs?|ft|oz|per cent|percent|degrees|January|February|March|April"
    r"|May|June|July|August|September|October|November|December)\b)"
)
_LABEL = re.compile(
    r"(?:\b[A-Z][\w'’]*\.?|\b(?:number|page|room|route|line|level|unit|gate|flight|chapter|channel|past)|[(\[]) ?\Z"
)


@check(depth="medium")
def compound_hyphen(reading: Reading) -> Iterator[Edit]:
    """Put the hyphen into a compound that stands before its noun or is always written with one.

    Without it the eye takes the words one at a time: *a dark haired girl* is first dark.

    Edits:
        A raven haired girl stood by an old fashioned lamp. → A raven-haired girl stood by an old-fashioned lamp.
        She was a well known singer with a ten year old boy. → She was a well-known singer with a ten-year-old boy.
        He was twenty one that day. → He was twenty-one that day.

    Leaves:
        The singer was well known, and her boy was ten years old.
        She turned her head, half faced him, and said nothing.
    """
    text, words = reading.text, reading.words
    low = [*(word.text.lower() for word in words), ""]
    for place in range(1, len(words)):
        for first in _joined_at(low, place):
            gap = Span(words[first].span.end, words[first + 1].span.start)
            if gap.of(text) == " ":
                yield Edit(gap, "-", "The words are one compound, so a hyphen joins them.", 0.93)


@check(depth="medium")
def number_in_figures(reading: Reading) -> Iterator[Query]:
    """Ask whether a number under a hundred should be written as a word.

    Fiction spells them out, in speech above all; times, dates, sums and labels keep their figures.

    Queries:
        She waited [20] minutes and left.

    Leaves:
        She took Flight 12 on 4 May, paid $20, and landed at 6:30.
    """
    text = reading.text
    for match in _FIGURE.finditer(text):
        paragraph = reading.paragraph_at(match.start())
        if paragraph is None or paragraph.role != "body" or match.start() == paragraph.span.start:
            continue
        if not _LABEL.search(text, max(0, match.start() - 25), match.start()):
            yield Query(Span(*match.span("figure")), "Fiction mostly writes a number like this as a word.")


def _joined_at(low: list[str], place: int) -> tuple[int, ...]:
    """The words before which a hyphen should follow, if a compound's last word but the noun stands at `place`.

    `low` holds the words in lower case, and an empty one after the last.
    """
    second, first, before = low[place], low[place - 1], low[place - 2] if place > 1 else ""
    if second in _BODY and first in _LOOKS:
        return () if second in _ALSO_VERBS and (before in _SUBJECTS or not before) else (place - 1,)
    if second in _ONES and first in _TENS:
        return (place - 1,)
    if second in _ALWAYS and first in _ALWAYS[second].split():
        return (place - 1,)
    noun = low[place + 1]
    if len(noun) < 3 or noun in _NO_NOUN:
        return ()
    if second in _BEFORE_NOUN and first in _BEFORE_NOUN[second].split() and before in _LEADS:
        return (place - 1,)
    if second == "old" and first == "year" and (before in _TEENS | _ONES | _TENS or before.isdigit()):
        return (place - 2, place - 1)
    return ()
