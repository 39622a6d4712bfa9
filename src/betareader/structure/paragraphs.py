"""What each paragraph is for: a title, a heading, a note, a scene break, or prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betareader.manuscript import Manuscript
from betareader.span import Span
from betareader.structure.page import Role

_NUMBER = (
    r"(?:\d{1,4}|[IVXLC]{1,7}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)?|"
    r"first|second|third|fourth|fifth|last|the \w+)"
)
_HEADING = re.compile(
    rf"(?:(?:chapter|part|book|act|scene|section|volume|episode)\s+{_NUMBER}\b(?:\s*[.:—–-]*\s*[^\n]{{0,80}})?|"
    rf"(?:prologue|epilogue|interlude|preface|foreword|introduction|afterword|coda)\b\s*(?:[.:—–-]\s*[^\n]{{0,80}})?|"
    rf"(?:\d{{1,3}}|[ivxlc]{{1,7}})[.:]?)$",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[^\w\"'“”‘’?!]{1,60}$|"
    r"[\W_]*(?:[oO0]+[xX]+[oO0]*|[xX]+[oO0]+[xX]*|[xX]{3,}|[oO]0[oO0]*|0[oO]0*)(?:[\W_]*[oOxX0]+)*[\W_]*$|"
    r"[*~#=_+.\s-]{2,}\w{0,2}[*~#=_+.\s-]{2,}$"
)
_BYLINE = re.compile(r"(?:written\s+)?by:?\s+\S.{0,60}$", re.IGNORECASE)
_NOTE_ANYWHERE = re.compile(
    r"[\W_]*(?:A\s?/\s?N\b|AN\s*:|author['’]?s?['’]? notes?\b|disclaimers?\b|notes?\s*:|beta['’]?d by\b|TBC\b|"
    r"to be continued\b|the end\W*$|end of (?:chapter|part)\b|please (?:read and )?review\b)",
    re.IGNORECASE,
)
_NOTE_AT_HEAD = re.compile(
    r"[\W_]*(?:notes?|summary|rat(?:ed|ing)s?|warnings?|pairings?|fandoms?|characters?|genres?|status|words?|word count|"
    r"beta|tags?|published|updated|category|spoilers?|archive|dedication|timeline|setting|prompt|challenge|draft|"
    r"copyright)\s*[:=—–-]|[\W_]*(?:copyright\b|©|dedicated to\b)",
    re.IGNORECASE,
)
_TITLE_LABEL = re.compile(r"(?:story\s+)?title\s*:", re.IGNORECASE)
_SMALL = re.compile(r"(?:a|an|the|of|in|on|at|to|for|and|or|but|nor|by|from|with|as|is|it|into|over|under)$")
_HEAD = 15
"""Paragraphs; how far from the start a line such as “Summary:” can still be a note."""


def find_roles(manuscript: Manuscript) -> list[Role]:
    """The role of each paragraph of the manuscript, in order."""
    text, paragraphs = manuscript.text, manuscript.paragraphs
    marked = {mark.span: mark.kind for mark in manuscript.marks if mark.kind in ("heading", "rule", "note", "code")}
    roles: list[Role] = []
    for place, paragraph in enumerate(paragraphs):
        roles.append(_role(text, paragraphs, place, marked.get(paragraph), roles))
    if "body" not in roles:
        return ["body" if role == "title" else role for role in roles]
    return roles


def _role(text: str, paragraphs: Sequence[Span], place: int, kind: str | None, roles: Sequence[Role]) -> Role:
    """The role of the paragraph at `place`; `kind` is what the format says of it, `roles` those before it."""
    paragraph = paragraphs[place]
    before = roles[-1] if roles else None
    line = text[paragraph.start : min(paragraph.end, paragraph.start + 200)]
    at_head = place < _HEAD and "body" not in roles
    if kind == "rule":
        return "break"
    if kind in ("note", "code"):
        return "note"
    bare = line.strip("*_ \t")
    if len(paragraph) <= 60 and _BREAK.match(line) and not set(line) <= set(". …"):
        return "break"
    if _NOTE_ANYWHERE.match(line) and (at_head or len(paragraph) < 400 or line.lstrip("*_([ ")[:3] in ("A/N", "AN:")):
        return "note"
    if at_head and _NOTE_AT_HEAD.match(line):
        return "note"
    if kind == "heading":
        return (
            "title" if "title" not in roles and at_head and before is None and not _HEADING.match(bare) else "heading"
        )
    if len(paragraph) <= 120 and _HEADING.match(bare):
        return "heading"
    if len(paragraph) <= 120 and at_head:
        if _BYLINE.match(bare):
            return "byline"
        if _TITLE_LABEL.match(bare):
            return "title"
        if "title" not in roles and len(paragraphs) > place + 1 and _is_title(bare, len(paragraphs)):
            return "title"
    if before == "heading" and len(paragraph) <= 60 and place + 1 < len(paragraphs) and _is_title(bare, 0):
        return "heading"
    return "body"


def _is_title(line: str, paragraphs: int) -> bool:
    """Whether a short line without a stop is set like a title: in capitals, or at the head of a long text."""
    if not line or line[-1] in ".,;:-—–…\"”’'" or set(line) & set('"“”\n'):
        return False
    words = line.split()
    if len(words) > 12:
        return False
    told = [word for word in words if word[0].isalpha() and not _SMALL.match(word)]
    in_capitals = bool(told) and all(word[0].isupper() for word in told)
    return in_capitals or (paragraphs >= 8 and len(words) <= 8 and line[-1].isalnum())
