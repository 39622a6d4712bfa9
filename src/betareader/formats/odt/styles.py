"""What the styles of an OpenDocument text say of its words: italic, bold, hidden, a heading.

A style takes what it does not say from its parent, and words take what their own styles do not say from the style of
their paragraph (OpenDocument 1.3, part 3, 16.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from betareader.formats.markup import attributes, scan
from betareader.manuscript import MarkKind

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
PREFIXES = {
    f"{_URN}office:1.0": "office",
    f"{_URN}text:1.0": "text",
    f"{_URN}table:1.0": "table",
    f"{_URN}drawing:1.0": "draw",
    f"{_URN}style:1.0": "style",
    f"{_URN}svg-compatible:1.0": "svg",
    f"{_URN}manifest:1.0": "manifest",
    "http://purl.org/dc/elements/1.1/": "dc",
}
"""The prefixes this house knows the namespaces of OpenDocument by."""

_ENCODED = re.compile("_([0-9a-f]{2,4})_")
_HEADING = re.compile(r"heading(?: \d{1,2})?$|title$")
_CONTENTS = re.compile(r"contents \d{1,2}$|contents heading$|caption$|index\b")
_DEEPEST = 20


@dataclass(slots=True)
class _Style:
    """What one style says of itself; None where it says nothing."""

    name: str = ""
    parent: str = ""
    outline: bool = False
    breaks: bool = False
    italic: bool | None = None
    bold: bool | None = None
    hidden: bool | None = None


class Styles:
    """The styles of a text by family and name, from all the parts that hold some."""

    def __init__(self, *texts: str) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        for text in texts:
            self._take_in(text)
        self._known: dict[tuple[str, tuple[str, ...], bool], tuple[MarkKind, ...] | None] = {}

    def kind_of(self, paragraph: str) -> MarkKind | None:
        """What a paragraph of that style is: a heading, a rule, something that is not the story's text, or neither."""
        for style in self._chain("paragraph", paragraph):
            if _HEADING.match(style.name) or style.outline:
                return "heading"
            if _CONTENTS.match(style.name):
                return "note"
            if style.name == "horizontal line":
                return "rule"
        return None

    def breaks(self, paragraph: str) -> bool:
        """Whether a paragraph of that style begins a new page or column."""
        return any(style.breaks for style in self._chain("paragraph", paragraph))

    def kinds(self, paragraph: str, spans: tuple[str, ...], is_heading: bool) -> tuple[MarkKind, ...] | None:
        """The marks of words in a paragraph of that style and in spans of these, the outermost first; None where hidden.

        What makes a whole heading bold is no mark of its words.
        """
        key = (paragraph, spans, is_heading)
        if key not in self._known:
            self._known[key] = self._kinds(*key)
        return self._known[key]

    def _kinds(self, paragraph: str, spans: tuple[str, ...], is_heading: bool) -> tuple[MarkKind, ...] | None:
        own = [style for span in reversed(spans) for style in self._chain("text", span)]
        around = self._chain("paragraph", paragraph)
        if _first(style.hidden for style in [*own, *around]):
            return None
        chain = own if is_heading else [*own, *around]
        found: list[MarkKind] = []
        if _first(style.bold for style in chain):
            found.append("bold")
        if _first(style.italic for style in chain):
            found.append("italic")
        return tuple(found)

    def _chain(self, family: str, name: str) -> list[_Style]:
        chain: list[_Style] = []
        while (family, name) in self._styles and len(chain) < _DEEPEST:
            chain.append(self._styles[family, name])
            name = chain[-1].parent
        return chain

    def _take_in(self, text: str) -> None:
        style: _Style | None = None
        for token in scan(text, PREFIXES):
            if token.kind in ("text", "cdata"):
                continue
            if token.kind == "end":
                style = None if token.name == "style:style" else style
            elif token.name == "style:style":
                found = attributes(text[token.start : token.end])
                name = found.get("name", "")
                style = self._styles.setdefault((found.get("family", ""), name), _Style())
                style.name = _shown(found.get("display-name", name))
                style.parent = found.get("parent-style-name", "")
                style.outline = found.get("default-outline-level", "").isdigit()
                style.breaks = bool(found.get("master-page-name"))
                style = None if token.kind == "empty" else style
            elif style and token.name == "style:text-properties":
                found = attributes(text[token.start : token.end])
                if "font-style" in found:
                    style.italic = found["font-style"] in ("italic", "oblique")
                if "font-weight" in found:
                    weight = found["font-weight"]
                    style.bold = weight == "bold" or (weight.isdecimal() and int(weight[:4]) >= 600)
                if "display" in found:
                    style.hidden = found["display"] == "none"
            elif style and token.name == "style:paragraph-properties":
                style.breaks |= attributes(text[token.start : token.end]).get("break-before", "auto") != "auto"


def _shown(name: str) -> str:
    """The name of a style as it is shown, in lower case: a name such as `Heading_20_1` stands for `Heading 1`."""
    return _ENCODED.sub(lambda match: chr(int(match[1], 16)), name).lower()


def _first(values: Iterable[bool | None]) -> bool:
    """What the first place that says something says."""
    return next((value for value in values if value is not None), False)
