"""Markdown, read as writers of stories use it: the text stays the raw text of the file."""

from __future__ import annotations

import re

from betareader.formats.plain import Line, lines_of, paragraphs_of
from betareader.manuscript import Mark, MarkKind
from betareader.span import Span

_HEADING = re.compile(r"#{1,6}(?=[ \t]|$)[ \t]*(.*?)[ \t]*#*$")
_UNDERLINE = re.compile(r"=+$|-{2,}$")
_RULE = re.compile(r"(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_CODE = re.compile(
    r"(?<!`)(`{1,3})(?!`)([^`\n\r]{1,500})\1(?!`)|</?[A-Za-z][^<>\n\r]{0,200}>|&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});"
)
_BOLD = re.compile(
    r"(?<![\w*\\])\*\*(?=[^\s*])((?:[^*\n\r]|\*(?!\*)){1,2000}?)(?<=\S)\*\*(?!\w)|"
    r"(?<![\w\\])__(?=[^\s_])([^_\n\r]{1,500})(?<=\S)__(?!\w)"
)
_BOTH = re.compile(r"(?<![\w*\\])\*{3}(?=[^\s*])([^*\n\r]{1,2000})(?<=\S)\*{3}(?![\w*])()")
_ITALIC = re.compile(
    r"(?<![*\\])\*(?=[^\s*])([^*]{1,2000})(?<=[^\s*])\*(?!\*)|(?<![\w\\])_(?=[^\s_])([^_]{1,2000})(?<=[^\s_])_(?!\w)"
)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n.*?\r?\n---[ \t]*(?=\r?\n|$)", re.DOTALL)


def blocks_of(text: str) -> tuple[tuple[Span, ...], tuple[Mark, ...]]:
    """The paragraphs of a Markdown text and what its signs say of them, in order.

    Headings, rules, fenced code and comments are paragraphs of their own; the signs that make them so
    are left out of the paragraph.  Lines that follow one another belong to one paragraph, unless the
    file sets none apart by blank lines.
    """
    marks: list[Mark] = []
    paragraphs: list[Span] = []
    lines = lines_of(text)
    apart = [(match.start(), match.end(), "note") for match in _COMMENT.finditer(text)]
    if front := _FRONT_MATTER.match(text):
        apart.append((front.start(), front.end(), "code"))
    run: list[Line] = []
    in_lines = _writes_lines(lines) and len(paragraphs_of(text)) == len(lines)

    def close() -> None:
        if run:
            paragraphs.append(Span(run[0].start, run[-1].end))
            run.clear()

    apart.sort()
    upcoming = iter([*apart, (len(text), len(text), "note")])
    start, end, kind = next(upcoming)
    fence = ""
    for line in lines:
        while line.start >= end and end < len(text):
            start, end, kind = next(upcoming)
        if line.start >= start:
            if not run or run[0].start < start:
                close()
                span = Span(start, min(end, len(text)))
                if not paragraphs or paragraphs[-1] != span:
                    paragraphs.append(span)
                    marks.append(Mark(span, "code" if kind == "code" else "note"))
            continue
        source = text[line.start : line.end]
        if fence:
            _extend(paragraphs, marks, line)
            fence = "" if source.startswith(fence) and not source.strip(fence[0]) else fence
            continue
        if line.before > 1 or in_lines:
            close()
        if match := _FENCE.match(source):
            close()
            fence = match.group(1)
            paragraphs.append(Span(line.start, line.end))
            marks.append(Mark(Span(line.start, line.end), "code"))
        elif match := _HEADING.match(source):
            close()
            span = Span(line.start + match.start(1), line.start + match.end(1))
            if span.start < span.end:
                paragraphs.append(span)
                marks.append(Mark(span, "heading"))
        elif run and line.before == 1 and _UNDERLINE.match(source):
            span = Span(run[0].start, run[-1].end)
            run.clear()
            paragraphs.append(span)
            marks.append(Mark(span, "heading"))
        elif _RULE.match(source):
            close()
            paragraphs.append(Span(line.start, line.end))
            marks.append(Mark(Span(line.start, line.end), "rule"))
        else:
            if match := _QUOTE.match(source):
                inner = Line(line.start + match.end(), line.end, line.before, line.indent)
                if inner.start >= inner.end:
                    close()
                    continue
                marks.append(Mark(Span(inner.start, inner.end), "quote"))
                line = inner
            run.append(line)
    close()
    marks += _inline(text, marks)
    paragraphs.sort()
    return tuple(paragraphs), tuple(sorted(marks, key=lambda mark: (mark.span, mark.kind)))


def _writes_lines(lines: list[Line]) -> bool:
    """Whether the author sets paragraphs apart by line ends alone: hardly a blank line in the file."""
    blank = sum(line.before > 1 for line in lines)
    return len(lines) > 2 and blank * 12 < len(lines)


def _extend(paragraphs: list[Span], marks: list[Mark], line: Line) -> None:
    span = Span(paragraphs[-1].start, line.end)
    paragraphs[-1] = span
    marks[-1] = Mark(span, "code")


def _inline(text: str, blocks: list[Mark]) -> list[Mark]:
    marks: list[Mark] = []
    patterns: tuple[tuple[re.Pattern[str], MarkKind], ...] = (
        (_BOLD, "bold"),
        (_ITALIC, "italic"),
        (_BOTH, "bold"),
        (_BOTH, "italic"),
    )
    for match in _CODE.finditer(text):
        marks.append(Mark(Span(match.start(), match.end()), "code"))
    covered = [mark.span for mark in (*blocks, *marks) if mark.kind in ("code", "rule")]
    for pattern, kind in patterns:
        for match in pattern.finditer(text):
            group = 1 if match.group(1) is not None else 2
            span = Span(match.start(group), match.end(group))
            if "\n\n" in match.group() or "\r\n\r\n" in match.group():
                continue
            marks.append(Mark(span, kind))
    covered.sort()
    return _outside(marks, covered)


def _outside(marks: list[Mark], covered: list[Span]) -> list[Mark]:
    """The marks that are code themselves or do not reach into code."""
    kept = []
    place = 0
    for mark in sorted(marks, key=lambda mark: (mark.span, mark.kind)):
        if mark.kind == "code":
            kept.append(mark)
            continue
        while place < len(covered) and covered[place].end <= mark.span.start:
            place += 1
        if place == len(covered) or covered[place].start >= mark.span.end or mark.span.holds(covered[place]):
            kept.append(mark)
    return kept
