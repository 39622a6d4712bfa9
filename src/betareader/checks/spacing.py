"""Spaces: lost, doubled, or on the wrong side of a stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit
from betareader.language.lexicon import load_lexicon
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.reading import Reading

_SPACE_BEFORE = re.compile(r"(?<=[^\W_])(?P<space> +)(?:[,;](?=[\s\"'”’]|\Z)|[.!?:](?=[\s\"'”’]|\Z)(?! \.))")
_SPACE_BETWEEN_MARKS = re.compile(r"(?<=[!?])(?P<space> +)(?=[!?]+(?:[\s\"'”’]|\Z))")
_NO_SPACE = re.compile(r"(?:(?<=[a-z])\.(?=[A-Z][a-z])|(?<=[^\W\d_])[,;?!]+(?=[^\W\d_]))")
_SPACES = re.compile(r"(?<=\S)(?P<spaces> {2,4})(?=\S)")
_SPACES_AFTER_STOP = re.compile(r"[.?!][\"'”’)]*  +\S")
_SPACE_AFTER_STOP = re.compile(r"[.?!][\"'”’)]* \S")
_LIST_MARK = re.compile(r"(?:[-*+>|]|\d+[.)])\Z")
_ADDRESS = frozenset("@/\\#&=_")
_QUOTES = "\"'“”‘’"


@check(depth="light")
def space_before_stop(reading: Reading) -> Iterator[Edit]:
    """Take out the space before a stop.

    A stop follows its word at once.

    Edits:
        She waited , but nobody came . → She waited, but nobody came.
        “What ? !” he shouted. → “What?!” he shouted.

    Leaves:
        He paid .50 for it and smiled :) at her.
        “I was . . . just leaving,” he said.
    """
    reason = "A stop follows its word without a space."
    for pattern in (_SPACE_BEFORE, _SPACE_BETWEEN_MARKS):
        for match in pattern.finditer(reading.text):
            if _in_prose(reading, match.start()):
                yield Edit(Span(*match.span("space")), "", reason, 0.97)


@check(depth="light")
def no_space_after_stop(reading: Reading) -> Iterator[Edit]:
    """Put a space after a stop.

    Only between two words that are both known, so that addresses, names of files and initials stay whole.

    Edits:
        She waited,but nobody came.The door stayed shut. → She waited, but nobody came. The door stayed shut.

    Leaves:
        He wrote to anna@mill.example and waited until 4.30.
        “It’s e.g. in the J.R. Miller file,” he said.
    """
    text = reading.text
    lexicon = load_lexicon()
    for match in _NO_SPACE.finditer(text):
        place = reading.word_from(match.end())
        if not 0 < place < len(reading.words):
            continue
        before, after = reading.words[place - 1], reading.words[place]
        if before.span.end != match.start() or after.span.start != match.end() or not _in_prose(reading, match.start()):
            continue
        if len(before.text) < 2 or len(after.text) < 2 or not lexicon.is_common_word(before.text):
            continue
        around = text[max(0, before.span.start - 1) : before.span.start] + text[after.span.end : after.span.end + 1]
        if lexicon.knows(after.text) and _ADDRESS.isdisjoint(around):
            yield Edit(Span(match.end(), match.end()), " ", "A space follows a stop.", 0.95)


@check(depth="light")
def extra_spaces(reading: Reading) -> Iterator[Edit]:
    """Make several spaces in a row one.

    Two after a full stop are left to an author who always puts two.

    Edits:
        She waited  by the door. → She waited by the door.

    Leaves:
        She waited by the door. Nobody came.
    """
    text = reading.text
    doubled, single = len(_SPACES_AFTER_STOP.findall(text)), len(_SPACE_AFTER_STOP.findall(text))
    habit = doubled > 3 and doubled > single
    for match in _SPACES.finditer(text):
        start, end = match.span()
        line = text.rfind("\n", 0, start) + 1
        if not _in_prose(reading, start) or _LIST_MARK.match(text[line:start].strip()):
            continue
        if habit and text[line:start].rstrip("\"'”’)*_")[-1:] in (".", "?", "!", ":"):
            continue
        yield Edit(Span(start + 1, end), "", "One space is enough.", 0.97)


@check(depth="light")
def space_inside_quotes(reading: Reading) -> Iterator[Edit]:
    """Take out a space between a quotation mark and the words it stands by.

    The mark belongs to the speech; a space on its inner side can leave it alone at the end of a line.

    Edits:
        “ I know,” she said. “We are late. ” → “I know,” she said. “We are late.”
        She said, " I know." → She said, "I know."

    Leaves:
        “‘I know’ was all she said,” he told them.
    """
    text = reading.text
    reason = "No space stands between a quotation mark and its words."
    for passage in reading.passages:
        opening, closing = passage.inner.start, passage.inner.end
        if not passage.is_marked or text[passage.span.start] not in _QUOTES or closing - opening < 3:
            continue
        if text[opening] == " " and text[opening + 1] not in f"{_QUOTES} .…—-":
            yield Edit(Span(opening, opening + 1), "", reason, 0.95)
        if passage.closed and text[closing - 1] == " " and text[closing - 2] not in f"{_QUOTES} ":
            yield Edit(Span(closing - 1, closing), "", reason, 0.95)


def _in_prose(reading: Reading, offset: int) -> bool:
    paragraph = reading.paragraph_at(offset)
    return paragraph is not None and paragraph.role == "body"
