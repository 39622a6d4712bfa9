"""XML: made sure of, taken apart into tags and texts with their places, and spliced.

Nothing is ever written out anew from a tree: what was not changed stays as it was.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from html.entities import html5
from typing import Literal, NamedTuple
from xml.parsers import expat

from betareader.errors import CannotWrite, UnreadableManuscript

DEEPEST = 500
"""How many elements may stand one inside the other."""

Kind = Literal["start", "end", "empty", "text", "cdata"]

_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<name>[^\s/>!?][^\s/>]*)(?P<inside>[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*)>|(?P<text>[^<]+)|"
    r"<!--.*?-->|<!\[CDATA\[(?P<cdata>.*?)\]\]>|<\?.*?\?>|<![^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=/<>\"']+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENTITY = re.compile(r"&(?:#(\d+)|#[xX]([0-9A-Fa-f]+)|([^;\s&]+));")
_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class Token(NamedTuple):
    """A tag, or a stretch of character data, and where it stands, in code points.

    `name` is the name with the prefix this house uses for its namespace, whatever prefix the file uses.
    """

    kind: Kind
    name: str
    start: int
    end: int


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of an XML part and its encoding, by its byte order mark or its declaration.

    A byte order mark stays in the text, so that encoding gives the same bytes.
    """
    if data.startswith((codecs.BOM_UTF16_LE, b"<\0")):
        encoding = "utf-16-le"
    elif data.startswith((codecs.BOM_UTF16_BE, b"\0<")):
        encoding = "utf-16-be"
    elif data.startswith(codecs.BOM_UTF8) or not (declared := _DECLARED.match(data)):
        encoding = "utf-8"
    else:
        encoding = declared[1].decode("ascii").lower()
    try:
        text = data.decode(encoding)
        if encode(text, encoding) != data:
            raise UnicodeError
    except (LookupError, ValueError):
        raise UnreadableManuscript(
            f"{name} is damaged: a part of it is not in the encoding it says it is in."
        ) from None
    return text, encoding


def encode(text: str, encoding: str) -> bytes:
    """The bytes of the text of an XML part; what the encoding lacks becomes a numbered character."""
    return text.encode(encoding, "xmlcharrefreplace")


def make_sure(text: str, name: str, *, doctype: bool = False) -> None:
    """See that `text` is well-formed XML that declares no entities.

    With `doctype` it may name a document type, as XHTML does, but not extend it.  Raises `UnreadableManuscript`.
    """

    def refuse(*declared: object) -> None:
        raise UnreadableManuscript(
            f"{name} declares its own entities, which no story needs and which can do harm; it was not read."
        )

    def see_doctype(_name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset or not doctype:
            refuse()

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = see_doctype
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, UnicodeError):
        raise UnreadableManuscript(
            f"{name} is damaged: a part of it breaks off or makes no sense. Open it in the program it was written with "
            "and save it again."
        ) from None


def scan(text: str, prefixes: Mapping[str, str], start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tags and texts of well-formed XML in order; comments and instructions are passed over.

    `prefixes` gives the prefix to know each namespace by.  A name in any other namespace has `?` for its prefix;
    one in none has no prefix.  Raises `UnreadableManuscript` for elements nested deeper than `DEEPEST`.
    """
    scopes: list[dict[str, str]] = [{"": ""}]
    names: dict[str, str] = {}
    opened: list[bool] = []  # of every open element, whether it declares a namespace
    made = tuple.__new__  # what Token() comes to, without a call in between
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        close, name, inside, words, data = match.groups()
        first, last = match.span()
        if name is None:
            if words is not None:
                yield made(Token, ("text", "", first, last))
            elif data is not None:
                yield made(Token, ("cdata", "", *match.span("cdata")))
            continue
        if close:
            yield made(Token, ("end", names.get(name) or _named(name, scopes[-1], names), first, last))
            if opened and opened.pop():
                scopes.pop()
                names = {}
            continue
        declares = "xmlns" in inside
        if declares:
            scopes.append({**scopes[-1], **_declared(inside, prefixes)})
            names = {}
        known = names.get(name) or _named(name, scopes[-1], names)
        if inside.endswith("/"):
            yield made(Token, ("empty", known, first, last))
            if declares:
                scopes.pop()
                names = {}
        else:
            opened.append(declares)
            if len(opened) > DEEPEST:
                raise UnreadableManuscript("The file is nested far deeper than any story; it was not read.")
            yield made(Token, ("start", known, first, last))


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag by their local names, prefixes left out; where two share one, the first stands."""
    found: dict[str, str] = {}
    for name, double, single in _ATTRIBUTE.findall(tag):
        if not name.startswith("xmlns"):
            found.setdefault(name.rpartition(":")[2], unescape(double or single))
    return found


def prefix_of(tag: str) -> str:
    """What the file writes before the local name of this tag: `w:`, or nothing."""
    prefix, colon, _ = re.split(r"[\s/>]", tag.lstrip("</"), maxsplit=1)[0].rpartition(":")
    return prefix + colon


def words_of(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Character data from `start` to `end` as stretches with their places; an entity is a stretch of its own."""
    place = start
    for match in _ENTITY.finditer(text, start, end):
        if place < match.start():
            yield text[place : match.start()], place, match.start()
        yield _entity(match), match.start(), match.end()
        place = match.end()
    if place < end:
        yield text[place:end], place, end


def unescape(text: str) -> str:
    """`text` with its entities resolved."""
    return _ENTITY.sub(_entity, text) if "&" in text else text


def escape(text: str) -> str:
    """`text` as character data, fit for an attribute in double quotation marks too.

    Raises `CannotWrite` for what no XML can hold.
    """
    if bad := _FORBIDDEN.search(text):
        raise CannotWrite(
            f"The character {ord(bad[0]):#06x} cannot be written into a file of this kind; nothing was changed."
        )
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def splice(text: str, splices: Iterable[tuple[int, int, str]]) -> str:
    """`text` with each stretch from start to end replaced; those at one place are made in the order given."""
    pieces, place = [], 0
    for start, end, put in sorted(splices, key=lambda each: each[:2]):
        if start < place:
            raise ValueError(f"splices overlap at {start}")
        pieces += [text[place:start], put]
        place = end
    return "".join([*pieces, text[place:]])


def _entity(match: re.Match[str]) -> str:
    number, hexadecimal, name = match.groups()
    if name is None:
        code = int(number) if number else int(hexadecimal, 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"
    return _NAMED.get(name) or html5.get(f"{name};", match[0])


def _declared(inside: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    """What the file's own prefixes stand for, in ours, as far as this tag says."""
    found = {}
    for name, double, single in _ATTRIBUTE.findall(inside):
        if name == "xmlns" or name.startswith("xmlns:"):
            address = unescape(double or single)
            found[name[6:]] = prefixes.get(address, "?") if address else ""
    return found


def _named(name: str, scope: Mapping[str, str], names: dict[str, str]) -> str:
    prefix, _, local = name.rpartition(":")
    ours = scope.get(prefix, "?")
    known = f"{ours}:{local}" if ours else local
    names[name] = known
    return known
