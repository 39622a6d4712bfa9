"""CriticMarkup: changes and comments in Markdown, written and read.

The signs are those of criticmarkup.com: {++put in++}, {--taken out--}, {~~this~>that~~}, {>>comment<<}, {==of this==}.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from types import MappingProxyType

from betareader.errors import CannotWrite
from betareader.findings import Edit, Query
from betareader.formats.changes import changes_of
from betareader.formats.enclosed import enclosed
from betareader.formats.manner import Manner
from betareader.formats.remarks import remark
from betareader.manuscript import Manuscript, Mark
from betareader.span import Span

_SIGNS = MappingProxyType({"{++": "++}", "{--": "--}", "{~~": "~~}", "{>>": "<<}", "{==": "==}"})
_INSIDE = re.compile(
    r"(?<=\{)(?=\+\+|--|~~|>>|==)|(?<=\+)(?=\+\})|(?<=-)(?=-\})|(?<=~)(?=~\})|(?<=<)(?=<\})|(?<==)(?==\})"
)
"""The middle of each sign."""

_BREAK = re.compile(r"((?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r))+)")


def marks_of(text: str) -> Iterator[Mark]:
    """What is to be left alone in a text with changes marked already.

    All of it is locked; what was put in is read, what was taken out and every comment is not.
    """
    for each in enclosed(text, _SIGNS):
        yield Mark(each.span, "locked")
        first = each.inner.start
        if each.opening == "{~~":
            arrow = text.find("~>", first, each.inner.end)
            first = arrow + 2 if arrow >= 0 else each.inner.end
        elif each.opening in ("{--", "{>>"):
            first = each.inner.end
        if first < each.inner.end:
            yield Mark(Span(each.span.start, first), "code")
            yield Mark(Span(each.inner.end, each.span.end), "code")
        else:
            yield Mark(each.span, "code")


def marked(manuscript: Manuscript, edits: Iterable[Edit], queries: Iterable[Query], manner: Manner) -> list[Edit]:
    """The edits and queries as edits that put signs into the raw text.

    Raises `CannotWrite` where a stray sign in the story would swallow them.
    """
    text = manuscript.text
    stray = next((each for each in enclosed(text, _SIGNS, strays=True) if each.span.end == each.inner.end), None)
    if stray is not None:
        raise CannotWrite(
            f"The story holds “{stray.opening}”, with which a tracked change begins, but nothing that ends it; take it out "
            "first, or write a copy without tracked changes."
        )
    changes = changes_of(manuscript, edits)
    ends = [change.span.end for change in changes]
    signs = [[_change(change.span.of(text), change.put)] for change in changes]
    if manner.reasons:
        for place, change in enumerate(changes):
            last = place + 1 == len(changes) or changes[place + 1].edit is not change.edit
            if last and change.edit.reason:
                signs[place].append(_comment(change.edit.reason))
    locked = [mark.span for mark in marks_of(text) if mark.kind == "locked"]
    comments: dict[int, str] = {}
    for query in queries:
        place = _free(query.span.end, locked)
        number = bisect_right(ends, place - 1)
        if number < len(changes) and (changes[number].span.start < place or ends[number] == place):
            signs[number].append(_comment(remark(manuscript, query)))
        else:
            comments[place] = comments.get(place, "") + _comment(remark(manuscript, query))
    put = [Edit(change.span, "".join(each), "") for change, each in zip(changes, signs, strict=True)]
    return [*put, *(Edit(Span(place, place), comment, "") for place, comment in comments.items())]


def _free(place: int, locked: list[Span]) -> int:
    """`place`, or the end of what is locked around it."""
    number = bisect_right(locked, place, key=lambda span: span.end)
    return locked[number].end if number < len(locked) and locked[number].start < place else place


def _change(gone: str, put: str) -> str:
    simple = gone and put and "~>" not in gone and not _BREAK.search(gone + put)
    if simple and not _INSIDE.search(gone) and not _INSIDE.search(put):
        return f"{{~~{gone}~>{put}~~}}"
    return _signs("--", gone) + _signs("++", put)


def _signs(sign: str, words: str) -> str:
    """`words` between signs; breaks between paragraphs stand alone, and a sign among the words is cut in two."""
    parts = [part for block in _BREAK.split(words) for part in _INSIDE.split(block) if part]
    return "".join(f"{{{sign}{part}{sign}}}" for part in parts)


def _comment(reason: str) -> str:
    return "{>>" + _INSIDE.sub(" ", " ".join(reason.split())) + "<<}"
