"""Stops in narration and inside speech; what stands beside a quotation mark is dialogue's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit, Query
from betareader.language.lexicon import load_lexicon
from betareader.language.speech_verbs import SPEECH_VERBS, THOUGHT_VERBS
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.reading import Reading
    from betareader.structure.page import Paragraph

VERSE_LINE = 12
"""Words; paragraphs no longer than this that stand together without stops are lines of verse, a list, a sign."""

_EDGES = " \t*_"
_ASKS = re.compile(
    r"(?:(?:and|but|so|then|well|oh),? )?(?:(?:who|what|where|when|why|how|whose) (?:\w+ )?(?:is|are|was|were|do|does"
    r"|did|can|could|will|would|shall|should|have|has|had|am)|is|are|was|were|do|does|did|can|could|will|would|shall"
    r"|should|isn['’]t|aren['’]t|wasn['’]t|don['’]t|doesn['’]t|didn['’]t|can['’]t|couldn['’]t|won['’]t) "
    r"(?:i|you|he|she|it|we|they|the|this|that|there|any|his|her|my|your)\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"[-•\d]|[^.!?,:]{1,40}:\s")
_SALUTATION = re.compile(r"(?:my )?dear(?:est)?\b|to whom|yours|sincerely", re.IGNORECASE)
_CLOSING = re.compile(
    r"\b(?:truly|sincerely|faithfully|affectionately|respectfully|obediently|friend|servant|love|regards|wishes|ever|always)"
    r",\Z"
)
_NEXT_LETTER = re.compile(r"[\s*_]*([^\W\d_])")
_TWO_STOPS = re.compile(
    r"(?=[,;.])(?:(?P<commas>,{2,})(?!\.)|(?P<semicolons>;{2,}|;,|,;)|(?P<comma_stop>,\.)(?!\.)|(?P<comma_dots>,)(?=\.\.)"
    r"|(?<=[!?])(?P<mark_stop>\.)(?!\.)|(?<![.…])(?:(?P<stop_mark>\.)(?=[!?])|(?P<stop_comma>\.,)))"
)
_TWO_DOTS = re.compile(r"(?<=[^\W_])\.\.(?=[\s\"'”’)]|\Z)(?P<next>[\"'”’)*_]*\s*[\"'“‘*_]*\w?)")
_MANY_DOTS = re.compile(r"(?<=[\w\"'”’?!])\.{4,}(?P<next>[\"'”’)*_]*(?:\s+[\"'“‘*_]*\w?|\Z))?")
_LAST_WORD = re.compile(r"[^\W_][\w'’-]*\Z")
_PILE = re.compile(r"!{2,}|\?{2,}|[!?]*(?:!\?|\?!)[!?]+")


@check(depth="light")
def comma_ends_paragraph(reading: Reading) -> Iterator[Edit]:
    """End a paragraph with a full stop, not a comma.

    A comma says that the sentence goes on, and a sentence never goes on in the next paragraph.
    The lines of a poem, the greeting of a letter, and words that lead into a speech may end with one.

    Edits:
        They walked down to the harbor and watched the boats, → They walked down to the harbor and watched the boats.

    Leaves:
        Dear Mrs. Bell, ¶ I am sorry that I could not come.
        Then the old man at the end of the table said, ¶ “We leave at dawn.”
        The rain came down, ¶ The sun went in, ¶ And nobody sang.
    """
    for place, paragraph, end in _ends(reading, ","):
        if len(paragraph.words) < 5 or _SALUTATION.match(reading.text, paragraph.span.start):
            continue
        if (
            _goes_on(reading, place)
            or _in_verse(reading, place)
            or _CLOSING.search(reading.text, max(0, end - 20), end)
        ):
            continue
        asks = _asks(reading, end)
        reason = "The paragraph is over, so its last sentence is too."
        if _speech_follows(reading, place):
            confidence = 0.7 if asks else 0.92
        else:
            confidence = 0.7 if asks else 0.8 if _among_lines(reading, place) else 0.97
        yield Edit(Span(end - 1, end), "?" if asks else ".", reason, confidence)


@check(depth="light")
def missing_full_stop(reading: Reading) -> Iterator[Edit]:
    """End the last sentence of a paragraph with a stop.

    Headings, signs, lists, lines of a poem, and speech that is cut short are left as they are.

    Edits:
        It rained. Nobody came to the door ¶ Then it stopped. → It rained. Nobody came to the door. ¶ Then it stopped.

    Leaves:
        The rain came down ¶ The sun went in ¶ And nobody sang
        The sign on the door was plain enough: ¶ NO ENTRY
        He wanted to tell her everything, but ¶ “Not now,” she said.
    """
    text = reading.text
    found = []
    for place, paragraph, end in _ends(reading, None):
        if len(paragraph.words) < 6 or _goes_on(reading, place) or _in_verse(reading, place):
            continue
        words = reading.words[paragraph.words.start : paragraph.words.stop]
        if 2 * sum(word.text[0].isupper() for word in words) > len(words) or not words[-1].text.islower():
            continue
        if _ENTRY.match(text, paragraph.span.start) or not load_lexicon().is_common_word(words[-1].text):
            continue
        if words[-1].text in ("but", "and", "or", "if", "because", "the", "a", "to", "of", "that", "with"):
            continue
        found.append((paragraph, end))
    full = [paragraph for paragraph in reading.paragraphs if paragraph.role == "body" and len(paragraph.words) >= 6]
    if len(found) > 2 and 3 * len(found) > len(full):
        return
    for paragraph, end in found:
        sentence = _last_sentence(reading, end)
        sure = sentence is not None and sentence.start > paragraph.span.start + 1
        asks = _asks(reading, end)
        inside = text[paragraph.span.start] in "*_"
        at = end if inside else paragraph.span.end
        confidence = 0.7 if asks else 0.94 if sure else 0.8
        yield Edit(Span(at, at), "?" if asks else ".", "The sentence has no stop at its end.", confidence)


@check(depth="light")
def doubled_stop(reading: Reading) -> Iterator[Edit]:
    """Take out the stop that is one too many.

    A comma beside a full stop, two commas, or a full stop after a question mark are slips of the
    finger.  *?!* and *!!!* are the author's, and so is the stop of an abbreviation.

    Edits:
        She waited,, but nobody came. → She waited, but nobody came.
        "Is anybody there?." he asked. → "Is anybody there?" he asked.
        He sat down,. The chair broke. → He sat down. The chair broke.

    Leaves:
        “What?!” he shouted. “No!!!”
        They sold lamps, ropes, etc., and closed at 6 p.m., as always.
    """
    text = reading.text
    reason = "One stop is enough here."
    for match in _TWO_STOPS.finditer(text):
        kind, span = match.lastgroup, Span(*match.span())
        if kind == "commas":
            yield Edit(span, ",", reason, 0.97)
        elif kind == "semicolons":
            yield Edit(span, ";", reason, 0.93)
        elif kind == "comma_stop":
            yield Edit(span, ".", reason, 0.95)
        elif kind in ("comma_dots", "mark_stop"):
            yield Edit(span, "", reason, 0.95)
        elif _is_whole_word(text, span.start):
            if kind == "stop_mark":
                yield Edit(span, "", reason, 0.85)
            else:
                following = _NEXT_LETTER.match(text, span.end)
                capital = following is not None and following.group(1).isupper()
                yield Edit(span, "." if capital else ",", reason, 0.85 if capital else 0.93)


@check(depth="light")
def two_dots(reading: Reading) -> Iterator[Edit]:
    """Make two dots one or three.

    A sentence ends with one, and a pause has three.  Where a sentence goes on after them, a pause
    was meant.

    Edits:
        “I was.. just leaving,” he said. → “I was... just leaving,” he said.

    Leaves:
        “I was... just leaving,” he said.
        She opened the folder ../letters and read.
    """
    text = reading.text
    found = list(_TWO_DOTS.finditer(text))
    habit = len(found) > 3
    for match in found:
        span = Span(match.start(), match.start() + 2)
        if habit or match.group("next")[-1:].islower():
            yield Edit(span, reading.style.ellipsis, "A pause is written with three dots.", 0.93)
        else:
            yield Edit(span, ".", "A sentence ends with one full stop.", 0.85)


@check(depth="light")
def too_many_dots(reading: Reading) -> Iterator[Edit]:
    """Cut a pause down to three dots.

    Four are right only where a sentence is over before the pause.

    Edits:
        “I was..... just leaving,” he said. → “I was... just leaving,” he said.

    Leaves:
        “I was there.... Nobody came,” he said.
        “I was... just leaving,” he said.
    """
    for match in _MANY_DOTS.finditer(reading.text):
        dots = len(match.group()) - len(match.group("next") or "")
        following = match.group("next")
        if dots == 4 and (following is None or not following[-1:].islower()):
            continue
        span = Span(match.start(), match.start() + dots)
        yield Edit(span, reading.style.ellipsis, "A pause is written with three dots.", 0.93)


@check(depth="heavy")
def piled_stops(reading: Reading) -> Iterator[Query]:
    """Ask whether one mark would do where several are piled up.

    One exclamation mark is loud; three are seldom louder.

    Queries:
        “Get out[!!!]” he shouted.

    Leaves:
        “Get out!” he shouted. “What?!”
    """
    for match in _PILE.finditer(reading.text):
        yield Query(Span(*match.span()), "Would one mark do here?")


def _ends(reading: Reading, stop: str | None) -> Iterator[tuple[int, Paragraph, int]]:
    """The paragraphs of prose whose last character is `stop`, or a letter where `stop` is None.

    Each comes with its place and the end of its last character, closing emphasis left out; a
    paragraph that ends inside a speech is dialogue's.
    """
    text = reading.text
    for place, paragraph in enumerate(reading.paragraphs):
        if paragraph.role != "body":
            continue
        end = paragraph.span.end
        while end > paragraph.span.start and text[end - 1] in _EDGES:
            end -= 1
        last = text[end - 1]
        if last != stop if stop else not last.isalpha():
            continue
        passage = reading.passage_at(end - 1)
        if passage is None or passage.voice == "quoted":
            yield place, paragraph, end


def _goes_on(reading: Reading, place: int) -> bool:
    """Whether the paragraph after this one takes up its sentence."""
    if place + 1 == len(reading.paragraphs):
        return False
    text, paragraph, following = reading.text, reading.paragraphs[place], reading.paragraphs[place + 1]
    if following.role != "body":
        return following.role != "break" and following.role != "heading"
    first = text[following.span.start : following.span.start + 3].lstrip("\"'“‘*_ ")[:1]
    if first.islower() or not first.isalpha():
        return True
    if text[following.span.start] not in "\"'“‘*_":
        return False
    last = reading.words[max(paragraph.words.start, paragraph.words.stop - 8) : paragraph.words.stop]
    verbs = {word.text.lower() for word in last}
    return not verbs.isdisjoint(SPEECH_VERBS) or not verbs.isdisjoint(THOUGHT_VERBS)


def _in_verse(reading: Reading, place: int) -> bool:
    """Whether this and a neighbour are short and both without a stop."""
    if not _is_line(reading, place):
        return False
    return any(0 <= other < len(reading.paragraphs) and _is_line(reading, other) for other in (place - 1, place + 1))


def _is_line(reading: Reading, place: int) -> bool:
    paragraph = reading.paragraphs[place]
    last = paragraph.span.of(reading.text).rstrip(_EDGES)[-1:]
    return _is_short(paragraph) and (last.isalnum() or last in ",;:-–—")


def _speech_follows(reading: Reading, place: int) -> bool:
    after = reading.paragraphs[place + 1 : place + 2]
    return bool(after) and reading.text[after[0].span.start] in "\"“'‘"


def _among_lines(reading: Reading, place: int) -> bool:
    """Whether this and a neighbour are short paragraphs of prose, and so perhaps lines that rhyme."""
    beside = (other for other in (place - 1, place, place + 1) if 0 <= other < len(reading.paragraphs))
    short = [reading.paragraphs[other].role == "body" and _is_short(reading.paragraphs[other]) for other in beside]
    return _is_short(reading.paragraphs[place]) and sum(short) > 1


def _is_short(paragraph: Paragraph) -> bool:
    return len(paragraph.words) <= VERSE_LINE


def _last_sentence(reading: Reading, end: int) -> Span | None:
    """The sentence that the character before `end` stands in."""
    place = bisect_right(reading.sentences, end - 1, key=lambda sentence: sentence.span.start) - 1
    return reading.sentences[place].span if place >= 0 else None


def _asks(reading: Reading, end: int) -> bool:
    """Whether the sentence that runs up to `end` is put as a question."""
    sentence = _last_sentence(reading, end)
    return sentence is not None and bool(_ASKS.match(reading.text, sentence.start))


def _is_whole_word(text: str, end: int) -> bool:
    """Whether a word that is no abbreviation ends here."""
    last = _LAST_WORD.search(text, max(0, end - 30), end)
    if last is None:
        return False
    word = last.group()
    return len(word) > 3 and word.islower() and load_lexicon().is_common_word(word) and text[last.start() - 1] != "."
