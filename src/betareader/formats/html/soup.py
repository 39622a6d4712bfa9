"""HTML as it is found: cut into tags and texts with their places, as a browser would, whatever state it is in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Literal, NamedTuple

Kind = Literal["start", "end", "empty", "text", "cdata", "other"]
Way = Literal["blocks", "breaks", "lines", "blanks", "newlines"]

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
"""Elements that begin on a line of their own."""

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements that hold nothing and have no end tag."""

_RAW = frozenset("iframe noembed noframes script style textarea title xmp".split())
_OPENING = re.compile(r"<(?=[A-Za-z/!?])")
_TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_SIMPLE_TAG = re.compile(r"</?([A-Za-z][^\s/>]*)\s*/?>")
_ATTRIBUTE = re.compile(
    r"[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)?))?"  # an open quotation ends nowhere
)
_TAG_END = re.compile(r"[\s/]*>")
_CHAIN = re.compile(r"(?:<br\b[^>]{0,200}>\s*)+", re.IGNORECASE)
_BR = re.compile(r"<br\b", re.IGNORECASE)
_SET_APART = re.compile(r"<(?:p|div|li|td|h[1-6]|blockquote)\b", re.IGNORECASE)
_LINED = re.compile(r"<(?:p|br|div|li|td|h[1-6]|body)\b", re.IGNORECASE)
_BLANK = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_SHORT_LINE = 50
"""Characters; lines that are shorter on the whole are verse."""


class Token(NamedTuple):
    """A tag, a stretch of text, or something that is neither shown nor a tag, and where it stands.

    `name` is in small letters, without a prefix; `empty` is a tag that ends itself, which only XML has.
    """

    kind: Kind
    name: str
    start: int
    end: int


def tokens(text: str, *, xml: bool = False) -> Iterator[Token]:
    """The tags and texts of a page in order; with `xml` by the rules of XHTML.

    A `<` that begins no tag is text, and so is all that comes after a tag that never ends.
    """
    place = shown = 0
    unclosed: set[str] = set()
    while match := _OPENING.search(text, place):
        start = match.start()
        token = _token(text, start, xml)
        if token is None:
            break
        if shown < start:
            yield Token("text", "", shown, start)
        yield token
        place = shown = token.end
        if token.kind == "start" and token.name in _RAW and not xml:
            closing = None
            if token.name not in unclosed:
                closing = re.compile(f"</{token.name}(?=[\\s/>])", re.IGNORECASE).search(text, place)
            if closing is None:
                unclosed.add(token.name)
            ends_itself = closing is None and text[place - 2] == "/"
            end = closing.start() if closing else place if ends_itself else len(text)
            if place < end:
                yield Token("other", "", place, end)
            place = shown = end
    if shown < len(text):
        yield Token("text", "", shown, len(text))


def _token(text: str, start: int, xml: bool) -> Token | None:
    simple = _SIMPLE_TAG.match(text, start)
    if simple:
        return _tag(text, simple[1], start, simple.end(), xml)
    named = _TAG_NAME.match(text, start)
    if named:
        place = named.end()
        while attribute := _ATTRIBUTE.match(text, place):
            place = attribute.end()
        ending = _TAG_END.match(text, place)
        return _tag(text, named[1], start, ending.end(), xml) if ending else None
    if text.startswith("<!--", start):
        end = text.find("-->", start + 2)
        return Token("other", "", start, end + 3 if end >= 0 else len(text))
    if xml and text.startswith("<![CDATA[", start):
        end = text.find("]]>", start)
        return Token("cdata", "", start, end + 3) if end >= 0 else None
    closing = "?>" if xml and text[start + 1] == "?" else ">"
    end = text.find(closing, start)
    return Token("other", "", start, end + len(closing)) if end >= 0 else None


def _tag(text: str, name: str, start: int, end: int, xml: bool) -> Token:
    name = name.rpartition(":")[2].lower()
    if text[start + 1] == "/":
        # Browsers take </br> for <br>.
        return Token("start" if name == "br" else "end", name, start, end)
    return Token("empty" if xml and text[end - 2] == "/" else "start", name, start, end)


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag, by their names in small letters; the first of a name stands."""
    found: dict[str, str] = {}
    named = _TAG_NAME.match(tag)
    place = named.end() if named else len(tag)
    while match := _ATTRIBUTE.match(tag, place):
        found.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
        place = match.end()
    return found


def way_of(text: str, *, xml: bool = False) -> Way:
    """How a page sets its paragraphs apart.

    By `blocks` such as <p>; by `breaks`, two <br> or more; by `lines`, one <br>; or in a fragment with neither, which
    archives take as plain text, by `blanks`, empty lines, or by `newlines`.
    """
    if not xml and not _LINED.search(text):
        return "blanks" if _BLANK.search(text.strip()) else "newlines"
    counts: Counter[bool] = Counter(len(_BR.findall(chain)) > 1 for chain in _CHAIN.findall(text))
    blocks = sum(1 for _ in _SET_APART.finditer(text))
    if counts[True] > blocks:
        return "breaks"
    single = counts[False]
    if single >= 3 and 4 * blocks <= single and 3 * counts[True] < single and len(text) > _SHORT_LINE * single:
        return "lines"
    return "blocks"
