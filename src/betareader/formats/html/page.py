"""Reading a page of HTML: paragraphs, italics and what is no story, each word with its place in the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from betareader.formats.html.soup import BLOCKS, VOID, Token, attributes, tokens, way_of
from betareader.formats.html.styles import Classes, styled
from betareader.manuscript import MarkKind
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.formats.builder import Builder

_SKIPPED = frozenset(
    "audio button canvas datalist del iframe map math noembed noframes noscript object rp rt script select style svg template "
    "textarea title video".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_WHOLE = _HEADINGS | frozenset("caption dt legend pre summary".split())
"""Blocks in which no new paragraph is begun."""

_ASIDE = frozenset("aside footer nav".split())
_MARKS: Mapping[str, frozenset[MarkKind]] = MappingProxyType(
    {
        **dict.fromkeys("em i cite dfn var".split(), frozenset[MarkKind](("italic",))),
        **dict.fromkeys(("strong", "b"), frozenset[MarkKind](("bold",))),
        **dict.fromkeys("code kbd samp tt".split(), frozenset[MarkKind](("code",))),
        "ins": frozenset[MarkKind](("locked",)),
        "blockquote": frozenset[MarkKind](("quote",)),
    }
)
_STORY = re.compile(r"<div\b[^>]{0,300}\bid\s*=\s*[\"']?(chapters|storytext)\b", re.IGNORECASE)
"""Where the story stands in a page saved from Archive of Our Own or FanFiction.Net."""

_NOTES = frozenset(("afterword", "preface"))
_NOTE_TYPES = frozenset(
    "colophon copyright-page endnote endnotes footnote footnotes halftitlepage imprint landmarks page-list rearnote rearnotes "
    "titlepage toc".split()
)
_REFERENCE = re.compile(r"<sup\b[^>]{0,200}>\s*<a\b", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_ENTITY = r"&(?:\#[0-9]{1,8}|\#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?"
_STRETCH = re.compile(
    rf"(?P<words>[^ \t\n\r\f&]+(?:[ \t\n][^ \t\n\r\f&]+)*)|(?P<space>[ \t\n\r\f]+)|(?P<entity>{_ENTITY})|&"
)
_LINED_STRETCH = re.compile(
    rf"(?P<words>[^ \t\n\r\f&]+(?:[ \t][^ \t\n\r\f&]+)*)|(?P<space>[ \t\n\r\f]+)|(?P<entity>{_ENTITY})|&"
)
_PREFORMATTED = re.compile(rf"(?P<entity>{_ENTITY})|\r\n|[^&\r]+|[&\r]")
_NEWLINE = re.compile(r"\r\n|\n|\r")
_DEEPEST = 250
"""Elements in each other; what is deeper is taken to be in the last of them, as browsers do."""

_PLAIN_SPACE = {ord("\n"): " ", ord("\t"): " "}


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that is open: what it makes of the words in it."""

    name: str
    kinds: frozenset[MarkKind]
    is_note: bool = False
    is_story: bool = False


def read_page(text: str, part: str, builder: Builder, *, xml: bool = False, classes: Classes | None = None) -> None:
    """Add what a page says to the manuscript that is being built."""
    _Page(text, part, builder, xml, classes or {}).read()


class _Page:
    def __init__(self, text: str, part: str, builder: Builder, xml: bool, classes: Classes) -> None:
        self._text = text
        self._part = part
        self._builder = builder
        self._xml = xml
        self._classes = classes
        self._way = way_of(text, xml=xml)
        self._has_story = bool(_STORY.search(text))
        self._blocks: list[_Open] = []
        self._inline: list[_Open] = []
        self._kinds: tuple[MarkKind, ...] = ()
        self._kind: MarkKind | None = None
        self._begun = False
        self._space: Span | None = None
        self._space_kinds: tuple[MarkKind, ...] = ()
        self._gap: list[Token] = []
        """The tags of blocks and ends of lines since the last words."""
        self._missing: set[str] = set()

    def read(self) -> None:
        skipped, depth = "", 0
        for token in tokens(self._text, xml=self._xml):
            if skipped:
                if token.name == skipped and token.kind in ("start", "end"):
                    depth += 1 if token.kind == "start" else -1
                    skipped = skipped if depth else ""
            elif token.kind == "text":
                self._words(token)
            elif token.kind == "cdata":
                self._say(self._text[token.start + 9 : token.end - 3], Span(token.start + 9, token.end - 3))
            elif token.kind == "start":
                if self._is_skipped(token):
                    skipped, depth = token.name, 1
                    self._note(token)
                else:
                    self._start(token)
            elif token.kind == "end":
                self._end(token)
            elif token.kind == "empty" and token.name not in _SKIPPED:
                self._start(token)
                if token.name not in VOID:
                    self._end(token)
        self._close()

    def _note(self, token: Token) -> None:
        if self._begun:
            self._gap.append(token)

    def _is_skipped(self, token: Token) -> bool:
        if token.name in _SKIPPED:
            skip = True
        elif token.name == "sup":
            skip = bool(_REFERENCE.match(self._text, token.start))
        elif token.name in VOID or token.name in ("html", "body"):
            return False
        else:
            tag = self._text[token.start : token.end]
            skip = " " in tag and self._is_hidden(token, tag)
        if not skip or token.name in self._missing:
            return False
        if not re.compile(f"</(?:\\w+:)?{re.escape(token.name)}\\b", re.IGNORECASE).search(self._text, token.end):
            self._missing.add(token.name)
            return False
        return True

    def _is_hidden(self, token: Token, tag: str) -> bool:
        lowered = tag.lower()
        if "hidden" not in lowered and "display" not in lowered and "noteref" not in lowered:
            return False
        given = attributes(tag)
        return (
            "hidden" in given
            or bool(_HIDDEN.search(given.get("style", "")))
            or "noteref" in f"{given.get('epub:type', '')} {given.get('role', '')}"
        )

    def _start(self, token: Token) -> None:
        name = token.name
        if name == "br":
            self._space = None
            self._note(token)
        elif name == "hr":
            self._leave("p")
            self._close()
            self._builder.rule(self._part, Span(token.start, token.end))
        elif name in VOID:
            if name != "wbr":
                self._note(token)
        elif name in BLOCKS:
            self._leave("p")
            if name in ("li", "td", "th"):
                self._leave(name)
            self._space = None
            self._note(token)
            self._push(self._blocks, token)
        else:
            self._push(self._inline, token)

    def _push(self, stack: list[_Open], token: Token) -> None:
        if len(stack) < _DEEPEST:
            stack.append(self._open(token))
            self._reckon()

    def _end(self, token: Token) -> None:
        if token.name in BLOCKS:
            self._space = None
            self._note(token)
            self._leave(token.name)
            return
        for place in range(len(self._inline) - 1, -1, -1):
            if self._inline[place].name == token.name:
                del self._inline[place]
                self._reckon()
                return

    def _leave(self, name: str) -> None:
        """Close the innermost block of that name, if one is open, and all in it."""
        for place in range(len(self._blocks) - 1, -1, -1):
            if self._blocks[place].name == name:
                del self._blocks[place:]
                self._reckon()
                return
            if self._blocks[place].name in ("td", "th", "table") and name in ("p", "li"):
                return

    def _open(self, token: Token) -> _Open:
        kinds = _MARKS.get(token.name, frozenset())
        if token.end - token.start <= len(token.name) + 3:
            return _Open(token.name, kinds, token.name in _ASIDE)
        given = attributes(self._text[token.start : token.end])
        classes = given.get("class", "").split()
        for each in classes:
            kinds |= self._classes.get(each, frozenset())
        kinds |= styled(given.get("style", ""))
        told = {*given.get("epub:type", "").split(), *given.get("role", "").replace("doc-", "").split()}
        is_story = given.get("id", "") in ("chapters", "storytext") and token.name == "div"
        is_note = (
            token.name in _ASIDE
            or given.get("id", "") in _NOTES
            or bool(told & _NOTE_TYPES)
            or (self._has_story and bool({"meta", "landmark", "toc-heading"}.intersection(classes)))
        )
        return _Open(token.name, kinds, is_note, is_story)

    def _reckon(self) -> None:
        kinds: set[MarkKind] = set()
        for each in (*self._blocks, *self._inline):
            kinds |= each.kinds
        self._kinds = tuple(sorted(kinds))

    def _kind_here(self) -> MarkKind | None:
        """What a paragraph that begins here is."""
        inner = self._blocks[-1] if self._blocks else None
        in_story = any(each.is_story for each in self._blocks)
        if (
            inner
            and inner.name in _HEADINGS
            and not inner.is_note
            and (in_story or not self._has_story or inner.name == "h1")
        ):
            return "heading"
        if (self._has_story and not in_story) or any(each.is_note for each in self._blocks):
            return "note"
        return "code" if any(each.name == "pre" for each in self._blocks) else None

    def _words(self, token: Token) -> None:
        text = self._text
        if any(each.name == "pre" for each in self._blocks):
            self._preformatted(token)
            return
        lined = self._way in ("blanks", "newlines")
        for match in (_LINED_STRETCH if lined else _STRETCH).finditer(text, token.start, token.end):
            here = Span(*match.span())
            if match["space"] is None:
                self._say(unescape(match[0]) if match["entity"] else match[0].translate(_PLAIN_SPACE), here)
            elif lined and (count := len(_NEWLINE.findall(match[0]))):
                self._space = None
                is_line = count == 1 and self._way == "blanks"
                self._note(Token("start" if is_line else "text", "br" if is_line else "", here.start, here.end))
            elif self._space is None:
                self._space, self._space_kinds = here, self._kinds

    def _preformatted(self, token: Token) -> None:
        start, end = token.start, token.end
        if self._gap or not self._begun:
            start += len(self._text[start:end]) - len(self._text[start:end].lstrip())
        if self._text[end : end + 5].lower() == "</pre":
            end = start + len(self._text[start:end].rstrip())
        for match in _PREFORMATTED.finditer(self._text, start, end):
            words = unescape(match[0]) if match["entity"] else match[0].replace("\r\n", "\n")
            self._say(words, Span(*match.span()))

    def _say(self, words: str, source: Span) -> None:
        """Add words, after the end of the paragraph or of the line that comes before them."""
        if not words:
            return
        if self._gap or not self._begun:
            self._go_on()
        if self._space is not None:
            self._builder.words(" ", self._part, self._space, self._space_kinds, splits=self._splits())
            self._space = None
        self._builder.words(words, self._part, source, self._kinds, splits=self._splits())

    def _splits(self) -> bool:
        return not self._blocks or self._blocks[-1].name not in _WHOLE

    def _go_on(self) -> None:
        """Begin the paragraph or the line that the next words stand in, unless they go on with the one before."""
        gap, self._gap = self._gap, []
        seen = [token for token in gap if token.name in BLOCKS or token.name == "br" or token.kind == "text"]
        if self._begun and not seen:
            return
        self._space = None
        kind = self._kind_here()
        joins = False
        if self._begun:
            if len(seen) == 1 and seen[0].name == "br" and self._way != "lines":
                source = Span(seen[0].start, seen[0].end)
                self._builder.words("\n", self._part, source, self._kinds, splits=self._splits())
                return
            empty, joins = self._empty_in(seen), self._joins(gap) and kind is None and self._kind is None
            self._builder.end(self._kind)
            for _ in range(empty):
                self._builder.begin()
                self._builder.end()
            joins = joins and not empty
        self._builder.begin(joins=joins)
        self._begun, self._kind = True, kind

    def _joins(self, gap: Sequence[Token]) -> bool:
        """Whether the paragraphs on either side could be made one by taking these tags out."""
        if all(token.name == "br" or token.kind == "text" for token in gap):
            return True
        names = [(token.kind, token.name) for token in gap]
        if names == [("start", "p")]:
            return not self._xml
        return names in ([("end", "p"), ("start", "p")], [("end", "div"), ("start", "div")])

    def _empty_in(self, gap: Sequence[Token]) -> int:
        """How many empty paragraphs these tags show."""
        lines = sum(len(_NEWLINE.findall(self._text, token.start, token.end)) for token in gap if token.kind == "text")
        if lines:
            return max(0, lines - (1 if self._way == "newlines" else 2))
        runs = [len(list(run)) for is_br, run in groupby(gap, lambda token: token.name == "br") if is_br]
        if not runs:
            return 0
        per = 1 if self._way == "lines" else 2
        if runs[0] == len(gap):
            return runs[0] // per - 1
        first = runs.pop(0) // 2 if gap[0].name == "br" else 0
        return first + sum(max(1, run // 2) for run in runs)

    def _close(self) -> None:
        if self._begun:
            self._builder.end(self._kind)
        self._begun, self._space = False, None
        self._gap.clear()
