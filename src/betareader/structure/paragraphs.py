"""What each paragraph is for: a title, a heading, a note, a scene break, or prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betareader.manuscript import Manuscript
from betareader.span import Span
from betareader.structure.page import Role

_ORDINAL = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last"
_NUMBER = (
    r"(?:\d{1,4}|(?-i:[IVXLC]{1,7})|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)?|"
    rf"(?:the )?(?:{_ORDINAL}))"
)
_HEADING = re.compile(
    rf"(?:chapter|part|book|act|scene|section|volume|episode)\s+{_NUMBER}(?P<apart>\s*[.:—–-]+)?\s*(?P<rest>[^\n]{{0,80}})$|"
    r"(?:prologue|epilogue|interlude|preface|foreword|introduction|afterword|coda)\b(?:\s*[.:—–-]\s*[^\n]{0,80})?$|"
    r"(?:\d{1,3}|(?-i:[IVXLC]{1,7}|[ivx]{1,5}))[.:]?$",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:[Ww]ritten )?[Bb][Yy]:?\s+[^\W\d_a-z].{0,60}$")
_SIGNS = r"[*_(\[<~#\s-]*"
_NOTE_ANYWHERE = re.compile(
    rf"{_SIGNS}(?:A\s?/\s?N\b|AN\s*:|(?:author['’]?s?['’]? notes?|disclaimers?)\s*(?:[:.—–*_)\]-]|$)|notes?\s*:|"
    r"beta['’]?d by\b|TBC\W*$|to be continued\W*$|the end\W*$|end of (?:chapter|part)\W*\w*\W*$|"
    r"please (?:read and )?review\b)",
    re.IGNORECASE,
)
_NOTE_AT_HEAD = re.compile(
    rf"{_SIGNS}(?:(?:notes?|summary|rat(?:ed|ing)s?|warnings?|pairings?|fandoms?|characters?|genres?|status|words?|beta|"
    r"word count|tags?|published|updated|category|spoilers?|archive|dedication|timeline|setting|prompt|challenge|draft)"
    r"\s*[:=—–-]|copyright\b|©|dedicated to\b)",
    re.IGNORECASE,
)
_TITLE_LABEL = re.compile(r"(?:story\s+)?title\s*:", re.IGNORECASE)
_THANKS = re.compile(
    rf"{_SIGNS}(?:(?:(?:so |very )?many |a (?:big |huge )|special )?(?:thanks|thank you|thx|kudos)\b[^\n,\"“]{{0,60}}\b(?:reading|readers|"
    r"review\w*|comment\w*|feedback|beta\w*|support\w*|fav\w*|follow\w*|patience|everyone|everybody|you (?:all|guys)|encourag\w*)\b|"
    r"(?:i )?hope (?:you|everyone|everybody)(?: all| guys)? (?:liked?|enjoy\w*)\b|(?:please )?(?:r\s?&\s?r|review|comment)\s?[!.)]|"
    r"reviews? (?:are|is|would be|make)\b|(?:my )?thanks to (?:my|all)\b)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:(?:[-—–~*_]\s*)+|(?:love|cheers|yours|signed|sincerely|xoxo|hugs)\b[,\s~—–-]*)[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3}\W{0,4}$",
    re.IGNORECASE,
)
_TAIL = 4
"""Paragraphs; how far from the end thanks and a signature stand."""

_SMALL = re.compile(r"(?:a|an|the|of|in|on|at|to|for|and|or|but|nor|by|from|with|as|is|it|into|over|under)$")
_TOLD = frozenset(("heading", "rule", "note", "code", "scene", "cue", "speech"))
_HEAD = 15
"""Paragraphs; how far from the start a line such as “Summary:” can still be a note."""


def find_roles(manuscript: Manuscript) -> list[Role]:
    """The role of each paragraph of the manuscript, in order."""
    text, paragraphs = manuscript.text, manuscript.paragraphs
    marked = {mark.span: mark.kind for mark in manuscript.marks if mark.kind in _TOLD}
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
    if kind in ("scene", "cue"):
        return "scene" if kind == "scene" else "cue"
    if kind == "speech":
        return "body"
    bare = line.strip("*_ \t")
    if len(paragraph) <= 60 and _is_break(line):
        return "break"
    if _NOTE_ANYWHERE.match(line) and (at_head or len(paragraph) < 400 or line.lstrip("*_([ ")[:3] in ("A/N", "AN:")):
        return "note"
    if at_head and _NOTE_AT_HEAD.match(line):
        return "note"
    at_tail = place >= len(paragraphs) - _TAIL
    if (at_head or at_tail) and len(paragraph) <= 400 and _THANKS.match(line):
        return "note"
    if at_tail and len(paragraph) <= 60 and "body" in roles:
        is_signed = bool(_SIGNED.match(bare)) or bool(_SIGNED.match(line))
        if _BYLINE.match(bare) or (is_signed and before in ("note", "break", "byline")):
            return "byline"
    if kind == "heading":
        return "title" if "title" not in roles and at_head and before is None and not _is_heading(bare) else "heading"
    if len(paragraph) <= 120 and _is_heading(bare):
        return "heading"
    if before == "heading" and len(paragraph) <= 60 and place + 1 < len(paragraphs) and _is_title(bare, 0):
        return "heading"
    if len(paragraph) <= 120 and at_head:
        if _BYLINE.match(bare):
            return "byline"
        if _TITLE_LABEL.match(bare):
            return "title"
        if "title" not in roles and len(paragraphs) > place + 1 and _is_title(bare, len(paragraphs)):
            return "title"
    return "body"


def _is_break(line: str) -> bool:
    """Whether a line is only signs, or the letters and noughts that many use for them (oOo, xxx)."""
    letters = re.sub(r"[\W_]+", "", line)
    if not letters:
        return not set(line) & set("\"'“”‘’?!") and not set(line) <= set(". …")
    if len(letters) < 3 or not set(letters) <= set("oOxX0") or letters.isdigit() or letters.lower() == "xoxo":
        return False
    return bool(set(letters) & set("xX0")) or re.fullmatch(r"(?:oOo|OoO)+", letters) is not None


def _is_heading(line: str) -> bool:
    """Whether a line is a chapter's or part's number, with or without its title, and not a sentence about one."""
    match = _HEADING.match(line)
    if not match or not match["rest"] or match["apart"]:
        return match is not None
    return match["rest"][0].isupper() and match["rest"][-1] not in '.,;!?”"'


def _is_title(line: str, paragraphs: int) -> bool:
    """Whether a short line without a stop is set like a title: in capitals, or at a long text's head."""
    if not line or line[-1] in ".,;:-—–…\"”’'" or set(line) & set('"“”\n'):
        return False
    words = line.split()
    if len(words) > 12:
        return False
    told = [word for word in words if word[0].isalpha() and not _SMALL.match(word)]
    in_capitals = bool(told) and all(word[0].isupper() for word in told)
    return in_capitals or (paragraphs >= 8 and len(words) <= 8 and line[-1].isalnum())
