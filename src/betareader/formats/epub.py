"""EPUB: the pages of a book in the order in which they are read, each edited in its place.

Container, package and navigation are those of EPUB 3.3 and 2.0.1 by the W3C and the IDPF.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from urllib.parse import unquote

from betareader.errors import UnreadableManuscript
from betareader.findings import Edit, Query
from betareader.formats import html, markup
from betareader.formats.builder import Builder
from betareader.formats.changes import changes_of
from betareader.formats.content import Content
from betareader.formats.encoding import byte_order_mark
from betareader.formats.html.page import read_page
from betareader.formats.html.soup import attributes
from betareader.formats.html.styles import Classes, emphasis_in, emphasis_of
from betareader.formats.html.writing import splices_of
from betareader.formats.manner import Manner
from betareader.formats.package import Chunk, Package
from betareader.manuscript import Manuscript, MarkKind

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_TYPE = b"application/epub+zip"
_PAGES = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml"))
_PREFIXES = MappingProxyType(
    {
        "urn:oasis:names:tc:opendocument:xmlns:container": "c",
        "http://www.idpf.org/2007/opf": "opf",
        "http://openebook.org/namespaces/oeb-package/1.0/": "opf",
        "http://www.w3.org/2001/04/xmlenc#": "enc",
    }
)
_LARGEST_SHEET = 1_000_000
"""Bytes; what a larger style sheet says of italics is not looked for."""

_LINK = re.compile(r"<link\b[^>]{0,500}>", re.IGNORECASE)


def claims(content: Content) -> bool:
    """Whether the file is an EPUB: it says so, or it holds what an EPUB must."""
    package = content.package
    if package is None:
        return False
    return _CONTAINER in package or ("mimetype" in package and package.read("mimetype").strip() == _TYPE)


def read(content: Content) -> Manuscript:
    """Read the pages of the book in their order, without its navigation.

    Raises `UnreadableManuscript` for a book that is damaged, locked, or has no pages.
    """
    package = content.package
    if package is None:
        raise ValueError("only a zip file can be an EPUB")
    book = _Book(package, content.name)
    builder = Builder()
    parts: dict[str, bytes] = {}
    for name in book.pages():
        data = package.read(name)
        _, text, is_xml = _page(data, content.name)
        before = builder.place
        read_page(text, name, builder, xml=is_xml, classes=book.classes(name, text))
        if builder.place > before:
            parts[name] = data
    return builder.manuscript(path=content.path, name=content.name, source=content.data, parts=parts, format="epub")


def write(manuscript: Manuscript, edits: Iterable[Edit], queries: Iterable[Query], manner: Manner) -> Iterator[Chunk]:
    """The book with `edits` made in its pages, everything else copied as it stands."""
    queries = tuple(queries)
    changes = changes_of(manuscript, edits)
    changed: dict[str, bytes] = {}
    for name, data in manuscript.parts.items():
        encoding, text, is_xml = _page(data, name)
        here = [change for change in changes if change.part == name]
        if splices := splices_of(manuscript, name, text, here, queries, manner, xml=is_xml):
            changed[name] = byte_order_mark(data) + b"".join(html.spliced(text, splices, encoding))
    return Package(manuscript.source, str(manuscript.path or "The book")).written(changed)


def _page(data: bytes, name: str) -> tuple[str, str, bool]:
    """The encoding of a page, its text, and whether the rules of XML hold in it."""
    encoding, text = html.decode(data)
    return encoding, text, html.is_xml(text, name, told=True)


class _Book:
    """What the list of contents of a book says."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        self._sheets: dict[str, Classes] = {}

    def pages(self) -> list[str]:
        """The names of the pages in the order of the book, without its navigation and its cover."""
        root = self._root()
        self._refuse_locked((root,))
        folder = posixpath.dirname(root)
        media: dict[str, tuple[str, str]] = {}
        left_out: set[str] = set()
        order: list[str] = []
        for name, given in self._tags(root):
            address = _resolved(folder, given.get("href", ""))
            if name == "opf:item":
                media[given.get("id", "")] = (address, given.get("media-type", ""))
                if "nav" in given.get("properties", "").split():
                    left_out.add(address)
            elif name == "opf:reference" and given.get("type", "") in ("toc", "cover"):
                left_out.add(address)
            elif name == "opf:itemref":
                order.append(given.get("idref", ""))
        found: dict[str, None] = {}
        for each in order:
            address, kind = media.get(each, ("", ""))
            if kind in _PAGES and address in self._package and address not in left_out:
                found[address] = None
        if not found:
            raise UnreadableManuscript(f"{self._name} holds no pages in the order of a book; it cannot be read.")
        self._refuse_locked(found)
        return list(found)

    def classes(self, name: str, page: str) -> Classes:
        """The classes that set italics or bold in a page, by its own style sheets and those it names."""
        found: dict[str, frozenset[MarkKind]] = dict(emphasis_in(page))
        for link in _LINK.findall(page[:20_000]):
            sheet = _resolved(posixpath.dirname(name), attributes(link).get("href", ""))
            if sheet.endswith(".css") and sheet in self._package:
                if sheet not in self._sheets:
                    small = self._package.members[sheet].size <= _LARGEST_SHEET
                    css = self._package.read(sheet).decode("utf-8", "replace") if small else ""
                    self._sheets[sheet] = emphasis_of(css)
                found.update(self._sheets[sheet])
        return found

    def _root(self) -> str:
        """The name of the list of contents."""
        if _CONTAINER in self._package:
            for name, given in self._tags(_CONTAINER):
                if name == "c:rootfile" and given.get("full-path", "") in self._package:
                    return given["full-path"]
        raise UnreadableManuscript(
            f"{self._name} is damaged: what it holds is listed nowhere, so that it cannot be read."
        )

    def _refuse_locked(self, names: Iterable[str]) -> None:
        """Refuse a book in which one of these is encrypted; its fonts may be."""
        if _ENCRYPTION not in self._package:
            return
        given = (given for name, given in self._tags(_ENCRYPTION) if name == "enc:CipherReference")
        if not {_resolved("", each.get("URI", "")) for each in given}.isdisjoint(names):
            raise UnreadableManuscript(
                f"{self._name} is locked by its seller (DRM) and cannot be read; give the file the book was made from."
            )

    def _tags(self, name: str) -> Iterator[tuple[str, dict[str, str]]]:
        """The elements of one of the book's own lists, with their attributes."""
        text, _ = markup.decode(self._package.read(name), self._name)
        markup.make_sure(text, self._name, doctype=True)
        for token in markup.scan(text, _PREFIXES):
            if token.kind in ("start", "empty"):
                yield token.name, markup.attributes(text[token.start : token.end])


def _resolved(folder: str, address: str) -> str:
    """The name in the package of what `address` leads to from a folder in it."""
    path = unquote(address.partition("#")[0])
    return posixpath.normpath(posixpath.join(folder, path)) if path else ""
