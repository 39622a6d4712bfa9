"""Fountain, the plain text of screenplays: the text stays the raw text of the file.

The signs are those of the Fountain syntax, version 1.1 (fountain.io/syntax).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from betareader.formats.enclosed import enclosed
from betareader.manuscript import Mark, MarkKind
from betareader.span import Span

_SIGN = re.compile(r"[^\r\n]")
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_BLANK = re.compile(r"(?:\r\n|\n|\r)[ \t]?(?:\r\n|\n|\r)")
_KEY = re.compile(r"(?P<key>[A-Za-z][\w ()/-]{0,40}):[ \t]*")
_KEYS = frozenset("title credit author authors source notes date contact copyright revision".split()) | {"draft date"}
_SCENE = re.compile(r"(?:INT\.?/EXT|EXT\.?/INT|I/E|INT|EXT|EST)(?:\.|(?=[ \t]))[ \t]*\S", re.IGNORECASE)
_SCENE_NUMBER = re.compile(r"[ \t]*#[\w.-]+#$")
_PAGE_BREAK = re.compile(r"={3,}$")
_SECTION = re.compile(r"#{1,6}[ \t]*")
_TRANSITION = re.compile(r".*\bTO:$|(?:FADE|CUT|SMASH|DISSOLVE|IRIS|WIPE)\b.{0,30}[:.]$")
_CUE = re.compile(r"(?P<name>[^(]+)(?:\([^)]*\)\s*)*\^?$")
_EMPHASIS = re.compile(r"(?<![\\*\w])(\*{1,3})(?=[^\s*])([^*\r\n]{1,1000})(?<=[^\s*\\])\1(?![*\w])")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: `said` is what stands on it without the white space at its ends, notes and what was cut left out.

    `indent` counts the white space at its head, the whole line's where nothing is on it.
    """

    span: Span
    said: str
    indent: int


@dataclass(slots=True)
class _Script:
    """The paragraphs found so far, and what they are."""

    paragraphs: list[Span] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def put(self, span: Span, kind: MarkKind | None) -> None:
        """Add a paragraph, unless nothing is in it."""
        if span.start < span.end:
            self.paragraphs.append(span)
            if kind is not None:
                self.marks.append(Mark(span, kind))


def blocks_of(text: str) -> tuple[tuple[Span, ...], tuple[Mark, ...]]:
    """The paragraphs of a screenplay and what each is, in order.

    A speech is marked `speech`, the name above it `cue`, the line that says where and when a scene plays `scene`;
    a section is a `heading`; a parenthetical, a synopsis and a note are `note`; the title page without the title,
    transitions, page breaks and what was cut are `code`.  The signs that make a line what it is are left out.
    """
    script = _Script()
    apart = list(_set_apart(text))
    lines = list(_lines(text, apart))
    starts = [line.span.start for line in lines]
    for span, kind in apart:
        first = max(0, bisect_right(starts, span.start) - 1)
        if any(line.said for line in lines[first : bisect_left(starts, span.end)]):
            script.marks.append(Mark(span, "code"))
        else:
            script.put(span, kind)
    _body(lines[_title_page(text, lines, script) :], script)
    code = sorted(mark.span for mark in script.marks if mark.kind == "code")
    marks = [*script.marks, *_emphasis(text, code)]
    return tuple(sorted(script.paragraphs)), tuple(sorted(marks, key=lambda mark: (mark.span, mark.kind)))


def _set_apart(text: str) -> Iterator[tuple[Span, MarkKind]]:
    """The notes, and what was cut; a note runs over no blank line, unless two spaces are on it."""
    blanks = [match.start() for match in _BLANK.finditer(text)]
    for each in enclosed(text, {"/*": "*/", "[[": "]]"}):
        if each.opening == "/*":
            yield each.span, "code"
        elif bisect_left(blanks, each.span.start) == bisect_left(blanks, each.span.end):
            yield each.span, "note"


def _lines(text: str, apart: Sequence[tuple[Span, MarkKind]]) -> Iterator[_Line]:
    shown, place = [], 0
    for span, _ in apart:
        shown += [text[place : span.start], _SIGN.sub(" ", span.of(text))]
        place = span.end
    for match in _LINE.finditer("".join([*shown, text[place:]])):
        said, start = match[1].strip(), match.start()
        indent = len(match[1]) - len(match[1].lstrip())
        yield _Line(Span(start + indent, start + indent + len(said)), said, indent)


def _title_page(text: str, lines: Sequence[_Line], script: _Script) -> int:
    """Read the title page, if there is one, and give the number of lines it takes."""
    first = _KEY.match(lines[0].said)
    if first is None:
        return 0
    value = lines[0].said[first.end() :] or (len(lines) > 1 and lines[1].indent and lines[1].said)
    if first["key"].lower() not in _KEYS and not value:
        return 0
    place = 0
    while place < len(lines) and lines[place].said:
        last = place
        while (
            last + 1 < len(lines)
            and lines[last + 1].said
            and (lines[last + 1].indent or not _KEY.match(lines[last + 1].said))
        ):
            last += 1
        whole = Span(lines[place].span.start, lines[last].span.end)
        match = _KEY.match(lines[place].said)
        if match and match["key"].lower() == "title":
            script.put(_bare(text, Span(whole.start + match.end(), whole.end)), "heading")
        else:
            script.put(whole, "code")
        place = last + 1
    return place


def _bare(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip("*_ \t\r\n"))
    return Span(start, max(start, span.start + len(words.rstrip("*_ \t\r\n"))))


def _body(lines: Sequence[_Line], script: _Script) -> None:
    run: list[Span] = []
    speaking = False
    above = True

    def close() -> None:
        if run:
            script.put(Span(run[0].start, run[-1].end), "speech" if speaking else None)
            run.clear()

    for place, line in enumerate(lines):
        if not line.said:
            close()
            speaking = speaking and line.indent >= 2
            above = True
            continue
        below = place + 1 == len(lines) or not lines[place + 1].said
        kind, inner = _spoken(line) if speaking else _kind(line, above, below)
        if kind is None or kind == "speech":
            if inner != line.span:
                close()
            run.append(inner)
        else:
            close()
            script.put(inner, kind)
            speaking = kind == "cue" or speaking
        above = False
    close()


def _spoken(line: _Line) -> tuple[MarkKind, Span]:
    """What a line below a cue is."""
    if line.said[0] == "(" and line.said[-1] == ")":
        return "note", line.span
    return "speech", _within(line, len(line.said) - len(line.said.lstrip("~ ")))


def _kind(line: _Line, above: bool, below: bool) -> tuple[MarkKind | None, Span]:
    """What a line outside a speech is, None for action; `above` and `below` say whether a blank line is there."""
    said = line.said
    match said[0]:
        case "#" if section := _SECTION.match(said):
            return "heading", _within(line, section.end())
        case "=":
            return ("code", line.span) if _PAGE_BREAK.match(said) else ("note", _within(line, 1))
        case "!":
            return None, _within(line, 1)
        case "@":
            return "cue", _within(line, 1, len(said) - len(said.rstrip("^ ")))
        case ">":
            return (None, _within(line, 1, 1)) if said[-1] == "<" and len(said) > 1 else ("code", line.span)
        case "~":
            return "quote", _within(line, 1)
        case "." if said[1:2].isalnum():
            return "scene", _heading(line, 1)
    if above and _SCENE.match(said):
        return "scene", _heading(line, 0)
    if above and below and said.isupper() and _TRANSITION.match(said):
        return "code", line.span
    if above and not below:
        cue = _CUE.match(said)
        if cue and cue["name"].isupper():
            return "cue", _within(line, 0, len(said) - len(said.rstrip("^ ")))
    return None, line.span


def _heading(line: _Line, before: int) -> Span:
    number = _SCENE_NUMBER.search(line.said)
    return _within(line, before, len(number[0]) if number else 0)


def _within(line: _Line, before: int, after: int = 0) -> Span:
    """The line without its first `before` and its last `after` signs, and without white space at the ends of what is left."""
    inner = line.said[before : len(line.said) - after]
    start = line.span.start + before + len(inner) - len(inner.lstrip())
    return Span(start, start + len(inner.strip()))


def _emphasis(text: str, code: Sequence[Span]) -> Iterator[Mark]:
    for match in _EMPHASIS.finditer(text):
        span = Span(*match.span(2))
        near = bisect_right(code, span.start, key=lambda each: each.end)
        if near < len(code) and code[near].overlaps(span):
            continue
        if len(match[1]) > 1:
            yield Mark(span, "bold")
        if len(match[1]) != 2:
            yield Mark(span, "italic")
