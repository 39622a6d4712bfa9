"""The story as a marked-up page: every character of it once, what is left out struck, what is put in shown in place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from betareader.clash import core
from betareader.difference import tokens
from betareader.reports.kinds import kind_of, whole_words

if TYPE_CHECKING:
    from betareader.desk import Copyedit
    from betareader.findings import Edit, Query
    from betareader.span import Span
    from betareader.structure.page import Paragraph, Role

_UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAK = re.compile(r"([ \t]*(?:\r\n|\r|\n)\s*)")
_GAP = re.compile(r"([ \t]*(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\s*)")
_SHORT = 45
"""A line of verse is shorter than this, in characters; a line that was wrapped by an editor is longer."""

_NONE: Mapping[int, Span] = MappingProxyType({})
_MARKS = {"italic": "em", "bold": "strong", "code": "code"}
_ROLES = {
    "title": "h2",
    "byline": "p",
    "heading": "h3",
    "scene": "h3",
    "cue": "p",
    "note": "p",
    "break": "p",
    "body": "p",
}


def fit(text: str) -> str:
    """`text` as HTML can hold it: escaped, and each control character or lone surrogate shown as a sign for it."""
    return _UNFIT.sub(_sign, escape(text)).replace("\r", "&#13;")


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


@dataclass(frozen=True, slots=True)
class Tag:
    """An element round a stretch of the text; one that is split opens again on the other side."""

    start: int
    end: int
    opening: str
    closing: str
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block as HTML, what it is for, and the places of the queries that start in it."""

    html: str
    role: Role
    queries: range


class Marked:
    """Writes the story out, block by block; a block is a paragraph and the gap after it.

    `anchors` are stretches that something else on the page links to, by where they start.
    """

    def __init__(
        self,
        copyedit: Copyedit,
        family_of: Mapping[str, str],
        silent: Container[Edit],
        anchors: Mapping[int, Span] = _NONE,
    ) -> None:
        self._copyedit = copyedit
        self._silent = silent
        self._family_of = family_of
        self._text = copyedit.reading.text
        manuscript = copyedit.reading.manuscript
        self._break = _BREAK if manuscript.paragraph_break.count("\n") < 2 else _GAP
        tags = []
        for number, query in enumerate(copyedit.queries, 1):
            tags.append(_query_tag(number, query))
            for place, see in enumerate(query.see, 1):
                tags.append(Tag(see.start, see.end, "<span", "</span>", f' id="q{number}-{place}"'))
        tags += [Tag(span.start, span.end, "<span", "</span>", f' id="b{start}"') for start, span in anchors.items()]
        for mark in manuscript.marks:
            if mark.kind in _MARKS:
                element = _MARKS[mark.kind]
                tags.append(Tag(mark.span.start, mark.span.end, f"<{element}", f"</{element}>"))
        self._waiting = sorted(tags, key=_outermost, reverse=True)
        self._here: list[Tag] = []

    def blocks(self) -> Iterator[Block]:
        """Every block of the story, in order."""
        edits, queries = self._copyedit.edits, self._copyedit.queries
        starts = self._starts()
        ends = [start for start, _ in starts[1:]] + [len(self._text) + 1]
        edit_place = query_place = 0
        for (start, paragraph), end in zip(starts, ends, strict=True):
            edit_stop = bisect_left(edits, end, key=lambda edit: edit.span.start)
            query_stop = bisect_left(queries, end, key=lambda query: query.span.start)
            html = self._block(start, end, paragraph, range(edit_place, edit_stop))
            yield Block(html, paragraph.role if paragraph else "body", range(query_place, query_stop))
            edit_place, query_place = edit_stop, query_stop

    def _starts(self) -> list[tuple[int, Paragraph | None]]:
        """Where each block starts; a paragraph whose start an edit changes belongs to the block before."""
        edits = self._copyedit.edits
        starts: list[tuple[int, Paragraph | None]] = []
        for paragraph in self._copyedit.reading.paragraphs:
            start = paragraph.span.start
            place = bisect_left(edits, start, key=lambda edit: edit.span.start) - 1
            if not starts:
                starts.append((0, paragraph))
            elif place < 0 or edits[place].span.end <= start:
                starts.append((start, paragraph))
        return starts or [(0, None)]

    def _block(self, start: int, end: int, paragraph: Paragraph | None, places: range) -> str:
        self._here = [tag for tag in self._here if tag.end > start]
        while self._waiting and self._waiting[-1].start < end:
            self._here.append(self._waiting.pop())
        role = paragraph.role if paragraph else "body"
        name: str = role
        if paragraph and role == "body" and _is_verse(paragraph.span.of(self._text)):
            name = "body verse"
            gap = Tag(paragraph.span.end, end, '<span class="gap"', "</span>")
            self._here = sorted([*self._here, gap], key=_outermost)
        element = _ROLES[role]
        pieces = [f'<{element} class="{name}" dir="auto">']
        place = start
        for number in places:
            span, put = self._span_and_put(number, place)
            pieces.append(self._plain(place, span.start))
            pieces.append(self._edit(number, span, put))
            place = span.end
        pieces.append(self._plain(place, end))
        pieces.append(f"</{element}>")
        return "".join(pieces)

    def _span_and_put(self, number: int, place: int) -> tuple[Span, str]:
        """What to strike and what to put in: whole words, where no other change stands too near for that."""
        edits, text = self._copyedit.edits, self._text
        span, put = whole_words(text, edits[number])
        ceiling = edits[number + 1].span.start if number + 1 < len(edits) else len(text)
        return (span, put) if place <= span.start and span.end <= ceiling else core(text, edits[number])

    def _edit(self, number: int, span: Span, put: str) -> str:
        edit = self._copyedit.edits[number]
        kind = kind_of(edit, self._family_of)
        reach = ' silent"' if edit in self._silent else '" tabindex="0"'
        why = fit(f"{kind.capitalize()}: {edit.reason}")
        pieces = [f'<span class="e k-{kind}{reach} id="e{number + 1}" role="note" aria-description="{why}">']
        place = span.start
        for old, new in _pairs(span.of(self._text), put):
            if old == new:
                pieces.append(self._plain(place, place + len(old)))
            else:
                pieces.append(self._struck(place, place + len(old)))
                pieces += self._put(new, place, place + len(old))
            place += len(old)
        pieces.append("</span>")
        return "".join(pieces)

    def _struck(self, start: int, end: int) -> str:
        old = self._text[start:end]
        if not old:
            return ""
        return f"<del{_blank(old)}>{self._plain(start, end)}</del>"

    def _put(self, new: str, start: int, end: int) -> Iterator[str]:
        around = [tag for tag in self._here if tag.first and tag.start <= start and end <= tag.end and start < tag.end]
        opening = "".join(f"{tag.opening}>" for tag in around)
        closing = "".join(tag.closing for tag in reversed(around))
        parts = [new] if not new.strip() else self._break.split(new)
        for part in filter(None, parts):
            yield f"<ins{_blank(part)}>{opening}{fit(part)}{closing}</ins>"

    def _plain(self, start: int, end: int) -> str:
        """The text from `start` to `end`, with the marks and queries that run through it."""
        over = [tag for tag in self._here if tag.start < end and start < max(tag.end, tag.start + 1)]
        if not over:
            return fit(self._text[start:end])
        cuts = sorted({start, end, *(cut for tag in over for cut in (tag.start, tag.end) if start < cut < end)})
        pieces = []
        for left, right in pairwise(cuts):
            inside = []
            for tag in over:
                if tag.start == tag.end == left:
                    pieces.append(f"{tag.opening}{tag.first}{tag.last}>{tag.closing}")
                elif tag.start <= left and right <= tag.end:
                    inside.append(tag)
            for tag in inside:
                first = tag.first if left == tag.start else ""
                last = tag.last if right == tag.end else ""
                pieces.append(f"{tag.opening}{first}{last}>")
            pieces.append(fit(self._text[left:right]))
            pieces += [tag.closing for tag in reversed(inside)]
        return "".join(pieces)


def _outermost(tag: Tag) -> tuple[int, int]:
    return tag.start, -tag.end


def _query_tag(number: int, query: Query) -> Tag:
    why = fit(f"Question {number}: {query.reason}")
    name = "q" if len(query.span) else "q caret"
    opening = f'<mark class="{name}" aria-description="{why}"'
    return Tag(
        query.span.start, query.span.end, opening, "</mark>", f' id="q{number}" tabindex="0"', f' data-n="{number}"'
    )


def _pairs(old: str, new: str) -> Iterator[tuple[str, str]]:
    """What is put for what, word by word where as many words go as come, else all for all."""
    olds, news = tokens(old), tokens(new)
    if len(olds) != len(news):
        yield old, new
        return
    for _, group in groupby(zip(olds, news, strict=True), key=lambda pair: pair[0] == pair[1]):
        some = list(group)
        yield "".join(each for each, _ in some), "".join(each for _, each in some)


def _blank(words: str) -> str:
    """The class of a change that is nothing but white space, which needs a sign to be seen."""
    if words.strip():
        return ""
    return ' class="par"' if "\n" in words or "\r" in words else ' class="sp"'


def _is_verse(words: str) -> bool:
    *lines, _ = words.splitlines() or [""]
    return bool(lines) and sum(map(len, lines)) < _SHORT * len(lines)
