"""Commas that stand where a sentence is over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from betareader.checks.check import check
from betareader.errors import ModelMissing
from betareader.findings import Edit, Query
from betareader.language.clauses import clause_opening
from betareader.language.speech_verbs import SPEECH_VERBS, THOUGHT_VERBS
from betareader.model.prior import SENTENCE_ENDS
from betareader.model.reader import STOPS
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.reading import Reading

PRECISION = 0.92
"""The share of these edits that was right, taken low, where half the full stops of five Standard Ebooks works were commas."""

LEAST = 0.5
"""What the reader thinks less likely than this is not worth a question."""

_CONJUNCTIONS = frozenset(("and", "but", "or", "nor"))
"""Before these a comma is right enough."""

CHANGED = 0.5
"""Where the next word was meant to be another with this chance, it is left to that, and its capital with it."""

DOUBT = 0.015
"""Where the reader thinks the end of a sentence less likely than this, the shape of the clauses does not tell of one."""

OFTEN = 1.2
"""Plain splices in 1,000 words of the story; from here on they are the slip of a draft and not a choice of style."""

_NEW_SENTENCE = re.compile(r",(?= (?:He|She|It|They|We|You|His|Her|Their|My|There|But|Then|This|That|The) [a-z])")
_COMMA = re.compile(r",(?=[ \n][*_]*[^\W\d_])")
_SUBORDINATES = frozenset(
    "when while if as because although though unless until till since before after once where whether that which who whom"
    " whose whatever however whenever wherever lest than like the more had were should could what how why neither so such"
    " having being given considering seeing supposing provided even now only not for with without".split()
)
_DEGREES = frozenset("so such too not never no hardly scarcely more if".split())
_ASIDES = frozenset(
    "knew supposed felt believed guessed seemed hoped feared imagined thought suppose know think mean believe guess hope fear"
    " see saw heard noticed found admitted confessed owned fancied".split()
)
_JOINS = frozenset("and but so then or yet still nor".split())


@dataclass(frozen=True, slots=True)
class _Splice:
    """A comma with a whole clause on either side; `plain` where nothing speaks for the one leaning on the other."""

    comma: int
    next: int
    plain: bool


@check(depth="light")
def comma_ends_sentence(reading: Reading) -> Iterator[Edit]:
    """End a sentence with a full stop where only a comma stands.

    Two whole sentences with nothing but a comma between them read as one that never ends.  It is
    mended where it happens again and again, or where the reader is sure of it; a writer who does it now
    and then does it for the pace (“I came, I saw”).  What people say is left to them.

    Edits:
        The rain had stopped at last, she opened the old door. The wind was cold, he pulled the collar up. The street was empty now, they walked home together. → The rain had stopped at last. She opened the old door. The wind was cold. He pulled the collar up. The street was empty now. They walked home together.

    Leaves:
        The door was open, the lamp was lit.
        When the rain had stopped, she opened the door.
        He ran, he fell, he ran again.
        She let the old man go at last, a tear falling from her chin.
    """
    ends = {number: (stop, chance) for number, stop, chance in _ends(reading, ",")}
    splices = list(_splices(reading))
    if _often(sum(splice.plain for splice in splices), reading):
        for splice in splices:
            number = reading.word_from(splice.comma) - 1
            if reading.tags is None or float(reading.tags.stop[number, SENTENCE_ENDS].sum()) >= DOUBT:
                stop, chance = ends.get(number, (".", 0.0))
                ends[number] = stop, max(chance, PRECISION)
    for number, (stop, chance) in sorted(ends.items()):
        yield from _end(reading, number, stop, chance, "A whole sentence is over here.")


@check(depth="light")
def lost_stop(reading: Reading) -> Iterator[Edit]:
    """Put in the stop that was left out at the end of a sentence.

    Two sentences that run into each other make the reader stop and go back.  Where they part is judged from
    the whole of both; in speech, where people run on, only where the next word has a capital.

    Edits:
        The rain had stopped at last She opened the door and went out. → The rain had stopped at last. She opened the door and went out.

    Leaves:
        He said she opened the door. The man she knew was there.
    """
    if reading.tags is None:
        raise ModelMissing("It needs the reader of whole sentences: install onnxruntime.")
    for number, stop, chance in _ends(reading, ""):
        yield from _end(reading, number, stop, chance, "A sentence is over here, and nothing says so.")


@check(depth="light")
def comma_before_new_sentence(reading: Reading) -> Iterator[Edit]:
    """End a sentence with a full stop where a comma stands and the next word opens a new sentence.

    A capital on a word that has none of its own says that the author began anew; only the stop was mistyped.

    Edits:
        The lamp was cold already, She could feel it through her gloves. → The lamp was cold already. She could feel it through her gloves.

    Leaves:
        The lamp was cold already, she thought, and Anna could feel it.
        Dear Sir, We have your letter of the third.
        He read the sign, The Golden Lion, and went in.
    """
    for match in _NEW_SENTENCE.finditer(reading.text):
        place = reading.word_from(match.start())
        if reading.passage_at(match.start()) is not None or not 2 < place < len(reading.words) - 1:
            continue
        after = _run(reading, place, 1)
        if len(after) >= 4 and clause_opening(after) and clause_opening(_run(reading, place - 1, -1)):
            yield Edit(Span(match.start(), match.start() + 1), ".", "The next word opens a new sentence.", 0.95)


@check(depth="medium")
def comma_splice(reading: Reading) -> Iterator[Query]:
    """Ask about a comma that may stand where a sentence ends.

    Two sentences joined by a comma alone can be meant so, for the pace; the author decides.

    Queries:
        The rain had stopped at last[,] she opened the old door.

    Leaves:
        When the rain had stopped, she opened the door.
        The rain had stopped, and she opened the door.
    """
    splices = list(_splices(reading))
    plain = sum(splice.plain for splice in splices)
    if _often(plain, reading):
        return
    for splice in splices:
        if splice.plain:
            comma = Span(splice.comma, splice.comma + 1)
            yield Query(comma, "Two sentences are joined by a comma alone: a full stop or a semicolon?")


def _ends(reading: Reading, written: str) -> Iterator[tuple[int, str, float]]:
    """Where a sentence ends though only `written` stands there: the last word, the stop that belongs, how likely it is.

    In speech, and in an author's own notes, a comma between sentences is how people talk; in speech only a capital tells of a lost stop.
    """
    tags, words, text = reading.tags, reading.words, reading.text
    if tags is None:
        return
    chances = tags.stop[:, SENTENCE_ENDS].sum(axis=1)
    for number in np.flatnonzero((chances >= LEAST) & tags.read).tolist():
        if number + 1 >= len(words) or any(each.probability >= CHANGED for each in words[number + 1].meant):
            continue
        if written and (words[number + 1].text.lower() in _CONJUNCTIONS or _is_participial(reading, number + 1)):
            continue
        span, following = words[number].span, words[number + 1].span.start
        if text[span.end : following].rstrip(" ") != written or following == span.end + len(written):
            continue
        if written and not reading.in_prose(span.start):
            continue
        passage = reading.passage_at(span.start)
        capital = text[following].isupper() and words[number + 1].pos != "PROPN"
        if passage is not None and (passage.voice == "quoted" or written or not capital):
            continue
        stop = STOPS[max(SENTENCE_ENDS, key=lambda each: float(tags.stop[number, each]))]
        yield number, stop, float(chances[number])


def _end(reading: Reading, number: int, stop: str, chance: float, reason: str) -> Iterator[Edit]:
    """Put `stop` after a word, over a comma if there is one, and a capital on the next word if it needs one."""
    end, following = reading.words[number].span.end, reading.words[number + 1].span.start
    comma = reading.text.startswith(",", end)
    gap, letter = reading.text[end + comma : following], reading.text[following]
    if stop == ";" or letter.isupper():
        yield Edit(Span(end, end + comma), stop, reason, chance)
    else:
        yield Edit(Span(end, following + 1), stop + gap + letter.upper(), reason, chance)


def _often(plain: int, reading: Reading) -> bool:
    """Whether so many plain splices are the slip of a draft."""
    return plain > 2 and 1000 * plain >= OFTEN * len(reading.words)


def _splices(reading: Reading) -> Iterator[_Splice]:
    """Every comma of the narration with a clause on either side, neither of them a tag or an aside."""
    text, words = reading.text, reading.words
    own = reading.bible.own_words
    for match in _COMMA.finditer(text):
        place = reading.word_from(match.start())
        if not 0 < place < len(words) - 1 or words[place - 1].span.end != match.start():
            continue
        after = _run(reading, place, 1)
        if len(after) < 3 or after[0].lower() in _JOINS:
            continue
        opening = clause_opening(after)
        if opening is None or (opening == "name" and own.isdisjoint(after[:3])):
            continue
        said = {word.lower() for word in after[:4]}
        if not said.isdisjoint(_ASIDES) or not said.isdisjoint(SPEECH_VERBS) or not said.isdisjoint(THOUGHT_VERBS):
            continue
        before = _run(reading, place - 1, -1)
        first = before[0].lower()
        if first in _SUBORDINATES and not (first in ("the", "now") and clause_opening(before)):
            continue
        edge = words[place - len(before)].span.start
        is_tag = _is_tag(reading, before, edge)
        if not is_tag and (len(before) < 3 or not clause_opening(before)):
            continue
        if reading.passage_at(match.start()) is not None:
            continue
        plain = len(before) > 3 and len(after) > 3 and _DEGREES.isdisjoint(word.lower() for word in before)
        yield _Splice(match.start(), words[place].span.start, plain or is_tag)


def _run(reading: Reading, place: int, step: int) -> list[str]:
    """The words from `place` on, or back, that only spaces part, in the order of the text."""
    text, words = reading.text, reading.words
    last = place
    while 0 <= last + step < len(words) and abs(last - place) < 40:
        left, right = (last, last + step) if step > 0 else (last + step, last)
        if text[words[left].span.end : words[right].span.start] not in (" ", "-", "\n"):
            break
        last += step
    return [word.text for word in (words[place : last + 1] if step > 0 else words[last : place + 1])]


def _is_participial(reading: Reading, place: int) -> bool:
    """Whether the words from `place` to the next stop have no verb but one in -ing: “a tear falling from her eyes”."""
    run = reading.words[place : place + len(_run(reading, place, 1))]
    verbs = [word.text.lower() for word in run if word.pos in ("VERB", "AUX")]
    return bool(verbs) and all(verb.endswith("ing") for verb in verbs)


def _is_tag(reading: Reading, words: list[str], start: int) -> bool:
    """Whether the words that start at `start` are a tag right after a speech."""
    before = reading.passage_at(start - 2)
    if before is None or before.voice == "quoted" or len(words) > 5:
        return False
    low = {word.lower() for word in words[:3]}
    return not low.isdisjoint(SPEECH_VERBS) or not low.isdisjoint(THOUGHT_VERBS)
