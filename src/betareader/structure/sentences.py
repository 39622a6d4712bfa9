"""Sentences, in narration and in speech, of drafts that may lack stops and capitals."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from betareader.span import Span
from betareader.structure.page import Passage, Sentence

_STOP = re.compile(r"[.!?…]+[\"'”’»)\]*_]*")
_RUN_ON_WORD = re.compile(r"[A-Z][^\W_]*[\s,'’]")
_GOES_ON = re.compile(r"[\s\"'“‘«(\[*_—–-]*(?P<first>\S)")
_LAST_WORD = re.compile(r"(?:[^\W_]\.)*[^\W_]+\Z")
_JOINING = re.compile(r"(?:and|or|but|nor|for|yet|so|then)\b")
_SPACE = " \t\r\n\x0b\x0c\x85\xa0\u2028\u2029"
_EDGES = _SPACE + '"“”„‟«»*_'

_TITLE = re.compile(
    r"(?:[Mm]rs?|Ms|[Dd]r|St|Prof|Rev|Fr|Sr|Jr|Capt|Col|Gen|Lt|Sgt|Maj|Cpl|Hon|Messrs|Mme|Mlle|Mt|Ft|vs)$"
)
_SHORTENED = re.compile(r"(?:etc|inc|ltd|[ap]m|cf|blvd|dept|approx|vol|pp?|\w+(?:\.\w+)+)$", re.I)


def find_sentences(
    text: str, paragraphs: Sequence[Span], passages: Sequence[Passage], words: Sequence[Span]
) -> tuple[Sentence, ...]:
    """The sentences of every paragraph, in order; each has at least one word."""
    starts = [word.start for word in words]
    stops = [match.span() for match in _STOP.finditer(text) if _stands_free(text, *match.span())]
    heard = [passage for passage in passages if passage.voice != "quoted"]
    sentences = []
    stop = 0
    place = 0
    for paragraph in paragraphs:
        cuts = []
        while place < len(heard) and heard[place].span.start < paragraph.end:
            passage = heard[place]
            if passage.span.start >= paragraph.start:
                cuts.append(passage)
            place += 1
        for start, end in _segments(paragraph, cuts):
            while stop < len(stops) and stops[stop][0] < start:
                stop += 1
            begin = start
            while stop < len(stops) and stops[stop][1] < end:
                before, after = stops[stop]
                stop += 1
                if _ends(text, begin, before, after, end):
                    sentences.append((begin, after))
                    begin = after
            sentences.append((begin, end))
    return tuple(_with_words(text, sentences, starts))


def _stands_free(text: str, before: int, after: int) -> bool:
    """Whether white space follows the stop, or a new sentence that lacks the space before it."""
    if text[after : after + 1].isspace():
        return True
    marked = text[after - 1] not in ".!?…"
    return (marked or text[max(0, before - 2) : before].isalpha()) and bool(_RUN_ON_WORD.match(text, after))


def _segments(paragraph: Span, passages: list[Passage]) -> Iterator[tuple[int, int]]:
    """The paragraph cut wherever a speech or thought begins or ends."""
    place = paragraph.start
    for passage in passages:
        if passage.span.start > place:
            yield place, passage.span.start
        yield passage.inner.start, passage.inner.end
        place = max(place, passage.span.end)
    if place < paragraph.end:
        yield place, paragraph.end


def _ends(text: str, begin: int, before: int, after: int, limit: int) -> bool:
    """Whether a sentence that began at `begin` ends with the stop from `before` to `after`."""
    follows = _GOES_ON.match(text, after, limit)
    if not follows:
        return False
    first = follows.group("first")
    stop = text[before:after].rstrip("\"'”’»)]*_")
    if first.islower():
        if stop[-1] == "…" or ".." in stop:
            return False
        if "." not in stop and _goes_on(text, begin, before, follows.start("first")):
            return False
        last = _LAST_WORD.search(text, max(begin, before - 12), before)
        return not last or not _is_shortened(last.group(), strict=True)
    if stop == ".":
        last = _LAST_WORD.search(text, max(begin, before - 12), before)
        return not last or not _is_shortened(last.group(), strict=False)
    return True


def _goes_on(text: str, begin: int, before: int, after: int) -> bool:
    """Whether a ? or ! before a small letter is inside its sentence, as in “Oh! what a day”."""
    return text.count(" ", max(begin, before - 40), before) < 3 or bool(_JOINING.match(text, after))


def _is_shortened(word: str, *, strict: bool) -> bool:
    """Whether the stop after `word` belongs to it; `strict` where a small letter follows."""
    initial = len(word.rpartition(".")[2]) == 1 and word != "I" and word[-1].isupper()
    return bool(_TITLE.match(word)) or initial or (strict and bool(_SHORTENED.match(word)))


def _with_words(text: str, sentences: list[tuple[int, int]], starts: list[int]) -> Iterator[Sentence]:
    first = 0
    for start, end in sentences:
        first = bisect_left(starts, start, first)
        last = bisect_left(starts, end, first)
        if first == last:
            continue
        source = text[start:end]
        begin = start + len(source) - len(source.lstrip(_EDGES + ",;"))
        finish = start + len(source.rstrip(_EDGES))
        yield Sentence(Span(min(begin, starts[first]), max(finish, begin)), range(first, last))
        first = last
