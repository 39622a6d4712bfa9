"""What the styles of a Word document say of its words: italic, bold, hidden, a heading.

A property such as bold is a toggle: a character style that is bold inside a paragraph style that is bold gives plain
words, while what a run says of itself is final (ISO/IEC 29500-1, 17.7.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from betareader.formats.docx.parts import PREFIXES
from betareader.formats.markup import attributes, scan
from betareader.manuscript import MarkKind

_OFF = frozenset(("0", "false", "off"))
_TOGGLES = {"w:i": "italic", "w:b": "bold", "w:vanish": "hidden"}
SEEN = frozenset((*_TOGGLES, "w:rStyle"))
"""The properties of a run that say what is looked for here."""

_HEADING = re.compile(r"heading \d$|title$")
_CONTENTS = re.compile(r"toc \d$|toc heading$|table of figures$|caption$")
_DEEPEST = 20


def is_on(tag: str) -> bool:
    """Whether a property such as `<w:b w:val="0"/>` is on; it is where nothing else is said."""
    return attributes(tag).get("val", "1").lower() not in _OFF


@dataclass(slots=True)
class Look:
    """What one place says of the look of words; None where it says nothing."""

    style: str = ""
    italic: bool | None = None
    bold: bool | None = None
    hidden: bool | None = None

    def see(self, name: str, tag: str) -> None:
        """Take in one property of a run."""
        if name in _TOGGLES:
            setattr(self, _TOGGLES[name], is_on(tag))
        elif name == "w:rStyle":
            self.style = attributes(tag).get("val", "")


@dataclass(slots=True)
class _Style:
    name: str = ""
    kind: str = ""
    parent: str = ""
    outline: bool = False
    look: Look = field(default_factory=Look)


class Styles:
    """The styles of a document by their ids; `text` is the part that holds them."""

    def __init__(self, text: str = "") -> None:
        self._styles: dict[str, _Style] = {}
        self._of_all = Look()
        self._default = ""
        self._take_in(text)
        self._known: dict[
            tuple[str, str, bool | None, bool | None, bool | None, bool], tuple[MarkKind, ...] | None
        ] = {}

    def kind_of(self, style: str) -> MarkKind | None:
        """What a paragraph of that style is: a heading, something that is not the story's text, or neither."""
        for each in self._chain(style or self._default):
            name = each.name.lower()
            if _HEADING.match(name) or each.outline:
                return "heading"
            if _CONTENTS.match(name):
                return "note"
        return None

    def kinds(self, paragraph: str, look: Look, is_heading: bool) -> tuple[MarkKind, ...] | None:
        """The marks of a run in a paragraph of that style, None where it is hidden.

        What makes a whole heading bold is no mark of its words.
        """
        key = (paragraph, look.style, look.italic, look.bold, look.hidden, is_heading)
        if key not in self._known:
            self._known[key] = self._kinds(paragraph, look, is_heading)
        return self._known[key]

    def _kinds(self, paragraph: str, look: Look, is_heading: bool) -> tuple[MarkKind, ...] | None:
        around = _resolved([*self._chain(paragraph or self._default), _Style(look=self._of_all)])
        own = _resolved(self._chain(look.style))
        if look.hidden if look.hidden is not None else bool(around.hidden) != bool(own.hidden):
            return None
        if is_heading:
            around = Look()
        italic = look.italic if look.italic is not None else bool(around.italic) != bool(own.italic)
        bold = look.bold if look.bold is not None else bool(around.bold) != bool(own.bold)
        return (*(("bold",) if bold else ()), *(("italic",) if italic else ()))

    def _chain(self, style: str) -> list[_Style]:
        chain: list[_Style] = []
        while style in self._styles and len(chain) < _DEEPEST:
            chain.append(self._styles[style])
            style = chain[-1].parent
        return chain

    def _take_in(self, text: str) -> None:
        style: _Style | None = None
        within: list[str] = []
        for token in scan(text, PREFIXES):
            if token.kind in ("text", "cdata"):
                continue
            if token.kind == "end":
                within.pop()
                style = None if token.name == "w:style" else style
                continue
            tag = text[token.start : token.end]
            if token.name == "w:style":
                found = attributes(tag)
                style = self._styles.setdefault(found.get("styleId", ""), _Style(kind=found.get("type", "")))
                if style.kind == "paragraph" and found.get("default", "0").lower() not in _OFF:
                    self._default = found.get("styleId", "")
            elif style and within[-1:] == ["w:style"]:
                if token.name == "w:name":
                    style.name = attributes(tag).get("val", "")
                elif token.name == "w:basedOn":
                    style.parent = attributes(tag).get("val", "")
            elif style and within[-2:] == ["w:style", "w:pPr"] and token.name == "w:outlineLvl":
                style.outline = attributes(tag).get("val", "9") != "9"
            elif style and within[-2:] == ["w:style", "w:rPr"]:
                style.look.see(token.name, tag)
            elif within[-3:] == ["w:docDefaults", "w:rPrDefault", "w:rPr"]:
                self._of_all.see(token.name, tag)
            if token.kind == "start":
                within.append(token.name)


def _resolved(chain: list[_Style]) -> Look:
    """What a style says together with those it is based on."""
    found = Look()
    for look in (each.look for each in chain):
        found.italic = look.italic if found.italic is None else found.italic
        found.bold = look.bold if found.bold is None else found.bold
        found.hidden = look.hidden if found.hidden is None else found.hidden
    return found
