"""Phrases: words taken for others where what stands beside them leaves no doubt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.reading import Reading

_LINE = re.compile(r"(?P<before>[^\[]*)\[(?P<written>[^>]+)>(?P<meant>[^\]]+)\](?P<after>.*)")
_BEFORE = 40
"""Letters before a word among which a phrase is looked for."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is `written` for what is `meant` where `before` and `after` it match."""

    written: str
    meant: str
    before: re.Pattern[str]
    after: re.Pattern[str]


@check(depth="light")
def word_of_a_phrase(reading: Reading) -> Iterator[Edit]:
    """Mend a word that is often taken for another, where the phrase it stands in leaves no doubt.

    The phrases stand in `data/phrases.txt`, one a line.

    Edits:
        He walked passed the church. "I couldn't breath!" → He walked past the church. "I couldn't breathe!"
        She was suppose to wait with baited breath. → She was supposed to wait with bated breath.
        For all intensive purposes it was over. → For all intents and purposes it was over.

    Leaves:
        He passed the church and took a breath. I suppose to some it mattered.
        It was quite as loud as before; then it went quite still.
    """
    text = reading.text
    known = phrases()
    for word in reading.words:
        low = word.text.lower().replace("’", "'")
        for phrase in known.get(low, ()):
            start = word.span.start
            end = start + len(phrase.written)
            if text[start:end].lower().replace("’", "'") != phrase.written:
                continue
            behind = text[max(0, start - _BEFORE) : start].lower().replace("’", "'")
            ahead = text[end : end + _BEFORE].lower().replace("’", "'")
            if phrase.before.search(behind) and phrase.after.match(ahead):
                put = phrase.meant.replace("'", "’") if reading.style.curly else phrase.meant
                if text[start].isupper():
                    put = put[0].upper() + put[1:]
                yield Edit(Span(start, end), put, f"Here “{phrase.meant}” is meant.", 0.94)
                break


@cache
def phrases() -> Mapping[str, Sequence[Phrase]]:
    """The phrases by the first word that is written wrong."""
    found: dict[str, list[Phrase]] = defaultdict(list)
    for line in (files("betareader.checks") / "data" / "phrases.txt").read_text("utf-8").splitlines():
        match = None if line.startswith("#") else _LINE.fullmatch(line)
        if match is None:
            continue
        before, after = match["before"].strip(), match["after"].strip()
        stop = r"(?=[.,;:!?…—\"”]|\s*\Z)"
        found[match["written"].split()[0]].append(
            Phrase(
                match["written"],
                match["meant"],
                re.compile(rf"(?<![\w'-])(?:{before}) \Z" if before else r"(?<![\w'-])\Z"),
                re.compile(stop if after == "." else rf" (?:{after})(?![\w'-])" if after else r"(?![\w'-])"),
            )
        )
    return found
