"""Walks through a part of a Word document and finds its paragraphs and runs.

What others have tracked is read as if accepted: what they took out is passed over, what they put in is locked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from betareader.formats.docx.layout import Leaf, Paragraph, Run, Shell, Words, trimmed
from betareader.formats.docx.parts import PREFIXES
from betareader.formats.docx.styles import SEEN, Styles, is_on
from betareader.formats.markup import attributes, scan, words_of
from betareader.span import Span

Anchors = Mapping[tuple[str, str], Run]
"""The run in the body that each note hangs on, by `w:footnote` or `w:endnote` and the note's id."""

_PASSED_OVER = frozenset(
    (
        *("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:delInstrText", "w:pPrChange", "w:tblPr", "w:tblGrid"),
        *("w:tcPr", "w:tblPrEx", "w:sdtEndPr", "w:rt", "w:rubyPr", "w:smartTagPr", "w:customXmlPr", "w:fldData"),
        *("w:ffData", "m:ctrlPr", "m:oMathParaPr", "w:tabs"),
    )
)
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
_WHOLE_SIGNS = frozenset((*_SIGNS, "w:br"))
_RUNS = frozenset(("w:r", "m:r"))
_SPLITTING = frozenset(("w:hyperlink", "w:smartTag", "w:bdo", "w:dir"))
_LOCKING = frozenset(
    ("w:ins", "w:moveTo", "w:fldSimple", "w:customXml", "m:oMath", "m:oMathPara", "mc:AlternateContent")
)
_AROUND_RUNS = _SPLITTING | _LOCKING | {"w:sdt", "w:sdtContent"}
_AROUND_BLOCKS = frozenset(
    (
        *("w:body", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"),
        *("mc:AlternateContent", "w:footnotes", "w:endnotes"),
    )
)
_CONTROLS = frozenset(
    (
        *("w:text", "w:comboBox", "w:dropDownList", "w:date", "w:dataBinding", "w:showingPlcHdr", "w:docPartObj"),
        *("w:picture", "w:citation", "w:bibliography", "w:equation"),
    )
)
"""What makes the words of a content control more than words."""
_OF_END = frozenset(("w:ins", "w:moveTo", "w:del", "w:moveFrom"))
_BLANKS = str.maketrans("\t\r\n", "   ")


@dataclass(slots=True)
class _Story:
    """A flow of paragraphs: the body, a note, or what is in a text box; `held` where all of it is locked."""

    paragraphs: list[Paragraph]
    depth: int
    anchor: Run | None = None
    held: bool = False
    paragraph: Paragraph | None = None
    paragraph_depth: int = 0
    run: Run | None = None
    run_depth: int = 0
    child: int | None = None
    shells: list[tuple[Shell, int]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    locks: list[int] = field(default_factory=list)


class Walk:
    """The `paragraphs` of a part, in the order in which they are read.

    `anchors` says which run in the body each note hangs on; `references` are those that this part gives.
    """

    def __init__(self, text: str, styles: Styles, anchors: Anchors | None = None) -> None:
        self.paragraphs: list[Paragraph] = []
        self.references: dict[tuple[str, str], Run] = {}
        self._text = text
        self._styles = styles
        self._anchors = anchors or {}
        self._story = _Story(self.paragraphs, 0)
        self._stories = [self._story]
        self._open: list[str] = []
        self._among = 0
        self._chosen: list[bool] = []
        self._words: list[Words] | None = None
        self._words_tag = Span(0, 0)
        self._row = 0
        self._go()

    def _go(self) -> None:
        level = keep = 0  # the depth while something is passed over, and that of what it stands in
        for kind, name, start, end in scan(self._text, PREFIXES):
            if level:
                level += (kind == "start") - (kind == "end")
                if level == keep and not self._row:
                    level = 0
                    self._end_child(end, len(self._open) + 1)
                if level >= keep or not level:
                    continue
                level = self._row = 0  # the end of a row that was taken out
            if kind == "start":
                if self._is_passed_over(name, start, end):
                    self._begin_child(start)
                    keep, level = len(self._open), len(self._open) + 1
                    continue
                self._enter(name, start, end)
            elif kind == "end":
                self._leave(name, start, end)
            elif kind == "empty":
                if self._open and self._open[-1] == "w:rPr":
                    self._run_property(name, start, end, len(self._open))
                elif self._is_passed_over(name, start, end):
                    self._begin_child(start)
                    self._end_child(end, len(self._open) + 1)
                else:
                    self._enter(name, start, end)
                    self._leave(name, end, end)
            elif self._words is not None:
                self._take_words(kind, start, end)
            if self._row:
                keep, level = self._row, len(self._open)
                del self._open[self._row :]

    def _is_passed_over(self, name: str, start: int, end: int) -> bool:
        above = self._open[-1] if self._open else ""
        if name in _PASSED_OVER:
            return above not in ("w:rPr", "w:trPr")
        if name in ("w:p", "w:r"):
            return above in ("w:pPr", "w:rPr")
        if name in ("mc:Choice", "mc:Fallback"):
            if self._chosen and not self._chosen[-1]:
                self._chosen[-1] = True
                return False
            return True
        if name in ("w:footnote", "w:endnote"):
            return attributes(self._text[start:end]).get("type", "normal") != "normal"
        return False

    # Every element

    def _enter(self, name: str, start: int, end: int) -> None:
        above = self._open[-1] if self._open else ""
        self._open.append(name)
        self._begin_child(start)
        story = self._story
        if above == "w:rPr":
            self._run_property(name, start, end, len(self._open) - 1)
        elif above == "w:pPr":
            self._paragraph_property(name, start, end)
        elif above in ("w:sdtPr", "w:trPr"):
            self._block_property(name, start, end)
        elif above == "w:pBdr":
            self._see_rule(name in ("w:top", "w:bottom"), start, end)
        elif name == "w:p" and story.paragraph is None:
            story.paragraph_depth = len(self._open)
            story.paragraph = Paragraph(start, end, self._among, story.anchor)
            story.paragraphs.append(story.paragraph)
        elif name in ("w:pPr", "w:rPr"):
            self._begin_properties(name, above, start)
        elif name in _RUNS:
            self._begin_run(start, end)
        elif name in ("w:t", "m:t"):
            self._words = [] if story.run else None
            self._words_tag = Span(start, end)
        elif name in ("w:txbxContent", "w:footnote", "w:endnote"):
            self._begin_story(name, start, end)
        elif story.run is not None:
            if name == "mc:AlternateContent":
                self._chosen.append(False)
            self._sign(story.run, name, start, end)
        elif name in _AROUND_RUNS or name in _AROUND_BLOCKS:
            self._begin_around(name, start, end)

    def _leave(self, name: str, start: int, end: int) -> None:
        story, depth = self._story, len(self._open)
        if name == "w:p" and story.paragraph_depth == depth:
            self._end_paragraph(story, start, end)
        elif name in ("w:pPr", "w:rPr"):
            self._end_properties(name, end)
        elif name in ("w:t", "m:t"):
            self._end_words(end)
        elif name == "mc:AlternateContent" and self._chosen:
            self._chosen.pop()
        elif name in _RUNS and story.run and depth == story.run_depth:
            story.run.end = end
            story.run.paragraph.runs.append(story.run)
            story.run = None
        elif story.depth == depth:
            self._among += 1
            self._stories.pop()
            story = self._story = self._stories[-1]
        if name in _AROUND_BLOCKS and story.paragraph is None:
            self._among += 1
        if name != "w:rPr":
            self._end_child(end, depth)
        while story.shells and story.shells[-1][1] == depth:
            story.shells.pop()[0].end = end
        while story.locks and story.locks[-1] == depth:
            story.locks.pop()
        self._open.pop()

    # Paragraphs and what they are made of

    def _begin_run(self, start: int, end: int) -> None:
        story = self._story
        if story.paragraph is None or story.run is not None:
            return
        shells = tuple(shell for shell, _ in story.shells)
        # What stands between a paragraph and a run and is not known is not to be cut in two.
        is_odd = len(self._open) != story.paragraph_depth + len(shells) + 1
        locked = story.held or is_odd or bool(story.fields or story.locks) or any(shell.locked for shell in shells)
        story.run = Run(story.paragraph, start, end, shells, locked)
        story.run_depth = len(self._open)
        story.child = None

    def _begin_child(self, start: int) -> None:
        story = self._story
        if story.run is not None and story.child is None:
            story.child = start

    def _end_child(self, end: int, depth: int) -> None:
        """See that a child of the run ends here, when it is not only something inside one."""
        story = self._story
        if story.run is not None and story.child is not None and depth == story.run_depth + 1:
            story.run.children.append(Span(story.child, end))
            story.child = None

    def _end_paragraph(self, story: _Story, start: int, end: int) -> None:
        if paragraph := story.paragraph:
            paragraph.close, paragraph.end = start, end
            paragraph.kind = paragraph.kind or self._styles.kind_of(paragraph.style)
            story.paragraphs.extend(paragraph.boxes)
            story.paragraph = None

    def _begin_story(self, name: str, start: int, end: int) -> None:
        self._among += 1
        outer, depth = self._story, len(self._open)
        if name != "w:txbxContent":
            note = name, attributes(self._text[start:end]).get("id", "")
            self._stories.append(_Story(self.paragraphs, depth, self._anchors.get(note)))
        elif outer.run is None:
            if outer.paragraph:
                outer.paragraph.splits = False
            self._stories.append(_Story(outer.paragraphs, depth, outer.anchor, outer.held))
        else:
            self._stories.append(_Story(outer.run.paragraph.boxes, depth, outer.run, outer.run.locked))
        self._story = self._stories[-1]

    def _begin_around(self, name: str, start: int, end: int) -> None:
        story = self._story
        if name == "mc:AlternateContent":
            self._chosen.append(False)
        if story.paragraph is None:
            self._among += 1
            if name in ("w:ins", "w:moveTo"):
                story.locks.append(len(self._open))
        elif name in _AROUND_RUNS:
            story.shells.append((Shell(start, end, name in _SPLITTING, name in _LOCKING), len(self._open)))

    # Words and signs

    def _take_words(self, kind: str, start: int, end: int) -> None:
        if self._words is None:
            return
        if kind == "cdata":
            self._words.append((self._text[start:end], start - len("<![CDATA["), end + len("]]>")))
        else:
            for words, first, last in words_of(self._text, start, end):
                is_raw = self._text[first] != "&"
                self._words.append((words.translate(_BLANKS) if is_raw else words, first, last))

    def _end_words(self, end: int) -> None:
        run, words = self._story.run, self._words
        self._words = None
        if run is None or not words:
            return
        if "preserve" not in self._text[self._words_tag.start : self._words_tag.end]:
            words = trimmed(words)
        if words:
            self._put(run, Leaf(self._words_tag.start, end, tuple(words), False, self._is_direct))

    def _sign(self, run: Run, name: str, start: int, end: int) -> None:
        direct = self._is_direct
        if self._text[end - 2] != "/" and name in _WHOLE_SIGNS:  # some programs write <w:tab></w:tab>
            direct = direct and self._text.startswith("</", end)
            end = self._text.index(">", end) + 1 if direct else end
        if name in _SIGNS:
            self._put(run, Leaf(start, end, ((_SIGNS[name], start, end),), True, direct))
        elif name == "w:br":
            is_line = attributes(self._text[start:end]).get("type", "textWrapping") == "textWrapping"
            # A break of the page or column stands for a line's end only where words come before it.
            if is_line or run.leaves or any(each.leaves for each in run.paragraph.runs):
                self._put(run, Leaf(start, end, (("\n", start, end),), True, is_line and direct))
        elif name == "w:sym":
            self._put(run, Leaf(start, end, ((_symbol(self._text[start:end]), start, end),), True, False))
        elif name == "w:fldChar":
            self._field(attributes(self._text[start:end]).get("fldCharType", ""))
        elif name in ("w:footnoteReference", "w:endnoteReference"):
            note = name.removesuffix("Reference"), attributes(self._text[start:end]).get("id", "")
            self.references[note] = run
        elif name == "v:rect":
            self._see_rule(attributes(self._text[start:end]).get("hr", "f") in ("t", "true", "1"), 0, 0)

    @property
    def _is_direct(self) -> bool:
        return len(self._open) == self._story.run_depth + 1

    def _put(self, run: Run, leaf: Leaf) -> None:
        if "begin" not in self._story.fields:
            run.leaves.append(leaf)

    def _field(self, what: str) -> None:
        fields = self._story.fields
        if what != "begin" and fields:
            fields.pop()
        if what in ("begin", "separate"):
            fields.append(what)

    # Properties

    def _begin_properties(self, name: str, above: str, start: int) -> None:
        story = self._story
        if name == "w:pPr" and above == "w:p" and story.paragraph:
            story.paragraph.properties = Span(start, start)
        elif name == "w:rPr" and story.run and len(self._open) == story.run_depth + 1:
            story.run.properties = Span(start, start)
            story.child = None

    def _end_properties(self, name: str, end: int) -> None:
        story = self._story
        if (
            name == "w:pPr"
            and self._open[-2:-1] == ["w:p"]
            and story.paragraph
            and story.paragraph.properties is not None
        ):
            story.paragraph.properties = Span(story.paragraph.properties.start, end)
        elif (
            name == "w:rPr"
            and story.run
            and story.run.properties is not None
            and len(self._open) == story.run_depth + 1
        ):
            story.run.properties = Span(story.run.properties.start, end)
            story.child = None

    def _run_property(self, name: str, start: int, end: int, depth: int) -> None:
        """A property of a run, or of a paragraph's end, in properties at that depth."""
        story = self._story
        if story.run and depth == story.run_depth + 1:
            if name in SEEN:
                story.run.look.see(name, self._text[start:end])
            story.run.locked |= name == "w:rPrChange"
            story.child = None
        elif name in _OF_END and story.paragraph and self._open[depth - 2 : depth - 1] == ["w:pPr"]:
            story.paragraph.mark = name if not story.paragraph.merges else story.paragraph.mark

    def _paragraph_property(self, name: str, start: int, end: int) -> None:
        paragraph = self._story.paragraph
        if paragraph is None:
            return
        tag = self._text[start:end]
        if name == "w:pStyle":
            paragraph.style = attributes(tag).get("val", "")
        elif name == "w:outlineLvl" and attributes(tag).get("val", "9") != "9":
            paragraph.kind = "heading"
        elif name == "w:framePr" or (name == "w:pageBreakBefore" and is_on(tag)):
            paragraph.splits = False
        elif name == "w:sectPr":
            paragraph.has_section = True

    def _block_property(self, name: str, start: int, end: int) -> None:
        """What a content control or a row of a table says of itself."""
        owner = len(self._open) - 2
        value = attributes(self._text[start:end]).get("val", "")
        if name == "w:del" and self._open[-2] == "w:trPr":
            self._row = owner
        elif name in _CONTROLS or name == "w:ins" or (name == "w:lock" and value.lower().endswith("contentlocked")):
            self._story.locks.append(owner)

    def _see_rule(self, is_one: bool, start: int, end: int) -> None:
        if is_one and self._story.paragraph:
            drawn = attributes(self._text[start:end]).get("val", "single") not in ("nil", "none")
            self._story.paragraph.has_rule |= drawn


def _symbol(tag: str) -> str:
    """The character of a sign taken from a font of signs; in a font's own places it stays the font's."""
    try:
        code = int(attributes(tag).get("char", ""), 16)
    except ValueError:
        return "\ufffd"
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else "\ufffd"
