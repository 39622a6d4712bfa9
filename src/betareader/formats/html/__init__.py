"""HTML: whole pages, and the fragments that writers paste into archives."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from betareader.errors import UnreadableManuscript
from betareader.findings import Edit, Query
from betareader.formats import encoding as encodings
from betareader.formats.builder import Builder
from betareader.formats.changes import changes_of
from betareader.formats.content import Content
from betareader.formats.html.page import read_page
from betareader.formats.html.styles import emphasis_in
from betareader.formats.html.writing import Splice, splices_of
from betareader.formats.manner import Manner
from betareader.formats.markup import make_sure
from betareader.manuscript import Manuscript

SUFFIXES = (".html", ".htm", ".xhtml")
PART = "page"
"""The name of the one part such a file has."""

_WHOLE_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)
_CHARSET = re.compile(
    rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)|<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.-]+)",
    re.I,
)
_XML = re.compile(r"\s*<\?xml\b|.{0,1000}<html\b[^>]{0,300}\sxmlns\s*=", re.S | re.I)
_SUBSET = re.compile(r"<!DOCTYPE\b[^>\[]{0,500}\[", re.I)
_LATIN = frozenset(("iso8859-1", "cp1252", "ascii"))
"""What browsers read as Windows-1252, whatever it says."""


def is_html(content: Content) -> bool:
    """Whether the file is a page of HTML, or its name says that it is HTML."""
    if content.package is not None:
        return False
    return content.suffix in SUFFIXES or bool(_WHOLE_PAGE.match(content.text[:4000]))


def read(content: Content) -> Manuscript:
    """Read a page or a fragment of HTML.  Raises `UnreadableManuscript` where there is no text in it."""
    encoding, text = decode(content.data)
    builder = Builder()
    read_page(text, PART, builder, xml=is_xml(text, content.name), classes=emphasis_in(text))
    notes = () if encoding in ("utf-8", "windows-1252") else content.notes
    return builder.manuscript(
        path=content.path,
        name=content.name,
        source=content.data,
        parts={PART: content.data},
        format="html",
        encoding=encoding,
        notes=notes,
    )


def write(manuscript: Manuscript, edits: Iterable[Edit], queries: Iterable[Query], manner: Manner) -> Iterator[bytes]:
    """The page with `edits` made, or tracked in <ins> and <del> with each query in the title of an <abbr>."""
    data = manuscript.parts[PART]
    encoding, text = decode(data)
    changes = changes_of(manuscript, edits)
    splices = splices_of(manuscript, PART, text, changes, queries, manner, xml=is_xml(text, ""))
    yield encodings.byte_order_mark(data)
    yield from spliced(text, splices, encoding)
    if encoding.startswith("utf-16") and (len(data) - len(encodings.byte_order_mark(data))) % 2:
        yield data[-1:]


def spliced(text: str, splices: Iterable[Splice], encoding: str) -> Iterator[bytes]:
    """The bytes of a page with something put in; what its encoding lacks is put as a numbered character."""
    place = 0
    for start, end, put in sorted(splices, key=lambda each: each[:2]):
        if start < place:
            raise ValueError(f"splices overlap at {start}")
        yield encode(text[place:start], encoding)
        yield put.encode("cp1252" if encoding == "windows-1252" else encoding, "xmlcharrefreplace")
        place = end
    yield encode(text[place:], encoding)


def decode(data: bytes) -> tuple[str, str]:
    """The encoding of a page and its text: by its byte order mark, by what it says of itself, or as it looks."""
    looks = encodings.guess(data)
    said = _CHARSET.search(data[:2048])
    if encodings.byte_order_mark(data) or looks.startswith("utf-16") or said is None:
        return looks, encodings.decode(data, looks)
    try:
        name = codecs.lookup((said[1] or said[2]).decode("ascii")).name
        if name in _LATIN:
            return "windows-1252", encodings.decode(data, "windows-1252")
        text = data.decode(name)
        if name != "utf-8" and text.encode(name) == data:
            return name, text
    except (LookupError, ValueError):
        pass
    return looks, encodings.decode(data, looks)


def encode(text: str, encoding: str) -> bytes:
    """The bytes of text that came from a page, the reverse of `decode`."""
    if encoding in ("utf-8", "windows-1252") or encoding.startswith("utf-16"):
        return encodings.encode(text, encoding)
    return text.encode(encoding)


def is_xml(text: str, name: str, *, told: bool = False) -> bool:
    """Whether a page says that it is XHTML and is well-formed, so that the rules of XML hold in it.

    `told`: something else says that it is XHTML.  Raises `UnreadableManuscript` where it declares entities of its own.
    """
    if _SUBSET.search(text[:4000]):
        raise UnreadableManuscript(
            f"{name} declares its own entities, which no story needs and which can do harm; it was not read."
        )
    if not told and not _XML.match(text):
        return False
    try:
        make_sure(text, name, doctype=True)
    except UnreadableManuscript:
        return False
    return True
