"""Comments in the margin of a Word document: where they hang, and the part that holds what they say.

A comment's words stand in a part of their own, which is made where there is none (ISO/IEC 29500-1, 17.13.4).
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from betareader.formats.changes import Change
from betareader.formats.docx.layout import Leaf, Run
from betareader.formats.docx.parts import CONTENT_TYPES, STRICT, TRANSITIONAL, Parts, is_strict, root_prefix
from betareader.formats.docx.rewriting import Ink
from betareader.formats.docx.writing import BEFORE_GONE, LAST, PartWriting
from betareader.formats.manner import Manner
from betareader.formats.markup import decode, encode, escape, make_sure
from betareader.formats.package import Package
from betareader.manuscript import Manuscript, Piece
from betareader.span import Span

_LAST_WORD = re.compile(r"\S+(?=\s*\Z)")
_FIRST_WORD = re.compile(r"\S+")
_NEAR = 60
_RELATIONSHIP_IDS = re.compile(r"\bId\s*=\s*[\"']rId(\d+)[\"']")
_KIND = {
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
}
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

End = tuple[str, Leaf, Run, int, tuple[int, int]]
"""One end of a comment: the part, the leaf and its run, the place in the leaf, and what comes first at that place."""


@dataclass
class Margin:
    """Hangs comments on words; `writings` are the parts of the story by name, the body being `main`."""

    manuscript: Manuscript
    writings: Mapping[str, PartWriting]
    main: str
    ink: Ink
    comments: list[tuple[int, str]] = field(default_factory=list)

    def ask(self, span: Span, words: str) -> None:
        """Hang a comment on the words at `span`."""
        pieces = self._under(span if span.of(self.manuscript.text).strip() else self._widened(span))
        if not pieces:
            self._hang(None, None, words)
            return
        first, last = pieces[0], pieces[-1]
        ends = [
            self._end(first.part, first.source.start, _into(first, span.start), (10**9, 0)),
            self._end(last.part, last.source.start, _into(last, span.end), (-1, 0)),
        ]
        self._hang(ends[0], ends[1], words)

    def explain(self, changes: Sequence[tuple[int, Change]], words: str) -> None:
        """Hang a comment on what was changed, the changes being those of one edit with their numbers."""
        (number, first), (last_number, last) = changes[0], changes[-1]
        if not (first.gone or first.put) or not (last.gone or last.put):
            self.ask(first.edit.span, words)
            return
        start = first.gone[0].source.start if first.gone else first.source
        inside, end = (
            (last.gone[-1].source.start, last.gone[-1].source.end) if last.gone else (last.source, last.source)
        )
        self._hang(
            self._end(first.part, start, start, (number, BEFORE_GONE)),
            self._end(last.part, inside, end, (last_number, LAST)),
            words,
        )

    def _end(self, part: str, inside: int, place: int, order: tuple[int, int]) -> End | None:
        found = self.writings[part].leaf_at(inside)
        return (part, *found, place, order) if found else None

    def _hang(self, start: End | None, end: End | None, words: str) -> None:
        own, number = self.ink.prefix, next(self.ink.numbers)
        opening = f'<{own}commentRangeStart {own}id="{number}"/>'
        closing = f'<{own}commentRangeEnd {own}id="{number}"/>'
        closing += f'<{own}r><{own}commentReference {own}id="{number}"/></{own}r>'
        self.comments.append((number, words))
        body = self.writings[self.main]
        if (
            start
            and end
            and all(part == self.main and run.paragraph.anchor is None for part, _, run, _, _ in (start, end))
        ):
            for is_end, (_, leaf, run, place, order) in enumerate((start, end)):
                markup = closing if is_end else opening
                if run.locked or not leaf.direct:
                    outside = run.outside
                    body.put_between(outside.end if is_end else outside.start, markup, is_end=bool(is_end))
                else:
                    body.put_in(leaf, run, place, order, markup)
            return
        # There are no comments in notes and text boxes: they go where these hang in the body.
        if hook := _in_body(start[2] if start else None) or body.last_run:
            body.put_between(hook.outside.start, opening, is_end=False)
            body.put_between(hook.outside.end, closing, is_end=True)

    def _under(self, span: Span) -> list[Piece]:
        """The first and the last piece under `span` that a comment can hang on; the nearest before it where there are none."""
        pieces = self.manuscript.pieces
        first = bisect_right(pieces, span.start, key=lambda piece: piece.span.end)
        under: list[Piece] = []
        for number in range(first, len(pieces)):
            if pieces[number].span.start >= span.end and under:
                break
            if pieces[number].part == pieces[first].part and self._leaf(pieces[number]):
                under.append(pieces[number])
            if pieces[number].span.start >= span.end:
                break
        home = self._leaf(under[0]) if under else None
        same = [each for each in under if home and (leaf := self._leaf(each)) and _flow(leaf[1]) is _flow(home[1])]
        return same or [each for each in pieces[max(0, first - 1) : first] if self._leaf(each)]

    def _leaf(self, piece: Piece) -> tuple[Leaf, Run] | None:
        return self.writings[piece.part].leaf_at(piece.source.start)

    def _widened(self, span: Span) -> Span:
        """The word before a place between words, or else the one after it."""
        text = self.manuscript.text
        before = max(0, span.start - _NEAR)
        if match := _LAST_WORD.search(text[before : span.start]):
            return Span(before + match.start(), before + match.end())
        if match := _FIRST_WORD.search(text[span.end : span.end + _NEAR]):
            return Span(span.end + match.start(), span.end + match.end())
        return span


def numbers_beside(texts: Sequence[str]) -> count[int]:
    """Numbers that no change, comment or bookmark in these parts has."""
    used = {int(each) for text in texts for each in re.findall(r"\bid\s*=\s*[\"'](\d{1,10})[\"']", text)}
    highest = max((each for each in used if each < 2**30), default=0)
    return count(highest + 1)


def with_comments(
    package: Package, parts: Parts, comments: Sequence[tuple[int, str]], manner: Manner
) -> dict[str, bytes]:
    """The members of the package that change where these comments are added."""
    if parts.comments:
        text, encoding = decode(package.read(parts.comments), package.name)
        make_sure(text, package.name)
        own = f' xmlns:w="{STRICT if is_strict(text) else TRANSITIONAL}"'
        said = "".join(_said(each, manner, own) for each in comments)
        return {parts.comments: encode(_appended(text, said), encoding)}
    body, _ = decode(package.read(parts.main), package.name)
    strict = is_strict(body)
    folder = posixpath.dirname(parts.main)
    names = (posixpath.join(folder, f"comments{number}.xml") for number in ("", *range(2, 10_000)))
    name = next(each for each in names if not package.find(each))
    address = STRICT if strict else TRANSITIONAL
    said = "".join(_said(each, manner, "") for each in comments)
    made = f'{_HEAD}<w:comments xmlns:w="{address}">{said}</w:comments>'
    return {
        name: made.encode("utf-8"),
        **_related(package, parts.relationships, _KIND[strict], posixpath.basename(name)),
        **_typed(package, f"/{name}"),
    }


def _said(comment: tuple[int, str], manner: Manner, declared: str) -> str:
    number, words = comment
    author, initials = escape(manner.author), escape(manner.author[:1])
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in words.splitlines() or [""]
    )
    return (
        f'<w:comment{declared} w:id="{number}" w:author="{author}" w:date="{manner.stamp}Z" '
        f'w:initials="{initials}">{paragraphs}</w:comment>'
    )


def _related(package: Package, name: str, kind: str, target: str) -> dict[str, bytes]:
    found = package.find(name)
    if found is None:
        text, encoding = f'{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>', "utf-8"
    else:
        text, encoding = decode(package.read(found), package.name)
    number = max((int(each) for each in _RELATIONSHIP_IDS.findall(text)), default=0) + 1
    added = f'<{root_prefix(text)}Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
    return {found or name: encode(_appended(text, added), encoding)}


def _typed(package: Package, part: str) -> dict[str, bytes]:
    name = package.find(CONTENT_TYPES) or CONTENT_TYPES
    text, encoding = decode(package.read(name), package.name)
    added = f'<{root_prefix(text)}Override PartName="{part}" ContentType="{_TYPE}"/>'
    return {name: encode(_appended(text, added), encoding)}


def _appended(text: str, markup: str) -> str:
    """The part with `markup` as the last thing in its root element."""
    end = text.rfind("</")
    closes = re.compile(r"</[^>]*>\s*(?:<!--.*?-->\s*)*\Z", re.DOTALL)
    if end >= 0 and closes.match(text, end):
        return text[:end] + markup + text[end:]
    start = text.rfind("<")
    tag = text[start:].rstrip()
    name = re.match(r"<([^\s/>]+)", tag)
    return f"{text[:start]}{tag.removesuffix('/>')}>{markup}</{name[1] if name else ''}>"


def _into(piece: Piece, place: int) -> int:
    """Where in the part the place of the text is, or the nearest end of the piece."""
    if piece.is_atomic or not piece.span.start <= place <= piece.span.end:
        return piece.source.start if place <= piece.span.start else piece.source.end
    return piece.source.start + place - piece.span.start


def _flow(run: Run) -> Run | None:
    """What a run's paragraph hangs on, which is the same for all paragraphs of a note or of a text box."""
    return run.paragraph.anchor


def _in_body(run: Run | None) -> Run | None:
    """The run of the body that a note or a text box, or a box in a box, hangs on."""
    while run and run.paragraph.anchor:
        run = run.paragraph.anchor
        if run.paragraph.anchor is None:
            return run
    return None
