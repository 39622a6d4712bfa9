"""House style: the conventions settled for the manuscript, kept to throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit
from betareader.language.variants import to_spelling
from betareader.span import Span
from betareader.story.habits import SERIES

if TYPE_CHECKING:
    from betareader.reading import Reading
    from betareader.structure.page import Passage

_ELLIPSIS = re.compile(r"(?P<gap> ?)(?:\. \. \.|(?<!\.)\.\.\.(?!\.)|…)")
_DASH = re.compile(r"(?<=[^\s\d—–-])(?: (?:--?|–|—) |--|—)(?=[^\s—–-])|(?<=\w)(?:--|—)(?=[\"'”’])|(?<=\w)--(?=\s)")
_BROKEN_OFF = re.compile(r"\s|[\"'”’]|\Z")
_DASHES = {"em": "—", "spaced-en": " – ", "spaced-em": " — ", "hyphens": "--"}
_BREAKS = {"em": "—", "spaced-en": " –", "spaced-em": "—", "hyphens": "--"}
_STRAIGHT = re.compile(r"[\"']")
_CURLY = re.compile(r"[“”‘’]")
_OPENS = frozenset(" \t\n\r\u00a0([{—–-/*_“‘\"'")
_AFTER_PREPOSITION = re.compile(r"\b(?:In|Of|At|By|To|For|With|From|On|As|After|Before|Like|Between|Behind) \Z")
_LOWER = re.compile(r"(?<![\w'’-])[a-zA-Z][a-z]{3,}(?![\w'’])")


@check(depth="medium")
def mixed_quotes(reading: Reading) -> Iterator[Edit]:
    """Keep to one shape of quotation marks and apostrophes, curly or straight.

    A mixture comes of two programs or two keyboards, and shows.  The shape the story has most often wins.

    Edits:
        “I can't,” she said. “It isn’t mine.” → “I can’t,” she said. “It isn’t mine.”
        "I can’t," she said. "It isn't mine." → "I can't," she said. "It isn't mine."

    Leaves:
        “I can’t,” she said. “It isn’t mine.”
        "I can't," she said. "It isn't mine."
    """
    text = reading.text
    turned = {span.start for span, _ in _turned(reading)}
    if not reading.style.curly:
        for match in _CURLY.finditer(text):
            if match.start() not in turned:
                straight = '"' if match.group() in "“”" else "'"
                yield Edit(Span(*match.span()), straight, "The story has straight quotation marks.", 0.97)
        return
    openings = {passage.span.start for passage in reading.passages if passage.is_marked}
    closings = {passage.span.end - 1 for passage in reading.passages if passage.closed and passage.is_marked}
    for match in _STRAIGHT.finditer(text):
        place = match.start()
        if place in turned or not reading.in_prose(place):
            continue
        before = text[max(0, place - 1) : place]
        opens = place in openings or (place not in closings and match.group() == '"' and before in _OPENS | {""})
        curly = ("“" if opens else "”") if match.group() == '"' else ("‘" if opens else "’")
        yield Edit(Span(place, place + 1), curly, "The story has curly quotation marks.", 0.95)


@check(depth="medium")
def other_quotes(reading: Reading) -> Iterator[Edit]:
    """Keep to double or to single quotation marks for speech.

    What is quoted inside a speech takes the other kind.

    Edits:
        “I know,” she said. ¶ ‘So do I,’ he said. ¶ “Good.” → “I know,” she said. ¶ “So do I,” he said. ¶ “Good.”

    Leaves:
        “She said ‘no’ to me,” he told them.
        ‘She said “no” to me,’ he told them.
    """
    for span, mark in _turned(reading):
        yield Edit(span, mark, f"The story has {reading.style.quotes} quotation marks for speech.", 0.93)


@check(depth="medium")
def other_ellipsis(reading: Reading) -> Iterator[Edit]:
    """Keep to one form of the ellipsis.

    Three dots or the single sign: either will do, but not both in one story.

    Edits:
        “I was... well... here… or there,” he said. → “I was... well... here... or there,” he said.

    Leaves:
        “I was... just leaving,” he said. “Well...”
    """
    text, ellipsis = reading.text, reading.style.ellipsis
    for match in _ELLIPSIS.finditer(text):
        gap, was = match.group("gap"), match.group()[len(match.group("gap")) :]
        if was == ellipsis or not reading.in_prose(match.end() - 1):
            continue
        before = text[max(0, match.start() - 1) : match.start()]
        if was == ". . .":
            gap = ""
        elif ellipsis == ". . ." and before.isalnum():
            gap = " "
        reason = f"The story writes its ellipses “{ellipsis}”."
        yield Edit(Span(*match.span()), gap + ellipsis, reason, 0.95)


@check(depth="medium")
def other_dash(reading: Reading) -> Iterator[Edit]:
    """Keep to one form of the dash.

    A hyphen between spaces is no dash in any style.

    Edits:
        He ran—she did not—and fell - hard. → He ran—she did not—and fell—hard.
        “Wait--” she began. He went on—and on—alone. → “Wait—” she began. He went on—and on—alone.

    Leaves:
        The well-known 1914–18 men went by—slowly.
    """
    text, dashes = reading.text, reading.style.dashes
    for match in _DASH.finditer(text):
        broken = bool(_BROKEN_OFF.match(text, match.end()))
        wanted = _BREAKS[dashes] if broken else _DASHES[dashes]
        if match.group() != wanted and reading.in_prose(match.start()):
            if broken and match.group() == "—" and dashes == "spaced-en" and not text[match.end() : match.end() + 1]:
                continue
            yield Edit(Span(*match.span()), wanted, f"The story writes its dashes “{wanted}”.", 0.93)


@check(depth="medium")
def other_spelling(reading: Reading) -> Iterator[Edit]:
    """Keep to the spelling of the United States or of the United Kingdom.

    Which one is the story's is told by what it does most; where it does not say, nothing is
    touched.  Names keep their spelling.

    Edits:
        The color of the gray plow was an honor to the theatre. → The color of the gray plow was an honor to the theater.

    Leaves:
        The colour of the grey plough was a gray one’s honor.
        They met at the Grey Theatre, by Colour Street, in the gray color of a plow.
    """
    if reading.style.spelling == "either":
        return
    foreign = to_spelling(reading.style.spelling)
    side = "United States" if reading.style.spelling == "us" else "United Kingdom"
    for match in _LOWER.finditer(reading.text):
        if (wanted := foreign.get(match.group())) and reading.in_prose(match.start()):
            yield Edit(Span(*match.span()), wanted, f"The story is spelt as in the {side}.", 0.95)


@check(depth="medium")
def serial_comma(reading: Reading) -> Iterator[Edit]:
    """Keep to one way with the comma before the last of a series.

    Only where the story itself has shown which way is its own, or the style asks for one; and only
    in a series whose members begin alike.

    Edits:
        A cat, a dog, and a hen. A man, a boy, and a girl. No pen, no ink, and no pin. The sun, the moon, and the sea. A pea, a bean and a nut. → A cat, a dog, and a hen. A man, a boy, and a girl. No pen, no ink, and no pin. The sun, the moon, and the sea. A pea, a bean, and a nut.

    Leaves:
        She took a cup, a bowl and a jug.
    """
    wish = reading.style.serial_comma
    if wish == "either":
        return
    for match in SERIES.finditer(reading.text):
        if _AFTER_PREPOSITION.search(reading.text, max(0, match.start() - 10), match.start()):
            continue
        place = match.start("comma")
        if wish == "always" and not match.group("comma"):
            yield Edit(Span(place, place), ",", "The story has a comma before the last of a series.", 0.93)
        elif wish == "never" and match.group("comma"):
            yield Edit(Span(place, place + 1), "", "The story has no comma before the last of a series.", 0.93)


def _turned(reading: Reading) -> Iterator[tuple[Span, str]]:
    """The quotation marks of the wrong kind around speech and what is quoted in it, and what they should be."""
    text, curly = reading.text, reading.style.curly
    outer: Passage | None = None
    turning = False
    for passage in reading.passages:
        if not passage.is_marked:
            continue
        inside = outer is not None and outer.span.holds(passage.span)
        mark = text[passage.span.start]
        if mark not in "\"“'‘":
            continue
        double = mark in '"“'
        if not inside:
            outer = passage
            turning = passage.voice == "speech" and double != (reading.style.quotes == "double")
        if turning and (not inside or double == (reading.style.quotes == "double")):
            pair = ("“”" if curly else '""') if not double else ("‘’" if curly else "''")
            yield Span(passage.span.start, passage.span.start + 1), pair[0]
            if passage.closed:
                yield Span(passage.span.end - 1, passage.span.end), pair[1]
