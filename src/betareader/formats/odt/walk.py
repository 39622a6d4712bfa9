"""Walks through an OpenDocument text and finds its paragraphs and the words in them, each with its place.

What others have tracked is read as if it had been accepted: what they took out is passed over, what they put in is read
and locked.  The same walk serves reading and writing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from betareader.formats.markup import attributes, scan, words_of
from betareader.formats.odt.layout import Leaf, Paragraph, Shell
from betareader.formats.odt.styles import PREFIXES, Styles
from betareader.manuscript import MarkKind
from betareader.span import Span

_PARAGRAPHS = frozenset(("text:p", "text:h"))
_SHELLS = frozenset(("text:span", "text:a", "text:meta", "text:ruby", "text:ruby-base"))
_SIGNS = frozenset(("text:s", "text:tab", "text:line-break"))
_INDEX = frozenset(("text:index-body", "text:index-title"))
_PASSED_OVER = frozenset(
    (
        *("office:annotation", "office:forms", "office:binary-data", "office:event-listeners", "svg:title", "svg:desc"),
        *("text:note-citation", "text:ruby-text", "text:script", "text:number", "text:hidden-paragraph"),
        *("text:hidden-text", "draw:object", "draw:object-ole", "table:covered-table-cell", "text:tracked-changes"),
    )
)
_MARKERS = frozenset(
    f"text:{kind}{end}"
    for kind in ("bookmark", "reference-mark", "toc-mark", "user-index-mark", "alphabetical-index-mark", "change")
    for end in ("", "-start", "-end")
) | {"office:annotation-end"}
"""What stands between words and shows nothing, so that the blanks around it fold into one."""

_MOST_BLANKS = 1000
_NAME = re.compile(r"[^\s/>]+")
_PLAIN_BLANKS = " \t\r\n"
_RUN_OF_BLANKS = re.compile(r"[ \t\r\n]+")
_BLANKS_TO_FOLD = re.compile(r"[ \t\r\n]{2,}")
_BLANKS = str.maketrans("\t\r\n", "   ")


@dataclass(slots=True)
class _Flow:
    """A flow of paragraphs that ends with the element at `depth`: the body, a note, what is in a text box."""

    paragraphs: list[Paragraph]
    depth: int
    kind: MarkKind | None
    held: bool
    outside: int | None
    paragraph: Paragraph | None = None
    paragraph_depth: int = 0
    folds: bool = True
    shells: list[Shell] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Sign:
    """An element that is read as one and cannot be changed in part, while it is open."""

    name: str
    start: int
    tag_end: int
    depth: int
    words: list[str] = field(default_factory=list)


class Walk:
    """The paragraphs of a text: `body`, and then `footnotes` and `endnotes`, each in order.

    `tracked` is where changes are listed, None where there are none; `head` is where such a list would go.
    """

    def __init__(self, text: str, styles: Styles) -> None:
        self.body: list[Paragraph] = []
        self.footnotes: list[Paragraph] = []
        self.endnotes: list[Paragraph] = []
        self.tracked: Span | None = None
        self.head = 0
        self._text = text
        self._styles = styles
        self._open: list[str] = []
        self._starts: list[int] = []
        self._flows: list[_Flow] = [_Flow(self.body, 0, None, False, None)]
        self._regions: set[str] = set()
        self._inserted: set[str] = set()
        self._region = ""
        self._listing = False
        self._held: list[int] = []
        self._indexes: list[int] = []
        self._endnote = False
        self._sign: _Sign | None = None
        self._go()

    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs in the order in which they are read; those of text boxes follow what they hang on."""
        found: list[Paragraph] = []
        waiting = [*reversed(self.endnotes), *reversed(self.footnotes), *reversed(self.body)]
        while waiting:
            paragraph = waiting.pop()
            found.append(paragraph)
            waiting += reversed(paragraph.boxes)
        return found

    def _go(self) -> None:
        level = 0  # the depth while something is passed over
        in_text = False
        for kind, name, start, end in scan(self._text, PREFIXES):
            if level:
                level += (kind == "start") - (kind == "end")
                if kind != "end" and self._listing:
                    self._see_region(name, start, end)
                if not level:
                    self._end_passed_over(name, start, end)
            elif kind in ("text", "cdata"):
                if in_text:
                    self._take_words(kind, start, end)
            elif name == "office:text" and not self._open:
                in_text = kind == "start"
                self.head = self.head or end
            elif in_text:
                if kind != "end" and self._is_passed_over(name, start, end):
                    self._listing = name == "text:tracked-changes"
                    self._flows[-1].folds = False
                    if kind == "start":
                        level = 1
                    else:
                        self._end_passed_over(name, start, end)
                    continue
                if kind != "end":
                    self._enter(name, start, end)
                if kind != "start":
                    self._leave(name, end if kind == "empty" else start, end)

    def _is_passed_over(self, name: str, start: int, end: int) -> bool:
        if name in _PASSED_OVER:
            return True
        if name == "text:section":
            return attributes(self._text[start:end]).get("display") == "none"
        return name.startswith("text:") and name.endswith(("-decls", "-source"))

    def _end_passed_over(self, name: str, start: int, end: int) -> None:
        if name == "office:forms" and not self.body:
            self.head = end
        elif name == "text:tracked-changes":
            self.tracked = Span(start, end)
            self._listing = False

    # Every element

    def _enter(self, name: str, start: int, end: int) -> None:
        self._open.append(name)
        self._starts.append(start)
        if self._sign is not None:
            return
        flow = self._flows[-1]
        if name.startswith("text:change"):
            self._see_change(name, start, end)
        elif name in _PARAGRAPHS:
            self._begin_paragraph(name, start, end)
        elif flow.paragraph is None:
            self._begin_block(name, start, end)
        elif name in _SHELLS:
            if self._is_among_words(len(self._open) - 1):
                flow.shells.append(Shell(name, start, end))
                if name == "text:span":
                    flow.spans.append(attributes(self._text[start:end]).get("style-name", ""))
        elif name == "text:note":
            flow.folds = False
            self._endnote = attributes(self._text[start:end]).get("note-class") == "endnote"
        elif name.startswith("draw:") or name == "text:soft-page-break":
            flow.folds = False
        elif name not in _MARKERS and name != "text:note-body" and self._is_among_words(len(self._open) - 1):
            self._sign = _Sign(name, start, end, len(self._open))

    def _leave(self, name: str, start: int, end: int) -> None:
        depth = len(self._open)
        self._open.pop()
        opened = self._starts.pop()
        if self._sign is not None:
            if self._sign.depth == depth:
                self._end_sign(self._sign, end)
            return
        flow = self._flows[-1]
        if flow.depth == depth and depth:
            self._flows.pop()
            flow = self._flows[-1]
        if name in _PARAGRAPHS:
            self._end_paragraph(flow, start, end)
        elif flow.shells and flow.shells[-1].start == opened:
            flow.shells.pop()
            if name == "text:span":
                flow.spans.pop()
        while self._held and self._held[-1] == depth:
            self._held.pop()
        while self._indexes and self._indexes[-1] == depth:
            self._indexes.pop()

    # Paragraphs

    def _begin_block(self, name: str, start: int, end: int) -> None:
        depth = len(self._open)
        if name in _INDEX:
            self._indexes.append(depth)
            self._held.append(depth)
        elif name == "text:section" and attributes(self._text[start:end]).get("protected") == "true":
            self._held.append(depth)

    def _begin_paragraph(self, name: str, start: int, end: int) -> None:
        flow = self._flows[-1]
        if flow.paragraph is not None:
            flow = self._begin_flow(flow, flow.paragraph)
        style = attributes(self._text[start:end]).get("style-name", "")
        kind = self._styles.kind_of(style)
        if name == "text:h":
            kind = "heading"
        if self._indexes or flow.kind:
            kind = "note"
        held = flow.held or bool(self._held) or self._is_drawn()
        splits = name == "text:p" and kind in (None, "note") and not held and not self._styles.breaks(style)
        flow.paragraph = Paragraph(name, start, end, style, kind, splits, held, flow.outside)
        flow.paragraph_depth = len(self._open)
        flow.paragraph.begins_inserted = bool(self._inserted)
        flow.folds = True
        if flow.paragraphs and self._follows(flow.paragraphs[-1], start):
            flow.paragraph.after = flow.paragraphs[-1]
        flow.paragraphs.append(flow.paragraph)

    def _follows(self, before: Paragraph, start: int) -> bool:
        """Whether what begins at `start` stands right after a paragraph, in a tag of the same name."""
        names = [_NAME.match(self._text, place + 1) for place in (before.start, start)]
        return not self._text[before.end : start].strip() and len({name and name[0] for name in names}) == 1

    def _begin_flow(self, around: _Flow, paragraph: Paragraph) -> _Flow:
        """A flow inside a paragraph, that of the element around what begins here."""
        first = next(place for place in range(len(self._starts)) if self._starts[place] == paragraph.start) + 1
        outside = around.outside if around.outside is not None else self._starts[first + len(around.shells)]
        kind = around.kind
        target = paragraph.boxes
        if "text:note-body" in self._open[first:]:
            target = self.endnotes if self._endnote else self.footnotes
            kind = "note"
        flow = _Flow(target, len(self._open) - 1, kind, around.held, outside)
        self._flows.append(flow)
        return flow

    def _is_drawn(self) -> bool:
        """Whether the words that follow are drawn, as those of a shape are, and not set in a text box."""
        drawn = [name for name in self._open if name.startswith("draw:") or name == "text:note-body"]
        return bool(drawn) and drawn[-1] not in ("draw:text-box", "text:note-body")

    def _end_paragraph(self, flow: _Flow, start: int, end: int) -> None:
        paragraph = flow.paragraph
        if paragraph is None:
            return
        paragraph.close, paragraph.end = start, end
        flow.paragraph = None
        flow.shells.clear()
        flow.spans.clear()

    # Words

    def _is_among_words(self, depth: int) -> bool:
        """Whether what stands in the element at `depth` is words of the paragraph, as only other words are around it."""
        return depth == self._flows[-1].paragraph_depth + len(self._flows[-1].shells)

    def _take_words(self, kind: str, start: int, end: int) -> None:
        flow = self._flows[-1]
        if flow.paragraph is None or not (self._sign or self._is_among_words(len(self._open))):
            return
        if kind == "cdata":
            words = self._folded(flow, self._text[start:end])
            if self._sign is not None:
                self._sign.words.append(words)
            else:
                self._put(flow, words, start - len("<![CDATA["), end + len("]]>"), raw=False)
            return
        for words, first, last in words_of(self._text, start, end):
            if self._sign is not None:
                self._sign.words.append(self._folded(flow, words))
            elif self._text[first] == "&":
                self._put(flow, self._folded(flow, words), first, last, raw=False)
            else:
                self._put_raw(flow, flow.paragraph, words, first)

    def _put_raw(self, flow: _Flow, paragraph: Paragraph, words: str, start: int) -> None:
        """Add words as they stand, without the blanks that are not shown."""
        place = 0
        if flow.folds and (blanks := _RUN_OF_BLANKS.match(words)):
            place = blanks.end()
            paragraph.folded.append(Span(start, start + place))
        for match in _BLANKS_TO_FOLD.finditer(words, place):
            shown = match.start() + 1
            self._put(flow, words[place:shown].translate(_BLANKS), start + place, start + shown, raw=True)
            paragraph.folded.append(Span(start + shown, start + match.end()))
            place = match.end()
        self._put(flow, words[place:].translate(_BLANKS), start + place, start + len(words), raw=True)
        flow.folds = words[-1] in _PLAIN_BLANKS

    def _folded(self, flow: _Flow, words: str) -> str:
        """Words without the blanks that are not shown."""
        words = _RUN_OF_BLANKS.sub(" ", words)
        if flow.folds:
            words = words.removeprefix(" ")
        flow.folds = words.endswith(" ") if words else flow.folds
        return words

    def _end_sign(self, sign: _Sign, end: int) -> None:
        flow = self._flows[-1]
        self._sign = None
        flow.folds = False
        if sign.name == "text:s":
            count = attributes(self._text[sign.start : sign.tag_end]).get("c", "1")
            words = " " * (min(int(count[:9]), _MOST_BLANKS) if count.isdecimal() else 1)
        elif sign.name in _SIGNS:
            words = "\t" if sign.name == "text:tab" else "\n"
        else:
            words = "".join(sign.words)
        # What has by chance the same length as its words could be taken for these words.
        locked = sign.name not in _SIGNS or len(words) == end - sign.start
        self._put(flow, words, sign.start, end, raw=False, locked=locked)

    def _put(self, flow: _Flow, words: str, start: int, end: int, *, raw: bool, locked: bool = False) -> None:
        if words and flow.paragraph is not None:
            locked = locked or flow.paragraph.held or bool(self._inserted)
            leaf = Leaf(words, start, end, tuple(flow.shells), raw, locked, tuple(flow.spans))
            flow.paragraph.leaves.append(leaf)

    # What others have tracked

    def _see_region(self, name: str, start: int, end: int) -> None:
        if name == "text:changed-region":
            self._region = attributes(self._text[start:end]).get("id", "")
        elif name == "text:insertion":
            self._regions.add(self._region)

    def _see_change(self, name: str, start: int, end: int) -> None:
        change = attributes(self._text[start:end]).get("change-id", "")
        if name == "text:change-start" and change in self._regions:
            self._inserted.add(change)
        elif name == "text:change-end":
            self._inserted.discard(change)
